//! What other connections know of the customer on a card.
//!
//! The most important connection that found somebody decides who it is (`matching`). A record of
//! another connection stands beside it on the same card only when it is the same human: the same
//! identifier, nobody else's in either CRM, found both, or both records carry the same e-mail
//! address. A telephone number alone joins no two names that have no word in common.

use std::collections::BTreeSet;

use crate::desk::asking::Lookup;
use crate::desk::pop::{CandidateRef, Hit, Pop};
use crate::desk::saved::Saved;
use crate::identifier::{Kind, Value};
use crate::profile::{ConnectionId, Customer};

/// The records of other connections that are the same human as the card's customer, the most
/// important connection first.
pub(super) fn beside(pop: &Pop) -> Vec<CandidateRef> {
    let Some((lookup, hit)) = pop.found() else {
        return Vec::new();
    };
    let others = pop.lookups.iter().filter(|other| {
        other.connection != lookup.connection && other.is_decided() && !other.is_partial()
    });
    others
        .filter_map(|other| {
            let same = same_human(lookup, hit, other)?;
            let candidate = CandidateRef {
                connection: other.connection.clone(),
                id: same.customer.id.clone(),
            };
            (!pop.rejected.contains(&candidate)).then_some(candidate)
        })
        .collect()
}

/// The one hit of another lookup that is the same human, if there is exactly one.
pub(super) fn same_human<'a>(lookup: &Lookup, hit: &Hit, other: &'a Lookup) -> Option<&'a Hit> {
    let by_identifier = other.hits.iter().find(|candidate| {
        let mut shared = hit.values.iter().filter(|value| {
            value.kind() != Kind::RecordId
                && candidate.values.contains(value)
                && only_one(lookup, value)
                && only_one(other, value)
        });
        shared.any(|value| joins(value, &hit.customer, &candidate.customer))
    });
    by_identifier.or_else(|| {
        let mut with_address = other
            .hits
            .iter()
            .filter(|candidate| share_address(&hit.customer, &candidate.customer));
        with_address
            .next()
            .filter(|_| with_address.next().is_none())
    })
}

/// Whether an identifier belongs to one human alone in this CRM.
pub(super) fn only_one(lookup: &Lookup, value: &Value) -> bool {
    let found = lookup.hits.iter().filter(|hit| hit.values.contains(value));
    found.count() == 1
}

/// Whether an identifier that found both says enough: households and offices share numbers.
fn joins(value: &Value, one: &Customer, other: &Customer) -> bool {
    value.kind() != Kind::Phone || !have_different_names(one, other)
}

fn have_different_names(one: &Customer, other: &Customer) -> bool {
    one.name
        .as_deref()
        .zip(other.name.as_deref())
        .is_some_and(|(one, other)| words(one).is_disjoint(&words(other)))
}

fn words(name: &str) -> BTreeSet<String> {
    name.split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn share_address(one: &Customer, other: &Customer) -> bool {
    one.emails.iter().any(|address| {
        let address = address.trim();
        let same = |it: &String| it.trim().eq_ignore_ascii_case(address);
        !address.is_empty() && other.emails.iter().any(same)
    })
}

impl Pop {
    /// The one customer and the lookup that found them.
    fn found(&self) -> Option<(&Lookup, &Hit)> {
        let (connection, hit) = self.customer()?;
        Some((self.lookup(connection)?, hit))
    }

    /// The customer as every connection on this card knows them, the one that decided first.
    pub fn records(&self) -> Vec<(&Lookup, &Hit)> {
        let beside = self.beside.iter().filter_map(|candidate| {
            let lookup = self.lookup(&candidate.connection)?;
            Some((lookup, self.hit(candidate)?))
        });
        self.found().into_iter().chain(beside).collect()
    }

    /// The records on this card, by their ids, also those of which it shows a copy.
    pub(super) fn on_card(&self) -> Vec<CandidateRef> {
        let mut records = self.records();
        let copies = self.saved.iter().filter_map(Saved::record);
        records.extend(copies.filter(|(lookup, _)| self.known_to(&lookup.connection).is_none()));
        let records = records.into_iter();
        records
            .map(|(lookup, hit)| CandidateRef {
                connection: lookup.connection.clone(),
                id: hit.customer.id.clone(),
            })
            .collect()
    }

    /// The card's customer as one connection knows them.
    pub fn known_to(&self, connection: &ConnectionId) -> Option<&Hit> {
        let records = self.records();
        let found = records
            .into_iter()
            .find(|(lookup, _)| lookup.connection == *connection);
        found.map(|(_, hit)| hit)
    }

    /// Whether one connection on this card is less important than another.
    pub(super) fn is_below(&self, one: &ConnectionId, other: &ConnectionId) -> bool {
        let place = |id: &ConnectionId| self.lookups.iter().position(|it| it.connection == *id);
        place(one) > place(other)
    }

    /// Somebody whom another connection found by the same identifiers, and who is somebody else as
    /// far as is known.
    pub fn somebody_else(&self) -> Vec<(&Lookup, &Hit)> {
        let Some((lookup, _)) = self.found() else {
            return Vec::new();
        };
        let others = self
            .lookups
            .iter()
            .filter(|other| other.connection != lookup.connection)
            .filter(|other| {
                !self
                    .beside
                    .iter()
                    .any(|it| it.connection == other.connection)
            })
            .filter(|other| other.is_decided() && !other.is_partial());
        others
            .flat_map(|other| other.hits.iter().map(move |hit| (other, hit)))
            .collect()
    }
}
