//! What is asked once for several, what is kept for how long, and what makes it forgotten.

use std::time::Duration;

use futures_util::future::join;
use pop_core::fault::FaultKind;
use pop_core::interaction::InteractionKey;
use pop_core::moment::Moment;
use pop_core::profile::Case;
use pop_crm::{Context, Found, InteractionFacts};
use serde_json::json;

use crate::support::{
    BY_EMAIL, BY_ID, Desk, HEAD, Reply, Seen, customer, desk, email, id, ids, text,
};

const CASES: &str = r#"
[cases.open]
call = "GET /people/{customer.id}/cases"
each = "body"
[cases.count]
call  = "GET /people/{customer.id}/count"
total = "body.count"
"#;

fn person() -> Reply {
    Reply::json(&json!({ "items": [{ "id": "7", "email": "a@b.example", "phone": "1" }] }))
}

fn nobody() -> Reply {
    Reply::json(&json!({ "items": [] }))
}

fn finds(handler: impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static) -> Desk {
    desk(&text(&[HEAD, BY_ID, BY_EMAIL]), handler)
}

fn lists(handler: impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static) -> Desk {
    desk(&text(&[HEAD, CASES]), handler)
}

async fn find(desk: &Desk) -> Result<Found, FaultKind> {
    find_in(desk, &Context::default()).await
}

async fn find_in(desk: &Desk, context: &Context) -> Result<Found, FaultKind> {
    let found = desk.connection.find(&email("a@b.example"), context).await;
    found.map_err(|fault| fault.kind)
}

/// One whose answers take longer than it takes to ask twice.
fn slow_finds(handler: impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static) -> Desk {
    let desk = finds(move |seen, count| handler(seen, count).later());
    desk.clock.stop();
    desk
}

fn asked(desk: &Desk) -> usize {
    desk.crm.seen().len()
}

fn case(id: &str) -> Case {
    Case {
        id: id.to_owned(),
        open: true,
        ..Case::default()
    }
}

