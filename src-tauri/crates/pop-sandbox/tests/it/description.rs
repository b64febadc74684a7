//! The API description, held against what the server does.

use serde_json::{Value, json};

use crate::support::Crm;

/// One call per documented operation that succeeds.
fn calls() -> Vec<(&'static str, &'static str, &'static str, Option<Value>)> {
    let case = json!({ "customerId": "12345", "subject": "Described", "severity": 2 });
    vec![
        ("me", "GET", "/api/me", None),
        ("findCustomers", "GET", "/api/customers?q=gonzalez", None),
        ("customer", "GET", "/api/customers/40812", None),
        (
            "changeCustomer",
            "PATCH",
            "/api/customers/40812",
            Some(json!({ "status": "premium" })),
        ),
        (
            "casesOfCustomer",
            "GET",
            "/api/customers/12345/cases?status=open",
            None,
        ),
        (
            "interactionsOfCustomer",
            "GET",
            "/api/customers/12345/interactions",
            None,
        ),
        (
            "logInteraction",
            "POST",
            "/api/customers/12345/interactions",
            Some(json!({ "note": "x" })),
        ),
        ("openCase", "POST", "/api/cases", Some(case)),
        (
            "addNote",
            "POST",
            "/api/cases/20481/notes",
            Some(json!({ "text": "x" })),
        ),
        ("case", "GET", "/api/cases/20481", None),
        (
            "changeCase",
            "PATCH",
            "/api/cases/20481",
            Some(json!({ "status": "waiting" })),
        ),
        ("search", "GET", "/api/search?q=card", None),
        (
            "setFault",
            "PUT",
            "/control/fault",
            Some(json!({ "fault": { "kind": "cut" }, "path": "/x" })),
        ),
        ("clearFault", "DELETE", "/control/fault", None),
        ("description", "GET", "/openapi.json", None),
        ("customerPage", "GET", "/customers/12345", None),
        ("casePage", "GET", "/cases/20481", None),
        ("stylesheet", "GET", "/assets/record.css", None),
    ]
}

/// Every operation: its path, method and description.
fn operations(document: &Value) -> Vec<(&str, String, &Value)> {
    let paths = document["paths"].as_object().unwrap();

    paths
        .iter()
        .flat_map(|(path, methods)| {
            let methods = methods.as_object().unwrap();
            methods
                .iter()
                .map(move |(method, operation)| (path.as_str(), method.to_uppercase(), operation))
        })
        .collect()
}

#[tokio::test]
async fn the_description_names_this_server() {
    let crm = Crm::start().await;
    let answer = crm.send("GET", "/openapi.json", &[], None).await.unwrap();
    assert_eq!(answer.status, 200, "it needs no token");
    let document = answer.json();
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(
        document["servers"],
        json!([{ "url": crm.sandbox.origin() }])
    );
}

#[tokio::test]
async fn every_operation_answers_as_described() {
    let crm = Crm::start().await;
    let document = crm.get("/openapi.json").await.json();
    let operations = operations(&document);
    let calls = calls();
    assert_eq!(
        operations.len(),
        calls.len(),
        "every operation is called once"
    );
    for (id, method, path, body) in calls {
        let (_, documented, operation) = operations
            .iter()
            .find(|(_, _, operation)| operation["operationId"] == id)
            .unwrap();
        assert_eq!(documented, method);
        let answer = crm
            .call(method, path, &[], body.map(|body| body.to_string()))
            .await;
        let described = &operation["responses"][answer.status.as_str()];
        assert!(
            described.is_object() && answer.status.is_success(),
            "{id}: {}",
            answer.status
        );
        let media = answer.header("content-type").split(';').next().unwrap();
        let schema = &described["content"][media]["schema"];
        if media == "application/json" {
            conforms(&document, schema, &answer.json(), id);
        } else {
            assert_eq!(schema.is_null(), media.is_empty(), "{id} answers {media:?}");
        }
        let open = operation["security"] == json!([]);
        let bare = crm.send(method, path, &[], None).await.unwrap();
        assert_eq!(
            bare.status != 401,
            open,
            "{id} wants a token unless described otherwise"
        );
        if !open {
            conforms(
                &document,
                &json!({ "$ref": "#/components/schemas/Problem" }),
                &bare.json(),
                id,
            );
        }
    }
}

#[tokio::test]
async fn what_is_described_as_required_is_required() {
    let crm = Crm::start().await;
    let document = crm.get("/openapi.json").await.json();
    for (id, method, path, body) in calls() {
        let Some(body) = body else { continue };
        let operations = operations(&document);
        let (.., operation) = operations
            .iter()
            .find(|(.., o)| o["operationId"] == id)
            .unwrap();
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
        let schema = resolved(&document, schema);
        for member in body.as_object().unwrap().keys() {
            assert!(
                schema["properties"].get(member).is_some(),
                "{id} does not describe {member}"
            );
        }
        for required in schema["required"].as_array().into_iter().flatten() {
            let mut body = body.clone();
            body.as_object_mut()
                .unwrap()
                .remove(required.as_str().unwrap());
            let answer = crm.call(method, path, &[], Some(body.to_string())).await;
            assert!(answer.status.is_client_error(), "{id} without {required}");
            assert_eq!(&answer.json()["errors"][0]["field"], required, "{id}");
        }
    }
}

#[tokio::test]
async fn other_methods_are_refused_on_every_path() {
    let crm = Crm::start().await;
    let document = crm.get("/openapi.json").await.json();
    let operations = operations(&document);
    for (_, method, path, _) in calls() {
        let template = operations
            .iter()
            .find(|(_, m, o)| {
                *m == method
                    && calls()
                        .iter()
                        .any(|(id, m, p, _)| o["operationId"] == *id && *m == method && *p == path)
            })
            .unwrap()
            .0;
        for other in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
            if operations
                .iter()
                .any(|(p, m, _)| *p == template && m == other)
            {
                continue;
            }
            let answer = crm.call(other, path, &[], None).await;
            answer.refused(405, "method_not_allowed", None);
        }
    }
}

/// Asserts that a value has the members that its description requires, and no others than it knows.
fn conforms(document: &Value, schema: &Value, value: &Value, at: &str) {
    let schema = resolved(document, schema);
    let kinds = match schema["type"].as_array() {
        Some(kinds) => kinds.clone(),
        None => vec![schema["type"].clone()],
    };
    let kind = match value {
        Value::Null => "null",
        Value::String(_) => "string",
        Value::Number(_) => "integer",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
        Value::Bool(_) => "boolean",
    };
    assert!(
        kinds.contains(&json!(kind)),
        "{at} is {kind}, described as {kinds:?}"
    );
    if let Some(words) = schema["enum"].as_array() {
        assert!(
            words.contains(value),
            "{at} is {value}, described as {words:?}"
        );
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        conforms(document, &schema["items"], item, &format!("{at}[{index}]"));
    }
    let (Some(members), Some(properties)) = (value.as_object(), schema["properties"].as_object())
    else {
        return;
    };
    for required in schema["required"].as_array().into_iter().flatten() {
        assert!(
            members.contains_key(required.as_str().unwrap()),
            "{at} lacks {required}"
        );
    }
    for (name, member) in members {
        let described = properties.get(name);
        let described = described.unwrap_or_else(|| panic!("{at}.{name} is not described"));
        conforms(document, described, member, &format!("{at}.{name}"));
    }
}

fn resolved<'document>(document: &'document Value, schema: &'document Value) -> &'document Value {
    match schema["$ref"].as_str() {
        Some(place) => document.pointer(place.trim_start_matches('#')).unwrap(),
        None => schema,
    }
}
