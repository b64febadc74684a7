//! Whether a hit is what was asked for, compared on our side.
//!
//! A server that ignores a condition answers with everybody. What is compared with what follows
//! from the kind of identifier; absent never equals anything.

use pop_core::identifier;
use pop_core::phone::PhoneRules;
use serde_json::Value;

use crate::language::http::Ids;
use crate::language::reading::Reading;
use crate::run::names::Names;
use crate::run::values;

/// What a request was about.
pub(crate) enum Asked<'a> {
    /// An identifier of a customer.
    Identifier(&'a identifier::Value, &'a PhoneRules),
    /// A record's id.
    Record(&'a str),
    /// A write of ours, by its id and the uuid made from it.
    Item(&'a str, &'a str),
}

impl Asked<'_> {
    /// Whether one of the values of the hit is what was asked for.
    pub(crate) fn is_met(&self, check: &[Reading], ids: &Ids, names: &Names, hit: &Value) -> bool {
        if check.is_empty() {
            return true;
        }
        let row = names.clone().with("it", hit.clone());
        let found = check
            .iter()
            .filter_map(|reading| reading.value(row.scope()));
        found
            .into_iter()
            .any(|value| values::texts(&value).iter().any(|text| self.is(text, ids)))
    }

    fn is(&self, text: &str, ids: &Ids) -> bool {
        match self {
            Self::Record(id) => ids.same(id, text),
            Self::Item(id, uuid) => *id == text || uuid.eq_ignore_ascii_case(text),
            Self::Identifier(identifier::Value::RecordId(id), _) => ids.same(id, text),
            Self::Identifier(identifier::Value::ExternalId(id), _) => id == text,
            Self::Identifier(identifier::Value::Email(email), _) => email.same(text),
            Self::Identifier(identifier::Value::Phone(phone), rules) => phone.same(text, rules),
        }
    }
}
