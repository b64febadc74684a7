//! What would become of an event: read as a source would, played on a desk of its own with the
//! answers of the true CRMs, and forgotten. Nothing opens, is written or is kept.

use std::collections::BTreeMap;

use futures_util::future::join_all;
use pop_core::desk::{Answer, Dropped, Pop, Question, Ticket};
use pop_core::explain::{DryRun, Explanation, Held};
use pop_core::fault::{Fault, FaultKind};
use pop_core::interaction::{AgentRef, Event};
use pop_core::moment::Moment;
use pop_core::phone::PhoneRules;
use pop_core::profile::RecordKind;
use pop_crm::Context;
use pop_source::delivery::Delivery;
use pop_source::mapping::Mapping;
use pop_source::pasted;
use tokio::sync::oneshot;

use crate::asks::answer;
use crate::connections::{Connections, Reach};
use crate::lookups::{ask, no_answer};
use crate::room::Room;

/// Rounds of questions: who it is, and then what belongs to them; a desk needs no more than a few.
const ROUNDS: usize = 16;

/// What would become of an event.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The cards that would come up.
    pub cards: Vec<TrialCard>,
    /// Why there would be none.
    pub dropped: Vec<Dropped>,
    /// What keeps every record from opening by itself.
    pub held: Option<Held>,
    /// What people call the connections.
    pub labels: BTreeMap<String, String>,
}

/// A card that would come up.
#[derive(Clone, Debug)]
pub struct TrialCard {
    /// Who it would be.
    pub name: Option<String>,
    /// The address that would open.
    pub link: Option<String>,
    /// Why it would be so.
    pub explanation: Explanation,
}

impl Room {
    pub(crate) fn dry_run(
        &self,
        body: &str,
        mapping: Option<&str>,
        reply: oneshot::Sender<Result<Trial, String>>,
    ) {
        let now = self.ports.clock.now();
        let events = match read(body, mapping, &self.phone_rules, now) {
            Ok(events) => events,
            Err(why) => return answer(reply, Err(why)),
        };
        let mut dry = DryRun::new(self.desk_policy(Vec::new()), now);
        let (held, labels) = (self.held(), self.labels());
        let connections = self.connections.clone();
        let agent = &self.status.settings.agent;
        let context = Context {
            agent: AgentRef {
                id: agent.id.clone(),
                email: agent.email.clone(),
                ..AgentRef::default()
            },
            ..Context::default()
        };
        tokio::spawn(async move {
            for event in events {
                dry.event(event);
            }
            answer_all(&mut dry, &connections, &context, now).await;
            let cards = dry.desk().pops().iter();
            let cards = cards.filter_map(|pop| card(&dry, pop, &connections));
            let trial = Trial {
                cards: cards.collect(),
                dropped: dry.dropped().to_vec(),
                held,
                labels,
            };
            answer(reply, Ok(trial));
        });
    }
}

/// Asks the connections whatever the desk wants to know, until it wants to know nothing more.
pub(crate) async fn answer_all(
    dry: &mut DryRun,
    connections: &Connections,
    context: &Context,
    now: Moment,
) {
    for _ in 0..ROUNDS {
        let asks = dry.asks().into_iter();
        let asked = asks.map(|ask| answer_to(connections, ask, context, now));
        let answers = join_all(asked).await;
        if answers.is_empty() {
            return;
        }
        for (ticket, answer) in answers {
            dry.answer(ticket, answer);
        }
    }
}

fn card(dry: &DryRun, pop: &Pop, connections: &Connections) -> Option<TrialCard> {
    let link = dry.opens().and_then(|record| {
        let hit = pop.known_to(&record.connection)?;
        let case = pop.case(&record.connection, &record.id);
        let case = case.filter(|_| record.kind == RecordKind::Case);
        let connection = connections.get(&record.connection)?;
        let link = connection.link(record.kind, &hit.customer, case).ok()?;
        Some(link.as_str().to_owned())
    });
    Some(TrialCard {
        name: pop
            .customer()
            .and_then(|(_, hit)| hit.customer.name.clone()),
        link,
        explanation: dry.desk().explain(pop.id)?,
    })
}

async fn answer_to(
    connections: &Connections,
    (ticket, question): (Ticket, Question),
    context: &Context,
    now: Moment,
) -> (Ticket, Answer) {
    let answer = match connections.reach(&ticket.connection) {
        Some(Reach::Ready(connection)) => ask(&connection, question, context).await,
        Some(Reach::Not(fault)) => no_answer(&question, fault),
        Some(Reach::Starting) | None => {
            no_answer(&question, Fault::new(FaultKind::Unavailable, now))
        }
    };
    (ticket, answer)
}

/// The events of a body, in our own form or by a platform's mapping; else why there are none.
fn read(
    body: &str,
    mapping: Option<&str>,
    rules: &PhoneRules,
    now: Moment,
) -> Result<Vec<Event>, String> {
    let Some(name) = mapping else {
        let read = pasted::by_own_form(body, rules, now);
        return read
            .map(|pasted| pasted.events)
            .map_err(|fault| fault.to_string());
    };
    let loaded = Mapping::built_in(name);
    let loaded = loaded.ok_or_else(|| format!("there is no mapping called {name}"))?;
    let mapping = loaded.map_err(|faults| {
        let faults = faults.iter().map(ToString::to_string);
        faults.collect::<Vec<_>>().join("; ")
    })?;
    let delivery = Delivery {
        headers: &[],
        body: body.as_bytes(),
        received: now,
        url: "",
    };
    let read = pasted::by_mapping(&mapping, &delivery, rules);
    let read = read.map_err(|unreadable| unreadable.to_string())?;
    if read.events.is_empty() {
        return Err("the mapping finds nothing for an agent in it".to_owned());
    }
    Ok(read.events)
}
