//! The settings as the window draws them.

use serde::Serialize;
use ts_rs::TS;

/// The settings in force, and which of them an admin has locked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each flag is one switch on screen"
)]
pub struct SettingsView {
    /// When the record opens by itself.
    pub open: OpenPolicyView,
    /// Light, dark or as the system.
    pub theme: ThemeView,
    /// Comfortable or compact.
    pub density: DensityView,
    /// Whether the window stays above others.
    pub always_on_top: bool,
    /// The language, or the system's.
    pub language: LanguageView,
    /// Whether notifications are shown.
    pub notify: bool,
    /// Whether a notification names the customer.
    pub notify_name: bool,
    /// Who shows notices.
    pub shown_by: ShownByView,
    /// Whether a screen reader is told of pops.
    pub announce: bool,
    /// The sound of an offer while the window is not in view.
    pub sound: SoundChoice,
    /// Whether nothing is heard and no notice names anybody.
    pub quiet: bool,
    /// The side of the screen at which the window stays.
    pub dock: DockView,
    /// Whether it starts when the person signs in to the computer.
    pub start_at_sign_in: bool,
    /// The hotkey that shows the window.
    pub key_show: Option<String>,
    /// The hotkey that opens the record in front.
    pub key_open: Option<String>,
    /// The hotkey that begins a case.
    pub key_case: Option<String>,
    /// The hotkey that copies the id in front.
    pub key_copy: Option<String>,
    /// The hotkey that hides all customer data.
    pub key_curtain: Option<String>,
    /// What is masked, in the words of the settings file.
    pub mask: Vec<String>,
    /// After so many minutes without input customer data is hidden; 0: never.
    pub lock_after: u32,
    /// Whether the window is left out of screen captures.
    pub no_capture: bool,
    /// Whether the loopback listener is on.
    pub listener: bool,
    /// The listener's port; 0: any free one.
    pub listener_port: u16,
    /// The region of numbers without a country code, such as `ES`.
    pub region: Option<String>,
    /// The agent's id in the contact centre.
    pub agent_id: Option<String>,
    /// The gateway's address.
    pub gateway: Option<String>,
    /// Dotted names of the settings that an admin has set, such as `pop.open`.
    pub locked: Vec<String>,
}

/// What an organisation can switch off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words are those of the core's Feature")]
pub enum FeatureView {
    Search,
    Simulate,
    CreateCustomer,
    UpdateCustomer,
    CreateCase,
    AddNote,
    SetStatus,
}

/// Who shows notices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ShownByView {
    /// A window of our own.
    Screenpop,
    /// The notifications of the system.
    System,
}

/// The sound of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SoundChoice {
    /// None.
    Off,
    /// A soft tap.
    Tap,
}

/// The side of the screen at which the window stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words speak for themselves")]
pub enum DockView {
    Free,
    Left,
    Right,
}

/// When the record opens by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OpenPolicyView {
    /// When the interaction is offered.
    Offer,
    /// When the agent accepts it.
    Accept,
    /// Never.
    Never,
}

/// The language that the agent wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names speak for themselves")]
pub enum LanguageView {
    /// The one that the system speaks.
    System,
    En,
    De,
    Es,
    Fr,
    Pt,
    Ar,
    Ja,
}

/// Light, dark or as the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words speak for themselves")]
pub enum ThemeView {
    System,
    Light,
    Dark,
}

/// How close the rows stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words speak for themselves")]
pub enum DensityView {
    Comfortable,
    Compact,
}
