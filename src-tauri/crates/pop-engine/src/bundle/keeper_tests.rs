//! What is known of bundles from one look to the next and from one start to the next, in a real
//! folder and with a real vault, without a network.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use pop_core::bundle::Ring;
use pop_core::moment::Moment;
use pop_core::secret::Secret;
use pop_core::settings::Distribution;
use pop_store::Vault;

use crate::bundle::hostile_tests::{key, signed, text};
use crate::bundle::judge::Judged;
use crate::bundle::keeper::{Keeper, MARK};
use crate::ports::Places;

fn now() -> Moment {
    Moment::parse("2026-11-23T09:00:00Z").expect("a time")
}

fn later(seconds: u64) -> Moment {
    now().after(Duration::from_secs(seconds))
}

fn distribution() -> Distribution {
    Distribution {
        from: Some("https://bundles.example/screenpop.bundle".to_owned()),
        keys: vec![key(1).public().fingerprint().to_string()],
        every_minutes: 60,
    }
}

fn open(folder: &Path) -> Keeper {
    let places = Places {
        data: folder.to_owned(),
        settings: folder.join("settings.jsonc"),
        policy: folder.join("policy.jsonc"),
        runtime: None,
        channel: "test",
    };
    Keeper::open(&places, &distribution(), now())
}

fn judged(keeper: &Keeper, bytes: Vec<u8>) -> Judged {
    keeper.judge(None, now()).judge(bytes)
}

/// Why a bundle is not taken; empty where it may be.
fn refusal(keeper: &Keeper, bytes: Vec<u8>) -> &'static str {
    match judged(keeper, bytes) {
        Judged::Refused(refused) => refused.refusal.code(),
        Judged::Same | Judged::Waits { .. } | Judged::Fit(_) => "",
    }
}

/// Switches to a bundle; whether it is on probation.
fn switch(keeper: &mut Keeper, bytes: Vec<u8>) -> bool {
    let Judged::Fit(candidate) = judged(keeper, bytes) else {
        panic!("it is right");
    };
    let tag = format!("\"v{}\"", candidate.bundle.manifest.version);
    let switched = keeper.switch(candidate, Some(tag), now());
    switched.expect("the folder is ours")
}

fn take(keeper: &mut Keeper, version: u32) -> bool {
    switch(keeper, signed(&text(version, ""), 1))
}

fn version(keeper: &Keeper) -> Option<u32> {
    keeper.bundle().map(|bundle| bundle.manifest.version)
}

fn back(keeper: &mut Keeper) -> Option<u32> {
    keeper.take_back("it fails".to_owned(), now())
}

fn code(keeper: &Keeper) -> Option<&'static str> {
    keeper.trouble.as_ref().map(|trouble| trouble.code)
}

/// The files of the bundles.
fn bundles(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder.join("bundle")).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .filter(|path| path.extension().is_some_and(|it| it == "bundle"))
        .collect()
}

fn record(folder: &Path) -> serde_json::Value {
    let text = fs::read(folder.join("bundle").join("record.json")).expect("a record");
    serde_json::from_slice(&text).expect("ours")
}

#[test]
fn the_first_one_is_in_force_at_once_and_a_probation_ends_at_the_last_that_was_proven() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut keeper = open(folder.path());
    assert!(!take(&mut keeper, 1), "there is nothing to come back to");
    assert_eq!(keeper.is_on_probation_until(), None);
    assert!(take(&mut keeper, 2));
    assert_eq!(keeper.is_on_probation_until(), Some(later(600)));
    assert!(take(&mut keeper, 3));
    assert_eq!(back(&mut keeper), Some(3));
    assert_eq!(version(&keeper), Some(1), "2 was on probation itself");
    assert_eq!(code(&keeper), Some("E_CFG_BACK"));
    assert_eq!(keeper.is_on_probation_until(), None);
    assert_eq!(keeper.tag(), None, "the address may have it still");
    assert_eq!(
        refusal(&keeper, signed(&text(3, ""), 1)),
        "E_CFG_BLOCKED",
        "never again"
    );

    assert!(take(&mut keeper, 4));
    keeper.prove();
    assert_eq!(keeper.is_on_probation_until(), None);
    assert_eq!(bundles(folder.path()).len(), 1, "nobody needs the others");
    let mut keeper = open(folder.path());
    assert_eq!(version(&keeper), Some(4), "at the next start as well");
    assert!(take(&mut keeper, 5));
    assert_eq!(bundles(folder.path()).len(), 2);
    back(&mut keeper);
    assert_eq!(version(&keeper), Some(4), "proven");
}

