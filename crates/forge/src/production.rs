//! Which environments customers meet, and which texts name a version.

/// Whether an environment's name alone says that it is production.
pub(crate) fn by_name(environment: &str) -> bool {
    let name = environment.to_ascii_lowercase();
    matches!(name.as_str(), "production" | "prod" | "live") || name.starts_with("production/")
}

/// A ref that names a version, such as `v1.4.2`; a branch or a commit does not.
pub(crate) fn version(reference: &str) -> Option<&str> {
    let name = reference.strip_prefix("refs/tags/").unwrap_or(reference);
    let number = name.strip_prefix('v').unwrap_or(name);
    let numbered = number.starts_with(|c: char| c.is_ascii_digit()) && number.contains('.');
    numbered.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn production_and_versions_are_told_by_their_names() {
        assert!(by_name("Production") && by_name("prod") && by_name("production/eu"));
        assert!(!by_name("staging") && !by_name("pre-production") && !by_name("productivity"));
        assert_eq!(version("v1.4.2"), Some("v1.4.2"));
        assert_eq!(version("refs/tags/2026.1"), Some("2026.1"));
        for none in ["main", "7fd1a60b01f91b314f59955a4e4d4e80d8edf11d", "v1", "release/1.2"] {
            assert_eq!(version(none), None, "{none}");
        }
    }
}
