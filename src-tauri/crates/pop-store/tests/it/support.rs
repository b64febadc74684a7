//! A keychain that can be told to fail, and samples of what is kept.

use std::collections::HashMap;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use pop_core::action::ActionKind;
use pop_core::interaction::{Channel, Direction, InteractionKey};
use pop_core::moment::Moment;
use pop_core::profile::{ConnectionId, RecordKind, RecordRef};
use pop_core::write::{Facts, Write, WriteId};
use pop_store::{
    AuditAction, AuditEntry, AuditItem, AuditObject, AuditOutcome, HistoryEntry, IncomingEvent,
    Keeping, Key, KeyName, Keychain, KeychainError, Lock, MatchOutcome, Phase, Sealer, Store,
    Vault, VaultState,
};

/// How a keychain fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    NoService,
    ServiceFails,
    ServiceHangs,
    CallsHang,
    AsksAndWaits,
    AsksWithoutSaying,
    QuestionClosed,
    WriteFails,
    WriteForgets,
    ReadFails,
    ReadGivesOther,
    DeleteFails,
    DeleteForgets,
    Dies,
    ForgetsTheVaultKeyOnly,
}

pub(crate) struct FakeKeychain {
    keys: Mutex<HashMap<KeyName, [u8; 32]>>,
    fault: Mutex<Fault>,
    waiting: Mutex<Receiver<()>>,
    pub(crate) calls: Mutex<Vec<&'static str>>,
    called: Condvar,
}

impl FakeKeychain {
    pub(crate) fn sound() -> Arc<Self> {
        Self::with(Fault::None).0
    }

    /// A keychain with a fault; what hangs goes on when the sender is dropped.
    pub(crate) fn with(fault: Fault) -> (Arc<Self>, Sender<()>) {
        let (sender, waiting) = mpsc::channel();
        let keychain = Self {
            keys: Mutex::default(),
            fault: Mutex::new(fault),
            waiting: Mutex::new(waiting),
            calls: Mutex::default(),
            called: Condvar::new(),
        };
        (Arc::new(keychain), sender)
    }

    pub(crate) fn turn(&self, fault: Fault) {
        *self.fault.lock().unwrap() = fault;
    }

    pub(crate) fn put(&self, name: &KeyName, key: [u8; 32]) {
        self.keys.lock().unwrap().insert(name.clone(), key);
    }

    pub(crate) fn len(&self) -> usize {
        self.keys.lock().unwrap().len()
    }

    /// Waits until a call has begun.
    pub(crate) fn wait_for(&self, call: &str) {
        let calls = self.calls.lock().unwrap();
        drop(
            self.called
                .wait_while(calls, |calls| !calls.contains(&call))
                .unwrap(),
        );
    }

    fn note(&self, call: &'static str) {
        self.calls.lock().unwrap().push(call);
        self.called.notify_all();
    }

    fn fault(&self) -> Fault {
        *self.fault.lock().unwrap()
    }

    fn hang(&self) {
        let _ = self.waiting.lock().unwrap().recv();
    }
}

impl Keychain for FakeKeychain {
    fn lock(&self) -> Result<Lock, KeychainError> {
        self.note("lock");
        match self.fault() {
            Fault::NoService => Err(KeychainError::Absent),
            Fault::ServiceFails => Err(KeychainError::Broken("out of order".to_owned())),
            Fault::Dies => panic!("the keychain's library fails"),
            Fault::ServiceHangs => {
                self.hang();
                Ok(Lock::Open)
            }
            Fault::AsksAndWaits | Fault::QuestionClosed => Ok(Lock::Locked),
            Fault::AsksWithoutSaying => Ok(Lock::CannotTell),
            _ => Ok(Lock::Open),
        }
    }

    fn read(&self, name: &KeyName) -> Result<Key, KeychainError> {
        self.note("read");
        let key = *self
            .keys
            .lock()
            .unwrap()
            .get(name)
            .ok_or(KeychainError::NotFound)?;
        match self.fault() {
            Fault::ReadFails => Err(KeychainError::Broken("cannot read".to_owned())),
            Fault::ReadGivesOther => Ok(Key::from_bytes(&[0; 32]).unwrap()),
            _ => Ok(Key::from_bytes(&key).unwrap()),
        }
    }

    fn write(&self, name: &KeyName, key: &Key) -> Result<(), KeychainError> {
        self.note("write");
        match self.fault() {
            Fault::CallsHang | Fault::AsksAndWaits | Fault::AsksWithoutSaying => self.hang(),
            Fault::QuestionClosed => return Err(KeychainError::Locked),
            Fault::WriteFails => return Err(KeychainError::Broken("cannot write".to_owned())),
            Fault::WriteForgets => return Ok(()),
            Fault::ForgetsTheVaultKeyOnly if name.entry.starts_with("vault-key") => return Ok(()),
            _ => {}
        }
        self.put(name, *key.expose("the fake keeps it"));
        Ok(())
    }

