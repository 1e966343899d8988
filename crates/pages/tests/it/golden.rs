//! Holds a page against its golden file.

#![expect(clippy::disallowed_methods, reason = "files are compared, and written when that is asked for")]

use std::fs;
use std::path::Path;

/// Holds what a page says, its title and `<main>`, against `golden/NAME.html`; with `BLESS` set, writes that.
pub(crate) fn golden(name: &str, html: &str) {
    // Drawings have titles, too, so the first end counts.
    let part = |start: &str, end: &str| {
        let (_, behind) = html.split_once(start)?;
        behind.split_once(end).map(|(within, _)| format!("{start}{within}{end}"))
    };
    let main = part("<title>", "</title>").zip(part("<main", "</main>"));
    whole(name, &main.map_or_else(|| html.to_owned(), |(title, main)| format!("{title}\n{main}\n")));
}

/// The same with all that stands round `<main>`.
pub(crate) fn whole(name: &str, html: &str) {
    let html = unnumbered(html);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden").join(format!("{name}.html"));
    if std::env::var_os("BLESS").is_some() {
        fs::write(&file, &html).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        return;
    }
    let known = fs::read_to_string(&file).unwrap_or_default();
    let differs = known.lines().zip(html.lines()).position(|(known, found)| known != found);
    assert!(
        known == html,
        "{name} differs from its golden file at line {}; look at it, and write it anew with BLESS=1",
        differs.unwrap_or_else(|| known.lines().count().min(html.lines().count())) + 1
    );
}

/// The page without what its style and module are numbered by, so that a new style is no new page.
fn unnumbered(html: &str) -> String {
    let mut parts = html.split("/static/");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let numbered = part.split_once('.').and_then(|(stem, rest)| Some((stem, rest.split_once('.')?)));
        plain.push_str("/static/");
        match numbered {
            Some((stem, (number, rest))) if number.len() == 8 => plain.push_str(&format!("{stem}.{rest}")),
            _ => plain.push_str(part),
        }
    }
    plain
}
