//! One native histogram: its shape unless it is the one before's, and its counts, as differences where they are whole numbers.

use evenkeel_metric::{Histogram, ResetHint, Span};

use super::bytes::{Reader, put_varint, put_zigzag};

/// Its buckets are those of the histogram before it.
const SAME_SHAPE: u8 = 4;
/// All its counts are whole numbers.
const WHOLE: u8 = 8;
const HINTS: [ResetHint; 4] = [ResetHint::Unknown, ResetHint::Reset, ResetHint::NotReset, ResetHint::Gauge];
/// Up to here all whole numbers are numbers.
const WHOLE_MAX: f64 = 9_007_199_254_740_992.0;

/// Appends a histogram; `before` is what [`read`] will be given too.
#[expect(clippy::cast_possible_truncation, reason = "one of four, or a whole number that fits")]
pub(crate) fn put(histogram: &Histogram, before: Option<&Histogram>, out: &mut Vec<u8>) {
    let before = before.filter(|before| same_shape(histogram, before));
    let hint = HINTS.iter().position(|hint| *hint == histogram.reset_hint).unwrap_or(0) as u8;
    let whole = counts(histogram).all(is_whole) && before.is_none_or(|before| counts(before).all(is_whole));
    out.push(hint | if before.is_some() { SAME_SHAPE } else { 0 } | if whole { WHOLE } else { 0 });
    if before.is_none() {
        put_shape(histogram, out);
    }
    put_number(histogram.sum, out);
    let mut counts_before = before.into_iter().flat_map(counts);
    for count in counts(histogram) {
        if whole {
            put_zigzag(out, count as i64 - counts_before.next().unwrap_or(0.0) as i64);
        } else {
            put_number(count, out);
        }
    }
}

fn counts(histogram: &Histogram) -> impl Iterator<Item = f64> {
    let buckets = histogram.positive_counts.iter().chain(&histogram.negative_counts);
    [histogram.count, histogram.zero_count].into_iter().chain(buckets.copied())
}

fn is_whole(count: f64) -> bool {
    count.fract() == 0.0 && (0.0..=WHOLE_MAX).contains(&count) && count.is_sign_positive()
}

fn same_shape(a: &Histogram, b: &Histogram) -> bool {
    let bits = |bounds: &[f64]| bounds.iter().map(|bound| bound.to_bits()).collect::<Vec<_>>();
    a.schema == b.schema
        && a.zero_threshold.to_bits() == b.zero_threshold.to_bits()
        && a.positive_spans == b.positive_spans
        && a.negative_spans == b.negative_spans
        && a.positive_counts.len() == b.positive_counts.len()
        && a.negative_counts.len() == b.negative_counts.len()
        && bits(&a.custom_bounds) == bits(&b.custom_bounds)
}

fn put_number(number: f64, out: &mut Vec<u8>) {
    out.extend_from_slice(&number.to_bits().to_le_bytes());
}

fn put_shape(histogram: &Histogram, out: &mut Vec<u8>) {
    put_zigzag(out, i64::from(histogram.schema));
    put_number(histogram.zero_threshold, out);
    for spans in [&histogram.positive_spans, &histogram.negative_spans] {
        put_varint(out, spans.len() as u64);
        for span in spans {
            put_zigzag(out, i64::from(span.offset));
            put_varint(out, u64::from(span.length));
        }
    }
    put_varint(out, histogram.positive_counts.len() as u64);
    put_varint(out, histogram.negative_counts.len() as u64);
    put_varint(out, histogram.custom_bounds.len() as u64);
    histogram.custom_bounds.iter().for_each(|bound| put_number(*bound, out));
}

