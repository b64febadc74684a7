//! The window's commands about the gateway: signing in there and out, trying again now, and the way
//! to its broker.

use std::sync::Arc;

use pop_core::language::Language;
use pop_core::secret::Secret;
use pop_core::settings::{Broker, Proxy, Topics};
use pop_engine::{Engine, Enrolling, Way};
use pop_wire::{
    BrokerFields, BrokerRequest, FieldFaultView, GatewaySignInView, ProblemView, ProxyFields,
    ProxyRequest, WayChangedView,
};
use tauri::State;

use crate::commands::{Answer, fault};
use crate::desktop::Screen;

#[tauri::command]
pub(crate) async fn gateway_sign_in(
    engine: State<'_, Engine>,
    screen: State<'_, Arc<Screen>>,
) -> Answer<GatewaySignInView> {
    let went = engine.sign_in_gateway().await.map_err(fault)?;
    Ok(view(went, screen.spoken()))
}

#[tauri::command]
pub(crate) async fn gateway_sign_out(engine: State<'_, Engine>) -> Answer<()> {
    engine.sign_out_gateway().await.map_err(fault)
}

#[tauri::command]
pub(crate) async fn gateway_try(engine: State<'_, Engine>) -> Answer<()> {
    engine.hurry_gateway().await;
    Ok(())
}

#[tauri::command]
pub(crate) async fn gateway_broker(
    engine: State<'_, Engine>,
    request: BrokerRequest,
) -> Answer<WayChangedView> {
    let way = Way::Broker(request.broker.map(broker));
    set_way(&engine, way, request.secret).await
}

#[tauri::command]
pub(crate) async fn gateway_proxy(
    engine: State<'_, Engine>,
    request: ProxyRequest,
) -> Answer<WayChangedView> {
    let ProxyRequest { proxy, secret } = request;
    let proxy = proxy.map(|ProxyFields { url, user }| Proxy { url, user });
    set_way(&engine, Way::Proxy(proxy), secret).await
}

async fn set_way(engine: &Engine, way: Way, secret: String) -> Answer<WayChangedView> {
    let faults = engine.set_way(way, Some(Secret::new(secret))).await;
    let faults = faults.map_err(fault)?.into_iter();
    Ok(WayChangedView {
        faults: faults
            .map(|(field, text)| FieldFaultView {
                field: field.to_owned(),
                text,
            })
            .collect(),
    })
}

fn broker(fields: BrokerFields) -> Broker {
    let BrokerFields {
        urls,
        username,
        client_id,
        interactions,
        control,
        ack,
        presence,
    } = fields;
    Broker {
        urls,
        username,
        client_id,
        topics: Topics {
            interactions,
            control,
            ack,
            presence,
        },
    }
}

fn view(went: Enrolling, language: Language) -> GatewaySignInView {
    match went {
        Enrolling::Yes(account) => GatewaySignInView::SignedIn { account },
        Enrolling::No { why, at } => GatewaySignInView::Failed {
            problem: ProblemView::told(why.words(language), why.support_line(), at),
        },
        Enrolling::Cancelled => GatewaySignInView::Cancelled,
    }
}
