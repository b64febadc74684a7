//! Between a card and a write: what the write takes along, and what stands on the card afterwards.

use std::time::Duration;

use crate::action::ActionKind;
use crate::desk::Desk;
use crate::desk::pop::{Hit, Part, Pop};
use crate::desk::vocabulary::{Effect, PopId};
use crate::desk::writing::Item;
use crate::identifier::Value;
use crate::moment::Moment;
use crate::profile::{Case, ConnectionId, Priority};
use crate::write::{Facts, Write, WriteState, WrittenRecord};

/// What was made opens by itself if the CRM has it so soon after the agent asked for it; opening takes
/// the keyboard away from what the agent does then.
const OPENED_WITHIN: Duration = Duration::from_secs(30);

impl Desk {
    /// What the CRM has done stands on the card as it will stand in the CRM's next answer.
    pub(super) fn done(&mut self, id: PopId, write: &Write, record: &WrittenRecord, now: Moment) {
        let Some(pop) = self.pop_mut(id).filter(|pop| pop.is_about(write)) else {
            return;
        };
        if write.kind == ActionKind::CreateCase {
            pop.add_case(&write.connection, case_of(write, record, now));
            return;
        }
        if write.kind == ActionKind::UpdateCustomer {
            pop.set_tier(write);
            return;
        }
        let case = write.case.as_ref();
        let case = case.and_then(|case| pop.case_mut(&write.connection, case));
        let Some(case) = case else { return };
        match write.kind {
            ActionKind::SetStatus => case.status.clone_from(&write.facts.shown),
            ActionKind::SetPriority => {
                let word = write.input.get("priority");
                case.priority = word
                    .and_then(|word| Priority::parse(word))
                    .or(case.priority);
            }
            ActionKind::CreateCase
            | ActionKind::LogInteraction
            | ActionKind::AddNote
            | ActionKind::CreateCustomer
            | ActionKind::UpdateCustomer
            | ActionKind::ShowInCrm => {}
        }
        // The version that was read is no longer the CRM's.
        case.stamp = None;
    }

    /// Opens what was made, as the agent wished; later than a moment after, the agent is elsewhere.
    pub(super) fn open_made(
        &mut self,
        id: PopId,
        item: &Item,
        record: &WrittenRecord,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let is_late = now.since(item.write.asked) > OPENED_WITHIN;
        if !item.opens || is_late || item.write.kind != ActionKind::CreateCase {
            return;
        }
        let Some(pop) = self.pop(id).filter(|pop| pop.is_about(&item.write)) else {
            return;
        };
        let (at, made) = (pop.at(), record.id.clone());
        let made = made.map(|case| (item.write.connection.clone(), case));
        if let Some(case) = made.filter(|(connection, case)| pop.case(connection, case).is_some()) {
            self.open_record(at, Some(case), effects);
        }
    }

    /// What was taken back, or could not be kept, goes where it came from: the form.
    pub(super) fn not_done(&mut self, id: PopId, item: &Item, effects: &mut Vec<Effect>) {
        let unsaved = matches!(item.state, Some(WriteState::NotSaved(_)));
        if !item.undone && !unsaved {
            return;
        }
        if item.write.kind == ActionKind::LogInteraction {
            self.unlog(id, &item.write.id, effects);
            return;
        }
        let form = item.write.kind.word();
        let Some(owner) = self.pop(id).and_then(Pop::draft_owner) else {
            return;
        };
        let is_new = !self.drafts.contains_key(&(owner.clone(), form.to_owned()));
        let is_form =
            item.write.kind != ActionKind::SetStatus && item.write.kind != ActionKind::SetPriority;
        if is_new && is_form {
            self.keep_draft(owner, form.to_owned(), item.write.input.clone(), effects);
        }
    }
}

/// The case that a write has made.
fn case_of(write: &Write, record: &WrittenRecord, now: Moment) -> Option<Case> {
    let priority = write.input.get("priority");
    Some(Case {
        id: record.id.clone()?,
        number: record.number.clone(),
        subject: write.input.get("subject").cloned(),
        priority: priority.and_then(|word| Priority::parse(word)),
        open: true,
        created: Some(now),
        link: record.link.clone(),
        ..Case::default()
    })
}

impl Pop {
    fn add_case(&mut self, connection: &ConnectionId, case: Option<Case>) {
        let Some(lookup) = self.lookup_mut(connection) else {
            return;
        };
        let (Part::Ready(listed), Some(case)) = (&mut lookup.cases, case) else {
            return;
        };
        if listed.items.iter().all(|known| known.id != case.id) {
            listed.items.insert(0, case);
            listed.total = listed.total.map(|total| total + 1);
        }
    }

    /// The form's field `tier` is what the card shows as the customer's status.
    fn set_tier(&mut self, write: &Write) {
        let (Some(tier), Some(id)) = (write.input.get("tier"), &write.customer) else {
            return;
        };
        let hits = self.lookup_mut(&write.connection);
        let mut hits = hits.into_iter().flat_map(|lookup| lookup.hits.iter_mut());
        if let Some(hit) = hits.find(|hit| hit.is(id)) {
            hit.customer.tier = Some(tier.clone());
        }
    }

    fn case_mut(&mut self, connection: &ConnectionId, id: &str) -> Option<&mut Case> {
        let Part::Ready(listed) = &mut self.lookup_mut(connection)?.cases else {
            return None;
        };
        listed.items.iter_mut().find(|case| case.id == id)
    }

    /// What requests may need of the card.
    pub(super) fn facts(&self, hit: Option<&Hit>, case: Option<&Case>, now: Moment) -> Facts {
        let customer = hit.map(|hit| &hit.customer);
        let talked = now.since(self.received).as_secs();
        let sent = |pick: fn(&Value) -> Option<String>| {
            let mut values = self.identifiers.iter().map(|known| &known.value);
            values.find_map(pick)
        };
        Facts {
            customer_kind: customer.and_then(|customer| customer.kind.clone()),
            customer_name: customer.and_then(|customer| customer.name.clone()),
            also: customer
                .map(|customer| customer.also.clone())
                .unwrap_or_default(),
            account: customer.and_then(|customer| customer.account_id.clone()),
            case_number: case.and_then(|case| case.number.clone()),
            case_subject: case.and_then(|case| case.subject.clone()),
            case_stamp: case.and_then(|case| case.stamp.clone()),
            email: sent(|value| match value {
                Value::Email(email) => Some(email.as_str().to_owned()),
                Value::RecordId(_) | Value::ExternalId(_) | Value::Phone(_) => None,
            }),
            phone: sent(|value| match value {
                Value::Phone(phone) => Some(phone.e164().to_owned()),
                Value::RecordId(_) | Value::ExternalId(_) | Value::Email(_) => None,
            }),
            external_id: sent(|value| match value {
                Value::ExternalId(id) => Some(id.clone()),
                Value::RecordId(_) | Value::Email(_) | Value::Phone(_) => None,
            }),
            name: self.name.clone(),
            channel: self.key.as_ref().map(|_| self.channel.word().to_owned()),
            direction: self.key.as_ref().map(|_| self.direction.word().to_owned()),
            queue: self.queue.clone(),
            began: self.key.as_ref().map(|_| self.received.micros()),
            seconds: self.key.as_ref().map(|_| talked),
            reason: self.reason.clone(),
            language: self.language.clone(),
            summary: self.quote.clone(),
            traceparent: self.traceparent.clone(),
            shown: None,
        }
    }
}
