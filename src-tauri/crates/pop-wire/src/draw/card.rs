//! Draws one interaction: a pure function of the desk's card and the status.

use pop_core::desk::{CandidateRef, Desk, Hit, Lookup, Matching, Phase, Pop};
use pop_core::identifier::{Identifier, Kind};
use pop_core::interaction::{AgentRef, Direction};
use pop_core::life::{Party, Transfer};
use pop_core::profile::{ConnectionId, Customer};
use pop_core::settings::{CardPart, Masked, Readout};
use pop_core::status::{AtHand, Status};

use crate::draw::facts::facts;
use crate::draw::parts::{out_of_reach, problems, record};
use crate::draw::sections::{activities, cases};
use crate::draw::writing::writing;
use crate::draw::{count, count_long, millis};
use crate::pop::{
    AlsoView, CandidateView, CardPartView, HintName, HintView, MatchReasonKind, MatchReasonView,
    MatchView, PartyView, PhaseView, PopView, ReasonView, RecordView, SavedCopyView, SourceState,
    SourceView,
};

/// A list never shows more candidates than there are keys to choose them.
const MOST_CANDIDATES: usize = 9;

impl PopView {
    /// Draws a card.
    pub fn draw(pop: &Pop, desk: &Desk, status: &Status) -> Self {
        let customer = pop.customer();
        let records = pop.shown();
        let known = records.first().map(|(_, hit)| &hit.customer);
        let name = known
            .and_then(|customer| customer.name.clone())
            .or_else(|| pop.name.clone());
        let mask = &status.settings.privacy.mask;
        Self {
            id: pop.id.0,
            seq: pop.seq,
            generation: pop.generation,
            channel: pop.channel.into(),
            phase: phase(pop),
            phase_since: pop.phase_since.millis(),
            outbound: pop.direction == Direction::Outbound,
            rings: pop.rings,
            transferred_by: colleague(pop, |transfer| &transfer.from).filter(|_| came(pop)),
            transferred_to: colleague(pop, |transfer| &transfer.to).filter(|_| went(pop)),
            others: pop.others().map(PartyView::from).collect(),
            also: also(pop, desk),
            voicemail: pop.voicemail,
            named: name.is_some(),
            title: name.unwrap_or_else(|| best_identifier(pop)),
            identity: pop.assurance().into(),
            vip: pop.ruling.vip || records.iter().any(|(_, hit)| hit.customer.vip),
            tier: records
                .iter()
                .find_map(|(_, hit)| hit.customer.tier.clone()),
            customer_id: known
                .map(|customer| customer.id.clone())
                .or_else(|| sent_id(pop)),
            id_masked: mask.contains(&Masked::Id),
            reason: reason(pop, mask.contains(&Masked::Quote)),
            hints: hints(pop, &records, &status.settings.card.readouts),
            parts: parts(&status.settings.card.parts),
            matching: matching(pop, desk),
            saved: saved(pop, status),
            sources: pop
                .lookups
                .iter()
                .map(|lookup| source(lookup, pop, desk, status))
                .collect(),
            cases: cases(pop, desk, status),
            activities: activities(pop, status),
            facts: facts(pop, status),
            also_in: also_in(pop, status),
            somebody_else: somebody_else(pop, desk),
            record: record(pop),
            problems: problems(pop, status),
            unseen: pop.unseen,
            can_open: customer.is_some(),
            can_copy_link: customer.is_some() || pop.saved_record().is_some(),
            out_of_reach: out_of_reach(pop, status).is_some(),
            can_undo_choice: pop.chosen.is_some() && pop.phase != Phase::LookedUp,
            sandbox: pop.lookups.iter().any(|lookup| {
                status
                    .connection(&lookup.connection)
                    .is_some_and(|connection| connection.sandbox)
            }),
            writing: writing(pop, desk, status),
            received_us: pop.received.micros(),
        }
    }
}

/// The best that is known when there is no name.
fn best_identifier(pop: &Pop) -> String {
    pop.identifiers
        .first()
        .map(Identifier::display)
        .or_else(|| pop.refused.first().map(|refused| refused.raw.clone()))
        .unwrap_or_default()
}

fn sent_id(pop: &Pop) -> Option<String> {
    pop.identifiers
        .iter()
        .find(|identifier| matches!(identifier.kind(), Kind::RecordId | Kind::ExternalId))
        .map(Identifier::display)
}

