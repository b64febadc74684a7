//! What the window asks about writing: forms of the CRMs, and what is filled in.
//!
//! It is checked and given to the desk in `filled.rs`.

use std::collections::BTreeMap;

use pop_core::action::{ActionKind, FieldFault, Form};
use pop_core::desk::{At, Wish, Wrapping};
use pop_core::profile::{Case, ConnectionId};
use pop_core::write::WriteId;
use tokio::sync::oneshot;

use crate::engine::Engine;
use crate::tick::{Ask, Refused};

/// What the window asks about writing.
pub(crate) enum WritingAsk {
    /// A form for a card.
    Form {
        at: At,
        connection: ConnectionId,
        kind: ActionKind,
        case: Option<String>,
        reply: oneshot::Sender<Result<Form, Refused>>,
    },
    /// The form of a write that waits.
    FormOf {
        id: WriteId,
        reply: oneshot::Sender<Result<Form, Refused>>,
    },
    /// The open case on a card that a new one with this subject would repeat.
    Similar {
        at: At,
        subject: String,
        reply: oneshot::Sender<Result<Option<(ConnectionId, Case)>, Refused>>,
    },
    /// Check a wish, and write it if nothing is wrong.
    Write {
        wish: Box<Wish>,
        checked: bool,
        reply: oneshot::Sender<Result<Wrote, Refused>>,
    },
    /// Check a write's new input, and send it again if nothing is wrong.
    Resend {
        id: WriteId,
        input: BTreeMap<String, String>,
        shown: Option<String>,
        checked: bool,
        reply: oneshot::Sender<Result<Wrote, Refused>>,
    },
    /// Say how an interaction went.
    WrapUp {
        said: Box<Wrapping>,
        reply: oneshot::Sender<Result<Wrote, Refused>>,
    },
}

/// What became of something that was filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrote {
    /// It is a write now.
    Taken(WriteId),
    /// These fields are not right; nothing was written.
    Wrong(Vec<FieldFault>),
}

impl Engine {
    /// The id of a new write; ids of later writes sort after it.
    pub fn new_write(&self) -> WriteId {
        WriteId(uuid::Uuid::now_v7().to_string())
    }

    /// The form of an action for a card's customer.
    ///
    /// # Errors
    /// When the card has changed, the action is not offered, or the CRM cannot be asked for what
    /// the form must have.
    pub async fn form(
        &self,
        at: At,
        connection: ConnectionId,
        kind: ActionKind,
        case: Option<String>,
    ) -> Result<Form, Refused> {
        let form = |reply| WritingAsk::Form {
            at,
            connection,
            kind,
            case,
            reply,
        };
        self.ask(|reply| Ask::Writing(form(reply))).await?
    }

    /// The form of a write that waits.
    ///
    /// # Errors
    /// As [`Engine::form`].
    pub async fn form_of(&self, id: WriteId) -> Result<Form, Refused> {
        self.ask(|reply| Ask::Writing(WritingAsk::FormOf { id, reply }))
            .await?
    }

    /// The open case on a card that a new one with this subject would repeat, if a note can be added
    /// to it.
    ///
    /// # Errors
    /// When the card is no longer as the agent saw it.
    pub async fn similar_case(
        &self,
        at: At,
        subject: String,
    ) -> Result<Option<(ConnectionId, Case)>, Refused> {
        let similar = |reply| WritingAsk::Similar { at, subject, reply };
        self.ask(|reply| Ask::Writing(similar(reply))).await?
    }

    /// Wants something done in a CRM.
    ///
    /// # Errors
    /// When the card is no longer as the agent saw it, or it is not certain who the customer is.
    pub async fn write(&self, wish: Wish) -> Result<Wrote, Refused> {
        let wish = Box::new(wish);
        let write = |reply| WritingAsk::Write {
            wish,
            checked: false,
            reply,
        };
        self.ask(|reply| Ask::Writing(write(reply))).await?
    }

    /// Sends a write again with other input; `shown` is the label of what was chosen.
    ///
    /// # Errors
    /// When it does not wait any more.
    pub async fn resend(
        &self,
        id: WriteId,
        input: BTreeMap<String, String>,
        shown: Option<String>,
    ) -> Result<Wrote, Refused> {
        let resend = |reply| WritingAsk::Resend {
            id,
            input,
            shown,
            checked: false,
            reply,
        };
        self.ask(|reply| Ask::Writing(resend(reply))).await?
    }

    /// Says how an interaction went.
    ///
    /// # Errors
    /// As [`Engine::write`].
    pub async fn wrap_up(&self, said: Wrapping) -> Result<Wrote, Refused> {
        let said = Box::new(said);
        self.ask(|reply| Ask::Writing(WritingAsk::WrapUp { said, reply }))
            .await?
    }
}
