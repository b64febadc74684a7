//! The Salesforce double, asked as the REST API guide asks.

use pop_doubles::salesforce::{Salesforce, SalesforceOptions};
use pop_doubles::{Act, Double, Trouble};
use serde_json::{Value, json};

use crate::support::{Client, form, value};

const API: &str = "/services/data/v62.0";

async fn org() -> Double {
    org_with(SalesforceOptions::default()).await
}

async fn org_with(options: SalesforceOptions) -> Double {
    Double::start(Salesforce::new(options))
        .await
        .expect("a free port")
}

async fn soql(double: &Double, text: &str) -> (u16, Value) {
    let target = format!("{API}/query?{}", form(&[("q", text)]));
    let answer = Client::signed_in(double).get(&target).await;
    (answer.status, value(&answer))
}

async fn code_of(double: &Double, text: &str) -> String {
    let (status, body) = soql(double, text).await;
    assert_eq!(status, 400, "{body}");
    body[0]["errorCode"].as_str().expect("a code").to_owned()
}

#[tokio::test]
async fn one_query_brings_the_contact_with_company_cases_and_tasks() {
    let double = org().await;
    let (status, body) = soql(
        &double,
        "SELECT Id, Name, Account.Name, Owner.Name, (SELECT CaseNumber, Subject, IsClosed FROM Cases WHERE IsClosed = false \
         ORDER BY LastModifiedDate DESC LIMIT 10), (SELECT Id, TaskSubtype FROM Tasks) FROM Contact \
         WHERE Email = 'ANN.O\\'NEIL@example.com' ORDER BY LastModifiedDate DESC LIMIT 5",
    )
    .await;
    let ann = double.cast().ann;
    assert_eq!((status, &body["totalSize"]), (200, &json!(1)), "{body}");
    let row = &body["records"][0];
    assert_eq!(row["Id"], json!(ann.id));
    assert_eq!(row["Account"]["Name"], "Northwind Bank");
    assert_eq!(row["Account"]["attributes"]["type"], "Account");
    let cases = &row["Cases"];
    assert_eq!(cases["totalSize"], 2);
    assert_eq!(
        cases["records"][0]["Subject"], "Card blocked abroad",
        "the newest first"
    );
    assert_eq!(row["Tasks"]["totalSize"], 2);

    let (_, body) = soql(&double, "SELECT Id, Account.Name, (SELECT Id FROM Cases) FROM Contact WHERE Email = 'juergen@example.de'").await;
    let row = &body["records"][0];
    assert_eq!(
        (&row["Account"], &row["Cases"]),
        (&Value::Null, &Value::Null),
        "null, not empty"
    );
}

#[tokio::test]
async fn ids_of_15_and_18_signs_name_the_same_contact() {
    let double = org().await;
    let id = double.cast().ann.id;
    assert_eq!(id.len(), 18);
    for id in [&id[..15], &id] {
        let (_, body) = soql(
            &double,
            &format!("SELECT Id FROM Contact WHERE Id = '{id}'"),
        )
        .await;
        assert_eq!(body["totalSize"], 1);
    }
    assert_eq!(
        code_of(&double, "SELECT Id FROM Contact WHERE Id = 'x'").await,
        "INVALID_QUERY_FILTER_OPERATOR"
    );
}

