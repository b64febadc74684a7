//! The JSON Schema of a bundle, for editors and for the check at load: the settings, and what only
//! a bundle has.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde_json::{Map, Value};

use crate::bundle::{Example, Manifest};
use crate::settings;

/// What differs from person to person, or only machine policy may say.
pub(super) const NOT_IN_A_BUNDLE: [(&str, &str); 3] = [
    ("agent", "nothing here: it is another one for each person"),
    (
        "distribution",
        "nothing here: a bundle does not say where it comes from",
    ),
    ("security", "nothing here: only the machine policy sets it"),
];

/// What only a bundle has.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is of use")]
struct OnlyInABundle {
    /// What the bundle says of itself.
    bundle: Manifest,
    /// CRMs that do not come with the program: by id, each a definition file as a text.
    definitions: BTreeMap<String, String>,
    /// What must come out of what; a bundle with one that comes out otherwise is refused.
    #[schemars(length(max = 200))]
    example: Vec<Example>,
}

/// The JSON Schema of a bundle.
pub fn schema() -> Value {
    let mut schema = settings::schema();
    let own = schemars::generate::SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<OnlyInABundle>();
    let own = Value::from(own);
    for part in ["properties", "$defs"] {
        let added = own.get(part).and_then(Value::as_object).cloned();
        if let Some(members) = schema.get_mut(part).and_then(Value::as_object_mut) {
            members.extend(added.unwrap_or_default());
        }
    }
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        for (name, _) in NOT_IN_A_BUNDLE {
            properties.remove(name);
        }
    }
    if let Some(root) = schema.as_object_mut() {
        root.insert("title".to_owned(), "Screenpop bundle".into());
        root.insert("required".to_owned(), vec!["bundle"].into());
        root.insert(
            "description".to_owned(),
            "One file for a whole organisation.".into(),
        );
    }
    schema
}

/// The keys that may stand where an unknown one does: `keyword` is the place of the schema's
/// refusal, such as `/properties/pop/$ref/additionalProperties`.
pub(super) fn known_keys(schema: &Value, keyword: &str) -> Vec<String> {
    let mut node = schema;
    let steps: Vec<&str> = keyword.split('/').skip(1).collect();
    let steps = steps.split_last().map_or(&[][..], |(_, steps)| steps);
    for step in steps {
        let next = match (*step, node.get("$ref").and_then(Value::as_str)) {
            ("$ref", Some(to)) => schema.pointer(to.trim_start_matches('#')),
            (step, _) if step.parse::<usize>().is_ok() && node.is_array() => {
                node.get(step.parse::<usize>().unwrap_or_default())
            }
            (step, _) => node.get(step.replace("~1", "/").replace("~0", "~")),
        };
        let Some(next) = next else { return Vec::new() };
        node = next;
    }
    let properties = node.get("properties").and_then(Value::as_object);
    properties
        .map(Map::keys)
        .into_iter()
        .flatten()
        .cloned()
        .collect()
}
