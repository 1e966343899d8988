//! A mail server in this process that takes every mail and remembers it.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::patience::until;

/// One mail.
#[derive(Debug, Clone, Default)]
pub(crate) struct Mail {
    /// The addresses of the envelope.
    pub(crate) to: Vec<String>,
    /// Headers and body, with lines folded and quoted-printable undone.
    pub(crate) text: String,
}

impl Mail {
    /// What stands behind the first of these words, up to a blank or the end of the line.
    pub(crate) fn after(&self, word: &str) -> Option<String> {
        let (_, rest) = self.text.split_once(word)?;
        Some(format!("{word}{}", rest.split(|c: char| c.is_whitespace() || "<>\"".contains(c)).next().unwrap_or("")))
    }
}

/// The server.
#[derive(Debug)]
pub(crate) struct Mailbox {
    address: SocketAddr,
    mails: Arc<Mutex<Vec<Mail>>>,
}

impl Mailbox {
    /// Listens on a free port of this machine.
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let mails = Arc::new(Mutex::new(Vec::new()));
        let taken = mails.clone();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let taken = taken.clone();
                thread::spawn(move || drop(converse(stream, &taken)));
            }
        });
        Self { address, mails }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn mails(&self) -> Vec<Mail> {
        self.mails.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits for a mail that holds a text.
    pub(crate) fn expect(&self, text: &str, within: Duration) -> Mail {
        until(&format!("a mail with `{text}`"), within, || {
            self.mails().into_iter().find(|mail| mail.text.contains(text))
        })
    }
}

fn converse(stream: TcpStream, mails: &Mutex<Vec<Mail>>) -> io::Result<()> {
    let mut out = stream.try_clone()?;
    let mut lines = BufReader::new(stream).lines();
    let mut mail = Mail::default();
    out.write_all(b"220 here\r\n")?;
    while let Some(line) = lines.next().transpose()? {
        let verb = line.split(' ').next().unwrap_or("").to_ascii_uppercase();
        match verb.as_str() {
            "EHLO" => out.write_all(b"250-here\r\n250 8BITMIME\r\n")?,
            "RCPT" => {
                let address = line.split(['<', '>']).nth(1).unwrap_or("").to_owned();
                mail.to.push(address);
                out.write_all(b"250 well\r\n")?;
            }
            "DATA" => {
                out.write_all(b"354 go on\r\n")?;
                let mut text = String::new();
                for line in lines.by_ref() {
                    let line = line?;
                    if line == "." {
                        break;
                    }
                    text.push_str(&line);
                    text.push('\n');
                }
                let text = plain(&text);
                mails.lock().unwrap_or_else(PoisonError::into_inner).push(Mail { text, ..std::mem::take(&mut mail) });
                out.write_all(b"250 taken\r\n")?;
            }
            "QUIT" => {
                out.write_all(b"221 bye\r\n")?;
                return Ok(());
            }
            _ => out.write_all(b"250 well\r\n")?,
        }
    }
    Ok(())
}

/// Undoes folding and quoted-printable, as far as links need it.
fn plain(text: &str) -> String {
    text.replace("=\n", "").replace("\n ", " ").replace("=3D", "=")
}
