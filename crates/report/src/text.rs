//! Diagnostics on a terminal, in a line, and in JSON.

use std::fmt::Write;

use evenkeel_diagnostic::{Diagnostic, Severity, Sources, Span};

/// Frames as a good compiler draws them, errors first, with a count at the end.
#[must_use]
pub fn text(diagnostics: &[Diagnostic], sources: &Sources, color: bool) -> String {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|diagnostic| (diagnostic.severity, diagnostic.primary.span));
    let mut out = String::new();
    for diagnostic in &sorted {
        frame(&mut out, diagnostic, sources, color);
    }
    let errors = sorted.iter().filter(|diagnostic| diagnostic.blocks()).count();
    let _ = writeln!(out, "{}, {}", counted(errors, "error"), counted(sorted.len() - errors, "finding"));
    out
}

fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// The frames alone, each after a blank line but the first, in the order given and without colour.
#[must_use]
pub fn frames(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        frame(&mut out, diagnostic, sources, false);
    }
    out.pop();
    out
}

/// `file:line:column: code: headline`.
#[must_use]
pub fn one_line(diagnostic: &Diagnostic, sources: &Sources) -> String {
    format!("{}: {}: {}", place(diagnostic.primary.span, sources), diagnostic.code, diagnostic.headline)
}

/// One object per diagnostic.
#[must_use]
pub fn json(diagnostics: &[Diagnostic], sources: &Sources) -> serde_json::Value {
    let label = |span: Span, message: &str| {
        let source = sources.get(span.source);
        let (start, end) = (source.map(|s| s.position(span.start)), source.map(|s| s.position(span.end)));
        serde_json::json!({
            "file": source.map(|source| source.path.as_ref()),
            "line": start.map(|at| at.line), "column": start.map(|at| at.column),
            "end_line": end.map(|at| at.line), "end_column": end.map(|at| at.column),
            "message": message,
        })
    };
    let one = |diagnostic: &Diagnostic| {
        serde_json::json!({
            "code": diagnostic.code,
            "severity": word(diagnostic.severity),
            "headline": diagnostic.headline,
            "primary": label(diagnostic.primary.span, &diagnostic.primary.message),
            "related": diagnostic.related.iter().map(|at| label(at.span, &at.message)).collect::<Vec<_>>(),
            "help": diagnostic.help,
        })
    };
    diagnostics.iter().map(one).collect()
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Finding => "finding",
    }
}

fn place(span: Span, sources: &Sources) -> String {
    sources.get(span.source).map_or_else(String::new, |source| {
        let at = source.position(span.start);
        format!("{}:{}:{}", source.path, at.line, at.column)
    })
}

fn frame(out: &mut String, diagnostic: &Diagnostic, sources: &Sources, color: bool) {
    let paint = |code: &str| if color { format!("\x1b[{code}m") } else { String::new() };
    let tone = if diagnostic.blocks() { "1;31" } else { "1;33" };
    let (tone, bold, off) = (paint(tone), paint("1"), paint("0"));
    let severity = word(diagnostic.severity);
    let headline = &diagnostic.headline;
    let _ = writeln!(out, "{tone}{severity}[{}]{off}{bold}: {headline}{off}", diagnostic.code);
    excerpt(out, diagnostic.primary.span, &diagnostic.primary.message, '^', sources, color);
    for related in &diagnostic.related {
        excerpt(out, related.span, &related.message, '-', sources, color);
    }
    if let Some(help) = &diagnostic.help {
        let _ = writeln!(out, "{} = help: {help}", margin(diagnostic.primary.span, sources));
    }
    out.push('\n');
}

/// As wide as the number of the line where the span begins.
fn margin(span: Span, sources: &Sources) -> String {
    let line = sources.get(span.source).map_or(0, |source| source.position(span.start).line);
    " ".repeat(line.to_string().len())
}

fn excerpt(out: &mut String, span: Span, message: &str, mark: char, sources: &Sources, color: bool) {
    let Some(source) = sources.get(span.source) else { return };
    let (start, end) = (source.position(span.start), source.position(span.end));
    let line = printable(source.line(start.line));
    let margin = " ".repeat(start.line.to_string().len());
    let last = if end.line == start.line { end.column } else { line.chars().count() + 1 };
    let marks = mark.to_string().repeat(last.saturating_sub(start.column).max(1));
    let (red, off) = if color { ("\x1b[31m", "\x1b[0m") } else { ("", "") };
    let _ = writeln!(out, "{margin}--> {}:{}:{}", source.path, start.line, start.column);
    let _ = writeln!(out, "{margin} |\n{} | {line}", start.line);
    let indent = " ".repeat(start.column - 1);
    let _ = writeln!(out, "{}", format!("{margin} | {indent}{red}{marks}{off} {message}").trim_end());
}

/// Control characters of a file must not steer a terminal; a tab is one column wide, as positions count it.
fn printable(line: &str) -> String {
    line.chars()
        .map(|c| {
            if c == '\t' {
                ' '
            } else if c.is_control() {
                '\u{fffd}'
            } else {
                c
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use evenkeel_diagnostic::Source;

    fn example() -> (Diagnostic, Sources) {
        let mut sources = Sources::default();
        let text = "route:\n  receiver: pagr-dba\nreceivers:\n- name: pager-dba\n";
        let source = sources.add(Source::new("alertmanager.yml", text));
        let diagnostic =
            Diagnostic::error("unknown-receiver", Span { source, start: 19, end: 27 }, "no receiver named `pagr-dba`")
                .label("not declared under `receivers`")
                .related(Span { source, start: 47, end: 56 }, "the nearest name")
                .help("did you mean `pager-dba`?");
        (diagnostic, sources)
    }

    #[test]
    fn a_diagnostic_is_drawn_with_its_place_and_remedy() {
        let (diagnostic, sources) = example();
        let expected = "\
error[unknown-receiver]: no receiver named `pagr-dba`
 --> alertmanager.yml:2:13
  |
2 |   receiver: pagr-dba
  |             ^^^^^^^^ not declared under `receivers`
 --> alertmanager.yml:4:9
  |
4 | - name: pager-dba
  |         --------- the nearest name
  = help: did you mean `pager-dba`?

1 error, 0 findings
";
        assert_eq!(text(&[diagnostic], &sources, false), expected);
    }

    #[test]
    fn a_line_and_json_name_the_same_place() {
        let (diagnostic, sources) = example();
        let line = "alertmanager.yml:2:13: unknown-receiver: no receiver named `pagr-dba`";
        assert_eq!(one_line(&diagnostic, &sources), line);
        let json = json(&[diagnostic], &sources);
        assert_eq!(json.pointer("/0/primary/line"), Some(&2.into()));
        assert_eq!(json.pointer("/0/severity"), Some(&"error".into()));
    }
}
