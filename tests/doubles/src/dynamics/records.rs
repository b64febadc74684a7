//! Requests for rows: lists, one row, and what makes, changes and closes them.

use serde_json::{Value, json};

use super::address::{Key, row, segment};
use super::fault::Fault;
use super::query::{Notes, Options};
use super::store::{Row, Store, etag, text};
use super::{metadata, write};
use crate::call::{Answer, Call};

/// Answers what stands behind `/api/data/v9.x`.
pub(super) fn answer(
    store: &mut Store,
    call: &Call,
    root: &str,
    rest: &[&str],
) -> Result<Answer, Fault> {
    match (call.method.as_str(), rest) {
        ("GET", ["WhoAmI" | "WhoAmI()"]) => Ok(Answer::json(
            200,
            &json!({
                "@odata.context": format!("{root}/$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse"),
                "BusinessUnitId": "11111111-aaaa-4bbb-8ccc-222222222222",
                "UserId": store.agent,
                "OrganizationId": "33333333-aaaa-4bbb-8ccc-444444444444",
            }),
        )),
        ("POST", ["CloseIncident"]) => {
            write::close(store, &body(call)?)?;
            Ok(Answer::empty(204))
        }
        ("GET", [definition, rest @ ..]) if definition.starts_with("EntityDefinitions(") => {
            metadata::answer(store, definition, rest)
        }
        ("GET", [one]) => read(store, call, root, one),
        ("GET", [one, navigation]) => behind(store, call, root, one, navigation),
        ("POST", [set]) => create(store, call, root, set),
        ("PATCH", [one]) => upsert(store, call, root, one),
        (method, [one]) => {
            segment(store, one)?;
            let told = format!("The requested resource does not support http method '{method}'.");
            Err(Fault::new(405, "0x0", told))
        }
        _ => Err(Fault::no_set(rest.last().unwrap_or(&""))),
    }
}

fn read(store: &Store, call: &Call, root: &str, one: &str) -> Result<Answer, Fault> {
    let (entity, key) = segment(store, one)?;
    let options = Options::of(call)?;
    options.judge(store, entity)?;
    let notes = Notes::of(call);
    let context = format!("{root}/$metadata#{}", options.context(entity));
    if let Some(key) = key {
        let row = row(store, entity, &key)?;
        if call.header("if-none-match") == Some(etag(row).as_str())
            && call.header("prefer").is_none()
        {
            return Ok(Answer::empty(304));
        }
        let record = options.record(store, entity, row, notes)?;
        let mut whole = Row::new();
        whole.insert("@odata.context".into(), json!(format!("{context}/$entity")));
        whole.extend(record.as_object().cloned().unwrap_or_default());
        return Ok(Answer::json(200, &Value::Object(whole)));
    }
    let (rows, total) = options.chosen(store, entity, |_| true);
    let records = rows
        .into_iter()
        .map(|row| options.record(store, entity, row, notes));
    let total = options.is_counted.then_some(total);
    Ok(list(&context, records.collect::<Result<_, _>>()?, total))
}

/// The rows behind a navigation to many.
fn behind(
    store: &Store,
    call: &Call,
    root: &str,
    one: &str,
    navigation: &str,
) -> Result<Answer, Fault> {
    let (entity, key) = segment(store, one)?;
    let found = entity.collection(navigation);
    let found = found.and_then(|found| Some((found, store.entity(&found.entity)?)));
    let ((collection, related), key) = found.zip(key).ok_or_else(|| Fault::no_set(navigation))?;
    let id = text(row(store, entity, &key)?, entity.key);
    let options = Options::of(call)?;
    options.judge(store, related)?;
    let lookup = format!("_{}_value", collection.lookup);
    let (rows, total) = options.chosen(store, related, |row| text(row, &lookup) == id);
    let records = rows
        .into_iter()
        .map(|row| options.record(store, related, row, Notes::of(call)));
    let context = format!("{root}/$metadata#{}", options.context(related));
    let total = options.is_counted.then_some(total);
    Ok(list(&context, records.collect::<Result<_, _>>()?, total))
}

fn list(context: &str, records: Vec<Value>, total: Option<usize>) -> Answer {
    let mut whole = Row::new();
    whole.insert("@odata.context".into(), json!(context));
    if let Some(total) = total {
        whole.insert("@odata.count".into(), json!(total));
    }
    whole.insert("value".into(), Value::Array(records));
    Answer::json(200, &Value::Object(whole))
}

fn create(store: &mut Store, call: &Call, root: &str, set: &str) -> Result<Answer, Fault> {
    let name = store.of_set(set)?.name;
    let id = write::create(store, name, body(call)?, call)?;
    done(store, call, root, (name, &id), 201)
}

/// Changes the row a key names, or makes it: unless a header forbids one of the two.
fn upsert(store: &mut Store, call: &Call, root: &str, one: &str) -> Result<Answer, Fault> {
    let (entity, key) = segment(store, one)?;
    let key = key.ok_or_else(|| {
        Fault::new(
            405,
            "0x0",
            "The requested resource does not support http method 'PATCH'.",
        )
    })?;
    let mut given = body(call)?;
    let (name, own_key) = (entity.name, entity.key);
    let found = row(store, entity, &key).map(|row| (text(row, own_key).to_owned(), etag(row)));
    let must_match = call.header("if-match");
    match found {
        Ok((id, tag)) => {
            if call.header("if-none-match") == Some("*") {
                let told = "A record with matching key values already exists.";
                return Err(Fault::new(412, "0x80040237", told));
            }
            if must_match.is_some_and(|wanted| wanted != "*" && wanted != tag) {
                let told = "The version of the existing record doesn't match the RowVersion property provided.";
                return Err(Fault::new(412, "0x80060882", told));
            }
            write::update(store, name, &id, given)?;
            done(store, call, root, (name, &id), 200)
        }
        Err(fault) if must_match.is_some() => Err(fault),
        Err(_) => {
            let (column, value) = match key {
                Key::Guid(id) => (own_key, id),
                Key::Alternate(value) => (entity.alternate_key, value),
            };
            given.insert(column.to_owned(), json!(value));
            let id = write::create(store, name, given, call)?;
            done(store, call, root, (name, &id), 201)
        }
    }
}

/// The whole row where it is asked for, else its address alone.
fn done(
    store: &Store,
    call: &Call,
    root: &str,
    (name, id): (&str, &str),
    status: u16,
) -> Result<Answer, Fault> {
    let entity = store.entity(name).ok_or_else(|| Fault::no_set(name))?;
    let address = format!("{root}/{}({id})", entity.set);
    let prefer = call.header("prefer").unwrap_or_default();
    if !prefer.contains("return=representation") {
        return Ok(Answer::empty(204).with("odata-entityid", &address));
    }
    let options = Options::of(call)?;
    let row = store
        .row(entity, id)
        .ok_or_else(|| Fault::no_row(name, id))?;
    let record = options.record(store, entity, row, Notes::of(call))?;
    let answer = Answer::json(status, &record).with("odata-entityid", &address);
    Ok(answer.with("preference-applied", "return=representation"))
}

/// The members of the body.
fn body(call: &Call) -> Result<Row, Fault> {
    if !call.is_of("application/json") {
        let told = "A supported MIME type could not be found that matches the content type of the request.";
        return Err(Fault::new(415, "0x80060888", told));
    }
    if let Some(Value::Object(given)) = call.json() {
        return Ok(given);
    }
    Err(Fault::payload("Invalid JSON."))
}
