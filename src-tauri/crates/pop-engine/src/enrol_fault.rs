//! Why nobody was signed in to the gateway, each cause by its own name, with its words for people.

use pop_core::fault::{Fault, FaultKind};
use pop_core::http::HttpFault;
use pop_core::language::Language;
use pop_core::moment::Moment;
use pop_core::{Remedy, Words};
use pop_crm::SignInFault;

/// What the gateway is called in sentences about it.
const GATEWAY: &str = "The gateway";
/// What the issuer is called.
const ISSUER: &str = "your organisation's sign-in";

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

    /// What to say about it; what the fault vocabulary has no words for is in English.
    pub fn words(&self, language: Language) -> Words {
        let (title, text, remedy) = match self {
            Self::Network(fault) => return network(*fault).words(GATEWAY, language),
            Self::Issuing(fault) => return fault.words(ISSUER, language),
            Self::Browser(fault) => return fault.words(ISSUER, language),
            Self::NotSetUp => (
                "No gateway is set up",
                "Its address is missing in the settings. Ask your administrator for it.",
                Remedy::TellAdmin,
            ),
            Self::Address => (
                "The gateway's address cannot be used",
                "It must begin with https:// and have no user, query or fragment. Correct it in \
                 the settings.",
                Remedy::TellAdmin,
            ),
            Self::KeychainLocked => (
                "The keychain is locked",
                "The sign-in is kept there. Unlock it, then try again.",
                Remedy::Retry,
            ),
            Self::NotKept(_) => (
                "The sign-in could not be kept",
                "The keychain is locked or the disk is full, so nobody was signed in. Unlock the \
                 keychain or make room, then try again.",
                Remedy::Retry,
            ),
            Self::NoClient(_) => (
                "This computer cannot make a secure connection",
                "Its trust store cannot be read. Give this to your administrator.",
                Remedy::TellAdmin,
            ),
            Self::Down => (
                "The gateway cannot sign anybody in now",
                "It has a fault of its own. Try again in a minute; if it stays, tell your \
                 administrator.",
                Remedy::Retry,
            ),
            Self::Answer => (
                "No gateway answers at this address",
                "Something else does, or the gateway does not sign people in. Check the address \
                 in the settings.",
                Remedy::TellAdmin,
            ),
            Self::Protocol => (
                "Gateway and Screenpop are too many releases apart",
                "Update Screenpop; if it is the newest, your administrator can update the gateway.",
                Remedy::TellAdmin,
            ),
            Self::Issuer => (
                "The gateway sends you to another sign-in than the settings allow",
                "Nobody was signed in, and nothing was sent there. Give this to your \
                 administrator.",
                Remedy::TellAdmin,
            ),
            Self::Token(_) => (
                "The gateway did not take the sign-in",
                "It may have taken too long, or the gateway expects another organisation. Try \
                 again; if it stays, tell your administrator.",
                Remedy::Retry,
            ),
            Self::UnknownAgent => (
                "The gateway does not know you as an agent",
                "You signed in, but your address is not in its directory. Your administrator can \
                 add it.",
                Remedy::TellAdmin,
            ),
            Self::Disabled => (
                "This device was switched off at the broker",
                "Your administrator can switch it on again.",
                Remedy::TellAdmin,
            ),
            Self::TooManyDevices => (
                "You are signed in on as many devices as one may have",
                "Sign out on one that you no longer use, or have your administrator remove it.",
                Remedy::TellAdmin,
            ),
            Self::TooMany => (
                "Too many sign-ins in a short time",
                "Wait a minute, then try again.",
                Remedy::Retry,
            ),
            Self::Broker => (
                "The gateway's broker did not take this device",
                "The broker may be down. Try again in a minute; if it stays, tell your \
                 administrator.",
                Remedy::Retry,
            ),
        };
        Words {
            title: title.to_owned(),
            text: text.to_owned(),
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
