//! Addresses with a password in them.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::codes;
use evenkeel_model::document::Text;

use crate::fields::Cx;

/// Blanks links with a password in them, and says so.
pub(super) fn blank(links: &[Text], cx: &mut Cx) {
    for link in links.iter().filter(|link| has_password(&link.value)) {
        cx.secrets.push(link.span);
        let diag =
            Diagnostic::finding(codes::INLINE_SECRET, link.span, "the password in a link is written in the ops repo");
        cx.push(diag.help("link without it, and say where the password is kept"));
    }
}

/// Whether an address has a password, and not only a name for one such as `$TOKEN` or `<password>`.
fn has_password(link: &str) -> bool {
    let Some((_, rest)) = link.split_once("://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or("");
    let Some((_, password)) = authority.rsplit_once('@').and_then(|(user, _)| user.split_once(':')) else {
        return false;
    };
    let stands_for = ["password", "pass", "secret", "token", "xxx", "***"];
    let named = password.starts_with(['$', '{', '<', '%']);
    !password.is_empty() && !named && !stands_for.iter().any(|word| password.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_told_from_its_name() {
        assert!(has_password("https://ada:tr0ub4dor@db.example/x") && has_password("postgres://u:p4@h"));
        for text in [
            "https://db.example/a:b@c",
            "https://ada@db.example",
            "https://u:$TOKEN@h",
            "https://user:password@h",
            "a:b@c",
        ] {
            assert!(!has_password(text), "{text}");
        }
    }
}
