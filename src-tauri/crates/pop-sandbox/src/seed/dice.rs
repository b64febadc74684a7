//! A small generator of numbers that will throw the same numbers in ten years.
//!
//! Own code on purpose: general random-number crates do not promise that their ranges and shuffles
//! stay the same between releases, and people, tests and screenshots rely on customer 100123 being
//! the same person tomorrow. The generator is `SplitMix64`; nothing here is fit for secrets.

/// One sequence of throws.
pub(super) struct Dice(u64);

impl Dice {
    /// Starts the sequence of one customer, which does not depend on the customers before.
    pub(super) fn of(seed: u64, customer: u64) -> Self {
        let mut dice = Self(seed ^ customer.wrapping_mul(0xA076_1D64_78BD_642F));
        dice.next();
        dice
    }

    /// Throws a number below `sides`, which is at least 1.
    pub(super) fn below(&mut self, sides: u64) -> u64 {
        self.next() % sides.max(1)
    }

    /// Throws a number of `low..=high`.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = high.saturating_sub(low).max(0).unsigned_abs() + 1;
        low.saturating_add_unsigned(self.below(span))
    }

    /// Is true once in `sides` throws.
    pub(super) fn one_in(&mut self, sides: u64) -> bool {
        self.below(sides) == 0
    }

    /// Makes a value, except once in so many throws.
    pub(super) fn mostly<T>(
        &mut self,
        missing_in: u64,
        value: impl FnOnce(&mut Self) -> T,
    ) -> Option<T> {
        if self.one_in(missing_in) {
            return None;
        }
        Some(value(self))
    }

    /// Picks one of a list, which is not empty.
    #[expect(
        clippy::expect_used,
        reason = "every list here is a constant with entries"
    )]
    pub(super) fn pick<'list, T>(&mut self, list: &'list [T]) -> &'list T {
        let index = usize::try_from(self.below(list.len() as u64)).unwrap_or_default();
        list.get(index)
            .expect("the throw is below the length of a list that has entries")
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::Dice;

    #[test]
    fn the_first_throws_are_those_of_every_release() {
        let mut dice = Dice::of(7, 100_001);
        let throws: Vec<u64> = (0..6).map(|_| dice.below(1000)).collect();
        assert_eq!(throws, [238, 827, 912, 751, 694, 240]);
    }
}
