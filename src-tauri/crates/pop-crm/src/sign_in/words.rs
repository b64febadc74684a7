//! What a failed sign-in means in words for people: what happened, why, and what to do.

use pop_core::fault::{Fault, FaultKind};
use pop_core::language::Language;
use pop_core::{Remedy, Words};

use crate::sign_in::fault::SignInFault;

/// The part of a message that stands below its title.
const TEXT: &str = "text";

impl SignInFault {
    /// The words for this failure of the CRM that people call `crm`.
    pub fn words(&self, crm: &str, language: Language) -> Words {
        if let Self::Token(fault) | Self::WhoAmI(fault) = self
            && fault.kind != FaultKind::SignInNeeded
        {
            return fault.words(crm, language);
        }
        let (id, part, remedy) = self.sentence();
        let id = format!("signin-{id}");
        let mut given = vec![("crm", crm.into())];
        let ports = self.ports();
        given.push(("ports", (&ports).into()));
        match self {
            Self::TimedOut { redirect } => given.push(("redirect", redirect.into())),
            Self::NoWindow(why) => given.push(("why", why.into())),
            Self::Token(_)
            | Self::WhoAmI(_)
            | Self::Refused { .. }
            | Self::PortsTaken { .. }
            | Self::NoBrowser
            | Self::NoListener(_)
            | Self::WrongState
            | Self::WrongIssuer
            | Self::ForeignServer
            | Self::NotKept(_) => {}
        }
        let text = language.say_of(&id, part, &given);
        Words {
            title: language.say(&id, &given),
            text: match self.reason() {
                Some(reason) => language.say(
                    "signin-with_reason",
                    &[("text", (&text).into()), ("reason", reason.into())],
                ),
                None => text,
            },
            remedy,
            mild: false,
        }
    }

    /// The message, the part of it that tells the cause, and the step that helps.
    fn sentence(&self) -> (&'static str, &'static str, Remedy) {
        match self {
            Self::Token(fault) => ("not_accepted", refusal(fault), Remedy::TellAdmin),
            Self::WhoAmI(_) => ("not_taken", TEXT, Remedy::TellAdmin),
            Self::Refused { code, .. } if code == "access_denied" => {
                ("declined", TEXT, Remedy::Retry)
            }
            Self::Refused { .. } => ("refused", TEXT, Remedy::TellAdmin),
            Self::TimedOut { .. } => ("timed_out", TEXT, Remedy::Retry),
            Self::PortsTaken { .. } => ("ports_taken", TEXT, Remedy::Retry),
            Self::NoWindow(_) => ("no_window", TEXT, Remedy::Retry),
            Self::WrongState => ("wrong_state", TEXT, Remedy::Retry),
            Self::WrongIssuer => ("wrong_issuer", TEXT, Remedy::TellAdmin),
            Self::ForeignServer => ("foreign_server", TEXT, Remedy::TellAdmin),
            Self::NotKept(_) => ("not_kept", TEXT, Remedy::Retry),
            Self::NoListener(_) => ("no_listener", TEXT, Remedy::TellAdmin),
            Self::NoBrowser => ("no_browser", TEXT, Remedy::TellAdmin),
        }
    }

    /// What the CRM itself says.
    fn reason(&self) -> Option<&str> {
        let reason = match self {
            Self::Token(fault) => fault.message.as_deref(),
            Self::Refused { message, .. } => message.as_deref(),
            Self::WhoAmI(_)
            | Self::TimedOut { .. }
            | Self::PortsTaken { .. }
            | Self::NoBrowser
            | Self::NoListener(_)
            | Self::NoWindow(_)
            | Self::WrongState
            | Self::WrongIssuer
            | Self::ForeignServer
            | Self::NotKept(_) => None,
        };
        reason.filter(|reason| !reason.is_empty())
    }

    fn ports(&self) -> String {
        let Self::PortsTaken { ports } = self else {
            return String::new();
        };
        let ports = ports.iter().map(u16::to_string).collect::<Vec<_>>();
        ports.join(", ")
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

/// The part of the message that tells the likely cause of a code that token endpoints have in
/// common.
fn refusal(fault: &Fault) -> &'static str {
    match fault.code.as_deref() {
        Some("invalid_client" | "invalid_client_id" | "unauthorized_client") => "client",
        Some("redirect_uri_mismatch") => "redirect",
        _ => TEXT,
    }
}
