//! Green means that a pop would work now: quiet connections are asked who we are, and no more than
//! that; and people hear of a sign-in that is about to end.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pop_core::desk::{Matching, Part, Pop};
use pop_core::fault::FaultKind;
use pop_core::moment::Moment;
use pop_core::status::{Banner, ConnectionStatus};
use pop_crm::SystemClock;
use pop_engine::Connected;
use pop_sandbox::{Fault, FaultRule, Sandbox};

use crate::office::{Office, Run};
use crate::screen::Shown;
use crate::sender::chat;
use crate::training::serve;

const TOKEN: &str = "token-of-the-bank";

fn mins(number: u64) -> Duration {
    Duration::from_mins(number)
}

/// The only connection.
fn bank(shown: &Shown) -> Option<ConnectionStatus> {
    shown.status.as_ref()?.connections.first().cloned()
}

/// A CRM that was connected just now.
async fn connected() -> (Office, Sandbox, Run) {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    office.permit_plain_http();
    let run = office.start().await;
    let connected = run.connect(&crm, "The Bank", TOKEN).await;
    assert!(matches!(connected, Connected::Yes { .. }), "it answers");
    // What it was told when it was connected counts from the first look on.
    looks(&office, &run).await;
    crm.forget_requests();
    (office, crm, run)
}

/// Lets the engine look around twice: what the first look begins is seen by the second.
async fn looks(office: &Office, run: &Run) {
    for _ in 0..2 {
        let seq = |shown: &Shown| shown.status.as_ref().map(|status| status.seq);
        let before = seq(&run.screen.now());
        office.clock.forward(Duration::from_secs(4));
        let later = |shown: &Shown| (seq(shown) > before).then_some(());
        run.screen.until("a look", later).await;
    }
}

#[tokio::test]
async fn after_five_quiet_minutes_a_connection_is_asked_who_we_are_and_nothing_else() {
    let (office, crm, run) = connected().await;
    office.clock.forward(mins(4));
    looks(&office, &run).await;
    assert_eq!(crm.requests().len(), 0, "what is known is new enough");

    office.clock.forward(mins(1));
    run.screen
        .until("an answer", |shown| bank(shown)?.heard)
        .await;
    let asked = crm.requests();
    let asked: Vec<_> = asked.iter().map(|it| (&*it.method, &*it.path)).collect();
    assert_eq!(asked, [("GET", "/api/me")]);
    let shown = bank(&run.screen.now()).expect("it is there");
    assert!(shown.fault.is_none() && shown.latency.is_some(), "green");

    looks(&office, &run).await;
    assert_eq!(crm.requests().len(), 1, "it is asked once");
    run.stop().await;
}

#[tokio::test]
async fn a_card_that_lacks_an_answer_completes_itself_when_the_crm_is_well_again() {
    let (office, crm, run) = connected().await;
    let fails = FaultRule::always(Fault::ServerError { status: 503 });
    crm.set_fault(Some(fails));
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    let has_failed = |pop: &Pop| pop.matching == Matching::Failed;
    run.screen.card("c1", has_failed).await;
    let shown = bank(&run.screen.now()).expect("it is there");
    let again = shown.next_try.zip(shown.heard);
    let wait = again.map(|(next, heard)| next.since(heard));
    assert_eq!(wait, Some(mins(1)), "and people are told when");

    crm.set_fault(None);
    looks(&office, &run).await;
    assert!(
        has_failed(&run.screen.card("c1", |_| true).await),
        "not yet"
    );
    office.clock.forward(mins(1));
    run.screen.card("c1", |pop| pop.customer().is_some()).await;
    let shown = bank(&run.screen.now()).expect("it is there");
    assert_eq!(shown.next_try, None, "nothing is waited for");
    run.stop().await;
}

