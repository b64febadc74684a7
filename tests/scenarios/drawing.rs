//! What a card says of connections that did not answer, or not as a whole.

use std::collections::BTreeMap;

use pop_core::fault::FaultKind;
use pop_core::identifier::Assurance::Claimed;
use pop_core::language::Language;
use pop_core::profile::ConnectionId;
use pop_core::settings;
use pop_core::status::{ConnectionStatus, GatewayStatus, ListenerStatus, Status, WayKept};
use pop_core::usual::Usual;
use pop_wire::{PopView, ProblemAction, ProblemView, SeverityView, SourceState};

use crate::people::{accepted, connection, customer};
use crate::stage::Stage;

#[test]
fn a_part_that_did_not_answer_is_said_beside_the_customer_who_was_found() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    stage.finds_a_part("7", &[customer("ann")], FaultKind::Unavailable);
    let view = drawn(&stage, "c1");
    assert_eq!(sources(&view), [SourceState::Partial]);
    let problem = only_problem(&view);
    assert_eq!(problem.title, "A part of Meridian did not answer");
    assert_eq!(problem.severity, SeverityView::Caution);
    assert!(view.can_open, "the agent may open who was found");
}

#[test]
fn a_connection_that_did_not_answer_at_all_is_named_as_a_whole() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    stage.fails("7", FaultKind::Unavailable);
    let view = drawn(&stage, "c1");
    assert_eq!(sources(&view), [SourceState::Failed]);
    assert_eq!(only_problem(&view).title, "Meridian is not available");
    assert!(!view.can_open, "nobody was found");
}

#[test]
fn a_card_says_that_no_crm_is_connected_only_when_there_is_none() {
    let mut stage = Stage::asking(&[]);
    stage.hears(accepted("c1").record("7", Claimed));
    let view = drawn_with(&stage, "c1", &status(Vec::new()));
    assert_eq!(only_problem(&view).title, "No CRM is connected");
    assert_eq!(only_problem(&view).action, ProblemAction::Connect);

    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    assert!(drawn(&stage, "c1").problems.is_empty(), "one is asked");

    let mut stage = Stage::asking(&[]);
    stage.hears(accepted("c1"));
    let view = drawn_with(&stage, "c1", &status(Vec::new()));
    assert!(view.problems.is_empty(), "there is nothing to ask for");
}

#[test]
fn an_answer_of_everybody_asked_has_nothing_to_add() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    stage.finds("7", &[customer("ann")]);
    let view = drawn(&stage, "c1");
    assert_eq!(sources(&view), [SourceState::Found]);
    assert!(view.problems.is_empty());
}

pub(crate) fn drawn(stage: &Stage, interaction: &str) -> PopView {
    let meridian = named(connection("crm"), "Meridian");
    drawn_with(stage, interaction, &status(vec![meridian]))
}

pub(crate) fn drawn_with(stage: &Stage, interaction: &str, status: &Status) -> PopView {
    PopView::draw(stage.card(interaction), stage.desk(), status)
}

fn sources(view: &PopView) -> Vec<SourceState> {
    view.sources.iter().map(|source| source.state).collect()
}

fn only_problem(view: &PopView) -> &ProblemView {
    let [problem] = view.problems.as_slice() else {
        panic!("one problem: {:?}", view.problems);
    };
    problem
}

pub(crate) fn status(connections: Vec<ConnectionStatus>) -> Status {
    let loaded = settings::defaults();
    Status {
        seq: 0,
        settings: loaded.settings,
        system_language: Language::En,
        locked: loaded.locked,
        by_bundle: loaded.by_bundle,
        bundle: None,
        connections,
        listener: ListenerStatus::Off,
        gateway: GatewayStatus::Off,
        way_kept: WayKept::default(),
        banners: Vec::new(),
        today: Vec::new(),
        pinned: Vec::new(),
        recent: Vec::new(),
        paused: None,
        typical_pop: None,
        file_faults: Vec::new(),
        refusals: BTreeMap::new(),
        queue: Vec::new(),
    }
}

pub(crate) fn named(id: ConnectionId, label: &str) -> ConnectionStatus {
    ConnectionStatus {
        id,
        label: label.to_owned(),
        crm: "Any REST CRM".to_owned(),
        address: "https://crm.example".to_owned(),
        sandbox: false,
        managed: false,
        latency: None,
        usual: Usual::default(),
        slow: false,
        heard: None,
        sign_in_ends: None,
        signed_in_as: None,
        fault: None,
        opens_accounts: false,
        actions: Vec::new(),
        waits_until: None,
        allowances: Vec::new(),
    }
}
