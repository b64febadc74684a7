//! Zammad, a help desk one runs oneself: the CRM that is added by a file alone.
//!
//! Written from its documentation (`docs.zammad.org`: "REST API: Introduction", "User",
//! "Organization", "Ticket", "Ticket Articles", "Ticket States", "Ticket Priorities", "Tags",
//! "Indexed Attributes") and, where that is silent, from the request specifications in the public
//! repository (`zammad/zammad`: `spec/requests/{api_auth,user,ticket}_spec.rb`).
//!
//! | what | call |
//! |---|---|
//! | who am I | `GET /api/v1/users/me` |
//! | one user | `GET /api/v1/users/{id}`, `?expand=true` names what the ids mean |
//! | find users | `GET /api/v1/users/search?query=…&limit=…&expand=true`: a bare list, at most 200, 50 when nothing is said |
//! | make, change a user | `POST /api/v1/users`, `PUT /api/v1/users/{id}` |
//! | company | `GET /api/v1/organizations/{id}` |
//! | find tickets | `GET /api/v1/tickets/search?query=…&sort_by=…&order_by=…`, the same flags, and `with_total_count`, `only_total_count` |
//! | one ticket | `GET /api/v1/tickets/{id}` |
//! | make, change a ticket | `POST /api/v1/tickets`, `PUT /api/v1/tickets/{id}`, both with an `article` |
//! | find without a language | `POST` to the same two with `{"condition": {"user.email": {"operator": "is", "value": "…"}}}`, answered from the database, which does not lag |
//! | articles | `GET /api/v1/ticket_articles/by_ticket/{id}`, `POST /api/v1/ticket_articles` |
//! | words | `GET /api/v1/ticket_states`, `GET /api/v1/ticket_priorities` |
//! | tags | `GET /api/v1/tags?object=Ticket&o_id={id}`, `POST /api/v1/tags/add` |
//!
//! The credential is `Authorization: Token token=…`, or `Bearer …` of an OAuth application (a
//! confidential one: authorization code with a secret, refresh tokens). No credential at all is
//! 403 "Authentication required", a wrong one is 401.
//!
//! A query is the query-string language of Elasticsearch: `email:"ann@example.com"`, `AND`, `OR`,
//! `NOT`, brackets, `\` before `"` and `\` in quotes, every word required unless `OR` says
//! otherwise. The server takes every `*` out of a query first, so `\*` must not be sent. Texts are
//! cut into lower-case words, so a phone number typed with gaps is found by the words between the
//! gaps in quotes (`phone:"415 555 0100"`), one without gaps or with dots only as a whole;
//! `field.keyword` is the text as it stands. A query that cannot be read answers 200 with an empty
//! list. New records are indexed in the background, a little later.
//!
//! A member that is no attribute is dropped in silence; names may stand for ids (`"group":
//! "Cards"`, `"state": "open"`, `"priority": "3 high"`). There is no idempotency key and no check
//! for changes by others. The agent's pages are `https://{host}/#user/profile/{id}` and
//! `https://{host}/#ticket/zoom/{id}` (practice).
//!
//! This help desk: host `help.example.com`, groups `Users` and `Cards`, the attribute
//! `customer_number` added to users and `interaction_key` to tickets, more than one user with an
//! address since a time when that was allowed. VIP is `vip`, the language `preferences.locale`,
//! the counts `preferences.tickets_open` and `tickets_closed`.
//!
//! Unverified, and built the careful way: case is ignored in conditions; which attributes a ticket
//! must have besides its group; the texts named in `refusals.rs`.
//!
//! Elsewhere: what an administrator does, attachments, the `From` field, knowledge base, chat.

#![expect(
    clippy::indexing_slicing,
    reason = "a member of a JSON value is null when it is absent, and every record here is an object"
)]

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

mod query;
mod reads;
mod records;
mod refusals;
mod user_writes;
mod writes;

pub use query::{Query, literals, read as read_query};

use crate::call::{Answer, Call};
use crate::cast::Cast;
use crate::double::Vendor;
use crate::oauth::{NotSignedIn, OAuth, Rules};
use crate::script::Trouble;
use reads::Kind;
use records::Desk;

const HOST: &str = "help.example.com";

/// The agent's access token, for `Authorization: Token token=…`.
pub const ACCESS_TOKEN: &str = "zammad-access-token-00000000000000000000000000";

/// The secret of the OAuth application.
pub const CLIENT_SECRET: &str = "zammad-client-secret";

/// The attribute of a user with the customer's number.
pub const CUSTOMER_NUMBER: &str = "customer_number";

/// The attribute of a ticket for a key of one's own; nothing makes it unique.
pub const TICKET_KEY: &str = "interaction_key";

/// A help desk. A clone is the same one.
#[derive(Clone)]
pub struct Zammad(Arc<Office>);

struct Office {
    oauth: OAuth,
    desk: Mutex<Desk>,
    permitted: Mutex<bool>,
}

impl Default for Zammad {
    fn default() -> Self {
        let rules = Rules {
            client_secret: Some(CLIENT_SECRET.to_owned()),
            is_public: false,
            needs_challenge: false,
            lifetime: Some(7200),
            ..Rules::default()
        };
        let oauth = OAuth::new(rules);
        oauth.accept(ACCESS_TOKEN);
        Self(Arc::new(Office {
            oauth,
            desk: Mutex::new(Desk::new()),
            permitted: Mutex::new(true),
        }))
    }
}

impl Zammad {
    /// What is created from now on is found by its id and by conditions at once, and by a query
    /// after [`Self::catch_up`].
    pub fn let_search_lag(&self) {
        self.desk().index_lags = true;
    }

    /// The search index has caught up.
    pub fn catch_up(&self) {
        self.desk().unindexed.clear();
    }

