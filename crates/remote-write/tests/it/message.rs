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

pub(crate) fn packed_sints(field: u64, numbers: &[i64]) -> Vec<u8> {
    let bits: Vec<u64> = numbers.iter().map(|value| (value << 1 ^ value >> 63).cast_unsigned()).collect();
    packed(field, &bits)
}

pub(crate) fn packed_doubles(field: u64, numbers: &[f64]) -> Vec<u8> {
    len(field, numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>())
}

/// A label of version 1.0.
pub(crate) fn label(name: impl AsRef<[u8]>, value: impl AsRef<[u8]>) -> Vec<u8> {
    msg(1, &[len(1, name), len(2, value)])
}

/// A sample, the same in both versions.
pub(crate) fn sample(field: u64, at: i64, value: f64) -> Vec<u8> {
    msg(field, &[double(1, value), int(2, at)])
}

pub(crate) fn snappy(plain: &[u8]) -> Vec<u8> {
    snap::raw::Encoder::new().compress_vec(plain).expect("a block")
}
