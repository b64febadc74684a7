//! The vault: opened, locked, refused, forgotten, and never held up by a keychain.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use pop_core::secret::Secret;
use pop_store::{KeyName, MemoryOnly, Vault, VaultError, VaultState};

use crate::support::{FakeKeychain, Fault, LONG, name, ready};

const TOKEN: &str = "refresh-token-5f1c";

fn secret() -> Secret {
    Secret::new(TOKEN.to_owned())
}

fn read(vault: &Vault, account: &str) -> Option<String> {
    vault
        .get(account)
        .unwrap()
        .map(|secret| secret.expose("a test compares it").to_owned())
}

fn open(folder: &Path, keychain: &Arc<FakeKeychain>) -> VaultState {
    Vault::begin(folder, &name(), keychain.clone()).retry_within(LONG)
}

/// Opens until the keychain hangs in a call; then the time is over.
fn open_until(call: &str, folder: &Path, keychain: &Arc<FakeKeychain>) -> VaultState {
    let beginning = Vault::begin(folder, &name(), keychain.clone());
    keychain.wait_for(call);
    beginning.retry_within(Duration::ZERO)
}

fn reason(state: VaultState) -> MemoryOnly {
    match state {
        VaultState::MemoryOnly { reason, .. } => reason,
        VaultState::Ready(_) => panic!("the vault is ready"),
        VaultState::Locked(_) => panic!("the vault is locked"),
    }
}

#[test]
fn a_secret_is_there_after_a_restart_until_it_is_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let keychain = FakeKeychain::sound();
    let vault = ready(folder.path(), &keychain);
    assert_eq!(read(&vault, "main"), None, "nothing yet");
    vault.put("main", &secret()).unwrap();
    vault
        .put("other", &Secret::new("second".to_owned()))
        .unwrap();

    let vault = ready(folder.path(), &keychain);
    assert_eq!(read(&vault, "main").as_deref(), Some(TOKEN), "kept");
    assert_eq!(vault.accounts(), ["main", "other"], "both accounts");
    vault.forget("main").unwrap();
    vault.forget("nobody").unwrap();

    let vault = ready(folder.path(), &keychain);
    assert_eq!(read(&vault, "main"), None, "forgotten");
    assert_eq!(
        read(&vault, "other").as_deref(),
        Some("second"),
        "the other one stays"
    );
}

#[test]
fn the_keychain_holds_one_key_and_the_self_test_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let keychain = FakeKeychain::sound();
    let vault = ready(folder.path(), &keychain);
    vault.put("a", &secret()).unwrap();
    vault.put("b", &secret()).unwrap();
    assert_eq!(
        keychain.len(),
        1,
        "secrets lie in the file, not in the keychain"
    );
}

#[test]
fn every_changed_byte_of_the_file_is_refused_and_sign_in_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let keychain = FakeKeychain::sound();
    ready(folder.path(), &keychain)
        .put("main", &secret())
        .unwrap();
    let path = folder.path().join("vault");
    let sound = fs::read(&path).unwrap();
    for at in 0..sound.len() {
        let mut changed = sound.clone();
        changed[at] ^= 0x40;
        fs::write(&path, &changed).unwrap();
        let vault = ready(folder.path(), &keychain);
        assert!(
            vault.was_refused(),
            "byte {at} of {} was changed",
            sound.len()
        );
        assert_eq!(
            read(&vault, "main"),
            None,
            "nothing comes out of a changed file"
        );
    }
    for length in 0..sound.len() {
        fs::write(&path, &sound[..length]).unwrap();
        assert!(
            ready(folder.path(), &keychain).was_refused(),
            "cut after {length} bytes"
        );
    }
    fs::write(&path, &sound).unwrap();
    let vault = ready(folder.path(), &keychain);
    assert!(!vault.was_refused(), "the unchanged file opens");
    assert_eq!(
        read(&vault, "main").as_deref(),
        Some(TOKEN),
        "with its secret"
    );
}

#[test]
fn a_refused_file_is_moved_aside_and_the_vault_goes_on_empty() {
    let folder = tempfile::tempdir().unwrap();
    let keychain = FakeKeychain::sound();
    fs::write(folder.path().join("vault"), b"something else").unwrap();
    let vault = ready(folder.path(), &keychain);
    assert!(vault.was_refused(), "it does not open");
    assert!(
        folder.path().join("vault.refused").exists(),
        "support can look at it"
    );
    vault.put("main", &secret()).unwrap();
    let vault = ready(folder.path(), &keychain);
    assert!(!vault.was_refused(), "the new file is sound");
    assert_eq!(read(&vault, "main").as_deref(), Some(TOKEN), "and keeps");
}

