//! What came of the play: the parts that were true, and the numbers.

use std::time::Duration;

use serde_json::{Map, Value, json};

/// What has to be true, in the order of the play.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    ShopUp,
    Serving,
    Measured,
    AllWell,
    Broken,
    Noticed,
    Told,
    Paged,
    CustomersTold,
    RestartKeptAlert,
    RestartKeptIncident,
    NotToldTwice,
    OnlyTheCauseRang,
    NotPagedTwice,
    SecondPaged,
    LinkPreviewHarmless,
    Acknowledged,
    PagesExplained,
    Repaired,
    Resolved,
    ToldAgain,
    IncidentResolved,
    CustomersToldAgain,
    NobodyElseAsked,
    BudgetBurned,
    WrittenToFile,
    ChainVerified,
    Practised,
    CleanedUp,
}

impl Part {
    /// Every part.
    pub(crate) const ALL: [Self; 29] = [
        Self::ShopUp,
        Self::Serving,
        Self::Measured,
        Self::AllWell,
        Self::Broken,
        Self::Noticed,
        Self::Told,
        Self::Paged,
        Self::CustomersTold,
        Self::RestartKeptAlert,
        Self::RestartKeptIncident,
        Self::NotToldTwice,
        Self::OnlyTheCauseRang,
        Self::NotPagedTwice,
        Self::SecondPaged,
        Self::LinkPreviewHarmless,
        Self::Acknowledged,
        Self::PagesExplained,
        Self::Repaired,
        Self::Resolved,
        Self::ToldAgain,
        Self::IncidentResolved,
        Self::CustomersToldAgain,
        Self::NobodyElseAsked,
        Self::BudgetBurned,
        Self::WrittenToFile,
        Self::ChainVerified,
        Self::Practised,
        Self::CleanedUp,
    ];

    /// As printed.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::ShopUp => "shop_up",
            Self::Serving => "serving",
            Self::Measured => "measured",
            Self::AllWell => "all_well",
            Self::Broken => "broken",
            Self::Noticed => "noticed",
            Self::Told => "told",
            Self::Paged => "paged",
            Self::CustomersTold => "customers_told",
            Self::RestartKeptAlert => "restart_kept_alert",
            Self::RestartKeptIncident => "restart_kept_incident",
            Self::NotToldTwice => "not_told_twice",
            Self::OnlyTheCauseRang => "only_the_cause_rang",
            Self::NotPagedTwice => "not_paged_twice",
            Self::SecondPaged => "second_paged",
            Self::LinkPreviewHarmless => "link_preview_harmless",
            Self::Acknowledged => "acknowledged",
            Self::PagesExplained => "pages_explained",
            Self::Repaired => "repaired",
            Self::Resolved => "resolved",
            Self::ToldAgain => "told_again",
            Self::IncidentResolved => "incident_resolved",
            Self::CustomersToldAgain => "customers_told_again",
            Self::NobodyElseAsked => "nobody_else_asked",
            Self::BudgetBurned => "budget_burned",
            Self::WrittenToFile => "written_to_file",
            Self::ChainVerified => "chain_verified",
            Self::Practised => "practised",
            Self::CleanedUp => "cleaned_up",
        }
    }
}

/// What the shoppers met.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Met {
    pub(crate) good: u64,
    pub(crate) bought: u64,
    pub(crate) failed_before: u64,
    pub(crate) failed_during_outage: u64,
    pub(crate) failed_after: u64,
    pub(crate) latency_ms_max: u64,
}

/// What came of the play.
#[derive(Debug, Clone, Default)]
pub(crate) struct Report {
    pub(crate) detect: Option<Duration>,
    pub(crate) notify: Option<Duration>,
    /// Until the first page.
    pub(crate) page: Option<Duration>,
    /// Until customers were told that it began.
    pub(crate) update: Option<Duration>,
    /// From the first page to the second.
    pub(crate) escalate: Option<Duration>,
    /// From the second page to the answer.
    pub(crate) acknowledge: Option<Duration>,
    pub(crate) resolve: Option<Duration>,
    pub(crate) notify_resolved: Option<Duration>,
    /// From the repair until customers were told that it is over.
    pub(crate) recovery_update: Option<Duration>,
    pub(crate) outage: Option<Duration>,
    pub(crate) notices: usize,
    pub(crate) pages: usize,
    pub(crate) updates: usize,
    pub(crate) rang_separately: Vec<String>,
    /// How many times over the error budget of the time so far is spent.
    pub(crate) budget_spent: Option<f64>,
    pub(crate) records: u64,
    pub(crate) head: Option<(u64, String)>,
    /// Keys of the practices that the record shows to be followed.
    pub(crate) practised: Vec<String>,
    pub(crate) shoppers: Met,
    passed: Vec<Part>,
    failures: Vec<(Part, String)>,
}

