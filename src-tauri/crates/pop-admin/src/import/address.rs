//! One address of a softphone, taken apart and put together again as a link of ours.
//!
//! What no link can hold is left out where the rest still leads to a record, and otherwise nothing
//! is carried over. Every result has passed the checks that links are loaded with.

use pop_core::link::{HostPattern, LinkTemplate};
use serde::Serialize;

use crate::import::products::{Meaning, Product};

/// What became of an address.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Carried {
    /// The address as it was.
    pub(crate) from: String,
    /// Which record it leads to: `customer`, `case` or `account`; nothing where none.
    pub(crate) record: Option<&'static str>,
    /// The link.
    pub(crate) template: Option<String>,
    /// Its host.
    pub(crate) host: Option<String>,
    /// What was not carried over, and why.
    pub(crate) lost: Vec<String>,
}

/// What an admin knows of a contact centre's own variables.
#[derive(Default)]
pub(crate) struct Known {
    /// Those that hold the customer's id in the CRM.
    pub(crate) customer: Vec<String>,
    /// Those that hold the id of a case.
    pub(crate) case: Vec<String>,
}

enum Part<'a> {
    Text(&'a str),
    Name { written: &'a str, name: &'a str },
}

/// One piece of an address, as ours.
struct Piece {
    text: String,
    records: Vec<&'static str>,
    lost: Vec<String>,
}

impl Carried {
    pub(crate) fn of(product: Product, address: &str, known: &Known) -> Self {
        let address = address.trim();
        let mut carried = Self {
            from: address.to_owned(),
            record: None,
            template: None,
            host: None,
            lost: Vec::new(),
        };
        let lose = |mut carried: Self, why: &str| {
            carried.lost.push(why.to_owned());
            carried
        };
        let Some(rest) = address.strip_prefix("https://") else {
            return lose(carried, "the address: links begin with https://");
        };
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if parts(product, host).any(|part| matches!(part, Part::Name { .. })) {
            return lose(carried, "the address: its host is not always the same");
        }
        carried.host = Some(host.to_owned());
        let (path, fragment) = cut(rest, '#');
        let (path, query) = cut(path, '?');
        let mut pieces = vec![piece(product, path, known)];
        let mut text = format!("https://{}", pieces.first().map_or("", |it| &it.text));
        let mut between = '?';
        for member in query.unwrap_or_default().split('&') {
            let member = piece(product, member, known);
            if member.lost.is_empty() && !member.text.is_empty() {
                text.push(between);
                text.push_str(&member.text);
                between = '&';
                pieces.push(member);
            } else {
                carried.lost.extend(member.lost);
            }
        }
        if let Some(fragment) = fragment {
            let fragment = piece(product, fragment, known);
            text.push('#');
            text.push_str(&fragment.text);
            pieces.push(fragment);
        }
        let whole: Vec<String> = pieces.iter().flat_map(|it| it.lost.clone()).collect();
        let records: Vec<&str> = pieces.iter().flat_map(|it| it.records.clone()).collect();
        if !whole.is_empty() {
            carried.lost.extend(whole);
            return lose(carried, "the address: what is missing stands in its path");
        }
        let record = ["case", "account", "customer"].into_iter().find(|kind| {
            let begins = format!("{kind}.");
            records.iter().any(|record| record.starts_with(&begins))
        });
        let Some(record) = record else {
            let why = "the address: nothing in it names a record. Screenpop looks the customer up \
                       itself, and the definition's own link opens the record";
            return lose(carried, why);
        };
        let within = HostPattern::parse(host).into_iter().collect::<Vec<_>>();
        match LinkTemplate::parse(&text, &within, &[]) {
            Ok(_) => {
                carried.record = Some(record);
                carried.template = Some(text);
                carried
            }
            Err(fault) => lose(carried, &format!("the address: {fault}")),
        }
    }
}

fn piece(product: Product, text: &str, known: &Known) -> Piece {
    let mut piece = Piece {
        text: String::new(),
        records: Vec::new(),
        lost: Vec::new(),
    };
    for part in parts(product, text) {
        let (written, name) = match part {
            Part::Text(text) => {
                piece.text.push_str(text);
                continue;
            }
            Part::Name { written, name } => (written, name),
        };
        let is = |list: &[String]| list.iter().any(|it| it.eq_ignore_ascii_case(name));
        let meaning = if is(&known.customer) {
            Some(Meaning::Record("customer.id"))
        } else if is(&known.case) {
            Some(Meaning::Record("case.id"))
        } else {
            product.meaning(name)
        };
        match meaning {
            Some(Meaning::Record(ours)) => {
                piece.text.push('{');
                piece.text.push_str(ours);
                piece.text.push('}');
                piece.records.push(ours);
            }
            Some(Meaning::Number) => piece.lost.push(format!(
                "{written}, the caller's number: the customer is looked up by it before anything opens"
            )),
            Some(Meaning::Other(what)) => piece
                .lost
                .push(format!("{written}, {what}: no link of a record holds it")),
            Some(Meaning::Variable) => piece.lost.push(format!(
                "{written}, a variable of yours: --customer-id {name} or --case-id {name} says that it \
                 holds the id of a record"
            )),
            None => piece
                .lost
                .push(format!("{written}: nothing of this name is known")),
        }
    }
    piece
}

/// The text and the names of a piece, in order.
fn parts(product: Product, text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some((written, name)) = name_at(product, rest) {
            rest = rest.get(written.len()..).unwrap_or_default();
            return Some(Part::Name { written, name });
        }
        let mut ends = rest.char_indices().map(|(at, _)| at).skip(1);
        let end = ends.find(|at| {
            rest.get(*at..)
                .is_some_and(|it| name_at(product, it).is_some())
        });
        let (text, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after;
        Some(Part::Text(text))
    })
}

/// The name that a text begins with, if it does.
fn name_at(product: Product, text: &str) -> Option<(&str, &str)> {
    product.marks().iter().find_map(|(open, close)| {
        let inside = text.strip_prefix(open)?;
        let end = inside.find(close)?;
        let name = inside.get(..end)?;
        let is_name = name.starts_with(|sign: char| sign.is_ascii_alphabetic())
            && name.len() > 1
            && name
                .chars()
                .all(|sign| sign.is_ascii_alphanumeric() || "._-:".contains(sign));
        // `%20` and its like are signs of the address.
        let is_escape = *open == "%" && product.meaning(name).is_none();
        let written = text.get(..open.len() + end + close.len())?;
        (is_name && !is_escape).then_some((written, name))
    })
}

fn cut(text: &str, at: char) -> (&str, Option<&str>) {
    match text.split_once(at) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}
