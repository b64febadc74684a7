//! The queue of a gateway: what was accepted and is to be delivered, in a file of its own.
//!
//! Many deliveries are committed in one transaction, because each commit waits for the disk. What
//! one delivery brings (messages, what its mapping remembers, letters that have no addressee) is
//! kept together or not at all. A message is sealed and lies here until it is delivered or of no
//! more use; the keyed hash of its id stays, so that it never counts twice. What a message holds
//! and where it goes is the caller's business.

use std::path::Path;

use pop_core::moment::Moment;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use crate::database;
use crate::error::StoreError;
use crate::keychain::Key;
use crate::place::{self, WriterLock};
use crate::relay_kinds::{Committed, Intake, Pruned, Taken, Waiting};
use crate::seal::Sealer;

const STEPS: &[&str] = &[
    include_str!("schema/relay-1.sql"),
    include_str!("schema/relay-2.sql"),
];

/// What is seen and noted is looked up by hashes, all over the file: an hour of a busy platform.
const CACHE_KIBIBYTES: u32 = 16 * 1_024;

/// The queue. It belongs to one thread.
pub struct Relay {
    // Fields are dropped in this order: the file is closed before the lock is given back.
    connection: Connection,
    sealer: Sealer,
    lock: WriterLock,
}

impl Relay {
    /// Opens the queue in a folder on a local disk, or makes it.
    pub fn open(folder: &Path, key: &Key) -> Result<Self, StoreError> {
        place::prepare_folder(folder)?;
        place::require_local(folder)?;
        let (lock, _) = WriterLock::take(&folder.join("relay.lock"))?;
        let connection = database::open_steps(&folder.join("relay.db"), STEPS)?;
        connection.execute_batch(&format!("PRAGMA cache_size = -{CACHE_KIBIBYTES};"))?;
        Ok(Self {
            connection,
            sealer: Sealer::from_root(key),
            lock,
        })
    }

