//! An alert sent by hand.

use serde_json::{Map, Value, json};

use super::args::Send;
use crate::client::{Context, Request, Wrong, line, object};

/// The request that carries it. A server on the same machine takes alerts from anybody.
pub(super) fn request(args: &Send, cx: &Context) -> Result<Request, Wrong> {
    let mut labels = Map::new();
    for (index, text) in args.labels.iter().enumerate() {
        let named = (index == 0 && !text.contains('=')).then(|| ("alertname".to_owned(), text.clone()));
        let (name, value) = named.map_or_else(|| pair(text, "label", "alertname=Down"), Ok)?;
        once(&mut labels, name, value)?;
    }
    let mut annotations = Map::new();
    for text in &args.annotations {
        let (name, value) = pair(text, "annotation", "summary=\"the api is down\"")?;
        once(&mut annotations, name, value)?;
    }
    let (start, end) = (args.start.map(|at| at.instant(cx)), args.end.map(|at| at.instant(cx)));
    if let (Some(start), Some(end)) = (start, end)
        && end < start
    {
        return Err(Wrong::new("`--end` is before `--start`", "an alert ends after it begins"));
    }
    let alert = object([
        ("labels", Some(Value::Object(labels))),
        ("annotations", Some(Value::Object(annotations))),
        ("startsAt", start.map(|at| json!(at.to_string()))),
        ("endsAt", end.map(|at| json!(at.to_string()))),
        ("generatorURL", args.generator_url.as_ref().map(|url| json!(url))),
    ]);
    Ok(Request { anonymous: true, ..Request::post("/api/v2/alerts", json!([alert])) })
}

/// What was sent.
pub(super) fn text(args: &Send) -> String {
    let labels: Vec<String> = args.labels.iter().map(|label| line(label)).collect();
    let end = if args.end.is_some() { "its end was sent" } else { "sent" };
    format!("{end}: {}\n", labels.join(" "))
}

fn pair(text: &str, what: &str, example: &str) -> Result<(String, String), Wrong> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.trim().to_owned(), value.to_owned())),
        Some(_) | None => Err(Wrong::new(format!("`{text}` is no {what}"), format!("write `{example}`"))),
    }
}

fn once(pairs: &mut Map<String, Value>, name: String, value: String) -> Result<(), Wrong> {
    if pairs.contains_key(&name) {
        return Err(Wrong::new(format!("`{name}` is given twice"), "each name has one value"));
    }
    pairs.insert(name, json!(value));
    Ok(())
}
