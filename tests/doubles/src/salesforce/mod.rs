//! Salesforce: REST API with SOQL, SOSL, Composite and external ids, and its authorization server.
//! From the REST API, SOQL and SOSL references. Left out: Bulk, Tooling, streaming, GROUP BY.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

use crate::budget::Budget;
use crate::call::{Answer, Call};
use crate::cast::Cast;
use crate::double::Vendor;
use crate::oauth::{OAuth, Rules, TokenFault};
use crate::script::Trouble;
use fault::Fault;
use org::Org;
use schema::Schema;
use soql::{Reader, found, query};
use store::Store;

pub use soql::literals;

mod composite;
mod fault;
mod org;
mod schema;
mod search;
mod seed;
mod sobjects;
mod soql;
mod store;
mod write;

/// What differs between orgs.
#[derive(Clone, Debug)]
pub struct SalesforceOptions {
    /// The My Domain name.
    pub domain: String,
    /// Whether people may be accounts.
    pub person_accounts: bool,
    /// Object and field names that field-level security hides.
    pub hidden: Vec<(String, String)>,
    /// What the authorization server demands.
    pub rules: Rules,
}

impl Default for SalesforceOptions {
    fn default() -> Self {
        Self {
            domain: "acme".to_owned(),
            person_accounts: false,
            hidden: vec![],
            rules: Rules {
                lifetime: None,
                refresh_scope: Some("refresh_token".to_owned()),
                ..Rules::default()
            },
        }
    }
}

/// One org; a clone is the same org.
#[derive(Clone)]
pub struct Salesforce(Arc<Shared>);

struct Shared {
    domain: String,
    oauth: OAuth,
    org: Mutex<Org>,
    budget: Budget,
    cast: Cast,
}

impl Default for Salesforce {
    fn default() -> Self {
        Self::new(SalesforceOptions::default())
    }
}

const LOGIN: [&str; 2] = ["login.salesforce.com", "test.salesforce.com"];
/// What a small edition may ask within a day.
const DAILY_REQUESTS: u64 = 15_000;
const OLDEST_VERSION: u32 = 31;
const NEWEST_VERSION: u32 = 68;

impl Salesforce {
    /// An org with the cast in it.
    pub fn new(options: SalesforceOptions) -> Self {
        let mut org = Org {
            schema: Schema::new(options.person_accounts, &options.hidden),
            store: Store::default(),
            agent: String::new(),
        };
        let cast = seed::seed(&mut org, options.person_accounts);
        Self(Arc::new(Shared {
            domain: options.domain,
            oauth: OAuth::new(options.rules),
            org: Mutex::new(org),
            budget: Budget::new(DAILY_REQUESTS),
            cast,
        }))
    }

    /// How many more requests the vendor lets pass before it refuses them for their number.
    pub fn set_requests_left(&self, left: u64) {
        self.0.budget.set_left(left);
    }

    /// How many records of an object there are.
    pub fn count_of(&self, object: &str) -> usize {
        self.org().store.rows(object).count()
    }

    /// One record with all its fields; null when there is none.
    pub fn record(&self, object: &str, id: &str) -> Value {
        let org = self.org();
        let row = org.store.row(object, id).cloned();
        row.map_or(Value::Null, Value::Object)
    }

    /// Lets the search index see every record there is.
    pub fn catch_up(&self) {
        self.org().store.index();
    }

    fn org(&self) -> MutexGuard<'_, Org> {
        self.0.org.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn instance(&self) -> String {
        format!("{}.my.salesforce.com", self.0.domain)
    }

    /// Answers at the token endpoint.
    fn token(&self, call: &Call) -> Answer {
        let grant = match self.0.oauth.token(call) {
            Ok(grant) => grant,
            Err(fault) => return refused(fault),
        };
        let agent = &self.0.cast.agent.id;
        let mut body = json!({
            "access_token": grant.access_token,
            "signature": "c2lnbmF0dXJl",
            "scope": grant.scope,
            "instance_url": format!("https://{}", self.instance()),
            "id": format!("https://login.salesforce.com/id/00D5g000004TestEAE/{agent}"),
            "token_type": "Bearer",
            "issued_at": "1789473600000",
        });
        if let (Some(body), Some(token)) = (body.as_object_mut(), grant.refresh_token) {
            body.insert("refresh_token".into(), json!(token));
        }
        Answer::json(200, &body)
    }

