//! The Dynamics 365 double, asked as the Web API guide asks.

use pop_doubles::dynamics::{Dynamics, literals};
use pop_doubles::{Act, Double, Landing, Trouble, browse};
use serde_json::{Value, json};

use crate::support::{Client, form, value};

const API: &str = "/api/data/v9.2";
const LABEL: &str = "OData.Community.Display.V1.FormattedValue";
const TABLE: &str = "Microsoft.Dynamics.CRM.lookuplogicalname";

async fn started() -> (Dynamics, Double) {
    let environment = Dynamics::default();
    let double = Double::start(environment.clone())
        .await
        .expect("a free port");
    (environment, double)
}

async fn asked(double: &Double, set: &str, members: &[(&str, &str)]) -> (u16, Value) {
    let target = format!("{API}/{set}?{}", form(members));
    let answer = Client::signed_in(double).get(&target).await;
    (answer.status, value(&answer))
}

async fn names(double: &Double, filter: &str) -> Vec<String> {
    let members = [("$select", "fullname"), ("$filter", filter)];
    let (status, body) = asked(double, "contacts", &members).await;
    assert_eq!(status, 200, "{filter}: {body}");
    let rows = body["value"].as_array().expect("a list").iter();
    rows.map(|row| row["fullname"].as_str().expect("a name").to_owned())
        .collect()
}

#[tokio::test]
async fn one_request_brings_the_contact_with_cases_and_calls() {
    let (_, double) = started().await;
    let ann = double.cast().ann;
    let members = [
        (
            "$select",
            "contactid,fullname,emailaddress1,_parentcustomerid_value,new_tier",
        ),
        (
            "$filter",
            "emailaddress1 eq 'ANN.o''neil@example.com' and statecode eq 0",
        ),
        ("$top", "5"),
        ("$count", "true"),
        (
            "$expand",
            "incident_customer_contacts($select=ticketnumber,title,statuscode,prioritycode;$filter=statecode eq 0;\
         $orderby=modifiedon desc;$top=10),Contact_Phonecalls($select=subject,directioncode;$orderby=createdon desc)",
        ),
    ];
    let target = format!("{API}/contacts?{}", form(&members));
    let prefer = format!("odata.include-annotations=\"{LABEL},{TABLE}\"");
    let client = Client::signed_in(&double).with("prefer", &prefer);
    let body = value(&client.get(&target).await);
    assert_eq!(body["@odata.count"], 1);
    let row = &body["value"][0];
    assert_eq!(row["contactid"], json!(ann.id));
    assert_eq!(row["_parentcustomerid_value"], json!(ann.account_id));
    assert_eq!(
        row[format!("_parentcustomerid_value@{LABEL}")],
        "Northwind Bank"
    );
    assert_eq!(row[format!("_parentcustomerid_value@{TABLE}")], "account");
    assert_eq!(
        (&row["new_tier"], &row[format!("new_tier@{LABEL}")]),
        (&json!(1), &json!("Premium"))
    );
    assert!(
        row["@odata.etag"]
            .as_str()
            .is_some_and(|tag| tag.starts_with("W/\""))
    );
    let cases = row["incident_customer_contacts"].as_array().expect("cases");
    assert_eq!(cases.len(), 2);
    assert_eq!(
        (
            &cases[0]["title"],
            &cases[0][format!("prioritycode@{LABEL}")]
        ),
        (&json!("Card blocked abroad"), &json!("High"))
    );
    assert_eq!(row["Contact_Phonecalls"].as_array().map(Vec::len), Some(1));

    let plain = value(&Client::signed_in(&double).get(&target).await);
    assert!(
        plain["value"][0].get(format!("new_tier@{LABEL}")).is_none(),
        "only where they are asked for"
    );
    let pointers = [("$filter", format!("_regardingobjectid_value eq {}", ann.id))];
    let pointers = pointers
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    let (_, all) = asked(&double, "activitypointers", &pointers).await;
    let kinds = all["value"]
        .as_array()
        .expect("activities")
        .iter()
        .map(|row| row["activitytypecode"].clone());
    assert_eq!(kinds.collect::<Vec<_>>(), ["phonecall", "task"]);
}