async fn turns() {
    for _ in 0..10 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn two_who_ask_the_same_at_once_share_one_request() {
    let desk = slow_finds(|_, _| person());
    let (one, other) = join(find(&desk), find(&desk)).await;
    let one = one.expect("an answer");
    assert_eq!(ids(&one.customers), ["7"]);
    assert_eq!(Ok(one), other, "each gets it");
    assert_eq!(asked(&desk), 1);

    let context = Context::default();
    let (ann, ben) = (email("ann@b.example"), email("ben@b.example"));
    let _ = join(
        desk.connection.find(&ann, &context),
        desk.connection.find(&ben, &context),
    )
    .await;
    assert_eq!(asked(&desk), 3, "control: others are asked for each");
}

#[tokio::test]
async fn a_fault_is_shared_and_not_kept() {
    let desk = slow_finds(|_, count| match count {
        1 => Reply::status(403),
        _ => person(),
    });
    let (one, other) = join(find(&desk), find(&desk)).await;
    assert_eq!(
        (one.err(), other.err()),
        (Some(FaultKind::Forbidden), Some(FaultKind::Forbidden))
    );
    assert_eq!(asked(&desk), 1);
    assert!(find(&desk).await.is_ok(), "the next one asks again");
}

#[tokio::test]
async fn whoever_goes_away_does_not_take_the_answer_along() {
    for first_leaves in [true, false] {
        let desk = slow_finds(|_, _| person());
        let mut first = Box::pin(find(&desk));
        let mut second = Box::pin(find(&desk));
        tokio::select! {
            biased;
            _ = &mut first => panic!("the answer takes longer"),
            _ = &mut second => panic!("and is the same"),
            () = turns() => {}
        }
        assert_eq!(asked(&desk), 1);
        let stays = if first_leaves {
            drop(first);
            second
        } else {
            drop(second);
            first
        };
        let found = stays.await.expect("an answer");
        assert_eq!(ids(&found.customers), ["7"]);
        let requests = if first_leaves { 2 } else { 1 };
        assert_eq!(asked(&desk), requests, "asked again only if it must be");
    }
}

#[tokio::test]
async fn who_has_less_time_does_not_wait_for_another() {
    let desk = slow_finds(|_, _| person());
    let now = Moment::parse("2026-11-20T10:00:00Z").expect("a time");
    let hurried = Context {
        deadline: Some(now.after(Duration::from_secs(2))),
        ..Context::default()
    };
    let (one, other) = join(find(&desk), find_in(&desk, &hurried)).await;
    assert!(one.is_ok() && other.is_ok(), "{one:?} {other:?}");
    assert_eq!(asked(&desk), 2);
}

#[tokio::test]
async fn who_was_found_is_kept_for_a_minute() {
    let desk = finds(|_, _| person());
    let first = find(&desk).await.expect("an answer");
    assert_eq!(first.round_trips, 1);
    desk.clock.jump(Duration::from_secs(59));
    let second = find(&desk).await.expect("an answer");
    assert_eq!(second.customers, first.customers);
    assert_eq!((asked(&desk), second.round_trips), (1, 0), "it took none");
    desk.clock.jump(Duration::from_secs(1));
    assert!(find(&desk).await.is_ok());
    assert_eq!(asked(&desk), 2, "and no longer");
}

#[tokio::test]
async fn that_there_is_nobody_is_kept_for_a_quarter_of_a_minute() {
    let desk = finds(|_, count| if count == 1 { nobody() } else { person() });
    assert_eq!(find(&desk).await.map(|found| found.customers.len()), Ok(0));
    desk.clock.jump(Duration::from_secs(14));
    assert_eq!(find(&desk).await.map(|found| found.customers.len()), Ok(0));
    desk.clock.jump(Duration::from_secs(1));
    assert_eq!(find(&desk).await.map(|found| found.customers.len()), Ok(1));
    assert_eq!(asked(&desk), 2);
}

#[tokio::test]
async fn what_lacks_something_is_not_kept() {
    let second =
        "[find.other]\nby = \"email\"\ncall = \"GET /others\"\neach = \"body.items\"\ncheck = []\n";
    let partly = desk(&text(&[HEAD, BY_EMAIL, second]), |seen, _| {
        match seen.path().as_str() {
            "/others" => Reply::status(403),
            _ => person(),
        }
    });
    for _ in 0..2 {
        let found = find(&partly).await.expect("one of the two answers");
        assert!(found.incomplete.is_some(), "{found:?}");
    }
    assert_eq!(asked(&partly), 4, "both are asked again");

    let ann = customer("7");
    let no_count = lists(|seen, _| match seen.path().as_str() {
        "/people/7/count" => Reply::status(403),
        _ => Reply::json(&json!([{ "id": "k1" }])),
    });
    let whole = lists(|seen, _| match seen.path().as_str() {
        "/people/7/count" => Reply::json(&json!({ "count": 1 })),
        _ => Reply::json(&json!([{ "id": "k1" }])),
    });
    for desk in [&no_count, &whole] {
        for _ in 0..2 {
            let cases = desk.connection.cases(&ann, &Context::default()).await;
            assert_eq!(cases.map(|cases| cases.items.len()), Ok(1));
        }
    }
    assert_eq!(
        (asked(&no_count), asked(&whole)),
        (4, 2),
        "without a count it is asked again"
    );
}

#[tokio::test]
async fn somebody_who_looks_again_gets_what_is_so_now() {
    let desk = finds(|_, count| if count == 1 { nobody() } else { person() });
    assert!(find(&desk).await.is_ok());
    let again = Context {
        fresh: true,
        ..Context::default()
    };
    let found = find_in(&desk, &again).await.expect("an answer");
    assert_eq!(ids(&found.customers), ["7"]);
    let after = find(&desk).await.expect("an answer");
    assert_eq!(ids(&after.customers), ["7"], "which is then kept");
    assert_eq!(asked(&desk), 2);
}

#[tokio::test]
async fn a_change_makes_what_is_kept_about_that_customer_forgotten() {
    let desk = desk(&text(&[HEAD, BY_ID, CASES]), |seen, _| {
        match seen.path().as_str() {
            "/people/7" | "/people/8" => {
                Reply::json(&json!({ "id": seen.path().trim_start_matches("/people/") }))
            }
            "/people/7/count" => Reply::json(&json!({ "count": 0 })),
            _ => Reply::json(&json!([])),
        }
    });
    let (ann, context) = (customer("7"), Context::default());
    let ask = async || {
        assert!(desk.connection.find(&id("7"), &context).await.is_ok());
        assert!(desk.connection.find(&id("8"), &context).await.is_ok());
        assert!(desk.connection.cases(&ann, &context).await.is_ok());
        asked(&desk)
    };
    assert_eq!(ask().await, 4);
    assert_eq!(ask().await, 4, "all of it is kept");
    desk.connection.changed("7");
    assert_eq!(ask().await, 7, "of the other one it still is");
}

#[tokio::test]
async fn what_was_read_before_a_change_is_not_kept_after_it() {
    let desk = slow_finds(|_, _| person());
    let mut early = Box::pin(find(&desk));
    tokio::select! {
        biased;
        _ = &mut early => panic!("the answer takes longer"),
        () = turns() => {}
    }
    desk.connection.changed("7");
    let late = find(&desk);
    let (early, late) = join(early, late).await;
    assert!(early.is_ok() && late.is_ok());
    assert_eq!(asked(&desk), 2, "the later one does not join the earlier");
}

#[tokio::test]
async fn a_customer_created_here_is_found_although_the_index_lags() {
    let desk = finds(|_, count| if count < 3 { nobody() } else { person() });
    assert_eq!(find(&desk).await.map(|found| found.customers.len()), Ok(0));
    desk.connection
        .remember(&email("a@b.example"), customer("7"));
    let found = find(&desk).await.expect("an answer");
    assert_eq!(ids(&found.customers), ["7"]);
    let context = Context::default();
    let other = desk.connection.find(&email("x@b.example"), &context).await;
    assert_eq!(other.map(|found| found.customers.len()), Ok(0), "control");
    desk.clock.jump(Duration::from_mins(14));
    let found = find(&desk).await.expect("an answer");
    assert_eq!(ids(&found.customers), ["7"], "now the index knows it too");
    assert_eq!(found.customers[0].phones, ["1"], "and says more");

    let forgotten = finds(|_, _| nobody());
    forgotten
        .connection
        .remember(&email("a@b.example"), customer("7"));
    forgotten.clock.jump(Duration::from_mins(15));
    assert_eq!(
        find(&forgotten).await.map(|found| found.customers.len()),
        Ok(0),
        "an index that still does not know it will not"
    );
}

#[tokio::test]
async fn a_customer_created_here_is_known_while_the_crm_is_away() {
    let desk = finds(|_, _| Reply::status(403));
    assert!(find(&desk).await.is_err(), "control");
    desk.connection
        .remember(&email("a@b.example"), customer("7"));
    let found = find(&desk).await.expect("we know one");
    assert_eq!(ids(&found.customers), ["7"]);
    let fault = found.incomplete.expect("there may be more");
    assert_eq!(fault.kind, FaultKind::Forbidden);
}

#[tokio::test]
async fn a_case_created_here_is_among_the_open_ones_at_once() {
    let desk = lists(|seen, count| match seen.path().as_str() {
        "/people/7/count" => Reply::json(&json!({ "count": 1 })),
        _ if count < 5 => Reply::json(&json!([{ "id": "k1" }])),
        _ => Reply::json(&json!([{ "id": "k2", "subject": "From the CRM" }, { "id": "k1" }])),
    });
    let (ann, context) = (customer("7"), Context::default());
    let cases = async || {
        let cases = desk.connection.cases(&ann, &context).await;
        let cases = cases.expect("an answer");
        let subjects = cases
            .items
            .iter()
            .map(|case| (case.id.clone(), case.subject.clone()));
        (subjects.collect::<Vec<_>>(), cases.total)
    };
    let row = |id: &str, subject: Option<&str>| (id.to_owned(), subject.map(str::to_owned));
    assert_eq!(cases().await, (vec![row("k1", None)], Some(1)));
    desk.connection.remember_case("7", case("k2"));
    let both = vec![row("k2", None), row("k1", None)];
    assert_eq!(cases().await, (both, Some(2)), "though the list lags");
    desk.clock.jump(Duration::from_mins(1));
    let both = vec![row("k2", Some("From the CRM")), row("k1", None)];
    assert_eq!(cases().await, (both, Some(1)), "the CRM's own word counts");
    desk.connection.changed("7");
    let other = desk.connection.cases(&customer("8"), &context).await;
    assert!(other.is_ok_and(|cases| cases.items.len() == 2), "control");
}

#[tokio::test]
async fn everything_is_forgotten_at_sign_out() {
    let states = "[ref.states]\ncall = \"GET /states\"\nvalue = \"body\"\n[customer.extra]\nx = { value = \"ref.states.a\" }\n";
    let desk = desk(&text(&[HEAD, BY_EMAIL, states]), |seen, _| {
        match seen.path().as_str() {
            "/states" => Reply::json(&json!({ "a": "b" })),
            _ => person(),
        }
    });
    assert!(find(&desk).await.is_ok());
    assert_eq!(asked(&desk), 2);
    desk.clock.jump(Duration::from_hours(23));
    assert!(find(&desk).await.is_ok());
    assert_eq!(asked(&desk), 3, "slowly changing data is kept for a day");
    desk.connection
        .remember(&email("x@b.example"), customer("9"));
    desk.connection.forget();
    assert!(find(&desk).await.is_ok());
    assert_eq!(asked(&desk), 5, "and forgotten with the rest");
    let context = Context::default();
    let found = desk.connection.find(&email("x@b.example"), &context).await;
    assert!(
        found.is_ok_and(|found| found.customers.is_empty()),
        "what was created here too"
    );
}

#[tokio::test]
async fn a_find_that_reads_the_interaction_is_kept_for_that_one_alone() {
    let by_queue = BY_EMAIL.replace(
        "{ email = \"{email}\" }",
        "{ email = \"{email}\", queue = \"{interaction.queue?}\" }",
    );
    let reads = desk(&text(&[HEAD, &by_queue]), |_, _| person());
    let does_not = finds(|_, _| person());
    for queue in ["loans", "loans", "cards"] {
        let context = Context {
            interaction: Some(InteractionFacts {
                key: InteractionKey {
                    source: "desk".into(),
                    id: "1".into(),
                },
                channel: "chat",
                direction: "inbound",
                queue: Some(queue.into()),
                at: Moment::default(),
                title: String::new(),
                reason: None,
                language: None,
                summary: None,
                seconds: None,
            }),
            ..Context::default()
        };
        for desk in [&reads, &does_not] {
            assert!(find_in(desk, &context).await.is_ok());
        }
    }
    assert_eq!((asked(&reads), asked(&does_not)), (2, 1));
}
