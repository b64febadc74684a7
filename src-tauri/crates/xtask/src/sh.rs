//! Running other programs: what runs is said first, how long it took last, and a failure ends it.

use std::{
    path::Path,
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

use crate::error::{Error, Result};

/// Runs a command to its end, with its output where ours goes.
pub(crate) fn run(command: &mut Command) -> Result {
    println!("$ {}", call(command));
    let start = Instant::now();
    let status = command
        .status()
        .map_err(|source| cannot_start(command, source))?;
    println!("  {}", seconds(start.elapsed()));
    if status.success() {
        Ok(())
    } else {
        Err(Error::Failed {
            call: call(command),
            status,
        })
    }
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
