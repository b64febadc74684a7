//! What is said of a cause: what happened, why, what it does to the work, and who can mend it.
//!
//! The sentences are in `words/`, by language; for what the fault vocabulary knows, its own words
//! are used.

use crate::doctor::cause::{Cause, Part};
use crate::doctor::check::{CheckName, Skip, Step};
use crate::fault::{Fault, FaultKind};
use crate::http::HttpFault;
use crate::language::{Given, Language};
use crate::moment::Moment;

/// What to say about a cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CauseWords {
    /// What happened.
    pub title: String,
    /// Why.
    pub why: String,
    /// What it does to the work.
    pub effect: String,
    /// What the agent can do.
    pub agent: String,
    /// What the admin can do.
    pub admin: String,
    /// Who can mend it.
    pub by: Fixer,
}

/// Who can mend something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixer {
    /// The agent.
    Agent,
    /// An administrator of the organisation.
    Admin,
    /// Whoever runs the CRM.
    Vendor,
}

impl Fixer {
    /// A short stable word.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Admin => "admin",
            Self::Vendor => "vendor",
        }
    }
}

/// What the agent can do with their own hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "their words are in `words/`, by these names")]
pub enum HandStep {
    SignIn,
    Unlock,
    Retry,
    Wait,
    TellAdmin,
    Search,
    Network,
    Portal,
    Clock,
    Disk,
    Browser,
}

impl HandStep {
    /// A short stable word.
    pub fn slug(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Unlock => "unlock",
            Self::Retry => "retry",
            Self::Wait => "wait",
            Self::TellAdmin => "tell_admin",
            Self::Search => "search",
            Self::Network => "network",
            Self::Portal => "portal",
            Self::Clock => "clock",
            Self::Disk => "disk",
            Self::Browser => "browser",
        }
    }
}

/// What a cause does to the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "their words are in `words/`, by these names")]
pub enum Effect {
    NoCustomer,
    OneCustomer,
    Late,
    NotOpened,
    NotWritten,
    NoEvents,
    Empty,
    NotKept,
    Nothing,
}

impl Effect {
    /// A short stable word.
    pub fn slug(self) -> &'static str {
        match self {
            Self::NoCustomer => "no_customer",
            Self::OneCustomer => "one_customer",
            Self::Late => "late",
            Self::NotOpened => "not_opened",
            Self::NotWritten => "not_written",
            Self::NoEvents => "no_events",
            Self::Empty => "empty",
            Self::NotKept => "not_kept",
            Self::Nothing => "nothing",
        }
    }
}

impl Cause {
    /// The words for this cause at the CRM that people call `crm`.
    pub fn words(&self, crm: &str, language: Language) -> CauseWords {
        let (title, why) = self.what_and_why(crm, language);
        let (by, hand, effect) = self.who_and_how();
        let say = |kind: &str, slug: &str| {
            let id = format!("doctor-{kind}-{slug}");
            language.say(&id, &[("crm", crm.into())])
        };
        CauseWords {
            title,
            why,
            effect: say("effect", effect.slug()),
            agent: say("hand", hand.slug()),
            admin: self.admin(crm, language),
            by,
        }
    }

    fn what_and_why(&self, crm: &str, language: Language) -> (String, String) {
        if let Self::Fault(kind) = self {
            let words = Fault::new(kind.clone(), Moment::default()).words(crm, language);
            return (words.title, words.text);
        }
        if let Self::Stream(fault) = self {
            let words = fault.words(language);
            return (words.title, words.text);
        }
        let id = format!("doctor-cause-{}", self.slug());
        let given = self.given(crm);
        let why = self.refusal(language);
        let why = why.unwrap_or_else(|| language.say_of(&id, "why", &given));
        (language.say(&id, &given), why)
    }

    /// What is said of refused events by their code.
    fn refusal(&self, language: Language) -> Option<String> {
        let Self::EventsRefused(code) = self else {
            return None;
        };
        let id = format!("refusal-{code}");
        let id = if Language::knows(&id) {
            &id
        } else {
            "refusal-other"
        };
        Some(language.say(id, &[]))
    }

