//! ServiceNow: Table, Aggregate, Batch and Case APIs of one instance, its OAuth and Basic sign-in.
//! From the REST API reference and the pages on encoded queries. Left out: import sets, `OpenFrame`,
//! attachments, the relative dates of encoded queries.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Map, Value, json};

use crate::budget::Budget;
use crate::call::{Answer, Call};
use crate::cast::{Cast, CastCase};
use crate::double::Vendor;
use crate::oauth::{OAuth, Rules, TokenFault};
use crate::script::Trouble;
use fault::{not_found, not_signed_in, refused};
use store::Store;

mod case;
mod fault;
mod query;
mod schema;
mod seed;
mod store;
mod table;

pub use query::{Condition, Join, conditions};

/// The agent's name and password for Basic sign-in.
pub const BASIC: (&str, &str) = ("sam.agent", "pop-password");
/// The secret of the registered client.
pub const CLIENT_SECRET: &str = "servicenow-client-secret";

/// What differs between instances.
#[derive(Clone, Debug)]
pub struct ServiceNowOptions {
    /// The host of the instance.
    pub host: String,
    /// Whether a query with a condition that cannot be asked means no rows
    /// (`glide.invalid_query.returns_no_rows`).
    pub strict_queries: bool,
    /// What the authorization server demands.
    pub rules: Rules,
}

impl Default for ServiceNowOptions {
    fn default() -> Self {
        Self {
            host: "acme.service-now.com".to_owned(),
            strict_queries: false,
            rules: Rules {
                client_secret: Some(CLIENT_SECRET.to_owned()),
                refresh_for_public: false,
                needs_state: true,
                needs_challenge: false,
                rotates: false,
                falls_back: true,
                ..Rules::default()
            },
        }
    }
}

/// One instance; a clone is the same instance.
#[derive(Clone)]
pub struct ServiceNow(Arc<Shared>);

struct Shared {
    host: String,
    oauth: OAuth,
    instance: Mutex<Instance>,
    budget: Budget,
    cast: Cast,
    incidents: Vec<CastCase>,
}

struct Instance {
    store: Store,
    agent: String,
    strict: bool,
    scripts: Vec<String>,
}

impl Instance {
    /// Runs what stands behind `javascript:`; knows one call.
    fn run(&mut self, script: &str) -> String {
        self.scripts.push(script.to_owned());
        let is_me = script.trim_end_matches(';') == "gs.getUserID()";
        if is_me {
            self.agent.clone()
        } else {
            String::new()
        }
    }
}

impl Default for ServiceNow {
    fn default() -> Self {
        Self::new(ServiceNowOptions::default())
    }
}

impl ServiceNow {
    /// An instance with the cast in it.
    pub fn new(options: ServiceNowOptions) -> Self {
        let mut instance = Instance {
            store: Store {
                host: options.host.clone(),
                ..Store::default()
            },
            agent: String::new(),
            strict: options.strict_queries,
            scripts: vec![],
        };
        let (cast, incidents) = seed::seed(&mut instance);
        Self(Arc::new(Shared {
            host: options.host,
            oauth: OAuth::new(options.rules),
            instance: Mutex::new(instance),
            // Without a rule of the administrator there is no limit.
            budget: Budget::new(u64::MAX),
            cast,
            incidents,
        }))
    }

    /// The incidents of the first customer: the same matters as the cases, for an instance with ITSM.
    pub fn incidents(&self) -> Vec<CastCase> {
        self.0.incidents.clone()
    }

    /// Access rules hide a row.
    pub fn hide_row(&self, id: &str) {
        self.instance().store.hidden_rows.push(id.to_owned());
    }

    /// Access rules hide a field of every table: it cannot be read, and not be asked for.
    pub fn hide_field(&self, name: &str) {
        self.instance().store.hidden_fields.push(name.to_owned());
    }

    /// What was run because a value began with `javascript:`.
    pub fn scripts(&self) -> Vec<String> {
        self.instance().scripts.clone()
    }

    /// How many more requests the vendor lets pass before it refuses them for their number.
    pub fn set_requests_left(&self, left: u64) {
        self.0.budget.set_left(left);
    }

    /// How many rows a table has.
    pub fn count_of(&self, table: &str) -> usize {
        self.instance().store.of(table).count()
    }

    /// One row with its raw values; null when there is none.
    pub fn record(&self, table: &str, id: &str) -> Value {
        let instance = self.instance();
        let row = instance.store.row(table, id);
        row.map_or(Value::Null, |row| json!(row.clone()))
    }

    fn instance(&self) -> MutexGuard<'_, Instance> {
        self.0
            .instance
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn is_signed_in(&self, call: &Call) -> bool {
        if let Some((name, password)) = call.basic() {
            let is_known = (name.as_str(), password.as_str()) == BASIC;
            call.note_credential(is_known);
            return is_known;
        }
        self.0.oauth.let_in(call).is_ok()
    }

