//! SOSL and parameterized search, over an index that sees new records late.

use serde_json::{Value, json};

use super::fault::Fault;
use super::schema::Object;
use super::soql::{Parser, Query, Reader, query};
use super::store::{Row, text};
use crate::call::{Answer, Call, member};

/// What is looked for, and where.
struct Search {
    term: String,
    group: Group,
    limit: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    All,
    Name,
    Email,
    Phone,
}

impl Group {
    fn parse(word: &str) -> Result<Self, Fault> {
        match word.to_ascii_uppercase().as_str() {
            "ALL" | "SIDEBAR" => Ok(Self::All),
            "NAME" => Ok(Self::Name),
            "EMAIL" => Ok(Self::Email),
            "PHONE" => Ok(Self::Phone),
            _ => Err(Fault::new(
                400,
                "MALFORMED_SEARCH",
                format!("unexpected token: '{word}'"),
            )),
        }
    }

    fn fields(self) -> &'static [&'static str] {
        const NAME: [&str; 1] = ["Name"];
        const EMAIL: [&str; 2] = ["Email", "PersonEmail"];
        const PHONE: [&str; 6] = [
            "Phone",
            "MobilePhone",
            "HomePhone",
            "OtherPhone",
            "PersonMobilePhone",
            "PersonHomePhone",
        ];
        const ALL: [&str; 8] = [
            "Name",
            "Email",
            "PersonEmail",
            "Phone",
            "MobilePhone",
            "Company",
            "Subject",
            "CaseNumber",
        ];
        match self {
            Self::All => &ALL,
            Self::Name => &NAME,
            Self::Email => &EMAIL,
            Self::Phone => &PHONE,
        }
    }
}

/// Answers `POST /parameterizedSearch`: `q` is words, never grammar.
pub(super) fn parameterized(reader: Reader<'_>, call: &Call) -> Result<Answer, Fault> {
    let parser_error = |told: &str| Fault::new(400, "JSON_PARSER_ERROR", told);
    let body = call
        .json()
        .ok_or_else(|| parser_error("Unexpected character"))?;
    let known = [
        "q",
        "in",
        "sobjects",
        "fields",
        "overallLimit",
        "defaultLimit",
        "spellCorrection",
        "offset",
    ];
    let members = body.as_object().into_iter().flatten();
    if let Some((name, _)) = members
        .into_iter()
        .find(|(name, _)| !known.contains(&name.as_str()))
    {
        return Err(parser_error(&format!("Unrecognized field \"{name}\"")));
    }
    let limit = |value: &Value, usual: usize| {
        let limit = value.as_u64().and_then(|limit| usize::try_from(limit).ok());
        limit.unwrap_or(usual)
    };
    let search = Search {
        term: member(&body, "q").as_str().unwrap_or_default().to_owned(),
        group: Group::parse(member(&body, "in").as_str().unwrap_or("ALL"))?,
        limit: limit(member(&body, "overallLimit"), 2000),
    };
    let mut returning = Vec::new();
    for object in member(&body, "sobjects").as_array().into_iter().flatten() {
        let name = member(object, "name").as_str().unwrap_or_default();
        let fields = member(object, "fields").as_array().into_iter().flatten();
        let fields = fields.filter_map(Value::as_str).collect::<Vec<_>>();
        let fields = if fields.is_empty() {
            "Id".to_owned()
        } else {
            fields.join(", ")
        };
        let filter = member(object, "where")
            .as_str()
            .map(|text| format!(" WHERE {text}"));
        let most = limit(
            member(object, "limit"),
            limit(member(&body, "defaultLimit"), 2000),
        );
        let text = format!(
            "SELECT {fields} FROM {name}{} LIMIT {most}",
            filter.unwrap_or_default()
        );
        returning.push(query(&text)?);
    }
    answer(reader, &search, &returning)
}

