//! Why a stream of events does not flow, each cause by its own name, with its words for people.
//!
//! A stream is what a source holds open to hear of interactions: the broker behind a gateway, or a
//! platform's own. Where it is opened is `pop-source`'s business; what is wrong with a CRM is in
//! `fault.rs`.

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
    pub fn words(self) -> Words {
        let cause = self.cause();
        Words {
            title: cause.title.to_owned(),
            text: cause.text.to_owned(),
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
    title: &'static str,
    text: &'static str,
    remedy: Remedy,
    needs_somebody: bool,
}

/// Stands for a cause that the table has not; a test shows that there is none.
const UNNAMED: Cause = Cause {
    fault: StreamFault::Protocol,
    slug: "unnamed",
    title: "Nothing is heard from the gateway",
    text: "Give this to your administrator.",
    remedy: Remedy::TellAdmin,
    needs_somebody: false,
};

/// Every cause, in the order of [`StreamFault`].
const CAUSES: [Cause; 27] = [
    Cause {
        fault: StreamFault::Dns,
        slug: "dns",
        title: "The broker's name is not found",
        text: "This computer may be offline, or outside the company network. Check the \
               connection; if other pages load, tell your administrator.",
        remedy: Remedy::Retry,
        needs_somebody: false,
    },
    Cause {
        fault: StreamFault::Refused,
        slug: "refused",
        title: "Nothing answers at the broker's address",
        text: "The broker may be down or restarting. Screenpop tries again by itself.",
        remedy: Remedy::Retry,
        needs_somebody: false,
    },
    Cause {
        fault: StreamFault::Silence,
        slug: "silence",
        title: "The broker does not answer",
        text: "The network may be down, or a firewall drops the connection. Screenpop tries \
               again by itself; if it stays, tell your administrator.",
        remedy: Remedy::Retry,
        needs_somebody: false,
    },
    Cause {
        fault: StreamFault::Cut,
        slug: "cut",
        title: "The connection to the broker broke",
        text: "Screenpop connects again by itself. What came meanwhile is delivered then.",
        remedy: Remedy::Retry,
        needs_somebody: false,
    },
    Cause {
        fault: StreamFault::CertificateUntrusted,
        slug: "certificate_untrusted",
        title: "The broker's certificate is not trusted",
        text: "It is not from an authority that this computer knows. Your administrator can \
               install the authority on this computer.",
        remedy: Remedy::TellAdmin,
        needs_somebody: false,
    },
    Cause {
        fault: StreamFault::CertificateName,
        slug: "certificate_name",
        title: "The broker's certificate is for another name",
        text: "The address in the settings and the certificate do not belong together. Give \
               this to your administrator.",
        remedy: Remedy::TellAdmin,
        needs_somebody: false,
    },
    Cause {
        fault: StreamFault::CertificateTime,
        slug: "certificate_time",
        title: "The broker's certificate is not valid today",
        text: "It is over or not valid yet. Check the date of this computer; if it is right, \
               tell your administrator.",
        remedy: Remedy::TellAdmin,
        needs_somebody: false,
    },
    Cause {
        fault: StreamFault::CertificateUnfit,
        slug: "certificate_unfit",
        title: "The broker's certificate cannot be used",
        text: "It was withdrawn or is not meant for a server. Give this to your administrator.",
        remedy: Remedy::TellAdmin,
        needs_somebody: false,
    },
    Cause {
        fault: StreamFault::Tls,
        slug: "tls",
        title: "No secure connection to the broker",
        text: "The server there does not speak TLS, or none that is safe. The port may be \
               wrong; give this to your administrator.",
        remedy: Remedy::TellAdmin,
        needs_somebody: false,
    },
    Cause {
        fault: StreamFault::ProxyUnreachable,
        slug: "proxy_unreachable",
        title: "The proxy is not reached",
        text: "The computer may be outside the company network, or the proxy's address is wrong.",
        remedy: Remedy::Retry,
        needs_somebody: false,
    },
    Cause {
        fault: StreamFault::ProxySignIn,
        slug: "proxy_sign_in",
        title: "The proxy wants a name and a password",
        text: "It did not take the ones in the proxy's settings, or there are none. Your \
               administrator can set them.",
        remedy: Remedy::TellAdmin,
        needs_somebody: true,
    },
    Cause {
        fault: StreamFault::ProxyScheme,
        slug: "proxy_scheme",
        title: "The proxy wants a sign-in that Screenpop does not speak",
        text: "It asks for Negotiate, NTLM or Kerberos. Your administrator can let the broker's \
               address pass without it, or with Basic.",
        remedy: Remedy::TellAdmin,
        needs_somebody: true,
    },
    Cause {
        fault: StreamFault::ProxyRefused,
        slug: "proxy_refused",
        title: "The proxy does not let the connection through",
        text: "The broker's address or port may not be allowed there. Give this to your \
               administrator.",
        remedy: Remedy::TellAdmin,
        needs_somebody: false,
    },
    Cause {
        fault: StreamFault::WebSocket,
        slug: "websocket",
        title: "The server is no broker",
        text: "It answers, but not as MQTT over WebSocket. The address or its path may be \
               wrong; give this to your administrator.",
        remedy: Remedy::TellAdmin,
        needs_somebody: false,
    },
    Cause {
        fault: StreamFault::Version,
        slug: "mqtt_version",
        title: "The broker is too old",
        text: "It does not speak MQTT 5. Give this to your administrator.",
        remedy: Remedy::TellAdmin,
        needs_somebody: true,
    },
    Cause {
        fault: StreamFault::NotAuthorised,
        slug: "not_authorised",
        title: "The broker does not take this sign-in",
        text: "It may be over, or the device was removed. Sign in to the gateway again.",
        remedy: Remedy::SignIn,
        needs_somebody: true,
    },
    Cause {
        fault: StreamFault::ClientId,
        slug: "client_id",
        title: "The broker does not take this device's name",
        text: "The client id does not belong to this sign-in. Sign in to the gateway again; if \
               it stays, tell your administrator.",
        remedy: Remedy::SignIn,
        needs_somebody: true,
    },
    Cause {
        fault: StreamFault::Banned,
        slug: "banned",
        title: "The broker has banned this device",
        text: "Ask your administrator to let it in again.",
        remedy: Remedy::TellAdmin,
        needs_somebody: true,
    },
    Cause {
        fault: StreamFault::TakenOver,
        slug: "taken_over",
        title: "Another program is signed in as this device",
        text: "The profile may have been copied to another computer. Close Screenpop there, or \
               sign in to the gateway again here.",
        remedy: Remedy::SignIn,
        needs_somebody: true,
    },
    Cause {
        fault: StreamFault::TopicRefused,
        slug: "topic_refused",
        title: "The broker does not let this device hear its interactions",
        text: "Its rights do not fit its topics. Give this to your administrator.",
        remedy: Remedy::TellAdmin,
        needs_somebody: true,
    },
    Cause {
        fault: StreamFault::Busy,
        slug: "busy",
        title: "The broker is busy or restarting",
        text: "Screenpop tries again by itself.",
        remedy: Remedy::Retry,
        needs_somebody: false,
    },
    Cause {
        fault: StreamFault::Protocol,
        slug: "protocol",
        title: "The broker's answer was not understood",
        text: "It does not keep to MQTT 5. Give this to your administrator.",
        remedy: Remedy::TellAdmin,
        needs_somebody: false,
    },
    Cause {
        fault: StreamFault::NotKept,
        slug: "not_kept",
        title: "An event could not be kept",
        text: "The disk may be full. Make room; the broker delivers the event again.",
        remedy: Remedy::Retry,
        needs_somebody: false,
    },
    Cause {
        fault: StreamFault::SignInNeeded,
        slug: "sign_in_needed",
        title: "Nobody is signed in to the gateway",
        text: "Sign in to hear of interactions.",
        remedy: Remedy::SignIn,
        needs_somebody: true,
    },
    Cause {
        fault: StreamFault::KeychainLocked,
        slug: "keychain_locked",
        title: "The keychain is locked",
        text: "The sign-in to the gateway lies there. Unlock it; Screenpop goes on by itself.",
        remedy: Remedy::Retry,
        needs_somebody: true,
    },
    Cause {
        fault: StreamFault::SignedOut,
        slug: "signed_out",
        title: "The gateway has signed this device out",
        text: "Sign in again to hear of interactions.",
        remedy: Remedy::SignIn,
        needs_somebody: true,
    },
    Cause {
        fault: StreamFault::Settings,
        slug: "settings",
        title: "The settings of the gateway do not fit",
        text: "An address is missing or is none of mqtts:// and wss://. Give this to your \
               administrator.",
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
            assert!(cause.text.ends_with('.'), "{}: {}", cause.slug, cause.text);
            for other in CAUSES.iter().skip(at + 1) {
                assert_ne!(cause.slug, other.slug, "codes tell causes apart");
                assert_ne!(cause.title, other.title, "so do titles");
            }
        }
        let last = StreamFault::Settings as usize;
        assert_eq!(CAUSES.len(), last + 1, "nothing comes after the last");
    }
}
