//! What scripts can demand.

use super::World;
use crate::notation::{labels, shown};
use crate::script::span;

impl World {
    pub(crate) fn expect(&mut self, what: &str, by: bool) -> Result<(), String> {
        if what == "nothing" {
            return self.nothing_unexpected();
        }
        if let Some(why) = what.strip_prefix("refused ") {
            let refused = self.refused.take().ok_or("nothing was refused")?;
            return if refused.contains(why) { Ok(()) } else { Err(format!("refused: {refused}")) };
        }
        if matches!(what, "in place" | "replaced") {
            let replaced = self.replaced.take().ok_or("no silence was changed")?;
            return if replaced == (what == "replaced") { Ok(()) } else { Err("it was the other way".to_owned()) };
        }
        match self.sent.pop_front() {
            None => Err(format!("no notice at {}, expected {what}", self.elapsed)),
            Some((at, text)) if text != what => Err(format!("at {at} {text}, expected {what}")),
            Some((at, _)) if at != self.elapsed && !by => Err(format!("it was sent at {at}, not at {}", self.elapsed)),
            Some(_) => Ok(()),
        }
    }

    pub(crate) fn nothing_unexpected(&mut self) -> Result<(), String> {
        if let Some(refused) = &self.refused {
            return Err(format!("the command before was refused: {refused}"));
        }
        self.sent.front().map_or(Ok(()), |(at, text)| Err(format!("nobody expected at {at} {text}")))
    }

    pub(crate) fn records(&mut self, number: &str) -> Result<(), String> {
        let expected: usize = number.parse().map_err(|_| "how many?")?;
        let counted = std::mem::take(&mut self.counted);
        if counted == expected { Ok(()) } else { Err(format!("{counted} records since the last count")) }
    }

    /// `A{instance=1} firing|resolved|unknown [since 10m]`.
    pub(crate) fn alert_is(&mut self, rest: &str) -> Result<(), String> {
        let words: Vec<&str> = rest.split_whitespace().collect();
        let [alert, state, tail @ ..] = words.as_slice() else { return Err("`alert WHICH STATE`".to_owned()) };
        let labels = labels(alert)?;
        let since = match tail {
            ["since", at] => Some(self.wall(span(at)?)),
            _ => None,
        };
        let known = self.driver()?.engine().state().alerting.alert_with(&labels);
        let is = known.map_or("unknown", |alert| if alert.fires() { "firing" } else { "resolved" });
        if is != *state {
            return Err(format!("{} is {is}", shown(&labels)));
        }
        let starts_at = known.map(|alert| alert.starts_at);
        let other = since.is_some() && since != starts_at;
        if other { Err(format!("{} is {is} since {starts_at:?}", shown(&labels))) } else { Ok(()) }
    }
}
