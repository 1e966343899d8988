//! Functions of windows at their corners.

use evenkeel_promql::Extension;

use super::*;

/// A window over numbers at whole seconds, of so many seconds up to an instant.
fn window<'a>(times: &'a [i64], values: &'a [f64], from: i64, until: i64) -> Window<'a> {
    Window { times, values, histograms: &[], after: from * 1000, until: until * 1000, extension: None }
}

fn number(function: &str, window: &Window<'_>, params: &[f64]) -> Option<f64> {
    let function = RangeFunction::named(function).expect(function);
    match apply(function, window, params, &mut Notes::new("")) {
        Outcome::None => None,
        Outcome::Number(value) => Some(value),
        Outcome::Histogram(histogram) => panic!("a histogram: {histogram}"),
    }
}

fn check(function: &str, window: &Window<'_>, params: &[f64], expected: Option<f64>) {
    let given = number(function, window, params);
    let same = match (given, expected) {
        (Some(given), Some(expected)) => {
            given == expected || given.is_nan() && expected.is_nan() || ((given - expected) / expected).abs() < 1e-12
        }
        (given, expected) => given == expected,
    };
    assert!(same, "{function}{params:?} of {:?}: {given:?}, not {expected:?}", window.values);
}

#[test]
fn rates_are_extended_to_borders_that_are_near() {
    let times = [10_000, 20_000, 30_000, 40_000];
    let counter = [5.0, 10.0, 2.0, 7.0];
    // Both borders are near: 12 in 30 seconds, made 45 seconds; the counter would be zero 12.5 seconds before the first.
    check("increase", &window(&times, &counter, 5, 45), &[], Some(12.0 * 40.0 / 30.0));
    check("rate", &window(&times, &counter, 5, 45), &[], Some(12.0 * 40.0 / 30.0 / 40.0));
    check("delta", &window(&times, &counter, 5, 45), &[], Some(2.0 * 40.0 / 30.0));
    // They are far: half a step at each end.
    check("delta", &window(&times, &counter, -100, 100), &[], Some(2.0 * 40.0 / 30.0));
    // A counter that was zero just before the first sample.
    check("increase", &window(&times[..2], &[1.0, 11.0], 5, 20), &[], Some(10.0 * (10.0 + 1.0) / 10.0));
    check("increase", &window(&times[..1], &counter[..1], 5, 45), &[], None);
    check("rate", &window(&[], &[], 5, 45), &[], None);
}

#[test]
fn what_ends_between_samples_is_drawn_or_anchored() {
    let times = [0, 10_000, 20_000, 30_000];
    let values = [0.0, 10.0, 5.0, 15.0];
    // Samples behind the window are there only when lines are drawn to them.
    let anchored =
        |from, until| Window { extension: Some(Extension::Anchored), ..window(&times[..3], &values[..3], from, until) };
    let smoothed =
        |from, until| Window { extension: Some(Extension::Smoothed), ..window(&times, &values, from, until) };
    check("increase", &anchored(5, 25), &[], Some(15.0));
    check("rate", &anchored(5, 25), &[], Some(15.0 / 20.0));
    check("delta", &anchored(5, 25), &[], Some(5.0));
    check("increase", &smoothed(5, 25), &[], Some(15.0));
    check("delta", &smoothed(5, 25), &[], Some(5.0));
    check("changes", &anchored(5, 25), &[], Some(2.0));
    check("resets", &anchored(5, 25), &[], Some(1.0));
    check("increase", &anchored(20, 50), &[], None);
    check("changes", &anchored(20, 50), &[], None);
}

#[test]
fn the_last_two_samples_make_an_instant_rate() {
    let times = [0, 10_000, 30_000];
    check("irate", &window(&times, &[1.0, 2.0, 6.0], -1, 30), &[], Some(0.2));
    check("irate", &window(&times, &[1.0, 8.0, 6.0], -1, 30), &[], Some(0.3));
    check("idelta", &window(&times, &[1.0, 8.0, 6.0], -1, 30), &[], Some(-2.0));
    check("irate", &window(&times[..1], &[1.0], -1, 30), &[], None);
}

