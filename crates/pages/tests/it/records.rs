//! Records and plans in their states.

use evenkeel_ids::Seq;
use evenkeel_pages::{
    Asked, FileChange, Kept, PlanChange, PlanCommitted, PlanFound, PlanOutcome, PlansFound, RecordFound, RecordsFound,
    Show, Shown, Verified, VerifyFault,
};
use evenkeel_plan_diff::{Difference, FieldChange, ObjectChange, PagingChange, ShiftChange, Sort, Stretch, Way};
use evenkeel_severity::Severity;
use evenkeel_time::{Duration, Timestamp};

use crate::golden::golden;
use crate::shop::{SCRIPT, Shop, find, written};
use crate::sound::sound;

fn record(seq: u64, kind: &str, subject: &str, body: Option<&str>) -> RecordFound {
    RecordFound {
        seq: Seq(seq),
        at: at(i64::try_from(seq).expect("a small number")),
        kind: kind.to_owned(),
        actor: "person:ada".to_owned(),
        subject: subject.to_owned(),
        origin: if kind == "fact-reported" { "reported" } else { "observed" }.to_owned(),
        hash: format!("{seq:064x}"),
        before: format!("{:064x}", seq - 1),
        plan: "ab".repeat(32),
        body: body.map(str::to_owned),
        line: format!("{{\"seq\":{seq}}}"),
    }
}

fn at(seconds: i64) -> Timestamp {
    let start: Timestamp = "2026-01-02T03:00:00Z".parse().expect("an instant");
    start + Duration(seconds * 1000)
}

fn several() -> RecordsFound {
    let records = vec![
        record(9, "fact-reported", "fact:9", Some("{}")),
        record(8, "incident-noted", SCRIPT, None),
        record(7, "plan-adopted", "plan:abababababab", Some("{}")),
    ];
    RecordsFound { records, next: Some(Seq(6)), head: Seq(12) }
}

#[test]
fn records_are_listed_and_what_is_asked_for_stays() {
    let shop = Shop::new();
    golden("records", &shop.page_with("/records?kind=plan-adopted&actor=person:ada&from=9", &[], &several()));
    let none = RecordsFound { head: Seq(12), ..RecordsFound::default() };
    let html = shop.page_with("/records?about=incident:1&from=yesterday", &[], &none);
    assert!(html.contains("“yesterday” is neither a number nor an instant"), "{html}");
    assert!(html.contains("No record is like this."), "{html}");
    let further = RecordsFound { next: Some(Seq(400)), ..none };
    assert!(
        shop.page_with("/records?about=x", &[], &further).contains("?about=x&#38;from=400"),
        "it says where to go on"
    );
}

#[test]
fn a_record_shows_all_of_itself_or_that_it_was_erased() {
    let shop = Shop::new();
    let body = format!("{{\n  \"text\": \"{}\"\n}}", SCRIPT.replace('"', "\\\""));
    let one = |body| RecordsFound {
        records: vec![record(7, "incident-noted", "incident:4", body)],
        next: None,
        head: Seq(9),
    };
    golden("record", &shop.page_with("/records/7", &[], &one(Some(&body))));
    assert!(shop.page_with("/records/7", &[], &one(None)).contains("was erased"));
    let long = "x".repeat(30_000);
    assert!(shop.page_with("/records/7", &[], &one(Some(&long))).contains("only the beginning"));
    let (route, place) = find("/records/77");
    let shown = shop.shown(route, &place, &[], &one(None), None, &Kept::new());
    assert!(matches!(shown, Shown::NotThere { .. }), "{shown:?}");
}

#[test]
fn records_are_exported_as_they_are_listed() {
    let (route, place) = find("/records/export?kind=plan-adopted");
    let shown = Shop::new().shown(route, &place, &[], &several(), None, &Kept::new());
    let Shown::Download { text, .. } = shown else { panic!("{shown:?}") };
    assert_eq!(text, "{\"seq\":9}\n{\"seq\":8}\n{\"seq\":7}\n");
}

