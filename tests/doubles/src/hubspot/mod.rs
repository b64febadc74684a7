//! HubSpot's CRM API.
//!
//! Written from developers.hubspot.com ("CRM: Objects, Search, Associations v4, Pipelines,
//! Owners", "Engagements: calls, notes, tasks, communications", "Account information", "OAuth
//! tokens", "Error handling", "Usage guidelines"), the vendor's published API descriptions
//! (`HubSpot/HubSpot-public-api-spec-collection`) and error bodies that users of its client
//! libraries reported in public. Paths are taken in their dated form and as v3 or v4.
//!
//! Unverified, and built the careful way: the names `type_id` of activities besides calls and
//! notes; upsert of activities (refused); which number ends a search for more than 10,000; the
//! country codes taken off the calculated numbers (a short list here); an extension is no part of
//! them; sorts are taken as texts and as objects; the texts named in `refusals.rs`.
//!
//! Elsewhere: deals, marketing, conversations, merging, archiving, custom objects.

#![expect(
    clippy::indexing_slicing,
    reason = "a member of a JSON value is null when it is absent, and every record here is an object"
)]

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

mod account;
mod reads;
mod records;
mod refusals;
mod schema;
mod search;
mod writes;

use crate::call::{Answer, Call};
use crate::cast::Cast;
use crate::double::Vendor;
use crate::oauth::{NotSignedIn, OAuth, Rules};
use crate::script::Trouble;
use records::Portal;
use schema::Kind;

/// The host of the API, for every region.
const API: &str = "api.hubapi.com";
const APP: &str = "app.hubspot.com";
const APP_EUROPE: &str = "app-eu1.hubspot.com";

/// The static token of a private app.
pub const PRIVATE_APP_TOKEN: &str = "pat-na1-00000000-0000-4000-8000-000000000001";

/// The secret of the OAuth client, which every token request must show.
pub const CLIENT_SECRET: &str = "hubspot-client-secret";

/// A further address of Ann's, known to `hs_additional_emails` alone.
pub const ANN_SECOND_EMAIL: &str = "ann.private@example.com";

/// The unique contact property with the customer's number.
pub const CUSTOMER_NUMBER: &str = "customer_no";

/// The unique ticket property for a key of one's own.
pub const TICKET_KEY: &str = "interaction_id";

const SCOPES: &[&str] = &[
    "oauth",
    "crm.objects.contacts.read",
    "crm.objects.contacts.write",
    "crm.objects.companies.read",
    "crm.objects.owners.read",
    "tickets",
];

/// Requests in ten seconds.
const BURST: u64 = 190;
/// Searches in a second, for the whole account.
const SEARCHES: usize = 5;

/// An account of HubSpot. A clone is the same account.
#[derive(Clone)]
pub struct HubSpot(Arc<Account>);

struct Account {
    oauth: OAuth,
    portal: Mutex<Portal>,
    meter: Mutex<Meter>,
}

struct Meter {
    used: u64,
    requests: u64,
    searches: VecDeque<Instant>,
    searches_a_second: usize,
    missing_scope: Option<String>,
}

impl Default for HubSpot {
    fn default() -> Self {
        Self::on(APP)
    }
}

impl HubSpot {
    /// An account whose data are kept in the European Union.
    pub fn europe() -> Self {
        Self::on(APP_EUROPE)
    }

    fn on(ui_domain: &'static str) -> Self {
        let rules = Rules {
            client_secret: Some(CLIENT_SECRET.to_owned()),
            is_public: false,
            needs_challenge: false,
            rotates: false,
            repeats_refresh: true,
            ..Rules::default()
        };
        let oauth = OAuth::new(rules);
        oauth.accept(PRIVATE_APP_TOKEN);
        Self(Arc::new(Account {
            oauth,
            portal: Mutex::new(Portal::new(ui_domain)),
            meter: Mutex::new(Meter {
                used: 0,
                requests: 0,
                searches: VecDeque::new(),
                searches_a_second: SEARCHES,
                missing_scope: None,
            }),
        }))
    }

    /// What is created from now on is found by its id at once, and by search after
    /// [`Self::catch_up`].
    pub fn let_search_lag(&self) {
        self.portal().index_lags = true;
    }

    /// The search index has caught up.
    pub fn catch_up(&self) {
        self.portal().unindexed.clear();
    }

    /// The app has not been granted this scope from now on.
    pub fn take_scope(&self, scope: &str) {
        self.meter().missing_scope = Some(scope.to_owned());
    }

    /// How many requests may still be made in these ten seconds, which do not end by themselves.
    pub fn set_requests_left(&self, left: u64) {
        self.meter().used = BURST.saturating_sub(left);
    }

    /// How many searches a second are let through, in place of five.
    pub fn set_searches_a_second(&self, searches: usize) {
        self.meter().searches_a_second = searches;
    }

