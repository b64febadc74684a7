//! The settings of the window: how it looks, where it is, what calls the agent, what is hidden.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::language::LanguageChoice;

/// How the agent is told.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one switch, and they combine freely"
)]
pub struct Attention {
    /// Whether notices are shown while the window is not in view.
    pub notify: bool,
    /// Who shows a notice.
    pub shown_by: ShownBy,
    /// Whether a notice names the customer.
    pub name: bool,
    /// Whether a screen reader is told of pops.
    pub announce: bool,
    /// The sound of an offer while the window is not in view.
    pub sound: Sound,
    /// Whether nothing is heard and no notice names anybody, as if the agent presented.
    pub quiet: bool,
}

/// Who shows a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ShownBy {
    /// A window of our own; the system where a window would take the keyboard.
    Screenpop,
    /// The notifications of the system.
    System,
}

/// The sound of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sound {
    /// None.
    Off,
    /// A soft tap; two for a severe case.
    Tap,
}

/// How the window looks.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Appearance {
    /// Light, dark or as the system.
    pub theme: Theme,
    /// How close the rows stand.
    pub density: Density,
    /// Whether the window stays above others.
    pub always_on_top: bool,
    /// The language of the window, the tray and the notifications.
    pub language: LanguageChoice,
}

/// Light, dark or as the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words speak for themselves")]
pub enum Theme {
    System,
    Light,
    Dark,
}

/// How close the rows stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words speak for themselves")]
pub enum Density {
    Comfortable,
    Compact,
}

/// Where the window is, and when it starts.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// The side of the screen at which it stays.
    pub dock: Dock,
    /// Whether it starts when the person signs in to the computer.
    pub start_at_sign_in: bool,
}

/// The side of the screen at which the window stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Dock {
    /// Nowhere: it is where it was put.
    Free,
    /// Left, over the full height.
    Left,
    /// Right, over the full height.
    Right,
}

/// Keys that work from every other window, such as `Ctrl+Alt+P`; none of them is set at first.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Shortcuts {
    /// Shows the window and gives it the keyboard.
    #[schemars(length(min = 1, max = 40))]
    pub show: Option<String>,
    /// Opens the record of the customer in front.
    #[schemars(length(min = 1, max = 40))]
    pub open_record: Option<String>,
    /// Begins a case for the customer in front.
    #[schemars(length(min = 1, max = 40))]
    pub new_case: Option<String>,
    /// Copies the id of the customer in front.
    #[schemars(length(min = 1, max = 40))]
    pub copy_id: Option<String>,
    /// Hides all customer data, and shows it again.
    #[schemars(length(min = 1, max = 40))]
    pub curtain: Option<String>,
}

/// What strangers beside the agent do not see.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Privacy {
    /// What is masked until the pointer or a key asks for it.
    #[schemars(length(max = 8))]
    pub mask: Vec<Masked>,
    /// After so many minutes without input customer data is hidden; 0: never.
    #[schemars(range(max = 480))]
    pub lock_after_minutes: u32,
    /// Whether the window is left out of screen captures, where the system can do that.
    pub no_capture: bool,
}

/// What can be masked on a card.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words are those of the card")]
pub enum Masked {
    Id,
    Phone,
    Email,
    Company,
    Owner,
    Extra,
    Quote,
}