#[test]
fn keys_go_with_the_bundle_that_brought_them_and_with_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut keeper = open(folder.path());
    take(&mut keeper, 1);
    let change = format!("trust = [\"{}\"]\n", key(2).public());
    let change = |version| {
        let text = text(version, &change);
        pop_core::bundle::Signed::sign(&text, &[key(1), key(2)]).into_bytes()
    };
    switch(&mut keeper, change(2));
    let by = |of: u8| signed(&text(9, ""), of);
    let who = |keeper: &Keeper| [1, 2].map(|of| refusal(keeper, by(of)));
    assert_eq!(who(&keeper), ["E_CFG_SIG", ""], "the new one alone");
    back(&mut keeper);
    assert_eq!(who(&keeper), ["", "E_CFG_SIG"], "as it was before");

    switch(&mut keeper, change(3));
    keeper.prove();
    switch(&mut keeper, signed(&text(4, ""), 2));
    back(&mut keeper);
    assert_eq!(version(&keeper), Some(3));
    assert_eq!(who(&keeper), ["E_CFG_SIG", ""], "3 is still in force");
}

#[test]
fn the_next_look_is_an_own_one_for_every_desktop_and_soon_where_somebody_said_so() {
    let waits = |person: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("bundle")).expect("ours");
        let record = folder.path().join("bundle").join("record.json");
        fs::write(record, format!("{{\"person\": \"{person}\"}}")).expect("ours");
        let mut keeper = open(folder.path());
        assert_eq!(keeper.seed(), person);
        keeper.looking = true;
        keeper.looked(now());
        assert!(!keeper.looking);
        assert_eq!(keeper.checked, Some(now()));
        keeper.look_at.since(now())
    };
    let hour = Duration::from_hours(1);
    assert_eq!(waits("d"), hour);
    assert_eq!(waits("a"), hour + hour / 1_000 * 97, "at most a tenth more");
    assert_eq!(waits("dd"), hour);

    let folder = tempfile::tempdir().expect("a folder");
    let mut keeper = open(folder.path());
    assert!(!keeper.seed().is_empty(), "it has a place of its own");
    keeper.again = true;
    keeper.looked(now());
    assert_eq!(keeper.look_at, later(10), "somebody said so meanwhile");
    keeper.looked(now());
    assert!(keeper.look_at >= now().after(hour), "once");
}

#[test]
fn a_tag_goes_with_what_is_in_force() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut keeper = open(folder.path());
    keeper.same(Some("\"x\"".to_owned()));
    assert_eq!(keeper.tag(), None, "nothing is in force");
    take(&mut keeper, 1);
    assert_eq!(keeper.tag().as_deref(), Some("\"v1\""));
    keeper.waits(2, 5);
    keeper.unreached("no answer".to_owned(), now());
    keeper.same(Some("\"w1\"".to_owned()));
    assert_eq!((code(&keeper), keeper.waiting), (None, None), "settled");
    keeper.same(None);
    let mut keeper = open(folder.path());
    assert_eq!(keeper.tag().as_deref(), Some("\"w1\""), "and is kept");

    keeper.look_at = later(900);
    assert!(!keeper.configure(&distribution(), now()), "as it was");
    assert_eq!(keeper.look_at, later(900));
    let mut other = distribution();
    other.every_minutes = 5;
    keeper.unreached("no answer".to_owned(), now());
    assert!(keeper.configure(&other, later(1)));
    assert_eq!((keeper.look_at, code(&keeper)), (later(1), None));
    assert_eq!(keeper.tag(), None, "the next look is a whole one");
    assert_eq!(version(&keeper), Some(1), "until something else comes");
    other.from = None;
    keeper.configure(&other, now());
    assert_eq!(version(&keeper), None, "nobody's any more");
    assert!(!keeper.stops_opening(now()), "and that is no damage");
}

