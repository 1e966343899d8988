//! Gorilla's codec, to compare with: differences of differences of times, and XOR of values.
//! Source: Pelkonen et al., "Gorilla: A Fast, Scalable, In-Memory Time Series Database", 2015.

#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    free: u32,
}

impl Bits {
    fn put(&mut self, value: u64, width: u32) {
        let mut left = width;
        while left > 0 {
            if self.free == 0 {
                self.bytes.push(0);
                self.free = 8;
            }
            let taken = left.min(self.free);
            let part = (value >> (left - taken)) & ((1 << taken) - 1);
            let last = self.bytes.len() - 1;
            self.bytes[last] |= (part as u8) << (self.free - taken);
            self.free -= taken;
            left -= taken;
        }
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn take(&mut self, width: u32) -> u64 {
        if width == 0 {
            return 0;
        }
        let (byte, shift) = (self.at / 8, self.at % 8);
        self.at += width as usize;
        let mut window = [0u8; 16];
        let rest = &self.bytes[byte.min(self.bytes.len())..];
        let length = rest.len().min(16);
        window[..length].copy_from_slice(&rest[..length]);
        let all = u128::from_be_bytes(window) << shift;
        (all >> (128 - width)) as u64
    }
}

pub(crate) fn pack(times: &[i64], values: &[f64]) -> Vec<u8> {
    let mut out = Bits::default();
    out.put(times[0] as u64, 64);
    out.put(values[0].to_bits(), 64);
    let (mut step, mut leading, mut width) = (0i64, 64u32, 0u32);
    for place in 1..times.len() {
        let next = times[place] - times[place - 1];
        let change = next - step;
        step = next;
        match change {
            0 => out.put(0, 1),
            -8191..=8192 => out.put(0b10 << 14 | (change as u64 & 0x3fff), 16),
            -65535..=65536 => out.put(0b110 << 17 | (change as u64 & 0x1_ffff), 20),
            _ => {
                out.put(0b1111, 4);
                out.put(change as u64, 64);
            }
        }
        let xor = values[place].to_bits() ^ values[place - 1].to_bits();
        if xor == 0 {
            out.put(0, 1);
            continue;
        }
        let (zeros, behind) = (xor.leading_zeros().min(31), xor.trailing_zeros());
        if width > 0 && zeros >= leading && behind >= 64 - leading - width {
            out.put(0b10, 2);
        } else {
            (leading, width) = (zeros, 64 - zeros - behind);
            out.put(0b11, 2);
            out.put(u64::from(leading), 5);
            out.put(u64::from(width & 63), 6);
        }
        out.put(xor >> (64 - leading - width), width);
    }
    out.bytes
}

pub(crate) fn unpack(bytes: &[u8], count: usize, times: &mut Vec<i64>, values: &mut Vec<f64>) {
    let mut reader = Reader { bytes, at: 0 };
    let (mut at, mut bits) = (reader.take(64) as i64, reader.take(64));
    let (mut step, mut leading, mut width) = (0i64, 0u32, 0u32);
    times.push(at);
    values.push(f64::from_bits(bits));
    for _ in 1..count {
        if reader.take(1) == 1 {
            if reader.take(1) == 0 {
                step += (reader.take(14) << 50) as i64 >> 50;
            } else if reader.take(1) == 0 {
                step += (reader.take(17) << 47) as i64 >> 47;
            } else {
                reader.take(1);
                step += reader.take(64) as i64;
            }
        }
        at += step;
        if reader.take(1) == 1 {
            if reader.take(1) == 1 {
                leading = reader.take(5) as u32;
                width = reader.take(6) as u32;
                width = if width == 0 { 64 } else { width };
            }
            bits ^= reader.take(width) << (64 - leading - width);
        }
        times.push(at);
        values.push(f64::from_bits(bits));
    }
}
