//! Who it is, as the desk of an agent would see it, and what the rules may know of them.
//!
//! The very same state machine decides here (`pop_core::desk`), so that a call is never routed by
//! a customer whom the agent's card would then put in doubt.

use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use pop_core::desk::{
    Answer, Desk, Effect, Findings, Input, Matching, OpenPolicy, Part, Policy, Pop, Question,
    Ticket, WrapUpPolicy,
};
use pop_core::fault::{Fault, FaultKind};
use pop_core::identifier::Assurance;
use pop_core::interaction::Event;
use pop_core::moment::Moment;
use pop_core::profile::{Case, Customer, Priority};
use pop_crm::{Connection, Context, InteractionFacts};
use serde_json::{Map, Value, json};

use crate::route::rules::Facts;
use crate::route::settings::Route;

/// What is known of an interaction's customer; `None` when it could not be found out.
pub(crate) async fn facts(
    route: &Route,
    event: Event,
    clock: fn() -> Moment,
    deadline: Moment,
) -> Option<Facts> {
    let interaction = interaction(&event);
    if event.identifiers.is_empty() {
        return Some(nobody(interaction, 0));
    }
    let context = Context {
        interaction: Some(InteractionFacts::of(&event)),
        traceparent: event.traceparent.clone(),
        deadline: Some(deadline),
        ..Context::default()
    };
    let mut desk = Desk::new(policy(&route.crms));
    let mut effects = desk.apply(clock(), Input::Event(Box::new(event)));
    let mut answers = FuturesUnordered::new();
    loop {
        for effect in effects {
            if let Effect::Ask { ticket, question } = effect
                && is_wanted(&question, route.rules.read_cases)
            {
                answers.push(ask(&route.crms, ticket, question, &context, clock));
            }
        }
        let pop = desk.pops().first()?;
        if let Some(facts) = decided(pop, &interaction, route.rules.read_cases) {
            return Some(facts);
        }
        let answered = answers.next().await?;
        effects = desk.apply(clock(), answered);
    }
}

/// The desk of nobody: it takes every event, opens nothing and asks for no wrap-up.
fn policy(crms: &[Connection]) -> Policy {
    Policy {
        open: OpenPolicy::Never,
        open_outbound: OpenPolicy::Never,
        agent_id: None,
        agent_email: None,
        connections: crms.iter().map(|crm| crm.id().clone()).collect(),
        already: Vec::new(),
        wrap_up: WrapUpPolicy::default(),
        saved_copy: None,
        rules: pop_core::ruling::Rules::default(),
    }
}

fn is_wanted(question: &Question, read_cases: bool) -> bool {
    match question {
        Question::Find(_) => true,
        Question::Cases(_) => read_cases,
        Question::Activities(_) => false,
    }
}

async fn ask(
    crms: &[Connection],
    ticket: Ticket,
    question: Question,
    context: &Context,
    clock: fn() -> Moment,
) -> Input {
    let begun = clock();
    let crm = crms.iter().find(|crm| *crm.id() == ticket.connection);
    let not_there = || Fault::new(FaultKind::NotSupported, begun);
    let answer = match (question, crm) {
        (Question::Find(identifier), Some(crm)) => {
            let found = crm.find(&identifier, context).await;
            Answer::Found(found.map(|found| Findings {
                customers: found.customers,
                missed: found.incomplete,
            }))
        }
        (Question::Cases(customer), Some(crm)) => {
            Answer::Cases(crm.cases(&customer, context).await)
        }
        (Question::Find(_), None) => Answer::Found(Err(not_there())),
        (Question::Cases(_), None) => Answer::Cases(Err(not_there())),
        (Question::Activities(_), _) => Answer::Activities(Err(not_there())),
    };
    let took: Duration = clock().since(begun);
    Input::Answered {
        ticket,
        answer,
        took,
    }
}

/// The facts once they are certain; `None` while something is still asked, or cannot be known.
fn decided(pop: &Pop, interaction: &Value, read_cases: bool) -> Option<Facts> {
    let interaction = || interaction.clone();
    match &pop.matching {
        Matching::Nothing | Matching::None => Some(nobody(interaction(), 0)),
        Matching::Several { candidates, .. } => {
            Some(nobody(interaction(), candidates.len() as u64))
        }
        Matching::One { sure: true, .. } => {
            let (connection, hit) = pop.customer()?;
            let listed = match &pop.lookup(connection)?.cases {
                Part::Ready(listed) => listed.items.as_slice(),
                Part::Off => &[],
                Part::Waiting | Part::Failed(_) if !read_cases => &[],
                Part::Waiting | Part::Failed(_) => return None,
            };
            Some(Facts {
                customer: customer(&hit.customer),
                cases: listed.iter().map(case).collect(),
                interaction: interaction(),
                matches: 1.into(),
            })
        }
        // Whom an answer that is missing might still contradict is nobody yet.
        Matching::One { sure: false, .. } | Matching::Looking | Matching::Failed => None,
    }
}

fn nobody(interaction: Value, matches: u64) -> Facts {
    Facts {
        customer: json!({}),
        cases: json!([]),
        interaction,
        matches: matches.into(),
    }
}

fn interaction(event: &Event) -> Value {
    let assurance = event.identifiers.first().map(|it| word(it.assurance));
    object(vec![
        ("channel", Some(event.channel.word().into())),
        ("direction", Some(event.direction.word().into())),
        ("queue", event.queue.clone().map(Value::from)),
        ("language", event.language.clone().map(Value::from)),
        ("assurance", assurance.map(Value::from)),
        ("authenticated", Some(event.authenticated.into())),
        ("attributes", Some(json!(event.attributes))),
    ])
}

fn word(assurance: Assurance) -> &'static str {
    match assurance {
        Assurance::CallerNumber => "caller_number",
        Assurance::Claimed => "claimed",
        Assurance::Attached => "attached",
        Assurance::Authenticated => "authenticated",
    }
}

fn customer(customer: &Customer) -> Value {
    let text = |text: &Option<String>| text.clone().map(Value::from);
    let extra: Map<_, _> = customer
        .extra
        .iter()
        .map(|fact| (fact.name.clone(), fact.value.clone().into()))
        .collect();
    object(vec![
        ("id", Some(customer.id.clone().into())),
        ("kind", text(&customer.kind)),
        ("company", text(&customer.company)),
        ("tier", text(&customer.tier)),
        ("vip", Some(customer.vip.into())),
        ("language", text(&customer.language)),
        ("region", text(&customer.region)),
        ("owner", text(&customer.owner)),
        ("open_cases", customer.open_cases.map(Value::from)),
        ("extra", Some(Value::Object(extra))),
    ])
}

fn case(case: &Case) -> Value {
    let text = |text: &Option<String>| text.clone().map(Value::from);
    let time = |at: Option<Moment>| at.map(|at| at.rfc3339().into());
    let priority = case.priority.and_then(|priority| {
        let mut all = Priority::ALL.into_iter();
        all.find(|(known, _)| *known == priority)
            .map(|(_, word)| word.into())
    });
    object(vec![
        ("subject", text(&case.subject)),
        ("status", text(&case.status)),
        ("open", Some(case.open.into())),
        ("priority", priority),
        ("created", time(case.created)),
        ("updated", time(case.updated)),
        ("due", time(case.due)),
        ("owner", text(&case.owner)),
    ])
}

/// An object of what is known: a rule that reads anything else is not true.
fn object(members: Vec<(&str, Option<Value>)>) -> Value {
    let known = members
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(known.collect())
}
