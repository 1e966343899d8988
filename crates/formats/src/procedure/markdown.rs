//! A Markdown page in outline: anchors, links, and the fenced blocks that may be steps.

use std::ops::Range;

use evenkeel_diagnostic::{SourceId, Spanned, Written};
use evenkeel_model::document::Text;
use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::address::bare_addresses;
use super::anchor::Anchors;
use super::html::{Found, html};
use super::place::{offset, place};

/// What matters of a page.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// The first heading.
    pub(super) title: Option<Text>,
    pub(super) anchors: Vec<Box<str>>,
    pub(super) links: Vec<Text>,
    /// Labels that nothing defines.
    pub(super) undefined: Vec<Text>,
    /// Fenced blocks with something behind the fence, when they were asked for.
    pub(super) blocks: Vec<Block>,
}

/// A fenced block.
#[derive(Debug)]
pub(crate) struct Block {
    /// What stands behind the fence, and where.
    pub(crate) info: Text,
    pub(super) heading: Option<Box<str>>,
    pub(super) body: String,
    /// Shape: offset in the body, offset in the file.
    pub(super) runs: Vec<(u32, u32)>,
    /// From fence to fence, in the file.
    pub(crate) range: Range<usize>,
    pub(super) source: SourceId,
    /// Whether there is a fence at its end.
    pub(crate) closed: bool,
}

impl Block {
    /// What stands between the fences.
    pub(crate) fn written(&self) -> Written {
        let start = self.runs.first().map_or(self.range.end, |(_, at)| usize::try_from(*at).unwrap_or(usize::MAX));
        let span = place(self.source, start.min(self.range.end)..self.range.end);
        Written::new(self.body.as_str(), span, self.runs.clone())
    }
}

/// Reads a page from an offset on.
pub(super) fn outline(source: SourceId, file: &str, begin: usize, blocks: bool) -> Outline {
    let text = file.get(begin..).unwrap_or("");
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM;
    let mut undefined: Vec<(Range<usize>, String)> = Vec::new();
    let missing = |link: BrokenLink<'_>| {
        if is_meant_as_link(text, &link) {
            undefined.push((link.span, link.reference.to_string()));
        }
        None
    };
    let parser = Parser::new_with_broken_link_callback(text, options, Some(missing));
    let definitions: Vec<(Range<usize>, String)> = parser
        .reference_definitions()
        .iter()
        .map(|(_, definition)| (definition.span.clone(), definition.dest.to_string()))
        .collect();
    let mut walk = Walk { source, text, begin, blocks, ..Walk::new() };
    for (event, range) in parser.into_offset_iter() {
        walk.event(event, range);
    }
    walk.end_of_run();
    for (range, to) in definitions.into_iter().filter(|(_, to)| !to.is_empty()) {
        walk.link(to, range);
    }
    undefined.sort_by_key(|(range, _)| range.start);
    undefined.dedup_by(|again, first| again.0 == first.0);
    let label = |(range, label): (Range<usize>, String)| walk.spanned(label, range);
    let undefined = undefined.into_iter().map(label).collect();
    let mut links = walk.links;
    links.sort_by_key(|link| link.span.start);
    Outline { title: walk.title, anchors: walk.anchors.into_made(), links, undefined, blocks: walk.found }
}

/// `[text][label]` and `[text][]` are meant as links; `[text]` alone may be anything, and so may `array[i][j]`.
fn is_meant_as_link(text: &str, link: &BrokenLink<'_>) -> bool {
    let written = text.get(link.span.clone()).unwrap_or("");
    let before = text.get(..link.span.start).and_then(|before| before.chars().next_back());
    let worded = written.as_bytes().windows(2).any(|pair| pair.iter().all(u8::is_ascii_alphabetic));
    let in_a_word = before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ']' | ')' | '\\' | '$'));
    matches!(link.link_type, LinkType::Reference | LinkType::Collapsed)
        && worded
        && !in_a_word
        && !link.reference.starts_with('^')
}

/// What HTML or prose stretches over several events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Run {
    Html,
    Prose,
}

struct Walk<'a> {
    source: SourceId,
    text: &'a str,
    begin: usize,
    blocks: bool,
    title: Option<Text>,
    anchors: Anchors,
    links: Vec<Text>,
    found: Vec<Block>,
    heading: Option<String>,
    last_heading: Option<Box<str>>,
    block: Option<Block>,
    code: bool,
    /// How many links and images are open.
    in_links: usize,
    in_images: usize,
    run: Option<(Run, Range<usize>)>,
}

