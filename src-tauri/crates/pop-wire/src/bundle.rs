//! The organisation's bundle as the window shows it: which one is in force, and why a newer is not.

use pop_core::bundle::Expiry;
use pop_core::moment::Moment;
use pop_core::status::{ActiveBundle, BundleStatus, BundleTrouble};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The organisation's bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BundleView {
    /// Where it comes from.
    pub from: String,
    /// The one in force.
    pub active: Option<ActiveBundleView>,
    /// When it was last looked for.
    #[ts(type = "number | null")]
    pub checked: Option<i64>,
    /// A newer version that is for others at first.
    pub waiting: Option<WaitingBundleView>,
    /// Why the latest was not taken, or could not be reached.
    pub trouble: Option<BundleTroubleView>,
    /// Dotted names of the settings that it has set; other locked ones the machine policy has.
    pub locks: Vec<String>,
    /// Whether the person took it here, and can let it go.
    pub own: bool,
}

/// The bundle in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ActiveBundleView {
    /// Whose it is.
    pub tenant: String,
    /// Its version.
    pub version: u32,
    /// For how many in a hundred people it is.
    pub percent: u8,
    /// Since when it is in force here.
    #[ts(type = "number")]
    pub since: i64,
    /// What is new, in the admin's words.
    pub note: Option<String>,
    /// The fingerprints of the keys that signed it.
    pub signed_by: Vec<String>,
    /// When it ends.
    #[ts(type = "number")]
    pub ends: i64,
    /// How far that is.
    pub expiry: ExpiryView,
    /// Until when it may still be taken back by itself.
    #[ts(type = "number | null")]
    pub probation: Option<i64>,
}

/// How far a bundle is from its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ExpiryView {
    /// Far.
    Far,
    /// It ends soon.
    Soon {
        /// In so many days.
        days: u32,
    },
    /// It has ended, and goes on for a while.
    Over {
        /// For so many days.
        days: u32,
    },
    /// Nothing opens by itself any more.
    Ended,
}

/// A newer version that is for others at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct WaitingBundleView {
    /// Its version.
    pub version: u32,
    /// For how many in a hundred people it is.
    pub percent: u8,
}

/// Why the latest bundle is not in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct BundleTroubleView {
    /// What happened.
    pub kind: BundleTroubleKind,
    /// The version, where it is known.
    pub version: Option<u32>,
    /// The code, for support.
    pub code: String,
    /// Why, as the log has it.
    pub why: String,
    /// When.
    #[ts(type = "number")]
    pub at: i64,
}

/// What can happen to a bundle; each has words of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BundleTroubleKind {
    /// It could not be fetched.
    Reach,
    /// It is not signed by somebody who is trusted, or was changed.
    Signature,
    /// It is older than what was in force.
    Rollback,
    /// It holds at another time.
    Time,
    /// It is for another organisation, or another version of the program.
    NotForUs,
    /// What it says is wrong.
    Content,
    /// It did worse than the one before it.
    Worse,
    /// It was taken back.
    Back,
    /// The kept one cannot be trusted any more.
    Damaged,
}

/// What a person would trust, before they do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OfferedView {
    /// Whose it is.
    pub tenant: String,
    /// Which version.
    pub version: u32,
    /// When it ends.
    #[ts(type = "number")]
    pub ends: i64,
    /// What is new in it, in the admin's words.
    pub note: Option<String>,
    /// The fingerprint of the key that signed it.
    pub fingerprint: String,
    /// The CRMs that it sets up.
    pub crms: Vec<OfferedCrmView>,
    /// Where interactions come from.
    pub gateway: Option<String>,
    /// Where this desktop would tell how it is.
    pub report_to: Option<String>,
    /// How many settings cannot be changed here any more.
    pub locked: u32,
}

/// A CRM that it sets up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OfferedCrmView {
    /// Its name for people.
    pub label: String,
    /// Its server, where it is named.
    pub server: Option<String>,
}

/// Where a person takes their organisation's settings from.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct OrganisationRequest {
    /// An https address, or the whole path of a file on this computer or a share.
    pub from: String,
    /// The fingerprint of the organisation's key.
    pub key: String,
}

impl BundleView {
    /// Draws the bundle, what it locks, and whether machine policy says where it comes from.
    pub fn draw(status: &BundleStatus, locks: &[String], by_policy: bool) -> Self {
        Self {
            locks: locks.to_vec(),
            own: !by_policy,
            from: status.from.clone(),
            active: status.active.as_ref().map(ActiveBundleView::from),
            checked: status.checked.map(Moment::millis),
            waiting: status
                .waiting
                .map(|(version, percent)| WaitingBundleView { version, percent }),
            trouble: status.trouble.as_ref().map(BundleTroubleView::from),
        }
    }
}

impl From<&ActiveBundle> for ActiveBundleView {
    fn from(active: &ActiveBundle) -> Self {
        Self {
            tenant: active.tenant.clone(),
            version: active.version,
            percent: active.percent,
            since: active.since.millis(),
            note: active.note.clone(),
            signed_by: active.signed_by.clone(),
            ends: active.ends.millis(),
            expiry: match active.expiry {
                Expiry::Far => ExpiryView::Far,
                Expiry::Soon(days) => ExpiryView::Soon { days },
                Expiry::Over(days) => ExpiryView::Over { days },
                Expiry::Ended => ExpiryView::Ended,
            },
            probation: active.probation.map(Moment::millis),
        }
    }
}

impl From<&BundleTrouble> for BundleTroubleView {
    fn from(trouble: &BundleTrouble) -> Self {
        let kind = match trouble.code {
            "E_CFG_SIG" | "E_CFG_FORM" => BundleTroubleKind::Signature,
            "E_CFG_ROLLBACK" => BundleTroubleKind::Rollback,
            "E_CFG_TIME" => BundleTroubleKind::Time,
            "E_CFG_TENANT" | "E_CFG_APP" => BundleTroubleKind::NotForUs,
            "E_CFG_CONTENT" => BundleTroubleKind::Content,
            "E_CFG_WORSE" | "E_CFG_BLOCKED" => BundleTroubleKind::Worse,
            "E_CFG_BACK" => BundleTroubleKind::Back,
            "E_CFG_DAMAGED" => BundleTroubleKind::Damaged,
            _ => BundleTroubleKind::Reach,
        };
        Self {
            kind,
            version: trouble.version,
            code: trouble.code.to_owned(),
            why: trouble.why.clone(),
            at: trouble.at.millis(),
        }
    }
}