    fn revoke(&self, call: &Call) -> Answer {
        let form = call.form().unwrap_or_default();
        let token = form.into_iter().find(|(name, _)| name == "token");
        if token.is_some_and(|(_, token)| self.0.oauth.revoke(&token)) {
            return Answer::empty(200);
        }
        Answer::json(
            400,
            &json!({ "error": "invalid_token", "error_description": "invalid token: " }),
        )
    }

    /// Who the token belongs to. It refuses in words of its own.
    fn user_info(&self, call: &Call) -> Answer {
        if self.0.oauth.let_in(call).is_err() {
            return Answer::of(403, "text/plain", "Bad_OAuth_Token");
        }
        let agent = &self.0.cast.agent;
        let domain = format!("https://{}", self.instance());
        Answer::json(
            200,
            &json!({
                "sub": format!("https://login.salesforce.com/id/00D5g000004TestEAE/{}", agent.id),
                "user_id": agent.id,
                "organization_id": "00D5g000004TestEAE",
                "preferred_username": agent.email,
                "name": agent.name,
                "email": agent.email,
                "email_verified": true,
                "zoneinfo": "Europe/Madrid",
                "active": true,
                "urls": { "custom_domain": domain },
            }),
        )
    }

    /// Answers what needs a session.
    fn api(&self, call: &Call) -> Answer {
        if self.0.oauth.let_in(call).is_err() {
            return self.trouble(&Trouble::Expired);
        }
        if !self.0.budget.take() {
            return self.trouble(&Trouble::RateLimited);
        }
        self.record_call(&mut self.org(), call)
    }

    /// Answers one request for records, alone or as a part of another.
    fn record_call(&self, org: &mut Org, call: &Call) -> Answer {
        self.judged(org, call)
            .unwrap_or_else(|fault| fault.answer())
    }

    fn judged(&self, org: &mut Org, call: &Call) -> Result<Answer, Fault> {
        let segments = call.segments();
        let segments = segments.iter().map(String::as_str).collect::<Vec<_>>();
        let ["services", "data", version, rest @ ..] = segments.as_slice() else {
            return Err(Fault::not_found());
        };
        let number = version
            .strip_prefix('v')
            .and_then(|text| text.strip_suffix(".0"));
        let number = number.and_then(|text| text.parse::<u32>().ok());
        if !number.is_some_and(|number| (OLDEST_VERSION..=NEWEST_VERSION).contains(&number)) {
            return Err(Fault::not_found());
        }
        let reader = Reader {
            store: &org.store,
            schema: &org.schema,
            version,
        };
        match (call.method.as_str(), rest) {
            ("GET", ["query"]) => {
                let text = call.query_value("q").unwrap_or_default();
                Ok(Answer::json(200, &found(reader, &query(&text)?)?))
            }
            ("GET", ["search"]) => search::sosl(reader, call),
            ("POST", ["parameterizedSearch"]) => search::parameterized(reader, call),
            ("POST", ["composite"]) => composite::answer(self, org, call),
            (_, ["sobjects", rest @ ..]) => sobjects::answer(org, call, version, rest),
            ("GET", ["limits"]) => {
                let budget = &self.0.budget;
                let daily = json!({ "Max": budget.most(), "Remaining": budget.left() });
                let limits = json!({ "DailyApiRequests": daily });
                Ok(Answer::json(200, &limits))
            }
            _ => Err(Fault::not_found()),
        }
    }
}

impl Vendor for Salesforce {
    fn hosts(&self) -> Vec<String> {
        let own = [
            self.instance(),
            format!("{}.lightning.force.com", self.0.domain),
        ];
        own.into_iter().chain(LOGIN.map(str::to_owned)).collect()
    }

