//! How bad it was over a window, and of how many events that is said.

use evenkeel_model::{BudgetMethod, Comparison, Indicator, Promise};
use evenkeel_time::Duration;

use crate::query::{Unit, mean, windowed};

/// The share of what was bad over a window, in PromQL; `None`: nothing says what is measured.
///
/// Where nothing at all happened it gives nothing. Where the total is there and the part is not, the part is zero: a service
/// without an error has no series of errors.
#[must_use]
pub fn error_ratio(method: BudgetMethod, promise: &Promise, window: Duration) -> Option<String> {
    let indicator = promise.indicator.as_ref()?;
    let slice = || occurrences(indicator, promise.slice);
    let each = promise.slice;
    Some(match method {
        BudgetMethod::Occurrences => occurrences(indicator, window),
        BudgetMethod::Timeslices => {
            let bad = format!("({}) > bool (1 - {})", slice(), promise.slice_target);
            format!("avg_over_time(({bad})[{window}:{each}])")
        }
        BudgetMethod::RatioTimeslices => format!("avg_over_time(({})[{window}:{each}])", slice()),
    })
}

/// How many events, or slices of time, a share over a window is of, in PromQL; `None`: nobody can say.
#[must_use]
pub fn events(method: BudgetMethod, promise: &Promise, window: Duration) -> Option<String> {
    let indicator = promise.indicator.as_ref()?;
    match (method, indicator) {
        (BudgetMethod::Occurrences, Indicator::Events { total, .. }) => {
            let total = windowed(total, window);
            match total.unit {
                Unit::Events => Some(total.text),
                #[expect(clippy::integer_division, reason = "windows are whole seconds")]
                Unit::PerSecond => Some(format!("({}) * {}", total.text, window.0 / 1000)),
                Unit::Share => None,
            }
        }
        (BudgetMethod::Occurrences, Indicator::Ratio { .. } | Indicator::Threshold { .. }) => {
            Some(format!("count_over_time(({})[{window}:1m])", occurrences(indicator, Duration::minutes(5))))
        }
        (BudgetMethod::Timeslices | BudgetMethod::RatioTimeslices, _) => {
            let each = promise.slice;
            Some(format!("count_over_time(({})[{window}:{each}])", occurrences(indicator, each)))
        }
    }
}

fn occurrences(indicator: &Indicator, window: Duration) -> String {
    match indicator {
        Indicator::Events { part, good, total } => {
            let (part, total) = (windowed(part, window).text, windowed(total, window).text);
            let share = format!("(({part}) or 0 * ({total})) / (({total}) > 0)");
            if *good { format!("1 - {share}") } else { share }
        }
        Indicator::Ratio { query, good: true } => format!("1 - ({})", mean(query, window)),
        Indicator::Ratio { query, good: false } => mean(query, window),
        Indicator::Threshold { query, op, with } => {
            let holds = format!("({query}) {} bool {with}", sign(*op));
            format!("1 - avg(avg_over_time(({holds})[{window}:1m]))")
        }
    }
}

const fn sign(op: Comparison) -> &'static str {
    match op {
        Comparison::Equal => "==",
        Comparison::NotEqual => "!=",
        Comparison::Greater => ">",
        Comparison::AtLeast => ">=",
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
    }
}
