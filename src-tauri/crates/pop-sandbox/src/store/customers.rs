//! Customers: written by the seed, then found by id, e-mail, telephone and words; only their tier
//! changes.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

use super::{Customer, Found, Page, Phone};
use crate::fold::fold;
use crate::phone;
use crate::words::Tier;

/// What a customer is looked for by; everything given must hold.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    /// The whole address, in any case.
    pub(crate) email: Option<String>,
    /// The number in one of its spellings.
    pub(crate) phone: Option<phone::Spelling>,
    /// Words of the name, or parts of the other identifiers.
    pub(crate) words: Option<String>,
}

/// Reads one customer.
pub(crate) fn get(connection: &Connection, id: &str) -> rusqlite::Result<Option<Customer>> {
    let sql = format!("SELECT {} FROM customers WHERE id = ?", Customer::COLUMNS);
    connection
        .prepare_cached(&sql)?
        .query_row([id], Customer::read)
        .optional()
}

/// Changes a customer's tier; the customer as they are now.
pub(crate) fn change(
    connection: &Connection,
    id: &str,
    tier: Tier,
) -> rusqlite::Result<Option<Customer>> {
    connection
        .prepare_cached("UPDATE customers SET tier = ?2 WHERE id = ?1")?
        .execute(params![id, tier])?;
    get(connection, id)
}

/// Finds customers; an exact id comes first, then names that begin with the words.
pub(crate) fn find(
    connection: &Connection,
    wanted: &Wanted,
    page: Page,
) -> rusqlite::Result<Found<Customer>> {
    let (condition, values) = condition(wanted);
    let count = format!("SELECT count(*) FROM customers WHERE {condition}");
    let total = connection
        .prepare_cached(&count)?
        .query_row(params_from_iter(&values), |row| row.get(0))?;

    let sql = format!(
        "SELECT {} FROM customers WHERE {condition} \
         ORDER BY id = ? DESC, instr(folded, ?) = 1 DESC, name, id LIMIT ? OFFSET ?",
        Customer::COLUMNS
    );
    let words = wanted.words.as_deref().unwrap_or_default();
    let order = [words.trim().to_owned().into(), fold(words.trim()).into()];
    let part: [Value; 2] = [page.limit.into(), page.offset.into()];
    let values = values.into_iter().chain(order).chain(part);
    let mut statement = connection.prepare_cached(&sql)?;
    let items = statement.query_map(params_from_iter(values), Customer::read)?;
    Ok(Found {
        items: items.collect::<Result<_, _>>()?,
        total,
    })
}

/// Writes one customer of the seed.
pub(crate) fn insert(connection: &Connection, customer: &Customer) -> rusqlite::Result<()> {
    let digits = customer.phone.as_ref().map(Phone::e164);
    let folded = fold(&format!(
        "{} {} {} {} {}",
        customer.name,
        customer.id,
        customer.email.as_deref().unwrap_or_default(),
        digits.as_deref().unwrap_or_default(),
        customer.company.as_deref().unwrap_or_default(),
    ));
    let language = customer.language.as_ref();
    connection
        .prepare_cached(
            "INSERT INTO customers (id, name, tier, email, calling, national, language, \
             language_name, region, country, city, company, since, birth_year, account, manager, \
             folded) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, \
             ?16, ?17)",
        )?
        .execute(params![
            customer.id,
            customer.name,
            customer.tier,
            customer.email,
            customer.phone.as_ref().map(|phone| &phone.calling),
            customer.phone.as_ref().map(|phone| &phone.national),
            language.map(|(tag, _)| tag),
            language.map(|(_, words)| words),
            customer.region,
            customer.country,
            customer.city,
            customer.company,
            customer.since,
            customer.birth_year,
            customer.account,
            customer.manager,
            folded,
        ])?;
    Ok(())
}

fn condition(wanted: &Wanted) -> (String, Vec<Value>) {
    let mut parts = vec!["1".to_owned()];
    let mut values = Vec::new();
    if let Some(email) = &wanted.email {
        parts.push("email = ? COLLATE NOCASE".to_owned());
        values.push(email.clone().into());
    }
    if let Some(spelling) = &wanted.phone {
        parts.push(by_phone(spelling, &mut values));
    }
    if let Some(words) = &wanted.words {
        parts.push(by_words(words, &mut values));
    }
    (parts.join(" AND "), values)
}

fn by_phone(spelling: &phone::Spelling, values: &mut Vec<Value>) -> String {
    let mut holes = |readings: &[String]| {
        values.extend(readings.iter().cloned().map(Value::from));
        vec!["?"; readings.len()].join(", ")
    };
    let international = holes(&spelling.international);
    let national = holes(&spelling.national);
    format!("(digits IN ({international}) OR national IN ({national}))")
}

fn by_words(words: &str, values: &mut Vec<Value>) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for word in fold(words).split_whitespace() {
        parts.push("instr(folded, ?) > 0");
        values.push(word.to_owned().into());
    }
    let all_words = parts.join(" AND ");
    match phone::read(words) {
        Some(spelling) => format!("(({all_words}) OR {})", by_phone(&spelling, values)),
        None => format!("({all_words})"),
    }
}
