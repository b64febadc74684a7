//! Zendesk, asked as developer.zendesk.com writes it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pop_core::http::Response;
use pop_doubles::cast::{ANN, FAMILY_PHONE, NOBODY, QUOTES};
use pop_doubles::zendesk::{API_TOKEN, Zendesk, literals};
use pop_doubles::{Act, Double, Trouble};
use serde_json::{Value, json};

use crate::support::{Client, HOSTILE, form, value};

async fn started() -> (Zendesk, Double) {
    let zendesk = Zendesk::default();
    let double = Double::start(zendesk.clone()).await.expect("a free port");
    (zendesk, double)
}

async fn found(client: &Client<'_>, query: &str) -> Vec<Value> {
    let target = format!("/api/v2/users/search?{}", form(&[("query", query)]));
    let answer = client.get(&target).await;
    assert_eq!(answer.status, 200, "{query}");
    value(&answer)["users"].as_array().cloned().expect("a list")
}

fn error(answer: &Response) -> (u16, Value) {
    (answer.status, value(answer)["error"].clone())
}

#[tokio::test]
async fn the_cast_is_found_by_id_external_id_address_and_number() {
    let (_, double) = started().await;
    let client = Client::signed_in(&double);
    let cast = double.cast();

    let by_id = client
        .get(&format!(
            "/api/v2/users/{}.json?include=organizations",
            cast.ann.id
        ))
        .await;
    let by_id = value(&by_id);
    assert_eq!(by_id["user"]["name"], "Ann O'Neil");
    assert_eq!(by_id["organizations"][0]["name"], "Northwind Bank");
    let target = "/api/v2/users/search?external_id=40812&include=identities";
    let external = client.get(target).await;
    assert_eq!(value(&external)["identities"][1]["value"], "+14155550100");
    assert_eq!(value(&external)["users"][0]["id"].to_string(), cast.ann.id);

    let email = format!("role:end-user email:\"{}\"", ANN.email.expect("an address"));
    assert_eq!(found(&client, &email).await.len(), 1);
    assert_eq!(
        found(&client, "role:end-user phone:*4155550100")
            .await
            .len(),
        1
    );
    let family = format!("role:end-user phone:*{}", &FAMILY_PHONE[2..]);
    let family = found(&client, &family).await;
    assert_eq!(family.len(), 3, "however they were typed");
    assert!(family.iter().all(|it| it["shared_phone_number"] == true));
    let hostile = format!("email:\"{}\"", QUOTES.email.expect("an address"));
    assert_eq!(found(&client, &hostile).await.len(), 1);
    for nobody in [
        format!("email:\"{}\"", NOBODY.0),
        "phone:*4930999999".into(),
    ] {
        assert_eq!(found(&client, &nobody).await, [] as [Value; 0], "{nobody}");
    }
}

#[tokio::test]
async fn a_quote_in_a_query_lets_the_value_out_and_a_path_takes_no_syntax() {
    let (_, double) = started().await;
    let client = Client::signed_in(&double);
    let hostile = r#"email:"zz" email:"ann.o'neil@example.com""#;
    assert_eq!(
        found(&client, hostile).await.len(),
        1,
        "somebody else is found"
    );
    let target = format!(
        "/api/v2/users/search?{}",
        form(&[("external_id", "40812\" OR 1")])
    );
    assert_eq!(value(&client.get(&target).await)["count"], 0);
}

#[test]
fn a_value_without_its_quotes_stays_one_phrase() {
    for value in HOSTILE {
        let taken = value.replace(['"', '\\'], "");
        let query = format!("role:end-user email:\"{taken}\" status<solved");
        assert_eq!(literals(&query), Ok(vec![taken]), "{value}");
    }
    assert_eq!(
        literals("email:\"a\"b\" c"),
        Err("a quote is never closed".into())
    );
}

