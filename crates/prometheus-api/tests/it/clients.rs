//! Real clients: `promtool` asks a server of the test.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;

use evenkeel_prometheus_api::{ApiRequest, Method};

use crate::fixture::Server;

const PROMTOOL: &str = "/usr/bin/promtool";

#[test]
fn promtool_understands_the_answers() {
    if !Path::new(PROMTOOL).exists() {
        eprintln!("skipped: {PROMTOOL} is not there");
        return;
    }
    let url = serve();
    let at = "--time=1970-01-01T00:01:00Z";
    for (arguments, expect) in [
        (
            vec!["query", "instant", at, &url, "up"],
            "up{instance=\"a\", job=\"web\"} => 1 @[60]\nup{instance=\"b\", job=\"web\"} => 0 @[60]\n",
        ),
        (vec!["query", "instant", at, &url, "1 + 1"], "scalar: 2 @[60]\n"),
        (vec!["query", "range", "--start=0", "--end=60", "--step=1m", &url, "sum(up)"], "{} =>\n2 @[0]\n1 @[60]\n"),
        (
            vec!["query", "series", "--match=up", "--start=0", "--end=60", &url],
            "{__name__=\"up\", instance=\"a\", job=\"web\"}\n{__name__=\"up\", instance=\"b\", job=\"web\"}\n",
        ),
        (vec!["query", "labels", "--start=0", "--end=600", &url, "instance"], "a\nb\n"),
    ] {
        let output = Command::new(PROMTOOL).args(&arguments).output().expect("promtool runs");
        let said = String::from_utf8_lossy(&output.stdout);
        assert_eq!(said, expect, "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let output = Command::new(PROMTOOL).args(["query", "instant", &url, "up{"]).output().expect("promtool runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("bad_data: invalid parameter \"query\": 1:3: parse error: "), "{said}");
}

/// Serves for as long as the test's process lives.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        let server = Server::new();
        for stream in listener.incoming().flatten() {
            while respond(&server, &stream).is_some() {}
        }
    });
    url
}

fn respond(server: &Server, stream: &TcpStream) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|length| *length > 0)?;
    let mut words = line.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok().filter(|length| *length > 0)?;
        let header = header.trim_end().to_ascii_lowercase();
        if header.is_empty() {
            break;
        }
        if let Some(value) = header.strip_prefix("content-length: ") {
            length = value.parse().ok()?;
        }
    }
    let mut form = vec![0; length];
    reader.read_exact(&mut form).ok()?;
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let method = if method == "POST" { Method::Post } else { Method::Get };
    let answer = server.answer(&ApiRequest { method, path, query, form: &form });
    let head = format!(
        "HTTP/1.1 {} X\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        answer.status,
        answer.content_type,
        answer.body.len()
    );
    let mut stream = stream;
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(&answer.body).ok()?;
    stream.shutdown(std::net::Shutdown::Both).ok()?;
    None
}
