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
fn for_some_subjects_every_table_is_narrowed_that_tells_of_them() {
    let narrowed = |text: &str| {
        let block = Select::block(text).expect("a block");
        let sql = block.sql(Dialect::Sqlite, Render { subjects: true, ..Render::default() }).sql;
        let mark = " IN (SELECT value FROM json_each(?2)";
        let places: Vec<String> = sql
            .match_indices(mark)
            .map(|(at, _)| {
                let before = &sql[..at];
                before[before.rfind(['(', ' ']).map_or(0, |start| start + 1)..].replace('"', "")
            })
            .collect();
        places.join(" ")
    };
    let tail = "1 AS good, 1 AS total, 1 AS last_at, NULL AS refs";
    let grouped = "count(*) AS good, count(*) AS total, max(d.at) AS last_at, refs(d.record) AS refs";
    // A column that is grouped by, a column that is not, a constant.
    assert_eq!(
        narrowed(&format!("SELECT d.workload AS subject, {grouped} FROM drills d GROUP BY d.workload")),
        "d.workload q.subject"
    );
    assert_eq!(
        narrowed(&format!("SELECT max(d.workload) AS subject, {grouped} FROM drills d GROUP BY d.team")),
        "q.subject"
    );
    assert_eq!(narrowed(&format!("SELECT 'organization' AS subject, {grouped} FROM drills d")), "q.subject");
    // What it is equal to, on either side of a join.
    let joined = format!("SELECT w.name AS subject, {tail} FROM workloads w LEFT JOIN drills d ON d.workload = w.name");
    assert_eq!(narrowed(&joined), "w.name q.subject");
    // Queries in FROM and with a name.
    let within = format!(
        "SELECT x.s AS subject, {tail} FROM (SELECT d.workload AS s FROM drills d UNION ALL SELECT r.workload FROM runs r) x"
    );
    assert_eq!(narrowed(&within), "d.workload r.workload x.s q.subject");
    let named = "WITH x AS (SELECT d.workload AS s, d.at AS at FROM drills d)";
    assert_eq!(narrowed(&format!("{named} SELECT x.s AS subject, {tail} FROM x")), "d.workload x.s q.subject");
    let twice = format!("{named} SELECT x.s AS subject, {tail} FROM x JOIN x y ON y.s = x.s");
    assert_eq!(narrowed(&twice), "d.workload d.workload x.s q.subject");
    let hidden =
        format!("{named} SELECT x.s AS subject, {tail} FROM x WHERE EXISTS (SELECT 1 FROM x y WHERE y.at = x.at)");
    assert_eq!(narrowed(&hidden), "d.workload x.s q.subject");
    // A window sees rows of others, unless it is divided by subject.
    let window = |by: &str| {
        format!(
            "SELECT x.s AS subject, {tail} FROM (SELECT d.workload AS s, lag(d.at) OVER (PARTITION BY {by} ORDER BY d.at) AS a FROM drills d) x"
        )
    };
    assert_eq!(narrowed(&window("d.team")), "x.s q.subject");
    assert_eq!(narrowed(&window("d.workload")), "d.workload x.s q.subject");
}

/// What is tied to something of the subjects is looked up by that, whichever way it is joined.
#[test]
fn for_some_subjects_nothing_else_is_read_that_is_tied_to_theirs() {
    let narrowed = |text: &str| {
        let block = Select::block(text).expect("a block");
        block.sql(Dialect::Sqlite, Render { subjects: true, ..Render::default() }).sql.replace('"', "")
    };
    let told = "WITH told AS (SELECT u.incident AS incident, count(*) AS times FROM updates u GROUP BY u.incident)";
    let columns = "1 AS good, t.times AS total, i.at AS last_at, NULL AS refs";
    let left = format!(
        "{told} SELECT i.workload AS subject, {columns} FROM incidents i LEFT JOIN told t ON t.incident = i.id \
         WHERE i.at >= $from"
    );
    let tied = "(u.incident IN (SELECT i.id AS value FROM incidents AS i WHERE (i.seq_from <= ?1 AND i.seq_to > ?1) \
                AND ((i.workload IN (SELECT value FROM json_each(?2))) AND (i.at >= ?3))))";
    let sql = narrowed(&left);
    assert!(sql.contains(tied), "{sql}");
    // A condition of a left join leaves out nothing of what stands before it.
    let before = format!(
        "{told} SELECT t.incident AS subject, 1 AS good, 1 AS total, i.at AS last_at, NULL AS refs \
         FROM incidents i LEFT JOIN told t ON t.incident = i.id"
    );
    let sql = narrowed(&before);
    assert!(sql.contains("FROM incidents AS i LEFT JOIN (SELECT"), "{sql}");
    assert!(sql.contains("(u.incident IN (SELECT value FROM json_each(?2)))"), "{sql}");
    // The first that is known of two.
    let first_known = "SELECT k.s AS subject, 1 AS good, 1 AS total, 1 AS last_at, NULL AS refs FROM \
        (SELECT coalesce(r.workload, p.workload) AS s FROM runs r LEFT JOIN procedures p ON p.name = r.procedure) k";
    let sql = narrowed(first_known);
    assert!(sql.contains("((r.workload IS NOT NULL) AND (r.workload IN (SELECT"), "{sql}");
    assert!(sql.contains("((r.workload IS NULL) AND (p.workload IN (SELECT"), "{sql}");
    // A list that something is looked up in.
    let listed = "SELECT g.team AS subject, 1 AS good, 1 AS total, 1 AS last_at, NULL AS refs FROM goals g \
                  WHERE g.id IN (SELECT k.owner_id FROM links k WHERE k.field = 'kpis')";
    let sql = narrowed(listed);
    assert!(sql.contains("(k.owner_id IN (SELECT g.id AS value FROM goals AS g"), "{sql}");
}

#[test]
fn as_of_the_last_record_what_has_not_ended_counts() {
    let rendered = sql("SELECT w.name FROM workloads w", Dialect::Sqlite, Render { latest: true, ..Render::default() });
    let expect = r#"SELECT "w"."name" AS "name" FROM "workloads" AS "w" WHERE ("w"."seq_to" = 9223372036854775807)"#;
    assert_eq!(rendered, expect);
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

#[test]
fn a_query_with_a_name_that_is_looked_at_several_times_is_made_once() {
    let named = "WITH x AS (SELECT d.workload AS w, d.at AS at FROM drills d)";
    let kept =
        |text: &str| sql(&format!("{named} {text}"), Dialect::Sqlite, Render::default()).contains("MATERIALIZED");
    assert!(!kept("SELECT w FROM x"));
    assert!(!kept("SELECT w FROM (SELECT w FROM x) y"));
    assert!(kept("SELECT x.w FROM x JOIN x y ON y.w = x.w"));
    assert!(kept("SELECT w FROM x WHERE EXISTS (SELECT 1 FROM x y WHERE y.w = x.w)"));
    assert!(kept("SELECT w FROM x UNION ALL SELECT w FROM x"));
}
