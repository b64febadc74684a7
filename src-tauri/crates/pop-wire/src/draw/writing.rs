//! Draws what can be written, what is half typed, and what is on its way.

use pop_core::action::{
    ActionKind, Choice, Field, FieldFault, FieldKind, FieldProblem, Form, Outcome,
};
use pop_core::desk::{Desk, Item, Matching, Pop, WrapUp};
use pop_core::fault::Fault;
use pop_core::language::Language;
use pop_core::moment::Moment;
use pop_core::profile::ConnectionId;
use pop_core::refusal::Refusal;
use pop_core::settings;
use pop_core::status::Status;
use pop_core::write::WriteState;

use crate::connect::FieldFaultView;
use crate::draw::count;
use crate::parts::ProblemView;
use crate::writing::{
    ActionView, ChoiceView, DraftView, FormFieldKind, FormFieldView, FormView, WrapUpPolicyView,
    WrapUpView, WriteKind, WriteStateView, WriteView, WritingView,
};

pub(super) fn writing(pop: &Pop, desk: &Desk, status: &Status) -> WritingView {
    WritingView {
        actions: actions(pop, status),
        drafts: desk
            .drafts_of(pop)
            .map(|(form, fields)| DraftView {
                form: form.to_owned(),
                fields: fields.clone(),
            })
            .collect(),
        writes: desk
            .writes_of(pop)
            .filter_map(|item| WriteView::draw(item, status))
            .collect(),
        wrap_up: (&pop.wrap_up).into(),
        must_log: desk.must_log(pop),
    }
}

/// What can be done for the customer: on a case where the case is, else in the CRM that decided who
/// it is; nobody known: a customer can be made.
fn actions(pop: &Pop, status: &Status) -> Vec<ActionView> {
    let matched = pop.customer().map(|(connection, _)| connection);
    let nobody = matches!(pop.matching, Matching::None | Matching::Nothing);
    let fits = |connection: &ConnectionId, kind: ActionKind| match kind {
        ActionKind::CreateCustomer => nobody,
        ActionKind::AddNote | ActionKind::SetStatus | ActionKind::SetPriority => {
            pop.known_to(connection).is_some()
        }
        ActionKind::CreateCase | ActionKind::LogInteraction | ActionKind::UpdateCustomer => {
            matched == Some(connection)
        }
        ActionKind::ShowInCrm => false,
    };
    let mut actions = Vec::new();
    for connection in &status.connections {
        let kinds = connection.actions.iter();
        for kind in kinds.filter(|kind| fits(&connection.id, **kind)) {
            actions.extend(write_kind(*kind).map(|kind| ActionView {
                connection: connection.id.0.clone(),
                label: connection.label.clone(),
                kind,
            }));
        }
    }
    actions
}

impl WriteView {
    /// Draws a write; `None` for what is no write.
    pub fn draw(item: &Item, status: &Status) -> Option<Self> {
        let (write, facts) = (&item.write, &item.write.facts);
        let label = status.label(&write.connection);
        let problem =
            |fault: &Fault| ProblemView::of(fault, &write.connection.0, label, status.language());
        let mut view = Self {
            id: write.id.0.clone(),
            kind: write_kind(write.kind)?,
            connection: write.connection.0.clone(),
            label: label.to_owned(),
            customer: facts
                .customer_name
                .clone()
                .or_else(|| write.customer.clone()),
            subject: write
                .input
                .get("subject")
                .or(facts.case_number.as_ref())
                .or(facts.case_subject.as_ref())
                .cloned(),
            case: write.case.clone(),
            input: write.input.clone(),
            shown: facts.shown.clone(),
            state: state_of(item.state.as_ref()),
            asked: write.asked.millis(),
            undo_until: item.can_be_undone().then_some(write.not_before.millis()),
            attempts: 0,
            next: None,
            problem: None,
            faults: Vec::new(),
            maybe_done: false,
            number: None,
            made: None,
            pop: item.pop.map(|pop| pop.0),
        };
        match &item.state {
            Some(WriteState::Waiting {
                attempts,
                next,
                last,
            }) => {
                view.attempts = *attempts;
                view.next = Some(next.millis());
                view.problem = last.as_ref().map(problem);
            }
            Some(WriteState::Parked(parked)) => {
                let language = status.language();
                let faults = parked.fields.iter();
                view.problem = Some(problem(&parked.fault));
                view.faults = faults.map(|it| FieldFaultView::of(it, language)).collect();
                view.maybe_done = parked.outcome == Outcome::Unknown;
            }
            Some(WriteState::Done(record)) => {
                view.number.clone_from(&record.number);
                view.made.clone_from(&record.id);
            }
            Some(WriteState::NotSaved(why)) => {
                view.problem = Some(not_saved(why, item.since, status.language()));
            }
            None | Some(WriteState::Held | WriteState::Sending | WriteState::Discarded) => {}
        }
        Some(view)
    }

    /// Whether it is to be listed as waiting.
    pub fn waits(&self) -> bool {
        match self.state {
            WriteStateView::Saving
            | WriteStateView::Held
            | WriteStateView::Waiting
            | WriteStateView::Sending
            | WriteStateView::Parked => true,
            WriteStateView::Done | WriteStateView::Discarded | WriteStateView::NotSaved => false,
        }
    }
}

fn not_saved(why: &Refusal, at: Moment, language: Language) -> ProblemView {
    let words = pop_core::Words {
        title: language.say("not-saved", &[]),
        text: language.say_of(
            "not-saved",
            "text",
            &[("why", (&why.words(language)).into())],
        ),
        remedy: pop_core::Remedy::TellAdmin,
        mild: false,
    };
    ProblemView::told(words, "not_saved".to_owned(), at)
}

