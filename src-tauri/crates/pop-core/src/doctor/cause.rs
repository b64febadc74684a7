//! Why something fails, each cause by its own name.
//!
//! What the fault vocabulary of CRMs and of streams says already is not said again: it is a cause
//! as it is. The others are what only looking closer tells apart.

use crate::action::ActionKind;
use crate::fault::{Fault, FaultKind};
use crate::link::LinkFault;
use crate::stream::StreamFault;

/// Why something fails, or is about to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// What the CRM answered, or why it did not.
    Fault(FaultKind),
    /// Why the stream of events does not flow.
    Stream(StreamFault),
    /// The sign-in was good and is over.
    TokenExpired,
    /// The CRM does not know the token, key or password.
    TokenRefused,
    /// The sign-in was not given a scope that is needed.
    ScopeMissing,
    /// The server's certificate is over.
    CertificateExpired,
    /// The server's certificate is for other names; the first of them.
    CertificateName {
        /// A name that it is for.
        name: String,
    },
    /// The server's certificate is from somebody whom this computer does not trust.
    CertificateUntrusted {
        /// Who signed it, as it says.
        issuer: String,
    },
    /// The server's certificate was withdrawn, or cannot be used for a server.
    CertificateUnfit,
    /// What answers at the server's port does not speak TLS.
    NotTls,
    /// Somebody on the way makes certificates of their own and reads along.
    Intercepted {
        /// Who signed the certificate, as it says.
        issuer: String,
    },
    /// The proxy itself is not reached.
    ProxyUnreachable {
        /// Its host and port.
        proxy: String,
    },
    /// The proxy wants a name and a password (407).
    ProxySignIn {
        /// Its host and port.
        proxy: String,
    },
    /// The proxy wants a way to sign in that is not spoken here (407).
    ProxyScheme {
        /// Its host and port.
        proxy: String,
    },
    /// The proxy does not let the connection through.
    ProxyRefused {
        /// Its host and port.
        proxy: String,
    },
    /// The network shows a page of its own before it lets anybody through.
    CaptivePage,
    /// This computer's clock is wrong.
    ClockOff {
        /// By how many seconds.
        seconds: u64,
    },
    /// The server has an IPv6 address, and it is not reached by it from here.
    Ipv6Broken,
    /// It takes too long, and here is where.
    Slow(Part),
    /// The CRM will soon allow no more requests.
    QuotaLow,
    /// A field that is mapped does not exist in the record.
    FieldMissing {
        /// The field of the card.
        field: String,
        /// Where it is read from.
        path: String,
    },
    /// The id is not one that this CRM gives.
    CustomerIdWrong,
    /// The CRM answers, and has no such record.
    CustomerMissing,
    /// Not even the test customer is seen: the records are hidden from this sign-in.
    CustomerHidden,
    /// A link template needs a value that the record has not.
    LinkMissing {
        /// The dotted name.
        name: String,
    },
    /// A link leads to a host that may not be opened.
    LinkForbidden,
    /// A link template makes no address.
    LinkBroken,
    /// No browser takes an address.
    NoBrowser,
    /// There is no keychain.
    KeychainAbsent,
    /// The kept sign-ins could not be opened.
    SecretsLost,
    /// The disk is full.
    DiskFull,
    /// The folder of the profile cannot be written to.
    DiskReadOnly,
    /// What is kept cannot be read.
    StoreBroken,
    /// The listener does not listen.
    ListenerDown,
    /// Events came and were refused; the code of most of them.
    EventsRefused(&'static str),
    /// No source of events is set up.
    NoSource,
    /// A file of the settings or a definition is wrong.
    FileWrong {
        /// Where.
        place: String,
    },
    /// The organisation's bundle was not taken.
    BundleRefused {
        /// The code, such as `E_CFG_SIG`.
        code: &'static str,
    },
    /// What waits to be sent fills its room.
    OutboxFilling,
    /// The record that is to be changed is gone.
    RecordGone,
    /// The sign-in may not create or change such a record.
    MayNotWrite,
}

/// A part of the way of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Waiting for a place among our own requests.
    Queue,
    /// Waiting because the CRM asked to be left alone.
    Limit,
    /// Looking up the name.
    Name,
    /// Connecting.
    Connect,
    /// Being let through by the proxy.
    Proxy,
    /// Agreeing on TLS.
    Tls,
    /// Waiting for the first byte: the CRM, or what stands before it, thinks.
    Answer,
    /// Reading the answer.
    Body,
}

impl Part {
    /// Every part, in the order of the way.
    pub const ALL: [Self; 8] = [
        Self::Queue,
        Self::Limit,
        Self::Name,
        Self::Connect,
        Self::Proxy,
        Self::Tls,
        Self::Answer,
        Self::Body,
    ];

