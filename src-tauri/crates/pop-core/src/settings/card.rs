//! How a card is laid out and what may be done with it: parts, order, and what is switched off.
//!
//! What is masked on it is `privacy.mask`; other words for its labels are in `wording.rs`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::action::ActionKind;
use crate::settings::rules::Mistake;

/// How a card is laid out.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// The parts below the head, in their order; one that is not named is not shown.
    #[schemars(length(max = 3), extend("uniqueItems" = true))]
    pub parts: Vec<CardPart>,
    /// The readouts of routing, in their order; one that is not named is not shown.
    #[schemars(length(max = 4), extend("uniqueItems" = true))]
    pub readouts: Vec<Readout>,
    /// The facts that come first, in their order: `phone`, `email`, `company`, `owner`, or the label
    /// of one that the definition adds. The others follow; what is disputed stands above all.
    #[schemars(length(max = 24), inner(length(min = 1, max = 64)))]
    pub facts: Vec<String>,
}

/// A part of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CardPart {
    /// Open cases.
    Cases,
    /// Earlier interactions.
    Activities,
    /// Contact details and what the definition adds.
    Facts,
}

/// A readout of routing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words speak for themselves")]
pub enum Readout {
    Priority,
    Queue,
    Language,
    Region,
}

/// What agents may do; what is off is neither shown nor taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one switch, and they combine freely"
)]
pub struct Features {
    /// Searching for customers by hand, and choosing another one.
    pub search: bool,
    /// Letting made-up interactions of the sandbox happen.
    pub simulate: bool,
    /// Creating customers.
    pub create_customer: bool,
    /// Changing customers.
    pub update_customer: bool,
    /// Creating cases.
    pub create_case: bool,
    /// Writing notes on cases.
    pub add_note: bool,
    /// Changing the status or the priority of cases.
    pub set_status: bool,
}

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is said at `Features`")]
pub enum Feature {
    Search,
    Simulate,
    CreateCustomer,
    UpdateCustomer,
    CreateCase,
    AddNote,
    SetStatus,
}

impl Feature {
    /// Every one.
    pub const EACH: [Self; 7] = [
        Self::Search,
        Self::Simulate,
        Self::CreateCustomer,
        Self::UpdateCustomer,
        Self::CreateCase,
        Self::AddNote,
        Self::SetStatus,
    ];
}

impl Features {
    /// Whether agents may do this.
    pub fn has(&self, feature: Feature) -> bool {
        match feature {
            Feature::Search => self.search,
            Feature::Simulate => self.simulate,
            Feature::CreateCustomer => self.create_customer,
            Feature::UpdateCustomer => self.update_customer,
            Feature::CreateCase => self.create_case,
            Feature::AddNote => self.add_note,
            Feature::SetStatus => self.set_status,
        }
    }

    /// Whether agents may do this in a CRM. How an interaction went can always be logged, and what
    /// is written by rule is the organisation's own wish.
    pub fn allows(&self, action: ActionKind) -> bool {
        match action {
            ActionKind::CreateCustomer => self.create_customer,
            ActionKind::UpdateCustomer => self.update_customer,
            ActionKind::CreateCase => self.create_case,
            ActionKind::AddNote => self.add_note,
            ActionKind::SetStatus | ActionKind::SetPriority => self.set_status,
            ActionKind::LogInteraction | ActionKind::ShowInCrm => true,
        }
    }

    /// What is switched off.
    pub fn off(&self) -> Vec<Feature> {
        let each = Feature::EACH.into_iter();
        each.filter(|feature| !self.has(*feature)).collect()
    }
}

/// A fact that is named twice could stand in two places.
pub(super) fn mistakes(file: &Value) -> Vec<Mistake> {
    let facts = file.pointer("/card/facts").and_then(Value::as_array);
    let facts: Vec<&str> = facts
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let twice = facts.iter().enumerate().filter(|(number, fact)| {
        let before = facts.iter().take(*number);
        before
            .into_iter()
            .any(|other| other.eq_ignore_ascii_case(fact))
    });
    twice
        .map(|(number, fact)| {
            let path = ["card", "facts", &number.to_string()].map(str::to_owned);
            let expected = "each fact once".to_owned();
            (path.to_vec(), format!("{fact:?} once more"), expected)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Layer, load};

    fn loaded(text: &str) -> Result<crate::settings::Loaded, Vec<String>> {
        let file = "settings.jsonc";
        let loaded = load(Some(Layer { file, text }), None);
        loaded.map_err(|faults| faults.into_iter().map(|fault| fault.key).collect())
    }

    #[test]
    fn parts_and_facts_stand_once() {
        let settings =
            loaded(r#"{ "card": { "parts": ["facts"], "facts": ["Segment", "email"] } }"#);
        let card = settings.expect("a right layout").settings.card;
        assert_eq!(card.parts, [CardPart::Facts]);
        assert_eq!(card.readouts.len(), 4, "what is not said stays");
        assert_eq!(
            loaded(r#"{ "card": { "parts": ["facts", "facts"] } }"#),
            Err(vec!["card.parts".to_owned()])
        );
        assert_eq!(
            loaded(r#"{ "card": { "facts": ["email", "Email"] } }"#),
            Err(vec!["card.facts.1".to_owned()])
        );
        assert_eq!(
            loaded(r#"{ "card": { "parts": ["notes"] } }"#),
            Err(vec!["card.parts.0".to_owned()])
        );
    }

    #[test]
    fn everything_is_on_unless_it_is_switched_off_and_logging_always_is() {
        let features = loaded("{}").expect("the defaults").settings.features;
        assert!(features.off().is_empty());
        let text = r#"{ "features": { "search": false, "set_status": false } }"#;
        let features = loaded(text).expect("right").settings.features;
        assert_eq!(features.off(), [Feature::Search, Feature::SetStatus]);
        assert!(!features.allows(ActionKind::SetPriority));
        assert!(features.allows(ActionKind::LogInteraction));
        assert!(features.allows(ActionKind::CreateCase), "and nothing else");
    }
}