    fn admin(&self, crm: &str, language: Language) -> String {
        let given = self.given(crm);
        // What mends the broker's way is what mends the CRM's, where they fail alike.
        let id = format!("doctor-cause-{}", self.slug());
        if Language::knows(&id) {
            return language.say_of(&id, "admin", &given);
        }
        let id = format!("doctor-admin-{}", self.slug());
        let known = Language::knows(&id);
        let id = if known { &id } else { "doctor-admin-other" };
        language.say(id, &given)
    }

    fn given<'g>(&'g self, crm: &'g str) -> Vec<(&'static str, Given<'g>)> {
        let mut given = vec![("crm", crm.into())];
        match self {
            Self::CertificateName { name } | Self::LinkMissing { name } => {
                given.push(("name", name.into()));
            }
            Self::CertificateUntrusted { issuer } | Self::Intercepted { issuer } => {
                given.push(("issuer", issuer.into()));
            }
            Self::ProxyUnreachable { proxy }
            | Self::ProxySignIn { proxy }
            | Self::ProxyScheme { proxy }
            | Self::ProxyRefused { proxy } => given.push(("proxy", proxy.into())),
            Self::ClockOff { seconds } => given.push(("minutes", (seconds.div_ceil(60)).into())),
            Self::FieldMissing { field, path } => {
                given.push(("field", field.into()));
                given.push(("path", path.into()));
            }
            Self::FileWrong { place } => given.push(("place", place.into())),
            Self::BundleRefused { code } => given.push(("code", (*code).into())),
            Self::Fault(_)
            | Self::Stream(_)
            | Self::TokenExpired
            | Self::TokenRefused
            | Self::ScopeMissing
            | Self::CertificateExpired
            | Self::CertificateUnfit
            | Self::NotTls
            | Self::CaptivePage
            | Self::Ipv6Broken
            | Self::Slow(_)
            | Self::QuotaLow
            | Self::CustomerIdWrong
            | Self::CustomerMissing
            | Self::CustomerHidden
            | Self::LinkForbidden
            | Self::LinkBroken
            | Self::NoBrowser
            | Self::KeychainAbsent
            | Self::SecretsLost
            | Self::DiskFull
            | Self::DiskReadOnly
            | Self::StoreBroken
            | Self::ListenerDown
            | Self::EventsRefused(_)
            | Self::NoSource
            | Self::OutboxFilling
            | Self::RecordGone
            | Self::MayNotWrite => {}
        }
        given
    }

    fn who_and_how(&self) -> (Fixer, HandStep, Effect) {
        use {Effect as E, Fixer as F, HandStep as H};
        match self {
            Self::Fault(kind) => of_fault(kind),
            Self::Stream(_) | Self::ListenerDown | Self::EventsRefused(_) | Self::NoSource => {
                (F::Admin, H::TellAdmin, E::NoEvents)
            }
            Self::TokenExpired | Self::TokenRefused | Self::SecretsLost => {
                (F::Agent, H::SignIn, E::NoCustomer)
            }
            Self::ScopeMissing
            | Self::CertificateName { .. }
            | Self::CertificateUntrusted { .. }
            | Self::CertificateUnfit
            | Self::NotTls
            | Self::Intercepted { .. }
            | Self::ProxySignIn { .. }
            | Self::ProxyScheme { .. }
            | Self::ProxyRefused { .. }
            | Self::CustomerHidden => (F::Admin, H::TellAdmin, E::NoCustomer),
            Self::CertificateExpired => (F::Vendor, H::TellAdmin, E::NoCustomer),
            Self::ProxyUnreachable { .. } => (F::Agent, H::Network, E::NoCustomer),
            Self::CaptivePage => (F::Agent, H::Portal, E::NoCustomer),
            Self::ClockOff { .. } => (F::Agent, H::Clock, E::NoCustomer),
            Self::Ipv6Broken => (F::Admin, H::TellAdmin, E::Late),
            Self::Slow(Part::Answer | Part::Body) => (F::Vendor, H::Wait, E::Late),
            Self::Slow(Part::Queue | Part::Limit) | Self::QuotaLow => (F::Admin, H::Wait, E::Late),
            Self::Slow(Part::Name | Part::Connect | Part::Proxy | Part::Tls) => {
                (F::Admin, H::Network, E::Late)
            }
            Self::FieldMissing { .. } | Self::FileWrong { .. } => {
                (F::Admin, H::TellAdmin, E::Empty)
            }
            Self::CustomerIdWrong => (F::Admin, H::Search, E::OneCustomer),
            Self::CustomerMissing => (F::Agent, H::Search, E::OneCustomer),
            Self::LinkMissing { .. } | Self::LinkForbidden | Self::LinkBroken => {
                (F::Admin, H::TellAdmin, E::NotOpened)
            }
            Self::NoBrowser => (F::Agent, H::Browser, E::NotOpened),
            Self::DiskFull => (F::Agent, H::Disk, E::NotKept),
            Self::KeychainAbsent | Self::DiskReadOnly | Self::StoreBroken => {
                (F::Admin, H::TellAdmin, E::NotKept)
            }
            Self::BundleRefused { .. } => (F::Admin, H::TellAdmin, E::Nothing),
            Self::OutboxFilling | Self::MayNotWrite => (F::Admin, H::TellAdmin, E::NotWritten),
            Self::RecordGone => (F::Agent, H::Search, E::NotWritten),
        }
    }
}

