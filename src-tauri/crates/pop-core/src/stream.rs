//! Why a stream of events does not flow, each cause by its own name, with its words for people.
//!
//! A stream is what a source holds open to hear of interactions: the broker behind a gateway, or a
//! platform's own. Where it is opened is `pop-source`'s business; what is wrong with a CRM is in
//! `fault.rs`.

use crate::language::Language;
use crate::words::{Remedy, Words};

/// Why nothing is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("{}", self.slug())]
pub enum StreamFault {
    /// The name has no address.
    Dns,
    /// Nothing listens there.
    Refused,
    /// No answer in time: a firewall, or no network.
    Silence,
    /// The connection broke.
    Cut,
    /// The certificate is from an authority that this computer does not trust.
    CertificateUntrusted,
    /// The certificate is for another name.
    CertificateName,
    /// The certificate is over, or not valid yet.
    CertificateTime,
    /// The certificate was withdrawn, or cannot be used for a server.
    CertificateUnfit,
    /// TLS cannot be agreed, or the server does not speak it.
    Tls,
    /// The proxy itself is not reached.
    ProxyUnreachable,
    /// The proxy wants a name and a password, or does not take the ones it got (407, Basic).
    ProxySignIn,
    /// The proxy wants a way to sign in that is not spoken here: Negotiate, NTLM, Kerberos (407).
    ProxyScheme,
    /// The proxy does not let the connection through.
    ProxyRefused,
    /// The server answers, but not as MQTT over WebSocket.
    WebSocket,
    /// The server does not speak MQTT 5.
    Version,
    /// The user name, password or token is not taken, or is over.
    NotAuthorised,
    /// The client id is not this account's.
    ClientId,
    /// The broker has banned this device.
    Banned,
    /// Another program signed in as this device.
    TakenOver,
    /// The broker does not let this device hear its own topics.
    TopicRefused,
    /// The broker is busy, full or shutting down.
    Busy,
    /// The broker broke the rules of MQTT.
    Protocol,
    /// An event could not be kept on this computer, so it was not taken.
    NotKept,
    /// Nobody is signed in.
    SignInNeeded,
    /// The sign-in lies in the keychain, which is locked.
    KeychainLocked,
    /// The gateway has ended the sign-in.
    SignedOut,
    /// The settings of the broker do not fit.
    Settings,
}

impl StreamFault {
    /// A short stable code for logs, the screen's last line and support.
    pub fn slug(self) -> &'static str {
        self.cause().slug
    }

    /// Whether trying again soon cannot help: somebody has to do something first.
    pub fn needs_somebody(self) -> bool {
        self.cause().needs_somebody
    }

    /// What to say about it.
    pub fn words(self, language: Language) -> Words {
        let cause = self.cause();
        let id = format!("stream-{}", cause.slug);
        Words {
            title: language.say(&id, &[]),
            text: language.say_of(&id, "text", &[]),
            remedy: cause.remedy,
            mild: matches!(self, Self::Cut | Self::Busy),
        }
    }

    fn cause(self) -> &'static Cause {
        let mut causes = CAUSES.iter();
        causes.find(|cause| cause.fault == self).unwrap_or(&UNNAMED)
    }
}

/// What is known of one cause.
struct Cause {
    fault: StreamFault,
    slug: &'static str,
    remedy: Remedy,
    needs_somebody: bool,
}

/// Stands for a cause that the table has not; a test shows that there is none.
const UNNAMED: Cause = Cause {
    fault: StreamFault::Protocol,
    slug: "protocol",
    remedy: Remedy::TellAdmin,
    needs_somebody: false,
};

