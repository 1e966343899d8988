//! Addresses out of a mail's `to`.

/// One address, with the name that stands before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mailbox {
    pub(crate) full_name: Option<String>,
    pub(crate) address: String,
}

impl Mailbox {
    /// What stands before the `@`.
    pub(super) fn local_part(&self) -> &str {
        self.address.rsplit_once('@').map_or("", |(local, _)| local)
    }
}

/// The addresses of a list that is separated by commas; `None` in the place of what is no address.
pub(crate) fn mailboxes(text: &str) -> Vec<Option<Mailbox>> {
    let (mut parts, mut part, mut in_quotes) = (Vec::new(), String::new(), false);
    for c in text.chars() {
        in_quotes ^= c == '"';
        if c == ',' && !in_quotes {
            parts.push(std::mem::take(&mut part));
        } else {
            part.push(c);
        }
    }
    parts.push(part);
    parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).map(mailbox).collect()
}

fn mailbox(text: &str) -> Option<Mailbox> {
    let (name, address) = match text.strip_suffix('>') {
        Some(rest) => rest.rsplit_once('<')?,
        None => ("", text),
    };
    let name = name.trim().trim_matches('"').trim();
    let (local, host) = address.rsplit_once('@')?;
    let good =
        |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || "{}<>()\",;:@".contains(c));
    let full_name = Some(name.to_owned()).filter(|name| !name.is_empty());
    (good(local) && good(host)).then(|| Mailbox { full_name, address: address.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_with_and_without_names() {
        let found = mailboxes("ada@example.com, \"Hopper, Grace\" <grace@example.com>,, Bob <bob@b.example>");
        let shown: Vec<_> =
            found.iter().flatten().map(|found| (found.local_part(), found.full_name.as_deref())).collect();
        assert_eq!(shown, [("ada", None), ("grace", Some("Hopper, Grace")), ("bob", Some("Bob"))]);
    }

    #[test]
    fn what_is_no_address_is_told_apart() {
        for text in ["{{ .CommonLabels.mail }}", "ada", "@x", "ada@", "a b@x", "a@b@c", "<ada@x"] {
            assert_eq!(mailboxes(text), [None], "{text}");
        }
        assert_eq!(mailboxes(" , "), []);
    }
}