    /// A short stable word.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Queue => "slow_queue",
            Self::Limit => "slow_limit",
            Self::Name => "slow_name",
            Self::Connect => "slow_connect",
            Self::Proxy => "slow_proxy",
            Self::Tls => "slow_tls",
            Self::Answer => "slow_answer",
            Self::Body => "slow_body",
        }
    }
}

impl Cause {
    /// The cause of a fault, as closely as its own words tell.
    pub fn of(fault: &Fault) -> Self {
        let says = |word: &str| {
            let told = [&fault.code, &fault.message];
            let mut told = told.into_iter().flatten();
            told.any(|told| told.to_lowercase().contains(word))
        };
        let kind = &fault.kind;
        if *kind == FaultKind::SignInNeeded && says("expired") {
            return Self::TokenExpired;
        }
        if *kind == FaultKind::SignInNeeded && fault.status.is_some() {
            return Self::TokenRefused;
        }
        if *kind == FaultKind::Forbidden && says("scope") {
            return Self::ScopeMissing;
        }
        Self::Fault(kind.clone())
    }

    /// The cause of a fault of a write: what a lookup would read as a wrong address is a record that
    /// is gone where one was to be changed.
    pub fn of_write(fault: &Fault, kind: ActionKind) -> Self {
        match (Self::of(fault), kind) {
            (Self::Fault(FaultKind::Forbidden), _) => Self::MayNotWrite,
            (
                Self::Fault(FaultKind::NotFound),
                ActionKind::AddNote
                | ActionKind::SetStatus
                | ActionKind::SetPriority
                | ActionKind::UpdateCustomer,
            ) => Self::RecordGone,
            (cause, _) => cause,
        }
    }

    /// Why a link is not opened.
    pub fn of_link(fault: &LinkFault) -> Self {
        match fault {
            LinkFault::Missing { name } => Self::LinkMissing { name: name.clone() },
            LinkFault::UrlHost => Self::LinkForbidden,
            LinkFault::UrlScheme
            | LinkFault::UrlForm
            | LinkFault::TplSyntax(_)
            | LinkFault::TplPlace { .. }
            | LinkFault::TplValue { .. }
            | LinkFault::TplShape => Self::LinkBroken,
        }
    }

    /// A short stable code for logs, the screen's last line and support.
    pub fn slug(&self) -> &'static str {
        match self {
            Self::Fault(kind) => kind.slug(),
            Self::Stream(fault) => fault.slug(),
            Self::TokenExpired => "token_expired",
            Self::TokenRefused => "token_refused",
            Self::ScopeMissing => "scope_missing",
            Self::CertificateExpired => "certificate_expired",
            Self::CertificateName { .. } => "certificate_name",
            Self::CertificateUntrusted { .. } => "certificate_untrusted",
            Self::CertificateUnfit => "certificate_unfit",
            Self::NotTls => "not_tls",
            Self::Intercepted { .. } => "intercepted",
            Self::ProxyUnreachable { .. } => "proxy_unreachable",
            Self::ProxySignIn { .. } => "proxy_sign_in",
            Self::ProxyScheme { .. } => "proxy_scheme",
            Self::ProxyRefused { .. } => "proxy_refused",
            Self::CaptivePage => "captive_page",
            Self::ClockOff { .. } => "clock_off",
            Self::Ipv6Broken => "ipv6_broken",
            Self::Slow(part) => part.slug(),
            Self::QuotaLow => "quota_low",
            Self::FieldMissing { .. } => "field_missing",
            Self::CustomerIdWrong => "customer_id_wrong",
            Self::CustomerMissing => "customer_missing",
            Self::CustomerHidden => "customer_hidden",
            Self::LinkMissing { .. } => "link_missing",
            Self::LinkForbidden => "link_forbidden",
            Self::LinkBroken => "link_broken",
            Self::NoBrowser => "no_browser",
            Self::KeychainAbsent => "keychain_absent",
            Self::SecretsLost => "secrets_lost",
            Self::DiskFull => "disk_full",
            Self::DiskReadOnly => "disk_read_only",
            Self::StoreBroken => "store_broken",
            Self::ListenerDown => "listener_down",
            Self::EventsRefused(_) => "events_refused",
            Self::NoSource => "no_source",
            Self::FileWrong { .. } => "file_wrong",
            Self::BundleRefused { .. } => "bundle_refused",
            Self::OutboxFilling => "outbox_filling",
            Self::RecordGone => "record_gone",
            Self::MayNotWrite => "may_not_write",
        }
    }

    /// Where the docs page speaks of it.
    pub fn anchor(&self) -> String {
        format!("diagnosis.md#{}", self.slug().to_lowercase())
    }
}
