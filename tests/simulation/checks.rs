//! What must hold in a shift, after each step and at its end.

mod bundle;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use pop_core::desk::{LOOKUP_ENDS, Matching, Part, Pop, PopId};
use pop_core::evidence::{Canary, File, clean};
use pop_core::moment::Moment;
use pop_core::profile::ConnectionId;
use pop_core::write::WriteState;
use pop_store::{Chain, KeptItem, Wanted};

use crate::crms::SUBJECT;
use crate::shift::{Broken, Shift};
use crate::time::seconds;

/// In this time everything drains when nothing goes wrong any more.
pub(crate) const REACH: i64 = seconds(300);

/// What was told and asked in a shift.
#[derive(Default)]
pub(crate) struct Told {
    /// Every write that the agent wanted, by its id.
    pub(crate) asked: BTreeMap<String, Asked>,
    /// Since when a question is seen to be on its way: card, generation, connection, and when the
    /// card says that it was asked.
    pub(crate) pending: BTreeMap<(PopId, u32, ConnectionId, i64), i64>,
    /// The version of the bundle that was in force.
    in_force: u32,
    /// What was called kept.
    kept: BTreeSet<String>,
    /// What was called not saved.
    pub(crate) not_saved: BTreeSet<String>,
    /// How often something could be looked at: a check that never looks proves nothing.
    pub(crate) looks: Looks,
}

/// Something that the agent wanted written.
pub(crate) struct Asked {
    /// For whom, as the card showed it.
    pub(crate) customer: String,
    pub(crate) taken: bool,
}

/// How often each check had something to look at.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Looks {
    pub(crate) cards: u64,
    pub(crate) made: u64,
    pub(crate) kept: u64,
    pub(crate) acknowledged: u64,
    pub(crate) done: u64,
    pub(crate) parked: u64,
    pub(crate) bundles: u64,
    pub(crate) full: u64,
    pub(crate) torn: u64,
    pub(crate) by_both: u64,
}

impl Shift {
    /// After each step.
    pub(crate) fn check(&mut self) {
        self.check_cards();
        let made = self.wires.crms.made();
        self.told.looks.made += u64::try_from(made.len()).unwrap();
        for (subject, made) in made {
            if made.times > 1 {
                self.wrong(format!("{subject} was made {} times", made.times));
            }
            let id = subject.trim_start_matches(SUBJECT);
            match self.told.asked.get(id) {
                Some(asked) if asked.customer == made.customer => {}
                Some(asked) => {
                    let meant = asked.customer.clone();
                    self.wrong(format!(
                        "{subject} is {}'s in place of {meant}'s",
                        made.customer
                    ));
                }
                None => self.wrong(format!("nobody wanted {subject}")),
            }
        }
        let mut wrongs = self.wires.wrongs();
        if let Some(broker) = &self.broker {
            wrongs.extend(broker.lock().wrongs());
        }
        self.wrongs.extend(wrongs);
        self.check_opened();
        self.check_bundle();
    }

    /// No card shows somebody whom its own interaction does not mean, and no question has no end.
    pub(crate) fn check_cards(&mut self) {
        let cards: Vec<Pop> = self.screen.lock().cards.values().cloned().collect();
        for pop in &cards {
            self.check_card(pop);
        }
        self.check_once(&cards);
        let shown = self.screen.lock();
        let kept = shown.writes.iter().filter(|(_, state)| match state {
            WriteState::Held
            | WriteState::Waiting { .. }
            | WriteState::Sending
            | WriteState::Parked(_) => true,
            // What is over when something is kept again has nothing that could be lost.
            WriteState::NotSaved(_) | WriteState::Done(_) | WriteState::Discarded => false,
        });
        let kept = kept.filter(|_| shown.keeps);
        let kept: Vec<String> = kept.map(|(id, _)| id.clone()).collect();
        let not_saved = shown.writes.iter();
        let not_saved = not_saved.filter(|(_, state)| matches!(state, WriteState::NotSaved(_)));
        let not_saved: Vec<String> = not_saved.map(|(id, _)| id.clone()).collect();
        drop(shown);
        self.told.kept.extend(kept);
        self.told.not_saved.extend(not_saved);
    }

