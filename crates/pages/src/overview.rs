//! The overview: what is broken, who suffers, who has it, what changed.

use askama::Template;

use crate::{Asked, Frame, Section, Shown};

#[derive(Debug, Template)]
#[template(path = "overview.html", whitespace = "minimize")]
struct Overview {
    frame: Frame,
}

pub(crate) fn show(asked: &Asked<'_>) -> Shown {
    Shown::page(Overview { frame: asked.frame(Section::Overview, "Overview") })
}
