//! What holds of every page: well-formed, nothing of a stranger's that runs, links that lead somewhere, small enough.

use evenkeel_pages::{FORMS, PAGES, Place, file};

/// First paint: the page itself has to be below this.
const PAGE_BYTES_MAX: usize = 50 << 10;

/// Elements that have no end.
const VOID: [&str; 7] = ["meta", "link", "input", "br", "hr", "img", "path"];

/// Says what is wrong with a page.
pub(crate) fn sound(html: &str, place: &Place) {
    assert!(html.len() <= PAGE_BYTES_MAX, "{} bytes are more than first paint may cost", html.len());
    for never in ["<script>", "<img"] {
        assert!(!html.contains(never), "`{never}` in {}", place.whole());
    }
    balanced(html);
    ids(html);
    for address in attribute(html, "href").chain(attribute(html, "action")) {
        leads(address, place);
    }
}

/// Every element that begins ends, in order.
fn balanced(html: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        let (tag, behind) = after.split_once('>').unwrap_or_else(|| panic!("a tag without an end: {after:.60}"));
        rest = behind;
        if tag.starts_with('!') {
            continue;
        }
        let bare: String = tag.split('"').step_by(2).collect();
        let runs = [" style=", " on", "javascript:"].into_iter().find(|never| bare.contains(never));
        assert_eq!(runs, None, "in <{bare}>");
        let name = tag.trim_start_matches('/').split([' ', '\n', '/']).next().unwrap_or("");
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "closed out of order, before: {behind:.80}");
        } else if !tag.ends_with('/') && !VOID.contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
}

/// No id stands twice, and labels name what is there.
fn ids(html: &str) {
    let mut known: Vec<&str> = attribute(html, "id").collect();
    known.sort_unstable();
    let twice = known.windows(2).find(|pair| pair[0] == pair[1]);
    assert_eq!(twice, None, "an id stands twice");
    for named in
        attribute(html, "for").chain(attribute(html, "aria-labelledby")).chain(attribute(html, "aria-describedby"))
    {
        for one in named.split(' ') {
            assert!(known.binary_search(&one).is_ok(), "nothing has the id `{one}`");
        }
    }
}

fn attribute<'a>(html: &'a str, name: &str) -> impl Iterator<Item = &'a str> + use<'a> {
    let start = format!(" {name}=\"");
    let mut rest = html;
    std::iter::from_fn(move || {
        let (_, after) = rest.split_once(start.as_str())?;
        let (value, behind) = after.split_once('"')?;
        rest = behind;
        Some(value)
    })
}

/// An address within the site leads to a page, a form or a file that there is.
fn leads(address: &str, place: &Place) {
    let root = place.root();
    if address.starts_with("http")
        || address.starts_with('#')
        || address.starts_with('?')
        || address.starts_with("mailto:")
    {
        return;
    }
    let Some(within) = address.strip_prefix(root.as_str()) else {
        panic!("`{address}` does not begin at the root `{root}`")
    };
    let path = format!("/{}", within.split(['?', '#']).next().unwrap_or(""));
    let fits = |pattern: &'static str| Place::of(pattern, &path, Vec::new()).is_some();
    let known = PAGES.iter().map(|page| page.path).chain(FORMS.iter().map(|form| form.path)).any(fits);
    let stated = path.strip_prefix("/static/").is_some_and(|name| name == "icon.svg" || file(name).is_some());
    assert!(
        known || stated || ["/logout", "/metrics", "/readyz"].contains(&path.as_str()) || path.starts_with("/api/v1/"),
        "`{address}` leads nowhere"
    );
}
