//! Whether the fields that an admin has mapped are there, by a record that exists.
//!
//! What the definition itself reads may be missing: many CRMs leave out what is empty.
//! A reading that says itself that its field may be missing (`?`, `has`) is not looked at.

use pop_core::fault::Fault;
use pop_core::identifier::Identifier;
use serde_json::Value;

use crate::run::ask::Call;
use crate::run::check::Asked;
use crate::run::connection::Connection;
use crate::run::context::{Context, object};
use crate::run::find::text_of;

/// A field that is read and is not there.
pub(crate) struct Missing {
    pub(crate) field: String,
    pub(crate) path: String,
}

impl Connection {
    /// The fields that the record of an identifier lacks, although the definition reads them.
    pub(crate) async fn missing_fields(
        &self,
        identifier: &Identifier,
        context: &Context,
    ) -> Result<Vec<Missing>, Fault> {
        let kind = identifier.kind();
        let mut finds = self.plan.finds.iter();
        let Some(find) = finds.find(|find| find.by == kind && self.is_on(&find.rows)) else {
            return Ok(Vec::new());
        };
        let text = text_of(&identifier.value);
        let value = text.split_once('\n').map(|(_, value)| value.to_owned());
        let name = kind.word();
        let call = Call::new(self, context).with(name, value.map_or(Value::Null, Value::String));
        let asked = call.ask_and_learn(&find.rows.asking, &find.rows.reading);
        let asked = asked.await.map_err(|failure| *failure.fault)?;
        let Some(asked) = asked else {
            return Ok(Vec::new());
        };
        let hits = self.hits(&find.rows, &asked.names);
        let hits = hits.map_err(|failure| *failure.fault)?;
        let wanted = Asked::Identifier(&identifier.value, &self.phone_rules);
        let met = |hit: &&Value| wanted.is_met(&find.check, &self.plan.ids, &asked.names, hit);
        let Some(hit) = hits.iter().find(met) else {
            return Ok(Vec::new());
        };
        let map = &find.rows.map;
        let own = map.fields.iter().map(|(name, reading)| (*name, &**reading));
        let extra = map.extra.iter();
        let extra = extra.map(|extra| (extra.name.as_str(), &extra.value));
        let readings = own.chain(extra).filter(|(_, reading)| {
            let source = reading.expr.source();
            let is_admins = reading.place.file > 0;
            is_admins && !source.contains('?') && !source.contains("has(")
        });
        let row = object([("it", Some(hit.clone()))]);
        let missing = readings.flat_map(|(name, reading)| {
            let paths = reading.paths().filter(|path| path.starts_with("it."));
            let absent = paths.filter(|path| !is_there(&row, path));
            absent
                .map(|path| Missing {
                    field: name.to_owned(),
                    path: path.trim_start_matches("it.").to_owned(),
                })
                .collect::<Vec<_>>()
        });
        Ok(missing.collect())
    }
}

/// Whether every step of a path is there, also with nothing in it; what is no object ends the look.
fn is_there(row: &Value, path: &str) -> bool {
    let mut node = row;
    for step in path.split('.') {
        let Value::Object(members) = node else {
            return true;
        };
        match members.get(step) {
            Some(member) => node = member,
            None => return false,
        }
    }
    true
}
