//! A query in the words of an engine.
//!
//! Both engines must understand the same by it, so what they understand differently by themselves is said outright:
//! literals have their type, sums are whole numbers, nothing is ordered without saying where the unknown goes, text
//! is compared byte by byte. Each table is seen as of a record by two conditions beside it rather than by a query
//! around it, so that an index serves it in either engine, on both sides of a join.

mod call;
mod expr;

use crate::OPEN;
use crate::narrow::{narrowed, since};
use crate::select::{BLOCK_COLUMNS, Select};
use crate::tree::{By, Core, From, Join, Node, Order, Query, Relation};

/// The engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite, with the functions `refs` and `evenkeel_round`, and `LIKE` that tells small letters from large ones.
    Sqlite,
    /// PostgreSQL, with text columns of the collation `C`.
    Postgres,
}

/// How a query is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Render {
    /// Whether facts that were reported or imported are left out, in every table.
    pub observed_only: bool,
    /// Whether only rows of some subjects are wanted; for blocks.
    pub subjects: bool,
    /// At most so many rows.
    pub rows: Option<u32>,
    /// Whether `$seq` is the last record in the tables. What counts then is what has not ended, and nothing else has
    /// to be looked at.
    pub latest: bool,
}

/// What has to be bound, in the order of the numbers in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bind {
    /// The last record that is known, as a whole number.
    Seq,
    /// The subjects: in SQLite a JSON array of texts, in PostgreSQL an array of texts.
    Subjects,
    /// Where the time looked at begins for each subject: a JSON object of whole numbers. Only PostgreSQL is told so;
    /// SQLite has a function `evenkeel_begin` for it.
    Begins,
    /// The parameter of this name.
    Param(String),
}

/// A query in the words of an engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// One statement.
    pub sql: String,
    /// What has to be bound: the first is number 1.
    pub binds: Vec<Bind>,
}

struct Writer {
    dialect: Dialect,
    options: Render,
    out: String,
    binds: Vec<Bind>,
}

pub(crate) fn render(select: &Select, dialect: Dialect, options: Render) -> Rendered {
    let mut writer = Writer { dialect, options, out: String::new(), binds: Vec::new() };
    if select.is_block() {
        let narrow = options.subjects.then(|| narrowed(&select.query, SUBJECT));
        writer.block(narrow.as_ref().unwrap_or(&select.query));
    } else {
        let limit = match (select.query.limit, options.rows.map(i64::from)) {
            (Some(own), Some(most)) => Some(own.min(most)),
            (own, most) => own.or(most),
        };
        writer.limited(&select.query, limit);
    }
    Rendered { sql: writer.out, binds: writer.binds }
}

/// A block for subjects that begin each at their own; `None` where it has to be asked once for each begin.
pub(crate) fn render_since(select: &Select, dialect: Dialect, options: Render) -> Option<Rendered> {
    let options = Render { subjects: true, ..options };
    let mut writer = Writer { dialect, options, out: String::new(), binds: Vec::new() };
    writer.block(&since(&select.query, SUBJECT)?);
    Some(Rendered { sql: writer.out, binds: writer.binds })
}

/// The column that says whose a row of a block is.
const SUBJECT: &str = "subject";

impl Writer {
    fn block(&mut self, query: &Query) {
        self.out.push_str("SELECT ");
        self.list(&BLOCK_COLUMNS, ", ", |writer, (name, _)| writer.column("q", name));
        self.out.push_str(" FROM (");
        self.query(query);
        self.out.push_str(") AS q WHERE ");
        self.column("q", SUBJECT);
        if self.options.subjects {
            self.among();
        } else {
            self.out.push_str(" IS NOT NULL");
        }
        if let Some(rows) = self.options.rows {
            self.out.push_str(&format!(" LIMIT {rows}"));
        }
    }

    /// Behind a text: that it is one of the subjects that are asked for.
    fn among(&mut self) {
        let (before, behind) = match self.dialect {
            Dialect::Sqlite => (" IN (SELECT value FROM json_each(", "))"),
            Dialect::Postgres => (" = ANY(CAST(", " AS TEXT[]))"),
        };
        self.out.push_str(before);
        self.bind(Bind::Subjects);
        self.out.push_str(behind);
    }

    fn query(&mut self, query: &Query) {
        self.limited(query, query.limit);
    }

    fn limited(&mut self, query: &Query, limit: Option<i64>) {
        if !query.with.is_empty() {
            self.out.push_str("WITH ");
            self.list(&query.with, ", ", |writer, cte| {
                writer.name(&cte.name);
                // What is looked at several times is made once, and both engines find their way in it by an index of
                // their own; SQLite would look at the tables again each time.
                let kept = query.mentions(&cte.name) > 1;
                writer.out.push_str(if kept { " AS MATERIALIZED (" } else { " AS (" });
                writer.query(&cte.query);
                writer.out.push(')');
            });
            self.out.push(' ');
        }
        self.core(&query.first);
        for union in &query.rest {
            self.out.push_str(if union.all { " UNION ALL " } else { " UNION " });
            self.core(&union.core);
        }
        self.order(" ORDER BY ", &query.order_by);
        match (limit, query.offset) {
            (Some(limit), _) => self.out.push_str(&format!(" LIMIT {limit}")),
            // SQLite knows no OFFSET by itself.
            (None, Some(_)) => self.out.push_str(&format!(" LIMIT {}", i64::MAX)),
            (None, None) => {}
        }
        if let Some(offset) = query.offset {
            self.out.push_str(&format!(" OFFSET {offset}"));
        }
    }

