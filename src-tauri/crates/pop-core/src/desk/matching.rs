//! Decides who is meant, from what the connections found.
//!
//! The rules are those of the architecture page: assurance ranks before kind, identifiers of
//! different assurance that find different people are a conflict, and several are a choice.

use std::cmp::Reverse;

use crate::desk::asking::Lookup;
use crate::desk::pop::{CandidateRef, Hit, Matching, Pop};
use crate::identifier::{Assurance, Identifier};
use crate::profile::{ConnectionId, Customer};

/// How many earlier choices are remembered for ranking.
const REMEMBERED: usize = 200;

/// Who is meant, as far as is known now.
pub(super) fn decide(pop: &Pop, remembered: &Remembered) -> Matching {
    if let Some((connection, id)) = &pop.chosen {
        let chosen = CandidateRef {
            connection: connection.clone(),
            id: id.clone(),
        };
        return match (pop.hit(&chosen), pop.lookup(connection)) {
            (Some(hit), _) => Matching::One {
                customer: CandidateRef {
                    id: hit.customer.id.clone(),
                    ..chosen
                },
                sure: true,
            },
            (None, Some(lookup)) => without_hits(std::slice::from_ref(lookup)),
            (None, None) => Matching::None,
        };
    }
    if pop.identifiers.is_empty() {
        return Matching::Nothing;
    }
    match deciding(pop) {
        Some(deciding) => among(pop, &deciding, remembered),
        None => without_hits(&pop.lookups),
    }
}

/// The connection whose answer decides who is meant.
pub(super) struct Deciding<'p> {
    pub(super) lookup: &'p Lookup,
    /// Who can be meant: those whom the strongest identifier found, or everybody in a conflict.
    pub(super) meant: Vec<&'p Hit>,
    conflict: bool,
    /// Whether nobody else can be meant.
    sure: bool,
}

/// The most important connection that has decided and found somebody.
pub(super) fn deciding(pop: &Pop) -> Option<Deciding<'_>> {
    let mut more_important_decided = true;
    for lookup in &pop.lookups {
        let hits: Vec<&Hit> = lookup
            .hits
            .iter()
            .filter(|hit| !is_rejected(pop, lookup, hit))
            .collect();
        if lookup.is_decided() && !hits.is_empty() {
            let conflict = contradicts(&hits);
            let strongest = hits.iter().filter_map(|hit| best(hit)).max();
            let mut meant = hits;
            meant.retain(|hit| conflict || best(hit) == strongest);
            return Some(Deciding {
                lookup,
                meant,
                conflict,
                sure: more_important_decided && lookup.fault.is_none() && pop.rejected.is_empty(),
            });
        }
        more_important_decided &= lookup.is_decided();
    }
    None
}

pub(super) fn is_rejected(pop: &Pop, lookup: &Lookup, hit: &Hit) -> bool {
    pop.rejected
        .iter()
        .any(|other| other.connection == lookup.connection && hit.is(&other.id))
}

/// What to say when nobody was found, yet or at all.
fn without_hits(lookups: &[Lookup]) -> Matching {
    if lookups.iter().any(|lookup| !lookup.is_decided()) {
        Matching::Looking
    } else if lookups.is_empty() || lookups.iter().any(|lookup| lookup.fault.is_some()) {
        Matching::Failed
    } else {
        Matching::None
    }
}

fn among(pop: &Pop, deciding: &Deciding<'_>, remembered: &Remembered) -> Matching {
    let candidate = |hit: &Hit| CandidateRef {
        connection: deciding.lookup.connection.clone(),
        id: hit.customer.id.clone(),
    };
    let mut meant = deciding.meant.clone();
    if let [only] = meant.as_slice() {
        return Matching::One {
            customer: candidate(only),
            sure: deciding.sure,
        };
    }
    meant.sort_by_key(|hit| {
        let before = remembered.is_choice(&pop.identifiers, &candidate(hit));
        let named = pop.name.is_some() && hit.customer.name == pop.name;
        (
            Reverse(before),
            Reverse(best(hit)),
            Reverse(hit.by.len()),
            Reverse(named),
        )
    });
    Matching::Several {
        candidates: meant.into_iter().map(candidate).collect(),
        conflict: deciding.conflict,
    }
}

impl Hit {
    fn found_by(&mut self, identifier: &Identifier) {
        if !self.values.contains(&identifier.value) {
            self.values.push(identifier.value.clone());
        }
    }
}

/// Whether identifiers of different assurance found different people: those of one assurance
/// found nobody whom the strongest found.
fn contradicts(hits: &[&Hit]) -> bool {
    let strongest = hits.iter().filter_map(|hit| best(hit)).max();
    let is_by = |hit: &Hit, rank: Assurance| hit.by.iter().any(|(_, by)| *by == rank);
    hits.iter().flat_map(|hit| &hit.by).any(|(_, rank)| {
        let mut found = hits.iter().filter(|hit| is_by(hit, *rank));
        found.all(|hit| best(hit) != strongest)
    })
}

/// The assurance of the strongest identifier that found somebody.
fn best(hit: &Hit) -> Option<Assurance> {
    hit.by.first().map(|(_, assurance)| *assurance)
}

/// Adds what one identifier found, joining rows that are the same human.
pub(super) fn merge(hits: &mut Vec<Hit>, found: Vec<Customer>, identifier: &Identifier) {
    let by = (identifier.kind(), identifier.assurance);
    for customer in found {
        let known = hits
            .iter_mut()
            .find(|hit| hit.is(&customer.id) || customer.also.contains(&hit.customer.id));
        match known {
            Some(hit) if hit.by.contains(&by) => hit.found_by(identifier),
            Some(hit) => {
                hit.found_by(identifier);
                hit.by.push(by);
                hit.by
                    .sort_by_key(|(kind, assurance)| (Reverse(*assurance), *kind));
                if hit.by.first() == Some(&by) {
                    hit.customer = customer;
                }
            }
            None => hits.push(Hit {
                customer,
                by: vec![by],
                values: vec![identifier.value.clone()],
            }),
        }
    }
}

/// Earlier choices of the agent: they rank and preselect, they never open anything.
#[derive(Clone, Debug, Default)]
pub(super) struct Remembered(Vec<(Identifier, CandidateRef)>);

impl Remembered {
    pub(super) fn keep(&mut self, identifiers: &[Identifier], candidate: &CandidateRef) {
        for identifier in identifiers {
            self.0.retain(|(known, _)| known.value != identifier.value);
            self.0.push((identifier.clone(), candidate.clone()));
        }
        let surplus = self.0.len().saturating_sub(REMEMBERED);
        self.0.drain(..surplus);
    }

    pub(super) fn forget(&mut self, identifiers: &[Identifier], candidate: &CandidateRef) {
        let is_meant =
            |identifier: &Identifier| identifiers.iter().any(|it| it.value == identifier.value);
        self.0
            .retain(|(identifier, known)| known != candidate || !is_meant(identifier));
    }

    pub(super) fn forget_connection(&mut self, connection: &ConnectionId) {
        self.0.retain(|(_, known)| known.connection != *connection);
    }

    pub(super) fn is_choice(&self, identifiers: &[Identifier], candidate: &CandidateRef) -> bool {
        self.0.iter().any(|(identifier, known)| {
            known == candidate
                && identifiers
                    .iter()
                    .any(|other| other.value == identifier.value)
        })
    }
}
