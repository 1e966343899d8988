//! TLS settings, made once per set of options.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use evenkeel_model::TlsOptions;
use rustls::ClientConfig;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use tokio::time::Instant;

/// The settings made so far.
#[derive(Debug, Default)]
pub(crate) struct TlsSettings {
    made: Mutex<Vec<(TlsOptions, Instant, Arc<ClientConfig>)>>,
}

/// Files named in the options, and the machine's authorities, are read again after this long, so that rotating a
/// certificate needs no reload.
const FRESH_FOR: Duration = Duration::from_secs(300);

impl TlsSettings {
    /// The settings for some options; the error is a reason for people.
    pub(crate) async fn get(&self, options: &TlsOptions) -> Result<Arc<ClientConfig>, String> {
        let fresh = |made: &Instant| made.elapsed() < FRESH_FOR;
        {
            let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
            let found = made.iter().find(|(known, at, _)| known == options && fresh(at));
            if let Some((_, _, config)) = found {
                return Ok(Arc::clone(config));
            }
        }
        let wanted = options.clone();
        let built = tokio::task::spawn_blocking(move || build(&wanted)).await;
        let config = Arc::new(built.map_err(|_| "reading certificates broke off".to_owned())??);
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.retain(|(known, at, _)| known != options && fresh(at));
        made.push((options.clone(), Instant::now(), Arc::clone(&config)));
        Ok(config)
    }
}

fn build(options: &TlsOptions) -> Result<ClientConfig, String> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?;
    let builder = if options.insecure_skip_verify {
        builder.dangerous().with_custom_certificate_verifier(Arc::new(Unverified(provider)))
    } else {
        builder.with_root_certificates(roots(options)?)
    };
    let mut config = match (&options.cert_file, &options.key_file) {
        (Some(cert), Some(key)) => {
            let chain = certificates(cert)?;
            let key = PrivateKeyDer::from_pem_file(&**key).map_err(|error| format!("key file `{key}`: {error}"))?;
            builder
                .with_client_auth_cert(chain, key)
                .map_err(|error| format!("client certificate `{cert}`: {error}"))?
        }
        (None, None) => builder.with_no_client_auth(),
        (Some(_), None) | (None, Some(_)) => return Err("client certificate and key must come together".to_owned()),
    };
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

fn roots(options: &TlsOptions) -> Result<rustls::RootCertStore, String> {
    let mut store = rustls::RootCertStore::empty();
    let trusted = match &options.ca_file {
        Some(path) => certificates(path)?,
        None => rustls_native_certs::load_native_certs().certs,
    };
    let (added, _) = store.add_parsable_certificates(trusted);
    match (&options.ca_file, added) {
        (Some(path), 0) => Err(format!("ca file `{path}` holds no certificate")),
        (None, 0) => Err("this machine trusts no certificate authority".to_owned()),
        (Some(_) | None, _) => Ok(store),
    }
}

fn certificates(path: &str) -> Result<Vec<CertificateDer<'static>>, String> {
    let read = CertificateDer::pem_file_iter(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    read.map_err(|error| format!("certificate file `{path}`: {error}"))
}

/// Takes any certificate: `insecure_skip_verify`.
#[derive(Debug)]
struct Unverified(Arc<CryptoProvider>);

impl ServerCertVerifier for Unverified {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &rustls::DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, cert, signed, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &rustls::DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, cert, signed, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<rustls::SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
