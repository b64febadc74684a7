//! What a new or changed row must be like, and what the environment adds to it by itself.

use serde_json::{Value, json};

use super::address::bound;
use super::fault::Fault;
use super::schema::{Column, Entity, Kind};
use super::store::{Row, Store, TABLE_OF, text};
use crate::call::Call;

/// Status reasons that go with each state, the usual one first.
const STATES: &[(&str, i64, &[i64])] = &[
    ("incident", 0, &[1, 2, 3, 4]),
    ("incident", 1, &[5, 1000]),
    ("incident", 2, &[6]),
    ("phonecall", 0, &[1]),
    ("phonecall", 1, &[2, 4]),
    ("phonecall", 2, &[3]),
    ("task", 0, &[2, 3, 4, 7]),
    ("task", 1, &[5]),
    ("task", 2, &[6]),
    ("contact", 0, &[1]),
    ("contact", 1, &[2]),
    ("account", 0, &[1]),
    ("account", 1, &[2]),
];

/// The state that a status reason goes with.
pub(super) fn state_of(entity: &str, status: i64) -> Option<i64> {
    let mut states = STATES.iter().filter(|(name, _, _)| *name == entity);
    let found = states.find(|(_, _, reasons)| reasons.contains(&status));
    found.map(|(_, state, _)| *state)
}

pub(super) fn create(
    store: &mut Store,
    name: &str,
    given: Row,
    call: &Call,
) -> Result<String, Fault> {
    let entity = store
        .entity(name)
        .cloned()
        .ok_or_else(|| Fault::no_set(name))?;
    let mut row = checked(store, &entity, given)?;
    if entity.name == "incident" && text(&row, "_customerid_value").is_empty() {
        let told = "You should specify a parent contact or account.";
        return Err(Fault::new(400, "0x80040203", told));
    }
    let missing = |column: &&Column| column.is_required && text(&row, &column.name).is_empty();
    if let Some(column) = entity.columns.iter().find(missing) {
        let told = format!(
            "A validation error occurred.  The '{}' attribute is required.",
            column.name
        );
        return Err(Fault::new(400, "0x80040203", told));
    }
    refuse_duplicates(store, &entity, &row, call)?;
    complete(store, &entity, &mut row);
    settle(&entity, &mut row, None)?;
    Ok(store.add(entity.name, row))
}

pub(super) fn update(store: &mut Store, name: &str, id: &str, given: Row) -> Result<(), Fault> {
    let entity = store
        .entity(name)
        .cloned()
        .ok_or_else(|| Fault::no_set(name))?;
    let mut changes = checked(store, &entity, given)?;
    let row = store.row(&entity, id).cloned();
    let row = row.ok_or_else(|| Fault::no_row(entity.name, id))?;
    if entity.name == "incident" && changes.get("statecode") == Some(&json!(1)) {
        let told = "This message can not be used to set the state of incident to Resolved. In order to set state of \
                    incident to Resolved, use the CloseIncidentRequest message instead.";
        return Err(Fault::new(400, "0x80040203", told));
    }
    settle(
        &entity,
        &mut changes,
        row.get("statecode").and_then(Value::as_i64),
    )?;
    store.change(entity.name, id, changes);
    Ok(())
}

/// The `CloseIncident` action.
pub(super) fn close(store: &mut Store, given: &Row) -> Result<(), Fault> {
    let resolution = given.get("IncidentResolution").and_then(Value::as_object);
    let bind = resolution
        .and_then(|it| it.get("incidentid@odata.bind"))
        .and_then(Value::as_str);
    let bind = bind.ok_or_else(|| {
        Fault::payload("The parameter 'IncidentResolution' needs 'incidentid@odata.bind'.")
    })?;
    let status = given.get("Status").and_then(Value::as_i64).unwrap_or(5);
    let id = text(bound(store, bind)?.1, "incidentid").to_owned();
    let status = if status == -1 { 5 } else { status };
    let mut changes = Row::new();
    changes.insert("statecode".into(), json!(1));
    changes.insert("statuscode".into(), json!(status));
    if let Some(entity) = store.entity("incident").cloned() {
        settle(&entity, &mut changes, None)?;
    }
    store.change("incident", &id, changes);
    Ok(())
}

