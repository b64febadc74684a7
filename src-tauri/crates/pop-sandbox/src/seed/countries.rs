//! Countries, their cities, languages and the telephone numbers that the sandbox may hand out.
//!
//! Where a country sets numbers aside for films and books and libphonenumber calls them valid, those
//! are used (it refuses the British and French mobile ones). Elsewhere a narrow block with a row of
//! zeros stands in. A test proves every number valid. Nothing here dials.

use super::names::{
    AFRICAN, ARABIC, BALTIC, CHINESE, CYRILLIC, DUTCH, ENGLISH, FRENCH, GERMAN, GREEK, HEBREW,
    INDIAN, ITALIAN, JAPANESE, KOREAN, NORDIC, Names, POLISH, PORTUGUESE, SPANISH, TURKISH,
};

/// A country in which customers live.
pub(super) struct Country {
    pub(super) code: &'static str,
    /// The telephone country code.
    pub(super) calling: &'static str,
    /// The language as a tag and in words.
    pub(super) language: (&'static str, &'static str),
    /// The sales region.
    pub(super) region: &'static str,
    pub(super) cities: &'static [&'static str],
    pub(super) names: &'static Names,
    pub(super) blocks: &'static [Block],
    /// How many in the wheel of countries; the sum of all is the wheel.
    pub(super) weight: u64,
}

/// Numbers that begin with `prefix` and go on with so many free digits.
pub(super) struct Block {
    pub(super) prefix: &'static str,
    pub(super) free_digits: u32,
}

const fn block(prefix: &'static str, free_digits: u32) -> Block {
    Block {
        prefix,
        free_digits,
    }
}

