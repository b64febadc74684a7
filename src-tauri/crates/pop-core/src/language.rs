//! The languages that people read, and their messages: Fluent files in `words/`, built in.
//!
//! Only what a person at the desk reads comes through here. Logs, the command line of the admin
//! and what is wrong with a file stay English, so that support reads the same everywhere. The
//! window has messages of its own, beside its components.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A language that people read.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Deserialize,
    Serialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names speak for themselves")]
pub enum Language {
    #[default]
    En,
    De,
    Es,
    Fr,
    Pt,
    Ar,
    Ja,
}

/// Which language the agent wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names speak for themselves")]
pub enum LanguageChoice {
    /// The one that the system speaks.
    System,
    En,
    De,
    Es,
    Fr,
    Pt,
    Ar,
    Ja,
}

impl LanguageChoice {
    /// The language, on a computer that speaks `system`.
    pub fn on(self, system: Language) -> Language {
        match self {
            Self::System => system,
            Self::En => Language::En,
            Self::De => Language::De,
            Self::Es => Language::Es,
            Self::Fr => Language::Fr,
            Self::Pt => Language::Pt,
            Self::Ar => Language::Ar,
            Self::Ja => Language::Ja,
        }
    }
}

/// What a message is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given<'a> {
    /// A text, set in as it is.
    Text(&'a str),
    /// A number, by which a form is chosen.
    Number(u64),
}

impl<'a> From<&'a str> for Given<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Given<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Given<'_> {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

/// The messages of every language, by the language.
static MESSAGES: LazyLock<BTreeMap<Language, FluentBundle<FluentResource>>> = LazyLock::new(|| {
    let languages = Language::ALL.iter().copied();
    languages
        .map(|language| (language, language.read()))
        .collect()
});

impl Language {
    /// Every language.
    pub const ALL: &[Self] = &[
        Self::En,
        Self::De,
        Self::Es,
        Self::Fr,
        Self::Pt,
        Self::Ar,
        Self::Ja,
    ];

    /// The language as BCP 47 writes it.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
            Self::Es => "es",
            Self::Fr => "fr",
            Self::Pt => "pt",
            Self::Ar => "ar",
            Self::Ja => "ja",
        }
    }

    /// Whether it is written from right to left.
    pub fn is_right_to_left(self) -> bool {
        match self {
            Self::Ar => true,
            Self::En | Self::De | Self::Es | Self::Fr | Self::Pt | Self::Ja => false,
        }
    }

    /// The language of a system's locale, such as `de_AT.UTF-8`; English for one that is not
    /// spoken.
    pub fn of_locale(locale: &str) -> Self {
        let name = locale
            .split(['-', '_', '.', '@'])
            .next()
            .unwrap_or_default();
        let known = Self::ALL.iter().copied();
        known
            .into_iter()
            .find(|language| language.tag().eq_ignore_ascii_case(name))
            .unwrap_or_default()
    }

    /// A message; in English where this language does not have it.
    pub fn say(self, id: &str, given: &[(&str, Given<'_>)]) -> String {
        self.find(id, None, given).unwrap_or_else(|| id.to_owned())
    }

    /// An attribute of a message, such as the text below a title.
    pub fn say_of(self, id: &str, attribute: &str, given: &[(&str, Given<'_>)]) -> String {
        self.find(id, Some(attribute), given)
            .unwrap_or_else(|| format!("{id}.{attribute}"))
    }

    /// Whether there is a message.
    pub fn knows(id: &str) -> bool {
        Self::En.find(id, None, &[]).is_some()
    }

    fn find(
        self,
        id: &str,
        attribute: Option<&str>,
        given: &[(&str, Given<'_>)],
    ) -> Option<String> {
        [self, Self::En].into_iter().find_map(|language| {
            let messages = MESSAGES.get(&language)?;
            let message = messages.get_message(id)?;
            let pattern = match attribute {
                Some(attribute) => message.get_attribute(attribute)?.value(),
                None => message.value()?,
            };
            let mut arguments = FluentArgs::with_capacity(given.len());
            for (name, value) in given {
                arguments.set((*name).to_owned(), FluentValue::from(*value));
            }
            // What is missing stands there by its name; the tests find it.
            let mut missing = Vec::new();
            let text = messages.format_pattern(pattern, Some(&arguments), &mut missing);
            Some(text.into_owned())
        })
    }

    fn files(self) -> [&'static str; 9] {
        macro_rules! files {
            ($language:literal) => {
                [
                    include_str!(concat!("../words/", $language, "/faults.ftl")),
                    include_str!(concat!("../words/", $language, "/gateway.ftl")),
                    include_str!(concat!("../words/", $language, "/status.ftl")),
                    include_str!(concat!("../words/", $language, "/desktop.ftl")),
                    include_str!(concat!("../words/", $language, "/sign-in.ftl")),
                    include_str!(concat!("../words/", $language, "/unsent.ftl")),
                    include_str!(concat!("../words/", $language, "/refused.ftl")),
                    include_str!(concat!("../words/", $language, "/doctor.ftl")),
                    include_str!(concat!("../words/", $language, "/insight.ftl")),
                ]
            };
        }
        match self {
            Self::En => files!("en"),
            Self::De => files!("de"),
            Self::Es => files!("es"),
            Self::Fr => files!("fr"),
            Self::Pt => files!("pt"),
            Self::Ar => files!("ar"),
            Self::Ja => files!("ja"),
        }
    }

    fn read(self) -> FluentBundle<FluentResource> {
        let locale = self.tag().parse().unwrap_or_default();
        let mut messages = FluentBundle::new_concurrent(vec![locale]);
        // The window isolates what it shows; the system's own menus and notices show the marks.
        messages.set_use_isolating(false);
        for text in self.files() {
            // What could be read is used; a test reads every file without a mistake.
            let resource =
                FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
            let _ = messages.add_resource(resource);
        }
        messages
    }
}

impl<'a> From<Given<'a>> for FluentValue<'a> {
    fn from(given: Given<'a>) -> Self {
        match given {
            Given::Text(text) => Self::from(text),
            Given::Number(number) => Self::from(number),
        }
    }
}

#[cfg(test)]
mod tests;
