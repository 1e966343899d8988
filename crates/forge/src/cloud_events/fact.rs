//! One event becomes a fact.

use evenkeel_fact::IncomingFact;
use evenkeel_time::Timestamp;
use serde_json::{Map, Value};

use super::attributes::Attributes;

/// An attribute may not be longer. Units: bytes.
const ATTRIBUTE_BYTES_MAX: usize = 1024;

/// The fact, or each thing that is wrong with the event.
pub(super) fn of(event: Attributes, now: Timestamp) -> Result<IncomingFact, Vec<String>> {
    let mut faults = Vec::new();
    let mut needed = |name: &str, value: Option<String>| {
        let fault = match &value {
            None => Some(format!("`{name}` is missing")),
            Some(text) if text.trim().is_empty() => Some(format!("`{name}` is empty")),
            Some(text) if text.len() > ATTRIBUTE_BYTES_MAX => {
                Some(format!("`{name}` is longer than {ATTRIBUTE_BYTES_MAX} bytes"))
            }
            Some(_) => None,
        };
        let good = fault.is_none();
        faults.extend(fault);
        value.filter(|_| good)
    };
    let version = needed("specversion", event.specversion);
    let id = needed("id", event.id);
    let source = needed("source", event.source);
    let name = needed("type", event.kind);
    if let Some(version) = version.filter(|version| version != "1.0") {
        faults.push(format!("`specversion` is `{version}`; only `1.0` is read"));
    }
    let kind = name.and_then(|name| match kind(&name) {
        Some(kind) => Some(kind.to_owned()),
        None => {
            faults.push(format!(
                "`type` is `{name}`; only `evenkeel.KIND.v1` is taken, such as `evenkeel.deployment.v1`"
            ));
            None
        }
    });
    if let Some(content) = event.datacontenttype.filter(|content| !is_json(content)) {
        faults.push(format!("`datacontenttype` is `{content}`; only JSON is read"));
    }
    let at = match event.time.as_deref().map(str::parse::<Timestamp>) {
        None => Some(now),
        Some(Ok(at)) => Some(at),
        Some(Err(_)) => {
            faults.push("`time` is no RFC 3339 instant such as `2026-01-02T03:04:05Z`".to_owned());
            None
        }
    };
    let data = match event.data {
        None | Some(Value::Null) => Some(Map::new()),
        Some(Value::Object(members)) => Some(members),
        Some(Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_)) => {
            faults.push("`data` is no object".to_owned());
            None
        }
    };
    let (Some(id), Some(source), Some(kind), Some(mut data), true) = (id, source, kind, data, faults.is_empty()) else {
        return Err(faults);
    };
    // Whoever writes nothing says nothing.
    data.retain(|_, value| !value.is_null());
    data.entry("key").or_insert_with(|| Value::from(id));
    let fact = IncomingFact::from_json(&kind, &source, &data, at);
    fact.map_err(|faults| faults.iter().map(|fault| format!("data: {fault}")).collect())
}

/// The kind in `evenkeel.<kind>.v1`.
fn kind(name: &str) -> Option<&str> {
    let kind = name.strip_prefix("evenkeel.")?.strip_suffix(".v1")?;
    (!kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')).then_some(kind)
}

fn is_json(content: &str) -> bool {
    let kind = content.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || kind.ends_with("+json")
}
