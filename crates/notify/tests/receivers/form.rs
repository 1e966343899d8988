//! Buttons pressed as a browser presses them.

use evenkeel_notify::{Fault, HttpClient};

use crate::AMPLE;
use crate::sink::{Sink, answer};

#[tokio::test]
async fn a_form_is_sent_once_and_where_it_leads_is_not_followed() {
    let mut sink = Sink::always(answer("303 See Other", "location: /elsewhere\r\n", "")).await;
    let got = HttpClient::submit(&sink.url("/p/link"), "act=acknowledge", AMPLE, 100).await.expect("an answer");
    assert_eq!(got.status, 303);
    let seen = sink.seen().await;
    assert_eq!(seen.head.lines().next(), Some("POST /p/link HTTP/1.1"));
    assert_eq!(seen.header("content-type"), "application/x-www-form-urlencoded");
    assert_eq!(seen.body, "act=acknowledge");
    assert!(sink.quiet());
    let refused = HttpClient::submit("http://169.254.169.254/", "act=x", AMPLE, 10).await.expect_err("refused");
    assert_eq!(refused.fault, Fault::Refused);
}
