//! The two CRMs of a shift, in this process: Salesforce, where a write can be repeated, and Zammad,
//! where it cannot. Who is known in which of them, and what was really made there.

use std::collections::BTreeMap;

use pop_doubles::salesforce::Salesforce;
use pop_doubles::zammad::{ACCESS_TOKEN, Zammad};
use pop_doubles::{Answer, Call, Person, Vendor};
use serde_json::Value;

/// What begins the subject of every case that a simulated agent makes.
pub(crate) const SUBJECT: &str = "Shift ";

pub(crate) struct Crms {
    pub(crate) salesforce: Salesforce,
    pub(crate) zammad: Zammad,
}

/// Somebody who gets in touch, and how: the ids under which the CRMs may find them.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(crate) customer: Value,
    pub(crate) ids: Vec<String>,
}

/// A case as it stands in a CRM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Made {
    /// Whose it is there.
    pub(crate) customer: String,
    pub(crate) times: u32,
}

impl Crms {
    pub(crate) fn new() -> Self {
        Self {
            salesforce: Salesforce::default(),
            zammad: Zammad::default(),
        }
    }

    pub(crate) fn hosts(&self) -> Vec<String> {
        let mut hosts = self.salesforce.hosts();
        hosts.extend(self.zammad.hosts());
        hosts
    }

    /// Answers as the CRM does whose host it is.
    pub(crate) fn answer(&self, call: &Call) -> Option<Answer> {
        if self.salesforce.hosts().contains(&call.host) {
            return Some(self.salesforce.answer(call));
        }
        let is_zammad = self.zammad.hosts().contains(&call.host);
        is_zammad.then(|| self.zammad.answer(call))
    }

    /// Everything by which somebody who signed in may be let in.
    pub(crate) fn secrets(&self) -> Vec<String> {
        let mut secrets = self.salesforce.oauth().secrets();
        secrets.push(ACCESS_TOKEN.to_owned());
        secrets
    }

    /// Who gets in touch.
    pub(crate) fn callers(&self) -> Vec<Caller> {
        let (one, other) = (self.salesforce.cast(), self.zammad.cast());
        let ids = |people: &[&Person]| {
            let ids = people.iter().map(|person| person.id.clone());
            ids.collect::<Vec<_>>()
        };
        let caller = |customer: Value, people: &[&Person]| Caller {
            customer,
            ids: ids(people),
        };
        let by = |field: &str, value: &str, assurance: &str| {
            let mut customer = serde_json::Map::new();
            customer.insert(field.to_owned(), value.into());
            customer.insert("identityAssurance".to_owned(), assurance.into());
            Value::Object(customer)
        };
        let all = |one: &[Person], other: &[Person]| {
            let people: Vec<&Person> = one.iter().chain(other).collect();
            ids(&people)
        };
        vec![
            caller(
                by("email", "ann.o'neil@example.com", "authenticated"),
                &[&one.ann, &other.ann],
            ),
            caller(by("phone", "+14155550100", "ani"), &[&one.ann, &other.ann]),
            caller(
                by("email", "juergen@example.de", "authenticated"),
                &[&one.jurgen, &other.jurgen],
            ),
            Caller {
                customer: by("phone", "+14155550199", "ani"),
                ids: all(&one.family, &other.family),
            },
            Caller {
                customer: by("email", "team@example.com", "claimed"),
                ids: all(&one.twins, &other.twins),
            },
            caller(by("email", "nobody@example.com", "authenticated"), &[]),
        ]
    }

    /// The cases that agents of this shift have made, by their subject.
    pub(crate) fn made(&self) -> BTreeMap<String, Made> {
        let mut made = BTreeMap::new();
        let mut add = |subject: &str, customer: String| {
            if subject.starts_with(SUBJECT) {
                let entry = made
                    .entry(subject.to_owned())
                    .or_insert(Made { customer, times: 0 });
                entry.times += 1;
            }
        };
        let text = |value: &Value| {
            let text = value.as_str().map(str::to_owned);
            text.unwrap_or_else(|| value.to_string())
        };
        for case in self.of_salesforce() {
            add(&text(&case["Subject"]), text(&case["ContactId"]));
        }
        // Its records of every kind are counted together, from this number on.
        for number in 1_000..1_400 {
            let ticket = self.zammad.ticket(&number.to_string());
            if !ticket.is_null() {
                add(&text(&ticket["title"]), text(&ticket["customer_id"]));
            }
        }
        made
    }

    fn of_salesforce(&self) -> Vec<Value> {
        let token = self.salesforce.oauth().grant("api").access_token;
        let host = &self.salesforce.hosts()[0];
        let asked = "/services/data/v62.0/query?q=SELECT+Subject,ContactId+FROM+Case+LIMIT+2000";
        let mut call = Call::new("GET", host, asked);
        call.headers
            .push(("authorization".to_owned(), format!("Bearer {token}")));
        let answer = self.salesforce.answer(&call);
        self.salesforce.oauth().revoke(&token);
        let records = answer.value()["records"].as_array().cloned();
        records.unwrap_or_else(|| panic!("{}", answer.text()))
    }
}
