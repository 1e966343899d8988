//! Workflows that check the ops repo with each change.

use crate::ImportedFile;

/// One for GitHub: what a change brings is shown at its lines.
#[must_use]
pub fn github_workflow() -> ImportedFile {
    let text = "\
# Checks every change of how you operate, before the night it matters.
name: evenkeel
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          # What a change brings is compared with what was there.
          fetch-depth: 0
      # Put `evenkeel` on the path here: copy it from where you keep your tools.
      - run: evenkeel check --format github
      - run: evenkeel test
";
    ImportedFile { path: ".github/workflows/evenkeel.yml".to_owned(), text: text.to_owned() }
}
