//! One thing that was looked at: what was tried, what was expected, what came, and the verdict.

use std::time::Duration;

use crate::doctor::cause::Cause;
use crate::moment::Moment;

/// The nine steps of the integration guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// What should happen, and whether that is what is set up.
    ExpectedFlow,
    /// Which ways in and out there are.
    IntegrationType,
    /// Token, permissions, scopes.
    Authentication,
    /// Endpoint, payload, required fields.
    Request,
    /// Fields of the CRM to fields of the card.
    FieldMapping,
    /// What was refused, what waits.
    Logs,
    /// DNS, firewall, proxy, TLS, limits.
    Network,
    /// A record that exists.
    KnownGood,
    /// What can be handed on.
    Evidence,
}

impl Step {
    /// Every step, in the guide's order.
    pub const ALL: [Self; 9] = [
        Self::ExpectedFlow,
        Self::IntegrationType,
        Self::Authentication,
        Self::Request,
        Self::FieldMapping,
        Self::Logs,
        Self::Network,
        Self::KnownGood,
        Self::Evidence,
    ];

    /// A short stable word.
    pub fn slug(self) -> &'static str {
        match self {
            Self::ExpectedFlow => "expected_flow",
            Self::IntegrationType => "integration_type",
            Self::Authentication => "authentication",
            Self::Request => "request",
            Self::FieldMapping => "field_mapping",
            Self::Logs => "logs",
            Self::Network => "network",
            Self::KnownGood => "known_good",
            Self::Evidence => "evidence",
        }
    }
}

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "their words are in `words/`, by these names")]
pub enum CheckName {
    Settings,
    Keychain,
    Store,
    Clock,
    Name,
    Proxy,
    Route,
    Certificate,
    Page,
    SignIn,
    Permission,
    Request,
    RateLimit,
    Latency,
    KnownRecord,
    Fields,
    Link,
    Browser,
    Listener,
    Gateway,
    Events,
    Writes,
    Bundle,
}

impl CheckName {
    /// Every check in the order of causes: what comes first explains what comes later.
    pub const ALL: [Self; 23] = [
        Self::Settings,
        Self::Keychain,
        Self::Store,
        Self::Name,
        Self::Proxy,
        Self::Route,
        Self::Clock,
        Self::Certificate,
        Self::Page,
        Self::SignIn,
        Self::Permission,
        Self::Request,
        Self::RateLimit,
        Self::KnownRecord,
        Self::Fields,
        Self::Link,
        Self::Latency,
        Self::Browser,
        Self::Listener,
        Self::Gateway,
        Self::Events,
        Self::Writes,
        Self::Bundle,
    ];

    /// The step of the guide that it belongs to.
    pub fn step(self) -> Step {
        match self {
            Self::Settings | Self::Bundle => Step::ExpectedFlow,
            Self::Listener | Self::Gateway | Self::Browser => Step::IntegrationType,
            Self::Keychain | Self::SignIn | Self::Permission => Step::Authentication,
            Self::Request => Step::Request,
            Self::Fields | Self::Link => Step::FieldMapping,
            Self::Events | Self::Writes => Step::Logs,
            Self::Clock
            | Self::Name
            | Self::Proxy
            | Self::Route
            | Self::Certificate
            | Self::Page
            | Self::RateLimit
            | Self::Latency => Step::Network,
            Self::KnownRecord => Step::KnownGood,
            Self::Store => Step::Evidence,
        }
    }

    /// A short stable word.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Settings => "settings",
            Self::Keychain => "keychain",
            Self::Store => "store",
            Self::Clock => "clock",
            Self::Name => "name",
            Self::Proxy => "proxy",
            Self::Route => "route",
            Self::Certificate => "certificate",
            Self::Page => "page",
            Self::SignIn => "sign_in",
            Self::Permission => "permission",
            Self::Request => "request",
            Self::RateLimit => "rate_limit",
            Self::Latency => "latency",
            Self::KnownRecord => "known_record",
            Self::Fields => "fields",
            Self::Link => "link",
            Self::Browser => "browser",
            Self::Listener => "listener",
            Self::Gateway => "gateway",
            Self::Events => "events",
            Self::Writes => "writes",
            Self::Bundle => "bundle",
        }
    }
}

/// How a check ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// As it should be.
    Passed,
    /// It works, and something is not as it should be.
    Warning(Cause),
    /// It does not work.
    Failed(Cause),
    /// It was not looked at.
    Skipped(Skip),
}

/// Why something was not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skip {
    /// An earlier check failed, and this one needs it.
    Before,
    /// It is not set up, or the CRM does not offer it.
    NotSetUp,
}

impl Skip {
    /// A short stable word.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::NotSetUp => "not_set_up",
        }
    }
}

/// What stands at the end of a check's line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Nothing more.
    None,
    /// How long it took.
    Took(Duration),
    /// How long it is good.
    Until(Moment),
    /// A name, a number or a code, as it is.
    Text(String),
    /// So much of all there may be was used, in percent.
    Used(u8),
    /// So many.
    Count(u64),
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What.
    pub name: CheckName,
    /// How it ended.
    pub verdict: Verdict,
    /// What was tried, in the words of support; never a secret, never a person.
    pub tried: String,
    /// What was expected.
    pub expected: String,
    /// What came.
    pub came: String,
    /// What stands at the end of its line.
    pub detail: Detail,
    /// How long it took.
    pub took: Duration,
}

impl Check {
    /// A check that passed.
    pub fn passed(name: CheckName) -> Self {
        Self::of(name, Verdict::Passed)
    }

    /// A check that failed.
    pub fn failed(name: CheckName, cause: Cause) -> Self {
        Self::of(name, Verdict::Failed(cause))
    }

    /// A check that something is wrong with that does not stop anything.
    pub fn warned(name: CheckName, cause: Cause) -> Self {
        Self::of(name, Verdict::Warning(cause))
    }

    /// A check that was not made.
    pub fn skipped(name: CheckName, skip: Skip) -> Self {
        Self::of(name, Verdict::Skipped(skip))
    }

    fn of(name: CheckName, verdict: Verdict) -> Self {
        Self {
            name,
            verdict,
            tried: String::new(),
            expected: String::new(),
            came: String::new(),
            detail: Detail::None,
            took: Duration::ZERO,
        }
    }

    /// What was tried, what was expected, what came.
    #[must_use]
    pub fn told(
        mut self,
        tried: impl Into<String>,
        expected: impl Into<String>,
        came: impl Into<String>,
    ) -> Self {
        (self.tried, self.expected, self.came) = (tried.into(), expected.into(), came.into());
        self
    }

    /// What stands at the end of its line.
    #[must_use]
    pub fn with(mut self, detail: Detail) -> Self {
        self.detail = detail;
        self
    }

    /// How long it took.
    #[must_use]
    pub fn within(mut self, took: Duration) -> Self {
        self.took = took;
        self
    }

    /// Why it failed or warns.
    pub fn cause(&self) -> Option<&Cause> {
        match &self.verdict {
            Verdict::Failed(cause) | Verdict::Warning(cause) => Some(cause),
            Verdict::Passed | Verdict::Skipped(_) => None,
        }
    }

    /// Whether it failed.
    pub fn has_failed(&self) -> bool {
        matches!(self.verdict, Verdict::Failed(_))
    }
}
