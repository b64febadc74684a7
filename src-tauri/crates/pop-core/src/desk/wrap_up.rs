//! Wrap-up: after an interaction the agent says how it went, which closes the card.
//!
//! It may be required, but never stands in the way of the next interaction. When its time is over
//! nothing is thrown away: the card says that it is not logged, and waits.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::action::ActionKind;
use crate::desk::Desk;
use crate::desk::pop::{Phase, Pop};
use crate::desk::vocabulary::{At, Dropped, Effect, PopId};
use crate::desk::writing::{UNDO, Wish};
use crate::moment::Moment;
use crate::profile::ConnectionId;
use crate::write::WriteId;

/// How long a logged card stays, so that it can be taken back.
const LOGGED_STAYS: Duration = Duration::from_secs(3);

/// The form's name among the drafts.
const FORM: &str = "log_interaction";

/// What is asked when an interaction is over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WrapUpPolicy {
    /// How it can have gone; empty: it is not asked.
    pub outcomes: Vec<String>,
    /// What must be said before the card can be closed.
    pub required: Vec<WrapUpField>,
    /// How long the agent has; `None`: as long as it takes.
    pub time: Option<Duration>,
}

/// What can be required.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WrapUpField {
    /// How it went.
    Outcome,
    /// What was said.
    Note,
}

/// Whether the agent has said how it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WrapUp {
    /// The interaction goes on, or nothing is asked.
    NotYet,
    /// It is to be said now.
    Due {
        /// Until when; `None`: there is no limit.
        ends: Option<Moment>,
        /// Whether the time was extended.
        extended: bool,
    },
    /// It was said.
    Logged {
        /// When.
        since: Moment,
        /// The write that carries it, if a CRM takes it.
        write: Option<WriteId>,
        /// What was filled in, for the case that it is taken back.
        said: BTreeMap<String, String>,
    },
    /// The time was over before it was said; it still can be.
    NotLogged,
}

/// How an interaction went, as the agent says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrapping {
    /// The card as the agent saw it.
    pub at: At,
    /// The id of the write that logs it.
    pub log: WriteId,
    /// The id of the write that sets the case's status.
    pub status: WriteId,
    /// Where it is logged; `None`: no CRM takes it.
    pub connection: Option<ConnectionId>,
    /// Whether that CRM has a field of its own for the outcome; else it leads the note.
    pub takes_outcome: bool,
    /// How it went.
    pub outcome: Option<String>,
    /// What was said.
    pub note: String,
    /// The case it was about.
    pub case: Option<String>,
    /// The case's new status: its value and its label.
    pub set_status: Option<(String, String)>,
    /// The day on which the customer is to be called again, as 2026-11-30.
    pub follow_up: Option<String>,
}

impl WrapUpPolicy {
    /// Whether anything is asked.
    pub fn is_asked(&self) -> bool {
        !self.outcomes.is_empty() || !self.required.is_empty() || self.time.is_some()
    }

    /// What must be said and was not.
    pub fn lacks(&self, outcome: Option<&str>, note: &str) -> Vec<WrapUpField> {
        let is_there = |field: &WrapUpField| match field {
            WrapUpField::Outcome => outcome.is_some_and(|outcome| !outcome.trim().is_empty()),
            WrapUpField::Note => !note.trim().is_empty(),
        };
        let mut lacking = self.required.clone();
        lacking.retain(|field| !is_there(field));
        lacking
    }
}

impl Desk {
    /// What is asked when an interaction is over.
    pub fn wrap_up_policy(&self) -> &WrapUpPolicy {
        &self.policy.wrap_up
    }

    /// Whether a card may not be closed before it is logged.
    pub fn must_log(&self, pop: &Pop) -> bool {
        match pop.wrap_up {
            WrapUp::Due { .. } | WrapUp::NotLogged => !self.policy.wrap_up.required.is_empty(),
            WrapUp::NotYet | WrapUp::Logged { .. } => false,
        }
    }

    /// The agent closes a card; one that must be logged stays.
    pub(super) fn close(&mut self, id: PopId, now: Moment, effects: &mut Vec<Effect>) {
        if self.pop(id).is_some_and(|pop| self.must_log(pop)) {
            effects.push(Effect::Count(Dropped::NotDecided));
            return;
        }
        self.forget_drafts(id, effects);
        self.remove(id, now, effects);
    }

    /// Begins the wrap-up of what has ended.
    pub(super) fn begin_wrap_ups(&mut self, now: Moment, effects: &mut Vec<Effect>) {
        if !self.policy.wrap_up.is_asked() {
            return;
        }
        let ends = self.policy.wrap_up.time.map(|time| now.after(time));
        let ended = self.pops.iter_mut().filter(|pop| pop.is_to_be_logged());
        let ended: Vec<PopId> = ended
            .map(|pop| {
                pop.wrap_up = WrapUp::Due {
                    ends,
                    extended: false,
                };
                pop.id
            })
            .collect();
        for id in ended {
            self.show(id, effects);
        }
    }

    pub(super) fn extend_wrap_up(&mut self, id: PopId, effects: &mut Vec<Effect>) {
        let Some(time) = self.policy.wrap_up.time else {
            return;
        };
        let Some(pop) = self.pop_mut(id) else { return };
        if let WrapUp::Due {
            ends: Some(ends),
            extended: extended @ false,
        } = &mut pop.wrap_up
        {
            *ends = ends.after(time);
            *extended = true;
            self.show(id, effects);
        }
    }

