//! Plays the examples of a bundle on the desk that the app runs, with the settings that the bundle
//! makes: there is no second interpretation of a rule. Addresses come from whoever can make them.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;

use crate::automatic::{facts_of, wanted};
use crate::bundle::{Example, ExampleCase, ExpectedWrite, Outcome, Wanted};
use crate::desk::{
    Answer, Desk, Effect, Findings, Input, Place, Policy, Pop, Question, RecordState,
};
use crate::identifier::{self, Assurance, Identifier};
use crate::interaction::{AgentRef, Channel, Direction, Event, InteractionKey, What};
use crate::life::Life;
use crate::moment::Moment;
use crate::profile::{Case, ConnectionId, Customer, Listed, Priority, RecordRef};
use crate::ruling::Rules;
use crate::settings::Settings;

/// The time at which examples play.
const NOW: Moment = Moment::from_millis(1_800_000_000_000);

/// Steps of one example; the desk never needs more than some dozens.
const MOST_STEPS: usize = 1_000;

impl Example {
    /// Plays the example; what comes out otherwise than it says: the key, what was found, and what
    /// was expected.
    pub fn play(
        &self,
        settings: &Settings,
        address: &dyn Fn(Wanted<'_>) -> Result<String, String>,
    ) -> Vec<(&'static str, String, String)> {
        let came = serde_json::to_value(self.outcome(settings, address)).unwrap_or_default();
        let expected = serde_json::to_value(&self.expect).unwrap_or_default();
        let expected = expected.as_object().into_iter().flatten();
        let keys = [
            "pops", "opens", "vip", "priority", "queue", "language", "writes",
        ];
        expected
            .filter_map(|(name, expected)| {
                let key = keys.into_iter().find(|key| key == name)?;
                let found = came.get(key).unwrap_or(&Value::Null);
                (found != expected).then(|| (key, found.to_string(), expected.to_string()))
            })
            .collect()
    }

    /// What comes out, whatever the example expects.
    pub fn outcome(
        &self,
        settings: &Settings,
        address: &dyn Fn(Wanted<'_>) -> Result<String, String>,
    ) -> Outcome {
        let mut play = Play::of(self, settings, address);
        play.give(Input::Event(Box::new(self.event(What::Offered))));
        if !self.interaction.only_offered {
            play.give(Input::Event(Box::new(self.event(What::Accepted))));
        }
        play.came()
    }

    /// The connection that knows the customer.
    fn connection(&self, settings: &Settings) -> ConnectionId {
        let named = self
            .customer
            .as_ref()
            .and_then(|customer| customer.connection.clone());
        let first = || {
            settings
                .connections
                .keys()
                .next()
                .cloned()
                .unwrap_or_default()
        };
        ConnectionId(named.unwrap_or_else(first))
    }

    fn event(&self, what: What) -> Event {
        let said = &self.interaction;
        let channel = said.channel.as_deref().and_then(Channel::parse);
        let direction = said.direction.as_deref().and_then(Direction::parse);
        Event {
            id: format!("example-{}", what.word()),
            key: InteractionKey {
                source: "/example".to_owned(),
                id: "example".to_owned(),
            },
            names_interaction: true,
            what,
            at: NOW,
            expires: None,
            reports_acceptance: true,
            channel: channel.unwrap_or(Channel::Chat),
            direction: direction.unwrap_or(Direction::Inbound),
            agent: AgentRef::default(),
            queue: said.queue.clone(),
            identifiers: vec![Identifier {
                value: identifier::Value::ExternalId("example".to_owned()),
                assurance: Assurance::Authenticated,
            }],
            refused: Vec::new(),
            name: None,
            authenticated: true,
            reason: said.reason.clone(),
            language: said.language.clone(),
            attributes: BTreeMap::new(),
            summary: said.summary.clone(),
            offer_timeout: None,
            traceparent: None,
            sequence: None,
            life: Life::default(),
        }
    }

    fn found(&self) -> Vec<Customer> {
        let Some(said) = &self.customer else {
            return Vec::new();
        };
        let customer = Customer {
            id: said.id.clone(),
            kind: said.kind.clone(),
            name: said.name.clone(),
            company: said.company.clone(),
            account_id: said.account_id.clone(),
            tier: said.tier.clone(),
            vip: said.vip,
            language: said.language.clone(),
            region: said.region.clone(),
            link: said.link.clone(),
            ..Customer::default()
        };
        let others = (1..=said.others).map(|number| Customer {
            id: format!("{}-other-{number}", said.id),
            ..Customer::default()
        });
        std::iter::once(customer).chain(others).collect()
    }

    fn listed(&self) -> Listed<Case> {
        let case = |case: &ExampleCase| Case {
            id: case.id.clone(),
            number: case.number.clone(),
            subject: case.subject.clone(),
            status: case.status.clone(),
            open: !case.closed,
            priority: case.priority.as_deref().and_then(Priority::parse),
            link: case.link.clone(),
            ..Case::default()
        };
        Listed {
            items: self.cases.iter().map(case).collect(),
            ..Listed::default()
        }
    }
}

/// One example while it plays.
struct Play<'p> {
    example: &'p Example,
    settings: &'p Settings,
    address: &'p dyn Fn(Wanted<'_>) -> Result<String, String>,
    desk: Desk,
    opened: Option<String>,
}

