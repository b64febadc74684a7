//! Another system that counts what it did, over TCP, and loses answers on demand.
//!
//! Three kinds of systems: one that knows a repetition by its key, one that can be asked what it
//! has, and one that can do neither.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use async_trait::async_trait;
use pop_core::action::{Next, Outcome};
use pop_core::fault::{Fault, FaultKind};
use pop_core::http::HttpFault;
use pop_core::moment::Moment;
use pop_core::write::WrittenRecord;
use pop_engine::outbox::{NotSent, Sends, Sent};
use pop_store::Item;

/// What a system can do against doing something twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Means {
    /// It knows a key again.
    Key,
    /// It can be asked for a key.
    Look,
    /// Nothing.
    None,
}

impl Means {
    pub(crate) const ALL: [(Self, &'static str); 3] = [
        (Self::Key, "key"),
        (Self::Look, "look"),
        (Self::None, "none"),
    ];

    pub(crate) fn word(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(means, _)| *means == self)
            .unwrap()
            .1
    }

    pub(crate) fn parse(word: &str) -> Self {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == word)
            .unwrap()
            .0
    }
}

/// What goes wrong, each in so many of a hundred requests.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Trouble {
    /// It is done, and the answer is lost.
    pub(crate) lost: u64,
    /// The network brings the request twice.
    pub(crate) doubled: u64,
    /// It is refused before anything is done.
    pub(crate) down: u64,
}

/// The system.
pub(crate) struct Ledger {
    pub(crate) address: SocketAddr,
    state: Arc<Mutex<State>>,
}

struct State {
    means: Means,
    trouble: Trouble,
    dice: u64,
    done: BTreeMap<String, u32>,
    busy: usize,
}

impl Ledger {
    pub(crate) fn start(means: Means, trouble: Trouble) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(Mutex::new(State {
            means,
            trouble,
            dice: 0x9E37_79B9_7F4A_7C15,
            done: BTreeMap::new(),
            busy: 0,
        }));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let state = Arc::clone(&shared);
                state.lock().unwrap().busy += 1;
                thread::spawn(move || {
                    answer(stream, &state);
                    state.lock().unwrap().busy -= 1;
                });
            }
        });
        Self { address, state }
    }

    /// How often each key was done.
    pub(crate) fn done(&self) -> BTreeMap<String, u32> {
        self.state.lock().unwrap().done.clone()
    }

    /// Waits until everything that was on its way here has arrived.
    pub(crate) fn settle(&self) {
        // Connections are taken in order: when this one is answered, all before it were taken.
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.write_all(b"look settle\n").unwrap();
        BufReader::new(stream)
            .read_line(&mut String::new())
            .unwrap();
        while self.state.lock().unwrap().busy > 0 {
            thread::yield_now();
        }
    }

    pub(crate) fn set(&self, trouble: Trouble) {
        self.state.lock().unwrap().trouble = trouble;
    }
}

fn answer(stream: TcpStream, state: &Mutex<State>) {
    let mut line = String::new();
    let mut writer = stream.try_clone().unwrap();
    // A killed program sends half a line, or none.
    if BufReader::new(stream).read_line(&mut line).is_err() || !line.ends_with('\n') {
        return;
    }
    let Some((verb, key)) = line.trim().split_once(' ') else {
        return;
    };
    let said = state.lock().unwrap().take(verb, key);
    // Whoever asked may be dead.
    let _ = writer.write_all(said.as_bytes());
}

impl State {
    fn take(&mut self, verb: &str, key: &str) -> &'static str {
        if verb == "look" {
            return if self.done.contains_key(key) {
                "yes\n"
            } else {
                "no\n"
            };
        }
        if self.roll() < self.trouble.down {
            return "down\n";
        }
        let times = if self.roll() < self.trouble.doubled {
            2
        } else {
            1
        };
        for _ in 0..times {
            let count = self.done.entry(key.to_owned()).or_default();
            if self.means != Means::Key || *count == 0 {
                *count += 1;
            }
        }
        if self.roll() < self.trouble.lost {
            ""
        } else {
            "done\n"
        }
    }

    fn roll(&mut self) -> u64 {
        self.dice ^= self.dice << 13;
        self.dice ^= self.dice >> 7;
        self.dice ^= self.dice << 17;
        self.dice % 100
    }
}

/// The way to it; `point` is called before and after each exchange.
pub(crate) struct LedgerWay {
    pub(crate) address: SocketAddr,
    pub(crate) means: Means,
    /// Whether it forgets that something may have been sent before: the control.
    pub(crate) forgetful: bool,
    pub(crate) point: fn(),
}

impl LedgerWay {
    fn ask(&self, verb: &str, key: &str) -> std::io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&self.address, Duration::from_secs(5))?;
        (self.point)();
        stream.write_all(format!("{verb} {key}\n").as_bytes())?;
        (self.point)();
        let mut said = String::new();
        BufReader::new(stream).read_line(&mut said)?;
        (self.point)();
        Ok(said.trim().to_owned())
    }

    fn next(&self) -> Next {
        match self.means {
            Means::Key => Next::Retry,
            Means::Look => Next::LookFirst,
            Means::None => Next::Park,
        }
    }
}

#[async_trait]
impl Sends for LedgerWay {
    fn rests_until(&self, _: Moment) -> Option<Moment> {
        None
    }

    fn can_tell(&self, _: &Item, _: Moment) -> bool {
        self.means != Means::None
    }

    async fn find(&self, item: &Item) -> Result<Option<WrittenRecord>, NotSent> {
        if self.means != Means::Look || self.forgetful {
            return Ok(None);
        }
        match self.ask("look", item.id()).as_deref() {
            Ok("yes") => Ok(Some(WrittenRecord::default())),
            Ok("no") => Ok(None),
            Ok(_) | Err(_) => {
                let not = not(HttpFault::Cut, Outcome::NotDone, Next::Retry);
                not.result.map(Some)
            }
        }
    }

    async fn send(&self, item: &Item, first_sent: Option<Moment>) -> Sent {
        let key = item.id();
        if first_sent.is_some() && !self.forgetful {
            match self.means {
                Means::Key => {}
                Means::Look => match self.ask("look", key).as_deref() {
                    Ok("yes") => return done(),
                    Ok("no") => {}
                    Ok(_) | Err(_) => {
                        return not(HttpFault::Cut, Outcome::Unknown, Next::LookFirst);
                    }
                },
                Means::None => return not(HttpFault::Cut, Outcome::Unknown, Next::Park),
            }
        }
        match self.ask("put", key).as_deref() {
            Ok("done") => done(),
            Ok("down") if first_sent.is_none() => {
                not(HttpFault::Refused, Outcome::NotDone, Next::Retry)
            }
            Ok(_) | Err(_) => not(HttpFault::Cut, Outcome::Unknown, self.next()),
        }
    }
}

fn done() -> Sent {
    sent(Ok(WrittenRecord::default()))
}

fn not(fault: HttpFault, outcome: Outcome, next: Next) -> Sent {
    sent(Err(NotSent {
        fault: Fault::new(FaultKind::Network(fault), Moment::from_micros(0)),
        fields: Vec::new(),
        outcome,
        next,
    }))
}

fn sent(result: Result<WrittenRecord, NotSent>) -> Sent {
    Sent {
        result,
        status: None,
        body: None,
        answer: None,
    }
}
