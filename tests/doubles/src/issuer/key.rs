//! The issuer's keys of three kinds, and the tokens that are signed with them.

use std::io;
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::error::{KeyRejected, Unspecified};
use ring::rand::SystemRandom;
use ring::rsa::PublicKeyComponents;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256,
    RsaKeyPair,
};
use serde_json::{Value, json};

/// A key of the issuer.
pub enum Key {
    /// RS256.
    Rsa(RsaKeyPair),
    /// ES256.
    P256(EcdsaKeyPair),
    /// `EdDSA`.
    Ed25519(Ed25519KeyPair),
}

impl Key {
    /// A new RSA key, made by openssl.
    pub fn rsa() -> io::Result<Self> {
        let made = Command::new("openssl")
            .args(["genpkey", "-algorithm", "RSA", "-outform", "DER"])
            .stderr(Stdio::null())
            .output()?;
        let key = RsaKeyPair::from_der(&made.stdout);
        Ok(Self::Rsa(key.map_err(rejected)?))
    }

    /// A new key of the curve P-256.
    pub fn p256() -> io::Result<Self> {
        let random = SystemRandom::new();
        let way = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let key = EcdsaKeyPair::generate_pkcs8(way, &random).map_err(unspecified)?;
        let key = EcdsaKeyPair::from_pkcs8(way, key.as_ref(), &random);
        Ok(Self::P256(key.map_err(rejected)?))
    }

    /// A new key of the curve Ed25519.
    pub fn ed25519() -> io::Result<Self> {
        let key = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).map_err(unspecified)?;
        let key = Ed25519KeyPair::from_pkcs8(key.as_ref());
        Ok(Self::Ed25519(key.map_err(rejected)?))
    }

    /// The algorithm's word in a token.
    pub fn algorithm(&self) -> &'static str {
        match self {
            Self::Rsa(_) => "RS256",
            Self::P256(_) => "ES256",
            Self::Ed25519(_) => "EdDSA",
        }
    }

    /// A token with these claims under this key's id.
    pub fn token(&self, id: &str, claims: &Value) -> io::Result<String> {
        let text = unsigned(&json!({ "alg": self.algorithm(), "kid": id }), claims);
        let signature = encoded(&self.sign(&text)?);
        Ok(format!("{text}.{signature}"))
    }

    /// What everybody may see of it.
    pub(super) fn public(&self, id: &str) -> Value {
        match self {
            Self::Rsa(key) => {
                let public: PublicKeyComponents<Vec<u8>> = key.public().into();
                let (n, e) = (encoded(&public.n), encoded(&public.e));
                json!({ "kid": id, "kty": "RSA", "use": "sig", "alg": "RS256", "n": n, "e": e })
            }
            Self::P256(key) => {
                // One byte that says "both halves", then the halves.
                let point = key.public_key().as_ref().get(1..).unwrap_or_default();
                let (x, y) = point.split_at(point.len() / 2);
                let (x, y) = (encoded(x), encoded(y));
                json!({ "kid": id, "kty": "EC", "crv": "P-256", "use": "sig", "x": x, "y": y })
            }
            Self::Ed25519(key) => {
                let x = encoded(key.public_key().as_ref());
                json!({ "kid": id, "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "x": x })
            }
        }
    }

    fn sign(&self, text: &str) -> io::Result<Vec<u8>> {
        let (random, text) = (SystemRandom::new(), text.as_bytes());
        match self {
            Self::Rsa(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &random, text, &mut signature)
                    .map_err(unspecified)?;
                Ok(signature)
            }
            Self::P256(key) => {
                let signature = key.sign(&random, text).map_err(unspecified)?;
                Ok(signature.as_ref().to_vec())
            }
            Self::Ed25519(key) => Ok(key.sign(text).as_ref().to_vec()),
        }
    }
}

/// The part of a token that is signed.
pub fn unsigned(header: &Value, claims: &Value) -> String {
    let [header, claims] = [header, claims].map(|part| encoded(part.to_string().as_bytes()));
    format!("{header}.{claims}")
}

/// How a token writes bytes.
pub fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn rejected(why: KeyRejected) -> io::Error {
    io::Error::other(format!("the key is rejected: {why}"))
}

fn unspecified(_: Unspecified) -> io::Error {
    io::Error::other("the key cannot be made or used")
}