#[tokio::test]
async fn conditions_mean_what_they_mean_in_soql() {
    let double = org().await;
    for (condition, count) in [
        ("Phone IN ('(415) 555-0199', '+1 415-555-0199')", 2),
        ("Email = 'team@example.com'", 3),
        ("Email = null AND LastName = 'Blank'", 1),
        ("LastName LIKE 'lin%'", 2),
        ("LastName LIKE 'lin_'", 2),
        ("LastName LIKE '%\\\\%'", 1),
        ("LastName LIKE '%\\%%'", 1),
        ("NOT (LastName = 'Lind')", 7),
        (
            "(LastName = 'Lind' AND FirstName = 'Theo') OR FirstName = 'Ann'",
            2,
        ),
        ("Account.Name = 'northwind bank'", 1),
        (
            "Id IN (SELECT ContactId FROM Case WHERE IsClosed = false)",
            1,
        ),
        ("Customer_No__c = '40812'", 1),
        ("Email = 'nobody@example.com'", 0),
        ("LastName NOT IN ('Lind')", 7),
        ("CreatedDate > 2020-01-01T00:00:00Z", 9),
    ] {
        let (_, body) = soql(
            &double,
            &format!("SELECT COUNT() FROM Contact WHERE {condition}"),
        )
        .await;
        assert_eq!(body["totalSize"], count, "{condition}: {body}");
    }
    let quotes = double.cast().quotes;
    let escaped = quotes
        .email
        .expect("an address")
        .replace('\\', "\\\\")
        .replace('\'', "\\'");
    let (_, body) = soql(
        &double,
        &format!("SELECT Id, Name FROM Contact WHERE Email = '{escaped}'"),
    )
    .await;
    assert_eq!(body["records"][0]["Name"], json!(quotes.name));
}

#[tokio::test]
async fn what_soql_does_not_know_is_refused_and_not_guessed() {
    let double = org().await;
    for (text, code) in [
        ("SELECT Id, Nope FROM Contact", "INVALID_FIELD"),
        ("SELECT Nope.Id FROM Contact", "INVALID_FIELD"),
        ("SELECT Id FROM Contact WHERE Nope = 'x'", "INVALID_FIELD"),
        ("SELECT Id, PersonEmail FROM Account", "INVALID_FIELD"),
        ("SELECT Id FROM Nope", "INVALID_TYPE"),
        (
            "SELECT Id, (SELECT Id FROM Nopes) FROM Contact",
            "INVALID_TYPE",
        ),
        (
            "SELECT Id FROM Contact WHERE Email = 'o'neil'",
            "MALFORMED_QUERY",
        ),
        ("SELECT Id FROM Contact WHERE Email = 'x", "MALFORMED_QUERY"),
        (
            "SELECT Id FROM Contact WHERE Email = '\\q'",
            "MALFORMED_QUERY",
        ),
        (
            "SELECT Id FROM Contact WHERE Email IN ()",
            "MALFORMED_QUERY",
        ),
        (
            "SELECT Id FROM Contact WHERE Email = 'a' AND Phone = 'b' OR Phone = 'c'",
            "MALFORMED_QUERY",
        ),
        ("SELECT Id FROM Contact LIMIT x", "MALFORMED_QUERY"),
        ("SELECT Id FROM Contact;", "MALFORMED_QUERY"),
        (
            "SELECT Id FROM Case WHERE IsClosed = 'false'",
            "INVALID_FIELD",
        ),
        (
            "SELECT Id FROM Case WHERE Description = 'x'",
            "INVALID_FIELD",
        ),
    ] {
        assert_eq!(code_of(&double, text).await, code, "{text}");
    }
    let options = SalesforceOptions {
        hidden: vec![("Contact".into(), "Tier__c".into())],
        ..SalesforceOptions::default()
    };
    let hidden = org_with(options).await;
    assert_eq!(
        code_of(&hidden, "SELECT Tier__c FROM Contact").await,
        "INVALID_FIELD"
    );
    assert_eq!(soql(&double, "SELECT Tier__c FROM Contact").await.0, 200);
}

