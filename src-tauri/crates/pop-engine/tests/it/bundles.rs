//! The organisation's bundle: fetched over HTTP or from a file, judged, tried, switched on without
//! a restart, and taken back.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use pop_core::bundle::{Ring, SecretKey, Signed};
use pop_core::desk::Pop;
use pop_core::fault::FaultKind;
use pop_core::profile::ConnectionId;
use pop_core::settings::Open;
use pop_core::status::{BundleStatus, BundleTrouble};
use pop_engine::Connected;
use pop_sandbox::Sandbox;
use serde_json::json;

use crate::host::Host;
use crate::office::{Office, Run};
use crate::sender::chat;
use crate::training::serve;

pub(crate) const TOKEN: &str = "token-of-the-organisation";

pub(crate) fn key(of: u8) -> SecretKey {
    SecretKey::of_random(&zeroize::Zeroizing::new([of; 32]))
}

/// A bundle of this version, signed by the organisation; `rest` is what it says.
pub(crate) fn bundle(version: u32, rest: &str) -> Vec<u8> {
    signed(&text(version, "", rest), 1)
}

fn text(version: u32, head: &str, rest: &str) -> String {
    format!(
        "[bundle]\ntenant = \"meridian\"\nversion = {version}\nexpires = \"{}\"\n{head}\n{rest}",
        expires(200)
    )
}

fn expires(days: u64) -> String {
    let now = pop_core::clock::Clock::now(&pop_crm::SystemClock);
    now.after(Duration::from_secs(days * 86_400)).rfc3339()
}

fn signed(text: &str, by: u8) -> Vec<u8> {
    Signed::sign(text, &[key(by)]).into_bytes()
}

/// The organisation's CRM, and what differs from its definition.
pub(crate) fn connection(crm: &Sandbox, overlay: &str) -> String {
    let server = crm.origin();
    format!(
        "[connections.main]\ndefinition = \"rest\"\nlabel = \"Main\"\nmethod = \"token\"\n\
         fields = {{ server = \"{server}\" }}\noverlay = '''\n{overlay}'''\n"
    )
}

/// An office whose policy names where the bundle comes from.
pub(crate) fn office(from: &str) -> Office {
    let office = Office::new();
    let fingerprint = key(1).public().fingerprint().to_string();
    office.set_policy(&json!({
        "distribution": { "from": from, "keys": [fingerprint], "every_minutes": 15 }
    }));
    office
}

pub(crate) async fn until<T>(
    run: &Run,
    what: &str,
    find: impl Fn(&BundleStatus) -> Option<T>,
) -> T {
    let found = |shown: &crate::screen::Shown| find(shown.status.as_ref()?.bundle.as_ref()?);
    run.screen.until(what, found).await
}

pub(crate) async fn version(run: &Run, version: u32) {
    let what = format!("version {version}");
    until(run, &what, |it| {
        let active = it.active.as_ref()?;
        (active.version == version).then_some(())
    })
    .await;
}

pub(crate) async fn trouble(run: &Run, code: &str) -> BundleTrouble {
    until(run, code, |it| {
        it.trouble.clone().filter(|it| it.code == code)
    })
    .await
}

/// What a control message brings about, some time after the last look.
pub(crate) async fn look(office: &Office, run: &Run) {
    let checked = |shown: &crate::screen::Shown| shown.status.as_ref()?.bundle.as_ref()?.checked;
    let before = run.screen.until("a first look", checked).await;
    office.clock.forward(Duration::from_secs(11));
    run.engine.look_for_bundle().await;
    let later = |shown: &crate::screen::Shown| checked(shown).filter(|it| *it > before);
    run.screen.until("another look", later).await;
}

/// Lets the engine look once whose time has come; the end of a pause is seen then.
async fn pass_a_look(office: &Office, run: &Run) {
    let is = |paused: bool| {
        move |shown: &crate::screen::Shown| {
            (shown.status.as_ref()?.paused.is_some() == paused).then_some(())
        }
    };
    run.engine.pause(Duration::from_secs(5)).await;
    run.screen.until("a pause", is(true)).await;
    office.clock.forward(Duration::from_secs(20));
    run.screen.until("its end", is(false)).await;
}

