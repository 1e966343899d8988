//! Mail by SMTP against a server of ours.

use std::time::Duration;

use evenkeel_labels::LabelSet;
use evenkeel_model::{EmailReceiver, SecretRef, TlsOptions, Transport};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_rustls::TlsAcceptor;

use crate::tls::{Authority, acceptor, file};
use crate::{AMPLE, integration, notice, sender, shown};

/// An SMTP server that answers as usual, except where a rule says otherwise.
pub(crate) struct Server {
    pub(crate) port: u16,
    said: mpsc::UnboundedReceiver<String>,
}

impl Server {
    /// `rules`: beginnings of commands (or `.` for the end of the mail, `HELLO` for the greeting), and the answers.
    pub(crate) async fn start(rules: &'static [(&'static str, &'static str)]) -> Self {
        Self::with_tls(rules, None).await
    }

    async fn with_tls(rules: &'static [(&'static str, &'static str)], tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (tell, said) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, rules, tell.clone(), tls.clone()));
            }
        });
        Self { port, said }
    }

    /// Everything the client said so far, line by line.
    pub(crate) async fn until(&mut self, end: &str) -> Vec<String> {
        let mut lines = Vec::new();
        while lines.last().is_none_or(|line: &String| line != end) {
            lines.push(self.said.recv().await.unwrap());
        }
        lines
    }
}

const USUAL: [(&str, &str); 8] = [
    ("HELLO", "220 mail.example ESMTP"),
    ("EHLO", "250-mail.example\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN"),
    ("AUTH", "235 good"),
    ("MAIL", "250 ok"),
    ("RCPT", "250 ok"),
    ("DATA", "354 go on"),
    (".", "250 queued"),
    ("QUIT", "221 bye"),
];

trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

async fn serve(
    stream: TcpStream,
    rules: &[(&str, &str)],
    tell: mpsc::UnboundedSender<String>,
    mut tls: Option<TlsAcceptor>,
) -> std::io::Result<()> {
    let mut stream: BufReader<Box<dyn Duplex>> = BufReader::new(Box::new(stream));
    let reply = |line: &str| {
        let rule = rules.iter().chain(&USUAL).find(|(begin, _)| line.starts_with(begin));
        rule.map_or("500 what", |(_, reply)| *reply).to_owned()
    };
    stream.write_all(format!("{}\r\n", reply("HELLO")).as_bytes()).await?;
    let (mut line, mut in_mail) = (String::new(), false);
    while stream.read_line(&mut line).await? > 0 {
        let text = line.trim_end_matches("\r\n").to_owned();
        line.clear();
        let _ = tell.send(text.clone());
        if in_mail && text != "." {
            continue;
        }
        in_mail = text == "DATA";
        match reply(&text).as_str() {
            "hang" => std::future::pending().await,
            "close" => return Ok(()),
            answer => stream.write_all(format!("{answer}\r\n").as_bytes()).await?,
        }
        if let Some(acceptor) = tls.take_if(|_| text == "STARTTLS") {
            stream = BufReader::new(Box::new(acceptor.accept(stream.into_inner()).await?));
        }
    }
    Ok(())
}

pub(crate) fn receiver(port: u16) -> EmailReceiver {
    EmailReceiver {
        to: "dba@example.com, Night Shift <night@example.com>".into(),
        from: "Evenkeel <evenkeel@example.com>".into(),
        smarthost: "127.0.0.1".into(),
        port,
        hello: None,
        auth_username: None,
        auth_password: None,
        require_tls: false,
        tls: TlsOptions::default(),
        headers: LabelSet::default(),
        text: None,
        html: None,
    }
}

async fn send(receiver: EmailReceiver, deadline: Duration) -> String {
    let port = receiver.port;
    shown(&sender().send(&integration(Transport::Email(receiver)), &notice(), deadline).await, &[port])
}

#[tokio::test]
async fn a_mail_goes_to_all_in_one_transaction() {
    let mut server = Server::start(&[]).await;
    let mut to = receiver(server.port);
    to.headers = LabelSet::new([("X-Team", "web\r\nBcc: evil@example.com"), ("To", "other@example.com")]);
    assert_eq!(send(to, AMPLE).await, "delivered");
    let lines = server.until("QUIT").await;
    let commands: Vec<&str> = lines.iter().take(5).map(String::as_str).collect();
    let expect = [
        "EHLO localhost",
        "MAIL FROM:<evenkeel@example.com>",
        "RCPT TO:<dba@example.com>",
        "RCPT TO:<night@example.com>",
        "DATA",
    ];
    assert_eq!(commands, expect);
    let mail = lines.join("\n");
    assert!(mail.contains("\nSubject: [FIRING:1] HighLatency (page)\n"), "{mail}");
    assert!(mail.contains("\nMessage-ID: <0123456789abcdef@example.com>\n"), "{mail}");
    assert!(mail.contains("\nX-Team: web  Bcc: evil@example.com\n"), "{mail}");
    assert!(!mail.contains("other@example.com"), "{mail}");
}

