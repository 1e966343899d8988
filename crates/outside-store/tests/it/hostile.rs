//! A server that fails, recovers, hangs, or gives half of it.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use evenkeel_metric::{Batch, Querier, Selection};
use evenkeel_outside_store::OutsideOptions;
use evenkeel_time::Timestamp;

use crate::store;

const EMPTY: &str = r#"{"status":"success","data":{"resultType":"matrix","result":[]}}"#;
const PARTIAL: &str =
    r#"{"status":"success","data":{"resultType":"matrix","result":[]},"warnings":["a store is away"]}"#;

/// Answers each request with the next of these statuses and bodies, the last one for ever; 0: not at all.
fn server(answers: &'static [(u16, &'static str)]) -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    std::thread::spawn(move || {
        let mut held = Vec::new();
        for stream in listener.incoming().map_while(Result::ok) {
            let mut stream = stream;
            let mut head = [0; 4096];
            if stream.read(&mut head).is_err() {
                continue;
            }
            let number = counted.fetch_add(1, Ordering::SeqCst);
            let (status, body) = answers[number.min(answers.len() - 1)];
            if status == 0 {
                held.push(stream);
                continue;
            }
            let length = body.len();
            let text = format!("HTTP/1.1 {status} X\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}");
            drop(stream.write_all(text.as_bytes()));
        }
    });
    (address, asked)
}

fn everything() -> Selection {
    Selection { matchers: Vec::new(), after: Timestamp(0), until: Timestamp(60_000) }
}

fn options(address: SocketAddr) -> OutsideOptions {
    OutsideOptions { timeout: Duration::from_secs(2), ..OutsideOptions::at(&format!("http://{address}/")) }
}

#[test]
fn what_may_pass_is_tried_again_and_what_will_not_is_told_at_once() {
    let (address, asked) = server(&[(503, "busy"), (429, "slow down"), (200, EMPTY)]);
    let (outside, _runtime) = store(options(address));
    assert!(outside.select(&everything()).is_ok_and(|found| found.labels().is_empty()));
    assert_eq!(asked.load(Ordering::SeqCst), 3);
    let (address, asked) = server(&[(400, r#"{"status":"error","errorType":"bad_data","error":"no"}"#)]);
    let (outside, _runtime) = store(options(address));
    let fault = outside.select(&everything()).map(|_| ()).expect_err("a fault");
    assert_eq!(fault.to_string(), "the store does not answer: status 400, bad_data: no");
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[test]
fn a_server_that_hangs_is_left_when_the_time_is_over() {
    let (address, _asked) = server(&[(0, "")]);
    let (outside, _runtime) = store(options(address));
    let began = Instant::now();
    assert!(outside.select(&everything()).is_err());
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
}

#[test]
fn a_partial_answer_is_a_fault_unless_it_is_allowed() {
    let (address, _asked) = server(&[(200, PARTIAL)]);
    let (outside, _runtime) = store(options(address));
    assert!(outside.select(&everything()).is_err());
    let (outside, _runtime) = store(OutsideOptions { allow_partial: true, ..options(address) });
    assert!(outside.select(&everything()).is_ok());
}

#[test]
fn a_server_that_is_not_there_takes_nothing_and_says_so() {
    let address = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port");
    let (outside, _runtime) = store(options(address));
    let mut batch = Batch::default();
    batch.begin([("__name__", "x")]);
    let fault = outside.append(&batch).expect_err("a fault").to_string();
    assert!(fault.contains("does not take series") && fault.contains("127.0.0.1"), "{fault}");
}