    /// Whatever way its events come, an interaction has one card.
    fn check_once(&mut self, cards: &[Pop]) {
        let mut names = BTreeSet::new();
        for key in cards.iter().filter_map(|pop| pop.key.as_ref()) {
            if !names.insert(&key.id) {
                self.wrong(format!("{} has two cards", key.id));
            }
        }
    }

    fn check_card(&mut self, pop: &Pop) {
        self.told.looks.cards += 1;
        let name = pop.key.as_ref().map(|key| key.id.clone());
        let name = name.unwrap_or_default();
        let known = self.known.iter().find(|known| known.name == name);
        let Some(known) = known else {
            return self.wrong(format!("a card of {name}, which nobody sent"));
        };
        let meant = known.caller.ids.clone();
        let shown: Vec<String> = match &pop.matching {
            Matching::One { customer, .. } => vec![customer.id.clone()],
            Matching::Several { candidates, .. } => {
                candidates.iter().map(|it| it.id.clone()).collect()
            }
            Matching::Nothing | Matching::Looking | Matching::None | Matching::Failed => Vec::new(),
        };
        for id in shown {
            if !meant.contains(&id) {
                self.wrong(format!(
                    "the card of {name} shows {id}, not one of {meant:?}"
                ));
            }
        }
        self.check_lists(pop, &name);
        self.check_deadlines(pop, &name);
    }

    /// The cases beside a customer are theirs: as far as they were made in this shift, it is known.
    fn check_lists(&mut self, pop: &Pop, name: &str) {
        let mut wrongs = Vec::new();
        for (lookup, hit) in pop.records() {
            let Part::Ready(cases) = &lookup.cases else {
                continue;
            };
            for case in &cases.items {
                let subject = case.subject.as_deref().unwrap_or_default();
                let id = subject.strip_prefix(SUBJECT);
                let asked = id.and_then(|id| self.told.asked.get(id));
                if asked.is_some_and(|asked| asked.customer != hit.customer.id) {
                    wrongs.push(format!(
                        "the card of {name} shows somebody else's {subject}"
                    ));
                }
            }
        }
        self.wrongs.extend(wrongs);
    }

    /// Whatever is asked has an end: who it is within ten seconds, what belongs to them in ten more.
    fn check_deadlines(&mut self, pop: &Pop, name: &str) {
        let within = if self.broken == Some(Broken::Deadline) {
            0
        } else {
            2 * i64::try_from(LOOKUP_ENDS.as_micros()).unwrap()
        };
        let now = self.time.passed();
        for lookup in &pop.lookups {
            let question = (
                pop.id,
                pop.generation,
                lookup.connection.clone(),
                lookup.since.micros(),
            );
            if !lookup.is_pending() {
                self.told.pending.remove(&question);
                continue;
            }
            let since = *self.told.pending.entry(question).or_insert(now);
            if now - since > within {
                self.wrong(format!("a question for {name} has no end"));
            }
        }
    }

    fn check_opened(&mut self) {
        let opened = std::mem::take(&mut self.screen.lock().opened);
        for address in opened {
            let is_ours = [
                "https://acme.lightning.force.com/",
                "https://help.example.com/",
            ]
            .iter()
            .any(|origin| address.starts_with(origin));
            if !is_ours {
                self.wrong(format!("{address} was opened"));
            }
        }
    }

    /// At the end, when nothing went wrong for a while.
    pub(crate) fn check_the_end(&mut self) {
        self.check();
        self.check_kept();
        self.check_acknowledged();
        self.check_history();
        self.check_broker();
        let chain = self.at_once(async |engine| engine.audit(0, 100_000).await);
        match chain {
            Some(Ok((_, Chain::Whole(_)))) => {}
            other => self.wrong(format!(
                "the audit is not whole: {:?}",
                other.map(|it| it.is_ok())
            )),
        }
        self.quit();
    }

