//! Where the organisation's bundle comes from, and by whose key it is known.
//!
//! Machine policy says it; where there is none, a user may, by the fingerprint of the key. Nobody
//! may mix the two: a user's key never counts beside a policy's address (rule C1).

use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::bundle::Trusted;
use crate::settings::rules::{Mistake, is_address};

/// Where the organisation's bundle comes from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Distribution {
    /// An https address, or the whole path of a file on this computer or on a share.
    #[schemars(length(min = 2, max = 2000))]
    pub from: Option<String>,
    /// The keys that are trusted: `ed25519:…`, or their fingerprints of 32 hexadecimal digits.
    #[schemars(length(max = 4))]
    pub keys: Vec<String>,
    /// How often it is looked for, in minutes.
    #[schemars(range(min = 1, max = 1440))]
    pub every_minutes: u32,
}

impl Distribution {
    /// The keys; they were checked when the file was read.
    pub fn trusted(&self) -> Vec<Trusted> {
        self.keys
            .iter()
            .filter_map(|key| Trusted::parse(key).ok())
            .collect()
    }

    /// Whether `from` is an address, and not the path of a file.
    pub fn is_address(&self) -> bool {
        self.from.as_deref().is_some_and(is_address)
    }
}

/// What is wrong with where desktops report to.
pub(super) fn fleet_mistakes(file: &Value) -> Option<Mistake> {
    let to = file.pointer("/fleet/report_to")?.as_str()?;
    let path = vec!["fleet".to_owned(), "report_to".to_owned()];
    let expected = "an https address, or the whole path of a folder".to_owned();
    (!is_place(to)).then(|| (path, to.to_owned(), expected))
}

/// Whether a text is an address, or a whole path on this computer or a share.
fn is_place(text: &str) -> bool {
    let is_path = Path::new(text).is_absolute() || text.starts_with(r"\\");
    is_address(text) || (is_path && !text.contains("://"))
}

pub(super) fn mistakes(file: &Value) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let Some(distribution) = file.get("distribution") else {
        return mistakes;
    };
    let path = |rest: &[&str]| -> Vec<String> {
        ["distribution"]
            .iter()
            .chain(rest)
            .map(|part| (*part).to_owned())
            .collect()
    };
    if let Some(from) = distribution.get("from").and_then(Value::as_str)
        && !is_place(from)
    {
        let expected = "an https address, or the whole path of a file".to_owned();
        mistakes.push((path(&["from"]), from.to_owned(), expected));
    }
    let keys = distribution.get("keys").and_then(Value::as_array);
    for (number, key) in keys.into_iter().flatten().enumerate() {
        if let Some(Err(fault)) = key.as_str().map(Trusted::parse) {
            let path = path(&["keys", &number.to_string()]);
            mistakes.push((path, key.to_string(), fault.to_string()));
        }
    }
    mistakes
}