/// The given members under the names they are read by, each with a value it can have.
fn checked(store: &Store, entity: &Entity, given: Row) -> Result<Row, Fault> {
    let mut row = Row::new();
    for (name, value) in given {
        if let Some(navigation) = name.strip_suffix("@odata.bind") {
            bind(store, entity, &mut row, (navigation, &value))?;
        } else if name.starts_with('@') || name.contains("@odata.") {
            // A note on another member.
        } else if name == format!("{}_activity_parties", entity.name) && entity.is_activity() {
            parties(store, &value)?;
            row.insert(format!("#{name}"), value);
        } else if entity.lookup_by_value(&name).is_some()
            || entity.lookups.iter().any(|lookup| lookup.name == name)
        {
            let told = "CRM do not support direct update of Entity Reference properties, Use Navigation properties instead.";
            return Err(Fault::payload(told));
        } else {
            let Some(column) = entity.column(&name) else {
                let told = format!(
                    "The property '{name}' does not exist on type 'Microsoft.Dynamics.CRM.{}'. Make sure to only use property \
                     names that are defined by the type.",
                    entity.name
                );
                return Err(Fault::payload(&told));
            };
            check(entity, column, &value)?;
            if !column.is_fixed {
                row.insert(name, value);
            }
        }
    }
    Ok(row)
}

fn bind(
    store: &Store,
    entity: &Entity,
    row: &mut Row,
    (name, value): (&str, &Value),
) -> Result<(), Fault> {
    let Some((lookup, table)) = entity.navigation(name) else {
        let told = format!(
            "An undeclared property '{name}' which only has property annotations in the payload but no property value was \
             found in the payload. In OData, only declared navigation properties and declared named streams can be \
             represented as properties without values."
        );
        return Err(Fault::payload(&told));
    };
    let column = lookup.value_name();
    let uri = value.as_str().unwrap_or_default();
    let (target, found) = bound(store, uri)?;
    if target.name != table || row.contains_key(&column) {
        let told = format!("The navigation property '{name}' cannot be bound to '{uri}'.");
        return Err(Fault::payload(&told));
    }
    row.insert(format!("{column}{TABLE_OF}"), json!(table));
    row.insert(column, json!(text(found, target.key)));
    Ok(())
}

/// Who took part in an activity: each is bound to one record, in one part.
fn parties(store: &Store, value: &Value) -> Result<(), Fault> {
    const BINDS: [&str; 3] = [
        "partyid_contact@odata.bind",
        "partyid_account@odata.bind",
        "partyid_systemuser@odata.bind",
    ];
    for party in value.as_array().into_iter().flatten() {
        for (name, value) in party.as_object().into_iter().flatten() {
            match (name.as_str(), value) {
                ("participationtypemask", Value::Number(number))
                    if number.as_i64().is_some_and(|mask| (1..=13).contains(&mask)) => {}
                (name, Value::String(uri)) if BINDS.contains(&name) => drop(bound(store, uri)?),
                ("addressused", Value::String(_)) => {}
                _ => {
                    let told = format!(
                        "The property '{name}' does not exist on type 'Microsoft.Dynamics.CRM.activityparty'."
                    );
                    return Err(Fault::payload(&told));
                }
            }
        }
    }
    Ok(())
}

