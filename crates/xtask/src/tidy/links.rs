//! Every relative link of a Markdown file points to a file or folder that exists.

use super::fault::Fault;
use super::tree::Tree;

/// Ops repos that tests read: dead links are put there to be found.
const SETS: &str = "/tests/sets/";

/// A fault for each link to nowhere. Code, addresses and anchors within the page are left alone.
pub(crate) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.ending_in(&[".md"]).filter(|(path, _)| !path.contains(SETS)) {
        for (line, number) in prose(text) {
            for target in targets(&line).filter(|target| is_relative(target)) {
                if !resolve(path, target).is_some_and(|file| tree.has(&file)) {
                    let what = format!("the link `{target}` leads nowhere");
                    faults.push(Fault::new(path, number, what, "correct the path, or drop the link"));
                }
            }
        }
    }
    faults
}

/// The lines outside fenced code, with inline code taken out, each with its number.
fn prose(text: &str) -> Vec<(String, usize)> {
    let mut lines = Vec::new();
    let mut fence: Option<&str> = None;
    for (line, number) in text.lines().zip(1..) {
        let start = line.trim_start();
        match fence {
            Some(open) if start.starts_with(open) && start.trim_start_matches(open).trim().is_empty() => fence = None,
            Some(_) => {}
            None if start.starts_with("```") || start.starts_with("~~~") => fence = Some(fence_of(start)),
            None => lines.push((line.split('`').step_by(2).collect(), number)),
        }
    }
    lines
}

/// The run of marks that opens a fence; only as long a run closes it.
fn fence_of(start: &str) -> &str {
    let end = start.find(|letter| !start.starts_with(letter)).unwrap_or(start.len());
    start.get(..end).unwrap_or(start)
}

/// What `[text](target)` and `[name]: target` point to.
fn targets(line: &str) -> impl Iterator<Item = &str> {
    let inline = line.split("](").skip(1).filter_map(|rest| rest.split_once(')').map(|(target, _)| target));
    let definition = line.strip_prefix('[').and_then(|rest| rest.split_once("]: ")).map(|(_, target)| target);
    inline.chain(definition).map(|target| {
        let target = target.trim();
        let bare = target.strip_prefix('<').and_then(|rest| rest.split_once('>')).map(|(target, _)| target);
        bare.unwrap_or_else(|| target.split(' ').next().unwrap_or_default())
    })
}

fn is_relative(target: &str) -> bool {
    let has_scheme = target.split_once(':').is_some_and(|(scheme, _)| !scheme.contains(['/', '.', '#']));
    !target.is_empty() && !target.starts_with('#') && !target.starts_with("//") && !has_scheme
}

/// The path from the root; nothing when the link leaves the repository.
fn resolve(page: &str, target: &str) -> Option<String> {
    let target = target.split(['#', '?']).next().unwrap_or_default().replace("%20", " ");
    let mut parts: Vec<&str> = if target.starts_with('/') { Vec::new() } else { page.split('/').collect() };
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::super::fault::lines;
    use super::*;

    fn check_page(text: &str) -> Vec<String> {
        lines(&check(&Tree::of(&[("docs/page.md", text), ("docs/design/a b.md", ""), ("README.md", "")])))
    }

    #[test]
    fn a_link_to_nowhere_is_a_fault() {
        assert_eq!(
            check_page("See\n[this](gone.md) and [that](../README.md).\n"),
            ["docs/page.md:2: the link `gone.md` leads nowhere; correct the path, or drop the link"]
        );
        for nowhere in ["[a](../../README.md)", "![a](a.png \"title\")", "[a]: gone.md", "[a](/docs/gone.md#b)"] {
            assert_eq!(check_page(nowhere).len(), 1, "{nowhere}");
        }
    }

    #[test]
    fn links_to_files_folders_anchors_and_addresses_are_fine() {
        for good in [
            "[a](design/a%20b.md#part) [b](<design/a b.md>) [c](design/) [d](./page.md \"title\") [e](/README.md)",
            "[a](#here) [b](https://example.org/x.md) [c](mailto:a@example.org) [d](..)",
            "[a]: ../README.md",
        ] {
            assert_eq!(check_page(good), [""; 0], "{good}");
        }
    }

    #[test]
    fn code_is_left_alone() {
        assert_eq!(check_page("`[a](gone.md)`\n````md\n```\n[a](gone.md)\n```\n````\n"), [""; 0]);
        assert_eq!(check_page("```\ncode\n```\n[a](gone.md)\n").len(), 1);
    }
}
