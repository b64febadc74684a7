//! Texts from outside: which values may be placed in a link (security rule T4), and which
//! characters must be made visible before a person reads them (rule V5).
//!
//! How a value is escaped is not decided here: that belongs to the place it is written to.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{UnicodeNormalization as _, is_nfc};

/// Why a value may not be placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextFault {
    /// Nothing there.
    #[error("the value is empty")]
    Empty,
    /// A control character: line feed, escape, NUL.
    #[error("the value contains a control character")]
    Control,
    /// A character that is not seen but changes how the text is read.
    #[error("the value contains an invisible character")]
    Format,
    /// A code point that is no character and never will be.
    #[error("the value contains a code point that is no character")]
    NonCharacter,
    /// Not in Unicode's composed form, so that two spellings of one text would differ.
    #[error("the value is not in composed form (NFC)")]
    NotComposed,
    /// `.` or `..`, which a server takes for a step through its folders.
    #[error("the value is a step through folders")]
    Dots,
}

/// Checks a value that is to be placed in a link.
///
/// `.` and `..` are refused everywhere, not only where they fill a path segment: no id, number,
/// address or name is spelt so.
pub fn check_value(value: &str) -> Result<(), TextFault> {
    if value.is_empty() {
        return Err(TextFault::Empty);
    }
    if value == "." || value == ".." {
        return Err(TextFault::Dots);
    }
    if value.is_ascii() {
        return check_characters(value);
    }
    check_characters(value)?;
    if is_nfc(value) {
        Ok(())
    } else {
        Err(TextFault::NotComposed)
    }
}

fn check_characters(value: &str) -> Result<(), TextFault> {
    for character in value.chars() {
        if character.is_control() {
            return Err(TextFault::Control);
        }
        if is_format_char(character) {
            return Err(TextFault::Format);
        }
        if is_non_character(character) {
            return Err(TextFault::NonCharacter);
        }
    }
    Ok(())
}

/// Whether a character is unseen but changes how the text around it is read: bidi controls,
/// zero-width characters, fillers, line and paragraph separators, tags and variation selectors.
pub fn is_format_char(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

fn is_non_character(character: char) -> bool {
    let code = u32::from(character);
    (0xfdd0..=0xfdef).contains(&code) || code & 0xfffe == 0xfffe
}

/// The text with each unseen character written as a mark: `‹U+202E›`.
///
/// Joiners between letters (emoji, Indic and Arabic scripts) and variation selectors are left as
/// they are, because names need them and they cannot reorder a text.
pub fn with_marks(text: &str) -> Cow<'_, str> {
    if !text.chars().any(needs_mark) {
        return Cow::Borrowed(text);
    }
    let seen = |character: char| {
        if needs_mark(character) {
            format!("‹U+{:04X}›", u32::from(character))
        } else {
            character.to_string()
        }
    };
    Cow::Owned(text.chars().map(seen).collect())
}

fn needs_mark(character: char) -> bool {
    let is_joiner = matches!(character, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}');
    let is_layout = matches!(character, '\n' | '\t');
    (character.is_control() && !is_layout) || (is_format_char(character) && !is_joiner)
}

/// Words that somebody looks for; case and accents do not matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought(Vec<String>);

impl Sought {
    /// The words of a text.
    pub fn of(text: &str) -> Self {
        let plain = plain(text);
        Self(plain.split_whitespace().map(str::to_owned).collect())
    }

    /// Whether every word is in one of the texts; no words are in none.
    pub fn are_in(&self, texts: &[&str]) -> bool {
        let texts: Vec<String> = texts.iter().map(|text| plain(text)).collect();
        let has = |word: &String| texts.iter().any(|text| text.contains(word.as_str()));
        !self.0.is_empty() && self.0.iter().all(has)
    }
}

/// A text as it is compared: without accents, in small letters.
fn plain(text: &str) -> String {
    let bare = text
        .nfd()
        .filter(|character| !is_combining_mark(*character));
    bare.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ordinary_values_may_be_placed() {
        for value in [
            "12345",
            "a",
            "O'Neil & Co <x>",
            "Zoë",
            "北京",
            "محمد",
            "%2e%2e",
            "a.b",
            "...",
            "-",
            "😀",
        ] {
            assert_eq!(check_value(value), Ok(()), "{value}");
        }
    }

    #[test]
    fn values_that_change_a_path_or_a_reading_are_refused() {
        for (value, fault) in [
            ("", TextFault::Empty),
            (".", TextFault::Dots),
            ("..", TextFault::Dots),
            ("a\0", TextFault::Control),
            ("a\r\nb", TextFault::Control),
            ("\u{1b}[0m", TextFault::Control),
            ("a\u{85}", TextFault::Control),
            ("\u{202e}txt", TextFault::Format),
            ("a\u{2066}b", TextFault::Format),
            ("a\u{200b}b", TextFault::Format),
            ("a\u{200d}b", TextFault::Format),
            ("\u{feff}a", TextFault::Format),
            ("a\u{2028}b", TextFault::Format),
            ("a\u{e0041}", TextFault::Format),
            ("a\u{fdd0}", TextFault::NonCharacter),
            ("a\u{ffff}", TextFault::NonCharacter),
            ("a\u{10fffe}", TextFault::NonCharacter),
            ("Zoe\u{308}", TextFault::NotComposed),
        ] {
            assert_eq!(check_value(value), Err(fault), "{value:?}");
        }
    }

    #[test]
    fn words_are_found_whatever_their_case_and_accents() {
        let has = |words, texts: &[&str]| Sought::of(words).are_in(texts);
        assert!(has("GONZ", &["César González"]));
        assert!(has("gonzález césar", &["Cesar Gonzalez"]));
        assert!(has("loan 20481", &["Home loan", "CS-20481"]));
        assert!(has("محمد", &["محمد علي"]));
        assert!(!has("gonz loan", &["Cesar Gonzalez"]), "each word counts");
        assert!(!has("  ", &["Cesar Gonzalez"]), "nothing was asked");
    }

    #[test]
    fn unseen_characters_are_shown_as_marks_and_names_are_left_alone() {
        assert_eq!(with_marks("gpj.\u{202e}exe"), "gpj.‹U+202E›exe");
        assert_eq!(with_marks("a\u{200b}b\u{0}"), "a‹U+200B›b‹U+0000›");
        for text in ["Ann", "محمد", "क्‍ष", "👩‍🚀", "a\nb\tc", "❤\u{fe0f}"] {
            assert!(
                matches!(with_marks(text), Cow::Borrowed(_)),
                "{text:?} needs no mark"
            );
        }
    }

    proptest! {
        #[test]
        fn a_marked_text_has_nothing_unseen(text in any::<String>()) {
            prop_assert!(!with_marks(&text).chars().any(needs_mark));
        }
    }
}