fn phase(pop: &Pop) -> PhaseView {
    if pop.held && pop.phase == Phase::Accepted {
        PhaseView::Held
    } else {
        pop.phase.into()
    }
}

/// Whether the latest transfer brought it here.
fn came(pop: &Pop) -> bool {
    pop.phase != Phase::Transferred
}

/// Whether the latest transfer took it away.
fn went(pop: &Pop) -> bool {
    pop.phase == Phase::Transferred
}

/// What people call the colleague on one side of the transfer.
fn colleague(pop: &Pop, side: impl Fn(&Transfer) -> &Option<AgentRef>) -> Option<String> {
    let transfer = pop.transfer.as_ref()?;
    side(transfer).as_ref()?.display().map(str::to_owned)
}

/// The other live cards of the same customer, each with its channel.
fn also(pop: &Pop, desk: &Desk) -> Vec<AlsoView> {
    let others = pop.also.iter().filter_map(|id| desk.pop(*id));
    others
        .map(|other| AlsoView {
            id: other.id.0,
            channel: other.channel.into(),
        })
        .collect()
}

impl From<&Party> for PartyView {
    fn from(party: &Party) -> Self {
        Self {
            name: party.name.clone(),
            role: party.role.into(),
        }
    }
}

/// A colleague's note says more of what is wanted now than what the customer said at first.
fn reason(pop: &Pop, masked: bool) -> Option<ReasonView> {
    let note = pop.transfer.as_ref().filter(|_| came(pop));
    let note = note.and_then(|transfer| transfer.note.clone());
    let by = note
        .as_ref()
        .and_then(|_| colleague(pop, |transfer| &transfer.from));
    let quote = note.or_else(|| pop.quote.clone());
    (pop.reason.is_some() || quote.is_some()).then(|| ReasonView {
        title: pop.reason.clone(),
        quote,
        by,
        masked,
    })
}

/// The other connections that know the customer: their records can be opened too.
fn also_in(pop: &Pop, status: &Status) -> Vec<RecordView> {
    let others = pop.records().into_iter().skip(1);
    others
        .map(|(lookup, hit)| RecordView {
            connection: lookup.connection.0.clone(),
            label: status.label(&lookup.connection).to_owned(),
            id: hit.customer.id.clone(),
        })
        .collect()
}

/// Whom other connections found by the same identifiers, and who may be somebody else.
fn somebody_else(pop: &Pop, desk: &Desk) -> Vec<CandidateView> {
    let others = pop.somebody_else().into_iter().take(MOST_CANDIDATES);
    others
        .map(|(lookup, hit)| {
            let reference = CandidateRef {
                connection: lookup.connection.clone(),
                id: hit.customer.id.clone(),
            };
            candidate(pop, desk, &reference, hit)
        })
        .collect()
}

/// The parts in the organisation's order.
fn parts(wanted: &[CardPart]) -> Vec<CardPartView> {
    let view = |part: &CardPart| match part {
        CardPart::Cases => CardPartView::Cases,
        CardPart::Activities => CardPartView::Activities,
        CardPart::Facts => CardPartView::Facts,
    };
    wanted.iter().map(view).collect()
}

/// The readouts in the organisation's order.
fn hints(pop: &Pop, records: &[(&Lookup, &Hit)], wanted: &[Readout]) -> Vec<HintView> {
    let language = records
        .iter()
        .find_map(|(_, hit)| hit.customer.language.clone())
        .or(pop.language.clone());
    let region = records
        .iter()
        .find_map(|(_, hit)| hit.customer.region.clone());
    let ruling = &pop.ruling;
    let queue = ruling.queue.as_ref().or(pop.queue.as_ref());
    let drawn = wanted.iter().filter_map(|readout| {
        let (name, value) = match readout {
            Readout::Priority => (HintName::Priority, ruling.priority.clone()),
            Readout::Queue => (HintName::Queue, queue.cloned()),
            Readout::Language => {
                let spoken = ruling.language.as_ref().or(language.as_ref());
                (HintName::Language, spoken.cloned())
            }
            Readout::Region => (HintName::Region, region.clone()),
        };
        let hot = false;
        value.map(|value| HintView { name, value, hot })
    });
    drawn.collect()
}

