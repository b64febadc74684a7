//! What can tell one customer from another, and how far each of it can be trusted.

use crate::email::Email;
use crate::interaction::Channel;
use crate::phone::Phone;

/// How far an identifier can be trusted, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Assurance {
    /// The telephone network said so; a caller can forge it.
    CallerNumber,
    /// A page, a person or a link said so.
    Claimed,
    /// The platform or the gateway attached it.
    Attached,
    /// The platform authenticated the customer and vouches for it.
    Authenticated,
}

/// What the event itself says about the customer's identity (`identityAssurance`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Declared {
    /// The customer was authenticated.
    Authenticated,
    /// The customer claims it.
    Claimed,
    /// Only the caller's number is known.
    CallerNumber,
    /// Nothing is known.
    None,
}

impl Declared {
    /// Reads the word of the event schema: `authenticated`, `claimed`, `ani` or `none`.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "authenticated" => Some(Self::Authenticated),
            "claimed" => Some(Self::Claimed),
            "ani" => Some(Self::CallerNumber),
            "none" => Some(Self::None),
            _ => None,
        }
    }
}

/// How the event reached us, which bounds what it can vouch for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// Signed by a platform or a gateway.
    Signed,
    /// Signed, but in the simple form that anybody's page may have filled in.
    Simple,
    /// A link or a command line, which anybody can make.
    Link,
    /// The agent typed it.
    Typed,
}

impl Assurance {
    /// How far an identifier can be trusted, from what the event declares and how it came.
    ///
    /// A number from the telephone network is never more than a caller number, whatever the event
    /// declares, because the network does not authenticate it.
    pub fn of(kind: Kind, channel: Channel, declared: Option<Declared>, trust: Trust) -> Self {
        if kind == Kind::Phone && (channel.is_telephone() || trust == Trust::Link) {
            return Self::CallerNumber;
        }
        match (trust, declared) {
            (Trust::Signed, Some(Declared::Authenticated)) => Self::Authenticated,
            (Trust::Signed, Some(Declared::CallerNumber) | None) => Self::Attached,
            (Trust::Signed, Some(Declared::Claimed | Declared::None))
            | (Trust::Simple | Trust::Link | Trust::Typed, _) => Self::Claimed,
        }
    }
}

/// The kinds of identifiers, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The CRM's own id of the record.
    RecordId,
    /// Another system's number of the customer.
    ExternalId,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
}

impl Kind {
    /// The name of this kind in definitions (`by = "…"`).
    pub fn word(self) -> &'static str {
        match self {
            Self::RecordId => "id",
            Self::ExternalId => "external_id",
            Self::Email => "email",
            Self::Phone => "phone",
        }
    }
}

/// The value of an identifier, already normalised.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// The CRM's own id of the record.
    RecordId(String),
    /// Another system's number of the customer.
    ExternalId(String),
    /// An e-mail address.
    Email(Email),
    /// A telephone number.
    Phone(Phone),
}

/// One thing known about who the customer is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Identifier {
    /// The normalised value.
    pub value: Value,
    /// How far it can be trusted.
    pub assurance: Assurance,
}

impl Value {
    /// Which kind of identifier it is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::RecordId(_) => Kind::RecordId,
            Self::ExternalId(_) => Kind::ExternalId,
            Self::Email(_) => Kind::Email,
            Self::Phone(_) => Kind::Phone,
        }
    }
}

impl Identifier {
    /// Which kind of identifier it is.
    pub fn kind(&self) -> Kind {
        self.value.kind()
    }

    /// The value as people read it.
    pub fn display(&self) -> String {
        match &self.value {
            Value::RecordId(id) | Value::ExternalId(id) => id.clone(),
            Value::Email(email) => email.as_str().to_owned(),
            Value::Phone(phone) => phone.display(),
        }
    }

    /// The value as a CRM's own search finds it: how a number is grouped for people differs by country,
    /// how it is kept seldom has spaces.
    pub fn searched(&self) -> String {
        match &self.value {
            Value::Phone(phone) => phone.e164().to_owned(),
            Value::RecordId(_) | Value::ExternalId(_) | Value::Email(_) => self.display(),
        }
    }

    /// Sorts identifiers strongest first: assurance ranks before kind.
    pub fn sort(identifiers: &mut [Self]) {
        identifiers
            .sort_by_key(|identifier| (std::cmp::Reverse(identifier.assurance), identifier.kind()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(id: &str, assurance: Assurance) -> Identifier {
        Identifier {
            value: Value::RecordId(id.into()),
            assurance,
        }
    }

    #[test]
    fn assurance_ranks_before_kind() {
        let email = Identifier {
            value: Value::Email(Email::parse("ann@example.com").expect("a valid address")),
            assurance: Assurance::Authenticated,
        };
        let mut identifiers = vec![record("7", Assurance::Claimed), email.clone()];
        Identifier::sort(&mut identifiers);
        assert_eq!(
            identifiers[0], email,
            "an authenticated e-mail is stronger than a claimed id"
        );
    }

    #[test]
    fn a_telephone_number_is_never_more_than_a_caller_number() {
        let declared = Some(Declared::Authenticated);
        let phone = Assurance::of(Kind::Phone, Channel::Voice, declared, Trust::Signed);
        assert_eq!(
            phone,
            Assurance::CallerNumber,
            "the network does not authenticate numbers"
        );
        let id = Assurance::of(Kind::RecordId, Channel::Voice, declared, Trust::Signed);
        assert_eq!(
            id,
            Assurance::Authenticated,
            "the platform vouches for the id beside it"
        );
    }

    #[test]
    fn what_anybody_can_send_is_a_claim_whatever_it_declares() {
        for trust in [Trust::Simple, Trust::Link, Trust::Typed] {
            let declared = Some(Declared::Authenticated);
            let id = Assurance::of(Kind::RecordId, Channel::Chat, declared, trust);
            assert_eq!(id, Assurance::Claimed, "{trust:?} cannot vouch for anybody");
        }
    }
}
