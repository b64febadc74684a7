//! SOQL, as its reference describes it ("Quoted String Escape Sequences", "Reserved Characters").

use super::{Broken, Parsed, Token};

pub(super) fn parse(text: &str) -> Parsed {
    let broken = || Broken(text.to_owned());
    let mut tokens = Vec::new();
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        if sign.is_whitespace() {
            continue;
        }
        if sign == '\'' {
            let mut value = String::new();
            loop {
                match signs.next().ok_or_else(broken)? {
                    '\'' => break,
                    '\n' | '\r' => return Err(broken()),
                    '\\' => value.push(match signs.next().ok_or_else(broken)? {
                        'n' | 'N' => '\n',
                        'r' | 'R' => '\r',
                        't' | 'T' => '\t',
                        'b' | 'B' => '\u{8}',
                        'f' | 'F' => '\u{c}',
                        own @ ('"' | '\'' | '\\') => own,
                        _ => return Err(broken()),
                    }),
                    other => value.push(other),
                }
            }
            tokens.push(Token::Literal(value));
        } else if sign.is_alphanumeric() || sign == '_' {
            let mut word = sign.to_string();
            while let Some(next) =
                signs.next_if(|next| next.is_alphanumeric() || "_.:+-".contains(*next))
            {
                word.push(next);
            }
            tokens.push(Token::Fixed(word));
        } else if "(),=!<>".contains(sign) {
            tokens.push(Token::Fixed(sign.to_string()));
        } else {
            return Err(broken());
        }
    }
    Ok(tokens)
}
