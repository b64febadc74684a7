//! What is kept in the history of an interaction: by its card, by an event alone, or by an event
//! after its card is gone.

use pop_core::automatic::only_case;
use pop_core::desk::{Matching, Phase, Pop, RecordState};
use pop_core::identifier::Identifier;
use pop_core::interaction::{Event, InteractionKey, What};
use pop_core::life::FollowUp;
use pop_core::moment::Moment;
use pop_core::profile::{RecordKind, RecordRef};
use pop_store::{HistoryEntry, MatchOutcome};

/// What is kept of an interaction by its event alone; what was known of it before stays.
pub(crate) fn entry_without_card(
    event: &Event,
    known: Option<&HistoryEntry>,
    now: Moment,
) -> HistoryEntry {
    let over = matches!(event.what, What::Ended | What::Declined);
    let fresh = HistoryEntry {
        key: event.key.clone(),
        at: now,
        channel: event.channel,
        direction: event.direction,
        phase: match event.what {
            What::Offered | What::Updated => pop_store::Phase::Offered,
            What::Accepted => pop_store::Phase::Accepted,
            What::Declined => pop_store::Phase::Declined,
            What::Transferred => pop_store::Phase::Transferred,
            What::Ended => pop_store::Phase::Ended,
        },
        outcome: MatchOutcome::Searching,
        opened: false,
        offered: None,
        accepted: None,
        ended: over.then_some(now),
        name: event
            .name
            .clone()
            .or_else(|| event.identifiers.first().map(Identifier::display)),
        reason: event.reason.clone().or_else(|| event.summary.clone()),
        queue: event.queue.clone(),
        record: None,
        case: None,
        tier: None,
        language: None,
        follow_up: FollowUp::of(event.life.is_missed(), event.life.voicemail),
        not_logged: false,
    };
    let Some(known) = known.cloned() else {
        return fresh;
    };
    let talked = known.accepted.is_some();
    HistoryEntry {
        phase: if talked { known.phase } else { fresh.phase },
        ended: known.ended.or(fresh.ended),
        name: known.name.or(fresh.name),
        reason: known.reason.or(fresh.reason),
        queue: known.queue.or(fresh.queue),
        follow_up: fresh.follow_up.or(known.follow_up),
        ..known
    }
}

/// What is kept of an interaction that had its card and has none any more, after an event.
pub(crate) fn entry_gone_on(
    known: HistoryEntry,
    event: &Event,
    leaves: bool,
    now: Moment,
) -> HistoryEntry {
    let phase = match (leaves, event.what) {
        (true, What::Declined) if known.accepted.is_none() => pop_store::Phase::Declined,
        (true, What::Transferred) => pop_store::Phase::Transferred,
        (true, What::Offered | What::Accepted | What::Updated | What::Declined | What::Ended) => {
            pop_store::Phase::Ended
        }
        (false, _) => pop_store::Phase::Accepted,
    };
    let missed = FollowUp::of(event.life.is_missed(), event.life.voicemail);
    HistoryEntry {
        phase,
        accepted: known.accepted.or((!leaves).then_some(now)),
        ended: leaves.then_some(now),
        reason: known.reason.or_else(|| event.summary.clone()),
        follow_up: missed.filter(|_| leaves).or(known.follow_up),
        ..known
    }
}

/// What is kept of a card as it is now.
pub(crate) fn entry_of(
    pop: &Pop,
    key: InteractionKey,
    known: Option<&HistoryEntry>,
    now: Moment,
) -> HistoryEntry {
    let when = |reached: bool, known: Option<Moment>| known.or(reached.then_some(now));
    let over = !pop.phase.is_live() && pop.phase != Phase::LookedUp;
    let customer = pop.customer();
    HistoryEntry {
        key,
        at: known.map_or(pop.received, |known| known.at),
        channel: pop.channel,
        direction: pop.direction,
        phase: match pop.phase {
            Phase::LookedUp | Phase::Offered => pop_store::Phase::Offered,
            Phase::Accepted => pop_store::Phase::Accepted,
            Phase::Withdrawn | Phase::Missed => pop_store::Phase::Declined,
            Phase::Transferred => pop_store::Phase::Transferred,
            Phase::WrapUp | Phase::Ended => pop_store::Phase::Ended,
        },
        outcome: match &pop.matching {
            Matching::Looking | Matching::Nothing => MatchOutcome::Searching,
            Matching::One { .. } if pop.chosen.is_some() => MatchOutcome::Chosen,
            Matching::One { .. } => MatchOutcome::One,
            Matching::Several { .. } => MatchOutcome::Several,
            Matching::None => MatchOutcome::Nobody,
            Matching::Failed => MatchOutcome::Failed,
        },
        opened: matches!(pop.record, RecordState::Opened(..))
            || known.is_some_and(|known| known.opened),
        offered: Some(
            known
                .and_then(|known| known.offered)
                .unwrap_or(pop.received),
        ),
        accepted: when(
            pop.phase == Phase::Accepted,
            known.and_then(|known| known.accepted),
        ),
        ended: when(over, known.and_then(|known| known.ended)).filter(|_| over),
        name: customer
            .and_then(|(_, hit)| hit.customer.name.clone())
            .or_else(|| pop.name.clone())
            .or_else(|| pop.identifiers.first().map(Identifier::display)),
        reason: pop.reason.clone().or_else(|| pop.quote.clone()),
        queue: pop.queue.clone(),
        record: customer.map(|(connection, hit)| RecordRef {
            connection: connection.clone(),
            kind: RecordKind::Customer,
            id: hit.customer.id.clone(),
        }),
        case: customer.and_then(|(connection, _)| only_case(pop, connection)),
        tier: customer.and_then(|(_, hit)| hit.customer.tier.clone()),
        language: customer.and_then(|(_, hit)| hit.customer.language.clone()),
        follow_up: FollowUp::of(pop.phase == Phase::Missed, pop.voicemail),
        not_logged: pop.waits_for_log(),
    }
}
