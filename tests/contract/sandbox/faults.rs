//! What goes wrong between us and a CRM, each by its own name.

use std::time::Duration;

use pop_core::fault::FaultKind;
use pop_core::http::HttpFault;
use pop_crm::{BreakerState, Budgets};
use pop_sandbox::{Fault, FaultRule};
use pop_tests::connections::fresh;

use crate::support::{Given, connected, connected_with, connection, email, id};

/// Budgets of a test: everything as in life, only sooner.
fn short() -> Budgets {
    Budgets {
        total: Duration::from_millis(500),
        one_try: Duration::from_millis(400),
        write: Duration::from_millis(500),
        worthwhile: Duration::from_millis(200),
        shortest_pause: Duration::ZERO,
        longest_pause: Duration::ZERO,
    }
}

#[tokio::test]
async fn every_fault_of_the_sandbox_has_its_kind() {
    let contract = connected_with(Given {
        budgets: short(),
        ..Given::default()
    })
    .await;
    for (fault, kind) in [
        (Fault::Unauthorized, FaultKind::SignInNeeded),
        (Fault::Forbidden, FaultKind::Forbidden),
        (Fault::Conflict, FaultKind::Conflict),
        (
            // At once, because the control asks at once; that a pause is kept, all CRMs are asked.
            Fault::RateLimited { retry_after: 0 },
            FaultKind::RateLimited,
        ),
        (Fault::Html, FaultKind::AnswerNotUnderstood),
        (Fault::TruncatedJson, FaultKind::AnswerNotUnderstood),
        (Fault::EmptyBody, FaultKind::AnswerNotUnderstood),
        (Fault::HugeBody, FaultKind::Network(HttpFault::TooLarge)),
        (Fault::ServerError { status: 502 }, FaultKind::Unavailable),
        (Fault::Cut, FaultKind::Network(HttpFault::Cut)),
    ] {
        contract
            .sandbox
            .set_fault(Some(FaultRule::always(fault.clone())));
        let found = contract.connection.find(&id("12345"), &fresh()).await;
        let found = found.expect_err("it fails");
        assert_eq!(found.kind, kind, "{fault:?}");
        let has_answer = !matches!(kind, FaultKind::Network(_));
        assert_eq!(
            found.request_id.is_some(),
            has_answer,
            "{found:?}: their id of the request"
        );
        let has_words = has_answer && kind != FaultKind::AnswerNotUnderstood;
        assert!(
            found.message.is_some() || !has_words,
            "{found:?}: their words"
        );
        contract.sandbox.set_fault(None);
        let control = contract.connection.find(&id("12345"), &fresh()).await;
        assert!(control.is_ok(), "without {fault:?} it works: {control:?}");
    }
}

#[tokio::test]
async fn a_refused_field_is_named() {
    let contract = connected().await;
    contract
        .sandbox
        .set_fault(Some(FaultRule::always(Fault::Unprocessable)));
    let fault = contract
        .connection
        .find(&email("a@example.com"), &fresh())
        .await;
    let FaultKind::Invalid(fields) = fault.expect_err("refused").kind else {
        panic!("422 is invalid");
    };
    assert_eq!(fields.len(), 1, "the one the sandbox names: {fields:?}");
}

#[tokio::test]
async fn no_record_is_none_for_a_find_and_a_fault_for_a_list() {
    let contract = connected().await;
    let found = contract.connection.find(&id("12345"), &fresh()).await;
    let cesar = found.expect("he is known").customers.remove(0);
    contract
        .sandbox
        .set_fault(Some(FaultRule::always(Fault::NotFound)));
    let found = contract.connection.find(&id("12345"), &fresh()).await;
    assert_eq!(found.map(|found| found.customers.len()), Ok(0));
    let cases = contract.connection.cases(&cesar, &fresh()).await;
    assert_eq!(
        cases.expect_err("his page is gone").kind,
        FaultKind::NotFound
    );
}

