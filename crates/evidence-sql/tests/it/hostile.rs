//! Texts that want something else than to ask: each is refused, in bounded time and stack.

use evenkeel_evidence_sql::{BLOCK_PARAMS, Dialect, Render, Select};
use proptest::prelude::*;

#[test]
fn nothing_but_one_select_gets_through() {
    for text in HOSTILE {
        let read = Select::parse(text, &BLOCK_PARAMS);
        let faults = read.err().unwrap_or_else(|| panic!("{text} got through"));
        for fault in faults {
            assert!(text.get(fault.range.clone()).is_some(), "{text}: {fault:?}");
            assert!(!fault.headline.is_empty() && !fault.headline.contains('\n'), "{text}: {fault:?}");
        }
    }
}

/// Deep and long texts end quickly and leave the stack alone, even the small one of a test's thread.
#[test]
fn neither_depth_nor_length_does_harm() {
    let repeated = |head: &str, part: &str, times: usize, tail: &str| format!("{head}{}{tail}", part.repeat(times));
    let texts = [
        repeated("SELECT ", "(", 30_000, ""),
        repeated("SELECT ", "(", 40, &format!("1{}", ")".repeat(40))),
        repeated("SELECT 1", " + 1", 15_000, ""),
        repeated("SELECT 1", " + 1", 900, ""),
        repeated("SELECT ", "- ", 30_000, "1"),
        repeated("SELECT ", "- ", 900, "1"),
        repeated("SELECT 1 WHERE ", "NOT ", 900, "TRUE"),
        repeated("SELECT 1 WHERE TRUE", " OR TRUE", 900, ""),
        repeated("SELECT 1 WHERE 1", " IS NULL", 900, ""),
        repeated("SELECT 1", " UNION ALL SELECT 1", 900, ""),
        repeated("SELECT ", "CASE WHEN ", 900, ""),
        repeated("SELECT ", "CASE WHEN TRUE THEN ", 300, &format!("1{}", " END".repeat(300))),
        repeated("", "SELECT * FROM (", 31, &format!("SELECT 1{}", ") q".repeat(31))),
        repeated("SELECT 1 WHERE ", "EXISTS (SELECT 1 WHERE ", 31, &format!("TRUE{}", ")".repeat(31))),
        repeated("SELECT 1 FROM alerts a0", " JOIN alerts a1 ON a1.id = a0.id", 40, ""),
        repeated("SELECT 1", ", 1", 30_000, ""),
        repeated("SELECT 1", ", 1", 3_000, ""),
        repeated("WITH x AS (SELECT 1)", ", x AS (SELECT 1)", 500, " SELECT 1"),
        repeated("SELECT '", "x", 70_000, "'"),
        repeated("SELECT a", ".a", 3_000, ""),
        repeated("SELECT ", "f(", 31, &")".repeat(31)),
        repeated("SELECT 1 IN (", "1, ", 3_000, "1)"),
        repeated("/*", "/*", 10_000, ""),
    ];
    for text in texts {
        let start = &text[..text.len().min(40)];
        if let Ok(select) = Select::parse(&text, &[]) {
            for dialect in [Dialect::Sqlite, Dialect::Postgres] {
                assert!(!select.sql(dialect, Render::default()).sql.is_empty(), "{start}");
            }
        }
    }
}

/// Doubling a name in each of many queries would double the work each time.
#[test]
fn queries_with_names_do_not_multiply() {
    let mut text = "WITH x0 AS (SELECT id FROM alerts)".to_owned();
    for at in 1..60 {
        let before = at - 1;
        text.push_str(&format!(", x{at} AS (SELECT a.id FROM x{before} a JOIN x{before} b ON a.id = b.id)"));
    }
    text.push_str(" SELECT id FROM x59");
    let faults = Select::parse(&text, &[]).expect_err("too many");
    assert!(faults.iter().any(|fault| fault.headline == "the query has more than 64 sources of rows"), "{faults:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        let _ = Select::parse(&text, &BLOCK_PARAMS);
    }

    #[test]
    fn any_words_are_read_or_refused(words in prop::collection::vec(prop::sample::select(WORDS), 0..60)) {
        let text = format!("SELECT {}", words.join(" "));
        if let Err(faults) = Select::parse(&text, &BLOCK_PARAMS) {
            for fault in faults {
                prop_assert!(text.get(fault.range.clone()).is_some(), "{text}: {fault:?}");
            }
        }
    }
}

const WORDS: &[&str] = &[
    "SELECT",
    "FROM",
    "WHERE",
    "GROUP",
    "BY",
    "HAVING",
    "ORDER",
    "UNION",
    "ALL",
    "JOIN",
    "LEFT",
    "ON",
    "AS",
    "AND",
    "OR",
    "NOT",
    "IN",
    "EXISTS",
    "BETWEEN",
    "LIKE",
    "IS",
    "NULL",
    "CASE",
    "WHEN",
    "THEN",
    "ELSE",
    "END",
    "CAST",
    "(",
    ")",
    ",",
    ".",
    "*",
    "+",
    "-",
    "/",
    "%",
    "||",
    "=",
    "<",
    ">=",
    "<>",
    "1",
    "0",
    "1.5",
    "'x'",
    "$from",
    "alerts",
    "pages",
    "a",
    "id",
    "at",
    "team",
    "count",
    "sum",
    "max",
    "refs",
    "coalesce",
    "nullif",
    "row_number",
    "OVER",
    "PARTITION",
    "WITH",
    "DISTINCT",
    "LIMIT",
    "TRUE",
    "BIGINT",
    "substr",
    "trim",
];