    /// Takes deliveries and forgets what was delivered, in one transaction: when this returns, it
    /// is on disk. Notes from before `remember_since` count as forgotten.
    pub fn commit(
        &mut self,
        intakes: &[Intake],
        delivered: &[i64],
        remember_since: Moment,
    ) -> Result<Committed, StoreError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        for row in delivered {
            transaction
                .prepare_cached("DELETE FROM message WHERE row = ?1")?
                .execute([row])?;
        }
        let mut fresh = Vec::new();
        let taken = intakes
            .iter()
            .map(|intake| {
                take(
                    &transaction,
                    &self.sealer,
                    intake,
                    remember_since,
                    &mut fresh,
                )
            })
            .collect::<Result<_, _>>()?;
        transaction.commit()?;
        Ok(Committed { taken, fresh })
    }

    /// The row of the newest message that ever was; 0 when there was none.
    pub fn newest(&self) -> Result<i64, StoreError> {
        let newest = "SELECT seq FROM sqlite_sequence WHERE name = 'message'";
        let newest = self.connection.query_row(newest, [], |row| row.get(0));
        Ok(newest.optional()?.unwrap_or_default())
    }

    /// What waits after a row, in the order in which it was taken.
    pub fn waiting(&mut self, after: i64, limit: usize) -> Result<Vec<Waiting>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT row, id, expires, sealed FROM message WHERE row > ?1 ORDER BY row LIMIT ?2",
        )?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut rows = statement.query([after, limit])?;
        let mut waiting = Vec::new();
        while let Some(row) = rows.next()? {
            let id: [u8; 32] = row.get(1)?;
            let sealed = row.get_ref(3)?.as_blob().unwrap_or_default();
            let message = self.sealer.open("message", &id, sealed).ok();
            waiting.push(Waiting {
                row: row.get(0)?,
                expires: Moment::from_micros(row.get(2)?),
                message: message.map(|message| message.to_vec()),
            });
        }
        Ok(waiting)
    }

    /// How many messages wait.
    pub fn count(&self) -> Result<u64, StoreError> {
        let count = "SELECT count(*) FROM message";
        Ok(self.connection.query_row(count, [], |row| row.get(0))?)
    }

    /// What is remembered since a moment: key and value.
    pub fn notes(&mut self, since: Moment) -> Result<Vec<(String, String, Moment)>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, sealed, at FROM note WHERE at >= ?1")?;
        let mut rows = statement.query([since.micros()])?;
        let mut notes = Vec::new();
        while let Some(row) = rows.next()? {
            let id: [u8; 32] = row.get(0)?;
            let sealed = row.get_ref(1)?.as_blob().unwrap_or_default();
            if let Some((key, is)) = open_note(&self.sealer, &id, sealed) {
                notes.push((key, is, Moment::from_micros(row.get(2)?)));
            }
        }
        Ok(notes)
    }

    /// The letters without an addressee, newest first.
    pub fn dead(&mut self, limit: usize) -> Result<Vec<(Moment, Vec<u8>)>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, at, sealed FROM dead ORDER BY at DESC LIMIT ?1")?;
        let mut rows = statement.query([i64::try_from(limit).unwrap_or(i64::MAX)])?;
        let mut dead = Vec::new();
        while let Some(row) = rows.next()? {
            let id: [u8; 32] = row.get(0)?;
            let sealed = row.get_ref(2)?.as_blob().unwrap_or_default();
            if let Ok(letter) = self.sealer.open("dead", &id, sealed) {
                dead.push((Moment::from_micros(row.get(1)?), letter.to_vec()));
            }
        }
        Ok(dead)
    }

    /// Forgets messages that are of no more use, and ids, notes and letters from before `since`.
    pub fn prune(&mut self, now: Moment, since: Moment) -> Result<Pruned, StoreError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let expired = "DELETE FROM message WHERE expires <= ?1";
        let expired = transaction.execute(expired, [now.micros()])?;
        for table in ["seen", "note", "dead"] {
            let old = format!("DELETE FROM {table} WHERE at < ?1");
            transaction.execute(&old, [since.micros()])?;
        }
        transaction.commit()?;
        Ok(Pruned { expired })
    }

    /// Closes the queue in order.
    pub fn close(mut self) -> Result<(), StoreError> {
        Ok(self.lock.leave()?)
    }
}

fn take(
    transaction: &Transaction<'_>,
    sealer: &Sealer,
    intake: &Intake,
    remember_since: Moment,
    fresh: &mut Vec<Waiting>,
) -> Result<Taken, StoreError> {
    for note in &intake.notes {
        if recall(transaction, sealer, &note.key, remember_since)? != note.was {
            return Ok(Taken::Outdated);
        }
    }
    let at = intake.at.micros();
    for note in &intake.notes {
        let id = sealer.keyed_hash("relay note", note.key.as_bytes());
        let text = [note.key.as_bytes(), note.is.as_bytes()].join(&0);
        transaction
            .prepare_cached("INSERT OR REPLACE INTO note (id, at, sealed) VALUES (?1, ?2, ?3)")?
            .execute(params![id, at, sealer.seal("note", &id, &text)?])?;
    }
    for dead in &intake.dead {
        let id = sealer.keyed_hash("relay dead", &dead.id);
        transaction
            .prepare_cached("INSERT OR REPLACE INTO dead (id, at, sealed) VALUES (?1, ?2, ?3)")?
            .execute(params![id, at, sealer.seal("dead", &id, &dead.letter)?])?;
    }
    let mut new = 0;
    for outgoing in &intake.messages {
        let id = sealer.keyed_hash("relay message", &outgoing.id);
        let first = transaction
            .prepare_cached("INSERT OR IGNORE INTO seen (id, at) VALUES (?1, ?2)")?
            .execute(params![id, at])?;
        if first == 0 {
            continue;
        }
        let sealed = sealer.seal("message", &id, &outgoing.message)?;
        transaction
            .prepare_cached("INSERT INTO message (id, expires, sealed) VALUES (?1, ?2, ?3)")?
            .execute(params![id, outgoing.expires.micros(), sealed])?;
        fresh.push(Waiting {
            row: transaction.last_insert_rowid(),
            expires: outgoing.expires,
            message: Some(outgoing.message.clone()),
        });
        new += 1;
    }
    let repeated = intake.messages.len() - new;
    Ok(Taken::Kept { new, repeated })
}

