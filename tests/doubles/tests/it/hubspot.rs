//! HubSpot, asked as developers.hubspot.com writes it.

use pop_core::http::Response;
use pop_doubles::cast::{ANN, FAMILY_PHONE, NOBODY, QUOTES};
use pop_doubles::hubspot::{
    ANN_SECOND_EMAIL, CLIENT_SECRET, CUSTOMER_NUMBER, HubSpot, PRIVATE_APP_TOKEN, TICKET_KEY,
};
use pop_doubles::{Act, Double, Trouble};
use serde_json::{Value, json};
use url::form_urlencoded::byte_serialize;

use crate::support::{Client, value};

const CONTACTS: &str = "/crm/v3/objects/contacts";
const TICKETS: &str = "/crm/v3/objects/tickets";

async fn started() -> (HubSpot, Double) {
    let hubspot = HubSpot::default();
    let double = Double::start(hubspot.clone()).await.expect("a free port");
    (hubspot, double)
}

fn client(double: &Double) -> Client<'_> {
    Client::of(double).with("authorization", &format!("Bearer {PRIVATE_APP_TOKEN}"))
}

fn encoded(text: &str) -> String {
    byte_serialize(text.as_bytes())
        .collect::<String>()
        .replace('+', "%20")
}

fn filter(property: &str, operator: &str, value: &str) -> Value {
    json!({"propertyName": property, "operator": operator, "value": value})
}

async fn searched(client: &Client<'_>, path: &str, groups: Vec<Vec<Value>>) -> Response {
    let groups: Vec<Value> = groups
        .into_iter()
        .map(|it| json!({ "filters": it }))
        .collect();
    let body = json!({"limit": 10, "properties": ["email", "phone"], "filterGroups": groups});
    client.json("POST", &format!("{path}/search"), &body).await
}

fn category(answer: &Response) -> (u16, Value) {
    (answer.status, value(answer)["category"].clone())
}

#[tokio::test]
async fn the_cast_is_read_by_id_and_by_unique_properties() {
    let (_, double) = started().await;
    let client = client(&double);
    let cast = double.cast();
    let by_id = client
        .get(&format!(
            "{CONTACTS}/{}?properties=email,phone&associations=tickets,companies",
            cast.ann.id
        ))
        .await;
    let by_id = value(&by_id);
    assert_eq!(by_id["properties"]["phone"], "+1 415-555-0100");
    assert_eq!(
        by_id["properties"]["firstname"],
        Value::Null,
        "only what is asked for"
    );
    assert_eq!(
        by_id["associations"]["tickets"]["results"]
            .as_array()
            .map(Vec::len),
        Some(3)
    );
    assert_eq!(
        by_id["associations"]["companies"]["results"][1]["type"],
        "contact_to_company"
    );
    assert!(
        by_id["url"]
            .as_str()
            .is_some_and(|it| it.ends_with("/record/0-1/151"))
    );

    for (property, person) in [("email", &ANN), (CUSTOMER_NUMBER, &ANN), ("email", &QUOTES)] {
        let own = if property == "email" {
            person.email
        } else {
            person.external_id
        };
        let own = encoded(own.expect("it has one"));
        let target = format!("/crm/objects/2026-03/contacts/{own}?idProperty={property}");
        let told = client.get(&target).await;
        assert_eq!(told.status, 200, "{target}");
    }
    let nobody = client
        .get(&format!(
            "{CONTACTS}/{}?idProperty=email",
            encoded(NOBODY.0)
        ))
        .await;
    assert_eq!(category(&nobody), (404, json!("OBJECT_NOT_FOUND")));
    let shared = client.get(&format!("{CONTACTS}/x?idProperty=phone")).await;
    assert_eq!(category(&shared), (400, json!("VALIDATION_ERROR")));
}

