//! The codec of chunks for the example that measures it beside others; not for use.

use evenkeel_metric::Column;

use crate::codec::{chunk, values::Scratch};

/// Packs the samples of one chunk.
#[derive(Debug, Default)]
pub struct Packer(Scratch);

impl Packer {
    /// Appends a chunk.
    pub fn pack(&mut self, times: &[i64], values: &[f64], out: &mut Vec<u8>) {
        chunk::put_numbers(times, values, &mut self.0, out);
    }
}

/// Appends the samples of a chunk to a column; whether it could be read.
pub fn unpack(bytes: &[u8], into: &mut Column) -> bool {
    chunk::read(bytes, into).is_ok()
}
