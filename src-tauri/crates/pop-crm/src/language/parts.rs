//! The parts of a definition that ask: `[me]`, `[ref]`, `[find]`, `[search]`, `[cases]`,
//! `[activities]`.

use std::sync::Arc;
use std::time::Duration;

use pop_core::identifier::Kind;

use crate::file::section::{Section, Spot};
use crate::language::dialect::Dialect;
use crate::language::names::{Needs, Reach};
use crate::language::reading::Reading;
use crate::language::record::{ACTIVITY, CASE, CUSTOMER, RecordMap};
use crate::language::request::Asking;

/// The identifiers that a find can be about.
pub(crate) const KINDS: [Kind; 4] = [Kind::RecordId, Kind::ExternalId, Kind::Email, Kind::Phone];

/// Who am I.
#[derive(Debug)]
pub(crate) struct MePart {
    pub(crate) asking: Asking,
    pub(crate) map: Vec<(String, Reading)>,
    pub(crate) needs: Needs,
}

/// Data that changes slowly.
#[derive(Debug)]
pub(crate) struct RefPart {
    pub(crate) name: String,
    pub(crate) asking: Asking,
    pub(crate) value: Reading,
    pub(crate) keep: Duration,
    pub(crate) needs: Needs,
}

/// One way to find customers by an identifier.
#[derive(Debug)]
pub(crate) struct FindPart {
    pub(crate) name: String,
    pub(crate) by: Kind,
    pub(crate) rows: Rows,
    pub(crate) check: Vec<Reading>,
    /// The finds that must have found nobody before this one runs.
    pub(crate) if_none: Vec<String>,
}

/// One search by words.
#[derive(Debug)]
pub(crate) struct SearchPart {
    pub(crate) name: String,
    pub(crate) rows: Rows,
}

/// Cases or activities of a known customer.
#[derive(Debug)]
pub(crate) struct ListPart {
    pub(crate) name: String,
    pub(crate) rows: Rows,
    pub(crate) check: Vec<Reading>,
}

/// A request whose answer holds rows of records.
#[derive(Debug)]
pub(crate) struct Rows {
    pub(crate) asking: Asking,
    pub(crate) each: Option<Reading>,
    pub(crate) total: Option<Reading>,
    pub(crate) map: RecordMap,
    /// What must be known before its answer can be read.
    pub(crate) reading: Needs,
    /// Optional settings without which it is off.
    pub(crate) settings: Vec<String>,
}

/// How long slowly changing data is kept when the definition does not say.
const KEEP: Duration = Duration::from_hours(24);

/// What every part is read with.
pub(crate) struct Reader<'r, 'k> {
    pub(crate) dialects: &'r [Arc<Dialect>],
    pub(crate) reach: Reach<'k>,
    pub(crate) customer: RecordMap,
    pub(crate) case: RecordMap,
    pub(crate) activity: RecordMap,
}

impl Reader<'_, '_> {
    pub(crate) fn me(&self, section: Section<'_>) -> Option<MePart> {
        let (asking, after) = Asking::read(&section, &self.reach, self.dialects)?;
        let mut map = Vec::new();
        match section.section("map") {
            Some(section) => {
                for (name, _) in section.members() {
                    map.extend(Reading::at(&section, name, &after).map(|r| (name.to_owned(), r)));
                }
            }
            None => section.missing("map", "a table with id, name or email"),
        }
        let mut needs = asking.all_needs();
        needs.join(&after.needs(map.iter().flat_map(|(_, reading)| reading.paths())));
        if needs.me {
            section.missing("call", "a request that needs nothing of me, since it is me");
        }
        section.finish();
        Some(MePart { asking, map, needs })
    }

    pub(crate) fn reference(&self, name: &str, section: Section<'_>) -> Option<RefPart> {
        let (asking, after) = Asking::read(&section, &self.reach, self.dialects)?;
        let value = section
            .need_text("value")
            .and_then(|spot| Reading::within(&section, "value", spot, &after));
        let keep = section
            .text("keep")
            .map_or(Some(KEEP), |spot| duration(&section, "keep", spot));
        let mut needs = asking.all_needs();
        needs.join(&after.needs(value.iter().flat_map(Reading::paths)));
        section.finish();
        Some(RefPart {
            name: name.to_owned(),
            asking,
            value: value?,
            keep: keep?,
            needs,
        })
    }

    pub(crate) fn find(&self, name: &str, section: Section<'_>) -> Option<FindPart> {
        let by = section.need_text("by").and_then(|spot| {
            let kind = KINDS.into_iter().find(|kind| kind.word() == spot.text);
            if kind.is_none() {
                section.refuse(spot, "by", &KINDS.map(Kind::word).join(", "));
            }
            kind
        });
        let roots: &[&str] = match by {
            Some(Kind::RecordId) => &["id"],
            Some(Kind::ExternalId) => &["external_id"],
            Some(Kind::Email) => &["email"],
            Some(Kind::Phone) => &["phone"],
            None => &["id", "external_id", "email", "phone"],
        };
        let reach = self.reach.and(roots);
        if_missing(
            &section,
            "check",
            "what of a hit must be what was asked for; [] trusts the server",
        );
        if_missing(&section, "each", "where the hits are, such as body.items");
        let mut if_none = Vec::new();
        for spot in section.texts("if_none").unwrap_or_default() {
            if_none.push(spot.text.to_owned());
        }
        let (rows, after) = self.rows(&section, &reach, (&self.customer, CUSTOMER))?;
        let check = read_check(&section, &after);
        section.finish();
        Some(FindPart {
            name: name.to_owned(),
            by: by?,
            rows,
            check,
            if_none,
        })
    }

