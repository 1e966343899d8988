//! Whether a request comes from this machine.

use std::net::SocketAddr;

use axum::extract::ConnectInfo;
use http::HeaderMap;
use http::request::Parts;

/// Whether a request comes from this machine: its connection does, and no proxy says that it sends for someone else.
/// Where the peer is not known, it does not.
pub(super) fn local(request: &Parts) -> bool {
    let peer = request.extensions.get::<ConnectInfo<SocketAddr>>();
    peer.is_some_and(|ConnectInfo(address)| near(*address, &request.headers))
}

/// The same, of a connection and what came over it.
pub(super) fn near(peer: SocketAddr, headers: &HeaderMap) -> bool {
    peer.ip().to_canonical().is_loopback() && !forwarded(headers)
}

fn forwarded(headers: &HeaderMap) -> bool {
    headers.keys().any(|name| name == "forwarded" || name.as_str().starts_with("x-forwarded-"))
}
