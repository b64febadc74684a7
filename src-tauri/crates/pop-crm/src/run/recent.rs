//! What a connection knows from a moment ago: answers, and what was created here.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use pop_core::identifier::Identifier;
use pop_core::moment::Moment;
use pop_core::profile::{Activity, Case, Customer, Listed};
use serde_json::Value;

use crate::language::names::Needs;
use crate::run::cache::{Cache, FOUND, Keep, NOTHING, Question};
use crate::run::connection::Connection;
use crate::run::context::{Context, InteractionFacts, agent};
use crate::run::find::{Found, text_of};
use crate::run::lists::Whole;
use crate::run::record::value_of_customer;

/// How long a created customer is known here: search indexes take up to some minutes.
const CUSTOMER_LAG: Duration = Duration::from_mins(15);
/// How long a created case is: lists are quicker than indexes, and a case may soon be closed.
const CASE_LAG: Duration = Duration::from_mins(2);
/// Created records that are known.
const CREATED: usize = 100;

/// What is kept of a connection's answers; none of it outlives a sign-out.
#[derive(Default)]
pub(crate) struct Recent {
    pub(crate) found: Cache<Found>,
    pub(crate) cases: Cache<Whole<Case>>,
    pub(crate) activities: Cache<Whole<Activity>>,
    created: Mutex<Created>,
}

#[derive(Default)]
struct Created {
    customers: Vec<(Moment, String, Customer)>,
    cases: Vec<(Moment, String, Case)>,
}

impl Connection {
    /// Takes note of a customer that was just created here, so that it is found by this
    /// identifier although the CRM's index does not know it yet.
    pub fn remember(&self, identifier: &Identifier, customer: Customer) {
        self.changed(&customer.id);
        let entry = (self.now(), text_of(&identifier.value), customer);
        let mut created = self.created();
        push(&mut created.customers, entry);
    }

    /// Takes note of a case that was just created here for the customer with this id.
    pub fn remember_case(&self, customer_id: &str, case: Case) {
        self.changed(customer_id);
        let entry = (self.now(), customer_id.to_owned(), case);
        let mut created = self.created();
        push(&mut created.cases, entry);
    }

    /// Drops what is kept about the customer with this id, because something about it changed.
    pub fn changed(&self, customer_id: &str) {
        let is_meant = |id: &str| self.plan.ids.same(id, customer_id);
        self.recent.found.drop_about(is_meant);
        self.recent.cases.drop_about(is_meant);
        self.recent.activities.drop_about(is_meant);
        let mut created = self.created();
        created.cases.retain(|(_, id, _)| !is_meant(id));
    }

    /// Drops the lists that are kept of these customers.
    pub(crate) fn drop_lists(&self, customers: &[Customer]) {
        let is_one = |id: &str| customers.iter().any(|one| self.plan.ids.same(&one.id, id));
        self.recent.cases.drop_about(is_one);
        self.recent.activities.drop_about(is_one);
    }

    /// Drops everything that is known of the CRM, as at sign-out.
    pub fn forget(&self) {
        self.recent.found.clear();
        self.recent.cases.clear();
        self.recent.activities.clear();
        *self.created() = Created::default();
        let mut quotas = self.quotas.lock().unwrap_or_else(PoisonError::into_inner);
        quotas.clear();
        drop(quotas);
        let mut learned = self.learned.lock().unwrap_or_else(PoisonError::into_inner);
        learned.forget();
    }

    /// The question as the cache knows it; what it reads of the call is part of it.
    pub(crate) fn question<'n>(
        &self,
        about: &str,
        mut needs: impl Iterator<Item = &'n Needs>,
        context: &Context,
    ) -> Question {
        let now = self.now();
        let usual = now.after(self.budgets.total);
        let mut key = about.to_owned();
        if needs.any(|needs| needs.around) {
            let facts = context.interaction.as_ref().map(InteractionFacts::value);
            let around = [Some(agent(&context.agent)), facts];
            for value in around.iter().flatten() {
                key.push('\n');
                key.push_str(&value.to_string());
            }
        }
        Question {
            key,
            asked: now,
            deadline: context.deadline.map_or(usual, |own| own.min(usual)),
            fresh: context.fresh,
        }
    }

    /// The customers that were created here and belong to this identifier.
    pub(crate) fn created_for(&self, identifier: &Identifier) -> Vec<Customer> {
        let key = text_of(&identifier.value);
        let now = self.now();
        let created = self.created();
        let own = created
            .customers
            .iter()
            .filter(|(at, about, _)| *about == key && is_recent(*at, now, CUSTOMER_LAG));
        own.map(|(_, _, customer)| customer.clone()).collect()
    }

    /// Adds the cases that were created here and that the list does not have yet.
    pub(crate) fn add_created(&self, customer_id: &str, listed: &mut Listed<Case>) {
        let now = self.now();
        let created = self.created();
        let own = created.cases.iter().filter(|(at, about, _)| {
            self.plan.ids.same(about, customer_id) && is_recent(*at, now, CASE_LAG)
        });
        for (_, _, case) in own {
            let is_listed = |listed: &Case| self.plan.ids.same(&listed.id, &case.id);
            if !listed.items.iter().any(is_listed) {
                listed.items.insert(0, case.clone());
                listed.total = listed.total.map(|total| total.saturating_add(1));
            }
        }
    }

    fn created(&self) -> MutexGuard<'_, Created> {
        let created = &self.recent.created;
        created.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How long what was found is kept; nothing that lacks something.
pub(crate) fn keep_found(found: &Found) -> Option<Keep> {
    let ids = |customer: &Customer| {
        std::iter::once(customer.id.clone())
            .chain(customer.also.clone())
            .collect::<Vec<_>>()
    };
    found.incomplete.is_none().then(|| Keep {
        life: life(found.customers.is_empty()),
        about: found.customers.iter().flat_map(ids).collect(),
    })
}

/// How long a customer's list is kept.
pub(crate) fn keep_list<T>(customer: &Customer, listed: &Listed<T>) -> Keep {
    Keep {
        life: life(listed.items.is_empty()),
        about: vec![customer.id.clone()],
    }
}

/// All that a list's requests may read of its customer.
pub(crate) fn text_of_customer(customer: &Customer) -> String {
    let account = customer.account_id.clone().map(Value::String);
    format!("{}\n{account:?}", value_of_customer(customer))
}

fn life(is_empty: bool) -> Duration {
    if is_empty { NOTHING } else { FOUND }
}

fn is_recent(at: Moment, now: Moment, lag: Duration) -> bool {
    at <= now && now.since(at) < lag
}

fn push<T>(list: &mut Vec<T>, entry: T) {
    if list.len() >= CREATED {
        list.remove(0);
    }
    list.push(entry);
}
