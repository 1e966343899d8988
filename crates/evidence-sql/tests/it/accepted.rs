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

#[test]
fn of_lists_those_are_read_that_can_be_found() {
    let reads = |text: &str| {
        let select = Select::parse(text, &[]).expect("a query");
        select.reads().into_iter().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(reads("SELECT l.value FROM links l"), "links");
    assert_eq!(reads("SELECT l.value FROM links l WHERE l.field = 'teams'"), "links:declared:teams links:told:teams");
    let of_documents =
        "SELECT c.name FROM cadences c JOIN links l ON l.owner_id = c.id AND l.field IN ('teams', 'people')";
    assert_eq!(reads(of_documents), "cadences links:declared:people links:declared:teams");
    let of_facts = "SELECT r.at FROM links l JOIN reviews r ON r.id = l.owner_id WHERE l.field = 'attendees'";
    assert_eq!(reads(of_facts), "links:told:attendees reviews");
    let of_facts = "SELECT r.at FROM reviews r LEFT JOIN links l ON r.id = l.owner_id AND l.field = 'attendees'";
    assert_eq!(reads(of_facts), "links:told:attendees reviews");
    let within = "WITH x AS (SELECT l.owner_id AS id FROM links l WHERE 'kpis' = l.field) \
                  SELECT g.name FROM goals g WHERE g.id IN (SELECT x.id FROM x)";
    assert_eq!(reads(within), "goals links:declared:kpis links:told:kpis");
}
