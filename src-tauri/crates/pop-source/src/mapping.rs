//! A platform is a file: how its deliveries become events.
//!
//! A [`Mapping`] is loaded once, with every fault of its file at once, and read for each delivery
//! after the [verifier](crate::verify) has let it through. Reading is pure: what was remembered
//! comes in, and what is to be remembered goes out with the events. What has no meaning in the
//! file is [`Unreadable`], never passed over; what holds nothing for us is [`Ignored`], because the
//! file says so. The language is in `docs/mappings.md`.

mod event;
mod fields;
mod language;
mod life;
mod memory;
mod page;
mod read;
mod reading;
mod sample;
mod setting;
mod snapshot;
mod state;
mod told;
mod value;

use pop_core::file::fault::{Faults, LoadFault};
use pop_core::file::section::Section;
use pop_core::file::tree;
use pop_core::interaction::Event;
use pop_core::json::Limits;
use pop_core::phone::PhoneRules;
use serde_json::Value;

use crate::delivery::Delivery;
use crate::verify::Scheme;
use language::Language;
pub use memory::{Change, KEEP, Memory, Notes};
use sample::Sample;
pub use setting::{Setting, SettingFault};
pub use told::told;

/// How much of a body is read: the end of a long chat brings its transcript.
pub const LIMITS: Limits = Limits {
    max_depth: 32,
    max_bytes: 1024 * 1024,
};

/// The mappings that come with the program: name of the file and text.
pub const BUILT_IN: &[(&str, &str)] = &[
    (
        "amazon-connect",
        include_str!("../mappings/amazon-connect.toml"),
    ),
    (
        "genesys-cloud",
        include_str!("../mappings/genesys-cloud.toml"),
    ),
    ("glia", include_str!("../mappings/glia.toml")),
    (
        "glia-template",
        include_str!("../mappings/glia-template.toml"),
    ),
    ("ringcentral", include_str!("../mappings/ringcentral.toml")),
    ("simple", include_str!("../mappings/simple.toml")),
    ("talkdesk", include_str!("../mappings/talkdesk.toml")),
    (
        "twilio-event-streams",
        include_str!("../mappings/twilio-event-streams.toml"),
    ),
    (
        "twilio-taskrouter",
        include_str!("../mappings/twilio-taskrouter.toml"),
    ),
    ("zendesk", include_str!("../mappings/zendesk.toml")),
    ("zoom-phone", include_str!("../mappings/zoom-phone.toml")),
];

/// The page of these mappings, for admins: how each is set up, and what comes of its deliveries.
pub fn page(mappings: &[Mapping]) -> String {
    page::page(mappings)
}

/// A mapping file, ready to read deliveries.
#[derive(Debug)]
pub struct Mapping {
    language: Language,
    samples: Vec<Sample>,
    file: String,
}

/// What a delivery says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    /// What happened, in the order of the body.
    pub events: Vec<Event>,
    /// Parts of the delivery, or all of it, that hold nothing for us, and why.
    pub ignored: Vec<Ignored>,
    /// Members of events that could not be used, so that somebody can look at the file.
    pub left_out: Vec<LeftOut>,
    /// What is to be remembered, together with the events or not at all.
    pub changes: Vec<Change>,
}

/// Something that holds nothing for us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignored {
    /// The `[delivery.<name>]` that it is.
    pub delivery: String,
    /// Why.
    pub why: Why,
}

/// Why something holds nothing for us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The file says so, in these words.
    Said(String),
    /// `only` is not true for it.
    NotMeant,
    /// It was told before, and nothing has changed.
    Repeat,
    /// It comes after the end, or after a newer snapshot.
    Late,
}

impl Why {
    /// A word for samples, counters and logs.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Said(_) => "said",
            Self::NotMeant => "not meant",
            Self::Repeat => "repeat",
            Self::Late => "late",
        }
    }
}

/// A member of an event that had a value which cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {key}: {why}")]
pub struct LeftOut {
    /// The key in the file.
    pub key: String,
    /// Its line.
    pub line: usize,
    /// What is wrong, without what stood there.
    pub why: String,
}

/// Why a delivery is no event. It never repeats what stood in the delivery.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {key}: {why}")]
pub struct Unreadable {
    /// The key in the file: `body` for the body itself, `delivery` when no rule fits.
    pub key: String,
    /// Its line; 0 when the file as a whole is meant.
    pub line: usize,
    /// What is wrong, without what stood there.
    pub why: String,
}

impl Mapping {
    /// Compiles a file; `name` stands in its faults.
    pub fn load(name: &str, text: &str) -> Result<Self, Vec<LoadFault>> {
        let faults = Faults::new(vec![name.to_owned()]);
        let table = tree::read(0, text, &faults);
        let root = Section::root(&table, &faults);
        let language = language::language(&root);
        let samples = sample::samples(&root);
        root.finish();
        match language {
            Some(language) if faults.is_empty() => Ok(Self {
                language,
                samples,
                file: name.to_owned(),
            }),
            Some(_) | None => Err(faults.into_list()),
        }
    }

    /// One of [`BUILT_IN`]; `None` when there is none of this name.
    pub fn built_in(name: &str) -> Option<Result<Self, Vec<LoadFault>>> {
        BUILT_IN
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(name, text)| Self::load(&format!("{name}.toml"), text))
    }

    /// What is wrong with the file when its samples are read, and which keys no sample fills.
    pub fn check(&self) -> Vec<LoadFault> {
        sample::check(self)
    }

    /// What a verified delivery says.
    pub fn read(
        &self,
        delivery: &Delivery<'_>,
        memory: &dyn Memory,
        rules: &PhoneRules,
    ) -> Result<Read, Unreadable> {
        read::read(&self.language, delivery, memory, rules, None)
    }

    /// The mapping's name in settings.
    pub fn id(&self) -> &str {
        &self.language.id
    }

    /// The platform's name, for people.
    pub fn name(&self) -> &str {
        &self.language.name
    }

    /// A page of the platform about its webhooks.
    pub fn docs(&self) -> Option<&str> {
        self.language.docs.as_deref()
    }

    /// What an admin enters at the platform.
    pub fn setup(&self) -> Option<&str> {
        self.language.setup.as_deref()
    }

    /// The ways of signing that fit, the best first.
    pub fn verify(&self) -> &[Scheme] {
        &self.language.verify
    }

    /// What may be set, with its present values.
    pub fn settings(&self) -> &[Setting] {
        &self.language.settings
    }

    /// Sets a value for every delivery from now on.
    pub fn set(&mut self, name: &str, value: Value) -> Result<(), SettingFault> {
        self.language.set(name, value)
    }

    /// Whether the platform says that an agent took an interaction.
    pub fn reports_acceptance(&self) -> bool {
        self.language.reports_acceptance
    }

    /// How many samples the file carries.
    pub fn samples(&self) -> usize {
        self.samples.len()
    }
}
