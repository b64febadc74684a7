//! One box for customers and cases.

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use super::parameters::Parameters;
use super::shapes::{CaseShape, CustomerShape, List};
use crate::problem::Problem;
use crate::routes::Crm;
use crate::store::cases;
use crate::store::customers::{self, Wanted};

#[derive(Serialize)]
pub(crate) struct Hits {
    customers: List<CustomerShape>,
    cases: List<CaseShape>,
}

pub(crate) async fn search(
    State(crm): State<Crm>,
    parameters: Parameters,
) -> Result<Json<Hits>, Problem> {
    let parameters = parameters.only(&["q"])?;
    let page = parameters.page()?;
    let words = parameters
        .text("q")
        .ok_or_else(|| Problem::missing("q"))?
        .to_owned();
    let origin = crm.origin.clone();
    crm.store
        .run(move |connection| {
            let cases = cases::search(connection, &words, page)?;
            let wanted = Wanted {
                words: Some(words),
                ..Wanted::default()
            };
            let customers = customers::find(connection, &wanted, page)?;
            Ok(Json(Hits {
                customers: List::of(customers, |customer| CustomerShape::of(customer, &origin)),
                cases: List::of(cases, |case| CaseShape::of(case, &origin)),
            }))
        })
        .await
}
