//! The session of a fetched token: renewed ahead of time and when it is refused, once and by one.

use std::sync::atomic::Ordering;
use std::time::Duration;

use pop_core::fault::FaultKind;
use pop_crm::Context;
use serde_json::json;

use crate::signed::{BROWSER, Signed, definition};
use crate::token_server::{Habits, TokenServer};

/// Refreshes so far.
const REFRESH: &str = "token refresh_token";

async fn signed_in(habits: Habits) -> Signed {
    let server = TokenServer::start(habits).await;
    let signed = Signed::open(&server, &definition(BROWSER));
    signed.sign_in().await.expect("signed in");
    signed
}

fn minutes(count: u64) -> Duration {
    Duration::from_secs(count * 60)
}

#[tokio::test]
async fn a_token_is_renewed_when_four_fifths_of_its_life_are_over() {
    let signed = signed_in(Habits::default()).await;
    signed.clock.pass(minutes(23));
    signed.look_up().await.expect("the CRM answers");
    assert_eq!(
        signed.server.count(REFRESH),
        0,
        "23 of 30 minutes are too early"
    );
    signed.clock.pass(minutes(1));
    signed.look_up().await.expect("the CRM answers");
    let told = signed.server.told();
    let expected = [REFRESH, "stored", "GET /v1/people/7 access-3"];
    assert_eq!(
        told[told.len() - 3..],
        expected,
        "renewed, stored, then used"
    );
    assert_eq!(
        signed.server.count("GET /v1/people/7"),
        2,
        "nothing was refused"
    );
}

#[tokio::test]
async fn a_token_that_is_refused_is_renewed_once_and_the_question_asked_again() {
    let habits = Habits {
        expires_in: None,
        ..Habits::default()
    };
    let signed = signed_in(habits).await;
    signed.server.expire_all();
    signed.look_up().await.expect("the CRM answers after all");
    let told = signed.server.told();
    let expected = [
        "GET /v1/people/7 access-2 refused",
        REFRESH,
        "stored",
        "GET /v1/people/7 access-3",
    ];
    assert_eq!(told[told.len() - 4..], expected);
}

#[tokio::test]
async fn each_refresh_token_of_a_server_that_rotates_is_used_once_even_over_a_restart() {
    let mut signed = signed_in(Habits::default()).await;
    for _ in 0..2 {
        signed.server.expire_all();
        signed.look_up().await.expect("the CRM answers");
        signed = signed.restart();
        signed
            .look_up()
            .await
            .expect("the newest refresh token was kept");
    }
    let forms = signed.server.forms();
    let spent = forms.iter().filter_map(|form| form.get("refresh_token"));
    let spent = spent.collect::<Vec<_>>();
    assert_eq!(spent, ["refresh-2", "refresh-3", "refresh-4", "refresh-5"]);
}

#[tokio::test]
async fn questions_side_by_side_cause_one_renewal() {
    let signed = signed_in(Habits::default()).await;
    signed.server.expire_all();
    let context = Context::default();
    let who = || signed.connection.test(&context);
    let asked = tokio::join!(signed.look_up(), who(), who(), who());
    assert!(asked.0.is_ok(), "the record is answered");
    let who = [asked.1, asked.2, asked.3];
    assert!(who.iter().all(Result::is_ok), "all are answered: {who:?}");
    let told = signed.server.told();
    let refused = told.iter().filter(|line| line.ends_with(" refused"));
    assert!(refused.count() > 1, "several were refused: {told:?}");
    assert_eq!(
        signed.server.count(REFRESH),
        1,
        "one renewal for all of them"
    );
}

#[tokio::test]
async fn a_grant_that_is_refused_ends_the_session_with_the_vendors_code() {
    let signed = signed_in(Habits::default()).await;
    signed.server.expire_all();
    signed.server.withdraw_all();
    for _ in 0..2 {
        let fault = signed
            .look_up()
            .await
            .expect_err("the grant is worth nothing");
        assert_eq!(fault.kind, FaultKind::SignInNeeded);
        assert_eq!(fault.code.as_deref(), Some("invalid_grant"));
    }
    assert!(signed.connection.needs_sign_in());
    assert_eq!(signed.server.count(REFRESH), 1, "it is not tried again");
    signed.sign_in().await.expect("signed in anew");
    signed.look_up().await.expect("and the session goes on");
}

#[tokio::test]
async fn a_refusal_that_stays_after_a_renewal_is_final() {
    let habits = Habits {
        expires_in: None,
        ..Habits::default()
    };
    let signed = signed_in(habits).await;
    signed.server.habits().refuses_all = true;
    for _ in 0..3 {
        let fault = signed.look_up().await.expect_err("every token is refused");
        assert_eq!(fault.kind, FaultKind::SignInNeeded);
        assert_eq!(fault.code.as_deref(), Some("session_over"));
    }
    assert_eq!(signed.server.count(REFRESH), 1, "one renewal, no loop");
    assert_eq!(
        signed.server.count("GET /v1/people/7"),
        2,
        "then nothing is sent"
    );
}

