//! What the account holds: records with their properties, the ties between them, and the cast.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::schema::{self, Kind};
use crate::cast::{
    ANN, BLANK, COMPANY, Cast, CastCase, Colleague, FAMILY, JURGEN, Known, Person, QUOTES,
    SUBJECTS, TWINS,
};

pub(super) const PORTAL: u64 = 123_456;
pub(super) const OWNER: &str = "77";
const ANN_ID: u64 = 151;
const COMPANY_ID: u64 = 9001;
const FIRST_TICKET: u64 = 990;
const CALL: u64 = 7001;
const NOTE: u64 = 7002;

/// One record.
#[derive(Clone)]
pub(super) struct Record {
    pub(super) kind: &'static Kind,
    pub(super) id: u64,
    pub(super) properties: BTreeMap<String, String>,
}

impl Record {
    pub(super) fn get(&self, property: &str) -> Option<&str> {
        let own = self.properties.get(property)?;
        (!own.is_empty()).then_some(own)
    }
}

/// A tie between two records, as both know it.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Tie {
    pub(super) from: (&'static str, u64),
    pub(super) to: (&'static str, u64),
    pub(super) number: u32,
}

/// The records and what is remembered between requests.
pub(super) struct Portal {
    pub(super) records: Vec<Record>,
    pub(super) ties: Vec<Tie>,
    /// Ids that the search index does not know yet.
    pub(super) unindexed: BTreeSet<u64>,
    pub(super) index_lags: bool,
    pub(super) ui_domain: &'static str,
    next_id: u64,
    seconds: u64,
}

impl Portal {
    pub(super) fn new(ui_domain: &'static str) -> Self {
        let mut portal = Self {
            records: Vec::new(),
            ties: Vec::new(),
            unindexed: BTreeSet::new(),
            index_lags: false,
            ui_domain,
            next_id: 20_000,
            seconds: 0,
        };
        portal.seed();
        portal
    }

    pub(super) fn now(&mut self) -> String {
        self.seconds += 1;
        let (minutes, seconds) = (self.seconds / 60, self.seconds % 60);
        format!(
            "2026-11-02T{:02}:{:02}:{seconds:02}.000Z",
            8 + minutes / 60,
            minutes % 60
        )
    }

    pub(super) fn find(&self, kind: &Kind, id: u64) -> Option<&Record> {
        let mut own = self.of(kind);
        own.find(|record| record.id == id)
    }

    pub(super) fn of(&self, kind: &Kind) -> impl Iterator<Item = &Record> {
        let many = kind.many;
        self.records
            .iter()
            .filter(move |record| record.kind.many == many)
    }

    /// A record by a property that no two records share.
    pub(super) fn by_unique(&self, kind: &Kind, property: &str, value: &str) -> Option<&Record> {
        self.of(kind).find(|record| {
            record
                .get(property)
                .is_some_and(|own| own.to_lowercase() == value.to_lowercase())
        })
    }

    /// Keeps a new record and gives it an id.
    pub(super) fn add(&mut self, kind: &'static Kind, properties: BTreeMap<String, String>) -> u64 {
        self.next_id += 1;
        let id = self.next_id;
        let now = self.now();
        self.keep(kind, id, &now, properties);
        if self.index_lags {
            self.unindexed.insert(id);
        }
        id
    }

    pub(super) fn change(&mut self, id: u64, properties: &BTreeMap<String, String>) {
        let now = self.now();
        if let Some(record) = self.records.iter_mut().find(|record| record.id == id) {
            let changed = record.kind.changed.to_owned();
            record.properties.extend(properties.clone());
            record.properties.insert(changed, now);
            calculate(&mut record.properties);
        }
    }

    /// Ties two records both ways.
    pub(super) fn tie(&mut self, from: (&'static str, u64), to: (&'static str, u64), number: u32) {
        let back = schema::ties(to.0, from.0)
            .first()
            .copied()
            .unwrap_or(number);
        for tie in [
            Tie { from, to, number },
            Tie {
                from: to,
                to: from,
                number: back,
            },
        ] {
            if !self.ties.contains(&tie) {
                self.ties.push(tie);
            }
        }
    }

    pub(super) fn tied(&self, from: &Record, to: &Kind) -> Vec<&Tie> {
        let own = (from.kind.one, from.id);
        self.ties
            .iter()
            .filter(|tie| tie.from == own && tie.to.0 == to.one)
            .collect()
    }

    fn keep(
        &mut self,
        kind: &'static Kind,
        id: u64,
        at: &str,
        mut properties: BTreeMap<String, String>,
    ) {
        for (name, value) in [
            ("hs_object_id", id.to_string()),
            ("createdate", at.to_owned()),
            (kind.changed, at.to_owned()),
        ] {
            properties.insert(name.to_owned(), value);
        }
        calculate(&mut properties);
        self.records.push(Record {
            kind,
            id,
            properties,
        });
    }

    fn seed(&mut self) {
        let first_twin = TWINS.iter().take(1).map(|twin| (220, twin));
        let family = (201..).zip(FAMILY.iter());
        let others = [
            (ANN_ID, &ANN),
            (210, &JURGEN),
            (230, &QUOTES),
            (240, &BLANK),
        ];
        for (id, known) in others.into_iter().chain(family).chain(first_twin) {
            self.keep_seed(
                "contacts",
                id,
                "2024-05-01T10:00:00.000Z",
                &person_of(known),
            );
        }
        let more = [
            ("company", COMPANY),
            ("customer_tier", "premium"),
            ("hs_language", "de"),
            ("hubspot_owner_id", OWNER),
            ("hs_additional_emails", super::ANN_SECOND_EMAIL),
        ];
        if let Some(ann) = self.records.iter_mut().find(|record| record.id == ANN_ID) {
            let more = more.map(|(name, value)| (name.to_owned(), value.to_owned()));
            ann.properties.extend(more);
        }
        let company = [
            ("name", COMPANY),
            ("domain", "northwind.example"),
            ("customer_tier", "premium"),
        ];
        self.keep_seed(
            "companies",
            COMPANY_ID,
            "2024-01-01T10:00:00.000Z",
            &company,
        );
        self.tie(("contact", ANN_ID), ("company", COMPANY_ID), 1);
        let rows = [
            ("2", "HIGH", "2026-10-30T09:12:00.000Z"),
            ("1", "MEDIUM", "2026-10-21T14:00:00.000Z"),
            ("4", "MEDIUM", "2026-08-03T08:00:00.000Z"),
        ];
        for ((id, subject), (stage, priority, at)) in (FIRST_TICKET..).zip(SUBJECTS).zip(rows) {
            let ticket = [
                ("subject", subject),
                ("content", subject),
                ("hs_pipeline", "0"),
                ("hs_pipeline_stage", stage),
                ("hs_ticket_priority", priority),
                ("hubspot_owner_id", OWNER),
            ];
            self.keep_seed("tickets", id, at, &ticket);
            self.tie(("ticket", id), ("contact", ANN_ID), 16);
        }
        let call = [
            ("hs_timestamp", "2026-10-29T16:40:00.000Z"),
            ("hs_call_title", "Inbound call"),
            ("hs_call_body", "Card refused at a terminal in Lisbon"),
            ("hs_call_direction", "INBOUND"),
            ("hs_call_duration", "312000"),
            ("hs_call_status", "COMPLETED"),
            ("hubspot_owner_id", OWNER),
        ];
        self.keep_seed("calls", CALL, "2026-10-29T16:46:00.000Z", &call);
        self.tie(("call", CALL), ("contact", ANN_ID), 194);
        let note = [
            ("hs_timestamp", "2026-10-30T09:12:00.000Z"),
            ("hs_note_body", "Sent the form for travel notices"),
            ("hubspot_owner_id", OWNER),
        ];
        self.keep_seed("notes", NOTE, "2026-10-30T09:12:00.000Z", &note);
        self.tie(("note", NOTE), ("contact", ANN_ID), 202);
    }

    fn keep_seed(&mut self, many: &str, id: u64, at: &str, properties: &[(&str, &str)]) {
        if let Some(kind) = Kind::of(many) {
            let own = properties
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
            self.keep(kind, id, at, own.collect());
        }
    }

    /// The cast under the ids of this account.
    pub(super) fn cast(&self) -> Cast {
        let person = |known: &Known, id: u64| Person::of(known, "contact", &id.to_string());
        let mut ann = person(&ANN, ANN_ID);
        ann.account_id = Some(COMPANY_ID.to_string());
        ann.company = Some(COMPANY.to_owned());
        let case = |(id, subject): (u64, &str)| {
            let record = self
                .records
                .iter()
                .find(|it| it.kind.one == "ticket" && it.id == id);
            let get = |name: &str| record.and_then(|it| it.get(name)).unwrap_or_default();
            CastCase {
                id: id.to_string(),
                number: id.to_string(),
                subject: subject.to_owned(),
                urgent: get("hs_ticket_priority") == "HIGH",
                open: get("hs_pipeline_stage") != "4",
            }
        };
        ann.cases = (FIRST_TICKET..).zip(SUBJECTS).map(case).collect();
        ann.activities = vec![CALL.to_string(), NOTE.to_string()];
        Cast {
            ann,
            family: (201..)
                .zip(FAMILY.iter())
                .map(|(id, it)| person(it, id))
                .collect(),
            jurgen: person(&JURGEN, 210),
            twins: TWINS.iter().take(1).map(|it| person(it, 220)).collect(),
            quotes: person(&QUOTES, 230),
            blank: person(&BLANK, 240),
            agent: Colleague::of(OWNER),
        }
    }

    /// A record as the API gives one.
    pub(super) fn told(&self, record: &Record, asked: &[String]) -> Value {
        let kind = record.kind;
        let mut properties = serde_json::Map::new();
        let usual = kind.usual.iter().map(|name| (*name).to_owned());
        let named: Vec<String> = if asked.is_empty() {
            usual.collect()
        } else {
            asked.to_vec()
        };
        let every = ["createdate", "hs_object_id", kind.changed].map(str::to_owned);
        for name in every.into_iter().chain(named) {
            if kind.knows(&name) {
                let value = record.get(&name).map(str::to_owned);
                properties.insert(name, json!(value));
            }
        }
        json!({
            "id": record.id.to_string(), "properties": properties,
            "createdAt": record.get("createdate"), "updatedAt": record.get(kind.changed),
            "archived": false,
            "url": format!(
                "https://{}/contacts/{PORTAL}/record/{}/{}", self.ui_domain, kind.type_id, record.id
            ),
        })
    }
}

fn person_of(known: &'static Known) -> Vec<(&'static str, &'static str)> {
    let mut properties = vec![("firstname", known.first), ("lastname", known.last)];
    properties.extend(known.email.map(|it| ("email", it)));
    properties.extend(known.phone.map(|it| ("phone", it)));
    properties.extend(known.external_id.map(|it| ("customer_no", it)));
    properties
}

/// What HubSpot works out itself: the searchable spelling of a number is area code and local
/// number, without the country's; the preview of an activity is its text without tags.
fn calculate(properties: &mut BTreeMap<String, String>) {
    for (typed, searchable) in [
        ("phone", "hs_searchable_calculated_phone_number"),
        ("mobilephone", "hs_searchable_calculated_mobile_number"),
    ] {
        if let Some(number) = properties.get(typed) {
            let number = national(number);
            properties.insert(searchable.to_owned(), number);
        }
    }
    let bodies =
        ["call", "note", "task", "meeting", "communication"].map(|it| format!("hs_{it}_body"));
    let body = bodies.iter().find_map(|name| properties.get(name));
    if let Some(body) = body.or(properties.get("hs_email_text")) {
        let preview = untagged(body);
        properties.insert("hs_body_preview".to_owned(), preview);
    }
}

fn untagged(body: &str) -> String {
    let parts = body.split('<').enumerate();
    let texts = parts.map(|(at, part)| match part.split_once('>') {
        Some((_, text)) if at > 0 => text,
        _ => part,
    });
    texts.collect()
}

fn national(typed: &str) -> String {
    const COUNTRIES: &[&str] = &["1", "44", "49", "33", "34", "39", "43", "41"];
    let number = typed.split(['x', 'X', ';', '#']).next().unwrap_or_default();
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let international = number.trim_start().starts_with('+');
    let country = COUNTRIES
        .iter()
        .find(|code| international && digits.starts_with(**code));
    let rest = country
        .and_then(|code| digits.strip_prefix(*code))
        .unwrap_or(&digits);
    rest.trim_start_matches('0').to_owned()
}
