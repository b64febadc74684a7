//! Every path of the server, in one table.
//!
//! The table is what the router is made of and what the API description is compared with.

use std::sync::Arc;

use axum::Router;
use axum::http::Uri;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, get, patch, post, put};

use crate::api::{cases, control, customers, description, interactions, me, search};
use crate::gate::{self, Gate};
use crate::pages;
use crate::problem::Problem;
use crate::store::Store;

/// What the handlers work with.
#[derive(Clone)]
pub(crate) struct Crm {
    pub(crate) origin: Arc<str>,
    pub(crate) gate: Arc<Gate>,
    pub(crate) store: Store,
}

/// One path and what it takes.
pub(crate) struct Route {
    pub(crate) path: &'static str,
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "compared with the API description")
    )]
    pub(crate) methods: &'static [&'static str],
    pub(crate) handler: MethodRouter<Crm>,
}

/// Builds the router from the table.
pub(crate) fn router(crm: Crm) -> Router {
    let gate = from_fn_with_state(Arc::clone(&crm.gate), gate::pass);
    let mut router = Router::new();
    for route in table() {
        router = router.route(route.path, route.handler);
    }
    let paths = router.fallback(nowhere).with_state(crm);
    // The gate stands around the whole: inside, it would not see the `Allow` of a refused method.
    Router::new().fallback_service(paths).layer(gate)
}

/// The table.
pub(crate) fn table() -> Vec<Route> {
    let route = |path, methods, handler| Route {
        path,
        methods,
        handler,
    };
    vec![
        route("/api/me", &["GET"], get(me::me)),
        route("/api/customers", &["GET"], get(customers::list)),
        route(
            "/api/customers/{id}",
            &["GET", "PATCH"],
            get(customers::one).merge(patch(customers::change)),
        ),
        route(
            "/api/customers/{id}/cases",
            &["GET"],
            get(cases::of_customer),
        ),
        route(
            "/api/customers/{id}/interactions",
            &["GET", "POST"],
            get(interactions::of_customer).post(interactions::log),
        ),
        route("/api/cases", &["POST"], post(cases::open)),
        route(
            "/api/cases/{id}",
            &["GET", "PATCH"],
            get(cases::one).merge(patch(cases::change)),
        ),
        route("/api/cases/{id}/notes", &["POST"], post(cases::add_note)),
        route("/api/search", &["GET"], get(search::search)),
        route(
            "/control/fault",
            &["PUT", "DELETE"],
            put(control::set_fault).delete(control::clear_fault),
        ),
        route("/openapi.json", &["GET"], get(description::description)),
        route("/customers/{id}", &["GET"], get(pages::customer)),
        route("/cases/{id}", &["GET"], get(pages::case)),
        route("/assets/record.css", &["GET"], get(pages::stylesheet)),
    ]
}

async fn nowhere(uri: Uri) -> Problem {
    Problem::no_record("path", uri.path())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::table;
    use crate::api::description::OPENAPI;

    #[test]
    fn the_api_description_has_the_paths_and_methods_of_the_table() {
        let document: Value = serde_json::from_str(OPENAPI).unwrap();
        let paths = document["paths"].as_object().unwrap();
        let described: BTreeSet<String> = paths
            .iter()
            .flat_map(|(path, methods)| {
                let methods = methods.as_object().unwrap().keys();
                methods.map(move |method| format!("{} {path}", method.to_uppercase()))
            })
            .collect();
        let routed: BTreeSet<String> = table()
            .iter()
            .flat_map(|route| {
                route
                    .methods
                    .iter()
                    .map(|method| format!("{method} {}", route.path))
            })
            .collect();
        assert_eq!(described, routed);
    }
}
