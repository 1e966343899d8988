//! What may be asked.

use evenkeel_evidence_sql::{BLOCK_PARAMS, Fault, Select, Sort};

/// The queries of a file between lines of dashes.
pub(crate) fn corpus(text: &str) -> Vec<&str> {
    text.split("\n---\n").skip(1).map(str::trim).collect()
}

fn said(source: &str, faults: &[Fault]) -> String {
    let lines: Vec<String> =
        faults.iter().map(|fault| format!("{fault} at `{}`", &source[fault.range.clone()])).collect();
    format!("{source}\n{}", lines.join("\n"))
}

#[test]
fn every_query_of_the_corpus_is_read() {
    let queries = corpus(include_str!("../corpus/queries.sql"));
    assert!(queries.len() > 30);
    for query in queries {
        if let Err(faults) = Select::parse(query, &BLOCK_PARAMS) {
            panic!("{}", said(query, &faults));
        }
    }
}

#[test]
fn every_block_of_the_corpus_is_read() {
    for block in corpus(include_str!("../corpus/blocks.sql")) {
        match Select::block(block) {
            Ok(select) => assert!(select.is_block() && select.columns().count() == 5),
            Err(faults) => panic!("{}", said(block, &faults)),
        }
    }
}

#[test]
fn a_query_says_what_it_returns_and_reads() {
    let text = "SELECT team, count(*) AS n, avg(fired) AS mean FROM alerts GROUP BY team";
    let select = Select::parse(text, &[]).expect("a query");
    let columns: Vec<_> = select.columns().collect();
    assert_eq!(columns, [("team", Sort::Text), ("n", Sort::Whole), ("mean", Sort::Real)]);
    assert_eq!(select.tables().iter().copied().collect::<Vec<_>>(), ["alerts"]);
}
