//! Draws one interaction: every view is a pure function of the desk's card and the status.

use std::time::Duration;

use pop_core::Remedy;
use pop_core::desk::{CandidateRef, Desk, Hit, Lookup, Matching, Part, Phase, Pop, RecordState};
use pop_core::fault::Fault;
use pop_core::identifier::{Assurance, Kind};
use pop_core::interaction::Channel;
use pop_core::profile::{Activity, Case, ConnectionId, Customer, Listed, Priority};
use pop_core::status::Status;

use crate::pop::{
    ActivitiesView, ActivityView, CandidateView, CaseView, CasesView, ChannelView, FactName,
    FactView, HintName, HintView, IdentityView, MatchReasonKind, MatchReasonView, MatchView,
    PartState, PhaseView, PopView, PriorityView, ProblemAction, ProblemView, ReasonView,
    RecordStateView, SeverityView, SourceState, SourceView,
};

/// A list never shows more candidates than there are keys to choose them.
const MOST_CANDIDATES: usize = 9;

impl PopView {
    /// Draws a card.
    pub fn draw(pop: &Pop, desk: &Desk, status: &Status) -> Self {
        let customer = pop.customer();
        let known = customer.map(|(_, hit)| &hit.customer);
        let name = known
            .and_then(|customer| customer.name.clone())
            .or_else(|| pop.name.clone());
        Self {
            id: pop.id.0,
            seq: pop.seq,
            generation: pop.generation,
            channel: pop.channel.into(),
            phase: pop.phase.into(),
            phase_since: pop.phase_since.millis(),
            named: name.is_some(),
            title: name.unwrap_or_else(|| best_identifier(pop)),
            identity: pop.assurance().into(),
            vip: known.is_some_and(|customer| customer.vip),
            tier: known.and_then(|customer| customer.tier.clone()),
            customer_id: known
                .map(|customer| customer.id.clone())
                .or_else(|| sent_id(pop)),
            reason: reason(pop),
            hints: hints(pop, known),
            matching: matching(pop, desk),
            sources: pop
                .lookups
                .iter()
                .map(|lookup| source(lookup, status))
                .collect(),
            cases: cases(pop, status),
            activities: activities(pop, status),
            facts: known.map(facts).unwrap_or_default(),
            record: record(pop),
            problems: problems(pop, status),
            unseen: pop.unseen,
            can_open: customer.is_some(),
            can_undo_choice: pop.chosen.is_some() && pop.phase != Phase::LookedUp,
            sandbox: pop.lookups.iter().any(|lookup| {
                status
                    .connection(&lookup.connection)
                    .is_some_and(|connection| connection.sandbox)
            }),
            received_us: pop.received.micros(),
        }
    }
}

/// The best that is known when there is no name.
fn best_identifier(pop: &Pop) -> String {
    pop.identifiers
        .first()
        .map(pop_core::identifier::Identifier::display)
        .or_else(|| pop.refused.first().map(|refused| refused.raw.clone()))
        .unwrap_or_default()
}

fn sent_id(pop: &Pop) -> Option<String> {
    pop.identifiers
        .iter()
        .find(|identifier| matches!(identifier.kind(), Kind::RecordId | Kind::ExternalId))
        .map(pop_core::identifier::Identifier::display)
}

fn reason(pop: &Pop) -> Option<ReasonView> {
    (pop.reason.is_some() || pop.quote.is_some()).then(|| ReasonView {
        title: pop.reason.clone(),
        quote: pop.quote.clone(),
    })
}

fn hints(pop: &Pop, known: Option<&Customer>) -> Vec<HintView> {
    let plain = |name, value: Option<String>| {
        value.map(|value| HintView {
            name,
            value,
            hot: false,
        })
    };
    let language = known
        .and_then(|customer| customer.language.clone())
        .or(pop.language.clone());
    [
        plain(HintName::Queue, pop.queue.clone()),
        plain(HintName::Language, language),
        plain(
            HintName::Region,
            known.and_then(|customer| customer.region.clone()),
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
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
        let line = [&customer.tier, &customer.company, &customer.region]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" · ");
        Self {
            connection: connection.0.clone(),
            id: customer.id.clone(),
            name: customer.name.clone().unwrap_or_else(|| customer.id.clone()),
            line,
            reasons: Vec::new(),
            open_cases: customer.open_cases.map(count_long),
        }
    }
}