pub(crate) async fn sign_in(run: &Run, crm: &Sandbox) {
    let main = ConnectionId("main".to_owned());
    let connected = run.connect_again(Some(main), crm, "Main", TOKEN).await;
    assert!(
        matches!(connected, Connected::Yes { .. }),
        "the person signs in"
    );
}

pub(crate) async fn opened(run: &Run, interaction: &str, customer: &str) -> String {
    run.sender()
        .post(&chat(interaction, "accepted", customer))
        .await;
    run.screen.record(interaction).await;
    let is_complete = |pop: &Pop| pop.lookups.iter().all(|lookup| !lookup.is_pending());
    run.screen.card(interaction, is_complete).await;
    run.screen
        .now()
        .opened
        .last()
        .cloned()
        .expect("it was opened")
}

#[tokio::test]
async fn a_bundle_is_fetched_switched_on_and_changed_mid_shift() {
    let (host, crm) = (Host::start().await, serve(TOKEN).await);
    host.publish(bundle(1, &connection(&crm, "")));
    let office = office(&host.address());
    let run = office.start().await;
    version(&run, 1).await;
    sign_in(&run, &crm).await;
    let before = opened(&run, "c1", "12345").await;
    assert!(before.ends_with("/customers/12345"), "{before}");

    for _ in 0..3 {
        pass_a_look(&office, &run).await;
    }
    assert_eq!(host.asked(), 1, "no sooner than somebody said so");
    look(&office, &run).await;
    host.answered(304).await;
    let asked = crm.requests().len();
    host.publish(bundle(
        2,
        &format!("{}[pop]\nopen = \"offer\"\n", connection(&crm, "")),
    ));
    look(&office, &run).await;
    version(&run, 2).await;
    let settings = run.screen.now().status.expect("a status");
    assert_eq!(settings.settings.pop.open, Open::Offer);
    assert!(
        settings.by_bundle.contains(&"pop.open".to_owned()),
        "and nobody may change it"
    );
    assert_eq!(
        crm.requests().len(),
        asked,
        "a connection that stays is not asked again"
    );

    let other = "[link]\ncustomer = [\"{setting.server}/people/{customer.id}\"]\n";
    host.publish(bundle(3, &connection(&crm, other)));
    look(&office, &run).await;
    version(&run, 3).await;
    assert!(
        crm.requests().len() > asked,
        "the control: one that changes is tried first"
    );
    let after = opened(&run, "c2", "20001").await;
    assert!(after.ends_with("/people/20001"), "{after}");
    run.stop().await;

    host.stop();
    let run = office.start().await;
    version(&run, 3).await;
    trouble(&run, "E_CFG_REACH").await;
    run.stop().await;
}

#[tokio::test]
async fn one_that_never_ends_is_given_up_and_the_good_one_goes_on() {
    let host = Host::start().await;
    let right = bundle(5, "");
    host.publish(right.clone());
    let office = office(&host.address());
    let run = office.start().await;
    version(&run, 5).await;
    for again in [&[b'x'; 4096][..], &[]] {
        host.never_ends(again);
        look(&office, &run).await;
        trouble(&run, "E_CFG_REACH").await;
        version(&run, 5).await;
        host.publish(right.clone());
        look(&office, &run).await;
        until(&run, "no trouble", |it| it.trouble.is_none().then_some(())).await;
    }
    run.stop().await;
}