#[test]
fn nothing_opens_by_itself_under_one_that_has_ended_or_was_damaged() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut keeper = open(folder.path());
    assert!(!keeper.stops_opening(now()), "the control: without any");
    assert_eq!(code(&keeper), None);
    take(&mut keeper, 1);
    assert!(!keeper.stops_opening(now()), "the control");
    let ended = Moment::parse("2027-07-01T00:00:00Z").expect("a time");
    assert!(keeper.stops_opening(ended), "it has ended");

    for path in bundles(folder.path()) {
        fs::remove_file(&path).expect("ours");
        fs::write(&path, signed(&text(1, "[pop]\nopen = \"always\"\n"), 9)).expect("ours");
    }
    let mut keeper = open(folder.path());
    assert_eq!(
        (version(&keeper), code(&keeper)),
        (None, Some("E_CFG_DAMAGED"))
    );
    assert!(keeper.stops_opening(now()), "it was damaged");
    take(&mut keeper, 1);
    assert!(!keeper.stops_opening(now()), "fetched anew");
    let keeper = open(folder.path());
    assert_eq!(version(&keeper), Some(1), "and kept anew");
    let since = keeper.active.as_ref().map(|active| active.since);
    assert_eq!(since, Some(now()), "since when is known as well");
}

#[test]
fn a_version_that_was_found_worse_is_noted_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut keeper = open(folder.path());
    take(&mut keeper, 1);
    keeper.block(2);
    keeper.block(2);
    keeper.block(3);
    assert_eq!(record(folder.path())["blocked"], serde_json::json!([2, 3]));
    let again = refusal(&open(folder.path()), signed(&text(2, ""), 1));
    assert_eq!(again, "E_CFG_BLOCKED", "after a start as well");
}

#[test]
fn a_folder_is_believed_only_as_far_as_the_vault_knows_of_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut keeper = open(folder.path());
    take(&mut keeper, 1);
    take(&mut keeper, 2);
    let vault = Vault::in_memory().expect("random bytes");
    keeper.mark(&vault).expect("in memory");
    let mark = vault.get(MARK).expect("in memory").expect("it was put");
    assert_eq!(mark.expose("a test"), "2 2 1", "it may come back to 1");
    keeper.compare(&vault, now());
    assert_eq!(version(&keeper), Some(2), "as the vault has it");
    back(&mut keeper);
    keeper.compare(&vault, now());
    assert_eq!(version(&keeper), Some(1), "it came back by itself");
    keeper.mark(&vault).expect("in memory");
    let mark = vault.get(MARK).expect("in memory").expect("it was put");
    assert_eq!(
        mark.expose("a test"),
        "2 1 1",
        "the highest is never forgotten"
    );

    for (mark, why) in [
        ("2 2 2", "2 was proven, whatever the folder says"),
        ("3 3 1", "3 was never taken back here"),
    ] {
        let mut keeper = open(folder.path());
        assert_eq!(version(&keeper), Some(1), "the control");
        keeper.look_at = later(900);
        vault
            .put(MARK, &Secret::new(mark.to_owned()))
            .expect("in memory");
        keeper.compare(&vault, now());
        assert_eq!(version(&keeper), None, "{why}");
        assert!(keeper.stops_opening(now()), "{why}");
        assert_eq!(
            (keeper.look_at, code(&keeper)),
            (now(), Some("E_CFG_ROLLBACK"))
        );
        let older = refusal(&keeper, signed(&text(1, ""), 1));
        assert_eq!(older, "E_CFG_ROLLBACK", "nor what is older, from anywhere");
    }
}

#[test]
fn a_ring_is_asked_for_only_where_something_is_in_force() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut keeper = open(folder.path());
    let mut people = (0..).map(|number| format!("agent{number}"));
    let outside = people.find(|it| !Ring::Ten.holds("meridian", it));
    let waits = |keeper: &Keeper| {
        let judge = keeper.judge(outside.clone(), now());
        match judge.judge(signed(&text(2, "ring = 10\n"), 1)) {
            Judged::Waits { version, percent } => Some((version, percent)),
            Judged::Same | Judged::Fit(_) | Judged::Refused(_) => None,
        }
    };
    assert_eq!(waits(&keeper), None, "a new desktop takes what there is");
    take(&mut keeper, 1);
    assert_eq!(waits(&keeper), Some((2, 10)));
}
