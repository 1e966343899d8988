//! Which names a select sees: its own sources, then those of the selects around it.

use evenkeel_diagnostic::did_you_mean;
use sqlparser::ast::Ident;

use super::Reader;
use crate::fault::Fault;
use crate::table::{Column, Table};
use crate::tree::{Expr, Item, Node, Output};

/// A select that is being read.
#[derive(Debug, Default)]
pub(super) struct Frame {
    pub(super) sources: Vec<Seen>,
    /// What it returns, once that is read.
    pub(super) items: Vec<Item>,
    pub(super) clause: Clause,
    /// Whether an aggregate was seen in it.
    pub(super) aggregated: bool,
}

/// What is being read of a select.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Clause {
    /// What it returns: aggregates and windows may stand there.
    #[default]
    Items,
    /// `ON`, `WHERE`, `GROUP BY`: neither.
    Rows(&'static str),
    /// `HAVING`: aggregates, but no windows.
    Groups,
    /// The argument of an aggregate or of a window.
    Within(&'static str),
}

/// A source of rows, as names see it.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) alias: String,
    pub(super) columns: Vec<Output>,
    /// The table it is, for what can be said of its lists.
    pub(super) table: Option<&'static Table>,
    pub(super) single_row: bool,
}

/// A name as it is compared: letters of one that is not quoted count as small.
pub(super) fn name_of(ident: &Ident) -> String {
    match ident.quote_style {
        Some(_) => ident.value.clone(),
        None => ident.value.to_ascii_lowercase(),
    }
}

impl Reader<'_> {
    /// The column that a name means.
    pub(super) fn column(&mut self, qualifier: Option<&Ident>, ident: &Ident) -> Option<Expr> {
        let name = name_of(ident);
        let wanted = qualifier.map(name_of);
        for (level, frame) in self.frames.iter().enumerate().rev() {
            let sources = frame.sources.iter().filter(|seen| wanted.as_ref().is_none_or(|alias| *alias == seen.alias));
            let mut found = sources.flat_map(|seen| {
                seen.columns.iter().filter(|column| column.name == name).map(move |column| (seen, column))
            });
            let Some((seen, column)) = found.next() else { continue };
            let (alias, sort) = (seen.alias.clone(), column.sort);
            if let Some((other, _)) = found.next() {
                let headline = format!("`{name}` may be of `{alias}` or of `{}`", other.alias);
                let fault = Fault::new(self.places.range(ident.span), headline);
                return self.fault(fault.help(format!("write `{alias}.{name}` or `{}.{name}`", other.alias)));
            }
            return Some(Expr::new(Node::Column { level, alias, name }, sort));
        }
        let fault = self.unknown_column(wanted.as_deref(), &name, qualifier.unwrap_or(ident), ident);
        self.fault(fault)
    }

    /// What a name means that may also be the name of something returned.
    pub(super) fn returned(&self, ident: &Ident) -> Option<(usize, &Item)> {
        let name = name_of(ident);
        let items = &self.frames.last()?.items;
        items.iter().zip(1..).find(|(item, _)| item.name == name).map(|(item, at)| (at, item))
    }

    /// Whether a bare name is a column of what is around.
    pub(super) fn is_column(&self, ident: &Ident) -> bool {
        let name = name_of(ident);
        let Some(frame) = self.frames.last() else { return false };
        frame.sources.iter().any(|seen| seen.columns.iter().any(|column| column.name == name))
    }

    fn unknown_column(&self, wanted: Option<&str>, name: &str, first: &Ident, ident: &Ident) -> Fault {
        let range = self.places.range(ident.span);
        let sources = || self.frames.iter().rev().flat_map(|frame| &frame.sources);
        if let Some(alias) = wanted
            && !sources().any(|seen| seen.alias == alias)
        {
            let fault = Fault::new(self.places.range(first.span), format!("nothing here is called `{alias}`"));
            let near = did_you_mean(alias, sources().map(|seen| seen.alias.as_str()));
            return match near {
                Some(near) => fault.help(format!("did you mean `{near}`?")),
                None => {
                    let known: Vec<_> = sources().map(|seen| format!("`{}`", seen.alias)).collect();
                    if known.is_empty() { fault } else { fault.help(format!("there are {}", known.join(", "))) }
                }
            };
        }
        let seen = || sources().filter(|seen| wanted.is_none_or(|alias| alias == seen.alias));
        let whose = match (seen().next(), seen().nth(1)) {
            (Some(only), None) => format!("`{}` has no column `{name}`", only.alias),
            _ => format!("there is no column `{name}`"),
        };
        let fault = Fault::new(range, whose);
        if let Some((alias, list)) = seen().find_map(|seen| {
            let list = seen.table?.lists.iter().find(|list| list.name == name)?;
            Some((&seen.alias, list.name))
        }) {
            return fault.help(format!(
                "`{list}` is a list: JOIN links ON links.owner_id = {alias}.id AND links.field = '{list}', and take links.value"
            ));
        }
        let near = did_you_mean(name, seen().flat_map(|seen| seen.columns.iter().map(|column| column.name.as_str())));
        match near {
            Some(near) => fault.help(format!("did you mean `{near}`?")),
            None => match (seen().next(), seen().nth(1)) {
                (Some(only), None) => {
                    let names: Vec<_> = only.columns.iter().map(|column| column.name.as_str()).collect();
                    fault.help(format!("it has {}", names.join(", ")))
                }
                _ => fault,
            },
        }
    }

    /// The parameter that a sign means.
    pub(super) fn parameter(&mut self, written: &str, range: std::ops::Range<usize>) -> Option<Expr> {
        let name = written.trim_start_matches('$');
        if let Some(param) = self.params.iter().find(|param| written.starts_with('$') && param.name == name) {
            return Some(Expr::new(Node::Parameter(name.to_owned()), param.sort));
        }
        let fault = Fault::new(range, format!("there is no parameter `{written}`"));
        let known: Vec<_> = self.params.iter().map(|param| format!("`${}`", param.name)).collect();
        self.fault(match known.is_empty() {
            true => fault.help("write the value itself"),
            false => fault.help(format!("there are {}", known.join(", "))),
        })
    }
}

/// The columns of a table as names see them.
pub(super) fn columns_of(table: &Table) -> Vec<Output> {
    let output = |of: &Column| Output { name: of.name.to_owned(), sort: of.sort, words: of.words };
    table.columns.iter().map(output).collect()
}