#[tokio::test]
async fn search_finds_any_formatting_and_sees_new_records_late() {
    let double = org().await;
    let client = Client::signed_in(&double);
    let body = json!({ "q": "4155550199", "in": "PHONE", "overallLimit": 20, "sobjects": [
        { "name": "Contact", "fields": ["Id", "Name"] }, { "name": "Lead", "fields": ["Id", "Phone"] } ] });
    let target = format!("{API}/parameterizedSearch");
    let found = value(&client.json("POST", &target, &body).await);
    let ids = found["searchRecords"].as_array().expect("records").iter();
    let family = double
        .cast()
        .family
        .into_iter()
        .map(|person| json!(person.id));
    assert_eq!(
        ids.map(|row| row["Id"].clone()).collect::<Vec<_>>(),
        family.collect::<Vec<_>>()
    );

    let new = json!({ "LastName": "New", "Phone": "+1 415 555 0199" });
    assert_eq!(
        client
            .json("POST", &format!("{API}/sobjects/Contact"), &new)
            .await
            .status,
        201
    );
    let again = value(&client.json("POST", &target, &body).await);
    assert_eq!(again, found, "the index lags");
    let (_, listed) = soql(&double, "SELECT Id FROM Contact WHERE LastName = 'New'").await;
    assert_eq!(listed["totalSize"], 1, "the records do not");

    let text = "FIND {4155550199} IN PHONE FIELDS RETURNING Contact(Id, Name WHERE LastName = 'Lind'), Lead(Id) LIMIT 20";
    let sosl = client
        .get(&format!("{API}/search?{}", form(&[("q", text)])))
        .await;
    assert_eq!(
        value(&sosl)["searchRecords"].as_array().map(Vec::len),
        Some(3)
    );
    for wrong in [
        "FIND {a+b} IN PHONE FIELDS RETURNING Contact",
        "FIND {1} RETURNING Contact",
        "FIND x",
    ] {
        let answer = client
            .get(&format!("{API}/search?{}", form(&[("q", wrong)])))
            .await;
        assert_eq!(answer.status, 400, "{wrong}");
    }
}

#[tokio::test]
async fn composite_is_one_call_whose_parts_may_use_each_other() {
    let double = org().await;
    let client = Client::signed_in(&double);
    let part = |name: &str, text: &str| {
        let url = format!(
            "{API}/query?{}",
            form(&[("q", text)])
                .replace("%40%7B", "@{")
                .replace("%7D", "}")
        );
        json!({ "method": "GET", "referenceId": name, "url": url })
    };
    let cases = "SELECT Id FROM Case WHERE IsClosed = false AND ContactId = '@{c.records[0].Id}'"
        .to_owned();
    let ask = |email: &str| {
        let find = format!("SELECT Id FROM Contact WHERE Email = '{email}' LIMIT 2");
        let mut cases = part("cases", &cases);
        let url = cases["url"]
            .as_str()
            .expect("a url")
            .replace("%5B", "[")
            .replace("%5D", "]");
        cases["url"] = json!(url);
        json!({ "allOrNone": false, "compositeRequest": [part("c", &find), cases] })
    };
    let target = format!("{API}/composite");
    let told = value(
        &client
            .json("POST", &target, &ask("ann.o\\'neil@example.com"))
            .await,
    );
    assert_eq!(
        told["compositeResponse"][1]["body"]["totalSize"], 2,
        "{told}"
    );
    assert_eq!(told["compositeResponse"][1]["referenceId"], "cases");
    let told = value(
        &client
            .json("POST", &target, &ask("nobody@example.com"))
            .await,
    );
    assert_eq!(told["compositeResponse"][0]["httpStatusCode"], 200);
    assert_eq!(told["compositeResponse"][1]["httpStatusCode"], 400);
    assert_eq!(double.count_of("/composite"), 2);

    let many = (0..6)
        .map(|at| part(&format!("q{at}"), "SELECT Id FROM Lead"))
        .collect::<Vec<_>>();
    let answer = client
        .json("POST", &target, &json!({ "compositeRequest": many }))
        .await;
    assert_eq!(answer.status, 400, "five queries at most");
}

