//! The commands of the diagnosis.

use std::sync::Arc;

use pop_core::profile::ConnectionId;
use pop_core::refusal::Refusal;
use pop_engine::Engine;
use pop_wire::{DiagnoseRequest, DiagnosisView, HelpRequest};
use tauri::State;

use crate::commands::{Answer, fault, refuse};
use crate::desktop::Screen;
use crate::opener;

/// Looks at a connection, or tells what was found by itself a moment ago.
#[tauri::command]
pub(crate) async fn diagnose(
    engine: State<'_, Engine>,
    screen: State<'_, Arc<Screen>>,
    request: DiagnoseRequest,
) -> Answer<DiagnosisView> {
    let connection = ConnectionId(request.connection);
    let kept = if request.again {
        None
    } else {
        let kept = engine.last_report(connection.clone());
        kept.await.map_err(fault)?
    };
    let report = match kept {
        Some(report) => report,
        None => engine.diagnose(Some(connection)).await.map_err(fault)?,
    };
    let explained = screen.help().diagnosis.is_some();
    Ok(DiagnosisView::draw(&report, explained, screen.spoken()))
}

/// Opens the organisation's page about a finding.
#[tauri::command]
pub(crate) async fn open_help(screen: State<'_, Arc<Screen>>, request: HelpRequest) -> Answer<()> {
    let Some(address) = screen.help().about(&request.code) else {
        return Err(refuse(&Refusal::SwitchedOff, &screen));
    };
    // The system may take its time.
    let opened = tauri::async_runtime::spawn_blocking(move || opener::help(&address)).await;
    let opened = opened.unwrap_or_else(|error| Err(error.to_string()));
    opened.map_err(|why| refuse(&Refusal::System(why), &screen))
}