#[tokio::test]
async fn a_server_that_is_unwell_does_not_end_the_session() {
    let signed = signed_in(Habits::default()).await;
    signed.clock.pass(minutes(25));
    for (status, body) in [
        (503, json!({})),
        (400, json!({ "error": "temporarily_unavailable" })),
    ] {
        signed.server.habits().refusal = Some((status, body));
        signed
            .look_up()
            .await
            .expect("the older token is still good");
    }
    assert_eq!(
        signed.server.count(REFRESH),
        1,
        "it is left in peace for a while"
    );
    signed.clock.pass(minutes(6));
    let fault = signed
        .look_up()
        .await
        .expect_err("the older token has ended");
    assert_eq!(fault.kind, FaultKind::Unavailable);
    signed.server.habits().refusal = None;
    signed
        .look_up()
        .await
        .expect("the grant is as good as before");
}

#[tokio::test]
async fn a_rotated_grant_that_cannot_be_stored_ends_the_session() {
    let signed = signed_in(Habits::default()).await;
    signed.server.expire_all();
    signed.store.fails.store(true, Ordering::Relaxed);
    for _ in 0..2 {
        let fault = signed
            .look_up()
            .await
            .expect_err("the new grant is lost at exit");
        assert_eq!(fault.kind, FaultKind::SignInNeeded);
        assert_eq!(fault.code.as_deref(), Some("grant_not_kept"));
    }
    assert_eq!(signed.server.count(REFRESH), 1, "no loop");
    assert_eq!(
        signed.server.count("GET /v1/people/7 access-3"),
        0,
        "it is not used"
    );
}

#[tokio::test]
async fn a_grant_that_does_not_rotate_needs_no_new_place() {
    let habits = Habits {
        rotates: false,
        ..Habits::default()
    };
    let signed = signed_in(habits).await;
    signed.server.expire_all();
    signed.store.fails.store(true, Ordering::Relaxed);
    signed.look_up().await.expect("the kept grant is as good");
    signed
        .restart()
        .look_up()
        .await
        .expect("after a restart too");
}

#[tokio::test]
async fn a_server_without_refresh_tokens_needs_the_browser_when_the_token_ends() {
    let habits = Habits {
        gives_refresh: false,
        ..Habits::default()
    };
    let signed = signed_in(habits).await;
    signed.look_up().await.expect("the token is good for now");
    signed.clock.pass(minutes(30));
    let fault = signed.look_up().await.expect_err("it has ended");
    assert_eq!(fault.kind, FaultKind::SignInNeeded);
    assert_eq!(fault.code.as_deref(), Some("no_refresh_token"));
    let again = signed.restart();
    assert!(
        again.connection.needs_sign_in(),
        "nothing was kept that helps"
    );
}

#[tokio::test]
async fn a_definition_says_how_long_a_token_lives_where_the_server_does_not() {
    let habits = Habits {
        expires_in: None,
        ..Habits::default()
    };
    let server = TokenServer::start(habits).await;
    let auth = format!("{BROWSER}lifetime = \"10m\"\n");
    let signed = Signed::open(&server, &definition(&auth));
    signed.sign_in().await.expect("signed in");
    signed.clock.pass(minutes(8));
    signed.look_up().await.expect("the CRM answers");
    assert_eq!(server.count(REFRESH), 1, "four fifths of 10 minutes");
    assert_eq!(server.count("GET /v1/people/7"), 1, "nothing was refused");
}

#[tokio::test]
async fn client_credentials_fetch_and_renew_their_token_by_themselves() {
    let habits = Habits {
        secret: Some("hush"),
        extra: json!({}),
        ..Habits::default()
    };
    let server = TokenServer::start(habits).await;
    server.habits().extra = json!({ "home": server.origin() });
    let auth = r#"
[auth.service]
kind          = "oauth_client"
token         = "{setting.server}/token"
client_id     = "desk-app"
client_secret = "{setting.app_secret}"
scope         = "read"
[setting.app_secret]
kind = "secret"
"#;
    let definition = definition(auth).replace("\"{setting.server}/v1\"", "\"{token.home}/v1\"");
    let secrets = [("app_secret", "hush")];
    let signed = Signed::open_with(&server, &definition, "service", &secrets);
    assert!(
        !signed.connection.needs_sign_in(),
        "nobody has to do anything"
    );
    signed.look_up().await.expect("the first token");
    server.expire_all();
    signed.look_up().await.expect("the second token");
    assert_eq!(server.count("token client_credentials"), 2);
    assert_eq!(server.forms()[0]["scope"], "read");
    assert_eq!(signed.store.kept(), None, "there is no grant to keep");
    let wrong = [("app_secret", "wrong")];
    let signed = Signed::open_with(&server, &definition, "service", &wrong);
    let fault = signed.look_up().await.expect_err("a wrong secret");
    assert_eq!(fault.code.as_deref(), Some("invalid_client"));
}
