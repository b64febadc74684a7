//! The files on the computer of a shift.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::admin::{self, Admin};
use crate::shift::{Broken, Shift};

impl Shift {
    /// The user's settings, as an admin may give them out; what was connected stays.
    pub(crate) fn write_settings(&mut self, settings: &Value) {
        let path = self.settings();
        let old = fs::read_to_string(&path).ok();
        let old: Option<Value> = old.and_then(|text| serde_json::from_str(&text).ok());
        let mut all = old.unwrap_or_else(|| json!({}));
        all["listener"] = json!({ "enabled": true, "port": 0 });
        all["phone"] = json!({ "default_region": "US" });
        all["agent"] = json!({ "id": "agent01" });
        for (name, value) in settings.as_object().unwrap() {
            all[name] = value.clone();
        }
        fs::write(path, all.to_string()).unwrap();
    }

    /// What the organisation has set for this computer: a broker on it may be without TLS, and where
    /// the bundles come from.
    pub(crate) fn write_policy(&self) {
        let keys = Admin::trusted(self.broken == Some(Broken::Careless));
        let from = format!("https://{}/desk.bundle", admin::HOST);
        let text = json!({
            "security": { "allow_loopback_http": true },
            "distribution": { "from": from, "keys": keys, "every_minutes": 1 },
        });
        let policy = self.policy();
        fs::create_dir(policy.parent().unwrap()).unwrap();
        fs::write(policy, text.to_string()).unwrap();
    }

    pub(crate) fn policy(&self) -> PathBuf {
        self.folder.path().join("machine").join("policy.jsonc")
    }

    pub(crate) fn settings(&self) -> PathBuf {
        self.folder.path().join("settings.jsonc")
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) fn runtime_file(&self) -> PathBuf {
        self.folder.path().join("run").join("listener.json")
    }
}
