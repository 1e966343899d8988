//! Everything that happened in a scenario, as text.

use std::fmt::Write;

use evenkeel_record::{Body, Record};
use evenkeel_time::Duration;

use crate::notation::shown;

/// Grows line by line; instants are told once.
#[derive(Debug, Default)]
pub(crate) struct Transcript {
    text: String,
    last: Option<Duration>,
}

impl Transcript {
    /// Notes something at an instant.
    pub(crate) fn note(&mut self, at: Duration, what: &str) {
        let when = if self.last == Some(at) { String::new() } else { at.to_string() };
        self.last = Some(at);
        writeln!(self.text, "{when:<10} {what}").expect("a string takes everything");
    }

    /// Notes a record.
    pub(crate) fn record(&mut self, at: Duration, record: &Record) {
        let detail = detail(&record.body);
        let what = format!("  {} {} {}{detail}", record.seq, record.body.kind().name, record.body.subject(record.seq));
        self.note(at, what.trim_end());
    }

    /// The whole text.
    pub(crate) fn into_text(self) -> String {
        self.text
    }
}

fn detail(body: &Body) -> String {
    match body {
        Body::AlertFired(fired) => format!(" {}", shown(&fired.labels)),
        Body::AlertResolved(resolved) => format!(" {:?}", resolved.cause).to_lowercase(),
        Body::GroupOpened(opened) => format!(" {}:{}", opened.route, opened.labels),
        Body::GroupRebound(rebound) => format!(" {}", rebound.receiver),
        Body::NoticeIntended(notice) => format!(" {}/{}", notice.receiver, notice.integration),
        Body::NoticeFailing(notice) => format!(": {}", notice.reason),
        Body::NoticeFailed(notice) => format!(": {}", notice.reason),
        Body::PlanAdopted(adopted) => adopted.orphans.iter().map(|orphan| format!("\n             {orphan}")).collect(),
        Body::ClockJumped(jumped) => format!(" {}", jumped.by),
        Body::Started(started) if started.clock_behind > Duration::ZERO => {
            format!(" clock behind {}", started.clock_behind)
        }
        Body::Started(_)
        | Body::Stopped(_)
        | Body::PlanRefused(_)
        | Body::AlertChanged(_)
        | Body::AlertRegrouped(_)
        | Body::GroupCleared(_)
        | Body::NoticeDelivered(_)
        | Body::SilenceSet(_)
        | Body::SilenceExpired(_)
        | Body::LastResortTold(_)
        | Body::BodyErased(_) => String::new(),
    }
}
