//! Addresses that strangers give: only plain ones are taken, since each becomes a header of a mail or a request.

/// A mail address: a local part and a domain, without a name, comments or quotes.
#[derive(Debug, Clone, Copy)]
pub struct MailAddress<'a>(&'a str);

/// An address of the web that is asked by TLS.
#[derive(Debug, Clone, Copy)]
pub struct WebAddress<'a>(&'a str);

/// Source: RFC 5321, section 4.5.3.1, the path without its brackets.
const MAIL_BYTES_MAX: usize = 254;
const LOCAL_BYTES_MAX: usize = 64;
/// Longer ones carry something else than an address.
const WEB_BYTES_MAX: usize = 1024;

impl<'a> MailAddress<'a> {
    /// Reads one; `None` when it is none that we write to.
    #[must_use]
    pub fn read(text: &'a str) -> Option<Self> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@')?;
        // The characters of an atom, and dots between them. Source: RFC 5322, section 3.2.3.
        let atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
        let label = |label: &str| {
            let edge = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            edge(label.chars().next())
                && edge(label.chars().last())
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        };
        let good_local = (1..=LOCAL_BYTES_MAX).contains(&local.len())
            && local.chars().all(atom)
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..");
        let good_domain = domain.contains('.') && domain.split('.').all(label);
        (text.len() <= MAIL_BYTES_MAX && good_local && good_domain).then_some(Self(text))
    }

    /// As it is kept: domains are the same in any case, local parts need not be.
    #[must_use]
    pub fn kept(&self) -> Box<str> {
        let (local, domain) = self.0.rsplit_once('@').unwrap_or((self.0, ""));
        format!("{local}@{}", domain.to_ascii_lowercase()).into()
    }
}

impl<'a> WebAddress<'a> {
    /// Reads one; `None` when it is none that we send to. Where it leads is looked at each time something is sent.
    #[must_use]
    pub fn read(text: &'a str) -> Option<Self> {
        let text = text.trim();
        let rest = text.strip_prefix("https://")?;
        let authority = rest.split(['/', '?']).next().unwrap_or("");
        let plain = text.len() <= WEB_BYTES_MAX && text.bytes().all(|byte| byte.is_ascii_graphic());
        let good = plain && !authority.is_empty() && !authority.contains('@') && !text.contains('#');
        good.then_some(Self(text))
    }

    /// As it is kept.
    #[must_use]
    pub fn kept(&self) -> Box<str> {
        self.0.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_mail_addresses_are_taken() {
        let kept = |text| MailAddress::read(text).map(|address| address.kept().to_string());
        assert_eq!(kept(" Ada.L+status@Example.COM "), Some("Ada.L+status@example.com".to_owned()));
        let long = format!("{}@example.com", "a".repeat(65));
        for bad in [
            "",
            "ada",
            "@example.com",
            "ada@",
            "ada@localhost",
            "ada@example..com",
            "ada@-example.com",
            ".ada@example.com",
            "a..b@example.com",
            "Ada <ada@example.com>",
            "\"ada\"@example.com",
            "ada@example.com\r\nBcc: eve@example.com",
            "ada@example.com, eve@example.com",
            "ada@[127.0.0.1]",
            "äda@example.com",
            &long,
        ] {
            assert_eq!(kept(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn only_plain_web_addresses_are_taken() {
        let taken = |text| WebAddress::read(text).is_some();
        assert!(taken("https://hooks.example.com/status?page=1"));
        for bad in [
            "http://hooks.example.com/",
            "https://",
            "https:///x",
            "https://ada:secret@example.com/",
            "https://example.com/#x",
            "https://example.com/ x",
            "https://example.com/\nHost: x",
            "javascript:alert(1)",
            &format!("https://example.com/{}", "x".repeat(1024)),
        ] {
            assert!(!taken(bad), "{bad:?}");
        }
    }
}
