//! Chance from a seed. Source: Sebastiano Vigna, `splitmix64`.

pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From `from` up to, not including, `until`.
    pub(crate) fn between(&mut self, from: i64, until: i64) -> i64 {
        let span = u64::try_from(until - from).expect("not empty");
        from + i64::try_from(self.next() % span).expect("below the span")
    }

    /// The same for what counts from zero.
    pub(crate) fn below<T: TryFrom<i64>>(&mut self, until: i64) -> T {
        T::try_from(self.between(0, until)).ok().expect("fits")
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        let index = self.below::<usize>(i64::try_from(from.len()).expect("short"));
        from.get(index).expect("one of them")
    }

    /// So many times out of a hundred.
    pub(crate) fn percent(&mut self, times: i64) -> bool {
        self.between(0, 100) < times
    }
}
