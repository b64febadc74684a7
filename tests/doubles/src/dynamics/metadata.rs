//! Option sets, as the metadata tells them.

use serde_json::{Value, json};

use super::fault::Fault;
use super::schema::{Column, Entity, Kind};
use super::store::Store;
use super::write::state_of;
use crate::call::Answer;

/// Answers `EntityDefinitions(LogicalName='…')/Attributes(LogicalName='…')/Microsoft.Dynamics.CRM.…`,
/// with or without one attribute's name.
pub(super) fn answer(store: &Store, definition: &str, rest: &[&str]) -> Result<Answer, Fault> {
    let missing = |what: &str| {
        let told = format!("Could not find an {what} with the specified name.");
        Fault::new(404, "0x80040217", told)
    };
    let entity = named(definition).and_then(|name| store.entity(name));
    let entity = entity.ok_or_else(|| missing("entity"))?;
    match rest {
        [] => Ok(Answer::json(
            200,
            &json!({ "LogicalName": entity.name, "EntitySetName": entity.set, "PrimaryIdAttribute": entity.key,
                "PrimaryNameAttribute": entity.title }),
        )),
        ["Attributes", cast] => {
            let columns = entity
                .columns
                .iter()
                .filter(|column| kind_of(column) == Some(*cast));
            let told = columns
                .map(|column| told(entity, column))
                .collect::<Vec<_>>();
            Ok(Answer::json(200, &json!({ "value": told })))
        }
        [attribute, cast] => {
            let column = named(attribute).and_then(|name| entity.column(name));
            let column = column.ok_or_else(|| missing("attribute"))?;
            if kind_of(column) != Some(*cast) {
                return Err(Fault::no_set(cast));
            }
            Ok(Answer::json(200, &told(entity, column)))
        }
        _ => Err(Fault::no_set(definition)),
    }
}

/// The metadata's kind of a column with options.
fn kind_of(column: &Column) -> Option<&'static str> {
    let is_option = matches!(column.kind, Kind::Option(_));
    is_option.then_some(match column.name.as_str() {
        "statuscode" => "Microsoft.Dynamics.CRM.StatusAttributeMetadata",
        "statecode" => "Microsoft.Dynamics.CRM.StateAttributeMetadata",
        _ => "Microsoft.Dynamics.CRM.PicklistAttributeMetadata",
    })
}

fn told(entity: &Entity, column: &Column) -> Value {
    let Kind::Option(options) = &column.kind else {
        return Value::Null;
    };
    let options = options.iter().map(|(value, label)| {
        let label = json!({ "Label": label, "LanguageCode": 1033 });
        let mut option = json!({ "Value": value,
            "Label": { "LocalizedLabels": [label], "UserLocalizedLabel": label } });
        let state = state_of(entity.name, *value).filter(|_| column.name == "statuscode");
        if let (Some(state), Some(option)) = (state, option.as_object_mut()) {
            option.insert("State".into(), json!(state));
        }
        option
    });
    let options = options.collect::<Vec<_>>();
    json!({ "LogicalName": column.name, "OptionSet": { "Options": options } })
}

/// The name between `LogicalName='` and the next apostrophe.
fn named(text: &str) -> Option<&str> {
    text.split_once("LogicalName='")?.1.split('\'').next()
}