pub(super) fn state_of(state: Option<&WriteState>) -> WriteStateView {
    match state {
        None => WriteStateView::Saving,
        Some(WriteState::Held) => WriteStateView::Held,
        Some(WriteState::Waiting { .. }) => WriteStateView::Waiting,
        Some(WriteState::Sending) => WriteStateView::Sending,
        Some(WriteState::Parked(_)) => WriteStateView::Parked,
        Some(WriteState::Done(_)) => WriteStateView::Done,
        Some(WriteState::Discarded) => WriteStateView::Discarded,
        Some(WriteState::NotSaved(_)) => WriteStateView::NotSaved,
    }
}

fn write_kind(kind: ActionKind) -> Option<WriteKind> {
    match kind {
        ActionKind::CreateCase => Some(WriteKind::CreateCase),
        ActionKind::LogInteraction => Some(WriteKind::LogInteraction),
        ActionKind::AddNote => Some(WriteKind::AddNote),
        ActionKind::SetStatus => Some(WriteKind::SetStatus),
        ActionKind::SetPriority => Some(WriteKind::SetPriority),
        ActionKind::CreateCustomer => Some(WriteKind::CreateCustomer),
        ActionKind::UpdateCustomer => Some(WriteKind::UpdateCustomer),
        ActionKind::ShowInCrm => None,
    }
}

impl From<WriteKind> for ActionKind {
    fn from(kind: WriteKind) -> Self {
        match kind {
            WriteKind::CreateCase => Self::CreateCase,
            WriteKind::LogInteraction => Self::LogInteraction,
            WriteKind::AddNote => Self::AddNote,
            WriteKind::SetStatus => Self::SetStatus,
            WriteKind::SetPriority => Self::SetPriority,
            WriteKind::CreateCustomer => Self::CreateCustomer,
            WriteKind::UpdateCustomer => Self::UpdateCustomer,
        }
    }
}

impl From<&WrapUp> for WrapUpView {
    fn from(wrap_up: &WrapUp) -> Self {
        match wrap_up {
            WrapUp::NotYet => Self::NotYet,
            WrapUp::Due { ends, extended } => Self::Due {
                ends: ends.map(Moment::millis),
                extended: *extended,
            },
            WrapUp::Logged { write, .. } => Self::Logged {
                write: write.as_ref().map(|id| id.0.clone()),
            },
            WrapUp::NotLogged => Self::NotLogged,
        }
    }
}

impl From<&settings::WrapUp> for WrapUpPolicyView {
    fn from(wrap_up: &settings::WrapUp) -> Self {
        let word = |field: &settings::WrapUpField| match field {
            settings::WrapUpField::Outcome => "outcome".to_owned(),
            settings::WrapUpField::Note => "note".to_owned(),
        };
        Self {
            outcomes: wrap_up.outcomes.clone(),
            required: wrap_up.required.iter().map(word).collect(),
            seconds: wrap_up.seconds,
        }
    }
}

impl FormView {
    /// Draws a form; `None` for what is no write.
    pub fn draw(form: &Form) -> Option<Self> {
        Some(Self {
            kind: write_kind(form.kind)?,
            fields: form.fields.iter().map(FormFieldView::from).collect(),
            opens: form.opens,
        })
    }
}

impl From<&Field> for FormFieldView {
    fn from(field: &Field) -> Self {
        let choice = |choice: &Choice| ChoiceView {
            value: choice.value.clone(),
            label: choice.label.clone(),
        };
        Self {
            name: field.name.clone(),
            label: field.label.clone(),
            kind: match field.kind {
                FieldKind::Text => FormFieldKind::Text,
                FieldKind::Choice => FormFieldKind::Choice,
                FieldKind::Email => FormFieldKind::Email,
                FieldKind::Phone => FormFieldKind::Phone,
                FieldKind::Number => FormFieldKind::Number,
                FieldKind::Switch => FormFieldKind::Switch,
                FieldKind::Date => FormFieldKind::Date,
            },
            required: field.required,
            max: field.max.map(count),
            lines: count(field.lines),
            choices: field.choices.iter().map(choice).collect(),
            default: field.default.clone(),
        }
    }
}

impl FieldFaultView {
    /// Says what is wrong with a field.
    pub fn of(fault: &FieldFault, language: Language) -> Self {
        let say = |id: &str| language.say(id, &[]);
        let text = match fault.problem {
            FieldProblem::Required => say("wrong-required"),
            FieldProblem::TooLong(most) => {
                let most = most.to_string();
                language.say("wrong-too_long", &[("most", most.as_str().into())])
            }
            FieldProblem::SeveralLines => say("wrong-several_lines"),
            FieldProblem::NoText => say("wrong-no_text"),
            FieldProblem::NotA(kind) => say(not_a(kind)),
            FieldProblem::NoChoice => say("wrong-no_choice"),
            FieldProblem::NoField => say("wrong-no_field"),
            FieldProblem::Refused => say("wrong-refused"),
        };
        Self {
            field: fault.field.clone(),
            text,
        }
    }
}

fn not_a(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "wrong-text",
        FieldKind::Choice => "wrong-choice",
        FieldKind::Email => "wrong-email",
        FieldKind::Phone => "wrong-phone",
        FieldKind::Number => "wrong-number",
        FieldKind::Switch => "wrong-switch",
        FieldKind::Date => "wrong-date",
    }
}
