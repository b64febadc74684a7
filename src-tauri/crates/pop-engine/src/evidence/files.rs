//! The files of the evidence: each says one thing, in English, so that support reads the same
//! everywhere; times are UTC.

use std::fmt::Write as _;

use pop_core::doctor::Report;
use pop_core::evidence::File;
use pop_core::explain::Held;
use pop_core::fault::Fault;
use pop_core::flight::{Flight, RequestId, request_json};
use pop_core::language::Language;
use pop_core::moment::Moment;
use pop_core::status::{ConnectionStatus, GatewayStatus, ListenerStatus, Status};
use pop_crm::Logged;
use serde_json::{Map, Value, json};

use crate::evidence::utc;

/// How many requests are told.
const REQUESTS: usize = 50;

/// The longest code of a vendor that is told.
const LONGEST_CODE: usize = 64;

/// What is left out of the settings: whoever sits here and how they sign in.
const PERSONAL: [&str; 5] = ["id", "email", "user", "own_numbers", "name"];

pub(super) fn file(name: &str, value: &Value) -> File {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    File {
        name: name.to_owned(),
        text,
    }
}

pub(super) fn readme(remark: &str, files: &[File], now: Moment) -> File {
    let mut text = format!(
        "Screenpop {}, evidence of {}\n\n",
        env!("CARGO_PKG_VERSION"),
        utc(now)
    );
    let remark = remark.trim();
    if !remark.is_empty() {
        // Writing to a text cannot fail.
        let _ = write!(text, "Remark: {remark}\n\n");
    }
    text.push_str(
        "Names, numbers, notes, addresses of records, tokens and passwords are not in here: they\n\
         are never recorded, and every file was searched for those that this computer knows\n\
         (scan.json). Requests and answers are told as shapes: keys and types, no values.\n\n",
    );
    for file in files {
        let what = match file.name.as_str() {
            "timeline.txt" => "each interaction step by step, for people",
            "timeline.json" => "the same for programs",
            "requests.json" => "the latest requests: call, path, status, ids, durations, shapes",
            "settings.json" => {
                "versions, the settings in force, and which the organisation has set"
            }
            "diagnosis.json" => "what the diagnosis found last: tried, expected, came, cause, fix",
            _ => "how connections, sources, keychain, bundle, broker and queue are doing",
        };
        let _ = writeln!(text, "{:<15} {what}", file.name);
    }
    text.push_str("scan.json       what was searched for and found\n");
    File {
        name: "README.txt".to_owned(),
        text,
    }
}

pub(super) fn timelines(flights: &[Flight]) -> [File; 2] {
    let texts = flights.iter().map(|flight| flight.text(Language::En));
    let all: Vec<Value> = flights.iter().map(Flight::json).collect();
    [
        File {
            name: "timeline.txt".to_owned(),
            text: texts.collect::<Vec<_>>().join("\n"),
        },
        file("timeline.json", &all.into()),
    ]
}

pub(super) fn requests(log: &[Logged]) -> File {
    let latest = log.iter().rev().take(REQUESTS).rev();
    let told: Vec<Value> = latest
        .map(|logged| {
            let mut told = request_json(&logged.exchange);
            if let Some(members) = told.as_object_mut() {
                members.insert("at".to_owned(), json!(logged.at.rfc3339_exact()));
                members.insert("connection".to_owned(), json!(logged.connection.0));
                members.insert("outcome".to_owned(), json!(logged.outcome));
                members.insert("asked".to_owned(), logged.asked.clone());
                members.insert(
                    "answered".to_owned(),
                    logged.answered.clone().unwrap_or_default(),
                );
            }
            told
        })
        .collect();
    file("requests.json", &told.into())
}

pub(super) fn settings(status: &Status) -> File {
    let mut settings = serde_json::to_value(&status.settings).unwrap_or_default();
    mask(&mut settings);
    let bundle = status.bundle.as_ref().map(|bundle| {
        let active = bundle.active.as_ref();
        json!({
            "version": active.map(|active| active.version),
            "since": active.map(|active| active.since.rfc3339()),
            "ends": active.map(|active| active.ends.rfc3339()),
            "checked": bundle.checked.map(Moment::rfc3339),
            "trouble": bundle.trouble.as_ref().map(|trouble| trouble.code),
        })
    });
    let managed = status.locked.iter();
    let managed: Map<String, Value> = managed
        .map(|name| {
            let by = if status.by_bundle.contains(name) {
                "bundle"
            } else {
                "policy"
            };
            (name.clone(), by.into())
        })
        .collect();
    file(
        "settings.json",
        &json!({
            "version": env!("CARGO_PKG_VERSION"),
            "system": std::env::consts::OS,
            "machine": std::env::consts::ARCH,
            "language": status.language().tag(),
            "bundle": bundle,
            "managed": managed,
            "settings": settings,
        }),
    )
}

