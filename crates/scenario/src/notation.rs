//! How scripts write alerts: `A{instance=1,severity=page}`, with `alertname` in front.

use evenkeel_engine::{Message, MessageAlert};
use evenkeel_labels::LabelSet;

/// Reads an alert's labels.
pub(crate) fn labels(text: &str) -> Result<LabelSet, String> {
    let (name, rest) = text.split_once('{').unwrap_or((text, "}"));
    let inside = rest.strip_suffix('}').ok_or_else(|| format!("`}}` is missing in `{text}`"))?;
    let mut pairs = vec![("alertname", name)];
    for pair in inside.split(',').filter(|pair| !pair.is_empty()) {
        pairs.push(pair.split_once('=').ok_or_else(|| format!("`{pair}` is no label"))?);
    }
    Ok(LabelSet::new(pairs))
}

/// Writes an alert's labels.
pub(crate) fn shown(labels: &LabelSet) -> String {
    let rest: Vec<String> =
        labels.iter().filter(|(name, _)| *name != "alertname").map(|(name, value)| format!("{name}={value}")).collect();
    let name = labels.get("alertname");
    if rest.is_empty() { name.to_owned() } else { format!("{name}{{{}}}", rest.join(",")) }
}

/// Writes a message: `ops/webhook[0]: firing A B resolved C`.
pub(crate) fn message(message: &Message, again: bool) -> String {
    let mut text = format!("{}/{}", message.receiver, message.integration);
    text.push_str(if again { " again:" } else { ":" });
    for (word, firing) in [(" firing", true), (" resolved", false)] {
        let mut side = message.alerts.iter().filter(|alert| alert.ends_at.is_none() == firing).peekable();
        if side.peek().is_some() {
            text.push_str(word);
        }
        side.for_each(|alert| text.push_str(&told(alert)));
    }
    text
}

fn told(alert: &MessageAlert) -> String {
    let said: String = alert.annotations.iter().map(|(name, value)| format!("[{name}={value}]")).collect();
    format!(" {}{said}", shown(&alert.labels))
}
