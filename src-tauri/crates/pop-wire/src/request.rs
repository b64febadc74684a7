//! What the window may ask for. Ids and small values only: no address, host, path or program.

use std::collections::BTreeMap;

use serde::Deserialize;
use ts_rs::TS;

/// A card, at the generation the agent was looking at.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct PopRequest {
    /// The card's number.
    pub pop: u32,
    /// The generation that was on screen; an older one is refused (rule P1).
    pub generation: u32,
}

/// A customer on a card: chosen among several, or found by hand and linked to it.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct CustomerRequest {
    /// The card; absent: show the customer on a card of its own.
    pub pop: Option<PopRequest>,
    /// The connection.
    pub connection: String,
    /// The record's id.
    pub id: String,
}

/// A record to open in the browser.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct OpenRequest {
    /// The card.
    pub pop: PopRequest,
    /// The case; absent: the customer, or their company.
    pub case: Option<CaseRequest>,
    /// Whether it is the customer's company.
    pub company: bool,
    /// Another connection that knows the same customer; absent: the one that decided who it is.
    pub also_in: Option<String>,
}

/// A case on a card.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct CaseRequest {
    /// The connection.
    pub connection: String,
    /// The record's id.
    pub id: String,
}

/// A connection on a card to ask again.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct RetryRequest {
    /// The card.
    pub pop: PopRequest,
    /// The connection.
    pub connection: String,
}

/// A connection's own page with what a search for a card's customer finds.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SearchPageRequest {
    /// The card.
    pub pop: PopRequest,
    /// The connection.
    pub connection: String,
}

/// What is typed for a new customer, and may be somebody's already.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct AlreadyThereRequest {
    /// An e-mail address or a telephone number, 1 to 200 characters.
    pub typed: String,
}

/// A search by hand.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SearchRequest {
    /// What was typed, 1 to 200 characters.
    pub words: String,
}

/// Whether a card's customer is kept at hand in the search.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct PinRequest {
    /// The card.
    pub pop: PopRequest,
    /// Kept, or no more.
    pub pinned: bool,
}

/// Which part of the history.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct HistoryRequest {
    /// From when on, milliseconds since the Unix epoch.
    #[ts(type = "number")]
    pub since: i64,
}

/// An interaction of the past: to show again, or to take off the list of those to call back.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct ReopenRequest {
    /// The store's number of it.
    pub id: u32,
}

/// An interaction to simulate in the sandbox.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct SimulateRequest {
    /// Which one.
    pub scene: SceneRequest,
}

/// The interactions that can be simulated.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SceneRequest {
    /// One customer, verified.
    One,
    /// A very important customer with a severe case.
    Vip,
    /// A number that several customers share.
    Several,
    /// Nobody the CRM knows.
    None,
    /// The CRM answers slowly.
    Slow,
    /// The sign-in has expired.
    Expired,
    /// The CRM cannot be reached.
    Offline,
}

/// One setting to change; the name is one of the agent's own settings.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SettingRequest {
    /// The dotted name, such as `appearance.theme`.
    pub name: String,
    /// The new value.
    #[ts(type = "string | number | boolean | null")]
    pub value: serde_json::Value,
}

/// A CRM to connect, or to sign in to again.
#[derive(Deserialize, TS)]
pub struct ConnectRequest {
    /// The connection to sign in to again; absent: a new one.
    pub again: Option<String>,
    /// The definition's id.
    pub definition: String,
    /// The name for people.
    pub label: String,
    /// The fields of the form.
    pub fields: BTreeMap<String, String>,
    /// The way to sign in.
    pub method: String,
    /// The user name, for methods that have one.
    pub user: Option<String>,
    /// The token, key or password; it goes to the vault and never comes back.
    pub secret: String,
}

/// A connection to test or to forget.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ConnectionRequest {
    /// Its name in the settings.
    pub connection: String,
}

/// The window has painted a snapshot.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct PaintedRequest {
    /// The card; 0: the window itself, for the first time.
    pub pop: u32,
    /// The snapshot's number.
    pub seq: u32,
    /// When the second frame after the change began, microseconds since the Unix epoch.
    #[ts(type = "number")]
    pub at_us: i64,
}
