//! The shop on a port of this machine, for programs that try the API from outside.

use tokio::net::TcpListener;

use crate::bench::owner;
use crate::shop::shop_with_orders_down;

/// Prints where it listens and the owner's token, and serves until it is ended.
#[tokio::test]
#[ignore = "serves until it is ended; for whoever tries the API from outside without a whole server"]
async fn serves_the_shop() {
    let (bench, _) = shop_with_orders_down().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let at = format!("http://{} {}\n", listener.local_addr().expect("an address"), owner());
    std::io::Write::write_all(&mut std::io::stderr(), at.as_bytes()).expect("said");
    axum::serve(listener, bench.service()).await.expect("served");
}
