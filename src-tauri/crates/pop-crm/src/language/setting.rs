//! What the person connecting fills in, and which values are accepted.

use std::collections::BTreeMap;

use pop_core::link::{HostPattern, LoopbackOrigin};
use pop_core::text;
use regex::Regex;
use serde_json::{Map, Value};
use url::Url;

use crate::file::section::Section;
use crate::file::tree::Data;
use crate::net::origin::{Origin, is_host};

/// One field of the connect form.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Its name in the definition.
    pub name: String,
    /// What kind of value it takes.
    pub kind: SettingKind,
    /// The label for people.
    pub label: String,
    /// The value it has when nothing is filled in.
    pub default: Option<Value>,
    /// Whether it may stay empty.
    pub optional: bool,
    /// What a value looks like.
    pub example: Option<String>,
    /// The values of a choice.
    pub choices: Vec<String>,
    pattern: Option<Regex>,
    within: Vec<HostPattern>,
}

/// The kinds of settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingKind {
    /// A host name.
    Host,
    /// Scheme, host and port.
    Origin,
    /// Any text.
    Text,
    /// The name of a field or table, which goes into queries as it is.
    Name,
    /// One of several values.
    Choice,
    /// Yes or no.
    Switch,
    /// A secret, kept in the vault.
    Secret,
}

impl SettingKind {
    const ALL: [(Self, &'static str); 7] = [
        (Self::Host, "host"),
        (Self::Origin, "origin"),
        (Self::Text, "text"),
        (Self::Name, "name"),
        (Self::Choice, "choice"),
        (Self::Switch, "switch"),
        (Self::Secret, "secret"),
    ];

    /// The word of this kind in definitions.
    pub fn word(self) -> &'static str {
        Self::ALL
            .into_iter()
            .find(|(kind, _)| *kind == self)
            .map_or("text", |(_, word)| word)
    }
}

/// Longer than any host, key or field name, and short enough for a header.
const LONGEST: usize = 2_000;

impl Setting {
    /// Reads `[setting]`.
    pub(crate) fn read_all(section: Option<Section<'_>>) -> Vec<Self> {
        let Some(section) = section else {
            return Vec::new();
        };
        section
            .sections()
            .into_iter()
            .filter_map(|(name, section)| Self::read(name, section))
            .collect()
    }

    fn read(name: &str, section: Section<'_>) -> Option<Self> {
        let kind = section.need_text("kind").and_then(|spot| {
            let kind = SettingKind::ALL
                .into_iter()
                .find(|(_, word)| *word == spot.text);
            if kind.is_none() {
                let words = SettingKind::ALL.map(|(_, word)| word).join(", ");
                section.refuse(spot, "kind", &words);
            }
            kind.map(|(kind, _)| kind)
        });
        let label = section
            .text("label")
            .map_or_else(|| words(name), |spot| spot.text.to_owned());
        let optional = section.switch("optional").unwrap_or(false);
        let example = section.text("example").map(|spot| spot.text.to_owned());
        let choices = section.texts("choices").unwrap_or_default();
        let choices = choices
            .iter()
            .map(|spot| spot.text.to_owned())
            .collect::<Vec<_>>();
        let pattern = section.text("pattern").and_then(|spot| {
            let pattern = Regex::new(spot.text).ok();
            if pattern.is_none() {
                section.refuse(spot, "pattern", "a regular expression");
            }
            pattern
        });
        let mut within = Vec::new();
        for spot in section.texts("within").unwrap_or_default() {
            match HostPattern::parse(spot.text) {
                Some(entry) => within.push(entry),
                None => section.refuse(spot, "within", "a host, or *. and at least two labels"),
            }
        }
        let default = section.node("default");
        if kind == Some(SettingKind::Choice) && choices.is_empty() {
            section.missing("choices", "the values of the choice");
        }
        let setting = Self {
            name: name.to_owned(),
            kind: kind?,
            label,
            default: default.map(crate::file::tree::Node::json),
            optional,
            example,
            choices,
            pattern,
            within,
        };
        if let (Some(node), Some(value)) = (default, &setting.default) {
            let is_scalar = !matches!(node.data, Data::Table(_) | Data::List(_));
            if setting.kind == SettingKind::Secret {
                section.fault(node, "default", "nothing: a secret has no default");
            } else if !is_scalar || setting.accept(value, &[]).is_err() {
                section.fault(node, "default", "a value that this setting accepts");
            }
        }
        section.finish();
        Some(setting)
    }

    /// Whether the definition says which hosts are accepted.
    pub(crate) fn is_bounded(&self) -> bool {
        !self.within.is_empty()
    }

