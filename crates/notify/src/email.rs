//! Sends mail by SMTP.

use std::time::Duration;

use evenkeel_model::EmailReceiver;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, CertificateStore, Identity, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use tokio::time::Instant;

use crate::address::Allowed;
use crate::content::Content;
use crate::failure::Failure;
use crate::http_client::Deadline;
use crate::scrub::Scrub;
use crate::stream::{Dialer, said};
use crate::{letter, secrets};

/// The port on which TLS comes first.
const IMPLICIT_TLS: u16 = 465;

/// Sends one message to all addresses of a receiver in one transaction.
pub(crate) async fn send(
    to: &EmailReceiver,
    content: &Content,
    external_url: &str,
    dialer: &Dialer,
    deadline: Deadline,
) -> Result<(), Failure> {
    let letter = letter::write(to, content, external_url)?;
    carry(to, &letter, dialer, deadline, content.scrub()).await
}

/// Hands a mail that is written already to the receiver's server.
pub(crate) async fn carry(
    to: &EmailReceiver,
    letter: &lettre::Message,
    dialer: &Dialer,
    deadline: Deadline,
    scrub: Scrub,
) -> Result<(), Failure> {
    let mut server = Server::connect(to, dialer, deadline, scrub).await?;
    server.log_in(to).await?;
    let sent = server.connection.send(letter.envelope(), &letter.formatted()).await;
    sent.map_err(|error| server.failure("not taken", &error))?;
    // The mail is taken; a server that dawdles over the farewell changes nothing.
    let _ = tokio::time::timeout(FAREWELL_FOR, server.connection.quit()).await;
    Ok(())
}

const FAREWELL_FOR: Duration = Duration::from_millis(500);

struct Server {
    connection: AsyncSmtpConnection,
    place: String,
    loopback: bool,
    scrub: Scrub,
}

impl Server {
    /// Connects to a checked address and makes the connection as safe as is demanded.
    async fn connect(to: &EmailReceiver, dialer: &Dialer, deadline: Deadline, scrub: Scrub) -> Result<Self, Failure> {
        let place = format!("{}:{}", to.smarthost, to.port);
        let hello = ClientId::Domain(to.hello.as_deref().unwrap_or("localhost").to_owned());
        let addresses = dialer.guard.resolve(&to.smarthost, to.port, Allowed::Literal).await?;
        let tls = if to.port == IMPLICIT_TLS || to.require_tls { Some(tls(to).await?) } else { None };
        let first = tls.clone().filter(|_| to.port == IMPLICIT_TLS);
        let left = deadline.at.saturating_duration_since(Instant::now());
        let opened = AsyncSmtpConnection::connect_tokio1(&*addresses, Some(left), &hello, first, None).await;
        let connection = opened.map_err(|error| failure(&place, "no connection", &error, &scrub))?;
        let loopback = addresses.iter().all(|address| address.ip().is_loopback());
        let mut server = Self { connection, place, loopback, scrub };
        match tls {
            Some(tls) if to.port != IMPLICIT_TLS => {
                if !server.connection.can_starttls() {
                    let place = &server.place;
                    return Err(Failure::lasting(format!("{place}: STARTTLS is required and not offered")));
                }
                let upgraded = server.connection.starttls(tls, &hello).await;
                upgraded.map_err(|error| server.failure("STARTTLS", &error))?;
            }
            Some(_) | None => {}
        }
        Ok(server)
    }

    async fn log_in(&mut self, to: &EmailReceiver) -> Result<(), Failure> {
        let (Some(username), Some(password)) = (&to.auth_username, &to.auth_password) else { return Ok(()) };
        if !self.connection.is_encrypted() && !self.loopback {
            let place = &self.place;
            return Err(Failure::lasting(format!("{place}: the password is not sent without TLS")));
        }
        let password = secrets::read(password).await?;
        self.scrub.add(&password);
        let credentials = Credentials::new(username.to_string(), password);
        let done = self.connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials).await;
        done.map(drop).map_err(|error| self.failure("login", &error))
    }

    fn failure(&self, what: &str, error: &lettre::transport::smtp::Error) -> Failure {
        failure(&self.place, what, error, &self.scrub)
    }
}

/// 5xx is for good; 4xx, TLS and the network may be mended.
fn failure(place: &str, what: &str, error: &lettre::transport::smtp::Error, scrub: &Scrub) -> Failure {
    use std::error::Error as _;
    let source = error.source();
    let io = source.and_then(|source| source.downcast_ref::<std::io::Error>());
    let detail = match (error.status(), io) {
        (Some(code), _) => {
            let text = source.map(|source| scrub.clean(source.to_string().as_bytes())).unwrap_or_default();
            format!("{code} {text}").trim_end().to_owned()
        }
        (None, Some(io)) => said(io),
        (None, None) => scrub.clean(source.map_or_else(|| error.to_string(), ToString::to_string).as_bytes()),
    };
    let reason = format!("{place}: {what}: {detail}");
    if error.is_permanent() || error.is_client() { Failure::lasting(reason) } else { Failure::passing(reason) }
}

/// TLS as configured; certificates are read each time, which is nothing beside an SMTP conversation.
async fn tls(to: &EmailReceiver) -> Result<TlsParameters, Failure> {
    let (options, host) = (to.tls.clone(), to.smarthost.to_string());
    let built = tokio::task::spawn_blocking(move || -> Result<TlsParameters, String> {
        let name = options.server_name.as_deref().map_or(host, str::to_owned);
        let mut builder = TlsParameters::builder(name).dangerous_accept_invalid_certs(options.insecure_skip_verify);
        let read = |path: &str| std::fs::read(path).map_err(|error| format!("`{path}`: {}", said(&error)));
        if let Some(path) = &options.ca_file {
            let authority = Certificate::from_pem(&read(path)?).map_err(|error| format!("`{path}`: {error}"))?;
            builder = builder.certificate_store(CertificateStore::None).add_root_certificate(authority);
        }
        if let (Some(cert), Some(key)) = (&options.cert_file, &options.key_file) {
            let identity =
                Identity::from_pem(&read(cert)?, &read(key)?).map_err(|error| format!("`{cert}`: {error}"))?;
            builder = builder.identify_with(identity);
        }
        builder.build_rustls().map_err(|error| error.to_string())
    });
    let built = built.await.unwrap_or_else(|_| Err("reading certificates broke off".to_owned()));
    built.map_err(|reason| Failure::passing(format!("TLS: {reason}")))
}
