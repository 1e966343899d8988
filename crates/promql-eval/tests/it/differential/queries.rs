//! Random questions, but for those that 3.x answers otherwise by design.
//!
//! A counter is extended to where it would be zero after it is looked how far away the border is, so rates are not asked of
//! series with gaps. The deviation of one number that is not finite is not zero. `atan2` drops names. Times are not asked of
//! numbers that are none.

use super::peer::Asked;
use super::series::{BEGIN, INSTANCES, JOBS};
use crate::chance::Chance;

const RANGES: [&str; 7] = ["30s", "1m", "2m", "5m", "10m", "20m", "40m"];
const METRICS: [&str; 6] = ["c_total", "g", "w", "s", "odd", "h_bucket"];

/// A question that follows from the seed.
pub(crate) fn random(chance: &mut Chance) -> Asked {
    let mut expr = if chance.percent(6) { scalar(chance, 3) } else { vector(chance, 3) };
    // Means of small whole numbers are whole themselves, or not quite.
    for of in ["avg", "stddev", "stdvar"] {
        expr = expr.replace(&format!("{of}_over_time(w"), &format!("{of}_over_time(g"));
    }
    // Whole tens of seconds behind the begin: no sample and no step of a subquery lies on a left end.
    let tens = |chance: &mut Chance, most: usize| 10_000 * i64::try_from(chance.below(most)).expect("small");
    let from = BEGIN + tens(chance, 120);
    if chance.percent(30) {
        return Asked { expr, from, until: from, step: 0 };
    }
    let step = chance.one(&[10_000, 20_000, 30_000, 60_000, 120_000, 310_000]);
    let steps = i64::try_from(1 + chance.below(25)).expect("small");
    Asked { expr, from, until: from + steps * step, step }
}

fn matchers(chance: &mut Chance) -> String {
    let mut parts = Vec::new();
    if chance.percent(30) {
        let op = chance.one(&["=", "!="]);
        parts.push(format!("job{op}\"{}\"", chance.one(&JOBS)));
    }
    if chance.percent(25) {
        parts.push(
            chance.one(&["instance=~\"0|1\"", "instance!~\"2\"", "instance=~\".+\"", "instance=\"1\""]).to_owned(),
        );
    }
    if parts.is_empty() { String::new() } else { format!("{{{}}}", parts.join(",")) }
}

fn selector(chance: &mut Chance) -> String {
    let metric = chance.one(&METRICS);
    // Buckets are many, and mostly asked for one bound.
    let bound = if metric == "h_bucket" && chance.percent(60) { "{le=\"1\"}".to_owned() } else { matchers(chance) };
    format!("{metric}{bound}")
}

fn timing(chance: &mut Chance) -> String {
    match chance.below(20) {
        0 | 1 => format!(" offset {}", chance.one(&["20s", "1m", "5m", "10m", "-1m", "-5m"])),
        2 => format!(" @ {}", BEGIN / 1000 + 10 * i64::try_from(chance.below(100)).expect("small")),
        3 => format!(" @ {}", chance.one(&["start()", "end()"])),
        4 => format!(" @ end() offset {}", chance.one(&["1m", "-2m"])),
        _ => String::new(),
    }
}

fn range(chance: &mut Chance, depth: usize) -> String {
    if depth > 0 && chance.percent(15) {
        let step = chance.one(&["10s", "20s", "30s", "1m", "2m"]);
        let length = chance.one(&["1m", "3m", "10m", "20m"]);
        let inner = vector(chance, depth - 1);
        // The steps of a subquery within a subquery lie on its left end.
        let inner = if inner.contains(':') { instant(chance) } else { inner };
        return format!("({inner})[{length}:{step}]{}", timing(chance));
    }
    format!("{}[{}]{}", selector(chance), chance.one(&RANGES), timing(chance))
}

fn without_gaps(chance: &mut Chance) -> String {
    let metric = chance.one(&["c_total", "c_total", "c_total", "g", "w", "h_bucket"]);
    format!("{metric}{}[{}]{}", matchers(chance), chance.one(&RANGES), timing(chance))
}

fn number(chance: &mut Chance) -> String {
    chance.one(&["0", "1", "2", "-1", "0.5", "3.25", "100", "-7", "1e3", "Inf", "NaN", "10"]).to_owned()
}

