//! A desk with its world: questions wait for their answers, time stands until it is moved.

use std::time::Duration;

use pop_core::desk::{
    Answer, At, Command, Desk, Dropped, Effect, Findings, Input, OpenPolicy, Place, Policy, Pop,
    PopId, Question, Ticket, WrapUpPolicy,
};
use pop_core::fault::{Fault, FaultKind};
use pop_core::moment::Moment;
use pop_core::profile::{ConnectionId, Customer};

use crate::people::{START, Told, connection, key};
use crate::telling;

/// How long every answer takes, as far as the desk is told.
const TOOK: Duration = Duration::from_millis(40);

pub(crate) struct Stage {
    desk: Desk,
    now: Moment,
    asks: Vec<(Ticket, Question)>,
    /// All effects since the beginning.
    pub(crate) effects: Vec<Effect>,
    story: Vec<String>,
    /// How long nothing was typed, as the system says when the desk asks; `None`: it cannot tell.
    pub(crate) idle: Option<Duration>,
    /// Whether the system never says it.
    pub(crate) silent: bool,
}

/// Opens on acceptance and asks one CRM.
pub(crate) fn policy() -> Policy {
    Policy {
        open: OpenPolicy::Accept,
        open_outbound: OpenPolicy::Accept,
        agent_id: None,
        agent_email: None,
        connections: vec![connection("crm")],
        already: Vec::new(),
        wrap_up: WrapUpPolicy::default(),
        saved_copy: None,
        rules: pop_core::ruling::Rules::default(),
    }
}

impl Stage {
    /// One CRM, and the record opens when the agent accepts.
    pub(crate) fn new() -> Self {
        Self::with(policy())
    }

    pub(crate) fn opening(open: OpenPolicy) -> Self {
        let open_outbound = open;
        Self::with(Policy {
            open,
            open_outbound,
            ..policy()
        })
    }

    pub(crate) fn asking(connections: &[&str]) -> Self {
        let connections = connections.iter().map(|name| connection(name)).collect();
        Self::with(Policy {
            connections,
            ..policy()
        })
    }

    pub(crate) fn with(policy: Policy) -> Self {
        Self {
            desk: Desk::new(policy),
            now: START,
            asks: Vec::new(),
            effects: Vec::new(),
            story: Vec::new(),
            idle: None,
            silent: false,
        }
    }

    /// Gives the desk something; what it wants done is returned and noted.
    pub(crate) fn give(&mut self, input: Input) -> Vec<Effect> {
        let since = self.now.since(START).as_secs_f32();
        self.story
            .push(format!("[{since:>4.1} s] {}", telling::input(&input)));
        let mut effects = self.desk.apply(self.now, input);
        for effect in &effects {
            self.story
                .push(format!("         {}", telling::effect(effect, &self.desk)));
            if let Effect::Ask { ticket, question } = effect {
                self.asks.push((ticket.clone(), question.clone()));
            }
        }
        self.effects.extend(effects.iter().cloned());
        if effects.contains(&Effect::AskIdle) && !self.silent {
            effects.extend(self.give(Input::Idle(self.idle)));
        }
        effects
    }

    pub(crate) fn hears(&mut self, told: Told) -> Vec<Effect> {
        self.give(Input::Event(Box::new(told.0)))
    }

    pub(crate) fn does(&mut self, command: Command) -> Vec<Effect> {
        self.give(Input::Command(command))
    }

    /// The connection that was asked for this value finds these customers.
    pub(crate) fn finds(&mut self, value: &str, found: &[Customer]) -> Vec<Effect> {
        let ticket = self.ask(value);
        self.answers(&ticket, Answer::Found(Ok(found.to_vec().into())))
    }

    /// A certain connection finds these customers.
    pub(crate) fn finds_in(&mut self, name: &str, value: &str, found: &[Customer]) -> Vec<Effect> {
        let ticket = self.ask_in(Some(&connection(name)), value);
        self.answers(&ticket, Answer::Found(Ok(found.to_vec().into())))
    }

    /// The connection finds these customers, but a part of it does not answer.
    pub(crate) fn finds_a_part(
        &mut self,
        value: &str,
        found: &[Customer],
        kind: FaultKind,
    ) -> Vec<Effect> {
        let ticket = self.ask(value);
        let findings = Findings {
            customers: found.to_vec(),
            missed: Some(Fault::new(kind, self.now)),
        };
        self.answers(&ticket, Answer::Found(Ok(findings)))
    }

    pub(crate) fn fails(&mut self, value: &str, kind: FaultKind) -> Vec<Effect> {
        let ticket = self.ask(value);
        let fault = Fault::new(kind, self.now);
        self.answers(&ticket, Answer::Found(Err(fault)))
    }

    pub(crate) fn fails_in(&mut self, name: &str, value: &str, kind: FaultKind) -> Vec<Effect> {
        let ticket = self.ask_in(Some(&connection(name)), value);
        let fault = Fault::new(kind, self.now);
        self.answers(&ticket, Answer::Found(Err(fault)))
    }

