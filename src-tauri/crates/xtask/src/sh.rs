//! Running other programs: what runs is said first, how long it took last, and a failure ends it.

use std::{
    io::{self, IsTerminal as _, Read as _, Write as _},
    path::Path,
    process::{Command, ExitStatus, Output, Stdio},
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
    time::{Duration, Instant},
};

use crate::error::{Error, Result};

/// How much of a command's output is kept, in bytes, to be said again at the end of a long log.
const KEPT: usize = 6_000;

/// How long the output of a command that has ended is waited for: what it started may hold it open.
const READ_WITHIN: Duration = Duration::from_secs(2);

/// Runs a command to its end, with its output where ours goes.
///
/// Where nobody watches, a failure carries the last of the output.
pub(crate) fn run(command: &mut Command) -> Result {
    println!("$ {}", call(command));
    let start = Instant::now();
    let ended = if io::stdout().is_terminal() {
        command.status().map(|status| (status, String::new()))
    } else {
        overhear(command)
    };
    let (status, last) = ended.map_err(|source| cannot_start(command, source))?;
    println!("  {}", seconds(start.elapsed()));
    if status.success() {
        Ok(())
    } else {
        Err(Error::Failed {
            call: call(command),
            status,
            last,
        })
    }
}

/// Runs a command to its end; its output goes where ours goes, and the last of it is returned.
fn overhear(command: &mut Command) -> io::Result<(ExitStatus, String)> {
    let (mut output, end) = io::pipe()?;
    command.stdout(end.try_clone()?).stderr(end);
    let child = command.spawn();
    // The command holds the writing ends that it hands to its child.
    command.stdout(Stdio::inherit()).stderr(Stdio::inherit());
    let mut child = child?;
    let kept = Arc::new(Mutex::new(Vec::new()));
    let (all_read, wait) = mpsc::channel();
    let keeps = Arc::clone(&kept);
    thread::spawn(move || {
        let mut part = [0; 4_096];
        while let Ok(length @ 1..) = output.read(&mut part) {
            let part = part.get(..length).unwrap_or_default();
            // Nothing better is left to do where our own output cannot be written.
            let _ = io::stdout().write_all(part);
            let mut kept = keeps.lock().unwrap_or_else(PoisonError::into_inner);
            kept.extend_from_slice(part);
            let over = kept.len().saturating_sub(KEPT);
            kept.drain(..over);
        }
        // Nobody waits any more where the command ended long ago.
        let _ = all_read.send(());
    });
    let status = child.wait()?;
    // Either way what was read until now is the last of it.
    let _ = wait.recv_timeout(READ_WITHIN);
    let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    let last = String::from_utf8_lossy(&kept).into_owned();
    Ok((status, last))
}

/// Runs a command to its end and returns what it printed. Its complaints go where ours go.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|source| cannot_start(command, source))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(Error::Failed {
        call: call(command),
        status: output.status,
        last: String::new(),
    })
}

/// Runs a command quietly. A program that is not there has not succeeded either.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    let output: std::io::Result<Output> = command.stdin(Stdio::null()).output();
    output.is_ok_and(|output| output.status.success())
}

/// Writes a duration as a person reads it in a table.
pub(crate) fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

pub(crate) fn cannot_start(command: &Command, source: std::io::Error) -> Error {
    Error::Start {
        program: command.get_program().to_string_lossy().into_owned(),
        source,
    }
}

/// Writes a call as one would type it: programs by name, wherever they lie.
fn call(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    let words = std::iter::once(name).chain(command.get_args());
    let words = words.map(|word| word.to_string_lossy());
    words.collect::<Vec<_>>().join(" ")
}
