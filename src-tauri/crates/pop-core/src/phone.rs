//! Telephone numbers as identifiers: read from whatever a switch, a link or a record calls a
//! number, kept as E.164, and compared as that.
//!
//! What a number is comes from libphonenumber's data. Two things are ours: a number given as
//! `+digits` is never altered, and the library only ever sees digits and a plus, because parsers
//! of telephone texts have failed on hostile ones (see `phone/dialled.rs`). Whose number it is
//! belongs to the CRM; how far it can be trusted belongs to `identifier.rs`.

mod dialled;
mod region;
mod spellings;

use rlibphonenumber::{
    NumberLengthType, PHONE_NUMBER_UTIL, ParseError, PhoneNumber, PhoneNumberFormat,
    ValidationError, get_national_significant_number_owned,
};

use dialled::Dialled;
pub use region::Region;

/// What is known about numbers before one is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PhoneRules {
    /// Where a number without country code belongs.
    pub default_region: Option<Region>,
    /// The organisation's own numbers, which identify no customer.
    pub own_numbers: Vec<E164>,
}

/// A number in the international form: a plus, and 7 to 15 digits of which the first is not 0.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct E164(String);

impl E164 {
    /// Reads `+digits`, and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('+')?;
        let is_number = (7..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| Self(text.to_owned()))
    }

    /// The number, `+` included.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A telephone number that can be searched for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Phone {
    e164: E164,
    number: PhoneNumber,
}

/// Why a text is not taken for somebody's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhoneRefused {
    /// Nothing there.
    #[error("no number")]
    Blank,
    /// The caller or the network keeps it back.
    #[error("the number is withheld")]
    Withheld,
    /// An extension or a short code: it identifies nobody outside one switch or country.
    #[error("too short to identify anybody")]
    TooShort,
    /// The organisation's own number.
    #[error("one of our own numbers")]
    Own,
    /// Something else than a telephone number.
    #[error("not a telephone number")]
    NotANumber,
    /// A national number, and no default region is set.
    #[error("a number without country code, and no default region is set")]
    NoRegion,
}

impl Phone {
    /// Reads a number: E.164, with a `00` prefix, national, `sip:` or `tel:`.
    pub fn parse(raw: &str, rules: &PhoneRules) -> Result<Self, PhoneRefused> {
        let phone = Self::read(raw, rules.default_region)?;
        if rules.own_numbers.contains(&phone.e164) {
            return Err(PhoneRefused::Own);
        }
        Ok(phone)
    }

    fn read(raw: &str, region: Option<Region>) -> Result<Self, PhoneRefused> {
        match dialled::read(raw)? {
            Dialled::International(e164) => Self::international(e164),
            Dialled::National(digits) => {
                Self::national_in(&digits, region.ok_or(PhoneRefused::NoRegion)?)
            }
        }
    }

    fn international(e164: E164) -> Result<Self, PhoneRefused> {
        let number = PHONE_NUMBER_UTIL
            .parse(e164.as_str(), None)
            .map_err(|error| refused(&error))?;
        let number = as_given(number, &e164);
        Ok(Self { e164, number })
    }

