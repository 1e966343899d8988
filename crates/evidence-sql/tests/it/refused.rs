//! What is refused, and how that is said: place, headline, help.

use evenkeel_evidence_sql::{BLOCK_PARAMS, Select};

/// Checks the first fault: its place, and what it says.
#[track_caller]
fn refused(text: &str, place: &str, said: &str) {
    let faults = Select::parse(text, &BLOCK_PARAMS).expect_err(text);
    let first = faults.first().expect("a fault");
    assert_eq!((&text[first.range.clone()], first.to_string().as_str()), (place, said), "{text}");
}

#[track_caller]
fn no_block(text: &str, said: &str) {
    let faults = Select::block(text).expect_err(text);
    assert_eq!(faults.first().expect("a fault").to_string(), said, "{text}");
}

#[test]
fn names_that_are_not_there() {
    refused("SELECT id FROM alrts", "alrts", "there is no table `alrts`; did you mean `alerts`?");
    refused("SELECT idd FROM alerts", "idd", "`alerts` has no column `idd`; did you mean `id`?");
    refused("SELECT a.nme FROM workloads a", "nme", "`a` has no column `nme`; did you mean `name`?");
    refused("SELECT b.id FROM alerts a", "b", "nothing here is called `b`; there are `a`");
    refused(
        "SELECT seq_from FROM links",
        "seq_from",
        "`links` has no column `seq_from`; it has owner_id, field, value",
    );
    refused("SELECT cuont(*) FROM alerts", "cuont", "there is no function `cuont`; did you mean `count`?");
    refused(
        "SELECT id FROM alerts WHERE at > now()",
        "now",
        "there is no function `now`; a query does not know the time: compare with `$from` and `$to`",
    );
    refused("SELECT $now FROM alerts", "$now", "there is no parameter `$now`; there are `$from`, `$to`, `$seq`");
    refused(
        "SELECT workloads FROM goals",
        "workloads",
        "`goals` has no column `workloads`; `workloads` is a list: JOIN links ON links.owner_id = goals.id AND links.field = 'workloads', and take links.value",
    );
    refused(
        "SELECT id FROM alerts a JOIN pages p ON p.workload = a.workload",
        "id",
        "`id` may be of `a` or of `p`; write `a.id` or `p.id`",
    );
    refused("SELECT a FROM (SELECT 1 AS a, 2 AS a) q", "a", "`a` may be of `q` or of `q`; write `q.a` or `q.a`");
}

#[test]
fn sorts_that_do_not_fit() {
    refused(
        "SELECT id FROM alerts WHERE drill",
        "drill",
        "`drill` is a whole number, not a condition; write `drill = 1`",
    );
    refused(
        "SELECT id FROM alerts WHERE drill = TRUE",
        "TRUE",
        "`TRUE` is a condition, and cannot be compared; flags are 0 or 1: write `flag = 1`",
    );
    refused("SELECT id FROM alerts WHERE at = '5'", "at = '5'", "`at = '5'` compares text with a number");
    refused(
        "SELECT sum(at > 3) FROM alerts",
        "at > 3",
        "`at > 3` is a condition, not a value; write `CASE WHEN … THEN 1 ELSE 0 END`",
    );
    refused("SELECT id || at FROM alerts", "at", "`at` is a whole number, not text; write `CAST(… AS TEXT)`");
    refused("SELECT id + 1 FROM alerts", "id", "`id` is a text, not a number; text is never turned into a number");
    refused("SELECT sum(id) FROM alerts", "id", "`id` is a text, not a number; text is never turned into a number");
    refused(
        "SELECT id FROM alerts WHERE team = NULL",
        "team = NULL",
        "nothing is equal or unequal to NULL; write `IS NULL` or `IS NOT NULL`",
    );
    refused("SELECT CAST(id AS BIGINT) FROM alerts", "id", "`id` is text, which is not turned into a number");
    refused(
        "SELECT CAST(id AS DATE) FROM alerts",
        "id",
        "`DATE` is no type to turn something into; there are `BIGINT`, `TEXT` and `DOUBLE PRECISION`",
    );
    refused(
        "SELECT at / fired FROM alerts",
        "fired",
        "`fired` may be 0, by which nothing can be divided; write `NULLIF(fired, 0)`",
    );
    refused("SELECT at / 0 FROM alerts", "0", "`0` may be 0, by which nothing can be divided; write `NULLIF(0, 0)`");
    refused(
        "SELECT coalesce(id, 0) FROM alerts",
        "coalesce(id, 0)",
        "`coalesce(id, 0)` mixes text with numbers; write `CAST(… AS TEXT)` for the number",
    );
}

