//! Finding: every hit checked again, merged, counted; finds beside and after each other; steps.

use pop_core::fault::FaultKind;
use pop_crm::Context;
use serde_json::{Value, json};

use crate::support::{
    BY_EMAIL, BY_ID, Given, HEAD, Reply, desk, email, external_id, id, ids, loaded, open, phone,
    text,
};

const BY_PHONE: &str = r#"
[find.phone]
by    = "phone"
call  = "GET /people"
query = { phone = "{phone.e164}" }
each  = "body.items"
check = ["it.phone", "it.mobile"]
"#;

fn items(items: &Value) -> Reply {
    Reply::json(&json!({ "items": items }))
}

#[tokio::test]
async fn a_strangers_row_is_dropped_and_counted_and_the_list_stays() {
    let desk = desk(&text(&[HEAD, BY_EMAIL]), |_, _| {
        items(&json!([
            { "id": "1", "email": "ANN@example.com" },
            { "id": "2", "email": "bob@example.com" },
            { "id": "3", "email": null },
            { "id": "4" },
            { "id": "5", "email": "" },
            { "id": "6", "email": ["other@example.com", "ann@example.com"] },
            "no row at all",
        ]))
    });
    let found = desk
        .connection
        .find(&email("ann@example.com"), &Context::default())
        .await;
    let found = found.expect("an answer");
    assert_eq!(
        ids(&found.customers),
        ["1", "6"],
        "her address in any case, alone or in a list"
    );
    assert_eq!(found.strangers, 5, "everything else is somebody else's");
}

#[tokio::test]
async fn a_number_is_the_same_in_any_spelling_and_another_is_not() {
    let desk = desk(&text(&[HEAD, BY_PHONE]), |_, _| {
        items(&json!([
            { "id": "1", "phone": "+34 600 01 23 45" },
            { "id": "2", "phone": "600012345" },
            { "id": "3", "mobile": "(600) 01-23-45" },
            { "id": "4", "phone": "0034600012345" },
            { "id": "5", "phone": "+34600012346" },
            { "id": "6", "phone": "012345" },
            { "id": "7", "phone": "+44600012345" },
            { "id": "8", "phone": "anonymous" },
        ]))
    });
    let found = desk
        .connection
        .find(&phone("+34600012345"), &Context::default())
        .await;
    let found = found.expect("an answer");
    assert_eq!(
        ids(&found.customers),
        ["1", "2", "3", "4"],
        "one number, four spellings"
    );
    assert_eq!(found.strangers, 4);
    assert_eq!(
        desk.crm.seen()[0].query("phone").as_deref(),
        Some("+34600012345")
    );
}

#[tokio::test]
async fn ids_keep_every_digit() {
    for (number, text_of_it) in [
        ("9007199254740993", "9007199254740993"),
        ("18446744073709551617", "18446744073709551617"),
        (
            "340282366920938463463374607431768211457",
            "340282366920938463463374607431768211457",
        ),
        ("\"007\"", "007"),
    ] {
        let body = format!("{{\"id\":{number}}}");
        let desk = desk(&text(&[HEAD, BY_ID]), move |_, _| {
            Reply::of(200, "application/json", &body)
        });
        let found = desk
            .connection
            .find(&id(text_of_it), &Context::default())
            .await;
        assert_eq!(ids(&found.expect("an answer").customers), [text_of_it]);
    }
    let desk = desk(&text(&[HEAD, BY_ID]), |_, _| {
        Reply::of(200, "application/json", "{\"id\":9007199254740992}")
    });
    let found = desk
        .connection
        .find(&id("9007199254740993"), &Context::default())
        .await;
    assert_eq!(
        found.map(|found| found.strangers),
        Ok(1),
        "its neighbour is a stranger"
    );
}

#[tokio::test]
async fn no_record_is_none_and_no_fault() {
    let nobody = desk(&text(&[HEAD, BY_ID]), |_, _| Reply::status(404));
    let found = nobody
        .connection
        .find(&id("7"), &Context::default())
        .await
        .expect("none");
    assert_eq!(
        (found.customers.len(), found.strangers, found.round_trips),
        (0, 0, 1)
    );
    let page = desk(&text(&[HEAD, BY_ID]), |_, _| {
        Reply::of(404, "text/html", "<html>nothing here</html>")
    });
    let found = page.connection.find(&id("7"), &Context::default()).await;
    let kind = found
        .expect_err("a page says that the address is wrong")
        .kind;
    assert_eq!(kind, FaultKind::NotFound);
}

