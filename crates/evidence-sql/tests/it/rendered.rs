//! What the engines are told.

use evenkeel_evidence_sql::{BLOCK_PARAMS, Bind, Dialect, Render, Select};

fn sql(text: &str, dialect: Dialect, options: Render) -> String {
    Select::parse(text, &BLOCK_PARAMS).expect("a query").sql(dialect, options).sql
}

#[test]
fn each_table_is_seen_as_of_the_record() {
    let text = "SELECT a.id FROM alerts a LEFT JOIN incident_alerts ia ON ia.alert = a.id WHERE a.at >= $from";
    let rendered = Select::parse(text, &BLOCK_PARAMS).expect("a query").sql(Dialect::Sqlite, Render::default());
    assert_eq!(
        rendered.sql,
        "SELECT \"a\".\"id\" AS \"id\" FROM \"alerts\" AS \"a\" LEFT JOIN \"incident_alerts\" AS \"ia\" \
         ON (\"ia\".\"alert\" = \"a\".\"id\") AND (\"ia\".\"seq_from\" <= ?1 AND \"ia\".\"seq_to\" > ?1) \
         WHERE (\"a\".\"seq_from\" <= ?1 AND \"a\".\"seq_to\" > ?1) AND (\"a\".\"at\" >= ?2)"
    );
    assert_eq!(rendered.binds, [Bind::Seq, Bind::Param("from".to_owned())]);
}

#[test]
fn facts_that_were_told_can_be_left_out() {
    let options = Render { observed_only: true, ..Render::default() };
    let facts = sql("SELECT id FROM drills", Dialect::Sqlite, options);
    assert!(facts.ends_with(" AND \"drills\".\"origin\" = 'observed')"), "{facts}");
    let seen = sql("SELECT id FROM alerts", Dialect::Sqlite, options);
    assert!(!seen.contains("origin"), "{seen}");
}

#[test]
fn what_engines_understand_differently_is_said_outright() {
    let postgres = |text: &str| sql(text, Dialect::Postgres, Render::default());
    let head = "SELECT ";
    let only = |text: &str| {
        let all = postgres(&format!("SELECT {text} AS it FROM alerts"));
        let end = all.find(" AS \"it\"").expect("the name");
        all[head.len()..end].replace("\"alerts\".", "")
    };
    assert_eq!(only("sum(fired)"), "CAST(sum(\"fired\") AS BIGINT)");
    assert_eq!(only("avg(fired)"), "(CAST(sum(\"fired\") AS DOUBLE PRECISION) / NULLIF(count(\"fired\"), 0))");
    assert_eq!(only("'a'"), "(CAST('a' AS TEXT) COLLATE \"C\")");
    assert_eq!(only("CAST(2.5 AS BIGINT)"), "CAST(trunc(CAST(2.5 AS DOUBLE PRECISION)) AS BIGINT)");
    assert_eq!(
        only("refs(record)"),
        "(array_to_string((array_agg(DISTINCT \"record\" ORDER BY \"record\" DESC) \
         FILTER (WHERE \"record\" IS NOT NULL))[1:10], ',') COLLATE \"C\")"
    );
    assert!(postgres("SELECT id FROM alerts WHERE id LIKE 'a%'").ends_with(" ESCAPE '')"));
    assert!(
        postgres("SELECT id FROM alerts ORDER BY at DESC").ends_with(" ORDER BY \"alerts\".\"at\" DESC NULLS LAST")
    );
}

#[test]
fn a_block_returns_its_columns_in_one_order_and_may_be_asked_for_some_subjects() {
    let text = "SELECT refs(record) AS refs, max(at) AS last_at, count(*) AS total, count(*) AS good, \
                workload AS subject FROM drills GROUP BY workload";
    let block = Select::block(text).expect("a block");
    let all = block.sql(Dialect::Sqlite, Render::default()).sql;
    assert!(all.starts_with(
        "SELECT \"q\".\"subject\", \"q\".\"good\", \"q\".\"total\", \"q\".\"last_at\", \"q\".\"refs\" FROM ("
    ));
    assert!(all.ends_with(" WHERE \"q\".\"subject\" IS NOT NULL"), "{all}");
    let some = block.sql(Dialect::Postgres, Render { subjects: true, ..Render::default() });
    assert!(some.sql.ends_with(" WHERE \"q\".\"subject\" = ANY(CAST($2 AS TEXT[]))"), "{}", some.sql);
    assert_eq!(some.binds, [Bind::Seq, Bind::Subjects]);
}

#[test]
fn rows_are_bounded_by_the_smaller_limit() {
    let options = Render { rows: Some(11), ..Render::default() };
    assert!(sql("SELECT id FROM alerts LIMIT 5", Dialect::Sqlite, options).ends_with(" LIMIT 5"));
    assert!(sql("SELECT id FROM alerts LIMIT 50", Dialect::Sqlite, options).ends_with(" LIMIT 11"));
    assert!(sql("SELECT id FROM alerts", Dialect::Sqlite, options).ends_with(" LIMIT 11"));
}

#[test]
fn quotes_stay_inside() {
    let text = r#"SELECT 'a''; DROP TABLE x' AS "q""x""#;
    let rendered = sql(text, Dialect::Sqlite, Render::default());
    assert_eq!(rendered, r#"SELECT 'a''; DROP TABLE x' AS "q""x""#);
}
