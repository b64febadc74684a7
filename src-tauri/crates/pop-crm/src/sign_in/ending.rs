//! When a sign-in ends that only a person can renew, as far as anybody says so: the server of its
//! refresh token, or the token itself.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pop_core::moment::Moment;
use pop_core::secret::Secret;
use serde_json::{Map, Value};

use crate::run::connection::Connection;

/// The longest token that is looked into.
const LONGEST: usize = 16 * 1024;

/// The earliest warning: later a person has a whole week to act.
const EARLIEST: Duration = Duration::from_hours(7 * 24);

/// The latest warning: earlier a short session would always be warned of.
const LATEST: Duration = Duration::from_mins(15);

/// Names under which servers say how many seconds a refresh token is good; no standard names one.
const OF_REFRESH_TOKENS: [&str; 2] = ["refresh_token_expires_in", "refresh_expires_in"];

/// From when to when a sign-in is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ending {
    /// Since when.
    pub since: Moment,
    /// Until when.
    pub at: Moment,
}

impl Ending {
    /// Whether a person should be told: for the last tenth of its life, within a quarter of an hour
    /// and a week before the end.
    pub fn is_near(&self, now: Moment) -> bool {
        let ahead = (self.at.since(self.since) / 10).clamp(LATEST, EARLIEST);
        now < self.at && self.at.since(now) <= ahead
    }

    /// What a JSON Web Token says of itself (RFC 7519); it is not verified, because nothing but a
    /// warning comes of it.
    pub fn of_token(token: &Secret) -> Option<Self> {
        let text = token.expose("its open part says when it ends");
        let parts: Vec<&str> = text.split('.').collect();
        let [_, claims, _] = parts.as_slice() else {
            return None;
        };
        if text.len() > LONGEST {
            return None;
        }
        let claims = URL_SAFE_NO_PAD.decode(claims).ok()?;
        let claims: Value = serde_json::from_slice(&claims).ok()?;
        let time = |key: &str| {
            let seconds = claims.get(key)?.as_u64()?;
            Some(Moment::default().after(Duration::from_secs(seconds.min(u64::from(u32::MAX)))))
        };
        let at = time("exp")?;
        Some(Self {
            since: time("iat").unwrap_or_default(),
            at,
        })
    }

    /// What the server of a refresh token says of it.
    pub(crate) fn of_refresh_token(names: &Map<String, Value>, now: Moment) -> Option<Self> {
        let mut known = OF_REFRESH_TOKENS.iter().filter_map(|name| names.get(*name));
        let said = known.next()?;
        let seconds = said
            .as_u64()
            .or_else(|| said.as_str().and_then(|text| text.parse().ok()))?;
        // Some servers say zero of a token that does not end.
        let seconds = Some(seconds).filter(|seconds| *seconds > 0)?;
        Some(Self {
            since: now,
            at: now.after(Duration::from_secs(seconds.min(u64::from(u32::MAX)))),
        })
    }
}

impl Connection {
    /// When somebody must sign in again, where that is known.
    pub fn sign_in_ends(&self) -> Option<Ending> {
        match &self.session {
            Some(session) => session.ends(),
            None => self.auth.secrets.values().find_map(Ending::of_token),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: u64) -> Moment {
        Moment::default().after(Duration::from_hours(24 * number))
    }

    fn token(claims: &str) -> Secret {
        let claims = URL_SAFE_NO_PAD.encode(claims);
        Secret::new(format!("e30.{claims}.c2ln"))
    }

    #[test]
    fn a_person_is_told_a_week_before_a_long_sign_in_ends_and_minutes_before_a_short_one() {
        let year = Ending {
            since: day(0),
            at: day(365),
        };
        assert!(!year.is_near(day(357)));
        assert!(year.is_near(day(358)));
        assert!(
            !year.is_near(day(365)),
            "what is over is no warning any more"
        );
        let minutes = |number| day(0).after(Duration::from_mins(number));
        let shift = Ending {
            since: minutes(0),
            at: minutes(120),
        };
        assert!(!shift.is_near(minutes(104)));
        assert!(shift.is_near(minutes(105)));
    }

    #[test]
    fn a_token_says_its_end_and_anything_else_says_nothing() {
        let ends = Ending::of_token(&token(r#"{"iat":86400,"exp":172800}"#));
        assert_eq!(
            ends,
            Some(Ending {
                since: day(1),
                at: day(2)
            })
        );
        for other in ["{}", r#"{"exp":"soon"}"#, "no json"] {
            assert_eq!(Ending::of_token(&token(other)), None, "{other}");
        }
        let plain = Secret::new("pat-na1-1234.5678".to_owned());
        assert_eq!(Ending::of_token(&plain), None);
    }

    #[test]
    fn the_server_of_a_refresh_token_says_its_end() {
        let says = |json: &str| serde_json::from_str::<Map<String, Value>>(json).expect("names");
        let of = |json: &str| Ending::of_refresh_token(&says(json), day(1)).map(|it| it.at);
        assert_eq!(of(r#"{"refresh_expires_in":86400}"#), Some(day(2)));
        assert_eq!(of(r#"{"refresh_token_expires_in":"86400"}"#), Some(day(2)));
        assert_eq!(of(r#"{"refresh_expires_in":0}"#), None, "it does not end");
        assert_eq!(of("{}"), None);
    }
}
