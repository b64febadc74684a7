//! Zendesk Support and the parts of Talk that open a record in the agent's browser.
//!
//! Written from developer.zendesk.com ("Users", "User Identities", "Organizations", "Tickets",
//! "Ticket Comments", "Ticket Tags", "Custom Ticket Statuses", "Search", "Talk Partner Edition",
//! "OAuth Tokens for Grant Types", "Rate Limits", "Introduction: Idempotency, Errors") and the
//! error bodies that users of its client libraries reported in public.
//!
//! Unverified, and built the careful way: search finds second numbers and addresses by their
//! identities; `external_id=` bypasses the index; an extension ends a telephone number; a display
//! call without an open tab is 404; members that a record does not have are passed over; the texts
//! named in `refusals.rs`; a search for nothing is 400; a deleted token takes its refresh token with
//! it, because both are one record.
//!
//! Elsewhere: the help centre, macros, side conversations, voice tickets, and everything an
//! administrator does, and limits besides the account's. Two hours are longer than any test: the
//! keys for idempotency are forgotten on demand.

#![expect(
    clippy::indexing_slicing,
    reason = "a member of a JSON value is null when it is absent, and every record here is an object"
)]

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

mod query;
mod records;
mod refusals;
mod search;
mod ticket_writes;
mod tickets;
mod user_writes;
mod users;

pub use query::{Compare, Condition, literals, read as read_query};

use crate::call::{Answer, Call};
use crate::cast::{AGENT, Cast};
use crate::double::Vendor;
use crate::oauth::{NotSignedIn, OAuth, Rules};
use crate::script::Trouble;
use records::{Desk, HOST};

/// The API token of the agent, for `Authorization: Basic base64("{email}/token:{token}")`.
pub const API_TOKEN: &str = "zendesk-api-token-40-characters-long-xxx";

/// How many requests a minute the account may make.
const LIMIT: u64 = 700;

/// An account of Zendesk. A clone is the same account.
#[derive(Clone)]
pub struct Zendesk(Arc<Account>);

struct Account {
    oauth: OAuth,
    desk: Mutex<Desk>,
    minute: Mutex<Minute>,
}

struct Minute {
    limit: u64,
    used: u64,
    requests: u64,
    missing_scope: Option<String>,
}

impl Default for Zendesk {
    fn default() -> Self {
        let rules = Rules {
            lifetime: Some(1800),
            takes_json: true,
            ..Rules::default()
        };
        Self(Arc::new(Account {
            oauth: OAuth::new(rules),
            desk: Mutex::new(Desk::new()),
            minute: Mutex::new(Minute {
                limit: LIMIT,
                used: 0,
                requests: 0,
                missing_scope: None,
            }),
        }))
    }
}

impl Zendesk {
    /// What is created from now on is found by its id at once, and by search after
    /// [`Self::catch_up`].
    pub fn let_search_lag(&self) {
        self.desk().index_lags = true;
    }

    /// The search index has caught up.
    pub fn catch_up(&self) {
        self.desk().unindexed.clear();
    }

    /// Whether the agent has Zendesk open in a browser, so that records can be shown there.
    pub fn set_tab_open(&self, open: bool) {
        self.desk().tab_open = open;
    }

    /// What was shown in the agent's browser: `users/35436`, `tickets/4711`.
    pub fn displayed(&self) -> Vec<String> {
        self.desk().displayed.clone()
    }

    /// Somebody else changes a ticket.
    pub fn touch_ticket(&self, id: &str) {
        let mut desk = self.desk();
        let now = desk.now();
        let id = id.parse::<u64>().ok();
        let mut tickets = desk.tickets.iter_mut();
        if let Some(ticket) = tickets.find(|ticket| ticket["id"].as_u64() == id) {
            ticket["updated_at"] = json!(now);
        }
    }

    /// Two hours have passed since the last key for idempotency was kept.
    pub fn let_keys_expire(&self) {
        self.desk().keys.clear();
    }

    /// How many requests may still be made in this minute, which does not end by itself.
    pub fn set_requests_left(&self, left: u64) {
        let mut minute = self.minute();
        minute.limit = LIMIT;
        minute.used = LIMIT.saturating_sub(left);
    }

    /// The tokens lack this scope (`tickets:read`, `users:write`, …) from now on.
    pub fn take_scope(&self, scope: &str) {
        self.minute().missing_scope = Some(scope.to_owned());
    }

    /// How many tickets the account holds.
    pub fn ticket_count(&self) -> usize {
        self.desk().tickets.len()
    }

