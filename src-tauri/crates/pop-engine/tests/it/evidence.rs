//! Evidence of a real run: everything support needs, nothing that tells of anybody, and the file
//! exactly as it was previewed. Beside it: what would become of an event, and why a card is so.

use std::io::{Cursor, Read as _};

use pop_core::desk::Dropped;
use pop_core::explain::{NotOpening, Telling, Verdict, WhyCustomer, WhyOpening};
use pop_core::identifier::Kind;
use pop_engine::{Evidence, EvidencePart, EvidenceWanted, FlightOf};
use serde_json::{Value, json};
use zip::ZipArchive;

use crate::office::{Office, Run};
use crate::sender::{chat, chat_of};

const ALL: [EvidencePart; 4] = [
    EvidencePart::Timeline,
    EvidencePart::Requests,
    EvidencePart::Versions,
    EvidencePart::Diagnosis,
];

pub(crate) async fn evidence(run: &Run, of: Option<FlightOf>, remark: &str) -> Evidence {
    let wanted = EvidenceWanted {
        of,
        parts: ALL.to_vec(),
        remark: remark.to_owned(),
    };
    run.engine.evidence(wanted).await.expect("it is made")
}

pub(crate) fn text<'e>(evidence: &'e Evidence, name: &str) -> &'e str {
    let file = evidence.files.iter().find(|file| file.name == name);
    &file.unwrap_or_else(|| panic!("{name} is there")).text
}

/// A customer who is found, with everything about them that an event can carry.
async fn popped(office: &Office) -> Run {
    office.set(&json!({
        "sandbox": { "enabled": true },
        "agent": { "id": "agent01", "email": "ada.agent@example.com" },
    }));
    let run = office.start().await;
    let customer = json!({
        "customerId": "12345",
        "email": "cesar.gonzalez@example.com",
        "phone": "+34600012345",
        "name": "Cesar Gonzalez",
        "identityAssurance": "authenticated",
    });
    run.sender()
        .post(&chat_of("c1", "accepted", &customer))
        .await;
    run.screen.record("c1").await;
    run.screen
        .card("c1", |pop| pop.lookups.iter().all(|it| !it.is_pending()))
        .await;
    run
}

#[tokio::test]
async fn evidence_of_a_run_tells_everything_but_who_it_was() {
    let office = Office::with_sandbox();
    let run = popped(&office).await;
    let made = evidence(&run, None, "Slow since nine this morning").await;
    assert!(made.scan.found.is_empty(), "{:?}", made.scan.found);
    assert!(made.scan.looked_for > 10, "{}", made.scan.looked_for);
    for personal in [
        "Cesar",
        "Gonzalez",
        "cesar.gonzalez",
        "600012345",
        "ada.agent",
        "Bearer",
    ] {
        for file in &made.files {
            assert!(
                !file.text.contains(personal),
                "{personal} is in {}",
                file.name
            );
        }
    }
    assert!(text(&made, "README.txt").contains("Slow since nine"));
    assert!(text(&made, "timeline.txt").contains("One customer"));
    let requests: Vec<Value> = serde_json::from_str(text(&made, "requests.json")).expect("JSON");
    let find = requests
        .iter()
        .find(|request| request["call"] == "find.id")
        .expect("the lookup");
    assert_eq!(find["status"], 200);
    assert_eq!(find["answered"]["name"], "text", "{find}");
    assert!(
        find["request"].is_string() && find["trace"].is_string(),
        "{find}"
    );
    let settings: Value = serde_json::from_str(text(&made, "settings.json")).expect("JSON");
    assert_eq!(settings["settings"]["agent"]["id"], "‹left out›");
    let health: Value = serde_json::from_str(text(&made, "health.json")).expect("JSON");
    assert_eq!(health["connections"][0]["id"], "sandbox");
    assert_eq!(health["connections"][0]["fault"], Value::Null);
    run.stop().await;
}

