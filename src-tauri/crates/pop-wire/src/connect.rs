//! The connect form as the window draws it: made from a definition, and what became of it.

use serde::Serialize;
use ts_rs::TS;

use crate::parts::ProblemView;

/// A CRM that can be connected, with what the person connecting fills in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DefinitionView {
    /// The definition's id, such as `rest`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The fields of the form.
    pub fields: Vec<FieldView>,
    /// The ways to sign in, in order.
    pub methods: Vec<MethodView>,
}

/// A field of the connect form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FieldView {
    /// Its name in the settings.
    pub name: String,
    /// Its label.
    pub label: String,
    /// What it holds.
    pub kind: FieldKind,
    /// What it holds when nothing is filled in.
    pub default: Option<String>,
    /// An example.
    pub example: Option<String>,
    /// Whether it may stay empty.
    pub optional: bool,
    /// The choices, for a choice.
    pub choices: Vec<String>,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// Text.
    Text,
    /// One of several.
    Choice,
    /// Yes or no.
    Switch,
    /// A secret; it is never sent back to the window.
    Secret,
}

/// A way to sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MethodView {
    /// Its name in the definition.
    pub name: String,
    /// Its label.
    pub label: String,
    /// What the person does.
    pub kind: MethodKind,
    /// The secret that it asks for, if it asks for one.
    pub secret: Option<SecretView>,
    /// The names of the fields without which it cannot sign in.
    pub needs: Vec<String>,
}

/// A secret that a way to sign in asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SecretView {
    /// Its label.
    pub label: String,
    /// Whether it may stay empty.
    pub optional: bool,
}

/// What the person does to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MethodKind {
    /// One secret: a token or a key.
    Secret,
    /// A user name and a password.
    Basic,
    /// Signs in with the system's browser.
    Browser,
    /// The secret of a client that signs in as itself.
    Client,
}

/// How connecting went.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ConnectView {
    /// Connected and tested.
    Connected {
        /// The connection's name in the settings.
        connection: String,
        /// Who is signed in, as the CRM says.
        signed_in_as: Option<String>,
    },
    /// Something filled in is not right.
    Refused {
        /// Which field and why.
        faults: Vec<FieldFaultView>,
    },
    /// The CRM could not be asked, or nobody signed in.
    Failed {
        /// Why.
        problem: ProblemView,
    },
    /// The person gave up, or began anew.
    Cancelled,
}

/// A field that is not right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FieldFaultView {
    /// The field's name.
    pub field: String,
    /// What is expected.
    pub text: String,
}
