//! User text inside a message: in back-ticks, on one line, and not for ever.

/// Longer texts are cut.
const CHARS_MAX: usize = 60;

/// The text as a headline shows it.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut shown: String = text.chars().take(CHARS_MAX).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(CHARS_MAX).is_some() {
        shown.push('…');
    }
    format!("`{shown}`")
}