#[test]
fn another_profile_cannot_open_the_file_even_with_the_same_key() {
    let folder = tempfile::tempdir().unwrap();
    let keychain = FakeKeychain::sound();
    let other = KeyName::of_vault("app.screenpop", "test", "second");
    keychain.put(&name(), [9; 32]);
    keychain.put(&other, [9; 32]);
    ready(folder.path(), &keychain)
        .put("main", &secret())
        .unwrap();
    let VaultState::Ready(vault) = Vault::open(folder.path(), &other, keychain.clone()) else {
        panic!("the keychain is sound");
    };
    assert!(vault.was_refused(), "the profile is part of what is sealed");
}

#[test]
fn forgetting_everything_deletes_file_and_key_and_closes_the_vault() {
    let folder = tempfile::tempdir().unwrap();
    let keychain = FakeKeychain::sound();
    let vault = ready(folder.path(), &keychain);
    vault.put("main", &secret()).unwrap();
    assert!(
        folder.path().join("vault").exists() && keychain.len() == 1,
        "there before"
    );
    vault.forget_all().unwrap();
    assert!(!folder.path().join("vault").exists(), "the file is gone");
    assert_eq!(keychain.len(), 0, "the key is gone");
    assert!(
        matches!(vault.get("main"), Err(VaultError::Forgotten)),
        "no reading"
    );
    assert!(
        matches!(vault.put("main", &secret()), Err(VaultError::Forgotten)),
        "no writing under a key that no longer exists"
    );
    let vault = ready(folder.path(), &keychain);
    assert!(
        !vault.was_refused() && vault.accounts().is_empty(),
        "opened anew, it is empty"
    );
}

#[test]
fn a_key_that_stays_in_the_keychain_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let keychain = FakeKeychain::sound();
    let vault = ready(folder.path(), &keychain);
    vault.put("main", &secret()).unwrap();
    keychain.turn(Fault::DeleteFails);
    assert!(
        matches!(vault.forget_all(), Err(VaultError::KeyRemains(_))),
        "said, not hidden"
    );
    assert!(
        !folder.path().join("vault").exists(),
        "the secrets are gone all the same"
    );
}

#[test]
fn a_keychain_that_does_not_keep_its_word_gives_memory_only() {
    let broken = [
        Fault::ServiceFails,
        Fault::WriteFails,
        Fault::WriteForgets,
        Fault::ReadFails,
        Fault::ReadGivesOther,
        Fault::DeleteFails,
        Fault::DeleteForgets,
        Fault::Dies,
        Fault::ForgetsTheVaultKeyOnly,
    ];
    for fault in broken {
        let folder = tempfile::tempdir().unwrap();
        let (keychain, _hold) = FakeKeychain::with(fault);
        let state = open(folder.path(), &keychain);
        assert!(matches!(reason(state), MemoryOnly::Broken(_)), "{fault:?}");
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            0,
            "{fault:?} writes nothing"
        );
    }
    let folder = tempfile::tempdir().unwrap();
    let (keychain, _hold) = FakeKeychain::with(Fault::NoService);
    assert_eq!(
        reason(open(folder.path(), &keychain)),
        MemoryOnly::NoKeychain,
        "none at all"
    );
}

#[test]
fn a_keychain_that_hangs_holds_nobody_up() {
    for (fault, call) in [(Fault::ServiceHangs, "lock"), (Fault::CallsHang, "write")] {
        let folder = tempfile::tempdir().unwrap();
        let (keychain, _hold) = FakeKeychain::with(fault);
        let state = open_until(call, folder.path(), &keychain);
        assert_eq!(reason(state), MemoryOnly::NotAnswering, "{fault:?}");
    }
}

#[test]
fn in_memory_only_mode_secrets_live_until_exit_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let (keychain, _hold) = FakeKeychain::with(Fault::NoService);
    let VaultState::MemoryOnly { vault, .. } = open(folder.path(), &keychain) else {
        panic!("there is no keychain");
    };
    vault.put("main", &secret()).unwrap();
    assert_eq!(
        read(&vault, "main").as_deref(),
        Some(TOKEN),
        "usable until exit"
    );
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        0,
        "nothing on disk"
    );
    vault.forget_all().unwrap();
    assert!(vault.get("main").is_err(), "forgotten");
}