    pub(crate) fn answers(&mut self, ticket: &Ticket, answer: Answer) -> Vec<Effect> {
        self.asks.retain(|(waiting, _)| waiting != ticket);
        let ticket = ticket.clone();
        self.give(Input::Answered {
            ticket,
            answer,
            took: TOOK,
        })
    }

    /// The browser takes the latest record it was given for a card, or does not.
    pub(crate) fn browser(&mut self, outcome: Result<(), String>) -> Vec<Effect> {
        let at = self
            .effects
            .iter()
            .rev()
            .find_map(|effect| {
                let Effect::Open { at, .. } = effect else {
                    return None;
                };
                Some(*at)
            })
            .expect("a record was given to the browser");
        let outcome = outcome.map(|()| Place::Browser);
        self.give(Input::Opened { at, outcome })
    }

    /// Time passes, and the desk is woken whenever it wants to be.
    pub(crate) fn waits(&mut self, seconds: f64) -> Vec<Effect> {
        let until = self.now.after(Duration::from_secs_f64(seconds));
        let mut effects = Vec::new();
        while let Some(due) = self.desk.next_deadline().filter(|due| *due <= until) {
            assert!(due > self.now, "the desk is not woken twice for one moment");
            self.now = due;
            effects.extend(self.give(Input::Tick));
        }
        self.now = until;
        effects
    }

    /// The question that asks for this value and still waits for its answer.
    pub(crate) fn ask(&self, value: &str) -> Ticket {
        self.ask_in(None, value)
    }

    pub(crate) fn ask_in(&self, name: Option<&ConnectionId>, value: &str) -> Ticket {
        let is_meant = |question: &Question| match question {
            Question::Find(identifier) => identifier.display() == value,
            Question::Cases(_) | Question::Activities(_) => telling::asked(question) == value,
        };
        self.asks
            .iter()
            .rev()
            .find(|(ticket, question)| {
                name.is_none_or(|name| *name == ticket.connection) && is_meant(question)
            })
            .map_or_else(
                || panic!("nobody asks for {value}: {:?}", self.waiting()),
                |(ticket, _)| ticket.clone(),
            )
    }

    /// What is asked and not answered yet.
    pub(crate) fn waiting(&self) -> Vec<String> {
        self.asks
            .iter()
            .map(|(ticket, question)| {
                format!("{}: {}", ticket.connection.0, telling::asked(question))
            })
            .collect()
    }

    pub(crate) fn desk(&self) -> &Desk {
        &self.desk
    }

    /// The card of an interaction.
    pub(crate) fn card(&self, interaction: &str) -> &Pop {
        let key = key(interaction);
        self.desk
            .pops()
            .iter()
            .find(|pop| pop.key.as_ref() == Some(&key))
            .unwrap_or_else(|| panic!("{interaction} has a card"))
    }

    pub(crate) fn at(&self, interaction: &str) -> At {
        self.card(interaction).at()
    }

    /// Who it is, in words.
    pub(crate) fn who(&self, interaction: &str) -> String {
        telling::matching(self.card(interaction))
    }

    /// The card's line.
    pub(crate) fn line(&self, interaction: &str) -> String {
        telling::state(self.card(interaction))
    }

    pub(crate) fn picks(&mut self, interaction: &str, id: &str) -> Vec<Effect> {
        self.picks_in("crm", interaction, id)
    }

    pub(crate) fn picks_in(&mut self, name: &str, interaction: &str, id: &str) -> Vec<Effect> {
        let at = self.at(interaction);
        self.does(Command::Choose {
            at,
            connection: connection(name),
            id: id.into(),
        })
    }

    /// The records the policy opened so far.
    pub(crate) fn opened_by_itself(&self) -> Vec<String> {
        self.opened(false)
    }

    /// The records the agent asked for so far.
    pub(crate) fn opened_when_asked(&self) -> Vec<String> {
        self.opened(true)
    }

    fn opened(&self, by_the_agent: bool) -> Vec<String> {
        self.effects
            .iter()
            .filter_map(|effect| {
                let Effect::Open { record, asked, .. } = effect else {
                    return None;
                };
                (*asked == by_the_agent).then(|| record.id.clone())
            })
            .collect()
    }

    /// Everything that happened, as lines.
    pub(crate) fn story(&self) -> String {
        self.story.join("\n")
    }
}

pub(crate) fn dropped(effects: &[Effect]) -> Vec<Dropped> {
    effects
        .iter()
        .filter_map(|effect| {
            let Effect::Count(dropped) = effect else {
                return None;
            };
            Some(*dropped)
        })
        .collect()
}

pub(crate) fn notified(effects: &[Effect]) -> Vec<PopId> {
    effects
        .iter()
        .filter_map(|effect| {
            let Effect::Notify(pop) = effect else {
                return None;
            };
            Some(*pop)
        })
        .collect()
}

/// What these effects ask.
pub(crate) fn asked(effects: &[Effect]) -> Vec<String> {
    effects
        .iter()
        .filter_map(|effect| {
            let Effect::Ask { question, .. } = effect else {
                return None;
            };
            Some(telling::asked(question))
        })
        .collect()
}

/// Nothing but a count: the input changed nothing.
pub(crate) fn only_counted(effects: &[Effect], why: Dropped) -> bool {
    effects == [Effect::Count(why)]
}
