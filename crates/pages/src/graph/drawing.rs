//! A graph as SVG: two columns beside a trunk, so that names can be read on a phone.
//!
//! Arrows lead to what is stood on. What fails with it is drawn whole, what only gets worse is dashed. Nothing is told by
//! colour alone: shapes tell severities, and all of it stands in words beside it.

use askama::Template;

use super::{Graph, Node, Side};
use crate::incident_named::{cut, linked};
use crate::mark::Mark;

const WIDTH: u32 = 400;
const BOX_WIDTH: u32 = 178;
const BOX_HEIGHT: u32 = 36;
const ROW: u32 = 46;
const TRUNK: u32 = WIDTH / 2;
/// Between a side and the middle.
const APART: u32 = 22;
/// Above the first row: what the side is.
const HEADING: u32 = 24;
/// So many characters fit into a box.
const NAME_MAX: usize = 17;

/// A graph, drawn. Its text is SVG and links, escaped already.
#[derive(Debug, Template)]
#[template(path = "graph.html", whitespace = "minimize")]
pub(crate) struct Drawing {
    /// What the drawing is called.
    title: String,
    height: u32,
    headings: Vec<Heading>,
    trunks: Vec<Trunk>,
    boxes: Vec<Drawn>,
    words: Vec<String>,
}

#[derive(Debug)]
struct Heading {
    y: u32,
    text: String,
}

#[derive(Debug)]
struct Trunk {
    from: u32,
    to: u32,
}

/// One workload, where it stands.
#[derive(Debug)]
struct Drawn {
    name: String,
    whole: String,
    href: Option<String>,
    mark: Mark,
    here: bool,
    x: u32,
    y: u32,
    width: u32,
    /// The line to the trunk, with where its arrow points.
    edge: Option<Edge>,
}

#[derive(Debug)]
struct Edge {
    from: u32,
    to: u32,
    y: u32,
    hard: bool,
    arrow: String,
}

impl Drawing {
    /// Draws a graph; `root` leads from the page to the root of the site.
    pub(crate) fn of(graph: &Graph, root: &str) -> Self {
        let mut drawing = Self {
            title: format!("What {} stands on, and what stands on it", graph.middle.name),
            height: 0,
            headings: Vec::new(),
            trunks: Vec::new(),
            boxes: Vec::new(),
            words: graph.words(),
        };
        let above = drawing.side(&graph.above, 0, root, Lies::Above);
        let middle = if above == 0 { 2 } else { above + APART };
        if above > 0 {
            drawing.trunks.push(Trunk { from: HEADING, to: middle });
        }
        let width = BOX_WIDTH + 20;
        let place = Place { x: TRUNK - width / 2, y: middle, width };
        drawing.boxes.push(drawn(&graph.middle, &place, root, None));
        let end = middle + BOX_HEIGHT;
        let below = drawing.side(&graph.below, end + APART / 2, root, Lies::Below);
        if below > end + APART / 2 {
            drawing.trunks.push(Trunk { from: end, to: below - ROW / 2 });
            drawing.height = below + 2;
        } else {
            drawing.height = end + 2;
        }
        drawing
    }

    /// Draws a side from `top` on; gives where it ends, `top` where there is nothing.
    fn side(&mut self, side: &Side, top: u32, root: &str, lies: Lies) -> u32 {
        if side.nodes.is_empty() {
            return top;
        }
        let what = match lies {
            Lies::Above => "Stands on it",
            Lies::Below => "It stands on",
        };
        let more = if side.more > 0 { format!(" (and {} more)", side.more) } else { String::new() };
        self.headings.push(Heading { y: top + 15, text: format!("{what}{more}") });
        let mut y = top + HEADING;
        for (index, node) in side.nodes.iter().enumerate() {
            let left = index % 2 == 0;
            let x = if left { 1 } else { WIDTH - BOX_WIDTH - 1 };
            let line = y + BOX_HEIGHT / 2;
            self.boxes.push(drawn(node, &Place { x, y, width: BOX_WIDTH }, root, Some(edge(node, left, line, lies))));
            if !left {
                y += ROW;
            }
        }
        if side.nodes.len() % 2 == 1 { y + ROW } else { y }
    }
}

#[derive(Debug, Clone, Copy)]
enum Lies {
    Above,
    Below,
}

struct Place {
    x: u32,
    y: u32,
    width: u32,
}

/// From a box to the trunk: an arrow leads to what is stood on.
fn edge(node: &Node, left: bool, y: u32, lies: Lies) -> Edge {
    let beside = if left { BOX_WIDTH + 1 } else { WIDTH - BOX_WIDTH - 1 };
    let to_box = matches!(lies, Lies::Below);
    let (tip, back) = match (to_box, left) {
        (true, true) => (beside, beside + 7),
        (true, false) => (beside, beside - 7),
        (false, true) => (TRUNK, TRUNK - 7),
        (false, false) => (TRUNK, TRUNK + 7),
    };
    let arrow = format!("M{tip} {y}L{back} {}V{}z", y - 4, y + 4);
    Edge { from: beside, to: TRUNK, y, hard: node.hard, arrow }
}

fn drawn(node: &Node, place: &Place, root: &str, edge: Option<Edge>) -> Drawn {
    let Place { x, y, width } = *place;
    let counted = if node.open > 1 { format!(" ×{}", node.open) } else { String::new() };
    let name = format!("{}{counted}", cut(&node.name, NAME_MAX - counted.chars().count()));
    Drawn {
        name,
        whole: format!("{}: {}", cut(&node.name, 200), node.said()),
        href: linked(root, "/workloads/{name}", &node.name),
        mark: node.mark(),
        here: edge.is_none(),
        x,
        y,
        width,
        edge,
    }
}