    /// Answers one request for records, alone or as a part of a batch.
    fn records(&self, instance: &mut Instance, call: &Call) -> Answer {
        let segments = call.segments();
        let segments = segments.iter().map(String::as_str).collect::<Vec<_>>();
        match segments.as_slice() {
            ["api", "now", "v1", "table", rest @ ..] => table::answer(instance, call, rest, true),
            ["api", "now", "table", rest @ ..] | ["api", "now", "v2", "table", rest @ ..] => {
                table::answer(instance, call, rest, false)
            }
            ["api", "now", "stats", table] | ["api", "now", "v1", "stats", table]
                if call.method == "GET" =>
            {
                table::stats(instance, call, table)
            }
            ["api", "now", "batch"] | ["api", "now", "v1", "batch"] if call.method == "POST" => {
                case::batch(self, instance, call)
            }
            ["api", "sn_customerservice", "case", rest @ ..]
            | ["api", "sn_customerservice", "v1", "case", rest @ ..] => {
                case::answer(instance, call, rest)
            }
            _ => {
                let detail = format!("{} is not a REST resource", call.path);
                refused(
                    400,
                    "Requested URI does not represent any resource",
                    Some(&detail),
                )
            }
        }
    }

    fn token(&self, call: &Call) -> Answer {
        let grant = match self.0.oauth.token(call) {
            Ok(grant) => grant,
            Err(fault) => return token_refused(fault),
        };
        let mut body = Map::new();
        body.insert("access_token".into(), json!(grant.access_token));
        if let Some(token) = grant.refresh_token {
            body.insert("refresh_token".into(), json!(token));
        }
        body.insert("scope".into(), json!(grant.scope));
        body.insert("token_type".into(), json!("Bearer"));
        body.insert("expires_in".into(), json!(grant.expires_in));
        Answer::json(200, &Value::Object(body))
    }
}

impl Vendor for ServiceNow {
    fn hosts(&self) -> Vec<String> {
        vec![self.0.host.clone()]
    }

    fn cast(&self) -> Cast {
        self.0.cast.clone()
    }

    fn oauth(&self) -> &OAuth {
        &self.0.oauth
    }

    fn answer(&self, call: &Call) -> Answer {
        let answer = match (call.method.as_str(), call.path.as_str()) {
            ("GET", "/oauth_auth.do") => self.0.oauth.authorize(call),
            ("POST", "/oauth_token.do") => self.token(call),
            (_, "/oauth_revoke_token.do") => {
                let form = call.form().unwrap_or_default().into_iter();
                let mut members = form.chain(call.query_pairs());
                let token = members.find(|(name, _)| name == "token");
                let is_known = token.is_some_and(|(_, token)| self.0.oauth.revoke(&token));
                Answer::empty(if is_known { 200 } else { 400 })
            }
            (_, path) if !path.starts_with("/api/") => not_found(),
            _ if !self.is_signed_in(call) => not_signed_in(),
            _ if !self.0.budget.take() => self.trouble(&Trouble::RateLimited),
            _ => self.records(&mut self.instance(), call),
        };
        answer
            .with("x-transaction-id", "5f0c1d2e9b3a")
            .with("x-is-logged-in", "true")
            .with("set-cookie", "JSESSIONID=0A1B2C; Path=/; HttpOnly; Secure")
            .with(
                "set-cookie",
                "glide_user_route=glide.0a1b2c; Path=/; HttpOnly; Secure",
            )
    }

    fn trouble(&self, trouble: &Trouble) -> Answer {
        match trouble {
            Trouble::Expired => not_signed_in(),
            Trouble::NotFound => not_found(),
            Trouble::Forbidden => {
                let detail = "ACL Exception Insert Failed due to security constraints";
                refused(403, "Operation Failed", Some(detail))
            }
            Trouble::Conflict => {
                let detail = "Operation against file 'task' was aborted by Business Rule 'Refuse duplicates'";
                refused(403, "Operation Failed", Some(detail))
            }
            Trouble::Invalid(field) => {
                let detail = format!("Data Policy Exception: {field} is mandatory");
                refused(403, "Operation Failed", Some(&detail))
            }
            Trouble::RateLimited => {
                let detail = "Rate limit of 100 requests per hour for Table API exceeded";
                refused(429, "Rate limit exceeded", Some(detail))
                    .with("retry-after", "17")
                    .with("x-ratelimit-limit", "100")
                    .with("x-ratelimit-reset", "1789473617")
                    .with("x-ratelimit-rule", "6c1f0c1d2e9b3a5f0c1d2e9b3a5f0c1d")
            }
            Trouble::Unavailable => {
                let page = "<!DOCTYPE html><title>Instance Hibernating page</title><p>Your instance is sleeping.</p>";
                Answer::html(503, page)
            }
        }
    }
}

/// The words of the token endpoint: 401 for whatever is wrong, with one of few errors.
fn token_refused(fault: TokenFault) -> Answer {
    let error = match fault {
        TokenFault::ContentType => {
            return Answer::json(
                401,
                &json!({ "error": "server_error", "error_description": "access_denied" }),
            );
        }
        TokenFault::UnsupportedGrant => "unsupported_grant_type",
        TokenFault::WrongClient | TokenFault::WrongSecret | TokenFault::SecretMissing => {
            "invalid_client"
        }
        TokenFault::WrongCode
        | TokenFault::UsedCode
        | TokenFault::WrongRedirect
        | TokenFault::WrongVerifier
        | TokenFault::WrongRefreshToken
        | TokenFault::SignInNeeded => "invalid_grant",
    };
    Answer::json(
        401,
        &json!({ "error": error, "error_description": "access_denied" }),
    )
}
