//! Pages that are wrong: each fault with its code, its place and what it says.

use evenkeel_diagnostic::{Source, Sources};
use evenkeel_formats::lens_documents;
use evenkeel_lens::{Resolved, resolve};

const LENS: &str =
    "---\nkind: Lens\nname: ours\ntitle: Ours\nquestions:\n  - { id: q-1, title: Why?, area: operate }\n---\n";
const BLOCK: &str = "```sql practised\nSELECT i.workload AS subject, count(*) AS good, count(*) AS total, max(i.at) AS last_at, refs(i.record) AS refs\nFROM incidents i\nWHERE i.at >= $from AND i.at < $to\nGROUP BY i.workload\n```\n";
const NEXT: &str = "next: { unknown: a, stale: b, contradicted: c }\n";

fn page(head: &str, body: &str) -> String {
    let defaults = [
        ("key:", "key: o.operate.a\n"),
        ("title:", "title: A\n"),
        ("question:", "question: q-1\n"),
        ("subject:", "subject: workload\n"),
        ("risk:", "risk: high\n"),
        ("next:", NEXT),
    ];
    let rest = defaults.iter().filter(|(field, _)| !head.contains(field)).map(|(_, line)| *line);
    format!("---\nkind: Practice\n{head}{}---\n# A\n\n{body}", rest.collect::<String>())
}

fn read(pages: &[(&str, &str)]) -> (Resolved, Sources) {
    let mut sources = Sources::default();
    for (path, text) in pages {
        sources.add(Source::new(*path, *text));
    }
    let (documents, said) = lens_documents(&sources);
    assert_eq!(said, []);
    (resolve(&documents, &sources), sources)
}

fn faults(pages: &[(&str, &str)]) -> Vec<String> {
    let (resolved, sources) = read(pages);
    let shown = |diag: &evenkeel_diagnostic::Diagnostic| {
        let source = sources.get(diag.primary.span.source).expect("a page");
        let under = source.text.get(diag.primary.span.range()).expect("inside the text");
        let help = diag.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
        format!("{} at {under:?}: {}{help}", diag.code, diag.headline)
    };
    resolved.diagnostics.iter().map(shown).collect()
}

fn check(head: &str, body: &str, expect: &[&str]) {
    assert_eq!(faults(&[("lens.md", LENS), ("a.md", &page(head, body))]), expect, "{head}{body}");
}

#[test]
fn a_good_page_becomes_a_practice() {
    let (resolved, _) = read(&[("x/lens.md", LENS), ("x/operate/a.md", &page("sample: 3\ntolerance: 0.125\n", BLOCK))]);
    assert_eq!(resolved.diagnostics, []);
    let practice = &resolved.lenses[0].practices[0];
    assert_eq!(
        (&*practice.path, practice.sample, practice.tolerance.to_string()),
        ("operate/a.md", 3, "12.5%".to_owned())
    );
    let block = practice.practised.as_ref().expect("the block");
    assert_eq!(block.tables.iter().map(AsRef::as_ref).collect::<Vec<&str>>(), ["incidents"]);
}

#[test]
fn words_and_numbers_are_held_against_what_there_is() {
    check(
        "key: a\n",
        BLOCK,
        &["invalid-practice at \"a\": `a` is no key for a practice (write `LENS.AREA.NAME` in lower case, such as \
         `oe.operate.escalation-paths`, with the area `organization`, `prepare`, `operate` or `evolve`)"],
    );
    check(
        "subject: worklod\nrisk: huge\n",
        BLOCK,
        &[
            "invalid-practice at \"worklod\": `worklod` is none of the words that `subject` takes (did you mean `workload`?)",
            "invalid-practice at \"huge\": `huge` is none of the words that `risk` takes (write `high`, `medium` or `low`)",
        ],
    );
    check(
        "question: q-2\n",
        BLOCK,
        &["unknown-question at \"q-2\": the lens has no question `q-2` (did you mean `q-1`?)"],
    );
    check(
        "aliases: [OPS01]\n",
        BLOCK,
        &["invalid-practice at \"OPS01\": `OPS01` is no alias (write the list and the number it has there, such as \
         `aws:OPS10-BP04`)"],
    );
    check(
        "sample: 0\ntolerance: 10%\n",
        BLOCK,
        &[
            "invalid-practice at \"0\": `sample` has to be at least 1: nothing at all proves nothing",
            "invalid-practice at \"10%\": `10%` is no share from 0 to 1 (write such as `0.1` for one in ten, with at most six \
         digits behind the point)",
        ],
    );
    check(
        "mechanism: some\n",
        BLOCK,
        &["invalid-practice at \"some\": `some` is none of the words that `mechanism` takes (write `none`)"],
    );
}