fn of_fault(kind: &FaultKind) -> (Fixer, HandStep, Effect) {
    use {Effect as E, Fixer as F, HandStep as H};
    match kind {
        FaultKind::SignInNeeded => (F::Agent, H::SignIn, E::NoCustomer),
        FaultKind::KeychainLocked => (F::Agent, H::Unlock, E::NoCustomer),
        FaultKind::Forbidden
        | FaultKind::NotFound
        | FaultKind::AnswerNotUnderstood
        | FaultKind::Redirect
        | FaultKind::ForeignAddress
        | FaultKind::MissingName(_)
        | FaultKind::NotSupported => (F::Admin, H::TellAdmin, E::NoCustomer),
        FaultKind::Invalid(_) => (F::Admin, H::TellAdmin, E::NotWritten),
        FaultKind::Conflict => (F::Agent, H::Retry, E::NotWritten),
        FaultKind::Ambiguous | FaultKind::UnsafeValue => (F::Agent, H::Search, E::OneCustomer),
        FaultKind::RateLimited | FaultKind::Paused => (F::Admin, H::Wait, E::Late),
        FaultKind::Unavailable | FaultKind::TimedOut => (F::Vendor, H::Wait, E::NoCustomer),
        FaultKind::Network(fault) => match fault {
            HttpFault::Dns | HttpFault::ConnectTimeout => (F::Agent, H::Network, E::NoCustomer),
            HttpFault::Refused | HttpFault::AnswerTimeout | HttpFault::Cut => {
                (F::Vendor, H::Wait, E::NoCustomer)
            }
            HttpFault::Tls | HttpFault::Proxy | HttpFault::TooLarge | HttpFault::BadRequest => {
                (F::Admin, H::TellAdmin, E::NoCustomer)
            }
        },
    }
}

impl CheckName {
    /// What people call it.
    pub fn words(self, language: Language) -> String {
        language.say(&format!("doctor-check-{}", self.slug()), &[])
    }
}

impl Step {
    /// What people call it.
    pub fn words(self, language: Language) -> String {
        language.say(&format!("doctor-step-{}", self.slug()), &[])
    }
}

impl Skip {
    /// What people read in place of a result.
    pub fn words(self, language: Language) -> String {
        language.say(&format!("doctor-skip-{}", self.slug()), &[])
    }
}
