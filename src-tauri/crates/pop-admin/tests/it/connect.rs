//! One sample becomes a file that loads, whose test is the sample.

use crate::folder::Folder;
use crate::support::{outcome, program};

#[tokio::test]
async fn an_answer_of_a_crm_becomes_a_definition_that_is_right() {
    let folder = Folder::new();
    folder.write(
        "answer.json",
        r#"{"count":1,"people":[{"id":7,"first_name":"Ann","last_name":"O'Neil","work-email":"ann@example.com",
            "phone":"+1 415-555-0100","mobile":null,"company":{"name":"Northwind"},"grade":"gold"}]}"#,
    );
    let mut command = program();
    command.current_dir(folder.path(""));
    command.args(["connect", "crm", "answer.json", "--id", "lighthouse"]);
    command.args(["--call", "GET /people?phone={phone.e164}"]);
    command.args(["--page", "https://{setting.host}/ui/people/{customer.id}"]);
    let proposed = outcome(command.args(["--out", "lighthouse.toml"])).await;
    proposed.succeeded();
    assert!(
        proposed
            .out
            .contains("not in the sample: the customer's language"),
        "{proposed:?}"
    );
    let text = folder.read("lighthouse.toml");
    for told in [
        "it.first_name + ' ' + it.last_name",
        "it['work-email']",
        "it.company.name",
        "each = \"body.people\"",
    ] {
        assert!(text.contains(told), "{told} is not in {text}");
    }
    folder.run("crm check lighthouse.toml").await.succeeded();
    let again = outcome(&mut command).await;
    again.failed(2, &["lighthouse.toml is there already"]);
}

#[tokio::test]
async fn a_webhook_body_becomes_a_mapping_that_is_right() {
    let folder = Folder::new();
    folder.write(
        "ring.json",
        r#"{"type":"ringing","id":"e1","call":{"id":"c1","from":"+14155550100","direction":"inbound"},
            "queue":"Billing","agent":{"email":"jordan@example.com"},"caller_name":"Ann"}"#,
    );
    let line = "connect webhook ring.json --id acme-phone --means ringing=offered \
                --means hung_up=ended --out acme.toml";
    folder.run(line).await.succeeded();
    let checked = folder.run("mapping check acme.toml").await;
    checked.succeeded();
    assert!(checked.out.contains("1 samples met"), "{checked:?}");
    let text = folder.read("acme.toml");
    for told in ["body.call.id", "body.agent.email", "phone +14155550100"] {
        assert!(text.contains(told), "{told} is not in {text}");
    }
}

#[tokio::test]
async fn what_cannot_be_told_is_asked_for_and_nothing_is_written() {
    let folder = Folder::new();
    folder.write("ring.json", r#"{"type":"ringing","id":"e1"}"#);
    let line = "connect webhook ring.json --id a --out a.toml";
    let unknown = folder.run(line).await;
    unknown.failed(2, &["--means ringing=offered"]);
    folder.write("none.json", r#"{"people":[]}"#);
    let line = "connect crm none.json --id a --call GET_/x --page x --out a.toml";
    folder.run(line).await.failed(2, &["an empty list"]);
    let nameless = folder.run("connect webhook ring.json --out a.toml").await;
    nameless.failed(2, &["--id"]);
    assert!(!folder.path("a.toml").exists());
}