#[rustfmt::skip]
pub(super) const COUNTRIES: &[Country] = &[
    Country { code: "ES", calling: "34", language: ("es", "Spanish"), region: "Iberia", names: &SPANISH, weight: 12,
        cities: &["Madrid", "Barcelona", "Valencia", "Sevilla", "Bilbao", "A Coruña"],
        blocks: &[block("+3460002", 4), block("+3491000", 4)] },
    Country { code: "PT", calling: "351", language: ("pt", "Portuguese"), region: "Iberia", names: &PORTUGUESE, weight: 4,
        cities: &["Lisboa", "Porto", "Coimbra"], blocks: &[block("+35191000", 4)] },
    Country { code: "FR", calling: "33", language: ("fr", "French"), region: "France", names: &FRENCH, weight: 7,
        cities: &["Paris", "Lyon", "Saint-Étienne", "Nîmes"],
        blocks: &[block("+3326191", 4), block("+3319900", 4), block("+3353649", 4)] },
    Country { code: "BE", calling: "32", language: ("fr", "French"), region: "Benelux", names: &FRENCH, weight: 2,
        cities: &["Liège", "Bruxelles"], blocks: &[block("+3247000", 4)] },
    Country { code: "NL", calling: "31", language: ("nl", "Dutch"), region: "Benelux", names: &DUTCH, weight: 4,
        cities: &["Amsterdam", "'s-Hertogenbosch", "Utrecht"], blocks: &[block("+3161000", 4)] },
    Country { code: "DE", calling: "49", language: ("de", "German"), region: "DACH", names: &GERMAN, weight: 9,
        cities: &["Berlin", "München", "Köln", "Frankfurt am Main"],
        blocks: &[block("+493023125", 3), block("+496990009", 3), block("+494066969", 3), block("+492214710", 3), block("+498999998", 3)] },
    Country { code: "AT", calling: "43", language: ("de", "German"), region: "DACH", names: &GERMAN, weight: 3,
        cities: &["Wien", "Graz", "Linz"], blocks: &[block("+43664000", 4)] },
    Country { code: "CH", calling: "41", language: ("de", "German"), region: "DACH", names: &GERMAN, weight: 3,
        cities: &["Zürich", "Bern", "Genève"], blocks: &[block("+4179000", 4)] },
    Country { code: "IT", calling: "39", language: ("it", "Italian"), region: "Italy", names: &ITALIAN, weight: 6,
        cities: &["Roma", "Milano", "L'Aquila"], blocks: &[block("+39065550", 4), block("+39320000", 4)] },
    Country { code: "GB", calling: "44", language: ("en", "English"), region: "UK and Ireland", names: &ENGLISH, weight: 8,
        cities: &["London", "Leeds", "Stoke-on-Trent", "Edinburgh"],
        blocks: &[block("+441214960", 3), block("+442079460", 3), block("+441134960", 3), block("+441614960", 3), block("+441914980", 3)] },
    Country { code: "IE", calling: "353", language: ("en", "English"), region: "UK and Ireland", names: &ENGLISH, weight: 2,
        cities: &["Dublin", "Dún Laoghaire"], blocks: &[block("+35385000", 4)] },
    Country { code: "US", calling: "1", language: ("en", "English"), region: "North America", names: &ENGLISH, weight: 12,
        cities: &["New York", "San José", "Coeur d'Alene", "Boston"],
        blocks: &[block("+121255501", 2), block("+141555501", 2), block("+130555501", 2), block("+131255501", 2), block("+161755501", 2),
            block("+120655501", 2), block("+151255501", 2), block("+170255501", 2), block("+140455501", 2), block("+160255501", 2)] },
    Country { code: "CA", calling: "1", language: ("fr", "French"), region: "North America", names: &FRENCH, weight: 3,
        cities: &["Montréal", "Trois-Rivières"],
        blocks: &[block("+151455501", 2), block("+141855501", 2), block("+181955501", 2), block("+145055501", 2)] },
    Country { code: "MX", calling: "52", language: ("es", "Spanish"), region: "Latin America", names: &SPANISH, weight: 4,
        cities: &["Ciudad de México", "Mérida"], blocks: &[block("+52555000", 4)] },
    Country { code: "AR", calling: "54", language: ("es", "Spanish"), region: "Latin America", names: &SPANISH, weight: 2,
        cities: &["Buenos Aires", "Córdoba"], blocks: &[block("+549115000", 4)] },
    Country { code: "CO", calling: "57", language: ("es", "Spanish"), region: "Latin America", names: &SPANISH, weight: 2,
        cities: &["Bogotá", "Medellín"], blocks: &[block("+57300000", 4)] },
    Country { code: "BR", calling: "55", language: ("pt", "Portuguese"), region: "Latin America", names: &PORTUGUESE, weight: 5,
        cities: &["São Paulo", "Brasília"], blocks: &[block("+55119900", 5)] },
    Country { code: "SE", calling: "46", language: ("sv", "Swedish"), region: "Nordics", names: &NORDIC, weight: 2,
        cities: &["Göteborg", "Malmö"],
        blocks: &[block("+468465004", 2), block("+463139006", 2), block("+464062804", 2), block("+469803192", 2)] },
    Country { code: "NO", calling: "47", language: ("nb", "Norwegian"), region: "Nordics", names: &NORDIC, weight: 2,
        cities: &["Tromsø", "Oslo"], blocks: &[block("+474000", 4)] },
    Country { code: "DK", calling: "45", language: ("da", "Danish"), region: "Nordics", names: &NORDIC, weight: 2,
        cities: &["København", "Århus"], blocks: &[block("+453012", 4)] },
    Country { code: "FI", calling: "358", language: ("fi", "Finnish"), region: "Nordics", names: &NORDIC, weight: 2,
        cities: &["Helsinki", "Jyväskylä"], blocks: &[block("+35850000", 4)] },
    Country { code: "PL", calling: "48", language: ("pl", "Polish"), region: "Central Europe", names: &POLISH, weight: 4,
        cities: &["Łódź", "Kraków"], blocks: &[block("+4850000", 4)] },
    Country { code: "LT", calling: "370", language: ("lt", "Lithuanian"), region: "Baltics", names: &BALTIC, weight: 1,
        cities: &["Šiauliai", "Vilnius"], blocks: &[block("+3706000", 4)] },
    Country { code: "LV", calling: "371", language: ("lv", "Latvian"), region: "Baltics", names: &BALTIC, weight: 1,
        cities: &["Rīga"], blocks: &[block("+3712000", 4)] },
    Country { code: "EE", calling: "372", language: ("et", "Estonian"), region: "Baltics", names: &BALTIC, weight: 1,
        cities: &["Tallinn", "Põltsamaa"], blocks: &[block("+3725000", 4)] },
    Country { code: "BY", calling: "375", language: ("be", "Belarusian"), region: "Central Europe", names: &CYRILLIC, weight: 1,
        cities: &["Мінск"], blocks: &[block("+37529100", 4)] },
    Country { code: "KZ", calling: "7", language: ("kk", "Kazakh"), region: "Central Asia", names: &CYRILLIC, weight: 1,
        cities: &["Алматы", "Астана"], blocks: &[block("+7701000", 4)] },
    Country { code: "GR", calling: "30", language: ("el", "Greek"), region: "South East Europe", names: &GREEK, weight: 2,
        cities: &["Αθήνα", "Θεσσαλονίκη"], blocks: &[block("+30694000", 4)] },
    Country { code: "TR", calling: "90", language: ("tr", "Turkish"), region: "South East Europe", names: &TURKISH, weight: 3,
        cities: &["İstanbul", "Eskişehir"], blocks: &[block("+90530000", 4)] },
    Country { code: "IL", calling: "972", language: ("he", "Hebrew"), region: "Middle East", names: &HEBREW, weight: 3,
        cities: &["תל אביב-יפו", "חיפה"], blocks: &[block("+97250200", 4)] },
    Country { code: "SA", calling: "966", language: ("ar", "Arabic"), region: "Middle East", names: &ARABIC, weight: 3,
        cities: &["الرياض", "جدة"], blocks: &[block("+96650000", 4)] },
    Country { code: "AE", calling: "971", language: ("ar", "Arabic"), region: "Middle East", names: &ARABIC, weight: 2,
        cities: &["دبي", "أبو ظبي"], blocks: &[block("+97150100", 4)] },
    Country { code: "EG", calling: "20", language: ("ar", "Arabic"), region: "Middle East", names: &ARABIC, weight: 2,
        cities: &["القاهرة", "الإسكندرية"], blocks: &[block("+20100000", 4)] },
    Country { code: "RW", calling: "250", language: ("rw", "Kinyarwanda"), region: "Africa", names: &AFRICAN, weight: 1,
        cities: &["Kigali"], blocks: &[block("+25078800", 4)] },
    Country { code: "ZA", calling: "27", language: ("en", "English"), region: "Africa", names: &ENGLISH, weight: 2,
        cities: &["Gqeberha", "Cape Town"], blocks: &[block("+2760000", 4)] },
    Country { code: "IN", calling: "91", language: ("en", "English"), region: "Asia", names: &INDIAN, weight: 4,
        cities: &["Bengaluru", "Mumbai"], blocks: &[block("+9190000", 5)] },
    Country { code: "JP", calling: "81", language: ("ja", "Japanese"), region: "Asia", names: &JAPANESE, weight: 4,
        cities: &["東京", "大阪"], blocks: &[block("+81901000", 4)] },
    Country { code: "KR", calling: "82", language: ("ko", "Korean"), region: "Asia", names: &KOREAN, weight: 2,
        cities: &["서울", "부산"], blocks: &[block("+82102000", 4)] },
    Country { code: "SG", calling: "65", language: ("en", "English"), region: "Asia", names: &CHINESE, weight: 1,
        cities: &["Singapore"], blocks: &[block("+658100", 4)] },
    Country { code: "HK", calling: "852", language: ("zh", "Chinese"), region: "Asia", names: &CHINESE, weight: 2,
        cities: &["香港"], blocks: &[block("+8525100", 4)] },
    Country { code: "AU", calling: "61", language: ("en", "English"), region: "Pacific", names: &ENGLISH, weight: 3,
        cities: &["Wagga Wagga", "Sydney"], blocks: &[block("+6125550", 4), block("+6175550", 4)] },
    Country { code: "NZ", calling: "64", language: ("en", "English"), region: "Pacific", names: &ENGLISH, weight: 1,
        cities: &["Whangārei", "Auckland"], blocks: &[block("+6421100", 4)] },
];
