//! No file speaks of the machine it was written on.

use super::fault::Fault;
use super::tree::Tree;

/// In two halves each, so that this file does not find itself.
const PLACES: &[&str] = &[concat!("/wo", "rk/"), concat!("/ro", "ot/")];

/// A fault for each line of any text file with such a path.
pub(crate) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.texts() {
        for (line, number) in text.lines().zip(1..) {
            for place in PLACES.iter().filter(|place| begins_a_path(line, place)) {
                let what = format!("a path of one machine, `{place}`");
                faults.push(Fault::new(path, number, what, "write it from the root of the repository"));
            }
        }
    }
    faults
}

/// Whether the place stands at the start of a path, not in the middle of a longer one.
fn begins_a_path(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        !before.is_some_and(|letter| letter.is_alphanumeric() || "._-}".contains(letter))
    })
}

#[cfg(test)]
mod tests {
    use super::super::fault::lines;
    use super::*;

    #[test]
    fn a_path_of_one_machine_is_a_fault_in_any_file() {
        for place in PLACES {
            for line in [format!("{place}main"), format!("cd \"{place}a\""), format!("file://{place}a")] {
                assert_eq!(
                    lines(&check(&Tree::of(&[("notes.txt", &format!("\n{line}\n"))]))),
                    [format!(
                        "notes.txt:2: a path of one machine, `{place}`; write it from the root of the repository"
                    )]
                );
            }
        }
    }

    #[test]
    fn the_middle_of_a_path_is_fine() {
        for place in PLACES {
            assert_eq!(check(&Tree::of(&[("notes.txt", &format!("frame{place}a ..{place}b\n"))])), []);
        }
    }
}
