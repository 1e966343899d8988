//! Protobuf messages made by hand, without the crate's own encoder.

pub(crate) fn varint(mut number: u64) -> Vec<u8> {
    let mut out = Vec::new();
    loop {
        let low = (number & 127) as u8;
        number >>= 7;
        if number == 0 {
            out.push(low);
            return out;
        }
        out.push(low | 128);
    }
}

pub(crate) fn int(field: u64, value: i64) -> Vec<u8> {
    [varint(field << 3), varint(value.cast_unsigned())].concat()
}

pub(crate) fn sint(field: u64, value: i64) -> Vec<u8> {
    int(field, value << 1 ^ value >> 63)
}

pub(crate) fn double(field: u64, value: f64) -> Vec<u8> {
    [varint(field << 3 | 1), value.to_le_bytes().to_vec()].concat()
}

pub(crate) fn len(field: u64, bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let bytes = bytes.as_ref();
    [varint(field << 3 | 2), varint(bytes.len() as u64), bytes.to_vec()].concat()
}

pub(crate) fn msg(field: u64, parts: &[Vec<u8>]) -> Vec<u8> {
    len(field, parts.concat())
}

/// Packed numbers.
pub(crate) fn packed(field: u64, numbers: &[u64]) -> Vec<u8> {
    len(field, numbers.iter().flat_map(|number| varint(*number)).collect::<Vec<u8>>())
}

pub(crate) fn packed_doubles(field: u64, numbers: &[f64]) -> Vec<u8> {
    len(field, numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>())
}

/// A number of eight bytes.
pub(crate) fn fixed(field: u64, value: i64) -> Vec<u8> {
    [varint(field << 3 | 1), value.to_le_bytes().to_vec()].concat()
}

/// Packed numbers of eight bytes.
pub(crate) fn packed_fixed(field: u64, numbers: &[u64]) -> Vec<u8> {
    len(field, numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>())
}

/// An attribute with a text, in the field of that number.
pub(crate) fn attribute(field: u64, key: &str, value: &str) -> Vec<u8> {
    msg(field, &[len(1, key), msg(2, &[len(1, value)])])
}

/// A request with one resource of these attributes, one scope without a name, and these metrics.
pub(crate) fn request(resource: &[(&str, &str)], metrics: &[Vec<u8>]) -> Vec<u8> {
    let attributes: Vec<_> = resource.iter().map(|(key, value)| attribute(1, key, value)).collect();
    let metrics: Vec<_> = metrics.iter().map(|metric| len(2, metric)).collect();
    msg(1, &[msg(1, &attributes), msg(2, &metrics)])
}

/// A metric: its name, its unit, the number of its kind of data, and the data's fields.
pub(crate) fn metric(name: &str, unit: &str, data: u64, fields: &[Vec<u8>]) -> Vec<u8> {
    [len(1, name), len(2, format!("About {name}.")), len(3, unit), msg(data, fields)].concat()
}

pub(crate) const GAUGE: u64 = 5;
pub(crate) const SUM: u64 = 7;
pub(crate) const HISTOGRAM: u64 = 9;
pub(crate) const EXPONENTIAL: u64 = 10;
pub(crate) const SUMMARY: u64 = 11;

/// A field that says the temporality.
pub(crate) fn delta() -> Vec<u8> {
    int(2, 1)
}

/// A field that says the temporality.
pub(crate) fn cumulative() -> Vec<u8> {
    int(2, 2)
}

/// A field that says that a sum only grows.
pub(crate) fn monotonic() -> Vec<u8> {
    int(3, 1)
}

/// Start and end of a point in milliseconds; both have the same numbers in every kind of point.
pub(crate) fn times(start: i64, until: i64) -> Vec<u8> {
    [fixed(2, start * 1_000_000), fixed(3, until * 1_000_000)].concat()
}
