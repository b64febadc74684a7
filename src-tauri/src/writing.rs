//! The window's commands about writing: forms, writes, drafts and the wrap-up.

use std::sync::Arc;

use pop_core::desk::{Command, PopId, Wish, Wrapping};
use pop_core::profile::ConnectionId;
use pop_core::refusal::Refusal;
use pop_core::write::WriteId;
use pop_engine::{Engine, Wrote};
use pop_wire::{
    DiscardRequest, DraftRequest, FieldFaultView, FormRequest, FormView, PopRequest, ResendRequest,
    SimilarRequest, SimilarView, WrapUpRequest, WriteIdRequest, WriteRequest, WroteView,
};
use tauri::State;

use crate::commands::{Answer, at, fault, give, refuse};
use crate::desktop::Screen;

/// The most characters of a reason.
const LONGEST_REASON: usize = 200;

#[tauri::command]
pub(crate) async fn form(
    engine: State<'_, Engine>,
    screen: State<'_, Arc<Screen>>,
    request: FormRequest,
) -> Answer<FormView> {
    let connection = ConnectionId(request.connection);
    let form = engine
        .form(
            at(request.pop),
            connection,
            request.action.into(),
            request.case,
        )
        .await
        .map_err(fault)?;
    FormView::draw(&form).ok_or_else(|| refuse(&Refusal::NoForm, &screen))
}

#[tauri::command]
pub(crate) async fn write_form(
    engine: State<'_, Engine>,
    screen: State<'_, Arc<Screen>>,
    request: WriteIdRequest,
) -> Answer<FormView> {
    let form = engine.form_of(WriteId(request.id)).await.map_err(fault)?;
    FormView::draw(&form).ok_or_else(|| refuse(&Refusal::NoForm, &screen))
}

#[tauri::command]
pub(crate) async fn similar_case(
    engine: State<'_, Engine>,
    request: SimilarRequest,
) -> Answer<SimilarView> {
    let found = engine.similar_case(at(request.pop), request.subject);
    let found = found.await.map_err(fault)?;
    Ok(SimilarView::draw(found.as_ref()))
}

#[tauri::command]
pub(crate) async fn write(
    engine: State<'_, Engine>,
    screen: State<'_, Arc<Screen>>,
    request: WriteRequest,
) -> Answer<WroteView> {
    let wish = Wish {
        id: engine.new_write(),
        at: at(request.pop),
        connection: ConnectionId(request.connection),
        kind: request.action.into(),
        case: request.case,
        input: request.input,
        shown: request.shown,
        opens: request.opens,
    };
    engine
        .write(wish)
        .await
        .map(|done| wrote(done, &screen))
        .map_err(fault)
}

#[tauri::command]
pub(crate) async fn resend(
    engine: State<'_, Engine>,
    screen: State<'_, Arc<Screen>>,
    request: ResendRequest,
) -> Answer<WroteView> {
    engine
        .resend(WriteId(request.id), request.input, request.shown)
        .await
        .map(|done| wrote(done, &screen))
        .map_err(fault)
}

#[tauri::command]
pub(crate) async fn undo(engine: State<'_, Engine>, request: WriteIdRequest) -> Answer<()> {
    give(&engine, Command::Undo(WriteId(request.id))).await
}

#[tauri::command]
pub(crate) async fn discard(
    engine: State<'_, Engine>,
    screen: State<'_, Arc<Screen>>,
    request: DiscardRequest,
) -> Answer<()> {
    let DiscardRequest { id, reason } = request;
    require_reason(&reason, &screen)?;
    let id = WriteId(id);
    give(&engine, Command::Discard { id, reason }).await
}

/// Refuses to give something up without a reason that can be kept.
pub(crate) fn require_reason(reason: &str, screen: &Screen) -> Answer<()> {
    let length = reason.trim().chars().count();
    if (1..=LONGEST_REASON).contains(&length) {
        Ok(())
    } else {
        Err(refuse(&Refusal::Reason, screen))
    }
}

#[tauri::command]
pub(crate) async fn draft(engine: State<'_, Engine>, request: DraftRequest) -> Answer<()> {
    let command = Command::Draft {
        pop: PopId(request.pop),
        form: request.form,
        fields: request.fields,
    };
    give(&engine, command).await
}

#[tauri::command]
pub(crate) async fn wrap_up(
    engine: State<'_, Engine>,
    screen: State<'_, Arc<Screen>>,
    request: WrapUpRequest,
) -> Answer<WroteView> {
    let said = Wrapping {
        at: at(request.pop),
        log: engine.new_write(),
        status: engine.new_write(),
        connection: request.connection.map(ConnectionId),
        takes_outcome: false,
        outcome: request.outcome,
        note: request.note,
        case: request.case,
        set_status: request.status.map(|status| (status.value, status.label)),
        follow_up: request.follow_up,
    };
    engine
        .wrap_up(said)
        .await
        .map(|done| wrote(done, &screen))
        .map_err(fault)
}

#[tauri::command]
pub(crate) async fn extend_wrap_up(engine: State<'_, Engine>, request: PopRequest) -> Answer<()> {
    give(&engine, Command::ExtendWrapUp(PopId(request.pop))).await
}

fn wrote(wrote: Wrote, screen: &Screen) -> WroteView {
    match wrote {
        Wrote::Taken(id) => WroteView::Taken { id: id.0 },
        Wrote::Wrong(faults) => WroteView::Wrong {
            faults: faults
                .iter()
                .map(|fault| FieldFaultView::of(fault, screen.spoken()))
                .collect(),
        },
    }
}
