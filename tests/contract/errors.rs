//! What goes wrong, each in the one vocabulary, with what support needs to find it again.

use std::time::Duration;

use pop_core::clock::Clock as _;
use pop_core::fault::{Fault, FaultKind};
use pop_core::http::HttpFault;
use pop_crm::{Context, SystemClock};
use pop_doubles::{Act, Trouble};

use crate::checks::{Check, always, check};
use pop_tests::connections::{Subject, fresh, id};

pub(crate) fn checks() -> Vec<Check> {
    vec![
        check!("Errors", always, an_ended_sign_in_is_named),
        check!("Errors", always, a_missing_permission_is_named),
        check!("Errors", always, a_rate_limit_is_named_and_honoured),
        check!("Errors", always, a_server_that_is_down_is_named),
        check!("Errors", always, a_page_in_place_of_an_answer_is_not_nobody),
        check!("Errors", always, half_an_answer_is_not_nobody),
        check!("Errors", always, an_empty_answer_is_not_nobody),
        check!("Errors", always, a_cut_connection_is_named),
        check!("Errors", always, a_flood_is_not_an_answer),
        check!(
            "Errors",
            always,
            a_server_that_never_answers_is_named_in_time
        ),
    ]
}

/// Asks for Ann while something is wrong, then again when it is over.
async fn fault(subject: &Subject, wrong: impl FnOnce(&Subject)) -> Fault {
    let ann = id(&subject.cast.ann.id);
    wrong(subject);
    let found = subject.connection.find(&ann, &fresh()).await;
    let fault = match found {
        Ok(found) => panic!("it should fail: {found:?}"),
        Err(fault) => fault,
    };
    subject.server.heal();
    fault
}

/// Control: without the trouble, the same question is answered.
async fn well_again(subject: &Subject) {
    let ann = id(&subject.cast.ann.id);
    let found = subject.connection.find(&ann, &fresh()).await;
    assert_eq!(
        found
            .unwrap_or_else(|fault| panic!("{fault:?}"))
            .customers
            .len(),
        1
    );
}

fn told_by_the_server(fault: &Fault) {
    assert!(fault.status.is_some(), "{fault:?}");
    let words = fault.code.is_some() || fault.message.is_some();
    assert!(words, "the vendor's own code or words: {fault:?}");
}

async fn an_ended_sign_in_is_named(subject: Subject) {
    let fault = fault(&subject, |s| s.server.trouble(Trouble::Expired)).await;
    assert_eq!(fault.kind, FaultKind::SignInNeeded, "{fault:?}");
}

async fn a_missing_permission_is_named(subject: Subject) {
    let fault = fault(&subject, |s| s.server.trouble(Trouble::Forbidden)).await;
    assert_eq!(fault.kind, FaultKind::Forbidden, "{fault:?}");
    told_by_the_server(&fault);
    well_again(&subject).await;
}

async fn a_rate_limit_is_named_and_honoured(subject: Subject) {
    let fault = fault(&subject, |s| s.server.trouble(Trouble::RateLimited)).await;
    assert_eq!(fault.kind, FaultKind::RateLimited, "{fault:?}");
    let pause = fault.retry_after.expect("how long to wait");
    let refused = subject.wire.sent().last().and_then(|sent| sent.to);
    let refused = refused.expect("it was asked and refused");
    subject.wire.forget();
    let ann = id(&subject.cast.ann.id);
    // A pause that is longer than an agent waits is a fault at once; a short one is waited for.
    let again = subject.connection.find(&ann, &fresh()).await;
    let sent = subject.wire.sent();
    let kept = sent.iter().all(|sent| sent.from >= refused + pause);
    assert!(kept, "{pause:?} after {refused:?}: {sent:?}; {again:?}");
}

async fn a_server_that_is_down_is_named(subject: Subject) {
    let fault = fault(&subject, |s| s.server.trouble(Trouble::Unavailable)).await;
    assert_eq!(fault.kind, FaultKind::Unavailable, "{fault:?}");
}

async fn a_page_in_place_of_an_answer_is_not_nobody(subject: Subject) {
    let fault = fault(&subject, |s| s.server.act(Act::Html)).await;
    assert_eq!(fault.kind, FaultKind::AnswerNotUnderstood, "{fault:?}");
    well_again(&subject).await;
}

async fn half_an_answer_is_not_nobody(subject: Subject) {
    let fault = fault(&subject, |s| s.server.act(Act::Truncated)).await;
    assert_eq!(fault.kind, FaultKind::AnswerNotUnderstood, "{fault:?}");
    well_again(&subject).await;
}

async fn an_empty_answer_is_not_nobody(subject: Subject) {
    let fault = fault(&subject, |s| s.server.act(Act::Blank)).await;
    assert_eq!(fault.kind, FaultKind::AnswerNotUnderstood, "{fault:?}");
    well_again(&subject).await;
}

async fn a_cut_connection_is_named(subject: Subject) {
    let fault = fault(&subject, |s| s.server.act(Act::CutBody)).await;
    assert_eq!(fault.kind, FaultKind::Network(HttpFault::Cut), "{fault:?}");
}

async fn a_flood_is_not_an_answer(subject: Subject) {
    let fault = fault(&subject, |s| s.server.act(Act::Huge)).await;
    let is_named = matches!(
        fault.kind,
        FaultKind::Network(HttpFault::TooLarge) | FaultKind::AnswerNotUnderstood
    );
    assert!(is_named, "{fault:?}");
    well_again(&subject).await;
}

async fn a_server_that_never_answers_is_named_in_time(subject: Subject) {
    let soon = SystemClock.now().after(Duration::from_millis(400));
    subject.server.act(Act::Slow(Duration::from_secs(3)));
    let context = Context {
        deadline: Some(soon),
        ..fresh()
    };
    let ann = id(&subject.cast.ann.id);
    let fault = subject.connection.find(&ann, &context).await;
    let fault = fault.expect_err("the answer comes too late");
    let is_named = matches!(
        fault.kind,
        FaultKind::TimedOut | FaultKind::Network(HttpFault::AnswerTimeout)
    );
    assert!(is_named, "{fault:?}");
    subject.server.heal();
    well_again(&subject).await;
}
