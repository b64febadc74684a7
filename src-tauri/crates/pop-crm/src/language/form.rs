//! `form`: what a person fills in before something is done.
//!
//! Whether what was filled in is accepted is decided in `run::form`.

use pop_core::action::FieldKind;

use crate::file::section::Section;
use crate::file::tree::Place;
use crate::language::names::{Needs, Reach};
use crate::language::reading::Reading;

/// One field.
#[derive(Debug)]
pub(crate) struct FieldPart {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) kind: FieldKind,
    pub(crate) required: bool,
    pub(crate) max: Option<usize>,
    pub(crate) lines: usize,
    /// A list of `{value, label}`.
    pub(crate) choices: Option<Reading>,
    pub(crate) default: Option<Reading>,
    pub(crate) place: Place,
    /// What must be known before the choices can be read.
    pub(crate) of_choices: Needs,
    /// What must be known before the default can be read.
    pub(crate) of_default: Needs,
}

impl FieldPart {
    /// Reads the `form` of a section.
    pub(crate) fn read_all(section: &Section<'_>, reach: &Reach<'_>) -> Vec<Self> {
        let Some(form) = section.section("form") else {
            return Vec::new();
        };
        let fields = form.sections().into_iter();
        fields
            .filter_map(|(name, section)| Self::read(name, section, reach))
            .collect()
    }

    fn read(name: &str, section: Section<'_>, reach: &Reach<'_>) -> Option<Self> {
        let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        if name.is_empty() || !name.bytes().all(is_name) {
            let expected = "a name of small letters, digits and _";
            section
                .faults
                .add(section.place, &section.path, format!("{name:?}"), expected);
        }
        let label = section.need_text("label");
        let choices = Reading::at(&section, "choices", reach);
        let has_choices = section.has("choices");
        let kind = match section.text("kind") {
            None if has_choices => Some(FieldKind::Choice),
            None => Some(FieldKind::Text),
            Some(spot) => {
                let kind = FieldKind::parse(spot.text);
                if kind.is_none() {
                    let words = FieldKind::ALL.map(|(_, word)| word).join(", ");
                    section.refuse(spot, "kind", &words);
                }
                kind
            }
        };
        let is_choice = kind == Some(FieldKind::Choice);
        if kind.is_some() && is_choice != has_choices {
            let expected = "choices for a field of kind choice, and for no other";
            section.missing("choices", expected);
        }
        let max = section.count("max");
        let lines = section.count("lines");
        if (max.is_some() || lines.is_some()) && kind != Some(FieldKind::Text) {
            section.missing("kind", "text, since it has lines or max");
        }
        let default = Reading::at(&section, "default", reach);
        let required = section.switch("required").unwrap_or(false);
        let place = section.place;
        section.finish();
        Some(Self {
            name: name.to_owned(),
            label: label?.text.to_owned(),
            kind: kind?,
            required,
            max,
            lines: lines.unwrap_or(1),
            of_choices: reach.needs(choices.iter().flat_map(Reading::paths)),
            of_default: reach.needs(default.iter().flat_map(Reading::paths)),
            choices,
            default,
            place,
        })
    }
}
