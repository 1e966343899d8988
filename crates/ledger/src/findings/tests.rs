//! Findings are recorded when they change.

use evenkeel_record::Body;

use super::*;
use crate::planned::{Lived, NOON};

fn finding(code: &str, document: Option<&str>, count: u32) -> FoundFinding {
    FoundFinding { code: code.into(), document: document.map(Into::into), count, allowed: 1 }
}

fn find(lived: &mut Lived, found: &[FoundFinding]) -> Option<Vec<FoundFinding>> {
    let body = decide_findings(&lived.state, found.to_vec())?;
    lived.take(NOON, Body::FindingsFound(body.clone()));
    Some(body.findings)
}

#[test]
fn what_is_found_as_before_is_no_record() {
    let mut lived = Lived::default();
    assert_eq!(find(&mut lived, &[]), None, "nothing was found, as before");
    let (a, b) = (finding("a", Some("x.yml"), 2), finding("b", None, 1));
    assert_eq!(find(&mut lived, &[b.clone(), a.clone()]), Some(vec![a.clone(), b.clone()]));
    assert_eq!(find(&mut lived, &[a.clone(), b.clone()]), None);
    assert_eq!(find(&mut lived, &[a.clone(), b.clone(), b]).map(|all| all[1].count), Some(2));
    assert_eq!(find(&mut lived, &[]), Some(vec![]));
    assert_eq!(find(&mut lived, &[]), None);
    let needed: Vec<bool> = lived.records.iter().map(|record| lived.state.needs(record).is_some()).collect();
    assert_eq!(needed, [false, false, true]);
}

#[test]
fn of_very_many_only_the_codes_are_kept() {
    let many: Vec<FoundFinding> =
        (0..=FINDINGS_MAX).map(|n| finding(["a", "b"][n % 2], Some(&n.to_string()), 1)).collect();
    let found = find(&mut Lived::default(), &many).expect("something was found");
    assert_eq!(
        found.iter().map(|one| (&*one.code, one.document.is_none(), one.count)).collect::<Vec<_>>(),
        [("a", true, 2501), ("b", true, 2500)]
    );
}
