//! The window's commands: each converts, calls the engine, and converts back.
//!
//! No command takes an address, host, path or program, and none returns a secret (rules U1, V6).

pub(crate) mod outside;

use std::sync::Arc;

use pop_core::desk::{At, Command, PopId};
use pop_core::language::Language;
use pop_core::moment::Moment;
use pop_core::profile::ConnectionId;
use pop_core::refusal::Refusal;
use pop_core::secret::Secret;
use pop_core::settings;
use pop_engine::{Connected, Engine, Refused, Wanted};
use pop_sandbox::Scene;
use pop_wire::{
    AlreadyThereRequest, AlreadyThereView, CandidateView, CommandFault, ConnectRequest,
    ConnectView, ConnectionRequest, CustomerRequest, DefinitionView, FieldFaultView, FoundCaseView,
    HistoryItemView, HistoryRequest, HistoryView, OpenRequest, PaintedRequest, PinRequest,
    PopRequest, ProblemView, ReopenRequest, RetryRequest, SceneRequest, SearchPageRequest,
    SearchRequest, SearchView, SettingRequest, SimulateRequest, Update,
};
use tauri::State;
use tauri::ipc::Channel;

use crate::desktop::Screen;
use crate::simulate;
use crate::training::EmbeddedSandbox;

pub(crate) type Answer<T> = Result<T, CommandFault>;

#[tauri::command]
pub(crate) async fn subscribe(
    engine: State<'_, Engine>,
    screen: State<'_, Arc<Screen>>,
    updates: Channel<Update>,
) -> Answer<()> {
    screen.subscribe(updates);
    engine.redraw().await;
    Ok(())
}

#[tauri::command]
pub(crate) async fn painted(
    engine: State<'_, Engine>,
    screen: State<'_, Arc<Screen>>,
    request: PaintedRequest,
) -> Answer<()> {
    screen.painted(request);
    engine
        .painted(
            PopId(request.pop),
            request.seq,
            Moment::from_micros(request.at_us),
        )
        .await;
    Ok(())
}

#[tauri::command]
pub(crate) async fn seen(engine: State<'_, Engine>, request: PopRequest) -> Answer<()> {
    give(&engine, Command::Seen(PopId(request.pop))).await
}

#[tauri::command]
pub(crate) async fn close(engine: State<'_, Engine>, request: PopRequest) -> Answer<()> {
    give(&engine, Command::Close(PopId(request.pop))).await
}

#[tauri::command]
pub(crate) async fn not_this_person(engine: State<'_, Engine>, request: PopRequest) -> Answer<()> {
    give(&engine, Command::NotThisPerson(at(request))).await
}

#[tauri::command]
pub(crate) async fn retry(engine: State<'_, Engine>, request: RetryRequest) -> Answer<()> {
    let connection = ConnectionId(request.connection);
    give(
        &engine,
        Command::Retry {
            at: at(request.pop),
            connection,
        },
    )
    .await
}

#[tauri::command]
pub(crate) async fn use_customer(
    engine: State<'_, Engine>,
    request: CustomerRequest,
) -> Answer<()> {
    let (connection, id) = (ConnectionId(request.connection), request.id);
    let command = match request.pop {
        Some(pop) => Command::Choose {
            at: at(pop),
            connection,
            id,
        },
        None => Command::Show { connection, id },
    };
    give(&engine, command).await
}

#[tauri::command]
pub(crate) async fn open_record(engine: State<'_, Engine>, request: OpenRequest) -> Answer<()> {
    let at = at(request.pop);
    let case = request
        .case
        .map(|case| (ConnectionId(case.connection), case.id));
    let command = match request.also_in.map(ConnectionId) {
        Some(connection) => Command::OpenBeside { at, connection },
        None if request.company => Command::OpenAccount(at),
        None => Command::OpenRecord { at, case },
    };
    give(&engine, command).await
}

#[tauri::command]
pub(crate) async fn open_search(
    engine: State<'_, Engine>,
    request: SearchPageRequest,
) -> Answer<()> {
    let connection = ConnectionId(request.connection);
    let opened = engine.open_search(at(request.pop), connection).await;
    opened.map_err(fault)
}

#[tauri::command]
pub(crate) async fn already_there(
    engine: State<'_, Engine>,
    request: AlreadyThereRequest,
) -> Answer<AlreadyThereView> {
    let found = engine.already_there(request.typed).await.map_err(fault)?;
    let customer = found.map(|(connection, customer)| CandidateView::draw(&connection, &customer));
    Ok(AlreadyThereView { customer })
}

#[tauri::command]
pub(crate) async fn search(
    engine: State<'_, Engine>,
    screen: State<'_, Arc<Screen>>,
    request: SearchRequest,
) -> Answer<SearchView> {
    let found = engine.search(request.words).await.map_err(fault)?;
    Ok(SearchView {
        items: found
            .customers
            .iter()
            .map(|(connection, customer)| CandidateView::draw(connection, customer))
            .collect(),
        cases: found.cases.iter().map(FoundCaseView::from).collect(),
        today: found.today.iter().map(HistoryItemView::from).collect(),
        problems: found
            .faults
            .iter()
            .map(|(connection, fault)| {
                let label = screen.label(connection);
                ProblemView::of(fault, &connection.0, &label, screen.spoken())
            })
            .collect(),
    })
}

