//! Dynamics 365 Customer Service on Dataverse: the Web API of one environment, and Entra.
//! From the Web API guide and the entity reference. Left out: `$batch`, `$apply`, lambda
//! operators, Dataverse search, paging by links.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

use crate::budget::Budget;
use crate::call::{Answer, Call};
use crate::cast::Cast;
use crate::double::Vendor;
use crate::oauth::{OAuth, Rules};
use crate::script::Trouble;
use fault::Fault;
use store::Store;

mod address;
mod entra;
mod fault;
mod filter;
mod metadata;
mod query;
mod records;
mod run;
mod schema;
mod seed;
mod store;
mod write;

pub use filter::literals;

/// What differs between environments.
#[derive(Clone, Debug)]
pub struct DynamicsOptions {
    /// The organisation's name in its hosts.
    pub organization: String,
    /// The region in its hosts: `crm`, `crm4`, …
    pub region: String,
    /// What the authorization server demands.
    pub rules: Rules,
}

impl Default for DynamicsOptions {
    fn default() -> Self {
        Self {
            organization: "acme".to_owned(),
            region: "crm4".to_owned(),
            rules: Rules {
                client_id: "00001111-aaaa-2222-bbbb-3333cccc4444".to_owned(),
                lifetime: Some(3599),
                keeps_used: true,
                compares_port: false,
                refresh_scope: Some("offline_access".to_owned()),
                ..Rules::default()
            },
        }
    }
}

/// What one user may ask of one server within 300 seconds.
const REQUESTS_IN_FIVE_MINUTES: u64 = 6_000;
const LOGIN: &str = "login.microsoftonline.com";
const DISCOVERY: &str = "globaldisco.crm.dynamics.com";

/// One environment; a clone is the same environment.
#[derive(Clone)]
pub struct Dynamics(Arc<Shared>);

struct Shared {
    hosts: [String; 2],
    oauth: OAuth,
    store: Mutex<Store>,
    budget: Budget,
    cast: Cast,
}

impl Default for Dynamics {
    fn default() -> Self {
        Self::new(DynamicsOptions::default())
    }
}

impl Dynamics {
    /// An environment with the cast in it.
    pub fn new(options: DynamicsOptions) -> Self {
        let mut store = Store::default();
        let cast = seed::seed(&mut store);
        let (name, region) = (&options.organization, &options.region);
        Self(Arc::new(Shared {
            hosts: [
                format!("{name}.{region}.dynamics.com"),
                format!("{name}.api.{region}.dynamics.com"),
            ],
            oauth: OAuth::new(options.rules),
            store: Mutex::new(store),
            budget: Budget::new(REQUESTS_IN_FIVE_MINUTES),
            cast,
        }))
    }

    /// How many more requests the vendor lets pass before it refuses them for their number.
    pub fn set_requests_left(&self, left: u64) {
        self.0.budget.set_left(left);
    }

    /// How many rows a table has, by its logical name.
    pub fn count_of(&self, entity: &str) -> usize {
        let store = self.store();
        store
            .entity(entity)
            .map_or(0, |entity| store.rows(entity).count())
    }

    /// One row with all that is known of it; null when there is none.
    pub fn record(&self, entity: &str, id: &str) -> Value {
        let store = self.store();
        let row = store
            .entity(entity)
            .and_then(|entity| store.row(entity, id));
        row.cloned().map_or(Value::Null, Value::Object)
    }

