//! `expect="> 100"`: what the outcome of a step has to be.

use evenkeel_model::{Comparison, Expectation};

/// Longer signs first, since the shorter ones begin them.
const SIGNS: [(&str, Comparison); 7] = [
    ("==", Comparison::Equal),
    ("!=", Comparison::NotEqual),
    (">=", Comparison::AtLeast),
    ("<=", Comparison::AtMost),
    (">", Comparison::Greater),
    ("<", Comparison::Less),
    ("=", Comparison::Equal),
];

/// Reads it; `None` when it is none.
pub(super) fn expectation(text: &str) -> Option<Expectation> {
    let text = text.trim();
    let signed = SIGNS.iter().find_map(|(sign, comparison)| Some((*comparison, text.strip_prefix(sign)?)));
    let (comparison, with) = signed.unwrap_or((Comparison::Equal, text));
    let with = with.trim();
    let parameter = with.starts_with("{{") && with.ends_with("}}");
    let number = with.parse::<f64>().is_ok_and(|number| !number.is_nan());
    (parameter || number).then(|| Expectation { comparison, with: with.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_and_a_number_or_a_number_alone() {
        let read = |text: &str| expectation(text).map(|read| (read.comparison, read.with.into_string()));
        assert_eq!(read("> 100"), Some((Comparison::Greater, "100".to_owned())));
        assert_eq!(read(">=1.5"), Some((Comparison::AtLeast, "1.5".to_owned())));
        assert_eq!(read("0"), Some((Comparison::Equal, "0".to_owned())));
        assert_eq!(read("<= {{ most }}"), Some((Comparison::AtMost, "{{ most }}".to_owned())));
        for text in ["", "many", "> ", "> 1 or so", "NaN"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
