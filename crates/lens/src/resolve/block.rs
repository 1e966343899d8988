//! The queries of a practice.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_evidence_sql::Select;
use evenkeel_model::document::{BlockDocument, PracticeDocument};
use evenkeel_model::{codes, quoted};

use super::word::unknown;
use crate::practice::{Block, BlockSort};

/// The blocks of a practice, as far as nothing about them is wrong.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    pub(super) declared: Option<Block>,
    pub(super) practised: Option<Block>,
    pub(super) contradicted: Option<Block>,
}

/// Reads the blocks.
pub(super) fn blocks(document: &PracticeDocument, mechanism: bool, diags: &mut Vec<Diagnostic>) -> Blocks {
    let mut blocks = Blocks::default();
    let mut seen: Vec<(&BlockDocument, BlockSort)> = Vec::new();
    for written in &document.blocks {
        let Some(sort) = sort(written, diags) else { continue };
        if let Some((first, _)) = seen.iter().find(|(_, known)| *known == sort) {
            let headline = format!("the practice has two blocks {}", quoted(sort.as_str()));
            let diag = Diagnostic::error(codes::INVALID_PRACTICE, written.sort.span, headline);
            diags.push(diag.related(first.sort.span, "first here").help("join the two, such as by `UNION ALL`"));
            continue;
        }
        seen.push((written, sort));
        if !mechanism && sort != BlockSort::Declared {
            let headline = "a practice with `mechanism: none` cannot ask for what happened";
            let diag = Diagnostic::error(codes::INVALID_PRACTICE, written.sort.span, headline);
            diags.push(diag.help("remove `mechanism`, or the block"));
        }
        let place = match sort {
            BlockSort::Declared => &mut blocks.declared,
            BlockSort::Practised => &mut blocks.practised,
            BlockSort::Contradicted => &mut blocks.contradicted,
        };
        *place = query(written, sort, diags);
    }
    let alone = seen.iter().find(|(_, sort)| *sort == BlockSort::Contradicted);
    if let Some((written, _)) = alone.filter(|_| !seen.iter().any(|(_, sort)| *sort == BlockSort::Practised)) {
        let headline = "without a block `practised` nothing can show that what failed works again";
        let diag = Diagnostic::error(codes::INVALID_PRACTICE, written.sort.span, headline);
        diags.push(diag.help("write a block `practised` that counts what goes right"));
    }
    blocks
}

fn sort(written: &BlockDocument, diags: &mut Vec<Diagnostic>) -> Option<BlockSort> {
    let found = BlockSort::ALL.into_iter().find(|sort| sort.as_str() == &*written.sort.value);
    if found.is_none() {
        let headline = format!("a practice has no block {}", quoted(&written.sort.value));
        diags.push(unknown(&written.sort, headline, BlockSort::ALL.iter().map(|sort| sort.as_str())));
    }
    found
}

fn query(written: &BlockDocument, sort: BlockSort, diags: &mut Vec<Diagnostic>) -> Option<Block> {
    if !written.closed {
        let headline = format!("the block {} has no fence at its end", quoted(sort.as_str()));
        let diag = Diagnostic::error(codes::INVALID_PRACTICE, written.sort.span, headline);
        diags.push(diag.help("end it with a line of as many back-ticks as it begins with"));
        return None;
    }
    match Select::block(&written.sql.text) {
        Ok(select) => Some(Block::new(sort, written.sql.text.clone(), select)),
        Err(faults) => {
            diags.extend(faults.into_iter().map(|fault| {
                let place = written.sql.place(fault.range);
                let diag = Diagnostic::error(codes::INVALID_EVIDENCE_QUERY, place, fault.headline);
                match fault.help {
                    Some(help) => diag.help(help),
                    None => diag,
                }
            }));
            None
        }
    }
}
