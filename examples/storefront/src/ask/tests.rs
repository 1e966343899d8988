//! Every way of not getting an answer, from a peer that speaks raw bytes.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;

/// Asks a peer that reads the request, says `bytes` and hangs up.
async fn ask_peer_saying(bytes: Vec<u8>) -> Result<Answer, Error> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let peer = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut head = [0; 1024];
        let read = stream.read(&mut head).await.unwrap();
        assert!(read > 0);
        // The asker may hang up before everything is said.
        let _ = stream.write_all(&bytes).await;
    };
    let asker = Asker::new();
    let (answer, ()) = tokio::join!(asker.get(at, "/", Duration::from_secs(20)), peer);
    answer
}

#[tokio::test]
async fn an_answer_has_status_and_body() {
    let answer = ask_peer_saying(b"HTTP/1.1 503 No\r\ncontent-length: 7\r\n\r\nwhy\nnot".to_vec()).await.unwrap();
    assert_eq!((answer.status, answer.first_line()), (StatusCode::SERVICE_UNAVAILABLE, "why".to_owned()));
}

#[tokio::test]
async fn nobody_listening_is_unreachable() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    drop(listener);
    let error = Asker::new().get(at, "/", Duration::from_secs(20)).await.unwrap_err();
    assert!(matches!(error, Error::Unreachable(_)), "{error:?}");
    assert!(error.reason().starts_with("cannot be reached: "), "{}", error.reason());
}

#[tokio::test]
async fn silence_ends_at_the_deadline() {
    // The kernel accepts into the backlog; nobody ever reads.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let error = Asker::new().get(at, "/", Duration::from_millis(20)).await.unwrap_err();
    assert_eq!(error.reason(), "gives no answer within 20 ms");
}

#[tokio::test]
async fn hanging_up_and_nonsense_are_broken_off() {
    for bytes in [&b""[..], b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf", b"SSH-2.0-OpenSSH\r\n"] {
        let error = ask_peer_saying(bytes.to_vec()).await.unwrap_err();
        assert!(matches!(error, Error::BrokenOff(_)), "{error:?}");
    }
}

#[tokio::test]
async fn a_flood_is_cut_off() {
    let mut bytes = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", ANSWER_BYTES_MAX * 4).into_bytes();
    bytes.resize(ANSWER_BYTES_MAX * 2, b'x');
    let error = ask_peer_saying(bytes).await.unwrap_err();
    assert!(matches!(error, Error::TooLarge), "{error:?}");
}
