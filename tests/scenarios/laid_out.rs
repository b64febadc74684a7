//! A card as an organisation lays it out: parts, readouts and facts in its order.

use pop_core::identifier::Assurance::Claimed;
use pop_core::profile::Customer;
use pop_core::settings::{CardPart, Readout};
use pop_core::status::Status;
use pop_wire::{CardPartView, FactName, HintName, PartState, PopView};

use crate::drawing::{drawn_with, named, status};
use crate::people::{accepted, connection, customer};
use crate::stage::Stage;

fn drawn(change: impl FnOnce(&mut Status)) -> PopView {
    let mut stage = Stage::new();
    stage.hears(accepted("c1").record("7", Claimed));
    let known = Customer {
        phones: vec!["+34600012345".into()],
        emails: vec!["c@example.com".into()],
        owner: Some("Ines".into()),
        language: Some("es".into()),
        region: Some("Iberia".into()),
        ..customer("7")
    };
    stage.finds("7", &[known]);
    let mut status = status(vec![named(connection("crm"), "Meridian")]);
    change(&mut status);
    drawn_with(&stage, "c1", &status)
}

fn facts(view: &PopView) -> Vec<FactName> {
    view.facts.iter().map(|fact| fact.name).collect()
}

fn hints(view: &PopView) -> Vec<HintName> {
    view.hints.iter().map(|hint| hint.name).collect()
}

#[test]
fn parts_readouts_and_facts_stand_in_the_organisations_order() {
    let usual = drawn(|_| {});
    assert_eq!(
        facts(&usual),
        [FactName::Phone, FactName::Email, FactName::Owner],
        "the control"
    );
    assert_eq!(hints(&usual), [HintName::Language, HintName::Region]);

    let view = drawn(|status| {
        let card = &mut status.settings.card;
        card.parts = vec![CardPart::Facts, CardPart::Cases, CardPart::Activities];
        card.facts = vec!["Owner".into(), "email".into()];
        card.readouts = vec![Readout::Region, Readout::Language];
    });
    let parts = [CardPartView::Facts, CardPartView::Cases];
    assert_eq!(view.parts.get(..2), Some(parts.as_slice()));
    assert_eq!(
        facts(&view),
        [FactName::Owner, FactName::Email, FactName::Phone],
        "what is not named follows"
    );
    assert_eq!(hints(&view), [HintName::Region, HintName::Language]);
}

#[test]
fn what_the_layout_does_not_name_never_leaves_the_core() {
    let usual = drawn(|_| {});
    assert_eq!(usual.cases.state, PartState::Ready, "the control");
    let view = drawn(|status| {
        status.settings.card.parts.clear();
        status.settings.card.readouts.clear();
    });
    assert_eq!(view.cases.state, PartState::Off);
    assert_eq!(view.activities.state, PartState::Off);
    assert!(view.facts.is_empty() && view.hints.is_empty());
}
