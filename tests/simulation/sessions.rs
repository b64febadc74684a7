//! What the broker of a shift knows: who is connected, what waits for whom, and what was confirmed.
//!
//! The rules are Mosquitto's: a session outlives its connection for as long as the client said, what
//! was sent and not confirmed comes again with its number when the client is back, and what nobody
//! has asked for is not kept.

mod heard;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use pop_doubles::mqtt;
use pop_doubles::mqtt_broker as packets;
use tokio::sync::Notify;

use crate::broker::{CONTROL, INTERACTIONS};
use pop_tests::dice::Dice;

/// Messages leave at least so far apart, in microseconds: each is heard before the next one comes,
/// so that a seed makes the same shift again.
const APART: i64 = 1_000;

/// After one and a half of its keep-alives without a word a client is given up, in microseconds.
const SILENCE: i64 = 45_000_000;

/// A message for the desktop.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(crate) topic: &'static str,
    pub(crate) said: Vec<u8>,
    /// Which event it is: of which interaction, and which of its events.
    pub(crate) of: Option<(usize, usize)>,
    /// Not before this.
    pub(crate) due: i64,
    pub(crate) fate: Fate,
}

/// What becomes of a message on its way, the first time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Well,
    /// The connection is cut before it leaves.
    CutBefore,
    /// The connection is cut as soon as it has left.
    CutAfter,
    /// It arrives, and the connection is cut before it is heard that it did.
    AckLost,
}

/// How often what happened.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Happened {
    pub(crate) sent: u64,
    pub(crate) confirmed: u64,
    pub(crate) cut: u64,
    pub(crate) acks_lost: u64,
    pub(crate) redelivered: u64,
    pub(crate) overtaken: u64,
    pub(crate) refused: u64,
    pub(crate) away: u64,
    pub(crate) sessions_lost: u64,
    pub(crate) reports: u64,
}

/// What a connection has to do next.
pub(crate) struct Step {
    pub(crate) says: Vec<u8>,
    /// Whether it ends when that is said.
    pub(crate) ends: bool,
    /// In how long there is more to do.
    pub(crate) waits: Option<Duration>,
}

#[derive(Default)]
struct Line {
    says: Vec<u8>,
    ends: bool,
    wake: Arc<Notify>,
}

#[derive(Default)]
struct Session {
    /// How long it outlives its connection.
    lives: i64,
    /// When it is over, while nobody is connected.
    ends: Option<i64>,
    topics: BTreeSet<String>,
    /// Messages that may be on their way at once.
    at_once: usize,
    waiting: VecDeque<(Option<u16>, Message)>,
    on_the_way: BTreeMap<u16, Message>,
    last: u16,
    /// When the next message may leave.
    next: i64,
}

pub(crate) struct Sessions {
    dice: Dice,
    now: i64,
    lines: BTreeMap<u64, Line>,
    last: u64,
    /// The connection of the client that is let in.
    current: Option<u64>,
    session: Option<Session>,
    /// Nobody is answered until then.
    pub(crate) away: i64,
    /// Nobody is let in until then.
    pub(crate) refuses: i64,
    /// Whether anything goes wrong at all.
    pub(crate) rough: bool,
    /// Whether messages are taken for confirmed when they are to be sent, and now and then are not,
    /// which no desktop can make good: only to show that it is noticed.
    pub(crate) is_hasty: bool,
    /// Whether a topic is called unknown, to show that it is noticed when it is asked for.
    pub(crate) is_narrow: bool,
    /// The events that the desktop has confirmed since the last time.
    confirmed: Vec<(usize, usize)>,
    pub(crate) happened: Happened,
    wrongs: Vec<String>,
}

impl Sessions {
    pub(crate) fn new(dice: Dice) -> Self {
        Self {
            dice,
            now: 0,
            lines: BTreeMap::new(),
            last: 0,
            current: None,
            session: None,
            away: 0,
            refuses: 0,
            rough: false,
            is_hasty: false,
            is_narrow: false,
            confirmed: Vec::new(),
            happened: Happened::default(),
            wrongs: Vec::new(),
        }
    }

    /// Time has come so far; who was away for too long is forgotten.
    pub(crate) fn is_now(&mut self, now: i64) {
        self.now = now;
        let ends = self.session.as_ref().and_then(|session| session.ends);
        if ends.is_some_and(|ends| ends <= now) {
            self.session = None;
            self.happened.sessions_lost += 1;
        }
    }

    /// A share between nothing and all.
    pub(crate) fn share(&mut self) -> f64 {
        f64::from(u32::try_from(self.dice.below(1_000)).unwrap()) / 1_000.0
    }

    /// What was wrong since the last time.
    pub(crate) fn wrongs(&mut self) -> Vec<String> {
        std::mem::take(&mut self.wrongs)
    }

    /// The events that were confirmed since the last time.
    pub(crate) fn confirmed(&mut self) -> Vec<(usize, usize)> {
        std::mem::take(&mut self.confirmed)
    }

    /// How many messages have not been confirmed.
    pub(crate) fn left(&self) -> usize {
        let session = self.session.as_ref();
        session.map_or(0, |session| {
            session.waiting.len() + session.on_the_way.len()
        })
    }

    /// Whether the desktop is connected and has asked for everything that it wants to hear.
    pub(crate) fn is_heard(&self) -> bool {
        let session = self.session.as_ref().filter(|_| self.current.is_some());
        session.is_some_and(|session| {
            let topics = session.topics.iter().map(String::as_str);
            topics.eq([CONTROL, INTERACTIONS])
        })
    }

