//! What holds of `check` whatever is done to `examples/platform`: its order does not matter, nothing that is taken away is
//! missed in silence, and no slip of the hand breaks it.

mod references;

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_diagnostic::{Diagnostic, Span};
use evenkeel_model::Plan;
use evenkeel_ops_source::{Loaded, OpsFile, OpsFiles};

use crate::examples::{PLATFORM, files};
use crate::repo::judged_files;
use references::{declared, references};

const SEPARATOR: &str = "\n---\n";
/// Each slip of the hand may be said so often; the repo has fewer lines that could be at fault through one.
const SAID_MAX: usize = 250;

/// Numbers that look like chance, and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).expect("48 bits") % limit.max(1)
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        (1..items.len()).for_each(|last| items.swap(last, self.below(last + 1)));
    }
}

fn text(file: &OpsFile) -> &str {
    std::str::from_utf8(&file.bytes).expect("the example is text")
}

fn documents(file: &OpsFile) -> Vec<String> {
    let yaml = file.path.ends_with(".yml") || file.path.ends_with(".yaml");
    let parts = if yaml { text(file).trim_end().split(SEPARATOR).collect() } else { vec![text(file)] };
    parts.into_iter().map(str::to_owned).collect()
}

fn said(files: &OpsFiles) -> (Option<Plan>, BTreeSet<(&'static str, String)>) {
    let (loaded, judged) = judged_files(files);
    let said = judged.kept.iter().map(|diag| (diag.code, diag.headline.clone())).collect();
    (loaded.plan, said)
}

/// Documents of our own, which may stand in any file: all of these files' documents, put anywhere among them.
fn reordered(files: &OpsFiles, dice: &mut Dice) -> OpsFiles {
    let ours = |file: &&mut OpsFile| text(file).contains("apiVersion: evenkeel/v1") && file.path.ends_with(".yml");
    let mut files = files.clone();
    let mut moved: Vec<String> = files.files.iter_mut().filter(ours).flat_map(|file| documents(file)).collect();
    dice.shuffle(&mut moved);
    let count = files.files.iter_mut().filter(ours).count();
    let mut places: Vec<Vec<String>> = vec![Vec::new(); count];
    for (index, document) in moved.into_iter().enumerate() {
        let place = if index < count { index } else { dice.below(count) };
        places.get_mut(place).expect("a place below their count").push(document);
    }
    for (file, documents) in files.files.iter_mut().filter(ours).zip(places) {
        file.bytes = (documents.join(SEPARATOR) + "\n").into_bytes();
    }
    for file in files.files.iter_mut().filter(|file| file.path == "objectives.yml" || file.path.ends_with(".yaml")) {
        let mut documents = documents(file);
        dice.shuffle(&mut documents);
        file.bytes = (documents.join(SEPARATOR) + "\n").into_bytes();
    }
    dice.shuffle(&mut files.files);
    files
}

/// The example with some of everything wrong.
fn faulty() -> OpsFiles {
    let mut files = files(PLATFORM);
    let slips = [
        ("henrik-bach", "henrik-back"),
        ("{ workload: customer-notify, hard: false }", "customer-notify"),
        ("07:00-17:00", "07:00-13:00"),
        ("escalation: sorting", "escalation: sortings"),
        ("target: 0.998", "target: 99.8"),
        ("procedures/maps-gateway.md", "procedures/map-gateway.md"),
        ("schedule:customs, wait", "team:customs, wait"),
        ("communication: customers", "communication: customer"),
        ("metadata: { name: metrics }", "metadata: { name: payments }"),
    ];
    for file in &mut files.files {
        let slipped = slips.iter().fold(text(file).to_owned(), |text, (old, new)| text.replace(old, new));
        file.bytes = slipped.into_bytes();
    }
    files
}

#[test]
fn order_does_not_matter() {
    for (original, seeds) in [(files(PLATFORM), 4), (faulty(), 6)] {
        let (plan, expected) = said(&original);
        for seed in 1..=seeds {
            let (other, actual) = said(&reordered(&original, &mut Dice(seed)));
            assert_eq!(actual, expected, "seed {seed}");
            let other = other.map(|other| Plan { hash: plan.as_ref().expect("a plan as before").hash, ..other });
            assert_eq!(other, plan, "seed {seed}");
        }
    }
    assert!(said(&faulty()).1.len() > 10, "there is something to say in any order");
}

fn touches(diag: &Diagnostic, place: Span) -> bool {
    let mut spans = diag.related.iter().map(|label| label.span).chain([diag.primary.span]);
    spans.any(|span| span.source == place.source && span.start <= place.end && place.start <= span.end)
}

/// References to what is not there that nobody says anything of.
fn missed(loaded: &Loaded, said: &[Diagnostic]) -> Vec<String> {
    let declared = declared(loaded);
    let without_routing = said.iter().any(|diag| diag.code == "no-routing");
    // That there is no routing tree is said once. Systems may be kept elsewhere when none is kept here.
    let excused = |name: &str| match name.split(':').next() {
        Some("receiver" | "time interval") => without_routing,
        Some("system") => !declared.iter().any(|name| name.starts_with("system:")),
        _ => false,
    };
    let missing = references(&loaded.documents).into_iter().filter(|(name, _)| !declared.contains(name));
    let silent = missing.filter(|(name, place)| !excused(name) && !said.iter().any(|diag| touches(diag, *place)));
    let place = |span: Span| {
        let source = loaded.sources.get(span.source).expect("a place is in a file");
        format!("{}:{}", source.path, source.position(span.start).line)
    };
    silent.map(|(name, span)| format!("{name} at {}", place(span))).collect()
}

/// The example without one document, or without one file.
fn removals() -> Vec<(String, OpsFiles)> {
    let whole = files(PLATFORM);
    let mut removals = Vec::new();
    for (index, file) in whole.files.iter().enumerate() {
        let parts = documents(file);
        for gone in 0..parts.len() {
            let mut files = whole.clone();
            if parts.len() == 1 {
                files.files.remove(index);
            } else {
                let rest: Vec<&str> =
                    parts.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, part)| part.as_str()).collect();
                let file = files.files.get_mut(index).expect("the file is there");
                file.bytes = (rest.join(SEPARATOR) + "\n").into_bytes();
            }
            removals.push((format!("{} document {}", file.path, gone + 1), files));
        }
        if parts.len() > 1 {
            let mut files = whole.clone();
            files.files.remove(index);
            removals.push((file.path.clone(), files));
        }
    }
    removals
}