    /// How many users the account holds.
    pub fn user_count(&self) -> usize {
        self.desk().users.len()
    }

    /// A ticket as it is stored; null when there is none.
    pub fn ticket(&self, id: &str) -> Value {
        let desk = self.desk();
        let own = id.parse().ok().and_then(|id| desk.ticket(id));
        own.cloned().unwrap_or_default()
    }

    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.0.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn minute(&self) -> MutexGuard<'_, Minute> {
        self.0.minute.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The id of who asks; none for an anonymous request, which only `users/me` answers.
    fn signed_in(&self, call: &Call) -> Result<Option<u64>, Answer> {
        let agent = self.desk().cast().agent.id.parse().ok();
        if let Some((name, token)) = call.basic() {
            let right = token == API_TOKEN && name == format!("{}/token", AGENT.1);
            call.note_credential(right);
            return if right {
                Ok(agent)
            } else {
                Err(refusals::not_authenticated())
            };
        }
        if call.header("authorization").is_none() {
            return Ok(None);
        }
        match self.0.oauth.let_in(call) {
            Ok(()) => Ok(agent),
            Err(NotSignedIn::Missing) => Err(refusals::not_authenticated()),
            Err(NotSignedIn::Unknown | NotSignedIn::Expired) => Err(refusals::invalid_token()),
        }
    }

    fn answered(&self, call: &Call) -> Answer {
        let segments = call.segments();
        let parts: Vec<&str> = segments.iter().map(String::as_str).collect();
        let agent = match (call.method.as_str(), parts.as_slice()) {
            ("GET", ["oauth", "authorizations", "new"]) => return self.0.oauth.authorize(call),
            ("POST", ["oauth", "tokens"]) => return self.token(call),
            _ => match self.signed_in(call) {
                Ok(agent) => agent,
                Err(refusal) => return refusal,
            },
        };
        let ["api", "v2", path @ ..] = parts.as_slice() else {
            return refusals::no_endpoint();
        };
        let last = path
            .last()
            .map(|last| last.strip_suffix(".json").unwrap_or(last));
        let mut path: Vec<&str> = path.to_vec();
        if let (Some(place), Some(last)) = (path.last_mut(), last) {
            *place = last;
        }
        let Some(agent) = agent else {
            return if path == ["users", "me"] {
                users::anonymous()
            } else {
                refusals::not_authenticated()
            };
        };
        if let Some(scope) = self.lacks_scope(call, &path) {
            return refusals::missing_scope(&scope);
        }
        self.routed(call, &path, agent)
    }

    fn routed(&self, call: &Call, path: &[&str], agent: u64) -> Answer {
        let mut desk = self.desk();
        match (call.method.as_str(), path) {
            ("GET", ["users", "me"]) => users::show(&desk, call, &agent.to_string()),
            ("GET", ["users", "search"]) => users::search(&desk, call),
            ("GET", ["users", id]) => users::show(&desk, call, id),
            ("GET", ["users", id, "identities"]) => users::identities(&desk, call, id),
            ("GET", ["users", id, "related"]) => users::related(&desk, id),
            ("GET", ["users", id, "tickets", "requested"]) => tickets::requested(&desk, call, id),
            ("GET", ["organizations", id]) => users::organization(&desk, id),
            ("GET", ["search"]) => search::unified(&desk, call),
            ("GET", ["search", "count"]) => search::count(&desk, call),
            ("GET", ["custom_statuses"]) => tickets::custom_statuses(),
            ("GET", ["user_fields"]) => users::fields(),
            ("GET", ["tickets"]) => tickets::list(&desk, call),
            ("GET", ["tickets", id]) => tickets::show(&desk, call, id),
            ("GET", ["tickets", id, "comments"]) => tickets::comments(&desk, call, id),
            ("GET", ["tickets", id, "tags"]) => tickets::tags(&desk, id),
            ("GET", ["oauth", "tokens", "current"]) => current_token(call),
            ("DELETE", ["oauth", "tokens", "current"]) => self.revoke(call),
            ("POST", ["users"]) => user_writes::create(&mut desk, call),
            ("POST", ["users", "create_or_update"]) => {
                user_writes::create_or_update(&mut desk, call)
            }
            ("PUT", ["users", id]) => user_writes::update(&mut desk, call, id),
            ("POST", ["tickets"]) => ticket_writes::create(&mut desk, call, agent),
            ("PUT", ["tickets", id]) => ticket_writes::update(&mut desk, call, id, agent),
            ("PUT", ["tickets", id, "tags"]) => ticket_writes::add_tags(&mut desk, call, id),
            (
                "POST",
                [
                    "channels",
                    "voice",
                    "agents",
                    who,
                    kind @ ("users" | "tickets"),
                    id,
                    "display",
                ],
            ) => display(&mut desk, agent, [who, kind, id]),
            _ => refusals::no_endpoint(),
        }
    }

