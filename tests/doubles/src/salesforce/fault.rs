//! A refusal in the REST API's words: an array with one or more entries.

use serde_json::{Value, json};

use crate::call::Answer;

/// Boxed: it is rare, and every result carries room for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault(Box<Entry>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    status: u16,
    code: &'static str,
    message: String,
    fields: Vec<String>,
    more: Option<(&'static str, Value)>,
}

impl Fault {
    pub(super) fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self(Box::new(Entry {
            status,
            code,
            message: message.into(),
            fields: vec![],
            more: None,
        }))
    }

    pub(super) fn at(mut self, field: &str) -> Self {
        self.0.fields.push(field.to_owned());
        self
    }

    pub(super) fn with(mut self, name: &'static str, value: Value) -> Self {
        self.0.more = Some((name, value));
        self
    }

    pub(super) fn malformed(message: impl Into<String>) -> Self {
        Self::new(400, "MALFORMED_QUERY", message)
    }

    pub(super) fn no_column(field: &str, object: &str) -> Self {
        let told = format!(
            "\n{field}\n^\nERROR at Row:1:Column:8\nNo such column '{field}' on entity '{object}'. If you are \
             attempting to use a custom field, be sure to append the '__c' after the custom field name. \
             Please reference your WSDL or the describe call for the appropriate names."
        );
        Self::new(400, "INVALID_FIELD", told)
    }

    pub(super) fn no_object(object: &str) -> Self {
        let told = format!(
            "sObject type '{object}' is not supported. If you are attempting to use a custom object, be sure \
             to append the '__c' after the entity name."
        );
        Self::new(400, "INVALID_TYPE", told)
    }

    pub(super) fn not_found() -> Self {
        Self::new(404, "NOT_FOUND", "The requested resource does not exist")
    }

    pub(super) fn message(&self) -> &str {
        &self.0.message
    }

    pub(super) fn answer(&self) -> Answer {
        let mut entry = json!({ "message": self.0.message, "errorCode": self.0.code });
        if let Some(members) = entry.as_object_mut() {
            if !self.0.fields.is_empty() {
                members.insert("fields".into(), json!(self.0.fields));
            }
            if let Some((name, value)) = &self.0.more {
                members.insert((*name).into(), value.clone());
            }
        }
        Answer::json(self.0.status, &json!([entry]))
    }
}
