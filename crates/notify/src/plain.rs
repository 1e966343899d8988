//! A page or an update as plain text.

use std::fmt::Write as _;

use crate::brief::{Brief, Point};

/// With its subject and its link, for mail.
pub(crate) fn whole(brief: &Brief<'_>) -> String {
    let mut text = format!("{}\n", brief.subject);
    request(&mut text, brief);
    points(&mut text, &brief.first);
    if let Some(button) = &brief.button {
        let _ = writeln!(text, "{}: {}", button.label, button.link);
    }
    command(&mut text, brief);
    if !brief.then.is_empty() {
        text.push('\n');
    }
    points(&mut text, &brief.then);
    text
}

/// Without subject and link, where these have places of their own.
pub(crate) fn inner(brief: &Brief<'_>) -> String {
    let mut text = String::new();
    request(&mut text, brief);
    points(&mut text, &brief.first);
    command(&mut text, brief);
    points(&mut text, &brief.then);
    text.trim().to_owned()
}

fn request(text: &mut String, brief: &Brief<'_>) {
    if !brief.ask.is_empty() {
        let _ = writeln!(text, "{}", brief.ask);
    }
    if !brief.text.is_empty() {
        // What is to be approved is indented, so that none of it can pass for a line of ours.
        let quoted = if brief.ask.is_empty() { "" } else { "    " };
        text.push('\n');
        for line in brief.text.lines() {
            let _ = writeln!(text, "{}", format!("{quoted}{line}").trim_end());
        }
    }
    if !brief.first.is_empty() {
        text.push('\n');
    }
}

fn points(text: &mut String, points: &[Point]) {
    for point in points {
        let _ = writeln!(text, "{}: {}", point.name, point.text);
    }
}

fn command(text: &mut String, brief: &Brief<'_>) {
    if let Some(command) = &brief.command {
        let _ = writeln!(text, "How to answer: {command}");
    }
}

#[cfg(test)]
mod tests;
