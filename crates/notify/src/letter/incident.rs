//! A page or an update as HTML.

use std::fmt::Write as _;

use crate::brief::{Brief, Point};
use crate::inert::markup;

/// As HTML.
pub(super) fn html(brief: &Brief<'_>) -> String {
    let subject = markup(&brief.subject);
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{subject}</title></head>\n\
         <body style=\"font-family:sans-serif;color:#1d1b20\">\n<h1 style=\"font-size:1.2em;color:{color}\">{subject}</h1>\n",
        color = if brief.ask.is_empty() { "#1d1b20" } else { "#b3261e" },
    );
    if !brief.ask.is_empty() {
        let _ = writeln!(html, "<p>{}</p>", markup(brief.ask));
    }
    if !brief.text.is_empty() {
        let _ = writeln!(html, "<div style=\"white-space:pre-wrap\">{}</div>", markup(&brief.text));
    }
    table(&mut html, &brief.first);
    if let Some(button) = &brief.button {
        let _ = writeln!(
            html,
            "<p><a href=\"{}\" style=\"display:inline-block;padding:0.6em 1.2em;background:#b3261e;color:#ffffff;\
             text-decoration:none\">{}</a></p>",
            markup(button.link),
            markup(button.label)
        );
    }
    if let Some(command) = &brief.command {
        let _ = writeln!(html, "<p>How to answer: <code>{}</code></p>", markup(command));
    }
    table(&mut html, &brief.then);
    html.push_str("</body></html>\n");
    html
}

fn table(html: &mut String, points: &[Point]) {
    if points.is_empty() {
        return;
    }
    html.push_str("<table>\n");
    for Point { name, text } in points {
        let _ = writeln!(
            html,
            "<tr><th style=\"text-align:left;vertical-align:top;font-weight:normal;padding-right:1em\">{}</th><td>{}</td></tr>",
            markup(name),
            markup(text)
        );
    }
    html.push_str("</table>\n");
}
