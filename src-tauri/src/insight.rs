//! What happened and why, for the window: the way of an interaction, its reasons, what would become
//! of an event, and the evidence, which is saved exactly as it was previewed.

use std::sync::{Arc, Mutex, PoisonError};

use pop_core::desk::PopId;
use pop_core::explain::Telling;
use pop_core::language::Language;
use pop_core::profile::ConnectionId;
use pop_core::refusal::Refusal;
use pop_engine::{Engine, Evidence, EvidencePart, EvidenceWanted, FlightOf};
use pop_source::mapping::BUILT_IN;
use pop_wire::{
    DryCardView, DryRunRequest, DryRunView, EvidenceFileView, EvidenceNumberRequest,
    EvidenceRequest, EvidenceScanView, EvidenceView, ExplainView, FlightRequest, FlightView,
    SavedView, WhyView,
};
use tauri::{AppHandle, State};

use crate::commands::{Answer, fault, refuse};
use crate::desktop::Screen;
use crate::saved;

/// The evidence that was previewed last, and its number.
#[derive(Default)]
pub(crate) struct Previewed(Mutex<(u32, Option<Evidence>)>);

#[tauri::command]
pub(crate) async fn flight(
    engine: State<'_, Engine>,
    screen: State<'_, Arc<Screen>>,
    request: FlightRequest,
) -> Answer<FlightView> {
    let of = which(request, &screen)?;
    let flight = engine.flight(of).await.map_err(fault)?;
    Ok(FlightView::draw(&flight, screen.spoken()))
}

#[tauri::command]
pub(crate) async fn save_flight(
    app: AppHandle,
    engine: State<'_, Engine>,
    screen: State<'_, Arc<Screen>>,
    request: FlightRequest,
) -> Answer<SavedView> {
    let of = which(request, &screen)?;
    let flight = engine.flight(of).await.map_err(fault)?;
    let view = FlightView::draw(&flight, Language::En);
    let time = flight.begins().rfc3339().replace(':', "-");
    let name = format!("screenpop-timeline-{time}.json");
    saved::save(&app, &screen, &name, view.json.as_bytes())
}

#[tauri::command]
pub(crate) async fn explain(
    engine: State<'_, Engine>,
    screen: State<'_, Arc<Screen>>,
    request: FlightRequest,
) -> Answer<ExplainView> {
    let pop = PopId(request.pop.unwrap_or_default());
    let explained = engine.explain(pop).await.map_err(fault)?;
    let telling = Telling {
        held: explained.held,
        dry: false,
        language: screen.spoken(),
    };
    let label = |id: &ConnectionId| named(&explained.labels, id);
    let sections = explained.explanation.sections(&label, telling);
    Ok(ExplainView {
        sections: sections.iter().map(WhyView::from).collect(),
    })
}

#[tauri::command]
pub(crate) async fn dry_run(
    engine: State<'_, Engine>,
    screen: State<'_, Arc<Screen>>,
    request: DryRunRequest,
) -> Answer<DryRunView> {
    let tried = engine.dry_run(request.body, request.mapping).await;
    let trial = match tried.map_err(fault)? {
        Ok(trial) => trial,
        Err(why) => return Ok(DryRunView::Unreadable { why }),
    };
    let language = screen.spoken();
    let telling = Telling {
        held: trial.held,
        dry: true,
        language,
    };
    let label = |id: &ConnectionId| named(&trial.labels, id);
    let cards = trial.cards.iter().map(|card| {
        let sections = card.explanation.sections(&label, telling);
        DryCardView {
            name: card.name.clone(),
            link: card.link.clone(),
            sections: sections.iter().map(WhyView::from).collect(),
        }
    });
    let dropped = trial.dropped.iter();
    Ok(DryRunView::Read {
        cards: cards.collect(),
        dropped: dropped
            .map(|dropped| language.say(&format!("refusal-{}", dropped.word()), &[]))
            .collect(),
    })
}

#[tauri::command]
pub(crate) async fn mappings() -> Answer<Vec<String>> {
    let names = BUILT_IN.iter().map(|(name, _)| (*name).to_owned());
    Ok(names.collect())
}

#[tauri::command]
pub(crate) async fn evidence(
    engine: State<'_, Engine>,
    screen: State<'_, Arc<Screen>>,
    previewed: State<'_, Previewed>,
    request: EvidenceRequest,
) -> Answer<EvidenceView> {
    let parts = [
        (request.parts.timeline, EvidencePart::Timeline),
        (request.parts.requests, EvidencePart::Requests),
        (request.parts.versions, EvidencePart::Versions),
        (request.parts.diagnosis, EvidencePart::Diagnosis),
    ];
    let parts = parts.into_iter();
    let wanted = EvidenceWanted {
        of: which(request.of, &screen).ok(),
        parts: parts
            .filter_map(|(wanted, part)| wanted.then_some(part))
            .collect(),
        remark: request.remark,
    };
    let made = engine.evidence(wanted).await.map_err(fault)?;
    let mut last = previewed.0.lock().unwrap_or_else(PoisonError::into_inner);
    last.0 += 1;
    let summary = made.files.first().map(|file| file.text.clone());
    let view = EvidenceView {
        number: last.0,
        name: made.name.clone(),
        bytes: u32::try_from(made.zip.len()).unwrap_or(u32::MAX),
        files: made.files.iter().map(EvidenceFileView::from).collect(),
        scan: EvidenceScanView::from(&made.scan),
        summary: summary.unwrap_or_default(),
    };
    last.1 = Some(made);
    Ok(view)
}

#[tauri::command]
pub(crate) async fn save_evidence(
    app: AppHandle,
    screen: State<'_, Arc<Screen>>,
    previewed: State<'_, Previewed>,
    request: EvidenceNumberRequest,
) -> Answer<SavedView> {
    let last = previewed.0.lock().unwrap_or_else(PoisonError::into_inner);
    match &*last {
        (number, Some(made)) if *number == request.number => {
            saved::save(&app, &screen, &made.name, &made.zip)
        }
        // Another window of time was previewed meanwhile; only what was read is saved.
        _ => Err(refuse(&Refusal::CardChanged, &screen)),
    }
}

fn which(request: FlightRequest, screen: &Screen) -> Answer<FlightOf> {
    match (request.pop, request.past) {
        (Some(pop), _) => Ok(FlightOf::Card(PopId(pop))),
        (None, Some(past)) => Ok(FlightOf::Past(past)),
        (None, None) => Err(refuse(&Refusal::NotInHistory, screen)),
    }
}

fn named(labels: &std::collections::BTreeMap<String, String>, id: &ConnectionId) -> String {
    labels.get(&id.0).unwrap_or(&id.0).clone()
}
