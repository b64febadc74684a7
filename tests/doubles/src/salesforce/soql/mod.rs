//! A small SOQL of its own: words, grammar, and what a query finds.

mod compare;
mod lex;
mod parse;
mod run;

pub(super) use parse::{Parser, Query, query};
pub(super) use run::{Reader, found};
