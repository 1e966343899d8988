//! PromQL evaluated: an expression and a store give values over time. The language is read in `evenkeel-promql`.
