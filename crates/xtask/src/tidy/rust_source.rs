//! Looks at Rust text as far as the rules need: comments and text blanked, tests apart from production code.

/// Whether the whole file is about tests.
pub(crate) fn is_test(path: &str) -> bool {
    path.split('/').any(|part| part == "tests" || part == "tests.rs")
}

/// How many lines come before the tests at the foot of the file.
///
/// Units: lines.
pub(crate) fn production_lines(text: &str) -> usize {
    let code = code_only(text);
    let is_foot = |at: &usize| {
        let item = code.get(at + TEST_ATTRIBUTE.len()..).unwrap_or_default();
        after_attributes(item).starts_with("mod tests {")
    };
    let foot = code.match_indices(TEST_ATTRIBUTE).map(|(at, _)| at).find(is_foot);
    match foot {
        Some(at) => code.get(..at).unwrap_or_default().matches('\n').count(),
        None => text.lines().count(),
    }
}

const TEST_ATTRIBUTE: &str = "#[cfg(test)]";

fn after_attributes(item: &str) -> &str {
    let item = item.trim_start();
    match item.strip_prefix("#[").and_then(|attribute| attribute.split_once("]\n")) {
        Some((_, rest)) => after_attributes(rest),
        None => item,
    }
}

/// The same lines, with comments and the insides of text and character literals as blanks.
pub(crate) fn code_only(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let in_word = code.chars().next_back().is_some_and(is_word_letter);
        match not_code(rest, in_word) {
            0 => {
                code.push(letter);
                rest = rest.get(letter.len_utf8()..).unwrap_or_default();
            }
            length => {
                let (hidden, after) = rest.split_at(length);
                code.extend(hidden.chars().map(|letter| if letter == '\n' { '\n' } else { ' ' }));
                rest = after;
            }
        }
    }
    code
}

/// The length in bytes of the comment or literal that `rest` begins with; 0 when it begins with code.
fn not_code(rest: &str, in_word: bool) -> usize {
    if rest.starts_with("//") {
        rest.find('\n').unwrap_or(rest.len())
    } else if rest.starts_with("/*") {
        block_comment(rest)
    } else if rest.starts_with('"') {
        1 + until_unescaped(rest.get(1..).unwrap_or_default(), '"')
    } else if rest.starts_with('\'') {
        character(rest)
    } else if in_word {
        0
    } else {
        raw_text(rest)
    }
}

fn block_comment(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut letters = rest.char_indices();
    while let Some((at, _)) = letters.next() {
        let here = rest.get(at..).unwrap_or_default();
        if here.starts_with("/*") {
            depth += 1;
            letters.next();
        } else if here.starts_with("*/") {
            depth -= 1;
            letters.next();
            if depth == 0 {
                return at + 2;
            }
        }
    }
    rest.len()
}

/// The length up to and including the closing quote.
fn until_unescaped(inside: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in inside.char_indices() {
        if letter == quote && !escaped {
            return at + 1;
        }
        escaped = letter == '\\' && !escaped;
    }
    inside.len()
}

/// A character literal, told from a lifetime by its closing quote.
fn character(rest: &str) -> usize {
    let inside = rest.get(1..).unwrap_or_default();
    let Some(first) = inside.chars().next() else { return 0 };
    if first == '\\' {
        1 + until_unescaped(inside, '\'')
    } else if inside.get(first.len_utf8()..).is_some_and(|after| after.starts_with('\'')) {
        first.len_utf8() + 2
    } else {
        0
    }
}

fn raw_text(rest: &str) -> usize {
    let start = rest.strip_prefix(['b', 'c']).unwrap_or(rest);
    let Some(opening) = start.strip_prefix('r') else { return 0 };
    let hashes = opening.bytes().take_while(|byte| *byte == b'#').count();
    let Some(inside) = opening.get(hashes..).and_then(|quoted| quoted.strip_prefix('"')) else { return 0 };
    let closing = format!("\"{}", "#".repeat(hashes));
    let end = inside.find(&closing).map_or(inside.len(), |at| at + closing.len());
    rest.len() - inside.len() + end
}

/// The same lines, with every item under `#[cfg(test)]` as blanks. Takes what [`code_only`] returns.
pub(crate) fn without_tests(code: &str) -> String {
    let mut kept = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = ["#[cfg(test)]", "#[cfg(all(test,"].iter().filter_map(|needle| rest.find(needle)).min() {
        let (before, item) = rest.split_at(at);
        kept.push_str(before);
        let (test, after) = item.split_at(attribute_and_item(item));
        kept.extend(test.chars().map(|letter| if letter == '\n' { '\n' } else { ' ' }));
        rest = after;
    }
    kept.push_str(rest);
    kept
}

/// The length of an attribute and what it stands on: up to a semicolon or a closing brace outside all brackets.
fn attribute_and_item(item: &str) -> usize {
    let mut depth = 0_i32;
    for (at, letter) in item.char_indices() {
        match letter {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        let ends = (letter == ';' || letter == '}') && depth == 0;
        if ends || depth < 0 {
            return at + 1;
        }
    }
    item.len()
}

/// Whether the line has the needle as words of its own, not as part of longer ones.
pub(crate) fn finds_word(line: &str, needle: &str) -> bool {
    line.match_indices(needle).any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        let after = line.get(at + needle.len()..).and_then(|after| after.chars().next());
        !before.is_some_and(is_word_letter) && !after.is_some_and(is_word_letter)
    })
}

fn is_word_letter(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests;
