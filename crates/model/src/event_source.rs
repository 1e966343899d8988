//! Where facts come from by themselves: a forge that calls when something happens in one of its repositories.

use std::sync::Arc;

use crate::SecretRef;

/// A forge that calls `/hooks/<name>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventSource {
    /// The document's name, and the end of the address.
    pub name: Arc<str>,
    /// What calls, and so how it signs and what it says.
    pub forge: Forge,
    /// What its calls are signed with, or carry.
    pub secret: SecretRef,
    /// The repositories whose events count, by name; those of others are not taken.
    pub repositories: Vec<(Box<str>, Option<Arc<str>>)>,
}

impl EventSource {
    /// Whether events of a repository count, and for which workload.
    #[must_use]
    pub fn repository(&self, name: &str) -> Option<Option<&Arc<str>>> {
        let known = self.repositories.iter().find(|(known, _)| **known == *name);
        known.map(|(_, workload)| workload.as_ref())
    }
}

/// What calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Forge {
    /// GitHub: `X-Hub-Signature-256`.
    Github,
    /// GitLab: `X-Gitlab-Token`.
    Gitlab,
}

impl Forge {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Github, Self::Gitlab];

    /// As written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Github => "github",
            Self::Gitlab => "gitlab",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_listed_repositories_count() {
        let source = EventSource {
            name: "github".into(),
            forge: Forge::Github,
            secret: SecretRef::File("/etc/evenkeel/github".into()),
            repositories: vec![("acme/shop".into(), Some("shop".into())), ("acme/ops".into(), None)],
        };
        assert_eq!(source.repository("acme/shop"), Some(Some(&"shop".into())));
        assert_eq!(source.repository("acme/ops"), Some(None));
        assert_eq!(source.repository("acme/other"), None);
    }
}
