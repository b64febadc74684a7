//! A program that writes down how it was called, for the places where a desktop hands something on.
//!
//! It is a shell script, so that it needs no build and can stand in for any program by its name.

use std::{
    fs, io, mem,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

/// Stands after every argument in the record; no argument contains it.
const ARGUMENT_END: char = '\u{1f}';
/// Stands as an argument of its own after every call.
const CALL_END: &str = "\u{1e}";

/// The calls that one recording program has received.
#[derive(Debug)]
pub(crate) struct Recorder {
    record: PathBuf,
}

impl Recorder {
    /// Puts a recording program at `program`; its record lies beside it.
    pub(crate) fn install(program: &Path) -> io::Result<Self> {
        let record = program.with_extension("record");
        // The shell writes the output of one `printf` at once, so that calls do not mix.
        let script = format!(
            "#!/bin/sh\nset -- \"$@\" \"$(printf '\\036')\"\nprintf '%s\\037' \"$@\" >> '{}'\n",
            record.display()
        );
        fs::write(program, script)?;
        fs::set_permissions(program, fs::Permissions::from_mode(0o755))?;
        Ok(Self { record })
    }

    /// Returns the arguments of every finished call, oldest first.
    pub(crate) fn calls(&self) -> io::Result<Vec<Vec<String>>> {
        match fs::read_to_string(&self.record) {
            Ok(text) => Ok(calls_in(&text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }
}

fn calls_in(record: &str) -> Vec<Vec<String>> {
    let mut calls = Vec::new();
    let mut call = Vec::new();
    for argument in record.split_terminator(ARGUMENT_END) {
        if argument == CALL_END {
            calls.push(mem::take(&mut call));
        } else {
            call.push(argument.to_owned());
        }
    }
    calls
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn every_call_is_recorded_with_its_arguments_as_they_were_given() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("xdg-open");
        let recorder = Recorder::install(&program).unwrap();
        assert!(
            recorder.calls().unwrap().is_empty(),
            "nothing was called yet"
        );

        for arguments in [
            vec!["https://crm.example.com/a?b=c&d=%20"],
            vec!["", "two\nlines 'q'"],
        ] {
            assert!(
                Command::new(&program)
                    .args(&arguments)
                    .status()
                    .unwrap()
                    .success()
            );
        }

        assert_eq!(
            recorder.calls().unwrap(),
            [
                vec!["https://crm.example.com/a?b=c&d=%20"],
                vec!["", "two\nlines 'q'"]
            ],
            "a test compares the very bytes that the desktop would have received"
        );
    }

    #[test]
    fn a_call_that_is_still_being_written_does_not_count() {
        assert_eq!(
            calls_in("a\u{1f}\u{1e}\u{1f}half"),
            [["a"]],
            "a reader never sees half a call"
        );
    }
}
