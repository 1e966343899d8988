//! One request after the other over one connection, as a browser has it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use anyhow::{Context, ensure};

use super::served::Served;

/// A connection.
#[derive(Debug)]
pub(super) struct Asked {
    stream: BufReader<TcpStream>,
    /// What stands in the head of every request behind its first line.
    head: String,
}

/// What came back.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) bytes: usize,
}

impl Asked {
    pub(super) fn connect(served: &Served) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(served.address)?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), head: head(served) })
    }

    pub(super) fn get(&mut self, path: &str) -> anyhow::Result<Answer> {
        let request = format!("GET {path} HTTP/1.1\r\n{}\r\n", self.head);
        self.ask(request.as_bytes())
    }

    pub(super) fn post(&mut self, path: &str, json: &str) -> anyhow::Result<Answer> {
        let length = json.len();
        let about = format!("Content-Type: application/json\r\nContent-Length: {length}\r\n");
        let request = format!("POST {path} HTTP/1.1\r\n{}{about}\r\n{json}", self.head);
        self.ask(request.as_bytes())
    }

    fn ask(&mut self, request: &[u8]) -> anyhow::Result<Answer> {
        self.stream.get_mut().write_all(request)?;
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok()).context("no answer")?;
        let mut bytes = 0;
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let field = line.trim_end().to_ascii_lowercase();
            if field.is_empty() {
                break;
            }
            ensure!(!field.starts_with("transfer-encoding"), "a page has a length");
            if let Some(length) = field.strip_prefix("content-length:") {
                bytes = length.trim().parse()?;
            }
        }
        self.stream.read_exact(&mut vec![0; bytes])?;
        Ok(Answer { status, bytes })
    }
}

/// Who asks, and whom.
pub(super) fn head(served: &Served) -> String {
    format!("Host: {}\r\nAuthorization: Bearer {}\r\n", served.address, served.token)
}
