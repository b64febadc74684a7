//! Option sets, as the metadata tells them.

use serde_json::{Value, json};

use super::fault::Fault;
use super::schema::Kind;
use super::store::Store;
use crate::call::Answer;

/// Answers `EntityDefinitions(LogicalName='…')/Attributes(LogicalName='…')/Microsoft.Dynamics.CRM.…`.
pub(super) fn answer(store: &Store, definition: &str, rest: &[&str]) -> Result<Answer, Fault> {
    let entity = named(definition).and_then(|name| store.entity(name));
    let entity = entity.ok_or_else(|| {
        Fault::new(
            404,
            "0x80040217",
            "Could not find an entity with the specified name.",
        )
    })?;
    let [attribute, cast] = rest else {
        let told = json!({ "LogicalName": entity.name, "EntitySetName": entity.set, "PrimaryIdAttribute": entity.key,
            "PrimaryNameAttribute": entity.title });
        return Ok(Answer::json(200, &told));
    };
    let column = named(attribute).and_then(|name| entity.column(name));
    let column = column.ok_or_else(|| {
        Fault::new(
            404,
            "0x80040217",
            "Could not find an attribute with the specified name.",
        )
    })?;
    let expected = match column.name.as_str() {
        "statuscode" => "StatusAttributeMetadata",
        "statecode" => "StateAttributeMetadata",
        _ => "PicklistAttributeMetadata",
    };
    let Kind::Option(options) = &column.kind else {
        return Err(Fault::no_set(cast));
    };
    if cast.strip_prefix("Microsoft.Dynamics.CRM.") != Some(expected) {
        return Err(Fault::no_set(cast));
    }
    let options = options.iter().map(|(value, label)| {
        let label = json!({ "Label": label, "LanguageCode": 1033 });
        json!({ "Value": value, "Label": { "LocalizedLabels": [label], "UserLocalizedLabel": label } })
    });
    let options: Vec<Value> = options.collect();
    let told = json!({ "LogicalName": column.name, "OptionSet": { "Options": options } });
    Ok(Answer::json(200, &told))
}

/// The name between `LogicalName='` and the next apostrophe.
fn named(text: &str) -> Option<&str> {
    text.split_once("LogicalName='")?.1.split('\'').next()
}
