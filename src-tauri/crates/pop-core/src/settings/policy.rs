//! Machine policy as the systems keep it, as a settings file: values of the registry of Windows, and
//! managed preferences of macOS.
//!
//! Where they lie and how they are read is the engine's; here they become one text that is checked
//! like every other layer.

use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde_json::{Map, Value};

use crate::settings::FileFault;
use crate::settings::known::{KnownKind, known};
use crate::settings::scope;

/// The name of the value that holds a whole settings file, for what is no single setting.
pub const WHOLE: &str = "settings";

/// A value as the registry keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// A text.
    Text(String),
    /// A number; 1 and 0 for yes and no.
    Number(u32),
    /// Several texts.
    List(Vec<String>),
    /// Anything else; its kind, for people.
    Other(&'static str),
}

/// The settings file that these values are, each named as the setting is; `place` is where they lie,
/// for messages.
///
/// # Errors
/// Every value that is no setting or of another kind.
pub fn of_values(place: &str, values: &[(String, Kept)]) -> Result<String, Vec<FileFault>> {
    let known = known();
    let mut faults = Vec::new();
    let mut fault = |key: &str, found: String, expected: String| {
        faults.push(FileFault {
            file: place.to_owned(),
            line: 0,
            key: key.to_owned(),
            found,
            expected,
        });
    };
    let mut settings = Value::Object(Map::new());
    for (_, kept) in values.iter().filter(|(name, _)| name == WHOLE) {
        match whole(kept) {
            Ok(read) => settings = read,
            Err((found, expected)) => fault(WHOLE, found, expected.to_owned()),
        }
    }
    for (name, kept) in values.iter().filter(|(name, _)| name != WHOLE) {
        let Some(setting) = known.iter().find(|known| known.name == *name) else {
            let expected = format!("the name of a setting, or `{WHOLE}`");
            fault(name, "an unknown value".to_owned(), expected);
            continue;
        };
        match value_of(&setting.kind, kept) {
            Ok(value) => scope::set(&mut settings, name, value),
            Err((found, expected)) => fault(name, found, expected.to_owned()),
        }
    }
    if faults.is_empty() {
        Ok(settings.to_string())
    } else {
        Err(faults)
    }
}

fn whole(kept: &Kept) -> Result<Value, (String, &'static str)> {
    let expected = "a settings file: JSON with comments";
    let text = match kept {
        Kept::Text(text) => text.clone(),
        Kept::List(lines) => lines.join("\n"),
        Kept::Number(_) | Kept::Other(_) => return Err((said(kept), expected)),
    };
    let parsed = parse_to_ast(&text, &CollectOptions::default(), &ParseOptions::default());
    match parsed.map(|parsed| parsed.value.map(Value::from)) {
        Ok(Some(value @ Value::Object(_))) => Ok(value),
        Ok(_) => Err(("something else".to_owned(), expected)),
        Err(error) => Err((error.to_string(), expected)),
    }
}

fn value_of(kind: &KnownKind, kept: &Kept) -> Result<Value, (String, &'static str)> {
    match (kind, kept) {
        (KnownKind::Switch, Kept::Number(number @ (0 | 1))) => Ok((*number == 1).into()),
        (KnownKind::Switch, _) => Err((said(kept), "a number: 1 for yes, 0 for no")),
        (KnownKind::Number(..), Kept::Number(number)) => Ok((*number).into()),
        (KnownKind::Number(..), _) => Err((said(kept), "a number")),
        (KnownKind::Text | KnownKind::Choice(_), Kept::Text(text)) => Ok(text.clone().into()),
        (KnownKind::Text | KnownKind::Choice(_), _) => Err((said(kept), "a text")),
        (KnownKind::List, Kept::List(list)) => {
            let list = list.iter().filter(|text| !text.is_empty());
            Ok(list.cloned().collect::<Vec<_>>().into())
        }
        (KnownKind::List, _) => Err((said(kept), "several texts")),
    }
}

fn said(kept: &Kept) -> String {
    match kept {
        Kept::Text(_) => "a text".to_owned(),
        Kept::Number(number) => number.to_string(),
        Kept::List(_) => "several texts".to_owned(),
        Kept::Other(kind) => (*kind).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Layer, Open, load};

    fn text(text: &str) -> Kept {
        Kept::Text(text.to_owned())
    }

    fn values(given: &[(&str, Kept)]) -> Result<String, Vec<(String, String)>> {
        let given = given.iter().cloned();
        let given: Vec<_> = given.map(|(name, kept)| (name.to_owned(), kept)).collect();
        let settings = of_values("HKLM", &given);
        settings.map_err(|faults| faults.into_iter().map(|it| (it.key, it.expected)).collect())
    }

    #[test]
    fn single_values_stand_above_the_whole_text_and_all_of_it_is_one_policy() {
        let policy = values(&[
            ("pop.open", text("never")),
            ("listener.enabled", Kept::Number(1)),
            ("history.keep_days", Kept::Number(7)),
            (
                "privacy.mask",
                Kept::List(vec!["phone".into(), String::new()]),
            ),
            (
                WHOLE,
                Kept::List(vec![
                    "{ // ours".into(),
                    "\"pop\": { \"open\": \"offer\", \"outbound\": \"never\" } }".into(),
                ]),
            ),
        ]);
        let policy = policy.expect("right values");
        let layer = Layer {
            file: "HKLM",
            text: &policy,
        };
        let loaded = load(None, Some(layer)).expect("a right policy");
        assert_eq!(loaded.settings.pop.open, Open::Never);
        assert_eq!(loaded.settings.pop.outbound, Some(Open::Never));
        assert!(loaded.settings.listener.enabled);
        assert_eq!(loaded.settings.history.keep_days, 7);
        assert!(loaded.locked.contains(&"privacy.mask".to_owned()));
    }

    #[test]
    fn every_wrong_value_is_named_and_none_counts() {
        let faults = values(&[
            ("pop.opens", text("never")),
            ("listener.enabled", Kept::Number(2)),
            ("pop.open", Kept::Other("REG_BINARY")),
            (WHOLE, text("{")),
        ]);
        let faults = faults.expect_err("four mistakes");
        let mut keys: Vec<_> = faults.iter().map(|(key, _)| key.as_str()).collect();
        keys.sort_unstable();
        assert_eq!(
            keys,
            ["listener.enabled", "pop.open", "pop.opens", "settings"]
        );
        assert_eq!(values(&[]).as_deref(), Ok("{}"), "the control");
    }
}