#[tokio::test]
async fn a_token_that_is_wrong_or_over_asks_for_a_new_sign_in() {
    let wrong = connected_with(Given {
        token: "another",
        ..Given::default()
    })
    .await;
    let fault = wrong.connection.test(&fresh()).await.expect_err("not ours");
    assert_eq!(fault.kind, FaultKind::SignInNeeded);
    let contract = connected().await;
    contract.sandbox.renew_token("new").expect("a token");
    let fault = contract.connection.test(&fresh()).await.expect_err("over");
    assert_eq!(
        (fault.kind, fault.status),
        (FaultKind::SignInNeeded, Some(401))
    );
}

#[tokio::test]
async fn what_passes_by_itself_is_not_noticed() {
    let contract = connected().await;
    for fault in [
        Fault::Cut,
        Fault::ServerError { status: 503 },
        Fault::RateLimited { retry_after: 0 },
    ] {
        contract.sandbox.forget_requests();
        contract
            .sandbox
            .set_fault(Some(FaultRule::always(fault.clone()).times(1)));
        let found = contract.connection.find(&id("12345"), &fresh()).await;
        assert_eq!(found.map(|found| found.customers.len()), Ok(1), "{fault:?}");
        assert_eq!(
            contract.sandbox.requests().len(),
            2,
            "{fault:?}: a second try"
        );
    }
}

#[tokio::test]
async fn a_slow_crm_ends_with_the_budget() {
    let contract = connected_with(Given {
        budgets: short(),
        ..Given::default()
    })
    .await;
    contract
        .sandbox
        .set_fault(Some(FaultRule::always(Fault::Slow { millis: 60_000 })));
    let fault = contract.connection.find(&id("12345"), &fresh()).await;
    assert_eq!(
        fault.expect_err("too slow").kind,
        FaultKind::Network(HttpFault::AnswerTimeout)
    );
    contract
        .sandbox
        .set_fault(Some(FaultRule::always(Fault::Slow { millis: 20 })));
    let found = contract.connection.find(&id("12345"), &fresh()).await;
    assert!(found.is_ok(), "slow, but within the budget: {found:?}");
}

#[tokio::test]
async fn a_crm_that_is_gone_is_refused_and_then_left_alone() {
    let contract = connected_with(Given {
        budgets: short(),
        ..Given::default()
    })
    .await;
    contract.sandbox.stop().await;
    let mut kinds = Vec::new();
    for _ in 0..4 {
        let found = contract.connection.find(&id("12345"), &fresh()).await;
        kinds.push(found.expect_err("nobody is there").kind);
    }
    let refused = FaultKind::Network(HttpFault::Refused);
    assert_eq!(kinds[..2], [refused.clone(), refused], "{kinds:?}");
    assert_eq!(
        kinds[3],
        FaultKind::Paused,
        "five failures in a row: {kinds:?}"
    );
    assert!(matches!(
        contract.connection.state().breaker,
        BreakerState::Open { .. }
    ));
}

#[tokio::test]
async fn one_panel_fails_and_the_others_do_not() {
    let contract = connected().await;
    contract.sandbox.set_fault(Some(
        FaultRule::always(Fault::Forbidden).on("/api/customers/12345/cases"),
    ));
    let found = contract.connection.find(&id("12345"), &fresh()).await;
    let cesar = found.expect("he is known").customers.remove(0);
    let context = fresh();
    let (cases, activities) = tokio::join!(
        contract.connection.cases(&cesar, &context),
        contract.connection.activities(&cesar, &context),
    );
    assert_eq!(cases.expect_err("no right").kind, FaultKind::Forbidden);
    assert_eq!(activities.map(|listed| listed.total), Ok(Some(14)));
}

#[tokio::test]
async fn two_connections_share_nothing_but_the_server() {
    let contract = connected().await;
    let other = connection(
        &contract.sandbox.origin(),
        Given {
            token: "other",
            ..Given::default()
        },
    );
    let context = fresh();
    let (one, two) = tokio::join!(contract.connection.test(&context), other.test(&context),);
    assert!(one.is_ok(), "{one:?}");
    assert_eq!(
        two.expect_err("its token is another").kind,
        FaultKind::SignInNeeded
    );
}
