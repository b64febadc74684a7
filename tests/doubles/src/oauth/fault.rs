//! Why no token is given. The words of RFC 6749; a vendor may have its own.

use serde_json::{Value, json};

/// Why no token is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenFault {
    /// The request is not sent as a form.
    ContentType,
    /// A grant that is not offered.
    UnsupportedGrant,
    /// No such client.
    WrongClient,
    /// Not this client's secret.
    WrongSecret,
    /// This client must show its secret.
    SecretMissing,
    /// A code that was never given out.
    WrongCode,
    /// A code that was exchanged before.
    UsedCode,
    /// Not the redirect address the code was sent to.
    WrongRedirect,
    /// Not the verifier behind the challenge.
    WrongVerifier,
    /// A refresh token that was never given out, was used up, revoked, or whose time is over.
    WrongRefreshToken,
    /// The vendor wants to see the person again.
    SignInNeeded,
}

impl TokenFault {
    /// The status that RFC 6749 gives it.
    pub fn status(self) -> u16 {
        match self {
            Self::WrongClient | Self::WrongSecret | Self::SecretMissing => 401,
            Self::ContentType
            | Self::UnsupportedGrant
            | Self::WrongCode
            | Self::UsedCode
            | Self::WrongRedirect
            | Self::WrongVerifier
            | Self::WrongRefreshToken
            | Self::SignInNeeded => 400,
        }
    }

    /// The error word of RFC 6749.
    pub fn error(self) -> &'static str {
        match self {
            Self::ContentType => "invalid_request",
            Self::UnsupportedGrant => "unsupported_grant_type",
            Self::WrongClient | Self::WrongSecret | Self::SecretMissing => "invalid_client",
            Self::WrongCode
            | Self::UsedCode
            | Self::WrongRedirect
            | Self::WrongVerifier
            | Self::WrongRefreshToken
            | Self::SignInNeeded => "invalid_grant",
        }
    }

    /// What is wrong, for a reader.
    pub fn description(self) -> &'static str {
        match self {
            Self::ContentType => "the request must be form-encoded",
            Self::UnsupportedGrant => "grant type not supported",
            Self::WrongClient => "client identifier invalid",
            Self::WrongSecret => "invalid client credentials",
            Self::SecretMissing => "client secret required",
            Self::WrongCode => "invalid authorization code",
            Self::UsedCode => "authorization code has already been used",
            Self::WrongRedirect => "redirect_uri must match the authorization request",
            Self::WrongVerifier => "invalid code verifier",
            Self::WrongRefreshToken => "expired access/refresh token",
            Self::SignInNeeded => "the person must sign in again",
        }
    }

    /// The body that RFC 6749 gives it.
    pub fn body(self) -> Value {
        json!({ "error": self.error(), "error_description": self.description() })
    }
}
