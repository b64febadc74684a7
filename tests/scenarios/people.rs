//! The cast: events as a platform sends them and customers as a CRM knows them.

use std::time::Duration;

use pop_core::email::Email;
use pop_core::identifier::{Assurance, Identifier, Kind, Value};
use pop_core::interaction::{
    AgentRef, Channel, Direction, Event, InteractionKey, RefusedIdentifier, What,
};
use pop_core::life::{Life, Party, Role, Transfer, Unanswered};
use pop_core::moment::Moment;
use pop_core::phone::{Phone, PhoneRules};
use pop_core::profile::{Case, ConnectionId, Customer, Listed};

/// When every story begins, by everybody's clock.
pub(crate) const START: Moment = Moment::from_millis(1_767_715_200_000);

/// The place all events come from.
const SOURCE: &str = "/glia/sites/1";

/// An event, to be completed word by word.
#[derive(Clone)]
pub(crate) struct Told(pub(crate) Event);

/// A chat that rings.
pub(crate) fn offered(interaction: &str) -> Told {
    told(What::Offered, interaction)
}

/// A chat that the agent took.
pub(crate) fn accepted(interaction: &str) -> Told {
    told(What::Accepted, interaction)
}

/// A chat that is over.
pub(crate) fn ended(interaction: &str) -> Told {
    told(What::Ended, interaction)
}

pub(crate) fn told(what: What, interaction: &str) -> Told {
    Told(Event {
        id: format!("{interaction}-{}", what.word()),
        key: key(interaction),
        names_interaction: true,
        what,
        at: START,
        expires: None,
        reports_acceptance: true,
        channel: Channel::Chat,
        direction: Direction::Inbound,
        agent: AgentRef::default(),
        queue: None,
        identifiers: Vec::new(),
        refused: Vec::new(),
        name: None,
        authenticated: false,
        reason: None,
        language: None,
        attributes: std::collections::BTreeMap::new(),
        summary: None,
        offer_timeout: None,
        traceparent: None,
        sequence: None,
        life: Life::default(),
    })
}

pub(crate) fn key(interaction: &str) -> InteractionKey {
    InteractionKey {
        source: SOURCE.into(),
        id: interaction.into(),
    }
}

impl Told {
    pub(crate) fn record(self, id: &str, assurance: Assurance) -> Self {
        self.known_by(Value::RecordId(id.into()), assurance)
    }

    pub(crate) fn external(self, id: &str, assurance: Assurance) -> Self {
        self.known_by(Value::ExternalId(id.into()), assurance)
    }

    pub(crate) fn email(self, address: &str, assurance: Assurance) -> Self {
        let email = Email::parse(address).expect("an address");
        self.known_by(Value::Email(email), assurance)
    }

    pub(crate) fn phone(self, number: &str, assurance: Assurance) -> Self {
        let phone = Phone::parse(number, &PhoneRules::default()).expect("a number");
        self.known_by(Value::Phone(phone), assurance)
    }

    fn known_by(mut self, value: Value, assurance: Assurance) -> Self {
        self.0.identifiers.push(Identifier { value, assurance });
        Identifier::sort(&mut self.0.identifiers);
        self
    }

    pub(crate) fn withheld(mut self) -> Self {
        self.0.refused.push(RefusedIdentifier {
            kind: Kind::Phone,
            raw: "anonymous".into(),
            reason: "the number is withheld",
        });
        self
    }

    /// It happened this long after the beginning.
    pub(crate) fn seconds(mut self, seconds: u64) -> Self {
        self.0.at = START.after(Duration::from_secs(seconds));
        self
    }

    pub(crate) fn expires(mut self, seconds: u64) -> Self {
        self.0.expires = Some(START.after(Duration::from_secs(seconds)));
        self
    }

    pub(crate) fn by(mut self, channel: Channel) -> Self {
        self.0.channel = channel;
        self
    }