impl<'a> Walk<'a> {
    fn new() -> Self {
        Self {
            source: SourceId(0),
            text: "",
            begin: 0,
            blocks: false,
            title: None,
            anchors: Anchors::default(),
            links: Vec::new(),
            found: Vec::new(),
            heading: None,
            last_heading: None,
            block: None,
            code: false,
            in_links: 0,
            in_images: 0,
            run: None,
        }
    }

    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.prose(&text, range),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.title_text(&text),
            Event::Html(_) | Event::InlineHtml(_) => self.stretch(Run::Html, range),
            Event::SoftBreak | Event::HardBreak => self.title_text(" "),
            Event::FootnoteReference(_) | Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the parser's list is long: what neither links nor names is skipped"
    )]
    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        match tag {
            Tag::Heading { .. } => {
                self.end_of_run();
                self.heading = Some(String::new());
            }
            Tag::CodeBlock(kind) => self.code_block(&kind, range),
            Tag::Link { link_type, dest_url, .. } => {
                self.in_links += 1;
                self.destination(link_type, dest_url.into_string(), range);
            }
            Tag::Image { link_type, dest_url, .. } => {
                self.in_links += 1;
                self.in_images += 1;
                self.destination(link_type, dest_url.into_string(), range);
            }
            Tag::FootnoteDefinition(label) => {
                self.anchors.explicit(&format!("fn-{label}"));
                self.anchors.explicit(&format!("fnref-{label}"));
            }
            _ => {}
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "as above")]
    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Heading(_) => self.end_of_heading(range),
            TagEnd::CodeBlock => {
                self.code = false;
                self.found.extend(self.block.take());
            }
            TagEnd::Link => self.in_links = self.in_links.saturating_sub(1),
            TagEnd::Image => {
                self.in_links = self.in_links.saturating_sub(1);
                self.in_images = self.in_images.saturating_sub(1);
            }
            _ => {}
        }
    }

    fn end_of_heading(&mut self, range: Range<usize>) {
        self.end_of_run();
        let Some(heading) = self.heading.take() else { return };
        self.anchors.heading(&heading);
        if self.title.is_none() {
            let written = self.text.get(range.clone()).unwrap_or("").trim_end();
            let range = range.start..range.start + written.len();
            self.title = Some(self.spanned(heading.clone(), range));
        }
        self.last_heading = Some(heading.into());
    }

    fn title_text(&mut self, text: &str) {
        if let Some(heading) = self.heading.as_mut().filter(|_| self.in_images == 0) {
            heading.push_str(text);
        }
    }

    fn prose(&mut self, text: &str, range: Range<usize>) {
        if let Some(block) = &mut self.block {
            block.runs.push((offset(block.body.len()), offset(self.begin + range.start)));
            block.body.push_str(text);
        }
        if self.code {
            return;
        }
        self.title_text(text);
        if self.in_links == 0 {
            self.stretch(Run::Prose, range);
        }
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>, range: Range<usize>) {
        self.code = true;
        let fenced = matches!(kind, CodeBlockKind::Fenced(info) if !info.is_empty());
        if !fenced || !self.blocks {
            return;
        }
        let written = self.text.get(range.clone()).unwrap_or("");
        let line = written.split('\n').next().unwrap_or("");
        let sign = if line.trim_start().starts_with('~') { '~' } else { '`' };
        let info = line.trim_start().trim_start_matches(sign);
        let fence = line.len() - info.len();
        let info = info.trim_end();
        let start = range.start + fence + (info.len() - info.trim_start().len());
        let info = info.trim_start();
        let last = written.trim_end().rsplit('\n').next().unwrap_or("");
        let last = last.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
        let width = line.trim_start().chars().take_while(|c| *c == sign).count();
        let closed =
            written.trim_end().contains('\n') && last.chars().all(|c| c == sign) && last.chars().count() >= width;
        self.block = Some(Block {
            info: self.spanned(info.to_owned(), start..start + info.len()),
            heading: self.last_heading.clone(),
            body: String::new(),
            runs: Vec::new(),
            range: self.begin + range.start..self.begin + range.end,
            source: self.source,
            closed,
        });
    }

    /// A link that is written out here; of one by a label the definition counts.
    fn destination(&mut self, sort: LinkType, to: String, range: Range<usize>) {
        match sort {
            LinkType::Inline | LinkType::Autolink => self.link(to, range),
            LinkType::Email
            | LinkType::Reference
            | LinkType::ReferenceUnknown
            | LinkType::Collapsed
            | LinkType::CollapsedUnknown
            | LinkType::Shortcut
            | LinkType::ShortcutUnknown
            | LinkType::WikiLink { .. } => {}
        }
    }

    /// Keeps a link at the narrowest place that shows where it leads.
    fn link(&mut self, to: String, range: Range<usize>) {
        let written = self.text.get(range.clone()).unwrap_or("");
        let behind = written.rfind("](").map_or(0, |at| at + 2);
        let found = written.get(behind..).and_then(|rest| rest.find(&to)).map(|at| at + behind);
        let found = found.or_else(|| written.rfind(&to)).filter(|_| !to.is_empty());
        let range = found.map_or_else(
            || range.start..range.start + written.trim_end().len(),
            |at| range.start + at..range.start + at + to.len(),
        );
        let link = self.spanned(to, range);
        self.links.push(link);
    }

    /// Adds to the run of the same sort that ends here, or begins a new one.
    fn stretch(&mut self, sort: Run, range: Range<usize>) {
        match &mut self.run {
            Some((open, known)) if *open == sort && known.end == range.start => known.end = range.end,
            Some(_) | None => {
                self.end_of_run();
                self.run = Some((sort, range));
            }
        }
    }

    fn end_of_run(&mut self) {
        let Some((sort, range)) = self.run.take() else { return };
        let written = self.text.get(range.clone()).unwrap_or("");
        let inside = |part: Range<usize>| range.start + part.start..range.start + part.end;
        if sort == Run::Prose {
            for address in bare_addresses(written) {
                let to = written.get(address.clone()).unwrap_or("").to_owned();
                let link = self.spanned(to, inside(address));
                self.links.push(link);
            }
            return;
        }
        for found in html(written) {
            match found {
                Found::Link(to, part) => {
                    let link = self.spanned(to, inside(part));
                    self.links.push(link);
                }
                Found::Anchor(name) => self.anchors.explicit(&name),
                Found::Heading(title) => self.anchors.heading(&title),
            }
        }
    }

    fn spanned(&self, text: String, range: Range<usize>) -> Text {
        let range = self.begin + range.start..self.begin + range.end;
        Spanned::new(text.into(), place(self.source, range))
    }
}