    fn core(&mut self, core: &Core) {
        self.out.push_str(if core.distinct { "SELECT DISTINCT " } else { "SELECT " });
        self.list(&core.items, ", ", |writer, item| {
            writer.expr(&item.expr);
            writer.out.push_str(" AS ");
            writer.name(&item.name);
        });
        for (from, at) in core.from.iter().zip(0..) {
            self.from(from, at == 0);
        }
        let first = core.from.first().filter(|from| matches!(from.relation, Relation::Table(_)));
        if first.is_some() || core.filter.is_some() {
            self.out.push_str(" WHERE ");
        }
        if let Some(from) = first {
            self.as_of(from);
        }
        if let Some(filter) = &core.filter {
            if first.is_some() {
                self.out.push_str(" AND ");
            }
            self.expr(filter);
        }
        if !core.group_by.is_empty() {
            self.out.push_str(" GROUP BY ");
            self.list(&core.group_by, ", ", |writer, expr| match (writer.dialect, &expr.node) {
                // A number by itself would be a place in what is returned.
                (Dialect::Sqlite, Node::Whole(number)) => {
                    writer.out.push_str(&format!("CAST({number} AS INTEGER)"));
                }
                _ => writer.expr(expr),
            });
        }
        if let Some(having) = &core.having {
            self.out.push_str(" HAVING ");
            self.expr(having);
        }
    }

    fn from(&mut self, from: &From, first: bool) {
        self.out.push_str(match (first, from.join) {
            (true, _) => " FROM ",
            (false, Join::Left) => " LEFT JOIN ",
            (false, Join::First | Join::Inner) => " JOIN ",
        });
        match &from.relation {
            Relation::Table(table) => self.name(table.name),
            Relation::Cte(name) => self.name(name),
            Relation::Query(query) => {
                self.out.push('(');
                self.query(query);
                self.out.push(')');
            }
        }
        self.out.push_str(" AS ");
        self.name(&from.alias);
        if first {
            return;
        }
        self.out.push_str(" ON ");
        match &from.on {
            Some(on) => self.expr(on),
            None => self.out.push_str("TRUE"),
        }
        if matches!(from.relation, Relation::Table(_)) {
            self.out.push_str(" AND ");
            self.as_of(from);
        }
    }

    /// Which rows of a table count.
    fn as_of(&mut self, from: &From) {
        let Relation::Table(table) = &from.relation else { return };
        self.out.push('(');
        if self.options.latest {
            self.column(&from.alias, "seq_to");
            self.out.push_str(&format!(" = {OPEN}"));
        } else {
            self.column(&from.alias, "seq_from");
            self.out.push_str(" <= ");
            self.bind(Bind::Seq);
            self.out.push_str(" AND ");
            self.column(&from.alias, "seq_to");
            self.out.push_str(" > ");
            self.bind(Bind::Seq);
        }
        if self.options.observed_only && table.may_be_reported() {
            self.out.push_str(" AND ");
            self.column(&from.alias, "origin");
            self.out.push_str(" = ");
            self.text("observed");
        }
        self.out.push(')');
    }

    fn order(&mut self, before: &str, order: &[Order]) {
        if order.is_empty() {
            return;
        }
        self.out.push_str(before);
        self.list(order, ", ", |writer, order| {
            match &order.by {
                By::Item(at) => writer.out.push_str(&at.to_string()),
                By::Expr(expr) => writer.expr(expr),
            }
            writer.out.push_str(if order.descending { " DESC" } else { " ASC" });
            writer.out.push_str(if order.nulls_first { " NULLS FIRST" } else { " NULLS LAST" });
        });
    }

    fn list<T>(&mut self, all: &[T], between: &str, mut write: impl FnMut(&mut Self, &T)) {
        for (one, at) in all.iter().zip(0..) {
            if at > 0 {
                self.out.push_str(between);
            }
            write(self, one);
        }
    }

    fn column(&mut self, alias: &str, name: &str) {
        self.name(alias);
        self.out.push('.');
        self.name(name);
    }

    fn name(&mut self, name: &str) {
        self.out.push('"');
        self.out.push_str(&name.replace('"', "\"\""));
        self.out.push('"');
    }

    /// A text that stands in the query itself.
    fn text(&mut self, text: &str) {
        let quoted = text.replace('\'', "''");
        self.out.push_str(&match self.dialect {
            Dialect::Sqlite => format!("'{quoted}'"),
            Dialect::Postgres => format!("(CAST('{quoted}' AS TEXT) COLLATE \"C\")"),
        });
    }

    /// The number of something bound; the same thing has the same number wherever it stands.
    fn bind(&mut self, bind: Bind) {
        let known = self.binds.iter().position(|known| *known == bind);
        let at = known.unwrap_or_else(|| {
            self.binds.push(bind.clone());
            self.binds.len() - 1
        });
        self.out.push_str(&match (self.dialect, bind) {
            (Dialect::Sqlite, _) => format!("?{}", at + 1),
            (Dialect::Postgres, Bind::Seq) => format!("CAST(${} AS BIGINT)", at + 1),
            (Dialect::Postgres, Bind::Subjects | Bind::Begins | Bind::Param(_)) => format!("${}", at + 1),
        });
    }
}
