//! What a service measures, as a receiver of OTLP gets it.

use std::net::SocketAddr;
use std::sync::Mutex;

use storefront::{Addresses, Service, Telemetry};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};

use crate::shop::{ask, bind, healthz_becomes};

const FREE: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 0);

/// Takes one request, and returns its head and body.
async fn take(mut stream: TcpStream) -> Option<(String, Vec<u8>)> {
    let mut got = Vec::new();
    loop {
        let mut piece = [0; 4096];
        let read = stream.read(&mut piece).await.ok().filter(|read| *read > 0)?;
        got.extend_from_slice(piece.get(..read)?);
        let Some(end) = got.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8(got.get(..end)?.to_vec()).ok()?.to_ascii_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "))?.parse::<usize>().ok()?;
        if got.len() >= end + 4 + length {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").await.ok()?;
            return Some((head, got.split_off(end + 4)));
        }
    }
}

/// Serves orders, which asks a catalog that is not there, until it was asked once; returns when all of it was sent.
async fn measure_one_failure(endpoint: &str, say: fn(&str)) {
    let nobody = bind(FREE).await.local_addr().unwrap();
    let listener = bind(FREE).await;
    let at = listener.local_addr().unwrap();
    let addresses = Addresses { catalog: nobody, orders: at, web: nobody };
    let telemetry = Telemetry::sent_to(endpoint, Service::Orders, at, say).unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let asked = async {
        healthz_becomes(at, 503, |body| body.starts_with("catalog cannot be reached")).await;
        assert_eq!(ask(at, "POST", "/orders?product=1&quantity=1").await.unwrap().status, 503);
        stop.send(()).unwrap();
    };
    let (served, ()) =
        tokio::join!(storefront::serve(Service::Orders, listener, addresses, &telemetry, stopped), asked);
    served.unwrap();
    telemetry.end().await;
}

#[tokio::test]
async fn what_is_measured_is_sent_as_otlp() {
    let receiver = TcpListener::bind(FREE).await.unwrap();
    let endpoint = format!("http://{}", receiver.local_addr().unwrap());
    let (sender, mut taken) = mpsc::unbounded_channel();
    let receiving = tokio::spawn(async move {
        while let Ok((stream, _)) = receiver.accept().await {
            let _ = take(stream).await.map(|request| sender.send(request));
        }
    });
    measure_one_failure(&endpoint, |why| panic!("it gets through: {why}")).await;
    receiving.abort();
    let mut last = None;
    while let Some(request) = taken.recv().await {
        last = Some(request);
    }
    let (head, body) = last.expect("an export");
    assert!(head.starts_with("post /v1/metrics http/1.1"), "{head}");
    assert!(head.contains("content-type: application/x-protobuf"), "{head}");
    let holds = |text: &str| body.windows(text.len()).any(|window| window == text.as_bytes());
    for text in ["service.name", "orders", "service.instance.id", "http.server.request.duration", "/orders"] {
        assert!(holds(text), "{text}");
    }
    for text in ["http.server.active_requests", "http.client.request.duration", "unreachable", "shop.orders"] {
        assert!(holds(text), "{text}");
    }
}

static SAID: Mutex<Vec<String>> = Mutex::new(Vec::new());

#[tokio::test]
async fn a_receiver_that_is_not_there_is_said_once_and_harms_nothing() {
    let nobody = bind(FREE).await.local_addr().unwrap();
    measure_one_failure(&format!("http://{nobody}"), |why| SAID.lock().unwrap().push(why.to_owned())).await;
    let said = SAID.lock().unwrap();
    assert!(said.len() == 1 && said[0].contains("cannot be reached"), "{said:?}");
}
