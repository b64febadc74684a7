//! Waiting until nothing happens any more: every task has had its turn, and every other thread of
//! this process (the store's, those that wait for the keychain) sleeps.
//!
//! Only then time moves on. So an answer of the disk never depends on how fast the disk is, and a
//! seed makes the same shift again.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::os::unix::fs::FileExt as _;

/// How often everybody has a turn before it is looked around.
const TURNS: usize = 24;

/// So often in a row nothing must happen.
const CALM: usize = 2;

/// This process's other threads.
#[derive(Default)]
pub(crate) struct Threads {
    known: BTreeMap<String, File>,
}

impl Threads {
    /// Waits until nothing happens any more.
    pub(crate) async fn quiet(&mut self) {
        let mut calm = 0;
        while calm < CALM {
            for _ in 0..TURNS {
                tokio::task::yield_now().await;
            }
            if self.all_sleep() {
                calm += 1;
            } else {
                calm = 0;
                std::thread::yield_now();
            }
        }
    }

    /// Waits until the thread of the store has ended, as it does when nobody holds it any more.
    pub(crate) fn until_none_is_called(name: &str) {
        let is_there = || {
            let threads = fs::read_dir("/proc/self/task").unwrap();
            let mut names = threads.filter_map(|thread| {
                let name = thread.ok()?.path().join("comm");
                fs::read_to_string(name).ok()
            });
            names.any(|thread| thread.trim() == name)
        };
        while is_there() {
            std::thread::yield_now();
        }
    }

    fn all_sleep(&mut self) -> bool {
        let own = fs::read_link("/proc/thread-self").unwrap();
        let own = own.file_name().unwrap().to_str().unwrap().to_owned();
        let mut listed = Vec::new();
        for thread in fs::read_dir("/proc/self/task").unwrap() {
            let Ok(name) = thread.unwrap().file_name().into_string() else {
                continue;
            };
            if name != own {
                listed.push(name);
            }
        }
        self.known.retain(|name, _| listed.contains(name));
        listed.iter().all(|name| self.sleeps(name))
    }

    fn sleeps(&mut self, name: &str) -> bool {
        if !self.known.contains_key(name) {
            // It may have ended meanwhile.
            let Ok(file) = File::open(format!("/proc/self/task/{name}/stat")) else {
                return true;
            };
            self.known.insert(name.to_owned(), file);
        }
        let mut text = [0; 512];
        let Ok(read) = self.known[name].read_at(&mut text, 0) else {
            return true;
        };
        // The state stands behind the name, which is in brackets and may hold anything.
        let end = text[..read].iter().rposition(|byte| *byte == b')');
        end.is_some_and(|end| text[end + 2] == b'S')
    }
}