    fn store(&self) -> MutexGuard<'_, Store> {
        self.0.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers for the host of an environment.
    fn environment(&self, call: &Call) -> Answer {
        let segments = call.segments();
        let segments = segments.iter().map(String::as_str).collect::<Vec<_>>();
        let [
            "api",
            "data",
            version @ ("v9.0" | "v9.1" | "v9.2"),
            rest @ ..,
        ] = segments.as_slice()
        else {
            return Answer::html(
                404,
                "<!DOCTYPE html><title>404 - File or directory not found.</title>",
            );
        };
        if self.0.oauth.let_in(call).is_err() {
            return self.trouble(&Trouble::Expired);
        }
        if !self.0.budget.take() {
            return self.trouble(&Trouble::RateLimited);
        }
        let root = format!("https://{}/api/data/{version}", call.host);
        let answer = records::answer(&mut self.store(), call, &root, rest);
        let answer = answer.unwrap_or_else(|fault| fault.answer());
        let left = self.0.budget.left().to_string();
        answer
            .with("odata-version", "4.0")
            .with("x-ms-ratelimit-burst-remaining-xrm-requests", &left)
    }

    /// Answers for the host of Entra.
    fn login(&self, call: &Call) -> Answer {
        let segments = call.segments();
        let segments = segments.iter().map(String::as_str).collect::<Vec<_>>();
        match (call.method.as_str(), segments.as_slice()) {
            ("GET", [_, "oauth2", "v2.0", "authorize"]) => self.0.oauth.authorize(call),
            ("POST", [_, "oauth2", "v2.0", "token"]) => entra::token(&self.0.oauth, call),
            _ => Answer::empty(404),
        }
    }

    /// Answers for the host that knows all environments.
    fn discovery(&self, call: &Call) -> Answer {
        if self.0.oauth.let_in(call).is_err() {
            return self.trouble(&Trouble::Expired);
        }
        let [host, api_host] = &self.0.hosts;
        let instance = json!({ "ApiUrl": format!("https://{api_host}"), "Url": format!("https://{host}"),
            "FriendlyName": "Acme", "State": 0 });
        Answer::json(200, &json!({ "value": [instance] }))
    }
}

impl Vendor for Dynamics {
    fn hosts(&self) -> Vec<String> {
        let others = [LOGIN, DISCOVERY].map(str::to_owned);
        self.0.hosts.iter().cloned().chain(others).collect()
    }

    fn cast(&self) -> Cast {
        self.0.cast.clone()
    }

    fn oauth(&self) -> &OAuth {
        &self.0.oauth
    }

    fn answer(&self, call: &Call) -> Answer {
        let answer = match call.host.as_str() {
            LOGIN => self.login(call),
            DISCOVERY => self.discovery(call),
            _ => self.environment(call),
        };
        answer
            .with(
                "x-ms-service-request-id",
                "0f8c1d2e-9b3a-4c5d-8e6f-7a8b9c0d1e2f",
            )
            .with("req_id", "1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d")
    }

    fn trouble(&self, trouble: &Trouble) -> Answer {
        let fault = match trouble {
            Trouble::Expired => {
                let told = "Bearer authorization_uri=https://login.microsoftonline.com/aaaabbbb-0000-cccc-1111-dddd2222eeee/oauth2/authorize";
                return Answer::empty(401).with("www-authenticate", told);
            }
            Trouble::Forbidden => Fault::new(
                403,
                "0x80040220",
                "Principal user (Id=5f4e0000-0000-4000-8000-000000000000, type=8) is missing prvReadIncident privilege for entity 'incident'",
            ),
            Trouble::NotFound => Fault::no_row("contact", "00000000-0000-0000-0000-000000000000"),
            Trouble::Invalid(field) => Fault::new(
                400,
                "0x80044331",
                format!(
                    "A validation error occurred.  The length of the '{field}' attribute exceeded the maximum allowed length."
                ),
            ),
            Trouble::Conflict => Fault::new(
                412,
                "0x80060882",
                "The version of the existing record doesn't match the RowVersion property provided.",
            ),
            Trouble::RateLimited => {
                let fault = Fault::new(
                    429,
                    "0x80072322",
                    "Number of requests exceeded the limit of 6000 over time window of 300 seconds.",
                );
                return fault.answer().with("retry-after", "17");
            }
            Trouble::Unavailable => {
                return Answer::html(503, "<!DOCTYPE html><title>Service Unavailable</title>");
            }
        };
        fault.answer()
    }
}
