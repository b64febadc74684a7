//! From one hit to a customer, a case or an activity.
//!
//! A key without a value is absent. A row without a usable id is a fault and not a row less:
//! dropping it could make one customer out of several.

use pop_core::profile::{Activity, Case, Customer, Fact, Listed, Priority};
use serde_json::Value;

use crate::language::plan::Plan;
use crate::language::record::RecordMap;
use crate::run::names::Names;
use crate::run::values;

/// A row that cannot be read, such as one without an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unreadable;

/// Rows of one answer that are looked at; the first page of a list is never longer.
pub(crate) const ROWS: usize = 200;

/// What a customer has a list of.
pub(crate) trait Listable: Sized {
    fn read(mapper: &Mapper<'_>, hit: &Value) -> Result<Self, Unreadable>;
}

impl Listable for Case {
    fn read(mapper: &Mapper<'_>, hit: &Value) -> Result<Self, Unreadable> {
        mapper.case(hit)
    }
}

impl Listable for Activity {
    fn read(mapper: &Mapper<'_>, hit: &Value) -> Result<Self, Unreadable> {
        mapper.activity(hit)
    }
}

/// Reads one kind of record with one map.
pub(crate) struct Mapper<'m> {
    pub(crate) plan: &'m Plan,
    pub(crate) map: &'m RecordMap,
    /// The names in reach beside `it`.
    pub(crate) names: &'m Names,
}

impl Mapper<'_> {
    pub(crate) fn customer(&self, hit: &Value) -> Result<Customer, Unreadable> {
        let row = Row::of(self.map, self.names, hit);
        let id = row.id(self.plan)?;
        let account_id = row
            .text("account.id")
            .filter(|id| self.plan.ids.accepts(id));
        let extra = self.map.extra.iter().filter_map(|extra| {
            let value = extra.value.value(row.names.scope())?;
            Some(Fact {
                name: extra.name.clone(),
                label: extra.label.clone(),
                value: values::text(&value)?,
                masked: extra.masked,
            })
        });
        let keep =
            self.map.keep.iter().filter_map(|(name, reading)| {
                Some((name.clone(), reading.value(row.names.scope())?))
            });
        Ok(Customer {
            id,
            kind: row.text("type"),
            name: row.text("name"),
            emails: row.texts("emails"),
            phones: row.texts("phones"),
            company: row.text("company"),
            account_id,
            tier: row.text("tier"),
            vip: row.switch("vip").unwrap_or(false),
            language: row.text("language"),
            region: row.text("region"),
            owner: row.text("owner"),
            link: row.text("link"),
            open_cases: row.value("open_cases").as_ref().and_then(values::count),
            also: row.texts("also"),
            extra: extra.collect(),
            keep: keep.collect(),
            cases: self.carried(&row, "cases", &self.plan.case)?,
            activities: self.carried(&row, "activities", &self.plan.activity)?,
        })
    }

    fn case(&self, hit: &Value) -> Result<Case, Unreadable> {
        let row = Row::of(self.map, self.names, hit);
        let priority = row
            .text("priority")
            .and_then(|word| Priority::parse(&word.to_lowercase()));
        Ok(Case {
            id: row.id(self.plan)?,
            number: row.text("number"),
            subject: row.text("subject"),
            status: row.text("status"),
            // What cannot be told is shown rather than hidden.
            open: row.switch("open").unwrap_or(true),
            priority,
            created: row.moment("created"),
            updated: row.moment("updated"),
            due: row.moment("due"),
            owner: row.text("owner"),
            link: row.text("link"),
            stamp: row.text("stamp"),
        })
    }

    fn activity(&self, hit: &Value) -> Result<Activity, Unreadable> {
        let row = Row::of(self.map, self.names, hit);
        Ok(Activity {
            // It never goes into a request, so it may look as it likes.
            id: row.text("id").ok_or(Unreadable)?,
            kind: row.text("kind"),
            subject: row.text("subject"),
            at: row.moment("at"),
            text: row.text("text"),
            outcome: row.text("outcome"),
            agent: row.text("agent"),
        })
    }

    /// A list that the hit already carries; `None` when it carries none and must be asked for.
    fn carried<T: Listable>(
        &self,
        row: &Row<'_>,
        key: &str,
        map: &RecordMap,
    ) -> Result<Option<Listed<T>>, Unreadable> {
        let Some(reading) = self.map.get(key) else {
            return Ok(None);
        };
        let items = match reading.expr.eval(row.names.scope()) {
            Ok(Value::Null) => Vec::new(),
            Ok(Value::Array(items)) => items,
            Ok(_) => return Err(Unreadable),
            Err(_) => return Ok(None),
        };
        let inner = Mapper {
            plan: self.plan,
            map,
            names: self.names,
        };
        let items = items.iter().take(ROWS).map(|item| T::read(&inner, item));
        Ok(Some(Listed {
            items: items.collect::<Result<_, _>>()?,
            ..Listed::default()
        }))
    }
}

struct Row<'r> {
    map: &'r RecordMap,
    names: Names,
}

impl<'r> Row<'r> {
    fn of(map: &'r RecordMap, names: &Names, hit: &Value) -> Self {
        Self {
            map,
            names: names.clone().with("it", hit.clone()),
        }
    }

    fn id(&self, plan: &Plan) -> Result<String, Unreadable> {
        self.text("id")
            .filter(|id| plan.ids.accepts(id))
            .ok_or(Unreadable)
    }

    fn value(&self, key: &str) -> Option<Value> {
        self.map.get(key)?.value(self.names.scope())
    }

    fn text(&self, key: &str) -> Option<String> {
        values::text(&self.value(key)?)
    }

    fn texts(&self, key: &str) -> Vec<String> {
        self.value(key)
            .map(|value| values::texts(&value))
            .unwrap_or_default()
    }

    fn switch(&self, key: &str) -> Option<bool> {
        values::switch(&self.value(key)?)
    }

    fn moment(&self, key: &str) -> Option<pop_core::moment::Moment> {
        values::moment(&self.value(key)?)
    }
}

/// The customer as later requests and links read it.
pub(crate) fn value_of_customer(customer: &Customer) -> Value {
    let text = |text: &Option<String>| text.clone().map(Value::String);
    let list = |texts: &[String]| Some(Value::from(texts.to_vec()));
    let keep = customer.keep.iter().cloned().collect();
    crate::run::context::object([
        ("id", Some(Value::String(customer.id.clone()))),
        ("type", text(&customer.kind)),
        ("name", text(&customer.name)),
        ("emails", list(&customer.emails)),
        ("phones", list(&customer.phones)),
        ("company", text(&customer.company)),
        ("tier", text(&customer.tier)),
        ("vip", Some(Value::Bool(customer.vip))),
        ("language", text(&customer.language)),
        ("region", text(&customer.region)),
        ("owner", text(&customer.owner)),
        ("link", text(&customer.link)),
        ("open_cases", customer.open_cases.map(Value::from)),
        ("also", list(&customer.also)),
        ("keep", Some(Value::Object(keep))),
    ])
}

/// The case as links read it.
pub(crate) fn value_of_case(case: &Case) -> Value {
    let text = |text: &Option<String>| text.clone().map(Value::String);
    crate::run::context::object([
        ("id", Some(Value::String(case.id.clone()))),
        ("number", text(&case.number)),
        ("subject", text(&case.subject)),
        ("status", text(&case.status)),
        ("open", Some(Value::Bool(case.open))),
        ("owner", text(&case.owner)),
        ("link", text(&case.link)),
        ("stamp", text(&case.stamp)),
    ])
}
