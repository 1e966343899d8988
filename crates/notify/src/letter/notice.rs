//! A notice as plain text and as HTML: its alerts, one after the other.

use std::fmt::Write as _;

use evenkeel_alerting::MessageAlert;
use evenkeel_labels::LabelSet;

use crate::body::Data;
use crate::inert::{line, markup};
use crate::instant::GoTime;

/// As plain text.
pub(crate) fn plain(data: &Data<'_>) -> String {
    let mut text = format!("{}\n{}\n", line(&data.subject(), 1000), data.link());
    for alert in data.alerts {
        let _ = write!(text, "\n{} since {}", state(alert), GoTime(Some(alert.starts_at)));
        if alert.ends_at.is_some() {
            let _ = write!(text, " until {}", GoTime(alert.ends_at));
        }
        text.push('\n');
        for (title, set) in [("Labels", &alert.labels), ("Annotations", &alert.annotations)] {
            if !set.is_empty() {
                let _ = writeln!(text, "  {title}");
            }
            for (name, value) in set.iter() {
                // Indented, so that no value can pass for a line of ours.
                let lines: Vec<String> = value.lines().map(|part| line(part, usize::MAX)).collect();
                let _ = writeln!(text, "    {} = {}", line(name, 200), lines.join("\n      "));
            }
        }
        if !alert.generator_url.is_empty() {
            let _ = writeln!(text, "  Source: {}", line(&alert.generator_url, 2000));
        }
    }
    text
}

fn state(alert: &MessageAlert) -> &'static str {
    if alert.ends_at.is_some() { "RESOLVED" } else { "FIRING" }
}

/// As HTML.
pub(crate) fn html(data: &Data<'_>) -> String {
    let color = if data.firing() > 0 { "#b3261e" } else { "#1b6e3c" };
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{subject}</title></head>\n\
         <body style=\"font-family:sans-serif;color:#1d1b20\">\n\
         <h1 style=\"font-size:1.2em;color:{color}\">{subject}</h1>\n<p><a href=\"{link}\">Open in Evenkeel</a></p>\n",
        subject = markup(&line(&data.subject(), 1000)),
        link = markup(&data.link()),
    );
    for alert in data.alerts {
        let _ = write!(html, "<h2 style=\"font-size:1em\">{} since {}", state(alert), GoTime(Some(alert.starts_at)));
        if alert.ends_at.is_some() {
            let _ = write!(html, " until {}", GoTime(alert.ends_at));
        }
        html.push_str("</h2>\n");
        table(&mut html, "Labels", &alert.labels);
        table(&mut html, "Annotations", &alert.annotations);
        // Anything else could be a script.
        if alert.generator_url.starts_with("http://") || alert.generator_url.starts_with("https://") {
            let _ = writeln!(html, "<p><a href=\"{}\">Source</a></p>", markup(&alert.generator_url));
        }
    }
    html.push_str("</body></html>\n");
    html
}

fn table(html: &mut String, title: &str, set: &LabelSet) {
    if set.is_empty() {
        return;
    }
    let _ = writeln!(html, "<table><caption style=\"text-align:left;font-weight:bold\">{title}</caption>");
    for (name, value) in set.iter() {
        let _ = writeln!(
            html,
            "<tr><th style=\"text-align:left;font-weight:normal\">{}</th><td style=\"white-space:pre-wrap\">{}</td></tr>",
            markup(name),
            markup(value)
        );
    }
    html.push_str("</table>\n");
}