fn shown(shop: &Shop, address: &str, show: impl Fn(&Show, &Asked<'_>) -> Shown) -> Shown {
    let (route, place) = find(address);
    let (engine, now, caller, standing) = (&shop.engine, shop.now, &shop.caller, &shop.standing);
    let kept = Kept::new();
    let asked = Asked { engine, now, caller, place: &place, standing, said: None, kept: &kept, once: "00" };
    show(&route.show, &asked)
}

fn verify_page(address: &str, verified: Option<&Verified>) -> String {
    let shown = shown(&Shop::new(), address, |show, asked| {
        let Show::Verified(_, show) = show else { panic!("{show:?}") };
        show(asked, verified)
    });
    let html = written(shown, address);
    sound(&html, &find(address).1);
    html
}

#[test]
fn a_verified_stretch_is_sound_or_says_what_is_wrong() {
    let sound = Verified {
        from: Seq(3),
        to: Seq(5),
        head: Seq(9),
        hash: "cd".repeat(32),
        records: 3,
        checkpoints: 1,
        ..Verified::default()
    };
    golden("records-verified", &verify_page("/records/verify?from=3&to=5", Some(&sound)));
    let fault = |at| VerifyFault {
        at: Seq(at),
        what: "a signed checkpoint has another hash for this record".to_owned(),
        meaning: "the journal was rewritten after the checkpoint was signed".to_owned(),
    };
    let altered = Verified { faults: vec![fault(4), fault(0)], unlisted: 7, erased: 1, ..sound };
    golden("records-altered", &verify_page("/records/verify?from=3&to=5", Some(&altered)));
    assert!(verify_page("/records/verify?from=400", None).contains("No record has these numbers."));
}

fn plans_page(address: &str, found: &PlansFound) -> Shown {
    shown(&Shop::new(), address, |show, asked| {
        let Show::Plans(_, show) = show else { panic!("{show:?}") };
        show(asked, found)
    })
}

fn plans_html(address: &str, found: &PlansFound) -> String {
    let html = written(plans_page(address, found), address);
    sound(&html, &find(address).1);
    html
}

fn adopted(seq: u64, commit: Option<PlanCommitted>) -> PlanFound {
    let outcome = PlanOutcome::Adopted {
        plan: "ab".repeat(32),
        before: Some("cd".repeat(32)),
        findings: 3,
        orphans: vec!["group:4, which tells nobody any more".to_owned()],
    };
    PlanFound { seq: Seq(seq), at: at(0), outcome, commit }
}

fn committed() -> PlanCommitted {
    let (author, summary) = ("Ada Lovelace <ada@example.com>".to_owned(), SCRIPT.to_owned());
    PlanCommitted { id: "c0ffee".repeat(6), author, summary }
}

#[test]
fn plans_are_listed_with_those_that_were_refused() {
    let refused = (0..12).map(|line| format!("teams.yml:{line}:3: unknown-person: nobody is called `adda`")).collect();
    let other = |seq, outcome| PlanFound { seq: Seq(seq), at: at(0), outcome, commit: None };
    let plans =
        vec![adopted(9, Some(committed())), other(6, PlanOutcome::Refused(refused)), other(2, PlanOutcome::Erased)];
    golden("plans", &plans_html("/plans?before=40", &PlansFound { plans, more: true, change: None }));
    assert!(plans_html("/plans", &PlansFound::default()).contains("No plan was adopted yet."));
}

fn way(step: &str) -> Way {
    Way {
        route: "0/1".into(),
        receiver: "orders".into(),
        incident: Some(("orders-down".into(), Severity::Sev1)),
        steps: vec![step.into()],
    }
}

fn difference() -> Difference {
    let (paging, stretch) = (
        PagingChange {
            alerts: vec!["OrdersDown".into(), SCRIPT.into()],
            before: vec![way("ada, for 5 min")],
            after: vec![way("bob, for 5 min")],
        },
        Stretch { from: at(0), until: at(7200), before: vec!["ada".into()], after: Vec::new() },
    );
    let fields = vec![FieldChange { field: "wait", before: Some("5m".into()), after: Some(SCRIPT.into()) }];
    let field = FieldChange { field: "members", before: Some("ada".into()), after: None };
    Difference {
        paging: vec![paging],
        shifts: vec![ShiftChange { schedule: "primary".into(), stretches: vec![stretch; 8] }],
        objects: vec![
            ObjectChange { sort: Sort::EscalationPolicy, name: "orders".into(), fields },
            ObjectChange { sort: Sort::Team, name: "old".into(), fields: vec![field] },
        ],
    }
}

#[test]
fn a_plan_says_how_it_differs_from_the_one_before() {
    let address = format!("/plans/{}", "ab".repeat(32));
    let file = |path: &str, before: Option<&str>, after: Option<&str>| FileChange {
        path: path.to_owned(),
        before: before.map(str::to_owned),
        after: after.map(str::to_owned),
    };
    let files = vec![
        file("people.yml", Some("a\nb\nc\nd\nold\ne\n"), Some(&format!("a\nb\nc\nd\n{SCRIPT}\ne\n"))),
        file("gone.yml", Some("a\n"), None),
        file("large.yml", None, Some(&"line\n".repeat(2000))),
    ];
    let change = Some(PlanChange { difference: Ok(difference()), files });
    let plans = vec![adopted(9, Some(committed())), adopted(4, None)];
    golden("plan", &plans_html(&address, &PlansFound { plans: plans.clone(), more: false, change }));

    let change = Some(PlanChange { difference: Err("of a reason".to_owned()), files: Vec::new() });
    let html = plans_html(&address, &PlansFound { plans: plans.clone(), more: false, change });
    assert!(html.contains("This cannot be said: of a reason."), "{html}");
    let change = Some(PlanChange { difference: Ok(Difference::default()), files: Vec::new() });
    let html = plans_html(&address, &PlansFound { plans: plans.clone(), more: false, change });
    assert!(html.contains("Operation stays what it was."), "{html}");
    let html = plans_html(&address, &PlansFound { plans, more: false, change: None });
    assert!(html.contains("are not kept"), "{html}");
    assert!(matches!(plans_page("/plans/what", &PlansFound::default()), Shown::NotThere { .. }));
}
