//! Why nobody was signed in to the gateway, each cause by its own name, with its words for people.

use pop_core::fault::{Fault, FaultKind};
use pop_core::http::HttpFault;
use pop_core::language::Language;
use pop_core::moment::Moment;
use pop_core::{Remedy, Words};
use pop_crm::SignInFault;

/// The message that says what the gateway is called in sentences about it.
const GATEWAY: &str = "gateway-name";
/// The message that says what the issuer is called.
const ISSUER: &str = "gateway-issuer";

/// Why nobody was signed in to the gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnrolFault {
    /// The settings name no gateway.
    NotSetUp,
    /// The gateway's address is none of https.
    Address,
    /// The keychain is locked, so the account could not be kept.
    KeychainLocked,
    /// The account could not be kept; what the store said.
    NotKept(String),
    /// There is no HTTP client; why.
    NoClient(String),
    /// The gateway was not reached.
    Network(HttpFault),
    /// The gateway has a fault of its own.
    Down,
    /// What answers there is no gateway of ours.
    Answer,
    /// Gateway and desktop are too many releases apart.
    Protocol,
    /// The gateway sends people to an issuer that is not the one in the settings.
    Issuer,
    /// The issuer does not say how to sign in there.
    Issuing(Box<Fault>),
    /// The browser's part failed.
    Browser(SignInFault),
    /// The gateway did not take the sign-in; its cause.
    Token(String),
    /// The gateway knows no such agent.
    UnknownAgent,
    /// The device was switched off at the broker.
    Disabled,
    /// The agent has as many devices as one may have.
    TooManyDevices,
    /// Too many sign-ins in a short time.
    TooMany,
    /// The gateway's broker did not take the device.
    Broker,
}

impl EnrolFault {
    /// A short stable code for logs, the screen's last line and support.
    pub fn slug(&self) -> &'static str {
        match self {
            Self::NotSetUp => "not_set_up",
            Self::Address => "address",
            Self::KeychainLocked => "keychain_locked",
            Self::NotKept(_) => "not_kept",
            Self::NoClient(_) => "no_client",
            Self::Network(fault) => network(*fault).slug(),
            Self::Down => "gateway_down",
            Self::Answer => "no_gateway",
            Self::Protocol => "protocol",
            Self::Issuer => "issuer",
            Self::Issuing(fault) => fault.slug(),
            Self::Browser(fault) => fault.slug(),
            Self::Token(_) => "token",
            Self::UnknownAgent => "unknown_agent",
            Self::Disabled => "device_disabled",
            Self::TooManyDevices => "too_many_devices",
            Self::TooMany => "too_many",
            Self::Broker => "broker",
        }
    }

    /// What to say about it.
    pub fn words(&self, language: Language) -> Words {
        let called = |id| language.say(id, &[]);
        let remedy = match self {
            Self::Network(fault) => return network(*fault).words(&called(GATEWAY), language),
            Self::Issuing(fault) => return fault.words(&called(ISSUER), language),
            Self::Browser(fault) => return fault.words(&called(ISSUER), language),
            Self::KeychainLocked
            | Self::NotKept(_)
            | Self::Down
            | Self::Token(_)
            | Self::TooMany
            | Self::Broker => Remedy::Retry,
            Self::NotSetUp
            | Self::Address
            | Self::NoClient(_)
            | Self::Answer
            | Self::Protocol
            | Self::Issuer
            | Self::UnknownAgent
            | Self::Disabled
            | Self::TooManyDevices => Remedy::TellAdmin,
        };
        let id = format!("enrol-{}", self.slug());
        Words {
            title: called(&id),
            text: language.say_of(&id, "text", &[]),
            remedy,
            mild: false,
        }
    }

    /// The code in one short line for support, with what the other side named.
    pub fn support_line(&self) -> String {
        match self {
            Self::Token(cause) if !cause.is_empty() => {
                let shown: String = cause
                    .chars()
                    .filter(|sign| !sign.is_control())
                    .take(60)
                    .collect();
                format!("{} · {shown}", self.slug())
            }
            Self::Browser(fault) => fault.support_line(),
            Self::Issuing(fault) => fault.support_line(),
            Self::NotSetUp
            | Self::Address
            | Self::KeychainLocked
            | Self::NotKept(_)
            | Self::NoClient(_)
            | Self::Network(_)
            | Self::Down
            | Self::Answer
            | Self::Protocol
            | Self::Issuer
            | Self::Token(_)
            | Self::UnknownAgent
            | Self::Disabled
            | Self::TooManyDevices
            | Self::TooMany
            | Self::Broker => self.slug().to_owned(),
        }
    }
}

fn network(fault: HttpFault) -> Fault {
    Fault::new(FaultKind::Network(fault), Moment::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_has_words() {
        let network = Fault::new(FaultKind::Unavailable, Moment::default());
        for fault in [
            EnrolFault::NotSetUp,
            EnrolFault::Address,
            EnrolFault::KeychainLocked,
            EnrolFault::NotKept(String::new()),
            EnrolFault::NoClient(String::new()),
            EnrolFault::Network(HttpFault::Dns),
            EnrolFault::Down,
            EnrolFault::Answer,
            EnrolFault::Protocol,
            EnrolFault::Issuer,
            EnrolFault::Issuing(Box::new(network)),
            EnrolFault::Browser(SignInFault::NoWindow("No browser.".to_owned())),
            EnrolFault::Token(String::new()),
            EnrolFault::UnknownAgent,
            EnrolFault::Disabled,
            EnrolFault::TooManyDevices,
            EnrolFault::TooMany,
            EnrolFault::Broker,
        ] {
            let words = fault.words(Language::En);
            for text in [words.title, words.text] {
                let named = ["enrol-", "gateway-", "fault-", "signin-"];
                let is_bare = named.iter().any(|prefix| text.contains(prefix));
                assert!(!is_bare && !text.is_empty(), "{fault:?}: {text}");
            }
        }
    }
}
