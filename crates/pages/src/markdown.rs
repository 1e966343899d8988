//! Markdown of the ops repo as HTML that is safe whoever wrote it.
//!
//! Raw HTML is text, images are links, links lead to the web or to pages of the site, and a password in an address is not
//! shown. Headings stand below the page's own. It is written out when the page is, and not while state is looked at.

mod anchors;
mod masked;
mod writer;

use std::fmt;
use std::sync::Arc;

use evenkeel_model::{Plan, ProcedureIndex, split_link};
use evenkeel_report::Page;
use pulldown_cmark::{Event, Options, Parser, TextMergeStream};

use crate::incident_named::linked;
use crate::link::web_address;
use anchors::Anchors;
use masked::has_password;
use writer::Writer;

/// A text, and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Markdown {
    /// What is written out.
    pub(crate) text: Arc<str>,
    /// What the page is called: a first heading that says the same is left out.
    pub(crate) title: String,
    /// From the page to the root of the site.
    pub(crate) root: String,
    /// Where it stands.
    pub(crate) within: Within,
}

/// Where a text stands, for links that are relative.
#[derive(Clone)]
pub(crate) enum Within {
    /// In the ops repo, at this path.
    Repo(Arc<Plan>, Arc<str>),
    /// Among the pages of codes.
    Codes,
    /// Nowhere.
    Alone,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Target {
    /// To the web.
    Away(String),
    /// To a page of the site, or a place on this one.
    Here(String),
    /// It has a password in it.
    Secret,
    /// Nowhere that may be linked to.
    Nowhere,
}

fn events(text: &str) -> impl Iterator<Item = Event<'_>> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    TextMergeStream::new(Parser::new_ext(text, options))
}

impl Markdown {
    fn target(&self, link: &str, anchors: &Anchors, index: Option<&ProcedureIndex<'_>>) -> Target {
        if has_password(link) {
            return Target::Secret;
        }
        let within = match &self.within {
            Within::Repo(_, path) => index
                .and_then(|index| index.find(link, Some(path)))
                .and_then(|known| linked(&self.root, "/procedures/{name}", &known.name)),
            Within::Codes => link
                .strip_suffix(".md")
                .and_then(Page::of)
                .and_then(|page| linked(&self.root, "/findings/{code}", page.code)),
            Within::Alone => None,
        };
        if let Some(href) = within {
            return Target::Here(href);
        }
        if let Some(address) = web_address(link) {
            return Target::Away(address.to_owned());
        }
        match split_link(link) {
            ("", Some(fragment)) if anchors.has(fragment) => Target::Here(format!("#{}", anchors::id(fragment))),
            _ => Target::Nowhere,
        }
    }

    /// As HTML.
    pub(crate) fn html(&self) -> String {
        let anchors = Anchors::of(events(&self.text));
        let index = match &self.within {
            Within::Repo(plan, _) => Some(ProcedureIndex::new(&plan.catalogue.procedures)),
            Within::Codes | Within::Alone => None,
        };
        let mut writer = Writer::new(&self.title, anchors.clone());
        for event in events(&self.text) {
            if writer.is_full() {
                break;
            }
            writer.take(event, |link| self.target(link, &anchors, index.as_ref()));
        }
        writer.done()
    }
}

impl fmt::Display for Markdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.html())
    }
}

impl fmt::Debug for Within {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Repo(_, path) => write!(f, "Repo({path})"),
            Self::Codes => f.write_str("Codes"),
            Self::Alone => f.write_str("Alone"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        Markdown { text: text.into(), title: "Restart".to_owned(), root: "../".to_owned(), within: Within::Alone }
            .html()
    }

    #[test]
    fn what_is_written_is_shown_and_nothing_of_it_runs() {
        assert_eq!(html("# Restart\n\nDo *it* `now`."), "<p>Do <em>it</em> <code>now</code>.</p>\n");
        assert_eq!(html("## A & b\n"), "<h2 id=\"md-a--b\">A &amp; b</h2>\n");
        assert_eq!(html("<script>alert(1)</script>\n"), "<p>&lt;script&gt;alert(1)&lt;/script&gt;\n</p>\n");
        assert_eq!(html("a <b onclick=x>b</b><!-- c -->"), "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n");
        assert_eq!(html("[a](javascript:alert(1)) [b](data:text/html,x)"), "<p>a b</p>\n");
        assert_eq!(
            html("[a](https://x.example/\"onmouseover=alert(1))"),
            "<p><a href=\"https://x.example/&quot;onmouseover=alert(1)\" rel=\"noreferrer\">a</a></p>\n"
        );
        assert_eq!(
            html("![plan](https://x.example/p.png) ![q](q.png)"),
            "<p><a href=\"https://x.example/p.png\" rel=\"noreferrer\">image: plan</a> image: q</p>\n"
        );
    }

    #[test]
    fn a_password_in_an_address_is_not_shown() {
        assert_eq!(html("<https://ada:tr0@db.example/>"), "<p>(an address with a password)</p>\n");
        assert_eq!(html("psql postgres://ada:t_r_0@db/x"), "<p>psql postgres://ada:…@db/x</p>\n");
        assert_eq!(html("`curl https://a:$TOKEN@x`"), "<p><code>curl https://a:$TOKEN@x</code></p>\n");
    }

    #[test]
    fn blocks_tables_and_lists_are_whole_and_places_are_linked() {
        let text = "## Steps\n\n```sh step=drain\nkubectl <x>\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n1. x\n   - [x] y\n\nSee \
                    [steps](#steps) and [none](#none).\n\n## Steps\n";
        let found = html(text);
        assert_eq!(
            found,
            "<h2 id=\"md-steps\">Steps</h2>\n<p class=\"small dim\">sh step=drain</p>\n<pre \
             tabindex=\"0\"><code>kubectl &lt;x&gt;\n</code></pre>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" \
             aria-label=\"Table\"><table><thead><tr><th scope=\"col\">a</th><th scope=\"col\">b</th></tr></thead><tbody>\
             <tr><td>1</td><td>2</td></tr></tbody></table></div>\n<ol><li>x<ul><li>☑ y</li>\n</ul>\n</li>\n</ol>\n<p>See \
             <a href=\"#md-steps\">steps</a> and none.</p>\n<h2 id=\"md-steps-1\">Steps</h2>\n"
        );
    }

    #[test]
    fn what_is_too_long_for_a_page_ends_with_a_word() {
        let found = html(&"- a word and more\n".repeat(10_000));
        assert!(found.len() < 40_000, "{}", found.len());
        assert!(found.ends_with("<p class=\"dim\">What follows is too long for this page.</p>\n"));
    }
}
