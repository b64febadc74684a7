//! Looks at finished packages as who installs them would: what is in them, whether the programs run
//! from where they are unpacked, and whether the app comes up on a private desktop.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use pop_tests::desktop::{Desktop, DesktopError, wait_until};

use crate::{
    error::{Error, Result},
    sh,
    tryout::PROFILE,
    workspace::Workspace,
};

/// What must lie where, whatever else there is.
const OF_THE_APP: &[&str] = &[
    "usr/bin/screenpop",
    "usr/bin/screenpop-admin",
    "usr/share/applications/app.screenpop.desktop",
    "usr/share/metainfo/app.screenpop.metainfo.xml",
    "usr/share/icons/hicolor/32x32/apps/screenpop.png",
    "usr/share/icons/hicolor/128x128/apps/screenpop.png",
    "usr/share/icons/hicolor/256x256/apps/screenpop.png",
    "usr/share/icons/hicolor/scalable/apps/screenpop.svg",
    "usr/share/man/man1/screenpop.1.gz",
    "usr/share/man/man1/screenpop-admin.1.gz",
    "usr/share/man/man1/screenpop-admin-enrol.1.gz",
    "usr/share/bash-completion/completions/screenpop-admin",
    "usr/share/fish/vendor_completions.d/screenpop-admin.fish",
    "usr/share/doc/screenpop/admin-guide.md",
    "usr/share/doc/screenpop/bundle.schema.json",
    "usr/share/doc/screenpop/diagnosis.md",
    "usr/share/doc/screenpop/policy/screenpop.admx",
    "usr/share/doc/screenpop/policy/app.screenpop.mobileconfig",
    "usr/share/doc/screenpop/bundles/salesforce.toml",
    "etc/xdg/autostart/Screenpop.desktop",
];
const OF_THE_GATEWAY: &[&str] = &[
    "usr/bin/pop-gateway",
    "usr/lib/systemd/system/pop-gateway.service",
    "usr/share/man/man8/pop-gateway.8.gz",
    "usr/share/doc/pop-gateway/gateway.md",
    "usr/share/doc/pop-gateway/secrets.conf",
    "etc/pop-gateway/gateway.toml",
];
/// A cold start on a machine that is busy.
const START_LIMIT: Duration = Duration::from_mins(1);

pub(super) fn check(workspace: &Workspace, packages: &[PathBuf]) -> Result {
    let root = workspace.target("packages/root");
    for path in packages {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let wanted = if name.starts_with("pop-gateway") {
            OF_THE_GATEWAY
        } else {
            OF_THE_APP
        };
        let unpacked = root.join(name.as_ref());
        fs::create_dir_all(&unpacked).map_err(Error::file(&unpacked))?;
        unpack(path, &unpacked)?;
        contents(&unpacked, wanted, &name)?;
        println!("{name}: {} files are where they belong", wanted.len());
        if is_lintable(path) {
            sh::run(
                Command::new("lintian")
                    .args(["--fail-on", "error"])
                    .arg(path),
            )?;
        }
        for tool in ["usr/bin/screenpop-admin", "usr/bin/pop-gateway"] {
            let tool = unpacked.join(tool);
            if tool.exists() {
                sh::run(Command::new(tool).arg("--version"))?;
            }
        }
        if unpacked.join("usr/bin/screenpop").exists() {
            starts(workspace, &unpacked.join("usr/bin/screenpop"))?;
            println!("{name}: the app starts and answers");
        }
    }
    fs::remove_dir_all(&root).map_err(Error::file(&root))
}

fn is_lintable(path: &Path) -> bool {
    path.extension().is_some_and(|it| it == "deb")
        && sh::succeeds(Command::new("lintian").arg("--version"))
}

fn unpack(path: &Path, into: &Path) -> Result {
    if path.extension().is_some_and(|it| it == "deb") {
        return sh::run(Command::new("dpkg-deb").arg("-x").arg(path).arg(into));
    }
    let script = "rpm2cpio \"$0\" | cpio --quiet -idm";
    let mut command = Command::new("sh");
    sh::run(command.args(["-c", script]).arg(path).current_dir(into))
}

fn contents(root: &Path, wanted: &[&str], name: &str) -> Result {
    let missing: Vec<_> = wanted
        .iter()
        .filter(|it| !root.join(it).is_file())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Error::Said(format!("{name} lacks {missing:?}")))
}

/// Starts the app with its listener on, and waits until it listens.
fn starts(workspace: &Workspace, program: &Path) -> Result {
    let profile = workspace.target("packages/profile");
    fs::create_dir_all(&profile).map_err(Error::file(&profile))?;
    let settings = profile.join("settings.jsonc");
    let text = r#"{ "listener": { "enabled": true, "port": 0 } }"#;
    fs::write(&settings, text).map_err(Error::file(&settings))?;
    let desktop = Desktop::start()?;
    let mut app = desktop.command(program);
    app.env(PROFILE, &profile).stdin(Stdio::null());
    let mut app = desktop.spawn(&mut app)?;
    let listener = desktop.runtime().join("screenpop/listener.json");
    wait_until("the installed app to listen", START_LIMIT, || {
        match app.try_wait()? {
            Some(status) => Err(DesktopError::Failed {
                call: "screenpop".into(),
                output: status.to_string(),
            }),
            None => Ok(listener.exists().then_some(())),
        }
    })?;
    fs::remove_dir_all(&profile).map_err(Error::file(&profile))
}