#[tokio::test]
async fn numbers_and_further_addresses_are_found_by_search() {
    let (_, double) = started().await;
    let client = client(&double);
    let calculated = "hs_searchable_calculated_phone_number";
    let number = &FAMILY_PHONE[2..];
    let family = searched(
        &client,
        CONTACTS,
        vec![vec![filter(calculated, "EQ", number)]],
    )
    .await;
    assert_eq!(
        value(&family)["total"],
        3,
        "without the country's code, however typed"
    );
    let typed = searched(
        &client,
        CONTACTS,
        vec![vec![filter("phone", "EQ", FAMILY_PHONE)]],
    )
    .await;
    assert_eq!(value(&typed)["total"], 0, "as typed and not otherwise");
    let token = filter("hs_additional_emails", "CONTAINS_TOKEN", ANN_SECOND_EMAIL);
    let second = searched(&client, CONTACTS, vec![vec![token]]).await;
    assert_eq!(value(&second)["results"][0]["id"], double.cast().ann.id);
    assert!(
        second.header("x-hubspot-ratelimit-remaining").is_none(),
        "a search tells no limits"
    );

    let open = json!({"filterGroups": [{"filters": [
        filter("associations.contact", "EQ", &double.cast().ann.id),
        {"propertyName": "hs_pipeline_stage", "operator": "NOT_IN", "values": ["4"]},
    ]}], "sorts": [{"propertyName": "hs_lastmodifieddate", "direction": "DESCENDING"}],
        "properties": ["subject"]});
    let open = value(
        &client
            .json("POST", &format!("{TICKETS}/search"), &open)
            .await,
    );
    assert_eq!(open["total"], 2);
    assert_eq!(
        open["results"][0]["properties"]["subject"],
        "Card blocked abroad"
    );
}

#[tokio::test]
async fn a_search_has_limits_of_size_and_of_speed() {
    let (hubspot, double) = started().await;
    let client = client(&double);
    hubspot.set_searches_a_second(100);
    let one = || filter("email", "EQ", "x@example.com");
    for groups in [
        vec![vec![one()]; 6],
        vec![vec![one(); 7]],
        vec![vec![one(); 5]; 4],
        vec![vec![filter("colour", "EQ", "blue")]],
        vec![vec![json!({"propertyName": "email"})]],
        vec![vec![filter("email", "LIKE", "x")]],
        vec![vec![filter("email", "EQ", &"x".repeat(3000))]],
    ] {
        let refused = searched(&client, CONTACTS, groups.clone()).await;
        assert_eq!(
            category(&refused),
            (400, json!("VALIDATION_ERROR")),
            "{groups:?}"
        );
    }
    let lawful = searched(&client, CONTACTS, vec![vec![one(); 3]; 5]).await;
    assert_eq!(lawful.status, 200);

    hubspot.set_searches_a_second(0);
    let refused = searched(&client, CONTACTS, vec![vec![one()]]).await;
    assert_eq!(refused.status, 429);
    assert_eq!(value(&refused)["policyName"], "SECONDLY");
    assert_eq!(
        value(&refused)["message"],
        "You have reached your secondly limit."
    );
    let other = client.get(&format!("{CONTACTS}/151")).await;
    assert_eq!(other.status, 200, "reads are not searches");
}

#[tokio::test]
async fn a_batch_tells_what_is_missing_beside_what_was_found() {
    let (_, double) = started().await;
    let client = client(&double);
    let target = format!("{TICKETS}/batch/read");
    let all = json!({"inputs": [{"id": "990"}, {"id": "991"}], "properties": ["subject"]});
    let whole = client.json("POST", &target, &all).await;
    assert_eq!(
        (
            whole.status,
            value(&whole)["results"].as_array().map(Vec::len)
        ),
        (200, Some(2))
    );
    let some = json!({"inputs": [{"id": "990"}, {"id": "1"}]});
    let partly = client.json("POST", &target, &some).await;
    assert_eq!(
        (partly.status, &value(&partly)["numErrors"]),
        (207, &json!(1))
    );
    assert_eq!(value(&partly)["errors"][0]["context"]["ids"], json!(["1"]));

    let ties = client
        .json(
            "POST",
            "/crm/v4/associations/contacts/tickets/batch/read",
            &json!({"inputs": [{"id": "151"}, {"id": "210"}]}),
        )
        .await;
    assert_eq!(ties.status, 207);
    let ties = value(&ties);
    assert_eq!(ties["results"][0]["to"][0]["toObjectId"], 990);
    assert_eq!(
        ties["results"][0]["to"][0]["associationTypes"][0]["typeId"],
        15
    );
    assert_eq!(
        ties["errors"][0]["subCategory"],
        "crm.associations.NO_ASSOCIATIONS_FOUND"
    );
    let one = client
        .get("/crm/v4/objects/contacts/151/associations/calls")
        .await;
    assert_eq!(value(&one)["results"][0]["toObjectId"], 7001);
}

