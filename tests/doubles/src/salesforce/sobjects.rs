//! `/sobjects`: one record read, made, changed, or both by an external id.

use serde_json::{Value, json};

use super::fault::Fault;
use super::org::Org;
use super::schema::{Kind, Object, describe};
use super::soql::Reader;
use super::store::{NOW, Row, is_id, is_same_id, text};
use super::write;
use crate::call::{Answer, Call};

/// Answers what stands behind `/services/data/{version}/sobjects`.
pub(super) fn answer(
    org: &mut Org,
    call: &Call,
    version: &str,
    rest: &[&str],
) -> Result<Answer, Fault> {
    let [name, rest @ ..] = rest else {
        return Err(Fault::not_found());
    };
    let schema = org.schema.clone();
    let object = schema
        .object(name)
        .filter(|object| !object.prefix.is_empty());
    let object = object.ok_or_else(Fault::not_found)?;
    match (call.method.as_str(), rest) {
        ("GET", ["describe"]) => Ok(Answer::json(200, &describe(object))),
        ("POST", []) => create(org, object, call),
        ("GET", [id]) => read(org, object, id, call, version),
        ("PATCH", [id]) => update(org, object, id, call),
        ("GET" | "PATCH", [field, value]) => {
            let is_key = object
                .field(field)
                .is_some_and(|field| field.is_external_id);
            if !is_key {
                let told = format!(
                    "Provided external ID field does not exist or is not accessible: {field}"
                );
                return Err(Fault::new(404, "NOT_FOUND", told));
            }
            by_key(org, object, (field, value), call, version)
        }
        _ => {
            let told = format!(
                "HTTP Method '{}' not allowed. Allowed are HEAD,GET,PATCH,DELETE",
                call.method
            );
            Err(Fault::new(405, "METHOD_NOT_ALLOWED", told))
        }
    }
}

fn read(org: &Org, object: &Object, id: &str, call: &Call, version: &str) -> Result<Answer, Fault> {
    let row = org
        .store
        .row(&object.name, id)
        .ok_or_else(Fault::not_found)?;
    let reader = Reader {
        store: &org.store,
        schema: &org.schema,
        version,
    };
    let asked = call.query_value("fields");
    let names = match &asked {
        Some(fields) => fields.split(',').map(str::trim).collect::<Vec<_>>(),
        None => object
            .fields
            .iter()
            .map(|field| field.name.as_str())
            .collect(),
    };
    let url = format!(
        "/services/data/{version}/sobjects/{}/{}",
        object.name,
        text(row, "Id")
    );
    let mut record = Row::new();
    record.insert(
        "attributes".into(),
        json!({ "type": object.name, "url": url }),
    );
    for name in names {
        let field = reader.field(object, &[name.to_owned()])?;
        let value = row.get(&field.name).cloned().unwrap_or(Value::Null);
        record.insert(field.name.clone(), value);
    }
    Ok(Answer::json(200, &Value::Object(record)))
}

fn create(org: &mut Org, object: &Object, call: &Call) -> Result<Answer, Fault> {
    let given = body(call)?;
    let id = write::create(org, object, given, call)?;
    Ok(Answer::json(
        201,
        &json!({ "id": id, "success": true, "errors": [] }),
    ))
}

fn update(org: &mut Org, object: &Object, id: &str, call: &Call) -> Result<Answer, Fault> {
    let given = body(call)?;
    if !is_id(id) || org.store.row(&object.name, id).is_none() {
        return Err(Fault::not_found());
    }
    write::update(org, object, id, given)?;
    Ok(Answer::empty(204))
}

/// Reads or upserts by an external id: none, one, or several records have it.
fn by_key(
    org: &mut Org,
    object: &Object,
    (field, value): (&str, &str),
    call: &Call,
    version: &str,
) -> Result<Answer, Fault> {
    let field = object.field(field).ok_or_else(Fault::not_found)?;
    let has = |row: &&Row| text(row, &field.name).eq_ignore_ascii_case(value);
    let rows = org.store.rows(&object.name).filter(has);
    let ids = rows.map(|row| text(row, "Id")).collect::<Vec<_>>();
    if ids.len() > 1 {
        let url = |id: &String| format!("/services/data/{version}/sobjects/{}/{id}", object.name);
        let urls = ids.iter().map(url).collect::<Vec<_>>();
        return Ok(Answer::json(300, &json!(urls)));
    }
    if call.method == "GET" {
        let id = ids.first().ok_or_else(Fault::not_found)?;
        return read(org, object, id, call, version);
    }
    let mut given = body(call)?;
    if given.contains_key(&field.name) {
        let told = format!(
            "The {} field should not be specified in the sobject data.",
            field.name
        );
        return Err(Fault::new(400, "INVALID_FIELD", told).at(&field.name));
    }
    let (status, id) = if let Some(id) = ids.first() {
        write::update(org, object, id, given)?;
        (200, id.clone())
    } else {
        given.insert(field.name.clone(), json!(value));
        (201, write::create(org, object, given, call)?)
    };
    let told = json!({ "id": id, "success": true, "errors": [], "created": status == 201 });
    Ok(Answer::json(status, &told))
}

/// The record in the body.
fn body(call: &Call) -> Result<Row, Fault> {
    if !call.is_of("application/json") {
        let kind = call.header("content-type").unwrap_or("none");
        let told = format!(
            "Content-Type \"{kind}\" is not a supported content type. Supported are: application/json, application/xml"
        );
        return Err(Fault::new(415, "UNSUPPORTED_MEDIA_TYPE", told));
    }
    if let Some(Value::Object(row)) = call.json() {
        return Ok(row);
    }
    let told = "Unexpected character at [line:1, column:1]";
    Err(Fault::new(400, "JSON_PARSER_ERROR", told))
}

/// Whether an id in a lookup names a record that may stand there.
pub(super) fn is_target(org: &Org, kind: &Kind, id: &str) -> bool {
    let Kind::Ref(_, target) = kind else {
        return true;
    };
    let object = org.schema.object_of_id(id);
    let object = object.filter(|object| object.name == *target || target == "Name");
    object.is_some_and(|object| {
        let mut rows = org.store.rows(&object.name);
        rows.any(|row| is_same_id(&text(row, "Id"), id))
    })
}

/// The time of a change.
pub(super) fn touched(row: &mut Row) {
    row.insert("LastModifiedDate".into(), json!(NOW));
}
