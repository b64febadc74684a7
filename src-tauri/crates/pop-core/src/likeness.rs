//! How much two short texts are about the same: the cosine of the words that both have, in which a
//! word counts as much as it has letters.
//!
//! It knows no language and no dictionary. Case and accents do not matter, nor a short ending (`loan`
//! and `loans`). Little words such as articles weigh little because they are short. Scripts that are
//! written without spaces are taken as pairs of neighbouring characters, as full-text search does;
//! hiragana alone is grammar and is left out. Texts without a common word are not alike at all.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// From here on two subjects are worth an agent's look. A quarter: two of the five or six words of a
/// usual subject.
pub const ALIKE: f64 = 0.25;

/// A word that goes on after another one is the same word in another form if the first has at least
/// so many letters,
const STEM: usize = 4;
/// and the other at most so many more.
const ENDING: usize = 2;

/// Most characters of a text that are read.
const LONGEST: usize = 1_000;

/// The words of a text, each with its weight.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words(BTreeMap<String, f64>);

impl Words {
    /// The words of a text.
    pub fn of(text: &str) -> Self {
        let mut words = Self::default();
        let mut word = String::new();
        let mut before = None;
        for character in plain(text).chars() {
            if is_unspaced(character) {
                words.take(&mut word);
                if let Some(before) = before.replace(character) {
                    words.pair(before, character);
                }
                continue;
            }
            before = None;
            if character.is_alphanumeric() || is_combining_mark(character) {
                word.push(character);
            } else {
                words.take(&mut word);
            }
        }
        words.take(&mut word);
        words
    }

    /// How alike two texts are, from 0, nothing in common, to 1, the same words as often.
    pub fn likeness(&self, other: &Self) -> f64 {
        let lengths = self.length() * other.length();
        if lengths == 0.0 {
            return 0.0;
        }
        let common: f64 = self
            .0
            .iter()
            .filter_map(|(word, weight)| Some(weight * other.weight_of(word)?))
            .sum();
        // Two forms of one word can both meet it.
        (common / lengths).min(1.0)
    }

    /// Ends a word; each time that it stands in the text adds its letters to its weight.
    fn take(&mut self, word: &mut String) {
        if word.is_empty() {
            return;
        }
        let word = std::mem::take(word);
        let letters = u32::try_from(word.chars().count()).unwrap_or(u32::MAX);
        *self.0.entry(word).or_default() += f64::from(letters);
    }

    fn pair(&mut self, one: char, other: char) {
        if !(is_hiragana(one) && is_hiragana(other)) {
            *self.0.entry(String::from_iter([one, other])).or_default() += 2.0;
        }
    }

    fn weight_of(&self, word: &str) -> Option<f64> {
        let same = self.0.get(word);
        let other_form = || {
            let mut forms = self.0.iter();
            let (_, weight) = forms.find(|(form, _)| is_other_form(word, form))?;
            Some(weight)
        };
        same.or_else(other_form).copied()
    }

    fn length(&self) -> f64 {
        let squares = self.0.values().map(|weight| weight * weight);
        squares.sum::<f64>().sqrt()
    }
}

/// Whether one word is the other with a short ending; numbers have none.
fn is_other_form(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let Some(ending) = long.strip_prefix(short) else {
        return false;
    };
    let is_word = short.chars().all(char::is_alphabetic);
    is_word && short.chars().count() >= STEM && ending.chars().count() <= ENDING
}

/// A text as it is compared: in one spelling, without case and accents.
fn plain(text: &str) -> String {
    let bare = text
        .chars()
        .take(LONGEST)
        .nfkd()
        .filter(|character| !is_accent(*character));
    let composed: String = bare.nfc().collect();
    // There and back, so that ß and ſ are what they are in capitals.
    composed.to_uppercase().to_lowercase()
}

/// Accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic, and joiners. The marks of other
/// scripts are vowels, without which their words would be others.
fn is_accent(character: char) -> bool {
    matches!(character,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}'
        | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{200b}'..='\u{200f}' | '\u{feff}')
}