#[test]
fn words_that_a_column_never_holds() {
    let text = |what: &str| format!("SELECT id FROM deployments d WHERE {what}");
    refused(&text("d.outcome = 'succeded'"), "'succeded'", "`outcome` is never `succeded`; did you mean `succeeded`?");
    refused(
        &text("outcome IN ('failed', 'x')"),
        "'x'",
        "`outcome` is never `x`; it is one of started, succeeded, failed, rolled-back",
    );
    refused(
        &text("CASE outcome WHEN 'fine' THEN 1 END = 1"),
        "'fine'",
        "`outcome` is never `fine`; it is one of started, succeeded, failed, rolled-back",
    );
}

#[test]
fn groups_that_have_several_values() {
    refused(
        "SELECT team, workload, count(*) FROM alerts GROUP BY team",
        "workload",
        "`workload` has several values in a group; write it behind `GROUP BY`, or `max(workload)`",
    );
    refused(
        "SELECT id FROM alerts WHERE count(*) > 1",
        "count",
        "`count` is of groups of rows, and cannot stand in `WHERE`; write it behind `HAVING`, or take it in a query in `FROM`",
    );
    refused(
        "SELECT sum(count(*)) FROM alerts",
        "count",
        "`count` is of groups of rows, and cannot stand in an aggregate; write it behind `HAVING`, or take it in a query in `FROM`",
    );
    refused("SELECT count(*) AS n FROM alerts GROUP BY n", "n", "`n` is made of groups, so it cannot make them");
    refused(
        "SELECT id FROM alerts WHERE row_number() OVER (ORDER BY at) = 1",
        "row_number",
        "`row_number` cannot stand here; take it in a query in `FROM`, and use it outside",
    );
}

#[test]
fn joins_that_multiply_rows() {
    let comma =
        "a second source without a condition cannot be part of a query; write `JOIN … ON …` in place of the comma";
    refused("SELECT 1 FROM alerts, pages", "pages", comma);
    let tie =
        "nothing ties `pages` to what stands before it; write a condition behind `ON` that compares columns of both";
    refused("SELECT 1 FROM alerts CROSS JOIN pages", "pages", tie);
    refused("SELECT 1 FROM alerts JOIN pages", "pages", tie);
    refused("SELECT 1 FROM alerts JOIN pages ON TRUE", "pages", tie);
    refused("SELECT 1 FROM alerts JOIN pages ON alerts.at > 0 AND pages.at > 0", "pages", tie);
    refused(
        "SELECT 1 FROM alerts RIGHT JOIN pages ON alerts.id = pages.id",
        "pages",
        "this kind of join cannot be part of a query; write `JOIN … ON …` or `LEFT JOIN … ON …`",
    );
    refused(
        "SELECT 1 FROM alerts JOIN pages USING (id)",
        "pages",
        "a join by names alone cannot be part of a query; write the condition behind `ON`",
    );
    refused(
        "SELECT 1 FROM alerts a JOIN pages a ON a.id = a.id",
        "pages a",
        "two sources are called `a`; give each its own name, as in `pages AS p`",
    );
}

#[test]
fn what_a_block_must_return() {
    no_block(
        "SELECT 1 AS subject",
        "a block returns subject, good, total, last_at and refs, and this returns subject; name each behind `AS`",
    );
    no_block(
        "SELECT * FROM drills",
        "`*` in a block cannot be part of a query; name the columns; in `EXISTS` write `SELECT 1`",
    );
    let head = "SELECT workload AS subject, 1 AS good, 1 AS total";
    no_block(&format!("{head}, id AS last_at, id AS refs FROM drills"), "`last_at` is a text, not a whole number");
    no_block(
        &format!("{head}, 1.5 AS last_at, id AS refs FROM drills"),
        "`last_at` is a number, not a whole number; write `CAST(… AS BIGINT)`",
    );
    no_block(
        &format!("{head}, 1 AS last_at, id AS refs FROM drills LIMIT 3"),
        "`LIMIT` of a block cannot be part of a query; a block returns one row a subject, all of them",
    );
}

#[test]
fn several_faults_are_shown_at_once() {
    let faults = Select::parse("SELECT idd, nme FROM alerts WHERE drill GROUP BY x", &[]).expect_err("faults");
    let said: Vec<_> = faults.iter().map(|fault| fault.headline.as_str()).collect();
    assert_eq!(
        said,
        [
            "`alerts` has no column `idd`",
            "`alerts` has no column `nme`",
            "`drill` is a whole number, not a condition",
            "`alerts` has no column `x`"
        ]
    );
}
