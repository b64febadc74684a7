//! The window's commands about the gateway: signing in there, signing out, and trying again now.

use std::sync::Arc;

use pop_core::language::Language;
use pop_engine::{Engine, Enrolling};
use pop_wire::{GatewaySignInView, ProblemView};
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

fn view(went: Enrolling, language: Language) -> GatewaySignInView {
    match went {
        Enrolling::Yes(account) => GatewaySignInView::SignedIn { account },
        Enrolling::No { why, at } => GatewaySignInView::Failed {
            problem: ProblemView::told(why.words(language), why.support_line(), at),
        },
        Enrolling::Cancelled => GatewaySignInView::Cancelled,
    }
}
