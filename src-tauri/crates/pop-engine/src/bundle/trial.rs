//! What a new bundle has to stand: the last lookups and links again before it is switched on, and a
//! time of probation after it (rule C7).
//!
//! What was looked up and opened is remembered in memory alone, the latest of it, and goes with the
//! program. Only connections that the bundle changes are asked again; the others stay as they are.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use pop_core::desk::{Answer, Question};
use pop_core::fault::{Fault, FaultKind};
use pop_core::profile::{Case, ConnectionId, Customer, RecordKind};
use pop_crm::{Connection, Context};

use crate::connections::Connections;
use crate::lookups::{answer_fault, ask};

/// How many lookups and how many links are remembered.
const REMEMBERED: usize = 20;

/// How long a new bundle is on probation.
pub(crate) const PROBATION: Duration = Duration::from_mins(10);

/// Errors that the bundle before would not have had, until it comes back.
const MOST_FAULTS: u32 = 2;

/// What was asked and opened of late.
#[derive(Default)]
pub(crate) struct Heard {
    lookups: VecDeque<(ConnectionId, Question, Context)>,
    links: VecDeque<Link>,
}

#[derive(Clone)]
pub(crate) struct Link {
    pub(crate) connection: ConnectionId,
    pub(crate) kind: RecordKind,
    pub(crate) customer: Customer,
    pub(crate) case: Option<Case>,
}

/// A bundle on probation.
pub(crate) struct Trial {
    /// The connections before it.
    pub(crate) before: Connections,
    /// Those that it changed.
    pub(crate) changed: BTreeSet<ConnectionId>,
    pub(crate) faults: u32,
}

/// Lookups that are to be made on the connections before and after.
pub(crate) type Again = Vec<(
    ConnectionId,
    Arc<Connection>,
    Arc<Connection>,
    Question,
    Context,
)>;

impl Heard {
    pub(crate) fn lookup(&mut self, connection: &ConnectionId, question: &Question, of: &Context) {
        keep(
            &mut self.lookups,
            (connection.clone(), question.clone(), of.clone()),
        );
    }

    pub(crate) fn link(&mut self, link: Link) {
        keep(&mut self.links, link);
    }

    /// Forgets everybody that a connection told of, because they were erased here.
    pub(crate) fn forget(&mut self, connection: &ConnectionId) {
        self.lookups.retain(|(known, ..)| known != connection);
        self.links.retain(|link| link.connection != *connection);
    }

    /// A link that there was and is no more.
    pub(crate) fn lost_link(&self, before: &Connections, after: &Connections) -> Option<String> {
        self.links.iter().find_map(|link| {
            let (old, new) = (before.get(&link.connection)?, after.get(&link.connection)?);
            let of = |connection: &Connection| {
                connection.link(link.kind, &link.customer, link.case.as_ref())
            };
            let fault = of(&new).err().filter(|_| of(&old).is_ok())?;
            let name = &link.connection.0;
            Some(format!(
                "a record of {name} that was opened has no address any more: {fault}"
            ))
        })
    }

    /// The lookups that the changed connections answered before.
    pub(crate) fn again(
        &self,
        changed: &BTreeSet<ConnectionId>,
        before: &Connections,
        after: &Connections,
    ) -> Again {
        let heard = self.lookups.iter().filter(|(id, ..)| changed.contains(id));
        heard
            .filter_map(|(id, question, context)| {
                let (old, new) = (before.get(id)?, after.get(id)?);
                Some((id.clone(), old, new, question.clone(), context.clone()))
            })
            .collect()
    }
}

/// Makes lookups on the connections before and after; the first that is worse after.
pub(crate) async fn worse(again: Again) -> Option<String> {
    for (id, old, new, question, context) in again {
        let before = ask(&old, question.clone(), &context).await;
        if answer_fault(&before).is_some() {
            continue;
        }
        let after = ask(&new, question, &context).await;
        let name = &id.0;
        if let Some(fault) = answer_fault(&after).filter(|fault| !fault.may_pass()) {
            let slug = fault.slug();
            return Some(format!(
                "a lookup that {name} answered before now fails ({slug})"
            ));
        }
        if found(&after) < found(&before) {
            return Some(format!("a lookup in {name} finds less than before"));
        }
    }
    None
}