    /// How many records of a kind (`tickets`, `calls`, …) the account holds.
    pub fn count_of(&self, kind: &str) -> usize {
        let portal = self.portal();
        Kind::of(kind).map_or(0, |kind| portal.of(kind).count())
    }

    /// The properties of a record, and what it is tied to as `contact/151`; null when there is none.
    pub fn record(&self, kind: &str, id: &str) -> Value {
        let portal = self.portal();
        let record = Kind::of(kind).and_then(|kind| portal.find(kind, id.parse().ok()?));
        let Some(record) = record else {
            return Value::Null;
        };
        let own = (record.kind.one, record.id);
        let ties = portal.ties.iter().filter(|tie| tie.from == own);
        let ties: Vec<String> = ties
            .map(|tie| format!("{}/{}", tie.to.0, tie.to.1))
            .collect();
        json!({"properties": record.properties, "ties": ties})
    }

    fn portal(&self) -> MutexGuard<'_, Portal> {
        self.0.portal.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn meter(&self) -> MutexGuard<'_, Meter> {
        self.0.meter.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answered(&self, call: &Call) -> Answer {
        let segments = call.segments();
        let path: Vec<&str> = segments.iter().map(String::as_str).collect();
        if call.host != API {
            return match path.as_slice() {
                ["oauth", "authorize"] | ["oauth", _, "authorize"] => self.0.oauth.authorize(call),
                _ => refusals::no_endpoint(),
            };
        }
        if let ["oauth", _, rest @ ..] = path.as_slice() {
            return self.about_tokens(call, rest);
        }
        match self.0.oauth.let_in(call) {
            Ok(()) => {}
            Err(NotSignedIn::Missing) => return refusals::no_credential(),
            Err(NotSignedIn::Unknown) => return refusals::unknown_token(),
            Err(NotSignedIn::Expired) => return refusals::expired_token(),
        }
        self.routed(call, &undated(&path))
    }

    fn about_tokens(&self, call: &Call, path: &[&str]) -> Answer {
        let oauth = &self.0.oauth;
        match (call.method.as_str(), path) {
            ("POST", ["token"]) => account::token(oauth, call),
            ("POST", ["token", "introspect"]) => account::introspect(oauth, call),
            ("POST", ["token", "revoke"]) => account::revoke(oauth, call, None),
            ("GET", ["access-tokens", token]) => account::access_token(oauth, token),
            ("DELETE", ["refresh-tokens", token]) => account::revoke(oauth, call, Some(token)),
            _ => refusals::no_endpoint(),
        }
    }

    fn routed(&self, call: &Call, path: &[&str]) -> Answer {
        let mut portal = self.portal();
        match (call.method.as_str(), path) {
            ("GET", ["account-info", "details"]) => account::details(&portal),
            ("GET", ["crm", "owners", rest @ ..]) => {
                if let Some(refusal) = self.lacks_scope("crm.objects.owners.read") {
                    return refusal;
                }
                match rest {
                    [] => account::owners(call),
                    [id] => account::one_owner(id),
                    _ => refusals::no_endpoint(),
                }
            }
            ("GET", ["crm", "pipelines", "tickets" | "0-5"]) => self
                .lacks_scope("tickets")
                .unwrap_or_else(account::ticket_pipelines),
            ("GET", ["calling", "dispositions"]) => account::dispositions(),
            ("GET", ["crm", "properties", "contacts" | "0-1", name]) => account::property(name),
            (_, ["crm", "objects", kind, rest @ ..]) => match Kind::of(kind) {
                Some(kind) => self.objects(&mut portal, call, kind, rest),
                None => refusals::invalid(&format!("Unable to infer object type from: {kind}")),
            },
            ("POST", ["crm", "associations", from, to, "batch", "read"]) => {
                match (Kind::of(from), Kind::of(to)) {
                    (Some(from), Some(to)) => reads::ties_batch(&portal, call, from, to),
                    _ => refusals::invalid("Unable to infer object type"),
                }
            }
            _ => refusals::no_endpoint(),
        }
    }

    fn objects(
        &self,
        portal: &mut Portal,
        call: &Call,
        kind: &'static Kind,
        path: &[&str],
    ) -> Answer {
        let method = call.method.as_str();
        let reads = method == "GET" || matches!(path, ["search"] | ["batch", "read"]);
        let [read, write] = kind.scopes;
        if let Some(refusal) = self.lacks_scope(if reads { read } else { write }) {
            return refusal;
        }
        match (method, path) {
            ("POST", []) => writes::create(portal, call, kind),
            ("POST", ["search"]) => match self.counts_search() {
                Ok(()) => search::search(portal, call, kind),
                Err(refusal) => refusal,
            },
            ("POST", ["batch", "read"]) => reads::batch(portal, call, kind),
            ("POST", ["batch", "upsert"]) => writes::upsert(portal, call, kind),
            ("GET", [id]) => reads::one(portal, call, kind, id),
            ("PATCH", [id]) => writes::update(portal, call, kind, id),
            (_, [id, "associations", rest @ ..]) => ties(portal, call, (kind, id), rest),
            _ => refusals::no_endpoint(),
        }
    }

