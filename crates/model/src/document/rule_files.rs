//! Paths and patterns in unit tests of rules: relative to the test, `*` and `?` within a name.

use std::collections::BTreeSet;

/// What a path or pattern of a test file leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Led<'a> {
    /// Outside of the ops repo, or a pattern with `[`: nobody can say.
    Unknown,
    /// These files, which may be none.
    To(Vec<&'a str>),
}

/// The files of the repo that a pattern in a test file takes.
#[must_use]
pub fn lead<'a>(test_file: &str, pattern: &str, paths: &'a BTreeSet<Box<str>>) -> Led<'a> {
    let Some(pattern) = resolved(test_file, pattern) else { return Led::Unknown };
    if pattern.contains(['[', '\\', '$']) || pattern.contains("{{") {
        return Led::Unknown;
    }
    let Some(sign) = pattern.find(['*', '?']) else {
        return Led::To(paths.get(&*pattern).map(|path| &**path).into_iter().collect());
    };
    let plain = pattern.get(..sign).unwrap_or("");
    let near = paths.range(Box::from(plain)..).map(|path| &**path).take_while(|path| path.starts_with(plain));
    Led::To(near.filter(|path| takes(&pattern, path)).collect())
}

/// The path from the repo's folder on; `None`: it leads out.
fn resolved(test_file: &str, pattern: &str) -> Option<String> {
    if pattern.starts_with('/') {
        return None;
    }
    let folder = test_file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in pattern.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn takes(pattern: &str, path: &str) -> bool {
    let (mut names, mut patterns) = (path.split('/'), pattern.split('/'));
    loop {
        match (patterns.next(), names.next()) {
            (None, None) => return true,
            (Some(pattern), Some(name)) if name_fits(pattern, name) => {}
            _ => return false,
        }
    }
}

/// A name against a pattern, in time by the product of their lengths: on a mismatch the last `*` takes one more.
fn name_fits(pattern: &str, name: &str) -> bool {
    let (mut pattern, mut name) = (pattern.chars(), name.chars());
    let mut star = None;
    loop {
        let before = name.clone();
        match (pattern.next(), name.next()) {
            (None, None) => return true,
            (Some('*'), _) => {
                star = Some((pattern.clone(), before.clone()));
                name = before;
            }
            (Some(wanted), Some(found)) if wanted == '?' || wanted == found => {}
            _ => {
                let Some((behind, taken)) = &mut star else { return false };
                if taken.next().is_none() {
                    return false;
                }
                (pattern, name) = (behind.clone(), taken.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_lead_from_the_test_to_rules() {
        let paths: BTreeSet<Box<str>> =
            ["rules/a.yml", "rules/b.yml", "rules/deep/c.yml", "tests/a.test.yml"].map(Box::from).into();
        let led = |pattern| match lead("tests/a.test.yml", pattern, &paths) {
            Led::Unknown => vec!["?"],
            Led::To(files) => files,
        };
        assert_eq!(led("../rules/a.yml"), ["rules/a.yml"]);
        assert_eq!(led("../rules/*.yml"), ["rules/a.yml", "rules/b.yml"]);
        assert_eq!(led(".././rules/?.yml"), ["rules/a.yml", "rules/b.yml"]);
        assert_eq!(led("../*/*.yml"), ["rules/a.yml", "rules/b.yml", "tests/a.test.yml"]);
        assert_eq!(led("../rules/c.yml"), Vec::<&str>::new());
        assert_eq!(led("../../other/a.yml"), ["?"]);
        assert_eq!(led("/etc/rules.yml"), ["?"]);
        assert_eq!(led("../rules/[ab].yml"), ["?"]);
    }
}
