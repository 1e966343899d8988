//! What a page of HTML says, without its markup: as much as somebody reads at a glance.

/// Elements whose content is not for reading.
const UNREAD: [&str; 4] = ["head", "style", "script", "svg"];

/// The lines of text that a browser would show, in order.
pub(crate) fn words(html: &str) -> Vec<String> {
    let (mut lines, mut line) = (Vec::new(), String::new());
    let mut unread: Option<&str> = None;
    for piece in html.split('<') {
        let (tag, text) = piece.split_once('>').unwrap_or(("", piece));
        let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        match unread {
            Some(element) if tag.starts_with('/') && name == element => unread = None,
            Some(_) => {}
            None => unread = UNREAD.into_iter().find(|element| *element == name && !tag.starts_with('/')),
        }
        if !inline(name) {
            end(&mut line, &mut lines);
        }
        if unread.is_none() {
            line.push_str(text);
        }
    }
    end(&mut line, &mut lines);
    lines
}

/// Elements that do not end a line.
fn inline(name: &str) -> bool {
    matches!(name, "a" | "b" | "strong" | "em" | "i" | "span" | "time" | "code" | "small")
}

fn end(line: &mut String, lines: &mut Vec<String>) {
    let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
    line.clear();
    if !words.is_empty() {
        lines.push(plain(&words));
    }
}

fn plain(text: &str) -> String {
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&#34;", "\"")];
    let text = named.iter().fold(text.to_owned(), |text, (entity, plain)| text.replace(entity, plain));
    text.replace("&amp;", "&").replace("&#38;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_as_its_reader_does() {
        let html = "<!doctype html><html><head><title>not read</title><style>p { x: y }</style></head>\n<body>\
            <h1><span>sev1</span> Shop &amp; <b>orders</b></h1>\n <p>since\n  noon</p><script>1 < 2</script><p>&lt;b&gt;</p>";
        assert_eq!(words(html), ["sev1 Shop & orders", "since noon", "<b>"]);
        assert_eq!(words(""), Vec::<String>::new());
    }
}
