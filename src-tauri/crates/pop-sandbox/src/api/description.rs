//! The API's own description, in OpenAPI.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::problem::Problem;
use crate::routes::Crm;

/// The description without the address, which is known only when the server runs.
pub(crate) const OPENAPI: &str = include_str!("openapi.json");

pub(crate) async fn description(State(crm): State<Crm>) -> Result<Json<Value>, Problem> {
    let mut document: Value = serde_json::from_str(OPENAPI).map_err(|_| {
        Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "description",
            "The description is broken.",
        )
    })?;
    if let Some(members) = document.as_object_mut() {
        members.insert("servers".to_owned(), json!([{ "url": &*crm.origin }]));
    }
    Ok(Json(document))
}
