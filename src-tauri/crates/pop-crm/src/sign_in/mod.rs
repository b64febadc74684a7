//! Signing in with a token that is fetched: the browser's round trip, the token endpoint, and the
//! session that keeps its access token fresh.
//!
//! Security rules O1 to O4, K7 and K8. Static secrets need none of this; they are in
//! `language::auth`. Where a grant is kept is the `Tokens` port's affair.

pub(crate) mod browser;
pub(crate) mod ending;
pub(crate) mod endpoint;
pub(crate) mod fault;
pub(crate) mod grant;
pub(crate) mod loopback;
pub(crate) mod open_id;
pub(crate) mod page;
pub(crate) mod registration;
pub(crate) mod session;
pub(crate) mod sign_out;
mod words;
