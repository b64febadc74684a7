//! Commands about what is on screen besides the cards: the window itself, the curtain, notices.

use std::sync::Arc;
use std::time::Duration;

use pop_core::attention::{CurtainSignal, Signal};
use pop_core::desk::{Command, PopId};
use pop_core::refusal::Refusal;
use pop_engine::Engine;
use pop_wire::{
    AnswerRequest, AskView, CompactRequest, GoView, NoticeDrawnRequest, NoticeUpdate, PauseRequest,
    PopRequest, Update,
};
use tauri::ipc::Channel;
use tauri::{AppHandle, State};

use crate::commands::{Answer, at, fault, give, refuse};
use crate::desktop::Screen;
use crate::notice::{self, Notices};
use crate::window::{self, AgentAsked, Raise};

/// The longest pause, in minutes: a shift.
const LONGEST_PAUSE: u32 = 480;

#[tauri::command]
pub(crate) async fn answer(
    app: AppHandle,
    screen: State<'_, Arc<Screen>>,
    request: AnswerRequest,
) -> Answer<()> {
    let asked = screen.window_view().asks;
    screen.change_window(|window| window.asks = None);
    match asked {
        Some(AskView::Close { tray }) if request.yes => window::put_away(&app, tray),
        Some(AskView::Quit { .. }) if request.yes => app.exit(0),
        Some(AskView::Close { .. } | AskView::Quit { .. }) | None => {}
    }
    Ok(())
}

#[tauri::command]
pub(crate) async fn compact(screen: State<'_, Arc<Screen>>, request: CompactRequest) -> Answer<()> {
    screen.compact(request.on);
    Ok(())
}

#[tauri::command]
pub(crate) async fn copy_id(screen: State<'_, Arc<Screen>>, request: PopRequest) -> Answer<()> {
    let id = screen
        .card(PopId(request.pop))
        .filter(|card| card.generation == request.generation)
        .and_then(|card| card.customer_id);
    let Some(id) = id else {
        return Err(refuse(&Refusal::CardChanged, &screen));
    };
    copy(id, &screen).await
}

#[tauri::command]
pub(crate) async fn copy_link(
    engine: State<'_, Engine>,
    screen: State<'_, Arc<Screen>>,
    request: PopRequest,
) -> Answer<()> {
    let link = engine.link(at(request)).await.map_err(fault)?;
    copy(link.as_str().to_owned(), &screen).await
}

async fn copy(text: String, screen: &Screen) -> Answer<()> {
    let copied = tauri::async_runtime::spawn_blocking(move || {
        arboard::Clipboard::new().and_then(|mut clipboard| clipboard.set_text(text))
    });
    match copied.await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(refuse(&Refusal::Clipboard, screen)),
    }
}

#[tauri::command]
pub(crate) async fn lift_curtain(screen: State<'_, Arc<Screen>>) -> Answer<()> {
    screen.curtain(CurtainSignal::Lift);
    Ok(())
}

#[tauri::command]
pub(crate) async fn pause(engine: State<'_, Engine>, request: PauseRequest) -> Answer<()> {
    let minutes = request.minutes.min(LONGEST_PAUSE);
    engine.pause(Duration::from_mins(minutes.into())).await;
    Ok(())
}

#[tauri::command]
pub(crate) async fn notice_subscribe(
    notices: State<'_, Notices>,
    updates: Channel<NoticeUpdate>,
) -> Answer<()> {
    notices.subscribe(updates);
    Ok(())
}

#[tauri::command]
pub(crate) async fn notice_drawn(
    app: AppHandle,
    notices: State<'_, Notices>,
    screen: State<'_, Arc<Screen>>,
    request: NoticeDrawnRequest,
) -> Answer<()> {
    let is_current = notices
        .shown()
        .is_some_and(|shown| shown.pop == request.pop.pop);
    if is_current {
        notice::drawn(&app, request.height, screen.spoken());
    }
    Ok(())
}

#[tauri::command]
pub(crate) async fn notice_over(screen: State<'_, Arc<Screen>>, request: PopRequest) -> Answer<()> {
    screen.signal(Signal::NoticeOver(PopId(request.pop)));
    Ok(())
}

#[tauri::command]
pub(crate) async fn notice_show(
    app: AppHandle,
    screen: State<'_, Arc<Screen>>,
    request: PopRequest,
) -> Answer<()> {
    show(&app, &screen, request.pop);
    Ok(())
}

#[tauri::command]
pub(crate) async fn notice_open(
    engine: State<'_, Engine>,
    screen: State<'_, Arc<Screen>>,
    request: PopRequest,
) -> Answer<()> {
    screen.signal(Signal::NoticeOver(PopId(request.pop)));
    open(&engine, request).await
}

/// The agent clicked on a notice: the panel comes up with the card.
pub(crate) fn show(app: &AppHandle, screen: &Screen, pop: u32) {
    screen.signal(Signal::NoticeOver(PopId(pop)));
    window::bring_up(app, Raise::Focus(AgentAsked::Notice));
    screen.send(Update::Go {
        to: GoView::Card { pop },
    });
}

/// The agent asked a notice for the record.
pub(crate) async fn open(engine: &Engine, request: PopRequest) -> Answer<()> {
    let at = at(request);
    give(engine, Command::OpenRecord { at, case: None }).await
}
