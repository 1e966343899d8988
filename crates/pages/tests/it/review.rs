//! The review in its states, and what can be done on it.

#[path = "../../../review/tests/fixture/shop.rs"]
#[allow(dead_code, reason = "made for the reports of a review, of which pages need a part")]
mod reviewed;

use evenkeel_engine::Answer;
use evenkeel_identity::Identity;
use evenkeel_lens::Verdict;
use evenkeel_pages::{Asked, FORMS, Fields, Kept, Place, RecordsFound, Show, Wrong};

use crate::golden::golden;
use crate::shop::{SCRIPT, Shop, find, written};
use crate::sound::sound;
use reviewed::Shop as Reviewed;

fn asked<'a>(shop: &'a Shop, place: &'a Place, kept: &'a Kept) -> Asked<'a> {
    let Shop { engine, now, caller, standing } = shop;
    Asked { engine, now: *now, caller, place, standing, said: None, kept, once: "0011223344556677" }
}

/// A page of a review.
fn page(of: &Reviewed, address: &str) -> String {
    let (route, place) = find(address);
    let Show::Review(frame, show) = route.show else { panic!("{address} is no page of the review") };
    let (shop, kept) = (Shop::new(), Kept::new());
    let frame = frame(&asked(&shop, &place, &kept));
    let html = written(show(frame, &place, &of.report()), address);
    sound(&html, &place);
    html
}

/// Ten thousand workloads of five hundred teams, on some practices.
fn thousands() -> Reviewed {
    let subjects = Reviewed::subjects(10_000, 500);
    Reviewed::with(subjects, 12, |practice, name| {
        let sum: usize = practice.key.bytes().chain(name.bytes()).map(usize::from).sum();
        match sum % 7 {
            0 => (Verdict::Contradicted, false),
            1 => (Verdict::Stale, false),
            2 => (Verdict::Unknown, false),
            3 => (Verdict::Declared, false),
            _ => (Verdict::Practised, false),
        }
    })
}

#[test]
fn at_a_glance() {
    golden("review-empty", &page(&Reviewed::empty(), "/review"));
    golden("review", &page(&Reviewed::of(12, 4), "/review"));
    golden("review-worst", &page(&reviewed::worst(1), "/review"));
}

#[test]
fn the_matrix_is_folded_by_question() {
    golden("review-matrix-empty", &page(&Reviewed::empty(), "/review/matrix"));
    let shop = Reviewed::of(12, 4);
    golden("review-matrix", &page(&shop, "/review/matrix"));
    golden("review-matrix-question", &page(&shop, "/review/matrix?question=ops-10"));
    let teams = page(&shop, "/review/matrix?kind=team&question=ops-09");
    assert!(teams.contains("/review/subjects/team/payments") && !teams.contains("/review/subjects/workload/"));
    let few = page(&Reviewed::small(), "/review/matrix?question=ops-10");
    assert!(few.contains("worded"), "where there is room, verdicts stand in words");
    let worst = reviewed::worst(1);
    golden("review-matrix-worst", &page(&worst, "/review/matrix?question=ops-05"));
    page(&worst, "/review/matrix");
}

#[test]
fn ten_thousand_workloads_are_paged_everywhere() {
    let all = thousands();
    page(&all, "/review");
    golden("review-matrix-many", &page(&all, "/review/matrix?page=40"));
    let practice = &all.review.practices.iter().find(|one| one.subject_kind.as_str() == "workload").expect("one").key;
    let html = page(&all, &format!("/review/practices/{practice}?page=600"));
    assert!(html.contains("8,986–9,000 of 10,000"));
    page(&all, "/review/matrix?kind=team");
    page(&all, "/review/subjects/workload/service-9000");
}

#[test]
fn one_practice_leads_to_what_it_stands_on() {
    let shop = Reviewed::of(12, 4);
    let html = page(&shop, "/review/practices/oe.operate.escalation-paths");
    golden("review-practice", &html);
    assert!(html.contains("/review/refs/"), "evidence is linked");
    let attested = shop.review.practices.iter().find(|one| one.attestation.is_some()).expect("one that is signed");
    golden("review-practice-signed", &page(&shop, &format!("/review/practices/{}", attested.key)));
    let worst = reviewed::worst(1);
    for (at, practice) in worst.review.practices.iter().enumerate() {
        let key = practice.key.replace('<', "%3C").replace('>', "%3E").replace('`', "%60").replace('|', "%7C");
        let html = page(&worst, &format!("/review/practices/{key}"));
        if at == 0 {
            golden("review-practice-worst", &html);
        }
    }
}

#[test]
fn one_subject_says_what_to_do_first() {
    let shop = Reviewed::of(12, 4);
    golden("review-subject", &page(&shop, "/review/subjects/workload/checkout"));
    page(&shop, "/review/subjects/team/payments");
    golden("review-subject-organization", &page(&shop, "/review/subjects/organization/organization"));
    let name = "%3Cscript%3Ealert(1)%3C%2Fscript%3E";
    golden("review-subject-worst", &page(&reviewed::worst(1), &format!("/review/subjects/workload/{name}")));
}

