//! Reads the many spellings of a telephone number in a query.
//!
//! A server-side search by digits, like that of many CRMs: it knows no numbering plan, so that what
//! it finds are candidates. Whether a candidate is the caller is decided by who asked.

/// The fewest digits that are a telephone number; anything shorter would match by accident.
const FEWEST_DIGITS: usize = 6;
/// The longest number of E.164, plus the longest international prefix in front of it.
const MOST_DIGITS: usize = 18;

/// What a spelling may mean, as digits.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Spelling {
    /// Readings as country code and number.
    pub(crate) international: Vec<String>,
    /// Readings as a number within its own country.
    pub(crate) national: Vec<String>,
}

/// Reads one spelling; `None` if it is no telephone number.
pub(crate) fn read(text: &str) -> Option<Spelling> {
    let text = text.trim();
    let text = ["tel:", "sip:", "sips:"]
        .iter()
        .find_map(|scheme| text.strip_prefix(scheme))
        .unwrap_or(text);
    let number = text.split(['@', ';']).next().unwrap_or_default();
    let number = without_extension(number);
    let plus = number.starts_with(['+', '＋']);
    let number = if plus || number.starts_with("00") {
        number.replacen("(0)", "", 1)
    } else {
        number.to_owned()
    };
    if number.chars().any(|sign| !is_spelling(sign)) {
        return None;
    }
    let digits: String = number.chars().filter_map(digit).collect();
    if !(FEWEST_DIGITS..=MOST_DIGITS).contains(&digits.len()) {
        return None;
    }
    Some(readings(digits, plus))
}

fn readings(digits: String, plus: bool) -> Spelling {
    if plus {
        return Spelling {
            international: vec![digits],
            national: Vec::new(),
        };
    }
    let mut international = Vec::new();
    for prefix in ["00", "011"] {
        if let Some(rest) = digits.strip_prefix(prefix) {
            international.push(rest.to_owned());
        }
    }
    let mut national = Vec::new();
    if let Some(rest) = digits.strip_prefix('0') {
        national.push(rest.to_owned());
    }
    international.push(digits.clone());
    national.push(digits);
    Spelling {
        international,
        national,
    }
}

/// Cuts `415.555.0100 x12` and `… ext. 12` before the extension.
fn without_extension(number: &str) -> &str {
    let lower = number.to_ascii_lowercase();
    let end = ["ext", "x", "#"]
        .iter()
        .filter_map(|mark| lower.find(mark))
        .min();
    end.and_then(|end| number.get(..end)).unwrap_or(number)
}

fn is_spelling(sign: char) -> bool {
    digit(sign).is_some()
        || sign.is_whitespace()
        || "+＋().-/\u{2010}\u{2011}\u{2012}\u{2013}".contains(sign)
}

/// Reads one digit of the scripts in which people write telephone numbers.
fn digit(sign: char) -> Option<char> {
    const ZEROS: [char; 4] = ['0', '\u{660}', '\u{6f0}', '\u{ff10}'];
    ZEROS.iter().find_map(|zero| {
        let distance = u32::from(sign).checked_sub(u32::from(*zero))?;
        char::from_digit(distance, 10)
    })
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_number_with_a_plus_is_read_one_way_only() {
        let spelling = read("+34 (600) 012-345").unwrap();
        assert_eq!(spelling.international, ["34600012345"]);
        assert!(
            spelling.national.is_empty(),
            "a plus says that the country code is there"
        );
    }

    #[test]
    fn a_number_without_a_plus_is_read_with_and_without_its_prefixes() {
        let spelling = read("0034 600 012 345").unwrap();
        assert!(spelling.international.contains(&"34600012345".to_owned()));
        let spelling = read("030 23125 042").unwrap();
        assert!(spelling.national.contains(&"3023125042".to_owned()));
    }

    #[test]
    fn the_trunk_zero_in_brackets_and_an_extension_are_left_out() {
        assert_eq!(
            read("+44 (0)20 7946 0018").unwrap().international,
            ["442079460018"]
        );
        assert_eq!(
            read("+1 415.555.0100 x12").unwrap().international,
            ["14155550100"]
        );
    }

    #[test]
    fn digits_of_other_scripts_count_as_digits() {
        assert_eq!(
            read("+٩٦٦٥٠٠٠٠١٢٣٤").unwrap().international,
            ["966500001234"]
        );
    }

    #[test]
    fn what_is_no_number_is_not_read() {
        for text in [
            "",
            "anonymous",
            "12345",
            "+",
            "600 012 345 678 901 234 567",
            "6' OR '1'='1",
        ] {
            assert_eq!(read(text), None, "{text:?} is no telephone number");
        }
        assert!(read("600012345").is_some(), "control: a number is read");
    }
}
