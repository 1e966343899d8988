//! Writes the events of a Markdown text as HTML.

use std::fmt::Write;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

use super::Target;
use super::anchors::{Anchors, id};
use super::masked::masked;

/// A page is to be there at once: longer texts end here. Units: bytes.
const BYTES_MAX: usize = 32 << 10;
/// Headings are this deep at most in HTML.
const DEEPEST: usize = 6;

pub(super) struct Writer<'t> {
    out: String,
    /// The ends of what is open, the outermost first.
    open: Vec<&'static str>,
    anchors: std::vec::IntoIter<String>,
    title: &'t str,
    /// The first heading, while it is not known whether it says what the page is called.
    first: Option<(usize, String)>,
    began: bool,
    /// The levels, as written, of the heading that was last and those it stands under.
    headings: Vec<usize>,
    in_head: bool,
    in_link: bool,
    in_comment: bool,
    /// Nothing is written until what is open so deep ends.
    muted: Option<usize>,
}

impl<'t> Writer<'t> {
    pub(super) fn new(title: &'t str, anchors: Anchors) -> Self {
        Self {
            out: String::new(),
            open: Vec::new(),
            anchors: anchors.in_order.into_iter(),
            title,
            first: None,
            began: false,
            headings: Vec::new(),
            in_head: false,
            in_link: false,
            in_comment: false,
            muted: None,
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.out.len() > BYTES_MAX
    }

    /// The HTML, with all that is open ended.
    pub(super) fn done(mut self) -> String {
        let full = self.is_full();
        while let Some(end) = self.open.pop() {
            self.out.push_str(end);
        }
        if full {
            self.out.push_str("<p class=\"dim\">What follows is too long for this page.</p>\n");
        }
        self.out
    }

    pub(super) fn take(&mut self, event: Event<'_>, target: impl Fn(&str) -> Target) {
        match event {
            Event::Start(tag) => self.start(tag, target),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.raw("<code>");
                self.text(&text);
                self.raw("</code>");
            }
            Event::Html(text) | Event::InlineHtml(text) => self.foreign(&text),
            Event::FootnoteReference(text) => self.text(&text),
            Event::SoftBreak => self.raw("\n"),
            Event::HardBreak => self.raw("<br>"),
            Event::Rule => self.raw("<hr>\n"),
            Event::TaskListMarker(done) => self.raw(if done { "☑ " } else { "☐ " }),
        }
    }

