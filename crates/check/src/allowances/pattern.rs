//! Patterns of paths: `?` is one character, `*` any within a name, `**` any folders.
//!
//! A pattern takes the file it matches, and every file below a folder it matches. Matching takes time by the product
//! of both lengths at most.

use std::str::Chars;

/// Whether a pattern takes the file at a path.
pub(super) fn takes(pattern: &str, path: &str) -> bool {
    let pattern = pattern.trim_start_matches("./").trim_end_matches('/');
    let pattern: Vec<&str> = pattern.split('/').collect();
    let path: Vec<&str> = path.split('/').collect();
    // Which lengths of the path the pattern so far can match.
    let mut reached: Vec<bool> = (0..=path.len()).map(|length| length == 0).collect();
    for part in pattern {
        reached = if part == "**" { any_folders(&reached) } else { one_name(&reached, part, &path) };
    }
    reached.iter().skip(1).any(|reached| *reached)
}

fn any_folders(reached: &[bool]) -> Vec<bool> {
    let mut since = false;
    let mut any = |reached: &bool| {
        since |= *reached;
        since
    };
    reached.iter().map(&mut any).collect()
}

fn one_name(reached: &[bool], part: &str, path: &[&str]) -> Vec<bool> {
    let after = reached.iter().zip(path).map(|(reached, name)| *reached && name_matches(part, name));
    std::iter::once(false).chain(after).collect()
}

/// A name against a pattern without folders: on a mismatch the last `*` takes one character more.
fn name_matches(pattern: &str, name: &str) -> bool {
    let (mut pattern, mut name) = (pattern.chars(), name.chars());
    let mut star: Option<(Chars<'_>, Chars<'_>)> = None;
    loop {
        let before = name.clone();
        match (pattern.next(), name.next()) {
            (None, None) => return true,
            (Some('*'), _) => {
                star = Some((pattern.clone(), before.clone()));
                name = before;
            }
            (Some(wanted), Some(found)) if wanted == '?' || wanted == found => (),
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
    use super::takes;

    #[test]
    fn a_pattern_takes_files_and_what_lies_below_folders() {
        for (pattern, path) in [
            ("legacy/**", "legacy/a/b.yml"),
            ("legacy", "legacy/a/b.yml"),
            ("./legacy/", "legacy/b.yml"),
            ("**/rules/*.yml", "teams/db/rules/a.yml"),
            ("**/rules/*.yml", "rules/a.yml"),
            ("*.yml", "shop.yml"),
            ("shop-?.yml", "shop-1.yml"),
            ("a/**/b/**/c.yml", "a/x/b/y/z/c.yml"),
            ("*a*b*c", "xaxbxc"),
            ("**", "anything/at/all.yml"),
            ("bücher/*.yml", "bücher/ä.yml"),
        ] {
            assert!(takes(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [
            ("legacy/**", "legacy.yml"),
            ("leg", "legacy/a.yml"),
            ("*.yml", "shop/shop.yml"),
            ("shop-?.yml", "shop-.yml"),
            ("a/**/c.yml", "a/x/b.yml"),
            ("*a*b*c", "xaxbx"),
            ("", "shop.yml"),
            ("Shop.yml", "shop.yml"),
        ] {
            assert!(!takes(pattern, path), "{pattern} {path}");
        }
    }

    #[test]
    fn a_pattern_of_many_stars_is_no_trap() {
        let pattern = format!("{}b", "*a".repeat(2_000));
        assert!(!takes(&pattern, &"a".repeat(4_000)));
        assert!(takes(&"**/".repeat(2_000), &"a/".repeat(2_000)));
    }
}
