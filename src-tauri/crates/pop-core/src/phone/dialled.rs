//! From whatever is called a number to its digits: addresses of switches, separators, extensions,
//! and the words that networks send in place of a number.

use super::{E164, PhoneRefused};
use crate::text::is_format_char;

/// The digits of a number, and whether they begin with a country code.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Dialled {
    International(E164),
    National(String),
}

/// The longest text that is looked at (security rule D1).
const LONGEST: usize = 128;
/// Fewer digits identify nobody.
const FEWEST_DIGITS: usize = 6;

/// What switches, networks and telephones send for a number that is kept back, letters only.
const WITHHELD: &[&str] = &[
    "anonim",
    "anonimo",
    "anonym",
    "anonyme",
    "anonymous",
    "anónimo",
    "blocked",
    "calleridblocked",
    "calleridunavailable",
    "desconocido",
    "hidden",
    "inconnu",
    "masque",
    "masqué",
    "nocallerid",
    "nonumber",
    "notavailable",
    "numberwithheld",
    "oculto",
    "outofarea",
    "private",
    "privatenumber",
    "privado",
    "privé",
    "restricted",
    "sconosciuto",
    "unavailable",
    "unbekannt",
    "unknown",
    "unknowncaller",
    "unknownnumber",
    "unterdrückt",
    "withheld",
    "withheldnumber",
];
/// The same words dialled on a keypad, which is how some networks send them.
const WITHHELD_NUMBERS: &[&str] = &[
    "+266696687",
    "+7378742833",
    "+2562533",
    "+8656696",
    "+86282452253",
];

/// Reads the digits of a number.
pub(super) fn read(raw: &str) -> Result<Dialled, PhoneRefused> {
    let raw = raw.trim();
    if raw.is_empty() {
        return Err(PhoneRefused::Blank);
    }
    if raw.len() > LONGEST {
        return Err(PhoneRefused::NotANumber);
    }
    let (number, parameters) = split_address(raw)?;
    if is_withheld(&number) {
        return Err(PhoneRefused::Withheld);
    }
    let mut digits = digits(without_extension(&number))?;
    if let Some(country) = context(&parameters)
        && !digits.starts_with('+')
    {
        digits.insert_str(0, country);
    }
    dialled(digits)
}

/// The part of a `sip:` or `tel:` address that is a number, and its parameters.
fn split_address(raw: &str) -> Result<(String, String), PhoneRefused> {
    let scheme = |name: &str| {
        let (start, rest) = raw.split_at_checked(name.len())?;
        start.eq_ignore_ascii_case(name).then_some(rest)
    };
    let (user, host) = match scheme("sip:").or_else(|| scheme("sips:")) {
        Some(address) => match address.split_once('@') {
            Some((user, host)) => (user.split(':').next().unwrap_or(user), host),
            None => (address, ""),
        },
        None => (scheme("tel:").unwrap_or(raw), ""),
    };
    if host.to_ascii_lowercase().starts_with("anonymous.invalid") {
        return Err(PhoneRefused::Withheld);
    }
    let user = decoded(user).ok_or(PhoneRefused::NotANumber)?;
    let (number, parameters) = user.split_once(';').unwrap_or((&user, ""));
    if number.trim().is_empty() {
        return Err(PhoneRefused::Blank);
    }
    Ok((number.to_owned(), parameters.to_owned()))
}

/// `%2B34…` is how a plus travels in an address.
fn decoded(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut decoded = parts.next()?.to_owned();
    for part in parts {
        let (code, rest) = part.split_at_checked(2)?;
        let byte = u8::from_str_radix(code, 16)
            .ok()
            .filter(u8::is_ascii_graphic)?;
        decoded.push(char::from(byte));
        decoded.push_str(rest);
    }
    Some(decoded)
}

fn is_withheld(number: &str) -> bool {
    let letters: String = number
        .chars()
        .filter(|sign| sign.is_alphanumeric())
        .collect();
    WITHHELD.contains(&letters.to_lowercase().as_str()) || WITHHELD_NUMBERS.contains(&number)
}

/// The country code that `;phone-context=+34` gives to a local number. A context that is a domain
/// says nothing about the country.
fn context(parameters: &str) -> Option<&str> {
    parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let digits = value.strip_prefix('+')?;
        let is_code = name.eq_ignore_ascii_case("phone-context")
            && (1..=7).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_code.then_some(value)
    })
}

/// The number before `ext. 12`, `x12` or `#12`.
fn without_extension(number: &str) -> &str {
    let Some(start) = number.find(|sign: char| sign.is_ascii_alphabetic() || sign == '#') else {
        return number;
    };
    let (before, mark) = number.split_at(start);
    let extension = mark
        .trim_start_matches(|sign: char| sign.is_ascii_alphabetic())
        .trim_start_matches(['.', ' ', ':', '#']);
    let word = mark
        .chars()
        .take_while(char::is_ascii_alphabetic)
        .collect::<String>();
    let is_mark = ["", "x", "ext", "extn", "extension"].contains(&word.to_lowercase().as_str());
    let is_extension =
        (1..=7).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_digit());
    if is_mark && is_extension {
        before
    } else {
        number
    }
}

/// The digits, with a plus in front where one stands in front.
fn digits(number: &str) -> Result<String, PhoneRefused> {
    let number = if number.contains(['+', '＋']) {
        number.replacen("(0)", "", 1)
    } else {
        number.to_owned()
    };
    let mut digits = String::with_capacity(number.len());
    for sign in number.chars() {
        match sign {
            '+' | '＋' if digits.is_empty() => digits.push('+'),
            ' '
            | '\u{a0}'
            | '\u{2009}'
            | '\u{202f}'
            | '-'
            | '\u{2010}'..='\u{2015}'
            | '.'
            | '/'
            | '('
            | ')' => {}
            _ if is_format_char(sign) => {}
            _ => digits.push(digit(sign).ok_or(PhoneRefused::NotANumber)?),
        }
    }
    if digits.trim_start_matches('+').is_empty() {
        return Err(PhoneRefused::NotANumber);
    }
    Ok(digits)
}

/// The ASCII digit for a digit of the scripts in which numbers are typed.
fn digit(sign: char) -> Option<char> {
    const ZEROS: [char; 6] = ['0', '\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{ff10}'];
    ZEROS.iter().find_map(|zero| {
        let value = u32::from(sign).checked_sub(u32::from(*zero))?;
        char::from_digit(value, 10)
    })
}

fn dialled(digits: String) -> Result<Dialled, PhoneRefused> {
    let count = digits.trim_start_matches('+').len();
    if count < FEWEST_DIGITS {
        return Err(PhoneRefused::TooShort);
    }
    let international = match digits.strip_prefix("00") {
        Some(rest) => Some(format!("+{rest}")),
        None => digits.starts_with('+').then(|| digits.clone()),
    };
    match international {
        Some(number) if number.len() < 8 => Err(PhoneRefused::TooShort),
        Some(number) => E164::parse(&number)
            .map(Dialled::International)
            .ok_or(PhoneRefused::NotANumber),
        None if count > 17 => Err(PhoneRefused::NotANumber),
        None => Ok(Dialled::National(digits)),
    }
}