    fn raw(&mut self, html: &str) {
        if self.muted.is_none() {
            self.out.push_str(html);
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, first)) = &mut self.first {
            first.push_str(text);
        }
        if self.muted.is_none() {
            escape(&masked(text), &mut self.out);
        }
    }

    /// HTML is text, and its comments are nothing.
    fn foreign(&mut self, html: &str) {
        let mut rest = html;
        loop {
            let (mark, len) = if self.in_comment { ("-->", 3) } else { ("<!--", 0) };
            let Some(at) = rest.find(mark) else {
                break;
            };
            if !self.in_comment {
                self.text(rest.get(..at).unwrap_or_default());
            }
            self.in_comment = !self.in_comment;
            rest = rest.get(at + len..).unwrap_or_default();
        }
        if !self.in_comment {
            self.text(rest);
        }
    }

    fn begin(&mut self, start: &str, end: &'static str) {
        self.raw(start);
        self.open.push(end);
    }

    fn start(&mut self, tag: Tag<'_>, target: impl Fn(&str) -> Target) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.begin("<p>", "</p>\n"),
            Tag::Heading { level, .. } => self.heading(level),
            Tag::BlockQuote(_) => self.begin("<blockquote>\n", "</blockquote>\n"),
            Tag::CodeBlock(kind) => self.block(&kind),
            Tag::List(None) => self.begin("<ul>", "</ul>\n"),
            Tag::List(Some(1)) => self.begin("<ol>", "</ol>\n"),
            Tag::List(Some(from)) => self.begin(&format!("<ol start=\"{from}\">"), "</ol>\n"),
            Tag::Item => self.begin("<li>", "</li>\n"),
            Tag::Table(_) => self.begin(
                "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table\"><table>",
                "</tbody></table></div>\n",
            ),
            Tag::TableHead => {
                self.in_head = true;
                self.begin("<thead><tr>", "</tr></thead><tbody>");
            }
            Tag::TableRow => self.begin("<tr>", "</tr>"),
            Tag::TableCell if self.in_head => self.begin("<th scope=\"col\">", "</th>"),
            Tag::TableCell => self.begin("<td>", "</td>"),
            Tag::Emphasis => self.begin("<em>", "</em>"),
            Tag::Strong => self.begin("<strong>", "</strong>"),
            Tag::Strikethrough => self.begin("<s>", "</s>"),
            Tag::Link { dest_url, .. } => self.link(&target(&dest_url), ""),
            Tag::Image { dest_url, .. } => self.link(&target(&dest_url), "image: "),
            Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => self.begin("", ""),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        let end = self.open.pop().unwrap_or_default();
        self.raw(end);
        if self.muted.is_some_and(|deep| self.open.len() <= deep) {
            self.muted = None;
        }
        if tag == TagEnd::TableHead {
            self.in_head = false;
        }
        if matches!(tag, TagEnd::Link | TagEnd::Image) && end == "</a>" {
            self.in_link = false;
        }
        if let TagEnd::Heading(_) = tag
            && let Some((at, text)) = self.first.take()
            && text.trim() == self.title
        {
            self.out.truncate(at);
            self.headings.clear();
        }
    }

    fn heading(&mut self, level: HeadingLevel) {
        let anchor = self.anchors.next().unwrap_or_default();
        if !self.began && level == HeadingLevel::H1 {
            self.first = Some((self.out.len(), String::new()));
        }
        self.began = true;
        // One below the heading it stands under, whatever the text leaves out; the first below `h1` of the page.
        let written = heading_number(level);
        self.headings.retain(|above| *above < written);
        self.headings.push(written);
        let level = (self.headings.len() + 1).min(DEEPEST);
        let mut start = String::new();
        let _ = write!(start, "<h{level} id=\"");
        escape(&id(&anchor), &mut start);
        start.push_str("\">");
        self.begin(&start, HEADING_ENDS.get(level - 1).copied().unwrap_or("</h6>\n"));
    }

    fn block(&mut self, kind: &CodeBlockKind<'_>) {
        if let CodeBlockKind::Fenced(info) = kind
            && !info.trim().is_empty()
        {
            self.raw("<p class=\"small dim\">");
            self.text(info.trim());
            self.raw("</p>\n");
        }
        self.begin("<pre tabindex=\"0\"><code>", "</code></pre>\n");
    }

    fn link(&mut self, target: &Target, word: &str) {
        let (address, rel) = match target {
            // A link within a link is none.
            Target::Away(_) | Target::Here(_) if self.in_link => ("", ""),
            Target::Away(address) => (address.as_str(), " rel=\"noreferrer\""),
            Target::Here(address) => (address.as_str(), ""),
            Target::Nowhere => ("", ""),
            Target::Secret => {
                self.raw("(an address with a password)");
                if self.muted.is_none() {
                    self.muted = Some(self.open.len());
                }
                self.open.push("");
                return;
            }
        };
        if address.is_empty() {
            self.begin(word, "");
            return;
        }
        let mut start = String::from("<a href=\"");
        escape(address, &mut start);
        let _ = write!(start, "\"{rel}>{word}");
        self.in_link = true;
        self.begin(&start, "</a>");
    }
}

const HEADING_ENDS: [&str; 6] = ["</h1>\n", "</h2>\n", "</h3>\n", "</h4>\n", "</h5>\n", "</h6>\n"];

const fn heading_number(level: HeadingLevel) -> usize {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}
