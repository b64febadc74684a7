//! What connections told of the customers of the last interactions, kept for a short while (rule P4).
//!
//! A card shows its customer's copy at once, with the time when it was read, until the connection
//! answers, and goes on showing it where the connection cannot answer. A copy decides nothing: who
//! it is stays open, no record opens and nothing is written from it. Sealing and keeping it on disk
//! is the store's part, so that this desk says only what is to be kept and until when.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::desk::Desk;
use crate::desk::asking::Lookup;
use crate::desk::beside::{only_one, same_human};
use crate::desk::matching::is_rejected;
use crate::desk::pop::{Hit, Matching, Part, Pop};
use crate::desk::vocabulary::{Effect, PopId};
use crate::fault::FaultKind;
use crate::identifier::{Identifier, Kind, Value};
use crate::moment::Moment;
use crate::profile::{Case, ConnectionId, Customer};

/// How many copies are kept; with one more, the one whose time is over first goes.
const MOST: usize = 200;

/// What one connection told of a customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedCopy {
    /// The connection.
    pub connection: ConnectionId,
    /// The customer, with cases and activities as far as the connection has such lists; without
    /// addresses to open and versions to write over.
    pub customer: Customer,
    /// The identifiers that mean this customer and nobody else there.
    pub found_by: Vec<String>,
    /// When the connection told it.
    pub read: Moment,
    /// When it is to be gone.
    pub until: Moment,
}

/// A copy that stands on a card.
#[derive(Clone, Debug)]
pub struct Saved {
    /// When the connection told it.
    pub read: Moment,
    lookup: Lookup,
}

/// The copies that are kept.
#[derive(Clone, Debug, Default)]
pub(super) struct Copies(Vec<SavedCopy>);

impl SavedCopy {
    /// What is worth keeping of a record on a card, as soon as all of it is known.
    fn of(pop: &Pop, lookup: &Lookup, hit: &Hit, until: Moment) -> Option<Self> {
        let known = |part_is_open: bool| (!part_is_open).then_some(());
        known(matches!(lookup.cases, Part::Waiting | Part::Failed(_)))?;
        known(matches!(lookup.activities, Part::Waiting | Part::Failed(_)))?;
        if !lookup.is_decided() || lookup.fault.is_some() || is_rejected(pop, lookup, hit) {
            return None;
        }
        let mut customer = Customer {
            link: None,
            keep: Vec::new(),
            cases: lookup.cases.ready().cloned(),
            activities: lookup.activities.ready().cloned(),
            ..hit.customer.clone()
        };
        for case in customer.cases.iter_mut().flat_map(|cases| &mut cases.items) {
            forget_what_acts(case);
        }
        let means = hit.values.iter().filter(|value| only_one(lookup, value));
        Some(Self {
            connection: lookup.connection.clone(),
            customer,
            found_by: means.map(key_of).collect(),
            read: lookup.heard?,
            until,
        })
    }

    fn is_of(&self, connection: &ConnectionId, id: &str) -> bool {
        let customer = &self.customer;
        self.connection == *connection
            && (customer.id == id || customer.also.iter().any(|other| other == id))
    }

    /// The identifiers of a card that mean this customer.
    fn meant_by<'p>(&self, pop: &'p Pop) -> Vec<&'p Identifier> {
        let means = |identifier: &&Identifier| match &identifier.value {
            Value::RecordId(id) => self.is_of(&self.connection, id),
            Value::ExternalId(_) | Value::Email(_) | Value::Phone(_) => {
                self.found_by.contains(&key_of(&identifier.value))
            }
        };
        pop.identifiers.iter().filter(means).collect()
    }

    fn stand_in(&self, pop: &Pop) -> Saved {
        let by = self.meant_by(pop);
        let hit = Hit {
            customer: self.customer.clone(),
            by: by.iter().map(|it| (it.kind(), it.assurance)).collect(),
            values: by.iter().map(|it| it.value.clone()).collect(),
        };
        Saved {
            read: self.read,
            lookup: Lookup::of_copy(self.connection.clone(), hit, self.read),
        }
    }
}

impl Saved {
    /// The copy as the answer that it once was.
    pub fn record(&self) -> Option<(&Lookup, &Hit)> {
        let hit = self.lookup.hits.first()?;
        Some((&self.lookup, hit))
    }
}

impl Copies {
    /// The copies that may stand on a card as long as its connections have not told better.
    pub(super) fn for_card(&self, pop: &Pop) -> Vec<Saved> {
        match &pop.matching {
            Matching::One { .. } => self.for_parts(pop),
            Matching::Looking | Matching::Failed => self.in_place_of_answers(pop),
            Matching::Nothing | Matching::Several { .. } | Matching::None => Vec::new(),
        }
    }

