//! The types of values that a link takes: security rules T3 and T4.

use super::LinkFault;
use crate::{email::Email, phone::E164, template, text};

/// A value for a link, by its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkValue {
    /// `https://host`, for the name a link begins with.
    Origin(String),
    /// A record id of letters, digits, `_` and `-`, at most 64.
    Id(String),
    /// A record id that the definition's own `[ids].pattern` has let through.
    CheckedId(String),
    /// 1 to 32 digits.
    Digits(String),
    /// `+` and 7 to 15 digits.
    E164(String),
    /// An e-mail address.
    Email(String),
    /// At most 128 characters.
    Text(String),
    /// Several values that a definition put together, each checked by itself.
    Composed(String),
}

/// Bytes of a composed value: encoded once more, it still has room in an address.
const COMPOSED: usize = 1_500;

impl LinkValue {
    /// The value percent-encoded, if it is of its type.
    pub(super) fn encoded(&self, name: &str) -> Result<String, LinkFault> {
        let refused = |reason| LinkFault::TplValue {
            name: name.to_owned(),
            reason,
        };
        let value = self.checked().map_err(refused)?;
        text::check_value(value).map_err(|fault| {
            refused(match fault {
                text::TextFault::Empty => "it is empty",
                text::TextFault::Control => "it contains a control character",
                text::TextFault::Format => "it contains an invisible character",
                text::TextFault::NonCharacter => "it contains what is no character",
                text::TextFault::NotComposed => "it is not in composed form (NFC)",
                text::TextFault::Dots => "it is a step through folders",
            })
        })?;
        Ok(template::encode(value))
    }

    fn checked(&self) -> Result<&str, &'static str> {
        let (value, is_of_type, reason) = match self {
            Self::Origin(value) => (value, false, "an origin stands only where the link begins"),
            Self::Id(value) => {
                let is_id = value
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
                (value, is_id && value.len() <= 64, "it is no record id")
            }
            Self::Digits(value) => {
                let is_digits = value.bytes().all(|byte| byte.is_ascii_digit());
                (
                    value,
                    is_digits && value.len() <= 32,
                    "it is not 1 to 32 digits",
                )
            }
            Self::E164(value) => (value, E164::parse(value).is_some(), "it is no E.164 number"),
            Self::Email(value) => (
                value,
                Email::parse(value).is_ok(),
                "it is no e-mail address",
            ),
            Self::Composed(value) => (value, value.len() <= COMPOSED, "it is too long"),
            Self::CheckedId(value) | Self::Text(value) => {
                (value, value.chars().count() <= 128, "it is too long")
            }
        };
        if is_of_type || value.is_empty() {
            Ok(value)
        } else {
            Err(reason)
        }
    }
}
