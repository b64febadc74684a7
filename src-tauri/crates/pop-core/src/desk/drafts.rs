//! What is half-typed in a form: it belongs to its interaction and comes back after a crash.
//!
//! When the window pauses to hand it over is the window's business; keeping it is the store's.

use std::collections::BTreeMap;

use crate::desk::Desk;
use crate::desk::pop::Pop;
use crate::desk::vocabulary::{Effect, PopId};
use crate::interaction::InteractionKey;
use crate::profile::ConnectionId;

/// Characters of one draft that are kept at most; a form takes no more either.
const LONGEST: usize = 100_000;

/// Whose a draft is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DraftOwner {
    /// An interaction.
    Interaction(InteractionKey),
    /// A customer whom the agent looked up by hand.
    Customer(ConnectionId, String),
}

/// What is typed, by owner and form.
pub(super) type Drafts = BTreeMap<(DraftOwner, String), BTreeMap<String, String>>;

impl Desk {
    /// What is typed in the forms of a card, by form.
    pub fn drafts_of(&self, pop: &Pop) -> impl Iterator<Item = (&str, &BTreeMap<String, String>)> {
        let owner = pop.draft_owner();
        let drafts = self.drafts.iter();
        drafts
            .filter(move |((whose, _), _)| Some(whose) == owner.as_ref())
            .map(|((_, form), fields)| (form.as_str(), fields))
    }

    pub(super) fn draft(
        &mut self,
        id: PopId,
        form: String,
        fields: BTreeMap<String, String>,
        effects: &mut Vec<Effect>,
    ) {
        let owner = self.pop(id).and_then(Pop::draft_owner);
        let long = fields.values().map(String::len).sum::<usize>() > LONGEST;
        if let Some(owner) = owner.filter(|_| !long) {
            let before = effects.len();
            self.keep_draft(owner, form, fields, effects);
            if effects.len() > before {
                // The form begins with it when it is opened again.
                self.show(id, effects);
            }
        }
    }

    /// Takes what was typed before the start; what is typed now wins.
    pub(super) fn drafted(
        &mut self,
        owner: DraftOwner,
        form: String,
        fields: BTreeMap<String, String>,
        effects: &mut Vec<Effect>,
    ) {
        let whose = owner.clone();
        self.drafts.entry((owner, form)).or_insert(fields);
        let cards = self
            .pops
            .iter()
            .filter(|pop| pop.draft_owner().as_ref() == Some(&whose));
        for id in cards.map(|pop| pop.id).collect::<Vec<_>>() {
            self.show(id, effects);
        }
    }

    /// Nothing more is to be kept of a form.
    pub(super) fn forget_draft(&mut self, id: PopId, form: &str, effects: &mut Vec<Effect>) {
        let Some(owner) = self.pop(id).and_then(Pop::draft_owner) else {
            return;
        };
        if self.drafts.contains_key(&(owner.clone(), form.to_owned())) {
            self.keep_draft(owner, form.to_owned(), BTreeMap::new(), effects);
        }
    }

    /// Nothing more is to be kept of a card's forms: the agent closes it.
    pub(super) fn forget_drafts(&mut self, id: PopId, effects: &mut Vec<Effect>) {
        let Some(pop) = self.pop(id) else { return };
        let forms: Vec<String> = self
            .drafts_of(pop)
            .map(|(form, _)| form.to_owned())
            .collect();
        for form in forms {
            self.forget_draft(id, &form, effects);
        }
    }

    pub(super) fn keep_draft(
        &mut self,
        owner: DraftOwner,
        form: String,
        mut fields: BTreeMap<String, String>,
        effects: &mut Vec<Effect>,
    ) {
        fields.retain(|_, value| !value.is_empty());
        let place = (owner.clone(), form.clone());
        let before = if fields.is_empty() {
            self.drafts.remove(&place)
        } else {
            self.drafts.insert(place, fields.clone())
        };
        if before.unwrap_or_default() != fields {
            effects.push(Effect::KeepDraft {
                owner,
                form,
                fields,
            });
        }
    }
}

impl Pop {
    /// Whose the drafts of this card are.
    pub(super) fn draft_owner(&self) -> Option<DraftOwner> {
        let by_hand = || {
            let (connection, id) = self.chosen.clone()?;
            Some(DraftOwner::Customer(connection, id))
        };
        let interaction = self.key.clone().map(DraftOwner::Interaction);
        interaction.or_else(by_hand)
    }
}