#[tokio::test]
async fn tickets_counts_comments_and_statuses_of_a_person_are_told() {
    let (_, double) = started().await;
    let client = Client::signed_in(&double);
    let ann = double.cast().ann;
    let target = format!(
        "/api/v2/users/{}/tickets/requested?sort_by=updated_at&sort_order=desc&per_page=25\
         &include=comment_count,users",
        ann.id
    );
    let told = value(&client.get(&target).await);
    let tickets = told["tickets"].as_array().expect("a list");
    let ids: Vec<String> = tickets.iter().map(|it| it["id"].to_string()).collect();
    let cast: Vec<String> = ann.cases.iter().map(|it| it.id.clone()).collect();
    assert_eq!(ids, cast, "the newest first, closed ones too");
    assert_eq!(tickets[0]["comment_count"], 2);
    assert_eq!(
        told["users"].as_array().map(Vec::len),
        Some(2),
        "Ann and the agent"
    );

    let open = form(&[(
        "query",
        &format!("type:ticket requester:{} status<solved", ann.id),
    )]);
    let count = client.get(&format!("/api/v2/search/count?{open}")).await;
    assert_eq!(value(&count)["count"], 2);
    let hits = client.get(&format!("/api/v2/search?{open}")).await;
    assert_eq!(value(&hits)["results"][0]["result_type"], "ticket");
    let query = form(&[
        ("query", "type:user ann"),
        ("include", "users(organizations)"),
    ]);
    let people = value(&client.get(&format!("/api/v2/search?{query}")).await);
    assert_eq!(people["results"][0]["result_type"], "user");
    assert_eq!(people["organizations"][0]["name"], "Northwind Bank");

    let related = client
        .get(&format!("/api/v2/users/{}/related", ann.id))
        .await;
    assert_eq!(value(&related)["user_related"]["requested_tickets"], 3);
    let comments = client
        .get(&format!(
            "/api/v2/tickets/{}/comments?sort=-created_at",
            ann.cases[0].id
        ))
        .await;
    assert_eq!(value(&comments)["comments"][1]["type"], "VoiceComment");
    let statuses = value(&client.get("/api/v2/custom_statuses").await);
    let own = statuses["custom_statuses"].as_array().expect("a list");
    let pending = own
        .iter()
        .find(|it| it["id"] == tickets[1]["custom_status_id"]);
    assert_eq!(
        pending.expect("its own")["agent_label"],
        "Waiting for the customer"
    );
    let identities = client
        .get(&format!(
            "/api/v2/users/{}/identities?type[]=phone_number",
            ann.id
        ))
        .await;
    assert_eq!(value(&identities)["identities"][0]["value"], "+14155550100");
}

#[tokio::test]
async fn a_key_makes_one_ticket_and_takes_no_other_request() {
    let (zendesk, double) = started().await;
    let client = Client::signed_in(&double).with("idempotency-key", "item-1");
    let body = json!({"ticket": {"subject": "S", "comment": {"body": "B", "public": false},
        "requester_id": 35_436, "priority": "high", "external_id": "item-1"}});
    let before = zendesk.ticket_count();
    let first = client.json("POST", "/api/v2/tickets", &body).await;
    assert_eq!(
        (first.status, first.header("x-idempotency-lookup")),
        (201, Some("miss"))
    );
    let id = value(&first)["ticket"]["id"].to_string();
    assert!(
        first
            .header("location")
            .is_some_and(|it| it.ends_with(&format!("/{id}.json")))
    );
    let again = client.json("POST", "/api/v2/tickets", &body).await;
    assert_eq!(again.header("x-idempotency-lookup"), Some("hit"));
    assert_eq!(value(&again)["ticket"]["id"], value(&first)["ticket"]["id"]);
    assert_eq!(zendesk.ticket_count(), before + 1);

    let other = json!({"ticket": {"subject": "T", "comment": {"body": "B"}}});
    let refused = client.json("POST", "/api/v2/tickets", &other).await;
    assert_eq!(error(&refused), (400, json!("IdempotentRequestError")));
    zendesk.let_keys_expire();
    let late = client.json("POST", "/api/v2/tickets", &body).await;
    assert_eq!(late.header("x-idempotency-lookup"), Some("miss"));
    assert_eq!(
        zendesk.ticket_count(),
        before + 2,
        "two hours later it is another one"
    );
    let keyless = Client::signed_in(&double);
    keyless.json("POST", "/api/v2/tickets", &body).await;
    assert_eq!(
        zendesk.ticket_count(),
        before + 3,
        "without a key it is another one"
    );
}

