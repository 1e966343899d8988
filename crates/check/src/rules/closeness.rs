//! Names that are nearly the same: a slip, and not another name of the same family.

/// How long what differs may be.
const DIFFERENT_MAX: usize = 2;

/// Whether two names differ in one place, by two characters at most.
pub(super) fn is_slip(wrong: &str, right: &str) -> bool {
    let (wrong, right) = (wrong.as_bytes(), right.as_bytes());
    if wrong == right || wrong.len().abs_diff(right.len()) > DIFFERENT_MAX {
        return false;
    }
    let before = wrong.iter().zip(right).take_while(|(a, b)| a == b).count();
    let shorter = wrong.len().min(right.len());
    let behind = wrong.iter().rev().zip(right.iter().rev()).take_while(|(a, b)| a == b).count().min(shorter - before);
    let different = wrong.len().max(right.len()) - before - behind;
    let parts = [wrong.get(before..wrong.len() - behind), right.get(before..right.len() - behind)];
    // `p90` and `p99`, `rate1m` and `rate5m` are names of their own.
    let counts = parts.into_iter().flatten().any(|part| part.iter().any(u8::is_ascii_digit));
    different <= DIFFERENT_MAX && !counts
}

/// The first of the names that differs by a slip.
pub(super) fn slip_of<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    names.into_iter().find(|name| is_slip(wrong, name))
}

#[cfg(test)]
mod tests {
    use super::is_slip;

    #[test]
    fn a_slip_is_one_place_and_no_number() {
        assert!(is_slip("http_request_total", "http_requests_total"));
        assert!(is_slip("http_reqeusts_total", "http_requests_total"));
        assert!(is_slip("job:up:sm", "job:up:sum"));
        assert!(!is_slip("http_requests_total", "http_responses_total"));
        assert!(!is_slip("job:errors:rate1m", "job:errors:rate5m"));
        assert!(!is_slip("up", "up"));
        assert!(is_slip("aa", "a"));
    }
}