fn source(lookup: &Lookup, status: &Status) -> SourceView {
    let state = if lookup.fault.is_some() {
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
    }
}

/// The state of a part, its rows and their total.
fn part<T: Clone>(part: Option<&Part<T>>, pop: &Pop) -> (PartState, Listed<T>) {
    let waiting = pop.matching == Matching::Looking;
    match part {
        None if waiting => (PartState::Waiting, Listed::default()),
        None | Some(Part::Off) => (PartState::Off, Listed::default()),
        Some(Part::Waiting) => (PartState::Waiting, Listed::default()),
        Some(Part::Ready(listed)) => (PartState::Ready, listed.clone()),
        Some(Part::Failed(_)) => (PartState::Failed, Listed::default()),
    }
}

fn matched_lookup(pop: &Pop) -> Option<&Lookup> {
    pop.customer()
        .and_then(|(connection, _)| pop.lookup(connection))
}

fn cases(pop: &Pop, status: &Status) -> CasesView {
    let lookup = matched_lookup(pop);
    let (state, mut listed) = part(lookup.map(|lookup| &lookup.cases), pop);
    listed
        .items
        .sort_by_key(|case| (std::cmp::Reverse(case.priority), case.due, case.created));
    let counted = pop.customer().and_then(|(_, hit)| hit.customer.open_cases);
    let total = listed.total.or(counted).map(count_long);
    CasesView {
        state,
        total: total.or((state == PartState::Ready).then(|| count(listed.items.len()))),
        source: lookup.map(|lookup| status.label(&lookup.connection).to_owned()),
        items: lookup
            .map(|lookup| {
                listed
                    .items
                    .iter()
                    .map(|case| draw_case(lookup, case))
                    .collect()
            })
            .unwrap_or_default(),
    }
}

fn draw_case(lookup: &Lookup, case: &Case) -> CaseView {
    CaseView {
        connection: lookup.connection.0.clone(),
        id: case.id.clone(),
        number: case.number.clone(),
        subject: case.subject.clone().unwrap_or_else(|| case.id.clone()),
        status: case.status.clone(),
        priority: case.priority.map(PriorityView::from),
        created: case.created.map(pop_core::moment::Moment::millis),
        due: case.due.map(pop_core::moment::Moment::millis),
    }
}

fn activities(pop: &Pop, status: &Status) -> ActivitiesView {
    let lookup = matched_lookup(pop);
    let (state, mut listed) = part(lookup.map(|lookup| &lookup.activities), pop);
    listed
        .items
        .sort_by_key(|activity| std::cmp::Reverse(activity.at));
    ActivitiesView {
        state,
        total: listed.total.map(count_long),
        source: lookup.map(|lookup| status.label(&lookup.connection).to_owned()),
        items: listed.items.iter().map(draw_activity).collect(),
    }
}

fn draw_activity(activity: &Activity) -> ActivityView {
    let detail = [&activity.outcome, &activity.agent]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(" · ");
    ActivityView {
        id: activity.id.clone(),
        channel: activity
            .kind
            .as_deref()
            .and_then(Channel::parse)
            .map(ChannelView::from),
        subject: activity
            .subject
            .clone()
            .or_else(|| activity.text.clone())
            .unwrap_or_else(|| activity.id.clone()),
        detail: (!detail.is_empty()).then_some(detail),
        at: activity.at.map(pop_core::moment::Moment::millis),
    }
}

fn facts(customer: &Customer) -> Vec<FactView> {
    let fact = |name, value: &String, copy: bool, ltr: bool| FactView {
        name,
        label: None,
        value: value.clone(),
        copy: copy.then(|| value.clone()),
        ltr,
    };
    let phones = customer
        .phones
        .iter()
        .map(|phone| fact(FactName::Phone, phone, true, true));
    let emails = customer
        .emails
        .iter()
        .map(|email| fact(FactName::Email, email, true, true));
    let company = customer
        .company
        .iter()
        .map(|it| fact(FactName::Company, it, false, false));
    let owner = customer
        .owner
        .iter()
        .map(|it| fact(FactName::Owner, it, false, false));
    let extra = customer.extra.iter().map(|extra| FactView {
        name: FactName::Extra,
        label: Some(extra.label.clone()),
        value: extra.value.clone(),
        copy: None,
        ltr: false,
    });
    phones
        .chain(emails)
        .chain(company)
        .chain(owner)
        .chain(extra)
        .collect()
}

