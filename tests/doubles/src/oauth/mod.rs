//! The authorization server that all doubles share: codes, tokens, and who may have them. How a
//! vendor words a refusal or writes a grant is in the vendor's folder.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::call::Call;

mod authorize;
mod fault;
mod token;

pub use fault::TokenFault;

/// What the vendor's authorization server demands and gives.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one line of a vendor's documentation, and they combine freely"
)]
pub struct Rules {
    /// The client's id.
    pub client_id: String,
    /// The secret of a confidential client.
    pub client_secret: Option<String>,
    /// Whether the client may come without its secret.
    pub is_public: bool,
    /// Whether an authorization must carry a PKCE challenge.
    pub needs_challenge: bool,
    /// Whether an authorization must carry a state.
    pub needs_state: bool,
    /// Whether a client that shows no secret gets refresh tokens.
    pub refresh_for_public: bool,
    /// Whether refresh tokens are given only when this scope is asked for.
    pub refresh_scope: Option<String>,
    /// Whether a refresh token dies with its first use.
    pub rotates: bool,
    /// Whether a refresh token that was used lives on beside the new one.
    pub keeps_used: bool,
    /// Whether a refresh hands out a refresh token at all.
    pub repeats_refresh: bool,
    /// The seconds an access token lives, as the vendor tells them; `None` when it does not.
    pub lifetime: Option<u64>,
    /// The issuer that comes back with a code.
    pub issuer: Option<String>,
    /// Whether the token endpoint takes JSON besides forms.
    pub takes_json: bool,
    /// Whether a port of a loopback redirect address is compared.
    pub compares_port: bool,
    /// Whether a wrong redirect address is replaced by the first registered one.
    pub falls_back: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            client_id: "screenpop-client".to_owned(),
            client_secret: None,
            is_public: true,
            needs_challenge: true,
            needs_state: false,
            refresh_for_public: true,
            refresh_scope: None,
            rotates: true,
            keeps_used: false,
            repeats_refresh: true,
            lifetime: Some(1800),
            issuer: None,
            takes_json: false,
            compares_port: true,
            falls_back: false,
        }
    }
}

/// A token that was given out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Opens the API.
    pub access_token: String,
    /// Gets the next access token.
    pub refresh_token: Option<String>,
    /// The seconds it lives, where the vendor tells.
    pub expires_in: Option<u64>,
    /// What it opens.
    pub scope: String,
}

/// Why a request for records is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSignedIn {
    /// No credential.
    Missing,
    /// A token that was never given out here, or was revoked.
    Unknown,
    /// A token whose time is over.
    Expired,
}

/// The authorization server of one double.
pub struct OAuth {
    rules: Rules,
    salt: u64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    redirects: Vec<String>,
    codes: BTreeMap<String, Code>,
    used_codes: BTreeSet<String>,
    access: BTreeMap<String, Access>,
    refresh: BTreeMap<String, Refresh>,
    given: u64,
    refreshes: u64,
    refuse_sign_in: Option<String>,
    refuse_refresh: bool,
    accepts_none: bool,
    wrong_state: bool,
}

#[derive(Clone)]
struct Code {
    redirect: String,
    challenge: Option<String>,
    scope: String,
}

struct Access {
    is_live: bool,
    family: u64,
}

struct Refresh {
    scope: String,
    family: u64,
}

static SALT: AtomicU64 = AtomicU64::new(1);

impl OAuth {
    /// An authorization server with these rules.
    pub fn new(rules: Rules) -> Self {
        Self {
            rules,
            salt: SALT.fetch_add(1, Ordering::Relaxed),
            state: Mutex::default(),
        }
    }

    /// What it demands and gives.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Registers a redirect address; while there is none, every loopback address is taken.
    pub fn register(&self, redirect: &str) {
        self.state().redirects.push(redirect.to_owned());
    }

    /// Lets a request in by its bearer token, and notes on it whether it was.
    pub fn let_in(&self, call: &Call) -> Result<(), NotSignedIn> {
        let told = self.judged(call.bearer());
        call.note_credential(told.is_ok());
        told
    }

