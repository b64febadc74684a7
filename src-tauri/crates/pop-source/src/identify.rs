//! What an event says about who the customer is, as identifiers with their assurance.
//!
//! Shared by the event reader and the links. What can be said about numbers and addresses as such
//! is in `pop-core`; here is only which of them count and how far.

use pop_core::email::{Email, EmailRefused};
use pop_core::identifier::{Assurance, Declared, Identifier, Kind, Trust, Value};
use pop_core::interaction::{Channel, RefusedIdentifier};
use pop_core::phone::{Phone, PhoneRefused, PhoneRules};
use pop_core::text::{TextFault, check_value};

/// The identifiers of one event as they were written.
#[derive(Clone, Copy, Default)]
pub(crate) struct Said<'e> {
    pub(crate) record_id: Option<&'e str>,
    pub(crate) external_id: Option<&'e str>,
    pub(crate) email: Option<&'e str>,
    pub(crate) phone: Option<&'e str>,
}

/// How far what was said can be trusted.
#[derive(Clone, Copy)]
pub(crate) struct Standing {
    pub(crate) channel: Channel,
    pub(crate) declared: Option<Declared>,
    pub(crate) trust: Trust,
}

/// The identifiers that may match somebody, strongest first, and those that never do.
pub(crate) fn identify(
    said: Said<'_>,
    standing: Standing,
    rules: &PhoneRules,
) -> (Vec<Identifier>, Vec<RefusedIdentifier>) {
    let attempts = [
        (Kind::RecordId, said.record_id),
        (Kind::ExternalId, said.external_id),
        (Kind::Email, said.email),
        (Kind::Phone, said.phone),
    ];
    let (mut identifiers, mut refused) = (Vec::new(), Vec::new());
    for (kind, raw) in attempts {
        let Some(raw) = raw else { continue };
        match read(kind, raw, rules) {
            Ok(value) => {
                let Standing {
                    channel,
                    declared,
                    trust,
                } = standing;
                let assurance = Assurance::of(kind, channel, declared, trust);
                identifiers.push(Identifier { value, assurance });
            }
            Err(reason) => refused.push(RefusedIdentifier {
                kind,
                raw: raw.to_owned(),
                reason,
            }),
        }
    }
    Identifier::sort(&mut identifiers);
    (identifiers, refused)
}

fn read(kind: Kind, raw: &str, rules: &PhoneRules) -> Result<Value, &'static str> {
    match kind {
        Kind::RecordId => id(raw).map(Value::RecordId),
        Kind::ExternalId => id(raw).map(Value::ExternalId),
        Kind::Email => Email::parse(raw)
            .map(Value::Email)
            .map_err(|fault| match fault {
                EmailRefused::Blank => "it is blank",
                EmailRefused::TooLong => "it is too long for an e-mail address",
                EmailRefused::NotAnAddress => "it is not an e-mail address",
            }),
        Kind::Phone => Phone::parse(raw, rules)
            .map(Value::Phone)
            .map_err(|fault| match fault {
                PhoneRefused::Blank => "it is blank",
                PhoneRefused::Withheld => "the number is withheld",
                PhoneRefused::TooShort => "it is too short to identify anybody",
                PhoneRefused::Own => "it is one of our own numbers",
                PhoneRefused::NotANumber => "it is not a telephone number",
                PhoneRefused::NoRegion => "it has no country code, and no default region is set",
            }),
    }
}

/// An id as it is: never trimmed, because two ids that differ in a space are two ids.
fn id(raw: &str) -> Result<String, &'static str> {
    if raw.trim().is_empty() {
        return Err("it is blank");
    }
    check_value(raw).map_err(|fault| match fault {
        TextFault::Empty => "it is blank",
        TextFault::Control | TextFault::Format | TextFault::NonCharacter => {
            "it holds characters that cannot be seen"
        }
        TextFault::NotComposed => "its letters are not in the usual form (NFC)",
        TextFault::Dots => "it is a step through folders",
    })?;
    Ok(raw.to_owned())
}