/// Answers `GET /search?q=FIND {…} IN … FIELDS RETURNING …`.
pub(super) fn sosl(reader: Reader<'_>, call: &Call) -> Result<Answer, Fault> {
    let text = call.query_value("q").unwrap_or_default();
    let malformed = |told: &str| Fault::new(400, "MALFORMED_SEARCH", told);
    let start = text.trim_start();
    let after = start
        .get(..4)
        .filter(|word| word.eq_ignore_ascii_case("FIND"));
    let after = after.and(start.get(4..)).map(str::trim_start);
    let inner = after.and_then(|after| after.strip_prefix('{'));
    let inner = inner.ok_or_else(|| {
        malformed("No search term found. The search term must be enclosed in braces.")
    })?;
    let (term, rest) = braced(inner).ok_or_else(|| malformed("unexpected token: '<EOF>'"))?;
    let mut parser = Parser::of(rest)?;
    let mut search = Search {
        term,
        group: Group::All,
        limit: 2000,
    };
    if parser.takes("IN") {
        search.group = Group::parse(&parser.name()?)?;
        parser.keyword("FIELDS")?;
    }
    let mut returning = Vec::new();
    if parser.takes("RETURNING") {
        loop {
            returning.push(returned(&mut parser)?);
            if !parser.sign(",") {
                break;
            }
        }
    }
    search.limit = parser.tail()?.limit.unwrap_or(search.limit);
    parser.end()?;
    answer(reader, &search, &returning)
}

/// The term up to its brace, and what follows. A reserved sign stands behind a backslash.
fn braced(inner: &str) -> Option<(String, &str)> {
    let mut term = String::new();
    let mut signs = inner.char_indices();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '}' => return Some((term, inner.get(at + 1..)?)),
            '\\' => term.push(signs.next()?.1),
            '?' | '&' | '|' | '!' | '{' | '[' | ']' | '(' | ')' | '^' | '~' | ':' | '"' | '\''
            | '+' => return None,
            _ => term.push(sign),
        }
    }
    None
}

/// `Object(fields WHERE … LIMIT …)`
fn returned(parser: &mut Parser) -> Result<Query, Fault> {
    let from = parser.name()?;
    let mut names = vec![];
    let mut rest = query("SELECT Id FROM Contact")?;
    if parser.sign("(") {
        loop {
            names.push(parser.name()?);
            if !parser.sign(",") {
                break;
            }
        }
        rest = parser.tail()?;
        parser.closing()?;
    }
    let names = if names.is_empty() {
        "Id".to_owned()
    } else {
        names.join(", ")
    };
    let items = query(&format!("SELECT {names} FROM {from}"))?.items;
    Ok(Query {
        items,
        from,
        ..rest
    })
}

fn answer(reader: Reader<'_>, search: &Search, returning: &[Query]) -> Result<Answer, Fault> {
    if search.term.chars().filter(|sign| *sign != '*').count() < 2 {
        let told = "search term must be longer than one character";
        return Err(Fault::new(400, "INVALID_SEARCH", told));
    }
    let mut records = Vec::new();
    for query in returning {
        let object = reader.queryable(&query.from)?;
        let is_hit = |row: &Row| reader.store.is_indexed(row) && hits(object, row, search);
        for row in reader.select(object, query, is_hit)? {
            records.push(reader.record(object, row, &query.items)?);
        }
    }
    records.truncate(search.limit);
    Ok(Answer::json(200, &json!({ "searchRecords": records })))
}

fn hits(object: &Object, row: &Row, search: &Search) -> bool {
    let fields = search.group.fields().iter();
    let mut values = fields
        .filter(|field| object.field(field).is_some())
        .map(|field| text(row, field));
    if search.group == Group::Phone {
        let asked = digits(&search.term);
        return !asked.is_empty() && values.any(|value| digits(&value).contains(&asked));
    }
    let words = words(&search.term);
    let value = values.collect::<Vec<_>>().join(" ");
    let own = self::words(&value);
    words.iter().all(|word| match word.strip_suffix('*') {
        Some(start) => own.iter().any(|own| own.starts_with(start)),
        None => own.contains(word),
    })
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn words(text: &str) -> Vec<String> {
    let parts = text.split(|sign: char| !(sign.is_alphanumeric() || sign == '*'));
    let parts = parts.filter(|part| !part.is_empty());
    parts.map(str::to_lowercase).collect()
}
