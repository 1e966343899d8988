//! What is typed, asked and shown.

use clap::Parser;
use evenkeel_time::{Timestamp, Zone};

use super::*;

#[derive(Debug, Parser)]
struct Line {
    #[command(flatten)]
    review: ReviewArgs,
}

fn cx(color: bool) -> Context {
    Context { now: Timestamp(0), zone: Zone::UTC, color, user: None }
}

fn typed(words: &[&str]) -> ReviewArgs {
    Line::try_parse_from(std::iter::once("review").chain(words.iter().copied())).expect("a command line").review
}

fn asked(words: &[&str]) -> String {
    match typed(words).requests(&cx(false)) {
        Ok(requests) => {
            let body = |body: Option<Value>| body.map_or_else(String::new, |body| format!(" {body}"));
            requests
                .into_iter()
                .map(|asked| format!("{} {}{}", asked.method.as_str(), asked.path, body(asked.body)))
                .collect()
        }
        Err(wrong) => format!("{}; {}", wrong.message, wrong.help),
    }
}

#[test]
fn a_server_is_asked_for_what_was_typed() {
    for (words, path) in [
        (&[][..], "GET /api/v1/review?format=text&envelope=true&width=100"),
        (
            &["--at", "2026-11-20", "--subject", "shop", "--fail-on", "contradicted,high-risk", "--format", "sarif"],
            "GET /api/v1/review?at=2026-11-20T00%3A00%3A00.000Z&subject=shop&fail_on=contradicted&fail_on=high-risk\
             &format=sarif&envelope=true",
        ),
        (
            &["--practice", "aws:OPS10-BP04", "--all", "--width", "80"],
            "GET /api/v1/review?practice=aws%3AOPS10-BP04&format=text&envelope=true&all=true&width=80",
        ),
        (
            &["diff", "half year", "--format", "json"],
            "GET /api/v1/review/difference?before=half%20year&after=now&format=json&envelope=true",
        ),
        (&["drop", "9", "--reason", "done"], "POST /api/v1/improvements/9/drop {\"reason\":\"done\"}"),
        (&["taken", "--practice", "oe.x"], "GET /api/v1/improvements?practice=oe.x"),
        (&["take", "oe.x", "--subject", "shop"], "GET /api/v1/review?practice=oe.x&subject=shop&format=json"),
    ] {
        assert_eq!(asked(words), path, "{words:?}");
    }
    let colored = typed(&[]).requests(&cx(true)).expect("a request");
    assert!(colored.iter().all(|asked| asked.path.contains("&color=true&")), "{colored:?}");
}

#[test]
fn what_cannot_be_meant_is_refused() {
    for (words, said) in [
        (
            &["--lens", "d"][..],
            "`--lens` names a folder, and a server does not look into it; \
          leave it out, or read the data folder itself with `--data DIR`",
        ),
        (
            &["impact", "--lens", "d"],
            "a server does not judge by a folder that lies elsewhere; \
          run it where the data folder is, with `--data DIR`",
        ),
        (
            &["--subject", "shop", "diff", "a"],
            "`--subject` stands before the verb, where it says nothing; \
          write options of the verb behind it, or leave the verb out",
        ),
        (
            &["diff", "a", "--format", "html"],
            "`review diff` is not printed as `html`; it has the forms `text` and `json`",
        ),
        (
            &["take", "oe.x", "--subject", "organization"],
            "nobody owns the organisation by name; \
          say who does it, such as `--owner team:platform`",
        ),
    ] {
        assert_eq!(asked(words), said, "{words:?}");
    }
    for words in [
        &["--milestone", "a", "--at", "2026-01-01"][..],
        &["--fail-on", "practised"],
        &["take", "oe.x"],
        &["drop", "improvement:x", "--reason", "r"],
        &["impact"],
    ] {
        assert!(Line::try_parse_from(std::iter::once("review").chain(words.iter().copied())).is_err(), "{words:?}");
    }
}

#[test]
fn options_may_follow_the_verb() {
    let args = typed(&["diff", "a", "b", "--data", "d", "--all", "--format", "json"]);
    assert!(args.place.folder().is_some() && args.look.all);
    assert_eq!((args.look.format, args.consistent()), (ReviewFormat::Json, Ok(())));
}

fn shown(words: &[&str], answer: &Value) -> Shown {
    typed(words).show(answer, &cx(false)).expect("an answer")
}

