//! One alert on one line.

use evenkeel_engine::{Alert, Engine};
use evenkeel_labels::LabelSet;
use evenkeel_severity::Severity;

use crate::alerts_sieve::Why;
use crate::alerts_text::{called, clipped, cost, says};
use crate::mark::Mark;
use crate::{Frame, Moment};

/// The labels of a line take no more of HTML than this.
const LABELS_BYTES_MAX: usize = 240;
/// And each of them no more than this.
const LABEL_BYTES_MAX: usize = 80;

/// One alert on one line.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) mark: Option<Mark>,
    /// The label `severity`, where no mark says it.
    pub(crate) severity: Option<String>,
    pub(crate) says: String,
    pub(crate) labels: Vec<String>,
    /// So many labels more.
    pub(crate) more: usize,
    pub(crate) since: Moment,
    pub(crate) receivers: String,
    pub(crate) why: Option<Held>,
    pub(crate) over: bool,
}

/// What keeps it from being told of.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub(crate) words: &'static str,
    /// Relative to the root, and what it is called.
    pub(crate) by: Option<(String, String)>,
}

impl Line {
    pub(crate) fn of(engine: &Engine, frame: &Frame, alert: &Alert, why: Option<Why>) -> Self {
        let mark = mark(alert.labels.get("severity"));
        let severity = Some(alert.labels.get("severity")).filter(|text| mark.is_none() && !text.is_empty());
        let (labels, more) = some(&alert.labels);
        Self {
            id: alert.id.to_string(),
            name: called(&alert.labels),
            mark,
            severity: severity.map(|text| clipped(text, LABEL_BYTES_MAX)),
            says: clipped(says(&alert.annotations), 200),
            labels,
            more,
            since: frame.moment(alert.starts_at),
            receivers: receivers(engine, alert),
            why: why.map(Held::of),
            over: !alert.fires(),
        }
    }
}

impl Held {
    pub(crate) fn of(why: Why) -> Self {
        let (words, by) = why.words();
        Self { words, by: by.map(|(folder, id)| (format!("{folder}/{id}"), id)) }
    }
}

/// How bad an alert is by its label: our own scale, and the words that rules of Prometheus use.
pub(crate) fn mark(severity: &str) -> Option<Mark> {
    let known = |severity, word| Some(Mark { word, ..Mark::of(severity) });
    match severity.to_ascii_lowercase().as_str() {
        "critical" => known(Severity::Sev1, "critical"),
        "page" => known(Severity::Sev1, "page"),
        "error" => known(Severity::Sev2, "error"),
        "high" => known(Severity::Sev2, "high"),
        "warning" => known(Severity::Sev3, "warning"),
        "warn" => known(Severity::Sev3, "warn"),
        "ticket" => known(Severity::Sev4, "ticket"),
        "low" => known(Severity::Sev4, "low"),
        "info" => known(Severity::Sev5, "info"),
        "none" => known(Severity::Sev5, "none"),
        text => text.parse().ok().map(Mark::of),
    }
}

/// Labels but those that the line says otherwise, as many as it has room for.
fn some(labels: &LabelSet) -> (Vec<String>, usize) {
    let mut shown = Vec::new();
    let (mut left, mut more) = (LABELS_BYTES_MAX, 0);
    for (name, value) in labels.iter().filter(|(name, _)| !matches!(*name, "alertname" | "severity")) {
        let text = clipped(&format!("{name}={value}"), LABEL_BYTES_MAX);
        let cost = cost(&text);
        if more > 0 || cost > left {
            more += 1;
            continue;
        }
        left -= cost;
        shown.push(text);
    }
    (shown, more)
}

fn receivers(engine: &Engine, alert: &Alert) -> String {
    let groups = alert.groups.iter().filter_map(|id| engine.state().alerting.group(*id));
    let mut names: Vec<&str> = groups.map(|group| group.receiver.as_ref()).collect();
    names.sort_unstable();
    names.dedup();
    clipped(&names.join(", "), 120)
}
