//! Secrets written inline, or in a file that is named.

use evenkeel_diagnostic::{Diagnostic, Span, Spanned};
use evenkeel_model::{SecretRef, codes};

use super::text::address;
use crate::fields::{Cx, Fields};
use crate::url::http_url;

/// The names of a secret's two fields.
pub(crate) type Names = [&'static str; 2];

/// Reads a password or token: inline (a finding) or from a file.
pub(crate) fn credential(fields: &mut Fields<'_>, [inline, file]: Names, cx: &mut Cx) -> Option<SecretRef> {
    fields.at_most_one(inline, file, cx);
    let from_file = fields.text(file, cx).map(|path| SecretRef::File(path.value.into()));
    let written = fields.secret(inline, cx);
    if let Some(written) = &written {
        found_inline(inline, file, written.span, cx);
    }
    written.map(|text| SecretRef::inline(text.value)).or(from_file)
}

/// Reads an address that is a secret as a whole, or one that is only when somebody put a password into it.
pub(crate) fn secret_url(
    fields: &mut Fields<'_>,
    [inline, file]: Names,
    always_a_finding: bool,
    cx: &mut Cx,
) -> Option<Spanned<SecretRef>> {
    fields.at_most_one(inline, file, cx);
    let from_file = fields.text(file, cx).map(|path| path.map(|path| SecretRef::File(path.into())));
    let Some(written) = fields.secret(inline, cx) else { return from_file };
    let place = written.span;
    match address(inline, written, cx).map(http_url) {
        None => {}
        Some(Ok(url)) if always_a_finding || url.userinfo => found_inline(inline, file, place, cx),
        Some(Ok(_)) => {}
        Some(Err(why)) => {
            cx.push(Diagnostic::error(codes::INVALID_URL, place, format!("`{inline}` is no address: {why}")));
        }
    }
    Some(written.map(SecretRef::inline))
}

fn found_inline(inline: &str, file: &str, span: Span, cx: &mut Cx) {
    let headline = format!("the secret in `{inline}` is written in the ops repo");
    let help = format!("put it into a file on the machine that sends and name that with `{file}`");
    cx.push(Diagnostic::finding(codes::INLINE_SECRET, span, headline).help(help));
}