#[test]
fn nothing_that_is_taken_away_is_missed_in_silence() {
    let (loaded, judged) = judged_files(&files(PLATFORM));
    assert_eq!(missed(&loaded, &judged.kept), Vec::<String>::new(), "the example itself refers to what is there");
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (what, files) in removals() {
        let (less, judged) = judged_files(&files);
        let gone: Vec<String> = declared(&loaded).difference(&declared(&less)).cloned().collect();
        let referred = references(&less.documents).into_iter().filter(|(name, _)| gone.contains(name));
        for (name, _) in referred {
            let kind = name.split(':').next().unwrap_or_default().to_owned();
            *kinds.entry(kind).or_default() += 1;
        }
        let missed = missed(&less, &judged.kept);
        wrong.extend(missed.into_iter().map(|missed| format!("without {what}: nothing is said of {missed}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let wanted = [
        "Service",
        "cadence",
        "communication plan",
        "decision",
        "goal",
        "path",
        "person",
        "policy",
        "priority",
        "procedure",
        "receiver",
        "response plan",
        "risk",
        "schedule",
        "skill",
        "standard",
        "system",
        "team",
        "workload",
    ];
    assert_eq!(kinds.keys().map(String::as_str).collect::<Vec<_>>(), wanted, "all of these were missed: {kinds:?}");
}

/// One slip of the hand: a line lost, a line twice, two words in each other's place.
fn slip(text: &str, dice: &mut Dice) -> String {
    let mut lines: Vec<&str> = text.split('\n').collect();
    let at = dice.below(lines.len());
    match dice.below(3) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, lines.get(at).copied().unwrap_or_default()),
        _ => return swapped(text, dice),
    }
    lines.join("\n")
}

fn swapped(text: &str, dice: &mut Dice) -> String {
    let mut parts: Vec<&str> = text.split_inclusive([' ', '\n']).collect();
    let (one, other) = (dice.below(parts.len()), dice.below(parts.len()));
    parts.swap(one, other);
    parts.concat()
}

#[test]
fn no_slip_of_the_hand_breaks_it() {
    let whole = files(PLATFORM);
    let mut dice = Dice(0x5eed);
    let mut found = 0;
    for case in 0..300 {
        let mut files = whole.clone();
        let index = dice.below(files.files.len());
        let file = &mut files.files[index];
        file.bytes = slip(text(file), &mut dice).into_bytes();
        let path = file.path.clone();
        let (loaded, judged) = judged_files(&files);
        assert!(judged.kept.len() <= SAID_MAX, "case {case}, {path}: {} are said", judged.kept.len());
        for diag in &judged.kept {
            let span = diag.primary.span;
            let source = loaded.sources.get(span.source).expect("a place is in a file");
            let range = usize::try_from(span.start).expect("fits")..usize::try_from(span.end).expect("fits");
            assert!(source.text.get(range).is_some(), "case {case}, {path}: {diag:?} is not at a place");
            let headline = &diag.headline;
            assert!(!headline.contains('\n') && headline.chars().count() < 300, "case {case}, {path}: {headline}");
        }
        found += usize::from(!judged.kept.is_empty());
    }
    assert!(found > 150, "most slips are found: {found} of 300");
}
