//! A person takes the settings of their organisation where no machine policy says anything of it, and
//! what an organisation switches off is refused whoever asks.

use std::fs;

use pop_core::action::ActionKind;
use pop_core::desk::{At, Wish};
use pop_engine::Enrolment;
use serde_json::json;

use crate::bundles::{bundle, key, until, version};
use crate::office::{Office, settings_of};
use crate::sender::chat;

const SETTINGS: &str = "[fleet]\nreport_to = \"/srv/fleet\"\n[pop]\nopen = \"never\"\n\
    [connections.main]\ndefinition = \"rest\"\nlabel = \"Main\"\nmethod = \"token\"\n\
    fields = { idempotent = true, server = \"https://crm.example.com\" }\n";

/// A share with the organisation's bundle, and its path.
fn share() -> (tempfile::TempDir, String) {
    let share = tempfile::tempdir().expect("a folder");
    let path = share.path().join("screenpop.bundle");
    fs::write(&path, bundle(1, SETTINGS)).expect("a share");
    let path = path.to_str().expect("plain").to_owned();
    (share, path)
}

fn wanted(from: &str, of: u8) -> Enrolment {
    Enrolment {
        from: from.to_owned(),
        key: key(of).public().fingerprint().to_string(),
    }
}

#[tokio::test]
async fn a_person_sees_what_they_would_trust_takes_it_and_lets_it_go() {
    let (_share, from) = share();
    let office = Office::new();
    let run = office.start().await;

    let offered = run.engine.look_at_organisation(wanted(&from, 1)).await;
    let offered = offered.expect("the right key");
    assert_eq!((&*offered.tenant, offered.version), ("meridian", 1));
    assert_eq!(offered.report_to.as_deref(), Some("/srv/fleet"));
    let crm = (
        "Main".to_owned(),
        Some("https://crm.example.com".to_owned()),
    );
    assert_eq!(offered.crms, [crm]);
    assert_eq!(offered.locked, 8, "what it sets");
    assert_eq!(
        offered.fingerprint,
        key(1).public().fingerprint().to_string()
    );
    let has_bundle = |shown: &crate::screen::Shown| shown.status.as_ref()?.bundle.clone();
    assert!(
        has_bundle(&run.screen.now()).is_none(),
        "looking takes nothing"
    );

    let taken = run.engine.join_organisation(wanted(&from, 1)).await;
    taken.expect("it may be taken");
    version(&run, 1).await;
    let again = run.engine.look_at_organisation(wanted(&from, 1)).await;
    assert_eq!(again.as_ref(), Ok(&offered), "also while it is in force");
    run.engine.leave_organisation().await.expect("it is theirs");
    let gone = |shown: &crate::screen::Shown| {
        let status = shown.status.as_ref()?;
        (status.bundle.is_none() && status.by_bundle.is_empty()).then_some(())
    };
    run.screen.until("no bundle any more", gone).await;
    run.stop().await;
}

#[tokio::test]
async fn another_key_a_wrong_address_and_no_key_are_told_and_nothing_is_taken() {
    let (_share, from) = share();
    let office = Office::new();
    let run = office.start().await;
    let no_key = Enrolment {
        from: from.clone(),
        key: "1234".to_owned(),
    };
    for (wanted, why) in [
        (wanted(&from, 2), "nobody who is trusted signed it"),
        (wanted("screenpop.bundle", 1), "https address"),
        (wanted("http://share.example/b", 1), "https address"),
        (wanted("/nowhere/screenpop.bundle", 1), "No such file"),
        (no_key, "fingerprint of 32"),
    ] {
        let refused = run.engine.look_at_organisation(wanted.clone()).await;
        let refused = refused.expect_err(why);
        assert!(refused.why.contains(why), "{}: {why}", refused.why);
    }
    let settings = settings_of(&office);
    assert!(!settings.contains("distribution"), "{settings}");
    run.stop().await;
}

#[tokio::test]
async fn where_machine_policy_says_whose_settings_hold_nobody_takes_others() {
    let (_share, from) = share();
    let office = Office::new();
    let fingerprint = key(1).public().fingerprint().to_string();
    office.set_policy(&json!({ "distribution": { "from": from, "keys": [fingerprint] } }));
    let run = office.start().await;
    version(&run, 1).await;
    let refused = run.engine.look_at_organisation(wanted(&from, 1)).await;
    refused.expect_err("policy says it");
    let refused = run.engine.join_organisation(wanted(&from, 2)).await;
    refused.expect_err("policy says it");
    let refused = run.engine.leave_organisation().await;
    refused.expect_err("policy says it");
    until(&run, "the policy's bundle", |it| it.active.clone()).await;
    run.stop().await;
}

#[tokio::test]
async fn what_is_switched_off_is_refused_whoever_asks() {
    let office = Office::with_sandbox();
    let run = office.start().await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    let card = run.screen.record("c1").await;
    let at = At {
        pop: card.id,
        generation: card.generation,
    };
    let connection = card.customer().expect("somebody").0.clone();
    let form = run
        .engine
        .form(at, connection.clone(), ActionKind::CreateCase, None);
    form.await.expect("the control: it is offered");
    run.engine
        .search("gonz".to_owned())
        .await
        .expect("the control");

    office.set_policy(&json!({ "features": { "create_case": false, "search": false } }));
    let is_off = |shown: &crate::screen::Shown| {
        let features = shown.status.as_ref()?.settings.features;
        (!features.search).then_some(())
    };
    run.screen.until("the policy", is_off).await;
    let refused = run.engine.search("gonz".to_owned()).await;
    assert!(refused.is_err(), "searching is off");
    let form = run
        .engine
        .form(at, connection.clone(), ActionKind::CreateCase, None);
    form.await.expect_err("creating cases is off");
    let wish = Wish {
        id: run.engine.new_write(),
        at,
        connection: connection.clone(),
        kind: ActionKind::CreateCase,
        case: None,
        input: [("subject".to_owned(), "x".to_owned())].into(),
        shown: None,
        opens: false,
    };
    let refused = run.engine.write(wish).await;
    refused.expect_err("and by no other way");
    run.stop().await;
}