/// Every cause, in the order of [`StreamFault`].
const CAUSES: [Cause; 27] = [
    Cause {
        fault: StreamFault::Dns,
        slug: "dns",
        remedy: Remedy::Retry,
        needs_somebody: false,
    },
    Cause {
        fault: StreamFault::Refused,
        slug: "refused",
        remedy: Remedy::Retry,
        needs_somebody: false,
    },
    Cause {
        fault: StreamFault::Silence,
        slug: "silence",
        remedy: Remedy::Retry,
        needs_somebody: false,
    },
    Cause {
        fault: StreamFault::Cut,
        slug: "cut",
        remedy: Remedy::Retry,
        needs_somebody: false,
    },
    Cause {
        fault: StreamFault::CertificateUntrusted,
        slug: "certificate_untrusted",
        remedy: Remedy::TellAdmin,
        needs_somebody: false,
    },
    Cause {
        fault: StreamFault::CertificateName,
        slug: "certificate_name",
        remedy: Remedy::TellAdmin,
        needs_somebody: false,
    },
    Cause {
        fault: StreamFault::CertificateTime,
        slug: "certificate_time",
        remedy: Remedy::TellAdmin,
        needs_somebody: false,
    },
    Cause {
        fault: StreamFault::CertificateUnfit,
        slug: "certificate_unfit",
        remedy: Remedy::TellAdmin,
        needs_somebody: false,
    },
    Cause {
        fault: StreamFault::Tls,
        slug: "tls",
        remedy: Remedy::TellAdmin,
        needs_somebody: false,
    },
    Cause {
        fault: StreamFault::ProxyUnreachable,
        slug: "proxy_unreachable",
        remedy: Remedy::Retry,
        needs_somebody: false,
    },
    Cause {
        fault: StreamFault::ProxySignIn,
        slug: "proxy_sign_in",
        remedy: Remedy::TellAdmin,
        needs_somebody: true,
    },
    Cause {
        fault: StreamFault::ProxyScheme,
        slug: "proxy_scheme",
        remedy: Remedy::TellAdmin,
        needs_somebody: true,
    },
    Cause {
        fault: StreamFault::ProxyRefused,
        slug: "proxy_refused",
        remedy: Remedy::TellAdmin,
        needs_somebody: false,
    },
    Cause {
        fault: StreamFault::WebSocket,
        slug: "websocket",
        remedy: Remedy::TellAdmin,
        needs_somebody: false,
    },
    Cause {
        fault: StreamFault::Version,
        slug: "mqtt_version",
        remedy: Remedy::TellAdmin,
        needs_somebody: true,
    },
    Cause {
        fault: StreamFault::NotAuthorised,
        slug: "not_authorised",
        remedy: Remedy::SignIn,
        needs_somebody: true,
    },
    Cause {
        fault: StreamFault::ClientId,
        slug: "client_id",
        remedy: Remedy::SignIn,
        needs_somebody: true,
    },
    Cause {
        fault: StreamFault::Banned,
        slug: "banned",
        remedy: Remedy::TellAdmin,
        needs_somebody: true,
    },
    Cause {
        fault: StreamFault::TakenOver,
        slug: "taken_over",
        remedy: Remedy::SignIn,
        needs_somebody: true,
    },
    Cause {
        fault: StreamFault::TopicRefused,
        slug: "topic_refused",
        remedy: Remedy::TellAdmin,
        needs_somebody: true,
    },
    Cause {
        fault: StreamFault::Busy,
        slug: "busy",
        remedy: Remedy::Retry,
        needs_somebody: false,
    },
    Cause {
        fault: StreamFault::Protocol,
        slug: "protocol",
        remedy: Remedy::TellAdmin,
        needs_somebody: false,
    },
    Cause {
        fault: StreamFault::NotKept,
        slug: "not_kept",
        remedy: Remedy::Retry,
        needs_somebody: false,
    },
    Cause {
        fault: StreamFault::SignInNeeded,
        slug: "sign_in_needed",
        remedy: Remedy::SignIn,
        needs_somebody: true,
    },
    Cause {
        fault: StreamFault::KeychainLocked,
        slug: "keychain_locked",
        remedy: Remedy::Retry,
        needs_somebody: true,
    },
    Cause {
        fault: StreamFault::SignedOut,
        slug: "signed_out",
        remedy: Remedy::SignIn,
        needs_somebody: true,
    },
    Cause {
        fault: StreamFault::Settings,
        slug: "settings",
        remedy: Remedy::TellAdmin,
        needs_somebody: true,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_has_a_code_and_a_title_of_its_own() {
        for (at, cause) in CAUSES.iter().enumerate() {
            assert_eq!(cause.fault as usize, at, "the table has every cause once");
            let words = cause.fault.words(Language::En);
            assert!(words.text.ends_with('.'), "{}: {}", cause.slug, words.text);
            for other in CAUSES.iter().skip(at + 1) {
                assert_ne!(cause.slug, other.slug, "codes tell causes apart");
                let other = other.fault.words(Language::En);
                assert_ne!(words.title, other.title, "so do titles");
            }
        }
        let last = StreamFault::Settings as usize;
        assert_eq!(CAUSES.len(), last + 1, "nothing comes after the last");
    }
}