#[tokio::test]
async fn a_ticket_is_changed_only_as_it_was_read() {
    let (zendesk, double) = started().await;
    let client = Client::signed_in(&double);
    let id = double.cast().ann.cases[0].id.clone();
    let target = format!("/api/v2/tickets/{id}");
    let read = value(&client.get(&target).await)["ticket"].clone();
    let body = json!({"ticket": {"comment": {"body": "wrap-up", "public": false},
        "status": "pending", "safe_update": true, "updated_stamp": read["updated_at"]}});
    zendesk.touch_ticket(&id);
    let late = client.json("PUT", &target, &body).await;
    assert_eq!(error(&late), (409, json!("UpdateConflict")));
    assert_eq!(zendesk.ticket(&id)["status"], "open", "nothing was changed");

    let read = value(&client.get(&target).await)["ticket"].clone();
    let mut body = body;
    body["ticket"]["updated_stamp"] = read["updated_at"].clone();
    assert_eq!(client.json("PUT", &target, &body).await.status, 200);
    assert_eq!(zendesk.ticket(&id)["status"], "pending");
    assert_eq!(zendesk.ticket(&id)["custom_status_id"], 103);

    let closed = format!("/api/v2/tickets/{}", double.cast().ann.cases[2].id);
    let refused = client
        .json("PUT", &closed, &json!({"ticket": {"status": "open"}}))
        .await;
    assert_eq!(error(&refused), (422, json!("RecordInvalid")));
}

#[tokio::test]
async fn what_breaks_a_rule_is_refused_with_its_field() {
    let (zendesk, double) = started().await;
    let client = Client::signed_in(&double);
    let before = (zendesk.user_count(), zendesk.ticket_count());
    let twice = json!({"user": {"name": "Ann", "email": ANN.email}});
    let refused = client.json("POST", "/api/v2/users", &twice).await;
    assert_eq!(error(&refused), (422, json!("RecordInvalid")));
    assert_eq!(
        value(&refused)["details"]["email"][0]["error"],
        "DuplicateValue"
    );
    let unnamed = client
        .json("POST", "/api/v2/users", &json!({"user": {}}))
        .await;
    assert_eq!(value(&unnamed)["details"]["name"][0]["error"], "BlankValue");
    let mute = json!({"ticket": {"subject": "S", "priority": "huge"}});
    let refused = value(&client.json("POST", "/api/v2/tickets", &mute).await);
    assert_eq!(refused["details"]["base"][0]["error"], "BlankValue");
    assert_eq!(refused["details"]["priority"][0]["error"], "InvalidValue");
    let bare = client
        .json("POST", "/api/v2/tickets", &json!({"subject": "S"}))
        .await;
    assert_eq!(value(&bare)["error"]["title"], "Invalid attribute");
    let form = client.form("/api/v2/users", &[("name", "x")]).await;
    assert_eq!(form.status, 415);
    assert_eq!((zendesk.user_count(), zendesk.ticket_count()), before);

    let fresh = json!({"user": {"name": "New One", "email": "new@example.com"}});
    assert_eq!(
        client.json("POST", "/api/v2/users", &fresh).await.status,
        201
    );
    let wrong = client.get("/api/v2/users/abc").await;
    assert_eq!(wrong.status, 400, "an id is a number");
    assert_eq!(
        error(&client.get("/api/v2/users/1").await),
        (404, json!("RecordNotFound"))
    );
    assert_eq!(
        error(&client.get("/api/v2/nothing").await),
        (404, json!("InvalidEndpoint"))
    );
    assert_eq!(
        error(&client.get("/api/v2/search?query=").await),
        (400, json!("invalid"))
    );
    assert_eq!(
        client.get("/api/v2/search?query=ann&page=11").await.status,
        422
    );
}

