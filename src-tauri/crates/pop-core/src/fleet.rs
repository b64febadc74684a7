//! What a desktop tells of itself, where the organisation wants to see its fleet: version, ring and
//! health.
//!
//! No personal data by construction: nobody who sits there, no customer, no address of a CRM and
//! no text that anybody wrote; words of the program itself, numbers and times. Where it is sent
//! says the setting `fleet`; the sending is the engine's, the reading `screenpop-admin fleet`'s.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::moment::Moment;
use crate::status::{ConnectionStatus, GatewayStatus, ListenerStatus, Status};

/// The form of these reports; another form gets another number.
const PROTOCOL: u8 = 1;

/// One desktop, as it was at one time. Fields that are not known are passed over, so that versions
/// of the program can differ.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct FleetReport {
    /// The form.
    pub protocol: u8,
    /// What tells desktops apart and names nobody: 16 hexadecimal digits, the same at every start.
    pub desktop: String,
    /// When, RFC 3339.
    pub at: String,
    /// The program's version.
    pub app: String,
    /// The operating system: `linux`, `macos`, `windows`.
    pub system: String,
    /// The bundle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bundle: Option<FleetBundle>,
    /// How it is.
    pub health: FleetHealth,
}

/// The bundle of one desktop.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct FleetBundle {
    /// Whose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
    /// The version in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// For how many in a hundred people it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ring: Option<u8>,
    /// Since when it is in force, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// When it ends, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends: Option<String>,
    /// Whether it may still be taken back by itself.
    pub on_probation: bool,
    /// A newer version that is for others at first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waits_for: Option<u32>,
    /// Why the latest is not in force, such as `E_CFG_SIG`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trouble: Option<String>,
    /// The version that the trouble is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trouble_version: Option<u32>,
}

/// How a desktop is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct FleetHealth {
    /// How many CRMs are connected.
    pub crms: usize,
    /// The faults of those that fail, by how many have them.
    pub failing: BTreeMap<String, usize>,
    /// `off`, `signing_in`, `connecting`, `heard` or `broken`.
    pub gateway: String,
    /// `off`, `on` or `failed`.
    pub listener: String,
    /// Writes that wait to be sent.
    pub waiting_writes: usize,
    /// Mistakes in settings and definition files.
    pub file_faults: usize,
}

impl FleetReport {
    /// What a status comes to; `seed` is this installation's own random text.
    pub fn of(status: &Status, seed: &str, system: &str, app: &str, now: Moment) -> Self {
        let digest = Sha256::new()
            .chain_update("fleet\0")
            .chain_update(seed)
            .finalize();
        let desktop = digest.iter().take(8).map(|byte| format!("{byte:02x}"));
        let bundle = status.bundle.as_ref().map(|bundle| {
            let active = bundle.active.as_ref();
            let trouble = bundle.trouble.as_ref();
            FleetBundle {
                tenant: active.map(|it| it.tenant.clone()),
                version: active.map(|it| it.version),
                ring: active.map(|it| it.percent),
                since: active.map(|it| it.since.rfc3339()),
                ends: active.map(|it| it.ends.rfc3339()),
                on_probation: active.is_some_and(|it| it.probation.is_some()),
                waits_for: bundle.waiting.map(|(version, _)| version),
                trouble: trouble.map(|it| it.code.to_owned()),
                trouble_version: trouble.and_then(|it| it.version),
            }
        });
        Self {
            protocol: PROTOCOL,
            desktop: desktop.collect(),
            at: now.rfc3339(),
            app: app.to_owned(),
            system: system.to_owned(),
            bundle,
            health: FleetHealth::of(status),
        }
    }
}

impl FleetHealth {
    fn of(status: &Status) -> Self {
        let mut failing = BTreeMap::new();
        let fault = |connection: &ConnectionStatus| connection.fault.clone();
        for fault in status.connections.iter().filter_map(fault) {
            *failing.entry(fault.slug().to_owned()).or_default() += 1;
        }
        let gateway = match &status.gateway {
            GatewayStatus::Off => "off",
            GatewayStatus::SigningIn { .. } => "signing_in",
            GatewayStatus::Connecting { .. } => "connecting",
            GatewayStatus::Connected { .. } => "heard",
            GatewayStatus::Broken { .. } => "broken",
        };
        let listener = match &status.listener {
            ListenerStatus::Off => "off",
            ListenerStatus::On { .. } => "on",
            ListenerStatus::Failed(_) => "failed",
        };
        Self {
            crms: status.connections.len(),
            failing,
            gateway: gateway.to_owned(),
            listener: listener.to_owned(),
            waiting_writes: status.queue.iter().filter(|it| it.waits()).count(),
            file_faults: status.file_faults.len(),
        }
    }
}
