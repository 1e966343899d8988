//! Act 6, on: what the outage did to the objective, by the very question that Evenkeel asks about it.

use anyhow::Context;
use evenkeel_slo::error_ratio;
use evenkeel_time::Duration;

use super::{Play, Scene};
use crate::demo::narrator::Tone;
use crate::demo::ops;
use crate::demo::report::Part;

impl Play {
    /// Asks for the share of requests that failed, and holds it against what may fail.
    pub(super) async fn budget(&mut self, scene: &Scene) -> anyhow::Result<()> {
        let (question, target) = self.objective().context("the objective is not in the ops repo")?;
        let share = async || scene.console.value(&question).await?.parse::<f64>().ok();
        let share = self.wait(|| "asking how many requests failed".to_owned(), share).await?;
        let allowed = 1.0 - target;
        let spent = share / allowed;
        self.report.budget_spent = Some(spent);
        self.report.check(Part::BudgetBurned, spent > 1.0, || {
            format!("an outage spent only {spent} of the error budget of {}", ops::OBJECTIVE)
        });
        let (failed, may) = (share * 100.0, allowed * 100.0);
        let alert = scene.console.alert(ops::BUDGET_ALERT).await;
        let narrator = &mut self.narrator;
        let objective = ops::OBJECTIVE;
        let text = format!("BUDGET    {failed:.1} % of all requests failed, and {objective} allows {may:.1} %:");
        narrator.step(Tone::Bad, &text);
        narrator.detail(&format!("the error budget of the time so far is spent {spent:.0} times over"));
        if let Some(alert) = alert {
            let name = alert.name;
            narrator.detail(&format!("its alert {name} waits: what sees the cause rings first"));
        }
        Ok(())
    }

    /// What asks for the share of bad requests over the objective's window, in PromQL, and its target.
    fn objective(&self) -> Option<(String, f64)> {
        let plan = self.server.as_ref()?.shared.driver().engine().plan().clone();
        let objective = plan.catalogue.objectives.get(ops::OBJECTIVE)?;
        let promise = objective.promises.first()?;
        let window = objective.window.filter(|window| *window > Duration::ZERO)?;
        Some((error_ratio(objective.method, promise, window)?, promise.target))
    }
}