const HOSTILE: &[&str] = &[
    "",
    ";",
    "DELETE FROM alerts",
    "INSERT INTO alerts VALUES (1)",
    "UPDATE alerts SET id = 'x'",
    "DROP TABLE alerts",
    "PRAGMA writable_schema = ON",
    "ATTACH DATABASE 'x' AS y",
    "VACUUM INTO 'x'",
    "EXPLAIN SELECT 1",
    "SELECT 1; DELETE FROM alerts",
    "SELECT 1; SELECT 2",
    "SELECT 1;;",
    "SELECT 1 -- a\n; DROP TABLE alerts",
    "SELECT 1 /* ; */ ; /* */ DROP TABLE alerts",
    "WITH x AS (DELETE FROM alerts RETURNING id) SELECT id FROM x",
    "WITH x AS (INSERT INTO alerts VALUES (1)) SELECT 1",
    "WITH RECURSIVE x AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM x) SELECT n FROM x",
    "WITH x AS (SELECT n FROM x) SELECT n FROM x",
    "SELECT id INTO x FROM alerts",
    "SELECT id FROM alerts FOR UPDATE",
    "SELECT load_extension('x')",
    "SELECT readfile('/etc/passwd')",
    "SELECT pg_sleep(10)",
    "SELECT pg_read_file('x')",
    "SELECT randomblob(1000000000)",
    "SELECT zeroblob(1000000000)",
    "SELECT sqlite_version()",
    "SELECT random()",
    "SELECT current_timestamp",
    "SELECT current_user",
    "SELECT sql FROM sqlite_master",
    "SELECT sql FROM sqlite_schema",
    "SELECT usename FROM pg_user",
    "SELECT 1 FROM main.alerts",
    "SELECT 1 FROM information_schema.tables",
    "SELECT 1 FROM json_each('[1]')",
    "SELECT 1 FROM generate_series(1, 1000000000)",
    "SELECT 1 FROM pragma_table_info('alerts')",
    "SELECT id FROM alerts WHERE id GLOB '*'",
    "SELECT id FROM alerts WHERE id ~ 'x'",
    "SELECT id FROM alerts WHERE id MATCH 'x'",
    "SELECT id FROM alerts WHERE id REGEXP 'x'",
    "SELECT id::TEXT FROM alerts",
    "SELECT id COLLATE NOCASE FROM alerts",
    "SELECT $$x$$",
    "SELECT $a$x$a$",
    "SELECT E'x'",
    "SELECT x'00'",
    "SELECT [id] FROM alerts",
    "SELECT `id` FROM alerts",
    "SELECT ARRAY[1]",
    "SELECT (1, 2)",
    "SELECT ROW(1, 2)",
    "SELECT @@version",
    "SELECT ?1",
    "SELECT :from",
    "SELECT id FROM ONLY alerts",
    "SELECT id FROM alerts TABLESAMPLE BERNOULLI (1)",
    "SELECT id FROM alerts INDEXED BY x",
    "SELECT id FROM alerts NOT INDEXED",
    "SELECT id FROM alerts ORDER BY random()",
    "SELECT id FROM alerts LIMIT (SELECT 1)",
    "SELECT id FROM alerts FETCH FIRST 1 ROWS ONLY",
    "SELECT TOP 1 id FROM alerts",
    "SELECT DISTINCT ON (id) id FROM alerts",
    "SELECT id FROM alerts GROUP BY ROLLUP (id)",
    "SELECT id FROM alerts GROUP BY GROUPING SETS ((id))",
    "SELECT count(*) FILTER (WHERE at > 0) FROM alerts",
    "SELECT sum(at) OVER (ORDER BY at) FROM alerts",
    "SELECT id FROM alerts WINDOW w AS (ORDER BY at)",
    "SELECT 1 FROM alerts NATURAL JOIN pages",
    "SELECT 1 FROM alerts, LATERAL (SELECT 1) x",
    "VALUES (1)",
    "TABLE alerts",
    "SELECT id FROM alerts EXCEPT SELECT id FROM pages",
    "SELECT INTERVAL '1 day'",
    "SELECT DATE '2020-01-01'",
    "SELECT extract(year FROM at) FROM alerts",
    "SELECT 'a\0b'",
    "SELECT 99999999999999999999",
    "SELECT 1e999",
    "SELECT id FROM alerts WHERE (id, at) IN (SELECT id, at FROM alerts)",
    "SELECT id FROM alerts WHERE id = ANY(SELECT id FROM alerts)",
    "SELECT id FROM alerts WHERE id = (SELECT id FROM pages)",
    "SELECT 1 WHERE EXISTS (DELETE FROM alerts)",
    "COPY alerts TO '/tmp/x'",
    "SELECT 'unfinished",
    "SELECT \"unfinished",
    "SELECT /* unfinished",
    "SELECT (1",
    "SELECT 1)",
];
