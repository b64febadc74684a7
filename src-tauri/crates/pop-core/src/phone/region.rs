//! A country, as the region that a number without country code belongs to.

use std::fmt;

/// A country with a numbering plan: two letters, as in `ES`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Region(rlibphonenumber::Region);

impl Region {
    /// Reads two capital letters of a country that has a numbering plan.
    pub fn parse(letters: &str) -> Option<Self> {
        let is_code = letters.len() == 2 && letters.bytes().all(|byte| byte.is_ascii_uppercase());
        if !is_code {
            return None;
        }
        let region = rlibphonenumber::Region::from_code(letters).ok()?;
        rlibphonenumber::PHONE_NUMBER_UTIL.get_country_code_for_region(region)?;
        Some(Self(region))
    }

    pub(super) fn library(self) -> rlibphonenumber::Region {
        self.0
    }

    pub(super) fn from_library(region: rlibphonenumber::Region) -> Self {
        Self(region)
    }
}

impl fmt::Display for Region {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0.as_region_str().as_str())
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Region({self})")
    }
}
