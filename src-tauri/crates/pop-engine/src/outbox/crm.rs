//! A CRM as a target: a write becomes what `pop-crm` takes, and its answer what the drain takes.

use std::sync::Arc;

use async_trait::async_trait;
use pop_core::email::Email;
use pop_core::identifier::{Assurance, Identifier, Value};
use pop_core::interaction::{AgentRef, Channel, Direction};
use pop_core::moment::Moment;
use pop_core::phone::{Phone, PhoneRules};
use pop_core::profile::{Case, Customer};
use pop_core::write::{Facts, Write, WrittenRecord};
use pop_crm::{
    About, ActFault, BreakerState, Connection, Context, InteractionFacts, SeenStatus, Written,
};
use pop_store::Item;

use crate::outbox::{NotSent, Sends, Sent};

/// The way to one CRM.
pub struct CrmWay {
    connection: Arc<Connection>,
    agent: AgentRef,
}

impl CrmWay {
    /// The way over a connection, for the agent of this desktop.
    pub fn new(connection: Arc<Connection>, agent: AgentRef) -> Self {
        Self { connection, agent }
    }

    pub(super) fn context(&self, write: &Write) -> Context {
        let facts = &write.facts;
        let is_ours = write.agent.is_none() || write.agent == self.agent.id;
        let agent = AgentRef {
            id: write.agent.clone().or_else(|| self.agent.id.clone()),
            email: self.agent.email.clone().filter(|_| is_ours),
            ..AgentRef::default()
        };
        let word = facts.channel.as_deref().unwrap_or_default();
        let channel = Channel::parse(word).unwrap_or(Channel::Other).word();
        let word = facts.direction.as_deref().unwrap_or_default();
        let direction = Direction::parse(word).unwrap_or(Direction::Unknown).word();
        Context {
            agent,
            interaction: write.interaction.clone().map(|key| InteractionFacts {
                key,
                channel,
                direction,
                queue: facts.queue.clone(),
                at: facts.began.map_or(write.asked, Moment::from_micros),
                title: facts
                    .reason
                    .clone()
                    .unwrap_or_else(|| format!("Interaction by {channel}")),
                reason: facts.reason.clone(),
                language: facts.language.clone(),
                summary: facts.summary.clone(),
                seconds: facts.seconds,
            }),
            traceparent: facts.traceparent.clone(),
            deadline: None,
            fresh: true,
        }
    }
}

#[async_trait]
impl Sends for CrmWay {
    fn rests_until(&self, _: Moment) -> Option<Moment> {
        let health = self.connection.state();
        let breaker = match health.breaker {
            BreakerState::Open { until } => Some(until),
            BreakerState::Closed | BreakerState::Probing { .. } => None,
        };
        breaker.max(health.waits_until)
    }

    fn can_tell(&self, item: &Item, first_sent: Moment) -> bool {
        match item {
            Item::Write(write) => self.connection.can_tell(write.kind, first_sent),
            Item::Message(_) => false,
        }
    }

    async fn find(&self, item: &Item) -> Result<Option<WrittenRecord>, NotSent> {
        let Item::Write(write) = item else {
            return Ok(None);
        };
        let context = self.context(write);
        let wanted = wanted(write, None);
        let found = self
            .connection
            .find_done(write.kind, &wanted, write.asked, &context);
        found.await.map(|found| found.map(record)).map_err(not_sent)
    }

    async fn send(&self, item: &Item, first_sent: Option<Moment>) -> Sent {
        let Item::Write(write) = item else {
            return super::flight::unreadable(item.asked());
        };
        let wanted = wanted(write, first_sent);
        let context = self.context(write);
        match self.connection.act(write.kind, &wanted, &context).await {
            Ok(written) => done(written),
            Err(fault) => not_done(fault),
        }
    }
}

/// A write as `pop-crm` takes it.
fn wanted(write: &Write, first_sent: Option<Moment>) -> pop_crm::Write {
    let input = write.input.iter();
    pop_crm::Write {
        item_id: write.id.0.clone(),
        about: about(write),
        input: input
            .map(|(name, text)| (name.clone(), text.clone().into()))
            .collect(),
        sent: first_sent,
        seen: write.expected.clone().map(|was| SeenStatus {
            was,
            becomes: write.facts.shown.clone(),
        }),
    }
}

/// Whom a write is about.
pub(crate) fn about(write: &Write) -> About {
    let facts = &write.facts;
    About {
        customer: write.customer.clone().map(|id| Customer {
            id,
            kind: facts.customer_kind.clone(),
            name: facts.customer_name.clone(),
            account_id: facts.account.clone(),
            also: facts.also.clone(),
            ..Customer::default()
        }),
        case: write.case.clone().map(|id| Case {
            id,
            number: facts.case_number.clone(),
            subject: facts.case_subject.clone(),
            status: write.expected.clone(),
            stamp: facts.case_stamp.clone(),
            open: true,
            ..Case::default()
        }),
        identifiers: identifiers(facts),
        name: facts.name.clone(),
    }
}

fn identifiers(facts: &Facts) -> Vec<Identifier> {
    let email = facts
        .email
        .as_deref()
        .and_then(|raw| Email::parse(raw).ok());
    let rules = PhoneRules::default();
    let phone = facts.phone.as_deref();
    let phone = phone.and_then(|raw| Phone::parse(raw, &rules).ok());
    let external = facts.external_id.clone().map(Value::ExternalId);
    let values = email.map(Value::Email).into_iter();
    let values = values.chain(phone.map(Value::Phone)).chain(external);
    let identifier = |value| Identifier {
        value,
        assurance: Assurance::Attached,
    };
    values.map(identifier).collect()
}

fn done(written: Written) -> Sent {
    Sent {
        result: Ok(record(written)),
        status: None,
        body: None,
        answer: None,
    }
}

fn record(written: Written) -> WrittenRecord {
    WrittenRecord {
        id: written.id,
        number: written.number,
        link: written.link.map(|link| link.as_str().to_owned()),
    }
}

fn not_done(not: ActFault) -> Sent {
    Sent::not(not_sent(not))
}

fn not_sent(not: ActFault) -> NotSent {
    NotSent {
        fault: *not.fault,
        fields: not.fields,
        outcome: not.outcome,
        next: not.next,
    }
}
