//! "Did you mean": the known name nearest to a misspelt one.

/// The known name nearest to `wrong`, if one is near enough to be a likely slip.
///
/// Near enough: at most a third of the longer name's characters inserted, deleted, changed or swapped.
pub fn did_you_mean<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|name| (distance(wrong, name), name))
        .filter(|(edits, name)| *edits * 3 <= wrong.chars().count().max(name.chars().count()))
        .min()
        .map(|(_, name)| name)
}

/// Optimal string alignment distance: edits with a swap of neighbours counted as one.
#[expect(clippy::indexing_slicing, reason = "rows are one longer than the text they stand for")]
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = vec![0; b.len() + 1];
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let change = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = change.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_name_and_a_stranger_finds_none() {
        let known = ["pager-dba", "pager-web", "mail"];
        assert_eq!(did_you_mean("pagr-dba", known), Some("pager-dba"));
        assert_eq!(did_you_mean("recieve", ["receive"]), Some("receive"));
        assert_eq!(did_you_mean("elephant", known), None);
    }
}
