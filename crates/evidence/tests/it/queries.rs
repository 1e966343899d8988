//! What is asked in these tests: the queries and blocks that the checker's tests have, and every block of the lens.

use std::path::Path;

use evenkeel_evidence_sql::Select;
use evenkeel_lens::{Block, BlockSort};

fn corpus(text: &str) -> Vec<String> {
    text.split("\n---\n").skip(1).map(|query| query.trim().to_owned()).collect()
}

pub(crate) fn queries() -> Vec<String> {
    corpus(include_str!("../../../evidence-sql/tests/corpus/queries.sql"))
}

/// Blocks with where they stand.
pub(crate) fn blocks() -> Vec<(String, Block)> {
    let own = corpus(include_str!("../../../evidence-sql/tests/corpus/blocks.sql"));
    let mut blocks: Vec<(String, String)> =
        own.into_iter().zip(1..).map(|(sql, at)| (format!("corpus {at}"), sql)).collect();
    of_lens(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lens"), &mut blocks);
    blocks.into_iter().filter_map(|(place, sql)| Some((place, block(&sql)?))).collect()
}

pub(crate) fn block(sql: &str) -> Option<Block> {
    // What a lens may have wrong is for its own tests.
    Some(Block::new(BlockSort::Practised, sql, Select::block(sql).ok()?))
}

fn of_lens(folder: &Path, blocks: &mut Vec<(String, String)>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            of_lens(&path, blocks);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            let text = std::fs::read_to_string(&path).expect("a file");
            for fence in text.split("\n```sql ").skip(1) {
                let (sort, rest) = fence.split_once('\n').expect("a block");
                let sql = rest.split("\n```").next().expect("its text");
                let name = path.file_stem().expect("a name").to_string_lossy();
                blocks.push((format!("{name} {sort}"), sql.to_owned()));
            }
        }
    }
}
