//! The exchange of the integration guide, and the records that lessons rely on.

use jiff::Timestamp;
use serde_json::json;

use crate::support::{Crm, TOKEN, ids};

#[tokio::test]
async fn the_guides_request_gets_the_guides_answer() {
    let crm = Crm::start().await;
    let token = format!("Bearer {TOKEN}");
    let headers = [
        ("authorization", token.as_str()),
        ("content-type", "application/json"),
    ];
    let answer = crm
        .send("GET", "/api/customers/12345", &headers, None)
        .await
        .unwrap();
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "application/json");
    let begin =
        r#"{"customerId":"12345","name":"Cesar Gonzalez","status":"premium","openCases":2,"#;
    assert!(
        answer.text().starts_with(begin),
        "the guide's four members come first, as written"
    );
    let customer = answer.json();
    assert_eq!(customer["email"], "c.gonzalez@example.com");
    assert_eq!(customer["phone"], "+34600012345");
    assert_eq!(customer["languageName"], "Spanish");
    assert_eq!(customer["region"], "Iberia");
    assert_eq!(customer["since"], 2011);
    assert_eq!(
        customer["url"],
        format!("{}/customers/12345", crm.sandbox.origin())
    );
}

#[tokio::test]
async fn cesar_has_two_open_cases_of_which_one_is_due_tomorrow() {
    let crm = Crm::start().await;
    let before = Timestamp::now();
    let open = crm
        .get("/api/customers/12345/cases?status=open")
        .await
        .json();
    assert_eq!(open["total"], 2);
    let [loan, card] = [&open["items"][0], &open["items"][1]];
    assert_eq!(loan["number"], "CS-20481");
    assert_eq!(loan["subject"], "Home loan: proof of income missing");
    assert_eq!(loan["status"], "pending");
    assert_eq!(loan["customerId"], "12345");
    let due: Timestamp = loan["dueAt"].as_str().unwrap().parse().unwrap();
    let hours = (due.as_second() - before.as_second()).div_euclid(3600);
    assert!(
        (23..=24).contains(&hours),
        "a day ahead is tomorrow in every time zone: {due}"
    );
    assert_eq!(card["number"], "CS-20417");
    assert_eq!(card["status"], "in_progress");
    assert_eq!(card["statusLabel"], "In progress");
    let all = crm.get("/api/customers/12345/cases").await.json();
    assert_eq!(
        all["total"], 3,
        "control: without the filter there is a closed one"
    );
}

#[tokio::test]
async fn cesars_past_interactions_come_latest_first() {
    let crm = Crm::start().await;
    let past = crm
        .get("/api/customers/12345/interactions?limit=3")
        .await
        .json();
    assert_eq!(past["total"], 14);
    let summaries = ids(&past["items"], "summary");
    assert_eq!(
        summaries,
        [
            "Loan status, documents asked",
            "Card not delivered",
            "Loan application received"
        ]
    );
    assert_eq!(past["items"][0]["channel"], "chat");
    assert_eq!(past["items"][0]["outcome"], "Resolved");
    assert_eq!(past["items"][0]["agent"], "agent07");
    assert_eq!(past["items"][1]["caseId"], "20417");
}

#[tokio::test]
async fn cesars_number_is_his_alone_and_another_number_is_held_by_three() {
    let crm = Crm::start().await;
    let alone = crm.get("/api/customers?phone=%2B34600012345").await;
    assert_eq!(alone.customer_ids(), ["12345"]);
    let shared = crm.get("/api/customers?phone=%2B34600012777").await;
    assert_eq!(
        shared.customer_ids(),
        ["12977", "12978", "88120"].map(String::from).as_slice()
    );
    assert_eq!(shared.json()["total"], 3);
}

#[tokio::test]
async fn the_very_important_customer_has_a_severe_case_running_out() {
    let crm = Crm::start().await;
    let customer = crm.get("/api/customers/40812").await.json();
    assert_eq!(customer["status"], "vip");
    assert_eq!(customer["manager"], "J. Brandt, ext. 4410");
    let cases = crm
        .get("/api/customers/40812/cases?status=open")
        .await
        .json();
    assert_eq!(cases["items"][0]["number"], "CS-20533");
    assert_eq!(cases["items"][0]["severity"], 1);
    let due: Timestamp = cases["items"][0]["dueAt"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    let minutes = (due.as_second() - Timestamp::now().as_second()).div_euclid(60);
    assert!(
        (36..=38).contains(&minutes),
        "38 minutes are left: {minutes}"
    );
    let past = crm.get("/api/customers/40812/interactions").await.json();
    assert_eq!(past["total"], 31);
}

#[tokio::test]
async fn a_customer_without_anything_answers_null_and_absence() {
    let crm = Crm::start().await;
    let customer = crm.get("/api/customers/20005").await.json();
    let members: Vec<_> = customer.as_object().unwrap().keys().collect();
    let known = [
        "customerId",
        "name",
        "status",
        "openCases",
        "email",
        "phone",
        "url",
    ];
    assert_eq!(members, known);
    assert_eq!(customer["email"], json!(null));
    assert_eq!(customer["phone"], json!(null));
}
