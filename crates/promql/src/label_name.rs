//! Names of labels and metrics that need no quotes.

/// Whether it may stand as a label's name without quotes.
pub(crate) fn is_plain_label(name: &str) -> bool {
    is_plain(name, false)
}

/// Whether it may stand as a metric's name without quotes.
pub(crate) fn is_plain_metric(name: &str) -> bool {
    is_plain(name, true)
}

fn is_plain(name: &str, colons: bool) -> bool {
    let letter = |c: char| c.is_ascii_alphabetic() || c == '_' || colons && c == ':';
    name.starts_with(letter) && name.chars().all(|c| letter(c) || c.is_ascii_digit())
}
