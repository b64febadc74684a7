//! Finds what looks like a secret (rule C11): a bundle is read by everybody who can fetch it.
//!
//! Names and shapes that are known, not guesses by randomness: a false alarm would teach people to
//! look for a way around it.

use serde_json::Value;

/// Names whose value is a secret when it is a text.
const NAMES: [&str; 8] = [
    "password",
    "passwd",
    "secret",
    "client_secret",
    "api_key",
    "apikey",
    "access_token",
    "refresh_token",
];

/// How known secrets begin.
const BEGINNINGS: [&str; 14] = [
    "whsec_",
    "whsk_",
    "sk_live_",
    "rk_live_",
    "xoxb-",
    "xoxp-",
    "ghp_",
    "github_pat_",
    "glpat-",
    "AKIA",
    "pat-na1-",
    "pat-eu1-",
    "ed25519-secret:",
    "-----BEGIN",
];

/// The first text of a value that looks like a secret, and the path to it; never the text itself.
pub(super) fn found(value: &Value) -> Vec<(Vec<String>, &'static str)> {
    let mut all = Vec::new();
    look(value, &mut Vec::new(), &mut all);
    all
}

fn look(value: &Value, path: &mut Vec<String>, all: &mut Vec<(Vec<String>, &'static str)>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                path.push(name.clone());
                look(member, path, all);
                path.pop();
            }
        }
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                path.push(number.to_string());
                look(item, path, all);
                path.pop();
            }
        }
        Value::String(text) => {
            let named = path
                .last()
                .is_some_and(|name| NAMES.contains(&&*name.to_lowercase()));
            if named && !text.is_empty() && !text.contains(['{', '/']) {
                all.push((path.clone(), "a value under the name of a secret"));
            } else if let Some(what) = shape(text) {
                all.push((path.clone(), what));
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// What a text looks like, wherever in it.
fn shape(text: &str) -> Option<&'static str> {
    let mut words = text.split(|sign: char| sign.is_whitespace() || "\"'=,<>".contains(sign));
    words.find_map(|word| {
        let long = word.len() >= 20;
        if BEGINNINGS.iter().any(|start| word.starts_with(start)) && (long || word.starts_with('-'))
        {
            return Some("something that begins as secrets do");
        }
        let parts: Vec<&str> = word.split('.').collect();
        let is_token = matches!(&*parts, [head, body, rest] if head.starts_with("eyJ")
            && body.starts_with("eyJ") && rest.len() >= 16);
        is_token.then_some("a signed token")
    })
}
