//! Links of records: templates in order, the record's own link last, and one set of checks.

use pop_core::link::{LinkFault, RecordUrl};
use pop_core::profile::{Case, Customer, RecordKind};
use pop_crm::Context;
use serde_json::json;

use crate::support::{
    BY_ID, Given, HEAD, Reply, Seen, customer, desk, faults_of, id, loaded, open, text,
};

const LINKS: &str = r#"
[link]
within   = ["{setting.server}", "*.pages.example"]
customer = ["{setting.server}/people/{customer.id}?type={customer.type?}"]
case     = ["{setting.server}/cases/{case.id}"]
"#;

fn link(text: &str, customer: &Customer) -> Result<String, LinkFault> {
    let desk = desk(text, |_, _| Reply::Silence);
    let link = desk.connection.link(RecordKind::Customer, customer, None)?;
    Ok(link.as_str().to_owned())
}

#[test]
fn a_link_is_made_of_the_record_and_the_settings() {
    let text = text(&[HEAD, LINKS]);
    let ann = Customer {
        kind: Some("Person & Co".into()),
        ..customer("a-1")
    };
    assert_eq!(
        link(&text, &ann).as_deref(),
        Ok("https://crm.example/people/a-1?type=Person%20%26%20Co")
    );
    assert_eq!(
        link(&text, &customer("a-1")).as_deref(),
        Ok("https://crm.example/people/a-1")
    );
    let desk = desk(&text, |_, _| Reply::Silence);
    let case = Case {
        id: "k1".into(),
        ..Case::default()
    };
    let link = desk
        .connection
        .link(RecordKind::Case, &customer("a-1"), Some(&case));
    assert_eq!(
        link.as_ref().map(RecordUrl::as_str),
        Ok("https://crm.example/cases/k1")
    );
    let without = desk
        .connection
        .link(RecordKind::Case, &customer("a-1"), None);
    assert!(matches!(without, Err(LinkFault::Missing { name }) if name == "case.id"));
}

#[test]
fn hostile_values_stay_on_the_host_and_in_their_place() {
    let text = text(&[HEAD, LINKS]);
    for value in [
        "../../evil",
        "?x=1",
        "#x",
        "//evil.test",
        "a@evil.test",
        "%2e%2e",
        "\\evil",
        "javascript:1",
    ] {
        let ann = Customer {
            kind: Some(value.to_owned()),
            ..customer("a-1")
        };
        let link = link(&text, &ann).expect("it is only a value");
        assert!(
            link.starts_with("https://crm.example/people/a-1?type="),
            "{value}: {link}"
        );
        assert_eq!(
            link.matches('?').count() + link.matches('#').count(),
            1,
            "{value}: {link}"
        );
    }
    for value in ["a\u{0}b", "\u{202e}x", "a\nb"] {
        let ann = Customer {
            kind: Some(value.to_owned()),
            ..customer("a-1")
        };
        assert!(link(&text, &ann).is_err(), "{value:?} is refused");
    }
}

#[test]
fn the_first_template_whose_names_all_have_a_value_is_taken() {
    let links = r#"
[link]
within   = ["{setting.server}"]
customer = ["{customer.link}", "{setting.server}/o/{account.id}/{customer.id}", "{setting.server}/{customer.id}"]
"#;
    let text = text(&[HEAD, links]);
    let own = Customer {
        link: Some("https://crm.example/own/7".into()),
        ..customer("7")
    };
    assert_eq!(
        link(&text, &own).as_deref(),
        Ok("https://crm.example/own/7")
    );
    let account = Customer {
        account_id: Some("o1".into()),
        ..customer("7")
    };
    assert_eq!(
        link(&text, &account).as_deref(),
        Ok("https://crm.example/o/o1/7")
    );
    assert_eq!(
        link(&text, &customer("7")).as_deref(),
        Ok("https://crm.example/7")
    );
}