/// Takes out who sits here, wherever it stands.
fn mask(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                if PERSONAL.contains(&name.as_str()) && !value.is_null() {
                    *value = "‹left out›".into();
                } else {
                    mask(value);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(mask),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

pub(super) fn health(status: &Status, held: Option<Held>) -> File {
    let connections: Vec<Value> = status.connections.iter().map(connection).collect();
    let waiting = status.queue.iter().filter(|item| !item.is_over()).count();
    let files: Vec<Value> = status
        .file_faults
        .iter()
        .map(|fault| {
            json!({
                "file": fault.file,
                "line": fault.line,
                "key": fault.key,
                "expected": fault.expected,
            })
        })
        .collect();
    file(
        "health.json",
        &json!({
            "connections": connections,
            "listener": listener(&status.listener),
            "broker": gateway(&status.gateway),
            "notices": status.banners.len(),
            "files_with_mistakes": files,
            "waiting_to_be_sent": waiting,
            "paused_until": status.paused.map(Moment::rfc3339),
            "nothing_opens_because": held.map(|held| match held {
                Held::Paused => "paused",
                Held::Follower => "another device leads",
                Held::BundleOver => "the bundle has expired",
            }),
            "refused_or_dropped": status.refusals,
            "usual_pop_ms": status.typical_pop.map(|usual| usual.as_secs_f64() * 1_000.0),
        }),
    )
}

/// What the doctor found last, of each connection it looked at.
pub(super) fn diagnoses(reports: &[&Report]) -> Option<File> {
    let told = reports.iter().map(|report| report.json(Language::En));
    let told: Vec<Value> = told.collect();
    (!told.is_empty()).then(|| file("diagnosis.json", &told.into()))
}

fn connection(status: &ConnectionStatus) -> Value {
    let allowances: Vec<Value> = status
        .allowances
        .iter()
        .map(|it| json!({ "left": it.left, "limit": it.limit, "at": it.at.rfc3339() }))
        .collect();
    json!({
        "id": status.id.0,
        "definition": status.crm,
        "managed": status.managed,
        "sandbox": status.sandbox,
        "last_answer_ms": status.latency.map(|took| took.as_secs_f64() * 1_000.0),
        "slow": status.slow,
        "waits_until": status.waits_until.map(Moment::rfc3339),
        "quotas": allowances,
        "fault": status.fault.as_ref().map(fault),
    })
}

/// A fault without the vendor's own words, which may tell of somebody.
fn fault(fault: &Fault) -> Value {
    let is_code = |code: &&String| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
        code.len() <= LONGEST_CODE && code.bytes().all(plain)
    };
    let request = fault.request_id.as_deref().and_then(RequestId::parse);
    json!({
        "kind": fault.slug(),
        "status": fault.status,
        "code": fault.code.as_ref().filter(is_code),
        "request": request.as_ref().map(RequestId::as_str),
        "at": fault.at.rfc3339(),
    })
}

fn listener(listener: &ListenerStatus) -> Value {
    match listener {
        ListenerStatus::Off => json!({ "state": "off" }),
        ListenerStatus::On { accepted, last, .. } => json!({
            "state": "on", "accepted": accepted, "last": last.map(Moment::rfc3339),
        }),
        ListenerStatus::Failed(_) => json!({ "state": "failed" }),
    }
}

fn gateway(gateway: &GatewayStatus) -> Value {
    match gateway {
        GatewayStatus::Off => json!({ "state": "off" }),
        GatewayStatus::SigningIn { .. } => json!({ "state": "signing_in" }),
        GatewayStatus::Connecting { .. } => json!({ "state": "connecting" }),
        GatewayStatus::Connected {
            since,
            accepted,
            last,
            ..
        } => json!({
            "state": "connected",
            "since": since.rfc3339(),
            "accepted": accepted,
            "last": last.map(Moment::rfc3339),
        }),
        GatewayStatus::Broken { since, .. } => {
            json!({ "state": "broken", "since": since.rfc3339() })
        }
    }
}
