//! Pages as lines and fenced blocks.

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A line of prose.
    Line(String),
    /// A fenced block.
    Block {
        /// The back-ticks.
        fence: String,
        /// What stands behind them, such as `yaml shop.yml`.
        info: String,
        /// The lines between, each with its end.
        body: String,
    },
}

impl Piece {
    /// The path and the text, when it is a file of the example.
    pub(crate) fn file(&self) -> Option<(&str, &str)> {
        let Self::Block { info, body, .. } = self else { return None };
        info.split_once(' ').map(|(_, path)| (path.trim(), body.as_str()))
    }

    /// Whether this is the heading.
    pub(crate) fn heads(&self, heading: &str) -> bool {
        matches!(self, Self::Line(line) if line == heading)
    }
}

/// The pieces of a page; a block that does not end ends with the page.
pub(crate) fn pieces(page: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let ticks = line.len() - line.trim_start_matches('`').len();
        if ticks < 3 {
            pieces.push(Piece::Line(line.to_owned()));
            continue;
        }
        let (fence, info) = line.split_at(ticks);
        let body = lines.by_ref().take_while(|line| *line != fence).map(|line| format!("{line}\n")).collect();
        pieces.push(Piece::Block { fence: fence.to_owned(), info: info.to_owned(), body });
    }
    pieces
}

/// The page again.
pub(crate) fn page(pieces: &[Piece]) -> String {
    let one = |piece: &Piece| match piece {
        Piece::Line(line) => format!("{line}\n"),
        Piece::Block { fence, info, body } => format!("{fence}{info}\n{body}{fence}\n"),
    };
    pieces.iter().map(one).collect()
}

/// The pieces of the section with this heading, up to the next heading of its level.
pub(crate) fn section<'a>(pieces: &'a [Piece], heading: &str) -> Option<&'a [Piece]> {
    let start = pieces.iter().position(|piece| piece.heads(heading))? + 1;
    let rest = pieces.get(start..)?;
    let end = rest.iter().position(|piece| matches!(piece, Piece::Line(line) if line.starts_with("## ")));
    rest.get(..end.unwrap_or(rest.len()))
}
