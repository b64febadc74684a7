//! What can be changed in the store, and the making of one change inside a transaction.

use pop_core::desk::SavedCopy;
use pop_core::flight::Step;
use pop_core::interaction::InteractionKey;
use pop_core::moment::Moment;
use pop_core::profile::{ConnectionId, RecordRef};
use rusqlite::Connection;

use crate::audit::{self, AuditEntry};
use crate::drafts::{self, Draft};
use crate::error::StoreError;
use crate::events::{self, EventTicket};
use crate::flight::{self, Mark};
use crate::history::{self, HistoryEntry};
use crate::item::{Item, Progress};
use crate::outbox;
use crate::pins::{self, Pin};
use crate::saved;
use crate::seal::Sealer;

/// One change; changes that are given together are kept together or not at all.
#[derive(Clone, Debug)]
pub enum Change {
    /// An interaction is new, or came further: the whole entry replaces an earlier one.
    History(HistoryEntry),
    /// Something happened in an interaction that is in the history.
    Marks(InteractionKey, Vec<Mark>),
    /// Something was done that is audited.
    Audit(AuditEntry),
    /// An accepted event was handled.
    Handled(EventTicket),
    /// Something is to be sent.
    Queue(Box<Item>),
    /// What is to be sent came further.
    Progress(Box<Progress>),
    /// What waits for a person has another content, and waits for its turn again.
    Edit {
        /// The item as it is now.
        item: Box<Item>,
        /// When.
        at: Moment,
        /// When it was sent first, if it must be asked whether that was done.
        first_sent: Option<Moment>,
    },
    /// Something is half typed.
    Draft(Draft),
    /// A customer is kept at hand, or was used again.
    Pin(Pin),
    /// A customer is not kept at hand any more.
    Unpin(ConnectionId, String),
    /// A copy of what a CRM told of a customer is kept.
    SavedCopy(Box<SavedCopy>),
    /// The copies go whose time is over at this moment.
    ForgetCopies(Moment),
    /// A customer's local data is to go, in every table.
    EraseCustomer(RecordRef),
    /// The same, but what waits to be sent stays.
    EraseCustomerButUnsent(RecordRef),
    /// The local data of all customers of a connection is to go, because the user signs out of it.
    EraseConnection(ConnectionId),
    /// All customers' local data is to go, because the user signs out of everything.
    EraseEverybody,
}

impl Change {
    /// Whether copies go because their time is over.
    pub(crate) fn ends_copies(&self) -> bool {
        matches!(self, Self::ForgetCopies(_))
    }
}

/// Makes one change; says whether it erased something that must leave no trace.
pub(crate) fn make(
    connection: &Connection,
    sealer: &Sealer,
    change: &Change,
    shadowed: bool,
) -> Result<bool, StoreError> {
    match change {
        Change::History(entry) => history::record(connection, sealer, entry).map(|_| false),
        Change::Marks(key, marks) => {
            let row = history::row_of(connection, sealer, key)?;
            let row = row.ok_or(StoreError::UnknownInteraction)?;
            flight::add(connection, row, marks.iter().map(Step::from)).map(|()| false)
        }
        Change::Audit(entry) => audit::append(connection, sealer, entry).map(|()| false),
        Change::Handled(ticket) => events::handled(connection, *ticket).map(|()| false),
        Change::Queue(item) => outbox::insert(connection, sealer, item).map(|()| false),
        Change::Progress(progress) => {
            outbox::progress(connection, sealer, progress).map(|()| false)
        }
        Change::Edit {
            item,
            at,
            first_sent,
        } => outbox::edit(connection, sealer, item, *at, *first_sent).map(|()| false),
        Change::Draft(draft) => drafts::keep(connection, sealer, draft).map(|()| false),
        Change::Pin(pin) => pins::keep(connection, sealer, pin).map(|()| false),
        Change::Unpin(of, id) => pins::drop_one(connection, sealer, of, id).map(|()| true),
        Change::SavedCopy(copy) => saved::keep(connection, sealer, copy).map(|()| false),
        Change::ForgetCopies(now) => saved::forget(connection, *now, shadowed).map(|()| false),
        Change::EraseCustomer(record) => {
            outbox::erase_customer(connection, sealer, record, true)?;
            erase_customer(connection, sealer, record)?;
            erase_what_nobody_can_tell(connection, shadowed)?;
            Ok(true)
        }
        Change::EraseCustomerButUnsent(record) => {
            outbox::erase_customer(connection, sealer, record, false)?;
            erase_customer(connection, sealer, record)?;
            Ok(true)
        }
        Change::EraseConnection(id) => {
            history::erase_connection(connection, sealer, id)?;
            outbox::erase_connection(connection, sealer, id)?;
            drafts::erase_connection(connection, sealer, id)?;
            pins::erase_connection(connection, sealer, id)?;
            saved::erase_connection(connection, sealer, id)?;
            audit::erase_connection(connection, sealer, id)?;
            erase_what_nobody_can_tell(connection, shadowed)?;
            Ok(true)
        }
        Change::EraseEverybody => {
            erase_everybody(connection, "main")?;
            if shadowed {
                erase_everybody(connection, "temp")?;
            }
            Ok(true)
        }
    }
}

fn erase_customer(
    connection: &Connection,
    sealer: &Sealer,
    record: &RecordRef,
) -> Result<(), StoreError> {
    let hash = history::record_hash(sealer, record);
    for table in ["history", "draft", "pin", "saved"] {
        let sql = format!("DELETE FROM {table} WHERE record = ?1");
        connection.execute(&sql, [hash])?;
    }
    audit::erase_record(connection, sealer, record)
}

/// Without the key nobody can say whose rows the file's are: none may stay.
fn erase_what_nobody_can_tell(connection: &Connection, shadowed: bool) -> Result<(), StoreError> {
    if shadowed {
        erase_everybody(connection, "main")?;
    }
    Ok(())
}

pub(crate) fn erase_everybody(connection: &Connection, schema: &str) -> Result<(), StoreError> {
    Ok(connection.execute_batch(&format!(
        "DELETE FROM {schema}.event;
         DELETE FROM {schema}.history;
         DELETE FROM {schema}.outbox;
         DELETE FROM {schema}.draft;
         DELETE FROM {schema}.pin;
         DELETE FROM {schema}.saved;
         UPDATE {schema}.audit SET sealed = NULL;"
    ))?)
}
