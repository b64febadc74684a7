//! Zammad, asked as docs.zammad.org writes it.

use pop_core::http::Response;
use pop_doubles::cast::{ANN, NOBODY, QUOTES, TWINS};
use pop_doubles::zammad::{
    ACCESS_TOKEN, CLIENT_SECRET, CUSTOMER_NUMBER, TICKET_KEY, Zammad, literals,
};
use pop_doubles::{Act, Double, Trouble};
use serde_json::{Value, json};

use crate::support::{Client, HOSTILE, form, value};

async fn started() -> (Zammad, Double) {
    let zammad = Zammad::default();
    let double = Double::start(zammad.clone()).await.expect("a free port");
    (zammad, double)
}

fn client(double: &Double) -> Client<'_> {
    Client::of(double).with("authorization", &format!("Token token={ACCESS_TOKEN}"))
}

async fn found(client: &Client<'_>, query: &str) -> Vec<String> {
    let query = form(&[("query", query), ("limit", "10")]);
    let answer = client.get(&format!("/api/v1/users/search?{query}")).await;
    assert_eq!(answer.status, 200, "{query}");
    let users = value(&answer).as_array().cloned().expect("a bare list");
    users.iter().map(|user| user["id"].to_string()).collect()
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn error(answer: &Response) -> (u16, String) {
    let text = value(answer)["error"].as_str().map(str::to_owned);
    (answer.status, text.expect("an error"))
}

#[tokio::test]
async fn the_cast_is_found_by_id_address_number_and_attribute() {
    let (_, double) = started().await;
    let client = client(&double);
    let cast = double.cast();
    let ann = client
        .get(&format!("/api/v1/users/{}?expand=true", cast.ann.id))
        .await;
    let ann = value(&ann);
    assert_eq!(
        (&ann["organization"], &ann["vip"]),
        (&json!("Northwind Bank"), &json!(true))
    );
    assert_eq!(ann["preferences"]["tickets_open"], 2);
    assert_eq!(ann[CUSTOMER_NUMBER], "40812");

    for person in [&ANN, &QUOTES, &TWINS[0]] {
        let email = person.email.expect("an address");
        let own = found(&client, &format!("email:{}", quoted(email))).await;
        assert_eq!(
            own.len(),
            if email == "team@example.com" { 3 } else { 1 },
            "{email}"
        );
        if let Some(number) = person.external_id {
            let query = format!("{CUSTOMER_NUMBER}:{}", quoted(number));
            assert_eq!(found(&client, &query).await.len(), 1, "{query}");
        }
    }
    let by_number = found(&client, "phone:\"415 555 0100\"").await;
    assert_eq!(by_number.as_slice(), std::slice::from_ref(&cast.ann.id));
    let family = "phone:(\"(415) 555-0199\" OR \"415.555.0199\")";
    assert_eq!(
        found(&client, family).await.len(),
        3,
        "by the spellings there are"
    );
    for nobody in [
        format!("email:{}", quoted(NOBODY.0)),
        "phone:\"4930999999\"".into(),
    ] {
        assert_eq!(found(&client, &nobody).await, [] as [String; 0], "{nobody}");
    }
}

#[tokio::test]
async fn an_unescaped_quote_finds_a_stranger_and_a_broken_query_finds_nobody() {
    let (_, double) = started().await;
    let client = client(&double);
    let ann = double.cast().ann.id;
    let hostile = r#"zz" OR firstname:"ann"#;
    assert_eq!(found(&client, &format!("email:\"{hostile}\"")).await, [ann]);
    assert_eq!(
        found(&client, &format!("email:{}", quoted(hostile))).await,
        [] as [String; 0]
    );
    assert_eq!(
        found(&client, "email:\"ann").await,
        [] as [String; 0],
        "and status 200"
    );
}

#[test]
fn a_value_with_its_quotes_escaped_stays_one_phrase() {
    for value in HOSTILE {
        let query = format!("firstname:ann AND (email:{} OR login:x)", quoted(value));
        let starless = value.replace('*', "");
        assert_eq!(literals(&query), Ok(vec![starless]), "{value}");
    }
    assert!(literals("email:\"x").is_err());
}

#[tokio::test]
async fn tickets_are_found_by_query_and_by_conditions_with_their_articles() {
    let (_, double) = started().await;
    let client = client(&double);
    let ann = double.cast().ann;
    let query = format!(
        "customer_id:{} AND NOT state.name:(closed OR merged)",
        ann.id
    );
    let members = form(&[
        ("query", query.as_str()),
        ("expand", "true"),
        ("with_total_count", "true"),
        ("sort_by", "updated_at"),
        ("order_by", "desc"),
    ]);
    let open = value(
        &client
            .get(&format!("/api/v1/tickets/search?{members}"))
            .await,
    );
    assert_eq!(open["total_count"], 2);
    let first = &open["records"][0];
    assert_eq!(first["id"].to_string(), ann.cases[0].id);
    assert_eq!(
        (&first["state"], &first["priority"]),
        (&json!("open"), &json!("3 high"))
    );

    let condition = json!({"condition": {
        "ticket.customer_id": {"operator": "is", "value": [ann.id]},
        "ticket.state_id": {"operator": "is not", "value": ["4", "5"]},
    }});
    let target = "/api/v1/tickets/search";
    let by_condition = value(&client.json("POST", target, &condition).await);
    assert_eq!(by_condition.as_array().map(Vec::len), Some(2));
    let unknown = json!({"condition": {"ticket.title": {"operator": "like", "value": "x"}}});
    assert_eq!(client.json("POST", target, &unknown).await.status, 422);

    let target = format!("/api/v1/ticket_articles/by_ticket/{}", ann.cases[0].id);
    let articles = value(&client.get(&target).await);
    assert_eq!(
        (&articles[0]["type"], &articles[1]["type"]),
        (&json!("phone"), &json!("email"))
    );
    let full = form(&[("query", query.as_str()), ("full", "true")]);
    let full = value(&client.get(&format!("/api/v1/tickets/search?{full}")).await);
    assert_eq!(full["assets"]["User"][&ann.id]["firstname"], "Ann");
    let states = value(&client.get("/api/v1/ticket_states").await);
    assert_eq!(
        (&states[3]["name"], &states[3]["state_type_id"]),
        (&json!("closed"), &json!(5))
    );
}

#[tokio::test]
async fn a_ticket_takes_names_and_drops_what_it_does_not_know() {
    let (zammad, double) = started().await;
    let client = client(&double);
    let body = json!({"title": "Help me!", "group": "Cards", "customer_id": double.cast().ann.id,
        "priority": "3 high", TICKET_KEY: "item-1", "colour": "blue",
        "article": {"body": "I am a message!", "type": "phone", "internal": true}});
    let made = client
        .json("POST", "/api/v1/tickets?expand=true", &body)
        .await;
    assert_eq!(made.status, 201);
    let id = value(&made)["id"].to_string();
    let kept = zammad.ticket(&id);
    assert_eq!(
        (&kept["priority"], &kept["group"]),
        (&json!("3 high"), &json!("Cards"))
    );
    assert_eq!(
        (&kept[TICKET_KEY], &kept["colour"]),
        (&json!("item-1"), &Value::Null)
    );
    assert_eq!(zammad.articles(&id)[0]["type"], "phone");
    assert_eq!(kept["organization"], "Northwind Bank");

    let target = format!("/api/v1/tickets/{id}");
    let change = json!({"state": "closed", "article": {"body": "done", "internal": true}});
    assert_eq!(client.json("PUT", &target, &change).await.status, 200);
    assert_eq!(zammad.ticket(&id)["state"], "closed");
    let note = json!({"ticket_id": id, "body": "one more", "type": "note", "internal": true});
    assert_eq!(
        client
            .json("POST", "/api/v1/ticket_articles", &note)
            .await
            .status,
        201
    );
    assert_eq!(zammad.articles(&id).len(), 3);
    let tag = json!({"item": "vip", "object": "Ticket", "o_id": id});
    assert_eq!(
        client.json("POST", "/api/v1/tags/add", &tag).await.status,
        201
    );
    let tags = client
        .get(&format!("/api/v1/tags?object=Ticket&o_id={id}"))
        .await;
    assert_eq!(value(&tags)["tags"], json!(["vip"]));
}

#[tokio::test]
async fn what_breaks_a_rule_is_refused_and_nothing_is_stored() {
    let (zammad, double) = started().await;
    let client = client(&double);
    let before = (zammad.ticket_count(), zammad.user_count());
    let ticket = |change: Value| {
        let mut body = json!({"title": "T", "group": "Users", "customer_id": 7,
            "article": {"body": "B"}});
        for (name, value) in change.as_object().expect("members") {
            body[name] = value.clone();
        }
        body
    };
    for (change, told) in [
        (json!({"group": null}), "Group can't be blank"),
        (
            json!({"group": "none"}),
            "No lookup value found for 'group': \"none\"",
        ),
        (
            json!({"state": "lost"}),
            "No lookup value found for 'state': \"lost\"",
        ),
        (
            json!({"article": {}}),
            "Need at least article: { body: \"some text\" }",
        ),
        (
            json!({"customer_id": 999}),
            "Invalid value for param 'customer_id': 999",
        ),
        (
            json!({"customer_id": "guess:x"}),
            "Invalid email 'x' of customer",
        ),
        (
            json!({"state": "pending close"}),
            "Missing required value for field 'pending_time'!",
        ),
        (json!({"title": ""}), "Attribute 'title' required!"),
    ] {
        let refused = client
            .json("POST", "/api/v1/tickets", &ticket(change))
            .await;
        assert_eq!(error(&refused), (422, told.to_owned()));
    }
    let form = client.form("/api/v1/tickets", &[("title", "T")]).await;
    assert_eq!(form.status, 422, "a form has no members here");
    let users = "/api/v1/users";
    let twice = client
        .json(
            "POST",
            users,
            &json!({"firstname": "A", "email": ANN.email}),
        )
        .await;
    assert!(
        error(&twice)
            .1
            .ends_with("is already used for another user.")
    );
    let unnamed = client.json("POST", users, &json!({"note": "x"})).await;
    assert!(error(&unnamed).1.starts_with("At least one identifier"));
    assert_eq!((zammad.ticket_count(), zammad.user_count()), before);

    let right = client
        .json("POST", "/api/v1/tickets", &ticket(json!({})))
        .await;
    assert_eq!(right.status, 201);
    let fresh = json!({"firstname": "New", "lastname": "One", "email": "New@Example.com"});
    let fresh = value(&client.json("POST", users, &fresh).await);
    assert_eq!(fresh["email"], "new@example.com");
    assert_eq!(error(&client.get("/api/v1/users/999").await).0, 404);
}

#[tokio::test]
async fn each_way_to_be_nobody_has_its_own_refusal() {
    let (zammad, double) = started().await;
    let me = "/api/v1/users/me";
    let own = client(&double).get(me).await;
    assert_eq!(value(&own)["id"].to_string(), double.cast().agent.id);
    let with = |field: &str| Client::of(&double).with("authorization", field);
    let none = Client::of(&double).get(me).await;
    assert_eq!(error(&none), (403, "Authentication required".into()));
    let wrong = with("Token token=wrong").get(me).await;
    assert_eq!(error(&wrong), (401, "Can't find User for Token".into()));
    assert_eq!(wrong.header("x-failure"), Some("Can't find User for Token"));
    let bearer = with("Bearer wrong").get(me).await;
    assert_eq!(
        error(&bearer),
        (401, "The provided token is invalid.".into())
    );
    let basic = with("Basic YTpi").get(me).await;
    assert_eq!(error(&basic), (403, "API password access disabled!".into()));

    zammad.set_permitted(false);
    let refused = client(&double).get("/api/v1/users/7").await;
    assert_eq!(error(&refused), (403, "Not authorized (token)!".into()));
    zammad.set_permitted(true);
    double.next(Act::Trouble(Trouble::Unavailable));
    let down = client(&double).get(me).await;
    assert_eq!(
        (down.status, value(&down)),
        (502, Value::Null),
        "a page, no JSON"
    );

    let grant = double.oauth().grant("");
    let refresh = grant.refresh_token.expect("one comes along");
    let members = [
        ("grant_type", "refresh_token"),
        ("client_id", "screenpop-client"),
        ("client_secret", CLIENT_SECRET),
        ("refresh_token", &refresh),
    ];
    let renewed = Client::of(&double).form("/oauth/token", &members).await;
    let token = value(&renewed)["access_token"]
        .as_str()
        .expect("a token")
        .to_owned();
    assert_eq!(with(&format!("Bearer {token}")).get(me).await.status, 200);
    let again = Client::of(&double).form("/oauth/token", &members).await;
    assert_eq!(again.status, 400, "a refresh token works once");
}

#[tokio::test]
async fn a_new_record_is_found_by_conditions_while_the_index_lags() {
    let (zammad, double) = started().await;
    let client = client(&double);
    zammad.let_search_lag();
    let body = json!({"firstname": "Late", "email": "late@example.com"});
    let made = value(&client.json("POST", "/api/v1/users", &body).await)["id"].to_string();
    let query = "email:\"late@example.com\"";
    assert_eq!(found(&client, query).await, [] as [String; 0]);
    let condition =
        json!({"condition": {"user.email": {"operator": "is", "value": "late@example.com"}}});
    let at_once = value(
        &client
            .json("POST", "/api/v1/users/search", &condition)
            .await,
    );
    assert_eq!(at_once[0]["id"].to_string(), made);
    zammad.catch_up();
    assert_eq!(found(&client, query).await, [made]);
}
