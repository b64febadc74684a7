//! Every language says everything that English says, with the same values and with all the forms
//! that its numbers want.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey,
};
use fluent_syntax::parser;

use super::*;

#[test]
fn every_language_has_the_messages_of_english_with_the_same_values() {
    let english = messages(Language::En);
    assert!(english.len() > 50, "the files are read: {}", english.len());
    for language in Language::ALL {
        let own = messages(*language);
        let ids = |all: &BTreeMap<String, Message>| all.keys().cloned().collect::<BTreeSet<_>>();
        let (ours, theirs) = (ids(&english), ids(&own));
        let missing: Vec<_> = ours.difference(&theirs).collect();
        let left_over: Vec<_> = theirs.difference(&ours).collect();
        assert!(missing.is_empty(), "{language:?} lacks {missing:?}");
        assert!(left_over.is_empty(), "{language:?} has also {left_over:?}");
        for (id, message) in &own {
            assert_eq!(
                Some(&message.given),
                english.get(id).map(|it| &it.given),
                "{language:?} {id} is given what English is given"
            );
        }
    }
}

#[test]
fn a_form_is_there_for_every_kind_of_number() {
    for language in Language::ALL {
        for (id, message) in messages(*language) {
            let plural = message
                .forms
                .iter()
                .any(|form| form == "one" || form == "few");
            let wanted: &[&str] = match language {
                _ if !plural => &[],
                Language::Ar => &["zero", "one", "two", "few", "many", "other"],
                Language::Ja => &["other"],
                Language::En | Language::De | Language::Es | Language::Fr | Language::Pt => {
                    &["one", "other"]
                }
            };
            for form in wanted {
                assert!(
                    message.forms.contains(*form),
                    "{language:?} {id} lacks {form}"
                );
            }
        }
    }
}

#[test]
fn a_message_is_said_with_its_values() {
    let said = Language::En.say("fault-paused", &[("crm", "Meridian".into())]);
    assert_eq!(said, "Meridian is not asked for a few seconds");
    let said = Language::En.say_of("fault-rate_limited", "wait", &[("seconds", 30.into())]);
    assert!(said.contains("30 s"), "{said}");
}

#[test]
fn what_is_missing_is_said_by_its_name() {
    assert_eq!(Language::En.say("never-written", &[]), "never-written");
    assert!(Language::knows("refusal-other") && !Language::knows("never-written"));
}

#[test]
fn a_systems_locale_is_read_and_an_unknown_one_is_english() {
    for language in Language::ALL {
        for locale in ["", "_AT", "-AT", ".UTF-8", "_AT@euro"] {
            let locale = format!("{}{locale}", language.tag());
            assert_eq!(Language::of_locale(&locale), *language, "{locale}");
        }
    }
    for unknown in ["", "C", "POSIX", "xx_XX", "english"] {
        assert_eq!(Language::of_locale(unknown), Language::En, "{unknown}");
    }
}

/// What a message wants to be given, and the forms it has.
#[derive(Default)]
struct Message {
    given: BTreeSet<String>,
    forms: BTreeSet<String>,
}

/// The messages of a language, attributes by `id.attribute`.
fn messages(language: Language) -> BTreeMap<String, Message> {
    let mut all = BTreeMap::new();
    for text in language.files() {
        let read = parser::parse(text).unwrap_or_else(|(_, faults)| {
            panic!(
                "{language:?}: {faults:?} in {}",
                text.lines().next().unwrap()
            )
        });
        for entry in read.body {
            let Entry::Message(message) = entry else {
                continue;
            };
            let attributes = message.attributes.iter();
            let parts = attributes.map(|it| (format!(".{}", it.id.name), &it.value));
            let value = message.value.iter().map(|value| (String::new(), value));
            for (part, pattern) in value.chain(parts) {
                let mut found = Message::default();
                found.read(pattern);
                let id = format!("{}{part}", message.id.name);
                assert!(all.insert(id.clone(), found).is_none(), "{id} stands twice");
            }
        }
    }
    all
}

impl Message {
    fn read(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            let PatternElement::Placeable { expression } = element else {
                continue;
            };
            match expression {
                Expression::Inline(inline) => self.read_inline(inline),
                Expression::Select { selector, variants } => {
                    self.read_inline(selector);
                    for variant in variants {
                        if let VariantKey::Identifier { name } = variant.key {
                            self.forms.insert(name.to_owned());
                        }
                        self.read(&variant.value);
                    }
                }
            }
        }
    }

    fn read_inline(&mut self, inline: &InlineExpression<&str>) {
        if let InlineExpression::VariableReference { id } = inline {
            self.given.insert(id.name.to_owned());
        }
    }
}
