//! Evidence for whoever has to look into something: files of text that are searched for what must
//! not leave this computer, in every spelling in which it could have slipped in.
//!
//! What goes into the files is gathered elsewhere, and holds nothing personal by construction; this
//! is the second look. What is found is replaced, and that it was found is said.

mod spelling;

use spelling::Needle;

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub text: String,
}

/// Something that must not be in any file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Canary {
    /// What it is, such as `customer name`.
    pub what: &'static str,
    /// The text itself.
    pub text: String,
}

/// Something that was in a file all the same, and was replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Find {
    /// What it is, and in which spelling.
    pub what: String,
    /// In which file.
    pub file: String,
}

/// What the search came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scan {
    /// How many texts were looked for, each in six spellings.
    pub looked_for: usize,
    /// How many were too short to tell them from anything else.
    pub too_short: usize,
    /// What was found.
    pub found: Vec<Find>,
}

/// The shortest text that says something.
const SHORTEST: usize = 4;

/// Replaces whatever must not be in the files.
pub fn clean(files: &mut [File], canaries: &[Canary]) -> Scan {
    let mut scan = Scan::default();
    let mut seen: Vec<&str> = Vec::new();
    for canary in canaries {
        let text = canary.text.trim();
        if seen.contains(&text) {
            continue;
        }
        seen.push(text);
        if text.chars().count() < SHORTEST {
            scan.too_short += 1;
            continue;
        }
        scan.looked_for += 1;
        let needles = Needle::all(text);
        for file in &mut *files {
            for needle in &needles {
                if needle.replace(&mut file.text, canary.what) {
                    scan.found.push(Find {
                        what: format!("{}, {}", canary.what, needle.spelling),
                        file: file.name.clone(),
                    });
                }
            }
        }
    }
    scan
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

    use super::*;

    const NAME: &str = "Zoë Ångström";

    fn scanned(text: &str, canaries: &[Canary]) -> (String, Scan) {
        let mut files = [File {
            name: "a.txt".to_owned(),
            text: text.to_owned(),
        }];
        let scan = clean(&mut files, canaries);
        (files[0].text.clone(), scan)
    }

    fn canary(what: &'static str, text: &str) -> Canary {
        Canary {
            what,
            text: text.to_owned(),
        }
    }

    #[test]
    fn what_slipped_in_is_found_and_replaced_in_each_of_six_spellings() {
        let canaries = [canary("customer name", NAME)];
        let hex = "5a6fc3ab20c3856e67737472c3b66d";
        let json = "zo\\u00eb \\u00c5ngstr\\u00f6m";
        let percent = "Zo%C3%AB%20%C3%85ngstr%C3%B6m";
        let inside = STANDARD.encode(format!("{{\"n\":\"{NAME}\",\"x\":1}}"));
        let url = URL_SAFE_NO_PAD.encode(format!("??{NAME}??"));
        for spelt in [NAME, "zoë ångström", percent, hex, json, &inside, &url] {
            let (left, scan) = scanned(&format!("a={spelt};b"), &canaries);
            assert!(!scan.found.is_empty(), "{spelt} is found");
            assert!(
                left.contains("‹customer name›"),
                "{spelt} is replaced: {left}"
            );
            assert!(!left.contains(spelt), "{spelt} is gone");
        }
    }

    #[test]
    fn what_is_harmless_stays_as_it_is() {
        let canaries = [canary("customer name", NAME), canary("record", "12345")];
        let text = "GET /api/customers/{id} 200 took 1123456 us";
        let (left, scan) = scanned(text, &canaries);
        assert_eq!(left, text, "a number within another one is another one");
        assert!(scan.found.is_empty());
        assert_eq!(scan.looked_for, 2);
    }

    #[test]
    fn a_number_is_found_however_it_is_grouped() {
        let canaries = [canary("phone", "+34600012345")];
        for spelt in [
            "+34600012345",
            "34600012345",
            "34 600 012 345",
            "34-600-012345",
        ] {
            let (left, scan) = scanned(&format!("x {spelt} y"), &canaries);
            assert!(!scan.found.is_empty(), "{spelt}");
            assert!(left.contains("‹phone›"), "{left}");
        }
    }

    #[test]
    fn the_shortest_text_that_is_looked_for_has_four_letters() {
        let (left, scan) = scanned("by Jose, Sm9zZQ and xSm9zZx", &[canary("name", "Jose")]);
        assert_eq!(left, "by ‹name›, Sm9zZQ and xSm9zZx");
        assert_eq!((scan.looked_for, scan.too_short), (1, 0));
        let (left, _) = scanned(&STANDARD.encode("Zarah!"), &[canary("name", "Zarah")]);
        assert!(
            left.starts_with("‹name›"),
            "five letters are no accident in base64 either: {left}"
        );
    }

    #[test]
    fn a_name_with_digits_is_a_name_and_its_digits_alone_are_not() {
        let (left, scan) = scanned("zoë 1984 came in 1984", &[canary("name", "Zoë 1984")]);
        assert_eq!(left, "‹name› came in 1984");
        assert_eq!(scan.found.len(), 1);
    }

    #[test]
    fn a_number_that_another_digit_precedes_or_follows_is_another_one() {
        for other in ["912345", "123456", "9-12345", "12345/6", "9123456"] {
            let (left, scan) = scanned(&format!("x {other} y"), &[canary("record", "12345")]);
            let is_another = !other.contains(['-', '/']);
            assert_eq!(scan.found.is_empty(), is_another, "{other}: {left}");
            assert_eq!(
                left == format!("x {other} y"),
                is_another,
                "{other}: {left}"
            );
        }
    }

    #[test]
    fn letters_that_grow_or_shrink_in_small_letters_move_no_place() {
        let canaries = [canary("customer name", NAME)];
        for before in ["Ⱥ", "ȺȺȺ", "\u{212a}\u{212a}", "İ", "ẞ"] {
            let (left, _) = scanned(&format!("{before} {NAME} {before}"), &canaries);
            assert_eq!(left, format!("{before} ‹customer name› {before}"));
        }
    }

    #[test]
    fn nothing_of_a_text_in_base64_is_left_but_what_it_shares_with_its_neighbours() {
        let text = "abcdefghijklmnopqrstuvwx";
        for before in 0..3 {
            for after in 0..3 {
                let whole = format!("{}{text}{}", "-".repeat(before), "-".repeat(after));
                let (left, _) = scanned(&STANDARD.encode(&whole), &[canary("x", text)]);
                let (start, end) = left.split_once("‹x›").expect("it is found");
                assert!(
                    start.len() <= 3 && end.len() <= 6,
                    "{before} {after}: {left}"
                );
            }
        }
    }

    #[test]
    fn what_is_too_short_is_said_and_nothing_is_looked_for_twice() {
        let canaries = [
            canary("name", "Jo"),
            canary("name", NAME),
            canary("owner", NAME),
        ];
        let (_, scan) = scanned("Jo", &canaries);
        assert_eq!((scan.looked_for, scan.too_short), (1, 1));
    }
}
