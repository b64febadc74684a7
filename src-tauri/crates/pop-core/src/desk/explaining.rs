//! Why a card is as it is: told from the same state and by the same functions that made it so.
//!
//! Nothing is decided here. What each reason means in words is in `explain`.

use crate::desk::Desk;
use crate::desk::asking::Lookup;
use crate::desk::matching::{deciding, is_rejected};
use crate::desk::pop::{CandidateRef, Hit, Matching, Pop, RecordState};
use crate::desk::vocabulary::PopId;
use crate::explain::{Asked, Explanation, OpeningBy, Person, Verdict, WhyCustomer, WhyOpening};
use crate::interaction::Direction;
use crate::ruling::Does;

impl Desk {
    /// Why a card is as it is; `None` where there is no such card.
    pub fn explain(&self, pop: PopId) -> Option<Explanation> {
        let pop = self.pop(pop)?;
        let refused = pop.refused.iter();
        Some(Explanation {
            identifiers: pop
                .identifiers
                .iter()
                .map(|identifier| (identifier.kind(), identifier.assurance))
                .collect(),
            refused: refused.map(|it| (it.kind, it.reason)).collect(),
            customer: why_customer(pop),
            people: people(pop),
            asked: pop
                .lookups
                .iter()
                .map(|lookup| (lookup.connection.clone(), asked(lookup)))
                .collect(),
            opening: self.why_opening(pop),
            opening_by: opening_by(pop),
            rules: pop.ruling.given.clone(),
        })
    }

    fn why_opening(&self, pop: &Pop) -> WhyOpening {
        match &pop.record {
            RecordState::Opened(_, place) => WhyOpening::Opened(*place),
            RecordState::Opening(_) => WhyOpening::OnItsWay,
            RecordState::HeldBack => WhyOpening::HeldBack,
            RecordState::Failed(why) => WhyOpening::Failed(why.clone()),
            RecordState::NotOpened if self.waiting.has(pop.id) => WhyOpening::Pausing,
            RecordState::NotOpened => match self.to_open(pop) {
                Ok(_) => WhyOpening::OnItsWay,
                Err(why) => WhyOpening::Not(why),
            },
        }
    }
}

/// Who says when the record opens.
fn opening_by(pop: &Pop) -> OpeningBy {
    let mut given = pop.ruling.given.iter();
    let by_rule = given.find(|given| matches!(given.does, Does::Open(_)));
    match (by_rule, pop.direction) {
        (Some(given), _) => OpeningBy::Rule(given.rule.clone()),
        (None, Direction::Outbound) => OpeningBy::Outbound,
        (None, Direction::Inbound | Direction::Internal | Direction::Unknown) => OpeningBy::Setting,
    }
}

fn why_customer(pop: &Pop) -> WhyCustomer {
    match &pop.matching {
        Matching::Nothing => WhyCustomer::NothingToLookFor,
        Matching::Looking => WhyCustomer::Looking,
        Matching::One { customer, .. } if pop.chosen.is_some() => {
            WhyCustomer::Chosen(customer.connection.clone())
        }
        Matching::One { customer, sure } => WhyCustomer::Only {
            connection: customer.connection.clone(),
            by: pop
                .hit(customer)
                .map(|hit| hit.by.clone())
                .unwrap_or_default(),
            sure: *sure,
        },
        Matching::Several {
            candidates,
            conflict,
        } => WhyCustomer::Several {
            count: candidates.len(),
            conflict: *conflict,
        },
        Matching::None => WhyCustomer::Nobody,
        Matching::Failed => WhyCustomer::NobodyAnswered,
    }
}

fn people(pop: &Pop) -> Vec<Person> {
    let lookups = pop.lookups.iter();
    lookups
        .flat_map(|lookup| lookup.hits.iter().map(move |hit| (lookup, hit)))
        .map(|(lookup, hit)| Person {
            connection: lookup.connection.clone(),
            name: hit.customer.name.clone(),
            by: hit.by.clone(),
            verdict: verdict(pop, lookup, hit),
        })
        .collect()
}

fn verdict(pop: &Pop, lookup: &Lookup, hit: &Hit) -> Verdict {
    let is = |candidate: &CandidateRef| {
        candidate.connection == lookup.connection && hit.is(&candidate.id)
    };
    if pop.matching.one().is_some_and(is) {
        return Verdict::Meant;
    }
    if pop.beside.iter().any(is) {
        return Verdict::SameHuman;
    }
    if is_rejected(pop, lookup, hit) {
        return Verdict::Rejected;
    }
    if pop.chosen.is_some() {
        return Verdict::NotChosen;
    }
    match deciding(pop) {
        Some(deciding) if deciding.lookup.connection != lookup.connection => Verdict::LessImportant,
        Some(deciding) if deciding.meant.contains(&hit) => Verdict::Among,
        Some(_) => Verdict::Weaker,
        None => Verdict::Undecided,
    }
}

fn asked(lookup: &Lookup) -> Asked {
    match &lookup.fault {
        _ if !lookup.is_decided() => Asked::Waiting,
        Some(fault) if lookup.hits.is_empty() => Asked::Failed(Box::new(fault.clone())),
        Some(fault) => Asked::Partly(lookup.hits.len(), Box::new(fault.clone())),
        None => Asked::Found(lookup.hits.len()),
    }
}