#[test]
fn sums_and_averages_lose_nothing_and_do_not_overflow() {
    let times = [0, 1, 2, 3];
    let whole = |values| window(&times, values, -1, 10);
    check("sum_over_time", &whole(&[1e100, 1.0, -1e100, 1.0]), &[], Some(2.0));
    check("avg_over_time", &whole(&[1e308, 1e308, 1e308, 1e308]), &[], Some(1e308));
    check("avg_over_time", &whole(&[f64::INFINITY, 1.0, 2.0, 3.0]), &[], Some(f64::INFINITY));
    check("avg_over_time", &whole(&[f64::INFINITY, 1.0, f64::NEG_INFINITY, 3.0]), &[], Some(f64::NAN));
    check("avg_over_time", &whole(&[1.0, 2.0, 3.0, f64::NAN]), &[], Some(f64::NAN));
    check("sum_over_time", &whole(&[f64::MAX, f64::MAX, -f64::MAX, 1.0]), &[], Some(f64::INFINITY));
    check("stddev_over_time", &whole(&[1.0, 1.0, 5.0, 5.0]), &[], Some(2.0));
    check("stdvar_over_time", &whole(&[1e4 + 1.0, 1e4 + 1.0, 1e4 + 5.0, 1e4 + 5.0]), &[], Some(4.0));
    check("mad_over_time", &whole(&[4.0, 6.0, 2.0, 1.0]), &[], Some(1.5));
    check("quantile_over_time", &whole(&[4.0, 6.0, 2.0, 1.0]), &[0.5], Some(3.0));
    check("quantile_over_time", &whole(&[4.0, 6.0, 2.0, 1.0]), &[2.0], Some(f64::INFINITY));
}

#[test]
fn extremes_leave_nan_out_of_account_and_know_their_time() {
    let times = [0, 1000, 2000, 3000];
    let whole = |values| window(&times, values, -1, 10);
    let values = &[f64::NAN, 2.0, 7.0, 2.0];
    check("min_over_time", &whole(values), &[], Some(2.0));
    check("max_over_time", &whole(values), &[], Some(7.0));
    check("ts_of_min_over_time", &whole(values), &[], Some(3.0));
    check("ts_of_max_over_time", &whole(values), &[], Some(2.0));
    check("max_over_time", &whole(&[f64::NAN; 4]), &[], Some(f64::NAN));
    check("ts_of_first_over_time", &whole(values), &[], Some(0.0));
    check("ts_of_last_over_time", &whole(values), &[], Some(3.0));
    check("changes", &whole(&[f64::NAN, f64::NAN, 1.0, 1.0]), &[], Some(1.0));
    check("resets", &whole(&[3.0, 2.0, 2.0, 1.0]), &[], Some(2.0));
    check("count_over_time", &whole(values), &[], Some(4.0));
}

#[test]
fn lines_are_drawn_through_numbers() {
    let times = [0, 10_000, 20_000, 30_000];
    let whole = |values| window(&times, values, -1, 30);
    check("deriv", &whole(&[1.0, 3.0, 5.0, 7.0]), &[], Some(0.2));
    check("predict_linear", &whole(&[1.0, 3.0, 5.0, 7.0]), &[10.0], Some(9.0));
    check("predict_linear", &whole(&[4.0; 4]), &[1e9], Some(4.0));
    check("deriv", &whole(&[f64::INFINITY; 4]), &[], Some(f64::NAN));
    check("deriv", &window(&times[..1], &[1.0], -1, 30), &[], None);
    check("double_exponential_smoothing", &whole(&[1.0, 3.0, 5.0, 7.0]), &[0.5, 0.5], Some(7.0));
    let wrong = check_params(RangeFunction::DoubleExponentialSmoothing, &[0.5, 1.0]);
    assert_eq!(wrong, Err("invalid trend factor. Expected: 0 < tf < 1, got: 1.000000".to_owned()));
}

proptest::proptest! {
    /// Windows that move forward find what each window finds alone.
    #[test]
    fn moving_extremes_are_those_of_each_window(
        values in proptest::collection::vec(proptest::option::of(-5_i8..5), 1..40),
        length in 1_usize..12,
        step in 1_usize..6,
    ) {
        let values: Vec<f64> = values.iter().map(|value| value.map_or(f64::NAN, f64::from)).collect();
        for name in ["min_over_time", "max_over_time"] {
            let function = RangeFunction::named(name).expect(name);
            let mut extremes = Extremes::of(function, &values).expect("an extreme");
            for low in (0..values.len()).step_by(step) {
                let high = (low + length).min(values.len());
                let times = vec![0; high - low];
                let alone = extremes::extreme(function, &window(&times, &values[low..high], 0, 0));
                let moving = extremes.between(low, high);
                let same = match (alone, moving) {
                    (Some(alone), Some(moving)) => alone == moving || alone.is_nan() && moving.is_nan(),
                    (alone, moving) => alone == moving,
                };
                proptest::prop_assert!(same, "{} {}..{}: {:?} {:?}", name, low, high, alone, moving);
            }
        }
    }
}