#[test]
fn a_review_is_printed_as_it_is_and_fails_where_the_server_says_so() {
    let answer = |fails: bool| json!({ "media": "text/plain", "text": "a review\n", "fails": fails });
    assert_eq!(shown(&[], &answer(false)), Shown::good("a review\n"));
    assert_eq!(shown(&["--fail-on", "stale"], &answer(true)).exit, Exit::Findings);
    assert_eq!(shown(&["diff", "a"], &answer(false)).out, "a review\n");
}

#[test]
fn a_milestone_keeps_where_the_review_stands() {
    let args = typed(&["--milestone", "half year"]);
    let standing =
        json!({ "seq": 17, "head": "cd", "lens_hash": "a1", "window_end": "2026-01-02T00:00:00Z", "counts": {} });
    let asked = args.follow_up(&json!({ "text": "", "fails": false, "standing": standing }), &cx(false));
    let asked = asked.expect("an answer").expect("a request");
    assert_eq!((asked.method.as_str(), asked.path.as_str()), ("POST", "/api/v1/milestones"));
    let body = asked.body.expect("a body");
    assert_eq!((body.pointer("/name"), body.pointer("/seq")), (Some(&json!("half year")), Some(&json!(17))));
    let answer = json!({ "id": "milestone:14", "name": "half year", "seq": 17, "window_end": "2026-01-02T00:00:00Z" });
    let expected = "milestone: half year as milestone:14\n  record #17, windows end 2026-01-02T00:00:00.000Z\n  \
                    compare with it: evenkeel review diff 'half year'\n";
    assert_eq!(shown(&["--milestone", "half year"], &answer).out, expected);
}

#[test]
fn what_is_taken_up_has_its_words_from_the_review() {
    let reviewed = json!({
        "lens": { "hash": "a1b2" },
        "practices": [{ "key": "oe.x", "title": "X", "verdicts": [{ "subject": "shop" }] }],
        "improvements": [{ "next": "Try it once.", "owner": "team:shop" }],
    });
    let body = |words: &[&str]| {
        let asked = typed(words).follow_up(&reviewed, &cx(false)).expect("an answer").expect("a request");
        (asked.path, asked.body.expect("a body").to_string())
    };
    let expected = r#"{"lens":"a1b2","owner":"team:shop","practice":"oe.x","subject":"shop","title":"Try it once."}"#;
    let words = ["take", "aws:OPS01", "--subject", "workload:shop"];
    assert_eq!(body(&words), ("/api/v1/improvements".to_owned(), expected.to_owned()));
    let expected = r#"{"lens":"a1b2","owner":"person:ada","practice":"oe.x","subject":"shop","title":"Mine"}"#;
    let words = ["take", "oe.x", "--subject", "shop", "--owner", "person:ada", "--title", "Mine"];
    assert_eq!(body(&words).1, expected);
    let nothing = json!({ "lens": { "hash": "a1b2" }, "practices": [] });
    assert!(typed(&words).follow_up(&nothing, &cx(false)).is_err());
}

#[test]
fn improvements_are_listed_with_how_they_stand() {
    let one = |id: &str, closed_at: Value, reopened: u32| {
        json!({
            "id": id, "practice": "oe.x", "subject": "shop", "owner": "team:shop", "title": "Try it once.",
            "at": "1970-01-01T00:00:00Z", "closed_at": closed_at, "reopened": reopened,
        })
    };
    let closed = json!("1970-01-01T00:00:00Z");
    let all =
        [one("improvement:9", Value::Null, 0), one("improvement:10", Value::Null, 2), one("improvement:11", closed, 1)];
    let expected = "\
IMPROVEMENT     OF    BY         TAKEN UP          STATE                PRACTICE  WHAT
improvement:9   shop  team:shop  1970-01-01 00:00  open                 oe.x      Try it once.
improvement:10  shop  team:shop  1970-01-01 00:00  open again, 2 times  oe.x      Try it once.
improvement:11  shop  team:shop  1970-01-01 00:00  closed 0s ago        oe.x      Try it once.
3 improvements; times in UTC
";
    assert_eq!(shown(&["taken"], &json!({ "improvements": all })).out, expected);
    assert_eq!(shown(&["taken"], &json!({ "improvements": [] })).out, "nothing is taken up\n");
    let taken = shown(&["take", "oe.x", "--subject", "shop"], &one("improvement:9", Value::Null, 0)).out;
    assert_eq!(taken, "taken up: improvement:9 Try it once.\n  oe.x of shop, team:shop\n");
    assert_eq!(shown(&["drop", "9", "--reason", "r"], &json!({})).out, "given up: improvement:9\n");
    assert_eq!(shown(&["drop", "9", "--reason", "r", "--format", "json"], &json!({})).out, "{}\n");
}