#[tokio::test]
async fn a_part_that_goes_on_failing_is_not_asked_for_again_and_again() {
    let (office, crm, run) = connected().await;
    let fails = FaultRule::always(Fault::Forbidden);
    crm.set_fault(Some(fails.on("/api/customers/12345/cases")));
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    let lacks_cases = |pop: &Pop| {
        let mut lookups = pop.lookups.iter();
        lookups.any(|lookup| matches!(lookup.cases, Part::Failed(_)))
    };
    run.screen.card("c1", lacks_cases).await;
    let asked = || {
        let requests = crm.requests();
        requests
            .iter()
            .filter(|it| it.path.contains("/cases"))
            .count()
    };
    for _ in 0..3 {
        looks(&office, &run).await;
    }
    let before = asked();
    assert!(before > 0, "it was asked for");
    for _ in 0..3 {
        looks(&office, &run).await;
    }
    assert_eq!(
        asked(),
        before,
        "the customer answers, and the cases fail still"
    );
    run.stop().await;
}

#[tokio::test]
async fn a_crm_that_fails_unseen_is_red_before_the_next_call_and_green_when_it_is_well() {
    let (office, crm, run) = connected().await;
    let fails = FaultRule::always(Fault::ServerError { status: 503 });
    crm.set_fault(Some(fails));
    office.clock.forward(mins(6));
    let fault = run.screen.until("red", |shown| bank(shown)?.fault).await;
    assert_eq!(fault.kind, FaultKind::Unavailable);

    crm.set_fault(None);
    looks(&office, &run).await;
    assert!(
        bank(&run.screen.now()).expect("there").fault.is_some(),
        "not asked at once"
    );
    office.clock.forward(mins(1));
    let well = |shown: &Shown| bank(shown)?.fault.is_none().then_some(());
    run.screen.until("green", well).await;
    run.stop().await;
}

#[tokio::test]
async fn a_sign_in_that_was_refused_is_not_tried_again_by_itself() {
    let (office, crm, run) = connected().await;
    crm.renew_token("token-of-tomorrow").expect("a token");
    office.clock.forward(mins(6));
    let fault = run.screen.until("red", |shown| bank(shown)?.fault).await;
    assert_eq!(fault.kind, FaultKind::SignInNeeded);
    let before = crm.requests().len();
    office.clock.forward(mins(30));
    looks(&office, &run).await;
    assert_eq!(
        crm.requests().len(),
        before,
        "repeating it could lock the account"
    );
    run.stop().await;
}

/// A token that says when it ends.
fn token(days: u64) -> String {
    let second = |at: Moment| at.millis() / 1_000;
    let now = pop_core::clock::Clock::now(&SystemClock);
    let begun = second(now) - 300 * 24 * 60 * 60;
    let ends = second(now.after(Duration::from_hours(24 * days + 12)));
    let claims = URL_SAFE_NO_PAD.encode(format!("{{\"iat\":{begun},\"exp\":{ends}}}"));
    format!("e30.{claims}.c2ln")
}

async fn told_of_the_end(days: u64) -> (Option<Banner>, Option<Moment>) {
    let token = token(days);
    let (office, crm) = (Office::new(), serve(&token).await);
    office.permit_plain_http();
    let run = office.start().await;
    let connected = run.connect(&crm, "The Bank", &token).await;
    assert!(matches!(connected, Connected::Yes { .. }), "it answers");
    looks(&office, &run).await;
    let shown = run.screen.now();
    let ends = bank(&shown).and_then(|bank| bank.sign_in_ends);
    let banners = shown.status.expect("drawn").banners.into_iter();
    let mut notices = banners.filter(|banner| matches!(banner, Banner::SignInEnds { .. }));
    let notice = notices.next();
    run.stop().await;
    (notice, ends)
}

#[tokio::test]
async fn a_sign_in_that_ends_is_told_once_in_the_last_week_and_always_shown_in_health() {
    let (notice, ends) = told_of_the_end(3).await;
    let Some(Banner::SignInEnds { of, days: 3 }) = notice else {
        panic!("in three days: {notice:?}");
    };
    assert_eq!(of.map(|of| of.0).as_deref(), Some("the-bank"));
    assert!(ends.is_some());

    let (notice, ends) = told_of_the_end(30).await;
    assert_eq!(notice, None, "there is time");
    assert!(ends.is_some(), "health says it all the same");
}
