//! The ServiceNow double, asked as the REST API reference asks.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pop_doubles::oauth::Rules;
use pop_doubles::servicenow::{
    BASIC, CLIENT_SECRET, Join, ServiceNow, ServiceNowOptions, conditions,
};
use pop_doubles::{Act, Double, Landing, Trouble, browse};
use serde_json::{Value, json};

use crate::support::{Client, form, value};

const TABLE: &str = "/api/now/table";

async fn started() -> (ServiceNow, Double) {
    started_with(ServiceNowOptions::default()).await
}

async fn started_with(options: ServiceNowOptions) -> (ServiceNow, Double) {
    let instance = ServiceNow::new(options);
    let double = Double::start(instance.clone()).await.expect("a free port");
    (instance, double)
}

async fn asked(double: &Double, table: &str, members: &[(&str, &str)]) -> Value {
    let target = format!("{TABLE}/{table}?{}", form(members));
    let answer = Client::signed_in(double).get(&target).await;
    assert_eq!(answer.status, 200, "{}", value(&answer));
    value(&answer)["result"].clone()
}

async fn count(double: &Double, table: &str, query: &str) -> usize {
    let rows = asked(
        double,
        table,
        &[("sysparm_query", query), ("sysparm_fields", "sys_id")],
    )
    .await;
    rows.as_array().expect("a list").len()
}

