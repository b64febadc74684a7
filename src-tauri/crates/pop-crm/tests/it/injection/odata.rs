//! `$filter` of OData 4.01 (URL conventions, ABNF: a quote inside a string is doubled), and the
//! pattern that `contains` of Dataverse reads in such a string: `%` and `_` are wildcards, a sign
//! in brackets is itself.

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
                    '\'' if signs.next_if_eq(&'\'').is_some() => value.push('\''),
                    '\'' => break,
                    other => value.push(other),
                }
            }
            if in_contains(&tokens) {
                tokens.extend(pattern(&value).ok_or_else(broken)?);
            } else {
                tokens.push(Token::Literal(value));
            }
        } else if sign.is_alphanumeric() || sign == '_' {
            let mut word = sign.to_string();
            while let Some(next) =
                signs.next_if(|next| next.is_alphanumeric() || "_.-/".contains(*next))
            {
                word.push(next);
            }
            tokens.push(Token::Fixed(word));
        } else if "(),".contains(sign) {
            tokens.push(Token::Fixed(sign.to_string()));
        } else {
            return Err(broken());
        }
    }
    Ok(tokens)
}

/// Whether the next value is the second argument of `contains(field,`.
fn in_contains(tokens: &[Token]) -> bool {
    let fixed = |back: usize| match tokens.len().checked_sub(back).map(|at| &tokens[at]) {
        Some(Token::Fixed(word)) => word.as_str(),
        Some(Token::Literal(_)) | None => "",
    };
    fixed(4) == "contains" && fixed(3) == "(" && fixed(1) == ","
}

fn pattern(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut value = String::new();
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '%' | '_' => {
                tokens.push(Token::Literal(std::mem::take(&mut value)));
                tokens.push(Token::Fixed(sign.to_string()));
            }
            '[' => {
                value.push(signs.next()?);
                if signs.next() != Some(']') {
                    return None;
                }
            }
            other => value.push(other),
        }
    }
    tokens.push(Token::Literal(value));
    Some(tokens)
}
