//! The query string of Lucene and Elasticsearch: terms, operators and brackets, a phrase in double
//! quotes, and a backslash that makes the next sign itself, in phrases and outside.

use super::{Broken, Parsed, Token};

/// The signs that mean something outside a phrase.
const SPECIAL: &str = "+-&|!(){}[]^~*?:/<>=";

pub(super) fn parse(text: &str) -> Parsed {
    let broken = || Broken(text.to_owned());
    let mut tokens = Vec::new();
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        if sign == '"' {
            let mut value = String::new();
            loop {
                match signs.next().ok_or_else(broken)? {
                    '"' => break,
                    '\\' => value.push(signs.next().ok_or_else(broken)?),
                    other => value.push(other),
                }
            }
            tokens.push(Token::Literal(value));
        } else if SPECIAL.contains(sign) {
            tokens.push(Token::Fixed(sign.to_string()));
        } else if !sign.is_whitespace() {
            let mut word = String::new();
            let mut is_escaped = false;
            let mut next = Some(sign);
            while let Some(sign) = next {
                if sign == '\\' {
                    is_escaped = true;
                    word.push(signs.next().ok_or_else(broken)?);
                } else {
                    word.push(sign);
                }
                next = signs.next_if(|next| {
                    !next.is_whitespace() && *next != '"' && !SPECIAL.contains(*next)
                });
            }
            let wrap = if is_escaped {
                Token::Literal
            } else {
                Token::Fixed
            };
            tokens.push(wrap(word));
        }
    }
    Ok(tokens)
}
