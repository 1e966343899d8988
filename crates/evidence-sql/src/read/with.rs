//! `WITH`: queries that have a name.

use std::ops::Range;

use sqlparser::ast::{Cte as ParsedCte, TableAliasColumnDef, With};

use super::scope::name_of;
use super::{Named, Reader};
use crate::fault::Fault;
use crate::tables::table;
use crate::tree::{Cte, Query};

impl Reader<'_> {
    pub(super) fn with(&mut self, with: Option<&With>) -> Option<Vec<Cte>> {
        let Some(With { with_token, recursive, cte_tables }) = with else {
            return Some(Vec::new());
        };
        if *recursive {
            return self.refuse(with_token.0.span, "`WITH RECURSIVE`", "a query looks at each row once");
        }
        // A query with a name stands for itself: it sees nothing of what is around.
        let around = std::mem::take(&mut self.frames);
        let read: Option<Vec<Cte>> = cte_tables.iter().map(|cte| self.cte(cte)).collect();
        self.frames = around;
        read
    }

    fn cte(&mut self, cte: &ParsedCte) -> Option<Cte> {
        let ParsedCte { alias, query, from, materialized, closing_paren_token: _ } = cte;
        let range = self.range(alias.name.span);
        if from.is_some() || materialized.is_some() || alias.at.is_some() {
            return self.refuse(alias.name.span, "how this is kept", "write `name AS (SELECT …)`");
        }
        let name = name_of(&alias.name);
        if table(&name).is_some() || self.named.iter().any(|named| named.name == name) {
            return self.fault(Fault::new(range, format!("`{name}` is the name of something else already")));
        }
        let mut query = self.query(query)?;
        if !alias.columns.is_empty() {
            self.rename(&mut query, &alias.columns, range)?;
        }
        self.named.push(Named { name: name.clone(), columns: query.columns.clone(), single_row: query.has_one_row() });
        Some(Cte { name, query })
    }

    fn rename(&mut self, query: &mut Query, names: &[TableAliasColumnDef], range: Range<usize>) -> Option<()> {
        if names.len() != query.columns.len() || names.iter().any(|name| name.data_type.is_some()) {
            let headline = format!("{} names stand before a query of {} columns", names.len(), query.columns.len());
            return self.fault(Fault::new(range, headline));
        }
        for ((column, item), name) in query.columns.iter_mut().zip(&mut query.first.items).zip(names) {
            column.name = name_of(&name.name);
            item.name.clone_from(&column.name);
        }
        Some(())
    }
}
