use evenkeel_diagnostic::{Diagnostic, SourceId};
use evenkeel_model::document::Documents;

use super::page;
use crate::fields::Cx;

fn read(text: &str) -> (Documents, Vec<Diagnostic>) {
    let (mut documents, mut cx) = (Documents::default(), Cx::default());
    page(SourceId(0), "page.md", text, &mut documents, &mut cx);
    (documents, cx.diags)
}

/// The faults of a text: code, what is under the caret, headline.
fn faults(text: &str) -> Vec<String> {
    let shown = |diag: &Diagnostic| {
        let under = text.get(diag.primary.span.range()).expect("inside the text");
        format!("{} at {under:?}: {}", diag.code, diag.headline)
    };
    read(text).1.iter().map(shown).collect()
}

fn check(text: &str, expect: &[&str]) {
    assert_eq!(faults(text), expect, "{text}");
}

/// A runbook with one block.
fn runbook(block: &str) -> String {
    format!(
        "---\nkind: Runbook\nname: restart\nparameters: {{ host: {{ default: a }} }}\n---\n# Restart {{{{ host }}}}\n{block}\n"
    )
}

#[test]
fn a_page_has_links_and_anchors() {
    let text = "\u{feff}---\ntitle: {{ not ours }}\n---\n# One\n[a](b.md#c \"t\") ![p](<p q.png>) <https://x.example/> https://y.example.\n\
        [r][ref] `[no](code.md)`\n\n    [no](code.md)\n\n~~~\n[no](code.md)\n~~~\n\n[ref]: dir/d.md\n\n<a id=own href='h.md'>x</a>\n\n# One\n\
        see [what][nowhere] and [gone][] but not [this], nor a[i][j]\n\n[//]: # (comment)\n<!-- [no](x.md) <a href=no> -->\n";
    let (documents, diags) = read(text);
    assert_eq!(diags, []);
    let page = &documents.pages[0];
    let links: Vec<(&str, &str)> =
        page.links.iter().map(|link| (&*link.value, text.get(link.span.range()).expect("inside"))).collect();
    let expect = ["b.md#c", "p q.png", "https://x.example/", "https://y.example", "dir/d.md", "h.md", "#"];
    assert_eq!(links, expect.map(|to| (to, to)));
    assert_eq!(page.anchors.iter().map(AsRef::as_ref).collect::<Vec<&str>>(), ["one", "own", "one-1"]);
    let undefined: Vec<&str> = page.undefined.iter().map(|label| &*label.value).collect();
    assert_eq!(undefined, ["nowhere", "gone"]);
    assert!(documents.procedures.is_empty() && !documents.incomplete);
}

#[test]
fn a_runbook_has_everything_that_runs_it() {
    let text = "---\nkind: Runbook\nname: restart-orders\nowner: team:shop\nworkload: orders\nlabels: { area: shop }\nparameters:\n  \
        host: { type: string, required: true, description: which one }\n  most: { type: integer, default: 100 }\n---\n\
        # Restart the *orders* service\n\n## Make sure\n\n- first\n\n  ```promql step=confirm expect=\"> {{ most }}\"\n  depth{\n    host=\"{{ host }}\"}\n  ```\n\n\
        ```sh\nls\n```\n\n~~~sh step=restart timeout=1m30s idempotent\nsystemctl restart orders\ndocker ps --format '{{.Names}}{{end}}'\n~~~\n";
    let (documents, diags) = read(text);
    assert_eq!(diags, []);
    let procedure = &documents.procedures[0];
    assert_eq!(procedure.title.as_ref().map(|title| &*title.value), Some("Restart the orders service"));
    assert_eq!(procedure.labels.get("area"), "shop");
    let [confirm, restart] = &procedure.steps[..] else { unreachable!("two steps") };
    assert_eq!(&*confirm.body.text, "depth{\n  host=\"{{ host }}\"}\n");
    let uses: Vec<(&str, &str)> =
        confirm.uses.iter().map(|name| (&*name.value, text.get(name.span.range()).expect("inside"))).collect();
    assert_eq!(uses, [("host", "host"), ("most", "most")]);
    assert_eq!(confirm.heading.as_deref(), Some("Make sure"));
    assert_eq!(
        (restart.timeout.map(|timeout| timeout.value.to_string()), restart.idempotent),
        (Some("1m30s".to_owned()), true)
    );
    assert!(restart.uses.is_empty());
}

#[test]
fn faults_of_the_front_matter_are_ours_only_when_it_is() {
    check(
        "---\nkind: Runbook\nname: Restart It\nowners: x\n---\n",
        &[
            "invalid-name at \"Restart It\": `Restart It` is no name for a runbook",
            "unknown-field at \"owners\": the front matter of a runbook has no field `owners`",
        ],
    );
    check("---\nkind: Playbook\n---\n", &["missing-field at \"\": the front matter of a playbook needs `name`"]);
    check("---\nkind: Runbook\nname: [\n---\n# T\n", &["yaml-syntax at \"\": not YAML: unclosed bracket '['"]);
    check(
        "---\nkind: runbook\nname: x\n---\n",
        &["unknown-kind at \"runbook\": no kind is called `runbook`, so the page is no procedure"],
    );
    for theirs in [
        "---\nkind: post\nname: x\n---\n",
        "---\nlayout: {{ x\n---\n",
        "---\n\nkind: Runbook\n",
        "# T\n---\nkind: Runbook\n---\n",
    ] {
        check(theirs, &[]);
    }
}

