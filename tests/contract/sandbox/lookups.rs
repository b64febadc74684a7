//! Finding, listing, searching, opening: what is asked, and what becomes of the answers.

use pop_core::http::{Http, Method, Request};
use pop_core::link::LoopbackOrigin;
use pop_core::profile::{Customer, Priority, RecordKind};
use pop_crm::{Context, ReqwestHttp};

use crate::support::{
    Contract, Given, connected, connected_with, email, external_id, id, ids, phone,
};

async fn cesar(contract: &Contract) -> Customer {
    let found = contract
        .connection
        .find(&id("12345"), &Context::default())
        .await;
    found.expect("he is known").customers.remove(0)
}

#[tokio::test]
async fn the_guides_exchange_works_exactly() {
    let contract = connected().await;
    let context = Context {
        traceparent: Some("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".into()),
        ..Context::default()
    };
    let found = contract
        .connection
        .find(&id("12345"), &context)
        .await
        .expect("he is known");
    assert_eq!(
        (found.customers.len(), found.strangers, found.round_trips),
        (1, 0, 1)
    );
    let cesar = &found.customers[0];
    assert_eq!(cesar.id, "12345");
    assert_eq!(cesar.name.as_deref(), Some("Cesar Gonzalez"));
    assert_eq!(cesar.tier.as_deref(), Some("premium"));
    assert_eq!(cesar.open_cases, Some(2));

    let requests = contract.sandbox.requests();
    assert_eq!(requests.len(), 1, "one request and no other: {requests:?}");
    let request = &requests[0];
    assert_eq!(
        (request.method.as_str(), request.path.as_str()),
        ("GET", "/api/customers/12345")
    );
    assert_eq!(request.query, None);
    assert_eq!(
        request.header("authorization"),
        Some("[redacted]"),
        "it is there, and accepted"
    );
    assert_eq!(
        request.header("traceparent"),
        context.traceparent.as_deref()
    );
    assert_eq!(
        contract.sandbox.requests()[0].header("accept"),
        Some("application/json")
    );
}

#[tokio::test]
async fn everything_that_the_record_holds_is_read() {
    let contract = connected().await;
    let found = contract
        .connection
        .find(&external_id("40812"), &Context::default())
        .await;
    let vip = found.expect("she is known").customers.remove(0);
    assert!(vip.vip && vip.tier.as_deref() == Some("vip"), "{vip:?}");
    assert_eq!(
        (vip.language.as_deref(), vip.region.as_deref()),
        (Some("German"), Some("DACH"))
    );
    assert_eq!(vip.owner.as_deref(), Some("J. Brandt, ext. 4410"));
    assert_eq!(
        (vip.emails[0].as_str(), vip.phones[0].as_str()),
        ("a.wh@example.com", "+493023125042")
    );
    let facts = vip
        .extra
        .iter()
        .map(|fact| (fact.name.as_str(), fact.value.as_str(), fact.masked));
    let expected = [
        ("account", "DE •• 9083", false),
        ("since", "1998", false),
        ("birth_year", "1961", true),
        ("city", "Berlin", false),
    ];
    assert_eq!(facts.collect::<Vec<_>>(), expected);

    let found = contract
        .connection
        .find(&id("20005"), &Context::default())
        .await;
    let bare = found.expect("known").customers.remove(0);
    assert!(
        bare.emails.is_empty() && bare.phones.is_empty() && bare.extra.is_empty(),
        "{bare:?}"
    );
    assert_eq!(
        (bare.language, bare.region, bare.owner, bare.company),
        (None, None, None, None)
    );
}

#[tokio::test]
async fn a_number_is_found_in_any_spelling() {
    let contract = connected().await;
    for number in [
        "+34600012345",
        "0034 600 01 23 45",
        "600 012 345",
        "tel:+34-600-012-345",
        "sip:+34600012345@pbx.example",
    ] {
        let found = contract
            .connection
            .find(&phone(number), &Context::default())
            .await;
        let found = found.unwrap_or_else(|fault| panic!("{number}: {fault:?}"));
        assert_eq!(ids(&found.customers), ["12345"], "{number}");
    }
    let sent = contract.sandbox.requests();
    assert!(
        sent.iter()
            .all(|request| request.query.as_deref() == Some("phone=%2B34600012345"))
    );
}

