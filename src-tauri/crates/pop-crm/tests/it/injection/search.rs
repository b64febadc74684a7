//! Zendesk's search, as its reference describes it: words and `property:value` between blanks, a
//! text in double quotes is one value, and nothing escapes a quote.

use super::{Broken, Parsed, Token};

pub(super) fn parse(text: &str) -> Parsed {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        if let Some(quoted) = rest.strip_prefix('"') {
            let (value, after) = quoted
                .split_once('"')
                .ok_or_else(|| Broken(text.to_owned()))?;
            // What a backslash means inside quotes is said nowhere, so none may stand there.
            if value.contains('\\') {
                return Err(Broken(text.to_owned()));
            }
            tokens.push(Token::Literal(value.to_owned()));
            rest = after;
        } else if sign.is_whitespace() || ":<>".contains(sign) {
            tokens.push(Token::Fixed(sign.to_string()));
            rest = &rest[sign.len_utf8()..];
        } else {
            let end = rest.find(|sign: char| sign.is_whitespace() || "\":<>".contains(sign));
            let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
            tokens.push(Token::Fixed(word.to_owned()));
            rest = after;
        }
    }
    Ok(tokens)
}
