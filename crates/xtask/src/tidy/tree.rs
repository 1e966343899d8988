//! The files of the repository as values: path, size, and text where it is text.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;

use super::listing;

/// Larger files are a fault anyway, and their text is not read.
pub(crate) const SIZE_BYTES_MAX: u64 = 1 << 20;

/// Every file by its path from the root, with forward slashes.
#[derive(Debug, Default)]
pub(crate) struct Tree(BTreeMap<String, File>);

#[derive(Debug)]
struct File {
    size_bytes: u64,
    text: Option<String>,
}

impl Tree {
    /// Reads what belongs to the repository at `root`.
    pub(crate) fn read(root: &Path) -> anyhow::Result<Self> {
        let mut files = BTreeMap::new();
        for path in listing::paths(root)? {
            let on_disk = root.join(&path);
            // Listed but deleted since, or a link to nowhere or to a folder: no file to look at.
            let Some(size_bytes) = on_disk.metadata().ok().filter(std::fs::Metadata::is_file).map(|meta| meta.len())
            else {
                continue;
            };
            let text = if size_bytes > SIZE_BYTES_MAX {
                None
            } else {
                let bytes = std::fs::read(&on_disk).with_context(|| format!("reading `{path}`"))?;
                String::from_utf8(bytes).ok()
            };
            files.insert(path, File { size_bytes, text });
        }
        Ok(Self(files))
    }

    /// A small tree in memory.
    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let file = |text: &str| File { size_bytes: text.len() as u64, text: Some(text.into()) };
        Self(files.iter().map(|(path, text)| ((*path).into(), file(text))).collect())
    }

    /// How many files.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The text of one file.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.0.get(path)?.text.as_deref()
    }

    /// Whether there is a file or a folder of that path; the empty path is the root.
    pub(crate) fn has(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        path.is_empty()
            || self.0.contains_key(path)
            || self.0.range(folder.clone()..).next().is_some_and(|(next, _)| next.starts_with(&folder))
    }

    /// Path and size of each file.
    ///
    /// Units: bytes.
    pub(crate) fn sizes(&self) -> impl Iterator<Item = (&str, u64)> {
        self.0.iter().map(|(path, file)| (path.as_str(), file.size_bytes))
    }

    /// Path and text of each text file.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(|(path, file)| Some((path.as_str(), file.text.as_deref()?)))
    }

    /// Path and text of each file whose name ends in one of these.
    pub(crate) fn ending_in(&self, endings: &'static [&'static str]) -> impl Iterator<Item = (&str, &str)> {
        self.texts().filter(move |(path, _)| endings.iter().any(|ending| path.ends_with(ending)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_files_and_folders() {
        let tree = Tree::of(&[("docs/a.md", ""), ("docs-old/b.md", "")]);
        assert!(tree.has("docs/a.md") && tree.has("docs") && tree.has(""));
        assert!(!tree.has("doc") && !tree.has("docs/a") && !tree.has("b.md"));
    }
}
