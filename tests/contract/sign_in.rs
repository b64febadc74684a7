//! Staying signed in: tokens end, are renewed once, and what cannot be renewed is said.

use pop_core::fault::FaultKind;
use pop_crm::SignedOut;
use pop_tests::connections::{Subject, fresh, id};

use crate::checks::{Check, check};

/// These run after a sign-in by the browser, whatever the usual way is.
pub(crate) const GROUP: &str = "Sign-in";

pub(crate) fn checks() -> Vec<Check> {
    vec![
        check!(
            "Sign-in",
            by_browser,
            an_ended_token_is_renewed_and_nobody_notices
        ),
        check!(
            "Sign-in",
            by_browser,
            two_questions_with_an_ended_token_renew_it_once
        ),
        check!(
            "Sign-in",
            by_browser,
            a_refused_renewal_asks_for_a_sign_in_and_does_not_go_on
        ),
        check!(
            "Sign-in",
            by_browser,
            a_token_that_is_refused_after_its_renewal_ends_the_sign_in
        ),
        check!(
            GROUP,
            by_browser,
            signing_out_ends_the_sign_in_and_revokes_it_where_that_can_be_asked
        ),
    ]
}

fn by_browser(subject: &Subject) -> bool {
    subject.by_browser
}

async fn an_ended_token_is_renewed_and_nobody_notices(subject: Subject) {
    let oauth = subject.double().oauth();
    let before = oauth.refreshes();
    oauth.expire_tokens();
    for _ in 0..2 {
        let popped = subject.pop(&id(&subject.cast.ann.id)).await;
        assert_eq!(popped.customer.id, subject.cast.ann.id);
    }
    assert_eq!(oauth.refreshes(), before + 1, "{:?}", subject.wire.sent());
}

async fn two_questions_with_an_ended_token_renew_it_once(subject: Subject) {
    let oauth = subject.double().oauth();
    let before = oauth.refreshes();
    oauth.expire_tokens();
    let (ann, jurgen) = (id(&subject.cast.ann.id), id(&subject.cast.jurgen.id));
    let context = fresh();
    let (one, other) = tokio::join!(
        subject.connection.find(&ann, &context),
        subject.connection.find(&jurgen, &context),
    );
    assert!(one.is_ok() && other.is_ok(), "{one:?} {other:?}");
    assert_eq!(oauth.refreshes(), before + 1, "{:?}", subject.wire.sent());
}

async fn a_refused_renewal_asks_for_a_sign_in_and_does_not_go_on(subject: Subject) {
    let oauth = subject.double().oauth();
    oauth.expire_tokens();
    oauth.refuse_refresh(true);
    let ann = id(&subject.cast.ann.id);
    let fault = subject.connection.find(&ann, &fresh()).await;
    let fault = fault.expect_err("nobody is signed in any more");
    assert_eq!(fault.kind, FaultKind::SignInNeeded, "{fault:?}");
    assert!(subject.connection.needs_sign_in());
    subject.wire.forget();
    let again = subject.connection.find(&ann, &fresh()).await;
    assert!(again.is_err_and(|fault| fault.kind == FaultKind::SignInNeeded));
    let sent = subject.wire.sent();
    assert!(
        sent.is_empty(),
        "it asks a person, and nobody else: {sent:?}"
    );
}

async fn a_token_that_is_refused_after_its_renewal_ends_the_sign_in(subject: Subject) {
    let oauth = subject.double().oauth();
    let before = oauth.refreshes();
    oauth.accept_none(true);
    let ann = id(&subject.cast.ann.id);
    let fault = subject.connection.find(&ann, &fresh()).await;
    let fault = fault.expect_err("no token is accepted");
    assert_eq!(fault.kind, FaultKind::SignInNeeded, "{fault:?}");
    assert!(
        oauth.refreshes() <= before + 1,
        "it is tried once, and no loop"
    );
}

async fn signing_out_ends_the_sign_in_and_revokes_it_where_that_can_be_asked(subject: Subject) {
    let oauth = subject.double().oauth();
    assert!(oauth.live_refresh_tokens() > 0, "somebody is signed in");
    let out = subject.connection.sign_out().await;
    let out = out.unwrap_or_else(|fault| panic!("{fault:?}"));
    if out == SignedOut::Revoked {
        assert_eq!(oauth.live_refresh_tokens(), 0, "{:?}", subject.wire.sent());
    }
    let ann = id(&subject.cast.ann.id);
    let found = subject.connection.find(&ann, &fresh()).await;
    assert!(found.is_err_and(|fault| fault.kind == FaultKind::SignInNeeded));
}
