//! E-mail addresses as identifiers: strict enough to be searched for, and compared without regard
//! to case, because no CRM keeps two people apart by it.

/// An e-mail address that can be searched for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Email(String);

/// Why a text is not taken for an e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EmailRefused {
    /// Nothing there.
    #[error("no e-mail address")]
    Blank,
    /// More than 254 bytes, or more than 64 before the `@`.
    #[error("too long for an e-mail address")]
    TooLong,
    /// Not `name@domain`.
    #[error("not an e-mail address")]
    NotAnAddress,
}

/// The longest address that mail can carry (RFC 5321).
const LONGEST: usize = 254;
const LONGEST_NAME: usize = 64;

impl Email {
    /// Reads an address; nothing is trimmed or repaired. The address is kept in lower case.
    pub fn parse(raw: &str) -> Result<Self, EmailRefused> {
        if raw.trim().is_empty() {
            return Err(EmailRefused::Blank);
        }
        let (name, domain) = raw.split_once('@').ok_or(EmailRefused::NotAnAddress)?;
        if raw.len() > LONGEST || name.len() > LONGEST_NAME {
            return Err(EmailRefused::TooLong);
        }
        if is_name(name) && is_domain(domain) {
            Ok(Self(raw.to_lowercase()))
        } else {
            Err(EmailRefused::NotAnAddress)
        }
    }

    /// The address, in lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a text of a record is this address. A text that is no address is not.
    pub fn same(&self, other_raw: &str) -> bool {
        Self::parse(other_raw.trim()).is_ok_and(|other| other == *self)
    }
}

/// What may stand before the `@`: unquoted, because nobody's address is quoted and quotes hide
/// blanks and a second `@`. Letters of all scripts (RFC 6531).
fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.split('.').all(|part| {
            !part.is_empty()
                && part
                    .chars()
                    .all(|sign| sign.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(sign))
        })
}

fn is_domain(domain: &str) -> bool {
    let labels = domain.split('.').collect::<Vec<_>>();
    labels.len() >= 2
        && labels.iter().all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .chars()
                    .all(|sign| sign.is_alphanumeric() || sign == '-')
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ordinary_addresses_are_read_and_kept_in_lower_case() {
        for (raw, kept) in [
            ("Ann.O'Neil+crm@Example.COM", "ann.o'neil+crm@example.com"),
            ("a@b.co", "a@b.co"),
            ("zoë@müller.de", "zoë@müller.de"),
            ("1_2-3%4@x-y.example.org", "1_2-3%4@x-y.example.org"),
        ] {
            assert_eq!(Email::parse(raw).unwrap().as_str(), kept);
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for raw in ["", "  ", "\t"] {
            assert_eq!(Email::parse(raw), Err(EmailRefused::Blank), "{raw:?}");
        }
        for raw in [
            "ann",
            "@b.co",
            "a@",
            "a@b",
            "a@@b.co",
            "a@b@c.de",
            " a@b.co",
            "a@b.co ",
            "a b@c.de",
            "a@b.co\n",
            "a@b..co",
            ".a@b.co",
            "a.@b.co",
            "a..b@c.de",
            "a@-b.co",
            "a@b-.co",
            "a@.co",
            "a@b.co.",
            "<a@b.co>",
            "\"a b\"@c.de",
            "a@[127.0.0.1]",
            "a,b@c.de",
            "a\u{202e}@b.co",
            "a@b\u{200b}.co",
            "a\0@b.co",
            "mailto:a@b.co",
            "a@b.co;c@d.co",
        ] {
            assert_eq!(
                Email::parse(raw),
                Err(EmailRefused::NotAnAddress),
                "{raw:?}"
            );
        }
        let longest = format!(
            "{}@{}.example",
            "a".repeat(64),
            ["b".repeat(60), "c".repeat(60), "d".repeat(58)].join(".")
        );
        assert_eq!(longest.len(), 253);
        Email::parse(&longest).expect("as long as mail can carry");
        assert_eq!(
            Email::parse(&format!("{longest}xx")),
            Err(EmailRefused::TooLong)
        );
        assert_eq!(
            Email::parse(&format!("{}@b.co", "a".repeat(65))),
            Err(EmailRefused::TooLong)
        );
    }

    #[test]
    fn a_record_has_the_same_address_whatever_its_case() {
        let email = Email::parse("o'neil@example.com").unwrap();
        assert!(email.same("O'Neil@Example.com"));
        assert!(
            email.same(" o'neil@example.com "),
            "a CRM's blanks around it are not part of it"
        );
        for other in [
            "",
            "neil@example.com",
            "o'neil@example.com.evil.test",
            "o'neil@example.co",
            "o'neil+x@example.com",
        ] {
            assert!(!email.same(other), "{other:?}");
        }
    }

    proptest! {
        #[test]
        fn an_address_that_is_read_reads_as_itself_again(raw in any::<String>()) {
            if let Ok(email) = Email::parse(&raw) {
                prop_assert_eq!(&Email::parse(email.as_str()), &Ok(email.clone()));
            }
        }

        #[test]
        fn any_usual_address_is_the_same_in_capitals(raw in "[a-z0-9.+_-]{1,20}@[a-z0-9-]{1,10}\\.[a-z]{2,5}") {
            if let Ok(email) = Email::parse(&raw) {
                prop_assert!(email.same(&raw.to_uppercase()));
            }
        }
    }
}
