//! The Case API of Customer Service Management, and the Batch API.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::fault::{not_found, refused};
use super::schema::{Kind, kind};
use super::store::text;
use super::table::{body, create};
use super::{Instance, ServiceNow};
use crate::call::{Answer, Call, member};

const CASE: &str = "sn_customerservice_case";

/// Answers `/api/sn_customerservice/case…`.
pub(super) fn answer(instance: &mut Instance, call: &Call, rest: &[&str]) -> Answer {
    match (call.method.as_str(), rest) {
        ("POST", []) => match body(call) {
            Ok(given) => {
                let id = create(instance, CASE, &given);
                let row = instance.store.row(CASE, &id);
                let number = row.map(|row| text(row, "number")).unwrap_or_default();
                Answer::json(
                    201,
                    &json!({ "result": { "sys_id": id, "number": number } }),
                )
            }
            Err(answer) => answer,
        },
        ("GET", ["field_values", field]) => match kind(CASE, field) {
            Some(Kind::Choice(choices)) => {
                let choices = choices
                    .iter()
                    .map(|(value, label)| json!({ "label": label, "value": value }));
                Answer::json(200, &json!({ "result": choices.collect::<Vec<_>>() }))
            }
            Some(Kind::Text | Kind::Bool | Kind::Time | Kind::Journal | Kind::Ref(_)) | None => {
                refused(
                    400,
                    "Invalid field",
                    Some(&format!("{field} is not a choice field")),
                )
            }
        },
        ("GET", [id, "activities"]) => activities(instance, id),
        _ => refused(405, "Method not supported", None),
    }
}

fn activities(instance: &Instance, id: &str) -> Answer {
    let mut cases = instance.store.of(CASE);
    let case = cases.find(|row| text(row, "sys_id") == id || text(row, "number") == id);
    let Some(case) = case.filter(|case| instance.store.is_visible(case)) else {
        return not_found();
    };
    let entries = ["comments", "work_notes"]
        .into_iter()
        .filter(|field| !text(case, field).is_empty());
    let entries = entries.map(|field| {
        json!({ "element": field, "value": text(case, field), "sys_created_on": text(case, "sys_updated_on"),
            "name": CASE, "element_id": text(case, "sys_id") })
    });
    Answer::json(
        200,
        &json!({ "result": { "entries": entries.collect::<Vec<_>>() } }),
    )
}

/// Answers `POST /api/now/v1/batch`: each part has its own status, the whole is 200.
pub(super) fn batch(double: &ServiceNow, instance: &mut Instance, call: &Call) -> Answer {
    let given = match body(call) {
        Ok(given) => Value::Object(given),
        Err(answer) => return answer,
    };
    let Some(parts) = member(&given, "rest_requests").as_array() else {
        return refused(
            400,
            "Invalid batch request",
            Some("rest_requests is required"),
        );
    };
    let serviced = parts.iter().map(|part| one(double, instance, call, part));
    let serviced = serviced.collect::<Vec<_>>();
    Answer::json(
        200,
        &json!({
            "batch_request_id": member(&given, "batch_request_id"),
            "serviced_requests": serviced,
            "unserviced_requests": [],
        }),
    )
}

fn one(double: &ServiceNow, instance: &mut Instance, call: &Call, part: &Value) -> Value {
    let word = |name: &str| member(part, name).as_str().unwrap_or_default();
    let id = word("id");
    let packed = word("body");
    let unpacked = STANDARD.decode(packed).ok();
    let is_relative = word("url").starts_with('/') && !word("url").contains(char::is_whitespace);
    let answer = match unpacked {
        Some(body) if is_relative => {
            let mut inner = call.part(word("method"), word("url"), body);
            let headers = member(part, "headers").as_array().into_iter().flatten();
            for header in headers {
                let name = member(header, "name")
                    .as_str()
                    .unwrap_or_default()
                    .to_lowercase();
                let value = member(header, "value").as_str().unwrap_or_default();
                inner.headers.retain(|(own, _)| *own != name);
                inner.headers.push((name, value.to_owned()));
            }
            double.records(instance, &inner)
        }
        Some(_) => refused(
            400,
            "Invalid url",
            Some("the url must be relative and encoded"),
        ),
        None => refused(400, "Invalid body", Some("the body must be base64")),
    };
    json!({
        "id": id,
        "body": STANDARD.encode(&answer.body),
        "status_code": answer.status,
        "status_text": if answer.status < 300 { "OK" } else { "Error" },
        "headers": [],
        "execution_time": 12,
        "redirect_url": "",
    })
}
