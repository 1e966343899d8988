//! The small ops repo that `evenkeel init` makes: everything that a page needs to reach somebody, and why it is there.

use evenkeel_import::ImportedFile;

/// Its files, by path.
const FILES: [(&str, &str); 5] = [
    ("alertmanager.yml", include_str!("starter/alertmanager.yml")),
    ("organization.yml", include_str!("starter/organization.yml")),
    ("people.yml", include_str!("starter/people.yml")),
    ("procedures/shop-is-down.md", include_str!("starter/procedures/shop-is-down.md")),
    ("shop.yml", include_str!("starter/shop.yml")),
];

/// The files.
pub(super) fn files() -> Vec<ImportedFile> {
    FILES.iter().map(|(path, text)| ImportedFile { path: (*path).to_owned(), text: (*text).to_owned() }).collect()
}
