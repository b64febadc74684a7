//! What a fault means in words for people: what happened, why, and what to do.
//!
//! One table for all connections; the CRM's name is put in. The pattern is the interface page's:
//! a title that names the system, then the likely cause and the step that helps. No blame, no
//! codes in the sentence (the code stands small beside it).

use crate::fault::{Fault, FaultKind};
use crate::http::HttpFault;

/// What to say about a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// What happened, with the system's name.
    pub title: String,
    /// The likely cause and what to do.
    pub text: String,
    /// The step that helps.
    pub remedy: Remedy,
    /// Whether something is only late or partial, rather than failed.
    pub mild: bool,
}

/// The step that helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Ask again.
    Retry,
    /// Sign in again.
    SignIn,
    /// Give the facts to the admin.
    TellAdmin,
    /// Search by hand.
    Search,
}

impl Fault {
    /// The words for this fault of the CRM that people call `crm`.
    pub fn words(&self, crm: &str) -> Words {
        match &self.kind {
            FaultKind::Network(network) => network_words(*network, crm),
            FaultKind::RateLimited => Words {
                title: format!("{crm} allows no more requests for now"),
                text: match self.retry_after {
                    Some(wait) => format!(
                        "Too many requests came in a short time. It asks to wait {} s; \
                         then try again.",
                        wait.as_secs().max(1)
                    ),
                    None => "Too many requests came in a short time. Wait a minute, then try \
                             again."
                        .to_owned(),
                },
                remedy: Remedy::Retry,
                mild: true,
            },
            FaultKind::Invalid(fields) => Words {
                title: format!("{crm} did not accept the request"),
                text: if fields.is_empty() {
                    "A field may be missing or mapped wrongly. Give the code below to your \
                     administrator."
                        .to_owned()
                } else {
                    format!(
                        "It names: {}. The field mapping may be wrong; give the code below to \
                         your administrator.",
                        fields.join(", ")
                    )
                },
                remedy: Remedy::TellAdmin,
                mild: false,
            },
            FaultKind::MissingName(name) => Words {
                title: format!("A value that {crm} needs is missing"),
                text: format!(
                    "“{name}” has no value here, so nothing was sent. The field mapping may be \
                     wrong; give this to your administrator."
                ),
                remedy: Remedy::TellAdmin,
                mild: false,
            },
            kind @ (FaultKind::SignInNeeded
            | FaultKind::KeychainLocked
            | FaultKind::Forbidden
            | FaultKind::NotFound
            | FaultKind::Ambiguous
            | FaultKind::Conflict
            | FaultKind::Unavailable
            | FaultKind::AnswerNotUnderstood
            | FaultKind::Redirect
            | FaultKind::ForeignAddress
            | FaultKind::UnsafeValue
            | FaultKind::TimedOut
            | FaultKind::Paused
            | FaultKind::NotSupported) => fixed_words(kind, crm),
        }
    }

    /// The words when another part of the CRM that people call `crm` found somebody all the same.
    pub fn words_of_a_part(&self, crm: &str) -> Words {
        let whole = self.words(crm);
        Words {
            title: format!("A part of {crm} did not answer"),
            text: format!(
                "Somebody else may fit as well: check who it is before you open the record. {}",
                whole.text
            ),
            remedy: whole.remedy,
            mild: true,
        }
    }

    /// Kind, status and the vendor's own code in one short line for support.
    pub fn support_line(&self) -> String {
        let mut parts = Vec::new();
        parts.extend(self.status.map(|status| status.to_string()));
        parts.push(self.slug().to_owned());
        parts.extend(self.code.clone());
        parts.join(" · ")
    }
}