impl Report {
    /// Notes that a part was true.
    pub(crate) fn pass(&mut self, part: Part) {
        self.passed.push(part);
    }

    /// Notes that a part was not true, and why.
    pub(crate) fn fail(&mut self, part: Part, why: impl Into<String>) {
        self.failures.push((part, why.into()));
    }

    /// Notes whether a part was true, with what to say if not.
    pub(crate) fn check(&mut self, part: Part, is_true: bool, why: impl FnOnce() -> String) {
        if is_true { self.pass(part) } else { self.fail(part, why()) }
    }

    /// Blames an early end on the first part of which nothing is known yet.
    pub(crate) fn broken_off(&mut self, why: impl Into<String>) {
        let open = Part::ALL.into_iter().find(|part| !self.passed(*part) && !self.failed(*part));
        self.fail(open.unwrap_or(Part::CleanedUp), why);
    }

    /// Notes whether everything of the play that was not to be kept is gone.
    pub(crate) fn check_cleared(&mut self, cleared: anyhow::Result<()>) {
        match cleared {
            Ok(()) => self.pass(Part::CleanedUp),
            Err(error) => self.fail(Part::CleanedUp, format!("{error:#}")),
        }
    }

    /// Whether every part was true.
    pub(crate) fn ok(&self) -> bool {
        Part::ALL.into_iter().all(|part| self.passed(part) && !self.failed(part))
    }

    /// Which parts were not true, and why.
    pub(crate) fn failures(&self) -> &[(Part, String)] {
        &self.failures
    }

    fn passed(&self, part: Part) -> bool {
        self.passed.contains(&part)
    }

    fn failed(&self, part: Part) -> bool {
        self.failures.iter().any(|(failed, _)| *failed == part)
    }

    /// One object; a time that was never measured is `null`.
    pub(crate) fn json(&self) -> Value {
        let true_of = |part: Part| self.passed(part) && !self.failed(part);
        let ms = |span: Option<Duration>| span.and_then(|span| u64::try_from(span.as_millis()).ok());
        let parts: Map<_, _> =
            Part::ALL.map(|part| (part.name().to_owned(), json!(true_of(part)))).into_iter().collect();
        let failures: Map<_, _> =
            self.failures.iter().map(|(part, why)| (part.name().to_owned(), json!(why))).collect();
        let shoppers = &self.shoppers;
        json!({
            "ok": self.ok(),
            "detect_ms": ms(self.detect),
            "notify_ms": ms(self.notify),
            "page_ms": ms(self.page),
            "update_ms": ms(self.update),
            "escalate_ms": ms(self.escalate),
            "acknowledge_ms": ms(self.acknowledge),
            "resolve_ms": ms(self.resolve),
            "notify_resolved_ms": ms(self.notify_resolved),
            "recovery_update_ms": ms(self.recovery_update),
            "outage_ms": ms(self.outage),
            "notices": self.notices,
            "pages": self.pages,
            "updates": self.updates,
            "rang_separately": self.rang_separately,
            "budget_spent": self.budget_spent,
            "restart_kept_alert": true_of(Part::RestartKeptAlert),
            "records": self.records,
            "chain_verified": true_of(Part::ChainVerified),
            "head_seq": self.head.as_ref().map(|(seq, _)| seq),
            "head_hash": self.head.as_ref().map(|(_, hash)| hash),
            "practised": self.practised,
            "shoppers": {
                "good": shoppers.good,
                "bought": shoppers.bought,
                "failed_before": shoppers.failed_before,
                "failed_during_outage": shoppers.failed_during_outage,
                "failed_after": shoppers.failed_after,
                "latency_ms_max": shoppers.latency_ms_max,
            },
            "parts": parts,
            "failures": failures,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_every_part_together_is_ok() {
        let mut report = Report::default();
        for part in Part::ALL {
            assert!(!report.ok(), "{} is still open", part.name());
            report.pass(part);
        }
        assert!(report.ok());
        report.fail(Part::Told, "it rang and rang");
        assert!(!report.ok());
        assert_eq!(report.json()["parts"]["told"], json!(false));
        assert_eq!(report.json()["failures"]["told"], json!("it rang and rang"));
    }

    #[test]
    fn an_early_end_is_blamed_on_the_first_open_part() {
        let mut report = Report::default();
        report.pass(Part::ShopUp);
        report.broken_off("the port is taken");
        assert_eq!(report.json()["failures"], json!({ "serving": "the port is taken" }));
    }
}
