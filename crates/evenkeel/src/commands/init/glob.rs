//! Patterns of paths, as `rule_files` has them: `*`, `?` and `[a-z]` within a name.

use std::fs;
use std::path::{Component, Path, PathBuf};

/// Names that are looked at, in all folders together.
const NAMES_MAX: usize = 100_000;

/// The files that a pattern names, by path; relative ones from a folder on. A path without signs is taken as it is.
pub(super) fn files(base: &Path, pattern: &str) -> Vec<PathBuf> {
    let pattern = base.join(pattern);
    if !has_signs(&pattern.to_string_lossy()) {
        return vec![pattern];
    }
    let mut found = vec![PathBuf::new()];
    let mut left = NAMES_MAX;
    for part in pattern.components() {
        found = match part {
            Component::Normal(name) if has_signs(&name.to_string_lossy()) => {
                let pattern: Vec<char> = name.to_string_lossy().chars().collect();
                found.iter().flat_map(|folder| matching(folder, &pattern, &mut left)).collect()
            }
            Component::Normal(_)
            | Component::Prefix(_)
            | Component::RootDir
            | Component::CurDir
            | Component::ParentDir => found.iter().map(|folder| folder.join(part)).collect(),
        };
    }
    found.retain(|path| path.is_file());
    found
}

fn has_signs(text: &str) -> bool {
    text.contains(['*', '?', '['])
}

fn matching(folder: &Path, pattern: &[char], left: &mut usize) -> Vec<PathBuf> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for entry in entries.flatten() {
        let Some(rest) = left.checked_sub(1) else { break };
        *left = rest;
        let name: Vec<char> = entry.file_name().to_string_lossy().chars().collect();
        if name_matches(pattern, &name) {
            found.push(entry.path());
        }
    }
    found.sort();
    found
}

/// A name against a pattern: on a mismatch the last `*` takes one character more.
fn name_matches(pattern: &[char], name: &[char]) -> bool {
    let (mut pattern, mut name) = (pattern, name);
    let mut star: Option<(&[char], &[char])> = None;
    loop {
        if let ['*', behind @ ..] = pattern {
            star = Some((behind, name));
            pattern = behind;
            continue;
        }
        if pattern.is_empty() && name.is_empty() {
            return true;
        }
        if let (Some(behind), [_, rest @ ..]) = (name.first().and_then(|c| one(pattern, *c)), name) {
            (pattern, name) = (behind, rest);
            continue;
        }
        let Some((behind, [_, rest @ ..])) = star else { return false };
        star = Some((behind, rest));
        (pattern, name) = (behind, rest);
    }
}

/// What is left of a pattern when its first sign takes a character.
fn one(pattern: &[char], c: char) -> Option<&[char]> {
    match pattern {
        ['?', behind @ ..] => Some(behind),
        ['[', behind @ ..] => {
            let end = behind.iter().position(|sign| *sign == ']')?;
            let (class, behind) = (behind.get(..end)?, behind.get(end + 1..)?);
            let (negated, class) = match class {
                ['^', rest @ ..] => (true, rest),
                _ => (false, class),
            };
            (in_class(class, c) != negated).then_some(behind)
        }
        [sign, behind @ ..] => (*sign == c).then_some(behind),
        [] => None,
    }
}

fn in_class(class: &[char], c: char) -> bool {
    match class {
        [from, '-', to, rest @ ..] => (*from <= c && c <= *to) || in_class(rest, c),
        [sign, rest @ ..] => *sign == c || in_class(rest, c),
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_match_as_prometheus_has_it() {
        let matches = |pattern: &str, name: &str| {
            let [pattern, name] = [pattern, name].map(|text| text.chars().collect::<Vec<char>>());
            name_matches(&pattern, &name)
        };
        for (pattern, name) in
            [("*.yml", "a.yml"), ("a?c", "abc"), ("[a-c]*", "bzz"), ("[^a]x", "bx"), ("*a*b", "xaab")]
        {
            assert!(matches(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in
            [("*.yml", "a.yaml"), ("a?c", "ac"), ("[a-c]", "d"), ("[^a]x", "ax"), ("[a", "a"), ("", "a")]
        {
            assert!(!matches(pattern, name), "{pattern} {name}");
        }
        assert!(!matches(&"*a".repeat(500), &"a".repeat(400)));
    }

    #[test]
    fn folders_are_gone_through() {
        let folder = tempfile::tempdir().expect("a folder");
        for path in ["a/rules/x.yml", "b/rules/y.yml", "b/rules/z.txt"] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, "").expect("a file");
        }
        let found = files(folder.path(), "*/rules/*.yml");
        let shown: Vec<_> = found.iter().filter_map(|path| path.strip_prefix(folder.path()).ok()).collect();
        assert_eq!(shown, [Path::new("a/rules/x.yml"), Path::new("b/rules/y.yml")]);
        assert_eq!(files(Path::new("/x"), "none.yml"), [PathBuf::from("/x/none.yml")]);
    }
}
