//! A refusal in the Web API's words: one error with a code.

use serde_json::json;

use crate::call::Answer;

/// Boxed: it is rare, and every result carries room for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault(Box<(u16, &'static str, String)>);

impl Fault {
    pub(super) fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self(Box::new((status, code, message.into())))
    }

    pub(super) fn syntax(message: impl Into<String>) -> Self {
        Self::new(400, "0x0", message)
    }

    pub(super) fn no_property(name: &str, entity: &str) -> Self {
        let told = format!(
            "Could not find a property named '{name}' on type 'Microsoft.Dynamics.CRM.{entity}'."
        );
        Self::new(400, "0x0", told)
    }

    pub(super) fn no_set(name: &str) -> Self {
        let told = format!("Resource not found for the segment '{name}'.");
        Self::new(404, "0x8006088a", told)
    }

    pub(super) fn no_row(entity: &str, id: &str) -> Self {
        Self::new(
            404,
            "0x80040217",
            format!("{entity} With Id = {id} Does Not Exist"),
        )
    }

    pub(super) fn payload(message: &str) -> Self {
        let told = format!(
            "Error identified in Payload provided by the user for Entity :'', For more information on this error please \
             follow this help link https://go.microsoft.com/fwlink/?linkid=2195293  ---->  InnerException : {message}"
        );
        Self::new(400, "0x80048d19", told)
    }

    pub(super) fn message(&self) -> &str {
        &self.0.2
    }

    pub(super) fn answer(&self) -> Answer {
        let (status, code, message) = &*self.0;
        Answer::json(
            *status,
            &json!({ "error": { "code": code, "message": message } }),
        )
    }
}
