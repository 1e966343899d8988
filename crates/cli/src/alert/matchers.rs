//! Matchers as amtool's users write them, one argument each or several with commas.

use evenkeel_labels::{MatchOp, Matcher, parse_matchers};

use crate::client::{Request, Wrong};

/// Reads matchers; a bare word at the start is the alert's name.
pub(crate) fn matchers(texts: &[String]) -> Result<Vec<Matcher>, Wrong> {
    let mut all = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        if index == 0 && !text.contains(['=', '!', '~', '{', '"']) {
            all.push(named(text)?);
            continue;
        }
        let read = parse_matchers(text).map_err(|error| wrong(text, &error.to_string()))?;
        if read.0.is_empty() {
            return Err(wrong(text, "nothing is in it"));
        }
        all.extend(read.0);
    }
    Ok(all)
}

fn named(name: &str) -> Result<Matcher, Wrong> {
    Matcher::new("alertname", MatchOp::Equal, name).map_err(|error| wrong(name, &error.to_string()))
}

fn wrong(text: &str, why: &str) -> Wrong {
    let help =
        "write `severity=page`, `service!=api`, `instance=~\"db.*\"` or `env!~\"test|dev\"`, in quotes for the shell";
    Wrong::new(format!("`{text}` is no matcher: {why}"), help)
}

/// The request with one `filter` a matcher.
pub(crate) fn filters(request: Request, texts: &[String]) -> Result<Request, Wrong> {
    let matchers = matchers(texts)?;
    Ok(matchers.iter().fold(request, |request, matcher| request.with("filter", &written(matcher))))
}

/// The matcher as every Alertmanager reads it.
pub(crate) fn written(matcher: &Matcher) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let bare = matcher.name().chars().all(plain) && !matcher.name().starts_with(|c: char| c.is_ascii_digit());
    let name = if bare { matcher.name().to_owned() } else { quoted(matcher.name()) };
    format!("{name}{}{}", matcher.op().as_str(), quoted(matcher.value()))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(texts: &[&str], expect: &str) {
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        let shown = match matchers(&texts) {
            Ok(matchers) => matchers.iter().map(written).collect::<Vec<_>>().join(" "),
            Err(wrong) => wrong.message,
        };
        assert_eq!(shown, expect, "{texts:?}");
    }

    #[test]
    fn matchers_are_read_as_amtool_reads_them() {
        check(&["Down"], r#"alertname="Down""#);
        check(&["Down", "severity=page"], r#"alertname="Down" severity="page""#);
        check(&[r#"{a=~"x|y", b!="z"}"#, "c!~d"], r#"a=~"x|y" b!="z" c!~"d""#);
        check(&[r#"path="C:\\x\"y""#], r#"path="C:\\x\"y""#);
        check(&[r#""my label"=x"#], r#""my label"="x""#);
        check(&["a=b", "c"], "`c` is no matcher: one of `=`, `!=`, `=~`, `!~` is expected");
        check(&["a=b", ""], "`` is no matcher: nothing is in it");
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_means_the_same(name in "\\PC{1,6}", value in "(?s).{0,20}") {
            let matcher = Matcher::new(name, MatchOp::Equal, value).expect("a matcher");
            let read = parse_matchers(&written(&matcher)).expect("readable");
            proptest::prop_assert_eq!(read.0, vec![matcher]);
        }
    }
}
