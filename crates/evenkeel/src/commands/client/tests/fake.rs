//! A server in this process: takes what it is sent, and gives the answers it was given, in their order.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::{AUTHORIZATION, LOCATION};
use axum::http::{Response, StatusCode};
use tokio::net::TcpListener;

/// The server, and what it was asked.
pub(super) struct Fake {
    pub(super) url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Fake {
    /// Answers with these, status and body, one after the other.
    pub(super) async fn answering(answers: &[(u16, &str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let answers: VecDeque<(u16, String)> = answers.iter().map(|(status, body)| (*status, (*body).into())).collect();
        let (answers, seen) = (Arc::new(Mutex::new(answers)), Arc::clone(&asked));
        let serve = move |request: Request| {
            let (answers, seen) = (Arc::clone(&answers), Arc::clone(&seen));
            async move {
                let line = told(request).await;
                seen.lock().expect("no panic").push(line);
                let (status, body) = answers.lock().expect("no panic").pop_front().expect("an answer");
                let response = Response::builder().status(StatusCode::from_u16(status).expect("a status"));
                response.header(LOCATION, "/elsewhere").body(Body::from(body)).expect("a response")
            }
        };
        tokio::spawn(axum::serve(listener, Router::new().fallback(serve)).into_future());
        Self { url, asked }
    }

    /// What it was asked, a line each: how, where, with which credential, and the body.
    pub(super) fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("no panic").clone()
    }
}

async fn told(request: Request) -> String {
    let (head, body) = request.into_parts();
    let credential = head.headers.get(AUTHORIZATION).map_or("nobody", |value| value.to_str().expect("text"));
    let body = to_bytes(body, 1 << 20).await.expect("a body");
    let body = String::from_utf8(body.into()).expect("text");
    format!("{} {} [{credential}] {body}", head.method, head.uri).trim_end().to_owned()
}