    fn national_in(digits: &str, region: Region) -> Result<Self, PhoneRefused> {
        if let Some(phone) = Self::without_its_plus(digits, region) {
            return Ok(phone);
        }
        let number = PHONE_NUMBER_UTIL
            .parse(digits, Some(region.library()))
            .map_err(|error| refused(&error))?;
        match PHONE_NUMBER_UTIL.is_possible_number_with_reason(&number) {
            Ok(NumberLengthType::IsPossible) => {}
            Ok(NumberLengthType::IsPossibleLocalOnly) | Err(ValidationError::TooShort) => {
                return Err(PhoneRefused::TooShort);
            }
            Err(_) => return Err(PhoneRefused::NotANumber),
        }
        let e164 = PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::E164);
        let e164 = E164::parse(&e164).ok_or(PhoneRefused::NotANumber)?;
        Ok(Self { e164, number })
    }

    /// Digits that begin with the region's own country code and are a valid number with it:
    /// `491711234567` in Germany. Where national numbers begin with a trunk prefix, such digits
    /// are no national number; elsewhere they may be one, and a valid one goes first.
    fn without_its_plus(digits: &str, region: Region) -> Option<Self> {
        let library = region.library();
        let country_code = PHONE_NUMBER_UTIL.get_country_code_for_region(library)?;
        if !digits.starts_with(&country_code.to_string()) {
            return None;
        }
        if let Ok(national) = PHONE_NUMBER_UTIL.parse(digits, Some(library)) {
            let written = PHONE_NUMBER_UTIL.format(&national, PhoneNumberFormat::National);
            let written = written.chars().filter(char::is_ascii_digit);
            let has_trunk_prefix =
                !written.eq(get_national_significant_number_owned(&national).chars());
            if !has_trunk_prefix && PHONE_NUMBER_UTIL.is_valid_number(&national) {
                return None;
            }
        }
        let phone = Self::international(E164::parse(&format!("+{digits}"))?).ok()?;
        PHONE_NUMBER_UTIL
            .is_valid_number(&phone.number)
            .then_some(phone)
    }

    /// `+34600111222`.
    pub fn e164(&self) -> &str {
        self.e164.as_str()
    }

    /// The number as a value of its own.
    pub fn as_e164(&self) -> &E164 {
        &self.e164
    }

    /// The E.164 digits without the plus.
    pub fn digits(&self) -> &str {
        self.e164().trim_start_matches('+')
    }

    /// The national significant number: what follows the country code.
    pub fn national(&self) -> String {
        get_national_significant_number_owned(&self.number)
    }

    /// The last 7 digits, or all where there are fewer.
    pub fn last7(&self) -> &str {
        self.last(7)
    }

    /// The last 10 digits, or all where there are fewer.
    pub fn last10(&self) -> &str {
        self.last(10)
    }

    fn last(&self, count: usize) -> &str {
        let digits = self.digits();
        digits
            .get(digits.len().saturating_sub(count)..)
            .unwrap_or(digits)
    }

    /// At most 12 ways in which people and systems are likely to have stored this number, the
    /// likeliest first.
    pub fn spellings(&self) -> Vec<String> {
        spellings::of(self)
    }

    /// The number as people read it: `+34 600 11 12 22`.
    pub fn display(&self) -> String {
        PHONE_NUMBER_UTIL
            .format(&self.number, PhoneNumberFormat::International)
            .into_owned()
    }

    /// The country the number belongs to, where it belongs to one.
    pub fn region(&self) -> Option<Region> {
        PHONE_NUMBER_UTIL
            .get_region_for_number(&self.number)
            .or_else(|| PHONE_NUMBER_UTIL.get_region_for_country_code(self.number.country_code))
            .map(Region::from_library)
    }

    /// Whether a number of a record is this number.
    ///
    /// A record's number without country code belongs to the default region; where it is no
    /// number there, or none is set, to the region of this number.
    pub fn same(&self, other_raw: &str, rules: &PhoneRules) -> bool {
        let other = Self::read(other_raw, rules.default_region)
            .or_else(|_| Self::read(other_raw, self.region()));
        other.is_ok_and(|other| other.e164 == self.e164 || other.usual() == self.usual())
    }

    /// The number as the library would write it: `+44 020…` and `+44 20…` are one number.
    fn usual(&self) -> String {
        let number = PHONE_NUMBER_UTIL.parse(self.e164(), None);
        number.map_or_else(
            |_| self.e164().to_owned(),
            |number| {
                PHONE_NUMBER_UTIL
                    .format(&number, PhoneNumberFormat::E164)
                    .into_owned()
            },
        )
    }
}

/// Loads the numbering plans and the patterns of the default region, so that the first call of the
/// day does not wait for them.
pub fn warm(rules: &PhoneRules) {
    let region = rules
        .default_region
        .and_then(|region| PHONE_NUMBER_UTIL.get_country_code_for_region(region.library()));
    for country_code in region.into_iter().chain([1]) {
        if let Ok(phone) = Phone::parse(&format!("+{country_code}2015550123"), rules) {
            phone.spellings();
        }
    }
}

fn refused(error: &ParseError) -> PhoneRefused {
    match error {
        ParseError::TooShortAfterIdd | ParseError::TooShortNsn => PhoneRefused::TooShort,
        ParseError::InvalidCountryCode | ParseError::NotANumber(_) | ParseError::TooLongNsn => {
            PhoneRefused::NotANumber
        }
    }
}

/// The library's number, or one made of the digits as given where the library would drop some.
fn as_given(number: PhoneNumber, e164: &E164) -> PhoneNumber {
    if PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::E164) == e164.as_str() {
        return number;
    }
    let country_code = number.country_code.to_string();
    let given = e164.as_str().trim_start_matches('+');
    let national = given.strip_prefix(&country_code).unwrap_or(given);
    let zeros = national.bytes().take_while(|byte| *byte == b'0').count();
    PhoneNumber {
        country_code: number.country_code,
        national_number: national.parse().unwrap_or(number.national_number),
        italian_leading_zero: (zeros > 0).then_some(true),
        number_of_leading_zeros: (zeros > 1).then(|| i32::try_from(zeros).unwrap_or(1)),
        ..PhoneNumber::default()
    }
}

#[cfg(test)]
mod tests;