    /// Keeps a message for the desktop, even if it has not asked for this topic; whether the broker
    /// knows the desktop at all.
    pub(crate) fn publish(&mut self, message: Message) -> bool {
        let Some(session) = &mut self.session else {
            return false;
        };
        session.waiting.push_back((None, message));
        self.wake();
        true
    }

    /// Cuts the connection.
    pub(crate) fn cut(&mut self) {
        if let Some(line) = self.current.and_then(|number| self.lines.get_mut(&number)) {
            line.ends = true;
            self.happened.cut += 1;
        }
        self.wake();
    }

    /// Is not there until then, and whoever is connected is cut off.
    pub(crate) fn goes_away(&mut self, until: i64) {
        self.away = until;
        self.happened.away += 1;
        self.cut();
    }

    /// Lets nobody in until then.
    pub(crate) fn shuts_out(&mut self, until: i64) {
        self.refuses = until;
        self.cut();
    }

    /// Hears nothing more of the desktop for so long, gives it up and keeps its session no longer
    /// than any other.
    pub(crate) fn is_left_alone(&mut self, until: i64) {
        let gives_up = self.now + SILENCE;
        if gives_up < until {
            self.cut();
            self.current = None;
            if let Some(session) = &mut self.session {
                session.ends.get_or_insert(gives_up + session.lives);
            }
        }
    }

    /// Begins anew and has forgotten everything, as one does that keeps nothing on its disk.
    pub(crate) fn forgets(&mut self) {
        self.cut();
        self.current = None;
        if self.session.take().is_some() {
            self.happened.sessions_lost += 1;
        }
    }

    /// Is well from now on.
    pub(crate) fn is_well(&mut self) {
        self.rough = false;
        self.away = 0;
        self.refuses = 0;
    }

    /// Somebody connects; the number of the connection.
    pub(crate) fn comes(&mut self) -> u64 {
        self.last += 1;
        self.lines.insert(self.last, Line::default());
        self.last
    }

    /// A connection is over.
    pub(crate) fn goes(&mut self, number: u64) {
        self.lines.remove(&number);
        if self.current == Some(number) {
            self.current = None;
            if let Some(session) = &mut self.session {
                session.ends = Some(self.now + session.lives);
            }
        }
    }

    /// What wakes a connection.
    pub(crate) fn wake_of(&self, number: u64) -> Arc<Notify> {
        Arc::clone(&self.lines[&number].wake)
    }

    fn wake(&self) {
        for line in self.lines.values() {
            line.wake.notify_one();
        }
    }

    /// What a connection has to say now.
    pub(crate) fn step(&mut self, number: u64) -> Step {
        let waits = if self.current == Some(number) {
            self.send(number)
        } else {
            None
        };
        let line = self.lines.get_mut(&number).unwrap();
        Step {
            says: std::mem::take(&mut line.says),
            ends: line.ends,
            waits: waits.map(|micros| Duration::from_micros(micros.unsigned_abs())),
        }
    }

    /// Sends the next message if there is one; in how many microseconds there is another.
    fn send(&mut self, number: u64) -> Option<i64> {
        let (now, line) = (self.now, self.lines.get_mut(&number)?);
        let session = self.session.as_mut()?;
        let is_full = session.on_the_way.len() >= session.at_once;
        if line.ends || is_full || session.waiting.is_empty() {
            return None;
        }
        let due = session.waiting.iter().position(|(_, it)| it.due <= now);
        if let Some(place) = due.filter(|_| session.next <= now) {
            let (sent_as, mut message) = session.waiting.remove(place)?;
            self.happened.overtaken += u64::try_from(place).unwrap();
            session.next = now + APART;
            if self.is_hasty {
                self.confirmed.extend(message.of);
                if self.dice.happens(50) {
                    return Some(APART);
                }
            }
            if message.fate == Fate::CutBefore {
                message.fate = Fate::Well;
                session.waiting.insert(place, (sent_as, message));
                line.ends = true;
                self.happened.cut += 1;
                return None;
            }
            let id = sent_as.unwrap_or_else(|| session.number());
            let publish = mqtt::publish(id, message.topic, &message.said, false);
            line.says.extend(if sent_as.is_some() {
                self.happened.redelivered += 1;
                packets::again(publish)
            } else {
                publish
            });
            self.happened.sent += 1;
            if message.fate == Fate::CutAfter {
                message.fate = Fate::Well;
                line.ends = true;
                self.happened.cut += 1;
            }
            session.on_the_way.insert(id, message);
        }
        let due = session.waiting.iter().map(|(_, it)| it.due).min()?;
        Some(due.max(session.next) - now)
    }

    fn answer(&mut self, number: u64, packet: Vec<u8>) {
        if let Some(line) = self.lines.get_mut(&number) {
            line.says.extend(packet);
            line.wake.notify_one();
        }
    }

    fn end(&mut self, number: u64) {
        if let Some(line) = self.lines.get_mut(&number) {
            line.ends = true;
            line.wake.notify_one();
        }
    }
}

impl Session {
    /// A number under which nothing is on its way.
    fn number(&mut self) -> u16 {
        loop {
            self.last = self.last.checked_add(1).unwrap_or(1);
            if !self.on_the_way.contains_key(&self.last) {
                return self.last;
            }
        }
    }
}
