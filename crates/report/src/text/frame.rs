//! One diagnostic as a good compiler draws it.

use std::fmt::Write;

use evenkeel_diagnostic::{Diagnostic, Sources};

use super::columns::printable;
use super::excerpt::Excerpt;
use super::paint::Paint;
use crate::word;

/// Draws a frame, with a blank line at its end.
pub(super) fn draw(out: &mut String, diagnostic: &Diagnostic, sources: &Sources, color: bool) {
    let paint = Paint::of(diagnostic.severity, color);
    let Paint { tone, bold, rim, off } = paint;
    let (severity, headline) = (word(diagnostic.severity), printable(&diagnostic.headline));
    let _ = writeln!(out, "{tone}{severity}[{}]{off}{bold}: {headline}{off}", diagnostic.code);
    let excerpts = Excerpt::all(&diagnostic.primary, &diagnostic.related, sources);
    let last = excerpts.iter().map(Excerpt::last_line).max().unwrap_or(0);
    let margin = last.to_string().len();
    excerpts.iter().for_each(|excerpt| excerpt.draw(out, margin, sources, paint));
    if let Some(help) = &diagnostic.help {
        let _ = writeln!(out, "{:margin$} {rim}={off} {bold}help{off}: {}", "", printable(help));
    }
    out.push('\n');
}
