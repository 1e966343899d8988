//! Pages that a site generator publishes: their links mean the pages as published, `../other/` for `../other.md`.

use std::collections::BTreeSet;

use evenkeel_model::path_from;

/// Files by which site generators are told.
const CONFIGS: [&str; 15] = [
    "_config.toml",
    "_config.yml",
    // Sections of Hugo and Zola, whose own configuration is called as any other.
    "_index.md",
    "antora.yml",
    "astro.config.mjs",
    "book.toml",
    "conf.py",
    "docusaurus.config.js",
    "docusaurus.config.mjs",
    "docusaurus.config.ts",
    "eleventy.config.js",
    "hugo.toml",
    "hugo.yaml",
    "mkdocs.yaml",
    "mkdocs.yml",
];

/// The folders of sites.
#[derive(Debug)]
pub(super) struct Sites<'a> {
    folders: Vec<&'a str>,
}

impl<'a> Sites<'a> {
    pub(super) fn of(paths: &'a BTreeSet<Box<str>>) -> Self {
        let folder = |path: &'a str| {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            CONFIGS.contains(&name).then_some(folder)
        };
        Self { folders: paths.iter().filter_map(|path| folder(path)).collect() }
    }

    /// Whether a page belongs to a site.
    pub(super) fn has(&self, page: &str) -> bool {
        let inside =
            |folder: &str| page.strip_prefix(folder).is_some_and(|rest| folder.is_empty() || rest.starts_with('/'));
        self.folders.iter().any(|folder| inside(folder))
    }

    /// Whether a link of a page may lead to a page as published. Where a site has its root is not known here.
    pub(super) fn may_publish(&self, page: &str, link: &str, paths: &BTreeSet<Box<str>>) -> bool {
        if !self.has(page) {
            return false;
        }
        // A published page is a folder of its own, so one more `..` leads to its siblings.
        let as_folder = page.rsplit_once('.').map_or(page, |(stem, _)| stem);
        let bases = [page.to_owned(), format!("{as_folder}/index")];
        let targets = bases.iter().filter_map(|base| path_from(base, link));
        link.starts_with('/') || targets.into_iter().any(|target| is_source(&target, paths))
    }
}

/// Whether there is something that is published at the path.
fn is_source(target: &str, paths: &BTreeSet<Box<str>>) -> bool {
    let stem = target.strip_suffix(".html").unwrap_or(target);
    let within = if stem.is_empty() { String::new() } else { format!("{stem}/") };
    let beside = [".md", ".mdx", ".rst", ".adoc"].map(|ending| format!("{stem}{ending}"));
    let inside = ["index.md", "_index.md", "README.md", "index.rst"].map(|name| format!("{within}{name}"));
    beside.iter().chain(&inside).any(|path| paths.contains(path.as_str()))
}
