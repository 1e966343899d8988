//! Answers over time, taken step by step.

use std::sync::Arc;

use evenkeel_promql_eval::{Point, Series, VectorPoint};
use evenkeel_time::Timestamp;

/// Answers over time, and how far each series was taken.
pub(super) struct Steps {
    series: Vec<(Series, usize, usize)>,
}

impl Steps {
    pub(super) fn of(series: Vec<Series>) -> Self {
        Self { series: series.into_iter().map(|series| (series, 0, 0)).collect() }
    }

    /// The next instant at which there is something.
    pub(super) fn next_at(&self) -> Option<Timestamp> {
        let each = self.series.iter().flat_map(|(series, number, histogram)| {
            let number = series.column.times.get(*number).copied();
            [number, series.column.histograms.get(*histogram).map(|(at, _)| *at)]
        });
        each.flatten().min().map(Timestamp)
    }

    /// What there is at an instant; what is before it is gone.
    pub(super) fn take(&mut self, at: Timestamp) -> Vec<VectorPoint> {
        let mut points = Vec::new();
        for (series, number, histogram) in &mut self.series {
            let column = &series.column;
            while column.times.get(*number).is_some_and(|time| *time < at.0) {
                *number += 1;
            }
            while column.histograms.get(*histogram).is_some_and(|(time, _)| *time < at.0) {
                *histogram += 1;
            }
            let value = if column.times.get(*number) == Some(&at.0) {
                column.values.get(*number).copied().map(Point::Number)
            } else {
                let found = column.histograms.get(*histogram).filter(|(time, _)| *time == at.0);
                found.map(|(_, histogram)| Point::Histogram(Arc::clone(histogram)))
            };
            points.extend(value.map(|value| VectorPoint { labels: series.labels.clone(), at, value }));
        }
        points
    }
}
