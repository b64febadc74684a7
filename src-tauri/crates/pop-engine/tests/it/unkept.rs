//! A disk that takes nothing: nothing is called saved, it is said, and the pops go on.

use std::collections::BTreeMap;
use std::time::Duration;

use pop_core::desk::{Command, PopId};
use pop_core::status::Banner;
use pop_core::write::WriteState;
use rusqlite::Connection;

use crate::keychain::Mood;
use crate::office::{Office, Run};
use crate::screen::Shown;
use crate::sender::chat;
use crate::training::serve;
use crate::writes::{TOKEN, case, created};

fn draft(pop: PopId) -> Command {
    Command::Draft {
        pop,
        form: "create_case".to_owned(),
        fields: BTreeMap::from([("subject".to_owned(), "Card lost".to_owned())]),
    }
}

fn keeps(run: &Run) -> bool {
    let status = run.screen.now().status;
    status.is_none_or(|status| status.keeps())
}

#[tokio::test]
async fn on_a_disk_that_takes_nothing_a_write_is_not_saved_and_a_draft_is_refused() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    office.permit_plain_http();
    let run = office.start().await;
    run.connect(&crm, "The Bank", TOKEN).await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    let pop = run.screen.customer("c1", "12345").await;
    assert!(keeps(&run), "control: there is room");

    // Whoever holds the file's lock stands for a disk on which no commit succeeds.
    let disk = Connection::open(office.data().join("store.db")).expect("it is there");
    disk.execute_batch("BEGIN IMMEDIATE").expect("held");
    run.engine.command(case(&pop, "w-1")).await.expect("taken");
    let not_saved = |state: &WriteState| matches!(state, WriteState::NotSaved(_));
    run.screen.wrote("w-1", not_saved).await;
    let refused = run.engine.command(draft(pop.id)).await;
    assert_eq!(refused.expect_err("it is not kept").code, "E_DISK");
    run.screen
        .until("it is said", |shown| {
            let banners = &shown.status.as_ref()?.banners;
            let mut banners = banners.iter();
            banners.find_map(|banner| matches!(banner, Banner::NothingKept(_)).then_some(()))
        })
        .await;
    assert!(!keeps(&run));

    disk.execute_batch("ROLLBACK").expect("let go");
    run.engine.command(draft(pop.id)).await.expect("kept");
    assert!(keeps(&run), "the disk is well again");
    run.engine.command(case(&pop, "w-2")).await.expect("taken");
    run.screen
        .wrote("w-2", |state| *state == WriteState::Held)
        .await;
    assert_eq!(created(&crm), 0, "what was not saved is not sent either");
    run.stop().await;
}

#[tokio::test]
async fn a_computer_that_keeps_nothing_says_so_before_anything_is_written() {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    office.keychain.turn(Mood::Absent);
    office.permit_plain_http();
    let run = office.start().await;
    run.connect(&crm, "The Bank", TOKEN).await;
    assert!(!keeps(&run));
    run.stop().await;
}

#[tokio::test]
async fn a_disk_that_is_well_after_the_keychain_was_unlocked_brings_back_what_it_has() {
    let office = Office::with_sandbox();
    let run = office.start().await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    run.screen.record("c1").await;
    run.stop().await;

    office.keychain.turn(Mood::Locked);
    let run = office.start().await;
    let banner = |which: fn(&Banner) -> bool| {
        move |shown: &Shown| {
            let banners = &shown.status.as_ref()?.banners;
            banners.iter().any(which).then_some(())
        }
    };
    let locked = banner(|it| matches!(it, Banner::KeychainLocked));
    run.screen.until("it is locked", locked).await;
    let disk = Connection::open(office.data().join("store.db")).expect("it is there");
    disk.execute_batch("BEGIN IMMEDIATE").expect("held");
    office.keychain.turn(Mood::Open);
    let nothing = banner(|it| matches!(it, Banner::NothingKept(_)));
    run.screen.until("nothing is kept", nothing).await;
    assert!(!keeps(&run));
    assert!(run.history().await.is_empty(), "control: it is not read");

    disk.execute_batch("ROLLBACK").expect("let go");
    office.clock.forward(Duration::from_secs(31));
    let well = |shown: &Shown| shown.status.as_ref()?.keeps().then_some(());
    run.screen.until("it is kept", well).await;
    assert_eq!(run.history().await.len(), 1, "what was there");
    run.stop().await;
}