    pub(crate) fn agent(mut self, id: &str) -> Self {
        self.0.agent.id = Some(id.into());
        self
    }

    pub(crate) fn agent_email(mut self, email: &str) -> Self {
        self.0.agent.email = Some(email.into());
        self
    }

    pub(crate) fn named(mut self, name: &str) -> Self {
        self.0.name = Some(name.into());
        self
    }

    pub(crate) fn reason(mut self, reason: &str) -> Self {
        self.0.reason = Some(reason.into());
        self
    }

    /// Its source never says that an interaction was accepted.
    pub(crate) fn without_acceptance(mut self) -> Self {
        self.0.reports_acceptance = false;
        self
    }

    /// The one it comes from, by id, and the one it goes to.
    pub(crate) fn moves(mut self, from: Option<&str>, to: Option<&str>) -> Self {
        let agent = |id: &str| AgentRef {
            id: Some(id.into()),
            ..AgentRef::default()
        };
        let transfer = self.0.life.transfer.get_or_insert_default();
        transfer.from = from.map(agent);
        transfer.to = to.map(agent);
        self
    }

    pub(crate) fn note(mut self, note: &str) -> Self {
        let transfer: &mut Transfer = self.0.life.transfer.get_or_insert_default();
        transfer.note = Some(note.into());
        self
    }

    /// Who else takes part.
    pub(crate) fn with(mut self, parties: &[(&str, Role)]) -> Self {
        let party = |(name, role): &(&str, Role)| Party {
            name: (*name).into(),
            role: *role,
        };
        self.0.life.parties = Some(parties.iter().map(party).collect());
        self
    }

    /// It is a side call of another interaction.
    pub(crate) fn side_call_of(mut self, interaction: &str) -> Self {
        self.0.life.parent = Some(interaction.into());
        self
    }

    pub(crate) fn because(mut self, reason: Unanswered) -> Self {
        self.0.life.unanswered = Some(reason);
        self
    }

    pub(crate) fn voicemail(mut self) -> Self {
        self.0.life.voicemail = true;
        self
    }

    pub(crate) fn held(mut self, held: bool) -> Self {
        self.0.life.held = Some(held);
        self
    }

    pub(crate) fn wrapping_up(mut self) -> Self {
        self.0.life.wrapping_up = true;
        self
    }

    pub(crate) fn outbound(mut self) -> Self {
        self.0.direction = Direction::Outbound;
        self
    }

    pub(crate) fn sequence(mut self, sequence: &str) -> Self {
        self.0.sequence = Some(sequence.into());
        self
    }

    pub(crate) fn rings_for(mut self, seconds: u64) -> Self {
        self.0.offer_timeout = Some(Duration::from_secs(seconds));
        self
    }

    /// The platform does not name the interaction; the key is the event's own.
    pub(crate) fn unnamed(mut self) -> Self {
        self.0.names_interaction = false;
        self
    }
}

pub(crate) fn connection(name: &str) -> ConnectionId {
    ConnectionId(name.into())
}

/// A customer who comes with their cases and activities.
pub(crate) fn customer(id: &str) -> Customer {
    Customer {
        id: id.into(),
        name: Some(format!("Customer {id}")),
        cases: Some(Listed::default()),
        activities: Some(Listed::default()),
        ..Customer::default()
    }
}

/// A customer whose CRM keeps cases and activities elsewhere.
pub(crate) fn bare(id: &str) -> Customer {
    Customer {
        cases: None,
        activities: None,
        ..customer(id)
    }
}

/// A customer whom the CRM also has under another id.
pub(crate) fn also(id: &str, other: &str) -> Customer {
    Customer {
        also: vec![other.into()],
        ..customer(id)
    }
}

pub(crate) fn case(id: &str) -> Listed<Case> {
    Listed {
        items: vec![Case {
            id: id.into(),
            open: true,
            ..Case::default()
        }],
        ..Listed::default()
    }
}
