//! Signing, for our own tools and outgoing webhooks.

use std::fmt::Write as _;

use pop_core::moment::Moment;

use super::{FIELDS, KeyFault, MAX_SIGNATURES, SigningKey, is_delivery_id, signed_text};

/// Why a delivery cannot be signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SigningFault {
    /// The id is not 8 to 64 of `A-Z a-z 0-9 _ -`.
    #[error("a delivery id has 8 to 64 of A-Z a-z 0-9 _ -")]
    Id,
    /// No key, or more than a receiver looks at.
    #[error("a delivery is signed with one to four keys")]
    Keys,
    /// The time lies before 1970.
    #[error("the time lies before 1970")]
    Time,
}

/// The header fields of a signed delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// `webhook-id`.
    pub id: String,
    /// `webhook-timestamp`.
    pub timestamp: String,
    /// `webhook-signature`.
    pub signature: String,
}

impl Signed {
    /// Names and values of the three header fields.
    pub fn fields(&self) -> [(&'static str, &str); 3] {
        let [id, timestamp, signature] = FIELDS;
        [
            (id, &self.id),
            (timestamp, &self.timestamp),
            (signature, &self.signature),
        ]
    }
}

/// Signs a body with every given key; a receiver needs to know only one of them.
pub fn sign(
    keys: &[SigningKey],
    id: &str,
    at: Moment,
    body: &[u8],
) -> Result<Signed, SigningFault> {
    if keys.is_empty() || keys.len() > MAX_SIGNATURES {
        return Err(SigningFault::Keys);
    }
    if !is_delivery_id(id) {
        return Err(SigningFault::Id);
    }
    if at.seconds() < 0 {
        return Err(SigningFault::Time);
    }
    let timestamp = at.seconds().to_string();
    let text = signed_text(id, &timestamp, body);
    let signatures: Vec<_> = keys.iter().map(|key| key.signature(&text)).collect();
    Ok(Signed {
        id: id.to_owned(),
        timestamp,
        signature: signatures.join(" "),
    })
}

/// Makes an id for a new delivery.
pub fn new_delivery_id() -> Result<String, KeyFault> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|_| KeyFault::NoRandomness)?;
    Ok(bytes.iter().fold("msg_".to_owned(), |mut id, byte| {
        // Writing into a string cannot fail.
        let _ = write!(id, "{byte:02x}");
        id
    }))
}
