//! The functions of Prometheus up to 3.13, those that are experimental, and those that older versions had.

use crate::ValueType::{self, Range, Scalar, Text, Vector};

/// What a function takes and gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Function {
    /// Its name.
    pub name: &'static str,
    /// The types of its arguments; the last one's is that of all that follow.
    pub args: &'static [ValueType],
    /// How many it needs.
    pub args_min: usize,
    /// How many it takes; `None`: any number.
    pub args_max: Option<usize>,
    /// What it gives.
    pub returns: ValueType,
    /// Taken by Prometheus only when told to.
    pub experimental: bool,
}

impl Function {
    const fn experimental(self) -> Self {
        Self { experimental: true, ..self }
    }

    /// As many arguments of the last type as one likes, or none.
    const fn more(self) -> Self {
        Self { args_min: self.args.len() - 1, args_max: None, ..self }
    }

    /// The last argument may be left out.
    const fn last_optional(self) -> Self {
        Self { args_min: self.args.len() - 1, ..self }
    }

    const fn up_to(self, most: usize) -> Self {
        Self { args_min: self.args.len() - 1, args_max: Some(most), ..self }
    }
}

const fn gives(returns: ValueType, name: &'static str, args: &'static [ValueType]) -> Function {
    Function { name, args, args_min: args.len(), args_max: Some(args.len()), returns, experimental: false }
}

const fn f(name: &'static str, args: &'static [ValueType]) -> Function {
    gives(Vector, name, args)
}

/// Sorted by name.
const FUNCTIONS: &[Function] = &[
    f("abs", &[Vector]),
    f("absent", &[Vector]),
    f("absent_over_time", &[Range]),
    f("acos", &[Vector]),
    f("acosh", &[Vector]),
    f("asin", &[Vector]),
    f("asinh", &[Vector]),
    f("atan", &[Vector]),
    f("atanh", &[Vector]),
    f("avg_over_time", &[Range]),
    f("ceil", &[Vector]),
    f("changes", &[Range]),
    f("clamp", &[Vector, Scalar, Scalar]),
    f("clamp_max", &[Vector, Scalar]),
    f("clamp_min", &[Vector, Scalar]),
    f("cos", &[Vector]),
    f("cosh", &[Vector]),
    f("count_over_time", &[Range]),
    f("day_of_month", &[Vector]).last_optional(),
    f("day_of_week", &[Vector]).last_optional(),
    f("day_of_year", &[Vector]).last_optional(),
    f("days_in_month", &[Vector]).last_optional(),
    f("deg", &[Vector]),
    f("delta", &[Range]),
    f("deriv", &[Range]),
    f("double_exponential_smoothing", &[Range, Scalar, Scalar]).experimental(),
    gives(Scalar, "end", &[]).experimental(),
    f("exp", &[Vector]),
    f("first_over_time", &[Range]).experimental(),
    f("floor", &[Vector]),
    f("histogram_avg", &[Vector]),
    f("histogram_count", &[Vector]),
    f("histogram_fraction", &[Scalar, Scalar, Vector]),
    f("histogram_quantile", &[Scalar, Vector]),
    f("histogram_quantiles", &[Vector, Text, Scalar, Scalar]).up_to(12).experimental(),
    f("histogram_stddev", &[Vector]),
    f("histogram_stdvar", &[Vector]),
    f("histogram_sum", &[Vector]),
    f("holt_winters", &[Range, Scalar, Scalar]),
    f("hour", &[Vector]).last_optional(),
    f("idelta", &[Range]),
    f("increase", &[Range]),
    f("info", &[Vector, Vector]).last_optional().experimental(),
    f("integral", &[Range, Scalar]).last_optional().experimental(),
    f("irate", &[Range]),
    f("label_join", &[Vector, Text, Text, Text]).more(),
    f("label_replace", &[Vector, Text, Text, Text, Text]),
    f("last_over_time", &[Range]),
    f("ln", &[Vector]),
    f("log10", &[Vector]),
    f("log2", &[Vector]),
    f("mad_over_time", &[Range]).experimental(),
    gives(Scalar, "max_of", &[Scalar, Scalar]).more().experimental(),
    f("max_over_time", &[Range]),
    gives(Scalar, "min_of", &[Scalar, Scalar]).more().experimental(),
    f("min_over_time", &[Range]),
    f("minute", &[Vector]).last_optional(),
    f("month", &[Vector]).last_optional(),
    gives(Scalar, "pi", &[]),
    f("predict_linear", &[Range, Scalar]),
    f("present_over_time", &[Range]),
    f("quantile_over_time", &[Scalar, Range]),
    f("rad", &[Vector]),
    gives(Scalar, "range", &[]).experimental(),
    f("rate", &[Range]),
    f("resets", &[Range]),
    f("round", &[Vector, Scalar]).last_optional(),
    gives(Scalar, "scalar", &[Vector]),
    f("sgn", &[Vector]),
    f("sin", &[Vector]),
    f("sinh", &[Vector]),
    f("sort", &[Vector]),
    f("sort_by_label", &[Vector, Text]).more().experimental(),
    f("sort_by_label_desc", &[Vector, Text]).more().experimental(),
    f("sort_desc", &[Vector]),
    f("sqrt", &[Vector]),
    gives(Scalar, "start", &[]).experimental(),
    f("stddev_over_time", &[Range]),
    f("stdvar_over_time", &[Range]),
    gives(Scalar, "step", &[]).experimental(),
    f("sum_over_time", &[Range]),
    f("tan", &[Vector]),
    f("tanh", &[Vector]),
    gives(Scalar, "time", &[]),
    f("timestamp", &[Vector]),
    f("ts_of_first_over_time", &[Range]).experimental(),
    f("ts_of_last_over_time", &[Range]).experimental(),
    f("ts_of_max_over_time", &[Range]).experimental(),
    f("ts_of_min_over_time", &[Range]).experimental(),
    f("vector", &[Scalar]),
    f("year", &[Vector]).last_optional(),
];

/// All functions, by name.
#[must_use]
pub const fn functions() -> &'static [Function] {
    FUNCTIONS
}

/// The function of that name, which is case-sensitive.
pub(crate) fn find(name: &str) -> Option<&'static Function> {
    let index = FUNCTIONS.binary_search_by_key(&name, |function| function.name).ok()?;
    FUNCTIONS.get(index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_sorted_and_found() {
        assert!(FUNCTIONS.is_sorted_by(|a, b| a.name < b.name));
        assert!(FUNCTIONS.iter().all(|function| find(function.name) == Some(function)));
        assert_eq!(find("Rate"), None);
    }
}
