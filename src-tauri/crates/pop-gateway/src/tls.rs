//! TLS: our certificate by file, and the broker's by the trust store of the system or a file.

use std::sync::Arc;

use pop_core::secret::Secret;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use rustls_platform_verifier::BuilderVerifierExt as _;

fn provider() -> Arc<rustls::crypto::CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

/// The listener's TLS from a certificate chain and its key, both in PEM.
pub(crate) fn server(chain: &[u8], key: &Secret) -> Result<Arc<ServerConfig>, &'static str> {
    let chain = certificates(chain)?;
    let pem = key.expose("the key of our own certificate");
    let key = PrivateKeyDer::from_pem_slice(pem.as_bytes())
        .map_err(|_| "a certificate whose key is a private key in PEM")?;
    let mut config = ServerConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(|_| "a certificate for TLS 1.2 or later")?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(|_| "a certificate chain that belongs to the key")?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

/// The TLS towards the broker; without authorities, the system's trust store decides.
pub(crate) fn client(authorities: Option<&[u8]>) -> Result<Arc<ClientConfig>, &'static str> {
    let builder = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(|_| "TLS 1.2 or later")?;
    let builder = match authorities {
        None => builder
            .with_platform_verifier()
            .map_err(|_| "a file in PEM, because this system has no trust store")?,
        Some(pem) => {
            let mut roots = RootCertStore::empty();
            for certificate in certificates(pem)? {
                roots
                    .add(certificate)
                    .map_err(|_| "certificates of authorities in PEM")?;
            }
            builder.with_root_certificates(roots)
        }
    };
    Ok(Arc::new(builder.with_no_client_auth()))
}

fn certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, &'static str> {
    let certificates: Vec<_> = CertificateDer::pem_slice_iter(pem)
        .collect::<Result<_, _>>()
        .map_err(|_| "certificates in PEM")?;
    if certificates.is_empty() {
        return Err("certificates in PEM");
    }
    Ok(certificates)
}
