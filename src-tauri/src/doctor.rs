//! The command of the diagnosis.

use std::sync::Arc;

use pop_core::profile::ConnectionId;
use pop_engine::Engine;
use pop_wire::{DiagnoseRequest, DiagnosisView};
use tauri::State;

use crate::commands::{Answer, fault};
use crate::desktop::Screen;

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
    Ok(DiagnosisView::draw(&report, screen.spoken()))
}
