//! `screenpop:` links and the command line (security rules D1–D6).
//!
//! Anybody on this computer, and any page the user agrees to, can start the program with any
//! arguments or send them through the single-instance channel. So there is a small closed grammar
//! (interaction sources 3.3), everything else is refused whole, and what passes is an unsigned
//! event: it looks somebody up and never writes. Rates are in [`LinkGate`]; what a refusal looks
//! like is the shell's business.

mod address;
mod caller;
mod clicked;
mod door;
mod gate;
mod options;

use std::collections::BTreeMap;

use pop_core::identifier::Trust;
use pop_core::interaction::{AgentRef, Channel, Direction, Event, InteractionKey, What};
use pop_core::life::Life;
use pop_core::moment::Moment;
use pop_core::phone::PhoneRules;

pub use door::{LinkDoor, Taken};
pub use gate::LinkGate;

use crate::identify::{Said, Standing, identify};
use crate::made_id::made_id;

/// The code of every refusal here.
pub const E_LINK: &str = "E_LINK";

/// The most bytes of all arguments together (rule D5).
const MAX_ARGUMENTS: usize = 4 * 1_024;

/// What the command line asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    /// Nothing: show the window.
    None,
    /// Start without a window.
    Hidden,
    /// A `screenpop:` link: looked up and shown.
    Link(Box<Event>),
    /// A caller, from a softphone: looked up and shown, and opened as the policy says.
    Caller(Box<Event>),
    /// A telephone address that somebody clicked, which counts only where settings say so.
    Clicked(Box<Event>),
}

/// A command line that is not in the grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("E_LINK: {why}")]
pub struct LinkRefused {
    /// Why.
    pub why: LinkFault,
}

/// Why a command line is not in the grammar. None of it repeats what stood there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum LinkFault {
    /// A switch, a word or a combination that does not exist.
    #[error(
        "expected nothing, --hidden, one screenpop: link, one caller number, --key=value options, \
         /N: /C: /T: /I:, or --look-up and a tel: address"
    )]
    Unknown,
    /// Longer than it may be.
    #[error("too long")]
    TooLong,
    /// Not ASCII, or characters that cannot be seen.
    #[error("only visible ASCII is read")]
    Characters,
    /// Not `screenpop://v1/pop?…`; after `--look-up`, not `tel:` or `callto:`.
    #[error("expected screenpop://v1/pop?key=value&…, or tel: and a number after --look-up")]
    Address,
    /// Clicked numbers are looked up only where `links.tel` is on.
    #[error("clicked numbers are not looked up here: links.tel is off")]
    Off,
    /// A key that does not exist.
    #[error("a key that does not exist")]
    Key,
    /// A key that stands twice.
    #[error("a key stands twice")]
    Twice,
    /// No key that says who or what it is about.
    #[error("expected one of phone, email, customerId, externalId, interactionId")]
    Nobody,
    /// A value that does not fit its key.
    #[error("a value does not fit its key")]
    Value,
    /// Percent-encoding that is broken, or was applied twice.
    #[error("percent-encoding is broken or was applied twice")]
    Encoding,
    /// Too many links in a short time (rule D6).
    #[error("too many links in a short time")]
    TooMany,
}

impl From<LinkFault> for LinkRefused {
    fn from(why: LinkFault) -> Self {
        Self { why }
    }
}

/// Reads the arguments after the program's name.
pub fn parse_arguments(
    arguments: &[String],
    now: Moment,
    rules: &PhoneRules,
) -> Result<Argument, LinkRefused> {
    if arguments.iter().map(String::len).sum::<usize>() > MAX_ARGUMENTS {
        return Err(LinkFault::TooLong.into());
    }
    match arguments {
        [] => Ok(Argument::None),
        [only] if only == "--hidden" => Ok(Argument::Hidden),
        [only] if only.starts_with(address::SCHEME) => {
            let event = address::parse(only, now, rules)?;
            Ok(Argument::Link(Box::new(event)))
        }
        [only] if !only.starts_with('-') => {
            let event = caller::bare(only, now, rules)?;
            Ok(Argument::Caller(Box::new(event)))
        }
        [switch, address] if switch == clicked::LOOK_UP => {
            let event = clicked::read(address, now, rules)?;
            Ok(Argument::Clicked(Box::new(event)))
        }
        [first, ..] if first.starts_with("--") => {
            let event = options::read(arguments, now, rules)?;
            Ok(Argument::Caller(Box::new(event)))
        }
        several => {
            let event = caller::three_cx(several, now, rules)?;
            Ok(Argument::Caller(Box::new(event)))
        }
    }
}

/// Reads a link or a caller from the form in which [`LinkDoor`] hands it on.
pub(crate) fn read_again(body: &[u8], then: Moment, rules: &PhoneRules) -> Option<Event> {
    let arguments: Vec<String> = serde_json::from_slice(body).ok()?;
    match parse_arguments(&arguments, then, rules).ok()? {
        Argument::Link(event) | Argument::Caller(event) | Argument::Clicked(event) => Some(*event),
        Argument::None | Argument::Hidden => None,
    }
}

/// What a link or a command line says.
struct Told<'t> {
    source: &'static str,
    /// Everything that was said, for the id of the event.
    words: &'t str,
    interaction: Option<&'t str>,
    what: What,
    reports_acceptance: bool,
    channel: Channel,
    direction: Direction,
    agent: Option<&'t str>,
    said: Said<'t>,
}

impl Told<'_> {
    fn event(self, now: Moment, rules: &PhoneRules) -> Event {
        let standing = Standing {
            channel: self.channel,
            declared: None,
            trust: Trust::Link,
        };
        let (identifiers, refused) = identify(self.said, standing, rules);
        let id = made_id(self.words.as_bytes(), now);
        Event {
            key: InteractionKey {
                source: self.source.to_owned(),
                id: self.interaction.unwrap_or(&id).to_owned(),
            },
            id,
            names_interaction: self.interaction.is_some(),
            what: self.what,
            at: now,
            expires: None,
            reports_acceptance: self.reports_acceptance,
            channel: self.channel,
            direction: self.direction,
            agent: AgentRef {
                id: self.agent.map(str::to_owned),
                ..AgentRef::default()
            },
            queue: None,
            identifiers,
            refused,
            name: None,
            authenticated: false,
            reason: None,
            language: None,
            attributes: BTreeMap::new(),
            summary: None,
            offer_timeout: None,
            traceparent: None,
            sequence: None,
            life: Life::default(),
        }
    }
}

/// Whether this may be an id in a link or on a command line: no space, no sign that parts or
/// begins a URL, a path, a command or a markup.
fn is_id(text: &str) -> bool {
    (1..=256).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._~@+=-".contains(&byte))
        && text.bytes().any(|byte| byte.is_ascii_alphanumeric())
}
