//! What a fault means in words for people: what happened, why, and what to do.
//!
//! One table for all connections; the CRM's name is put in. The sentences are in `words/`, by
//! language. The pattern is the interface page's: a title that names the system, then the likely
//! cause and the step that helps. No blame, no codes in the sentence (the code stands small beside
//! it).

use crate::fault::{Fault, FaultKind};
use crate::http::HttpFault;
use crate::language::Language;

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
    /// Find out what stands between this computer and the CRMs.
    Diagnose,
}

/// The words when none of the CRMs that a card asks is reached: why the most important one is not, and
/// what goes on all the same.
pub fn words_out_of_reach(crms: &[&str], first: &Fault, language: Language) -> Words {
    let crm = crms.first().copied().unwrap_or_default();
    let why = first.words(crm, language).text;
    let id = "fault-out_of_reach";
    Words {
        title: match crms {
            [crm] => language.say_of(id, "one", &[("crm", (*crm).into())]),
            _ => language.say(id, &[]),
        },
        text: language.say_of(id, "text", &[("why", (&why).into())]),
        remedy: Remedy::Diagnose,
        mild: false,
    }
}

impl Fault {
    /// The words for this fault of the CRM that people call `crm`.
    pub fn words(&self, crm: &str, language: Language) -> Words {
        let id = format!("fault-{}", self.slug());
        let crm = [("crm", crm.into())];
        let (remedy, mild) = what_helps(&self.kind);
        let text = match (&self.kind, self.retry_after) {
            (FaultKind::RateLimited, Some(wait)) => {
                let seconds = wait.as_secs().max(1);
                language.say_of(&id, "wait", &[("seconds", seconds.into())])
            }
            (FaultKind::Invalid(fields), _) if !fields.is_empty() => {
                language.say_of(&id, "fields", &[("fields", (&fields.join(", ")).into())])
            }
            (FaultKind::MissingName(name), _) => {
                language.say_of(&id, "text", &[("name", name.into())])
            }
            _ => language.say_of(&id, "text", &crm),
        };
        Words {
            title: language.say(&id, &crm),
            text,
            remedy,
            mild,
        }
    }

    /// The words when another part of the CRM that people call `crm` found somebody all the same.
    pub fn words_of_a_part(&self, crm: &str, language: Language) -> Words {
        let whole = self.words(crm, language);
        let id = "fault-of_a_part";
        Words {
            title: language.say(id, &[("crm", crm.into())]),
            text: language.say_of(id, "text", &[("why", (&whole.text).into())]),
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

/// The step that helps, and whether something is only late or partial.
fn what_helps(kind: &FaultKind) -> (Remedy, bool) {
    match kind {
        FaultKind::SignInNeeded => (Remedy::SignIn, false),
        FaultKind::KeychainLocked
        | FaultKind::RateLimited
        | FaultKind::TimedOut
        | FaultKind::Paused
        | FaultKind::Network(HttpFault::AnswerTimeout) => (Remedy::Retry, true),
        FaultKind::Conflict
        | FaultKind::Unavailable
        | FaultKind::Network(
            HttpFault::Dns | HttpFault::Refused | HttpFault::ConnectTimeout | HttpFault::Cut,
        ) => (Remedy::Retry, false),
        FaultKind::Forbidden
        | FaultKind::Invalid(_)
        | FaultKind::MissingName(_)
        | FaultKind::AnswerNotUnderstood
        | FaultKind::Redirect
        | FaultKind::ForeignAddress
        | FaultKind::Network(
            HttpFault::Tls | HttpFault::Proxy | HttpFault::TooLarge | HttpFault::BadRequest,
        ) => (Remedy::TellAdmin, false),
        FaultKind::NotSupported => (Remedy::TellAdmin, true),
        FaultKind::NotFound | FaultKind::Ambiguous => (Remedy::Search, false),
        FaultKind::UnsafeValue => (Remedy::Search, true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::moment::Moment;

    fn words(kind: FaultKind) -> Words {
        Fault::new(kind, Moment::default()).words("Meridian", Language::En)
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
        let (part, whole) = (
            fault.words_of_a_part("Meridian", Language::En),
            fault.words("Meridian", Language::En),
        );
        assert_eq!(part.title, "A part of Meridian did not answer");
        assert!(part.text.contains("check who it is"), "{}", part.text);
        assert!(part.text.ends_with(&whole.text), "{}", part.text);
        assert_eq!(part.remedy, whole.remedy, "what helps is the same");
        assert!(part.mild && !whole.mild, "what was found is still there");
    }

    #[test]
    fn crms_out_of_reach_are_one_problem_with_the_cause_of_the_first() {
        let fault = Fault::new(FaultKind::Network(HttpFault::Dns), Moment::default());
        let several = words_out_of_reach(&["Meridian", "Desk"], &fault, Language::En);
        let one = words_out_of_reach(&["Meridian"], &fault, Language::En);
        assert_eq!(several.title, "No route to the CRMs");
        assert_eq!(one.title, "No route to Meridian");
        assert!(one.text.contains("Its name has no address"), "{}", one.text);
        assert_eq!(one.remedy, Remedy::Diagnose);
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
