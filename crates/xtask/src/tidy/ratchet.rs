//! The list of files that are larger than they should be, with the mark each may not pass.
//!
//! One `path number` a line; empty lines and lines with `#` are for people. Marks only go down.

/// Where the list is kept.
pub(crate) const PATH: &str = "crates/xtask/ratchet.txt";

/// Production lines a file may have without being listed.
pub(crate) const LINES_MAX: usize = 400;

/// One listed file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mark<'a> {
    /// Where in the list it stands.
    pub(crate) line: usize,
    pub(crate) path: &'a str,
    pub(crate) lines_max: usize,
}

/// The marks of the list, and the numbers of the lines that are none.
pub(crate) fn parse(list: &str) -> (Vec<Mark<'_>>, Vec<usize>) {
    let mut marks = Vec::new();
    let mut unreadable = Vec::new();
    for (text, line) in list.lines().zip(1..).filter(|(text, _)| !is_for_people(text)) {
        match mark(text) {
            Some((path, lines_max)) => marks.push(Mark { line, path, lines_max }),
            None => unreadable.push(line),
        }
    }
    (marks, unreadable)
}

fn is_for_people(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with('#')
}

fn mark(line: &str) -> Option<(&str, usize)> {
    let (path, lines_max) = line.rsplit_once(' ')?;
    Some((path.trim(), lines_max.parse().ok()?))
}

/// The list with each mark lowered to what its file has now, without those that need none any more.
pub(crate) fn blessed(list: &str, lines_of: impl Fn(&str) -> Option<usize>) -> String {
    let lowered = |line: &str| {
        let Some((path, lines_max)) = mark(line).filter(|_| !is_for_people(line)) else {
            return Some(format!("{line}\n"));
        };
        let lines = lines_of(path).filter(|lines| *lines > LINES_MAX)?;
        Some(format!("{path} {}\n", lines.min(lines_max)))
    };
    list.lines().filter_map(lowered).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_marks_and_says_what_is_none() {
        let (marks, unreadable) = parse("# for people\n\na.rs 500\nb.rs many\n");
        assert_eq!(marks, [Mark { line: 3, path: "a.rs", lines_max: 500 }]);
        assert_eq!(unreadable, [4]);
    }

    #[test]
    fn blessing_only_goes_down() {
        let list = "# for people\nshrank.rs 500\ngrew.rs 500\nsmall.rs 500\ngone.rs 500\n";
        let lines_of = |path: &str| match path {
            "shrank.rs" => Some(450),
            "grew.rs" => Some(550),
            "small.rs" => Some(400),
            "unlisted.rs" => Some(900),
            _ => None,
        };
        assert_eq!(blessed(list, lines_of), "# for people\nshrank.rs 450\ngrew.rs 500\n");
    }
}
