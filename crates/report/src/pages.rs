//! The page of each code, as it lies in `docs/codes`.

/// A code's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// The code.
    pub code: &'static str,
    /// The page, Markdown.
    pub text: &'static str,
}

macro_rules! pages {
    ($($code:literal,)*) => {
        /// Every page, by code.
        pub const PAGES: &[Page] = &[
            $(Page { code: $code, text: include_str!(concat!("../../../docs/codes/", $code, ".md")) },)*
        ];
    };
}

impl Page {
    /// The page of a code.
    #[must_use]
    pub fn of(code: &str) -> Option<&'static Self> {
        PAGES.binary_search_by(|page| page.code.cmp(code)).ok().and_then(|at| PAGES.get(at))
    }

    /// What the code means: the page's first sentence, which stands behind the word for how bad it is.
    #[must_use]
    pub fn meaning(&self) -> &'static str {
        let line = self.text.lines().find(|line| line.starts_with("**"));
        line.and_then(|line| line.split_once(".** ")).map_or(self.code, |(_, meaning)| meaning)
    }
}

// Written by `UPDATE_PAGES=1 cargo test -p evenkeel-report --test it`.
pages! {}
