//! Forms: what can be chosen, and whether what was filled in is accepted.
//!
//! Everything that is wrong is said at once, by the names of the fields, before anything is sent.

use std::str::FromStr;

use futures_util::future::join_all;
use pop_core::action::{ActionKind, Choice, Field, FieldFault, FieldKind, FieldProblem, Form};
use pop_core::email::Email;
use pop_core::fault::Fault;
use pop_core::phone::Phone;
use serde_json::{Map, Value};

use crate::language::action::ActionPart;
use crate::language::form::FieldPart;
use crate::language::names::Needs;
use crate::language::reading::Reading;
use crate::run::about::About;
use crate::run::ask::Call;
use crate::run::connection::Connection;
use crate::run::context::Context;
use crate::run::error::Failure;
use crate::run::learn::fill_calcs;
use crate::run::values;

/// Why input is not accepted.
pub(crate) enum Refusal {
    /// By itself.
    Fields(Vec<FieldFault>),
    /// What can be chosen is not known.
    Unknown(Failure),
}

/// Values that can be chosen, at most.
const CHOICES: usize = 1_000;
/// Characters of a text where the definition has no limit.
const LONGEST: usize = 100_000;

impl Connection {
    /// What a person fills in for an action; `None` when it cannot be done for these.
    ///
    /// A field whose choices cannot be fetched is left out, unless it is required.
    pub async fn form(
        &self,
        kind: ActionKind,
        about: &About,
        context: &Context,
    ) -> Result<Option<Form>, Fault> {
        let Some(part) = self.plan.action(kind) else {
            return Ok(None);
        };
        let call = Call::new(self, context).about(about);
        let read = async {
            if !call.is_offered(part).await? {
                return Ok(None);
            }
            let fields = join_all(part.form.iter().map(|field| call.field(field))).await;
            let fields = fields.into_iter().filter_map(Result::transpose);
            Ok(Some(Form {
                kind,
                fields: fields.collect::<Result<_, Failure>>()?,
                opens: self.opens_made(part),
            }))
        };
        read.await.map_err(|failure: Failure| *failure.fault)
    }

    /// What is wrong with what was filled in, as far as it is known before anything is sent.
    ///
    /// What cannot be checked now, because the CRM cannot be asked what can be chosen, is not wrong.
    pub async fn wrong_in(
        &self,
        kind: ActionKind,
        about: &About,
        input: &Map<String, Value>,
        context: &Context,
    ) -> Vec<FieldFault> {
        let Some(part) = self.plan.action(kind) else {
            return Vec::new();
        };
        let call = Call::new(self, context).about(about);
        match call.accepted(part, input).await {
            Err(Refusal::Fields(faults)) => faults,
            Ok(_) | Err(Refusal::Unknown(_)) => Vec::new(),
        }
    }

    /// Whether a new case stands on the card afterwards and has an address there.
    fn opens_made(&self, part: &ActionPart) -> bool {
        let is_listed = !self.plan.cases.is_empty() || self.plan.customer.get("cases").is_some();
        let has_address = !self.plan.link.case.is_empty() || part.result.link.is_some();
        part.kind == ActionKind::CreateCase && is_listed && has_address
    }

    /// Whether the form of an action has a field of this name.
    pub fn asks_for(&self, kind: ActionKind, field: &str) -> bool {
        let part = self.plan.action(kind);
        part.is_some_and(|part| part.form.iter().any(|known| known.name == field))
    }
}

