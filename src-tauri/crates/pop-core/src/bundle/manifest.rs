//! What a bundle says of itself: whose it is, which version, how long and for whom it holds.

use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::bundle::{PublicKey, Refusal};
use crate::moment::Moment;

/// The longest that a bundle may hold (rule C3).
pub const LONGEST: Duration = Duration::from_hours(400 * 24);

/// How long before its end people are warned.
pub const WARNED: Duration = Duration::from_hours(60 * 24);

/// How long after its end it still opens records by itself (rule C10).
pub const GRACE: Duration = Duration::from_hours(30 * 24);

/// What a bundle says of itself.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Whose bundle it is: small letters, digits and `-`. A desktop that has taken one tenant's
    /// bundle takes no other's.
    #[schemars(regex(pattern = r"^[a-z0-9][a-z0-9-]{0,63}$"))]
    pub tenant: String,
    /// Grows with every change; a desktop never goes back. To return to an earlier content, give
    /// it a new version.
    #[schemars(range(min = 1))]
    pub version: u32,
    /// When it begins to hold, as `2026-01-31T00:00:00Z`; without it: at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<String>,
    /// When it has to be renewed: at most 400 days ahead.
    pub expires: String,
    /// The oldest version of the program that takes it, such as `0.1.0`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}$"))]
    pub minimum_app: Option<String>,
    /// For how many in a hundred people it is; a desktop without any bundle takes it in any case.
    #[serde(default)]
    pub ring: Ring,
    /// The settings that people may set for themselves although the bundle sets them: dotted names,
    /// or the name of a whole group. All others that it sets are locked.
    #[serde(default)]
    #[schemars(length(max = 64))]
    pub personal: Vec<String>,
    /// The settings that nobody may set, although the bundle does not set them.
    #[serde(default)]
    #[schemars(length(max = 64))]
    pub locked: Vec<String>,
    /// From this version on exactly these keys are trusted (`ed25519:…`). Each of them must have
    /// signed this version, beside a key that was trusted before.
    #[serde(default)]
    #[schemars(length(max = 3))]
    pub trust: Vec<String>,
    /// What is new, for the people who get it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 280))]
    pub note: Option<String>,
}

/// For how many in a hundred people a bundle is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Ring {
    /// One in a hundred.
    One,
    /// One in ten.
    Ten,
    /// One in two.
    Fifty,
    /// Everybody.
    #[default]
    All,
}

impl Ring {
    /// Every ring, from the smallest.
    pub const EACH: [Self; 4] = [Self::One, Self::Ten, Self::Fifty, Self::All];

    /// In a hundred.
    pub const fn percent(self) -> u8 {
        match self {
            Self::One => 1,
            Self::Ten => 10,
            Self::Fifty => 50,
            Self::All => 100,
        }
    }

    /// Whether a person is in it: the same people for every version (rule C9), and everybody of a
    /// smaller ring is in the larger ones.
    pub fn holds(self, tenant: &str, person: &str) -> bool {
        place_of(tenant, person) < self.percent()
    }
}

impl From<Ring> for u8 {
    fn from(ring: Ring) -> Self {
        ring.percent()
    }
}

impl TryFrom<u8> for Ring {
    type Error = &'static str;

    fn try_from(percent: u8) -> Result<Self, Self::Error> {
        let found = Self::EACH
            .into_iter()
            .find(|ring| ring.percent() == percent);
        found.ok_or("expected 1, 10, 50 or 100")
    }
}

impl JsonSchema for Ring {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Ring".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "For how many in a hundred people: 1, 10, 50 or 100.",
            "enum": Self::EACH.map(Self::percent),
        })
    }
}

/// A person's place among a hundred, from 0.
fn place_of(tenant: &str, person: &str) -> u8 {
    let digest = Sha256::new()
        .chain_update(tenant)
        .chain_update([0])
        .chain_update(person.to_lowercase())
        .finalize();
    let number = digest
        .iter()
        .take(8)
        .fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
    u8::try_from(number % 100).unwrap_or(99)
}

/// How far a bundle is from its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiry {
    /// Far.
    Far,
    /// It ends within [`WARNED`]; in so many whole days.
    Soon(u32),
    /// It has ended, and goes on for so many whole days.
    Over(u32),
    /// It has ended longer ago than [`GRACE`]: nothing opens by itself.
    Ended,
}

impl Manifest {
    /// The moment at which it ends; it was checked when the bundle was read.
    pub fn ends(&self) -> Moment {
        Moment::parse(&self.expires).unwrap_or_default()
    }

    /// The moment at which it begins, where it says so.
    pub fn begins(&self) -> Option<Moment> {
        self.not_before.as_deref().and_then(Moment::parse)
    }

    /// How far it is from its end.
    pub fn expiry(&self, now: Moment) -> Expiry {
        let ends = self.ends();
        let days = |span: Duration| u32::try_from(span.as_secs() / 86_400).unwrap_or(u32::MAX);
        if ends.after(GRACE) <= now {
            Expiry::Ended
        } else if ends <= now {
            Expiry::Over(days(ends.after(GRACE).since(now)))
        } else if ends.since(now) <= WARNED {
            Expiry::Soon(days(ends.since(now)))
        } else {
            Expiry::Far
        }
    }

    /// Whether every key that it trusts from now on has signed it (rule C2).
    ///
    /// # Errors
    /// The first that has not.
    pub fn proven(&self, signers: &[PublicKey]) -> Result<(), Refusal> {
        let new = self
            .trust
            .iter()
            .filter_map(|key| PublicKey::parse(key).ok());
        let mut missing = new.filter(|key| !signers.contains(key));
        missing
            .next()
            .map_or(Ok(()), |key| Err(Refusal::Unproven(key.fingerprint())))
    }

    /// Whether this program may take it now, after `highest`, the highest version that it ever
    /// took (rules C3 and C4).
    ///
    /// # Errors
    /// Why not.
    pub fn acceptable(&self, taker: &Taker<'_>) -> Result<(), Refusal> {
        if let Some(tenant) = taker.tenant
            && tenant != self.tenant
        {
            return Err(Refusal::Tenant(self.tenant.clone()));
        }
        if self.version < taker.highest {
            return Err(Refusal::Rollback {
                version: self.version,
                highest: taker.highest,
            });
        }
        if self.begins().is_some_and(|begins| taker.now < begins) {
            return Err(Refusal::Early(self.not_before.clone().unwrap_or_default()));
        }
        if self.ends() <= taker.now {
            return Err(Refusal::Expired(self.expires.clone()));
        }
        if self.ends().since(taker.now) > LONGEST {
            return Err(Refusal::TooLongAhead(self.expires.clone()));
        }
        match &self.minimum_app {
            Some(minimum) if numbers(minimum) > numbers(taker.app) => {
                Err(Refusal::OldProgram(minimum.clone()))
            }
            Some(_) | None => Ok(()),
        }
    }
}

/// Who is to take a bundle.
#[derive(Clone, Copy, Debug)]
pub struct Taker<'t> {
    /// The time.
    pub now: Moment,
    /// This program's version.
    pub app: &'t str,
    /// Whose bundles it takes; `None` before the first.
    pub tenant: Option<&'t str>,
    /// The highest version that it ever took; 0 before the first.
    pub highest: u32,
}

fn numbers(version: &str) -> Vec<u32> {
    version
        .split('.')
        .map(|part| part.parse().unwrap_or(0))
        .collect()
}