/// Scripts without spaces between words, and Korean, whose words carry their endings.
fn is_unspaced(character: char) -> bool {
    matches!(character,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}'
        | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_hiragana(character: char) -> bool {
    matches!(character, '\u{3041}'..='\u{309f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn likeness(one: &str, other: &str) -> f64 {
        Words::of(one).likeness(&Words::of(other))
    }

    fn alike(one: &str, other: &str) -> bool {
        likeness(one, other) >= ALIKE
    }

    #[test]
    fn subjects_about_one_thing_are_alike_in_any_language() {
        for (one, other) in [
            (
                "Home loan: asked about loan status",
                "Home loan: proof of income missing",
            ),
            ("card not delivered", "Replacement card not delivered"),
            ("Loans", "Home loan"),
            ("Karte gesperrt", "Neue Karten bestellt"),
            ("Préstamo: documentos", "Documento de prestamo pendiente"),
            ("СТАТУС КРЕДИТА", "Статус по кредиту"),
            ("قرض السكن: مستندات ناقصة", "حالة قرض السكن"),
            ("住宅ローンの状況", "住宅ローンの書類が足りない"),
            ("대출 상태 문의", "주택 대출 서류"),
            ("สถานะสินเชื่อบ้าน", "สินเชื่อบ้าน เอกสารไม่ครบ"),
            ("गृह ऋण: दस्तावेज़ बाकी", "गृह ऋण के दस्तावेज़"),
            ("STRASSE GESPERRT", "Straße gesperrt"),
            ("Invoice 20481", "20481 unpaid"),
        ] {
            assert!(
                alike(one, other),
                "{one} / {other}: {}",
                likeness(one, other)
            );
        }
    }

    #[test]
    fn subjects_about_different_things_are_not() {
        for (one, other) in [
            (
                "Home loan: asked about loan status",
                "Replacement card not delivered",
            ),
            ("Card limit raised", "Replacement card not delivered"),
            ("Question about the app", "Loan of the house"),
            ("Frage zur Karte", "Kredit zur Prüfung"),
            ("住宅ローンの状況について", "カードの再発行について"),
            ("Rechnung 20481", "Kartenlimit 204"),
            ("", "Home loan"),
            ("…", "…"),
        ] {
            assert!(
                !alike(one, other),
                "{one} / {other}: {}",
                likeness(one, other)
            );
        }
    }

    #[test]
    fn case_accents_and_spelling_do_not_matter() {
        for (one, other) in [
            ("Préstamo", "PRESTAMO"),
            ("Zoe\u{308}", "zoë"),
            ("ｶｰﾄﾞ", "カード"),
            ("مُحَمَّد", "محمد"),
            ("ΟΔΟΣ", "οδός"),
        ] {
            assert!((likeness(one, other) - 1.0).abs() < 1e-9, "{one} / {other}");
        }
        assert!(likeness("がく", "かく") < 1e-9, "these are other letters");
    }

    #[test]
    fn a_number_is_not_another_that_begins_like_it() {
        assert!(likeness("2048", "20481") < 1e-9);
        assert!(
            likeness("cat", "cats") < 1e-9,
            "short words have too little in common"
        );
        assert!(likeness("loan", "loans") > 0.9);
    }

    proptest! {
        #[test]
        fn it_is_a_part_of_one_and_of_a_text_with_itself_all_of_it(
            one in "[a-z]{1,6}( [a-z]{1,6}){0,4}",
            other in "[a-z]{1,6}( [a-z]{1,6}){0,4}",
        ) {
            let told = likeness(&one, &other);
            prop_assert!((0.0..=1.0).contains(&told));
            prop_assert!((likeness(&one, &one) - 1.0).abs() < 1e-9);
        }

        #[test]
        fn any_text_can_be_read(text in any::<String>()) {
            let told = likeness(&text, &text);
            prop_assert!(told < 1e-9 || (told - 1.0).abs() < 1e-9);
        }
    }
}