fn check(entity: &Entity, column: &Column, value: &Value) -> Result<(), Fault> {
    let name = &column.name;
    let cannot = |kind: &str| {
        Fault::payload(&format!(
            "Cannot convert the literal '{value}' to the expected type '{kind}'."
        ))
    };
    match (&column.kind, value) {
        (_, Value::Null) => Ok(()),
        (Kind::Text(length), Value::String(text)) if text.chars().count() > *length => {
            let told = format!(
                "A validation error occurred.  The length of the '{name}' attribute of the '{}' entity exceeded the maximum \
                 allowed length of '{length}'.",
                entity.name
            );
            Err(Fault::new(400, "0x80044331", told))
        }
        (Kind::Text(_), value) => value
            .is_string()
            .then_some(())
            .ok_or_else(|| cannot("Edm.String")),
        (Kind::Guid, value) => {
            let is_guid = value.as_str().is_some_and(super::filter::is_guid);
            is_guid.then_some(()).ok_or_else(|| cannot("Edm.Guid"))
        }
        (Kind::Time, value) => {
            let is_time = value
                .as_str()
                .is_some_and(|text| text.contains('T') && text.len() >= 17);
            is_time
                .then_some(())
                .ok_or_else(|| cannot("Edm.DateTimeOffset"))
        }
        (Kind::Bool(..), value) => value
            .is_boolean()
            .then_some(())
            .ok_or_else(|| cannot("Edm.Boolean")),
        (Kind::Int, value) => value
            .is_i64()
            .then_some(())
            .ok_or_else(|| cannot("Edm.Int32")),
        (Kind::Option(options), value) => {
            let number = value.as_i64().ok_or_else(|| cannot("Edm.Int32"))?;
            if options.iter().any(|(known, _)| *known == number) {
                return Ok(());
            }
            let told = format!(
                "A validation error occurred. The value {number} of '{name}' on record of type '{}' is outside the valid range.",
                entity.name
            );
            Err(Fault::new(400, "0x80044330", told))
        }
    }
}

/// Looks for a duplicate when it is asked to; by itself it does not.
fn refuse_duplicates(store: &Store, entity: &Entity, row: &Row, call: &Call) -> Result<(), Fault> {
    let is_asked = call.header("mscrm.suppressduplicatedetection") == Some("false");
    let email = text(row, "emailaddress1").to_lowercase();
    let mut rows = store.rows(entity);
    let is_known = rows.any(|row| text(row, "emailaddress1").to_lowercase() == email);
    if is_asked && entity.name == "contact" && !email.is_empty() && is_known {
        let told = "A record was not created or updated because a duplicate of the current record already exists.";
        return Err(Fault::new(412, "0x80040333", told));
    }
    Ok(())
}

/// Defaults, numbers and owners.
fn complete(store: &Store, entity: &Entity, row: &mut Row) {
    let mut usual = |column: &str, value: Value| {
        row.entry(column.to_owned()).or_insert(value);
    };
    if entity.column("statecode").is_some() {
        usual("statecode", json!(0));
    }
    match entity.name {
        "incident" => {
            let number = 1000 + store.rows(entity).count();
            usual("ticketnumber", json!(format!("CAS-{number:05}-Z9X8Y7")));
            usual("prioritycode", json!(2));
        }
        "phonecall" => usual("directioncode", json!(true)),
        "contact" => {
            let name = format!("{} {}", text(row, "firstname"), text(row, "lastname"));
            row.insert("fullname".into(), json!(name.trim()));
        }
        _ => {}
    }
    if entity.lookups.iter().any(|lookup| lookup.name == "ownerid")
        && !row.contains_key("_ownerid_value")
    {
        row.insert("_ownerid_value".into(), json!(store.agent));
        row.insert(format!("_ownerid_value{TABLE_OF}"), json!("systemuser"));
    }
}

/// State and status reason go together: one without the other brings the usual one.
fn settle(entity: &Entity, row: &mut Row, before: Option<i64>) -> Result<(), Fault> {
    let number = |name: &str| row.get(name).and_then(Value::as_i64);
    let (state, status) = (number("statecode"), number("statuscode"));
    let Some(state) = state
        .or(before)
        .filter(|_| state.is_some() || status.is_some())
    else {
        return Ok(());
    };
    let known = STATES
        .iter()
        .find(|(name, known, _)| *name == entity.name && *known == state);
    let Some((_, _, reasons)) = known else {
        return Ok(());
    };
    match status {
        Some(status) if !reasons.contains(&status) => {
            let told = format!(
                "{status} is not a valid status code for state code {state} on {}.",
                entity.name
            );
            Err(Fault::new(400, "0x80048408", told))
        }
        Some(_) => Ok(()),
        None => {
            row.insert("statuscode".into(), json!(reasons.first()));
            Ok(())
        }
    }
}