fn fixed_words(kind: &FaultKind, crm: &str) -> Words {
    let (title, text, remedy, mild) = match kind {
        FaultKind::SignInNeeded => (
            format!("Your {crm} sign-in has expired"),
            "The token is missing, wrong or no longer valid. Sign in again; the card completes \
             itself.",
            Remedy::SignIn,
            false,
        ),
        FaultKind::KeychainLocked => (
            format!("{crm} waits for your keychain"),
            "The sign-in lies in the keychain, which is locked. Unlock it; the card completes \
             itself.",
            Remedy::Retry,
            true,
        ),
        FaultKind::Forbidden => (
            format!("{crm} does not let you see this"),
            "You are signed in, but a permission or scope is missing. Ask your administrator for \
             it.",
            Remedy::TellAdmin,
            false,
        ),
        FaultKind::NotFound => (
            format!("{crm} does not know this address"),
            "The record was removed, or the server's address or path is wrong. Search again, or \
             ask your administrator.",
            Remedy::Search,
            false,
        ),
        FaultKind::Ambiguous => (
            format!("{crm} found several records where one was expected"),
            "An identifier that should be unique is not. Search for the customer by name.",
            Remedy::Search,
            false,
        ),
        FaultKind::Conflict => (
            format!("{crm} says that somebody else changed this"),
            "The record exists already or was changed meanwhile. Read it again, then decide.",
            Remedy::Retry,
            false,
        ),
        FaultKind::Unavailable => (
            format!("{crm} is not available"),
            "It answers, but with a failure of its own: it is down or overloaded. Try again in a \
             moment.",
            Remedy::Retry,
            false,
        ),
        FaultKind::AnswerNotUnderstood => (
            format!("The answer of {crm} could not be read"),
            "It is not what the definition expects: a page in place of data, or a changed \
             interface. Give the code below to your administrator.",
            Remedy::TellAdmin,
            false,
        ),
        FaultKind::Redirect => (
            format!("{crm} answered with a redirect"),
            "Redirects are not followed, because they could carry your token elsewhere. The \
             server's address may be wrong; ask your administrator.",
            Remedy::TellAdmin,
            false,
        ),
        FaultKind::ForeignAddress => (
            format!("A request to {crm} would have left its own address"),
            "Nothing was sent. The definition or the server's address is wrong; ask your \
             administrator.",
            Remedy::TellAdmin,
            false,
        ),
        FaultKind::UnsafeValue => (
            format!("{crm} cannot be asked with this value"),
            "It has characters that cannot be said safely in its query language. Search for the \
             customer by name.",
            Remedy::Search,
            true,
        ),
        FaultKind::TimedOut => (
            format!("No answer from {crm} within 10 s"),
            "The CRM or the network is slow. What is known stays on the card; try again.",
            Remedy::Retry,
            true,
        ),
        FaultKind::Paused => (
            format!("{crm} is not asked for a few seconds"),
            "Several requests in a row failed. It is tried again by itself soon.",
            Remedy::Retry,
            true,
        ),
        FaultKind::NotSupported => (
            format!("{crm} cannot do this"),
            "Its definition has no such request. Ask your administrator.",
            Remedy::TellAdmin,
            true,
        ),
        FaultKind::Network(_)
        | FaultKind::RateLimited
        | FaultKind::Invalid(_)
        | FaultKind::MissingName(_) => (
            format!("{crm} could not be asked"),
            "Try again.",
            Remedy::Retry,
            false,
        ),
    };
    Words {
        title,
        text: text.to_owned(),
        remedy,
        mild,
    }
}

