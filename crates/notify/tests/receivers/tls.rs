//! HTTPS: whom is trusted, and what the options change.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use evenkeel_model::{HttpOptions, Integration, SecretRef, TlsOptions};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::{AMPLE, notice, sender, shown, webhook_with};

pub(crate) struct Authority(pub(crate) CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    pub(crate) fn issue(&self, name: &str) -> (rcgen::Certificate, KeyPair) {
        let key = KeyPair::generate().unwrap();
        (CertificateParams::new(vec![name.to_owned()]).unwrap().signed_by(&key, &self.0).unwrap(), key)
    }
}

/// The server's side of TLS with a certificate for `name`.
pub(crate) fn acceptor(authority: &Authority, name: &str, clients_too: bool) -> TlsAcceptor {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = ServerConfig::builder_with_provider(Arc::clone(&provider));
    let builder = builder.with_safe_default_protocol_versions().unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(authority.0.der().clone()).unwrap();
    let builder = if clients_too {
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build().unwrap();
        builder.with_client_cert_verifier(verifier)
    } else {
        builder.with_no_client_auth()
    };
    let (certificate, key) = authority.issue(name);
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    TlsAcceptor::from(Arc::new(builder.with_single_cert(vec![certificate.der().clone()], key).unwrap()))
}

/// Answers 200 to whatever comes over TLS.
async fn server(authority: &Authority, name: &str, clients_too: bool) -> u16 {
    let acceptor = acceptor(authority, name, clients_too);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        loop {
            let (tcp, _) = listener.accept().await.unwrap();
            let Ok(mut stream) = acceptor.accept(tcp).await else { continue };
            let mut buffer = vec![0; 65_536];
            let _ = stream.read(&mut buffer).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
            let _ = stream.shutdown().await;
        }
    });
    port
}

fn https(port: u16, tls: TlsOptions) -> Integration {
    let url = SecretRef::inline(format!("https://127.0.0.1:{port}/"));
    webhook_with(url, HttpOptions { tls, ..HttpOptions::default() })
}

pub(crate) fn file(folder: &Path, name: &str, content: &str) -> Option<Box<str>> {
    std::fs::write(folder.join(name), content).unwrap();
    Some(folder.join(name).to_str().unwrap().into())
}

async fn send(port: u16, tls: TlsOptions) -> String {
    shown(&sender().send(&https(port, tls), &notice(), AMPLE).await, &[port])
}

#[tokio::test]
async fn only_a_trusted_certificate_for_the_right_name_is_taken() {
    let (folder, authority) = (tempfile::tempdir().unwrap(), Authority::new());
    let ca_file = file(folder.path(), "ca.pem", &authority.0.pem());
    let trusting = TlsOptions { ca_file, ..TlsOptions::default() };
    let port = server(&authority, "127.0.0.1", false).await;
    assert_eq!(send(port, trusting.clone()).await, "delivered");
    let stranger = send(port, TlsOptions::default()).await;
    assert!(stranger.starts_with("retry: 127.0.0.1:P0: "), "{stranger}");
    assert_eq!(send(port, TlsOptions { insecure_skip_verify: true, ..TlsOptions::default() }).await, "delivered");

    let port = server(&authority, "hooks.example", false).await;
    let misnamed = send(port, trusting.clone()).await;
    assert!(misnamed.starts_with("retry: 127.0.0.1:P0: TLS: invalid peer certificate"), "{misnamed}");
    let named = TlsOptions { server_name: Some("hooks.example".into()), ..trusting };
    assert_eq!(send(port, named).await, "delivered");
}

#[tokio::test]
async fn a_client_certificate_is_shown_where_it_is_configured() {
    let (folder, authority) = (tempfile::tempdir().unwrap(), Authority::new());
    let port = server(&authority, "127.0.0.1", true).await;
    let ca_file = file(folder.path(), "ca.pem", &authority.0.pem());
    let (certificate, key) = authority.issue("client");
    let cert_file = file(folder.path(), "cert.pem", &certificate.pem());
    let key_file = file(folder.path(), "key.pem", &key.serialize_pem());
    let anonymous = TlsOptions { ca_file, ..TlsOptions::default() };
    let refused = send(port, anonymous.clone()).await;
    assert!(refused.starts_with("retry, may have arrived: 127.0.0.1:P0: "), "{refused}");
    assert_eq!(send(port, TlsOptions { cert_file, key_file, ..anonymous.clone() }).await, "delivered");
    let missing = TlsOptions { ca_file: Some("/nonexistent/ca.pem".into()), ..anonymous };
    let unread = send(port, missing).await;
    assert!(unread.starts_with("retry: 127.0.0.1:P0: certificate file `/nonexistent/ca.pem`: "), "{unread}");
}

#[tokio::test]
async fn what_is_no_tls_is_said() {
    let sink = crate::sink::Sink::always(crate::sink::answer("200 OK", "", "")).await;
    let insecure = TlsOptions { insecure_skip_verify: true, ..TlsOptions::default() };
    let soon = Duration::from_millis(200);
    let outcome = shown(&sender().send(&https(sink.port, insecure), &notice(), soon).await, &[sink.port]);
    assert_eq!(outcome, "retry, may have arrived: 127.0.0.1:P0: no agreement on TLS within 200ms");
}
