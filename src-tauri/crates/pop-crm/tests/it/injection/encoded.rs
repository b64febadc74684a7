//! ServiceNow's encoded query, as its documentation describes it: conditions joined by `^`, `^OR`
//! or `^NQ`, `^^` for the sign itself, a value that begins with `javascript:` is run.

use super::{Broken, Parsed, Token};

const OPERATORS: [&str; 7] = ["!=", "=", "NOT IN", "IN", "LIKE", "STARTSWITH", "ENDSWITH"];

pub(super) fn parse(text: &str) -> Parsed {
    let mut tokens = Vec::new();
    for (at, part) in conditions(text).into_iter().enumerate() {
        if at > 0 {
            tokens.push(Token::Fixed("^".to_owned()));
        }
        condition(&part, at == 0, &mut tokens).ok_or_else(|| Broken(text.to_owned()))?;
    }
    Ok(tokens)
}

fn conditions(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let is_end = sign == '^' && signs.next_if_eq(&'^').is_none();
        match parts.last_mut() {
            Some(part) if !is_end => part.push(sign),
            _ => parts.push(String::new()),
        }
    }
    parts
}

fn condition(text: &str, is_first: bool, tokens: &mut Vec<Token>) -> Option<()> {
    let mut rest = text;
    if let Some(order) = rest.strip_prefix("ORDERBY") {
        tokens.push(Token::Fixed(format!("ORDERBY{order}")));
        return is_field(order.strip_prefix("DESC").unwrap_or(order)).then_some(());
    }
    for word in ["OR", "NQ"] {
        if let Some(after) = rest.strip_prefix(word).filter(|_| !is_first) {
            tokens.push(Token::Fixed(word.to_owned()));
            rest = after;
            break;
        }
    }
    let end = rest.find(|sign: char| {
        !(sign.is_ascii_lowercase() || sign.is_ascii_digit() || "_.".contains(sign))
    });
    let (field, rest) = rest.split_at(end?);
    let operator = OPERATORS.iter().find(|word| rest.starts_with(**word))?;
    let value = rest.strip_prefix(operator)?;
    if field.is_empty() || value.is_empty() {
        return None;
    }
    tokens.push(Token::Fixed(field.to_owned()));
    tokens.push(Token::Fixed((*operator).to_owned()));
    let values = if operator.ends_with("IN") {
        value.split(',').collect::<Vec<_>>()
    } else {
        vec![value]
    };
    for value in values {
        let is_run = value.trim_start().to_lowercase().starts_with("javascript:");
        let wrap = if is_run { Token::Fixed } else { Token::Literal };
        tokens.push(wrap(value.to_owned()));
    }
    Some(())
}

fn is_field(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_.".contains(&byte))
}