    /// The value as it is used, or what was expected instead.
    pub(crate) fn accept(
        &self,
        value: &Value,
        loopback: &[LoopbackOrigin],
    ) -> Result<Value, String> {
        if self.kind == SettingKind::Switch {
            return value
                .as_bool()
                .map(Value::Bool)
                .ok_or_else(|| "yes or no".to_owned());
        }
        let text = value.as_str().ok_or("text")?;
        if text.len() > LONGEST || text::check_value(text).is_err() {
            return Err("text without control or invisible characters".into());
        }
        let accepted = match self.kind {
            SettingKind::Host => self.accept_host(text)?,
            SettingKind::Origin => accept_origin(text, loopback)?,
            SettingKind::Name if !is_name(text) => {
                return Err("a field's name: letters, digits, _ and . alone".into());
            }
            SettingKind::Choice if !self.choices.iter().any(|choice| choice == text) => {
                return Err(format!("one of {}", self.choices.join(", ")));
            }
            SettingKind::Text
            | SettingKind::Name
            | SettingKind::Choice
            | SettingKind::Switch
            | SettingKind::Secret => text.to_owned(),
        };
        if self
            .pattern
            .as_ref()
            .is_some_and(|pattern| !pattern.is_match(&accepted))
        {
            let example = self.example.as_deref().unwrap_or("the vendor's form");
            return Err(format!("a value such as {example}"));
        }
        Ok(Value::String(accepted))
    }

    fn accept_host(&self, text: &str) -> Result<String, String> {
        let host = text.to_ascii_lowercase();
        let url = Url::parse(&format!("https://{host}/"))
            .ok()
            .filter(|_| is_host(&host))
            .ok_or("a host name such as crm.example.com, without https:// and without a path")?;
        if !self.within.is_empty() && !self.within.iter().any(|entry| entry.allows(&url)) {
            return Err("a host of this vendor".into());
        }
        Ok(host)
    }
}

/// The values that settings have; what is wrong is told by the name of its setting, never with
/// the value.
pub(crate) fn accepted(
    settings: &[Setting],
    given: &BTreeMap<String, Value>,
    loopback: &[LoopbackOrigin],
    faults: &mut Vec<(String, String)>,
) -> Map<String, Value> {
    let mut accepted = Map::new();
    for setting in settings
        .iter()
        .filter(|setting| setting.kind != SettingKind::Secret)
    {
        let filled = given
            .get(&setting.name)
            .filter(|value| !value.is_null() && value.as_str() != Some(""));
        let value = match filled.or(setting.default.as_ref()) {
            Some(value) => setting.accept(value, loopback),
            None if setting.optional => continue,
            None if setting.kind == SettingKind::Switch => Ok(Value::Bool(false)),
            None => Err("a value".to_owned()),
        };
        match value {
            Ok(value) => {
                accepted.insert(setting.name.clone(), value);
            }
            Err(expected) => {
                faults.push((setting.name.clone(), expected));
            }
        }
    }
    let is_open = |name: &str| {
        settings
            .iter()
            .any(|known| known.name == name && known.kind != SettingKind::Secret)
    };
    for name in given.keys().filter(|name| !is_open(name)) {
        let known = settings
            .iter()
            .map(|setting| setting.name.as_str())
            .filter(|name| is_open(name))
            .collect::<Vec<_>>();
        let expected = format!("one of the settings {}", known.join(", "));
        faults.push((name.clone(), expected));
    }
    accepted
}

fn accept_origin(text: &str, loopback: &[LoopbackOrigin]) -> Result<String, String> {
    let url = Url::parse(text).map_err(|_| "an address such as https://crm.example.com")?;
    let origin = Origin::of(&url, loopback);
    let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    let spelt = text.strip_suffix('/').unwrap_or(text).to_ascii_lowercase();
    origin
        .filter(|origin| is_bare && origin.as_str() == spelt)
        .map(|origin| origin.as_str().to_owned())
        .ok_or_else(|| {
            "an https address without a path, such as https://crm.example.com".to_owned()
        })
}

/// Whether a text is a field's name, which is written into queries as it is.
pub(crate) fn is_name(text: &str) -> bool {
    let mut signs = text.chars();
    signs
        .next()
        .is_some_and(|sign| sign.is_ascii_alphabetic() || sign == '_')
        && signs.all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '.'))
}

/// A name as a label: `api_version` as `Api version`.
fn words(name: &str) -> String {
    let spaced = name.replace('_', " ");
    let mut signs = spaced.chars();
    signs.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(signs).collect()
    })
}