#[tokio::test]
async fn a_row_without_a_usable_id_is_a_fault_and_not_one_customer_less() {
    for body in [
        json!([{ "email": "a@b.example" }, { "id": "1", "email": "a@b.example" }]),
        json!([{ "id": "a b", "email": "a@b.example" }]),
    ] {
        let desk = desk(&text(&[HEAD, BY_EMAIL]), move |_, _| items(&body));
        let found = desk
            .connection
            .find(&email("a@b.example"), &Context::default())
            .await;
        assert_eq!(
            found.expect_err("unreadable").kind,
            FaultKind::AnswerNotUnderstood
        );
    }
}

#[tokio::test]
async fn what_is_no_list_is_not_understood() {
    for body in [
        json!({}),
        json!({ "items": null }),
        json!({ "items": {} }),
        json!([]),
        json!("x"),
    ] {
        let desk = desk(&text(&[HEAD, BY_EMAIL]), move |_, _| Reply::json(&body));
        let found = desk
            .connection
            .find(&email("a@b.example"), &Context::default())
            .await;
        assert_eq!(
            found.expect_err("never none").kind,
            FaultKind::AnswerNotUnderstood
        );
    }
}

#[tokio::test]
async fn at_most_twenty_customers_come_of_one_lookup() {
    let desk = desk(&text(&[HEAD, BY_EMAIL]), |_, _| {
        let rows = (0..150).map(|at| json!({ "id": format!("c{at}"), "email": "a@b.example" }));
        items(&rows.collect())
    });
    let found = desk
        .connection
        .find(&email("a@b.example"), &Context::default())
        .await;
    assert_eq!(found.map(|found| found.customers.len()), Ok(20));
}

const TWO: &str = r#"
[find.email]
by    = "email"
call  = "GET /contacts"
each  = "body"
check = ["it.email"]
[find.email_lead]
by    = "email"
call  = "GET /leads"
each  = "body"
check = ["it.email"]
map   = { type = "'Lead'", also = "present(it.contact)", extra.stage = { label = "Stage", value = "it.stage" } }
[find.email_old]
by      = "email"
if_none = ["email", "email_lead"]
call    = "GET /archive"
each    = "body"
check   = ["it.email"]
"#;

fn two(contacts: Value, leads: Value) -> impl Fn(&crate::support::Seen, usize) -> Reply {
    move |seen, _| match seen.path().as_str() {
        "/contacts" => Reply::json(&contacts),
        "/leads" => Reply::json(&leads),
        _ => Reply::json(&json!([{ "id": "old", "email": "a@b.example" }])),
    }
}

#[tokio::test]
async fn finds_of_one_identifier_run_side_by_side_and_one_human_is_one_entry() {
    let desk = desk(
        &text(&[HEAD, TWO]),
        two(
            json!([{ "id": "c1", "email": "a@b.example", "name": "Ann" }]),
            json!([
                { "id": "l1", "contact": "c1", "email": "a@b.example", "phone": "+34600012345", "stage": "new" },
                { "id": "l2", "email": "a@b.example" },
            ]),
        ),
    );
    let found = desk
        .connection
        .find(&email("a@b.example"), &Context::default())
        .await;
    let found = found.expect("an answer");
    assert_eq!(
        ids(&found.customers),
        ["c1", "l2"],
        "the lead l1 is the contact c1"
    );
    let ann = &found.customers[0];
    assert_eq!(
        (ann.name.as_deref(), ann.kind.as_deref()),
        (Some("Ann"), Some("Lead")),
        "filled up"
    );
    assert_eq!(
        (ann.phones.as_slice(), ann.also.as_slice()),
        (&["+34600012345".to_owned()][..], &["l1".to_owned()][..])
    );
    assert_eq!(ann.extra[0].value, "new");
    assert_eq!(found.round_trips, 1, "side by side");
    assert_eq!(desk.crm.seen().len(), 2, "the archive is not asked");
}