    pub(crate) fn search(&self, name: &str, section: Section<'_>) -> Option<SearchPart> {
        let reach = self.reach.and(&["words"]);
        if_missing(&section, "each", "where the hits are, such as body.items");
        let (rows, _) = self.rows(&section, &reach, (&self.customer, CUSTOMER))?;
        section.finish();
        Some(SearchPart {
            name: name.to_owned(),
            rows,
        })
    }

    pub(crate) fn cases(&self, name: &str, section: Section<'_>) -> Option<ListPart> {
        self.list(name, section, (&self.case, CASE))
    }

    pub(crate) fn activities(&self, name: &str, section: Section<'_>) -> Option<ListPart> {
        self.list(name, section, (&self.activity, ACTIVITY))
    }

    fn list(
        &self,
        name: &str,
        section: Section<'_>,
        map: (&RecordMap, &'static [&'static str]),
    ) -> Option<ListPart> {
        let reach = self.reach.and(&["customer", "account"]);
        if !section.has("each") && !section.has("total") {
            section.missing("each", "where the rows are, or a total");
        }
        let (rows, after) = self.rows(&section, &reach, map)?;
        if rows.each.is_some() && !rows.asking.addresses("customer") {
            if_missing(&section, "check", "what of a row must be the customer's id");
        }
        let check = read_check(&section, &after);
        section.finish();
        Some(ListPart {
            name: name.to_owned(),
            rows,
            check,
        })
    }

    fn rows<'k>(
        &self,
        section: &Section<'_>,
        reach: &Reach<'k>,
        (map, keys): (&RecordMap, &'static [&'static str]),
    ) -> Option<(Rows, Reach<'k>)> {
        let (asking, after) = Asking::read(section, reach, self.dialects)?;
        if !asking.is_read_only() {
            section.missing("call", "GET, or POST that only asks");
        }
        let each = Reading::at(section, "each", &after);
        let total = Reading::at(section, "total", &after);
        let map = match section.section("map") {
            Some(section) => map.with(section, keys, &after),
            None => map.clone(),
        };
        let row = after.and(&["it"]);
        let mut reading = map.needs(&row);
        reading.around |= asking.all_needs().around;
        reading.join(
            &row.needs(
                [&each, &total]
                    .into_iter()
                    .flatten()
                    .flat_map(Reading::paths),
            ),
        );
        let settings = optional_settings(&asking, &after);
        Some((
            Rows {
                asking,
                each,
                total,
                map,
                reading,
                settings,
            },
            after,
        ))
    }
}

/// The settings that a request cannot do without, and that need not be filled in.
pub(crate) fn optional_settings(asking: &Asking, reach: &Reach<'_>) -> Vec<String> {
    let placed = asking.placed(reach).into_iter();
    let settings = placed.filter_map(|path| path.strip_prefix("setting."));
    let optional = settings.filter(|name| {
        let known = reach.known.setting(name);
        known.is_some_and(|setting| setting.optional)
    });
    optional.map(str::to_owned).collect()
}

pub(crate) fn read_check(section: &Section<'_>, after: &Reach<'_>) -> Vec<Reading> {
    let row = after.and(&["it"]);
    let spots = section.texts("check").unwrap_or_default();
    spots
        .into_iter()
        .filter_map(|spot| Reading::within(section, "check", spot, &row))
        .collect()
}

fn if_missing(section: &Section<'_>, key: &str, expected: &str) {
    if !section.has(key) {
        section.missing(key, expected);
    }
}

/// Reads a length of time such as `500ms`, `30s`, `5m` or `24h`.
pub(crate) fn parse_duration(text: &str) -> Option<Duration> {
    let at = text.find(|sign: char| !sign.is_ascii_digit())?;
    let (number, unit) = text.split_at(at);
    let number = number.parse::<u64>().ok()?;
    match unit {
        "ms" => Some(Duration::from_millis(number)),
        "s" => Some(Duration::from_secs(number)),
        "m" => number.checked_mul(60).map(Duration::from_secs),
        "h" => number.checked_mul(3_600).map(Duration::from_secs),
        _ => None,
    }
}

/// Reads a length of time at a key.
pub(crate) fn duration(section: &Section<'_>, key: &str, spot: Spot<'_>) -> Option<Duration> {
    let duration = parse_duration(spot.text);
    if duration.is_none() {
        section.refuse(spot, key, "a length of time such as 500ms, 30s, 5m or 24h");
    }
    duration
}