#[tokio::test]
async fn a_case_is_created_checked_and_assigned() {
    let double = org().await;
    let client = Client::signed_in(&double);
    let target = format!("{API}/sobjects/Case");
    let ann = double.cast().ann;
    let body = json!({ "ContactId": ann.id, "Subject": "Delivery missing", "Origin": "Phone", "Priority": "Medium" });
    let owner = async |client: &Client<'_>| {
        let made = client.json("POST", &target, &body).await;
        assert_eq!(made.status, 201);
        let id = value(&made)["id"].as_str().expect("an id").to_owned();
        let row = value(
            &client
                .get(&format!(
                    "{target}/{id}?fields=CaseNumber,AccountId,OwnerId,Status"
                ))
                .await,
        );
        assert_eq!(
            (&row["AccountId"], &row["Status"]),
            (&json!(ann.account_id), &json!("New"))
        );
        row["OwnerId"].as_str().expect("an owner").to_owned()
    };
    assert!(
        owner(&client).await.starts_with("00G"),
        "without the header the queue gets it"
    );
    let kept = Client::signed_in(&double).with("sforce-auto-assign", "FALSE");
    assert_eq!(owner(&kept).await, double.cast().agent.id);

    for (body, code) in [
        (json!({ "Nope": 1 }), "INVALID_FIELD"),
        (
            json!({ "Priority": "Sky-high" }),
            "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
        ),
        (json!({ "Subject": "x".repeat(256) }), "STRING_TOO_LONG"),
        (json!({ "ContactId": "003" }), "MALFORMED_ID"),
        (
            json!({ "ContactId": ann.account_id }),
            "INVALID_CROSS_REFERENCE_KEY",
        ),
        (
            json!({ "CaseNumber": "1" }),
            "INVALID_FIELD_FOR_INSERT_UPDATE",
        ),
    ] {
        let answer = client.json("POST", &target, &body).await;
        assert_eq!(
            (answer.status, &value(&answer)[0]["errorCode"]),
            (400, &json!(code)),
            "{body}"
        );
    }
    let contact = format!("{API}/sobjects/Contact");
    let lacking = value(&client.json("POST", &contact, &json!({})).await);
    assert_eq!(lacking[0]["fields"], json!(["LastName"]));
    let text = Some(("text/plain", "{}".to_owned()));
    assert_eq!(
        client
            .try_send("POST", &target, text)
            .await
            .expect("an answer")
            .status,
        415
    );
}

#[tokio::test]
async fn an_external_id_makes_one_record_of_two_requests() {
    let double = org().await;
    let client = Client::signed_in(&double);
    let target = format!("{API}/sobjects/Task/Interaction_Id__c/i%2F1");
    let body = json!({ "Subject": "Call", "WhoId": double.cast().ann.id, "Status": "Completed" });
    assert_eq!(client.json("PATCH", &target, &body).await.status, 201);
    let second = client.json("PATCH", &target, &body).await;
    assert_eq!(
        (second.status, &value(&second)["created"]),
        (200, &json!(false))
    );
    let (_, listed) = soql(
        &double,
        "SELECT Id FROM Task WHERE Interaction_Id__c = 'i/1'",
    )
    .await;
    assert_eq!(listed["totalSize"], 1);
    let unknown = format!("{API}/sobjects/Task/Subject/x");
    assert_eq!(
        client.json("PATCH", &unknown, &body).await.status,
        404,
        "not flagged"
    );

    for _ in 0..2 {
        let twin = json!({ "LastName": "Twin", "Customer_No__c": "77" });
        client
            .json("POST", &format!("{API}/sobjects/Contact"), &twin)
            .await;
    }
    let several = client
        .get(&format!("{API}/sobjects/Contact/Customer_No__c/77"))
        .await;
    assert_eq!(
        (several.status, value(&several).as_array().map(Vec::len)),
        (300, Some(2))
    );
}

#[tokio::test]
async fn a_duplicate_is_let_in_by_its_header_only() {
    let double = org().await;
    let body = json!({ "LastName": "O'Neil", "Email": "Ann.O'Neil@example.com" });
    let target = format!("{API}/sobjects/Contact");
    let client = Client::signed_in(&double);
    let refused = value(&client.json("POST", &target, &body).await);
    assert_eq!(refused[0]["errorCode"], "DUPLICATES_DETECTED");
    let client = client.with("sforce-duplicate-rule-header", "allowSave=true");
    assert_eq!(client.json("POST", &target, &body).await.status, 201);
}