#[tokio::test]
async fn if_none_waits_until_the_named_finds_found_nobody() {
    let nobody = desk(&text(&[HEAD, TWO]), two(json!([]), json!([])));
    let found = nobody
        .connection
        .find(&email("a@b.example"), &Context::default())
        .await;
    let found = found.expect("an answer");
    assert_eq!((ids(&found.customers), found.round_trips), (vec!["old"], 2));

    let failed = desk(&text(&[HEAD, TWO]), |seen, _| match seen.path().as_str() {
        "/contacts" => Reply::status(403),
        _ => Reply::json(&json!([])),
    });
    let found = failed
        .connection
        .find(&email("a@b.example"), &Context::default())
        .await;
    assert_eq!(
        found.expect_err("a fault is not nobody").kind,
        FaultKind::Forbidden
    );
    assert_eq!(failed.crm.seen().len(), 2, "the archive is not asked");
}

#[tokio::test]
async fn a_find_that_failed_beside_one_that_found_somebody_leaves_a_mark() {
    let desk = desk(&text(&[HEAD, TWO]), |seen, _| match seen.path().as_str() {
        "/contacts" => Reply::json(&json!([{ "id": "c1", "email": "a@b.example" }])),
        _ => Reply::status(403),
    });
    let found = desk
        .connection
        .find(&email("a@b.example"), &Context::default())
        .await;
    let found = found.expect("what is there is shown");
    assert_eq!(ids(&found.customers), ["c1"]);
    let incomplete = found.incomplete.map(|fault| fault.kind);
    assert_eq!(incomplete, Some(FaultKind::Forbidden), "there may be more");
}

const STEPS: &str = r#"
[find.key]
by    = "external_id"
each  = "step.person.map(a, a.body)"
check = ["it.key"]
[find.key.step.hits]
call  = "POST /search"
json  = { key = "{external_id}" }
[find.key.step.person]
for  = "step.hits.body.ids"
max  = 3
call = "GET /people/{one}"
"#;

#[tokio::test]
async fn steps_build_on_each_other_and_for_sends_one_request_per_element() {
    let desk = desk(&text(&[HEAD, STEPS]), |seen, _| {
        match seen.path().as_str() {
            "/search" => Reply::json(&json!({ "ids": ["1", "2", "3", "4"] })),
            "/people/2" => Reply::status(404),
            path => Reply::json(&json!({ "id": path.trim_start_matches("/people/"), "key": "k" })),
        }
    });
    let found = desk
        .connection
        .find(&external_id("k"), &Context::default())
        .await;
    let found = found.expect("an answer");
    assert_eq!(
        ids(&found.customers),
        ["1", "3"],
        "2 is gone since, 4 is beyond max"
    );
    assert_eq!(found.round_trips, 2, "the people side by side");
    assert_eq!(desk.crm.seen().len(), 4);
}

#[tokio::test]
async fn when_says_that_there_is_nothing_to_ask() {
    let find = r#"
[find.key]
by    = "external_id"
when  = "external_id.startsWith('K')"
call  = "GET /people/{external_id}"
each  = "[body]"
check = ["it.key"]
"#;
    let desk = desk(&text(&[HEAD, find]), |_, _| {
        Reply::json(&json!({ "id": "1", "key": "K1" }))
    });
    let found = desk
        .connection
        .find(&external_id("X1"), &Context::default())
        .await;
    assert_eq!(
        found.map(|found| (found.customers.len(), found.round_trips)),
        Ok((0, 0))
    );
    let found = desk
        .connection
        .find(&external_id("K1"), &Context::default())
        .await;
    assert_eq!(
        found.map(|found| found.customers.len()),
        Ok(1),
        "the control"
    );
    assert_eq!(desk.crm.seen().len(), 1, "only the control was sent");
}