#[tokio::test]
async fn a_filter_means_what_it_means_in_odata() {
    let (_, double) = started().await;
    for (filter, count) in [
        ("telephone1 eq '+1 415-555-0100'", 1),
        ("contains(telephone1,'0199')", 3),
        (
            "startswith(telephone1,'(415)') or endswith(telephone1,'x12')",
            2,
        ),
        ("contains(fullname,'%') and lastname ne 'Lind'", 8),
        ("contains(lastname,'[ij]')", 3),
        ("emailaddress1 eq null", 2),
        (
            "not (lastname eq 'Lind') and emailaddress1 eq 'team@example.com'",
            3,
        ),
        ("parentcustomerid_account/name eq 'northwind bank'", 1),
        (
            "Microsoft.Dynamics.CRM.In(PropertyName='telephone1',PropertyValues=['+49 30 901820','x'])",
            1,
        ),
        ("new_tier eq 1 and createdon ge 2020-01-01T00:00:00Z", 1),
        (
            "lastname eq 'Lind' or lastname eq 'Berg' and firstname eq 'Nobody'",
            2,
        ),
        ("emailaddress1 eq 'nobody@example.com'", 0),
    ] {
        assert_eq!(names(&double, filter).await.len(), count, "{filter}");
    }
    let quotes = double.cast().quotes;
    let email = quotes.email.expect("an address").replace('\'', "''");
    assert_eq!(
        names(&double, &format!("emailaddress1 eq '{email}'")).await,
        [quotes.name]
    );
    assert_eq!(
        literals("contains(a,'o''n') and b eq 'x'"),
        Ok(vec!["o'n".to_owned(), "x".to_owned()])
    );
}

#[tokio::test]
async fn what_the_service_does_not_know_is_refused_in_its_words() {
    let (_, double) = started().await;
    for (set, option, text, status) in [
        ("contact", "$top", "1", 404),
        ("contacts", "$select", "FullName", 400),
        ("contacts", "$select", "parentcustomerid", 400),
        ("contacts", "$filter", "nope eq 'x'", 400),
        ("contacts", "$filter", "emailaddress1 eq 'o'neil'", 400),
        ("contacts", "$filter", "emailaddress1 eq 'x", 400),
        ("contacts", "$filter", "emailaddress1 eq 1", 400),
        (
            "contacts",
            "$filter",
            "contactid eq '00000000-0000-0000-0000-000000000000'",
            400,
        ),
        ("contacts", "$filter", "contains(statecode,'1')", 400),
        ("contacts", "$expand", "Incident_customer_contacts", 400),
        (
            "contacts",
            "$expand",
            "incident_customer_contacts($select=nope)",
            400,
        ),
        ("contacts", "$orderby", "fullname down", 400),
        ("contacts", "$skip", "1", 400),
        ("contacts(x)", "$select", "fullname", 400),
        (
            "contacts(00000000-0000-0000-0000-000000000000)",
            "$select",
            "fullname",
            404,
        ),
        (
            "contacts(new_customerno='none')",
            "$select",
            "fullname",
            404,
        ),
        ("contacts(emailaddress1='x')", "$select", "fullname", 400),
    ] {
        let (told, body) = asked(&double, set, &[(option, text)]).await;
        assert_eq!(told, status, "{set} {option} {text}: {body}");
        assert!(
            body["error"]["code"].is_string() && body["error"]["message"].is_string(),
            "{body}"
        );
    }
}

