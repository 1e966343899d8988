//! Names of labels in a path: `U__` before a name says that what is not a letter, a digit or `_` is written `_hex_`.
//!
//! Source: Prometheus `common/model`, `UnescapeName` (value encoding).

/// The name that a part of a path says. What is no such escape is the name itself.
pub(crate) fn unescape(part: &str) -> String {
    let Some(escaped) = part.strip_prefix("U__") else { return part.to_owned() };
    read(escaped).unwrap_or_else(|| part.to_owned())
}

fn read(escaped: &str) -> Option<String> {
    let (mut name, mut rest) = (String::new(), escaped);
    while let Some(at) = rest.find('_') {
        let (before, after) = (rest.get(..at)?, rest.get(at + 1..)?);
        name.push_str(before);
        let (code, after_code) = after.split_once('_')?;
        if code.is_empty() {
            name.push('_');
        } else {
            let valid = code.len() <= 6 && code.bytes().all(|byte| byte.is_ascii_hexdigit());
            let number = u32::from_str_radix(code, 16).ok().filter(|_| valid)?;
            name.push(char::from_u32(number)?);
        }
        rest = after_code;
    }
    name.push_str(rest);
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_names_are_read() {
        for (part, name) in [
            ("job", "job"),
            ("U__http_2e_status", "http.status"),
            ("U__a__b", "a_b"),
            ("U___1f600_", "😀"),
            ("U__", ""),
            ("U__a_zz_", "U__a_zz_"),
            ("U__a_b", "U__a_b"),
            ("U__a_d800_", "U__a_d800_"),
            ("__name__", "__name__"),
        ] {
            assert_eq!(unescape(part), name, "{part}");
        }
    }
}
