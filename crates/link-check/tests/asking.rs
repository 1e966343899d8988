//! Asks a small server on this machine.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use evenkeel_diagnostic::{SourceId, Span, Spanned};
use evenkeel_link_check::{Answer, Limits, ask, findings};
use evenkeel_notify::HttpClient;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the server saw.
#[derive(Default)]
struct Seen {
    under_way: AtomicUsize,
    most: AtomicUsize,
    requests: std::sync::Mutex<Vec<String>>,
}

/// A server that answers by the path; its address.
async fn server() -> (String, Arc<Seen>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("bound"));
    let seen = Arc::new(Seen::default());
    let shared = Arc::clone(&seen);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream, Arc::clone(&shared)));
        }
    });
    (address, seen)
}

async fn answer(mut stream: TcpStream, seen: Arc<Seen>) {
    let mut bytes = [0; 4096];
    let read = stream.read(&mut bytes).await.unwrap_or(0);
    let text = String::from_utf8_lossy(bytes.get(..read).unwrap_or_default()).into_owned();
    let line = text.lines().next().unwrap_or("").trim_end_matches(" HTTP/1.1").to_owned();
    seen.requests.lock().expect("no test panicked").push(line.clone());
    let now = seen.under_way.fetch_add(1, Ordering::SeqCst) + 1;
    seen.most.fetch_max(now, Ordering::SeqCst);
    let (status, extra) = match line.as_str() {
        "HEAD /gone" | "GET /gone" => ("410 Gone", ""),
        "HEAD /nowhere" | "GET /nowhere" | "HEAD /head-only-404" => ("404 Not Found", ""),
        "HEAD /no-head" => ("405 Method Not Allowed", ""),
        "HEAD /login" | "GET /login" => ("403 Forbidden", ""),
        "HEAD /broken" | "GET /broken" => ("503 Service Unavailable", ""),
        "HEAD /busy" => ("429 Too Many Requests", ""),
        "HEAD /moved" => ("301 Moved Permanently", "Location: /fine\r\n"),
        "HEAD /circle" => ("302 Found", "Location: /circle\r\n"),
        "HEAD /metadata" => ("302 Found", "Location: http://169.254.169.254/latest/meta-data\r\n"),
        "HEAD /silent" => {
            tokio::time::sleep(Duration::from_secs(60)).await;
            return;
        }
        "HEAD /slow" => {
            tokio::time::sleep(Duration::from_millis(50)).await;
            ("200 OK", "")
        }
        _ => ("200 OK", ""),
    };
    seen.under_way.fetch_sub(1, Ordering::SeqCst);
    let answer = format!("HTTP/1.1 {status}\r\n{extra}Content-Length: 0\r\nConnection: close\r\n\r\n");
    let _ = stream.write_all(answer.as_bytes()).await;
}

fn addresses(texts: &[String]) -> Vec<Spanned<Box<str>>> {
    let place = |at: u32| Span { source: SourceId(0), start: at, end: at + 1 };
    (0..).zip(texts).map(|(at, text)| Spanned::new(Box::from(text.as_str()), place(at))).collect()
}

fn limits() -> Limits {
    Limits { timeout: Duration::from_millis(500), ..Limits::default() }
}

async fn asked(texts: &[String]) -> BTreeMap<Box<str>, Answer> {
    ask(&HttpClient::new(), &addresses(texts), limits()).await
}

#[tokio::test]
async fn an_address_is_fine_dead_or_not_known() {
    let (server, _) = server().await;
    let check = async |path: &str, expect: &str| {
        let address = format!("{server}{path}");
        let answer = asked(std::slice::from_ref(&address)).await.remove(address.as_str()).expect("asked");
        let shown = match answer {
            Answer::Fine => "fine".to_owned(),
            Answer::Dead(status) => format!("dead {status}"),
            Answer::Unreachable(why) => format!("unreachable: {why}"),
            Answer::NotAsked(why) => format!("not asked: {why}"),
        };
        assert_eq!(shown, expect, "{path}");
    };
    check("/fine", "fine").await;
    check("/gone", "dead 410").await;
    check("/nowhere", "dead 404").await;
    check("/head-only-404", "fine").await;
    check("/no-head", "fine").await;
    check("/login", "unreachable: it does not let everybody in (status 403)").await;
    check("/broken", "unreachable: it answers with status 503").await;
    check("/busy", "unreachable: it is asked too often (status 429)").await;
    check("/moved", "fine").await;
    check("/circle", "unreachable: more than 5 redirects").await;
    check("/metadata", "not asked: not allowed: it is a link-local or metadata address").await;
    check("/silent", "unreachable: no answer within 500ms").await;
    check("/{{ name }}", "not asked: it is a template").await;
}

#[tokio::test]
async fn nobody_is_asked_twice_or_by_too_many_at_once() {
    let (server, seen) = server().await;
    let mut texts: Vec<String> = (0..12).map(|number| format!("{server}/slow?{number}")).collect();
    texts.extend(["/fine", "/fine#part", "/fine"].map(|path| format!("{server}{path}")));
    let answers = asked(&texts).await;
    assert_eq!(answers.len(), 13);
    assert!(answers.values().all(|answer| *answer == Answer::Fine));
    assert_eq!(seen.requests.lock().expect("no test panicked").len(), 13);
    assert!(seen.most.load(Ordering::SeqCst) <= 2);
}

#[tokio::test]
async fn what_is_never_asked() {
    let texts = ["http://169.254.169.254/latest", "https://ada:pass@wiki.example/x"].map(str::to_owned);
    let answers = asked(&texts).await;
    assert!(answers.values().all(|answer| matches!(answer, Answer::NotAsked(_))), "{answers:?}");
    let none = Limits { addresses_max: 0, ..limits() };
    let answers = ask(&HttpClient::new(), &addresses(&["http://127.0.0.1:1/".to_owned()]), none).await;
    assert_eq!(answers.into_values().next(), Some(Answer::NotAsked("there are too many".to_owned())));
}

#[test]
fn an_address_is_reported_once_with_all_its_places() {
    let texts =
        ["https://a.example/x?token=1", "https://a.example/x?token=1#y", "https://b.example/"].map(str::to_owned);
    let written = addresses(&texts);
    let answers = BTreeMap::from([
        (Box::from("https://a.example/x?token=1"), Answer::Dead(404)),
        (Box::from("https://b.example/"), Answer::Unreachable("no answer within 10s".to_owned())),
    ]);
    let found = findings(&written, &answers);
    let [dead, silent] = &found[..] else { unreachable!("two findings: {found:?}") };
    assert_eq!((dead.code, &*dead.headline), ("dead-address", "nothing is at `https://a.example/x` any more"));
    assert_eq!((&*dead.primary.message, dead.related.len()), ("status 404", 1));
    assert_eq!((silent.code, &*silent.primary.message), ("unreachable-address", "no answer within 10s"));
}
