//! What is kept of the desk's cards: history entries, the day's list, audit lines; and how whoever
//! asks reads what is kept.

use std::collections::BTreeMap;
use std::time::Duration;

use pop_core::desk::{Phase, Pop, PopId};
use pop_core::identifier::Value;
use pop_core::interaction::{Event, InteractionKey};
use pop_core::moment::Moment;
use pop_core::profile::{ConnectionId, RecordKind, RecordRef};
use pop_core::status::Past;
use pop_store::{
    AuditAction, AuditEntry, AuditObject, AuditOutcome, Chain, HistoryEntry, KeptAudit, KeptItem,
};

use crate::engine::Engine;
use crate::entries::{entry_gone_on, entry_of, entry_without_card};
use crate::tick::{Ask, Refused};

/// The interactions of the day and their numbers for the window.
#[derive(Default)]
pub(crate) struct Day {
    entries: BTreeMap<Moment, HistoryEntry>,
    numbers: Vec<InteractionKey>,
    pops: BTreeMap<PopId, InteractionKey>,
}

impl Engine {
    /// The lines of the audit after a number, with all they tell, and whether the chain is whole.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn audit(
        &self,
        after: i64,
        limit: usize,
    ) -> Result<(Vec<KeptAudit>, Chain), Refused> {
        let ask = |reply| Ask::Audit {
            after,
            limit,
            reply,
        };
        self.ask(ask).await?
    }

    /// What waits to be sent, or has ended and is still kept, with age, tries and last answer.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn outbox(
        &self,
        wanted: pop_store::Wanted,
        limit: usize,
    ) -> Result<Vec<KeptItem>, Refused> {
        let ask = |reply| Ask::Outbox {
            wanted,
            limit,
            reply,
        };
        self.ask(ask).await?
    }
}

impl Day {
    /// Takes over what the store has.
    pub(crate) fn fill(&mut self, entries: Vec<HistoryEntry>) {
        for entry in entries {
            self.put(entry);
        }
    }

    /// Takes a card's present state; the entry to keep, if it changed.
    pub(crate) fn update(&mut self, pop: &Pop, now: Moment) -> Option<HistoryEntry> {
        let known = self.entry(pop.key.as_ref()?).cloned();
        let entry = self.entry_of(pop, now)?;
        (known.as_ref() != Some(&entry)).then_some(entry)
    }

    /// Takes a card's present state; its entry, whether it changed or not.
    pub(crate) fn entry_of(&mut self, pop: &Pop, now: Moment) -> Option<HistoryEntry> {
        let key = pop.key.clone()?;
        self.pops.insert(pop.id, key.clone());
        let entry = entry_of(pop, key.clone(), self.entry(&key), now);
        self.put(entry.clone());
        Some(entry)
    }

    /// Takes an interaction that has no card: it ended, was missed, or its offer came too late.
    pub(crate) fn without_card(&mut self, event: &Event, now: Moment) -> HistoryEntry {
        let entry = entry_without_card(event, self.entry(&event.key), now);
        self.put(entry.clone());
        entry
    }

    /// Takes further what happens to an interaction that had its card; its entry.
    pub(crate) fn went_on(
        &mut self,
        key: &InteractionKey,
        event: &Event,
        leaves: bool,
        now: Moment,
    ) -> Option<HistoryEntry> {
        let known = self.entry(key)?.clone();
        let entry = entry_gone_on(known, event, leaves, now);
        self.put(entry.clone());
        Some(entry)
    }

    /// The only interaction that has not ended of which an end may tell that does not name its own:
    /// the same customer's, on the same channel.
    pub(crate) fn unnamed(&self, event: &Event) -> Option<&InteractionKey> {
        let is_of = |record: &RecordRef| {
            record.kind == RecordKind::Customer
                && event.identifiers.iter().any(|identifier| {
                    matches!(&identifier.value, Value::RecordId(id) if *id == record.id)
                })
        };
        let mut same = self.entries.values().filter(|entry| {
            entry.offered.is_some()
                && entry.ended.is_none()
                && entry.channel == event.channel
                && entry.record.as_ref().is_some_and(is_of)
        });
        match (same.next(), same.next()) {
            (Some(only), None) => Some(&only.key),
            (None | Some(_), _) => None,
        }
    }

    /// Nobody has to be called back because of an interaction any more; its entry, if somebody had.
    pub(crate) fn settled(&mut self, key: &InteractionKey) -> Option<HistoryEntry> {
        let mut entry = self.entry(key)?.clone();
        entry.follow_up.take()?;
        self.put(entry.clone());
        Some(entry)
    }

    /// The same, by the number that the window knows.
    pub(crate) fn followed_up(&mut self, number: u32) -> Option<HistoryEntry> {
        let key = self.numbers.get(usize::try_from(number).ok()?)?.clone();
        self.settled(&key)
    }

    /// Forgets the interactions whose customer a connection knew.
    pub(crate) fn forget(&mut self, connection: &ConnectionId) {
        self.entries.retain(|_, entry| {
            let record = entry.record.as_ref();
            record.is_none_or(|record| record.connection != *connection)
        });
    }

