//! JSON written straight into bytes.

mod histogram;
mod number;

use evenkeel_labels::LabelSet;
use evenkeel_time::Timestamp;

/// A field of an object: its name, and what writes its value.
pub(crate) type Field<'a> = (&'a str, &'a dyn Fn(&mut Json));

/// JSON that is being written. Nothing checks that what is written is whole; that is for the tests.
#[derive(Debug, Default)]
pub(crate) struct Json(Vec<u8>);

impl Json {
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// What is JSON already.
    #[inline]
    pub(crate) fn raw(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
    }

    /// A text, with quotes round it.
    pub(crate) fn text(&mut self, text: &str) {
        self.0.push(b'"');
        let mut rest = text.as_bytes();
        while let Some(at) = rest.iter().position(|byte| is_special(*byte)) {
            let (plain, special) = rest.split_at_checked(at).unwrap_or((rest, &[]));
            self.0.extend_from_slice(plain);
            let Some((byte, after)) = special.split_first() else { break };
            self.escape(*byte);
            rest = after;
        }
        self.0.extend_from_slice(rest);
        self.0.push(b'"');
    }

    fn escape(&mut self, byte: u8) {
        match byte {
            b'"' => self.raw("\\\""),
            b'\\' => self.raw("\\\\"),
            b'\n' => self.raw("\\n"),
            b'\r' => self.raw("\\r"),
            b'\t' => self.raw("\\t"),
            _ => self.raw(&format!("\\u{byte:04x}")),
        }
    }

    /// A field's name, which needs no escapes, and the colon.
    pub(crate) fn key(&mut self, name: &str) {
        self.0.push(b'"');
        self.raw(name);
        self.raw("\":");
    }

    /// A field of an object.
    pub(crate) fn field(&mut self, name: &str, value: impl FnOnce(&mut Self)) {
        self.key(name);
        value(self);
    }

    /// An object: each field writes itself.
    pub(crate) fn object(&mut self, fields: &[Field<'_>]) {
        self.0.push(b'{');
        for (index, (name, value)) in fields.iter().enumerate() {
            if index > 0 {
                self.0.push(b',');
            }
            self.field(name, value);
        }
        self.0.push(b'}');
    }

    /// A list: each item is written by `write`.
    pub(crate) fn list<T>(&mut self, items: impl IntoIterator<Item = T>, mut write: impl FnMut(&mut Self, T)) {
        self.0.push(b'[');
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                self.0.push(b',');
            }
            write(self, item);
        }
        self.0.push(b']');
    }

    /// An object of texts.
    pub(crate) fn texts<'a>(&mut self, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) {
        self.0.push(b'{');
        for (index, (name, value)) in pairs.into_iter().enumerate() {
            if index > 0 {
                self.0.push(b',');
            }
            self.text(name);
            self.0.push(b':');
            self.text(value);
        }
        self.0.push(b'}');
    }

    pub(crate) fn labels(&mut self, labels: &LabelSet) {
        self.texts(labels.iter());
    }

    /// A whole number.
    pub(crate) fn whole(&mut self, number: i64) {
        number::whole(number, &mut self.0);
    }

    pub(crate) fn count(&mut self, number: usize) {
        self.whole(i64::try_from(number).unwrap_or(i64::MAX));
    }

    /// A number of JSON, such as seconds; what JSON does not have becomes zero.
    pub(crate) fn float(&mut self, number: f64) {
        number::value(if number.is_finite() { number } else { 0.0 }, &mut self.0);
    }

    pub(crate) fn bool(&mut self, value: bool) {
        self.raw(if value { "true" } else { "false" });
    }

    /// An instant as seconds with up to three places.
    pub(crate) fn seconds(&mut self, at: i64) {
        number::seconds(at, &mut self.0);
    }

    /// A value in quotes, as it is printed everywhere in Prometheus's API.
    #[inline]
    pub(crate) fn value(&mut self, value: f64) {
        self.0.push(b'"');
        number::value(value, &mut self.0);
        self.0.push(b'"');
    }

    /// A value in quotes and with an exponent, as it is printed of alerts.
    pub(crate) fn exponent(&mut self, value: f64) {
        self.0.push(b'"');
        number::exponent(value, &mut self.0);
        self.0.push(b'"');
    }

    /// An instant as text; Go's zero time when there is none.
    pub(crate) fn instant(&mut self, at: Option<Timestamp>) {
        let Some(at) = at else { return self.raw("\"0001-01-01T00:00:00Z\"") };
        let text = at.to_string();
        let cut = text.strip_suffix('Z').map(|text| text.trim_end_matches('0').trim_end_matches('.'));
        // Without a fraction there are no zeros to cut: the seconds keep theirs.
        let whole = text.strip_suffix(".000Z");
        self.text(&format!("{}Z", whole.or(cut).unwrap_or(&text)));
    }

    /// `[seconds,"value"]`
    #[inline]
    pub(crate) fn point(&mut self, at: i64, value: f64) {
        self.0.push(b'[');
        self.seconds(at);
        self.0.push(b',');
        self.value(value);
        self.0.push(b']');
    }
}

#[inline]
const fn is_special(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Json)) -> String {
        let mut json = Json::default();
        write(&mut json);
        String::from_utf8(json.into_bytes()).expect("text")
    }

    #[test]
    fn texts_are_escaped() {
        assert_eq!(written(|json| json.text("a\"b\\c\nd\u{1}é\t")), r#""a\"b\\c\nd\u0001é\t""#);
        assert_eq!(written(|json| json.text("")), r#""""#);
    }

    #[test]
    fn instants_are_written_as_go_writes_them() {
        for (at, text) in [
            (Some(1_600_000_000_500), r#""2020-09-13T12:26:40.5Z""#),
            (Some(1_600_000_000_000), r#""2020-09-13T12:26:40Z""#),
            (Some(1_600_000_000_120), r#""2020-09-13T12:26:40.12Z""#),
            (None, r#""0001-01-01T00:00:00Z""#),
        ] {
            assert_eq!(written(|json| json.instant(at.map(Timestamp))), text);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_back(text in "\\PC{0,20}|[\\x00-\\x7f]{0,20}") {
            let read: String = serde_json::from_str(&written(|json| json.text(&text))).expect("json");
            proptest::prop_assert_eq!(read, text);
        }
    }
}