fn matching(pop: &Pop, desk: &Desk) -> MatchView {
    match &pop.matching {
        Matching::Looking => MatchView::Looking,
        Matching::Nothing => MatchView::Nothing {
            why: pop.refused.first().map(|refused| refused.reason.to_owned()),
        },
        Matching::None => MatchView::None,
        Matching::Failed => MatchView::Failed,
        Matching::One { customer, .. } => match pop.hit(customer) {
            Some(hit) => MatchView::One {
                customer: candidate(pop, desk, customer, hit),
            },
            None => MatchView::Looking,
        },
        Matching::Several {
            candidates,
            conflict,
        } => MatchView::Several {
            candidates: candidates
                .iter()
                .filter_map(|reference| Some((reference, pop.hit(reference)?)))
                .take(MOST_CANDIDATES)
                .map(|(reference, hit)| candidate(pop, desk, reference, hit))
                .collect(),
            preselected: 0,
            conflict: *conflict,
            more: count(candidates.len().saturating_sub(MOST_CANDIDATES)),
        },
    }
}

/// That all that is shown of the customer is a copy.
fn saved(pop: &Pop, status: &Status) -> Option<SavedCopyView> {
    let copies = pop.saved().iter().filter(|_| pop.is_saved_copy());
    let labels = copies.clone().filter_map(|copy| {
        let (lookup, _) = copy.record()?;
        Some(status.label(&lookup.connection).to_owned())
    });
    Some(SavedCopyView {
        at: copies.clone().map(|copy| copy.read.millis()).min()?,
        labels: labels.collect(),
    })
}

fn candidate(pop: &Pop, desk: &Desk, reference: &CandidateRef, hit: &Hit) -> CandidateView {
    let mut view = CandidateView::draw(&reference.connection, &hit.customer);
    view.reasons = hit
        .by
        .iter()
        .map(|(kind, assurance)| MatchReasonView {
            what: (*kind).into(),
            fits: true,
            assurance: Some(Some(*assurance).into()),
        })
        .collect();
    if let (Some(sent), Some(stored)) = (&pop.name, &hit.customer.name) {
        let fits = sent.eq_ignore_ascii_case(stored);
        view.reasons.push(MatchReasonView {
            what: MatchReasonKind::Name,
            fits,
            assurance: None,
        });
    }
    if desk.was_chosen_before(pop, reference) {
        let what = MatchReasonKind::ChosenBefore;
        view.reasons.push(MatchReasonView {
            what,
            fits: true,
            assurance: None,
        });
    }
    view
}

impl CandidateView {
    /// Draws a customer in a list, without reasons.
    pub fn draw(connection: &ConnectionId, customer: &Customer) -> Self {
        Self {
            connection: connection.0.clone(),
            id: customer.id.clone(),
            name: customer.name.clone().unwrap_or_else(|| customer.id.clone()),
            line: customer.line(),
            reasons: Vec::new(),
            open_cases: customer.open_cases.map(count_long),
        }
    }
}

impl From<&AtHand> for CandidateView {
    fn from(known: &AtHand) -> Self {
        Self {
            connection: known.connection.0.clone(),
            id: known.id.clone(),
            name: known.name.clone(),
            line: known.line.clone(),
            reasons: Vec::new(),
            open_cases: None,
        }
    }
}

fn source(lookup: &Lookup, pop: &Pop, desk: &Desk, status: &Status) -> SourceView {
    let state = if lookup.is_partial() {
        SourceState::Partial
    } else if lookup.fault.is_some() {
        SourceState::Failed
    } else if lookup.is_pending() {
        if lookup.slow {
            SourceState::Slow
        } else {
            SourceState::Pending
        }
    } else if lookup.hits.is_empty() {
        SourceState::None
    } else {
        SourceState::Found
    };
    SourceView {
        connection: lookup.connection.0.clone(),
        label: status.label(&lookup.connection).to_owned(),
        state,
        since: lookup.since.millis(),
        took_ms: lookup.took.map(millis),
        usual_ms: desk.usual(&lookup.connection).time().map(millis),
        searches: status
            .connection(&lookup.connection)
            .is_some_and(|known| known.opens_search && pop.words_to_search().is_some()),
    }
}