    /// Whether the token has the permission `ticket.agent`.
    pub fn set_permitted(&self, permitted: bool) {
        *self
            .0
            .permitted
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = permitted;
    }

    /// How many tickets there are.
    pub fn ticket_count(&self) -> usize {
        self.desk().tickets.len()
    }

    /// How many users there are.
    pub fn user_count(&self) -> usize {
        self.desk().users.len()
    }

    /// A ticket with the names of what it links to; null when there is none.
    pub fn ticket(&self, id: &str) -> Value {
        let desk = self.desk();
        let own = id.parse().ok().and_then(|id| desk.ticket(id));
        own.map(|own| desk.told_ticket(own, true))
            .unwrap_or_default()
    }

    /// The articles of a ticket.
    pub fn articles(&self, ticket: &str) -> Vec<Value> {
        reads::articles(&self.desk(), ticket)
            .value()
            .as_array()
            .cloned()
            .unwrap_or_default()
    }

    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.0.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn signed_in(&self, call: &Call) -> Result<(), Answer> {
        let oauth = &self.0.oauth;
        let field = call.header("authorization").unwrap_or_default();
        if let Some(token) = field.strip_prefix("Token token=") {
            let judged = oauth.judged(Some(token.trim_matches('"')));
            call.note_credential(judged.is_ok());
            return judged.map_err(|fault| match fault {
                NotSignedIn::Missing | NotSignedIn::Unknown => refusals::unknown_token(),
                NotSignedIn::Expired => refusals::expired_token(),
            });
        }
        if call.basic().is_some() {
            call.note_credential(false);
            return Err(refusals::no_passwords());
        }
        oauth.let_in(call).map_err(|fault| match fault {
            NotSignedIn::Missing => refusals::no_credential(),
            NotSignedIn::Unknown => refusals::unknown_bearer(),
            NotSignedIn::Expired => refusals::expired_bearer(),
        })
    }

    fn routed(&self, call: &Call, path: &[&str]) -> Answer {
        let agent = self.desk().cast().agent.id;
        let mut desk = self.desk();
        match (call.method.as_str(), path) {
            ("GET", ["users", "me"]) => reads::one(&desk, call, Kind::User, &agent),
            _ if !*self
                .0
                .permitted
                .lock()
                .unwrap_or_else(PoisonError::into_inner) =>
            {
                refusals::token_not_permitted()
            }
            ("GET" | "POST", ["users", "search"]) => reads::search(&desk, call, Kind::User),
            ("GET" | "POST", ["tickets", "search"]) => reads::search(&desk, call, Kind::Ticket),
            ("GET", ["users", id]) => reads::one(&desk, call, Kind::User, id),
            ("GET", ["tickets", id]) => reads::one(&desk, call, Kind::Ticket, id),
            ("GET", ["organizations", id]) => reads::organization(&desk, id),
            ("GET", ["ticket_articles", "by_ticket", id]) => reads::articles(&desk, id),
            ("GET", ["ticket_states"]) => Answer::json(200, &records::words("state")),
            ("GET", ["ticket_priorities"]) => Answer::json(200, &records::words("priority")),
            ("GET", ["tags"]) => writes::tags(&desk, call),
            ("POST", ["tags", "add"]) => writes::add_tag(&mut desk, call),
            ("POST", ["users"]) => user_writes::create_user(&mut desk, call),
            ("PUT", ["users", id]) => user_writes::update_user(&mut desk, call, id),
            ("POST", ["tickets"]) => writes::create_ticket(&mut desk, call),
            ("PUT", ["tickets", id]) => writes::update_ticket(&mut desk, call, id),
            ("POST", ["ticket_articles"]) => writes::create_article(&mut desk, call),
            _ => refusals::no_route(&call.method, &call.path),
        }
    }

    fn token(&self, call: &Call) -> Answer {
        match self.0.oauth.token(call) {
            Ok(grant) => Answer::json(
                200,
                &json!({
                    "access_token": grant.access_token, "token_type": "Bearer",
                    "expires_in": grant.expires_in, "refresh_token": grant.refresh_token,
                    "scope": grant.scope, "created_at": 1_793_520_000,
                }),
            ),
            Err(fault) => Answer::json(fault.status(), &fault.body()),
        }
    }

    /// RFC 7009: an unknown token is no fault.
    fn revoke(&self, call: &Call) -> Answer {
        let form = call.form().unwrap_or_default();
        let token = form.iter().find(|(name, _)| name == "token");
        if let Some((_, token)) = token {
            self.0.oauth.revoke(token);
        }
        Answer::json(200, &json!({}))
    }
}

impl Vendor for Zammad {
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
        let segments = call.segments();
        let path: Vec<&str> = segments.iter().map(String::as_str).collect();
        match (call.method.as_str(), path.as_slice()) {
            ("GET", ["oauth", "authorize"]) => self.0.oauth.authorize(call),
            ("POST", ["oauth", "token"]) => self.token(call),
            ("POST", ["oauth", "revoke"]) => self.revoke(call),
            (_, ["api", "v1", path @ ..]) => match self.signed_in(call) {
                Ok(()) => self.routed(call, path),
                Err(refusal) => refusal,
            },
            _ => refusals::no_route(&call.method, &call.path),
        }
    }

    fn trouble(&self, trouble: &Trouble) -> Answer {
        match trouble {
            Trouble::Expired => refusals::expired_token(),
            Trouble::Forbidden => refusals::forbidden(),
            Trouble::NotFound => refusals::no_such("Ticket", "1"),
            Trouble::Invalid(field) => refusals::required(field),
            Trouble::Conflict => refusals::already_exists(),
            Trouble::RateLimited => refusals::rate_limited(),
            Trouble::Unavailable => refusals::bad_gateway(),
        }
    }
}