#[tokio::test]
async fn what_slips_into_the_evidence_is_replaced_and_said_in_the_evidence_itself() {
    let office = Office::with_sandbox();
    let run = popped(&office).await;
    let remark = "Cesar Gonzalez, 34 600 012 345, Y2VzYXIuZ29uemFsZXpAZXhhbXBsZS5jb20=";
    let pop = run.screen.card("c1", |_| true).await.id;
    let made = evidence(&run, Some(FlightOf::Card(pop)), remark).await;
    let readme = text(&made, "README.txt");
    assert!(readme.contains("‹customer name›"), "{readme}");
    assert!(readme.contains("‹phone›"), "{readme}");
    assert!(readme.contains("‹e-mail›"), "also as base64: {readme}");
    assert!(
        !readme.contains("Gonzalez") && !readme.contains("600"),
        "{readme}"
    );
    let scan: Value = serde_json::from_str(text(&made, "scan.json")).expect("JSON");
    assert_eq!(scan["clean"], false);
    assert!(
        scan["found"]
            .as_array()
            .is_some_and(|found| found.len() >= 3)
    );
    run.stop().await;
}

#[tokio::test]
async fn the_file_is_what_was_previewed_to_the_byte() {
    let office = Office::with_sandbox();
    let run = popped(&office).await;
    let made = evidence(&run, None, "").await;
    let mut zip = ZipArchive::new(Cursor::new(&made.zip)).expect("a ZIP");
    assert_eq!(zip.len(), made.files.len());
    for file in &made.files {
        let mut packed = String::new();
        let mut entry = zip.by_name(&file.name).expect("it is in there");
        entry.read_to_string(&mut packed).expect("text");
        assert_eq!(packed, file.text, "{}", file.name);
    }
    run.stop().await;
}

#[tokio::test]
async fn a_dry_run_says_what_would_happen_and_nothing_does() {
    let office = Office::with_sandbox();
    let run = office.start().await;
    run.sender().post(&chat("c0", "accepted", "20001")).await;
    run.screen.record("c0").await;
    let body = chat("c1", "accepted", "12345").to_string();
    let trial = run.engine.dry_run(body, None).await.expect("runs");
    let trial = trial.expect("an event");
    let card = &trial.cards[0];
    assert_eq!(card.name.as_deref(), Some("Cesar Gonzalez"));
    let link = card.link.as_deref().expect("an address");
    assert!(link.ends_with("/customers/12345"), "{link}");
    let shown = run.screen.now();
    assert_eq!((shown.cards.len(), shown.opened.len()), (1, 1), "as before");
    assert_eq!(run.history().await.len(), 1, "nothing more is kept");

    run.sender().post(&chat("c1", "accepted", "12345")).await;
    run.screen.record("c1").await;
    assert_eq!(run.screen.now().opened.len(), 2, "the event itself pops");

    let wrong = run
        .engine
        .dry_run("{}".to_owned(), None)
        .await
        .expect("runs");
    assert!(wrong.expect_err("no event").contains("expected"));
    run.stop().await;
}

#[tokio::test]
async fn a_dry_run_of_somebody_elses_event_says_why_there_is_no_card() {
    let office = Office::with_sandbox();
    office.set(&json!({ "sandbox": { "enabled": true }, "agent": { "id": "agent02" } }));
    let run = office.start().await;
    let body = chat("c1", "accepted", "12345").to_string();
    let trial = run.engine.dry_run(body, None).await.expect("runs");
    let trial = trial.expect("an event");
    assert!(trial.cards.is_empty());
    assert_eq!(trial.dropped, [Dropped::ForeignAgent]);
    run.stop().await;
}

#[tokio::test]
async fn a_card_is_explained_from_what_the_desk_decided() {
    let office = Office::with_sandbox();
    office.set(&json!({ "sandbox": { "enabled": true }, "pop": { "open": "never" } }));
    let run = office.start().await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    let card = run.screen.customer("c1", "12345").await;
    let explained = run.engine.explain(card.id).await.expect("known");
    let why = &explained.explanation;
    assert!(
        matches!(&why.customer, WhyCustomer::Only { by, sure: true, .. } if by[0].0 == Kind::RecordId),
        "{why:?}"
    );
    assert_eq!(why.people[0].verdict, Verdict::Meant);
    assert_eq!(why.opening, WhyOpening::Not(NotOpening::Never));
    let sections = why.sections(&|id| id.0.clone(), Telling::default());
    let told = format!("{sections:?}");
    for said in [
        "Exactly one customer fits",
        "nothing opens by itself here",
        "sandbox found 1 customer",
    ] {
        assert!(told.contains(said), "{said} in {told}");
    }
    run.stop().await;
}
