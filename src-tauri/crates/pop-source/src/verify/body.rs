//! Signatures over a time and the body.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pop_core::moment::Moment;
use ring::hmac::HMAC_SHA256;

use super::shared::Shared;
use super::{Refused, near, once};
use crate::delivery::Delivery;

/// `x-zm-signature: v0=<hex of HMAC-SHA256 over v0:{time}:{body}>`.
pub(super) fn zoom(
    secrets: &Shared,
    delivery: &Delivery<'_>,
    window: Duration,
) -> Result<(), Refused> {
    const SIGNATURE: &str = "x-zm-signature";
    const TIME: &str = "x-zm-request-timestamp";
    let malformed = |name: &str| Refused::Malformed(name.to_owned());
    let tag = once(delivery, SIGNATURE)?;
    let time = once(delivery, TIME)?;
    let tag = tag
        .strip_prefix("v0=")
        .and_then(unhex)
        .ok_or_else(|| malformed(SIGNATURE))?;
    let digits = (1..=12).contains(&time.len()) && time.bytes().all(|byte| byte.is_ascii_digit());
    let seconds: i64 = time
        .parse()
        .ok()
        .filter(|_| digits)
        .ok_or_else(|| malformed(TIME))?;
    near(
        Moment::from_millis(seconds.saturating_mul(1_000)),
        delivery.received,
        window,
    )?;
    let text = [b"v0:", time.as_bytes(), b":", delivery.body].concat();
    secrets
        .made(HMAC_SHA256, &text, &tag)
        .then_some(())
        .ok_or(Refused::NoMatch)
}

/// `X-Zendesk-Webhook-Signature: <base64 of HMAC-SHA256 over {time}{body}>`.
pub(super) fn zendesk(
    secrets: &Shared,
    delivery: &Delivery<'_>,
    window: Duration,
) -> Result<(), Refused> {
    const SIGNATURE: &str = "x-zendesk-webhook-signature";
    const TIME: &str = "x-zendesk-webhook-signature-timestamp";
    let malformed = |name: &str| Refused::Malformed(name.to_owned());
    let tag = once(delivery, SIGNATURE)?;
    let time = once(delivery, TIME)?;
    let tag = STANDARD.decode(tag).map_err(|_| malformed(SIGNATURE))?;
    let signed = Moment::parse(time).ok_or_else(|| malformed(TIME))?;
    near(signed, delivery.received, window)?;
    let text = [time.as_bytes(), delivery.body].concat();
    secrets
        .made(HMAC_SHA256, &text, &tag)
        .then_some(())
        .ok_or(Refused::NoMatch)
}

/// The bytes behind lower-case or upper-case hex digits.
pub(super) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: &u8| {
        char::from(*byte)
            .to_digit(16)
            .and_then(|digit| u8::try_from(digit).ok())
    };
    if !text.len().is_multiple_of(2) {
        return None;
    }
    text.as_bytes()
        .chunks_exact(2)
        .map(|pair| match pair {
            [high, low] => Some(digit(high)? << 4 | digit(low)?),
            _ => None,
        })
        .collect()
}