#[tokio::test]
async fn whatever_is_not_right_leaves_the_one_in_force() {
    let host = Host::start().await;
    let right = bundle(5, "");
    host.publish(right.clone());
    let office = office(&host.address());
    let run = office.start().await;
    version(&run, 5).await;
    let mut tampered = bundle(6, "[pop]\nopen = \"never\"\n");
    let at = tampered.len() - 3;
    tampered[at] ^= 1;
    let whole = bundle(6, "");
    let ended = text(6, "", "").replace(&expires(200)[..10], "2020-01-01");
    let harbour = text(6, "", "").replace("meridian", "harbour");
    let wrong = [
        (tampered, "E_CFG_SIG"),
        (signed(&text(6, "", ""), 9), "E_CFG_SIG"),
        (whole[..whole.len() / 2].to_vec(), "E_CFG_FORM"),
        (bundle(4, ""), "E_CFG_ROLLBACK"),
        (bundle(5, "[pop]\nopen = \"never\"\n"), "E_CFG_ROLLBACK"),
        (signed(&ended, 1), "E_CFG_TIME"),
        (signed(&harbour, 1), "E_CFG_TENANT"),
        (
            signed(&text(6, "minimum_app = \"99.0.0\"", ""), 1),
            "E_CFG_APP",
        ),
        (bundle(6, "[pop]\nopen = \"ofer\"\n"), "E_CFG_CONTENT"),
        (
            b"<html>Sign in to this network</html>".to_vec(),
            "E_CFG_FORM",
        ),
        (vec![b'x'; 2 << 20], "E_CFG_REACH"),
    ];
    for (bytes, code) in wrong {
        host.publish(bytes);
        look(&office, &run).await;
        let told = trouble(&run, code).await;
        version(&run, 5).await;
        assert!(!told.why.is_empty(), "{code}");
        // The next one may be refused for the same reason.
        host.publish(right.clone());
        look(&office, &run).await;
        until(&run, "no trouble", |it| it.trouble.is_none().then_some(())).await;
    }
    host.publish(whole);
    look(&office, &run).await;
    version(&run, 6).await;
    run.stop().await;
}

#[tokio::test]
async fn a_bundle_under_which_lookups_fail_is_taken_back_and_never_tried_again() {
    let (host, crm) = (Host::start().await, serve(TOKEN).await);
    host.publish(bundle(1, &connection(&crm, "")));
    let office = office(&host.address());
    let run = office.start().await;
    version(&run, 1).await;
    sign_in(&run, &crm).await;
    let broken = "[find.id]\neach = \"body.nothing.of.this\"\n";
    host.publish(bundle(2, &connection(&crm, broken)));
    look(&office, &run).await;
    version(&run, 2).await;
    for (interaction, customer) in [("c1", "12345"), ("c2", "20001"), ("c3", "20002")] {
        run.sender()
            .post(&chat(interaction, "accepted", customer))
            .await;
    }
    let told = trouble(&run, "E_CFG_BACK").await;
    assert_eq!(told.version, Some(2));
    version(&run, 1).await;
    opened(&run, "c4", "12345").await;
    look(&office, &run).await;
    trouble(&run, "E_CFG_BLOCKED").await;

    // By now there is something to try a bundle with before it is switched on.
    host.publish(bundle(3, &connection(&crm, broken)));
    look(&office, &run).await;
    let told = trouble(&run, "E_CFG_WORSE").await;
    assert!(told.why.contains("main"), "{}", told.why);
    assert!(told.why.contains("now fails"), "{}", told.why);
    version(&run, 1).await;
    host.publish(bundle(4, &connection(&crm, "")));
    look(&office, &run).await;
    version(&run, 4).await;
    run.stop().await;
}

#[tokio::test]
async fn a_clock_that_is_set_back_puts_no_look_off() {
    let host = Host::start().await;
    host.publish(bundle(1, ""));
    let office = office(&host.address());
    let a_day = Duration::from_hours(24);
    office.clock.forward(a_day);
    let run = office.start().await;
    version(&run, 1).await;
    office.clock.back(a_day);
    host.publish(bundle(2, ""));
    run.engine.look_for_bundle().await;
    // A control message brings no more looks than one in ten seconds.
    office.clock.forward(Duration::from_secs(11));
    version(&run, 2).await;
    run.stop().await;
}

