//! A page, as it arrives: what one person is asked, and why they.

use std::time::Instant;

use serde_json::Value;

/// One page as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) at: Instant,
    /// `page:19`
    pub(crate) id: String,
    /// `incident:17`
    pub(crate) incident: String,
    /// The person's name.
    pub(crate) to: String,
    pub(crate) title: String,
    pub(crate) severity: String,
    pub(crate) severity_reason: String,
    /// Who suffers.
    pub(crate) who: String,
    /// What they suffer.
    pub(crate) what: String,
    /// How the choice of this person came about.
    pub(crate) because: Vec<String>,
    /// What opens it in a browser; whoever has it can answer.
    pub(crate) link: String,
}

impl Page {
    pub(super) fn read(body: &Value, at: Instant) -> Option<Self> {
        let text = |place: &str| body.pointer(place)?.as_str().map(str::to_owned);
        let because = body.get("because")?.as_array()?.iter().map(|why| why.as_str().map(str::to_owned));
        Some(Self {
            at,
            id: text("/id")?,
            incident: text("/incident")?,
            to: text("/to")?.strip_prefix("person:")?.to_owned(),
            title: text("/title")?,
            severity: text("/severity")?,
            severity_reason: text("/severity_reason")?,
            who: text("/impact/who")?,
            what: text("/impact/what")?,
            because: because.collect::<Option<_>>()?,
            link: text("/link")?,
        })
    }

    /// Why this person, without the first link of the chain, which is the same for everybody.
    pub(crate) fn why(&self) -> String {
        self.because.get(1..).unwrap_or_default().join("; ")
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// As `docs/notices.md` has it.
    pub(in super::super) const BODY: &str = r#"{"version": "1", "kind": "page", "id": "page:19", "incident": "incident:17",
        "to": "person:ada", "contact": "phone", "ask": "acknowledge", "title": "ProbeFailed", "severity": "sev1",
        "severity_reason": "tier 1", "workload": "workload:catalog", "impact": { "who": "everyone", "what": "no shop" },
        "because": ["response plan p", "policy shop, step 1 of 2", "schedule shop, layer weekly"],
        "link": "http://127.0.0.1:7070/p/x"}"#;

    #[test]
    fn a_page_says_whom_it_asks_and_why_they() {
        let body = serde_json::from_str(BODY).expect("JSON");
        let page = Page::read(&body, Instant::now()).expect("a page");
        assert_eq!((page.to.as_str(), page.id.as_str()), ("ada", "page:19"));
        assert_eq!(page.why(), "policy shop, step 1 of 2; schedule shop, layer weekly");
        let to_a_receiver = BODY.replace("person:ada", "receiver:team");
        let body = serde_json::from_str(&to_a_receiver).expect("JSON");
        assert_eq!(Page::read(&body, Instant::now()), None);
    }
}