#[tokio::test]
async fn slowly_changing_data_is_fetched_beside_the_request_and_kept() {
    let more = r#"
[find.id]
by    = "id"
call  = "GET /people/{id}"
each  = "[body]"
check = ["it.id"]
map   = { tier = "calc.tiers[it.tier]" }
[ref.tiers]
call  = "GET /tiers"
value = "body.tiers"
keep  = "1h"
[calc]
tiers = "ref.tiers"
"#;
    let desk = desk(&text(&[HEAD, more]), |seen, _| match seen.path().as_str() {
        "/tiers" => Reply::json(&json!({ "tiers": { "1": "gold" } })),
        _ => Reply::json(&json!({ "id": "7", "tier": "1" })),
    });
    let again = Context {
        fresh: true,
        ..Context::default()
    };
    for _ in 0..2 {
        let found = desk
            .connection
            .find(&id("7"), &again)
            .await
            .expect("an answer");
        assert_eq!(
            found.customers[0].tier.as_deref(),
            Some("gold"),
            "translated"
        );
        assert_eq!(found.round_trips, 1, "beside, not before");
    }
    let paths = || {
        desk.crm
            .seen()
            .iter()
            .filter(|seen| seen.path() == "/tiers")
            .count()
    };
    assert_eq!(paths(), 1, "kept");
    desk.clock.jump(std::time::Duration::from_secs(3_601));
    assert!(
        desk.connection
            .find(&id("7"), &Context::default())
            .await
            .is_ok()
    );
    assert_eq!(paths(), 2, "and fetched again when its time is over");
}

#[tokio::test]
async fn a_part_whose_optional_setting_is_empty_is_off() {
    let more = r#"
[setting.field]
kind     = "name"
optional = true
[find.key]
by    = "external_id"
call  = "GET /people"
query = { field = "{setting.field}", value = "{external_id}" }
each  = "body"
check = ["it[setting.field]"]
"#;
    let definition = loaded(&text(&[HEAD, more]));
    let off = open(&definition, Given::default(), |_, _| Reply::Silence);
    let off = off.unwrap_or_else(|faults| panic!("{faults:?}"));
    let found = off
        .connection
        .find(&external_id("k"), &Context::default())
        .await;
    assert_eq!(found.expect_err("off").kind, FaultKind::NotSupported);
    assert!(
        off.connection.capabilities().finds.is_empty(),
        "and says so"
    );

    let given = Given {
        settings: json!({ "field": "No__c" }),
        ..Given::default()
    };
    let on = open(&definition, given, |_, _| {
        Reply::json(&json!([{ "id": "1", "No__c": "k" }]))
    });
    let on = on.unwrap_or_else(|faults| panic!("{faults:?}"));
    let found = on
        .connection
        .find(&external_id("k"), &Context::default())
        .await;
    assert_eq!(
        found.map(|found| found.customers.len()),
        Ok(1),
        "filled in, it works"
    );
    assert_eq!(on.connection.capabilities().finds.len(), 1);
}

#[tokio::test]
async fn searching_by_words_lists_what_comes_and_how_many_there_are() {
    let more = "[search.words]\ncall = \"GET /people\"\nquery = { q = \"{words}\" }\neach = \"body.items\"\ntotal = \"body.total\"\n";
    let desk = desk(&text(&[HEAD, more]), |_, _| {
        Reply::json(&json!({ "items": [{ "id": "1" }, { "id": "2" }], "total": "214" }))
    });
    let listed = desk
        .connection
        .search("  o'neil & co ", &Context::default())
        .await;
    let listed = listed.expect("an answer");
    assert_eq!(
        (ids(&listed.items), listed.total),
        (vec!["1", "2"], Some(214))
    );
    assert_eq!(
        desk.crm.seen()[0].query("q").as_deref(),
        Some("o'neil & co")
    );
    let empty = desk.connection.search("   ", &Context::default()).await;
    assert_eq!(
        empty.expect_err("nothing to look for").kind,
        FaultKind::MissingName("words".into())
    );
}

#[tokio::test]
async fn a_find_that_was_not_sent_did_not_find_nobody() {
    let more = TWO.replace(
        "[find.email]\nby    = \"email\"\n",
        "[find.email]\nby    = \"email\"\nwhen  = \"email.endsWith('.example')\"\n",
    );
    let desk = desk(&text(&[HEAD, &more]), two(json!([]), json!([])));
    let unsent = desk
        .connection
        .find(&email("a@b.test"), &Context::default())
        .await
        .expect("nothing failed");
    assert!(
        unsent.customers.is_empty(),
        "the archive waits for an answer: {unsent:?}"
    );
    let paths = desk
        .crm
        .seen()
        .iter()
        .map(crate::support::Seen::path)
        .collect::<Vec<_>>();
    assert_eq!(paths, ["/leads"], "neither the contacts nor the archive");
    let sent = desk
        .connection
        .find(&email("a@b.example"), &Context::default())
        .await;
    assert_eq!(
        sent.map(|found| found.customers.len()),
        Ok(1),
        "the control: all were asked"
    );
}
