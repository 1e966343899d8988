//! Sentences of a lens, in which back-ticks make code.

/// A stretch of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Whether it is code.
    pub code: bool,
    /// On one line.
    pub text: String,
}

/// A sentence.
pub type Prose = Vec<Stretch>;

/// The sentence in stretches. A back-tick without its second one is what it is.
#[must_use]
pub fn prose(text: &str) -> Prose {
    let text = crate::printable::line(text);
    let mut stretches = Vec::new();
    let mut rest = text.as_str();
    while let Some((before, (code, after))) =
        rest.split_once('`').and_then(|(before, behind)| Some((before, behind.split_once('`')?)))
    {
        stretches.push(Stretch { code: false, text: before.to_owned() });
        stretches.push(Stretch { code: true, text: code.to_owned() });
        rest = after;
    }
    stretches.push(Stretch { code: false, text: rest.to_owned() });
    stretches.retain(|stretch| !stretch.text.is_empty());
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_ticks_make_code_in_pairs() {
        let shown = |text: &str| -> String {
            let stretches = prose(text).into_iter();
            stretches.map(|stretch| if stretch.code { format!("<{}>", stretch.text) } else { stretch.text }).collect()
        };
        assert_eq!(shown("say `a b` or `c`."), "say <a b> or <c>.");
        assert_eq!(shown("one ` alone"), "one ` alone");
        assert_eq!(shown("`a` and ` b"), "<a> and ` b");
        assert_eq!(shown(""), "");
    }
}
