//! The gateway's broker as a source of interactions: how it is doing, and signing in there.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::connect::FieldFaultView;
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
    /// Whether another device of this agent leads, so that nothing opens by itself here.
    pub follows: bool,
    /// Why nothing is heard.
    pub problem: Option<ProblemView>,
    /// Whether one can sign in there with the browser.
    pub can_sign_in: bool,
    /// Whether there is a sign-in that can be ended.
    pub can_sign_out: bool,
    /// What a person has filled in for the way to the broker.
    pub way: WayView,
}

/// What is filled in for the way to the broker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one line of the form, and they combine freely"
)]
pub struct WayView {
    /// A broker without enrolment.
    pub broker: Option<BrokerFields>,
    /// Whether the organisation has set the broker, so that only its password is asked for.
    pub broker_locked: bool,
    /// Whether the broker's password is kept.
    pub broker_kept: bool,
    /// The proxy before the broker; absent: the system's.
    pub proxy: Option<ProxyFields>,
    /// Whether the organisation has set the proxy, so that only its password is asked for.
    pub proxy_locked: bool,
    /// Whether the proxy's password is kept.
    pub proxy_kept: bool,
}

/// A broker without enrolment; its password is never shown.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BrokerFields {
    /// `mqtts://host:port` or `wss://host:port/path`, tried in order.
    pub urls: Vec<String>,
    /// The user name.
    pub username: String,
    /// The client id; absent: the user name.
    pub client_id: Option<String>,
    /// The topic of interactions.
    pub interactions: String,
    /// The topic of what the gateway wants of the desktop.
    pub control: Option<String>,
    /// The topic of what became of events.
    pub ack: Option<String>,
    /// The topic of whether the desktop is there.
    pub presence: Option<String>,
}

/// An HTTP proxy; its password is never shown.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, TS)]
pub struct ProxyFields {
    /// `http://host:port`; empty: none, whatever the system says.
    pub url: String,
    /// The user name, where the proxy wants one.
    pub user: Option<String>,
}

/// A broker without enrolment that is to be used from now on.
#[derive(Deserialize, TS)]
pub struct BrokerRequest {
    /// What was filled in; absent: none, and its password is forgotten.
    pub broker: Option<BrokerFields>,
    /// The password or token; empty: the kept one stays. It goes to the vault and never comes back.
    pub secret: String,
}

/// The proxy that is to be used from now on.
#[derive(Deserialize, TS)]
pub struct ProxyRequest {
    /// What was filled in; absent: the system's, and the password is forgotten.
    pub proxy: Option<ProxyFields>,
    /// The password; empty: the kept one stays. It goes to the vault and never comes back.
    pub secret: String,
}

/// What came of a change of the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct WayChangedView {
    /// What is wrong with which field; then nothing has changed.
    pub faults: Vec<FieldFaultView>,
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
