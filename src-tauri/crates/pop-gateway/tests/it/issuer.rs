//! An issuer of sign-ins: a real server with its own keys, and the tokens it makes.

use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::rsa::PublicKeyComponents;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256,
    RsaKeyPair,
};
use serde_json::{Value, json};

/// A key of the issuer.
pub(crate) enum Key {
    Rsa(RsaKeyPair),
    P256(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

impl Key {
    pub(crate) fn rsa() -> Self {
        let key = openssl(&["genpkey", "-algorithm", "RSA", "-outform", "DER"]);
        Self::Rsa(RsaKeyPair::from_der(&key).expect("a key"))
    }

    pub(crate) fn p256() -> Self {
        let random = SystemRandom::new();
        let way = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let key = EcdsaKeyPair::generate_pkcs8(way, &random).expect("a key");
        Self::P256(EcdsaKeyPair::from_pkcs8(way, key.as_ref(), &random).expect("a key"))
    }

    pub(crate) fn ed25519() -> Self {
        let key = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).expect("a key");
        Self::Ed25519(Ed25519KeyPair::from_pkcs8(key.as_ref()).expect("a key"))
    }

    pub(crate) fn algorithm(&self) -> &'static str {
        match self {
            Self::Rsa(_) => "RS256",
            Self::P256(_) => "ES256",
            Self::Ed25519(_) => "EdDSA",
        }
    }

    fn public(&self, id: &str) -> Value {
        match self {
            Self::Rsa(key) => {
                let public: PublicKeyComponents<Vec<u8>> = key.public().into();
                let (n, e) = (encoded(&public.n), encoded(&public.e));
                json!({ "kid": id, "kty": "RSA", "use": "sig", "alg": "RS256", "n": n, "e": e })
            }
            Self::P256(key) => {
                let point = key.public_key().as_ref();
                let (x, y) = (encoded(&point[1..33]), encoded(&point[33..]));
                json!({ "kid": id, "kty": "EC", "crv": "P-256", "use": "sig", "x": x, "y": y })
            }
            Self::Ed25519(key) => {
                let x = encoded(key.public_key().as_ref());
                json!({ "kid": id, "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "x": x })
            }
        }
    }

    fn sign(&self, text: &str) -> Vec<u8> {
        let (random, text) = (SystemRandom::new(), text.as_bytes());
        match self {
            Self::Rsa(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &random, text, &mut signature)
                    .expect("signs");
                signature
            }
            Self::P256(key) => key.sign(&random, text).expect("signs").as_ref().to_vec(),
            Self::Ed25519(key) => key.sign(text).as_ref().to_vec(),
        }
    }

    /// A token with these claims under this key's id.
    pub(crate) fn token(&self, id: &str, claims: &Value) -> String {
        self.token_with(&json!({ "alg": self.algorithm(), "kid": id }), claims)
    }

    pub(crate) fn token_with(&self, header: &Value, claims: &Value) -> String {
        let text = unsigned(header, claims);
        let signature = encoded(&self.sign(&text));
        format!("{text}.{signature}")
    }
}

/// The part of a token that is signed.
pub(crate) fn unsigned(header: &Value, claims: &Value) -> String {
    let [header, claims] = [header, claims].map(|part| encoded(part.to_string().as_bytes()));
    format!("{header}.{claims}")
}

pub(crate) fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The issuer; it ends with its runtime.
pub(crate) struct Issuer {
    pub(crate) url: String,
    shown: Arc<Mutex<Shown>>,
}

#[derive(Default)]
struct Shown {
    url: String,
    keys: Vec<Value>,
    asked: usize,
}

type Served = State<Arc<Mutex<Shown>>>;

impl Issuer {
    pub(crate) async fn start(keys: &[(&str, &Key)]) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a port");
        let address: SocketAddr = listener.local_addr().expect("an address");
        let url = format!("http://{address}");
        let shown = Arc::new(Mutex::new(Shown {
            url: url.clone(),
            ..Shown::default()
        }));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/keys", get(keys_of))
            .with_state(Arc::clone(&shown));
        tokio::spawn(async { axum::serve(listener, router).await });
        let issuer = Self { url, shown };
        issuer.shows(keys);
        issuer
    }

    /// Changes the keys that the issuer shows.
    pub(crate) fn shows(&self, keys: &[(&str, &Key)]) {
        let keys = keys.iter().map(|(id, key)| key.public(id)).collect();
        self.shown.lock().expect("whole").keys = keys;
    }

    /// How often its keys were asked for.
    pub(crate) fn asked(&self) -> usize {
        self.shown.lock().expect("whole").asked
    }

    /// The claims of somebody who signed in just now.
    pub(crate) fn claims(&self, email: &str) -> Value {
        let now = SystemTime::UNIX_EPOCH.elapsed().expect("after 1970");
        let now = now.as_secs();
        json!({
            "iss": self.url,
            "aud": "screenpop-desktop",
            "sub": "248289761001",
            "email": email,
            "email_verified": true,
            "iat": now,
            "exp": now + 300,
        })
    }
}

async fn discovery(State(shown): Served) -> String {
    let url = &shown.lock().expect("whole").url;
    json!({ "issuer": url, "jwks_uri": format!("{url}/keys") }).to_string()
}

async fn keys_of(State(shown): Served) -> String {
    let mut shown = shown.lock().expect("whole");
    shown.asked += 1;
    json!({ "keys": shown.keys }).to_string()
}

fn openssl(arguments: &[&str]) -> Vec<u8> {
    let made = Command::new("openssl")
        .args(arguments)
        .stderr(Stdio::null())
        .output();
    made.expect("openssl is installed").stdout
}