#[tokio::test]
async fn me_without_a_token_is_an_anonymous_success_and_all_else_is_refused() {
    let (_, double) = started().await;
    let stranger = Client::of(&double);
    let me = stranger.get("/api/v2/users/me.json").await;
    assert_eq!((me.status, &value(&me)["user"]["id"]), (200, &Value::Null));
    assert_eq!(stranger.get("/api/v2/users/35436").await.status, 401);

    let agent = Client::signed_in(&double).get("/api/v2/users/me").await;
    assert_eq!(
        value(&agent)["user"]["id"].to_string(),
        double.cast().agent.id
    );
    let basic = |name: &str, token: &str| {
        let packed = STANDARD.encode(format!("{name}:{token}"));
        Client::of(&double).with("authorization", &format!("Basic {packed}"))
    };
    let name = format!("{}/token", double.cast().agent.email);
    assert_eq!(
        basic(&name, API_TOKEN)
            .get("/api/v2/users/35436")
            .await
            .status,
        200
    );
    let plain = basic(&double.cast().agent.email, API_TOKEN)
        .get("/api/v2/users/35436")
        .await;
    assert_eq!(error(&plain), (401, json!("Couldn't authenticate you")));

    let late = Client::signed_in(&double);
    double.oauth().expire_tokens();
    let refused = late.get("/api/v2/users/me").await;
    assert_eq!(error(&refused), (401, json!("invalid_token")));
    assert!(
        refused
            .header("www-authenticate")
            .is_some_and(|it| it.contains("invalid_token"))
    );
}

#[tokio::test]
async fn the_minute_the_scope_and_maintenance_are_told_in_the_vendors_words() {
    let (zendesk, double) = started().await;
    let client = Client::signed_in(&double);
    zendesk.set_requests_left(1);
    let last = client.get("/api/v2/users/me").await;
    assert_eq!(
        (last.status, last.header("x-rate-limit-remaining")),
        (200, Some("0"))
    );
    let refused = client.get("/api/v2/users/me").await;
    assert_eq!(
        (refused.status, refused.header("retry-after")),
        (429, Some("12"))
    );
    assert_eq!(value(&refused), Value::Null, "a text, no JSON");
    zendesk.set_requests_left(100);

    zendesk.take_scope("tickets:read");
    assert_eq!(client.get("/api/v2/users/35436").await.status, 200);
    let refused = client.get("/api/v2/users/35436/tickets/requested").await;
    assert_eq!(error(&refused), (403, json!("Forbidden")));
    double.next(Act::Trouble(Trouble::Unavailable));
    let down = client.get("/api/v2/users/me").await;
    assert_eq!((down.status, down.header("retry-after")), (503, Some("30")));
}

#[tokio::test]
async fn a_record_opens_in_the_agents_own_tab_and_nowhere_else() {
    let (zendesk, double) = started().await;
    let client = Client::signed_in(&double);
    let agent = double.cast().agent.id;
    let of =
        |agent: &str| format!("/api/v2/channels/voice/agents/{agent}/users/35436/display.json");
    assert_eq!(client.json("POST", &of("12"), &json!({})).await.status, 404);
    zendesk.set_tab_open(false);
    assert_eq!(
        client.json("POST", &of(&agent), &json!({})).await.status,
        404
    );
    zendesk.set_tab_open(true);
    assert_eq!(
        client.json("POST", &of(&agent), &json!({})).await.status,
        200
    );
    let ticket = format!("/api/v2/channels/voice/agents/{agent}/tickets/4711/display");
    assert_eq!(client.json("POST", &ticket, &json!({})).await.status, 200);
    assert_eq!(zendesk.displayed(), ["users/35436", "tickets/4711"]);
}

#[tokio::test]
async fn a_new_record_is_read_by_its_id_while_search_lags() {
    let (zendesk, double) = started().await;
    let client = Client::signed_in(&double);
    zendesk.let_search_lag();
    let body = json!({"user": {"name": "Late Comer", "email": "late@example.com"}});
    let made = value(&client.json("POST", "/api/v2/users", &body).await)["user"]["id"].to_string();
    assert_eq!(
        client.get(&format!("/api/v2/users/{made}")).await.status,
        200
    );
    assert_eq!(found(&client, "email:late@example.com").await.len(), 0);
    zendesk.catch_up();
    assert_eq!(found(&client, "email:late@example.com").await.len(), 1);
}
