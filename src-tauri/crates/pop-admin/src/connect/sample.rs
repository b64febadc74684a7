//! Finds in one sample of JSON what a definition or a mapping needs to know: by the names that such
//! things usually have, and by what they look like.
//!
//! It proposes, a person reviews: what is not found is left out and said, and what is ambiguous is
//! the first that stands there.

use serde_json::Value;

/// One value somewhere in a sample.
#[derive(Clone, Debug)]
pub(crate) struct Leaf<'v> {
    /// The members that lead to it.
    pub(crate) path: Vec<String>,
    pub(crate) value: &'v Value,
}

impl Leaf<'_> {
    /// How CEL reads it, from this root.
    pub(crate) fn read(&self, root: &str) -> String {
        let mut text = root.to_owned();
        for name in &self.path {
            let is_plain = name.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_')
                && name
                    .chars()
                    .all(|it| it.is_ascii_alphanumeric() || it == '_');
            if is_plain {
                text.push('.');
                text.push_str(name);
            } else {
                let name = name.replace('\\', "\\\\").replace('\'', "\\'");
                text.extend(["['", &*name, "']"]);
            }
        }
        text
    }

    /// Its text, as a reader of it would see it.
    pub(crate) fn text(&self) -> String {
        let text = self.value.as_str().map(str::to_owned);
        text.unwrap_or_else(|| self.value.to_string())
    }

    /// Its name in small letters, without signs between words, and with that of what it stands in.
    fn names(&self) -> (String, String) {
        let plain = |name: &String| {
            let signs = name.chars().filter(char::is_ascii_alphanumeric);
            signs.collect::<String>().to_ascii_lowercase()
        };
        let last = self.path.last().map(plain).unwrap_or_default();
        let parents = self.path.iter().rev().nth(1);
        let whole = format!("{}{last}", parents.map(plain).unwrap_or_default());
        (last, whole)
    }
}

/// Every plain value of a sample, the shallow ones first.
pub(crate) fn leaves(value: &Value) -> Vec<Leaf<'_>> {
    let mut all = Vec::new();
    collect(value, &mut Vec::new(), &mut all);
    all.sort_by_key(|leaf| leaf.path.len());
    all
}

fn collect<'v>(value: &'v Value, path: &mut Vec<String>, all: &mut Vec<Leaf<'v>>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                path.push(name.clone());
                collect(member, path, all);
                path.pop();
            }
        }
        Value::String(_) | Value::Number(_) | Value::Bool(_) => {
            let path = path.clone();
            all.push(Leaf { path, value });
        }
        Value::Array(_) | Value::Null => {}
    }
}

/// The first value whose name is one of these, in their order; a name may be that of the value alone
/// or together with what it stands in, such as `callid` for `call.id`.
pub(crate) fn named<'a, 'v>(leaves: &'a [Leaf<'v>], names: &[&str]) -> Option<&'a Leaf<'v>> {
    names.iter().find_map(|wanted| {
        let whole = leaves.iter().find(|leaf| leaf.names().1 == *wanted);
        whole.or_else(|| leaves.iter().find(|leaf| leaf.names().0 == *wanted))
    })
}

/// Every value whose name has one of these in it and that looks right.
pub(crate) fn alike<'a, 'v>(
    leaves: &'a [Leaf<'v>],
    parts: &[&str],
    looks: fn(&str) -> bool,
) -> Vec<&'a Leaf<'v>> {
    let fits = |leaf: &&Leaf<'_>| {
        let (name, _) = leaf.names();
        parts.iter().any(|part| name.contains(part)) && looks(&leaf.text())
    };
    leaves.iter().filter(fits).collect()
}

pub(crate) fn is_email(text: &str) -> bool {
    text.split_once('@')
        .is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'))
}

pub(crate) fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let plain = |sign: char| sign.is_ascii_digit() || "+-() ./".contains(sign);
    (6..=20).contains(&digits) && text.chars().all(plain)
}

/// A text as TOML writes it.
pub(crate) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