/// Reads a histogram that was put with the same one before it.
pub(crate) fn read(reader: &mut Reader<'_>, before: Option<&Histogram>) -> Option<Histogram> {
    let flags = reader.u8()?;
    if flags >= 16 {
        return None;
    }
    let before = if flags & SAME_SHAPE == 0 { None } else { Some(before?) };
    let mut histogram = match before {
        Some(before) => before.clone(),
        None => read_shape(reader)?,
    };
    histogram.reset_hint = *HINTS.get(usize::from(flags & 3))?;
    histogram.sum = reader.f64()?;
    let buckets = histogram.positive_counts.iter_mut().chain(&mut histogram.negative_counts);
    for count in [&mut histogram.count, &mut histogram.zero_count].into_iter().chain(buckets) {
        *count = if flags & WHOLE == 0 { reader.f64()? } else { whole_after(*count, reader.zigzag()?)? };
    }
    Some(histogram)
}

#[expect(clippy::cast_possible_truncation, reason = "a whole number that fits, or is refused")]
fn whole_after(before: f64, difference: i64) -> Option<f64> {
    let count = (before as i64).checked_add(difference)?;
    Some(count as f64).filter(|count| is_whole(*count))
}

fn read_shape(reader: &mut Reader<'_>) -> Option<Histogram> {
    let schema = i32::try_from(reader.zigzag()?).ok()?;
    let zero_threshold = reader.f64()?;
    let positive_spans = read_spans(reader)?;
    let negative_spans = read_spans(reader)?;
    // Each bucket takes at least a byte behind this, so no more is asked for than is there.
    let (positive, negative, bounds) = (reader.count()?, reader.count()?, reader.count()?);
    let mut custom_bounds = Vec::with_capacity(bounds);
    for _ in 0..bounds {
        custom_bounds.push(reader.f64()?);
    }
    Some(Histogram {
        reset_hint: ResetHint::Unknown,
        schema,
        zero_threshold,
        zero_count: 0.0,
        count: 0.0,
        sum: 0.0,
        positive_spans,
        positive_counts: vec![0.0; positive],
        negative_spans,
        negative_counts: vec![0.0; negative],
        custom_bounds,
    })
}

fn read_spans(reader: &mut Reader<'_>) -> Option<Vec<Span>> {
    let count = reader.count()?;
    let mut spans = Vec::with_capacity(count);
    for _ in 0..count {
        let offset = i32::try_from(reader.zigzag()?).ok()?;
        spans.push(Span { offset, length: u32::try_from(reader.varint()?).ok()? });
    }
    Some(spans)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn histogram(counts: &[f64], schema: i32) -> Histogram {
        Histogram {
            reset_hint: ResetHint::NotReset,
            schema,
            zero_threshold: 1e-128,
            zero_count: 2.0,
            count: counts.iter().sum::<f64>() + 2.0,
            sum: 12.5,
            positive_spans: vec![Span { offset: -3, length: u32::try_from(counts.len()).expect("few") }],
            positive_counts: counts.to_vec(),
            negative_spans: Vec::new(),
            negative_counts: Vec::new(),
            custom_bounds: vec![0.5; usize::from(schema == -53)],
        }
    }

    proptest! {
        #[test]
        fn histograms_read_back(
            rows in proptest::collection::vec((proptest::collection::vec(0u32..1_000_000, 3), 0u8..4), 1..20)
        ) {
            let all: Vec<Histogram> = rows.iter().map(|(counts, kind)| {
                let by = if *kind == 0 { 0.5 } else { 1.0 };
                let counts: Vec<f64> = counts.iter().map(|count| f64::from(*count) * by).collect();
                histogram(&counts[..if *kind == 1 { 2 } else { 3 }], if *kind == 2 { -53 } else { 3 })
            }).collect();
            let (mut bytes, mut before) = (Vec::new(), None);
            for histogram in &all {
                put(histogram, before, &mut bytes);
                before = Some(histogram);
            }
            let (mut reader, mut back) = (Reader::of(&bytes), Vec::<Histogram>::new());
            for _ in &all {
                let histogram = read(&mut reader, back.last());
                prop_assert!(histogram.is_some());
                back.extend(histogram);
            }
            prop_assert_eq!(back, all);
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut reader = Reader::of(&bytes);
            let mut before = None;
            while let Some(histogram) = read(&mut reader, before.as_ref()) {
                before = Some(histogram);
            }
        }
    }
}
