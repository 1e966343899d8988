//! Protobuf's encoding, read and written by hand.
//!
//! [`Fields`] cuts a message into its fields and borrows them, so that a decoder allocates what it keeps and nothing else, and
//! can bound it. The messages themselves are known to the crates that read them.

mod reading;
mod writing;

pub use reading::{Fields, Value, WireFault, low32, zigzag};
pub use writing::{
    BYTES, FIXED64, VARINT, put_bytes, put_double, put_int64, put_key, put_message, put_varint, to_zigzag,
};