impl Call<'_> {
    async fn field(&self, part: &FieldPart) -> Result<Option<Field>, Failure> {
        let choices = match self.choices(part).await {
            Ok(choices) => choices,
            Err(failure) if part.required => return Err(failure),
            Err(_) => return Ok(None),
        };
        let choices = choices.into_iter().map(|(value, label)| Choice {
            value: values::text(&value).unwrap_or_default(),
            label,
        });
        let default = match &part.default {
            // Without it the form is as good.
            Some(default) => self
                .computed(default, &part.of_default)
                .await
                .ok()
                .flatten(),
            None => None,
        };
        Ok(Some(Field {
            name: part.name.clone(),
            label: part.label.clone(),
            kind: part.kind,
            required: part.required,
            max: part.max,
            lines: part.lines,
            choices: choices.collect(),
            default: default.as_ref().and_then(values::text),
        }))
    }

    async fn computed(&self, reading: &Reading, needs: &Needs) -> Result<Option<Value>, Failure> {
        let mut known = self.learn(needs.clone()).await?;
        fill_calcs(&mut known.names, needs, &[&self.connection.plan.calcs]);
        Ok(reading.value(known.names.scope()))
    }

    /// What can be chosen, with the label of each.
    async fn choices(&self, part: &FieldPart) -> Result<Vec<(Value, String)>, Failure> {
        let Some(reading) = &part.choices else {
            return Ok(Vec::new());
        };
        let value = self.computed(reading, &part.of_choices).await?;
        let Some(Value::Array(items)) = value else {
            return Err(self.connection.not_understood());
        };
        let choices = items.iter().take(CHOICES).filter_map(|item| {
            let value = item.get("value").unwrap_or(item);
            let text = values::text(value)?;
            let label = item.get("label").and_then(values::text).unwrap_or(text);
            Some((value.clone(), label))
        });
        Ok(choices.collect())
    }

    /// What was filled in, each value as its field means it.
    pub(crate) async fn accepted(
        &self,
        part: &ActionPart,
        input: &Map<String, Value>,
    ) -> Result<Value, Refusal> {
        let mut accepted = Map::new();
        let mut faults = Vec::new();
        let mut fault = |name: &str, problem| {
            faults.push(FieldFault {
                field: name.to_owned(),
                problem,
            });
        };
        let is_known = |name: &&String| part.form.iter().any(|field| field.name == **name);
        for name in input.keys().filter(|name| !is_known(name)) {
            fault(name, FieldProblem::NoField);
        }
        for field in &part.form {
            let given = input.get(&field.name).filter(|value| !is_blank(value));
            let Some(given) = given else {
                if field.required {
                    fault(&field.name, FieldProblem::Required);
                }
                continue;
            };
            let value = if field.kind == FieldKind::Choice {
                let choices = self.choices(field).await.map_err(Refusal::Unknown)?;
                chosen(&choices, given)
            } else {
                self.typed(field, given)
            };
            match value {
                Ok(value) => {
                    accepted.insert(field.name.clone(), value);
                }
                Err(problem) => fault(&field.name, problem),
            }
        }
        if faults.is_empty() {
            Ok(Value::Object(accepted))
        } else {
            Err(Refusal::Fields(faults))
        }
    }

    fn typed(&self, field: &FieldPart, given: &Value) -> Result<Value, FieldProblem> {
        let other = FieldProblem::NotA(field.kind);
        let text = || given.as_str().map(str::trim).ok_or(other);
        match field.kind {
            FieldKind::Text => words(field, given.as_str().ok_or(other)?).map(Value::from),
            FieldKind::Email => {
                let email = Email::parse(text()?).map_err(|_| other)?;
                Ok(Value::from(email.as_str()))
            }
            FieldKind::Phone => {
                let phone = Phone::parse(text()?, &self.connection.phone_rules);
                Ok(Value::from(phone.map_err(|_| other)?.e164()))
            }
            FieldKind::Date => {
                let date = jiff::civil::Date::from_str(text()?).map_err(|_| other)?;
                Ok(Value::from(date.to_string()))
            }
            FieldKind::Number => match given {
                Value::Number(_) => Ok(given.clone()),
                Value::Null
                | Value::Bool(_)
                | Value::String(_)
                | Value::Array(_)
                | Value::Object(_) => serde_json::from_str::<serde_json::Number>(text()?)
                    .map(Value::Number)
                    .map_err(|_| other),
            },
            FieldKind::Switch => values::switch(given).map(Value::Bool).ok_or(other),
            FieldKind::Choice => Err(FieldProblem::NoChoice),
        }
    }
}

fn is_blank(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

fn words(field: &FieldPart, text: &str) -> Result<String, FieldProblem> {
    let longest = field.max.unwrap_or(LONGEST);
    let is_line = |sign: char| matches!(sign, '\n' | '\r');
    if text
        .chars()
        .any(|sign| sign.is_control() && !is_line(sign) && sign != '\t')
    {
        Err(FieldProblem::NoText)
    } else if field.lines == 1 && text.contains(is_line) {
        Err(FieldProblem::SeveralLines)
    } else if text.chars().count() > longest {
        Err(FieldProblem::TooLong(longest))
    } else {
        Ok(text.to_owned())
    }
}

fn chosen(choices: &[(Value, String)], given: &Value) -> Result<Value, FieldProblem> {
    let given = values::text(given);
    let known = choices
        .iter()
        .find(|(value, _)| given.is_some() && values::text(value) == given);
    known
        .map(|(value, _)| value.clone())
        .ok_or(FieldProblem::NoChoice)
}
