//! `cargo xtask bench`: the numbers that the product lives by, on this machine.

use clap::{Args, ValueEnum};

use crate::{error::Result, setup, setup::Work, sh, ui, workspace::Workspace};

/// What is measured.
#[derive(Debug, Args)]
pub(crate) struct BenchArguments {
    /// Measure this part alone
    #[arg(long, value_name = "PART")]
    only: Option<Part>,
    /// Measure nothing: make the page and the charts of the documentation from the last report
    #[arg(long, conflicts_with = "only")]
    publish: bool,
}

/// A part of the measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// The true window
    Window,
    /// The page alone, in a browser
    Page,
    /// The engine, a lookup and a commit
    Rooms,
    /// What is sent to CRMs and other systems
    Outbox,
    /// How cost grows with connections, cases, history, interactions and rules
    Growth,
    /// Every CRM at a distance
    Crms,
    /// The gateway, with Mosquitto and ten thousand desktops
    Gateway,
}

pub(crate) fn run(arguments: &BenchArguments) -> Result {
    let workspace = Workspace::find()?;
    if arguments.publish {
        let bench = ["run", "--locked", "-p", "pop-tests", "--bin", "bench", "--"];
        return sh::run(workspace.cargo(&bench).arg("--publish"));
    }
    let wants = |part| arguments.only.is_none_or(|only| only == part);
    if wants(Part::Window) {
        setup::system(&[Work::Shell, Work::Desktop, Work::Browser])?;
        ui::build(&workspace)?;
        // The same page in a browser is what its memory is compared with.
        sh::run(&mut ui::npm(&workspace, &["run", "fake"]))?;
        // The bench drives the window, so it needs the driven shell, but built as it is shipped.
        let shell = ["-p", "screenpop", "--features", "automation"];
        sh::run(release(&workspace, "build").args(shell))?;
    }
    if wants(Part::Page) {
        setup::system(&[Work::Browser])?;
        ui::install(&workspace)?;
        sh::run(ui::npm(&workspace, &["run", "paints"]).env("SCREENPOP_BENCH", "1"))?;
    }
    if wants(Part::Gateway) {
        setup::system(&[Work::Broker])?;
        sh::run(release(&workspace, "build").args(["-p", "pop-gateway"]))?;
    }
    let mut bench = release(&workspace, "run");
    bench.args(["-p", "pop-tests", "--bin", "bench"]);
    if let Some(part) = arguments.only.and_then(|only| only.to_possible_value()) {
        bench.args(["--", "--only", part.get_name()]);
    }
    sh::run(&mut bench)
}

fn release(workspace: &Workspace, what: &str) -> std::process::Command {
    workspace.cargo(&[what, "--locked", "--release"])
}
