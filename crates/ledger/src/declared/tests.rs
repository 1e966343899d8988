//! Only the difference is recorded.

use evenkeel_ids::DocumentRef;
use evenkeel_record::{Body, FactValue};

use super::*;
use crate::planned::{Lived, NOON};

fn document(kind: &str, name: &str, tier: i64) -> Declaration {
    let attributes = [("tier".into(), FactValue::Whole(tier))].into();
    Declaration { kind: kind.into(), name: name.into(), owner: None, attributes }
}

/// Declares, and gives what was recorded: `+Workload:shop -Team:payments`.
fn declare(lived: &mut Lived, documents: &[Declaration]) -> Vec<String> {
    let bodies = decide_declared(&lived.state, documents.to_vec());
    for body in &bodies {
        lived.take(NOON, Body::DocumentsDeclared(body.clone()));
    }
    let line = |body: &DocumentsDeclared| {
        let news = body.declared.iter().map(|known| format!("+{}:{}", known.kind, known.name));
        let gone = body.withdrawn.iter().map(|key| format!("-{}:{}", key.kind, key.name));
        news.chain(gone).collect::<Vec<_>>().join(" ")
    };
    bodies.iter().map(line).collect()
}

#[test]
fn what_says_the_same_is_no_record() {
    let mut lived = Lived::default();
    let (shop, risk) = (document("Workload", "shop", 1), document("Risk", "shop", 1));
    assert_eq!(declare(&mut lived, &[risk.clone(), shop.clone()]), ["+Risk:shop +Workload:shop"]);
    assert!(declare(&mut lived, &[risk.clone(), shop.clone()]).is_empty());
    assert_eq!(declare(&mut lived, &[risk.clone(), document("Workload", "shop", 2)]), ["+Workload:shop"]);
    let owned = Declaration { owner: Some(DocumentRef::Team("payments".into())), ..risk };
    assert_eq!(declare(&mut lived, &[owned]), ["+Risk:shop -Workload:shop"]);
    assert_eq!(declare(&mut lived, &[]), ["-Risk:shop"]);
    assert!(declare(&mut lived, &[]).is_empty());
    // Each record can be erased once the ops repo says otherwise; that something is gone stays gone.
    let needed: Vec<bool> = lived.records.iter().map(|record| lived.state.needs(record).is_some()).collect();
    assert_eq!(needed, [false, false, true, true]);
    declare(&mut lived, &[shop]);
    let needed: Vec<bool> = lived.records.iter().map(|record| lived.state.needs(record).is_some()).collect();
    assert_eq!(needed, [false, false, false, true, true]);
}

#[test]
fn many_documents_are_several_records() {
    let mut lived = Lived::default();
    let many: Vec<Declaration> = (0..1001).map(|n| document("Risk", &format!("r{n:04}"), 1)).collect();
    let sizes = |lived: &mut Lived, documents: &[Declaration]| {
        let lines = declare(lived, documents);
        lines.iter().map(|line| line.split(' ').count()).collect::<Vec<_>>()
    };
    assert_eq!(sizes(&mut lived, &many), [500, 500, 1]);
    assert_eq!(sizes(&mut lived, &many[..1]), [500, 500]);
    assert_eq!(lived.state.declared.len(), 1);
}
