//! `.evenkeelignore`: what of an ops repo is not read, in the syntax of `.gitignore`.

use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// The file's name; it counts in the root only.
pub const IGNORE_FILE: &str = ".evenkeelignore";

/// The patterns of an ignore file.
#[derive(Debug)]
pub(crate) struct Ignored(Gitignore);

/// A line that is no pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BadPattern {
    /// Byte offset of the line.
    pub(crate) start: usize,
    /// Without its line ending.
    pub(crate) line: String,
}

impl Ignored {
    /// Reads the patterns; a line that is none names nothing.
    pub(crate) fn read(text: &str) -> (Self, Vec<BadPattern>) {
        let mut builder = GitignoreBuilder::new("");
        let mut bad = Vec::new();
        let mut start = 0;
        for whole in text.split_inclusive('\n') {
            let line = whole.trim_end_matches(['\n', '\r']).trim_start_matches('\u{feff}');
            if builder.add_line(None, line).is_err() {
                bad.push(BadPattern { start, line: line.to_owned() });
            }
            start += whole.len();
        }
        (Self(builder.build().unwrap_or_else(|_| Gitignore::empty())), bad)
    }

    /// Whether a path is named, its folders apart.
    pub(crate) fn names(&self, path: &str, folder: bool) -> bool {
        self.0.matched(path, folder).is_ignore()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_those_of_gitignore() {
        let (ignored, bad) =
            Ignored::read("\u{feff}# vendored\r\nvendor/\r\n/top.yml\n*.gen.yml\n!keep.gen.yml\n\n[z-a]\n");
        let named = |path, folder| ignored.names(path, folder);
        assert!(named("vendor", true) && named("a/vendor", true) && !named("vendor", false));
        assert!(named("top.yml", false) && !named("a/top.yml", false));
        assert!(named("a/b.gen.yml", false) && !named("a/keep.gen.yml", false));
        assert_eq!(bad.iter().map(|bad| (bad.start, bad.line.as_str())).collect::<Vec<_>>(), [(58, "[z-a]")]);
    }
}
