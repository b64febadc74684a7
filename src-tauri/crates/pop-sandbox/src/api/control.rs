//! The switch for faults, for those who have no hold of the `Sandbox` value.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

use super::fields::Fields;
use crate::fault::FaultRule;
use crate::problem::Problem;
use crate::routes::Crm;

pub(crate) async fn set_fault(
    State(crm): State<Crm>,
    fields: Fields,
) -> Result<Json<FaultRule>, Problem> {
    let rule: FaultRule = fields
        .read()
        .map_err(|error| Problem::invalid("fault", error))?;
    crm.gate.faults.set(Some(rule.clone()));
    Ok(Json(rule))
}

pub(crate) async fn clear_fault(State(crm): State<Crm>) -> StatusCode {
    crm.gate.faults.set(None);
    StatusCode::NO_CONTENT
}
