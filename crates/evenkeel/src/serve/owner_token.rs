//! The owner's token: whoever reads it from the data folder may do everything.

use std::path::Path;

use evenkeel_identity::TokenSecret;

use super::private_file::{random, read_or_make};

/// Its file in the data folder.
pub(super) const OWNER_TOKEN_FILE: &str = "owner-token";

/// The owner's token; made at the first start.
pub(super) fn read_owner_token(data: &Path) -> anyhow::Result<TokenSecret> {
    let path = data.join(OWNER_TOKEN_FILE);
    let text = read_or_make(&path, || format!("{}\n", TokenSecret::new(random()).shown()))?;
    TokenSecret::parse(text.trim()).ok_or_else(|| {
        anyhow::anyhow!("`{}` holds no token; remove it, and the next start makes a new one", path.display())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_owner_keeps_the_token_until_the_file_is_removed() {
        let data = tempfile::tempdir().expect("a folder");
        let first = read_owner_token(data.path()).expect("made");
        assert_eq!(read_owner_token(data.path()).expect("read"), first);
        std::fs::remove_file(data.path().join(OWNER_TOKEN_FILE)).expect("removed");
        assert_ne!(read_owner_token(data.path()).expect("made anew"), first);
        std::fs::write(data.path().join(OWNER_TOKEN_FILE), "ek_short\n").expect("written");
        let error = read_owner_token(data.path()).expect_err("no token").to_string();
        assert!(error.contains("holds no token; remove it") && !error.contains("ek_short"), "{error}");
    }
}
