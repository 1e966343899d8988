//! What the documentation of PromQL shows, read and printed.

use evenkeel_promql::{ExprKind, experimental, parse, selectors};

/// Reads, prints, reads again; gives what is printed.
fn printed(text: &str) -> String {
    let expr = parse(text).expect(text);
    let printed = expr.to_string();
    assert!(parse(&printed).as_ref() == Ok(&expr), "{printed}");
    printed
}

#[test]
fn every_form_is_read_and_printed() {
    for (text, wanted) in [
        ("1_000", "1000"),
        ("0x1F + 010", "31 + 8"),
        ("-1.5e-9", "-1.5e-9"),
        ("+Inf", "Inf"),
        ("-inf", "-Inf"),
        ("NaN", "NaN"),
        ("5m", "5m"),
        ("1h30m > 90", "1h30m > 90"),
        (r#""a\"b" "#, r#""a\"b""#),
        (r"'a\'b'", r#""a'b""#),
        (r"`a\b`", r#""a\\b""#),
        ("up", "up"),
        ("up{}", "up"),
        ("up{job='web',}", "up{job=\"web\"}"),
        ("{__name__=~\"job:.*\"}", "{__name__=~\"job:.*\"}"),
        ("{\"my.metric\", \"label.name\"=\"x\"}", "{\"my.metric\", \"label.name\"=\"x\"}"),
        ("{'plain'}", "{__name__=\"plain\"}"),
        ("a{b!='c',d=~'e|f',g!~`\\d+`}", "a{b!=\"c\", d=~\"e|f\", g!~\"\\\\d+\"}"),
        ("up[5m]", "up[5m]"),
        ("up[300]", "up[300]"),
        ("up [ 5m ] OFFSET 1d", "up[5m] offset 1d"),
        ("up offset -5m", "up offset -5m"),
        ("up offset 0s offset 5m", "up offset 5m"),
        ("up @ 1609746000.5", "up @ 1609746000.5"),
        ("up @ start() offset 5m", "up @ start() offset 5m"),
        ("up offset 5m @ end()", "up @ end() offset 5m"),
        ("up[5m] @ -10", "up[5m] @ -10"),
        ("rate(up[5m])[30m:1m]", "rate(up[5m])[30m:1m]"),
        ("rate(up[5m])[30m:] offset 1w", "rate(up[5m])[30m:] offset 1w"),
        ("max_over_time((a+b)[1h:5m] @ end())", "max_over_time((a + b)[1h:5m] @ end())"),
        ("-up", "-up"),
        ("- - 1", "1"),
        ("--up", "--up"),
        ("a or b and c unless d", "a or b and c unless d"),
        ("a atan2 b", "a atan2 b"),
        ("a == bool b", "a == bool b"),
        ("a * on(x,y) group_left(z) b", "a * on (x, y) group_left (z) b"),
        ("a / ignoring() group_right b", "a / ignoring () group_right () b"),
        ("a AND ON (x) b", "a and on (x) b"),
        ("sum(a) by (b)", "sum by (b) (a)"),
        ("SUM BY (b, \"c.d\",) (a)", "sum by (b, \"c.d\") (a)"),
        ("topk without(b) (5, a)", "topk without (b) (5, a)"),
        ("count_values('v', a)", "count_values(\"v\", a)"),
        ("sum by (sum, by, on) (sum)", "sum by (sum, by, on) (sum)"),
        ("sum", "sum"),
        ("offset offset 5m", "offset offset 5m"),
        ("or or and and by", "or or and and by"),
        ("start + end", "start + end"),
        ("a # why\n + b # because", "a + b"),
        ("time() - 5", "time() - 5"),
        (":a:b{c=\"d\"}", ":a:b{c=\"d\"}"),
        ("fill + fill_left", "fill + fill_left"),
        ("a\r\n+\tb", "a + b"),
    ] {
        assert_eq!(printed(text), wanted, "{text}");
    }
}

#[test]
fn experimental_syntax_is_read_and_known_as_such() {
    for (text, wanted, features) in [
        ("rate(up[5m*2])", "rate(up[5m * 2])", 1),
        ("rate(up[step()+1:max_of(1m,step())])", "rate(up[step() + 1:max_of(1m, step())])", 2),
        ("up offset -(5m+1m)", "up offset -(5m + 1m)", 1),
        ("up offset 5m + 1", "up offset 5m + 1", 0),
        ("up offset -2^2", "up offset -2 ^ 2", 0),
        ("rate(up[range()^2^3])", "rate(up[range() ^ 2 ^ 3])", 1),
        ("rate(up[5m] anchored)", "rate(up[5m] anchored)", 1),
        ("up smoothed", "up smoothed", 1),
        ("a + fill(0) b", "a + fill_left (0) fill_right (0) b", 1),
        ("a + on(x) fill_right(-1) b", "a + on (x) fill_right (-1) b", 1),
        ("limitk(5, a)", "limitk(5, a)", 1),
        ("h </ 5 + 1", "h </ 5 + 1", 0),
        ("h >/ 5 == 1", "h >/ 5 == 1", 0),
        ("info(up, {data=\"x\"})", "info(up, {data=\"x\"})", 1),
        ("anchored + smoothed", "anchored + smoothed", 0),
    ] {
        assert_eq!(printed(text), wanted, "{text}");
        assert_eq!(experimental(&parse(text).expect("it was read")).len(), features, "{text}");
    }
}

/// Fully parenthesised by the tree.
fn shape(expr: &evenkeel_promql::Expr) -> String {
    if let ExprKind::Binary(binary) = &expr.kind {
        return format!("({} {} {})", shape(&binary.left), binary.op.value.as_str(), shape(&binary.right));
    }
    if let ExprKind::Unary { expr, .. } = &expr.kind {
        return format!("(-{})", shape(expr));
    }
    expr.to_string()
}

#[test]
fn operators_bind_as_documented() {
    for (text, wanted) in [
        ("a + b * c ^ d", "(a + (b * (c ^ d)))"),
        ("a ^ b ^ c", "(a ^ (b ^ c))"),
        ("a - b - c", "((a - b) - c)"),
        ("-a ^ b", "(-(a ^ b))"),
        ("-a * b", "((-a) * b)"),
        ("a ^ -b", "(a ^ (-b))"),
        ("a > b + c and d", "((a > (b + c)) and d)"),
        ("a or b and c", "(a or (b and c))"),
        ("a unless b or c", "((a unless b) or c)"),
        ("a % b atan2 c", "((a % b) atan2 c)"),
        ("a + b offset 5m", "(a + b offset 5m)"),
        ("a </ b + c", "(a </ (b + c))"),
    ] {
        assert_eq!(shape(&parse(text).expect(text)), wanted, "{text}");
    }
}

#[test]
fn every_node_knows_its_bytes() {
    let text = "sum by (job) (rate(x{a=\"b\"}[5m] offset 1m)) > -(y)";
    let expr = parse(text).expect("an expression");
    let mut seen = Vec::new();
    let mut open = vec![&expr];
    while let Some(expr) = open.pop() {
        seen.push(&text[expr.range.clone()]);
        open.extend(expr.children());
    }
    let wanted = [
        text,
        "-(y)",
        "(y)",
        "y",
        "sum by (job) (rate(x{a=\"b\"}[5m] offset 1m))",
        "rate(x{a=\"b\"}[5m] offset 1m)",
        "x{a=\"b\"}[5m] offset 1m",
    ];
    assert_eq!(seen, wanted);
    let uses = selectors(&expr);
    assert_eq!(&text[uses[0].selector.range.clone()], "x{a=\"b\"}");
    assert_eq!(&text[uses[0].selector.matchers[0].range()], "a=\"b\"");
}

#[test]
fn what_is_too_large_is_not_called_wrong() {
    use evenkeel_promql::FaultKind::{Syntax, TooLarge};
    let kind = |text: &str| parse(text).err().map(|fault| fault.kind);
    assert_eq!(kind(&"(".repeat(100_000)), Some(TooLarge));
    assert_eq!(kind(&"-".repeat(100_000)), Some(TooLarge));
    assert_eq!(kind(&"a[".repeat(100_000)), Some(Syntax));
    assert_eq!(kind(&format!("a{}", "+a".repeat(1000))), Some(TooLarge));
    assert_eq!(kind(&format!("a{}", "+a".repeat(500))), None);
    assert_eq!(kind(&format!("a[{}1]", "1+".repeat(1000))), Some(TooLarge));
    assert_eq!(kind(&format!("a[{}1]", "(".repeat(1000))), Some(TooLarge));
    assert_eq!(kind(&"a".repeat(300_000)), Some(TooLarge));
    assert_eq!(kind(&"a^".repeat(1000)), Some(TooLarge));
}
