//! What can be set, by whom, and what wins.
//!
//! Four layers: the commented defaults, the user's file with its differences, the organisation's
//! bundle over it except for what it leaves to each person, and the machine policy above all. Where the files lie and when they are read again is the engine's business;
//! secrets are never in them (rule C11), they are in the vault.

mod card;
mod distribution;
mod edit;
mod help;
mod known;
mod layers;
mod outside;
pub mod policy;
mod rule;
mod rules;
mod said;
mod scope;
mod source;
mod wording;

use std::collections::BTreeMap;
use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use card::{Card, CardPart, Feature, Features, Readout};
pub use distribution::Distribution;
pub use edit::{EditFault, enrol, enrol_user, set, set_broker, set_connection, set_proxy};
pub use help::{Help, HelpAddress};
pub use known::{Known, KnownKind, known};
pub use layers::{FileFault, Layer, Loaded, load, load_over};
pub use outside::{
    Appearance, Attention, Density, Dock, Masked, Privacy, Shortcuts, ShownBy, Sound, Theme, Window,
};
pub use rule::{Record, Rule};
pub use rules::is_address;
pub(crate) use rules::mistakes;
pub use rules::{Automatic, AutomaticAction, AutomaticOn, Webhook, WebhookEvent};
pub use source::{Broker, Gateway, Proxy, Source, Topics};
pub use wording::{Texts, Wording};

use crate::desk::{self, OpenPolicy, WrapUpPolicy};
use crate::phone::{E164, PhoneRules, Region};

/// The defaults, as the commented file that ships.
pub const DEFAULTS: &str = include_str!("defaults.jsonc");

/// Every setting in force.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Who sits here.
    pub agent: Agent,
    /// How telephone numbers are read.
    pub phone: Phone,
    /// The local door for signed events.
    pub listener: Listener,
    /// Addresses that the system hands over.
    pub links: Links,
    /// Where else interactions come from.
    pub source: Source,
    /// The embedded CRM with made-up customers.
    pub sandbox: Sandbox,
    /// The CRMs, by name.
    pub connections: BTreeMap<String, Connection>,
    /// What a pop does.
    pub pop: Pop,
    /// What is asked when an interaction is over.
    pub wrap_up: WrapUp,
    /// What is special about interactions and customers.
    #[schemars(length(max = 200))]
    pub rules: Vec<Rule>,
    /// What is written by itself.
    #[schemars(length(max = 32))]
    pub automatic: Vec<Automatic>,
    /// Other systems that are told what happens; only the machine policy sets them.
    #[schemars(length(max = 16))]
    pub webhooks: Vec<Webhook>,
    /// How a card is laid out.
    pub card: Card,
    /// What agents may do.
    pub features: Features,
    /// The organisation's own words for some texts.
    pub wording: Box<Wording>,
    /// How the agent is told.
    pub attention: Attention,
    /// How the window looks.
    pub appearance: Appearance,
    /// Where the window is, and when it starts.
    pub window: Window,
    /// Keys that work from every other window.
    pub shortcuts: Shortcuts,
    /// What strangers beside the agent do not see.
    pub privacy: Privacy,
    /// How long interactions are remembered.
    pub history: History,
    /// Where the organisation's bundle comes from.
    pub distribution: Distribution,
    /// Where the organisation sees how its desktops are.
    pub fleet: Fleet,
    /// What explains the app to its people.
    pub help: Help,
    /// What only machine policy may allow.
    pub security: Security,
}

/// Who sits here; with either, events for other agents are dropped.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Agent {
    /// The agent's id in the contact centre.
    #[schemars(length(min = 1, max = 256))]
    pub id: Option<String>,
    /// The agent's work e-mail address.
    #[schemars(length(min = 3, max = 254))]
    pub email: Option<String>,
}

/// How telephone numbers are read.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Phone {
    /// The region of numbers without a country code, ISO 3166 such as `ES`.
    #[schemars(regex(pattern = r"^[A-Z]{2}$"))]
    pub default_region: Option<String>,
    /// The organisation's own numbers, with `+`.
    #[schemars(inner(regex(pattern = r"^\+[1-9][0-9]{6,14}$")))]
    pub own_numbers: Vec<String>,
}

impl Phone {
    /// How numbers are read.
    pub fn rules(&self) -> PhoneRules {
        let own = self.own_numbers.iter();
        PhoneRules {
            default_region: self.default_region.as_deref().and_then(Region::parse),
            own_numbers: own.filter_map(|raw| E164::parse(raw)).collect(),
        }
    }
}

/// The local door for signed events.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Listener {
    /// Whether it listens.
    pub enabled: bool,
    /// The port; 0: any free one.
    pub port: u16,
}

/// Addresses that the system hands over.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Links {
    /// Whether a telephone number that is clicked anywhere is looked up instead of dialled.
    pub tel: bool,
}

/// The embedded CRM with made-up customers.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sandbox {
    /// Whether it runs and is connected.
    pub enabled: bool,
}