#[tokio::test]
async fn a_crash_within_the_probation_brings_the_good_one_back() {
    let (host, crm) = (Host::start().await, serve(TOKEN).await);
    host.publish(bundle(1, &connection(&crm, "")));
    let office = office(&host.address());
    let record = office.data().join("bundle").join("record.json");
    let run = office.start().await;
    version(&run, 1).await;
    host.publish(bundle(2, ""));
    look(&office, &run).await;
    version(&run, 2).await;
    let running = fs::read(&record).expect("a record");
    run.stop().await;
    let run = office.start().await;
    version(&run, 2).await;
    run.stop().await;

    // As it stands when the program has no time to say that it ends.
    fs::write(&record, &running).expect("ours");
    let run = office.start().await;
    // Only once the vault is open is it known who has to sign in, and which version was in force.
    let signs_in = |shown: &crate::screen::Shown| {
        let main = shown.status.as_ref()?.connections.first()?;
        (main.fault.as_ref()?.kind == FaultKind::SignInNeeded).then_some(())
    };
    run.screen.until("the first one's CRM", signs_in).await;
    version(&run, 1).await;
    trouble(&run, "E_CFG_BLOCKED").await;
    run.stop().await;

    host.publish(bundle(3, ""));
    let run = office.start().await;
    version(&run, 3).await;
    office.clock.forward(Duration::from_secs(601));
    until(&run, "the end of the probation", |it| {
        it.active.as_ref()?.probation.is_none().then_some(())
    })
    .await;
    run.stop().await;
}

#[tokio::test]
async fn a_folder_that_was_put_back_is_not_believed() {
    let host = Host::start().await;
    host.publish(bundle(1, ""));
    let office = office(&host.address());
    let folder = office.data().join("bundle");
    let run = office.start().await;
    version(&run, 1).await;
    run.stop().await;
    let kept: Vec<(PathBuf, Vec<u8>)> = fs::read_dir(&folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| (path.clone(), fs::read(path).expect("a file")))
        .collect();
    host.publish(bundle(2, ""));
    let run = office.start().await;
    version(&run, 2).await;
    run.stop().await;

    fs::remove_dir_all(&folder).expect("ours");
    fs::create_dir_all(&folder).expect("ours");
    for (path, bytes) in &kept {
        fs::write(path, bytes).expect("ours");
    }
    host.publish(bundle(1, ""));
    let run = office.start().await;
    trouble(&run, "E_CFG_ROLLBACK").await;
    run.stop().await;
    // Nor is what was seen of it forgotten.
    let run = office.start().await;
    until(&run, "nothing in force", |it| {
        it.active.is_none().then_some(())
    })
    .await;
    trouble(&run, "E_CFG_ROLLBACK").await;
    host.publish(bundle(2, ""));
    look(&office, &run).await;
    version(&run, 2).await;
    run.stop().await;
}

#[tokio::test]
async fn a_small_ring_waits_and_a_file_on_a_share_does_as_well() {
    let share = tempfile::tempdir().expect("a folder");
    let path = share.path().join("screenpop.bundle");
    fs::write(&path, bundle(1, "")).expect("a share");
    let office = office(path.to_str().expect("plain"));
    let outside = (0..).map(|number| format!("agent{number}"));
    let mut outside = outside.filter(|person| !Ring::Fifty.holds("meridian", person));
    office.set(&json!({ "agent": { "id": outside.next() } }));
    let run = office.start().await;
    version(&run, 1).await;
    fs::write(&path, signed(&text(2, "ring = 50", ""), 1)).expect("a share");
    look(&office, &run).await;
    let waiting = until(&run, "a version that waits", |it| it.waiting).await;
    assert_eq!(waiting, (2, 50));
    version(&run, 1).await;
    fs::write(&path, signed(&text(2, "ring = 100", ""), 1)).expect("a share");
    look(&office, &run).await;
    version(&run, 2).await;
    run.stop().await;
}

#[tokio::test]
async fn new_keys_are_trusted_once_the_old_one_vouches_for_them() {
    let host = Host::start().await;
    host.publish(bundle(1, ""));
    let office = office(&host.address());
    let run = office.start().await;
    version(&run, 1).await;
    host.publish(signed(&text(2, "", ""), 2));
    look(&office, &run).await;
    trouble(&run, "E_CFG_SIG").await;
    let change = text(2, &format!("trust = [\"{}\"]", key(2).public()), "");
    host.publish(Signed::sign(&change, &[key(1), key(2)]).into_bytes());
    look(&office, &run).await;
    version(&run, 2).await;
    run.stop().await;
    host.publish(signed(&text(3, "", ""), 2));
    let run = office.start().await;
    version(&run, 3).await;
    host.publish(bundle(4, ""));
    look(&office, &run).await;
    trouble(&run, "E_CFG_SIG").await;
    version(&run, 3).await;
    run.stop().await;
}