fn record(pop: &Pop) -> RecordStateView {
    match &pop.record {
        RecordState::NotOpened if pop.customer().is_none() => RecordStateView::Nothing,
        RecordState::NotOpened | RecordState::Opening(_) => RecordStateView::NotOpened,
        RecordState::Opened(_) => RecordStateView::Opened,
        RecordState::HeldBack => RecordStateView::HeldBack,
        RecordState::Failed(why) => RecordStateView::Failed { why: why.clone() },
    }
}

fn problems(pop: &Pop, status: &Status) -> Vec<ProblemView> {
    let mut problems: Vec<ProblemView> = Vec::new();
    for lookup in &pop.lookups {
        let faults = [
            lookup.fault.as_ref(),
            failure(&lookup.cases),
            failure(&lookup.activities),
        ];
        for fault in faults.into_iter().flatten() {
            let problem = ProblemView::draw(&lookup.connection, fault, status);
            if !problems.iter().any(|known| known.title == problem.title) {
                problems.push(problem);
            }
        }
    }
    problems.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
    problems
}

fn failure<T>(part: &Part<T>) -> Option<&Fault> {
    match part {
        Part::Failed(fault) => Some(fault),
        Part::Off | Part::Waiting | Part::Ready(_) => None,
    }
}

impl ProblemView {
    /// Draws a fault of a connection.
    pub fn draw(connection: &ConnectionId, fault: &Fault, status: &Status) -> Self {
        Self::of(fault, &connection.0, status.label(connection))
    }

    /// Draws a fault of the CRM that people call `label`.
    pub fn of(fault: &Fault, connection: &str, label: &str) -> Self {
        let words = fault.words(label);
        Self {
            connection: connection.to_owned(),
            title: words.title,
            text: words.text,
            severity: if words.mild {
                SeverityView::Caution
            } else {
                SeverityView::Critical
            },
            action: words.remedy.into(),
            code: fault.support_line(),
            request_id: fault.request_id.clone(),
            at: fault.at.millis(),
        }
    }
}

impl From<Remedy> for ProblemAction {
    fn from(remedy: Remedy) -> Self {
        match remedy {
            Remedy::Retry => Self::Retry,
            Remedy::SignIn => Self::SignIn,
            Remedy::TellAdmin => Self::CopyForAdmin,
            Remedy::Search => Self::Search,
        }
    }
}

impl From<Kind> for MatchReasonKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::RecordId => Self::RecordId,
            Kind::ExternalId => Self::ExternalId,
            Kind::Email => Self::Email,
            Kind::Phone => Self::Phone,
        }
    }
}

impl From<Option<Assurance>> for IdentityView {
    fn from(assurance: Option<Assurance>) -> Self {
        match assurance {
            Some(Assurance::Authenticated) => Self::Verified,
            Some(Assurance::Attached) => Self::Attached,
            Some(Assurance::Claimed) => Self::Claimed,
            Some(Assurance::CallerNumber) => Self::CallerNumber,
            None => Self::Unknown,
        }
    }
}

impl From<Phase> for PhaseView {
    fn from(phase: Phase) -> Self {
        match phase {
            Phase::LookedUp => Self::LookedUp,
            Phase::Offered => Self::Offered,
            Phase::Accepted => Self::Accepted,
            Phase::Withdrawn => Self::Withdrawn,
            Phase::Transferred => Self::Transferred,
            Phase::Ended => Self::Ended,
        }
    }
}

impl From<Priority> for PriorityView {
    fn from(priority: Priority) -> Self {
        match priority {
            Priority::Low => Self::Low,
            Priority::Normal => Self::Normal,
            Priority::High => Self::High,
            Priority::Urgent => Self::Urgent,
        }
    }
}

impl From<Channel> for ChannelView {
    fn from(channel: Channel) -> Self {
        match channel {
            Channel::Voice => Self::Voice,
            Channel::Video => Self::Video,
            Channel::Chat => Self::Chat,
            Channel::Messaging => Self::Messaging,
            Channel::Sms => Self::Sms,
            Channel::Email => Self::Email,
            Channel::Social => Self::Social,
            Channel::Callback => Self::Callback,
            Channel::Cobrowse => Self::Cobrowse,
            Channel::Other => Self::Other,
        }
    }
}

pub(crate) fn millis(time: Duration) -> u32 {
    u32::try_from(time.as_millis()).unwrap_or(u32::MAX)
}

pub(crate) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

pub(crate) fn count_long(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
