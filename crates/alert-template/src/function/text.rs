//! Functions on texts.

use std::fmt::Write;

use evenkeel_time::Duration;
use regex::Regex;

use super::{one, text_of, two};
use crate::Value;

/// Calls a function on texts.
pub(super) fn call(name: &str, args: &[Value]) -> Result<Value, String> {
    let text = || one(name, args).and_then(|value| text_of(name, value));
    match name {
        "toUpper" => Ok(Value::text(text()?.to_uppercase())),
        "toLower" => Ok(Value::text(text()?.to_lowercase())),
        "title" => Ok(Value::text(title(text()?))),
        "safeHtml" => Ok(Value::text(text()?)),
        "graphLink" => Ok(Value::text(link(text()?, 0))),
        "tableLink" => Ok(Value::text(link(text()?, 1))),
        "stripPort" => Ok(Value::text(strip_port(text()?))),
        "stripDomain" => Ok(Value::text(strip_domain(text()?))),
        "parseDuration" => seconds(text()?),
        "match" => {
            let (pattern, text) = two(name, args)?;
            Ok(Value::Bool(regex(text_of(name, pattern)?)?.is_match(text_of(name, text)?)))
        }
        "reReplaceAll" => match args {
            [pattern, with, text] => {
                // `$1` and `${1}` mean the same in Go and here.
                let (pattern, with) = (regex(text_of(name, pattern)?)?, text_of(name, with)?);
                Ok(Value::text(pattern.replace_all(text_of(name, text)?, with)))
            }
            _ => Err(format!("reReplaceAll takes three values and is given {}", args.len())),
        },
        _ => Err(format!("there is no function `{name}`")),
    }
}

fn regex(pattern: &str) -> Result<Regex, String> {
    Regex::new(pattern).map_err(|_| format!("`{pattern}` is no regular expression"))
}

/// Each letter behind one that is none becomes upper case. Source: Go, `strings.Title`.
fn title(text: &str) -> String {
    let mut before = ' ';
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let begins = !(before.is_alphanumeric() || before == '_' || before == '\'');
        if begins {
            out.extend(c.to_uppercase())
        } else {
            out.push(c)
        }
        before = c;
    }
    out
}

pub(super) fn link(expression: &str, tab: u8) -> String {
    format!("/graph?g0.expr={}&g0.tab={tab}", url_query(expression))
}

/// Source: Go, `url.QueryEscape`.
pub(super) fn url_query(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b' ' => out.push('+'),
            b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            _ => _ = write!(out, "%{byte:02X}"),
        }
    }
    out
}

/// Source: Go, `template.HTMLEscapeString`.
pub(super) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => out.push_str("&#34;"),
            '\'' => out.push_str("&#39;"),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\0' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    out
}

/// Source: Go, `template.JSEscapeString`.
pub(super) fn js(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\'' => out.push_str("\\'"),
            '"' => out.push_str("\\\""),
            '<' | '>' | '&' | '=' => _ = write!(out, "\\u{:04X}", u32::from(c)),
            _ if c.is_control() => _ = write!(out, "\\u{:04X}", u32::from(c)),
            _ => out.push(c),
        }
    }
    out
}

/// `host:80` is `host`; what is no such pair stays.
fn strip_port(text: &str) -> &str {
    if let Some(rest) = text.strip_prefix('[') {
        let parts = rest.split_once(']');
        return parts.filter(|(_, port)| port.starts_with(':')).map_or(text, |(host, _)| host);
    }
    match text.split_once(':') {
        Some((host, port)) if !port.contains(':') => host,
        Some(_) | None => text,
    }
}

/// `web.example.com:80` is `web:80`; addresses stay.
fn strip_domain(text: &str) -> String {
    let host = strip_port(text);
    let port =
        if host.len() < text.len() && !text.starts_with('[') { text.get(host.len()..).unwrap_or("") } else { "" };
    let is_address = host.parse::<core::net::IpAddr>().is_ok();
    if is_address {
        return text.to_owned();
    }
    format!("{}{port}", host.split('.').next().unwrap_or(host))
}

fn seconds(text: &str) -> Result<Value, String> {
    let duration: Duration = text.parse().map_err(|_| format!("`{text}` is no duration"))?;
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    Ok(Value::Number(duration.0 as f64 / 1000.0))
}

/// The path of an address: `/prometheus` of `https://example.com/prometheus`.
pub(super) fn path_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("");
    path.split(['?', '#']).next().unwrap_or("")
}

/// `slice "abcdef" 1 3` is `bc`.
pub(super) fn slice(args: &[Value]) -> Result<Value, String> {
    let (text, bounds) = args.split_first().ok_or("slice is given nothing")?;
    let text = text_of("slice", text)?;
    let bound = |index: usize, otherwise: usize| match bounds.get(index) {
        Some(Value::Whole(at)) => usize::try_from(*at).map_err(|_| format!("index out of range: {at}")),
        Some(other) => Err(format!("cannot index slice/array with type {}", other.type_name())),
        None => Ok(otherwise),
    };
    let (from, until) = (bound(0, 0)?, bound(1, text.len())?);
    text.get(from..until).map(Value::text).ok_or_else(|| format!("index out of range: {until}"))
}