fn scalar(chance: &mut Chance, depth: usize) -> String {
    match chance.below(if depth == 0 { 3 } else { 7 }) {
        0 | 1 => number(chance),
        2 => chance.one(&["time()", "pi()", "(7 % 3)", "(-7 % 2.5)", "(2 ^ 0.5)", "(-2 ^ 2)"]).to_owned(),
        3 => format!("scalar({})", vector(chance, depth - 1)),
        4 => {
            let op = chance.one(&["+", "-", "*", "/"]);
            format!("({} {op} {})", scalar(chance, depth - 1), scalar(chance, depth - 1))
        }
        5 => {
            let op = chance.one(&["==", "!=", "<", ">", "<=", ">="]);
            format!("({} {op} bool {})", scalar(chance, depth - 1), scalar(chance, depth - 1))
        }
        _ => format!("-({})", scalar(chance, depth - 1)),
    }
}

fn vector(chance: &mut Chance, depth: usize) -> String {
    if depth == 0 {
        return if chance.percent(50) { instant(chance) } else { over_range(chance, 0) };
    }
    match chance.below(20) {
        0 | 1 => instant(chance),
        2..=5 => over_range(chance, depth),
        6..=9 => aggregate(chance, depth),
        10 | 11 => of_numbers(chance, depth),
        12 | 13 => with_scalar(chance, depth),
        14..=16 => joined(chance, depth),
        17 => quantile_of_buckets(chance),
        18 => relabelled(chance, depth),
        _ => other(chance, depth),
    }
}

fn instant(chance: &mut Chance) -> String {
    format!("{}{}", selector(chance), timing(chance))
}

fn over_range(chance: &mut Chance, depth: usize) -> String {
    if chance.percent(25) {
        return format!("{}({})", chance.one(&["rate", "rate", "increase"]), without_gaps(chance));
    }
    let function = chance.one(&[
        "irate",
        "delta",
        "idelta",
        "deriv",
        "changes",
        "resets",
        "avg_over_time",
        "min_over_time",
        "max_over_time",
        "sum_over_time",
        "count_over_time",
        "stddev_over_time",
        "stdvar_over_time",
        "last_over_time",
        "present_over_time",
        "absent_over_time",
    ]);
    match chance.below(12) {
        0 => format!(
            "quantile_over_time({}, {})",
            chance.one(&["0", "0.5", "0.9", "1", "-1", "2"]),
            range(chance, depth)
        ),
        // With `@`, 2.x moves the window nevertheless.
        1 => {
            let ahead = chance.one(&["60", "600", "-100"]);
            format!("predict_linear({}[{}], {ahead})", selector(chance), chance.one(&RANGES))
        }
        _ => format!("{function}({})", range(chance, depth)),
    }
}

fn grouping(chance: &mut Chance) -> String {
    match chance.below(6) {
        0 => String::new(),
        1 => " by (job)".to_owned(),
        2 => " without (instance)".to_owned(),
        3 => " by (job, instance)".to_owned(),
        4 => " without (job, le)".to_owned(),
        _ => " by (instance, absent)".to_owned(),
    }
}

fn aggregate(chance: &mut Chance, depth: usize) -> String {
    let of = vector(chance, depth - 1);
    let by = grouping(chance);
    match chance.below(14) {
        0 => format!("quantile{by} ({}, {of})", chance.one(&["0", "0.5", "0.75", "1", "-1", "1.5"])),
        // No two of these are the same, so that which are the largest is certain.
        1 => format!(
            "{}{by} ({}, g{})",
            chance.one(&["topk", "bottomk"]),
            chance.one(&["1", "2", "5", "0"]),
            matchers(chance)
        ),
        2 => format!("count_values{by} (\"value\", w{})", matchers(chance)),
        3 => {
            let finite = chance.one(&["g", "w", "c_total", "rate(c_total[5m])", "deriv(g[2m])"]);
            format!("{}{by} ({finite})", chance.one(&["stddev", "stdvar"]))
        }
        _ => {
            let op = chance.one(&["sum", "sum", "avg", "min", "max", "count", "group"]);
            format!("{op}{by} ({of})")
        }
    }
}

fn of_numbers(chance: &mut Chance, depth: usize) -> String {
    let of = vector(chance, depth - 1);
    let function = chance.one(&[
        "abs",
        "exp",
        "sqrt",
        "ln",
        "log2",
        "log10",
        "sort",
        "sort_desc",
        "timestamp",
        "sin",
        "cos",
        "tan",
        "atan",
        "sinh",
        "cosh",
        "tanh",
        "asinh",
        "deg",
        "rad",
    ]);
    let of_times =
        chance.one(&["hour", "minute", "month", "year", "day_of_month", "day_of_week", "day_of_year", "days_in_month"]);
    match chance.below(10) {
        // Away from where they begin, which is a matter of the last digit.
        5 => format!("{}(clamp({of}, -0.9, 0.9))", chance.one(&["asin", "acos", "atanh"])),
        6 => format!("acosh(clamp_min({of}, 1.1))"),
        7 => format!("{}({})", chance.one(&["ceil", "floor", "sgn", "round"]), instant(chance)),
        4 => format!("{of_times}({})", chance.one(&["timestamp(g)", "c_total * 1e5", "", "vector(time())", "w * 1e9"])),
        0 => format!("clamp({of}, {}, {})", number(chance), number(chance)),
        1 => format!("clamp_min({of}, {})", number(chance)),
        2 => format!("clamp_max({of}, {})", number(chance)),
        3 => format!("round({}, {})", instant(chance), chance.one(&["0.1", "5", "10", "0.25"])),
        _ => format!("{function}({of})"),
    }
}

