//! What names are made of.

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_model::{codes, quoted};

use crate::fields::Cx;

/// Longer names are refused, as DNS refuses longer labels.
pub(crate) const NAME_BYTES_MAX: usize = 63;

/// Reports a name that is not made as names are. `what` is whose it is.
pub(crate) fn check(name: Spanned<&str>, what: &str, cx: &mut Cx) {
    if !is_name(name.value) {
        let headline = format!("{} is no name for {what}", quoted(name.value));
        let help = "names are made of lower-case letters, digits and `-`, up to 63, such as `orders-health`";
        cx.push(Diagnostic::error(codes::INVALID_NAME, name.span, headline).help(help));
    }
}

/// A name as a DNS label has it.
fn is_name(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    text.len() <= NAME_BYTES_MAX
        && text.starts_with(plain)
        && text.ends_with(plain)
        && text.chars().all(|c| plain(c) || c == '-')
}

/// Reports a key that is no label's name.
pub(crate) fn check_label(name: Spanned<&str>, cx: &mut Cx) {
    let letter = |c: char| c.is_ascii_alphabetic() || c == '_';
    if !name.value.starts_with(letter) || !name.value.chars().all(|c| letter(c) || c.is_ascii_digit()) {
        let headline = format!("{} is no label name", quoted(name.value));
        let diag = Diagnostic::error(codes::INVALID_NAME, name.span, headline);
        cx.push(diag.help("label names are made of letters, digits and `_`, and do not start with a digit"));
    }
}