    /// What was called kept is done, waits for a person, or was taken back; and it was done just so
    /// often as it says.
    fn check_kept(&mut self) {
        let mut known: BTreeMap<String, KeptItem> = BTreeMap::new();
        for wanted in [Wanted::Open, Wanted::Over] {
            let items = self.at_once(async |engine| engine.outbox(wanted, 100_000).await);
            let items = items.and_then(Result::ok).unwrap_or_default();
            known.extend(items.into_iter().map(|item| (item.queued.id.clone(), item)));
        }
        let made = self.wires.crms.made();
        let times = |id: &str| {
            let made = made.get(&format!("{SUBJECT}{id}"));
            made.map_or(0, |made| made.times)
        };
        let mut wrongs = Vec::new();
        for id in self.told.kept.clone() {
            self.told.looks.kept += 1;
            let Some(item) = known.get(&id) else {
                wrongs.push(format!("{id} was called kept and is nowhere"));
                continue;
            };
            match &item.state {
                WriteState::Done(_) => {
                    self.told.looks.done += 1;
                    if times(&id) != 1 {
                        wrongs.push(format!(
                            "{id} is called done and was made {} times",
                            times(&id)
                        ));
                    }
                }
                WriteState::Discarded => {
                    if times(&id) != 0 {
                        wrongs.push(format!("{id} was taken back and was made"));
                    }
                }
                WriteState::Parked(_) => self.told.looks.parked += 1,
                state @ (WriteState::Held
                | WriteState::Waiting { .. }
                | WriteState::Sending
                | WriteState::NotSaved(_)) => wrongs.push(format!("{id} did not drain: {state:?}")),
            }
        }
        for (id, asked) in &self.told.asked {
            if !asked.taken && times(id) > 0 {
                wrongs.push(format!("{id} was refused and was made"));
            }
        }
        self.wrongs.extend(wrongs);
    }

    /// Whatever was acknowledged had its card.
    fn check_acknowledged(&mut self) {
        let popped = self.screen.lock().popped.clone();
        let mut lost = Vec::new();
        for known in self.known.iter().filter(|known| known.is_acknowledged) {
            self.told.looks.acknowledged += 1;
            if !popped.contains_key(&known.name) {
                lost.push(format!(
                    "{} was acknowledged and never had a card",
                    known.name
                ));
            }
        }
        self.wrongs.extend(lost);
    }

    /// Whatever way its events came, an interaction stands in the history once.
    fn check_history(&mut self) {
        let past = self.at_once(async |engine| engine.history(Moment::default()).await);
        let listed = past.and_then(Result::ok).map(|past| past.len());
        let known = self.known.len();
        if listed.is_none_or(|listed| listed > known) {
            self.wrong(format!(
                "the history has {listed:?} of {known} interactions"
            ));
        }
    }

    /// The broker is heard, and has nothing left that was not heard.
    fn check_broker(&mut self) {
        let Some(broker) = self.broker.clone() else {
            return;
        };
        let (left, is_heard) = {
            let sessions = broker.lock();
            (sessions.left(), sessions.is_heard())
        };
        if left > 0 {
            self.wrong(format!("{left} messages of the broker did not drain"));
        }
        let shown = self.screen.lock().hears;
        if !is_heard || !shown {
            self.wrong(format!(
                "the broker is not heard: {is_heard}, as the agent sees it {shown}"
            ));
        }
    }

    /// No credential lies on the disk, in six spellings.
    pub(crate) fn check_disk(&mut self) {
        let mut files = Vec::new();
        read(self.folder.path(), &mut files);
        let mut canaries: Vec<Canary> = self
            .wires
            .secrets()
            .into_iter()
            .map(|text| Canary {
                what: "credential",
                text,
            })
            .collect();
        if self.broken == Some(Broken::Lying) {
            canaries.push(Canary {
                what: "credential",
                text: "agent01".to_owned(),
            });
        }
        let scan = clean(&mut files, &canaries);
        for found in scan.found {
            self.wrong(format!("{} in {}", found.what, found.file));
        }
    }

    fn wrong(&mut self, what: String) {
        if !self.wrongs.contains(&what) {
            self.wrongs.push(what);
        }
    }
}

fn read(folder: &Path, files: &mut Vec<File>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, files);
        } else if let Ok(bytes) = fs::read(&path) {
            files.push(File {
                name: path.display().to_string(),
                text: String::from_utf8_lossy(&bytes).into_owned(),
            });
        }
    }
}
