//! `[http.quota]`: which headers of an answer say how much an account may still ask.

use crate::file::section::Section;
use crate::language::names::{Known, Reach};
use crate::language::reading::Reading;

/// One allowance, as the headers of each answer tell it.
#[derive(Debug)]
pub(crate) struct QuotaPart {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) left: Option<Reading>,
    pub(crate) used: Option<Reading>,
    pub(crate) limit: Option<Reading>,
}

impl QuotaPart {
    pub(crate) fn read_all(section: Option<Section<'_>>, known: &Known) -> Vec<Self> {
        let reach = Reach {
            roots: ["headers"].into(),
            ..Reach::new(known, &[])
        };
        let parts = section
            .map(|section| section.sections())
            .unwrap_or_default();
        let read = |(name, section): (&str, Section<'_>)| {
            let label = section.text("label").map_or(name, |spot| spot.text);
            let part = Self {
                name: name.to_owned(),
                label: label.to_owned(),
                left: Reading::at(&section, "left", &reach),
                used: Reading::at(&section, "used", &reach),
                limit: Reading::at(&section, "limit", &reach),
            };
            let tells = section.has("left") || (section.has("used") && section.has("limit"));
            if !tells {
                section.missing("left", "left, or used and limit");
            }
            section.finish();
            part
        };
        parts.into_iter().map(read).collect()
    }
}
