//! A status that somebody else has set since the agent looked is not overwritten.

use pop_core::action::{ActionKind, Next, Outcome};
use pop_core::fault::FaultKind;
use pop_crm::{SeenStatus, Write};
use serde_json::json;

use crate::actions::{act, failed, lines, write};
use crate::support::{Desk, HEAD, Reply, Seen, desk, text};

const CASES: &str = r#"
[cases.open]
call  = "GET /cases"
each  = "body.items"
check = ["it.owner"]
[action.set_status]
form.status = { label = "Status", required = true }
call        = "PATCH /cases/{case.id}"
json        = { status = "{input.status}" }
resend      = "always"
"#;

/// A help desk in which the agent's case has a status by now, or is not listed.
fn where_it_is(now: Option<&'static str>) -> Desk {
    let head = HEAD.replace("[activity]", "status = \"it.status\"\n[activity]");
    let answer = move |seen: &Seen, _: usize| {
        if seen.path() != "/cases" {
            return Reply::json(&json!({}));
        }
        let own =
            now.map(|status| json!({ "id": "k1", "owner": "a-1", "open": true, "status": status }));
        let other = json!({ "id": "k2", "owner": "a-1", "open": true, "status": "Other" });
        let items: Vec<_> = own.into_iter().chain([other]).collect();
        Reply::json(&json!({ "items": items }))
    };
    desk(&text(&[&head, CASES]), answer)
}

fn done() -> Write {
    Write {
        seen: Some(SeenStatus {
            was: "New".into(),
            becomes: Some("Done".into()),
        }),
        ..write(&json!({ "status": "3" }))
    }
}

#[tokio::test]
async fn a_status_that_is_still_what_the_agent_saw_is_set() {
    for now in [Some("New"), Some("Done"), None] {
        let desk = where_it_is(now);
        let written = act(&desk, ActionKind::SetStatus, &done()).await;
        assert!(written.is_ok(), "{now:?}: {written:?}");
        assert_eq!(lines(&desk), ["GET /cases", "PATCH /cases/k1"], "{now:?}");
    }
}

#[tokio::test]
async fn a_status_that_somebody_else_has_set_meanwhile_waits_for_a_person() {
    let desk = where_it_is(Some("Waiting"));
    let fault = failed(&desk, ActionKind::SetStatus, &done()).await;
    assert_eq!(fault.fault.kind, FaultKind::Conflict);
    assert_eq!((fault.outcome, fault.next), (Outcome::NotDone, Next::Park));
    assert_eq!(lines(&desk), ["GET /cases"], "nothing is written");

    let again = Write {
        seen: None,
        ..done()
    };
    let written = act(&desk, ActionKind::SetStatus, &again).await;
    assert!(written.is_ok(), "control: {written:?}");
}

#[tokio::test]
async fn a_case_that_cannot_be_read_again_is_not_written_and_tried_later() {
    let head = HEAD.replace("[activity]", "status = \"it.status\"\n[activity]");
    let desk = desk(&text(&[&head, CASES]), |_, _| Reply::status(503));
    let fault = failed(&desk, ActionKind::SetStatus, &done()).await;
    assert_eq!((fault.outcome, fault.next), (Outcome::NotDone, Next::Retry));
    assert!(lines(&desk).iter().all(|line| line.starts_with("GET ")));
}