/// One connected CRM. Its secret is in the vault under the connection's name.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Connection {
    /// The definition's id, such as `rest`.
    #[schemars(length(min = 1, max = 64))]
    pub definition: String,
    /// The name for people.
    #[schemars(length(min = 1, max = 64))]
    pub label: String,
    /// What the definition asks for, by name.
    #[serde(default)]
    pub fields: BTreeMap<String, serde_json::Value>,
    /// The way to sign in, by the definition's name of it.
    #[schemars(length(min = 1, max = 64))]
    pub method: String,
    /// The user name, for ways to sign in that have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// What differs from the definition, in its own language (TOML): other fields, other link
    /// templates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 65536))]
    pub overlay: Option<String>,
    /// A customer that exists there for trying: an id, an e-mail address or a number with `+`. The
    /// diagnosis looks it up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 256))]
    pub test_customer: Option<String>,
}

/// What a pop does.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pop {
    /// When the record opens in the browser by itself.
    pub open: Open,
    /// When it does for what the agent began, such as a call that the agent makes; `null`: as
    /// `open` says.
    pub outbound: Option<Open>,
}

impl Pop {
    /// When the record opens by itself for what the agent began.
    pub fn open_outbound(&self) -> OpenPolicy {
        self.outbound.unwrap_or(self.open).into()
    }
}

/// When the record opens by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Open {
    /// When the interaction is offered.
    Offer,
    /// When the agent accepts it.
    Accept,
    /// Never.
    Never,
}

impl From<Open> for OpenPolicy {
    fn from(open: Open) -> Self {
        match open {
            Open::Offer => Self::Offer,
            Open::Accept => Self::Accept,
            Open::Never => Self::Never,
        }
    }
}

/// What is asked when an interaction is over.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrapUp {
    /// How it can have gone, in the order of the keys 1 to 9; none: it is not asked.
    #[schemars(length(max = 24), inner(length(min = 1, max = 64)))]
    pub outcomes: Vec<String>,
    /// What must be said before the card can be closed.
    pub required: Vec<WrapUpField>,
    /// Seconds until the card counts as not logged, 0 to 3,600; 0: no limit.
    #[schemars(range(max = 3600))]
    pub seconds: u32,
}

/// What can be required.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WrapUpField {
    /// How it went.
    Outcome,
    /// What was said.
    Note,
}

impl From<&WrapUp> for WrapUpPolicy {
    fn from(wrap_up: &WrapUp) -> Self {
        let field = |field: &WrapUpField| match field {
            WrapUpField::Outcome => desk::WrapUpField::Outcome,
            WrapUpField::Note => desk::WrapUpField::Note,
        };
        Self {
            outcomes: wrap_up.outcomes.clone(),
            required: wrap_up.required.iter().map(field).collect(),
            time: (wrap_up.seconds > 0).then(|| Duration::from_secs(wrap_up.seconds.into())),
        }
    }
}

/// How long interactions are remembered.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct History {
    /// Days, 1 to 365.
    #[schemars(range(min = 1, max = 365))]
    pub keep_days: u32,
    /// Minutes, 0 to 240, for which a copy of what the CRMs told of a customer is kept after an
    /// interaction, to be shown until they answer again; 0: none is kept.
    #[schemars(range(max = 240))]
    pub saved_copy_minutes: u32,
    /// How many interactions are recorded for rehearsals of a bundle, without saying who they were;
    /// 0: none.
    #[schemars(range(max = 5000))]
    pub recorded: u32,
}

impl History {
    /// For how long copies are kept; `None`: none is.
    pub fn saved_copy(&self) -> Option<Duration> {
        let minutes = u64::from(self.saved_copy_minutes);
        (minutes > 0).then(|| Duration::from_mins(minutes))
    }
}

/// Where this desktop tells its version, ring and health; the bundle or the machine policy says it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fleet {
    /// An https address or the whole path of a folder: each desktop puts one file there. Nothing is
    /// told without it.
    #[schemars(length(min = 2, max = 2000))]
    pub report_to: Option<String>,
    /// How often, in minutes; a change of the bundle is told at once.
    #[schemars(range(min = 5, max = 1440))]
    pub every_minutes: u32,
}

/// What only machine policy may allow.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Security {
    /// Whether connections to plain http on this computer are allowed (rule N5).
    pub allow_loopback_http: bool,
}

/// The settings without any file.
#[expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "the shipped defaults are read by a test of this module"
)]
pub fn defaults() -> Loaded {
    load(None, None).expect("the shipped defaults fit their schema")
}

/// Whether a dotted name is that of a setting or of a group of settings; the members of
/// `connections` are what each organisation calls them.
pub fn is_setting(name: &str) -> bool {
    let known = serde_json::to_value(defaults().settings).unwrap_or_default();
    let mut node = Some(&known);
    for step in name.split('.') {
        let Some(found) = node.and_then(|node| node.get(step)) else {
            return name.starts_with("connections.") && !name.ends_with('.');
        };
        node = Some(found);
    }
    true
}

/// The JSON Schema of a settings file, for editors and for the check at load. Every member may be
/// left out, because a file holds only what differs.
pub fn schema() -> serde_json::Value {
    let generated = schemars::generate::SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<Settings>();
    let mut schema = serde_json::Value::from(generated);
    layers::make_partial(&mut schema);
    schema
}
