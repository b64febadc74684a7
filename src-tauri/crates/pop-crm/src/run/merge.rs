//! Several hits that are one human, and one that is several, told apart by their ids.

use pop_core::profile::Customer;

use crate::run::connection::Connection;

/// Customers of one lookup at most: rule T9.
pub(crate) const HITS: usize = 20;

impl Connection {
    /// Adds customers; one human is one entry, by id and by the other ids of the same human.
    pub(crate) fn merge(&self, customers: &mut Vec<Customer>, more: Vec<Customer>) {
        for customer in more {
            if let Some(known) = customers
                .iter_mut()
                .find(|known| self.is_same(known, &customer))
            {
                fill(known, customer);
            } else if customers.len() < HITS {
                customers.push(customer);
            }
        }
    }

    fn is_same(&self, one: &Customer, other: &Customer) -> bool {
        let ids = |customer: &'_ Customer| {
            std::iter::once(customer.id.clone())
                .chain(customer.also.clone())
                .collect::<Vec<_>>()
        };
        let others = ids(other);
        ids(one)
            .iter()
            .any(|id| others.iter().any(|other| self.plan.ids.same(id, other)))
    }
}

/// What the first hit lacks is taken from the second.
fn fill(known: &mut Customer, other: Customer) {
    let absent = |known: &mut Option<String>, other: Option<String>| {
        if known.is_none() {
            *known = other;
        }
    };
    absent(&mut known.kind, other.kind);
    absent(&mut known.name, other.name);
    absent(&mut known.company, other.company);
    absent(&mut known.account_id, other.account_id);
    absent(&mut known.tier, other.tier);
    absent(&mut known.language, other.language);
    absent(&mut known.region, other.region);
    absent(&mut known.owner, other.owner);
    known.vip |= other.vip;
    known.open_cases = known.open_cases.or(other.open_cases);
    known.cases = known.cases.take().or(other.cases);
    known.activities = known.activities.take().or(other.activities);
    for (list, more) in [
        (&mut known.emails, other.emails),
        (&mut known.phones, other.phones),
        (
            &mut known.also,
            std::iter::once(other.id).chain(other.also).collect(),
        ),
    ] {
        for text in more {
            if !list.contains(&text) {
                list.push(text);
            }
        }
    }
    known.also.retain(|id| *id != known.id);
    for fact in other.extra {
        if !known.extra.iter().any(|known| known.name == fact.name) {
            known.extra.push(fact);
        }
    }
    for (name, value) in other.keep {
        if !known.keep.iter().any(|(known, _)| *known == name) {
            known.keep.push((name, value));
        }
    }
}
