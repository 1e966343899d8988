//! What the forms of the page send.

use crate::form_body;

/// What the person wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    Acknowledge,
    Escalate { reason: Option<Box<str>> },
    Resolve { reason: Option<Box<str>> },
    Approve { text: Option<Box<str>> },
    Withdraw { reason: Option<Box<str>> },
}

impl Wanted {
    /// `None` when it is none of the page's forms.
    pub(super) fn read(body: &[u8]) -> Option<Self> {
        let fields = form_body::pairs(body)?;
        let value = |name: &str| fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim());
        let said = |name: &str| value(name).filter(|value| !value.is_empty()).map(Box::from);
        Some(match value("act")? {
            "acknowledge" => Self::Acknowledge,
            "escalate" => Self::Escalate { reason: said("reason") },
            "resolve" => Self::Resolve { reason: said("reason") },
            // A box that was emptied is not one that was left alone.
            "approve" => Self::Approve { text: value("text").map(Box::from) },
            "withdraw" => Self::Withdraw { reason: said("reason") },
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_read_as_browsers_write_them() {
        let read = |body: &str| Wanted::read(body.as_bytes());
        let said = |text: &str| Some(Box::from(text));
        assert_eq!(read("act=acknowledge"), Some(Wanted::Acknowledge));
        assert_eq!(read("reason=&act=escalate"), Some(Wanted::Escalate { reason: None }));
        let reason = said("I am ill & on a train: 1+1=2 é");
        let body = "reason=I+am+ill+%26+on+a+train%3A+1%2B1%3D2+%C3%A9&act=escalate";
        assert_eq!(read(body), Some(Wanted::Escalate { reason }));
        let text = said("one\ntwo");
        assert_eq!(read("text=one%0D%0Atwo%0D%0A&act=approve"), Some(Wanted::Approve { text }));
        assert_eq!(read("text=&act=approve"), Some(Wanted::Approve { text: said("") }));
        assert_eq!(read("act=approve"), Some(Wanted::Approve { text: None }));
        for body in ["", "act=", "act=close", "{\"act\":\"acknowledge\"}", "act=resolve&reason=%ff", "a%63t%00=resolve"]
        {
            assert_eq!(read(body), None, "{body}");
        }
        assert_eq!(Wanted::read(b"act=resolve\xff"), None);
    }
}
