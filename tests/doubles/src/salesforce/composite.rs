//! Several requests in one, the later ones with parts of the earlier answers.

use serde_json::{Map, Value, json};

use super::Salesforce;
use super::fault::Fault;
use super::org::Org;
use crate::call::{Answer, Call, member};

const MOST: usize = 25;
const MOST_QUERIES: usize = 5;

/// Answers `POST /composite`.
pub(super) fn answer(double: &Salesforce, org: &mut Org, call: &Call) -> Result<Answer, Fault> {
    let invalid = |told: &str| Fault::new(400, "INVALID_INPUT", told);
    let body = call.json();
    let body = body.ok_or_else(|| Fault::new(400, "JSON_PARSER_ERROR", "Unexpected character"))?;
    let parts = member(&body, "compositeRequest").as_array();
    let parts = parts.ok_or_else(|| invalid("compositeRequest is required"))?;
    let is_query = |part: &&Value| {
        member(part, "url")
            .as_str()
            .is_some_and(|url| url.contains("/query"))
    };
    if parts.len() > MOST || parts.iter().filter(is_query).count() > MOST_QUERIES {
        let told = "The request exceeds the limit of 25 subrequests, of which 5 may be queries";
        return Err(Fault::new(400, "LIMIT_EXCEEDED", told));
    }
    let is_whole = member(&body, "allOrNone").as_bool().unwrap_or(false);
    let before = org.store.clone();
    let mut answers: Map<String, Value> = Map::new();
    let mut told = Vec::new();
    for part in parts {
        let name = member(part, "referenceId").as_str();
        let name = name.ok_or_else(|| invalid("referenceId is required"))?;
        let is_word = name
            .chars()
            .all(|sign| sign.is_ascii_alphanumeric() || sign == '_');
        if !is_word || answers.contains_key(name) {
            return Err(invalid(
                "referenceId must be unique, and letters, digits and underscores",
            ));
        }
        let answer = one(double, org, call, part, &answers)?;
        answers.insert(name.to_owned(), answer.value());
        told.push((name.to_owned(), answer));
    }
    let has_failed = told.iter().any(|(_, answer)| answer.status >= 300);
    if is_whole && has_failed {
        org.store = before;
        let halted = json!([{ "errorCode": "PROCESSING_HALTED",
            "message": "The transaction was rolled back since another operation in the same transaction failed." }]);
        for (_, answer) in told.iter_mut().filter(|(_, answer)| answer.status < 300) {
            *answer = Answer::json(400, &halted);
        }
    }
    let told = told.iter().map(|(name, answer)| {
        let body = if answer.body.is_empty() { Value::Null } else { answer.value() };
        json!({ "body": body, "httpHeaders": {}, "httpStatusCode": answer.status, "referenceId": name })
    });
    let told = told.collect::<Vec<_>>();
    Ok(Answer::json(200, &json!({ "compositeResponse": told })))
}

fn one(
    double: &Salesforce,
    org: &mut Org,
    call: &Call,
    part: &Value,
    answers: &Map<String, Value>,
) -> Result<Answer, Fault> {
    let method = member(part, "method").as_str().unwrap_or_default();
    let url = member(part, "url").as_str().unwrap_or_default();
    if !url.starts_with("/services/data/v") || url.contains(char::is_whitespace) {
        let told =
            format!("Invalid URL. The subrequest's url must be a relative, encoded one: {url}");
        return Err(Fault::new(400, "INVALID_INPUT", told));
    }
    let known = ["method", "url", "referenceId", "body", "httpHeaders"];
    let mut members = part.as_object().into_iter().flatten();
    if let Some((name, _)) = members.find(|(name, _)| !known.contains(&name.as_str())) {
        let told = format!("Unrecognized field \"{name}\"");
        return Err(Fault::new(400, "JSON_PARSER_ERROR", told));
    }
    let url = resolved(&Value::from(url), answers, true);
    let body = resolved(member(part, "body"), answers, false);
    let (url, body) = match (url, body) {
        (Ok(url), Ok(body)) => (url, body),
        (Err(fault), _) | (_, Err(fault)) => return Ok(fault.answer()),
    };
    let bytes = if body.is_null() {
        vec![]
    } else {
        body.to_string().into_bytes()
    };
    let mut inner = call.part(method, url.as_str().unwrap_or_default(), bytes);
    for (name, value) in member(part, "httpHeaders")
        .as_object()
        .into_iter()
        .flatten()
    {
        let value = value.as_str().unwrap_or_default().to_owned();
        inner.headers.push((name.to_lowercase(), value));
    }
    Ok(double.record_call(org, &inner))
}

/// Puts earlier answers in the place of `@{name.path}`.
fn resolved(value: &Value, answers: &Map<String, Value>, in_url: bool) -> Result<Value, Fault> {
    Ok(match value {
        Value::String(text) => Value::String(filled(text, answers, in_url)?),
        Value::Array(list) => {
            let list = list.iter().map(|it| resolved(it, answers, in_url));
            Value::Array(list.collect::<Result<_, _>>()?)
        }
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(name, it)| Ok((name.clone(), resolved(it, answers, in_url)?)));
            Value::Object(members.collect::<Result<_, Fault>>()?)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    })
}

fn filled(text: &str, answers: &Map<String, Value>, in_url: bool) -> Result<String, Fault> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("@{") {
        let (path, after) = after.split_once('}').unwrap_or((after, ""));
        let value = reached(path, answers).ok_or_else(|| {
            let name = path.split('.').next().unwrap_or_default();
            let told = format!("Invalid reference specified. No value for {path} found in {name}");
            Fault::new(400, "PROCESSING_HALTED", told)
        })?;
        filled.push_str(before);
        if in_url {
            filled.extend(url::form_urlencoded::byte_serialize(value.as_bytes()));
        } else {
            filled.push_str(&value);
        }
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}

/// The value behind `name.records[0].Id`.
fn reached(path: &str, answers: &Map<String, Value>) -> Option<String> {
    let mut steps = path.split(['.', '[', ']']).filter(|step| !step.is_empty());
    let mut value = answers.get(steps.next()?)?;
    for step in steps {
        value = match step.parse::<usize>() {
            Ok(at) => value.get(at)?,
            Err(_) => value.get(step)?,
        };
    }
    let text = value.as_str().map(str::to_owned);
    text.or_else(|| (value.is_number() || value.is_boolean()).then(|| value.to_string()))
}
