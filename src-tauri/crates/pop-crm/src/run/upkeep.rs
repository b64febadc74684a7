//! What a write makes of what is kept: the customer's answers are dropped, and what was created
//! is known at once although the CRM's index and lists lag behind.

use pop_core::action::{ActionKind, FieldKind, Outcome};
use pop_core::email::Email;
use pop_core::identifier::{Assurance, Identifier, Value as Known};
use pop_core::phone::Phone;
use pop_core::profile::{Case, Customer};

use crate::run::act::{Act, ActFault, Written};

impl Act<'_> {
    /// Takes note of what was done, or may have been.
    pub(crate) fn keep_up(&self, outcome: &Result<Written, ActFault>) {
        let about = self.write.about.customer.as_ref();
        let may_be_done = match outcome {
            Ok(_) => true,
            Err(fault) => fault.outcome != Outcome::NotDone,
        };
        if let Some(customer) = about.filter(|_| may_be_done) {
            self.connection.changed(&customer.id);
        }
        let Ok(written) = outcome else {
            return;
        };
        let Some(id) = &written.id else {
            return;
        };
        match (self.part.kind, about) {
            (ActionKind::CreateCase, Some(customer)) => {
                let case = self.case(id, written);
                self.connection.remember_case(&customer.id, case);
            }
            (ActionKind::CreateCustomer, _) => self.remember_customer(id),
            (
                ActionKind::CreateCase
                | ActionKind::LogInteraction
                | ActionKind::AddNote
                | ActionKind::SetStatus
                | ActionKind::SetPriority
                | ActionKind::UpdateCustomer
                | ActionKind::ShowInCrm,
                _,
            ) => {}
        }
    }

    fn case(&self, id: &str, written: &Written) -> Case {
        Case {
            id: id.to_owned(),
            number: written.number.clone(),
            subject: self.input("subject").map(str::to_owned),
            open: true,
            created: Some(self.connection.now()),
            ..Case::default()
        }
    }

    /// It is found by the addresses and numbers that it was created with, and by no other.
    fn remember_customer(&self, id: &str) {
        let mut customer = Customer {
            id: id.to_owned(),
            name: self.name(),
            ..Customer::default()
        };
        let mut found_by = Vec::new();
        for field in &self.part.form {
            let Some(text) = self.input(&field.name) else {
                continue;
            };
            match field.kind {
                FieldKind::Email => {
                    found_by.extend(Email::parse(text).ok().map(Known::Email));
                    customer.emails.push(text.to_owned());
                }
                FieldKind::Phone => {
                    let phone = Phone::parse(text, &self.connection.phone_rules);
                    found_by.extend(phone.ok().map(Known::Phone));
                    customer.phones.push(text.to_owned());
                }
                FieldKind::Text
                | FieldKind::Choice
                | FieldKind::Number
                | FieldKind::Switch
                | FieldKind::Date => {}
            }
        }
        for value in found_by {
            let identifier = Identifier {
                value,
                assurance: Assurance::Attached,
            };
            self.connection.remember(&identifier, customer.clone());
        }
    }

    fn name(&self) -> Option<String> {
        let parts = ["first_name", "last_name"].map(|name| self.input(name));
        let parts = parts.into_iter().flatten().collect::<Vec<_>>();
        let joined = Some(parts.join(" ")).filter(|name| !name.is_empty());
        let whole = self.input("name").map(str::to_owned);
        whole.or(joined).or_else(|| self.write.about.name.clone())
    }

    fn input(&self, name: &str) -> Option<&str> {
        let text = self.write.input.get(name)?.as_str()?.trim();
        (!text.is_empty()).then_some(text)
    }
}