#[test]
fn a_question_on_the_screen_is_waited_for_and_its_answer_is_not_lost() {
    for fault in [Fault::AsksAndWaits, Fault::AsksWithoutSaying] {
        let folder = tempfile::tempdir().unwrap();
        let (keychain, hold) = FakeKeychain::with(fault);
        let VaultState::Locked(locked) = open_until("write", folder.path(), &keychain) else {
            panic!("{fault:?} waits for the user");
        };
        let VaultState::Locked(locked) = locked.retry_within(Duration::ZERO) else {
            panic!("{fault:?}: the user has not answered");
        };
        let asked = keychain
            .calls
            .lock()
            .unwrap()
            .iter()
            .filter(|call| **call == "write")
            .count();
        assert_eq!(
            asked, 1,
            "{fault:?}: the user is asked once, however often we look"
        );
        drop(hold);
        let VaultState::Ready(vault) = locked.retry_within(LONG) else {
            panic!("{fault:?}: the user unlocked it");
        };
        vault.put("main", &secret()).unwrap();
        assert!(
            folder.path().join("vault").exists(),
            "from now on secrets are kept"
        );
    }
}

#[test]
fn a_closed_question_is_not_asked_again_until_the_user_wants_it() {
    let folder = tempfile::tempdir().unwrap();
    let (keychain, _hold) = FakeKeychain::with(Fault::QuestionClosed);
    let VaultState::Locked(locked) = open(folder.path(), &keychain) else {
        panic!("the user closed the question");
    };
    keychain.calls.lock().unwrap().clear();
    let VaultState::Locked(locked) = locked.retry_within(LONG) else {
        panic!("still locked")
    };
    assert_eq!(
        *keychain.calls.lock().unwrap(),
        ["lock"],
        "looked, and did not ask"
    );
    let VaultState::Locked(locked) = locked.unlock_within(LONG) else {
        panic!("closed once more")
    };
    assert!(
        keychain.calls.lock().unwrap().contains(&"write"),
        "the user wanted to be asked"
    );
    keychain.turn(Fault::None);
    assert!(
        matches!(locked.retry_within(LONG), VaultState::Ready(_)),
        "unlocked elsewhere: goes on by itself"
    );
}

#[test]
fn a_folder_that_cannot_be_written_gives_memory_only() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, b"").unwrap();
    let keychain = FakeKeychain::sound();
    let state = open(&file, &keychain);
    assert!(
        matches!(reason(state), MemoryOnly::Disk(_)),
        "the folder is a file"
    );
}

#[cfg(unix)]
#[test]
fn folder_and_file_belong_to_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("profile");
    let keychain = FakeKeychain::sound();
    ready(&place, &keychain).put("main", &secret()).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(
        (mode(&place), mode(&place.join("vault"))),
        (0o700, 0o600),
        "nobody else reads"
    );
    fs::set_permissions(place.join("vault"), fs::Permissions::from_mode(0o644)).unwrap();
    ready(&place, &keychain);
    assert_eq!(
        mode(&place.join("vault")),
        0o600,
        "a loosened file is tightened at the next start"
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_looked_at_is_not_taken_for_an_empty_vault() {
    let folder = tempfile::tempdir().unwrap();
    let keychain = FakeKeychain::sound();
    let path = folder.path().join("vault");
    std::os::unix::fs::symlink("vault", &path).unwrap();
    let state = open(folder.path(), &keychain);
    assert!(matches!(reason(state), MemoryOnly::Disk(_)));
    fs::remove_file(&path).unwrap();
    let vault = ready(folder.path(), &keychain);
    assert_eq!(
        read(&vault, "main"),
        None,
        "the control: without it there is one"
    );
}

#[test]
fn a_file_that_cannot_be_deleted_is_said_when_everything_is_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let keychain = FakeKeychain::sound();
    let vault = ready(folder.path(), &keychain);
    vault.put("main", &secret()).unwrap();
    let aside = folder.path().join("vault.refused");
    fs::create_dir(&aside).unwrap();
    assert!(matches!(vault.forget_all(), Err(VaultError::Disk(_))));
    fs::remove_dir(&aside).unwrap();
    assert!(vault.forget_all().is_ok(), "the control");
}