    fn cast(&self) -> Cast {
        self.0.cast.clone()
    }

    fn oauth(&self) -> &OAuth {
        &self.0.oauth
    }

    fn answer(&self, call: &Call) -> Answer {
        let is_login = LOGIN.contains(&call.host.as_str());
        let is_instance = call.host == self.instance();
        let answer = match (call.method.as_str(), call.path.as_str()) {
            ("GET", "/services/oauth2/authorize") if is_login || is_instance => {
                self.0.oauth.authorize(call)
            }
            ("POST", "/services/oauth2/token") if is_login || is_instance => self.token(call),
            ("POST", "/services/oauth2/revoke") if is_login || is_instance => self.revoke(call),
            ("GET", "/services/oauth2/userinfo") if is_login || is_instance => self.user_info(call),
            ("GET", "/services/data" | "/services/data/") if is_instance => {
                let versions = (OLDEST_VERSION..=NEWEST_VERSION)
                    .map(|number| json!({ "version": format!("{number}.0"), "url": format!("/services/data/v{number}.0") }));
                Answer::json(200, &json!(versions.collect::<Vec<_>>()))
            }
            _ if is_instance => self.api(call),
            _ => Answer::html(404, "<!DOCTYPE html><title>URL No Longer Exists</title>"),
        };
        let usage = format!(
            "api-usage={}/{}",
            self.0.budget.used(),
            self.0.budget.most()
        );
        answer
            .with("sforce-limit-info", &usage)
            .with("x-sfdc-request-id", "4b2e1f0c9d8a7b6c")
    }

    fn trouble(&self, trouble: &Trouble) -> Answer {
        let fault = match trouble {
            Trouble::Expired => Fault::new(401, "INVALID_SESSION_ID", "Session expired or invalid"),
            Trouble::Forbidden => {
                let told = "insufficient access rights on object id";
                Fault::new(403, "INSUFFICIENT_ACCESS", told)
            }
            Trouble::NotFound => Fault::not_found(),
            Trouble::Invalid(field) => {
                let told = format!("{field}: this value is not allowed here");
                Fault::new(400, "FIELD_CUSTOM_VALIDATION_EXCEPTION", told).at(field)
            }
            Trouble::Conflict => {
                Fault::new(400, "DUPLICATES_DETECTED", "Use one of these records?")
            }
            Trouble::RateLimited => Fault::new(
                403,
                "REQUEST_LIMIT_EXCEEDED",
                "TotalRequests Limit exceeded.",
            ),
            Trouble::Unavailable => {
                let page = "<!DOCTYPE html><title>Down for Maintenance</title>";
                return Answer::html(503, page);
            }
        };
        let answer = fault.answer().with("x-sfdc-request-id", "4b2e1f0c9d8a7b6c");
        if *trouble == Trouble::Expired {
            return answer.with("www-authenticate", "Token");
        }
        answer
    }
}

/// The words of the token endpoint: its status is 400 whatever is wrong.
fn refused(fault: TokenFault) -> Answer {
    let (error, told) = match fault {
        TokenFault::WrongClient => ("invalid_client_id", "client identifier invalid"),
        TokenFault::WrongSecret => ("invalid_client", "invalid client credentials"),
        TokenFault::SecretMissing => ("invalid_client", "client secret required"),
        TokenFault::WrongCode => ("invalid_grant", "invalid authorization code"),
        TokenFault::UsedCode => ("invalid_grant", "expired authorization code"),
        TokenFault::WrongRedirect => (
            "redirect_uri_mismatch",
            "redirect_uri must match configuration",
        ),
        TokenFault::WrongVerifier => ("invalid_grant", "invalid code verifier"),
        TokenFault::WrongRefreshToken | TokenFault::SignInNeeded => {
            ("invalid_grant", "expired access/refresh token")
        }
        TokenFault::UnsupportedGrant | TokenFault::ContentType => {
            ("unsupported_grant_type", "grant type not supported")
        }
    };
    Answer::json(400, &json!({ "error": error, "error_description": told }))
}
