//! How a number is likely to have been stored, for servers that compare texts.

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat};

use super::Phone;

/// More make a query longer without finding more.
const MOST: usize = 12;

/// The likely spellings, each once, the likeliest first.
pub(super) fn of(phone: &Phone) -> Vec<String> {
    let format = |format| PHONE_NUMBER_UTIL.format(&phone.number, format).into_owned();
    let international = phone.display();
    let national = format(PhoneNumberFormat::National);
    let significant = phone.national();
    let national_digits: String = national.chars().filter(char::is_ascii_digit).collect();
    let prefix = national_digits
        .strip_suffix(significant.as_str())
        .unwrap_or_default();

    let mut spellings = vec![
        phone.e164().to_owned(),
        international.clone(),
        national.clone(),
        national_digits.clone(),
        phone.digits().to_owned(),
        format!("00{}", phone.digits()),
        significant,
        grouped(&national, "-"),
        grouped(&international, "-"),
        grouped(&national, " "),
        grouped(&national, "."),
    ];
    if let ("0", Some((country, rest))) = (prefix, international.split_once(' ')) {
        spellings.push(format!("{country} (0){rest}"));
    }
    let mut unique: Vec<String> = Vec::with_capacity(MOST);
    for spelling in spellings {
        if !spelling.is_empty() && !unique.contains(&spelling) && unique.len() < MOST {
            unique.push(spelling);
        }
    }
    unique
}

/// The groups of digits of a formatted number with another separator between them.
fn grouped(number: &str, separator: &str) -> String {
    let plus = if number.starts_with('+') { "+" } else { "" };
    let groups: Vec<&str> = number
        .split(|sign: char| !sign.is_ascii_digit())
        .filter(|group| !group.is_empty())
        .collect();
    format!("{plus}{}", groups.join(separator))
}
