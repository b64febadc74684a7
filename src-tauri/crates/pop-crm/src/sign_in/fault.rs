//! Why a sign-in did not come about, each cause by its own name.

use pop_core::fault::Fault;

/// Why nobody is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInFault {
    /// The connection's way to sign in needs no browser.
    NoBrowser,
    /// Every registered port of this computer is taken.
    PortsTaken {
        /// The ports that were tried.
        ports: Vec<u16>,
    },
    /// The page for the browser's answer cannot be offered; what the system said.
    NoListener(String),
    /// No browser took the address; what the system said.
    NoWindow(String),
    /// The browser did not come back in time.
    TimedOut {
        /// The address that must be registered with the CRM.
        redirect: String,
    },
    /// The browser's answer belongs to no sign-in of ours.
    WrongState,
    /// The answer comes from another server than the one that was asked.
    WrongIssuer,
    /// The CRM refused, or the person did; `access_denied` is the latter.
    Refused {
        /// The CRM's code.
        code: String,
        /// The CRM's own words, cut to 200 printable characters.
        message: Option<String>,
    },
    /// The token endpoint gave no token.
    Token(Box<Fault>),
    /// The token's own server is none of this CRM's hosts.
    ForeignServer,
    /// The grant cannot be kept; what the store said.
    NotKept(String),
    /// Signed in, but the CRM does not say as whom.
    WhoAmI(Box<Fault>),
}

impl SignInFault {
    /// A short stable code for logs, the screen's last line and support.
    pub fn slug(&self) -> &'static str {
        match self {
            Self::NoBrowser => "no_browser",
            Self::PortsTaken { .. } => "ports_taken",
            Self::NoListener(_) => "no_listener",
            Self::NoWindow(_) => "browser_not_opened",
            Self::TimedOut { .. } => "browser_timed_out",
            Self::WrongState => "wrong_state",
            Self::WrongIssuer => "wrong_issuer",
            Self::Refused { .. } => "refused",
            Self::Token(fault) | Self::WhoAmI(fault) => fault.slug(),
            Self::ForeignServer => "E_ORIGIN",
            Self::NotKept(_) => "grant_not_kept",
        }
    }
}
