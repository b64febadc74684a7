//! Starting, stopping, and the database file.

use std::fs;

use jiff::Timestamp;
use pop_sandbox::{Fault, FaultRule, Options, Sandbox, SandboxError};
use rusqlite::Connection;
use serde_json::json;

use crate::support::{Broken, Crm, TOKEN};

fn options() -> Options {
    Options {
        customers: 20,
        ..Options::new(TOKEN)
    }
}

#[tokio::test]
async fn a_stopped_sandbox_frees_its_port_even_while_an_answer_is_due() {
    let crm = Crm::of(options()).await;
    let port: u16 = crm
        .sandbox
        .origin()
        .rsplit_once(':')
        .unwrap()
        .1
        .parse()
        .unwrap();
    let taken = Sandbox::start(Options {
        port: Some(port),
        ..options()
    })
    .await;
    assert!(matches!(taken, Err(SandboxError::Port { port: refused, .. }) if refused == port));

    crm.sandbox
        .set_fault(Some(FaultRule::always(Fault::Slow { millis: 60_000 })));
    let token = format!("Bearer {TOKEN}");
    let headers = [("authorization", token.as_str())];
    let waiting = crm.send("GET", "/api/me", &headers, None);
    let stopping = async {
        while crm.sandbox.requests().is_empty() {
            tokio::task::yield_now().await;
        }
        crm.sandbox.stop().await;
        crm.sandbox.stop().await;
    };
    let (waiting, ()) = tokio::join!(waiting, stopping);
    assert!(matches!(waiting, Err(Broken::Nothing)));

    let next = Sandbox::start(Options {
        port: Some(port),
        ..options()
    })
    .await
    .unwrap();
    assert_eq!(next.origin(), format!("http://127.0.0.1:{port}"));
}

#[tokio::test]
async fn a_dropped_sandbox_stops_too() {
    let crm = Crm::of(options()).await;
    let origin = crm.sandbox.origin();
    let port: u16 = origin.rsplit_once(':').unwrap().1.parse().unwrap();
    drop(crm);
    loop {
        if let Ok(next) = Sandbox::start(Options {
            port: Some(port),
            ..options()
        })
        .await
        {
            assert_eq!(next.origin(), origin);
            return;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_token_that_no_header_can_carry_is_refused() {
    for token in ["", " ", "two words", "tab\t", "schlüssel"] {
        let started = Sandbox::start(Options {
            token: token.to_owned(),
            ..options()
        })
        .await;
        assert!(matches!(started, Err(SandboxError::Token)), "{token:?}");
    }
    assert!(
        !format!("{:?}", options()).contains(TOKEN),
        "a token is never printed"
    );
}

#[tokio::test]
async fn a_database_file_is_filled_once_and_keeps_what_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let file = Options {
        database: Some(folder.path().join("crm.db")),
        ..options()
    };
    let crm = Crm::of(file.clone()).await;
    let before = crm.get("/api/customers?limit=100").await.json();
    let body = json!({ "customerId": "12345", "subject": "Kept" });
    let case = crm
        .post_with_key("/api/cases", "k", body.clone())
        .await
        .json();
    crm.sandbox.stop().await;
    drop(crm);

    let crm = Crm::of(Options {
        customers: 500,
        seed: 1,
        ..file
    })
    .await;
    let after = crm.get("/api/customers?limit=100").await.json();
    assert_eq!(
        after["total"], before["total"],
        "nothing is generated a second time"
    );
    let id = case["caseId"].as_str().unwrap();
    let kept = crm.get(&format!("/api/cases/{id}")).await.json();
    assert_eq!(kept["subject"], "Kept");
    assert_eq!(kept["createdAt"], case["createdAt"]);
    let again = crm.post_with_key("/api/cases", "k", body).await;
    assert_eq!(
        again.header("idempotency-replayed"),
        "true",
        "keys are kept as well"
    );
}

#[tokio::test]
async fn what_is_due_tomorrow_is_due_tomorrow_in_every_lesson() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crm.db");
    let file = Options {
        database: Some(path.clone()),
        ..options()
    };
    let crm = Crm::of(file.clone()).await;
    let touched = crm
        .call(
            "PATCH",
            "/api/cases/20417",
            &[],
            Some(r#"{"priority":"low"}"#.into()),
        )
        .await;
    let touched = touched.json();
    crm.sandbox.stop().await;
    drop(crm);

    // A hundred days pass.
    let passed = 100 * 86_400;
    let connection = Connection::open(&path).unwrap();
    connection
        .execute_batch(&format!(
            "UPDATE origin SET anchor = anchor - {passed};
         UPDATE cases SET created_at = created_at - {passed}, updated_at = updated_at - {passed},
                          due_at = due_at - {passed};
         UPDATE interactions SET at = at - {passed};"
        ))
        .unwrap();
    drop(connection);

    let crm = Crm::of(file).await;
    let seconds = |value: &serde_json::Value| {
        value
            .as_str()
            .unwrap()
            .parse::<Timestamp>()
            .unwrap()
            .as_second()
    };
    let case = crm.get("/api/cases/20481").await.json();
    let left = seconds(&case["dueAt"]) - Timestamp::now().as_second();
    assert!((86_000..=86_400).contains(&left), "{left}");
    let past = crm.get("/api/customers/12345/interactions").await.json();
    let age = Timestamp::now().as_second() - seconds(&past["items"][0]["at"]);
    assert!((7 * 86_400..7 * 86_400 + 600).contains(&age), "{age}");
    let kept = crm.get("/api/cases/20417").await.json();
    let moved = seconds(&touched["updatedAt"]) - seconds(&kept["updatedAt"]);
    assert_eq!(
        moved, passed,
        "control: what a person touched keeps its own time"
    );
}

#[tokio::test]
async fn a_file_of_another_program_or_a_newer_release_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(
        at("text.db"),
        "These are my notes about the neighbours' garden and other things.",
    )
    .unwrap();
    let connection = Connection::open(at("other.db")).unwrap();
    connection
        .execute_batch("CREATE TABLE diary (day TEXT); INSERT INTO diary VALUES ('x');")
        .unwrap();
    drop(connection);
    for name in ["text.db", "other.db"] {
        let before = fs::read(at(name)).unwrap();
        let started = Sandbox::start(Options {
            database: Some(at(name)),
            ..options()
        })
        .await;
        assert!(
            matches!(started, Err(SandboxError::ForeignDatabase { .. })),
            "{started:?}"
        );
        assert_eq!(
            fs::read(at(name)).unwrap(),
            before,
            "{name} was not touched"
        );
    }

    let file = Options {
        database: Some(at("newer.db")),
        ..options()
    };
    Crm::of(file.clone()).await.sandbox.stop().await;
    let connection = Connection::open(at("newer.db")).unwrap();
    connection.pragma_update(None, "user_version", 2).unwrap();
    drop(connection);
    let started = Sandbox::start(file).await;
    assert!(
        matches!(started, Err(SandboxError::NewerDatabase { found: 2, .. })),
        "{started:?}"
    );

    let nowhere = at("no-such-folder").join("crm.db");
    let started = Sandbox::start(Options {
        database: Some(nowhere),
        ..options()
    })
    .await;
    assert!(
        matches!(started, Err(SandboxError::Database(_))),
        "{started:?}"
    );
}