    fn delete(&self, name: &KeyName) -> Result<(), KeychainError> {
        self.note("delete");
        match self.fault() {
            Fault::DeleteFails => return Err(KeychainError::Broken("cannot delete".to_owned())),
            Fault::DeleteForgets => return Ok(()),
            Fault::CallsHang => self.hang(),
            _ => {}
        }
        self.keys
            .lock()
            .unwrap()
            .remove(name)
            .map(|_| ())
            .ok_or(KeychainError::NotFound)
    }
}

/// Longer than any machine needs for what does not hang.
pub(crate) const LONG: Duration = Duration::from_mins(1);

pub(crate) fn name() -> KeyName {
    KeyName::of_vault("app.screenpop", "test", "default")
}

pub(crate) fn ready(folder: &Path, keychain: &Arc<FakeKeychain>) -> Vault {
    match Vault::begin(folder, &name(), keychain.clone()).retry_within(LONG) {
        VaultState::Ready(vault) => vault,
        VaultState::Locked(_) => panic!("a sound keychain is not locked"),
        VaultState::MemoryOnly { reason, .. } => panic!("a sound keychain is there: {reason}"),
    }
}

/// The sealer of a fixed key.
pub(crate) fn sealer(byte: u8) -> Arc<Sealer> {
    let folder = tempfile::tempdir().unwrap();
    let keychain = FakeKeychain::sound();
    keychain.put(&name(), [byte; 32]);
    ready(folder.path(), &keychain).sealer()
}

pub(crate) fn sealed(folder: &Path) -> Store {
    Store::open(folder, Keeping::Sealed(sealer(7))).unwrap()
}

pub(crate) fn memory_only(folder: &Path) -> Store {
    Store::open(folder, Keeping::MemoryOnly).unwrap()
}

pub(crate) fn at(seconds: i64) -> Moment {
    Moment::from_millis(1_800_000_000_000 + seconds * 1_000)
}

pub(crate) fn key(id: &str) -> InteractionKey {
    InteractionKey {
        source: "/glia/sites/1".to_owned(),
        id: id.to_owned(),
    }
}

pub(crate) fn record(id: &str) -> RecordRef {
    RecordRef {
        connection: ConnectionId("main".to_owned()),
        kind: RecordKind::Customer,
        id: id.to_owned(),
    }
}

pub(crate) fn entry(id: &str, seconds: i64) -> HistoryEntry {
    HistoryEntry {
        key: key(id),
        at: at(seconds),
        channel: Channel::Chat,
        direction: Direction::Inbound,
        phase: Phase::Offered,
        outcome: MatchOutcome::One,
        opened: false,
        offered: Some(at(seconds)),
        accepted: None,
        ended: None,
        name: Some("Cesar Gonzalez".to_owned()),
        reason: Some("Card declined".to_owned()),
        queue: Some("Service".to_owned()),
        record: Some(record("12345")),
        case: None,
        tier: None,
        language: None,
        follow_up: None,
        not_logged: false,
    }
}

pub(crate) fn incoming(id: &str, body: u8) -> IncomingEvent {
    IncomingEvent {
        sender: "glia".to_owned(),
        id: id.to_owned(),
        body_hash: [body; 32],
        event: format!("event {id}").into_bytes(),
        at: at(0),
    }
}

/// A case to be created in an interaction.
pub(crate) fn write(id: &str, interaction: &str) -> Write {
    Write {
        id: WriteId(id.to_owned()),
        interaction: Some(key(interaction)),
        connection: ConnectionId("main".to_owned()),
        kind: ActionKind::CreateCase,
        customer: Some("12345".to_owned()),
        case: None,
        input: [("subject".to_owned(), "Card declined".to_owned())].into(),
        expected: None,
        agent: Some("agent01".to_owned()),
        asked: at(0),
        not_before: at(5),
        facts: Facts {
            customer_name: Some("Cesar Gonzalez".to_owned()),
            ..Facts::default()
        },
    }
}

pub(crate) fn asked(write: &Write) -> AuditEntry {
    AuditEntry {
        action: AuditAction::Asked,
        item: Some(AuditItem {
            id: write.id.0.clone(),
            what: write.kind.word().to_owned(),
        }),
        interaction: write.interaction.clone(),
        ..opened("12345")
    }
}

pub(crate) fn opened(id: &str) -> AuditEntry {
    AuditEntry {
        who: "agent01".to_owned(),
        action: AuditAction::Opened,
        at: at(1),
        from: "policy".to_owned(),
        object: Some(AuditObject::Record(record(id))),
        outcome: AuditOutcome::Done,
        code: None,
        interaction: Some(key("i-1")),
        item: None,
    }
}
