//! The cases and activities of a known customer, and who we are in the CRM.

use futures_util::future::join_all;
use pop_core::fault::{Fault, FaultKind};
use pop_core::profile::{Activity, Case, Customer, Listed};

use crate::language::parts::ListPart;
use crate::run::ask::Call;
use crate::run::cache::Cache;
use crate::run::check::Asked;
use crate::run::connection::Connection;
use crate::run::context::{Context, object};
use crate::run::error::Failure;
use crate::run::recent::{keep_list, text_of_customer};
use crate::run::record::{Listable, Mapper, value_of_customer};
use crate::run::values;

/// Who the connection is signed in as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Me {
    /// The user's id in the CRM.
    pub id: Option<String>,
    /// The user's name.
    pub name: Option<String>,
    /// The user's e-mail address.
    pub email: Option<String>,
}

/// A list, and whether nothing of it failed.
#[derive(Clone)]
pub(crate) struct Whole<T> {
    rows: Listed<T>,
    is_whole: bool,
}

impl Connection {
    /// The cases of a customer.
    pub async fn cases(
        &self,
        customer: &Customer,
        context: &Context,
    ) -> Result<Listed<Case>, Fault> {
        let mut cases = if let Some(cases) = &customer.cases {
            cases.clone()
        } else {
            let parts = self.plan.cases.iter().collect::<Vec<_>>();
            self.kept_list(&self.recent.cases, &parts, customer, context)
                .await?
        };
        self.add_created(&customer.id, &mut cases);
        Ok(cases)
    }

    pub(crate) async fn cases_of(
        &self,
        parts: &[&ListPart],
        customer: &Customer,
        context: &Context,
    ) -> Result<Listed<Case>, Fault> {
        let listed = self.list(parts, customer, context).await;
        listed.map(|listed| listed.rows)
    }

    /// The activities of a customer.
    pub async fn activities(
        &self,
        customer: &Customer,
        context: &Context,
    ) -> Result<Listed<Activity>, Fault> {
        if let Some(activities) = &customer.activities {
            return Ok(activities.clone());
        }
        let parts = self.plan.activities.iter().collect::<Vec<_>>();
        self.kept_list(&self.recent.activities, &parts, customer, context)
            .await
    }

    pub(crate) async fn activities_of(
        &self,
        parts: &[&ListPart],
        customer: &Customer,
        context: &Context,
    ) -> Result<Listed<Activity>, Fault> {
        let listed = self.list(parts, customer, context).await;
        listed.map(|listed| listed.rows)
    }

    /// The list from a moment ago, or a new one.
    async fn kept_list<T: Listable + Clone>(
        &self,
        cache: &Cache<Whole<T>>,
        parts: &[&ListPart],
        customer: &Customer,
        context: &Context,
    ) -> Result<Listed<T>, Fault> {
        let needs = parts.iter().map(|part| &part.rows.reading);
        let question = self.question(&text_of_customer(customer), needs, context);
        let asking = self.list(parts, customer, context);
        let keep = |listed: &Whole<T>| {
            let is_whole = listed.is_whole;
            is_whole.then(|| keep_list(customer, &listed.rows))
        };
        let listed = cache.ask(question, || self.now(), asking, keep).await;
        listed.map(|(listed, _)| listed.rows)
    }

    /// Tests the connection: who are we?
    pub async fn test(&self, context: &Context) -> Result<Me, Fault> {
        let value = self.whoami(context).await?;
        let text = |name: &str| value.get(name).and_then(values::text);
        Ok(Me {
            id: text("id"),
            name: text("name"),
            email: text("email"),
        })
    }

    /// What the CRM says of us; an answer that says nothing was not understood.
    pub(crate) async fn whoami(&self, context: &Context) -> Result<serde_json::Value, Fault> {
        let me = self
            .plan
            .me
            .as_ref()
            .ok_or_else(|| self.fault(FaultKind::NotSupported))?;
        let call = Call::new(self, context);
        let epoch = call.epoch();
        let (value, _) = call.ask_me(me).await.map_err(|failure| *failure.fault)?;
        let says_nothing = value.as_object().is_none_or(serde_json::Map::is_empty);
        if says_nothing {
            return Err(*self.not_understood().fault);
        }
        call.remember_me(epoch, value.clone());
        Ok(value)
    }

    async fn list<T: Listable>(
        &self,
        parts: &[&ListPart],
        customer: &Customer,
        context: &Context,
    ) -> Result<Whole<T>, Fault> {
        let parts = parts
            .iter()
            .filter(|part| self.is_on(&part.rows))
            .copied()
            .collect::<Vec<_>>();
        if parts.is_empty() {
            return Err(self.fault(FaultKind::NotSupported));
        }
        // It may come from a history that another version of the definition wrote.
        if !self.plan.ids.accepts(&customer.id) {
            return Err(self.fault(FaultKind::UnsafeValue));
        }
        let account = customer.account_id.clone().map(serde_json::Value::String);
        let call = Call::new(self, context)
            .with("customer", value_of_customer(customer))
            .with("account", object([("id", account)]));
        let asked = parts
            .iter()
            .map(|part| self.one_list(&call, part, customer));
        let mut listed = Listed::default();
        let mut is_whole = true;
        for (part, one) in parts.iter().zip(join_all(asked).await) {
            match one {
                Ok(one) => {
                    listed.items.extend(one.items);
                    listed.total = listed.total.or(one.total);
                    listed.strangers = listed.strangers.saturating_add(one.strangers);
                }
                // A count that fails leaves the list as it is: there is no total then.
                Err(_) if part.rows.each.is_none() => is_whole = false,
                Err(failure) => return Err(*failure.fault),
            }
        }
        self.report_strangers(listed.strangers);
        Ok(Whole {
            rows: listed,
            is_whole,
        })
    }

    async fn one_list<T: Listable>(
        &self,
        call: &Call<'_>,
        part: &ListPart,
        customer: &Customer,
    ) -> Result<Listed<T>, Failure> {
        let mut listed = Listed::default();
        let asked = call
            .ask_and_learn(&part.rows.asking, &part.rows.reading)
            .await?;
        let Some(asked) = asked else {
            return Ok(listed);
        };
        let total = part
            .rows
            .total
            .as_ref()
            .and_then(|total| total.value(asked.names.scope()));
        listed.total = total.as_ref().and_then(values::count);
        let mapper = Mapper {
            plan: &self.plan,
            map: &part.rows.map,
            names: &asked.names,
        };
        let wanted = Asked::Record(&customer.id);
        for row in self.hits(&part.rows, &asked.names)? {
            if wanted.is_met(&part.check, &self.plan.ids, &asked.names, &row) {
                let item = T::read(&mapper, &row).map_err(|_| self.not_understood())?;
                listed.items.push(item);
            } else {
                listed.strangers = listed.strangers.saturating_add(1);
            }
        }
        Ok(listed)
    }
}
