//! The key that links in pages are signed with. Without the file, links that were sent count no more.

use std::path::Path;

use evenkeel_identity::LinkKey;
use evenkeel_record::Hash;

use super::private_file::{random, read_or_make};

/// Its file in the data folder: 64 hexadecimal digits.
pub(super) const LINK_KEY_FILE: &str = "link-key";

/// The key of links; made at the first start.
pub(crate) fn read_link_key(data: &Path) -> anyhow::Result<LinkKey> {
    let path = data.join(LINK_KEY_FILE);
    let text = read_or_make(&path, || format!("{}\n", Hash(random())))?;
    parse(text.trim()).map(LinkKey).ok_or_else(|| {
        anyhow::anyhow!("`{}` holds no key; remove it, and the next start makes a new one", path.display())
    })
}

fn parse(text: &str) -> Option<[u8; 32]> {
    let mut key = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (at, byte) in key.iter_mut().enumerate() {
        *byte = text.get(2 * at..2 * at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok())?;
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_signed_with_the_same_key_after_a_restart() {
        let data = tempfile::tempdir().expect("a folder");
        let first = read_link_key(data.path()).expect("made");
        assert_eq!(read_link_key(data.path()).expect("read"), first);
        for bad in ["", "00", &"zz".repeat(32), &"é".repeat(32)] {
            std::fs::write(data.path().join(LINK_KEY_FILE), bad).expect("written");
            let error = read_link_key(data.path()).expect_err("no key").to_string();
            assert!(error.contains("holds no key; remove it"), "{error}");
        }
    }
}
