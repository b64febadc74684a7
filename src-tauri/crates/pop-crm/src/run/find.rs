//! Finding customers by an identifier, and searching them by words.
//!
//! Finds of one identifier run side by side; those with `if_none` wait until the named ones found
//! nobody. Hits are checked, merged by id, and never more than twenty.

use std::collections::BTreeSet;

use futures_util::future::{join, join_all};
use pop_core::fault::{Fault, FaultKind};
use pop_core::identifier::{self, Identifier};
use pop_core::phone::Phone;
use pop_core::profile::{Customer, Listed};
use serde_json::Value;

use crate::language::parts::{FindPart, Rows, SearchPart};
use crate::run::ask::Call;
use crate::run::check::Asked;
use crate::run::connection::Connection;
use crate::run::context::{Context, object};
use crate::run::error::Failure;
use crate::run::merge::HITS;
use crate::run::recent::keep_found;
use crate::run::record::{Mapper, ROWS};
use crate::run::values;

/// Who was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The customers, in the order of the definition's finds.
    pub customers: Vec<Customer>,
    /// Rows that were dropped because they are somebody else's.
    pub strangers: u32,
    /// Requests one after another that it took.
    pub round_trips: u32,
    /// A find that failed while another one found somebody: there may be more customers than
    /// these, so one alone is not certain.
    pub incomplete: Option<Fault>,
}

/// What one find or search brought.
#[derive(Default)]
struct Part {
    customers: Vec<Customer>,
    strangers: u32,
    depth: u32,
    total: Option<u64>,
    /// It was sent, and its answer says that there is nobody.
    found_nobody: bool,
}

impl Connection {
    /// Finds customers by an identifier.
    pub async fn find(&self, identifier: &Identifier, context: &Context) -> Result<Found, Fault> {
        let finds = self
            .plan
            .finds
            .iter()
            .filter(|find| find.by == identifier.kind() && self.is_on(&find.rows));
        let finds = finds.collect::<Vec<_>>();
        if finds.is_empty() {
            return Err(self.fault(FaultKind::NotSupported));
        }
        let needs = finds.iter().map(|find| &find.rows.reading);
        let question = self.question(&text_of(&identifier.value), needs, context);
        let asking = self.find_with(&finds, identifier, context);
        let cache = &self.recent.found;
        let found = cache.ask(question, || self.now(), asking, keep_found).await;
        let found = match found {
            Ok((found, true)) => {
                // It may be that the links could not be learned at the time.
                let needed_by_links = self.plan.link.needs.clone();
                let _ = Call::new(self, context).learn(needed_by_links).await;
                Ok(Found {
                    round_trips: 0,
                    ..found
                })
            }
            found => found.map(|(found, _)| found),
        };
        if let (Ok(found), true) = (&found, context.fresh) {
            // Whoever looks again wants the lists anew too.
            self.drop_lists(&found.customers);
        }
        let created = self.created_for(identifier);
        let mut found = match found {
            Err(fault) if !created.is_empty() => Found {
                incomplete: Some(fault),
                ..Found::default()
            },
            found => found?,
        };
        self.merge(&mut found.customers, created);
        for customer in &mut found.customers {
            if let Some(cases) = &mut customer.cases {
                self.add_created(&customer.id, cases);
            }
        }
        Ok(found)
    }

    pub(crate) async fn find_with(
        &self,
        finds: &[&FindPart],
        identifier: &Identifier,
        context: &Context,
    ) -> Result<Found, Fault> {
        let (name, value) = self
            .named(&identifier.value)
            .map_err(|failure| *failure.fault)?;
        let call = Call::new(self, context).with(name, value);
        // What only a link needs is learned beside; if that fails, there is no link, but a customer.
        let needed_by_links = self.plan.link.needs.clone();
        let (found, _) = join(
            self.run_finds(&call, finds, identifier),
            call.learn(needed_by_links),
        )
        .await;
        found
    }

    async fn run_finds(
        &self,
        call: &Call<'_>,
        finds: &[&FindPart],
        identifier: &Identifier,
    ) -> Result<Found, Fault> {
        let mut found = Found::default();
        let mut left = finds.to_vec();
        let mut nobody = BTreeSet::new();
        loop {
            // What a find waits for may be off: then it waits for the others alone.
            let is_ready = |find: &&FindPart| {
                find.if_none.iter().all(|name| {
                    nobody.contains(name.as_str()) || !finds.iter().any(|find| find.name == *name)
                })
            };
            let (ready, waiting) = left.iter().copied().partition::<Vec<_>, _>(is_ready);
            if ready.is_empty() {
                break;
            }
            left = waiting;
            let parts = ready
                .iter()
                .map(|find| self.run_find(call, find, identifier));
            let mut depth = 0;
            for (find, part) in ready.iter().zip(join_all(parts).await) {
                match part {
                    Ok(part) => {
                        if part.found_nobody && part.customers.is_empty() {
                            nobody.insert(find.name.as_str());
                        }
                        depth = depth.max(part.depth);
                        found.strangers = found.strangers.saturating_add(part.strangers);
                        self.merge(&mut found.customers, part.customers);
                    }
                    Err(failure) => {
                        depth = depth.max(1);
                        found.incomplete.get_or_insert(*failure.fault);
                    }
                }
            }
            found.round_trips += depth;
        }
        self.report_strangers(found.strangers);
        match found.incomplete.take() {
            Some(fault) if found.customers.is_empty() => Err(fault),
            incomplete => Ok(Found {
                incomplete,
                ..found
            }),
        }
    }

