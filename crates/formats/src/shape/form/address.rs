//! Addresses and paths.

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_model::codes;

use super::within;
use crate::fields::Cx;
use crate::url::http_url;

/// Longer paths and addresses are refused.
pub(crate) const PATH_BYTES_MAX: usize = 2048;

/// Reads an address; one with a password in it is a finding and is blanked.
pub(crate) fn web_address(name: &str, url: Spanned<&str>, cx: &mut Cx) -> Option<Box<str>> {
    match http_url(url.value) {
        Ok(read) => {
            if read.userinfo {
                cx.secrets.push(url.span);
                let headline = format!("the secret in `{name}` is written in the ops repo");
                let help = "ask an address that needs no password";
                cx.push(Diagnostic::finding(codes::INLINE_SECRET, url.span, headline).help(help));
            }
            Some(url.value.into())
        }
        Err(why) => {
            cx.secrets.push(url.span);
            cx.push(Diagnostic::error(codes::INVALID_URL, url.span, format!("`{name}` is no address: {why}")));
            None
        }
    }
}

/// The address, if it is one.
pub(crate) fn address(url: Spanned<&str>) -> Option<Box<str>> {
    http_url(url.value).is_ok().then(|| url.value.into())
}

/// Reports a path that leads out of the folder of notices.
pub(super) fn check_path(path: Spanned<&str>, cx: &mut Cx) {
    if leads_out(path.value) {
        let headline = "the path has to stay inside the folder of notices";
        let diag = Diagnostic::error(codes::UNSAFE_PATH, path.span, headline);
        cx.push(diag.help("write a relative path without `.` and `..`, such as `oncall.jsonl`"));
    }
}

/// Reports what is neither an address nor a path in the ops repo.
pub(super) fn check_path_or_url(text: Spanned<&str>, name: &str, cx: &mut Cx) {
    within(text, name, PATH_BYTES_MAX, cx);
    if is_address(text.value) {
        web_address(name, text, cx);
    } else if leads_out(text.value) {
        let headline = "the path has to stay inside the ops repo";
        let diag = Diagnostic::error(codes::UNSAFE_PATH, text.span, headline);
        cx.push(diag.help("write a path such as `runbooks/restart-orders.md`, or an address"));
    }
}

/// Whether a text is meant to be an address and not a path.
pub(crate) fn is_address(text: &str) -> bool {
    text.contains("://")
}

/// Whether a path is anything but a plain way down from its folder.
fn leads_out(path: &str) -> bool {
    let unsafe_part = |part: &str| part.is_empty() || part == "." || part == "..";
    path.split('/').any(unsafe_part) || path.contains(['\\', '\0'])
}
