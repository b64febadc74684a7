//! A process that is killed, and what the next one finds.

use std::env;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use pop_store::Accepted;
use rusqlite::Connection;

use crate::support::{incoming, sealed};

const FOLDER: &str = "POP_STORE_TEST_FOLDER";
const COMMITS: &str = "POP_STORE_TEST_COMMITS";

/// Runs in the child only: does its work, says so, and waits to be killed.
#[test]
fn child() {
    let Some(folder) = env::var_os(FOLDER) else {
        return;
    };
    let folder = Path::new(&folder);
    let raw;
    let mut store;
    if env::var_os(COMMITS).is_some() {
        store = sealed(folder);
        assert!(matches!(
            store.accept_event(&incoming("msg-1", 1)).unwrap(),
            Accepted::New(_)
        ));
    } else {
        raw = Connection::open(folder.join("store.db")).unwrap();
        raw.execute_batch(
            "BEGIN IMMEDIATE;
             INSERT INTO seen (id, body, at) VALUES (randomblob(32), randomblob(32), 0);
             INSERT INTO event (id, at, sealed) VALUES (randomblob(32), 0, randomblob(90));",
        )
        .unwrap();
    }
    println!("\ndone");
    io::stdout().flush().unwrap();
    io::stdin().lock().read_line(&mut String::new()).unwrap();
}

fn run_and_kill(folder: &Path, commits: bool) {
    let mut command = Command::new(env::current_exe().unwrap());
    command
        .args(["--exact", "killed::child", "--nocapture"])
        .env(FOLDER, folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    if commits {
        command.env(COMMITS, "1");
    }
    let mut child = command.spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let done = lines.map_while(Result::ok).any(|line| line == "done");
    assert!(done, "the child came as far as it should");
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn what_was_accepted_is_there_after_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    run_and_kill(folder.path(), true);
    let mut store = sealed(folder.path());
    let pending = store.pending_events().unwrap();
    assert_eq!(pending.len(), 1, "the event");
    assert_eq!(pending[0].event, b"event msg-1", "as it came");
    assert_eq!(
        store.accept_event(&incoming("msg-1", 1)).unwrap(),
        Accepted::Repeated,
        "and its id"
    );
    assert!(
        store
            .due_check()
            .expect("the end was not clean")
            .run()
            .unwrap(),
        "the file is whole"
    );
}

#[test]
fn what_was_not_committed_is_not_there_after_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    drop(sealed(folder.path()));
    run_and_kill(folder.path(), false);
    let stats = sealed(folder.path()).stats().unwrap();
    assert_eq!(
        (stats.seen, stats.events),
        (0, 0),
        "half a transaction is none"
    );
}