    async fn run_find(
        &self,
        call: &Call<'_>,
        find: &FindPart,
        identifier: &Identifier,
    ) -> Result<Part, Failure> {
        let asked = Asked::Identifier(&identifier.value, &self.phone_rules);
        match self
            .rows_of(call, &find.rows, Some((&asked, &find.check)))
            .await
        {
            Err(failure) if failure.none => Ok(Part {
                depth: 1,
                found_nobody: true,
                ..Part::default()
            }),
            other => other,
        }
    }

    /// Searches customers by words.
    pub async fn search(&self, words: &str, context: &Context) -> Result<Listed<Customer>, Fault> {
        self.search_with(
            &self.plan.searches.iter().collect::<Vec<_>>(),
            words,
            context,
        )
        .await
    }

    pub(crate) async fn search_with(
        &self,
        searches: &[&SearchPart],
        words: &str,
        context: &Context,
    ) -> Result<Listed<Customer>, Fault> {
        let searches = searches.iter().filter(|search| self.is_on(&search.rows));
        let searches = searches.collect::<Vec<_>>();
        if searches.is_empty() {
            return Err(self.fault(FaultKind::NotSupported));
        }
        let words = Value::String(words.trim().to_owned());
        let call = Call::new(self, context).with("words", words);
        let parts = searches
            .iter()
            .map(|search| self.rows_of(&call, &search.rows, None));
        let mut listed = Listed::default();
        for part in join_all(parts).await {
            let part = part.map_err(|failure| *failure.fault)?;
            listed.total = match (listed.total, part.total) {
                (Some(one), Some(other)) => Some(one.saturating_add(other)),
                (one, other) => one.or(other),
            };
            self.merge(&mut listed.items, part.customers);
        }
        Ok(listed)
    }

    async fn rows_of(
        &self,
        call: &Call<'_>,
        rows: &Rows,
        check: Option<(&Asked<'_>, &[crate::language::reading::Reading])>,
    ) -> Result<Part, Failure> {
        let Some(asked) = call.ask_and_learn(&rows.asking, &rows.reading).await? else {
            return Ok(Part::default());
        };
        let hits = self.hits(rows, &asked.names)?;
        let mut part = Part {
            depth: asked.depth,
            found_nobody: true,
            ..Part::default()
        };
        let total = rows
            .total
            .as_ref()
            .and_then(|total| total.value(asked.names.scope()));
        part.total = total.as_ref().and_then(values::count);
        let mapper = Mapper {
            plan: &self.plan,
            map: &rows.map,
            names: &asked.names,
        };
        for hit in &hits {
            let is_met = check.is_none_or(|(asked_for, check)| {
                asked_for.is_met(check, &self.plan.ids, &asked.names, hit)
            });
            if !is_met {
                part.strangers = part.strangers.saturating_add(1);
            } else if part.customers.len() < HITS {
                let customer = mapper.customer(hit);
                part.customers
                    .push(customer.map_err(|_| self.not_understood())?);
            }
        }
        Ok(part)
    }

    /// The rows of a success; what is no list was not understood.
    pub(crate) fn hits(
        &self,
        rows: &Rows,
        names: &crate::run::names::Names,
    ) -> Result<Vec<Value>, Failure> {
        let Some(each) = &rows.each else {
            return Ok(Vec::new());
        };
        match each.expr.eval_list(names.scope()) {
            Ok(mut hits) => {
                hits.truncate(ROWS);
                Ok(hits)
            }
            Err(_) => Err(self.not_understood()),
        }
    }

    /// A server that answers with other people's rows ignores conditions: somebody should look.
    pub(crate) fn report_strangers(&self, strangers: u32) {
        if strangers > 0 {
            let connection = &self.id.0;
            tracing::warn!(%connection, strangers, "dropped rows that are somebody else's");
        }
    }

    pub(crate) fn not_understood(&self) -> Failure {
        self.fault(FaultKind::AnswerNotUnderstood).into()
    }

    pub(crate) fn is_on(&self, rows: &Rows) -> bool {
        rows.settings
            .iter()
            .all(|name| self.settings.contains_key(name))
    }

    /// The identifier under the name that templates know it by.
    fn named(&self, value: &identifier::Value) -> Result<(&'static str, Value), Failure> {
        match value {
            identifier::Value::RecordId(id) if !self.plan.ids.accepts(id) => {
                Err(self.fault(FaultKind::UnsafeValue).into())
            }
            identifier::Value::RecordId(id) => Ok(("id", Value::String(id.clone()))),
            identifier::Value::ExternalId(id) => Ok(("external_id", Value::String(id.clone()))),
            identifier::Value::Email(email) => {
                Ok(("email", Value::String(email.as_str().to_owned())))
            }
            identifier::Value::Phone(phone) => Ok(("phone", value_of_phone(phone))),
        }
    }
}

/// The identifier's kind and value as one text.
pub(crate) fn text_of(value: &identifier::Value) -> String {
    match value {
        identifier::Value::RecordId(id) => format!("id\n{id}"),
        identifier::Value::ExternalId(id) => format!("external_id\n{id}"),
        identifier::Value::Email(email) => format!("email\n{}", email.as_str()),
        identifier::Value::Phone(phone) => format!("phone\n{}", value_of_phone(phone)),
    }
}

pub(crate) fn value_of_phone(phone: &Phone) -> Value {
    object([
        ("e164", Some(Value::from(phone.e164()))),
        ("digits", Some(Value::from(phone.digits()))),
        ("national", Some(Value::from(phone.national()))),
        ("last7", Some(Value::from(phone.last7()))),
        ("last10", Some(Value::from(phone.last10()))),
        ("spellings", Some(Value::from(phone.spellings()))),
    ])
}
