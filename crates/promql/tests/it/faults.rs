//! What is said about expressions that Prometheus refuses, and where.

use evenkeel_promql::{check_types, parse};

/// Every fault as "the bytes: message | help".
fn faults(text: &str) -> Vec<String> {
    let all = match parse(text) {
        Ok(expr) => check_types(&expr),
        Err(fault) => vec![fault],
    };
    let shown = |fault: &evenkeel_promql::Fault| {
        let help = fault.help.as_ref().map(|help| format!(" | {help}")).unwrap_or_default();
        format!("{}: {fault}{help}", &text[fault.range.clone()])
    };
    all.iter().map(shown).collect()
}

#[test]
fn faults_of_syntax_say_what_and_where() {
    for (text, wanted) in [
        ("", ": there is no expression"),
        ("sum(", "(: the expression ends where an expression is expected"),
        ("sum(up", "(: `(` is never closed"),
        ("up)", "): `)` closes nothing"),
        ("up{job=\"a\"", "{: `{` is never closed"),
        ("up{job=api}", "api: expected a quoted value, found `api` | write `\"api\"`"),
        (
            "up{job==\"api\"}",
            "==: expected one of `=`, `!=`, `=~`, `!~`, found `==` | labels are compared with a single `=`",
        ),
        (
            "up{job:x=\"api\"}",
            "job:x: expected a label's name, found `job:x` | a name with `:` in it has to stand in quotes",
        ),
        ("up = 0", "=: expected an operator, found `=` | `==` compares values; `=` compares labels, in braces"),
        ("up == 0 && down", "&: PromQL has no `&` | write `and`"),
        ("up == ", "==: the expression ends where an expression is expected"),
        (
            "rate(up[5M])",
            "5M: `5M` is neither a number nor a duration | durations are written from large to small with the units y w d h m s ms, such as `1h30m`",
        ),
        ("rate(up[5m)", "): expected `:` or `]`, found `)`"),
        ("rate(up[0s])", "0s: a range or step has to be longer than nothing"),
        ("up{job=~\"a(\"}", "\"a(\": the pattern for `job` is none: a `(` is never closed"),
        ("up{job=\"a}", "\": the text that \" begins never ends | close it on the same line"),
        (
            "up{job=~\"a\\d\"}",
            "\\d: `\\d` is no escape in a text | write two backslashes for one: in a pattern, a dot is `\\\\.`",
        ),
        ("sum(up) by", "by: the expression ends where `(` and labels is expected"),
        ("topk(up)", "topk(up): `topk` takes a parameter before the expression | such as `topk(5, up)`"),
        ("sum(a, b)", "sum(a, b): `sum` takes one expression, and is given 2 | to group, write `sum by (job) (…)`"),
        ("foo bar", "bar: expected an operator or the end, found `bar`"),
        (
            "a * group_left b",
            "group_left: expected an expression, found `group_left` | `on (…)` or `ignoring (…)` has to stand before it",
        ),
        (
            "sum(up) offset 5m",
            "offset: `offset` stands right behind a selector or a subquery | put it behind each selector inside",
        ),
        ("up offset 5m [5m]", "[5m]: the range has to stand before `offset`"),
        ("sum(up)[5m]", "[5m]: a range is taken of a selector only | a subquery takes one of any expression: `[5m:]`"),
        ("rate(up[5m],)", ",: no argument follows the `,` | take the `,` away"),
        ("up > “5”", "“: PromQL has no `“` | write straight quotes, `\"`"),
        ("up @ foo", "foo: expected a number, found `foo`"),
    ] {
        assert_eq!(faults(text), [wanted], "{text}");
    }
}

#[test]
fn faults_of_type_say_what_and_where() {
    for (text, wanted) in [
        (
            "rate(up)",
            "up: `rate` takes a range vector here, and this is an instant vector | add how far back to look, such as `[5m]`",
        ),
        (
            "rate(sum(up))",
            "sum(up): `rate` takes a range vector here, and this is an instant vector | a subquery makes one, such as `(…)[1h:5m]`",
        ),
        (
            "sum(up[5m])",
            "up[5m]: `sum` takes an instant vector here, and this is a range vector | take the `[…]` away, or a function such as `rate(…)` round it",
        ),
        (
            "1 == 2",
            "==: two scalars are compared without `bool` | write `== bool` for 0 or 1, or `vector(…)` round one side",
        ),
        (
            "up and 1",
            "and: `and` takes instant vectors on both sides, and one is a scalar | `vector(…)` makes an instant vector of a number",
        ),
        ("up + bool up", "+: `bool` belongs to comparisons, and `+` is none"),
        ("up > on (job) 5", "job: series are matched only between instant vectors, and one side is a scalar"),
        ("a and on (x) group_left b", "and: `and` takes no `group_left` or `group_right`"),
        ("a * on (x) group_left (x) b", "x: `x` is both in `on` and in `group_left` or `group_right`"),
        (
            "{job=~\".*\"}",
            "{job=~\".*\"}: the selector would select every series there is | one of its matchers has to exclude the empty value, such as `job=\"web\"` or `job=~\".+\"`",
        ),
        ("up{__name__=\"x\"}", "__name__=\"x\": the metric's name is given twice: `up` and in the braces"),
        ("-\"a\"", "-\"a\": a sign cannot stand before a string"),
        ("up + \"a\"", "\"a\": `+` takes scalars and instant vectors, and this is a string"),
        ("histogram_quantile(0.9)", "histogram_quantile: `histogram_quantile` takes 2 arguments, and is given 1"),
        ("round(up, 1, 2)", "round: `round` takes at most 2 arguments, and is given 3"),
        ("label_join(up)", "label_join: `label_join` takes at least 3 arguments, and is given 1"),
        ("ratee(up[5m])", "ratee: there is no function `ratee` | did you mean `rate`?"),
        ("5[1h:]", "5: a subquery takes an instant vector, and this is a scalar | `vector(…)` makes one of a number"),
        ("count_values(5, up)", "5: `count_values` takes a string here, and this is a scalar | put it in quotes"),
    ] {
        assert_eq!(faults(text), [wanted], "{text}");
    }
}

#[test]
fn all_faults_of_type_are_said_and_none_twice() {
    assert_eq!(faults("rate(a) + rate(b) and 5").len(), 3);
    assert_eq!(faults("nonesuch(rate(x)) + 1").len(), 2);
    // What an unknown function gives is unknown, so nothing else follows from it.
    assert_eq!(faults("nonesuch(x) and sum(nonesuch(y))").len(), 2);
}