#[tokio::test]
async fn the_password_goes_where_it_is_wanted() {
    let mut server = Server::start(&[]).await;
    let mut to = receiver(server.port);
    to.auth_username = Some("user".into());
    to.auth_password = Some(SecretRef::inline("pass"));
    assert_eq!(send(to, AMPLE).await, "delivered");
    assert_eq!(server.until("AUTH PLAIN AHVzZXIAcGFzcw==").await.len(), 2);
}

async fn check(rules: &'static [(&'static str, &'static str)], change: impl FnOnce(&mut EmailReceiver), expect: &str) {
    let server = Server::start(rules).await;
    let mut to = receiver(server.port);
    change(&mut to);
    assert_eq!(send(to, AMPLE).await, expect);
}

#[tokio::test]
async fn replies_say_whether_to_try_again() {
    let same = |_: &mut EmailReceiver| {};
    check(&[("RCPT", "450 4.2.0 greylisted")], same, "retry: 127.0.0.1:P0: not taken: 450 4.2.0 greylisted").await;
    check(&[("MAIL", "421 busy")], same, "retry: 127.0.0.1:P0: not taken: 421 busy").await;
    check(&[(".", "552 too large")], same, "no retry: 127.0.0.1:P0: not taken: 552 too large").await;
    check(&[("RCPT", "550 no such user")], same, "no retry: 127.0.0.1:P0: not taken: 550 no such user").await;
    check(&[("HELLO", "421 go away")], same, "retry: 127.0.0.1:P0: no connection: 421 go away").await;
    check(&[("HELLO", "554 go away")], same, "no retry: 127.0.0.1:P0: no connection: 554 go away").await;
    check(&[("DATA", "close")], same, "retry: 127.0.0.1:P0: not taken: incomplete response").await;
    check(&[("QUIT", "close")], same, "delivered").await;
    check(&[("QUIT", "hang")], same, "delivered").await;
}

#[tokio::test]
async fn what_is_demanded_and_not_offered_is_a_clear_failure() {
    let tls = |to: &mut EmailReceiver| to.require_tls = true;
    check(&[], tls, "no retry: 127.0.0.1:P0: STARTTLS is required and not offered").await;
    let refused = "retry: 127.0.0.1:P0: STARTTLS: 454 not now";
    check(&[("EHLO", "250-x\r\n250 STARTTLS"), ("STARTTLS", "454 not now")], tls, refused).await;
    let login = |to: &mut EmailReceiver| {
        to.auth_username = Some("user".into());
        to.auth_password = Some(SecretRef::inline("secret-word"));
    };
    let wrong = "no retry: 127.0.0.1:P0: login: 535 <secret> is wrong";
    check(&[("AUTH", "535 secret-word is wrong")], login, wrong).await;
    let address = |to: &mut EmailReceiver| to.to = "nobody at all".into();
    check(&[], address, "no retry: one of `to` is not a mail address").await;
    let metadata = |to: &mut EmailReceiver| (to.smarthost, to.port) = ("169.254.169.254".into(), 25);
    let expect = "no retry: 169.254.169.254:P0: not allowed: it is a link-local or metadata address";
    check(&[], metadata, expect).await;
}

#[tokio::test]
async fn nothing_but_the_greeting_goes_over_an_open_line_where_tls_is_required() {
    let (folder, authority) = (tempfile::tempdir().unwrap(), Authority::new());
    let rules = &[("STARTTLS", "220 go"), ("EHLO", "250-x\r\n250-STARTTLS\r\n250 AUTH LOGIN")];
    let acceptor = acceptor(&authority, "127.0.0.1", false);
    let mut server = Server::with_tls(rules, Some(acceptor)).await;
    let mut to = receiver(server.port);
    to.require_tls = true;
    let untrusted = send(to.clone(), AMPLE).await;
    assert!(untrusted.starts_with("retry: 127.0.0.1:P0: STARTTLS: "), "{untrusted}");
    assert_eq!(server.until("STARTTLS").await, ["EHLO localhost", "STARTTLS"], "and nothing after that");
    to.tls.ca_file = file(folder.path(), "ca.pem", &authority.0.pem());
    assert_eq!(send(to, AMPLE).await, "delivered");
    let lines = server.until("MAIL FROM:<evenkeel@example.com>").await;
    assert_eq!(lines[..3], ["EHLO localhost", "STARTTLS", "EHLO localhost"]);
}

#[tokio::test]
async fn a_silent_server_is_given_up_at_the_deadline() {
    let server = Server::start(&[("EHLO", "hang")]).await;
    assert_eq!(
        send(receiver(server.port), Duration::from_millis(100)).await,
        "retry, may have arrived: no outcome within 100ms"
    );
}
