//! What a pattern takes, where it can be said without running it: alternatives, each a text or a beginning.

/// So many alternatives are looked at; a pattern with more is not looked into.
const ALTERNATIVES_MAX: usize = 256;
/// Groups that are multiplied out.
const GROUPS_MAX: usize = 16;
/// Longer patterns are not looked into.
const BYTES_MAX: usize = 4 << 10;

/// The values that are a text, or begin with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    text: String,
    tail: Tail,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tail {
    /// Nothing follows.
    Nothing,
    /// `.*`
    Anything,
    /// `.+`
    Something,
}

impl Piece {
    pub(super) fn exact(text: &str) -> Self {
        Self { text: text.to_owned(), tail: Tail::Nothing }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn is_exact(&self) -> bool {
        self.tail == Tail::Nothing
    }

    pub(super) fn is_everything(&self) -> bool {
        self.text.is_empty() && self.tail == Tail::Anything
    }

    pub(super) fn is_anything_but_empty(&self) -> bool {
        self.text.is_empty() && self.tail == Tail::Something
    }

    pub(super) fn takes(&self, value: &str) -> bool {
        match self.tail {
            Tail::Nothing => value == self.text,
            Tail::Anything => value.starts_with(&self.text),
            Tail::Something => value.starts_with(&self.text) && value.len() > self.text.len(),
        }
    }

    /// Whether it takes everything that the other takes.
    pub(super) fn covers(&self, other: &Self) -> bool {
        match (self.tail, other.tail) {
            (_, Tail::Nothing) => self.takes(&other.text),
            (Tail::Nothing, Tail::Anything | Tail::Something) => false,
            (Tail::Anything, Tail::Anything | Tail::Something) | (Tail::Something, Tail::Something) => {
                other.text.starts_with(&self.text)
            }
            (Tail::Something, Tail::Anything) => self.takes(&other.text),
        }
    }

    /// Some values that it takes, and some near them.
    pub(super) fn samples(&self) -> [String; 3] {
        [self.text.clone(), format!("{}x", self.text), format!("{}\u{fffd}none", self.text)]
    }
}

/// Whether nothing is taken by both.
pub(super) fn disjoint(a: &Piece, b: &Piece) -> bool {
    if a.is_exact() {
        return !b.takes(&a.text);
    }
    if b.is_exact() {
        return !a.takes(&b.text);
    }
    !a.text.starts_with(&b.text) && !b.text.starts_with(&a.text)
}

/// What a pattern takes; `None` when it has more in it than texts, alternatives, groups, and `.*` or `.+` at an end.
pub(super) fn pieces(pattern: &str) -> Option<Vec<Piece>> {
    if pattern.len() > BYTES_MAX {
        return None;
    }
    let mut reader = Reader { rest: pattern.chars().peekable(), groups: 0 };
    let found = reader.alternatives()?;
    reader.rest.next().is_none().then_some(found)
}

struct Reader<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    groups: usize,
}

impl Reader<'_> {
    /// Up to the end, or to the `)` of the group.
    fn alternatives(&mut self) -> Option<Vec<Piece>> {
        let mut found = self.sequence()?;
        while self.rest.next_if_eq(&'|').is_some() {
            found.extend(self.sequence()?);
            if found.len() > ALTERNATIVES_MAX {
                return None;
            }
        }
        Some(found)
    }

    fn sequence(&mut self) -> Option<Vec<Piece>> {
        let mut found = vec![Piece::exact("")];
        while let Some(next) = self.rest.peek().copied().filter(|next| !matches!(next, '|' | ')')) {
            let atom = match next {
                '(' => self.group()?,
                '.' => vec![Piece { text: String::new(), tail: self.tail()? }],
                _ => vec![Piece { text: self.text()?, tail: Tail::Nothing }],
            };
            if matches!(self.rest.peek(), Some('*' | '+' | '?' | '{')) {
                return None;
            }
            found = joined(&found, &atom)?;
        }
        Some(found)
    }

    /// Characters that stand for themselves, as many as there are.
    fn text(&mut self) -> Option<String> {
        let mut text = String::new();
        while let Some(next) = self.rest.next_if(|next| !matches!(next, '|' | '(' | ')' | '.')) {
            match next {
                '\\' => text.push(self.rest.next().filter(char::is_ascii_punctuation)?),
                '[' | ']' | '{' | '}' | '*' | '+' | '?' | '^' | '$' => return None,
                plain => text.push(plain),
            }
        }
        Some(text)
    }

    fn group(&mut self) -> Option<Vec<Piece>> {
        self.rest.next();
        if self.rest.next_if_eq(&'?').is_some() {
            self.rest.next_if_eq(&':')?;
        }
        self.groups += 1;
        if self.groups > GROUPS_MAX {
            return None;
        }
        let found = self.alternatives()?;
        self.rest.next_if_eq(&')')?;
        Some(found)
    }

    fn tail(&mut self) -> Option<Tail> {
        self.rest.next();
        match self.rest.next()? {
            '*' => Some(Tail::Anything),
            '+' => Some(Tail::Something),
            _ => None,
        }
    }
}

/// Each of the first with each of the others behind it.
fn joined(first: &[Piece], then: &[Piece]) -> Option<Vec<Piece>> {
    if first.len() * then.len() > ALTERNATIVES_MAX || !first.iter().all(Piece::is_exact) {
        return None;
    }
    let each =
        first.iter().flat_map(|a| then.iter().map(|b| Piece { text: format!("{}{}", a.text, b.text), tail: b.tail }));
    Some(each.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pattern: &str) -> Option<Vec<String>> {
        let tail = |piece: &Piece| match piece.tail {
            Tail::Nothing => "",
            Tail::Anything => ".*",
            Tail::Something => ".+",
        };
        pieces(pattern).map(|all| all.iter().map(|piece| format!("{}{}", piece.text, tail(piece))).collect())
    }

    #[test]
    fn alternatives_and_groups_are_multiplied_out() {
        let of = |texts: &[&str]| Some(texts.iter().map(|&text| text.to_owned()).collect());
        assert_eq!(shown("page|critical"), of(&["page", "critical"]));
        assert_eq!(shown("(?:a|b)-(1|2.*)|"), of(&["a-1", "a-2.*", "b-1", "b-2.*", ""]));
        assert_eq!(shown(r"db\.eu.+"), of(&["db.eu.+"]));
        assert_eq!(shown(".*"), of(&[".*"]));
    }

    #[test]
    fn what_has_more_in_it_is_not_looked_into() {
        for pattern in
            ["a?", "[ab]", r"\d", "a.b", ".*a", "^a$", "(a|b)+", "(?i)a", "a.*?", "(a", "a)", "a{2}", "(.*)b"]
        {
            assert_eq!(shown(pattern), None, "{pattern}");
        }
        assert_eq!(shown(&"(a|b)".repeat(9)), None, "512 alternatives");
        assert_eq!(shown(&format!("{}a{}", "(".repeat(17), ")".repeat(17))), None, "17 groups");
    }
}