    /// What a known customer's card lacks.
    fn for_parts(&self, pop: &Pop) -> Vec<Saved> {
        let lacking = pop.records().into_iter().filter(|(lookup, _)| {
            let (cases, activities) = (&lookup.cases, &lookup.activities);
            matches!(cases, Part::Waiting | Part::Failed(_))
                || matches!(activities, Part::Waiting | Part::Failed(_))
        });
        let copies = lacking.filter_map(|(lookup, hit)| {
            let mut known = self.0.iter();
            known.find(|copy| copy.is_of(&lookup.connection, &hit.customer.id))
        });
        copies.map(|copy| copy.stand_in(pop)).collect()
    }

    /// The customer as far as connections that have not answered, or could not, once told.
    fn in_place_of_answers(&self, pop: &Pop) -> Vec<Saved> {
        let open = pop.lookups.iter().filter(|lookup| lookup.may_be_stood_in());
        let mut found = open.filter_map(|lookup| self.of_connection(pop, lookup));
        let Some(first) = found.next() else {
            return Vec::new();
        };
        let mut standing = vec![first.stand_in(pop)];
        for other in found.map(|copy| copy.stand_in(pop)) {
            let joins = standing.first().and_then(Saved::record);
            let joins = joins.and_then(|(lookup, hit)| same_human(lookup, hit, &other.lookup));
            if joins.is_some() {
                standing.push(other);
            }
        }
        standing
    }

    /// The one copy of a connection that a card can mean.
    fn of_connection(&self, pop: &Pop, lookup: &Lookup) -> Option<&SavedCopy> {
        let connection = &lookup.connection;
        let mut own = self.0.iter().filter(|copy| copy.connection == *connection);
        if let Some((chosen_in, id)) = &pop.chosen {
            return own.find(|copy| chosen_in == connection && copy.is_of(connection, id));
        }
        let mut meant = own.filter(|copy| !copy.meant_by(pop).is_empty());
        let only = meant.next().filter(|_| meant.next().is_none())?;
        let mut rejected = pop.rejected.iter();
        let is_rejected = rejected.any(|other| only.is_of(&other.connection, &other.id));
        (!is_rejected).then_some(only)
    }

    /// Every copy.
    pub(super) fn all(&self) -> impl Iterator<Item = &SavedCopy> {
        self.0.iter()
    }

    fn put(&mut self, copy: SavedCopy) {
        self.0
            .retain(|known| !known.is_of(&copy.connection, &copy.customer.id));
        self.0.push(copy);
        if self.0.len() > MOST {
            let first = self.0.iter().enumerate().min_by_key(|(_, copy)| copy.until);
            let first = first.map(|(place, _)| place);
            first.map(|place| self.0.remove(place));
        }
    }

    /// Forgets what a connection told.
    pub(super) fn forget_connection(&mut self, connection: &ConnectionId) {
        self.0.retain(|copy| copy.connection != *connection);
    }

    /// When the time of the next one is over.
    pub(super) fn next_deadline(&self) -> Option<Moment> {
        self.0.iter().map(|copy| copy.until).min()
    }
}

impl Desk {
    /// Takes over what an earlier run has kept.
    pub(super) fn take_copies(
        &mut self,
        copies: Vec<SavedCopy>,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        for copy in copies {
            let newer =
                self.copies.0.iter().any(|own| {
                    own.is_of(&copy.connection, &copy.customer.id) && own.read >= copy.read
                });
            if !newer && self.policy.saved_copy.is_some() {
                self.copies.put(copy);
            }
        }
        self.check_copies(now, effects);
        self.stand_in_again(effects);
    }

    /// Keeps a copy of what the cards that changed know of their customers.
    pub(super) fn keep_copies(&mut self, now: Moment, effects: &mut Vec<Effect>) {
        let Some(keep) = self.policy.saved_copy else {
            return;
        };
        let changed: Vec<PopId> = effects.iter().filter_map(shown).collect();
        for id in changed {
            let Some(pop) = self.pop(id) else { continue };
            let sure = matches!(pop.matching, Matching::One { sure: true, .. });
            let live = pop.phase.is_live();
            let until = if live { now } else { pop.phase_since }.after(keep);
            if pop.key.is_none() || !sure || until <= now {
                continue;
            }
            let copies: Vec<SavedCopy> = pop
                .records()
                .into_iter()
                .filter_map(|(lookup, hit)| SavedCopy::of(pop, lookup, hit, until))
                .filter(|copy| self.copies.is_news(copy, live))
                .collect();
            for copy in copies {
                effects.push(Effect::KeepCopy(Box::new(copy.clone())));
                self.copies.put(copy);
            }
        }
    }

