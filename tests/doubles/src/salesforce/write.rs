//! What a new or changed record must be like, and what the org adds to it by itself.

use serde_json::{Value, json};

use super::fault::Fault;
use super::org::{CASE_QUEUE, Org};
use super::schema::{Field, Kind, Object};
use super::sobjects::{is_target, touched};
use super::store::{Row, is_id, text};
use crate::call::Call;

pub(super) fn create(
    org: &mut Org,
    object: &Object,
    given: Row,
    call: &Call,
) -> Result<String, Fault> {
    let mut row = checked(org, object, given)?;
    let is_missing = |field: &&Field| field.is_required && text(&row, &field.name).is_empty();
    let missing = object.fields.iter().filter(is_missing);
    let missing = missing.map(|field| field.name.clone()).collect::<Vec<_>>();
    if !missing.is_empty() {
        let told = format!("Required fields are missing: [{}]", missing.join(", "));
        let fault = Fault::new(400, "REQUIRED_FIELD_MISSING", told);
        return Err(missing.iter().fold(fault, |fault, field| fault.at(field)));
    }
    refuse_duplicates(org, object, &row, call)?;
    complete(org, object, &mut row, call);
    Ok(org.store.add(&object.name, &object.prefix, row))
}

pub(super) fn update(org: &mut Org, object: &Object, id: &str, given: Row) -> Result<(), Fault> {
    let changes = checked(org, object, given)?;
    if let Some(row) = org.store.row_mut(&object.name, id) {
        row.extend(changes);
        derive(object, row);
        touched(row);
    }
    Ok(())
}

/// The given fields under their own names, each with a value it can have.
fn checked(org: &Org, object: &Object, given: Row) -> Result<Row, Fault> {
    let mut row = Row::new();
    for (name, value) in given {
        if name == "attributes" {
            continue;
        }
        let Some(field) = object.field(&name) else {
            let told = format!("No such column '{name}' on sobject of type {}", object.name);
            return Err(Fault::new(400, "INVALID_FIELD", told));
        };
        if field.is_fixed {
            let told = format!(
                "Unable to create/update fields: {name}. Please check the security settings of this field and \
                 verify that it is read/write for your profile or permission set."
            );
            return Err(Fault::new(400, "INVALID_FIELD_FOR_INSERT_UPDATE", told).at(&name));
        }
        check(org, field, &value)?;
        row.insert(field.name.clone(), value);
    }
    let who = text(&row, "WhoId");
    if object.name == "Task" && who.starts_with("00Q") && !text(&row, "WhatId").is_empty() {
        let told = "WhatId cannot be set when WhoId is a Lead";
        return Err(Fault::new(400, "FIELD_INTEGRITY_EXCEPTION", told).at("WhatId"));
    }
    Ok(row)
}

