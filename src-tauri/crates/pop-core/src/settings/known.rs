//! Every single setting there is, with what may stand in it: made from the schema, for the templates
//! of machine policy and for reading it.
//!
//! Lists of tables and what each organisation names itself (connections, rules, …) are no single
//! settings: a policy says them as one text.

use serde_json::{Map, Value};

use crate::settings::schema;

/// A single setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its dotted name.
    pub name: String,
    /// What it means, for people.
    pub about: String,
    /// What may stand in it.
    pub kind: KnownKind,
}

/// What may stand in a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KnownKind {
    /// Yes or no.
    Switch,
    /// A whole number from the first to the second.
    Number(u32, u32),
    /// One of these words.
    Choice(Vec<String>),
    /// A text.
    Text,
    /// A list of texts.
    List,
}

/// Every single setting, in the order of the schema.
pub fn known() -> Vec<Known> {
    let schema = schema();
    let mut found = Vec::new();
    below(&schema, &schema, "", &mut found);
    found
}

fn below(root: &Value, node: &Value, name: &str, found: &mut Vec<Known>) {
    let members = node.get("properties").and_then(Value::as_object);
    for (key, member) in members.into_iter().flat_map(Map::iter) {
        let name = match name {
            "" => key.clone(),
            group => format!("{group}.{key}"),
        };
        let about = member.get("description").and_then(Value::as_str);
        let about = about.unwrap_or_default().replace('\n', " ");
        let meant = meant(root, member);
        if let Some(kind) = kind_of(root, meant) {
            found.push(Known { name, about, kind });
        } else {
            below(root, meant, &name, found);
        }
    }
}

/// What a member says itself, behind a name or beside the `null` that unsets it.
fn meant<'s>(root: &'s Value, member: &'s Value) -> &'s Value {
    let either = member.get("anyOf").and_then(Value::as_array);
    let either = either.and_then(|them| {
        let mut them = them.iter();
        them.find(|it| it.get("type").and_then(Value::as_str) != Some("null"))
    });
    let member = either.unwrap_or(member);
    let named = member.get("$ref").and_then(Value::as_str);
    let named = named.and_then(|to| root.pointer(to.trim_start_matches('#')));
    named.unwrap_or(member)
}

fn kind_of(root: &Value, meant: &Value) -> Option<KnownKind> {
    if let Some(words) = words_of(meant) {
        return Some(KnownKind::Choice(words));
    }
    let kinds = meant.get("type")?;
    let among = kinds
        .as_array()
        .map_or(std::slice::from_ref(kinds), Vec::as_slice);
    let kind = among.iter().find(|kind| *kind != "null")?;
    let number = |key: &str, usual: u32| {
        let number = meant.get(key).and_then(Value::as_u64);
        number
            .and_then(|it| u32::try_from(it).ok())
            .unwrap_or(usual)
    };
    match kind.as_str()? {
        "boolean" => Some(KnownKind::Switch),
        "integer" => Some(KnownKind::Number(
            number("minimum", 0),
            number("maximum", u32::from(u16::MAX)),
        )),
        "string" => Some(KnownKind::Text),
        "array" => {
            let item = self::meant(root, meant.get("items")?);
            let is_text = item.get("type").and_then(Value::as_str) == Some("string");
            (is_text || words_of(item).is_some()).then_some(KnownKind::List)
        }
        _ => None,
    }
}

/// The words of a closed list.
fn words_of(meant: &Value) -> Option<Vec<String>> {
    let words = match (meant.get("enum"), meant.get("oneOf")) {
        (Some(words), _) => words.as_array()?.iter().collect::<Vec<_>>(),
        (None, Some(each)) => {
            let each = each.as_array()?.iter();
            each.map(|one| one.get("const"))
                .collect::<Option<Vec<_>>>()?
        }
        (None, None) => return None,
    };
    let words = words
        .into_iter()
        .map(|word| word.as_str().map(str::to_owned));
    words.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(name: &str) -> Option<KnownKind> {
        let found = known().into_iter().find(|known| known.name == name);
        found.map(|known| known.kind)
    }

    #[test]
    fn every_kind_of_setting_is_known_by_its_name() {
        assert_eq!(kind("listener.enabled"), Some(KnownKind::Switch));
        assert_eq!(
            kind("privacy.lock_after_minutes"),
            Some(KnownKind::Number(0, 480))
        );
        let words = ["offer", "accept", "never"].map(str::to_owned).to_vec();
        assert_eq!(kind("pop.open"), Some(KnownKind::Choice(words.clone())));
        assert_eq!(
            kind("pop.outbound"),
            Some(KnownKind::Choice(words)),
            "one that can be unset"
        );
        assert_eq!(kind("agent.email"), Some(KnownKind::Text));
        assert_eq!(kind("privacy.mask"), Some(KnownKind::List));
        assert_eq!(kind("distribution.keys"), Some(KnownKind::List));
        assert_eq!(kind("wording.de.cases"), Some(KnownKind::Text));
    }

    #[test]
    fn what_is_no_single_setting_is_not() {
        for name in ["rules", "connections", "webhooks", "automatic", "pop"] {
            assert_eq!(kind(name), None, "{name}");
        }
    }

    #[test]
    fn every_one_is_a_setting_and_says_what_it_means() {
        for known in known() {
            let in_a_table = known.name.starts_with("source.gateway.");
            assert!(
                in_a_table || crate::settings::is_setting(&known.name),
                "{}",
                known.name
            );
            let speaks = known.name.starts_with("wording.");
            assert!(speaks || known.about.len() > 3 || known.name.starts_with("appearance."));
        }
    }
}
