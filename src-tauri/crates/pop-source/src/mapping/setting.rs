//! What an organisation may set in a mapping without touching the file.

use pop_core::file::section::Section;
use pop_core::file::tree::Data;
use serde_json::Value;

/// One setting: a switch, or a text that may be bound to a few choices.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// Its name, as expressions read it: `setting.<name>`.
    pub name: String,
    /// What it is, for people.
    pub label: String,
    /// The words that may stand here; empty when any text may.
    pub choices: Vec<String>,
    /// The value, at first the file's `default`.
    pub value: Value,
}

/// Why a setting cannot have a value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingFault {
    /// The mapping has no such setting.
    #[error("there is no setting `{0}`")]
    Unknown(String),
    /// The value is of another kind, or none of the choices.
    #[error("`{name}` is {expected}")]
    Value {
        /// The setting.
        name: String,
        /// What belongs there.
        expected: String,
    },
}

impl Setting {
    /// Sets the value.
    pub(super) fn set(&mut self, value: Value) -> Result<(), SettingFault> {
        let same_kind = matches!(
            (&self.value, &value),
            (Value::Bool(_), Value::Bool(_)) | (Value::String(_), Value::String(_))
        );
        let chosen = value.as_str().is_none_or(|text| {
            self.choices.is_empty() || self.choices.iter().any(|choice| choice == text)
        });
        if same_kind && chosen {
            self.value = value;
            return Ok(());
        }
        let expected = if self.value.is_boolean() {
            "true or false".to_owned()
        } else if self.choices.is_empty() {
            "a text".to_owned()
        } else {
            format!("one of {}", self.choices.join(", "))
        };
        Err(SettingFault::Value {
            name: self.name.clone(),
            expected,
        })
    }
}

pub(super) fn settings(root: &Section<'_>) -> Vec<Setting> {
    let Some(section) = root.section("setting") else {
        return Vec::new();
    };
    section
        .sections()
        .into_iter()
        .filter_map(|(name, section)| setting(name, section))
        .collect()
}

fn setting(name: &str, section: Section<'_>) -> Option<Setting> {
    let label = section.need_text("label").map(|spot| spot.text.to_owned());
    let choices: Vec<String> = section
        .texts("choices")
        .unwrap_or_default()
        .into_iter()
        .map(|spot| spot.text.to_owned())
        .collect();
    let expected = "true or false, or a text; one of `choices` if there are any";
    let value = match section.node("default") {
        None => {
            section.missing("default", expected);
            None
        }
        Some(node) => match &node.data {
            Data::Switch(switch) if choices.is_empty() => Some(Value::Bool(*switch)),
            Data::Text(text) if choices.is_empty() || choices.contains(text) => {
                Some(Value::String(text.clone()))
            }
            Data::Switch(_)
            | Data::Text(_)
            | Data::Table(_)
            | Data::List(_)
            | Data::Whole(_)
            | Data::Real(_) => {
                section.fault(node, "default", expected);
                None
            }
        },
    };
    section.finish();
    Some(Setting {
        name: name.to_owned(),
        label: label?,
        choices,
        value: value?,
    })
}
