//! `[error]`: where an answer that is no success says what is wrong.
//!
//! The common shapes of error bodies need no words in a definition: see `run::error`.

use std::collections::BTreeSet;

use crate::file::section::Section;
use crate::language::names::Reach;
use crate::language::reading::Reading;

/// Where to read, and what it means.
#[derive(Debug, Default)]
pub(crate) struct ErrorPart {
    pub(crate) code: Option<Reading>,
    pub(crate) message: Option<Reading>,
    pub(crate) detail: Option<Reading>,
    pub(crate) fields: Option<Reading>,
    pub(crate) request: Option<Reading>,
    pub(crate) kinds: Vec<(ErrorKind, Reading)>,
    pub(crate) waits: Vec<(ErrorKind, Reading)>,
}

/// The kinds that a definition can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ErrorKind {
    RateLimited,
    SignInNeeded,
    Forbidden,
    Ambiguous,
    Conflict,
    Invalid,
    NotFound,
    Unavailable,
}

impl ErrorKind {
    /// Every kind, in the order in which they are asked.
    pub(crate) const ALL: [(Self, &'static str); 8] = [
        (Self::RateLimited, "rate_limited"),
        (Self::SignInNeeded, "sign_in_needed"),
        (Self::Forbidden, "forbidden"),
        (Self::Ambiguous, "ambiguous"),
        (Self::Conflict, "conflict"),
        (Self::Invalid, "invalid"),
        (Self::NotFound, "not_found"),
        (Self::Unavailable, "unavailable"),
    ];
}

impl ErrorPart {
    pub(crate) fn read(section: Option<Section<'_>>, reach: &Reach<'_>) -> Self {
        let Some(section) = section else {
            return Self::default();
        };
        let answer = Reach {
            roots: BTreeSet::from(["setting", "table", "status", "headers", "body"]),
            ..reach.clone()
        };
        let read = answer.and(&["code", "message"]);
        let part = Self {
            code: Reading::at(&section, "code", &answer),
            message: Reading::at(&section, "message", &answer),
            detail: Reading::at(&section, "detail", &answer),
            fields: Reading::at(&section, "fields", &answer),
            request: Reading::at(&section, "request", &answer),
            kinds: read_kinds(section.section("kind"), &read),
            waits: read_kinds(section.section("wait"), &read),
        };
        section.finish();
        part
    }
}

fn read_kinds(section: Option<Section<'_>>, reach: &Reach<'_>) -> Vec<(ErrorKind, Reading)> {
    let Some(section) = section else {
        return Vec::new();
    };
    let kinds = ErrorKind::ALL
        .into_iter()
        .filter_map(|(kind, word)| Some((kind, Reading::at(&section, word, reach)?)))
        .collect();
    section.finish();
    kinds
}
