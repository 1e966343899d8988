//! Callers of every kind, and what each of them sends along.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use http::Request;
use serde_json::{Value, json};

use crate::bench::{Bench, LOCAL, REMOTE, Reply, owner};

/// Somebody who calls.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    peer: &'static str,
    headers: Vec<(&'static str, String)>,
}

impl Caller {
    /// From this machine, and nothing is said.
    pub(crate) fn local() -> Self {
        Self { peer: LOCAL, headers: vec![("host", "localhost:7070".into())] }
    }

    /// From another machine.
    pub(crate) fn remote() -> Self {
        Self { peer: REMOTE, ..Self::local() }
    }

    /// With a token of the owner.
    pub(crate) fn owner() -> Self {
        Self::local().bearing(&owner())
    }

    pub(crate) fn bearing(self, token: &str) -> Self {
        self.with("authorization", &format!("Bearer {token}"))
    }

    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Under another name of the server.
    pub(crate) fn to(mut self, host: &str) -> Self {
        self.headers.retain(|(name, _)| *name != "host");
        self.with("host", host)
    }

    pub(crate) async fn call(&self, bench: &Bench, method: &str, path: &str, body: &str) -> Reply {
        bench.send(self.request(method, path, body)).await
    }

    /// A request, as they send it.
    pub(crate) fn request(&self, method: &str, path: &str, body: &str) -> Request<Body> {
        let mut request = Request::builder().method(method).uri(path);
        if !self.headers.iter().any(|(name, _)| *name == "content-type") {
            request = request.header("content-type", "application/json");
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let peer: SocketAddr = self.peer.parse().expect("an address");
        request.extension(ConnectInfo(peer)).body(Body::from(body.to_owned())).expect("a request")
    }

    pub(crate) async fn get(&self, bench: &Bench, path: &str) -> Reply {
        self.call(bench, "GET", path, "").await
    }

    /// Makes a token, and gives what was answered.
    pub(crate) async fn makes(&self, bench: &Bench, body: &Value) -> Reply {
        self.call(bench, "POST", "/api/v1/tokens", &body.to_string()).await
    }
}

/// A token that was made: its number and its secret.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    pub(crate) id: String,
    pub(crate) secret: String,
}

impl Made {
    pub(crate) fn of(reply: &Reply) -> Self {
        assert_eq!(reply.status, 200, "{}", reply.text);
        let text = |place: &str| reply.json().pointer(place).and_then(Value::as_str).expect("a text").to_owned();
        Self { id: text("/token/id"), secret: text("/secret") }
    }

    /// A token of this role, made by the owner.
    pub(crate) async fn role(bench: &Bench, role: &str) -> Self {
        Self::of(&Caller::owner().makes(bench, &json!({"name": role, "role": role})).await)
    }

    pub(crate) async fn revoke(&self, bench: &Bench) {
        let reply = Caller::owner().call(bench, "DELETE", &format!("/api/v1/tokens/{}", self.id), "").await;
        assert_eq!(reply.status, 200, "{}", reply.text);
    }

    pub(crate) fn local(&self) -> Caller {
        Caller::local().bearing(&self.secret)
    }

    pub(crate) fn remote(&self) -> Caller {
        Caller::remote().bearing(&self.secret)
    }
}
