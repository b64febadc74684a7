//! The spellings in which a text can stand in a file: as it is, percent-encoded, base64 and its form
//! for addresses, hexadecimal, and with the escapes of JSON.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// The fewest characters of a base64 core that are no accident.
const SHORTEST_CORE: usize = 6;

/// One spelling of something that is looked for.
pub(super) struct Needle {
    pub(super) spelling: &'static str,
    text: String,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Letters in any case.
    Text,
    /// Exactly as it stands.
    Exact,
    /// Digits, with whatever groups them, and no digit before or after.
    Digits,
}

impl Needle {
    /// Every spelling of a text.
    pub(super) fn all(text: &str) -> Vec<Self> {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let is_number = !text.chars().any(char::is_alphabetic) && digits.len() >= 4;
        let plain = if is_number {
            Self::of("as it is", digits, Kind::Digits)
        } else {
            Self::of("as it is", text.to_lowercase(), Kind::Text)
        };
        let mut all = vec![
            plain,
            Self::of("percent-encoded", percent(text), Kind::Text),
            Self::of("hexadecimal", hex(text), Kind::Text),
            Self::of("escaped as JSON", escaped(text), Kind::Text),
        ];
        for offset in 0..3 {
            let (standard, url) = cores(text, offset);
            all.push(Self::of("as base64", standard, Kind::Exact));
            all.push(Self::of("as base64url", url, Kind::Exact));
        }
        // What is spelt as another one is looked for once.
        let mut told: Vec<String> = Vec::new();
        all.retain(|needle| {
            let is_new = !needle.text.is_empty() && !told.contains(&needle.text);
            told.push(needle.text.clone());
            is_new
        });
        all
    }

    fn of(spelling: &'static str, text: String, kind: Kind) -> Self {
        Self {
            spelling,
            text,
            kind,
        }
    }

    /// Replaces every place where it stands; whether there was one.
    pub(super) fn replace(&self, text: &mut String, what: &str) -> bool {
        let places = match self.kind {
            Kind::Digits => digits_in(text, &self.text),
            Kind::Text => {
                let lower = lower(text);
                places_in(&lower, &self.text)
            }
            Kind::Exact => places_in(text, &self.text),
        };
        for (from, to) in places.iter().rev() {
            text.replace_range(*from..*to, &format!("‹{what}›"));
        }
        !places.is_empty()
    }
}

/// The text in small letters, each as long as before, so that places stay places.
fn lower(text: &str) -> String {
    text.chars()
        .map(|character| {
            let mut small = character.to_lowercase();
            match (small.next(), small.next()) {
                (Some(one), None) if one.len_utf8() == character.len_utf8() => one,
                (Some(_) | None, _) => character,
            }
        })
        .collect()
}

fn places_in(text: &str, needle: &str) -> Vec<(usize, usize)> {
    let found = text.match_indices(needle);
    found
        .map(|(from, found)| (from, from + found.len()))
        .collect()
}

/// Where these digits stand, grouped in any way, as a number of their own.
fn digits_in(text: &str, digits: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let wanted = digits.as_bytes();
    let mut places = Vec::new();
    let mut from = 0;
    while from < bytes.len() {
        let before = from.checked_sub(1).and_then(|at| bytes.get(at));
        let begins = bytes.get(from) == wanted.first() && !before.is_some_and(u8::is_ascii_digit);
        match begins.then(|| run(bytes, from, wanted)).flatten() {
            Some(to) => {
                places.push((from, to));
                from = to;
            }
            None => from += 1,
        }
    }
    places
}

/// The end of the digits, if all of them stand here and no other follows.
fn run(bytes: &[u8], from: usize, wanted: &[u8]) -> Option<usize> {
    let mut at = from;
    for (number, digit) in wanted.iter().enumerate() {
        // One sign groups; two separate.
        let groups = bytes.get(at).is_some_and(|byte| b" -./()".contains(byte));
        if number > 0 && groups {
            at += 1;
        }
        if bytes.get(at) != Some(digit) {
            return None;
        }
        at += 1;
    }
    let goes_on = bytes.get(at).is_some_and(u8::is_ascii_digit);
    (!goes_on).then_some(at)
}

fn percent(text: &str) -> String {
    let mut spelt = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            spelt.push(char::from(byte.to_ascii_lowercase()));
        } else {
            // Writing to a text cannot fail.
            let _ = write!(spelt, "%{byte:02x}");
        }
    }
    spelt
}

fn hex(text: &str) -> String {
    text.bytes().fold(String::new(), |mut spelt, byte| {
        // As above.
        let _ = write!(spelt, "{byte:02x}");
        spelt
    })
}

fn escaped(text: &str) -> String {
    let mut spelt = String::new();
    for character in text.chars() {
        if character.is_ascii() {
            spelt.push(character.to_ascii_lowercase());
        } else {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                // As above.
                let _ = write!(spelt, "\\u{unit:04x}");
            }
        }
    }
    spelt
}

/// What of a text's base64 is the same whatever stands around it, where it begins so many bytes after
/// a whole group.
fn cores(text: &str, offset: usize) -> (String, String) {
    let mut bytes = vec![0; offset];
    bytes.extend_from_slice(text.as_bytes());
    let skip = (offset * 8).div_ceil(6);
    let whole = bytes.len() * 8 / 6;
    let cut = |encoded: String| {
        let core = encoded.get(skip..whole).unwrap_or_default();
        if core.len() < SHORTEST_CORE {
            String::new()
        } else {
            core.to_owned()
        }
    };
    (
        cut(STANDARD_NO_PAD.encode(&bytes)),
        cut(URL_SAFE_NO_PAD.encode(&bytes)),
    )
}
