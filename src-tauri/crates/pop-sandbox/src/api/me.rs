//! Who the token belongs to; also what a connection test asks.

use axum::Json;
use serde_json::{Value, json};

use super::AGENT;

pub(crate) async fn me() -> Json<Value> {
    Json(json!({ "id": AGENT, "name": "Sandbox Agent", "email": "agent07@example.com" }))
}
