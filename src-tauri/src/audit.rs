//! The audit written out, with everything that its lines tell: only the app has the key.
//!
//! It goes to the folder where this user's downloads are, under a name of its own; the window names
//! no path.

use std::fmt::Display;
use std::io::{BufWriter, Write as _};
use std::sync::Arc;

use pop_core::clock::Clock as _;
use pop_core::refusal::Refusal;
use pop_crm::SystemClock;
use pop_engine::Engine;
use pop_store::Chain;
use pop_wire::AuditView;
use tauri::{AppHandle, Manager, State};

use crate::commands::{Answer, fault, refuse};
use crate::desktop::Screen;
use crate::saved::begin;

/// Lines that are read at once.
const PAGE: usize = 20_000;

#[tauri::command]
pub(crate) async fn write_audit(
    app: AppHandle,
    engine: State<'_, Engine>,
    screen: State<'_, Arc<Screen>>,
) -> Answer<AuditView> {
    let unwritten = |error: &dyn Display| refuse(&Refusal::Disk(error.to_string()), &screen);
    let paths = app.path();
    let folder = paths.download_dir().or_else(|_| paths.home_dir());
    let folder = folder.map_err(|error| unwritten(&error))?;
    let time = SystemClock.now().rfc3339().replace(':', "-");
    let path = folder.join(format!("screenpop-audit-{time}.jsonl"));
    let mut file = BufWriter::new(begin(&folder, &path).map_err(|error| unwritten(&error))?);
    let (mut after, mut lines) = (0, 0_u32);
    let whole = loop {
        let (read, chain) = engine.audit(after, PAGE).await.map_err(fault)?;
        for line in &read {
            writeln!(file, "{}", line.json()).map_err(|error| unwritten(&error))?;
            after = line.number;
            lines = lines.saturating_add(1);
        }
        if read.len() < PAGE {
            break matches!(chain, Chain::Whole(_));
        }
    };
    let file = file.into_inner().map_err(|error| unwritten(&error))?;
    file.sync_all().map_err(|error| unwritten(&error))?;
    Ok(AuditView {
        path: path.display().to_string(),
        lines,
        whole,
    })
}