impl Trial {
    /// Takes note of how a connection answered; whether it was one error too many.
    pub(crate) fn answered(&mut self, connection: &ConnectionId, fault: &Fault) -> bool {
        let may_be_its_fault = match fault.kind {
            FaultKind::SignInNeeded | FaultKind::KeychainLocked | FaultKind::Conflict => false,
            FaultKind::Forbidden
            | FaultKind::NotFound
            | FaultKind::Ambiguous
            | FaultKind::Invalid(_)
            | FaultKind::RateLimited
            | FaultKind::Unavailable
            | FaultKind::AnswerNotUnderstood
            | FaultKind::Redirect
            | FaultKind::ForeignAddress
            | FaultKind::MissingName(_)
            | FaultKind::UnsafeValue
            | FaultKind::Network(_)
            | FaultKind::TimedOut
            | FaultKind::Paused
            | FaultKind::NotSupported => !fault.may_pass(),
        };
        may_be_its_fault && self.changed.contains(connection) && self.one_more()
    }

    /// Takes note of a link that there is not; whether it was one error too many.
    pub(crate) fn no_link(&mut self, link: &Link) -> bool {
        let before = self.before.get(&link.connection);
        let had_one = before.is_some_and(|connection| {
            let case = link.case.as_ref();
            connection.link(link.kind, &link.customer, case).is_ok()
        });
        had_one && self.one_more()
    }

    fn one_more(&mut self) -> bool {
        self.faults += 1;
        self.faults >= MOST_FAULTS
    }
}

fn found(answer: &Answer) -> usize {
    match answer {
        Answer::Found(Ok(findings)) => findings.customers.len(),
        Answer::Cases(Ok(listed)) => listed.items.len(),
        Answer::Activities(Ok(listed)) => listed.items.len(),
        Answer::Found(Err(_)) | Answer::Cases(Err(_)) | Answer::Activities(Err(_)) => 0,
    }
}

fn keep<T>(list: &mut VecDeque<T>, item: T) {
    if list.len() == REMEMBERED {
        list.pop_front();
    }
    list.push_back(item);
}

#[cfg(test)]
mod tests {
    use pop_core::moment::Moment;

    use super::*;

    fn connection(name: &str) -> ConnectionId {
        ConnectionId(name.to_owned())
    }

    fn trial() -> Trial {
        Trial {
            before: Connections::default(),
            changed: BTreeSet::from([connection("changed")]),
            faults: 0,
        }
    }

    /// Whether it was one error too many, in the end.
    fn after(trial: &mut Trial, of: &str, kinds: &[FaultKind]) -> bool {
        let now = Moment::default();
        kinds.iter().fold(false, |_, kind| {
            trial.answered(&connection(of), &Fault::new(kind.clone(), now))
        })
    }

    #[test]
    fn the_second_error_that_may_be_its_own_is_one_too_many() {
        let mut trial = trial();
        assert!(!after(&mut trial, "changed", &[FaultKind::NotFound]));
        let passing = [
            FaultKind::SignInNeeded,
            FaultKind::KeychainLocked,
            FaultKind::Conflict,
            FaultKind::Unavailable,
            FaultKind::TimedOut,
        ];
        assert!(!after(&mut trial, "changed", &passing), "nobody's fault");
        let others = [FaultKind::NotFound, FaultKind::NotFound];
        assert!(!after(&mut trial, "as before", &others), "not its own");
        let own = [FaultKind::AnswerNotUnderstood];
        assert!(after(&mut trial, "changed", &own));
    }

    #[test]
    fn the_latest_twenty_are_remembered_and_nobody_who_was_erased() {
        let mut heard = Heard::default();
        let link = |connection: &ConnectionId, id: u32| Link {
            connection: connection.clone(),
            kind: RecordKind::Customer,
            customer: Customer {
                id: id.to_string(),
                ..Customer::default()
            },
            case: None,
        };
        let (one, other) = (connection("one"), connection("other"));
        for id in 0..30 {
            let link = link(if id < 25 { &one } else { &other }, id);
            let question = Question::Cases(Box::new(link.customer.clone()));
            heard.lookup(&link.connection, &question, &Context::default());
            heard.link(link);
        }
        let ids = |heard: &Heard| {
            let links = heard.links.iter().map(|link| link.customer.id.clone());
            let asked = heard.lookups.iter().map(|(_, question, _)| match question {
                Question::Cases(customer) => customer.id.clone(),
                Question::Find(_) | Question::Activities(_) => String::new(),
            });
            let (links, asked): (Vec<_>, Vec<_>) = (links.collect(), asked.collect());
            assert_eq!(links, asked);
            links
        };
        let latest = |from: u32| (from..30).map(|id| id.to_string()).collect::<Vec<_>>();
        assert_eq!(ids(&heard), latest(10));
        heard.forget(&one);
        assert_eq!(ids(&heard), latest(25), "the other's stay");
    }
}