    /// Forgets the copies whose time is over, except for those whose customer is on a live card.
    pub(super) fn check_copies(&mut self, now: Moment, effects: &mut Vec<Effect>) {
        let keep = self.policy.saved_copy;
        let (over, left): (Vec<SavedCopy>, Vec<SavedCopy>) = std::mem::take(&mut self.copies.0)
            .into_iter()
            .partition(|copy| keep.is_none() || copy.until <= now);
        self.copies.0 = left;
        if over.is_empty() {
            return;
        }
        for copy in over {
            let mut live = self.pops.iter().filter(|pop| pop.phase.is_live());
            if let Some(keep) = keep.filter(|_| live.any(|pop| pop.has_on_it(&copy))) {
                let until = now.after(keep);
                let copy = SavedCopy { until, ..copy };
                effects.push(Effect::KeepCopy(Box::new(copy.clone())));
                self.copies.put(copy);
            }
        }
        let until = keep.map_or(Moment::from_micros(i64::MAX), |_| now);
        effects.push(Effect::ForgetCopies(until));
        self.stand_in_again(effects);
    }

    /// Follows another time for which copies are kept; none: they are not kept.
    pub(super) fn keep_copies_for(
        &mut self,
        before: Option<Duration>,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let keep = self.policy.saved_copy;
        if keep == before {
            return;
        }
        let latest = now.after(keep.unwrap_or_default());
        for copy in self.copies.0.iter_mut().filter(|it| it.until > latest) {
            copy.until = latest;
            if keep.is_some() {
                effects.push(Effect::KeepCopy(Box::new(copy.clone())));
            }
        }
        if keep.is_none() {
            self.check_copies(now, effects);
            effects.push(Effect::ForgetCopies(Moment::from_micros(i64::MAX)));
        }
    }

    /// Finds anew which copies stand on a card.
    pub(super) fn stand_in(&mut self, id: PopId) {
        if let Some(pop) = self.pops.iter_mut().find(|pop| pop.id == id) {
            pop.saved = self.copies.for_card(pop);
        }
    }

    /// Finds anew which copies stand on the cards that have one, or may have one now.
    fn stand_in_again(&mut self, effects: &mut Vec<Effect>) {
        let mut changed = Vec::new();
        for pop in &mut self.pops {
            let saved = self.copies.for_card(pop);
            let (had, has) = (pop.saved.len(), saved.len());
            pop.saved = saved;
            if had != has {
                changed.push(pop.id);
            }
        }
        for id in changed {
            self.show(id, effects);
        }
    }
}

impl Copies {
    /// Whether a copy says something that the kept one does not.
    fn is_news(&self, copy: &SavedCopy, live: bool) -> bool {
        let mut known = self.0.iter();
        let known = known.find(|known| known.is_of(&copy.connection, &copy.customer.id));
        known.is_none_or(|known| known.read != copy.read || (!live && known.until != copy.until))
    }
}

impl Pop {
    /// The copies on this card; who it is stays open as long as there is nothing else.
    pub fn saved(&self) -> &[Saved] {
        &self.saved
    }

    /// Whether all that is said of the customer is a copy.
    pub fn is_saved_copy(&self) -> bool {
        self.customer().is_none() && !self.saved.is_empty()
    }

    /// The customer whom a saved copy shows, while no connection has told who it is.
    pub fn saved_record(&self) -> Option<(&Lookup, &Hit)> {
        let mut copies = self.saved.iter().filter(|_| self.is_saved_copy());
        copies.find_map(Saved::record)
    }

    /// The customer as every connection on this card knows them, or once told.
    pub fn shown(&self) -> Vec<(&Lookup, &Hit)> {
        if self.is_saved_copy() {
            self.saved.iter().filter_map(Saved::record).collect()
        } else {
            self.records()
        }
    }

    fn has_on_it(&self, copy: &SavedCopy) -> bool {
        let mut records = self.records().into_iter().chain(self.shown());
        records.any(|(lookup, hit)| copy.is_of(&lookup.connection, &hit.customer.id))
    }
}

impl Lookup {
    /// Whether what the connection once told says more than its answer: it has none yet, or could
    /// not give one. Whom it does not let the agent see stays unseen.
    fn may_be_stood_in(&self) -> bool {
        let forbidden = |kind: &FaultKind| matches!(kind, FaultKind::Forbidden);
        let fault = self.fault.as_ref();
        self.hits.is_empty()
            && fault.is_none_or(|fault| !forbidden(&fault.kind))
            && (fault.is_some() || !self.is_decided())
    }
}

fn shown(effect: &Effect) -> Option<PopId> {
    if let Effect::Show(id) = effect {
        Some(*id)
    } else {
        None
    }
}

/// Takes away what is of use only for opening and writing.
fn forget_what_acts(case: &mut Case) {
    case.link = None;
    case.stamp = None;
}

/// An identifier as it is compared.
fn key_of(value: &Value) -> String {
    let text = match value {
        Value::RecordId(id) | Value::ExternalId(id) => id,
        Value::Email(email) => email.as_str(),
        Value::Phone(phone) => phone.e164(),
    };
    format!("{} {text}", Kind::word(value.kind()))
}
