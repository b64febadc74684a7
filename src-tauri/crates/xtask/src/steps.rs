//! The steps of `cargo xtask test`: what each is called, what it needs and what it runs.

use std::process::Command;

use crate::{
    error::Result,
    generate::{self, Mode},
    setup::Work,
    sh,
    tools::{self, DENY, MACHETE},
    ui,
    workspace::Workspace,
};

/// Whether a step may mend what it finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Care {
    Check,
    Fix,
}

/// One step: it stands alone and leaves nothing that another one needs.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) needs: &'static [Work],
    pub(crate) run: fn(&Workspace, Care) -> Result,
}

/// All steps, the quick ones and those that others build upon first.
pub(crate) const STEPS: &[Step] = &[
    Step {
        name: "fmt",
        about: "Rust is formatted",
        needs: &[],
        run: fmt,
    },
    Step {
        name: "generate",
        about: "bindings, schemas, licences and the page of CRMs are what the code says",
        needs: &[],
        run: generate,
    },
    Step {
        name: "clippy",
        about: "no lint complains, the shell aside",
        needs: &[],
        run: clippy,
    },
    Step {
        name: "docs",
        about: "the documentation builds, the shell aside",
        needs: &[],
        run: docs,
    },
    Step {
        name: "tests",
        about: "tests and examples, the shell aside",
        needs: &[Work::Broker, Work::Recording],
        run: tests,
    },
    Step {
        name: "deny",
        about: "licences, banned packages, sources",
        needs: &[],
        run: deny,
    },
    Step {
        name: "unused",
        about: "no dependency is unused",
        needs: &[],
        run: unused,
    },
    Step {
        name: "ui",
        about: "types, lints, tests and build of the page",
        needs: &[],
        run: ui,
    },
    Step {
        name: "gallery",
        about: "every state in a browser: accessible, whole, in every language",
        needs: &[Work::Browser],
        run: gallery,
    },
    Step {
        name: "shell",
        about: "lints, tests and build of the shell",
        needs: &[Work::Shell],
        run: shell,
    },
    Step {
        name: "e2e",
        about: "the real window on a private desktop",
        needs: &[Work::Shell, Work::Desktop, Work::Browser, Work::Broker],
        run: e2e,
    },
];

/// The build of the shell that lets itself be driven. It is never packaged.
pub(crate) const DRIVEN_SHELL: &[&str] = &["-p", "screenpop", "--features", "automation"];

fn fmt(workspace: &Workspace, care: Care) -> Result {
    let mut command = workspace.cargo(&["fmt", "--all"]);
    if care == Care::Check {
        command.args(["--check", "--", "--files-with-diff"]);
    }
    sh::run(&mut command)
}

fn generate(workspace: &Workspace, care: Care) -> Result {
    generate::run(
        workspace,
        match care {
            Care::Check => Mode::Check,
            Care::Fix => Mode::Write,
        },
    )
}

fn clippy(workspace: &Workspace, care: Care) -> Result {
    lint(workspace, care, &["--all-targets"])?;
    // Left out of "all", because a plain `cargo test` could not run it.
    lint(workspace, care, &["--test", "e2e"])
}

fn lint(workspace: &Workspace, care: Care, what: &[&str]) -> Result {
    let mut command = workspace.cargo(&["clippy", "--locked"]);
    command.args(what);
    if care == Care::Fix {
        command.args(["--fix", "--allow-dirty", "--allow-staged"]);
    }
    sh::run(command.args(["--", "-D", "warnings"]))
}

fn docs(workspace: &Workspace, _: Care) -> Result {
    let mut command =
        workspace.cargo(&["doc", "--locked", "--no-deps", "--document-private-items"]);
    sh::run(command.env("RUSTDOCFLAGS", "-D warnings"))
}

fn tests(workspace: &Workspace, _: Care) -> Result {
    sh::run(&mut workspace.cargo(&["test", "--locked"]))
}

fn deny(workspace: &Workspace, _: Care) -> Result {
    let program = tools::path(workspace, DENY)?;
    // The check looks at what every system would use, this one's build has fetched only its own.
    sh::run(&mut workspace.cargo(&["fetch", "--locked", "--quiet"]))?;
    let mut command = Command::new(program);
    command
        .current_dir(workspace.root())
        .args(["--offline", "--locked", "--log-level", "error"]);
    sh::run(command.args(["check", "licenses", "bans", "sources"]))
}

fn unused(workspace: &Workspace, care: Care) -> Result {
    let mut command = Command::new(tools::path(workspace, MACHETE)?);
    if care == Care::Fix {
        command.arg("--fix");
    }
    // Named one by one: the build folder may lie in the checkout and holds others' manifests.
    sh::run(
        command
            .current_dir(workspace.root())
            .args(["src-tauri", "tests"]),
    )
}

fn ui(workspace: &Workspace, care: Care) -> Result {
    ui::install(workspace)?;
    if care == Care::Fix {
        sh::run(&mut ui::npm(workspace, &["run", "fix"]))?;
    }
    for script in ["check", "lint", "test", "build"] {
        sh::run(&mut ui::npm(workspace, &["run", script]))?;
    }
    Ok(())
}

fn gallery(workspace: &Workspace, _: Care) -> Result {
    ui::install(workspace)?;
    sh::run(&mut ui::npm(workspace, &["run", "gallery"]))
}

fn shell(workspace: &Workspace, care: Care) -> Result {
    ui::build(workspace)?;
    lint(
        workspace,
        care,
        &[DRIVEN_SHELL, &["--all-targets"]].concat(),
    )?;
    sh::run(workspace.cargo(&["test", "--locked"]).args(DRIVEN_SHELL))
}

fn e2e(workspace: &Workspace, _: Care) -> Result {
    ui::build(workspace)?;
    sh::run(workspace.cargo(&["build", "--locked"]).args(DRIVEN_SHELL))?;
    // The admin's tool and the gateway as the other tests build them: built alone they would want
    // their libraries with other features, and so once more.
    sh::run(&mut workspace.cargo(&["test", "--locked", "--no-run", "--test", "it"]))?;
    sh::run(&mut workspace.cargo(&["test", "--locked", "--test", "e2e"]))
}

/// Builds the programs that a private desktop shows: the driven shell and the admin's tool. At once,
/// so that their libraries are built once.
pub(crate) fn build_driven(workspace: &Workspace) -> Result {
    ui::build(workspace)?;
    let both = ["-p", "screenpop", "-p", "pop-admin"];
    let mut build = workspace.cargo(&["build", "--locked"]);
    sh::run(
        build
            .args(both)
            .args(["--features", "screenpop/automation"]),
    )
}