#[test]
fn the_records_own_link_passes_the_same_checks_or_there_is_none() {
    let text = text(&[HEAD, "[link]\nwithin = [\"{setting.server}\"]\n"]);
    let with = |own: &str| {
        link(
            &text,
            &Customer {
                link: Some(own.to_owned()),
                ..customer("7")
            },
        )
    };
    assert_eq!(
        with("https://crm.example/r/7?a=b").as_deref(),
        Ok("https://crm.example/r/7?a=b")
    );
    for own in [
        "https://evil.test/r/7",
        "http://crm.example/r/7",
        "javascript:alert(1)",
        "https://crm.example@evil.test/",
        "https://crm.example.evil.test/",
        "file:///etc/passwd",
        "https://crm.example/a b",
        "//crm.example/r",
    ] {
        assert!(with(own).is_err(), "{own}");
    }
    assert!(
        link(&text, &customer("7")).is_err(),
        "nothing there, no link"
    );
}

#[test]
fn the_host_may_come_from_a_setting_and_only_from_the_list() {
    let links = r#"
[setting.pages]
kind    = "host"
default = "eu.pages.example"
[link]
within   = ["*.pages.example"]
customer = ["https://{setting.pages}/r/{customer.id}"]
"#;
    let definition = loaded(&text(&[HEAD, links]));
    let with = |settings| {
        let given = Given {
            settings,
            ..Given::default()
        };
        let desk = open(&definition, given, |_, _| Reply::Silence);
        let desk = desk.unwrap_or_else(|faults| panic!("{faults:?}"));
        let link = desk
            .connection
            .link(RecordKind::Customer, &customer("7"), None);
        link.map(|link| link.as_str().to_owned())
    };
    assert_eq!(
        with(json!({})).as_deref(),
        Ok("https://eu.pages.example/r/7")
    );
    assert_eq!(
        with(json!({ "pages": "evil.test" })),
        Err(LinkFault::UrlHost)
    );
}

#[test]
fn a_template_that_could_lead_elsewhere_is_refused_at_load() {
    for template in [
        "http://crm.example/{customer.id}",
        "https://crm.example@{customer.id}/",
        "https://{setting.server}.evil.test/{customer.id}x",
        "{setting.server}{customer.id}",
        "{setting.server}//{customer.id}",
        "{setting.server}/?{customer.id}=1",
        "javascript:{customer.id}",
        "{customer.nam}",
        "{setting.server}/{+customer.id}",
    ] {
        let link =
            format!("[link]\nwithin = [\"{{setting.server}}\"]\ncustomer = [\"{template}\"]\n");
        let faults = faults_of(&text(&[HEAD, &link]));
        assert!(faults.contains("link.customer"), "{template}: {faults:?}");
    }
}

#[tokio::test]
async fn what_only_a_link_needs_is_learned_beside_the_lookup() {
    let more = r#"
[me]
call = "GET /me"
map  = { site = "body.site" }
[link]
within   = ["*.pages.example"]
customer = ["https://{me.site}/r/{customer.id}"]
"#;
    let text = text(&[HEAD, BY_ID, more]);
    let answers = |status: u16| {
        move |seen: &Seen, _: usize| match seen.path().as_str() {
            "/me" => Reply::of(status, "application/json", r#"{"site":"eu.pages.example"}"#),
            _ => Reply::json(&json!({ "id": "7" })),
        }
    };
    let well = desk(&text, answers(200));
    let before = well
        .connection
        .link(RecordKind::Customer, &customer("7"), None);
    assert!(matches!(before, Err(LinkFault::Missing { name }) if name == "me.site"));
    let again = Context {
        fresh: true,
        ..Context::default()
    };
    for _ in 0..2 {
        let found = well.connection.find(&id("7"), &again).await;
        assert_eq!(
            found.map(|found| found.round_trips),
            Ok(1),
            "beside, not before"
        );
    }
    let link = well
        .connection
        .link(RecordKind::Customer, &customer("7"), None);
    assert_eq!(
        link.as_ref().map(RecordUrl::as_str),
        Ok("https://eu.pages.example/r/7")
    );
    assert_eq!(well.crm.seen().len(), 3, "who we are is asked once");

    let ill = desk(&text, answers(403));
    let found = ill.connection.find(&id("7"), &Context::default()).await;
    assert!(
        found.is_ok(),
        "no link is no reason not to show who it is: {found:?}"
    );
    assert!(
        ill.connection
            .link(RecordKind::Customer, &customer("7"), None)
            .is_err()
    );
}
