//! Commits: their hashes, and the merge that a message tells of.

/// A whole hash, in SHA-1 or SHA-256; a branch is none, nor are the zeros that stand for no commit.
pub(crate) fn hash(text: &str) -> Option<&str> {
    let whole = matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    (whole && text.bytes().any(|byte| byte != b'0')).then_some(text)
}

/// The number of the pull request that a commit on GitHub merges, in the words GitHub proposes for it:
/// `Merge pull request #42 from …`, or `… (#42)` at the end of the first line where it was squashed.
pub(crate) fn pull_request(message: &str) -> Option<i64> {
    let first = message.lines().next()?.trim();
    if let Some(rest) = first.strip_prefix("Merge pull request #") {
        return number(rest.split(' ').next()?);
    }
    number(first.strip_suffix(')')?.rsplit_once("(#")?.1)
}

/// The number of the merge request that a commit on GitLab merges: `See merge request acme/shop!42` on a line.
pub(crate) fn merge_request(message: &str, repository: &str) -> Option<i64> {
    let told = message.lines().rev().find_map(|line| line.trim().strip_prefix("See merge request "))?;
    let (of, iid) = told.rsplit_once('!')?;
    (of.is_empty() || of.eq_ignore_ascii_case(repository)).then(|| number(iid)).flatten()
}

fn number(text: &str) -> Option<i64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_tell_of_merges_in_the_forges_words() {
        assert_eq!(pull_request("Merge pull request #42 from acme/fix\n\nmore"), Some(42));
        assert_eq!(pull_request("orders: bound the queue (#42)"), Some(42));
        for none in ["fixes (#42) for good", "Merge branch 'main'", "see #42", "(#)", "", "x (#4two)"] {
            assert_eq!(pull_request(none), None, "{none}");
        }
        assert_eq!(
            merge_request("Merge branch 'fix' into 'main'\n\nSee merge request acme/shop!42", "Acme/shop"),
            Some(42)
        );
        assert_eq!(merge_request("x\n\nSee merge request !42", "acme/shop"), Some(42));
        assert_eq!(merge_request("x\n\nSee merge request acme/web!42", "acme/shop"), None);
        assert_eq!(merge_request("See merge requests", "acme/shop"), None);
    }

    #[test]
    fn only_whole_hashes_are_commits() {
        let whole = "7fd1a60b01f91b314f59955a4e4d4e80d8edf11d";
        assert_eq!(hash(whole), Some(whole));
        for none in [
            "main",
            "7fd1a60",
            "0000000000000000000000000000000000000000",
            "",
            "zfd1a60b01f91b314f59955a4e4d4e80d8edf11d",
        ] {
            assert_eq!(hash(none), None, "{none}");
        }
    }
}