    /// Judges a token that may come by another way than the bearer field.
    pub fn judged(&self, token: Option<&str>) -> Result<(), NotSignedIn> {
        let token = token.ok_or(NotSignedIn::Missing)?;
        let state = self.state();
        let access = state.access.get(token).ok_or(NotSignedIn::Unknown)?;
        if access.is_live && !state.accepts_none {
            Ok(())
        } else {
            Err(NotSignedIn::Expired)
        }
    }

    /// Takes a token that was made elsewhere: a private app's, an administrator's.
    pub fn accept(&self, token: &str) {
        let access = Access {
            is_live: true,
            family: 0,
        };
        self.state().access.insert(token.to_owned(), access);
    }

    /// Gives tokens without a browser, for tests that are not about signing in.
    pub fn grant(&self, scope: &str) -> Grant {
        self.granted(scope, true, None)
    }

    /// The time of every access token is over.
    pub fn expire_tokens(&self) {
        for access in self.state().access.values_mut() {
            access.is_live = false;
        }
    }

    /// No refresh token is worth anything any more.
    pub fn expire_refresh_tokens(&self) {
        self.state().refresh.clear();
    }

    /// Whether every refresh is refused, whatever its token.
    pub fn refuse_refresh(&self, refused: bool) {
        self.state().refuse_refresh = refused;
    }

    /// Whether every access token is refused, fresh ones too.
    pub fn accept_none(&self, none: bool) {
        self.state().accepts_none = none;
    }

    /// The next person at the vendor's page refuses, or is refused; with the error that comes back.
    pub fn refuse_next_sign_in(&self, error: &str) {
        self.state().refuse_sign_in = Some(error.to_owned());
    }

    /// The next code comes back with somebody else's state.
    pub fn answer_with_wrong_state(&self) {
        self.state().wrong_state = true;
    }

    /// How many times a refresh token was exchanged.
    pub fn refreshes(&self) -> u64 {
        self.state().refreshes
    }

    /// How many access tokens were given out.
    pub fn grants(&self) -> u64 {
        self.state().given
    }

    /// How many refresh tokens are worth something.
    pub fn live_refresh_tokens(&self) -> usize {
        self.state().refresh.len()
    }

    /// Every token there is, to look for where none may be.
    pub fn secrets(&self) -> Vec<String> {
        let state = self.state();
        let tokens = state.access.keys().chain(state.refresh.keys());
        tokens.chain(&self.rules.client_secret).cloned().collect()
    }

    /// Takes back a token and all that came from the same sign-in; `false` when it is unknown.
    pub fn revoke(&self, token: &str) -> bool {
        let mut state = self.state();
        let of_access = state.access.get(token).map(|access| access.family);
        let of_refresh = state.refresh.get(token).map(|refresh| refresh.family);
        let Some(family) = of_access.or(of_refresh) else {
            return false;
        };
        state.access.remove(token);
        if of_refresh.is_some() {
            state.access.retain(|_, access| access.family != family);
            state.refresh.retain(|_, refresh| refresh.family != family);
        }
        true
    }

    /// Takes back the whole record that an access token belongs to, its refresh token with it.
    pub fn delete(&self, access: &str) -> bool {
        let mut state = self.state();
        let Some(family) = state.access.get(access).map(|access| access.family) else {
            return false;
        };
        state.access.retain(|_, access| access.family != family);
        state.refresh.retain(|_, refresh| refresh.family != family);
        true
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives out tokens of a family, or of a new one.
    fn granted(&self, scope: &str, with_refresh: bool, family: Option<u64>) -> Grant {
        let mut state = self.state();
        state.given += 1;
        let given = state.given;
        let family = family.unwrap_or(given);
        let access_token = format!("access-{}-{given}", self.salt);
        let access = Access {
            is_live: true,
            family,
        };
        state.access.insert(access_token.clone(), access);
        let refresh_token = with_refresh.then(|| format!("refresh-{}-{given}", self.salt));
        if let Some(token) = &refresh_token {
            let scope = scope.to_owned();
            let refresh = Refresh { scope, family };
            state.refresh.insert(token.clone(), refresh);
        }
        Grant {
            access_token,
            refresh_token,
            expires_in: self.rules.lifetime,
            scope: scope.to_owned(),
        }
    }
}
