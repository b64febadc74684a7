//! The one reader of JSON that comes from outside: events, CRM answers, texts inside answers.
//!
//! It is stricter than the usual reader. Two keys of one name are refused, because two readers
//! would see two different objects; nesting and size are bounded; and a number that no machine
//! integer holds is kept as its digits, so that a record id never loses any. Our own files
//! (settings, definitions) are read elsewhere, because they name keys and values in their faults;
//! a fault here says where, and never what stood there.

use std::str;

use jiter::{Jiter, JiterError, JiterErrorType, JsonErrorType, LinePosition, Peek};
use serde_json::{Map, Number, Value};

/// How much JSON is read before it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Objects and lists inside each other.
    pub max_depth: usize,
    /// Bytes of the whole text.
    pub max_bytes: usize,
}

impl Limits {
    /// An event: security rules L6 and L10.
    pub const EVENT: Self = Self {
        max_depth: 32,
        max_bytes: 64 * 1024,
    };
    /// A CRM's answer: security rule N4.
    pub const ANSWER: Self = Self {
        max_depth: 64,
        max_bytes: 2 * 1024 * 1024,
    };
}

/// Why a text was not read as JSON, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {fault}")]
pub struct JsonError {
    /// Line, from 1.
    pub line: usize,
    /// Column in bytes, from 1.
    pub column: usize,
    /// What is wrong there.
    pub fault: JsonFault,
}

/// What is wrong with a JSON text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JsonFault {
    /// More bytes than [`Limits::max_bytes`].
    #[error("longer than {0} bytes")]
    TooLong(usize),
    /// More levels than [`Limits::max_depth`].
    #[error("nested deeper than {0} levels")]
    TooDeep(usize),
    /// One object has the same key twice.
    #[error("a key stands twice in one object")]
    DuplicateKey,
    /// Not UTF-8.
    #[error("not UTF-8")]
    NotUtf8,
    /// The text ends inside a value: cut off on the way.
    #[error("the text ends too early")]
    Truncated,
    /// Something follows the value.
    #[error("something follows the value")]
    TrailingText,
    /// Not the grammar of JSON.
    #[error("not JSON")]
    Syntax,
}

/// Reads one JSON value that fills the whole of `bytes`.
pub fn parse(bytes: &[u8], limits: Limits) -> Result<Value, JsonError> {
    if bytes.len() > limits.max_bytes {
        return Err(fault_at(
            bytes,
            limits.max_bytes,
            JsonFault::TooLong(limits.max_bytes),
        ));
    }
    if let Err(error) = str::from_utf8(bytes) {
        return Err(fault_at(bytes, error.valid_up_to(), JsonFault::NotUtf8));
    }
    let mut reader = Reader {
        jiter: Jiter::new(bytes),
        max_depth: limits.max_depth,
    };
    reader
        .document()
        .map_err(|(index, fault)| fault_at(bytes, index, fault))
}

fn fault_at(bytes: &[u8], index: usize, fault: JsonFault) -> JsonError {
    let LinePosition { line, column } = LinePosition::find(bytes, index);
    JsonError {
        line,
        column,
        fault,
    }
}

/// Byte index and fault; the line is counted only when a fault leaves the reader.
type Fault = (usize, JsonFault);