#[test]
fn next_steps_are_for_verdicts_that_there_are() {
    check(
        "next: { unknwon: a, stale: b, contradicted: c }\n",
        BLOCK,
        &["invalid-practice at \"unknwon\": no step moves a verdict `unknwon` (did you mean `unknown`?)"],
    );
    check(
        "next: { stale: b }\n",
        BLOCK,
        &[
            "missing-next-step at \"o.operate.a\": `next` says nothing about `unknown` or `contradicted` (write the smallest step \
         that would move the verdict, one line each)",
        ],
    );
    check("attestation: what only they know\nnext: { unknown: sign }\n", "", &[]);
}

#[test]
fn blocks_are_queries_each_once() {
    check(
        "",
        "",
        &[
            "invalid-practice at \"o.operate.a\": nothing about the practice can be judged: it has no query, and nobody is asked to \
         attest it (write a block that begins with ```` ```sql practised ````, or `mechanism: none`)",
        ],
    );
    check("mechanism: none\n", "", &[]);
    check(
        "mechanism: none\n",
        BLOCK,
        &["invalid-practice at \"practised\": a practice with `mechanism: none` cannot ask for what happened (remove \
         `mechanism`, or the block)"],
    );
    check(
        "",
        &BLOCK.replace("sql practised", "sql practiced"),
        &["invalid-practice at \"practiced\": a practice has no block `practiced` (did you mean `practised`?)"],
    );
    check(
        "",
        &format!("{BLOCK}\n{BLOCK}"),
        &[
            "invalid-practice at \"practised\": the practice has two blocks `practised` (join the two, such as by `UNION ALL`)",
        ],
    );
    check(
        "",
        BLOCK.trim_end_matches("```\n"),
        &[
            "invalid-practice at \"practised\": the block `practised` has no fence at its end (end it with a line of as many \
         back-ticks as it begins with)",
        ],
    );
    check(
        "",
        &BLOCK.replace("sql practised", "sql contradicted"),
        &[
            "invalid-practice at \"contradicted\": without a block `practised` nothing can show that what failed works again (write \
         a block `practised` that counts what goes right)",
        ],
    );
}

#[test]
fn a_query_is_wrong_at_its_place() {
    let found = faults(&[("lens.md", LENS), ("a.md", &page("", &BLOCK.replace("incidents i", "incidnts i")))]);
    let [only] = &found[..] else { panic!("one fault: {found:?}") };
    assert!(only.starts_with("invalid-evidence-query at \"incidnts\": ") && only.contains("`incidents`"), "{only}");
}

#[test]
fn names_are_one_practices_alone() {
    let aliased = page("aliases: [x:1]\n", BLOCK);
    let other = page("key: o.operate.b\naliases: [x:1]\n", BLOCK);
    assert_eq!(
        faults(&[("lens.md", LENS), ("a.md", &aliased), ("b.md", &other), ("c.md", &page("", BLOCK))]),
        [
            "duplicate-practice at \"x:1\": two practices are called `x:1` (give one of the two another key or alias)",
            "duplicate-practice at \"o.operate.a\": two practices are called `o.operate.a` (give one of the two another key or \
         alias)",
        ]
    );
}

#[test]
fn a_practice_is_of_the_lens_nearest_above() {
    let other = LENS.replace("ours", "theirs");
    let pages =
        [("x/lens.md", LENS), ("x/y/lens.md", &*other), ("x/y/z/a.md", &*page("", BLOCK)), ("b.md", &*page("", BLOCK))];
    assert_eq!(
        faults(&pages),
        [
            "practice-without-lens at \"o.operate.a\": the practice is of no lens (write a page with `kind: Lens` into its folder or \
         one above, such as `lens.md`, with the questions)",
        ]
    );
    let lenses = read(&pages).0.lenses;
    let shown: Vec<_> = lenses.iter().map(|lens| (&*lens.identity.name, lens.practices.len())).collect();
    assert_eq!(shown, [("ours", 0), ("theirs", 1)]);
    assert_eq!(
        faults(&[("lens.md", LENS), ("again.md", LENS)]),
        ["invalid-practice at \"\": the folder has two lenses (put each into a folder of its own)",]
    );
}

#[test]
fn questions_have_areas_and_one_name_each() {
    let twice = LENS.replace("area: operate }", "area: operation }\n  - { id: q-1, title: Again?, area: operate }");
    assert_eq!(
        faults(&[("lens.md", &twice), ("a.md", &page("", BLOCK))]),
        [
            "invalid-practice at \"operation\": `operation` is none of the words that `area` takes (did you mean `operate`?)",
            "invalid-practice at \"q-1\": two questions are called `q-1` (give one of the two another `id`)",
        ]
    );
}

#[test]
fn the_hash_is_of_paths_and_texts_wherever_the_folder_lies() {
    let practice = page("", BLOCK);
    let hash = |pages: &[(&str, &str)]| read(pages).0.lenses[0].identity.hash;
    let one = hash(&[("lens.md", LENS), ("a.md", &practice)]);
    assert_eq!(one, hash(&[("x/a.md", &practice), ("x/lens.md", LENS)]));
    assert_ne!(one, hash(&[("lens.md", LENS), ("b.md", &practice)]));
    assert_ne!(one, hash(&[("lens.md", LENS), ("a.md", &format!("{practice} "))]));
}
