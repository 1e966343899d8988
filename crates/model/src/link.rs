//! Where a link of a page or document leads: paths in the ops repo.

/// A link without what stands behind its path, `a.md?plain=1#top`: the path, and the fragment without `#`.
#[must_use]
pub fn split_link(link: &str) -> (&str, Option<&str>) {
    let (before, fragment) = match link.split_once('#') {
        Some((before, fragment)) => (before, Some(fragment)),
        None => (link, None),
    };
    (before.split('?').next().unwrap_or(""), fragment)
}

/// The path that a link means, relative to the ops repo, when it stands in `file`; `None` when it leads out of the repo.
/// `/` at its beginning is the ops repo itself; percent encoding is read; the root is empty.
#[must_use]
pub fn path_from(file: &str, link: &str) -> Option<String> {
    let link = percent_decoded(link);
    let mut parts: Vec<&str> = match link.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => file.split('/').collect(),
    };
    // The file's own name is no folder.
    parts.pop();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The text with `%20` and its like read; what is no encoding, or would be no text, stays.
#[must_use]
pub fn percent_decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let digits = tail.get(..2).filter(|pair| *first == b'%' && pair.iter().all(u8::is_ascii_hexdigit));
        let byte = digits.and_then(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
        out.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { tail.get(2..).unwrap_or_default() } else { tail };
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_from_their_file_or_from_the_root() {
        let check =
            |link: &str, expect: Option<&str>| assert_eq!(path_from("a/b/c.md", link).as_deref(), expect, "{link}");
        check("d.md", Some("a/b/d.md"));
        check("./d%20e.md", Some("a/b/d e.md"));
        check("../d/", Some("a/d"));
        check("/x//y.md", Some("x/y.md"));
        check("../..", Some(""));
        check("../../..", None);
        check("/..", None);
        check("100%.md", Some("a/b/100%.md"));
        check("%ff.md", Some("a/b/%ff.md"));
    }

    #[test]
    fn what_stands_behind_the_path_is_split_off() {
        assert_eq!(split_link("a.md?plain=1#L3"), ("a.md", Some("L3")));
        assert_eq!(split_link("#top"), ("", Some("top")));
        assert_eq!(split_link("a.md"), ("a.md", None));
    }
}