    /// Forgets the interactions of one customer.
    pub(crate) fn forget_customer(&mut self, record: &RecordRef) {
        self.entries
            .retain(|_, entry| entry.record.as_ref() != Some(record));
    }

    /// Forgets every interaction.
    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }

    /// Forgets what is older than it may be.
    pub(crate) fn prune(&mut self, now: Moment, keep: Duration) {
        self.entries.retain(|at, _| now.since(*at) <= keep);
    }

    /// Forgets that a card is on screen.
    pub(crate) fn gone(&mut self, pop: PopId) {
        self.pops.remove(&pop);
    }

    /// The entries from a moment on, newest first.
    pub(crate) fn past(&mut self, since: Moment) -> Vec<Past> {
        let entries: Vec<HistoryEntry> = self
            .entries
            .range(since..)
            .rev()
            .map(|(_, entry)| entry.clone())
            .collect();
        self.describe(&entries)
    }

    /// Describes entries for the window.
    pub(crate) fn describe(&mut self, entries: &[HistoryEntry]) -> Vec<Past> {
        entries
            .iter()
            .map(|entry| Past {
                number: self.number(&entry.key),
                pop: self
                    .pops
                    .iter()
                    .find(|(_, key)| **key == entry.key)
                    .map(|(pop, _)| *pop),
                at: entry.at,
                channel: entry.channel,
                name: entry.name.clone(),
                reason: entry.reason.clone(),
                phase: phase_of(entry),
                can_reopen: entry.record.is_some(),
                follow_up: entry.follow_up,
                not_logged: entry.not_logged,
            })
            .collect()
    }

    /// The customer's record of the interaction behind a number.
    pub(crate) fn record(&self, number: u32) -> Option<&RecordRef> {
        let key = self.numbers.get(usize::try_from(number).ok()?)?;
        self.entry(key)?.record.as_ref()
    }

    /// The interaction behind a number.
    pub(crate) fn numbered(&self, number: u32) -> Option<&InteractionKey> {
        self.numbers.get(usize::try_from(number).ok()?)
    }

    /// Every entry of the day, the newest first.
    pub(crate) fn newest(&self) -> impl Iterator<Item = &HistoryEntry> {
        self.entries.values().rev()
    }

    /// Every entry of the day.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &HistoryEntry> {
        self.entries.values()
    }

    /// The latest interactions, newest first.
    pub(crate) fn latest(&self, most: usize) -> Vec<InteractionKey> {
        let entries = self.entries.values().rev();
        entries.take(most).map(|entry| entry.key.clone()).collect()
    }

    fn number(&mut self, key: &InteractionKey) -> u32 {
        let known = self.numbers.iter().position(|known| known == key);
        let place = known.unwrap_or_else(|| {
            self.numbers.push(key.clone());
            self.numbers.len() - 1
        });
        u32::try_from(place).unwrap_or(u32::MAX)
    }

    pub(crate) fn entry(&self, key: &InteractionKey) -> Option<&HistoryEntry> {
        self.entries.values().find(|entry| entry.key == *key)
    }

    fn put(&mut self, entry: HistoryEntry) {
        let known = self
            .entries
            .iter()
            .find(|(_, known)| known.key == entry.key);
        let mut at = known.map_or(entry.at, |(at, _)| *at);
        while self
            .entries
            .get(&at)
            .is_some_and(|other| other.key != entry.key)
        {
            at = at.after(Duration::from_micros(1));
        }
        self.entries.insert(at, entry);
    }
}

fn phase_of(entry: &HistoryEntry) -> Phase {
    match entry.phase {
        pop_store::Phase::Offered => Phase::Offered,
        pop_store::Phase::Accepted => Phase::Accepted,
        pop_store::Phase::Declined if entry.follow_up.is_some() => Phase::Missed,
        pop_store::Phase::Declined => Phase::Withdrawn,
        pop_store::Phase::Transferred => Phase::Transferred,
        pop_store::Phase::Ended => Phase::Ended,
    }
}

/// An audit line about a record (rule G5).
pub(crate) fn audit_record(
    who: &str,
    action: AuditAction,
    record: RecordRef,
    outcome: AuditOutcome,
    interaction: Option<InteractionKey>,
    at: Moment,
) -> AuditEntry {
    AuditEntry {
        who: who.to_owned(),
        action,
        at,
        from: "window".to_owned(),
        object: Some(AuditObject::Record(record)),
        outcome,
        code: None,
        interaction,
        item: None,
    }
}

/// An audit line about something with a name of our own.
pub(crate) fn audit_named(
    who: &str,
    action: AuditAction,
    name: &str,
    outcome: AuditOutcome,
    at: Moment,
) -> AuditEntry {
    AuditEntry {
        who: who.to_owned(),
        action,
        at,
        from: "window".to_owned(),
        object: Some(AuditObject::Named(name.to_owned())),
        outcome,
        code: None,
        interaction: None,
        item: None,
    }
}
