//! The functions whose argument is a range vector.

/// A function of a range vector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum RangeFunction {
    Rate,
    Increase,
    Delta,
    Irate,
    Idelta,
    Deriv,
    PredictLinear,
    Changes,
    Resets,
    AvgOverTime,
    SumOverTime,
    MinOverTime,
    MaxOverTime,
    CountOverTime,
    StddevOverTime,
    StdvarOverTime,
    QuantileOverTime,
    MadOverTime,
    FirstOverTime,
    LastOverTime,
    PresentOverTime,
    AbsentOverTime,
    TsOfFirstOverTime,
    TsOfLastOverTime,
    TsOfMinOverTime,
    TsOfMaxOverTime,
    DoubleExponentialSmoothing,
}

/// Each by its name, and by the one it had.
const NAMES: [(&str, RangeFunction); 28] = [
    ("rate", RangeFunction::Rate),
    ("increase", RangeFunction::Increase),
    ("delta", RangeFunction::Delta),
    ("irate", RangeFunction::Irate),
    ("idelta", RangeFunction::Idelta),
    ("deriv", RangeFunction::Deriv),
    ("predict_linear", RangeFunction::PredictLinear),
    ("changes", RangeFunction::Changes),
    ("resets", RangeFunction::Resets),
    ("avg_over_time", RangeFunction::AvgOverTime),
    ("sum_over_time", RangeFunction::SumOverTime),
    ("min_over_time", RangeFunction::MinOverTime),
    ("max_over_time", RangeFunction::MaxOverTime),
    ("count_over_time", RangeFunction::CountOverTime),
    ("stddev_over_time", RangeFunction::StddevOverTime),
    ("stdvar_over_time", RangeFunction::StdvarOverTime),
    ("quantile_over_time", RangeFunction::QuantileOverTime),
    ("mad_over_time", RangeFunction::MadOverTime),
    ("first_over_time", RangeFunction::FirstOverTime),
    ("last_over_time", RangeFunction::LastOverTime),
    ("present_over_time", RangeFunction::PresentOverTime),
    ("absent_over_time", RangeFunction::AbsentOverTime),
    ("ts_of_first_over_time", RangeFunction::TsOfFirstOverTime),
    ("ts_of_last_over_time", RangeFunction::TsOfLastOverTime),
    ("ts_of_min_over_time", RangeFunction::TsOfMinOverTime),
    ("ts_of_max_over_time", RangeFunction::TsOfMaxOverTime),
    ("double_exponential_smoothing", RangeFunction::DoubleExponentialSmoothing),
    ("holt_winters", RangeFunction::DoubleExponentialSmoothing),
];

impl RangeFunction {
    /// The function of that name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, function)| *function)
    }

    /// Whether it is of counters, which only grow until they begin anew.
    pub(super) const fn is_of_counters(self) -> bool {
        matches!(self, Self::Rate | Self::Increase | Self::Irate)
    }
}

#[cfg(test)]
mod tests {
    use evenkeel_promql::{ValueType, functions};

    use super::*;

    #[test]
    fn every_function_of_a_range_is_known() {
        let ranges = functions().iter().filter(|function| function.args.contains(&ValueType::Range));
        let unknown: Vec<_> =
            ranges.map(|function| function.name).filter(|name| RangeFunction::named(name).is_none()).collect();
        // What it gives is written down nowhere yet.
        assert_eq!(unknown, ["integral"]);
        assert_eq!(RangeFunction::named("sum"), None);
    }
}
