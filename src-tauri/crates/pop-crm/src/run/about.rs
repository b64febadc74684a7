//! Whom something is done for, as names: the customer, the case, and what the interaction says of
//! the customer.

use std::sync::PoisonError;

use pop_core::action::ActionKind;
use pop_core::identifier::{self, Identifier};
use pop_core::profile::{Case, Customer};
use serde_json::Value;

use crate::language::action::ActionPart;
use crate::language::names::Needs;
use crate::language::request::Asking;
use crate::run::ask::Call;
use crate::run::connection::Connection;
use crate::run::context::object;
use crate::run::error::Failure;
use crate::run::find::value_of_phone;
use crate::run::learn::fill_calcs;
use crate::run::names::Names;
use crate::run::record::{value_of_case, value_of_customer};

/// Whom and what something is done for.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// The customer.
    pub customer: Option<Customer>,
    /// The case.
    pub case: Option<Case>,
    /// Who the customer is said to be; the first of each kind counts.
    pub identifiers: Vec<Identifier>,
    /// The customer's name as the platform gives it.
    pub name: Option<String>,
}

impl About {
    /// Binds what is known. Objects are always there, possibly without keys.
    pub(crate) fn bind(&self, names: &mut Names) {
        let customer = self.customer.as_ref();
        let account = customer.and_then(|customer| customer.account_id.clone());
        names.bind(
            "customer",
            customer.map_or_else(|| object([]), value_of_customer),
        );
        names.bind("account", object([("id", account.map(Value::String))]));
        let case = self.case.as_ref();
        names.bind("case", case.map_or_else(|| object([]), value_of_case));
        names.bind("phone", object([]));
        for identifier in self.identifiers.iter().rev() {
            match &identifier.value {
                identifier::Value::Phone(phone) => names.bind("phone", value_of_phone(phone)),
                identifier::Value::Email(email) => {
                    names.bind("email", Value::from(email.as_str()));
                }
                identifier::Value::ExternalId(id) => {
                    names.bind("external_id", Value::from(id.clone()));
                }
                identifier::Value::RecordId(_) => {}
            }
        }
        if let Some(name) = &self.name {
            names.bind_member("interaction", "name", Value::from(name.clone()));
        }
    }

    /// Every record's id that requests may place.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        let customer = self.customer.iter();
        let accounts = customer
            .clone()
            .filter_map(|known| known.account_id.as_deref());
        let cases = self.case.iter().map(|case| case.id.as_str());
        customer
            .map(|known| known.id.as_str())
            .chain(accounts)
            .chain(cases)
    }
}

impl Connection {
    /// What can be done for this customer and this case, as far as is known without asking.
    pub fn actions(&self, about: &About) -> Vec<ActionKind> {
        let parts = self.plan.actions.iter();
        let offered = parts.filter(|part| {
            let names = self.names_about(about, &part.asking.needs);
            self.has_settings(part) && part.asking.is_offered(&names)
        });
        offered.map(|part| part.kind).collect()
    }

    pub(crate) fn has_settings(&self, part: &ActionPart) -> bool {
        let mut settings = part.settings.iter();
        settings.all(|name| self.settings.contains_key(name))
    }

    /// The names that have a value without asking anybody.
    pub(crate) fn names_about(&self, about: &About, needs: &Needs) -> Names {
        let mut names = self.settled_names();
        names.bind("interaction", object([]));
        about.bind(&mut names);
        let learned = self.learned.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(me) = &learned.me {
            names.bind("me", me.clone());
        }
        for (name, (_, value)) in &learned.refs {
            names.bind_member("ref", name, value.clone());
        }
        drop(learned);
        fill_calcs(&mut names, needs, &[&self.plan.calcs]);
        names
    }
}

impl Asking {
    /// Whether its `when` holds, and the customer and the case that it names are there.
    pub(crate) fn is_offered(&self, names: &Names) -> bool {
        let always = self
            .steps
            .iter()
            .filter(|step| step.when.is_none() && step.repeat.is_none());
        let mut needed = always
            .flat_map(|step| step.target.names())
            .filter(|name| matches!(name.root(), "customer" | "account" | "case"));
        let is_there = needed.all(|name| names.get(name.path()).is_some());
        let when = self.when.as_ref();
        is_there && when.is_none_or(|when| when.holds(names.scope()))
    }
}

impl Call<'_> {
    pub(crate) fn about(mut self, about: &About) -> Self {
        about.bind(&mut self.names);
        self
    }

    /// Whether an action is offered, after asking for what that depends on.
    pub(crate) async fn is_offered(&self, part: &ActionPart) -> Result<bool, Failure> {
        let needs = &part.asking.needs;
        let mut known = self.learn(needs.clone()).await?;
        let calcs: [&[_]; 2] = [&part.asking.calcs, &self.connection.plan.calcs];
        fill_calcs(&mut known.names, needs, &calcs);
        Ok(self.connection.has_settings(part) && part.asking.is_offered(&known.names))
    }
}
