//! What a card says of connections that did not answer, or not as a whole.

use std::collections::BTreeMap;

use pop_core::fault::FaultKind;
use pop_core::http::HttpFault;
use pop_core::identifier::Assurance::Claimed;
use pop_core::language::Language;
use pop_core::profile::ConnectionId;
use pop_core::settings;
use pop_core::status::{ConnectionStatus, GatewayStatus, ListenerStatus, Status, WayKept};
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

#[test]
fn crms_that_are_all_out_of_reach_are_one_problem_and_one_that_answers_is_none_of_it() {
    let two = || {
        status(vec![
            named(connection("crm"), "Meridian"),
            named(connection("desk"), "Desk"),
        ])
    };
    let away = FaultKind::Network(HttpFault::Dns);
    let mut stage = Stage::asking(&["crm", "desk"]);
    stage.hears(accepted("c1").record("7", Claimed));
    stage.fails_in("crm", "7", away.clone());
    let view = drawn_with(&stage, "c1", &two());
    assert!(!view.out_of_reach, "the other may answer");
    stage.fails_in("desk", "7", FaultKind::Network(HttpFault::ConnectTimeout));
    let view = drawn_with(&stage, "c1", &two());
    assert!(view.out_of_reach);
    let problem = only_problem(&view);
    assert_eq!(problem.title, "No route to the CRMs");
    assert_eq!(problem.action, ProblemAction::Diagnose);
    assert_eq!(problem.connection, "crm", "the first is looked at");
    assert_eq!(problem.severity, SeverityView::Critical, "nothing is known");

    let mut stage = Stage::asking(&["crm", "desk"]);
    stage.hears(accepted("c1").record("7", Claimed));
    stage.fails_in("crm", "7", away);
    stage.fails_in("desk", "7", FaultKind::Unavailable);
    let view = drawn_with(&stage, "c1", &two());
    assert!(!view.out_of_reach, "its pages may open");
    assert_eq!(view.problems.len(), 2, "each says its own");
}

#[test]
fn a_single_crm_out_of_reach_says_its_own_cause() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    stage.fails("7", FaultKind::Network(HttpFault::Dns));
    let view = drawn(&stage, "c1");
    assert!(view.out_of_reach);
    assert_eq!(
        only_problem(&view).title,
        "This computer cannot find Meridian"
    );
    assert!(!view.can_copy_link, "nothing is known of the record");
}

#[test]
fn a_search_page_is_offered_where_the_crm_has_one_and_there_is_something_to_search_for() {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    stage.hears(accepted("c2"));
    let searches = |opens_search, card| {
        let meridian = ConnectionStatus {
            opens_search,
            ..named(connection("crm"), "Meridian")
        };
        let view = drawn_with(&stage, card, &status(vec![meridian]));
        view.sources.iter().any(|source| source.searches)
    };
    assert!(searches(true, "c1"));
    assert!(!searches(false, "c1"), "it has none");
    assert!(!searches(true, "c2"), "nothing is known of who it is");
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
        slow: false,
        heard: None,
        sign_in_ends: None,
        signed_in_as: None,
        fault: None,
        next_try: None,
        opens_search: false,
        opens_accounts: false,
        actions: Vec::new(),
        waits_until: None,
        allowances: Vec::new(),
    }
}