#[test]
fn parameters_are_checked() {
    let front = |parameters: &str| format!("---\nkind: Runbook\nname: x\nparameters: {parameters}\n---\n{{{{ a }}}}\n");
    check(&front("{ a: { type: int } }"), &["invalid-value at \"int\": no parameter is of the type `int`"]);
    check(
        &front("{ a: { type: integer, default: many } }"),
        &["wrong-type at \"many\": the default of the parameter `a` has to be a whole number"],
    );
    check(
        &front("{ a: { required: true, default: b } }"),
        &["conflicting-fields at \"b\": a required parameter has no use for a `default`"],
    );
    check(&front("{ a: , b-c: }"), &["invalid-name at \"b-c\": `b-c` is no name for a parameter"]);
    check(
        &front("[a]"),
        &["wrong-type at \"[a]\": `parameters` has to be a mapping from names to parameters, not a list"],
    );
}

#[test]
fn steps_are_checked() {
    let check = |block: &str, expect: &[&str]| check(&runbook(block), expect);
    check("```bash step=a\nls\n```", &["unknown-step-language at \"bash\": no step is written in `bash`"]);
    check("```step=a\nls\n```", &["unknown-step-language at \"\": a step needs a language"]);
    check("```sh step=a timeot=5s\nls\n```", &["unknown-attribute at \"timeot\": a step has no attribute `timeot`"]);
    check("```sh stpe=a\nls\n```", &["unknown-attribute at \"stpe\": a step has no attribute `stpe`"]);
    check(
        "```sh timeout=5s\nls\n```",
        &["missing-field at \"timeout\": a block with `timeout` is no step without `step=`"],
    );
    check("```sh step=a timeout=soon\nls\n```", &["invalid-duration at \"soon\": `timeout` is not a duration"]);
    check("```sh step=a timeout=0s\nls\n```", &["zero-interval at \"0s\": `timeout` cannot be zero"]);
    check("```sh step=a idempotent=true\nls\n```", &["invalid-value at \"idempotent\": `idempotent` takes no value"]);
    check(
        "```sh step=a expect=\"a lot\"\nls\n```",
        &["invalid-expectation at \"a lot\": `a lot` says nothing that an outcome can be compared with"],
    );
    check("```sh step=\nls\n```", &["invalid-value at \"step\": `step` needs a value"]);
    check(
        "```sh step=a timeout=1s timeout=2s\nls\n```",
        &["duplicate-key at \"timeout\": the attribute `timeout` is there twice"],
    );
    check("```sh step=a expect=\"1\nls\n```", &["invalid-value at \"expect\": the quote of `expect` is not closed"]);
    check("```sh step=a\n\n```", &["empty-step at \"a\": the step `a` has nothing to run"]);
    check("```sh step=a\n```", &["empty-step at \"a\": the step `a` has nothing to run"]);
    check("```sh step=a\nls\n\n# Then", &["unclosed-step at \"a\": the block of the step `a` is not closed"]);
    check(
        "```sh step=a\nls\n```\n```sh step=a\nls\n```",
        &["duplicate-name at \"a\": there is a second step named `a`"],
    );
    check(
        "```sh step=a\nssh {{ hots }}\n```",
        &["unknown-parameter at \"hots\": the step `a` uses the parameter `hots`, which is not declared"],
    );
    check(
        "```http step=a\nping it\n```",
        &["invalid-request at \"ping it\": the step `a` does not begin with a method and an address"],
    );
    for good in [
        "```sh title=\"x\"\nls\n```",
        "```http step=a\nPOST {{ host }}/x\n\nbody\n```",
        "> ```sh step=a\n> ls\n> ```",
        "````sh step=a\n```\nls\n````",
    ] {
        check(good, &[]);
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "how long it takes is what is tested")]
fn what_would_take_for_ever_does_not() {
    let many = |text: &str| text.repeat(200_000);
    for hostile in [
        many("["),
        many("!["),
        many("[a]("),
        many("<a href="),
        many("`a`` "),
        many("*a _b "),
        many("> a\n"),
        many("- a\n"),
        many("<!--"),
        many("[a]: b\n\n"),
        many("[aa][bb] "),
        many("{{ a "),
        many("https://a"),
        many("| a "),
        many("# a\n"),
        many("&amp;"),
        many("[^1]: a\n"),
    ] {
        let began = std::time::Instant::now();
        read(&hostile);
        assert!(began.elapsed().as_secs() < 20, "{}", hostile.get(..10).expect("long"));
    }
    let (documents, diags) = read(&format!("# T\n{}", ">".repeat(4000)));
    assert_eq!(diags.iter().map(|diag| (diag.code, diag.blocks())).collect::<Vec<_>>(), [("too-deep", false)]);
    assert!(!documents.pages[0].whole);
    let deep = format!("---\nkind: Runbook\nname: x\n---\n{}", "- ".repeat(200));
    assert!(read(&deep).1[0].blocks() && read(&deep).0.incomplete);
}

proptest::proptest! {
    #[test]
    fn any_text_is_read(text in "(---\nkind: Runbook\nname: a\n---\n)?[a\\[\\]()#`~ \n>=<!{}\"é*:/.|-]{0,80}") {
        let (documents, diags) = read(&text);
        for page in &documents.pages {
            for link in page.links.iter().chain(&page.undefined) {
                proptest::prop_assert!(text.get(link.span.range()).is_some());
            }
        }
        for diag in diags {
            proptest::prop_assert!(text.get(diag.primary.span.range()).is_some(), "{diag:?}");
        }
    }
}
