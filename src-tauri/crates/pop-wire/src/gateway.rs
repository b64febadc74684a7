//! The gateway's broker as a source of interactions: how it is doing, and signing in there.

use serde::Serialize;
use ts_rs::TS;

use crate::parts::ProblemView;

/// The gateway's broker as a source of interactions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GatewayView {
    /// Whether it is heard.
    pub state: GatewayState,
    /// The address that is connected or tried.
    pub place: Option<String>,
    /// Who is signed in there, as the gateway names this device.
    pub account: Option<String>,
    /// Since when it is so, milliseconds since the Unix epoch.
    #[ts(type = "number | null")]
    pub since: Option<i64>,
    /// How many events came since the start.
    pub accepted: u32,
    /// When the last one came, milliseconds since the Unix epoch.
    #[ts(type = "number | null")]
    pub last: Option<i64>,
    /// Why nothing is heard.
    pub problem: Option<ProblemView>,
    /// Whether one can sign in there with the browser.
    pub can_sign_in: bool,
    /// Whether there is a sign-in that can be ended.
    pub can_sign_out: bool,
}

/// Whether the gateway's broker is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GatewayState {
    /// None is set up.
    Off,
    /// The person is signing in with the browser.
    SigningIn,
    /// It is being reached for the first time.
    Connecting,
    /// Events are heard.
    Connected,
    /// Nothing is heard.
    Broken,
}

/// How signing in to the gateway went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum GatewaySignInView {
    /// Signed in.
    SignedIn {
        /// As whom, as the gateway names this device.
        account: String,
    },
    /// Nobody was signed in.
    Failed {
        /// Why.
        problem: ProblemView,
    },
    /// The person gave up, or began anew.
    Cancelled,
}
