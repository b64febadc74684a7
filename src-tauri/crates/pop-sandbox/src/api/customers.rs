//! Customers: one by id, many by e-mail, telephone or words; their status can be changed.

use axum::Json;
use axum::extract::{Path, State};

use super::fields::Fields;
use super::parameters::Parameters;
use super::shapes::{CustomerShape, List};
use crate::problem::Problem;
use crate::routes::Crm;
use crate::store::customers::{self, Wanted};
use crate::words::Tier;

pub(crate) async fn one(
    State(crm): State<Crm>,
    Path(id): Path<String>,
) -> Result<Json<CustomerShape>, Problem> {
    let origin = crm.origin.clone();
    crm.store
        .run(move |connection| match customers::get(connection, &id)? {
            Some(customer) => Ok(Json(CustomerShape::of(customer, &origin))),
            None => Err(Problem::no_record("customer", &id)),
        })
        .await
}

pub(crate) async fn change(
    State(crm): State<Crm>,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Json<CustomerShape>, Problem> {
    let words = Tier::ALL.iter().map(|tier| tier.word());
    let tier = fields.word("status", Tier::read, words)?;
    let tier = tier.ok_or_else(|| Problem::missing("status"))?;
    let origin = crm.origin.clone();
    crm.store
        .run(
            move |connection| match customers::change(connection, &id, tier)? {
                Some(customer) => Ok(Json(CustomerShape::of(customer, &origin))),
                None => Err(Problem::no_record("customer", &id)),
            },
        )
        .await
}

pub(crate) async fn list(
    State(crm): State<Crm>,
    parameters: Parameters,
) -> Result<Json<List<CustomerShape>>, Problem> {
    let parameters = parameters.only(&["email", "phone", "q"])?;
    let page = parameters.page()?;
    let wanted = Wanted {
        email: parameters.text("email").map(str::to_owned),
        phone: parameters.phone("phone")?,
        words: parameters.text("q").map(str::to_owned),
    };
    let origin = crm.origin.clone();
    crm.store
        .run(move |connection| {
            let found = customers::find(connection, &wanted, page)?;
            Ok(Json(List::of(found, |customer| {
                CustomerShape::of(customer, &origin)
            })))
        })
        .await
}
