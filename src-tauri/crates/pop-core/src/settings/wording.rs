//! The organisation's own words for some texts of the window: a closed list, each in every language
//! or in one.
//!
//! They are plain texts: nothing in them is replaced, and none may hide a character. Which message
//! of the window each stands for is known there.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::language::Language;
use crate::settings::rules::Mistake;
use crate::text::check_value;

/// The organisation's own words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(
    missing_docs,
    reason = "the names of the languages speak for themselves"
)]
pub struct Wording {
    /// In every language that has none of its own.
    pub all: Texts,
    pub en: Texts,
    pub de: Texts,
    pub es: Texts,
    pub fr: Texts,
    pub pt: Texts,
    pub ar: Texts,
    pub ja: Texts,
}

/// Lists each text once: its name and what it stands for.
macro_rules! texts {
    ($($(#[$doc:meta])+ $name:ident;)+) => {
        /// The texts that can be worded.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
        #[serde(deny_unknown_fields, default)]
        pub struct Texts {
            $($(#[$doc])+ #[schemars(length(min = 1, max = 160))] pub $name: Option<String>,)+
        }

        impl Texts {
            /// What is worded here, by name.
            fn said(&self) -> impl Iterator<Item = (&'static str, &str)> {
                [$((stringify!($name), self.$name.as_deref())),+]
                    .into_iter()
                    .filter_map(|(name, text)| Some((name, text?)))
            }
        }
    };
}

texts! {
    /// What to verify before an unverified caller is told anything.
    advice_voice;
    /// The same for one who writes.
    advice_other;
    /// Where an offered call is answered.
    answer_voice;
    /// Where anything else is.
    answer_other;
    /// The button that opens the record.
    open_record;
    /// The button that creates a case.
    new_case;
    /// The button that creates a customer.
    new_customer;
    /// The button that writes a note.
    note;
    /// The button that says how it went.
    wrap_up;
    /// The title of the open cases.
    cases;
    /// Said where there are none.
    no_cases;
    /// The title of earlier interactions.
    activities;
    /// Said where there are none.
    no_activities;
    /// The label of the company.
    company;
    /// The label of whoever looks after the customer.
    owner;
    /// The label of the tier.
    tier;
    /// The label of the priority.
    priority;
    /// The label of the queue.
    queue;
    /// The label of the region.
    region;
    /// The title where no caller is known.
    unknown_caller;
    /// The title where nobody else is known.
    unknown_customer;
    /// What to ask where several customers fit.
    several_ask;
}

impl Wording {
    /// What is worded for those who read this language, by name.
    pub fn said(&self, language: Language) -> impl Iterator<Item = (&'static str, &str)> {
        let own = match language {
            Language::En => &self.en,
            Language::De => &self.de,
            Language::Es => &self.es,
            Language::Fr => &self.fr,
            Language::Pt => &self.pt,
            Language::Ar => &self.ar,
            Language::Ja => &self.ja,
        };
        // The later of two of one name counts.
        self.all.said().chain(own.said())
    }
}

/// Texts that a person could not read as they are.
pub(super) fn mistakes(file: &Value) -> Vec<Mistake> {
    let languages = file.get("wording").and_then(Value::as_object);
    let mut mistakes = Vec::new();
    for (language, texts) in languages.into_iter().flatten() {
        for (name, text) in texts.as_object().into_iter().flatten() {
            let Some(text) = text.as_str() else { continue };
            let why = match check_value(text) {
                Err(fault) => fault.to_string(),
                Ok(()) if text.trim() != text => "it begins or ends with a space".to_owned(),
                Ok(()) => continue,
            };
            let path = ["wording", language, name].map(str::to_owned);
            let expected = format!("a text that is read as it stands ({why})");
            mistakes.push((path.to_vec(), format!("{text:?}"), expected));
        }
    }
    mistakes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Layer, load};

    fn said(text: &str, language: Language) -> Vec<(String, String)> {
        let file = "settings.jsonc";
        let loaded = load(Some(Layer { file, text }), None).expect("right settings");
        let said = loaded.settings.wording.said(language);
        let said = said.map(|(name, text)| (name.to_owned(), text.to_owned()));
        let said: std::collections::BTreeMap<_, _> = said.collect();
        said.into_iter().collect()
    }

    #[test]
    fn a_language_of_its_own_wins_over_all() {
        let text = r#"{ "wording": {
            "all": { "cases": "Tickets", "owner": "Adviser" }, "de": { "owner": "Berater" } } }"#;
        let pair = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        assert_eq!(
            said(text, Language::De),
            [pair("cases", "Tickets"), pair("owner", "Berater")]
        );
        assert_eq!(
            said(text, Language::Ja),
            [pair("cases", "Tickets"), pair("owner", "Adviser")]
        );
        assert!(said("{}", Language::En).is_empty(), "without any, ours");
    }

    #[test]
    fn a_text_that_hides_something_and_an_unknown_name_are_refused_with_their_line() {
        let text = "{ \"wording\": {\n \"de\": { \"cases\": \"F\u{202e}lle\" },\n \"fr\": { \"note\": \" Note\" } } }";
        let file = "settings.jsonc";
        let faults = load(Some(Layer { file, text }), None).expect_err("two mistakes");
        let found: Vec<_> = faults.iter().map(|it| (it.line, it.key.as_str())).collect();
        assert_eq!(found, [(2, "wording.de.cases"), (3, "wording.fr.note")]);
        let text = r#"{ "wording": { "all": { "headline": "x" } } }"#;
        load(Some(Layer { file, text }), None).expect_err("the list is closed");
    }
}
