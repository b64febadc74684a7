//! The window's commands about the organisation's settings: a person looks at them, takes them, and
//! lets them go.

use pop_engine::{Engine, Enrolment, Offered};
use pop_wire::{OfferedCrmView, OfferedView, OrganisationRequest};
use tauri::State;

use crate::commands::{Answer, fault};

#[tauri::command]
pub(crate) async fn look_at_organisation(
    engine: State<'_, Engine>,
    request: OrganisationRequest,
) -> Answer<OfferedView> {
    let offered = engine.look_at_organisation(wanted(request)).await;
    offered.map(view).map_err(fault)
}

#[tauri::command]
pub(crate) async fn join_organisation(
    engine: State<'_, Engine>,
    request: OrganisationRequest,
) -> Answer<()> {
    engine
        .join_organisation(wanted(request))
        .await
        .map_err(fault)
}

#[tauri::command]
pub(crate) async fn leave_organisation(engine: State<'_, Engine>) -> Answer<()> {
    engine.leave_organisation().await.map_err(fault)
}

fn wanted(OrganisationRequest { from, key }: OrganisationRequest) -> Enrolment {
    Enrolment {
        from: from.trim().to_owned(),
        key: key.trim().to_owned(),
    }
}

fn view(offered: Offered) -> OfferedView {
    OfferedView {
        tenant: offered.tenant,
        version: offered.version,
        ends: offered.ends.millis(),
        note: offered.note,
        fingerprint: offered.fingerprint,
        crms: offered
            .crms
            .into_iter()
            .map(|(label, server)| OfferedCrmView { label, server })
            .collect(),
        gateway: offered.gateway,
        report_to: offered.report_to,
        locked: u32::try_from(offered.locked).unwrap_or(u32::MAX),
    }
}
