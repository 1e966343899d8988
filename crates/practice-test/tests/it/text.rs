//! Texts that are kept, and made anew with `UPDATE_PRACTICES=1`.

use std::fmt;
use std::fs;
use std::path::Path;

/// Whether kept texts are to be made anew.
fn updating() -> bool {
    std::env::var_os("UPDATE_PRACTICES").is_some()
}

/// Holds a text against the one that is kept.
#[track_caller]
pub(crate) fn assert_text(path: &Path, text: &str) {
    let known = fs::read_to_string(path).unwrap_or_default();
    if known != text && updating() {
        fs::write(path, text).expect("it is written");
    } else {
        let path = path.display();
        assert!(known == text, "{path} is not what came out; UPDATE_PRACTICES=1 writes it anew:\n{text}");
    }
}

/// Rows of cells, in columns as wide as they have to be.
pub(crate) struct Columns(Vec<Vec<String>>);

impl Columns {
    pub(crate) fn new(head: impl Iterator<Item = String>) -> Self {
        Self(vec![head.collect()])
    }

    pub(crate) fn row(&mut self, cells: impl Iterator<Item = String>) {
        self.0.push(cells.collect());
    }
}

impl fmt::Display for Columns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = |column: usize| self.0.iter().map(|row| row[column].len()).max().unwrap_or(0);
        for row in &self.0 {
            let cells = row.iter().enumerate().map(|(column, cell)| match column {
                0 => format!("{cell:<width$}", width = width(0)),
                _ => format!("{cell:>width$}", width = width(column)),
            });
            writeln!(f, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
        }
        Ok(())
    }
}
