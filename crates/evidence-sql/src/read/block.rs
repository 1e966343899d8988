//! A block of a practice: a query that returns the five columns of a verdict.

use sqlparser::ast::{Query as ParsedQuery, Spanned as _};

use super::Reader;
use crate::fault::Fault;
use crate::select::BLOCK_COLUMNS;
use crate::table::Sort;
use crate::tree::Query;

impl Reader<'_> {
    pub(super) fn block(&mut self, parsed: &ParsedQuery) -> Option<Query> {
        let wanted = |name: &str| BLOCK_COLUMNS.iter().find(|(column, _)| *column == name).map(|(_, sort)| *sort);
        let query = self.query_wanting(parsed, &wanted)?;
        let range = self.range(parsed.body.span());
        let names: Vec<&str> = query.columns.iter().map(|column| column.name.as_str()).collect();
        let is_there = |(wanted, _): &(&str, Sort)| names.iter().filter(|name| *name == wanted).count() == 1;
        if names.len() != BLOCK_COLUMNS.len() || !BLOCK_COLUMNS.iter().all(is_there) {
            let returned = names.join(", ");
            let headline =
                format!("a block returns subject, good, total, last_at and refs, and this returns {returned}");
            return self.fault(Fault::new(range, headline).help("name each behind `AS`"));
        }
        for (name, sort) in BLOCK_COLUMNS {
            let column = query.columns.iter().find(|column| column.name == name)?;
            if column.sort != sort {
                let headline = format!("`{name}` is a {}, not a {}", column.sort.as_str(), sort.as_str());
                let fault = Fault::new(range.clone(), headline);
                self.faults.push(match (sort, column.sort) {
                    (Sort::Whole, Sort::Real) => fault.help("write `CAST(… AS BIGINT)`"),
                    _ => fault,
                });
            }
        }
        Some(query)
    }
}
