//! What a failed sign-in means in words for people: what happened, why, and what to do.

use pop_core::fault::{Fault, FaultKind};
use pop_core::{Remedy, Words};

use crate::sign_in::fault::SignInFault;

impl SignInFault {
    /// The words for this failure of the CRM that people call `crm`.
    pub fn words(&self, crm: &str) -> Words {
        match self {
            Self::Token(fault) | Self::WhoAmI(fault) if fault.kind != FaultKind::SignInNeeded => {
                fault.words(crm)
            }
            Self::Token(fault) => failed(
                format!("{crm} did not accept the sign-in"),
                &with_reason(refusal(fault), fault.message.as_deref()),
                Remedy::TellAdmin,
            ),
            Self::WhoAmI(_) => failed(
                format!("{crm} does not take the new sign-in"),
                "You signed in, but its interface refuses you. The permission to use the API may \
                 be missing; ask your administrator.",
                Remedy::TellAdmin,
            ),
            Self::Refused { code, message } if code == "access_denied" => failed(
                format!("The sign-in to {crm} was declined"),
                &with_reason(
                    "You or your organisation said no in the browser. Try again, or ask your \
                     administrator to allow Screenpop.",
                    message.as_deref(),
                ),
                Remedy::Retry,
            ),
            Self::Refused { message, .. } => failed(
                format!("{crm} did not let you sign in"),
                &with_reason(
                    "The app may not be allowed or installed in your organisation. Ask your \
                     administrator.",
                    message.as_deref(),
                ),
                Remedy::TellAdmin,
            ),
            Self::TimedOut { redirect } => failed(
                format!("The browser did not come back from {crm}"),
                &format!(
                    "Nobody signed in within two minutes, or the CRM sent the browser elsewhere. \
                     Try again; if it stays, your administrator should check that {redirect} is \
                     registered as a redirect address."
                ),
                Remedy::Retry,
            ),
            Self::PortsTaken { ports } => {
                let ports = ports.iter().map(u16::to_string).collect::<Vec<_>>();
                failed(
                    "Another program is in the way of the sign-in".to_owned(),
                    &format!(
                        "The browser would come back to a port of this computer ({}), and \
                         another program has taken it. Close that program, then try again.",
                        ports.join(", ")
                    ),
                    Remedy::Retry,
                )
            }
            Self::NoBrowser
            | Self::NoListener(_)
            | Self::NoWindow(_)
            | Self::WrongState
            | Self::WrongIssuer
            | Self::ForeignServer
            | Self::NotKept(_) => self.fixed_words(crm),
        }
    }

    fn fixed_words(&self, crm: &str) -> Words {
        match self {
            Self::NoWindow(why) => failed(
                "The browser could not be opened".to_owned(),
                why,
                Remedy::Retry,
            ),
            Self::WrongState => failed(
                "An answer came that belongs to no sign-in".to_owned(),
                "It may be from an older tab, or another page tried to step in. Nobody was \
                 signed in; try again.",
                Remedy::Retry,
            ),
            Self::WrongIssuer => failed(
                format!("The answer did not come from {crm}"),
                "It names another sign-in server than the one that was asked. Nobody was signed \
                 in; tell your administrator.",
                Remedy::TellAdmin,
            ),
            Self::ForeignServer => failed(
                format!("{crm} named a server that is not one of its own"),
                "Nobody was signed in, and nothing was sent there. Give this to your \
                 administrator.",
                Remedy::TellAdmin,
            ),
            Self::NotKept(_) => failed(
                "The sign-in could not be kept".to_owned(),
                "The keychain is locked or the disk is full, so nobody was signed in. Unlock the \
                 keychain or make room, then try again.",
                Remedy::Retry,
            ),
            Self::NoListener(_) => failed(
                "This computer does not let the browser come back".to_owned(),
                "A page on this computer could not be offered. A security program may forbid it; \
                 ask your administrator.",
                Remedy::TellAdmin,
            ),
            Self::NoBrowser
            | Self::PortsTaken { .. }
            | Self::TimedOut { .. }
            | Self::Refused { .. }
            | Self::Token(_)
            | Self::WhoAmI(_) => failed(
                format!("{crm} is not signed in to with the browser"),
                "Choose another way to sign in.",
                Remedy::TellAdmin,
            ),
        }
    }

    /// The vendor's code, or ours, in one short line for support.
    pub fn support_line(&self) -> String {
        match self {
            Self::Token(fault) | Self::WhoAmI(fault) => fault.support_line(),
            Self::Refused { code, .. } => format!("{} · {code}", self.slug()),
            Self::NoBrowser
            | Self::PortsTaken { .. }
            | Self::NoListener(_)
            | Self::NoWindow(_)
            | Self::TimedOut { .. }
            | Self::WrongState
            | Self::WrongIssuer
            | Self::ForeignServer
            | Self::NotKept(_) => self.slug().to_owned(),
        }
    }
}

/// The likely cause of a code that token endpoints have in common.
fn refusal(fault: &Fault) -> &'static str {
    match fault.code.as_deref() {
        Some("invalid_client" | "invalid_client_id" | "unauthorized_client") => {
            "It does not know the app: the client id or secret is wrong, or the app is not \
             installed in your organisation. Ask your administrator."
        }
        Some("redirect_uri_mismatch") => {
            "The address of this computer is not registered with the app. Ask your administrator."
        }
        _ => "The code it gave was not taken. Try again; if it stays, ask your administrator.",
    }
}

fn with_reason(text: &str, reason: Option<&str>) -> String {
    match reason.filter(|reason| !reason.is_empty()) {
        Some(reason) => format!("{text} It says: “{reason}”."),
        None => text.to_owned(),
    }
}

fn failed(title: String, text: &str, remedy: Remedy) -> Words {
    Words {
        title,
        text: text.to_owned(),
        remedy,
        mild: false,
    }
}