    /// The token answer is RFC 6749's, with the refresh token's life beside it.
    fn token(&self, call: &Call) -> Answer {
        match self.0.oauth.token(call) {
            Ok(grant) => Answer::json(
                200,
                &json!({
                    "access_token": grant.access_token, "refresh_token": grant.refresh_token,
                    "token_type": "bearer", "scope": grant.scope, "expires_in": grant.expires_in,
                    "refresh_token_expires_in": 2_592_000,
                }),
            ),
            Err(fault) => Answer::json(fault.status(), &fault.body()),
        }
    }

    fn revoke(&self, call: &Call) -> Answer {
        let revoked = call
            .bearer()
            .is_some_and(|token| self.0.oauth.delete(token));
        if revoked {
            Answer::empty(204)
        } else {
            refusals::not_found()
        }
    }

    fn lacks_scope(&self, call: &Call, path: &[&str]) -> Option<String> {
        let kind = path.first().copied().unwrap_or_default();
        let kind = if path.contains(&"requested") {
            "tickets"
        } else {
            kind
        };
        let needed = format!(
            "{kind}:{}",
            if call.method == "GET" {
                "read"
            } else {
                "write"
            }
        );
        self.minute()
            .missing_scope
            .clone()
            .filter(|missing| *missing == needed)
    }

    /// Adds the header fields that every answer has, or refuses because the minute is used up.
    fn metered(&self, answer: impl FnOnce() -> Answer) -> Answer {
        let (left, limit, number) = {
            let mut minute = self.minute();
            minute.used += 1;
            minute.requests += 1;
            (
                minute.limit.checked_sub(minute.used),
                minute.limit,
                minute.requests,
            )
        };
        let answer = if left.is_some() {
            answer()
        } else {
            refusals::rate_limited()
        };
        let left = left.unwrap_or(0).to_string();
        let limit = limit.to_string();
        answer
            .with("x-rate-limit", &limit)
            .with("x-rate-limit-remaining", &left)
            .with("ratelimit-limit", &limit)
            .with("ratelimit-remaining", &left)
            .with("ratelimit-reset", "12")
            .with("x-zendesk-request-id", &format!("zd-{number:06}"))
    }
}

impl Vendor for Zendesk {
    fn hosts(&self) -> Vec<String> {
        vec![HOST.to_owned()]
    }

    fn cast(&self) -> Cast {
        self.desk().cast()
    }

    fn oauth(&self) -> &OAuth {
        &self.0.oauth
    }

    fn answer(&self, call: &Call) -> Answer {
        self.metered(|| self.answered(call))
    }

    fn trouble(&self, trouble: &Trouble) -> Answer {
        self.metered(|| match trouble {
            Trouble::Expired => refusals::invalid_token(),
            Trouble::Forbidden => refusals::forbidden(),
            Trouble::NotFound => refusals::not_found(),
            Trouble::Invalid(field) => {
                let told = format!("{field}: is invalid");
                refusals::record_invalid(&[(field, told, "InvalidValue")])
            }
            Trouble::Conflict => refusals::update_conflict(),
            Trouble::RateLimited => refusals::rate_limited(),
            Trouble::Unavailable => refusals::maintenance(),
        })
    }
}

/// Shows a record in the browser of the agent who asks; nobody else's.
fn display(desk: &mut Desk, agent: u64, [who, kind, id]: [&str; 3]) -> Answer {
    let id = id.parse().unwrap_or_default();
    let known = match kind {
        "users" => desk.user(id).is_some(),
        _ => desk.ticket(id).is_some(),
    };
    if who != agent.to_string() || !known || !desk.tab_open {
        return refusals::not_found();
    }
    desk.displayed.push(format!("{kind}/{id}"));
    Answer::empty(200)
}

fn current_token(call: &Call) -> Answer {
    let Some(token) = call.bearer() else {
        return refusals::not_found();
    };
    let start: String = token.chars().take(10).collect();
    let body = json!({"token": {
        "id": 1, "client_id": 1, "user_id": 11_001, "token": start,
        "scopes": ["read", "write"], "expires_at": "2026-11-02T09:00:00Z",
    }});
    Answer::json(200, &body)
}