fn network_words(fault: HttpFault, crm: &str) -> Words {
    let (title, text, remedy) = match fault {
        HttpFault::Dns => (
            format!("This computer cannot find {crm}"),
            "Its name has no address: a wrong server name, no network, or a name server that does \
             not answer. Check the network, then the server's name.",
            Remedy::Retry,
        ),
        HttpFault::Refused => (
            format!("{crm} refuses the connection"),
            "The computer is reached, but nothing answers at that port: the server is stopped, or \
             the port is wrong.",
            Remedy::Retry,
        ),
        HttpFault::ConnectTimeout => (
            format!("No connection to {crm}"),
            "Nothing came back within 3 s: a firewall may drop the traffic, or the network is \
             down.",
            Remedy::Retry,
        ),
        HttpFault::AnswerTimeout => (
            format!("{crm} is slow: no answer within 8 s"),
            "It is connected, but did not answer in time. What is known stays on the card; try \
             again.",
            Remedy::Retry,
        ),
        HttpFault::Cut => (
            format!("The connection to {crm} broke"),
            "The answer did not arrive whole: the network, a proxy or the server cut it. Try \
             again.",
            Remedy::Retry,
        ),
        HttpFault::Tls => (
            format!("This computer does not trust {crm}"),
            "The certificate is expired, for another name, or from an unknown issuer; or something \
             on the way intercepts it. Ask your administrator.",
            Remedy::TellAdmin,
        ),
        HttpFault::Proxy => (
            format!("The proxy does not let this computer through to {crm}"),
            "It wants a sign-in or forbids the address. Ask your administrator.",
            Remedy::TellAdmin,
        ),
        HttpFault::TooLarge => (
            format!("The answer of {crm} is too large"),
            "More than 2 MiB came where a customer was expected. The definition should ask for \
             fewer fields or rows; ask your administrator.",
            Remedy::TellAdmin,
        ),
        HttpFault::BadRequest => (
            format!("The request to {crm} cannot be sent"),
            "An address or a header is malformed. Ask your administrator to check the \
             connection's settings.",
            Remedy::TellAdmin,
        ),
    };
    let mild = matches!(fault, HttpFault::AnswerTimeout);
    Words {
        title,
        text: text.to_owned(),
        remedy,
        mild,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::moment::Moment;

    fn words(kind: FaultKind) -> Words {
        Fault::new(kind, Moment::default()).words("Meridian")
    }

    #[test]
    fn every_kind_names_the_system_and_says_what_to_do() {
        let network = [
            HttpFault::Dns,
            HttpFault::Refused,
            HttpFault::ConnectTimeout,
            HttpFault::AnswerTimeout,
            HttpFault::Cut,
            HttpFault::Tls,
            HttpFault::Proxy,
            HttpFault::TooLarge,
            HttpFault::BadRequest,
        ];
        let mut kinds: Vec<FaultKind> = network.map(FaultKind::Network).to_vec();
        kinds.extend([
            FaultKind::SignInNeeded,
            FaultKind::KeychainLocked,
            FaultKind::Forbidden,
            FaultKind::NotFound,
            FaultKind::Ambiguous,
            FaultKind::Invalid(vec!["phone".into()]),
            FaultKind::Conflict,
            FaultKind::RateLimited,
            FaultKind::Unavailable,
            FaultKind::AnswerNotUnderstood,
            FaultKind::Redirect,
            FaultKind::ForeignAddress,
            FaultKind::MissingName("phone.e164".into()),
            FaultKind::UnsafeValue,
            FaultKind::TimedOut,
            FaultKind::Paused,
            FaultKind::NotSupported,
        ]);
        let mut titles = std::collections::BTreeSet::new();
        for kind in kinds {
            let words = words(kind.clone());
            assert!(
                words.title.contains("Meridian") || words.text.contains("Meridian"),
                "{kind:?}"
            );
            assert!(
                words.text.ends_with('.'),
                "{kind:?} ends as a sentence: {}",
                words.text
            );
            for banned in ["Oops", "went wrong", "Error", "!"] {
                assert!(
                    !words.text.contains(banned) && !words.title.contains(banned),
                    "{kind:?}"
                );
            }
            assert!(
                titles.insert(words.title.clone()),
                "{kind:?} has a title of its own"
            );
        }
    }

    #[test]
    fn a_part_that_failed_leaves_a_doubt_and_its_cause_is_still_said() {
        let fault = Fault::new(FaultKind::SignInNeeded, Moment::default());
        let (part, whole) = (fault.words_of_a_part("Meridian"), fault.words("Meridian"));
        assert_eq!(part.title, "A part of Meridian did not answer");
        assert!(part.text.contains("check who it is"), "{}", part.text);
        assert!(part.text.ends_with(&whole.text), "{}", part.text);
        assert_eq!(part.remedy, whole.remedy, "what helps is the same");
        assert!(part.mild && !whole.mild, "what was found is still there");
    }

    #[test]
    fn a_refused_field_is_named() {
        let words = words(FaultKind::Invalid(vec!["contactId".into()]));
        assert!(
            words.text.contains("contactId"),
            "the agent and the admin see which field"
        );
    }
}
