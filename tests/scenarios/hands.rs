//! The agent's hands in the interleavings: what was seen on a card, and what is wanted because of
//! it, at once or much later, when the card may show somebody else.

use std::collections::BTreeSet;

use pop_core::action::ActionKind;
use pop_core::desk::{At, CandidateRef, Command, Input, Matching, Part, Wish};
use pop_core::interaction::InteractionKey;
use pop_core::profile::{ConnectionId, RecordRef};
use pop_core::write::{Write, WriteId, WriteState, WrittenRecord};
use proptest::sample::Index;

use crate::model::{Model, one_of};
use crate::people::connection;
use crate::world::{CONNECTIONS, case_of};

/// What an agent wants, by number.
const KINDS: [ActionKind; 4] = [
    ActionKind::CreateCase,
    ActionKind::SetStatus,
    ActionKind::LogInteraction,
    ActionKind::CreateCustomer,
];

/// What was seen, wanted and written.
#[derive(Clone, Default)]
pub(crate) struct Hands {
    pub(crate) seen: Vec<Seen>,
    /// What is being wanted at this moment.
    wanted: Option<(WriteId, ActionKind, Seen)>,
    /// Whose record is being asked for at this moment.
    asked: Option<Seen>,
    pub(crate) written: Vec<Write>,
    /// How often something was wanted.
    pub(crate) wishes: u32,
}

/// A card as the agent saw it at some moment.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    at: At,
    key: Option<InteractionKey>,
    connection: ConnectionId,
    /// Whom the card showed in that connection.
    customer: Option<String>,
    /// The first case it showed there.
    case: Option<String>,
    /// Whom it showed first of all.
    first: Option<String>,
}

impl Model {
    /// The agent looks at a card, with one of the CRMs in mind.
    pub(crate) fn look(&mut self, card: Index, second: bool) {
        if let Some(at) = self.card(card) {
            self.look_at(at, second);
        }
    }

    pub(crate) fn look_at(&mut self, at: At, second: bool) {
        let Some(pop) = self.desk.pop(at.pop) else {
            return;
        };
        let connection = connection(CONNECTIONS[usize::from(second)]);
        let records = pop.records();
        let there = records
            .iter()
            .find(|(lookup, _)| lookup.connection == connection);
        let case = there.and_then(|(lookup, _)| match &lookup.cases {
            Part::Ready(listed) => Some(listed.items.first()?.id.clone()),
            Part::Off | Part::Waiting | Part::Failed(_) => None,
        });
        let seen = Seen {
            at,
            key: pop.key.clone(),
            customer: there.map(|(_, hit)| hit.customer.id.clone()),
            first: pop.customer().map(|(_, hit)| hit.customer.id.clone()),
            case,
            connection,
        };
        self.hands.seen.push(seen);
    }

    /// The agent wants something written, for the card as it was seen.
    pub(crate) fn wish(&mut self, seen: Index, kind: u8) {
        if let Some(seen) = one_of(seen, &self.hands.seen) {
            self.want(&seen, kind);
        }
    }

    pub(crate) fn want(&mut self, seen: &Seen, kind: u8) {
        let kind = KINDS[usize::from(kind) % KINDS.len()];
        // Where nobody is shown, the window offers only to make somebody.
        if seen.customer.is_none() && kind != ActionKind::CreateCustomer {
            return;
        }
        self.hands.wishes += 1;
        let id = WriteId(format!("w{}", self.hands.wishes));
        let case = seen.case.clone().filter(|_| kind == ActionKind::SetStatus);
        let wish = Wish {
            id: id.clone(),
            at: seen.at,
            connection: seen.connection.clone(),
            kind,
            case,
            input: std::collections::BTreeMap::new(),
            shown: None,
            opens: false,
        };
        self.hands.wanted = Some((id, kind, seen.clone()));
        self.give(Input::Command(Command::Write(Box::new(wish))));
        self.hands.wanted = None;
    }

    /// The agent opens the record that was seen.
    pub(crate) fn open_seen(&mut self, seen: Index) {
        let Some(seen) = one_of(seen, &self.hands.seen) else {
            return;
        };
        if seen.first.is_none() {
            return;
        }
        let at = seen.at;
        self.hands.asked = Some(seen);
        self.give(Input::Command(Command::OpenRecord { at, case: None }));
        self.hands.asked = None;
    }

    /// A write comes further, or something is told of it once more.
    pub(crate) fn wrote(&mut self, write: Index, state: u8) {
        let Some(write) = one_of(write, &self.hands.written) else {
            return;
        };
        let customer = write.customer.clone().unwrap_or_default();
        let state = match state {
            0 => WriteState::Held,
            1 => WriteState::Sending,
            2 => WriteState::Discarded,
            _ => WriteState::Done(WrittenRecord {
                id: Some(format!("{}-new", case_of(&customer))),
                ..WrittenRecord::default()
            }),
        };
        let write = Box::new(write);
        self.give(Input::Wrote { write, state });
    }

    pub(crate) fn undo(&mut self, write: Index) {
        if let Some(write) = one_of(write, &self.hands.written) {
            self.give(Input::Command(Command::Undo(write.id)));
        }
    }

    /// A write is for whom the agent saw when it was wanted, and for nobody else.
    pub(crate) fn check_write(&mut self, write: Write) {
        let wanted = self.hands.wanted.clone();
        let (id, kind, seen) = wanted.expect("nothing is written that nobody wanted");
        assert_eq!((&write.id, write.kind), (&id, kind));
        assert_eq!(write.connection, seen.connection);
        assert_eq!(
            write.interaction, seen.key,
            "of the interaction that was seen"
        );
        assert!(self.desk.is_current(seen.at), "the card is as it was seen");
        let pop = self.desk.pop(seen.at.pop).expect("the card is there");
        if kind == ActionKind::CreateCustomer {
            assert_eq!(write.customer, None);
            let several = matches!(pop.matching, Matching::Several { .. });
            assert!(!several, "nobody is made while it may be one of several");
        } else {
            let customer = write.customer.clone().expect("somebody");
            assert_eq!(write.customer, seen.customer, "for whom the agent saw");
            let meant = CandidateRef {
                connection: write.connection.clone(),
                id: customer.clone(),
            };
            assert!(
                self.is_meant(pop, &meant),
                "written to a stranger: {meant:?}"
            );
            let mut cases = write.case.iter();
            assert!(
                cases.all(|case| case.starts_with(&case_of(&customer))),
                "the case is another customer's"
            );
        }
        let mut ids: BTreeSet<_> = self.hands.written.iter().map(|write| &write.id).collect();
        assert!(ids.insert(&write.id), "a wish becomes one write");
        self.hands.written.push(write);
    }

    /// A record that was asked for is the one that was seen.
    pub(crate) fn check_asked_opening(&self, record: &RecordRef) {
        if let Some(seen) = &self.hands.asked {
            assert_eq!(
                seen.first.as_ref(),
                Some(&record.id),
                "the record that the agent saw"
            );
        }
    }
}