#[tokio::test]
async fn a_shared_number_finds_everybody_who_shares_it() {
    let contract = connected().await;
    let found = contract
        .connection
        .find(&phone("+34600012777"), &Context::default())
        .await;
    let mut found = found.expect("they are known");
    found.customers.sort_by(|one, other| one.id.cmp(&other.id));
    assert_eq!(ids(&found.customers), ["12977", "12978", "88120"]);
    let found = contract
        .connection
        .find(&phone("+34600999999"), &Context::default())
        .await;
    assert_eq!(
        found.map(|found| found.customers.len()),
        Ok(0),
        "and nobody else's finds nobody"
    );
}

#[tokio::test]
async fn an_address_is_found_in_any_case() {
    let contract = connected().await;
    let found = contract
        .connection
        .find(&email("C.Gonzalez@Example.COM"), &Context::default())
        .await;
    assert_eq!(
        found.map(|found| ids(&found.customers).join(" ")),
        Ok("12345".into())
    );
}

#[tokio::test]
async fn names_of_all_scripts_arrive_as_they_are() {
    let contract = connected().await;
    for (key, name) in [
        ("20002", "فاطمة بنت عبد الرحمن الزهراني"),
        ("20003", "נועם בן־דוד"),
        ("20004", "佐藤 花子"),
        ("20006", "Bobby \"<script>alert(1)</script>\" O'Neil & Sons"),
        ("C-77.04_b", "Identifier With Letters"),
    ] {
        let found = contract
            .connection
            .find(&id(key), &Context::default())
            .await
            .expect("known");
        assert_eq!(found.customers[0].name.as_deref(), Some(name), "{key}");
    }
}

#[tokio::test]
async fn a_stranger_is_never_shown_when_the_server_ignores_the_question() {
    let contract = connected_with(Given {
        overlay: "remove = [\"find.email.query.email\"]
find.email.query.limit = \"30\"
",
        ..Given::default()
    })
    .await;
    let found = contract
        .connection
        .find(&email("c.gonzalez@example.com"), &Context::default())
        .await;
    let found = found.expect("an answer");
    assert!(
        found
            .customers
            .iter()
            .all(|customer| customer.id == "12345"),
        "{found:?}"
    );
    assert!(
        found.strangers >= 29,
        "all others were dropped: {}",
        found.strangers
    );
}

#[tokio::test]
async fn ids_beyond_what_machines_count_keep_their_digits_on_the_way() {
    let contract = connected().await;
    for number in [
        "9007199254740993",
        "18446744073709551617",
        "340282366920938463463374607431768211457",
    ] {
        let found = contract
            .connection
            .find(&id(number), &Context::default())
            .await;
        assert_eq!(
            found.map(|found| found.customers.len()),
            Ok(0),
            "nobody has it"
        );
        let requests = contract.sandbox.requests();
        let path = &requests.last().expect("it was asked").path;
        assert_eq!(path, &format!("/api/customers/{number}"));
    }
}

#[tokio::test]
async fn hostile_values_are_only_values() {
    let contract = connected().await;
    for value in [
        "' OR 1=1 --",
        "12345/cases",
        "../me",
        "12345?x=1",
        "12345#x",
        "%2e%2e%2fme",
        "a\\b",
        "a;b|c",
        "<script>",
        "{id}",
        "javascript:1",
        "😀",
        "12345 ",
        "a&email=b",
        "..%2f",
    ] {
        contract.sandbox.forget_requests();
        let found = contract
            .connection
            .find(&external_id(value), &Context::default())
            .await;
        assert_eq!(
            found.map(|found| found.customers.len()),
            Ok(0),
            "{value}: nobody has it"
        );
        let requests = contract.sandbox.requests();
        let rest = requests[0]
            .path
            .strip_prefix("/api/customers/")
            .expect("below the customers");
        assert!(
            !rest.contains('/') && requests[0].query.is_none(),
            "{value}: {rest}"
        );
    }
    contract.sandbox.forget_requests();
    for value in ["..", ".", "a\u{0}", "a\r\nb", "\u{202e}"] {
        let found = contract
            .connection
            .find(&external_id(value), &Context::default())
            .await;
        assert_eq!(
            found.map_err(|fault| fault.slug()).err(),
            Some("E_QUERY_VALUE"),
            "{value:?}"
        );
    }
    assert!(contract.sandbox.requests().is_empty(), "0 bytes sent");
}

