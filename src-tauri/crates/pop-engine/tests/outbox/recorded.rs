//! What a program does to its files, recorded by `strace`: every write with its bytes, every flush,
//! and between them what it says and what it sends, in the order in which it happens.
//!
//! The program is the true one with its true SQLite; nothing of ours lies between it and the system.
//! What follows from the record when the power goes is `power`'s.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// The calls that change files, tell something or send something.
const CALLS: &str = "trace=pwrite64,write,ftruncate,fsync,fdatasync,unlink,sendto";

/// Something that a program did. Files go by their names in its folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    /// Wrote bytes at a place.
    Wrote(String, usize, Vec<u8>),
    /// Wrote bytes at the end.
    Added(String, Vec<u8>),
    /// Cut a file, or filled it with zeros, to a length.
    Cut(String, usize),
    /// Flushed a file to the disk.
    Flushed(String),
    /// Removed a file.
    Removed(String),
    /// Said a line.
    Said(String),
    /// Sent a line over the network.
    Sent(String),
}

/// Runs a program to its end; what it did to the files of a folder.
pub(crate) fn record(program: &Command, folder: &Path) -> Vec<Deed> {
    let notes = tempfile::NamedTempFile::new().unwrap();
    let mut command = Command::new("strace");
    command
        .args(["-f", "-y", "-xx", "-qq", "-s", "1048576"])
        .args(["-e", "signal=none", "-e", CALLS, "-o"])
        .arg(notes.path())
        .arg(program.get_program())
        .args(program.get_args())
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    for (name, value) in program.get_envs() {
        command.env(name, value.unwrap());
    }
    let output = command
        .output()
        .expect("this test needs the program `strace`");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "the program runs under strace: {said}"
    );
    let folder = format!("{}/", fs::canonicalize(folder).unwrap().display());
    let mut reader = Reader {
        folder,
        begun: BTreeMap::new(),
        deeds: Vec::new(),
    };
    for line in fs::read_to_string(notes.path()).unwrap().lines() {
        reader.line(line);
    }
    reader.deeds
}

struct Reader {
    folder: String,
    /// Calls of other threads that have not returned, by thread.
    begun: BTreeMap<String, String>,
    deeds: Vec<Deed>,
}

impl Reader {
    fn line(&mut self, line: &str) {
        let (thread, call) = line.split_once(' ').unwrap();
        let call = call.trim_start();
        if let Some(begun) = call.strip_suffix("<unfinished ...>") {
            // What is said or sent counts from its beginning, what is flushed from its end.
            if !self.tells(begun) {
                self.begun.insert(thread.to_owned(), begun.to_owned());
            }
            return;
        }
        let whole = match call.strip_prefix("<... ") {
            None => call.to_owned(),
            Some(resumed) => {
                let Some(begun) = self.begun.remove(thread) else {
                    return;
                };
                begun + resumed.split_once("resumed>").unwrap().1
            }
        };
        if !self.tells(&whole) {
            self.changes(&whole);
        }
    }

    /// Takes a call that says or sends something; whether it is one.
    fn tells(&mut self, call: &str) -> bool {
        let is_said = call.starts_with("write(1<");
        if !is_said && !call.starts_with("sendto(") {
            return false;
        }
        let text = String::from_utf8(bytes(call)).unwrap_or_default();
        let lines = text.lines().filter(|line| !line.is_empty());
        self.deeds.extend(lines.map(|line| {
            let line = line.to_owned();
            if is_said {
                Deed::Said(line)
            } else {
                Deed::Sent(line)
            }
        }));
        true
    }

    fn changes(&mut self, call: &str) {
        let (verb, rest) = call.split_once('(').unwrap();
        // A call in which the program's end met its thread has no result.
        let Some((arguments, result)) = rest.rsplit_once(" = ") else {
            return;
        };
        if result.starts_with(['-', '?']) {
            return;
        }
        let path = match verb {
            "unlink" => bytes(call),
            _ => between(arguments, '<', '>').map(unhex).unwrap_or_default(),
        };
        let path = String::from_utf8(path).unwrap_or_default();
        let Some(name) = path.strip_prefix(&self.folder) else {
            return;
        };
        // The index of the log is made anew from the log.
        if name.ends_with("-shm") {
            return;
        }
        let name = name.to_owned();
        let last = || {
            let arguments = arguments.trim_end_matches([')', ' ']);
            let (_, last) = arguments.rsplit_once(", ").unwrap();
            last.parse::<usize>().unwrap()
        };
        self.deeds.push(match verb {
            "pwrite64" => Deed::Wrote(name, last(), bytes(arguments)),
            "write" => Deed::Added(name, bytes(arguments)),
            "ftruncate" => Deed::Cut(name, last()),
            "fsync" | "fdatasync" => Deed::Flushed(name),
            "unlink" => Deed::Removed(name),
            other => panic!("{other} was not asked for"),
        });
    }
}

/// The bytes that a call hands over.
fn bytes(call: &str) -> Vec<u8> {
    let (_, text) = call.split_once('"').unwrap();
    let (text, after) = text.split_once('"').unwrap();
    assert!(!after.starts_with("..."), "everything is recorded");
    unhex(text)
}

fn between(text: &str, open: char, close: char) -> Option<&str> {
    Some(text.split_once(open)?.1.split_once(close)?.0)
}

fn unhex(text: &str) -> Vec<u8> {
    text.split("\\x")
        .skip(1)
        .map(|byte| u8::from_str_radix(byte, 16).unwrap())
        .collect()
}