    fn lacks_scope(&self, needed: &str) -> Option<Answer> {
        let missing = self.meter().missing_scope.as_deref() == Some(needed);
        missing.then(|| refusals::missing_scopes(&[needed]))
    }

    /// Five searches in any second, whoever asks.
    fn counts_search(&self) -> Result<(), Answer> {
        let mut meter = self.meter();
        let now = Instant::now();
        meter
            .searches
            .retain(|at| now.duration_since(*at) < Duration::from_secs(1));
        if meter.searches.len() >= meter.searches_a_second {
            return Err(refusals::rate_limited("SECONDLY"));
        }
        meter.searches.push_back(now);
        Ok(())
    }

    /// Adds what every answer has, or refuses because the ten seconds are used up. A search tells
    /// no limits.
    fn metered(&self, call: Option<&Call>, answer: impl FnOnce() -> Answer) -> Answer {
        let (used, number) = {
            let mut meter = self.meter();
            meter.used += 1;
            meter.requests += 1;
            (meter.used, meter.requests)
        };
        let answer = if used > BURST {
            refusals::rate_limited("TEN_SECONDLY_ROLLING")
        } else {
            answer()
        };
        let id = format!("00000000-0000-4000-8000-{number:012}");
        let answer = with_correlation(answer, &id).with("x-hubspot-correlation-id", &id);
        if call.is_some_and(|call| call.path.ends_with("/search")) {
            return answer;
        }
        let answer = answer
            .with("x-hubspot-ratelimit-max", &BURST.to_string())
            .with(
                "x-hubspot-ratelimit-remaining",
                &BURST.saturating_sub(used).to_string(),
            )
            .with("x-hubspot-ratelimit-interval-milliseconds", "10000");
        if call.and_then(Call::bearer) != Some(PRIVATE_APP_TOKEN) {
            return answer;
        }
        answer.with("x-hubspot-ratelimit-daily", "625000").with(
            "x-hubspot-ratelimit-daily-remaining",
            &(625_000 - number).to_string(),
        )
    }
}

impl Vendor for HubSpot {
    fn hosts(&self) -> Vec<String> {
        [API, APP, APP_EUROPE].map(str::to_owned).to_vec()
    }

    fn cast(&self) -> Cast {
        self.portal().cast()
    }

    fn oauth(&self) -> &OAuth {
        &self.0.oauth
    }

    fn answer(&self, call: &Call) -> Answer {
        self.metered(Some(call), || self.answered(call))
    }

    fn trouble(&self, trouble: &Trouble) -> Answer {
        self.metered(None, || match trouble {
            Trouble::Expired => refusals::expired_token(),
            Trouble::Forbidden => refusals::missing_scopes(&["tickets"]),
            Trouble::NotFound => refusals::not_found(),
            Trouble::Invalid(field) => {
                let told = format!("Property \"{field}\" does not exist");
                refusals::invalid_values(&[(field.clone(), "PROPERTY_DOESNT_EXIST", told)])
            }
            Trouble::Conflict => refusals::exists("contact", "12345"),
            Trouble::RateLimited => refusals::rate_limited("SECONDLY"),
            Trouble::Unavailable => refusals::bad_gateway(),
        })
    }
}

fn ties(portal: &mut Portal, call: &Call, from: (&'static Kind, &str), path: &[&str]) -> Answer {
    let (usual, path) = match path {
        ["default", path @ ..] => (true, path),
        path => (false, path),
    };
    let to = path.first().and_then(|word| Kind::of(word));
    match (call.method.as_str(), to, path) {
        ("GET", Some(to), [_]) => reads::ties(portal, from.0, from.1, to),
        ("PUT", Some(to), [_, id]) if usual => writes::tie_usual(portal, from, (to, *id)),
        ("PUT", Some(to), [_, id]) => writes::tie(portal, call, from, (to, *id)),
        _ => refusals::no_endpoint(),
    }
}

/// Takes the version out of a path: it stands before or behind the name of the API.
fn undated<'a>(path: &[&'a str]) -> Vec<&'a str> {
    let version = |part: &&&str| !matches!(**part, "v1" | "v3" | "v4" | "2026-03");
    let (head, tail) = path.split_at(path.len().min(3));
    head.iter().filter(version).chain(tail).copied().collect()
}

/// Puts the correlation id where a body has room for it.
fn with_correlation(mut answer: Answer, id: &str) -> Answer {
    let mut body = answer.value();
    if body.get("correlationId").is_some() {
        body["correlationId"] = json!(id);
        answer.body = body.to_string().into_bytes();
    }
    answer
}
