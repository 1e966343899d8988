//! An address as it is asked, and as it is shown.

/// The address without its fragment, which no server sees.
pub(crate) fn asked(address: &str) -> &str {
    address.split('#').next().unwrap_or(address)
}

/// Whose it is: host and port.
pub(crate) fn host(address: &str) -> &str {
    let authority = authority(address);
    authority.rsplit_once('@').map_or(authority, |(_, host)| host)
}

/// Whether it has a user or a password in it.
pub(crate) fn has_credentials(address: &str) -> bool {
    authority(address).contains('@')
}

/// For people: nothing that may be secret.
pub(crate) fn shown(address: &str) -> String {
    let bare = asked(address).split('?').next().unwrap_or("");
    match bare.split_once("://") {
        Some((scheme, rest)) if has_credentials(address) => {
            let rest = rest.split_once('@').map_or(rest, |(_, rest)| rest);
            format!("{scheme}://{rest}")
        }
        Some(_) | None => bare.to_owned(),
    }
}

fn authority(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_secret_is_not_shown() {
        assert_eq!(shown("https://u:p@h:8/x?token=1#y"), "https://h:8/x");
        assert_eq!(shown("https://h/x@y"), "https://h/x@y");
        assert!(has_credentials("https://u@h/x") && !has_credentials("https://h/x@y"));
        assert_eq!(host("https://u:p@h:8/x"), "h:8");
        assert_eq!(asked("https://h/x#y"), "https://h/x");
    }
}
