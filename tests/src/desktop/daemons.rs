//! Starting the desktop's daemons, each until it is ready to be used.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    process::{ChildStdout, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use super::{Desktop, DesktopError, wait_until};

/// A daemon is up within a second; the rest is for a machine that is busy building.
pub(super) const START_LIMIT: Duration = Duration::from_secs(20);

impl Desktop {
    pub(super) fn start_display(&mut self) -> Result<(), DesktopError> {
        let mut server = self.command("Xvfb");
        server.args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1600x1000x24",
            "-dpi",
            "96",
        ]);
        server.args(["-nolisten", "tcp", "-noreset"]);
        let number = self.start_announcing(&mut server, "the X display")?;
        self.environment
            .push(("DISPLAY".into(), format!(":{number}").into()));
        Ok(())
    }

    pub(super) fn start_bus(&mut self) -> Result<(), DesktopError> {
        let mut bus = self.command("dbus-daemon");
        bus.args(["--nofork", "--nopidfile", "--print-address=1"]);
        bus.arg(format!(
            "--config-file={}/.config/bus.conf",
            self.home().display()
        ));
        let address = self.start_announcing(&mut bus, "the session bus")?;
        self.environment
            .push(("DBUS_SESSION_BUS_ADDRESS".into(), address.into()));
        Ok(())
    }

    pub(super) fn start_window_manager(&self) -> Result<(), DesktopError> {
        let mut manager = self.command("openbox");
        manager.args(["--sm-disable", "--config-file"]);
        manager.arg(self.home().join(".config/openbox.xml"));
        self.start_daemon(&mut manager)?;
        wait_until("the window manager", START_LIMIT, || {
            let answer = self.ask("xprop", &["-root", "_NET_SUPPORTING_WM_CHECK"])?;
            Ok(answer.contains("window id").then_some(()))
        })
    }

    pub(super) fn start_notices(&self) -> Result<(), DesktopError> {
        let mut daemon = self.command("dunst");
        daemon.arg("-conf").arg(self.home().join(".config/dunstrc"));
        self.start_daemon(&mut daemon)?;
        self.wait_for_service("org.freedesktop.Notifications")
    }

    /// Starts a daemon whose messages go to a file in the desktop's home.
    pub(super) fn start_daemon(&self, daemon: &mut Command) -> Result<(), DesktopError> {
        let (out, err) = self.log_of(daemon)?;
        let child = self.spawn(daemon.stdin(Stdio::null()).stdout(out).stderr(err))?;
        self.family.keep(child);
        Ok(())
    }

    /// Starts a daemon that prints one line, such as its address, when it is ready.
    fn start_announcing(&self, daemon: &mut Command, what: &str) -> Result<String, DesktopError> {
        let (_, err) = self.log_of(daemon)?;
        let mut child = self.spawn(
            daemon
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(err),
        )?;
        let line = child.stdout.take().and_then(first_line);
        self.family.keep(child);
        line.ok_or_else(|| DesktopError::TimedOut {
            what: what.to_owned(),
            limit: START_LIMIT,
        })
    }

    /// Waits until a service has its name on the session bus.
    pub(super) fn wait_for_service(&self, name: &str) -> Result<(), DesktopError> {
        let limit = START_LIMIT.as_secs().to_string();
        self.ask("gdbus", &["wait", "--session", "--timeout", &limit, name])
            .map(drop)
    }

    /// Runs a small program to its end and returns what it printed.
    pub(super) fn ask(&self, program: &str, arguments: &[&str]) -> Result<String, DesktopError> {
        // `timeout` ends a program that waits for an answer that never comes.
        let mut command = self.command("timeout");
        command
            .arg(START_LIMIT.as_secs().to_string())
            .arg(program)
            .args(arguments);
        let output =
            command
                .stdin(Stdio::null())
                .output()
                .map_err(|source| DesktopError::Start {
                    program: program.to_owned(),
                    source,
                })?;
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        if output.status.success() {
            return Ok(printed);
        }
        let complaint = String::from_utf8_lossy(&output.stderr);
        Err(DesktopError::Failed {
            call: format!("{program} {}", arguments.join(" ")),
            output: format!("{printed}{complaint}"),
        })
    }

    fn log_of(&self, daemon: &Command) -> Result<(File, File), DesktopError> {
        let name = format!("{}.log", daemon.get_program().to_string_lossy());
        let out = File::create(self.home().join(name))?;
        Ok((out.try_clone()?, out))
    }
}

/// Returns the first line, or nothing if the daemon ended or stayed silent too long.
fn first_line(output: ChildStdout) -> Option<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut line = String::new();
        if BufReader::new(output)
            .read_line(&mut line)
            .is_ok_and(|length| length > 0)
        {
            // The receiver may have given up; then nobody wants the line.
            let _ = sender.send(line.trim().to_owned());
        }
    });
    receiver.recv_timeout(START_LIMIT).ok()
}
