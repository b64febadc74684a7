//! Words of SOQL and of the WHERE part of SOSL.

use super::super::fault::Fault;

#[derive(Clone, Debug, PartialEq)]
pub(in crate::salesforce) enum Token {
    /// A name with its dots, or a keyword.
    Word(String),
    /// A quoted text, its escapes undone.
    Text(String),
    /// A number, a date or a time, as it is written.
    Bare(String),
    /// `( ) , = != < > <= >=`
    Sign(&'static str),
}

const SIGNS: [&str; 10] = ["!=", "<>", "<=", ">=", "(", ")", ",", "=", "<", ">"];

pub(in crate::salesforce) fn tokens(text: &str) -> Result<Vec<Token>, Fault> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, after) = if first == '\'' {
            quoted(rest)?
        } else if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
            (
                Token::Sign(sign),
                rest.get(sign.len()..).unwrap_or_default(),
            )
        } else {
            let end = rest.find(|sign: char| !(sign.is_alphanumeric() || "_.:+-".contains(sign)));
            let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
            if word.is_empty() {
                return Err(Fault::malformed(format!("unexpected token: '{first}'")));
            }
            let is_bare = first.is_ascii_digit() || first == '-' || first == '+';
            let word = word.to_owned();
            let token = if is_bare {
                Token::Bare(word)
            } else {
                Token::Word(word)
            };
            (token, after)
        };
        found.push(token);
        rest = after.trim_start();
    }
    Ok(found)
}

/// A text between apostrophes; `rest` starts with the first.
fn quoted(rest: &str) -> Result<(Token, &str), Fault> {
    let mut text = String::new();
    let mut signs = rest.char_indices().skip(1);
    while let Some((at, sign)) = signs.next() {
        match sign {
            '\'' => {
                let after = rest.get(at + 1..).unwrap_or_default();
                return Ok((Token::Text(text), after));
            }
            '\\' => text.push_str(escaped(signs.next().map(|(_, sign)| sign))?),
            '\n' | '\r' => {
                return Err(Fault::malformed(
                    "unexpected line break in a string literal",
                ));
            }
            _ => text.push(sign),
        }
    }
    Err(Fault::malformed("unexpected end of string literal: <EOF>"))
}

/// What `\%` and `\_` become: the sign itself even to LIKE. Signs that no text holds.
pub(in crate::salesforce) const PLAIN_PERCENT: &str = "\u{e000}";
pub(in crate::salesforce) const PLAIN_UNDERSCORE: &str = "\u{e001}";

/// What stands behind a backslash.
fn escaped(sign: Option<char>) -> Result<&'static str, Fault> {
    Ok(match sign {
        Some('n' | 'N') => "\n",
        Some('r' | 'R') => "\r",
        Some('t' | 'T') => "\t",
        Some('b' | 'B') => "\u{8}",
        Some('f' | 'F') => "\u{c}",
        Some('"') => "\"",
        Some('\'') => "'",
        Some('\\') => "\\",
        Some('_') => PLAIN_UNDERSCORE,
        Some('%') => PLAIN_PERCENT,
        Some(other) => {
            let told = format!(
                "Invalid string literal. Illegal character sequence '\\{other}' in string literal"
            );
            return Err(Fault::malformed(told));
        }
        None => return Err(Fault::malformed("unexpected end of string literal: <EOF>")),
    })
}
