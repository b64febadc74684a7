//! What can go wrong between us and a CRM, named once for all of them.
//!
//! The kinds follow the vocabulary of the integration reference: what an agent or an admin would
//! do differently is a kind of its own, everything else is not. Vendors' own codes become kinds in
//! their definition files. The words for people are in [`Fault::words`].

use std::time::Duration;

use crate::http::HttpFault;
use crate::moment::Moment;

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FaultKind {
    /// The sign-in is missing, wrong or over.
    SignInNeeded,
    /// The sign-in lies in the keychain, which is locked.
    KeychainLocked,
    /// Signed in, but not allowed to see or do this.
    Forbidden,
    /// The record or the address does not exist.
    NotFound,
    /// The CRM found several where one was asked for.
    Ambiguous,
    /// The CRM did not accept the request; the fields it named.
    Invalid(Vec<String>),
    /// Somebody else changed it, or it exists already.
    Conflict,
    /// Too many requests.
    RateLimited,
    /// The CRM is down or overloaded.
    Unavailable,
    /// The answer was not what the definition expects.
    AnswerNotUnderstood,
    /// The CRM answered with a redirect, which is never followed.
    Redirect,
    /// The address is not one of the connection's own.
    ForeignAddress,
    /// A name that a request needs has no value.
    MissingName(String),
    /// A value cannot be said safely in the CRM's language.
    UnsafeValue,
    /// The network failed before there was an answer.
    Network(HttpFault),
    /// No answer within the time budget of a lookup.
    TimedOut,
    /// Too many failures in a row: not asked until the pause is over.
    Paused,
    /// The connection cannot do this at all.
    NotSupported,
}

/// One fault, with what support needs to find it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What went wrong.
    pub kind: FaultKind,
    /// The HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// The vendor's own code.
    pub code: Option<String>,
    /// The vendor's own words, cut to 200 printable characters.
    pub message: Option<String>,
    /// The vendor's id of the request.
    pub request_id: Option<String>,
    /// How long the CRM asks us to wait.
    pub retry_after: Option<Duration>,
    /// What the CRM's headers say of its limits, as it says it.
    pub limits: Vec<(String, String)>,
    /// SHA-256 of the answer's body, if there was an answer.
    pub answer: Option<[u8; 32]>,
    /// When it happened.
    pub at: Moment,
}

impl Fault {
    /// A fault without an answer of the CRM.
    pub fn new(kind: FaultKind, at: Moment) -> Self {
        Self {
            kind,
            status: None,
            code: None,
            message: None,
            request_id: None,
            retry_after: None,
            limits: Vec::new(),
            answer: None,
            at,
        }
    }

    /// Whether trying the same read again can help without anybody changing anything.
    pub fn may_pass(&self) -> bool {
        match &self.kind {
            FaultKind::RateLimited
            | FaultKind::Unavailable
            | FaultKind::Network(_)
            | FaultKind::TimedOut
            | FaultKind::Paused => true,
            FaultKind::SignInNeeded
            | FaultKind::KeychainLocked
            | FaultKind::Forbidden
            | FaultKind::NotFound
            | FaultKind::Ambiguous
            | FaultKind::Invalid(_)
            | FaultKind::Conflict
            | FaultKind::AnswerNotUnderstood
            | FaultKind::Redirect
            | FaultKind::ForeignAddress
            | FaultKind::MissingName(_)
            | FaultKind::UnsafeValue
            | FaultKind::NotSupported => false,
        }
    }

    /// Whether the CRM is not reached from here at all, so that its pages will not open either.
    pub fn is_out_of_reach(&self) -> bool {
        matches!(
            self.kind,
            FaultKind::Network(
                HttpFault::Dns
                    | HttpFault::Refused
                    | HttpFault::ConnectTimeout
                    | HttpFault::Cut
                    | HttpFault::Proxy
            )
        )
    }

    /// A short stable code for logs, the screen's last line and support.
    pub fn slug(&self) -> &'static str {
        self.kind.slug()
    }
}

impl FaultKind {
    /// A short stable code for logs, the screen's last line and support.
    pub fn slug(&self) -> &'static str {
        match self {
            FaultKind::SignInNeeded => "sign_in_needed",
            FaultKind::KeychainLocked => "keychain_locked",
            FaultKind::Forbidden => "forbidden",
            FaultKind::NotFound => "not_found",
            FaultKind::Ambiguous => "ambiguous",
            FaultKind::Invalid(_) => "invalid",
            FaultKind::Conflict => "conflict",
            FaultKind::RateLimited => "rate_limited",
            FaultKind::Unavailable => "unavailable",
            FaultKind::AnswerNotUnderstood => "answer_not_understood",
            FaultKind::Redirect => "E_REDIRECT",
            FaultKind::ForeignAddress => "E_ORIGIN",
            FaultKind::MissingName(_) => "missing_name",
            FaultKind::UnsafeValue => "E_QUERY_VALUE",
            FaultKind::Network(HttpFault::Dns) => "dns",
            FaultKind::Network(HttpFault::Refused) => "refused",
            FaultKind::Network(HttpFault::ConnectTimeout) => "connect_timeout",
            FaultKind::Network(HttpFault::AnswerTimeout) => "answer_timeout",
            FaultKind::Network(HttpFault::Cut) => "cut",
            FaultKind::Network(HttpFault::Tls) => "tls",
            FaultKind::Network(HttpFault::Proxy) => "proxy",
            FaultKind::Network(HttpFault::TooLarge) => "E_ANSWER",
            FaultKind::Network(HttpFault::BadRequest) => "bad_request",
            FaultKind::TimedOut => "timed_out",
            FaultKind::Paused => "paused",
            FaultKind::NotSupported => "not_supported",
        }
    }
}