    pub(super) fn wrap_up(&mut self, said: Wrapping, now: Moment, effects: &mut Vec<Effect>) {
        let lacks = self
            .policy
            .wrap_up
            .lacks(said.outcome.as_deref(), &said.note);
        let is_logged = self
            .pop(said.at.pop)
            .is_none_or(|pop| matches!(pop.wrap_up, WrapUp::Logged { .. }));
        if is_logged || !lacks.is_empty() {
            effects.push(Effect::Count(Dropped::NotDecided));
            return;
        }
        let id = said.at.pop;
        let log = said.log_wish();
        let write = log.as_ref().map(|wish| wish.id.clone());
        if let Some(wish) = log
            && !self.emit(wish, LOGGED_STAYS, now, effects)
        {
            return;
        }
        if let Some(wish) = said.status_wish() {
            self.emit(wish, UNDO, now, effects);
        }
        let fields = said.fields();
        if let Some(pop) = self.pop_mut(id) {
            pop.wrap_up = WrapUp::Logged {
                since: now,
                write,
                said: fields,
            };
        }
        self.forget_draft(id, FORM, effects);
        effects.push(Effect::Keep(id));
        self.show(id, effects);
    }

    /// The log was taken back: what was filled in stands in the form again.
    pub(super) fn unlog(&mut self, id: PopId, taken: &WriteId, effects: &mut Vec<Effect>) {
        let Some(pop) = self.pop_mut(id) else { return };
        let WrapUp::Logged { write, said, .. } = &pop.wrap_up else {
            return;
        };
        if write.as_ref() != Some(taken) {
            return;
        }
        let said = said.clone();
        pop.wrap_up = if pop.phase.is_live() {
            WrapUp::NotYet
        } else {
            WrapUp::Due {
                ends: None,
                extended: true,
            }
        };
        if let Some(owner) = pop.draft_owner() {
            self.keep_draft(owner, FORM.to_owned(), said, effects);
        }
        effects.push(Effect::Keep(id));
    }

    /// Ends the time of wrap-ups, and lets logged cards go.
    pub(super) fn check_wrap_ups(&mut self, now: Moment, effects: &mut Vec<Effect>) {
        let due: Vec<PopId> = self
            .pops
            .iter()
            .filter(|pop| pop.wrap_up_deadline().is_some_and(|ends| ends <= now))
            .map(|pop| pop.id)
            .collect();
        for id in due {
            let Some(pop) = self.pop_mut(id) else {
                continue;
            };
            match pop.wrap_up {
                WrapUp::Due { .. } => {
                    pop.wrap_up = WrapUp::NotLogged;
                    effects.push(Effect::Keep(id));
                    self.show(id, effects);
                }
                WrapUp::Logged { .. } => self.remove(id, now, effects),
                WrapUp::NotYet | WrapUp::NotLogged => {}
            }
        }
    }
}

impl Pop {
    /// Whether it is over and how it went is still to be said.
    pub fn waits_for_log(&self) -> bool {
        matches!(self.wrap_up, WrapUp::Due { .. } | WrapUp::NotLogged)
    }

    fn is_to_be_logged(&self) -> bool {
        let ended = matches!(
            self.phase,
            Phase::WrapUp | Phase::Ended | Phase::Transferred
        );
        ended && self.key.is_some() && self.wrap_up == WrapUp::NotYet
    }

    /// When something about the wrap-up changes by itself.
    pub(super) fn wrap_up_deadline(&self) -> Option<Moment> {
        match &self.wrap_up {
            WrapUp::Due { ends, .. } => *ends,
            WrapUp::Logged { since, .. } if !self.phase.is_live() => {
                Some(self.phase_since.max(*since).after(LOGGED_STAYS))
            }
            WrapUp::Logged { .. } | WrapUp::NotYet | WrapUp::NotLogged => None,
        }
    }
}

impl Wrapping {
    fn log_wish(&self) -> Option<Wish> {
        let mut note = Vec::new();
        if let Some(outcome) = self.outcome.as_ref().filter(|_| !self.takes_outcome) {
            note.push(format!("Outcome: {outcome}"));
        }
        if let Some(day) = &self.follow_up {
            note.push(format!("Follow up on: {day}"));
        }
        if !self.note.trim().is_empty() {
            note.push(self.note.trim().to_owned());
        }
        let mut input = BTreeMap::from([("note".to_owned(), note.join("\n"))]);
        if let Some(outcome) = self.outcome.clone().filter(|_| self.takes_outcome) {
            input.insert("outcome".to_owned(), outcome);
        }
        input.retain(|_, value| !value.is_empty());
        Some(Wish {
            id: self.log.clone(),
            at: self.at,
            connection: self.connection.clone()?,
            kind: ActionKind::LogInteraction,
            case: self.case.clone(),
            input,
            shown: self.outcome.clone(),
            opens: false,
        })
    }

    fn status_wish(&self) -> Option<Wish> {
        let (value, label) = self.set_status.clone()?;
        Some(Wish {
            id: self.status.clone(),
            at: self.at,
            connection: self.connection.clone()?,
            kind: ActionKind::SetStatus,
            case: Some(self.case.clone()?),
            input: BTreeMap::from([("status".to_owned(), value)]),
            shown: Some(label),
            opens: false,
        })
    }

    /// What was filled in, by the names of the form.
    fn fields(&self) -> BTreeMap<String, String> {
        let status = self.set_status.as_ref().map(|(value, _)| value.clone());
        [
            ("outcome", self.outcome.clone()),
            ("note", Some(self.note.clone())),
            ("case", self.case.clone()),
            ("status", status),
            ("follow_up", self.follow_up.clone()),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect()
    }
}