impl<'p> Play<'p> {
    fn of(
        example: &'p Example,
        settings: &'p Settings,
        address: &'p dyn Fn(Wanted<'_>) -> Result<String, String>,
    ) -> Self {
        let mut connections: Vec<ConnectionId> = settings
            .connections
            .keys()
            .cloned()
            .map(ConnectionId)
            .collect();
        let own = example.connection(settings);
        if !connections.contains(&own) {
            connections.push(own);
        }
        let policy = Policy {
            open: settings.pop.open.into(),
            open_outbound: settings.pop.open_outbound(),
            agent_id: None,
            agent_email: None,
            connections,
            already: Vec::new(),
            wrap_up: (&settings.wrap_up).into(),
            saved_copy: None,
            rules: Rules::of(&settings.rules),
        };
        Self {
            example,
            settings,
            address,
            desk: Desk::new(policy),
            opened: None,
        }
    }

    /// Gives something to the desk and does what it wants done, as the world of the example would.
    fn give(&mut self, input: Input) {
        let mut inputs = vec![input];
        for _ in 0..MOST_STEPS {
            let Some(input) = inputs.pop() else { return };
            for effect in self.desk.apply(NOW, input) {
                inputs.extend(self.answer(effect));
            }
        }
    }

    fn answer(&mut self, effect: Effect) -> Option<Input> {
        match effect {
            Effect::Ask { ticket, question } => {
                let is_own = ticket.connection == self.example.connection(self.settings);
                let answer = match question {
                    Question::Find(_) if is_own => {
                        Answer::Found(Ok(Findings::from(self.example.found())))
                    }
                    Question::Find(_) => Answer::Found(Ok(Findings::default())),
                    Question::Cases(_) => Answer::Cases(Ok(self.example.listed())),
                    Question::Activities(_) => Answer::Activities(Ok(Listed::default())),
                };
                Some(Input::Answered {
                    ticket,
                    answer,
                    took: Duration::ZERO,
                })
            }
            Effect::Open { at, record, .. } => {
                let outcome = self.open(&record);
                Some(Input::Opened { at, outcome })
            }
            // Nobody types while an example plays.
            Effect::AskIdle => Some(Input::Idle(None)),
            Effect::Show(_)
            | Effect::Gone(_)
            | Effect::Notify(_)
            | Effect::Hush(_)
            | Effect::Settled(_)
            | Effect::Keep(_)
            | Effect::KeepEnded(_)
            | Effect::Mark(..)
            | Effect::Read(..)
            | Effect::Count(_)
            | Effect::Write(_)
            | Effect::Undo(_)
            | Effect::Resend { .. }
            | Effect::Discard { .. }
            | Effect::KeepDraft { .. }
            | Effect::KeepCopy(_)
            | Effect::ForgetCopies(_)
            | Effect::Queue => None,
        }
    }

    fn open(&mut self, record: &RecordRef) -> Result<Place, String> {
        let customer = self.example.found().into_iter().next().unwrap_or_default();
        let cases = self.example.listed().items;
        let address = (self.address)(Wanted {
            record,
            customer: &customer,
            case: cases.iter().find(|case| case.id == record.id),
        });
        self.opened = Some(address?);
        Ok(Place::Browser)
    }

    /// What came out.
    fn came(&self) -> Outcome {
        let none = || "none".to_owned();
        let Some(pop) = self.desk.pops().first() else {
            return Outcome {
                pops: false,
                opens: "nothing".to_owned(),
                fails: None,
                vip: false,
                priority: none(),
                queue: none(),
                language: none(),
                writes: Vec::new(),
            };
        };
        let customer = pop.customer().map(|(_, hit)| &hit.customer);
        let ruling = pop.ruling.clone();
        let language = customer.and_then(|customer| customer.language.clone());
        let language = ruling
            .language
            .or(language)
            .or_else(|| pop.language.clone());
        Outcome {
            pops: true,
            opens: self.opened.clone().unwrap_or_else(|| "nothing".to_owned()),
            fails: match &pop.record {
                RecordState::Failed(why) => Some(why.clone()),
                RecordState::NotOpened
                | RecordState::Opening(_)
                | RecordState::Opened(..)
                | RecordState::HeldBack => None,
            },
            vip: ruling.vip || customer.is_some_and(|customer| customer.vip),
            priority: ruling.priority.unwrap_or_else(none),
            queue: ruling
                .queue
                .or_else(|| pop.queue.clone())
                .unwrap_or_else(none),
            language: language.unwrap_or_else(none),
            writes: self.writes(pop),
        }
    }

    fn writes(&self, pop: &Pop) -> Vec<ExpectedWrite> {
        if pop.customer().is_none() {
            return Vec::new();
        }
        let facts = facts_of(pop, None, NOW);
        let rules = self.settings.automatic.iter();
        let wanted = rules.filter_map(|rule| Some((rule.does, wanted(rule, &facts).ok()??)));
        wanted
            .map(|(does, wanted)| ExpectedWrite {
                does,
                input: wanted.input,
            })
            .collect()
    }
}