#[tokio::test]
async fn conditions_join_as_the_platform_joins_them() {
    let (_, double) = started().await;
    for (query, rows) in [
        ("email=ANN.O'NEIL@example.com^active=true", 1),
        ("email=team@example.com", 3),
        ("phone=+1 415 555 0100^ORmobile_phone=+1 415 555 0100", 1),
        ("phoneIN(415) 555-0199,+1 415 555 0100", 2),
        ("phoneLIKE415^phoneLIKE0199", 1),
        ("last_name=Lind^NQlast_name=O'Neil", 2),
        (
            "last_name=Lind^first_name=Nobody^NQlast_name=O'Neil^active=true",
            1,
        ),
        ("last_name=Lind^ORlast_name=O'Neil^first_name=Ann", 1),
        ("account.name=northwind bank", 1),
        ("emailISEMPTY", 1),
        ("nameSTARTSWITHSupport", 3),
        ("email=nobody@example.com", 0),
        ("name=Bobby \"Tables\" O'Quote \\^^%_{}* <b>&amp;", 1),
    ] {
        assert_eq!(
            count(&double, "customer_contact", query).await,
            rows,
            "{query}"
        );
    }
    let parsed = conditions("a.b=x^^y^ORcLIKEz^NQd!=1^ORDERBYe^nonsense");
    let joined = parsed
        .iter()
        .map(|it| (it.join, it.field.as_str(), it.operator, it.value.as_str()));
    let expected = [
        (Join::And, "a.b", "=", "x^y"),
        (Join::Or, "c", "LIKE", "z"),
        (Join::New, "d", "!=", "1"),
    ];
    assert_eq!(joined.collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn a_condition_that_cannot_be_asked_disappears_without_a_word() {
    let (instance, double) = started().await;
    let everybody = count(&double, "customer_contact", "").await;
    assert_eq!(
        count(
            &double,
            "customer_contact",
            "u_email=ann.o'neil@example.com"
        )
        .await,
        everybody
    );
    instance.hide_field("email");
    assert_eq!(
        count(&double, "customer_contact", "email=ann.o'neil@example.com").await,
        everybody
    );
    let rows = asked(
        &double,
        "customer_contact",
        &[("sysparm_fields", "sys_id,email,nope")],
    )
    .await;
    assert_eq!(
        rows[0].as_object().map(serde_json::Map::len),
        Some(1),
        "hidden and unknown fields are left out"
    );

    let options = ServiceNowOptions {
        strict_queries: true,
        ..ServiceNowOptions::default()
    };
    let (_, strict) = started_with(options).await;
    assert_eq!(count(&strict, "customer_contact", "u_email=x").await, 0);
    assert_eq!(
        count(&strict, "customer_contact", "email=juergen@example.de").await,
        1
    );
}

#[tokio::test]
async fn values_are_shown_raw_labelled_or_both() {
    let (_, double) = started().await;
    let cast = double.cast();
    let query = format!(
        "contact={}^active=true^ORDERBYDESCsys_updated_on",
        cast.ann.id
    );
    let fields = "number,state,contact,contact.email,sys_updated_on";
    let ask = async |shown: &str, links: &str| {
        let members = [
            ("sysparm_query", query.as_str()),
            ("sysparm_fields", fields),
            ("sysparm_display_value", shown),
            ("sysparm_exclude_reference_link", links),
        ];
        asked(&double, "sn_customerservice_case", &members).await
    };
    let raw = ask("false", "true").await;
    assert_eq!(raw.as_array().map(Vec::len), Some(2));
    assert_eq!(
        raw[0],
        json!({ "number": "CS0001013", "state": "1", "contact": cast.ann.id,
        "contact.email": "ann.o'neil@example.com", "sys_updated_on": "2026-09-10 10:11:12" })
    );
    let all = ask("all", "true").await;
    assert_eq!(
        all[0]["state"],
        json!({ "display_value": "New", "value": "1" })
    );
    assert_eq!(all[0]["contact"]["display_value"], "Ann O'Neil");
    assert_ne!(
        all[0]["sys_updated_on"]["display_value"],
        all[0]["sys_updated_on"]["value"]
    );
    let linked = ask("true", "false").await;
    assert!(
        linked[0]["contact"]["link"]
            .as_str()
            .is_some_and(|link| link.ends_with(&cast.ann.id))
    );
}

#[tokio::test]
async fn a_contact_is_a_user_too_and_a_plain_user_no_contact() {
    let (_, double) = started().await;
    let client = Client::signed_in(&double);
    let cast = double.cast();
    let of = |table: &str, id: &str| format!("{TABLE}/{table}/{id}");
    assert_eq!(client.get(&of("sys_user", &cast.ann.id)).await.status, 200);
    let plain = &cast.family[2];
    assert_eq!(client.get(&of("sys_user", &plain.id)).await.status, 200);
    let missing = client.get(&of("customer_contact", &plain.id)).await;
    assert_eq!(missing.status, 404);
    assert_eq!(value(&missing)["error"]["message"], "No Record found");
    assert_eq!(
        client
            .get(&of("csm_consumer", &cast.family[1].id))
            .await
            .status,
        200
    );
    let unknown = client.get(&of("nope", "x")).await;
    assert_eq!(
        (unknown.status, value(&unknown)["error"]["message"].as_str()),
        (400, Some("Invalid table nope"))
    );
}

#[tokio::test]
async fn the_page_is_cut_before_hidden_rows_are_taken_out() {
    let (instance, double) = started().await;
    let team = "email=team@example.com^ORDERBYname";
    let page = [
        ("sysparm_query", team),
        ("sysparm_fields", "sys_id"),
        ("sysparm_limit", "2"),
    ];
    let target = format!("{TABLE}/customer_contact?{}", form(&page));
    let client = Client::signed_in(&double);
    let full = client.get(&target).await;
    assert_eq!(full.header("x-total-count"), Some("3"));
    let rows = value(&full)["result"].as_array().expect("rows").clone();
    assert_eq!(rows.len(), 2);
    let hidden = rows[0]["sys_id"].as_str().expect("an id");
    instance.hide_row(hidden);
    let short = client.get(&format!("{target}&sysparm_no_count=true")).await;
    assert_eq!(value(&short)["result"].as_array().map(Vec::len), Some(1));
    assert!(short.header("x-total-count").is_none());
    assert_eq!(
        client
            .get(&format!("{TABLE}/customer_contact/{hidden}"))
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn the_first_version_answers_404_for_nobody() {
    let (_, double) = started().await;
    let client = Client::signed_in(&double);
    let query = form(&[("sysparm_query", "email=nobody@example.com")]);
    for (version, status) in [("", 200), ("v2/", 200), ("v1/", 404)] {
        let target = format!("/api/now/{version}table/customer_contact?{query}");
        assert_eq!(client.get(&target).await.status, status);
    }
}

#[tokio::test]
async fn a_script_runs_and_is_remembered() {
    let (instance, double) = started().await;
    let me = [
        ("sysparm_query", "sys_id=javascript:gs.getUserID()"),
        ("sysparm_fields", "sys_id,user_name"),
    ];
    let rows = asked(&double, "sys_user", &me).await;
    assert_eq!(
        rows,
        json!([{ "sys_id": double.cast().agent.id, "user_name": "sam.agent" }])
    );
    assert_eq!(instance.scripts(), ["gs.getUserID()"]);
}

#[tokio::test]
async fn a_batch_carries_packed_bodies_and_a_status_for_each() {
    let (_, double) = started().await;
    let ann = double.cast().ann.id;
    let query = form(&[
        ("sysparm_query", &format!("contact={ann}^active=true")),
        ("sysparm_count", "true"),
    ]);
    let parts = json!({ "batch_request_id": "7", "rest_requests": [
        { "id": "count", "method": "GET", "url": format!("/api/now/stats/sn_customerservice_case?{query}"), "headers": [] },
        { "id": "none", "method": "GET", "url": "/api/now/table/nope", "headers": [] },
        { "id": "new", "method": "POST", "url": "/api/now/table/incident",
          "headers": [{ "name": "Content-Type", "value": "application/json" }],
          "body": STANDARD.encode(json!({ "short_description": "x" }).to_string()) } ] });
    let answer = Client::signed_in(&double)
        .json("POST", "/api/now/v1/batch", &parts)
        .await;
    let told = value(&answer);
    assert_eq!(
        (answer.status, &told["batch_request_id"]),
        (200, &json!("7"))
    );
    let serviced = told["serviced_requests"].as_array().expect("parts");
    let statuses = serviced
        .iter()
        .map(|part| part["status_code"].clone())
        .collect::<Vec<_>>();
    assert_eq!(statuses, [200, 400, 201]);
    let body = STANDARD
        .decode(serviced[0]["body"].as_str().expect("a body"))
        .expect("base64");
    let body: Value = serde_json::from_slice(&body).expect("JSON");
    assert_eq!(body["result"]["stats"]["count"], "2");
    assert_eq!(double.count(), 1);
}

#[tokio::test]
async fn a_case_is_made_and_misspelt_names_are_dropped() {
    let (instance, double) = started().await;
    let client = Client::signed_in(&double);
    let ann = double.cast().ann;
    let body = json!({ "contact": ann.id, "short_description": "Delivery missing", "priority": "3",
        "correlation_id": "i-1", "shortdescription": "typo" });
    let made = client
        .json("POST", "/api/sn_customerservice/case", &body)
        .await;
    assert_eq!(made.status, 201);
    let id = value(&made)["result"]["sys_id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let row = instance.record("sn_customerservice_case", &id);
    assert_eq!(
        (&row["account"], &row["shortdescription"]),
        (&json!(ann.account_id), &Value::Null)
    );
    assert_eq!(
        count(
            &double,
            "sn_customerservice_case",
            "correlation_id=i-1^active=true"
        )
        .await,
        1
    );

    let target = format!(
        "{TABLE}/sn_customerservice_case/{id}?sysparm_fields=state,active,work_notes&sysparm_display_value=all"
    );
    let changed = client
        .json(
            "PATCH",
            &target,
            &json!({ "state": "3", "work_notes": "done" }),
        )
        .await;
    let told = value(&changed)["result"].clone();
    assert_eq!(
        (&told["state"]["display_value"], &told["active"]["value"]),
        (&json!("Closed"), &json!("false"))
    );
    assert!(
        told["work_notes"]["display_value"]
            .as_str()
            .is_some_and(|text| text.contains("done"))
    );
    let activities = client
        .get(&format!("/api/sn_customerservice/case/{id}/activities"))
        .await;
    assert_eq!(value(&activities)["result"]["entries"][0]["value"], "done");

    let text = Some(("text/plain", "{}".to_owned()));
    let refused = client
        .try_send("POST", &format!("{TABLE}/incident"), text)
        .await
        .expect("an answer");
    assert_eq!(refused.status, 415);
    let labels = client
        .get("/api/sn_customerservice/case/field_values/state")
        .await;
    assert_eq!(
        value(&labels)["result"][0],
        json!({ "label": "New", "value": "1" })
    );
    assert_eq!(
        instance.incidents().iter().filter(|case| case.open).count(),
        2
    );
}

#[tokio::test]
async fn only_a_client_with_its_secret_gets_a_refresh_token() {
    let (_, double) = started().await;
    let client = Client::of(&double);
    let back = "http://localhost:21717/callback";
    let code = async || {
        let query = form(&[
            ("response_type", "code"),
            ("client_id", "screenpop-client"),
            ("redirect_uri", back),
            ("state", "s"),
        ]);
        let page = format!("https://acme.service-now.com/oauth_auth.do?{query}");
        let Ok(Landing::Sent(location)) = browse(&double, &page).await else {
            panic!("nobody was sent anywhere");
        };
        let (_, rest) = location.split_once("code=").expect("a code");
        rest.split('&').next().expect("a code").to_owned()
    };
    for secret in [None, Some(CLIENT_SECRET)] {
        let code = code().await;
        let mut members = vec![
            ("grant_type", "authorization_code"),
            ("client_id", "screenpop-client"),
            ("redirect_uri", back),
            ("code", &code),
        ];
        members.extend(secret.map(|secret| ("client_secret", secret)));
        let told = value(&client.form("/oauth_token.do", &members).await);
        assert_eq!(
            told["refresh_token"].is_string(),
            secret.is_some(),
            "{told}"
        );
        assert_eq!(told["expires_in"], 1800);
    }
    let asked = json!({ "grant_type": "refresh_token" });
    let refused = client.json("POST", "/oauth_token.do", &asked).await;
    assert_eq!(
        (refused.status, &value(&refused)["error"]),
        (401, &json!("server_error")),
        "forms only"
    );
}

#[tokio::test]
async fn a_wrong_redirect_goes_to_the_first_one_registered() {
    let (_, double) = started().await;
    double.oauth().register("http://localhost:21717/callback");
    let page = "https://acme.service-now.com/oauth_auth.do?response_type=code&client_id=screenpop-client&state=s&redirect_uri=http://localhost:9/callback";
    let Ok(Landing::Sent(location)) = browse(&double, page).await else {
        panic!("nobody was sent anywhere");
    };
    assert!(
        location.starts_with("http://localhost:21717/callback?"),
        "{location}"
    );
}

#[tokio::test]
async fn a_credential_is_needed_and_basic_is_one() {
    let rules = Rules {
        client_secret: None,
        ..ServiceNowOptions::default().rules
    };
    let (_, double) = started_with(ServiceNowOptions {
        rules,
        ..ServiceNowOptions::default()
    })
    .await;
    let target = format!("{TABLE}/incident?sysparm_limit=1");
    let refused = Client::of(&double).get(&target).await;
    assert_eq!(
        (refused.status, value(&refused)["error"]["message"].as_str()),
        (401, Some("User Not Authenticated"))
    );
    for (password, status) in [(BASIC.1, 200), ("wrong", 401)] {
        let packed = STANDARD.encode(format!("{}:{password}", BASIC.0));
        let client = Client::of(&double).with("authorization", &format!("Basic {packed}"));
        assert_eq!(client.get(&target).await.status, status);
    }
    double.next(Act::Trouble(Trouble::RateLimited));
    let limited = Client::signed_in(&double).get(&target).await;
    assert_eq!(
        (limited.status, limited.header("retry-after")),
        (429, Some("17"))
    );
    double.next(Act::Trouble(Trouble::Unavailable));
    let sleeping = Client::signed_in(&double).get(&target).await;
    assert!(String::from_utf8_lossy(&sleeping.body).contains("sleeping"));
    let good = Client::signed_in(&double).get(&target).await;
    assert!(good.status == 200 && good.header("set-cookie").is_some());
}
