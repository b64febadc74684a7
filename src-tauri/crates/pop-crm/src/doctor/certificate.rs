//! What a server shows of itself in TLS: kept whether it is trusted or not, so that it can be named.
//!
//! Whether it is trusted decides the platform alone; this only listens.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use pop_core::clock::Clock;
use pop_core::doctor::Cause;
use pop_core::fault::FaultKind;
use pop_core::http::HttpFault;
use pop_core::moment::Moment;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, SignatureScheme};
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::{FromDer as _, X509Certificate, X509Name};

use crate::run::error::printable;

/// What the server showed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shown {
    pub(crate) issuer: String,
    pub(crate) names: Vec<String>,
    pub(crate) from: Option<Moment>,
    pub(crate) until: Option<Moment>,
    pub(crate) self_signed: bool,
}

impl Shown {
    fn read(der: &CertificateDer<'_>) -> Option<Self> {
        let (_, certificate) = X509Certificate::from_der(der).ok()?;
        let names = certificate.subject_alternative_name().ok().flatten();
        let names = names.map(|names| names.value.general_names.iter());
        let names = names.into_iter().flatten().filter_map(|name| {
            if let GeneralName::DNSName(name) = name {
                Some(printable(name))
            } else {
                None
            }
        });
        let validity = certificate.validity();
        let moment = |seconds: i64| Moment::from_millis(seconds.saturating_mul(1_000));
        Some(Self {
            issuer: called(certificate.issuer()),
            names: names.collect(),
            from: Some(moment(validity.not_before.timestamp())),
            until: Some(moment(validity.not_after.timestamp())),
            self_signed: certificate.issuer() == certificate.subject(),
        })
    }
}

fn called(name: &X509Name<'_>) -> String {
    let common = name.iter_common_name().next();
    let named = common.or_else(|| name.iter_organization().next());
    let text = named.and_then(|named| named.as_str().ok());
    text.map_or_else(|| printable(&name.to_string()), printable)
}

/// Asks whoever decides, by this computer's clock, and keeps what was shown.
pub(crate) struct Listening {
    trust: Arc<dyn ServerCertVerifier>,
    clock: Arc<dyn Clock>,
    shown: Mutex<Option<Shown>>,
}

impl std::fmt::Debug for Listening {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Listening").finish_non_exhaustive()
    }
}

impl Listening {
    pub(crate) fn new(trust: Arc<dyn ServerCertVerifier>, clock: Arc<dyn Clock>) -> Self {
        Self {
            trust,
            clock,
            shown: Mutex::default(),
        }
    }

    pub(crate) fn shown(&self) -> Shown {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        shown.clone().unwrap_or_default()
    }
}

impl ServerCertVerifier for Listening {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = Shown::read(leaf);
        let now = u64::try_from(self.clock.now().seconds()).unwrap_or_default();
        let now = UnixTime::since_unix_epoch(Duration::from_secs(now));
        self.trust
            .verify_server_cert(leaf, between, name, ocsp, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.trust.verify_tls12_signature(message, leaf, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.trust.verify_tls13_signature(message, leaf, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.trust.supported_verify_schemes()
    }
}

/// Why TLS was not agreed.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "another crate's list, which may grow"
)]
pub(crate) fn cause(error: &std::io::Error, shown: &Shown, now: Moment) -> Cause {
    use CertificateError as Why;
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref());
    let Some(inner) = inner else {
        return Cause::Fault(FaultKind::Network(HttpFault::Cut));
    };
    let why = match inner {
        rustls::Error::InvalidCertificate(why) => why,
        // The bytes are no record of TLS.
        rustls::Error::InvalidMessage(_) => return Cause::NotTls,
        _ => return Cause::Fault(FaultKind::Network(HttpFault::Tls)),
    };
    match why {
        Why::UnknownIssuer | Why::BadSignature => Cause::CertificateUntrusted {
            issuer: shown.issuer.clone(),
        },
        Why::NotValidForName | Why::NotValidForNameContext { .. } => Cause::CertificateName {
            name: shown.names.first().cloned().unwrap_or_default(),
        },
        Why::Expired | Why::ExpiredContext { .. } => Cause::CertificateExpired,
        // Nobody puts up a certificate before its time: it is this computer that lives in the past.
        Why::NotValidYet | Why::NotValidYetContext { .. } => Cause::ClockOff {
            seconds: shown.from.unwrap_or(now).since(now).as_secs(),
        },
        _ => Cause::CertificateUnfit,
    }
}
