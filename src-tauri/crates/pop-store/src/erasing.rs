//! Erasing one customer's local data (rule P4): what is counted and deleted, and the two files by
//! which an admin's tool asks the running app for it.
//!
//! The tool has no key, and rows are found by keyed hashes: only the app can. Request and answer lie
//! in the profile's folder, which is the owner's alone: whoever can write there could delete the store
//! as well. The request goes when it was carried out; the answer names no customer.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use pop_core::profile::RecordRef;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use crate::audit::{AuditEntry, AuditObject};
use crate::change::Change;
use crate::error::StoreError;
use crate::history::record_hash;
use crate::item::{Item, KeptItem, Wanted};
use crate::store::Store;

const REQUEST: &str = "erase.json";
const ANSWER: &str = "erase.answer.json";

/// Neither file is longer than this, in bytes.
const MOST: u64 = 65_536;

/// Whose local data is to go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EraseRequest {
    /// Tells this request from others.
    pub id: String,
    /// The connection that knows the customer.
    pub connection: String,
    /// The customer's id there.
    pub customer: String,
    /// Whether what waits to be sent goes too, unsent.
    pub unsent: bool,
}

/// What became of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EraseAnswer {
    /// The request.
    pub id: String,
    /// What was erased, or the word of why nothing was.
    pub result: Result<Erased, String>,
}

/// What was erased of a customer, by tables.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// Interactions in the history, with their flight marks.
    pub history: u64,
    /// Copies of what the CRM told.
    pub copies: u64,
    /// What was half typed.
    pub drafts: u64,
    /// Pins.
    pub pins: u64,
    /// Items of the outbox that were over.
    pub sent: u64,
    /// Items of the outbox that were never sent, and are not any more.
    pub discarded: u64,
    /// Lines of the audit that tell of nobody any more.
    pub audit: u64,
    /// What waits to be sent and stays: id and kind.
    pub waits: Vec<(String, String)>,
}

/// Leaves a request in a profile's folder.
///
/// # Errors
/// When there is one already, or the folder cannot be written.
pub fn request(folder: &Path, request: &EraseRequest) -> io::Result<()> {
    put(&folder.join(REQUEST), &serde_json::to_vec(request)?)
}

/// The answer to a request, once it is there; it is taken away.
///
/// # Errors
/// When it cannot be read.
pub fn answer_to(folder: &Path, id: &str) -> io::Result<Option<EraseAnswer>> {
    let path = folder.join(ANSWER);
    let Some(answer) = read::<EraseAnswer>(&path)?.filter(|answer| answer.id == id) else {
        return Ok(None);
    };
    fs::remove_file(&path)?;
    Ok(Some(answer))
}

/// Takes a request back that nobody has answered.
///
/// # Errors
/// When it cannot be deleted.
pub fn withdraw(folder: &Path) -> io::Result<()> {
    remove(&folder.join(REQUEST))
}

/// The request that waits in a profile's folder.
///
/// # Errors
/// When it cannot be read, or is none.
pub fn requested(folder: &Path) -> io::Result<Option<EraseRequest>> {
    read(&folder.join(REQUEST))
}

/// Leaves the answer in the place of an earlier one, and takes the request away.
///
/// # Errors
/// When the folder cannot be written.
pub fn answer(folder: &Path, answer: &EraseAnswer) -> io::Result<()> {
    let path = folder.join(ANSWER);
    remove(&path)?;
    // First the request: an answer says that it is over.
    withdraw(folder)?;
    put(&path, &serde_json::to_vec(answer)?)
}

impl Store {
    /// Erases what is known of a customer, with a line of the audit in the same transaction. What
    /// waits to be sent stays, unless it is to go unsent.
    ///
    /// # Errors
    /// When the file cannot be read or written; then nothing is erased.
    pub fn erase_customer(
        &mut self,
        record: &RecordRef,
        unsent: bool,
        line: AuditEntry,
    ) -> Result<Erased, StoreError> {
        let open = self.outbox(Wanted::Open, usize::MAX)?;
        let is_of =
            |item: &&KeptItem| item.item.as_ref().and_then(Item::record).as_ref() == Some(record);
        let open: Vec<_> = open.iter().filter(is_of).filter_map(named).collect();
        let hash = record_hash(&self.sealer, record);
        let told = AuditObject::Record(record.clone()).hash(&self.sealer);
        let count = |sql: &str, hash: [u8; 32]| count(&self.connection, sql, hash);
        let all = count("SELECT count(*) FROM outbox WHERE record = ?1", hash)?;
        let waiting = u64::try_from(open.len()).unwrap_or(u64::MAX);
        let erased = Erased {
            history: count("SELECT count(*) FROM history WHERE record = ?1", hash)?,
            copies: count("SELECT count(*) FROM saved WHERE record = ?1", hash)?,
            drafts: count("SELECT count(*) FROM draft WHERE record = ?1", hash)?,
            pins: count("SELECT count(*) FROM pin WHERE record = ?1", hash)?,
            audit: count(
                "SELECT count(*) FROM audit WHERE object = ?1 AND sealed IS NOT NULL",
                told,
            )?,
            sent: all.saturating_sub(waiting),
            discarded: if unsent { waiting } else { 0 },
            waits: if unsent { Vec::new() } else { open },
        };
        let erase = if unsent {
            Change::EraseCustomer(record.clone())
        } else {
            Change::EraseCustomerButUnsent(record.clone())
        };
        self.apply(&[erase, Change::Audit(line)])?;
        Ok(erased)
    }
}

fn named(item: &KeptItem) -> Option<(String, String)> {
    let kind = match item.item.as_ref()? {
        Item::Write(write) => write.kind.word().to_owned(),
        Item::Message(message) => message.event.clone(),
    };
    Some((item.queued.id.clone(), kind))
}

fn count(connection: &Connection, sql: &str, hash: [u8; 32]) -> Result<u64, StoreError> {
    let count: i64 = connection.query_row(sql, [hash], |row| row.get(0))?;
    Ok(u64::try_from(count).unwrap_or(0))
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> io::Result<Option<T>> {
    let length = match fs::metadata(path) {
        Ok(metadata) => metadata.len(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    if length > MOST {
        return Err(io::Error::other("it is too long"));
    }
    Ok(Some(serde_json::from_slice(&fs::read(path)?)?))
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Makes a file for the owner alone that appears whole or not at all, and replaces no other.
fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = path.with_extension("new");
    remove(&new)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    let linked = fs::hard_link(&new, path);
    fs::remove_file(&new)?;
    linked
}
