//! Small pages that say one thing: what is refused and what to do, and the button that logs in.

use std::fmt::{self, Write};

use axum::response::Response;
use http::header::CONTENT_SECURITY_POLICY;
use http::{HeaderValue, StatusCode};

use crate::reply;

/// Nothing is loaded and nothing may frame the page; there is no style either.
const POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The same for a page with a form of its own.
const FORM_POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// One sentence, and what to do.
pub(crate) fn message(status: StatusCode, message: &str, help: &str) -> Response {
    let text = if help.is_empty() { String::new() } else { format!("<p>{}</p>\n", Escaped(help)) };
    small(status, POLICY, &format!("<p>{}</p>\n{text}", Escaped(message)))
}

/// The button that takes a link to log in.
pub(crate) fn log_in() -> Response {
    let form = "<p>This logs this browser in, for twelve hours.</p>\n\
                <form method=\"post\">\n<button type=\"submit\">Log in</button>\n</form>\n";
    small(StatusCode::OK, FORM_POLICY, form)
}

fn small(status: StatusCode, policy: &'static str, body: &str) -> Response {
    let text = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>Evenkeel</title>\n</head>\n<body>\n\
         <h1>Evenkeel</h1>\n{body}</body>\n</html>\n"
    );
    let mut response = reply::with_type(status, "text/html; charset=utf-8", text);
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    response
}

/// Text with what means something in HTML written out.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\'' => f.write_str("&#39;"),
            other => f.write_char(other),
        })
    }
}
