//! The one file that an organisation distributes: signed, versioned, and checked whole before
//! anything of it counts (rules C1 to C11).
//!
//! A bundle is TOML: `[bundle]` says what it is, the other tables are settings as in the settings
//! file, `[definitions]` brings CRMs along, and every `[[example]]` says what must come out. Here
//! it is read, checked and signed. What its definitions and links come to is `pop-crm`'s; where it
//! is fetched from, kept and switched on is the engine's.

mod envelope;
mod example;
mod keys;
mod manifest;
mod playing;
mod read;
mod recorded;
mod schema;
mod secrets;
mod sign_off;

pub use envelope::{MOST_BYTES, MOST_SIGNED, Signed};
pub use example::{
    Example, ExampleCase, ExampleCustomer, ExampleInteraction, Expected, ExpectedWrite, Outcome,
    Wanted,
};
pub use keys::{Fingerprint, KeyFault, PublicKey, SecretKey, Trusted};
pub use manifest::{Expiry, GRACE, LONGEST, Manifest, Ring, Taker, WARNED};
pub use read::{Bundle, Embedded};
pub use recorded::{Recorded, Veil};
pub use schema::schema;
pub use sign_off::{SignOff, SignOffFault, digest};

/// Why a bundle is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Longer than any bundle.
    #[error("it is longer than 1 MiB")]
    TooLong,
    /// Not a signed file.
    #[error("it is no signed bundle: expected {0}")]
    Form(&'static str),
    /// A signature that does not fit.
    #[error("it was changed after {0} signed it")]
    Signature(Fingerprint),
    /// Nobody who is trusted has signed it.
    #[error("nobody who is trusted signed it; {} did", list(.0))]
    Stranger(Vec<Fingerprint>),
    /// New keys that have not signed themselves.
    #[error("it trusts {0} from now on, and that key has not signed it")]
    Unproven(Fingerprint),
    /// Another organisation's.
    #[error("it is the bundle of another organisation, “{0}”")]
    Tenant(String),
    /// Older than what was taken before.
    #[error("it is version {version}, and version {highest} was taken before")]
    Rollback {
        /// What it says.
        version: u32,
        /// The highest version ever taken.
        highest: u32,
    },
    /// The same version with another content.
    #[error("it is version {0} once more, with another content")]
    SameVersion(u32),
    /// It was switched on and had to be taken back.
    #[error("version {0} was taken back before, because it did worse than the one before it")]
    Blocked(u32),
    /// Not yet.
    #[error("it holds from {0}")]
    Early(String),
    /// No more.
    #[error("it ended on {0}")]
    Expired(String),
    /// A bundle that would never have to be renewed.
    #[error("it ends on {0}, more than 400 days ahead")]
    TooLongAhead(String),
    /// For a newer program.
    #[error("it needs Screenpop {0} or later")]
    OldProgram(String),
    /// What it says is wrong in so many places.
    #[error("it has {0} mistakes")]
    Content(usize),
    /// It does worse than the one in force.
    #[error("it does worse than the one in force: {0}")]
    Worse(String),
}

impl Refusal {
    /// Its code, as in the list of security rules.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLong | Self::Form(_) => "E_CFG_FORM",
            Self::Signature(_) | Self::Stranger(_) | Self::Unproven(_) => "E_CFG_SIG",
            Self::Tenant(_) => "E_CFG_TENANT",
            Self::Rollback { .. } | Self::SameVersion(_) => "E_CFG_ROLLBACK",
            Self::Blocked(_) => "E_CFG_BLOCKED",
            Self::Early(_) | Self::Expired(_) | Self::TooLongAhead(_) => "E_CFG_TIME",
            Self::OldProgram(_) => "E_CFG_APP",
            Self::Content(_) => "E_CFG_CONTENT",
            Self::Worse(_) => "E_CFG_WORSE",
        }
    }
}

fn list(fingerprints: &[Fingerprint]) -> String {
    let texts: Vec<String> = fingerprints.iter().map(ToString::to_string).collect();
    texts.join(" and ")
}

#[cfg(test)]
mod tests;
