//! The records as the rest of the crate sees them, and how a row becomes one.

use jiff::Timestamp;
use rusqlite::Row;
use rusqlite::types::{FromSqlError, Type};

use crate::words::{CaseStatus, Priority, Tier};

/// A telephone number, split after its country code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phone {
    pub(crate) calling: String,
    pub(crate) national: String,
}

impl Phone {
    /// Writes the number as E.164.
    pub(crate) fn e164(&self) -> String {
        format!("+{}{}", self.calling, self.national)
    }

    /// Writes the number in groups, for people.
    pub(crate) fn spaced(&self) -> String {
        let mut text = format!("+{}", self.calling);
        let length = self.national.len();
        for (index, digit) in self.national.chars().enumerate() {
            // Groups of three, and no single digit left over at the end.
            if index % 3 == 0 && (index == 0 || length - index > 1) {
                text.push(' ');
            }
            text.push(digit);
        }
        text
    }
}

/// One customer.
#[derive(Clone, Debug)]
pub(crate) struct Customer {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) tier: Tier,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<Phone>,
    /// The language as a tag and in words.
    pub(crate) language: Option<(String, String)>,
    pub(crate) region: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) city: Option<String>,
    pub(crate) company: Option<String>,
    pub(crate) since: Option<i64>,
    pub(crate) birth_year: Option<i64>,
    pub(crate) account: Option<String>,
    pub(crate) manager: Option<String>,
    /// Counted by the database; what is written here is not kept.
    pub(crate) open_cases: i64,
}

/// One case.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) id: i64,
    pub(crate) customer_id: String,
    pub(crate) subject: String,
    pub(crate) description: Option<String>,
    pub(crate) status: CaseStatus,
    pub(crate) priority: Priority,
    pub(crate) severity: Option<i64>,
    pub(crate) channel: Option<String>,
    pub(crate) reference: Option<String>,
    pub(crate) owner: String,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    pub(crate) due_at: Option<Timestamp>,
}

impl Case {
    /// Writes the number that people say.
    pub(crate) fn number(&self) -> String {
        format!("CS-{}", self.id)
    }
}

/// One interaction of the past.
#[derive(Clone, Debug)]
pub(crate) struct Interaction {
    pub(crate) id: i64,
    pub(crate) customer_id: String,
    pub(crate) case_id: Option<i64>,
    pub(crate) channel: Option<String>,
    pub(crate) summary: Option<String>,
    pub(crate) outcome: Option<String>,
    pub(crate) agent: String,
    pub(crate) seconds: Option<i64>,
    pub(crate) reference: Option<String>,
    pub(crate) at: Timestamp,
}

/// One note on a case.
#[derive(Clone, Debug)]
pub(crate) struct Note {
    pub(crate) id: i64,
    pub(crate) case_id: i64,
    pub(crate) text: String,
    pub(crate) author: String,
    pub(crate) at: Timestamp,
}

/// Which part of a list is wanted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    pub(crate) limit: u32,
    pub(crate) offset: u32,
}

/// One page of a list, and how many entries there are in all.
#[derive(Debug)]
pub(crate) struct Found<T> {
    pub(crate) items: Vec<T>,
    pub(crate) total: i64,
}

impl Customer {
    pub(super) const COLUMNS: &str = "id, name, tier, email, calling, national, language, \
        language_name, region, country, city, company, since, birth_year, account, manager, \
        (SELECT count(*) FROM cases WHERE customer_id = customers.id AND status <> 'closed') \
        AS open_cases";

    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let calling: Option<String> = row.get("calling")?;
        let national: Option<String> = row.get("national")?;
        let language: Option<String> = row.get("language")?;
        let language_name: Option<String> = row.get("language_name")?;
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            tier: row.get("tier")?,
            email: row.get("email")?,
            phone: calling
                .zip(national)
                .map(|(calling, national)| Phone { calling, national }),
            language: language.zip(language_name),
            region: row.get("region")?,
            country: row.get("country")?,
            city: row.get("city")?,
            company: row.get("company")?,
            since: row.get("since")?,
            birth_year: row.get("birth_year")?,
            account: row.get("account")?,
            manager: row.get("manager")?,
            open_cases: row.get("open_cases")?,
        })
    }
}

impl Case {
    pub(super) const COLUMNS: &str = "id, customer_id, subject, description, status, priority, \
        severity, channel, reference, owner, created_at, updated_at, due_at";

    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            customer_id: row.get("customer_id")?,
            subject: row.get("subject")?,
            description: row.get("description")?,
            status: row.get("status")?,
            priority: row.get("priority")?,
            severity: row.get("severity")?,
            channel: row.get("channel")?,
            reference: row.get("reference")?,
            owner: row.get("owner")?,
            created_at: moment(row.get("created_at")?)?,
            updated_at: moment(row.get("updated_at")?)?,
            due_at: row
                .get::<_, Option<i64>>("due_at")?
                .map(moment)
                .transpose()?,
        })
    }
}

impl Interaction {
    pub(super) const COLUMNS: &str =
        "id, customer_id, case_id, channel, summary, outcome, agent, seconds, reference, at";

    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            customer_id: row.get("customer_id")?,
            case_id: row.get("case_id")?,
            channel: row.get("channel")?,
            summary: row.get("summary")?,
            outcome: row.get("outcome")?,
            agent: row.get("agent")?,
            seconds: row.get("seconds")?,
            reference: row.get("reference")?,
            at: moment(row.get("at")?)?,
        })
    }
}

impl Note {
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            case_id: row.get("case_id")?,
            text: row.get("text")?,
            author: row.get("author")?,
            at: moment(row.get("at")?)?,
        })
    }
}

fn moment(seconds: i64) -> rusqlite::Result<Timestamp> {
    Timestamp::from_second(seconds).map_err(|error| {
        let error = FromSqlError::Other(Box::new(error));
        rusqlite::Error::FromSqlConversionFailure(0, Type::Integer, Box::new(error))
    })
}