#[tokio::test]
async fn a_session_is_needed_and_quota_is_a_403() {
    let double = org().await;
    let target = format!("{API}/query?q=SELECT+Id+FROM+Lead");
    let refused = Client::of(&double).get(&target).await;
    assert_eq!(
        (refused.status, &value(&refused)[0]["errorCode"]),
        (401, &json!("INVALID_SESSION_ID"))
    );
    let client = Client::signed_in(&double);
    double.next(Act::Trouble(Trouble::RateLimited));
    let limited = client.get(&target).await;
    assert_eq!(
        (limited.status, &value(&limited)[0]["errorCode"]),
        (403, &json!("REQUEST_LIMIT_EXCEEDED"))
    );
    let good = client.get(&target).await;
    assert_eq!(good.status, 200);
    assert!(
        good.header("sforce-limit-info")
            .is_some_and(|text| text.starts_with("api-usage="))
    );
    double.oauth().expire_tokens();
    assert_eq!(client.get(&target).await.status, 401);
    let wrong_host = Client::signed_in(&double)
        .at("acme.lightning.force.com")
        .get(&target)
        .await;
    assert_eq!(wrong_host.status, 404, "the UI's host is no API host");
}

#[tokio::test]
async fn what_is_asked_is_told_and_too_much_of_it_refused() {
    let org = Salesforce::default();
    let double = Double::start(org.clone()).await.expect("a free port");
    let client = Client::signed_in(&double);
    let target = format!("{API}/limits");
    for used in ["api-usage=1/15000", "api-usage=2/15000"] {
        assert_eq!(
            client.get(&target).await.header("sforce-limit-info"),
            Some(used)
        );
    }
    org.set_requests_left(1);
    assert_eq!(client.get(&target).await.status, 200);
    assert_eq!(client.get(&target).await.status, 403);
    let task = json!({ "Subject": "Call", "WhoId": double.cast().ann.id });
    org.set_requests_left(9);
    let made = value(
        &client
            .json("POST", &format!("{API}/sobjects/Task"), &task)
            .await,
    );
    let row = org.record("Task", made["id"].as_str().expect("an id"));
    assert_eq!(row["AccountId"], json!(double.cast().ann.account_id));
}

#[tokio::test]
async fn the_token_endpoint_tells_the_instance_and_refuses_in_its_own_words() {
    let double = org().await;
    let token = double
        .oauth()
        .grant("api refresh_token")
        .refresh_token
        .expect("a refresh token");
    let client = Client::of(&double).at("login.salesforce.com");
    let ask = async |token: &str, id: &str| {
        let members = [
            ("grant_type", "refresh_token"),
            ("client_id", id),
            ("refresh_token", token),
        ];
        value(&client.form("/services/oauth2/token", &members).await)
    };
    let granted = ask(&token, "screenpop-client").await;
    assert_eq!(granted["instance_url"], "https://acme.my.salesforce.com");
    assert!(granted["expires_in"].is_null() && granted["refresh_token"].is_string());
    assert_eq!(
        ask(&token, "screenpop-client").await["error"],
        "invalid_grant",
        "it rotates"
    );
    assert_eq!(ask(&token, "other").await["error"], "invalid_client_id");

    let me = Client::signed_in(&double)
        .get("/services/oauth2/userinfo")
        .await;
    assert_eq!(value(&me)["user_id"], json!(double.cast().agent.id));
    assert_eq!(
        Client::of(&double)
            .get("/services/oauth2/userinfo")
            .await
            .status,
        403
    );
}

#[tokio::test]
async fn describe_tells_picklists_and_person_accounts_exist_where_switched_on() {
    let options = SalesforceOptions {
        person_accounts: true,
        ..SalesforceOptions::default()
    };
    let double = org_with(options).await;
    let described = value(
        &Client::signed_in(&double)
            .get(&format!("{API}/sobjects/Case/describe"))
            .await,
    );
    let fields = described["fields"].as_array().expect("fields");
    let status = fields
        .iter()
        .find(|field| field["name"] == "Status")
        .expect("a status");
    assert_eq!(status["picklistValues"][0]["value"], "New");
    let (_, body) = soql(&double, "SELECT Id, PersonContactId FROM Account WHERE IsPersonAccount = true AND PersonEmail = 'juergen@example.de'").await;
    assert_eq!(
        body["records"][0]["PersonContactId"],
        json!(double.cast().jurgen.id)
    );
}
