//! `/status`, `/status/{name}`: what an audience is shown of how things run, for readers with the role that its page asks for.
//!
//! Pages that everybody may look at have a listener of their own; here they look as their readers see them.

use askama::Template;
use evenkeel_identity::{Action, Identity};
use evenkeel_model::StatusPage;
use evenkeel_status_page::{Board, Condition, Notice};

use crate::link::encoded;
use crate::mark::Mark;
use crate::{Asked, Frame, Moment, PageRoute, Section, Show, Shown};

/// So many notices of the past stand on a page.
const PAST_MAX: usize = 20;

pub(crate) const LIST: PageRoute = PageRoute { path: "/status", action: Action::Read, show: Show::State(list) };
pub(crate) const ONE: PageRoute = PageRoute { path: "/status/{name}", action: Action::Read, show: Show::State(one) };

#[derive(Debug, Template)]
#[template(path = "status_list.html", whitespace = "minimize")]
struct List {
    frame: Frame,
    pages: Vec<Line>,
    hidden: usize,
}

/// A status page on one line.
#[derive(Debug)]
struct Line {
    address: String,
    title: String,
    audience: String,
    public: bool,
    mark: Mark,
    says: &'static str,
}

#[derive(Debug, Template)]
#[template(path = "status_one.html", whitespace = "minimize")]
struct One {
    frame: Frame,
    description: String,
    audience: String,
    public: bool,
    mark: Mark,
    says: &'static str,
    current: Vec<Told>,
    groups: Vec<Group>,
    planned: Vec<Work>,
    past: Vec<Told>,
    past_more: usize,
}

#[derive(Debug)]
struct Group {
    title: Option<String>,
    components: Vec<Component>,
}

#[derive(Debug)]
struct Component {
    title: String,
    description: String,
    mark: Mark,
    since: Option<Moment>,
    up: Option<String>,
}

/// What was said about one incident, the newest first.
#[derive(Debug)]
struct Told {
    title: String,
    components: String,
    began: Moment,
    over: Option<Moment>,
    said: Vec<(Moment, &'static str, String)>,
}

#[derive(Debug)]
struct Work {
    title: String,
    text: String,
    starts: Moment,
    ends: Moment,
    under_way: bool,
}

/// Whether a reader may look at a page.
fn may_look(caller: &Identity, page: &StatusPage) -> bool {
    page.readers.role().is_none_or(|least| caller.role.is_some_and(|role| role >= least))
}

fn list(asked: &Asked<'_>) -> Shown {
    let plan = asked.engine.plan();
    let pages = plan.catalogue.status_pages.values();
    let (shown, hidden): (Vec<_>, Vec<_>) = pages.partition(|page| may_look(asked.caller, page));
    let line = |page: &StatusPage| {
        let board = Board::of(asked.engine.state(), plan, page, asked.now);
        Line {
            address: encoded(&board.name),
            title: board.title.to_string(),
            audience: page.audience.to_string(),
            public: board.public,
            mark: mark(board.condition),
            says: board.condition.of_all(),
        }
    };
    let pages = shown.into_iter().map(line).collect();
    Shown::page(List { frame: asked.frame(Section::Overview, "Status pages"), pages, hidden: hidden.len() })
}

fn one(asked: &Asked<'_>) -> Shown {
    let plan = asked.engine.plan();
    let name = asked.place.named("name");
    let found = plan.catalogue.status_pages.get(name).filter(|page| may_look(asked.caller, page));
    let Some(page) = found else {
        let help = "the ops repo has no status page of that name, or it asks for another role than yours";
        return Shown::not_there(format!("There is no status page `{name}` for you."), help);
    };
    let board = Board::of(asked.engine.state(), plan, page, asked.now);
    let frame = asked.frame(Section::Overview, board.title.to_string());
    let past_more = board.past.len().saturating_sub(PAST_MAX);
    Shown::page(One {
        description: board.description.to_string(),
        audience: page.audience.to_string(),
        public: board.public,
        mark: mark(board.condition),
        says: board.condition.of_all(),
        current: board.current.iter().map(|notice| told(&frame, notice)).collect(),
        groups: groups(&frame, &board),
        planned: planned(&frame, &board),
        past: board.past.iter().take(PAST_MAX).map(|notice| told(&frame, notice)).collect(),
        past_more,
        frame,
    })
}

fn groups(frame: &Frame, board: &Board) -> Vec<Group> {
    let component = |one: &evenkeel_status_page::Component| Component {
        title: one.title.to_string(),
        description: one.description.to_string(),
        mark: mark(one.condition),
        since: one.since.map(|at| frame.moment(at)),
        up: one.up_ppm.map(|ppm| format!("{:.3} %", f64::from(ppm) / 1e4)),
    };
    let group = |group: &evenkeel_status_page::Group| Group {
        title: group.title.as_ref().map(ToString::to_string),
        components: group.components.iter().map(component).collect(),
    };
    board.groups.iter().map(group).collect()
}

fn planned(frame: &Frame, board: &Board) -> Vec<Work> {
    let work = |work: &evenkeel_status_page::Planned| Work {
        title: work.title.to_string(),
        text: work.text.to_string(),
        starts: frame.moment(work.starts),
        ends: frame.moment(work.ends),
        under_way: work.under_way,
    };
    board.planned.iter().map(work).collect()
}

fn told(frame: &Frame, notice: &Notice) -> Told {
    Told {
        title: notice.title.to_string(),
        components: notice.components.join(", "),
        began: frame.moment(notice.began),
        over: notice.over.map(|at| frame.moment(at)),
        said: notice.said.iter().map(|said| (frame.moment(said.at), said.word(), said.text.to_string())).collect(),
    }
}

/// How a component is, as pages mark what is bad.
fn mark(condition: Condition) -> Mark {
    let word = condition.word();
    let like = match condition {
        Condition::Operational => Mark::WELL,
        Condition::Maintenance => Mark::of(evenkeel_severity::Severity::Sev5),
        Condition::Degraded => Mark::of(evenkeel_severity::Severity::Sev3),
        Condition::PartialOutage => Mark::of(evenkeel_severity::Severity::Sev2),
        Condition::MajorOutage => Mark::of(evenkeel_severity::Severity::Sev1),
    };
    Mark { word, ..like }
}