#[tauri::command]
pub(crate) async fn history(
    engine: State<'_, Engine>,
    request: HistoryRequest,
) -> Answer<HistoryView> {
    let past = engine
        .history(Moment::from_millis(request.since))
        .await
        .map_err(fault)?;
    Ok(HistoryView {
        items: past.iter().map(HistoryItemView::from).collect(),
    })
}

#[tauri::command]
pub(crate) async fn pin(engine: State<'_, Engine>, request: PinRequest) -> Answer<()> {
    let wanted = engine.pin(at(request.pop), request.pinned).await;
    wanted.map_err(fault)
}

#[tauri::command]
pub(crate) async fn reopen(engine: State<'_, Engine>, request: ReopenRequest) -> Answer<()> {
    engine.reopen(request.id).await.map_err(fault)
}

#[tauri::command]
pub(crate) async fn followed_up(engine: State<'_, Engine>, request: ReopenRequest) -> Answer<()> {
    engine.followed_up(request.id).await.map_err(fault)
}

#[tauri::command]
pub(crate) async fn set_setting(engine: State<'_, Engine>, request: SettingRequest) -> Answer<()> {
    engine.set(request.name, request.value).await.map_err(fault)
}

#[tauri::command]
pub(crate) async fn definitions(engine: State<'_, Engine>) -> Answer<Vec<DefinitionView>> {
    let definitions = engine.definitions().await.map_err(fault)?;
    Ok(definitions.iter().map(crate::definitions::view).collect())
}

#[tauri::command]
pub(crate) async fn connect(
    engine: State<'_, Engine>,
    screen: State<'_, Arc<Screen>>,
    request: ConnectRequest,
) -> Answer<ConnectView> {
    let wanted = wanted(request);
    engine
        .connect(wanted)
        .await
        .map(|done| connected(done, screen.spoken()))
        .map_err(fault)
}

#[tauri::command]
pub(crate) async fn cancel_sign_in(engine: State<'_, Engine>) -> Answer<()> {
    engine.cancel_sign_in().await;
    Ok(())
}

#[tauri::command]
pub(crate) async fn test_connection(
    engine: State<'_, Engine>,
    screen: State<'_, Arc<Screen>>,
    request: ConnectionRequest,
) -> Answer<ConnectView> {
    engine
        .test(ConnectionId(request.connection))
        .await
        .map(|done| connected(done, screen.spoken()))
        .map_err(fault)
}

#[tauri::command]
pub(crate) async fn forget(engine: State<'_, Engine>, request: ConnectionRequest) -> Answer<()> {
    engine
        .forget(ConnectionId(request.connection))
        .await
        .map_err(fault)
}

#[tauri::command]
pub(crate) async fn unlock_keychain(engine: State<'_, Engine>) -> Answer<()> {
    engine.unlock().await;
    Ok(())
}

#[tauri::command]
pub(crate) async fn simulate(
    engine: State<'_, Engine>,
    screen: State<'_, Arc<Screen>>,
    sandbox: State<'_, Arc<EmbeddedSandbox>>,
    request: SimulateRequest,
) -> Answer<()> {
    if !screen.simulates() {
        return Err(refuse(&Refusal::SwitchedOff, &screen));
    }
    simulate::run(&engine, &sandbox, scene(request.scene))
        .await
        .map_err(|refusal| refuse(&refusal, &screen))
}

pub(crate) async fn give(engine: &Engine, command: Command) -> Answer<()> {
    engine.command(command).await.map_err(fault)
}

pub(crate) fn at(request: PopRequest) -> At {
    At {
        pop: PopId(request.pop),
        generation: request.generation,
    }
}

/// What the shell itself says no to.
pub(crate) fn refuse(refusal: &Refusal, screen: &Screen) -> CommandFault {
    fault(Refused::because(refusal, screen.spoken()))
}

pub(crate) fn fault(refused: Refused) -> CommandFault {
    CommandFault {
        code: refused.code.to_owned(),
        text: refused.why,
    }
}

fn scene(scene: SceneRequest) -> Scene {
    match scene {
        SceneRequest::One => Scene::One,
        SceneRequest::Vip => Scene::Vip,
        SceneRequest::Several => Scene::Several,
        SceneRequest::None => Scene::None,
        SceneRequest::Slow => Scene::Slow,
        SceneRequest::Expired => Scene::Expired,
        SceneRequest::Offline => Scene::Offline,
    }
}

fn wanted(request: ConnectRequest) -> Wanted {
    Wanted {
        again: request.again.map(ConnectionId),
        connection: settings::Connection {
            definition: request.definition,
            label: request.label,
            fields: request
                .fields
                .into_iter()
                .filter(|(_, text)| !text.is_empty())
                .map(|(name, text)| (name, text.into()))
                .collect(),
            method: request.method,
            user: request.user,
            overlay: None,
            test_customer: None,
        },
        secret: Secret::new(request.secret),
    }
}

fn connected(connected: Connected, language: Language) -> ConnectView {
    match connected {
        Connected::Yes {
            connection,
            signed_in_as,
        } => ConnectView::Connected {
            connection: connection.0,
            signed_in_as,
        },
        Connected::Refused(faults) => ConnectView::Refused {
            faults: faults
                .into_iter()
                .map(|(field, text)| FieldFaultView { field, text })
                .collect(),
        },
        Connected::Failed { label, fault } => ConnectView::Failed {
            problem: ProblemView::of(&fault, "", &label, language),
        },
        Connected::NotSignedIn { label, why, at } => ConnectView::Failed {
            problem: ProblemView::told(why.words(&label, language), why.support_line(), at),
        },
        Connected::Cancelled => ConnectView::Cancelled,
    }
}