struct Reader<'j> {
    jiter: Jiter<'j>,
    max_depth: usize,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<Value, Fault> {
        let peek = self.jiter.peek().map_err(syntax)?;
        let value = self.value(peek, 0)?;
        self.jiter.finish().map_err(syntax)?;
        Ok(value)
    }

    fn value(&mut self, peek: Peek, depth: usize) -> Result<Value, Fault> {
        match peek {
            Peek::Null => self
                .jiter
                .known_null()
                .map(|()| Value::Null)
                .map_err(syntax),
            Peek::True | Peek::False => {
                self.jiter.known_bool(peek).map(Value::Bool).map_err(syntax)
            }
            Peek::String => self
                .jiter
                .known_str()
                .map(|text| Value::String(text.to_owned()))
                .map_err(syntax),
            Peek::Array => self.list(depth + 1),
            Peek::Object => self.object(depth + 1),
            _ => self.number(peek),
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value, Fault> {
        self.refuse_depth(depth)?;
        let mut items = Vec::new();
        let mut next = self.jiter.known_array().map_err(syntax)?;
        while let Some(peek) = next {
            items.push(self.value(peek, depth)?);
            next = self.jiter.array_step().map_err(syntax)?;
        }
        Ok(Value::Array(items))
    }

    fn object(&mut self, depth: usize) -> Result<Value, Fault> {
        self.refuse_depth(depth)?;
        let mut members = Map::new();
        let mut next = self
            .jiter
            .known_object()
            .map_err(syntax)?
            .map(str::to_owned);
        while let Some(key) = next {
            if members.contains_key(&key) {
                return Err((self.jiter.current_index(), JsonFault::DuplicateKey));
            }
            let peek = self.jiter.peek().map_err(syntax)?;
            let value = self.value(peek, depth)?;
            members.insert(key, value);
            next = self.jiter.next_key().map_err(syntax)?.map(str::to_owned);
        }
        Ok(Value::Object(members))
    }

    fn refuse_depth(&self, depth: usize) -> Result<(), Fault> {
        if depth > self.max_depth {
            return Err((
                self.jiter.current_index(),
                JsonFault::TooDeep(self.max_depth),
            ));
        }
        Ok(())
    }

    fn number(&mut self, peek: Peek) -> Result<Value, Fault> {
        let start = self.jiter.current_index();
        let digits = self.jiter.known_number_bytes(peek).map_err(syntax)?;
        let digits = str::from_utf8(digits).map_err(|_| (start, JsonFault::NotUtf8))?;
        Ok(number(digits))
    }
}

/// The number, or its text where no machine number holds it.
fn number(digits: &str) -> Value {
    let as_number = if digits.contains(['.', 'e', 'E']) {
        digits.parse::<f64>().ok().and_then(Number::from_f64)
    } else if let Ok(signed) = digits.parse::<i64>() {
        Some(signed.into())
    } else {
        digits.parse::<u64>().ok().map(Number::from)
    };
    as_number.map_or_else(|| Value::String(digits.to_owned()), Value::Number)
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the reader's own enum: what is not named is grammar"
)]
fn syntax(error: JiterError) -> Fault {
    let fault = match error.error_type {
        JiterErrorType::JsonError(kind) => match kind {
            JsonErrorType::EofWhileParsingList
            | JsonErrorType::EofWhileParsingObject
            | JsonErrorType::EofWhileParsingString
            | JsonErrorType::EofWhileParsingValue => JsonFault::Truncated,
            JsonErrorType::TrailingCharacters => JsonFault::TrailingText,
            _ => JsonFault::Syntax,
        },
        JiterErrorType::WrongType { .. } => JsonFault::Syntax,
    };
    (error.index, fault)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn fault(text: &str) -> JsonFault {
        parse(text.as_bytes(), Limits::EVENT).unwrap_err().fault
    }

    #[test]
    fn reads_every_kind_of_value_and_keeps_the_order_of_keys() {
        let text = r#"{"z":[1,-2,0.5,true,false,null],"a":{"é":"\u00e9\ud83d\ude00"}}"#;
        let value = parse(text.as_bytes(), Limits::EVENT).unwrap();
        assert_eq!(
            value,
            json!({"z":[1,-2,0.5,true,false,null],"a":{"é":"é😀"}})
        );
        assert_eq!(
            value.as_object().unwrap().keys().collect::<Vec<_>>(),
            ["z", "a"]
        );
    }

    #[test]
    fn numbers_keep_all_their_digits() {
        let text = "[9007199254740993,18446744073709551615,18446744073709551616,\
                    -9223372036854775808,-9223372036854775809,1e999]";
        let value = parse(text.as_bytes(), Limits::EVENT).unwrap();
        let expected = json!([
            9_007_199_254_740_993_u64,
            u64::MAX,
            "18446744073709551616",
            i64::MIN,
            "-9223372036854775809",
            "1e999"
        ]);
        assert_eq!(value, expected);
        let long = "9".repeat(4_000);
        assert_eq!(parse(long.as_bytes(), Limits::EVENT).unwrap(), json!(long));
    }

    #[test]
    fn a_key_that_stands_twice_is_refused_wherever_it_stands() {
        assert_eq!(fault(r#"{"a":1,"a":1}"#), JsonFault::DuplicateKey);
        assert_eq!(fault(r#"{"a":1,"\u0061":2}"#), JsonFault::DuplicateKey);
        assert_eq!(
            fault(r#"[{"x":{"a":1,"b":2,"a":3}}]"#),
            JsonFault::DuplicateKey
        );
        parse(br#"[{"a":1},{"a":2}]"#, Limits::EVENT).expect("two objects may share a key");
    }

    #[test]
    fn depth_and_size_are_bounded_exactly() {
        let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        parse(nested(32).as_bytes(), Limits::EVENT).expect("32 levels are allowed");
        assert_eq!(fault(&nested(33)), JsonFault::TooDeep(32));
        assert_eq!(fault(&r#"{"a":"#.repeat(40)), JsonFault::TooDeep(32));
        parse(nested(64).as_bytes(), Limits::ANSWER).expect("64 levels are allowed");

        let text = |bytes: usize| format!("\"{}\"", "x".repeat(bytes - 2));
        parse(text(64 * 1024).as_bytes(), Limits::EVENT).expect("64 KiB are allowed");
        assert_eq!(fault(&text(64 * 1024 + 1)), JsonFault::TooLong(64 * 1024));
    }

    #[test]
    fn what_is_not_one_json_value_is_refused_by_kind() {
        for text in ["", "  ", "[1", "{\"a\":", "\"abc", "[1,", "{\"a\":1"] {
            assert_eq!(fault(text), JsonFault::Truncated, "{text:?}");
        }
        for text in ["1 2", "{} x", "[1]]", "null,"] {
            assert_eq!(fault(text), JsonFault::TrailingText, "{text:?}");
        }
        for text in [
            "<html>",
            "{'a':1}",
            "[1,]",
            "{\"a\":1,}",
            "NaN",
            "Infinity",
            "-Infinity",
            "01",
            "+1",
            "1.",
            ".5",
            "tru",
            "\"\u{1}\"",
            "\"\\x\"",
            "\"\\ud800\"",
            "{1:2}",
            "\u{feff}1",
            "// a\n1",
        ] {
            let fault = fault(text);
            assert!(
                matches!(
                    fault,
                    JsonFault::Syntax | JsonFault::TrailingText | JsonFault::Truncated
                ),
                "{text:?}: {fault:?}"
            );
        }
        let error = parse(b"[\"a\",\n \"\xff\"]", Limits::EVENT).unwrap_err();
        assert_eq!(
            error,
            JsonError {
                line: 2,
                column: 3,
                fault: JsonFault::NotUtf8
            }
        );
    }

    #[test]
    fn a_fault_names_the_place_and_never_the_content() {
        let error = parse(b"{\"name\": \"Ann\",\n  \"mail\": secret }", Limits::EVENT).unwrap_err();
        assert_eq!((error.line, error.column), (2, 11));
        assert_eq!(error.to_string(), "line 2, column 11: not JSON");
        let twice = parse(b"{\"secret\":1,\"secret\":2}", Limits::EVENT).unwrap_err();
        assert!(!format!("{twice} {twice:?}").contains("secret"));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse(&bytes, Limits::EVENT);
        }

        #[test]
        fn any_text_of_json_signs_agrees_with_the_usual_reader(
            text in r#"[\[\]{},:"a1e.\-\\u0 ]{0,40}"#
        ) {
            if let Ok(ours) = parse(text.as_bytes(), Limits::EVENT) {
                let theirs = serde_json::from_str::<Value>(&text);
                prop_assert!(theirs.is_ok() || ours.to_string().contains('"'), "{}", text);
            }
        }
    }
}
