//! Documents of ours, several to a file, with comments.

use crate::ImportedFile;
use crate::emit::{Map, Value, comment_lines};

/// One document.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub(crate) kind: &'static str,
    pub(crate) name: String,
    pub(crate) owner: Option<String>,
    pub(crate) spec: Map,
    /// What to know about it; stands above it.
    pub(crate) comments: Vec<String>,
}

impl Document {
    fn text(&self) -> String {
        let metadata = Map::new().with("name", self.name.as_str()).with_some("owner", self.owner.as_deref());
        let map = Map::new()
            .with("apiVersion", "evenkeel/v1")
            .with("kind", self.kind)
            .with("metadata", Value::Flow(metadata))
            .with("spec", self.spec.clone());
        commented(&self.comments, &map.to_text())
    }
}

/// A text with comments above it.
pub(crate) fn commented(comments: &[String], text: &str) -> String {
    let lines = comments.iter().flat_map(|comment| comment_lines(comment));
    lines.fold(String::new(), |above, line| above + &line + "\n") + text
}

/// The file of some documents, with what it is about at its head; none when there are none.
pub(crate) fn file(path: &str, about: &str, documents: &[Document]) -> Option<ImportedFile> {
    if documents.is_empty() {
        return None;
    }
    let texts: Vec<String> = documents.iter().map(Document::text).collect();
    let text = commented(&[about.to_owned()], &format!("\n{}", texts.join("---\n")));
    Some(ImportedFile { path: path.to_owned(), text })
}