#[tokio::test]
async fn open_cases_and_earlier_interactions_are_listed() {
    let contract = connected().await;
    let cesar = cesar(&contract).await;
    let cases = contract
        .connection
        .cases(&cesar, &Context::default())
        .await
        .expect("his cases");
    assert_eq!(
        (cases.items.len(), cases.total, cases.strangers),
        (2, Some(2), 0)
    );
    let loan = cases
        .items
        .iter()
        .find(|case| case.id == "20481")
        .expect("the loan");
    assert_eq!(
        loan.subject.as_deref(),
        Some("Home loan: proof of income missing")
    );
    assert_eq!((loan.status.as_deref(), loan.open), (Some("Pending"), true));
    assert_eq!(
        (loan.priority, loan.owner.as_deref()),
        (Some(Priority::High), Some("agent07"))
    );
    assert!(loan.number.is_some() && loan.stamp.is_some(), "{loan:?}");
    assert!(
        loan.created < loan.updated && loan.updated < loan.due,
        "{loan:?}"
    );

    let activities = contract
        .connection
        .activities(&cesar, &Context::default())
        .await;
    let activities = activities.expect("his interactions");
    assert_eq!(activities.total, Some(14));
    let latest = &activities.items[0];
    assert_eq!(
        latest.subject.as_deref(),
        Some("Loan status, documents asked")
    );
    assert_eq!(
        (latest.kind.as_deref(), latest.outcome.as_deref()),
        (Some("chat"), Some("Resolved"))
    );
    assert!(
        latest.at.is_some() && latest.agent.as_deref() == Some("agent07"),
        "{latest:?}"
    );
}

#[tokio::test]
async fn words_find_customers_and_say_how_many() {
    let contract = connected().await;
    let listed = contract
        .connection
        .search("gonzalez import", &Context::default())
        .await;
    let listed = listed.expect("an answer");
    assert!(ids(&listed.items).contains(&"88120"), "{listed:?}");
    assert_eq!(
        listed.total,
        Some(u64::try_from(listed.items.len()).expect("few"))
    );
    let nobody = contract
        .connection
        .search("zzzz & 'x'", &Context::default())
        .await;
    assert_eq!(nobody.map(|listed| listed.items.len()), Ok(0));
}

#[tokio::test]
async fn the_connection_test_says_who_we_are() {
    let contract = connected().await;
    let me = contract
        .connection
        .test(&Context::default())
        .await
        .expect("the token is good");
    assert_eq!(
        (me.id.as_deref(), me.name.as_deref()),
        (Some("agent07"), Some("Sandbox Agent"))
    );
    let health = contract.connection.state();
    assert!(
        health.last_latency.is_some() && health.typical_latency.is_some(),
        "{health:?}"
    );
}

#[tokio::test]
async fn the_links_lead_to_real_pages() {
    let contract = connected().await;
    let cesar = cesar(&contract).await;
    let cases = contract
        .connection
        .cases(&cesar, &Context::default())
        .await
        .expect("his cases");
    let case = cases.items.iter().find(|case| case.id == "20481");
    let customer = contract
        .connection
        .link(RecordKind::Customer, &cesar, None)
        .expect("a link");
    let record = contract
        .connection
        .link(RecordKind::Case, &cesar, case)
        .expect("a link");
    let origin = contract.sandbox.origin();
    assert_eq!(customer.as_str(), format!("{origin}/customers/12345"));
    assert_eq!(record.as_str(), format!("{origin}/cases/20481"));
    for (url, says) in [
        (customer, "Cesar Gonzalez"),
        (record, "proof of income missing"),
    ] {
        let page = page(url.as_str()).await;
        assert!(page.contains(says), "{} is the page: {page}", url.as_str());
    }
}

/// The page behind an address, as a browser would get it.
async fn page(url: &str) -> String {
    let port = url
        .split(['/', ':'])
        .find_map(|part| part.parse().ok())
        .expect("a port");
    let http = ReqwestHttp::new(vec![LoopbackOrigin::of_own_sandbox(port)]).expect("TLS");
    let request = Request {
        method: Method::Get,
        url: url.to_owned(),
        headers: Vec::new(),
        body: None,
        limit: std::time::Duration::from_secs(5),
        max_body: 1_000_000,
    };
    let response = http.send(request).await.expect("the page is there");
    assert_eq!(response.status, 200, "{url}");
    String::from_utf8(response.body).expect("text")
}