fn recall(
    transaction: &Transaction<'_>,
    sealer: &Sealer,
    key: &str,
    since: Moment,
) -> Result<Option<String>, StoreError> {
    let id = sealer.keyed_hash("relay note", key.as_bytes());
    let sealed: Option<Vec<u8>> = transaction
        .prepare_cached("SELECT sealed FROM note WHERE id = ?1 AND at >= ?2")?
        .query_row(params![id, since.micros()], |row| row.get(0))
        .optional()?;
    Ok(sealed
        .and_then(|sealed| open_note(sealer, &id, &sealed))
        .map(|(_, is)| is))
}

/// Key and value; `None` when it was sealed with another key.
fn open_note(sealer: &Sealer, id: &[u8; 32], sealed: &[u8]) -> Option<(String, String)> {
    let text = sealer.open("note", id, sealed).ok()?;
    let (key, is) = std::str::from_utf8(&text).ok()?.split_once('\0')?;
    Some((key.to_owned(), is.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::relay_kinds::{DeadLetter, Note, Outgoing};

    const NOW: Moment = Moment::from_millis(1_767_715_061_252);

    fn key(byte: u8) -> Key {
        Key::from_bytes(&[byte; 32]).expect("32 bytes")
    }

    fn outgoing(id: &str, message: &str) -> Outgoing {
        Outgoing {
            id: id.into(),
            expires: NOW.after(std::time::Duration::from_secs(45)),
            message: message.into(),
        }
    }

    fn intake(messages: Vec<Outgoing>) -> Intake {
        Intake {
            at: NOW,
            messages,
            ..Intake::default()
        }
    }

    fn texts(relay: &mut Relay) -> Vec<String> {
        let waiting = relay.waiting(0, 100).expect("reads");
        let text = |waiting: Waiting| waiting.message.map(String::from_utf8);
        let texts = waiting.into_iter().filter_map(text);
        texts.map(|text| text.expect("text")).collect()
    }

    #[test]
    fn what_was_taken_waits_in_order_until_it_is_delivered_and_never_counts_twice() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut relay = Relay::open(folder.path(), &key(1)).expect("opens");
        let both = intake(vec![outgoing("1", "first"), outgoing("2", "second")]);
        let taken = relay
            .commit(std::slice::from_ref(&both), &[], NOW)
            .expect("commits");
        assert_eq!(
            taken.taken,
            [Taken::Kept {
                new: 2,
                repeated: 0
            }]
        );
        let given: Vec<_> = taken.fresh.iter().map(|it| (it.row, &it.message)).collect();
        let read = relay.waiting(0, 9).expect("reads");
        let read: Vec<_> = read.iter().map(|it| (it.row, &it.message)).collect();
        assert_eq!(given, read, "what is new is given back as it is read");
        assert_eq!(relay.newest().expect("reads"), given[1].0);
        drop(relay);

        let mut relay = Relay::open(folder.path(), &key(1)).expect("opens again");
        assert_eq!(
            texts(&mut relay),
            ["first", "second"],
            "a restart loses nothing"
        );
        let rows = relay.waiting(0, 1).expect("reads");
        relay.commit(&[], &[rows[0].row], NOW).expect("commits");
        assert_eq!(texts(&mut relay), ["second"], "delivered is gone");
        let taken = relay.commit(&[both], &[], NOW).expect("commits");
        assert!(taken.fresh.is_empty());
        assert_eq!(
            taken.taken,
            [Taken::Kept {
                new: 0,
                repeated: 2
            }],
            "a repetition"
        );
        assert_eq!(relay.count().expect("counts"), 1);
    }

    #[test]
    fn a_note_that_changed_meanwhile_keeps_nothing_of_the_delivery() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut relay = Relay::open(folder.path(), &key(1)).expect("opens");
        let noted = |was: Option<&str>, is: &str, id: &str| Intake {
            notes: vec![Note {
                key: "glia/1".into(),
                was: was.map(Into::into),
                is: is.into(),
            }],
            ..intake(vec![outgoing(id, id)])
        };
        let two = [noted(None, "a", "1"), noted(None, "b", "2")];
        let taken = relay.commit(&two, &[], NOW).expect("commits");
        assert_eq!(taken.taken[1], Taken::Outdated, "the first one changed it");
        assert_eq!(texts(&mut relay), ["1"]);
        let again = [noted(Some("a"), "b", "2")];
        relay.commit(&again, &[], NOW).expect("commits");
        let notes = relay.notes(NOW).expect("reads");
        assert_eq!(notes, [("glia/1".to_owned(), "b".to_owned(), NOW)]);
        assert_eq!(texts(&mut relay), ["1", "2"], "read again, it fits");
    }

    #[test]
    fn what_is_over_is_forgotten_and_nothing_lies_open_in_the_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut relay = Relay::open(folder.path(), &key(1)).expect("opens");
        let letter = DeadLetter {
            id: b"d".into(),
            letter: b"Jordan Green".into(),
        };
        let intake = Intake {
            dead: vec![letter],
            ..intake(vec![outgoing("1", "Cesar Gonzalez")])
        };
        relay.commit(&[intake], &[], NOW).expect("commits");
        assert_eq!(relay.dead(9).expect("reads").len(), 1);
        for name in ["relay.db", "relay.db-wal"] {
            let bytes = std::fs::read(folder.path().join(name)).expect("the file");
            let holds = |text: &[u8]| bytes.windows(text.len()).any(|part| part == text);
            assert!(
                !holds(b"Cesar") && !holds(b"Jordan"),
                "{name} tells of nobody"
            );
        }
        let hour = std::time::Duration::from_hours(1);
        let pruned = relay
            .prune(NOW.after(hour), NOW.after(hour))
            .expect("prunes");
        assert_eq!(pruned, Pruned { expired: 1 });
        assert!(
            relay.dead(9).expect("reads").is_empty(),
            "letters are forgotten"
        );
        assert!(texts(&mut relay).is_empty());
    }

    #[test]
    fn the_queue_of_an_older_release_goes_on_where_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("relay.db");
        let first = STEPS.get(..1).expect("the first form");
        let older = database::open_steps(&path, first).expect("opens");
        let sealer = Sealer::from_root(&key(1));
        for (row, text) in [(6, "first"), (7, "second"), (9, "gone")] {
            let id = sealer.keyed_hash("relay message", text.as_bytes());
            let sealed = sealer.seal("message", &id, text.as_bytes());
            let kept = params![row, id, NOW.micros(), sealed.expect("seals")];
            older
                .execute("INSERT INTO message VALUES (?1, ?2, ?3, ?4)", kept)
                .expect("keeps");
        }
        older
            .execute("DELETE FROM message WHERE row = 9", [])
            .expect("delivered");
        drop(older);

        let mut relay = Relay::open(folder.path(), &key(1)).expect("opens");
        assert_eq!(texts(&mut relay), ["first", "second"]);
        assert_eq!(relay.newest().expect("reads"), 9);
        let one = intake(vec![outgoing("3", "third")]);
        let taken = relay.commit(&[one], &[6], NOW).expect("commits");
        assert_eq!(taken.fresh[0].row, 10, "no row comes again");
        assert_eq!(texts(&mut relay), ["second", "third"]);
    }

    #[test]
    fn another_key_opens_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut relay = Relay::open(folder.path(), &key(1)).expect("opens");
        let one = intake(vec![outgoing("1", "first")]);
        relay.commit(&[one], &[], NOW).expect("commits");
        relay.close().expect("closes");
        let mut relay = Relay::open(folder.path(), &key(2)).expect("opens");
        let waiting = relay.waiting(0, 9).expect("reads");
        assert!(waiting[0].message.is_none(), "sealed with the other key");
    }
}
