//! What lies on the disk: nothing secret or personal in the open, and the settings that keep it safe.

use std::fs;
use std::path::Path;

use pop_core::secret::Secret;
use pop_store::{Change, IncomingEvent, Keeping, Mark, Store, StoreError};
use rusqlite::Connection;

use crate::support::{
    FakeKeychain, at, entry, incoming, key, memory_only, opened, ready, record, sealed,
};

const CANARIES: [&str; 4] = [
    "Canary Zwitscher",
    "canary@example.test",
    "tok-canary-9d41f0",
    "C4N4RY-777",
];

/// Every canary that is found in the folder, in six encodings.
fn found(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        let has = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
        for canary in CANARIES {
            let hex: Vec<_> = canary.bytes().map(|byte| format!("{byte:02x}")).collect();
            let wide: Vec<u8> = canary.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let escaped = canary.replace(' ', "%20").replace('@', "%40");
            let forms = [
                canary.as_bytes().to_vec(),
                canary.to_uppercase().into_bytes(),
                hex.concat().into_bytes(),
                wide,
                escaped.into_bytes(),
                canary.bytes().rev().collect(),
            ];
            if forms.iter().any(|form| has(form)) {
                found.push(canary.to_owned());
            }
        }
    }
    found
}

fn fill(store: &mut Store) {
    let body = CANARIES.join(" ");
    let event = IncomingEvent {
        event: body.into_bytes(),
        ..incoming(CANARIES[3], 1)
    };
    store.accept_event(&event).unwrap();
    let mut kept = entry(CANARIES[3], 0);
    kept.name = Some(CANARIES[0].to_owned());
    kept.reason = Some(CANARIES[1].to_owned());
    kept.queue = Some(CANARIES[2].to_owned());
    kept.record = Some(record(CANARIES[3]));
    let mut line = opened(CANARIES[3]);
    CANARIES[1].clone_into(&mut line.who);
    line.interaction = Some(key(CANARIES[3]));
    let mark = Mark::new("heard", at(0));
    store
        .apply(&[
            Change::History(kept),
            Change::Marks(key(CANARIES[3]), vec![mark]),
            Change::Audit(line),
        ])
        .unwrap();
}

#[test]
fn nothing_secret_or_personal_is_readable_in_the_data_folder() {
    let folder = tempfile::tempdir().unwrap();
    let keychain = FakeKeychain::sound();
    let vault = ready(folder.path(), &keychain);
    vault
        .put(CANARIES[3], &Secret::new(CANARIES[2].to_owned()))
        .unwrap();
    let mut store = Store::open(folder.path(), Keeping::Sealed(vault.sealer())).unwrap();
    fill(&mut store);
    assert_eq!(
        found(folder.path()),
        [""; 0],
        "while it is open, log and all"
    );
    drop(store);
    assert_eq!(found(folder.path()), [""; 0], "after it was closed");

    let raw = Connection::open(folder.path().join("store.db")).unwrap();
    raw.execute(
        "INSERT INTO meta VALUES ('control', ?1)",
        [CANARIES[0].as_bytes()],
    )
    .unwrap();
    drop(raw);
    assert_eq!(
        found(folder.path()),
        [CANARIES[0]],
        "the scan finds what is written in plain"
    );
}

#[test]
fn without_a_key_nothing_is_written_but_hashes_of_ids() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = memory_only(folder.path());
    fill(&mut store);
    assert_eq!(found(folder.path()), [""; 0], "while it is open");
    drop(store);
    assert_eq!(found(folder.path()), [""; 0], "after it was closed");
    let raw = Connection::open(folder.path().join("store.db")).unwrap();
    for (table, rows) in [
        ("event", 0),
        ("history", 0),
        ("flight", 0),
        ("audit", 0),
        ("seen", 1),
    ] {
        let sql = format!("SELECT count(*) FROM {table}");
        assert_eq!(
            raw.query_row(&sql, [], |row| row.get::<_, i64>(0)).unwrap(),
            rows,
            "{table}"
        );
    }
}

#[test]
fn one_folder_has_one_writer() {
    let folder = tempfile::tempdir().unwrap();
    let store = sealed(folder.path());
    let second = Store::open(folder.path(), Keeping::MemoryOnly).err();
    assert!(
        matches!(second, Some(StoreError::OtherWriter)),
        "{second:?}"
    );
    drop(store);
    sealed(folder.path());
}

#[test]
fn a_newer_file_is_refused_and_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    sealed(folder.path())
        .apply(&[Change::History(entry("i-1", 0))])
        .unwrap();
    let path = folder.path().join("store.db");
    let raw = Connection::open(&path).unwrap();
    raw.pragma_update(None, "user_version", 99).unwrap();
    drop(raw);
    let before = fs::read(&path).unwrap();
    let refused = Store::open(folder.path(), Keeping::MemoryOnly).err();
    assert!(
        matches!(
            refused,
            Some(StoreError::NewerFile {
                file: 99,
                program: 5
            })
        ),
        "{refused:?}"
    );
    assert_eq!(fs::read(&path).unwrap(), before, "not a byte has changed");
}

#[cfg(unix)]
#[test]
fn every_file_belongs_to_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("profile");
    let mut store = sealed(&place);
    fill(&mut store);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&place), 0o700, "the folder");
    let files: Vec<_> = fs::read_dir(&place)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    assert!(files.len() >= 4, "file, lock, log and its index: {files:?}");
    for file in files {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
}
