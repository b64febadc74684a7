//! Reading records by id or by a unique property, alone and in batches, and the ties between them.
//! These reads see the primary store, not the search index.

use serde_json::{Map, Value, json};

use super::records::{Portal, Record};
use super::refusals;
use super::schema::Kind;
use crate::call::{Answer, Call};

/// The most inputs of one batch.
pub(super) const BATCH: usize = 100;

pub(super) fn one(portal: &Portal, call: &Call, kind: &Kind, id: &str) -> Answer {
    let id_property = call.query_value("idProperty");
    let record = match by(portal, kind, id_property.as_deref(), id) {
        Ok(record) => record,
        Err(refusal) => return refusal,
    };
    let Some(record) = record else {
        return refusals::not_found();
    };
    let mut told = portal.told(record, &names(call, "properties"));
    let asked = names(call, "associations");
    if asked.is_empty() {
        return Answer::json(200, &told);
    }
    let mut associations = Map::new();
    for name in asked {
        let Some(to) = Kind::of(&name) else {
            let message = format!("Unable to infer object type from: {name}");
            return refusals::invalid(&message);
        };
        let results = named_ties(portal, record, to);
        if !results.is_empty() {
            associations.insert(to.many.to_owned(), json!({ "results": results }));
        }
    }
    if !associations.is_empty() {
        told["associations"] = Value::Object(associations);
    }
    Answer::json(200, &told)
}

/// Every tie by its name; a company appears once as such and once without its label.
fn named_ties(portal: &Portal, record: &Record, to: &Kind) -> Vec<Value> {
    let mut results = Vec::new();
    for tie in portal.tied(record, to) {
        let name = format!("{}_to_{}", record.kind.one, to.one);
        let id = tie.to.1.to_string();
        if to.one == "company" {
            results.push(json!({"id": id, "type": format!("{name}_unlabeled")}));
        }
        results.push(json!({"id": id, "type": name}));
    }
    results
}

/// The names in a member that may be repeated or hold a list.
pub(super) fn names(call: &Call, member: &str) -> Vec<String> {
    let pairs = call.query_pairs().into_iter();
    let lists = pairs.filter_map(|(name, value)| (name == member).then_some(value));
    lists
        .flat_map(|list| list.split(',').map(str::to_owned).collect::<Vec<_>>())
        .filter(|name| !name.is_empty())
        .collect()
}

/// A record by its id or by a property that is unique.
pub(super) fn by<'a>(
    portal: &'a Portal,
    kind: &Kind,
    property: Option<&str>,
    id: &str,
) -> Result<Option<&'a Record>, Answer> {
    match property {
        None | Some("hs_object_id") => Ok(id.parse().ok().and_then(|id| portal.find(kind, id))),
        Some(property) if kind.unique.contains(&property) => {
            Ok(portal.by_unique(kind, property, id))
        }
        Some(property) => Err(refusals::invalid(&format!(
            "{property} is not a unique property of {}",
            kind.many
        ))),
    }
}

/// What is missing is told beside what was found, with status 207.
pub(super) fn batch(portal: &Portal, call: &Call, kind: &Kind) -> Answer {
    let (body, ids) = match inputs(call) {
        Ok(both) => both,
        Err(refusal) => return refusal,
    };
    let property = body["idProperty"].as_str();
    let asked = strings(&body["properties"]);
    let mut results = Vec::new();
    let mut missing = Vec::new();
    for id in ids {
        match by(portal, kind, property, &id) {
            Ok(Some(record)) => results.push(portal.told(record, &asked)),
            Ok(None) => missing.push(id),
            Err(refusal) => return refusal,
        }
    }
    let message = format!(
        "Could not get some {} objects, they may be deleted or not exist. Check that ids are valid.",
        kind.one.to_uppercase()
    );
    let fault = json!({
        "status": "error", "category": "OBJECT_NOT_FOUND", "message": message,
        "context": {"ids": missing},
    });
    batch_told(
        results,
        if missing.is_empty() {
            vec![]
        } else {
            vec![fault]
        },
    )
}

/// The answer to any batch.
pub(super) fn batch_told(results: Vec<Value>, errors: Vec<Value>) -> Answer {
    let mut body = json!({
        "status": "COMPLETE", "results": results, "startedAt": "2026-11-02T08:00:00.000Z",
        "completedAt": "2026-11-02T08:00:00.020Z",
    });
    if errors.is_empty() {
        return Answer::json(200, &body);
    }
    body["numErrors"] = json!(errors.len());
    body["errors"] = json!(errors);
    Answer::json(207, &body)
}

/// The ids of a batch, and its body.
fn inputs(call: &Call) -> Result<(Value, Vec<String>), Answer> {
    let body = body(call)?;
    let ids = body["inputs"].as_array().map(|inputs| {
        let ids = inputs
            .iter()
            .map(|input| input["id"].as_str().map(str::to_owned));
        ids.collect::<Option<Vec<_>>>()
    });
    let Some(Some(ids)) = ids else {
        return Err(refusals::invalid(
            "Invalid input JSON on line 1, column 1: Some required fields were not set: [inputs]",
        ));
    };
    if ids.len() > BATCH {
        return Err(refusals::invalid(&format!(
            "The maximum number of inputs supported in a batch is {BATCH}"
        )));
    }
    Ok((body, ids))
}

/// A JSON body, or why it is none.
pub(super) fn body(call: &Call) -> Result<Value, Answer> {
    if !call.is_of("application/json") {
        return Err(refusals::wrong_type());
    }
    call.json().filter(Value::is_object).ok_or_else(|| {
        refusals::invalid("Invalid JSON input: a request body was expected, but none found")
    })
}

pub(super) fn strings(list: &Value) -> Vec<String> {
    let list = list.as_array().into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The ties of one record, as v4 tells them: ids are numbers here.
pub(super) fn ties(portal: &Portal, from: &Kind, id: &str, to: &Kind) -> Answer {
    let record = id.parse().ok().and_then(|id| portal.find(from, id));
    record.map_or_else(refusals::not_found, |record| {
        Answer::json(200, &json!({"results": numbered_ties(portal, record, to)}))
    })
}

/// The ties of many records; one without any is an error beside the others.
pub(super) fn ties_batch(portal: &Portal, call: &Call, from: &Kind, to: &Kind) -> Answer {
    let (_, ids) = match inputs(call) {
        Ok(both) => both,
        Err(refusal) => return refusal,
    };
    let mut results = Vec::new();
    let mut errors = Vec::new();
    for id in ids {
        let record = id.parse().ok().and_then(|id| portal.find(from, id));
        let ties = record
            .map(|record| numbered_ties(portal, record, to))
            .unwrap_or_default();
        if ties.is_empty() {
            errors.push(json!({
                "status": "error", "category": "OBJECT_NOT_FOUND",
                "subCategory": "crm.associations.NO_ASSOCIATIONS_FOUND",
                "message": format!("No {} is associated with {} {id}.", to.one, from.one),
                "context": {
                    "fromObjectId": [id], "fromObjectType": [from.one], "toObjectType": [to.one],
                },
            }));
        } else {
            results.push(json!({"from": {"id": id}, "to": ties}));
        }
    }
    batch_told(results, errors)
}

fn numbered_ties(portal: &Portal, record: &Record, to: &Kind) -> Vec<Value> {
    let ties = portal.tied(record, to).into_iter();
    let told = ties.map(|tie| {
        json!({
            "toObjectId": tie.to.1,
            "associationTypes": [
                {"category": "HUBSPOT_DEFINED", "typeId": tie.number, "label": null}
            ],
        })
    });
    told.collect()
}
