//! The built-in definitions as they run for somebody who filled everything in.

use pop_crm::{Definition, Overlay, SettingKind};

use crate::support::{Desk, Given, Reply, Seen, lines, open};

/// Signs in by a header, goes to a fixed address, and sends each request by itself.
const OVERLAY: &str =
    "[auth.test]\nkind = \"secret\"\nheader = { Authorization = \"Bearer {secret}\" }\n";
const FIXED_BASE: &str = "[http]\nbase = \"https://acme.my.salesforce.com/services/data/v62.0\"\n";
const ALONE: &str = "remove = [\"batch\"]\n";

/// A definition as it runs for somebody who filled everything in.
pub(crate) fn filled_in(
    id: &str,
    text: &str,
    handler: impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static,
) -> Desk {
    let mut overlay = OVERLAY.to_owned();
    if text.contains("{token.instance_url}/services/data") {
        overlay.push_str(FIXED_BASE);
    }
    if text.contains("\n[batch]") {
        overlay.insert_str(0, ALONE);
    }
    let overlay = Overlay {
        file: "overlay.toml".into(),
        text: overlay,
    };
    let definition = Definition::load(&format!("{id}.toml"), text, &[overlay]);
    let definition = definition.unwrap_or_else(|faults| panic!("{}", lines(&faults)));
    let mut settings = serde_json::Map::new();
    for setting in definition.settings() {
        let value = match setting.kind {
            SettingKind::Secret => continue,
            SettingKind::Switch => Some(serde_json::Value::Bool(true)),
            SettingKind::Host
            | SettingKind::Origin
            | SettingKind::Text
            | SettingKind::Name
            | SettingKind::Choice => setting.example.clone().map(serde_json::Value::String),
        };
        settings.extend(value.map(|value| (setting.name.clone(), value)));
    }
    let given = Given {
        settings: serde_json::Value::Object(settings),
        method: "test",
        ..Given::default()
    };
    let desk = open(&definition.into(), given, handler);
    desk.unwrap_or_else(|faults| panic!("{id}: {faults:?}"))
}
