//! What the desk knows already of customers who were found by hand: their open cases, from the
//! search's own answer, from cards on screen and from copies. No connection is asked for it.

use std::collections::HashSet;

use crate::desk::Desk;
use crate::profile::{Case, ConnectionId, Customer};
use crate::text::Sought;

/// How many cases a search lists at most.
const MOST: usize = 6;

/// An open case that is known without asking.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownCase {
    /// The connection that holds it.
    pub connection: ConnectionId,
    /// Whose it is.
    pub customer: Customer,
    /// The case.
    pub case: Case,
}

impl Desk {
    /// The open cases of the customers who were found, and those whose subject, number or customer
    /// has the words; the most urgent first.
    pub fn known_cases(
        &self,
        words: &Sought,
        found: &[(ConnectionId, Customer)],
    ) -> Vec<KnownCase> {
        let is_found = |connection: &ConnectionId, customer: &Customer| {
            found
                .iter()
                .any(|(at, one)| at == connection && one.id == customer.id)
        };
        let mut seen = HashSet::new();
        let mut known: Vec<KnownCase> = self
            .told_of_cases(found)
            .filter(|(_, _, case)| case.open)
            .filter(|(connection, customer, case)| {
                is_found(connection, customer) || words.are_in(&texts(customer, case))
            })
            .filter(|(connection, _, case)| seen.insert(((*connection).clone(), case.id.clone())))
            .map(|(connection, customer, case)| KnownCase {
                connection: connection.clone(),
                customer: customer.clone(),
                case: case.clone(),
            })
            .collect();
        known.sort_by_key(|known| {
            let Case {
                priority,
                due,
                created,
                ..
            } = &known.case;
            (std::cmp::Reverse(*priority), due.is_none(), *due, *created)
        });
        known.truncate(MOST);
        known
    }

    /// How many cases of a customer are open, where a card on screen has read them all.
    pub fn counts_cases(&self, connection: &ConnectionId, id: &str) -> Option<u64> {
        let mut records = self.pops.iter().flat_map(|pop| pop.records());
        let (lookup, _) = records
            .find(|(lookup, hit)| lookup.connection == *connection && hit.customer.id == id)?;
        let listed = lookup.cases.ready()?;
        let open = listed.items.iter().filter(|case| case.open).count();
        listed.total.or(u64::try_from(open).ok())
    }

    /// Every case that was told, what was told last first.
    fn told_of_cases<'a>(
        &'a self,
        found: &'a [(ConnectionId, Customer)],
    ) -> impl Iterator<Item = (&'a ConnectionId, &'a Customer, &'a Case)> {
        let here = self.pops.iter().flat_map(|pop| pop.records());
        let here = here.filter_map(|(lookup, hit)| {
            let cases = lookup.cases.ready()?;
            Some((&lookup.connection, &hit.customer, cases.items.as_slice()))
        });
        let told = found.iter().filter_map(|(connection, customer)| {
            let cases = customer.cases.as_ref()?;
            Some((connection, customer, cases.items.as_slice()))
        });
        let kept = self.copies.all().filter_map(|copy| {
            let cases = copy.customer.cases.as_ref()?;
            Some((&copy.connection, &copy.customer, cases.items.as_slice()))
        });
        told.chain(here)
            .chain(kept)
            .flat_map(|(connection, customer, cases)| {
                cases.iter().map(move |case| (connection, customer, case))
            })
    }
}

fn texts<'a>(customer: &'a Customer, case: &'a Case) -> [&'a str; 3] {
    [&customer.name, &case.subject, &case.number].map(|text| text.as_deref().unwrap_or_default())
}
