//! Passwords in addresses: found, and left out of what is shown.

use std::borrow::Cow;

/// Where the part of an address with user and host ends.
const ENDS: [char; 12] = ['/', '?', '#', ' ', '\n', '\t', '"', '\'', '`', '<', '>', ')'];

/// Whether an address has a password, and not only a name for one such as `$TOKEN` or `<password>`.
pub(super) fn has_password(link: &str) -> bool {
    link.split_once("://").is_some_and(|(_, rest)| password(rest).is_some())
}

/// The password at the beginning of what stands behind `://`, as a range of bytes.
fn password(rest: &str) -> Option<std::ops::Range<usize>> {
    let authority = rest.split(ENDS).next().unwrap_or("");
    let at = authority.rfind('@')?;
    let colon = authority.get(..at)?.find(':')?;
    let password = authority.get(colon + 1..at)?;
    let named = password.is_empty() || password.starts_with(['$', '{', '<', '%']);
    (!named).then_some(colon + 1..at)
}

/// The text with `…` in place of passwords.
pub(super) fn masked(text: &str) -> Cow<'_, str> {
    if !text.contains("://") || !text.contains('@') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, behind) = rest.split_at(at + 3);
        out.push_str(before);
        rest = behind;
        if let Some(range) = password(rest) {
            out.push_str(rest.get(..range.start).unwrap_or_default());
            out.push('…');
            rest = rest.get(range.end..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}
