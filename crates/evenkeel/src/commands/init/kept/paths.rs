//! Paths under which foreign files are kept: read by `evenkeel check`, and each once.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

/// Names of folders that are not read.
const NOT_READ: [&str; 3] = ["node_modules", "target", "templates"];
/// Endings of files that are read; the last two when they look like Prometheus's.
const READ: [&str; 4] = [".yml", ".yaml", ".rules", ".test"];

/// The paths taken so far.
#[derive(Default)]
pub(super) struct Paths(BTreeSet<String>);

impl Paths {
    /// A path in a folder that is as like the given one as may be, and like no other.
    pub(super) fn take(&mut self, folder: &str, relative: &Path) -> String {
        let names = relative.components().filter_map(|part| match part {
            Component::Normal(name) => Some(visible(&name.to_string_lossy())),
            Component::Prefix(_) | Component::RootDir | Component::CurDir | Component::ParentDir => None,
        });
        let mut path = std::iter::once(folder.to_owned()).chain(names).collect::<Vec<_>>().join("/");
        if !READ.iter().any(|ending| path.ends_with(ending)) {
            path.push_str(".yml");
        }
        let (mut free, mut number) = (path.clone(), 2_usize);
        while !self.0.insert(free.clone()) {
            let (stem, ending) = path.rsplit_once('.').unwrap_or((&path, "yml"));
            free = format!("{stem}-{number}.{ending}");
            number += 1;
        }
        free
    }
}

fn visible(name: &str) -> String {
    let name: String = name.chars().map(|c| if c.is_control() || c == '\\' { '_' } else { c }).collect();
    match name.strip_prefix('.') {
        Some(rest) => format!("_{rest}"),
        None if NOT_READ.contains(&name.as_str()) => format!("_{name}"),
        None => name,
    }
}

/// The folder that all files lie in, at any depth.
pub(super) fn common(files: &[PathBuf]) -> PathBuf {
    let mut folders = files.iter().filter_map(|file| file.parent());
    let Some(first) = folders.next() else { return PathBuf::new() };
    let mut common = first.to_owned();
    for folder in folders {
        while !folder.starts_with(&common) {
            if !common.pop() {
                return PathBuf::new();
            }
        }
    }
    common
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_differ_and_are_read() {
        let mut paths = Paths::default();
        let mut take = |path: &str| paths.take("rules", Path::new(path));
        assert_eq!(take("a.yml"), "rules/a.yml");
        assert_eq!(take("a.yml"), "rules/a-2.yml");
        assert_eq!(take("deep/../b.rules"), "rules/deep/b.rules");
        assert_eq!(take(".hidden/templates/x"), "rules/_hidden/_templates/x.yml");
        assert_eq!(take("/etc/a\nb.yaml"), "rules/etc/a_b.yaml");
    }

    #[test]
    fn the_folder_of_all_is_found() {
        let common = |paths: &[&str]| common(&paths.iter().map(PathBuf::from).collect::<Vec<_>>());
        assert_eq!(common(&["/a/b/x", "/a/b/c/y"]), Path::new("/a/b"));
        assert_eq!(common(&["/a/b/x", "/a/bc/y"]), Path::new("/a"));
        assert_eq!(common(&[]), Path::new(""));
    }
}
