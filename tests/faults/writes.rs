//! What is written on a card and not taken by the CRM: tickets that are not created, records that are
//! gone.

use std::collections::BTreeMap;
use std::time::Duration;

use pop_core::action::ActionKind;
use pop_core::desk::{Command, Part, Pop, Wish};
use pop_core::doctor::Report;
use pop_core::profile::ConnectionId;
use pop_core::write::{WriteId, WriteState};
use pop_sandbox::{Fault, FaultRule};

use crate::Row;
use crate::computer::{TOKEN, looked, row};
use crate::office::Office;
use crate::sender::chat;
use crate::training::serve;

/// Longer than anybody can take something back.
const LATER: Duration = Duration::from_secs(6);

/// An agent writes, and the CRM answers with a fault.
async fn parked(kind: ActionKind, given: (&str, &str), fault: Fault) -> Report {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    office.permit_plain_http();
    let run = office.start().await;
    run.connect(&crm, "The Bank", TOKEN).await;
    run.sender().post(&chat("c1", "accepted", "12345")).await;
    let with_cases = |pop: &Pop| {
        let lookup = pop.lookups.first();
        lookup.is_some_and(|lookup| matches!(lookup.cases, Part::Ready(_)))
    };
    let pop = run.screen.card("c1", with_cases).await;
    let Part::Ready(cases) = &pop.lookups[0].cases else {
        unreachable!("they are there");
    };
    crm.set_fault(Some(FaultRule::always(fault).on("/api/cases")));
    let wish = Wish {
        id: WriteId("w-1".to_owned()),
        at: pop.at(),
        connection: ConnectionId("the-bank".to_owned()),
        kind,
        case: (kind != ActionKind::CreateCase).then(|| cases.items[0].id.clone()),
        input: BTreeMap::from([(given.0.to_owned(), given.1.to_owned())]),
        shown: None,
        opens: false,
    };
    let taken = run.engine.command(Command::Write(Box::new(wish))).await;
    taken.expect("it is kept");
    let is_held = |state: &WriteState| *state == WriteState::Held;
    run.screen.wrote("w-1", is_held).await;
    office.clock.forward(LATER);
    let is_parked = |state: &WriteState| matches!(state, WriteState::Parked(_));
    run.screen.wrote("w-1", is_parked).await;
    looked(run).await
}

pub(crate) fn rows() -> Vec<Row> {
    let case = |fault| parked(ActionKind::CreateCase, ("subject", "Card lost"), fault);
    vec![
        row(
            "Ticket not created: a required field, named (scenario 2)",
            &["invalid"],
            case(Fault::Unprocessable),
        ),
        row(
            "Ticket not created: no permission (scenario 2)",
            &["may_not_write"],
            case(Fault::Forbidden),
        ),
        row(
            "Ticket not created: the endpoint is wrong",
            &["not_found"],
            case(Fault::NotFound),
        ),
        row(
            "Note not written: the case is gone",
            &["record_gone"],
            parked(
                ActionKind::AddNote,
                ("note", "She will call back"),
                Fault::NotFound,
            ),
        ),
    ]
}