fn check(org: &Org, field: &Field, value: &Value) -> Result<(), Fault> {
    let name = &field.name;
    let cannot = |kind: &str| {
        let told =
            format!("Cannot deserialize instance of {kind} from {value} at [line:1, column:1]");
        Fault::new(400, "JSON_PARSER_ERROR", told)
    };
    let text = match (&field.kind, value) {
        (_, Value::Null) | (Kind::Bool, Value::Bool(_)) => return Ok(()),
        (Kind::Int, Value::Number(number)) if number.is_i64() => return Ok(()),
        (Kind::Bool, _) => return Err(cannot("boolean")),
        (Kind::Int, _) => return Err(cannot("int")),
        (Kind::Date | Kind::Time, Value::String(text)) if is_moment(&field.kind, text) => {
            return Ok(());
        }
        (Kind::Date, _) => return Err(cannot("date")),
        (Kind::Time, _) => return Err(cannot("datetime")),
        (_, Value::String(text)) => text,
        _ => return Err(cannot("string")),
    };
    match &field.kind {
        Kind::Text(length) if text.chars().count() > *length => {
            let told = format!("{name}: data value too large: {text} (max length={length})");
            Err(Fault::new(400, "STRING_TOO_LONG", told).at(name))
        }
        Kind::Pick(values) if !values.contains(text) => {
            let told = format!("{name}: bad value for restricted picklist field: {text}");
            Err(Fault::new(400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", told).at(name))
        }
        Kind::Ref(..) if !is_id(text) => {
            let told = format!("{name}: id value of incorrect type: {text}");
            Err(Fault::new(400, "MALFORMED_ID", told).at(name))
        }
        kind @ Kind::Ref(..) if !is_target(org, kind, text) => {
            let fault = Fault::new(
                400,
                "INVALID_CROSS_REFERENCE_KEY",
                "invalid cross reference id",
            );
            Err(fault.at(name))
        }
        Kind::Id
        | Kind::Text(_)
        | Kind::Bool
        | Kind::Int
        | Kind::Date
        | Kind::Time
        | Kind::Pick(_)
        | Kind::Ref(..) => Ok(()),
    }
}

/// A date is ten signs, a time has more behind a T.
fn is_moment(kind: &Kind, text: &str) -> bool {
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    let digits = date.chars().filter(char::is_ascii_digit).count();
    let is_date = date.len() == 10 && digits == 8;
    is_date && (time.is_empty() == (*kind == Kind::Date))
}

/// An alert rule on the e-mail address: a header lets the record through.
fn refuse_duplicates(org: &Org, object: &Object, row: &Row, call: &Call) -> Result<(), Fault> {
    let header = call
        .header("sforce-duplicate-rule-header")
        .unwrap_or_default();
    let is_let = header
        .replace(' ', "")
        .to_lowercase()
        .contains("allowsave=true");
    let email = text(row, "Email").to_lowercase();
    if is_let || email.is_empty() || !["Contact", "Lead"].contains(&object.name.as_str()) {
        return Ok(());
    }
    let mut rows = org.store.rows(&object.name);
    let Some(first) = rows.find(|row| text(row, "Email").to_lowercase() == email) else {
        return Ok(());
    };
    let result = json!({
        "allowSave": true,
        "duplicateRule": "Standard_Contact_Duplicate_Rule",
        "duplicateRuleEntityType": object.name,
        "errorMessage": "Use one of these records?",
        "matchResults": [{
            "entityType": object.name,
            "matchEngine": "FuzzyMatchEngine",
            "matchRecords": [{ "record": { "attributes": { "type": object.name }, "Id": text(first, "Id") } }],
            "rule": "Standard_Contact_Match_Rule_v1_1",
            "size": 1,
            "success": true,
        }],
    });
    let fault = Fault::new(400, "DUPLICATES_DETECTED", "Use one of these records?");
    Err(fault.with("duplicateResult", result))
}

/// Defaults, numbers and owners.
fn complete(org: &Org, object: &Object, row: &mut Row, call: &Call) {
    let mut usual = |field: &str, value: Value| {
        if object.field(field).is_some() && row.get(field).is_none_or(Value::is_null) {
            row.insert(field.to_owned(), value);
        }
    };
    match object.name.as_str() {
        "Case" => {
            usual("Status", json!("New"));
            usual("Priority", json!("Medium"));
            usual(
                "CaseNumber",
                json!(format!("{:08}", 1000 + org.store.made())),
            );
        }
        "Task" => {
            usual("Status", json!("Not Started"));
            usual("Priority", json!("Normal"));
        }
        "Lead" => usual("IsConverted", json!(false)),
        _ => {}
    }
    usual("OwnerId", json!(org.agent));
    if object.name == "Task" || object.name == "Event" {
        let of_what = org.store.row("Case", &text(row, "WhatId"));
        let of_who = org.store.row("Contact", &text(row, "WhoId"));
        let account = of_what.or(of_who).map(|row| text(row, "AccountId"));
        if let Some(account) = account.filter(|account| !account.is_empty()) {
            row.insert("AccountId".into(), json!(account));
        }
    }
    if object.name == "Case" {
        let wish = call.header("sforce-auto-assign").unwrap_or("TRUE");
        if !wish.eq_ignore_ascii_case("false") {
            row.insert("OwnerId".into(), json!(CASE_QUEUE));
        }
        let contact = org.store.row("Contact", &text(row, "ContactId"));
        let account = contact.map(|contact| text(contact, "AccountId"));
        let account = account.filter(|account| !account.is_empty());
        if let Some(account) = account.filter(|_| text(row, "AccountId").is_empty()) {
            row.insert("AccountId".into(), json!(account));
        }
    }
    derive(object, row);
}

/// Fields that follow from others.
fn derive(object: &Object, row: &mut Row) {
    match object.name.as_str() {
        "Contact" | "Lead" => {
            let name = format!("{} {}", text(row, "FirstName"), text(row, "LastName"));
            row.insert("Name".into(), json!(name.trim()));
        }
        "Case" => {
            let is_closed = text(row, "Status") == "Closed";
            row.insert("IsClosed".into(), json!(is_closed));
        }
        "Task" => {
            let is_closed = text(row, "Status") == "Completed";
            row.insert("IsClosed".into(), json!(is_closed));
        }
        _ => {}
    }
}
