//! Keeps: the vault, history, seen events, accepted events, the outbox with drafts, the flight
//! recorder and the audit.
//!
//! Two things lie in one folder that belongs to one profile on a local disk: `vault`, the sealed
//! secrets (`vault`), and `store.db`, everything else (`store`). Whatever is secret or tells of
//! a person is sealed with keys that come from the one random key in the keychain of the system
//! (`keychain`, `seal`). The keychain itself is a port: the shell brings the real one.
//!
//! A gateway has no desk and no keychain: it keeps its queue in a file of its own (`relay`), with a
//! key that it is given.
//!
//! Deliberately elsewhere: the clock and the decision when something is kept (`pop-engine`), the
//! real keychain (the shell), and everything that asks a CRM or hears of an interaction.
//!
//! Without a key (no keychain, or a locked one) the same calls work on tables that live in memory
//! only; see `store`.

mod audit;
mod audit_file;
mod audit_sealed;
mod audit_words;
mod change;
mod database;
mod deliveries;
mod drafts;
pub mod erasing;
mod error;
mod events;
mod flight;
mod handle;
mod history;
mod history_sealed;
mod item;
mod item_sealed;
mod keychain;
mod obtain;
mod opened;
mod outbox;
mod outbox_calls;
mod pins;
mod place;
mod relay;
mod relay_kinds;
mod salvage;
mod saved;
mod seal;
mod shadow;
mod store;
mod vault;
mod vault_file;

pub use audit::{AuditEntry, AuditItem, AuditObject, Chain, KeptAudit, Told};
pub use audit_file::AuditFile;
pub use audit_words::{AuditAction, AuditOutcome};
pub use change::Change;
pub use drafts::{Draft, DraftOf};
pub use error::StoreError;
pub use events::{Accepted, EVENTS_KEPT, EventTicket, IncomingEvent, PendingEvent};
pub use flight::Mark;
pub use handle::StoreHandle;
pub use history::{HistoryEntry, HistoryQuery, MatchOutcome, Phase, RecentKey};
pub use item::{Item, KeptItem, Message, Progress, Queued, Target, Try, Wanted};
pub use keychain::{Key, KeyName, Keychain, KeychainError, Lock};
pub use pins::Pin;
pub use relay::Relay;
pub use relay_kinds::{Committed, DeadLetter, Intake, Note, Outgoing, Pruned, Taken, Waiting};
pub use salvage::Salvaged;
pub use seal::{SealError, Sealer};
pub use store::{FileCheck, Keeping, Retention, Stats, Store};
pub use vault::{LockedVault, MemoryOnly, Vault, VaultError, VaultState};
