//! Text settings that Alertmanager runs as Go templates. We send its default texts and literal ones.

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_model::codes;

use crate::fields::{Cx, Fields};

/// Reads a text setting: `None` is the default text, be it unset, spelled out, or a template that we do not run.
pub(super) fn text(fields: &mut Fields<'_>, name: &'static str, default: &str, cx: &mut Cx) -> Option<Box<str>> {
    let text = fields.any_text(name, cx)?;
    literal(name, text, default, cx)
}

/// The text if it is a literal one.
pub(super) fn literal(name: &str, text: Spanned<&str>, default: &str, cx: &mut Cx) -> Option<Box<str>> {
    if !text.value.contains("{{") {
        return Some(text.value.into());
    }
    if squeezed(text.value) != squeezed(default) {
        let headline = format!("the template in `{name}` is not run, the default text is sent");
        let help = "write a literal text, or leave it out";
        cx.push(Diagnostic::finding(codes::TEMPLATE_NOT_SUPPORTED, text.span, headline).help(help));
    }
    None
}

/// An address that is literal; a template in it is refused.
pub(super) fn address<'a>(name: &str, text: Spanned<&'a str>, cx: &mut Cx) -> Option<&'a str> {
    if !text.value.contains("{{") {
        return Some(text.value);
    }
    let headline = format!("`{name}` is a template, so nobody can say where notices go");
    let help = "write the address itself; where there are several, give each a receiver and a route of its own";
    cx.push(Diagnostic::error(codes::TEMPLATE_IN_ADDRESS, text.span, headline).help(help));
    None
}

/// The template without what makes no difference: spaces, trim marks, sort of quotes.
fn squeezed(template: &str) -> String {
    let plain = template.replace("{{-", "{{").replace("-}}", "}}").replace('`', "\"");
    plain.chars().filter(|c| !c.is_whitespace()).collect()
}