/// Sends a form and does what it asks for; where it leads.
fn send(shop: &mut Shop, path: &str, fields: &[(&str, &str)]) -> Result<String, Wrong> {
    let form = FORMS.iter().find_map(|form| Some((form, Place::of(form.path, path, Vec::new())?)));
    let (form, place) = form.unwrap_or_else(|| panic!("no form has the path {path}"));
    let kept = Kept::new();
    let fields = Fields::new(fields.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect());
    let act = (form.read)(&asked(shop, &place, &kept), &fields)?;
    if let Answer::Refused(refusal) = shop.handle(act.input) {
        return Err(Wrong::new(refusal.to_string(), ""));
    }
    Ok(act.then)
}

const PRACTICE: (&str, &str) = ("practice", "oe.operate.escalation-paths");

#[test]
fn a_step_is_taken_up_and_given_up() {
    let mut shop = Shop::new();
    golden("review-improvements-empty", &shop.page("/review/improvements"));
    let address =
        "/review/take-up?practice=oe.operate.escalation-paths&subject=orders&owner=team:orders&title=Try+it&lens=1e";
    golden("review-take-up", &shop.page(address));
    let fields = [PRACTICE, ("subject", "orders"), ("owner", "team:orders"), ("title", SCRIPT), ("lens", "1e1e")];
    assert_eq!(send(&mut shop, "/review/take-up", &fields).as_deref(), Ok("../review/improvements?said=taken-up"));
    let again = send(&mut shop, "/review/take-up", &fields).expect_err("it is there");
    assert!(again.text.contains("improvement"), "{}", again.text);
    golden("review-improvements", &shop.page("/review/improvements?said=taken-up"));
    let id = shop.engine.state().ledger.improvements().next().expect("one").id;
    let path = format!("/review/improvements/{id}/drop");
    let wrong = send(&mut shop, &path, &[("reason", " ")]).expect_err("no reason");
    assert_eq!(wrong.text, "It is not said why it is given up.");
    assert_eq!(
        send(&mut shop, &path, &[("reason", "It is switched off.")]).as_deref(),
        Ok("../../../review/improvements?said=given-up")
    );
    assert_eq!(shop.engine.state().ledger.improvements().count(), 0);
    let nobody = [PRACTICE, ("subject", "orders"), ("owner", "workload:orders"), ("title", "x"), ("lens", "1e")];
    assert_eq!(send(&mut shop, "/review/take-up", &nobody).expect_err("no owner").text, "Nobody sees to it.");
}

#[test]
fn a_person_signs_until_the_end_of_a_day_of_theirs() {
    let mut shop = Shop::new();
    shop.caller = Identity { person: Some("ada".into()), ..Identity::owner() };
    golden("review-attest", &shop.page("/review/attest?practice=oe.operate.escalation-paths&subject=orders"));
    let fields = [
        PRACTICE,
        ("subject", "orders"),
        ("statement", SCRIPT),
        ("until", "2026-02-28"),
        ("applies", "yes"),
        ("person", "bob"),
    ];
    assert_eq!(send(&mut shop, "/review/attest", &fields).as_deref(), Ok("../review/improvements?said=attested"));
    let signed = shop.engine.state().ledger.attestations().next().expect("one").clone();
    assert_eq!((&*signed.person, signed.expires_at.to_string().as_str()), ("ada", "2026-02-28T23:00:00.000Z"));
    golden("review-signed", &shop.page("/review/improvements?said=attested"));
    let wrong = [PRACTICE, ("subject", "orders"), ("statement", "x"), ("until", "tomorrow")];
    let wrong = send(&mut shop, "/review/attest", &wrong).expect_err("no day");
    assert_eq!(wrong.text, "It is not said until when it counts.");
    shop.caller = Identity { person: None, ..Identity::remote() };
    let wrong = send(&mut shop, "/review/attest", &fields).expect_err("nobody");
    assert!(wrong.text.starts_with("A statement is signed by a person"), "{}", wrong.text);
    // What was typed is kept.
    let (route, place) = find("/review/attest");
    let kept: Kept = fields.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    let shown = shop.shown(route, &place, &[], &RecordsFound::default(), None, &kept);
    let html = written(shown, "/review/attest");
    assert!(html.contains("value=\"2026-02-28\"") && html.contains("&#60;script&#62;"));
}

#[test]
fn evidence_leads_to_what_a_record_made() {
    let mut shop = Shop::new();
    let id = shop.orders_down();
    let leads = |shop: &Shop, seq: &str| {
        let (route, place) = find(&format!("/review/refs/{seq}"));
        format!("{:?}", shop.shown(route, &place, &[], &RecordsFound::default(), None, &Kept::new()))
    };
    let number = id.to_string().replace("incident:", "");
    let incidents = evenkeel_pages::PAGES.iter().any(|page| page.path == "/incidents/{id}");
    let expected = if incidents { format!("../../incidents/{id}") } else { format!("../../records/{number}") };
    assert_eq!(leads(&shop, &number), format!("Elsewhere({expected})"));
    assert_eq!(leads(&shop, "999999"), "Elsewhere(../../records/999999)");
    assert!(leads(&shop, "x").starts_with("NotThere"));
}
