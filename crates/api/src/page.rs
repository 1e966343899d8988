//! The page at `/`: what this is, how it is, and where everything else is.

use std::fmt::{self, Write};

use axum::response::Response;
use http::header::CONTENT_SECURITY_POLICY;
use http::{HeaderValue, StatusCode};

use crate::app::App;
use crate::counts::{Counts, Tally};
use crate::{Desk, Health, Options, reply};

/// Nothing is loaded and nothing may frame the page; there is no style either.
const POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The same for a page with a form of its own.
const FORM_POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Links of the page: path and what it is.
const LINKS: [(&str, &str); 6] = [
    ("/healthz", "whether the process lives"),
    ("/readyz", "whether alerts are taken and made durable"),
    ("/metrics", "numbers, as OpenMetrics"),
    ("/alertmanager/api/v2/alerts", "open alerts"),
    ("/alertmanager/api/v2/silences", "silences"),
    ("/alertmanager/api/v2/status", "status and configuration, as Alertmanager shows it"),
];

/// Shows the page.
pub(crate) fn show<D: Desk>(app: &App<D>) -> Response {
    let counts = app.desk.look(Tally::at).count();
    let mut response = reply::with_type(
        StatusCode::OK,
        "text/html; charset=utf-8",
        render(&app.options, &app.desk.health(), &counts).expect("writing to a text cannot fail"),
    );
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

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

fn render(options: &Options, health: &Health, counts: &Counts) -> Result<String, fmt::Error> {
    let mut page = String::from(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Evenkeel</title>\n</head>\n<body>\n\
         <h1>Evenkeel</h1>\n<p>Takes alerts, and tells the people who have to act.</p>\n<dl>\n",
    );
    let state = if health.ready { "ready" } else { "not ready" };
    entry(&mut page, "Version", &options.version)?;
    entry(&mut page, "State", &[&[state.to_owned()], health.reasons.as_slice()].concat().join("; "))?;
    entry(&mut page, "Running since", &health.started_at.to_string())?;
    entry(&mut page, "Plan", &health.plan.to_string())?;
    entry(&mut page, "Last record", &format!("{} {}", health.head.seq, health.head.hash))?;
    entry(&mut page, "Alerts", &list(&counts.alerts()))?;
    entry(&mut page, "Silences", &list(&counts.silences()))?;
    entry(&mut page, "Groups", &counts.groups.to_string())?;
    entry(&mut page, "Open notices", &counts.notices_open.to_string())?;
    page.push_str("</dl>\n<ul>\n");
    let base = Escaped(options.external_url.trim_end_matches('/'));
    for (path, what) in LINKS {
        writeln!(page, "<li><a href=\"{base}{path}\">{path}</a>: {what}</li>")?;
    }
    page.push_str("</ul>\n</body>\n</html>\n");
    Ok(page)
}

fn entry(page: &mut String, name: &str, value: &str) -> fmt::Result {
    writeln!(page, "<dt>{name}</dt><dd>{}</dd>", Escaped(value))
}

fn list(counts: &[(&str, usize)]) -> String {
    counts.iter().map(|(state, count)| format!("{count} {state}")).collect::<Vec<_>>().join(", ")
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
