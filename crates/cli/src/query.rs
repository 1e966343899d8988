//! `evenkeel query`: one SELECT over the evidence, and its rows as a table, JSON or CSV.
//!
//! The rows come from a server or straight from a data folder; both give [`Rows`], so that what is printed does not
//! depend on who was asked.

mod args;
mod csv;
mod rows;
mod table;

use serde_json::Value;

pub use args::{QueryArgs, QueryFormat};
pub use rows::{Cell, Rows};

use crate::client::{ClientCommand, Context, Request, Shown, Wrong, read};

impl ClientCommand for QueryArgs {
    fn requests(&self, _cx: &Context) -> Result<Vec<Request>, Wrong> {
        if self.sql.trim().is_empty() {
            let help =
                "give one SELECT, such as `SELECT id, severity FROM incidents`; docs/evidence.md lists the tables";
            return Err(Wrong::new("there is nothing to ask", help));
        }
        Ok(vec![Request::get("/api/v1/query").with("sql", &self.sql).with("limit", &self.limit.to_string())])
    }

    fn show(&self, answer: &Value, cx: &Context) -> Result<Shown, serde_json::Error> {
        Ok(self.rendered(&read::<Rows>(answer)?, cx))
    }
}

impl QueryArgs {
    /// The rows in the wanted form.
    #[must_use]
    pub fn rendered(&self, rows: &Rows, cx: &Context) -> Shown {
        match self.format {
            QueryFormat::Table => Shown::good(table::text(rows, self.times.then_some(cx), cx)),
            QueryFormat::Json => Shown::good(rows.json()).beside(self.more(rows)),
            QueryFormat::Csv => Shown::good(csv::text(rows)).beside(self.more(rows)),
        }
    }

    /// What is said beside the result when it is not whole, so that nobody takes a part for all.
    fn more(&self, rows: &Rows) -> String {
        if !rows.more {
            return String::new();
        }
        format!("only the first {} rows; `--limit` gives more\n", rows.rows.len())
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use evenkeel_time::{Timestamp, Zone};
    use serde_json::json;

    use super::*;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        query: QueryArgs,
    }

    fn cx() -> Context {
        Context { now: Timestamp(0), zone: Zone::UTC, color: false, user: None }
    }

    fn query(options: &[&str]) -> QueryArgs {
        let typed = ["query", "SELECT workload, n FROM t"].into_iter().chain(options.iter().copied());
        Line::try_parse_from(typed).expect("a command line").query
    }

    fn rows(more: bool) -> Value {
        json!({ "columns": ["workload", "n", "opened_at", "note"], "more": more, "rows": [
            ["shop", 12, 1_767_571_200_000_i64, null],
            ["a, \"b\"", 3.5, null, ""],
            ["läden\n二", -1, 1_767_571_260_000_i64, "x\u{1b}[2J"],
        ]})
    }

    fn shown(options: &[&str], more: bool) -> Shown {
        query(options).show(&rows(more), &cx()).expect("rows")
    }

    #[test]
    fn the_question_is_asked_as_it_was_typed() {
        let asked = query(&["--limit", "7"]).requests(&cx()).expect("a request");
        let paths: Vec<&str> = asked.iter().map(|request| request.path.as_str()).collect();
        assert_eq!(paths, ["/api/v1/query?sql=SELECT%20workload%2C%20n%20FROM%20t&limit=7"]);
        let empty = Line::try_parse_from(["query", " "]).expect("a command line").query;
        assert_eq!(empty.requests(&cx()).map_err(|wrong| wrong.message), Err("there is nothing to ask".to_owned()));
    }

    #[test]
    fn a_table_is_aligned_and_numbers_stand_to_the_right() {
        let expected = "\
workload    n      opened_at  note
shop       12  1767571200000
a, \"b\"    3.5
läden 二   -1  1767571260000  x\u{fffd}[2J
3 rows
";
        assert_eq!(shown(&[], false).out, expected);
    }

    #[test]
    fn times_are_shown_on_a_clock_when_asked() {
        let out = shown(&["--times"], true).out;
        assert!(out.contains("shop       12  2026-01-05 00:00:00\n"), "{out}");
        assert!(out.ends_with("the first 3 rows; `--limit` gives more; times in UTC\n"), "{out}");
    }

    #[test]
    fn csv_is_quoted_and_nothing_is_told_from_an_empty_text() {
        let expected = "\
workload,n,opened_at,note
shop,12,1767571200000,
\"a, \"\"b\"\"\",3.5,,\"\"
\"läden\n二\",-1,1767571260000,x\u{1b}[2J
";
        let shown = shown(&["--format", "csv"], true);
        assert_eq!(shown.out, expected);
        assert_eq!(shown.err, "only the first 3 rows; `--limit` gives more\n");
    }

    #[test]
    fn json_has_a_line_each_row_and_reads_back() {
        let shown = shown(&["--format", "json"], false);
        assert_eq!(serde_json::from_str::<Value>(&shown.out).expect("JSON"), rows(false));
        assert!(shown.out.contains("\n    [\"shop\",12,1767571200000,null],\n"), "{}", shown.out);
        assert!(!shown.out.contains('\u{1b}') && shown.err.is_empty(), "{}", shown.out);
    }

    #[test]
    fn no_rows_are_said_to_be_none() {
        let nothing = json!({ "columns": ["a"], "rows": [], "more": false });
        let shown = |options: &[&str]| query(options).show(&nothing, &cx()).expect("rows").out;
        assert_eq!(shown(&[]), "no rows\n");
        assert_eq!(shown(&["--format", "csv"]), "a\n");
        assert_eq!(serde_json::from_str::<Value>(&shown(&["--format", "json"])).expect("JSON"), nothing);
    }

    #[test]
    fn a_data_folder_is_read_unless_a_server_is_named() {
        assert!(query(&[]).place.folder().is_none());
        assert!(query(&["--data", "d"]).place.folder().is_some());
        assert!(query(&["--data", "d", "--server", "http://s"]).place.folder().is_none());
    }
}