#[tokio::test]
async fn a_row_is_named_by_its_guid_or_its_alternate_key() {
    let (_, double) = started().await;
    let cast = double.cast();
    let client = Client::signed_in(&double);
    let key = cast
        .quotes
        .external_id
        .expect("a number")
        .replace('\'', "''");
    let key = form(&[("", &key)])
        .trim_start_matches('=')
        .replace('+', "%20");
    for (segment, id) in [
        (format!("contacts({})", cast.ann.id), &cast.ann.id),
        ("contacts(new_customerno='40812')".to_owned(), &cast.ann.id),
        (format!("contacts(new_customerno='{key}')"), &cast.quotes.id),
    ] {
        let answer = client
            .get(&format!("{API}/{segment}?$select=fullname"))
            .await;
        assert_eq!(
            (answer.status, &value(&answer)["contactid"]),
            (200, &json!(id)),
            "{segment}"
        );
    }
    let cases = client
        .get(&format!(
            "{API}/contacts({})/incident_customer_contacts?$filter=statecode%20eq%201",
            cast.ann.id
        ))
        .await;
    assert_eq!(value(&cases)["value"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_case_needs_a_customer_and_binds_it_by_name() {
    let (environment, double) = started().await;
    let ann = double.cast().ann;
    let client = Client::signed_in(&double);
    let target = format!("{API}/incidents");
    let bind = format!("/contacts({})", ann.id);
    let body = json!({ "title": "Delivery missing", "customerid_contact@odata.bind": bind, "caseorigincode": 1, "prioritycode": 2 });
    let made = client.json("POST", &target, &body).await;
    assert_eq!(made.status, 204);
    assert!(
        made.header("odata-entityid")
            .is_some_and(|address| address.contains("/incidents("))
    );
    let client = client.with("prefer", "return=representation");
    let made = client.json("POST", &target, &body).await;
    let row = value(&made);
    assert_eq!(
        (made.status, &row["_customerid_value"], &row["statuscode"]),
        (201, &json!(ann.id), &json!(1))
    );
    assert_eq!(environment.count_of("incident"), 5);

    let with = |name: &str, value: Value| {
        let mut body = body.clone();
        body[name] = value;
        body
    };
    for (wrong, code) in [
        (json!({ "title": "x" }), "0x80040203"),
        (with("nope", json!(1)), "0x80048d19"),
        (with("customerid@odata.bind", json!(bind)), "0x80048d19"),
        (with("_customerid_value", json!(ann.id)), "0x80048d19"),
        (
            with("customerid_account@odata.bind", json!(bind)),
            "0x80048d19",
        ),
        (
            with(
                "primarycontactid@odata.bind",
                json!("/contacts(00000000-0000-0000-0000-000000000000)"),
            ),
            "0x80040217",
        ),
        (with("prioritycode", json!(99)), "0x80044330"),
        (with("prioritycode", json!("2")), "0x80048d19"),
        (with("title", json!("x".repeat(201))), "0x80044331"),
    ] {
        let answer = client.json("POST", &target, &wrong).await;
        assert_eq!(value(&answer)["error"]["code"], code, "{wrong}");
    }
    assert_eq!(environment.count_of("incident"), 5);
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
async fn headers_decide_whether_an_upsert_may_make_or_change() {
    let (environment, double) = started().await;
    let id = "5f4e0000-0000-4000-8000-000000000001";
    let bind = format!("/contacts({})", double.cast().ann.id);
    let body = json!({ "title": "Once", "customerid_contact@odata.bind": bind });
    let target = format!("{API}/incidents({id})");
    let only_new = Client::signed_in(&double).with("if-none-match", "*");
    let only_old = Client::signed_in(&double).with("if-match", "*");
    assert_eq!(only_old.json("PATCH", &target, &body).await.status, 404);
    assert_eq!(only_new.json("PATCH", &target, &body).await.status, 204);
    let again = only_new.json("PATCH", &target, &body).await;
    assert_eq!((again.status, environment.count_of("incident")), (412, 4));
    assert_eq!(
        only_old
            .json("PATCH", &target, &json!({ "title": "Twice" }))
            .await
            .status,
        204
    );
    assert_eq!(environment.record("incident", id)["title"], "Twice");
    let stale = Client::signed_in(&double).with("if-match", "W/\"1\"");
    assert_eq!(
        stale
            .json("PATCH", &target, &json!({ "title": "x" }))
            .await
            .status,
        412
    );

    let by_key = format!("{API}/incidents(new_interactionid='i-1')");
    let client = Client::signed_in(&double);
    for _ in 0..2 {
        assert_eq!(client.json("PATCH", &by_key, &body).await.status, 204);
    }
    assert_eq!(environment.count_of("incident"), 5);
}

#[tokio::test]
async fn a_call_is_logged_with_its_parties_and_states_go_with_reasons() {
    let (environment, double) = started().await;
    let cast = double.cast();
    let client = Client::signed_in(&double).with("prefer", "return=representation");
    let body = json!({ "subject": "Inbound call", "phonenumber": "+14155550100", "directioncode": false,
        "actualstart": "2026-09-01T10:11:12Z", "actualdurationminutes": 5,
        "regardingobjectid_incident_phonecall@odata.bind": format!("/incidents({})", cast.ann.cases[0].id),
        "phonecall_activity_parties": [
            { "partyid_contact@odata.bind": format!("/contacts({})", cast.ann.id), "participationtypemask": 1 },
            { "partyid_systemuser@odata.bind": format!("/systemusers({})", cast.agent.id), "participationtypemask": 2 } ] });
    let made = client
        .json("POST", &format!("{API}/phonecalls"), &body)
        .await;
    assert_eq!(made.status, 201, "{}", value(&made));
    let id = value(&made)["activityid"]
        .as_str()
        .expect("an id")
        .to_owned();
    let target = format!("{API}/phonecalls({id})");
    assert_eq!(
        client
            .json("PATCH", &target, &json!({ "statecode": 1 }))
            .await
            .status,
        200
    );
    assert_eq!(environment.record("phonecall", &id)["statuscode"], 2);
    let wrong = client
        .json(
            "PATCH",
            &target,
            &json!({ "statecode": 0, "statuscode": 2 }),
        )
        .await;
    assert_eq!(value(&wrong)["error"]["code"], "0x80048408");

    let case = format!("{API}/incidents({})", cast.ann.cases[1].id);
    assert_eq!(
        client
            .json("PATCH", &case, &json!({ "statecode": 1, "statuscode": 5 }))
            .await
            .status,
        400
    );
    let resolution = json!({ "Status": 5, "IncidentResolution": { "subject": "Done",
        "incidentid@odata.bind": format!("/incidents({})", cast.ann.cases[1].id) } });
    assert_eq!(
        client
            .json("POST", &format!("{API}/CloseIncident"), &resolution)
            .await
            .status,
        204
    );
    assert_eq!(
        environment.record("incident", &cast.ann.cases[1].id)["statecode"],
        1
    );
}

#[tokio::test]
async fn option_labels_are_told_by_the_metadata_and_by_rows() {
    let (_, double) = started().await;
    let client = Client::signed_in(&double);
    let target = format!(
        "{API}/EntityDefinitions(LogicalName='incident')/Attributes(LogicalName='prioritycode')/Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$select=LogicalName&$expand=OptionSet($select=Options)"
    );
    let told = value(&client.get(&target).await);
    assert_eq!(
        told["OptionSet"]["Options"][0]["Label"]["UserLocalizedLabel"]["Label"],
        "High"
    );
    let of = |name: &str, kind: &str| {
        format!(
            "{API}/EntityDefinitions(LogicalName='incident')/Attributes{name}/Microsoft.Dynamics.CRM.{kind}AttributeMetadata"
        )
    };
    let statuses = value(
        &client
            .get(&of("(LogicalName='statuscode')", "Status"))
            .await,
    );
    assert_eq!(statuses["OptionSet"]["Options"][4]["State"], 1);
    let all = value(&client.get(&of("", "Picklist")).await);
    assert_eq!(all["value"].as_array().map(Vec::len), Some(4));
    let wrong = client
        .get(&of("(LogicalName='statuscode')", "Picklist"))
        .await;
    assert_eq!(wrong.status, 404);
    let filter = "objecttypecode eq 'incident' and attributename eq 'statuscode'";
    let (_, rows) = asked(
        &double,
        "stringmaps",
        &[("$filter", filter), ("$orderby", "displayorder")],
    )
    .await;
    assert_eq!(rows["value"][0]["value"], "In Progress");
}

#[tokio::test]
async fn entra_gives_a_new_refresh_token_and_lets_the_old_one_live() {
    let (_, double) = started().await;
    let client_id = double.oauth().rules().client_id.clone();
    let login = Client::of(&double).at("login.microsoftonline.com");
    let ask = async |token: &str| {
        let members = [
            ("grant_type", "refresh_token"),
            ("client_id", client_id.as_str()),
            ("refresh_token", token),
        ];
        value(
            &login
                .form("/organizations/oauth2/v2.0/token", &members)
                .await,
        )
    };
    let first = double
        .oauth()
        .grant("offline_access")
        .refresh_token
        .expect("a refresh token");
    let second = ask(&first).await;
    assert!(second["refresh_token"].is_string() && second["refresh_token"] != json!(first));
    assert_eq!(second["expires_in"], 3599);
    assert!(ask(&first).await["access_token"].is_string());
    double.oauth().refuse_refresh(true);
    let refused = ask(&first).await;
    assert_eq!(
        (&refused["error"], &refused["error_codes"]),
        (&json!("invalid_grant"), &json!([50076]))
    );

    let page =
        "https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?response_type=code";
    let page = format!(
        "{page}&client_id={client_id}&redirect_uri=http://localhost:9/callback&state=s&code_challenge_method=S256&code_challenge=x"
    );
    double.oauth().register("http://localhost/callback");
    assert!(
        matches!(browse(&double, &page).await, Ok(Landing::Sent(_))),
        "the port is not compared"
    );
}

#[tokio::test]
async fn a_token_is_needed_and_limits_tell_how_long_to_wait() {
    let (environment, double) = started().await;
    let target = format!("{API}/WhoAmI");
    let refused = Client::of(&double).get(&target).await;
    assert_eq!((refused.status, refused.body.len()), (401, 0));
    assert!(refused.header("www-authenticate").is_some());
    let client = Client::signed_in(&double);
    assert_eq!(
        value(&client.get(&target).await)["UserId"],
        json!(double.cast().agent.id)
    );
    double.next(Act::Trouble(Trouble::RateLimited));
    let limited = client.get(&target).await;
    assert_eq!(
        (limited.status, limited.header("retry-after")),
        (429, Some("17"))
    );
    assert_eq!(value(&limited)["error"]["code"], "0x80072322");
    environment.set_requests_left(1);
    assert_eq!(client.get(&target).await.status, 200);
    assert_eq!(client.get(&target).await.status, 429);
    environment.set_requests_left(9);
    let other = Client::signed_in(&double)
        .at("acme.api.crm4.dynamics.com")
        .get(&target)
        .await;
    assert_eq!(other.status, 200);
    let found = Client::signed_in(&double)
        .at("globaldisco.crm.dynamics.com")
        .get("/api/discovery/v2.0/Instances")
        .await;
    assert_eq!(
        value(&found)["value"][0]["Url"],
        "https://acme.crm4.dynamics.com"
    );
}
