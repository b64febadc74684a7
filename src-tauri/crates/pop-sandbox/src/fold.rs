//! Folds text so that a search for "muller" or "MÜLLER" finds "Müller".

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds case, accents, vowel points and compatibility forms.
pub(crate) fn fold(text: &str) -> String {
    text.nfkd()
        .filter(|sign| !is_combining_mark(*sign))
        .flat_map(char::to_lowercase)
        .filter(|sign| !is_combining_mark(*sign))
        .collect()
}

/// Folds a name to the plain letters that an e-mail address is made of.
pub(crate) fn ascii(text: &str) -> String {
    let mut plain = String::new();
    for sign in fold(text).chars() {
        match sign {
            'ß' => plain.push_str("ss"),
            'ø' => plain.push('o'),
            'æ' => plain.push_str("ae"),
            'ł' => plain.push('l'),
            'þ' => plain.push_str("th"),
            'ı' => plain.push('i'),
            'đ' | 'ð' => plain.push('d'),
            _ if sign.is_ascii_alphanumeric() => plain.push(sign),
            _ => {}
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{ascii, fold};

    #[test]
    fn accents_case_and_points_do_not_hide_a_name() {
        assert_eq!(fold("MÜLLER"), fold("müller"));
        assert_eq!(fold("Íñigo"), "inigo");
        assert_eq!(fold("İstanbul"), "istanbul");
        assert_eq!(fold("שָׁלוֹם"), fold("שלום"));
        assert_ne!(
            fold("Müller"),
            fold("Möller"),
            "control: other letters stay other letters"
        );
    }

    #[test]
    fn an_address_is_made_of_plain_letters() {
        assert_eq!(ascii("Großmann-Ødegård"), "grossmannodegard");
        assert_eq!(
            ascii("佐藤"),
            "",
            "a script without plain letters leaves nothing"
        );
    }
}
