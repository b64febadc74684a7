//! What can be done in a CRM for an agent: the kinds of writes, their forms, and how one can end.
//!
//! What a write sends, and what a form asks for, is the definition's business (`pop-crm`). When a
//! write is tried again, and who is told, is decided elsewhere.

/// What can be done in a CRM.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActionKind {
    /// Opens a case for a customer.
    CreateCase,
    /// Keeps a record of the interaction.
    LogInteraction,
    /// Adds a note to a case.
    AddNote,
    /// Changes a case's status.
    SetStatus,
    /// Changes a case's priority.
    SetPriority,
    /// Adds a customer.
    CreateCustomer,
    /// Changes a customer.
    UpdateCustomer,
    /// Shows a record in the CRM's own window, where it is open already.
    ShowInCrm,
}

impl ActionKind {
    /// Every kind, with its word in definitions.
    pub const ALL: [(Self, &'static str); 8] = [
        (Self::CreateCase, "create_case"),
        (Self::LogInteraction, "log_interaction"),
        (Self::AddNote, "add_note"),
        (Self::SetStatus, "set_status"),
        (Self::SetPriority, "set_priority"),
        (Self::CreateCustomer, "create_customer"),
        (Self::UpdateCustomer, "update_customer"),
        (Self::ShowInCrm, "show_in_crm"),
    ];

    /// Reads the word of a kind; `None` when there is no such kind.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|(_, name)| *name == word)
            .map(|(kind, _)| kind)
    }

    /// The word of this kind.
    pub fn word(self) -> &'static str {
        Self::ALL
            .into_iter()
            .find(|(kind, _)| *kind == self)
            .map_or("", |(_, word)| word)
    }

    /// Whether it makes a record that later requests and links name by its id.
    pub fn makes_record(self) -> bool {
        matches!(self, Self::CreateCase | Self::CreateCustomer)
    }
}

/// What a person fills in before something is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// What it is for.
    pub kind: ActionKind,
    /// Its fields, in the definition's order.
    pub fields: Vec<Field>,
    /// Whether what it makes has a page that can be opened at once.
    pub opens: bool,
}

/// One field of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The definition's name of it.
    pub name: String,
    /// The label for people.
    pub label: String,
    /// What is filled in.
    pub kind: FieldKind,
    /// Whether there must be a value.
    pub required: bool,
    /// The most characters, if the CRM has a limit.
    pub max: Option<usize>,
    /// How many lines are shown; more than one may be filled in where it is more than one.
    pub lines: usize,
    /// What can be chosen, for a choice.
    pub choices: Vec<Choice>,
    /// What stands there at first.
    pub default: Option<String>,
}

/// One value that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The value, as it goes back in.
    pub value: String,
    /// The label for people.
    pub label: String,
}

/// What is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldKind {
    /// Words.
    Text,
    /// One of several values.
    Choice,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A number.
    Number,
    /// Yes or no.
    Switch,
    /// A day, as 2026-11-30.
    Date,
}

impl FieldKind {
    /// Every kind, with its word in definitions.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self::Text, "text"),
        (Self::Choice, "choice"),
        (Self::Email, "email"),
        (Self::Phone, "phone"),
        (Self::Number, "number"),
        (Self::Switch, "switch"),
        (Self::Date, "date"),
    ];

    /// Reads the word of a kind; `None` when there is no such kind.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|(_, name)| *name == word)
            .map(|(kind, _)| kind)
    }
}

/// What is wrong with one field; never holds the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldFault {
    /// The field's name in the form.
    pub field: String,
    /// What is wrong.
    pub problem: FieldProblem,
}

/// What is wrong with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldProblem {
    /// There is none, and there must be one.
    Required,
    /// It has more characters than this.
    TooLong(usize),
    /// It has several lines where one is asked for.
    SeveralLines,
    /// It holds a character that is no text.
    NoText,
    /// It is not of the field's kind.
    NotA(FieldKind),
    /// It cannot be chosen.
    NoChoice,
    /// The form has no such field.
    NoField,
    /// The CRM did not accept it.
    Refused,
}

impl FieldProblem {
    /// A short stable word for logs and wordings.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::TooLong(_) => "too_long",
            Self::SeveralLines => "several_lines",
            Self::NoText => "no_text",
            Self::NotA(_) => "wrong_kind",
            Self::NoChoice => "no_choice",
            Self::NoField => "no_field",
            Self::Refused => "refused",
        }
    }
}

/// What became of a write that did not succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The CRM has not done it.
    NotDone,
    /// The CRM may have done it.
    Unknown,
}

/// What may be done next about a write that did not succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Next {
    /// The same write again, later: it cannot be done twice.
    Retry,
    /// The same write again, later: the CRM is asked first whether it has it.
    LookFirst,
    /// Nothing by itself: a person decides.
    Park,
}
