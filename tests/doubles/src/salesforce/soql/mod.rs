//! A small SOQL of its own: words, grammar, and what a query finds.

mod compare;
mod lex;
mod parse;
mod run;

use super::fault::Fault;
use lex::{PLAIN_PERCENT, PLAIN_UNDERSCORE, Token};

pub(super) use parse::{Parser, Query, query};
pub(super) use run::{Reader, found};

/// The texts that a query holds as literals, in order, or why it is no query. For tests that ask
/// whether a value stayed one literal.
pub fn literals(text: &str) -> Result<Vec<String>, String> {
    let told = |fault: Fault| fault.message().to_owned();
    parse::query(text).map_err(told)?;
    let tokens = lex::tokens(text).map_err(told)?;
    let texts = tokens.into_iter().filter_map(|token| match token {
        Token::Text(text) => Some(text),
        Token::Word(_) | Token::Bare(_) | Token::Sign(_) => None,
    });
    Ok(texts
        .map(|text| {
            text.replace(PLAIN_PERCENT, "%")
                .replace(PLAIN_UNDERSCORE, "_")
        })
        .collect())
}
