//! The window's commands about what other systems were told.

use std::sync::Arc;

use pop_core::language::Language;
use pop_engine::{Endpoint, Engine};
use pop_store::{Item, KeptItem};
use pop_wire::{DeliveryView, DiscardRequest, EndpointView, TryView, WriteIdRequest};
use tauri::State;

use crate::commands::{Answer, fault};
use crate::desktop::Screen;
use crate::writing::require_reason;

#[tauri::command]
pub(crate) async fn deliveries(
    engine: State<'_, Engine>,
    screen: State<'_, Arc<Screen>>,
) -> Answer<Vec<EndpointView>> {
    let language = screen.spoken();
    let told = engine.deliveries().await.map_err(fault)?;
    Ok(told.into_iter().map(|it| endpoint(it, language)).collect())
}

#[tauri::command]
pub(crate) async fn resend_delivery(
    engine: State<'_, Engine>,
    request: WriteIdRequest,
) -> Answer<()> {
    engine.resend_delivery(request.id).await.map_err(fault)
}

#[tauri::command]
pub(crate) async fn discard_delivery(
    engine: State<'_, Engine>,
    screen: State<'_, Arc<Screen>>,
    request: DiscardRequest,
) -> Answer<()> {
    require_reason(&request.reason, &screen)?;
    let given_up = engine.discard_delivery(request.id, request.reason);
    given_up.await.map_err(fault)
}

fn endpoint(endpoint: Endpoint, language: Language) -> EndpointView {
    let Endpoint {
        address,
        named,
        deliveries,
    } = endpoint;
    let draw = |kept: &KeptItem| delivery(kept, &address, language);
    EndpointView {
        deliveries: deliveries.iter().filter_map(draw).collect(),
        address,
        named,
    }
}

fn delivery(kept: &KeptItem, address: &str, language: Language) -> Option<DeliveryView> {
    let Some(Item::Message(message)) = &kept.item else {
        return None;
    };
    let drawn = DeliveryView::draw(
        &message.id,
        &message.event,
        message.asked,
        &kept.state,
        address,
        language,
    );
    let tries = kept.tries.iter();
    let tries = tries.map(|tried| {
        TryView::draw(
            tried.at,
            &tried.code,
            tried.status,
            tried.sent.as_ref(),
            tried.answer.as_ref(),
        )
    });
    Some(DeliveryView {
        reason: kept.reason.clone(),
        tries: tries.collect(),
        ..drawn
    })
}
