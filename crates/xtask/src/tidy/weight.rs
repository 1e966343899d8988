//! No file is heavy: a clone stays quick, and a review can read everything.

use super::fault::Fault;
use super::tree::{SIZE_BYTES_MAX, Tree};

/// A fault for each file over the limit.
pub(crate) fn check(tree: &Tree) -> Vec<Fault> {
    let heavy = tree.sizes().filter(|(_, size_bytes)| *size_bytes > SIZE_BYTES_MAX);
    heavy
        .map(|(path, size_bytes)| {
            let what = format!("{size_bytes} bytes, {SIZE_BYTES_MAX} are the most");
            Fault::new(path, 1, what, "generate it when it is needed, or make it smaller")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::fault::lines;
    use super::*;

    #[test]
    fn a_heavy_file_is_a_fault() {
        let limit = "x".repeat(1 << 20);
        assert_eq!(check(&Tree::of(&[("a.bin", &limit)])), []);
        assert_eq!(
            lines(&check(&Tree::of(&[("a.bin", &format!("{limit}x"))]))),
            ["a.bin:1: 1048577 bytes, 1048576 are the most; generate it when it is needed, or make it smaller"]
        );
    }
}
