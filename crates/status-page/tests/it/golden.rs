//! Pages as files: with nothing on record, on a usual day, and at their worst.

use std::fs;
use std::path::Path;

use evenkeel_record::UpdateKind;
use evenkeel_severity::Severity;
use evenkeel_status_page::{Board, Offers, files, json, text};

use crate::played::{PAGE, Played};

/// What is painted first: the page and its style.
const FIRST_PAINT_BYTES_MAX: usize = 50_000;
/// Whatever people and alerts write.
const WORST_BYTES_MAX: usize = 400_000;

pub(crate) const SCRIPT: &str = "</title><script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;";

fn offers() -> Offers {
    let others = vec![("Others".to_owned(), "others/index.html".to_owned())];
    Offers { subscribing: true, base: Some("https://status.example.com/".to_owned()), others }
}

fn compare(name: &str, board: &Board) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    let mut all: Vec<(String, String)> =
        files(board, &offers()).into_iter().map(|file| (file.name.to_owned(), file.text)).collect();
    all.retain(|(name, _)| name != "style.css");
    all.push(("status.txt".to_owned(), text(&json(board)).expect("it reads back")));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::create_dir_all(&folder).expect("a folder");
        all.iter().for_each(|(name, text)| fs::write(folder.join(name), text).expect("written"));
    }
    let differs = |(name, text): &&(String, String)| fs::read_to_string(folder.join(name)).is_ok_and(|it| it == *text);
    let wrong: Vec<_> = all.iter().filter(|file| !differs(file)).map(|(name, _)| name).collect();
    assert!(wrong.is_empty(), "{name}: {wrong:?} are not as they were; UPDATE_GOLDEN=1 writes them anew");
}

fn first_paint(board: &Board) -> usize {
    let painted = |name: &str| name == "index.html" || name == "style.css";
    files(board, &offers()).iter().filter(|file| painted(file.name)).map(|file| file.text.len()).sum()
}

#[test]
fn a_page_of_the_first_day() {
    let played = Played::new("2026-11-30T08:00:00Z", PAGE);
    let board = played.board("customers", "2026-11-30T09:00:00Z");
    compare("empty", &board);
    assert!(first_paint(&board) < FIRST_PAINT_BYTES_MAX, "{}", first_paint(&board));
}

#[test]
fn a_page_while_something_is_going_on() {
    let work = "
---
apiVersion: evenkeel/v1
kind: Maintenance
metadata: { name: shelves }
spec:
  title: New shelves
  text: Search is slower for an hour.
  starts: 2026-12-01T02:00:00Z
  ends: 2026-12-01T03:00:00Z
  workloads: search
";
    let mut played = Played::new("2026-08-01T00:00:00Z", &format!("{PAGE}{work}"));
    let past = played.at("2026-11-03T10:00:00Z").opens("search", Severity::Sev3, true);
    played.says(past, UpdateKind::First, "Problem with search", "Search finds nothing. We are on it.");
    played.at("2026-11-03T10:42:00Z").says(
        past,
        UpdateKind::Recovery,
        "The problem with search is over",
        "It finds again.",
    );
    played.resolves(past);
    let unseen = played.at("2026-11-10T00:00:00Z").opens("shop", Severity::Sev1, false);
    played.at("2026-11-11T00:00:00Z").resolves(unseen);
    let now = played.at("2026-11-30T08:10:00Z").opens("orders-db", Severity::Sev1, true);
    played.says(now, UpdateKind::First, "Problem with the shop", "Nothing can be bought. Next update by 08:40 UTC.");
    played.at("2026-11-30T08:40:00Z").says(
        now,
        UpdateKind::Progress,
        "Update",
        "We know the cause.\nNext update by 09:10 UTC.",
    );
    let board = played.board("customers", "2026-11-30T09:00:00Z");
    compare("normal", &board);
    assert!(first_paint(&board) < FIRST_PAINT_BYTES_MAX, "{}", first_paint(&board));
}

#[test]
fn a_page_at_its_worst() {
    let mut components = String::new();
    for n in 0..40 {
        components.push_str(&format!(
            "    - {{ name: c{n}, title: {script:?}, description: {long:?}, group: {script:?}, workloads: [shop] }}\n",
            script = format!("{SCRIPT}{n}"),
            long = "long ".repeat(200),
        ));
    }
    let page = format!(
        "\napiVersion: evenkeel/v1\nkind: StatusPage\nmetadata: {{ name: customers }}\nspec:\n  title: {SCRIPT:?}\n  \
         description: {SCRIPT:?}\n  audience: customers\n  components:\n{components}"
    );
    let work = format!(
        "---\napiVersion: evenkeel/v1\nkind: Maintenance\nmetadata: {{ name: w }}\nspec: {{ title: {SCRIPT:?}, text: \
         {SCRIPT:?}, starts: 2026-11-30T00:00:00Z, ends: 2026-12-30T00:00:00Z, workloads: search }}\n"
    );
    let mut played = Played::new("2026-08-01T00:00:00Z", &format!("{page}{work}"));
    for day in 1..=28 {
        let incident = played.at(&format!("2026-11-{day:02}T10:00:00Z")).opens("shop", Severity::Sev1, true);
        for _ in 0..6 {
            played.says(
                incident,
                UpdateKind::Progress,
                SCRIPT,
                &format!("{SCRIPT}\u{0}\u{1b}[31m{}", "huge ".repeat(1000)),
            );
        }
        if day < 15 {
            played.at(&format!("2026-11-{day:02}T12:00:00Z")).resolves(incident);
        }
    }
    let board = played.board("customers", "2026-11-30T09:00:00Z");
    for file in files(&board, &offers()) {
        assert!(!file.text.contains("<script") && !file.text.contains("<img"), "{}", file.name);
        assert!(!file.text.contains(['\u{1b}', '\u{0}']), "{}", file.name);
    }
    assert!(!text(&json(&board)).expect("it reads back").contains('\u{1b}'));
    assert!(first_paint(&board) < WORST_BYTES_MAX, "{}", first_paint(&board));
    let index = files(&board, &offers()).swap_remove(0).text;
    let begins: String = index.lines().take(60).map(|line| line.chars().take(300).collect::<String>() + "\n").collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/worst-begins.html");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &begins).expect("written");
    }
    assert!(fs::read_to_string(&path).is_ok_and(|it| it == begins), "UPDATE_GOLDEN=1 writes it anew");
}