#[tokio::test]
async fn an_activity_is_tied_by_the_right_number_or_not_made() {
    let (hubspot, double) = started().await;
    let client = client(&double);
    let before = hubspot.count_of("calls");
    let call = |number: u64| {
        json!({"properties": {"hs_timestamp": "2026-11-01T10:11:12Z", "hs_call_title": "Call",
            "hs_call_direction": "INBOUND", "hs_call_duration": "312000"},
            "associations": [{"to": {"id": "151"}, "types": [
                {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": number}]}]})
    };
    let calls = "/crm/v3/objects/calls";
    let wrong = client.json("POST", calls, &call(202)).await;
    assert_eq!(category(&wrong), (400, json!("VALIDATION_ERROR")));
    let mut bare = call(194);
    bare["associations"][0]["types"][0] = json!({"associationTypeId": 194});
    assert_eq!(client.json("POST", calls, &bare).await.status, 400);
    let mut untimed = call(194);
    untimed["properties"] = json!({"hs_call_title": "Call"});
    let untimed = client.json("POST", calls, &untimed).await;
    assert_eq!(
        value(&untimed)["context"]["properties"],
        json!(["hs_timestamp"])
    );
    assert_eq!(hubspot.count_of("calls"), before);

    let made = client.json("POST", calls, &call(194)).await;
    assert_eq!(made.status, 201);
    let id = value(&made)["id"].as_str().expect("an id").to_owned();
    assert_eq!(hubspot.record("calls", &id)["ties"], json!(["contact/151"]));
    let read = client
        .get("/crm/v3/objects/notes/7002?properties=hs_body_preview")
        .await;
    let preview = value(&read)["properties"]["hs_body_preview"].clone();
    assert_eq!(preview, "Sent the form for travel notices");
    let sms = json!({"properties": {"hs_timestamp": "1793527872000",
        "hs_communication_channel_type": "WEB_CHAT", "hs_communication_logged_from": "CRM"}});
    let refused = client
        .json("POST", "/crm/v3/objects/communications", &sms)
        .await;
    assert!(
        value(&refused)["message"]
            .as_str()
            .is_some_and(|it| it.contains("INVALID_OPTION"))
    );
}

#[tokio::test]
async fn a_ticket_with_a_key_of_its_own_is_made_once() {
    let (hubspot, double) = started().await;
    let client = client(&double);
    let before = hubspot.count_of("tickets");
    let body = json!({"inputs": [{"idProperty": TICKET_KEY, "id": "item-1",
        "properties": {"subject": "S", "hs_pipeline": "0", "hs_pipeline_stage": "1"}}]});
    let target = format!("{TICKETS}/batch/upsert");
    let first = value(&client.json("POST", &target, &body).await);
    assert_eq!(first["results"][0]["new"], true);
    let again = value(&client.json("POST", &target, &body).await);
    assert_eq!(
        (&again["results"][0]["new"], &again["results"][0]["id"]),
        (&json!(false), &first["results"][0]["id"])
    );
    assert_eq!(hubspot.count_of("tickets"), before + 1);
    let id = first["results"][0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let tie = format!("/crm/v4/objects/tickets/{id}/associations/default/contacts/151");
    assert_eq!(client.json("PUT", &tie, &json!({})).await.status, 200);
    assert_eq!(
        hubspot.record("tickets", &id)["ties"],
        json!(["contact/151"])
    );

    let moved = json!({"properties": {"hs_pipeline_stage": "4"}});
    let moved = client
        .json("PATCH", &format!("{TICKETS}/{id}"), &moved)
        .await;
    assert_eq!(value(&moved)["properties"]["hs_pipeline_stage"], "4");
    let calls = client
        .json("POST", "/crm/v3/objects/calls/batch/upsert", &body)
        .await;
    assert_eq!(calls.status, 400, "activities have no unique property");
}

#[tokio::test]
async fn a_contact_exists_once_and_only_with_properties_there_are() {
    let (hubspot, double) = started().await;
    let client = client(&double);
    let before = hubspot.count_of("contacts");
    let make = |properties: Value| json!({ "properties": properties });
    let twice = client
        .json("POST", CONTACTS, &make(json!({"email": ANN.email})))
        .await;
    assert_eq!(category(&twice), (409, json!("CONFLICT")));
    assert_eq!(
        value(&twice)["message"],
        "Contact already exists. Existing ID: 151"
    );
    let unknown = client
        .json("POST", CONTACTS, &make(json!({"colour": "blue"})))
        .await;
    let message = value(&unknown)["message"]
        .as_str()
        .expect("a text")
        .to_owned();
    assert!(
        message.contains("PROPERTY_DOESNT_EXIST") && message.contains("colour"),
        "{message}"
    );
    let typed = client.form(CONTACTS, &[("email", "x")]).await;
    assert_eq!(typed.status, 415);
    assert_eq!(hubspot.count_of("contacts"), before);

    hubspot.let_search_lag();
    let fresh = make(json!({"email": "late@example.com", "phone": "+49 30 1234567"}));
    let id = value(&client.json("POST", CONTACTS, &fresh).await)["id"].clone();
    let by_email = client
        .get(&format!("{CONTACTS}/late%40example.com?idProperty=email"))
        .await;
    assert_eq!(value(&by_email)["id"], id);
    let number = || {
        vec![vec![filter(
            "hs_searchable_calculated_phone_number",
            "EQ",
            "301234567",
        )]]
    };
    assert_eq!(
        value(&searched(&client, CONTACTS, number()).await)["total"],
        0,
        "it lags"
    );
    hubspot.catch_up();
    assert_eq!(
        value(&searched(&client, CONTACTS, number()).await)["total"],
        1
    );
}

#[tokio::test]
async fn stages_owner_and_account_are_told_for_any_region() {
    let double = Double::start(HubSpot::europe()).await.expect("a free port");
    let client = client(&double);
    let account = value(&client.get("/account-info/2026-03/details").await);
    assert_eq!(account["uiDomain"], "app-eu1.hubspot.com");
    assert_eq!(account["dataHostingLocation"], "eu1");
    let pipelines = value(&client.get("/crm/v3/pipelines/tickets").await);
    assert_eq!(
        pipelines["results"][0]["stages"][3]["metadata"]["ticketState"],
        "CLOSED"
    );
    let email = encoded(&double.cast().agent.email);
    let owners = value(
        &client
            .get(&format!("/crm/v3/owners?email={email}&limit=1"))
            .await,
    );
    assert_eq!(owners["results"][0]["id"], double.cast().agent.id);
    let nobody = value(&client.get("/crm/v3/owners?email=x%40example.com").await);
    assert_eq!(nobody["results"], json!([]));
}

#[tokio::test]
async fn tokens_take_a_secret_and_refusals_name_scope_and_request() {
    let (hubspot, double) = started().await;
    let grant = double.oauth().grant("oauth tickets");
    let refresh = grant.refresh_token.expect("one comes along");
    let stranger = Client::of(&double);
    let members = |secret: &'static str| {
        [
            ("grant_type", "refresh_token"),
            ("client_id", "screenpop-client"),
            ("client_secret", secret),
        ]
    };
    let mut right = members(CLIENT_SECRET).to_vec();
    right.push(("refresh_token", &refresh));
    let renewed = stranger.form("/oauth/2026-03/token", &right).await;
    assert_eq!(
        (renewed.status, &value(&renewed)["refresh_token"]),
        (200, &json!(refresh))
    );
    let token = value(&renewed)["access_token"]
        .as_str()
        .expect("a token")
        .to_owned();
    let about = stranger
        .get(&format!("/oauth/v1/access-tokens/{token}"))
        .await;
    assert_eq!(value(&about)["user"], double.cast().agent.email);
    let mut wrong = members("wrong").to_vec();
    wrong.push(("refresh_token", &refresh));
    let refused = stranger.form("/oauth/2026-03/token", &wrong).await;
    assert_eq!(
        (refused.status, &value(&refused)["status"]),
        (400, &json!("BAD_CLIENT_SECRET"))
    );
    let public = [
        ("grant_type", "refresh_token"),
        ("client_id", "screenpop-client"),
        ("refresh_token", &refresh),
    ];
    assert_eq!(
        stranger.form("/oauth/2026-03/token", &public).await.status,
        400
    );
    assert_eq!(
        category(&stranger.get(&format!("{CONTACTS}/151")).await).0,
        401
    );

    let client = client(&double);
    hubspot.take_scope("tickets");
    let refused = client.get(&format!("{TICKETS}/990")).await;
    assert_eq!(category(&refused), (403, json!("MISSING_SCOPES")));
    let told = value(&refused);
    assert_eq!(
        told["errors"][0]["context"]["requiredGranularScopes"],
        json!(["tickets"])
    );
    assert_eq!(
        told["correlationId"].as_str(),
        refused.header("x-hubspot-correlation-id")
    );
    hubspot.set_requests_left(1);
    let last = client.get(&format!("{CONTACTS}/151")).await;
    assert_eq!(last.header("x-hubspot-ratelimit-remaining"), Some("0"));
    let refused = client.get(&format!("{CONTACTS}/151")).await;
    assert_eq!(value(&refused)["policyName"], "TEN_SECONDLY_ROLLING");
    hubspot.set_requests_left(9);
    double.next(Act::Trouble(Trouble::Expired));
    let late = client.get(&format!("{CONTACTS}/151")).await;
    assert_eq!(category(&late), (401, json!("EXPIRED_AUTHENTICATION")));
}
