//! Quoted texts: `"…"` and `'…'` with escapes, back-ticks without.

use std::ops::Range;

use crate::Fault;

/// The bytes of a quoted text with its quotes; `None`: it never ends.
pub(super) fn length(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (index, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' if quote != '`' => escaped = true,
            '\n' if quote != '`' => return None,
            _ if c == quote => return Some(index + 1),
            _ => {}
        }
    }
    None
}

/// What a quoted text says.
///
/// # Errors
/// An escape that Go does not have.
pub(crate) fn unquote(quoted: &str, range: &Range<usize>) -> Result<String, Fault> {
    let quote = quoted.chars().next().unwrap_or('"');
    let inner = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or("");
    if quote == '`' || !inner.contains('\\') {
        return Ok(inner.to_owned());
    }
    let mut out = Vec::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(index) = rest.find('\\') {
        let (plain, escape) = rest.split_at(index);
        out.extend_from_slice(plain.as_bytes());
        let Some(bytes) = unescape(escape, quote, &mut out) else {
            let shown: String = escape.chars().take(2).collect();
            let start = range.start + 1 + (inner.len() - escape.len());
            let end = start + shown.len();
            return Err(Fault::syntax(start..end, format!("`{shown}` is no escape in a text"))
                .help("write two backslashes for one: in a pattern, a dot is `\\\\.`"));
        };
        rest = escape.get(bytes..).unwrap_or("");
    }
    out.extend_from_slice(rest.as_bytes());
    Ok(String::from_utf8_lossy(&out).into_owned())
}

/// Reads one escape, which `text` begins with; gives its bytes.
fn unescape(text: &str, quote: char, out: &mut Vec<u8>) -> Option<usize> {
    let kind = text.chars().nth(1)?;
    let plain = match kind {
        'a' => 7,
        'b' => 8,
        'f' => 12,
        'n' => b'\n',
        'r' => b'\r',
        't' => b'\t',
        'v' => 11,
        '\\' => b'\\',
        '\'' | '"' if kind == quote => u8::try_from(kind).ok()?,
        '0'..='7' => return coded(text, 1, 3, 8, out),
        'x' => return coded(text, 2, 2, 16, out),
        'u' => return coded(text, 2, 4, 16, out),
        'U' => return coded(text, 2, 8, 16, out),
        _ => return None,
    };
    out.push(plain);
    Some(2)
}

/// An escape by number: a byte when it has up to three digits, else a character.
fn coded(text: &str, from: usize, digits: usize, radix: u32, out: &mut Vec<u8>) -> Option<usize> {
    let number = text.get(from..from + digits)?;
    let is_digits = number.chars().all(|c| c.is_digit(radix));
    let code = u32::from_str_radix(number, radix).ok().filter(|_| is_digits)?;
    if digits <= 3 {
        out.push(u8::try_from(code).ok()?);
    } else {
        out.extend_from_slice(char::from_u32(code)?.encode_utf8(&mut [0; 4]).as_bytes());
    }
    Some(from + digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_those_of_go() {
        for (quoted, says) in [
            (r#""a\"b""#, "a\"b"),
            (r"'a\'b'", "a'b"),
            (r#"'a"b'"#, "a\"b"),
            (r"`a\nb`", "a\\nb"),
            (r#""\x41\101\u0041\U00000041\n\\""#, "AAAA\n\\"),
            (r#""\xe2\x82\xac""#, "€"),
        ] {
            assert_eq!(unquote(quoted, &(0..quoted.len())), Ok(says.to_owned()), "{quoted}");
        }
        for quoted in [r#""\d""#, r#""\'""#, r#""\x4""#, r#""\u12""#, r#""\ud800""#, r#""\400""#, r#""\é""#] {
            assert!(unquote(quoted, &(0..quoted.len())).is_err(), "{quoted}");
        }
    }
}