fn with_scalar(chance: &mut Chance, depth: usize) -> String {
    if chance.percent(15) {
        // Little is rounded away before these, and much behind.
        let (of, op) = (instant(chance), chance.one(&["%", "^"]));
        let number = number(chance);
        return if chance.percent(50) { format!("({of} {op} {number})") } else { format!("({number} {op} {of})") };
    }
    let (vector, scalar) = (vector(chance, depth - 1), scalar(chance, depth - 1));
    let (op, scalar) = if chance.percent(50) {
        (chance.one(&["+", "-", "*", "/"]), scalar)
    } else {
        // Numbers that nothing is the same as, but for the last digit.
        let number = chance.one(&["0.3717", "2.1234", "-1.713", "97.13", "Inf", "NaN", "0.00017", "time()"]);
        (chance.one(&["==", "!=", "<", ">", "<=", ">=", "> bool", "== bool"]), number.to_owned())
    };
    if chance.percent(60) { format!("({vector} {op} {scalar})") } else { format!("({scalar} {op} {vector})") }
}

fn joined(chance: &mut Chance, depth: usize) -> String {
    let (left, right) = (vector(chance, depth - 1), vector(chance, depth - 1));
    match chance.below(10) {
        0 => format!("({left} * on (job) group_left (team) owner)"),
        1 => format!("(owner * on (job) group_right () {right})"),
        2 => format!("({left} {} {right})", chance.one(&["and", "or", "unless"])),
        3 => format!("({left} {} on (job) {right})", chance.one(&["and", "or", "unless"])),
        4 => format!("({left} {} ignoring (instance, le) {right})", chance.one(&["and", "or", "unless"])),
        5 => format!("(sum by (job) ({left}) {} sum by (job) ({right}))", chance.one(&["+", "-", "*", "/"])),
        6 => format!("({left} / on (job) group_left () sum by (job) ({right}))"),
        7 => format!("({left} {} on (job, instance) {right})", chance.one(&["+", "-", "/", "!="])),
        _ => format!("({left} {} {right})", chance.one(&["+", "-", "*", "/", "==", "> bool", "<"])),
    }
}

fn quantile_of_buckets(chance: &mut Chance) -> String {
    let share = chance.one(&["0", "0.1", "0.5", "0.9", "0.99", "1", "-1", "2", "NaN"]);
    match chance.below(3) {
        0 => format!("histogram_quantile({share}, h_bucket{})", matchers(chance)),
        1 => format!("histogram_quantile({share}, rate(h_bucket[{}]))", chance.one(&RANGES)),
        _ => format!("histogram_quantile({share}, sum by (le, job) (rate(h_bucket[5m])))"),
    }
}

fn relabelled(chance: &mut Chance, depth: usize) -> String {
    let of = vector(chance, depth - 1);
    match chance.below(3) {
        0 => format!("label_replace({of}, \"short\", \"$1\", \"job\", \"(.).*\")"),
        1 => format!("label_join({of}, \"both\", \"-\", \"job\", \"instance\")"),
        _ => format!("label_replace({of}, \"instance\", \"x\", \"instance\", \"1\")"),
    }
}

fn other(chance: &mut Chance, depth: usize) -> String {
    match chance.below(4) {
        0 => format!("vector({})", scalar(chance, depth - 1)),
        1 => format!("absent({})", vector(chance, depth - 1)),
        2 => format!("-{}", instant(chance)),
        _ => format!("({})", vector(chance, depth - 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_random_question_is_one_of_the_language() {
        let mut chance = Chance::new(7);
        for _ in 0..2000 {
            let asked = random(&mut chance);
            let parsed = evenkeel_promql::parse(&asked.expr);
            let expr = parsed.unwrap_or_else(|fault| panic!("{}: {fault}", asked.expr));
            assert_eq!(evenkeel_promql::check_types(&expr), [], "{}", asked.expr);
        }
        assert!(INSTANCES.len() == 3);
    }
}
