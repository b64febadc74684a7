//! From the values of an answer to the types of a profile: the target decides the type.

use pop_core::moment::Moment;
use serde_json::Value;

/// A text; a number keeps all its digits; the empty text is absent.
pub(crate) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(whole(number).unwrap_or_else(|| number.to_string())),
        Value::Bool(switch) => Some(switch.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A whole number that was written with a fraction of nothing, such as `12345.0`.
fn whole(number: &serde_json::Number) -> Option<String> {
    if number.is_i64() || number.is_u64() {
        return None;
    }
    let text = number.to_string();
    let digits = text.strip_suffix(".0")?;
    digits
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| digits.to_owned())
}

/// Texts; one alone is a list of one.
pub(crate) fn texts(value: &Value) -> Vec<String> {
    if let Value::Array(items) = value {
        return items.iter().filter_map(text).collect();
    }
    text(value).into_iter().collect()
}

/// Yes from `true`, `"true"`, `1` and `"1"`; no from their opposites.
pub(crate) fn switch(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(switch) => Some(*switch),
        Value::Number(number) => match number.as_i64() {
            Some(1) => Some(true),
            Some(0) => Some(false),
            Some(_) | None => None,
        },
        Value::String(text) => match text.as_str() {
            "true" | "True" | "1" => Some(true),
            "false" | "False" | "0" => Some(false),
            _ => None,
        },
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// How many.
pub(crate) fn count(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A time: RFC 3339, a date with or without a time (then UTC), seconds or milliseconds since 1970.
pub(crate) fn moment(value: &Value) -> Option<Moment> {
    match value {
        Value::Number(number) => since_epoch(number.as_i64()?),
        Value::String(text) => {
            if text.len() >= 9 && text.bytes().all(|byte| byte.is_ascii_digit()) {
                return since_epoch(text.parse().ok()?);
            }
            Moment::parse(text).or_else(|| without_offset(text))
        }
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn since_epoch(number: i64) -> Option<Moment> {
    /// 2286 in seconds, 1970 in milliseconds: nothing in a CRM lies on the other side of it.
    const MILLIS_FROM: i64 = 10_000_000_000;
    match number {
        0 => None,
        MILLIS_FROM.. => Some(Moment::from_millis(number)),
        _ => Some(Moment::from_millis(number.checked_mul(1_000)?)),
    }
}

fn without_offset(text: &str) -> Option<Moment> {
    let local = text.parse::<jiff::civil::DateTime>().ok()?;
    let zoned = local.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some(Moment::from_micros(zoned.timestamp().as_microsecond()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn times_are_read_from_the_usual_forms() {
        let expected = Moment::parse("2026-09-01T10:11:12Z");
        for value in [
            json!("2026-09-01T10:11:12Z"),
            json!("2026-09-01T10:11:12.000+0000"),
            json!("2026-09-01T12:11:12+02:00"),
            json!("2026-09-01 10:11:12"),
            json!(1_788_257_472),
            json!(1_788_257_472_000_i64),
            json!("1788257472000"),
        ] {
            assert_eq!(moment(&value), expected, "{value}");
        }
        assert_eq!(
            moment(&json!("2026-09-01")),
            Moment::parse("2026-09-01T00:00:00Z")
        );
        for value in [
            json!("yesterday"),
            json!(""),
            json!(null),
            json!(true),
            json!(0),
            json!("01/09/2026"),
        ] {
            assert_eq!(moment(&value), None, "{value} is no time");
        }
    }

    #[test]
    fn ids_keep_their_digits_and_nothing_is_never_a_text() {
        assert_eq!(
            text(&json!(9_007_199_254_740_993_u64)).as_deref(),
            Some("9007199254740993")
        );
        assert_eq!(
            text(&json!("18446744073709551616")).as_deref(),
            Some("18446744073709551616")
        );
        assert_eq!(
            text(&json!(12345.0)).as_deref(),
            Some("12345"),
            "a fraction of nothing"
        );
        for value in [json!(null), json!(""), json!([]), json!({})] {
            assert_eq!(text(&value), None, "{value} is no text");
        }
    }

    #[test]
    fn yes_and_no_are_said_in_few_words() {
        for yes in [json!(true), json!("true"), json!("1"), json!(1)] {
            assert_eq!(switch(&yes), Some(true), "{yes}");
        }
        assert_eq!(switch(&json!("0")), Some(false));
        assert_eq!(switch(&json!("maybe")), None, "not a yes or no");
    }
}
