//! Values as YAML that people would have written: block style, short lists on one line, comments above keys.
//!
//! Written for documents of ours: what is written reads back as the same values, whatever the text in them.

mod scalar;

pub(crate) use scalar::scalar;

/// A list longer than this is written one item a line.
const FLOW_CHARS_MAX: usize = 90;
/// Comments are wrapped at this column.
const COMMENT_CHARS_MAX: usize = 110;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Text(String),
    Whole(u64),
    Bool(bool),
    List(Vec<Value>),
    Map(Map),
    /// A mapping of scalars on one line.
    Flow(Map),
}

/// A mapping in the order in which it is written.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Map(Vec<Entry>);

#[derive(Debug, Clone, PartialEq)]
struct Entry {
    comments: Vec<String>,
    key: String,
    value: Value,
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Map> for Value {
    fn from(map: Map) -> Self {
        Self::Map(map)
    }
}

impl<T: Into<Self>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

impl Map {
    /// A mapping without entries.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds an entry.
    pub(crate) fn with(self, key: &str, value: impl Into<Value>) -> Self {
        self.with_comments(key, Vec::new(), value)
    }

    /// Adds an entry when there is a value.
    pub(crate) fn with_some(self, key: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// Adds an entry with comments above it.
    pub(crate) fn with_comments(mut self, key: &str, comments: Vec<String>, value: impl Into<Value>) -> Self {
        self.0.push(Entry { comments, key: key.to_owned(), value: value.into() });
        self
    }

    /// Adds the entries of another mapping.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// The text, one line an entry or more.
    pub(crate) fn to_text(&self) -> String {
        self.lines().into_iter().fold(String::new(), |text, line| text + line.trim_end() + "\n")
    }

    fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for Entry { comments, key, value } in &self.0 {
            lines.extend(comments.iter().flat_map(|comment| comment_lines(comment)));
            let key = scalar(key);
            match value.on_one_line() {
                Some(text) => lines.push(format!("{key}: {text}")),
                None => {
                    lines.push(format!("{key}:"));
                    lines.extend(value.lines().into_iter().map(|line| format!("  {line}")));
                }
            }
        }
        lines
    }
}

impl Value {
    fn on_one_line(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(scalar(text)),
            Self::Whole(number) => Some(number.to_string()),
            Self::Bool(value) => Some(value.to_string()),
            Self::List(items) => {
                let items: Option<Vec<String>> = items.iter().map(Self::on_one_line).collect();
                let text = format!("[{}]", items?.join(", "));
                (text.chars().count() <= FLOW_CHARS_MAX || text == "[]").then_some(text)
            }
            Self::Map(Map(entries)) => entries.is_empty().then(|| "{}".to_owned()),
            Self::Flow(Map(entries)) => {
                let pair = |entry: &Entry| Some(format!("{}: {}", scalar(&entry.key), entry.value.on_one_line()?));
                let pairs: Option<Vec<String>> = entries.iter().map(pair).collect();
                pairs
                    .map(|pairs| if pairs.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", pairs.join(", ")) })
            }
        }
    }

    fn lines(&self) -> Vec<String> {
        match self {
            Self::Text(_) | Self::Whole(_) | Self::Bool(_) => self.on_one_line().into_iter().collect(),
            Self::List(items) => items.iter().flat_map(Self::item_lines).collect(),
            Self::Map(map) | Self::Flow(map) => map.lines(),
        }
    }

    /// As an item of a block list. What stands above the first key stands above the item.
    fn item_lines(&self) -> Vec<String> {
        let lines = self.on_one_line().map_or_else(|| self.lines(), |text| vec![text]);
        let mut first = true;
        let item = |line: String| {
            let above = first && line.starts_with('#');
            let indent = if above {
                ""
            } else if first {
                "- "
            } else {
                "  "
            };
            first &= above;
            format!("{indent}{line}")
        };
        lines.into_iter().map(item).collect()
    }
}

/// Lines of comment; what cannot stand in one is replaced.
pub(crate) fn comment_lines(text: &str) -> Vec<String> {
    text.split('\n').flat_map(|line| wrapped(&scalar::printable(line))).collect()
}

fn wrapped(line: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut current = String::from("#");
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        let grown = current.chars().count() + 1 + word.chars().count();
        if grown > COMMENT_CHARS_MAX && current.len() > 1 {
            lines.push(std::mem::replace(&mut current, String::from("#")));
        }
        current.push(' ');
        current.push_str(word);
    }
    lines.push(current);
    lines
}

#[cfg(test)]
mod tests;
