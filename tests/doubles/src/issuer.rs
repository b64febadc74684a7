//! An issuer of sign-ins by `OpenID` Connect: a real server with its description, its page, its
//! token endpoint and its keys. Whoever is to sign in agrees at once.
//!
//! It is asked at its true address over plain http on this computer, because those who ask it find
//! it by its own description and not by a vendor's name.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use serde_json::{Value, json};

use crate::call::{Answer, Call};
use crate::cast::Cast;
use crate::double::{Double, Vendor};
use crate::oauth::{OAuth, Rules, TokenFault};
use crate::script::Trouble;

mod key;

pub use key::{Key, encoded, unsigned};

/// The client that may sign people in here.
pub const CLIENT: &str = "screenpop-desktop";
const DESCRIPTION: &str = "/.well-known/openid-configuration";
/// The id of the key that signs for those who sign in with a browser.
const OWN: &str = "own";
const LIVES: u64 = 300;

/// The issuer. It ends when it is dropped.
pub struct Issuer {
    /// Its name, which is its address.
    pub url: String,
    double: Double,
    shown: Arc<Mutex<Shown>>,
}

/// What it shows, and who signs in.
struct Shown {
    own: Key,
    keys: Vec<Value>,
    email: String,
}

struct Desk {
    oauth: OAuth,
    shown: Arc<Mutex<Shown>>,
}

impl Issuer {
    /// Starts an issuer that shows these keys besides its own.
    pub async fn start(keys: &[(&str, &Key)]) -> io::Result<Self> {
        let shown = Arc::new(Mutex::new(Shown {
            own: Key::p256()?,
            keys: Vec::new(),
            email: String::new(),
        }));
        let rules = Rules {
            client_id: CLIENT.to_owned(),
            needs_state: true,
            refresh_for_public: false,
            ..Rules::default()
        };
        let desk = Desk {
            oauth: OAuth::new(rules),
            shown: Arc::clone(&shown),
        };
        let double = Double::start(desk).await?;
        let issuer = Self {
            url: format!("http://{}", double.address()),
            double,
            shown,
        };
        issuer.shows(keys);
        Ok(issuer)
    }

    /// Changes the keys that it shows besides its own.
    pub fn shows(&self, keys: &[(&str, &Key)]) {
        let keys = keys.iter().map(|(id, key)| key.public(id)).collect();
        locked(&self.shown).keys = keys;
    }

    /// Whoever comes with a browser from now on is this person.
    pub fn signs_in(&self, email: &str) {
        email.clone_into(&mut locked(&self.shown).email);
    }

    /// The next person with a browser says no.
    pub fn refuse_next_sign_in(&self) {
        self.double.oauth().refuse_next_sign_in("access_denied");
    }

    /// How often its keys were asked for.
    pub fn asked(&self) -> usize {
        self.double.count_of("/keys")
    }

    /// The claims of somebody who signed in just now.
    pub fn claims(&self, email: &str) -> Value {
        claims(&self.url, email)
    }
}

impl Vendor for Desk {
    fn hosts(&self) -> Vec<String> {
        vec!["127.0.0.1".to_owned()]
    }

    fn cast(&self) -> Cast {
        Cast::default()
    }

    fn oauth(&self) -> &OAuth {
        &self.oauth
    }

    fn answer(&self, call: &Call) -> Answer {
        let url = format!("http://{}", call.header("host").unwrap_or_default());
        match (call.method.as_str(), call.path.as_str()) {
            ("GET", DESCRIPTION) => Answer::json(
                200,
                &json!({
                    "issuer": url,
                    "authorization_endpoint": format!("{url}/authorize"),
                    "token_endpoint": format!("{url}/token"),
                    "jwks_uri": format!("{url}/keys"),
                }),
            ),
            ("GET", "/keys") => {
                let shown = locked(&self.shown);
                let mut keys = shown.keys.clone();
                keys.push(shown.own.public(OWN));
                Answer::json(200, &json!({ "keys": keys }))
            }
            ("GET", "/authorize") => self.oauth.authorize(call),
            ("POST", "/token") => self.token(call, &url),
            (_, _) => Answer::empty(404),
        }
    }

    fn trouble(&self, _: &Trouble) -> Answer {
        Answer::empty(503)
    }
}

impl Desk {
    fn token(&self, call: &Call, url: &str) -> Answer {
        let refused =
            |fault: TokenFault| Answer::json(fault.status(), &json!({ "error": fault.error() }));
        let grant = match self.oauth.token(call) {
            Ok(grant) => grant,
            Err(fault) => return refused(fault),
        };
        let shown = locked(&self.shown);
        match shown.own.token(OWN, &claims(url, &shown.email)) {
            Ok(token) => Answer::json(
                200,
                &json!({
                    "access_token": grant.access_token,
                    "token_type": "Bearer",
                    "expires_in": LIVES,
                    "id_token": token,
                }),
            ),
            Err(_) => Answer::empty(500),
        }
    }
}

fn claims(url: &str, email: &str) -> Value {
    let now = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
    let now = now.as_secs();
    json!({
        "iss": url,
        "aud": CLIENT,
        "sub": "248289761001",
        "email": email,
        "email_verified": true,
        "iat": now,
        "exp": now + LIVES,
    })
}

fn locked(shown: &Mutex<Shown>) -> MutexGuard<'_, Shown> {
    shown.lock().unwrap_or_else(PoisonError::into_inner)
}
