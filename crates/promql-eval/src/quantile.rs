//! Quantiles of values and of histograms.
