//! Silence ids as clients want them: UUIDs.
//!
//! A silence's id is a sequence number. Clients demand the form of a UUID, so the number is shown as the
//! last part of one of version 8, which leaves its bits to us: `00000000-0000-8000-8000-00000000002a`.

use evenkeel_ids::{Seq, SilenceId};

const PREFIX: &str = "00000000-0000-8000-8000-";
/// The number of the last part. More records than that are out of reach: 2⁴⁸.
const NUMBER_MAX: u64 = (1 << 48) - 1;

/// What a text is that stands where a silence's id belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Read {
    /// An id of ours.
    Ours(SilenceId),
    /// A UUID, but of nothing we know.
    Foreign,
    /// No UUID.
    Malformed,
}

/// A silence's id as Alertmanager's clients see it.
#[must_use]
pub fn shown_silence_id(id: SilenceId) -> String {
    format!("{PREFIX}{:012x}", id.seq().0.min(NUMBER_MAX))
}

/// Reads an id back.
pub(crate) fn read(text: &str) -> Read {
    let text = text.to_ascii_lowercase();
    if !uuid(&text) {
        return Read::Malformed;
    }
    let number = text.strip_prefix(PREFIX).and_then(|digits| u64::from_str_radix(digits, 16).ok());
    number.map_or(Read::Foreign, |number| Read::Ours(SilenceId(Seq(number))))
}

fn uuid(text: &str) -> bool {
    let hex = |part: &str| part.bytes().all(|b| b.is_ascii_hexdigit());
    let parts = || text.split('-');
    parts().map(str::len).eq([8, 4, 4, 4, 12]) && parts().all(hex)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_shown_as_a_uuid_and_reads_back() {
        let id = SilenceId(Seq(42));
        assert_eq!(shown_silence_id(id), "00000000-0000-8000-8000-00000000002a");
        assert_eq!(read("00000000-0000-8000-8000-00000000002A"), Read::Ours(id));
        assert_eq!(read("6f2c5d1e-0000-4000-8000-00000000002a"), Read::Foreign);
        for malformed in
            ["", "42", "silence:42", "00000000-0000-8000-8000-00000000002", "g0000000-0000-8000-8000-00000000002a"]
        {
            assert_eq!(read(malformed), Read::Malformed, "{malformed}");
        }
    }
}
