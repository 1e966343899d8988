//! What an evaluation gives.

use std::sync::Arc;

use evenkeel_labels::LabelSet;
use evenkeel_metric::{Column, Histogram};
use evenkeel_time::Timestamp;

/// The value of an expression, and what is remarked on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The value.
    pub value: Value,
    /// Warnings, with Prometheus's texts.
    pub warnings: Vec<String>,
    /// Infos, with Prometheus's texts.
    pub infos: Vec<String>,
    /// Samples that the store gave.
    pub samples_read: u64,
    /// Samples held at once, at most.
    pub samples_peak: u64,
}

/// A value of an expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A number at each instant.
    Scalar(Vec<(i64, f64)>),
    /// A text.
    Text(String),
    /// A value for each of a set of series, at one instant; sorted by labels, unless the expression sorts.
    Vector(Vec<VectorPoint>),
    /// Values over time for each of a set of series, sorted by labels.
    Matrix(Vec<Series>),
}

/// The value of one series at one instant.
#[derive(Debug, Clone, PartialEq)]
pub struct VectorPoint {
    /// Its labels.
    pub labels: LabelSet,
    /// The instant of the question.
    pub at: Timestamp,
    /// How much.
    pub value: Point,
}

/// A number or a histogram.
#[derive(Debug, Clone, PartialEq)]
pub enum Point {
    /// A number.
    Number(f64),
    /// A native histogram.
    Histogram(Arc<Histogram>),
}

/// The values of one series over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its labels.
    pub labels: LabelSet,
    /// Its values.
    pub column: Column,
}
