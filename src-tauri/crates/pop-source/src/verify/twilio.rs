//! Twilio's signature: HMAC-SHA1 over the address and the sorted form, or over the address alone,
//! when it names the body's SHA-256 in `bodySHA256`.
//!
//! SHA-1 is Twilio's choice; as an HMAC it is not broken. Twilio signs the address with or without
//! the port, so both are tried. A body that is neither a form nor named by its hash is not covered
//! by the signature and refused.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::digest::{SHA256, digest};
use ring::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY;

use super::body::unhex;
use super::shared::Shared;
use super::{Refused, once};
use crate::delivery::{Delivery, form};

const SIGNATURE: &str = "x-twilio-signature";
const BODY_HASH: &str = "bodySHA256";

pub(super) fn verify(tokens: &Shared, delivery: &Delivery<'_>) -> Result<(), Refused> {
    let malformed = |name: &str| Refused::Malformed(name.to_owned());
    let tag = once(delivery, SIGNATURE)?;
    let tag = STANDARD.decode(tag).map_err(|_| malformed(SIGNATURE))?;
    let parameters = signed_parameters(delivery)?;
    let mut found = false;
    for address in addresses(delivery.url) {
        let text = format!("{address}{parameters}");
        found |= tokens.made(HMAC_SHA1_FOR_LEGACY_USE_ONLY, text.as_bytes(), &tag);
    }
    found.then_some(()).ok_or(Refused::NoMatch)
}

/// What follows the address in the signed text; the body is bound to it here.
fn signed_parameters(delivery: &Delivery<'_>) -> Result<String, Refused> {
    let malformed = |name: &str| Refused::Malformed(name.to_owned());
    let query = form(delivery.query().as_bytes()).ok_or_else(|| malformed("the address"))?;
    let mut hashes = query.iter().filter(|(name, _)| name == BODY_HASH);
    if let Some((_, hash)) = hashes.next() {
        let hash = unhex(hash)
            .filter(|_| hashes.next().is_none())
            .ok_or_else(|| malformed(BODY_HASH))?;
        // Not a secret: the sender said it in the open, and the signature covers it.
        return if digest(&SHA256, delivery.body).as_ref() == hash {
            Ok(String::new())
        } else {
            Err(Refused::NoMatch)
        };
    }
    if delivery.body.is_empty() {
        return Ok(String::new());
    }
    let media = once(delivery, "content-type")?;
    let media = media.split(';').next().unwrap_or_default().trim();
    if !media.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(Refused::Missing(BODY_HASH.to_owned()));
    }
    let mut pairs = form(delivery.body).ok_or_else(|| malformed("the form"))?;
    pairs.sort_unstable();
    pairs.dedup();
    Ok(pairs
        .iter()
        .flat_map(|(name, value)| [name.as_str(), value.as_str()])
        .collect())
}

/// The address as it is, without its port, and with the port of its scheme.
fn addresses(address: &str) -> Vec<String> {
    let mut all = vec![address.to_owned()];
    let Some((scheme, rest)) = address.split_once("://") else {
        return all;
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let usual = if scheme == "http" { "80" } else { "443" };
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => {
            all.push(format!("{scheme}://{name}{path}"));
        }
        _ => all.push(format!("{scheme}://{host}:{usual}{path}")),
    }
    all
}
