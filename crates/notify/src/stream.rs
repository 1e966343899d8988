//! A byte stream to a checked address, plain or over TLS.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use evenkeel_model::TlsOptions;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::Instant;

use crate::failure::{Fault, HttpError};
use crate::guard::Guard;
use crate::target::Target;
use crate::tls::TlsSettings;

/// What HTTP runs over.
pub(crate) trait Duplex: AsyncRead + AsyncWrite + Send + Unpin + std::fmt::Debug {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin + std::fmt::Debug> Duplex for T {}

/// How far an exchange has come, so that running out of time can be said precisely.
#[derive(Debug, Default)]
pub(crate) struct Stage(AtomicU8);

impl Stage {
    pub(crate) const LOOKUP: u8 = 0;
    pub(crate) const CONNECT: u8 = 1;
    pub(crate) const TLS: u8 = 2;
    pub(crate) const ANSWER: u8 = 3;
    pub(crate) const BODY: u8 = 4;

    pub(crate) fn reached(&self, stage: u8) {
        self.0.store(stage, Ordering::Relaxed);
    }

    /// What did not come in time.
    pub(crate) fn missing(&self) -> &'static str {
        match self.0.load(Ordering::Relaxed) {
            Self::LOOKUP => "the name did not resolve",
            Self::CONNECT => "no connection",
            Self::TLS => "no agreement on TLS",
            Self::ANSWER => "no answer",
            _ => "no complete answer",
        }
    }
}

/// Opens streams.
#[derive(Debug)]
pub(crate) struct Dialer {
    pub(crate) guard: Guard,
    pub(crate) tls: TlsSettings,
}

impl Dialer {
    /// Looks up, checks, connects and, for `https`, agrees on TLS. The caller bounds the whole; `until` divides the
    /// time between several addresses.
    pub(crate) async fn open(
        &self,
        target: &Target,
        tls: &TlsOptions,
        until: Instant,
        stage: &Stage,
    ) -> Result<Box<dyn Duplex>, HttpError> {
        stage.reached(Stage::LOOKUP);
        let addresses = self.guard.resolve(&target.host, target.port, target.allowed).await?;
        stage.reached(Stage::CONNECT);
        let tcp = connect(&addresses, until).await.map_err(|reason| target.error(Fault::Connect, reason))?;
        if !target.https {
            return Ok(Box::new(tcp));
        }
        stage.reached(Stage::TLS);
        let failed = |reason: String| target.error(Fault::Tls, reason);
        let settings = self.tls.get(tls).await.map_err(failed)?;
        let name = tls.server_name.as_deref().unwrap_or(target.host.trim_start_matches('[').trim_end_matches(']'));
        let name = ServerName::try_from(name.to_owned()).map_err(|_| failed("no name to verify".to_owned()))?;
        let connector = tokio_rustls::TlsConnector::from(settings);
        let stream = connector.connect(name, tcp).await.map_err(|error| failed(format!("TLS: {error}")))?;
        Ok(Box::new(stream))
    }
}

/// Connects to the first address that answers; each gets its share of the time left.
pub(crate) async fn connect(addresses: &[SocketAddr], until: Instant) -> Result<TcpStream, String> {
    let mut last = "the name has no address".to_owned();
    for (index, address) in addresses.iter().enumerate() {
        let left = u32::try_from(addresses.len() - index).unwrap_or(u32::MAX);
        let share = until.saturating_duration_since(Instant::now()) / left;
        match tokio::time::timeout(share, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => {
                // Without it a body after its head would wait for the acknowledgement of the head.
                let _ = stream.set_nodelay(true);
                return Ok(stream);
            }
            Ok(Err(error)) => last = said(&error),
            Err(_) => "no connection in time".clone_into(&mut last),
        }
    }
    Err(last)
}

/// What an error of the operating system means, without its number.
pub(crate) fn said(error: &std::io::Error) -> String {
    use std::io::ErrorKind as Kind;
    let known = [
        (Kind::ConnectionRefused, "connection refused"),
        (Kind::ConnectionReset, "connection reset"),
        (Kind::HostUnreachable, "host unreachable"),
        (Kind::NetworkUnreachable, "network unreachable"),
        (Kind::NotFound, "not found"),
        (Kind::PermissionDenied, "permission denied"),
        (Kind::TimedOut, "no connection in time"),
        (Kind::UnexpectedEof, "the other side closed the connection"),
    ];
    let found = known.iter().find(|(kind, _)| *kind == error.kind());
    found.map_or_else(|| error.to_string(), |(_, text)| (*text).to_owned())
}

/// Shared by whoever opens streams.
pub(crate) fn dialer() -> Arc<Dialer> {
    Arc::new(Dialer { guard: Guard::new(), tls: TlsSettings::default() })
}
