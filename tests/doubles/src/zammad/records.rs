//! What the help desk holds, in its own shape, and the cast among it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::cast::{
    ANN, BLANK, COMPANY, Cast, CastCase, Colleague, FAMILY, JURGEN, Known, Person, QUOTES,
    SUBJECTS, TWINS,
};

const AGENT: u64 = 3;
const ANN_ID: u64 = 7;
const ORGANIZATION: u64 = 2;
const FIRST_TICKET: u64 = 21;

/// Names that stand for records: kind, id, name.
const NAMES: &[(&str, u64, &str)] = &[
    ("state", 1, "new"),
    ("state", 2, "open"),
    ("state", 3, "pending reminder"),
    ("state", 4, "closed"),
    ("state", 5, "merged"),
    ("state", 7, "pending close"),
    ("priority", 1, "1 low"),
    ("priority", 2, "2 normal"),
    ("priority", 3, "3 high"),
    ("group", 1, "Users"),
    ("group", 2, "Cards"),
    ("type", 1, "email"),
    ("type", 2, "sms"),
    ("type", 3, "chat"),
    ("type", 5, "phone"),
    ("type", 10, "note"),
    ("type", 11, "web"),
    ("sender", 1, "Agent"),
    ("sender", 2, "Customer"),
    ("sender", 3, "System"),
];

/// The states that end a ticket.
pub(super) const CLOSED: &[u64] = &[4, 5];

/// The records and what is remembered between requests.
pub(super) struct Desk {
    pub(super) users: Vec<Value>,
    pub(super) organizations: Vec<Value>,
    pub(super) tickets: Vec<Value>,
    pub(super) articles: Vec<Value>,
    /// Ids of tickets and users that the search index does not know yet.
    pub(super) unindexed: BTreeSet<u64>,
    pub(super) index_lags: bool,
    next_id: u64,
    seconds: u64,
}

impl Desk {
    pub(super) fn new() -> Self {
        let mut desk = Self {
            users: Vec::new(),
            organizations: vec![json!({
                "id": ORGANIZATION, "name": COMPANY, "shared": true, "domain": "",
                "domain_assignment": false, "active": true, "note": "", "vip": true,
                "updated_by_id": AGENT, "created_by_id": 1, "member_ids": [ANN_ID],
                "secondary_member_ids": [], "created_at": "2024-01-01T10:00:00.000Z",
                "updated_at": "2026-01-01T10:00:00.000Z",
            })],
            tickets: Vec::new(),
            articles: Vec::new(),
            unindexed: BTreeSet::new(),
            index_lags: false,
            next_id: 1000,
            seconds: 0,
        };
        desk.seed_people();
        desk.seed_tickets();
        desk
    }

    /// The next free id and the time.
    pub(super) fn stamp(&mut self) -> (u64, String) {
        self.next_id += 1;
        self.seconds += 1;
        let (minutes, seconds) = (self.seconds / 60, self.seconds % 60);
        let hours = 8 + minutes / 60;
        (
            self.next_id,
            format!(
                "2026-11-02T{hours:02}:{:02}:{seconds:02}.000Z",
                minutes % 60
            ),
        )
    }

    pub(super) fn note_new(&mut self, id: u64) {
        if self.index_lags {
            self.unindexed.insert(id);
        }
    }

    pub(super) fn user(&self, id: u64) -> Option<&Value> {
        self.users.iter().find(|user| user["id"] == id)
    }

    pub(super) fn ticket(&self, id: u64) -> Option<&Value> {
        self.tickets.iter().find(|ticket| ticket["id"] == id)
    }

    /// The first user with an address or login.
    pub(super) fn called(&self, name: &str) -> Option<u64> {
        let name = name.trim().to_lowercase();
        let own = self
            .users
            .iter()
            .find(|user| user["email"] == name.as_str() || user["login"] == name.as_str());
        own.and_then(|user| user["id"].as_u64())
            .filter(|_| !name.is_empty())
    }

    fn seed_people(&mut self) {
        let mut sam = user(AGENT, &JURGEN);
        let agent = Colleague::of("");
        for (field, value) in [
            ("firstname", "Sam"),
            ("lastname", "Agent"),
            ("email", agent.email.as_str()),
            ("login", agent.email.as_str()),
            ("phone", ""),
        ] {
            sam[field] = json!(value);
        }
        sam["role_ids"] = json!([2]);
        self.users.push(sam);
        let mut ann = user(ANN_ID, &ANN);
        ann["organization_id"] = json!(ORGANIZATION);
        ann["vip"] = json!(true);
        ann["preferences"] = json!({"locale": "de-de"});
        self.users.push(ann);
        let family = (11..).zip(FAMILY.iter());
        let others = [(14, &JURGEN), (18, &QUOTES), (19, &BLANK)];
        for (id, known) in family.chain(others).chain((15..).zip(TWINS.iter())) {
            self.users.push(user(id, known));
        }
    }

    fn seed_tickets(&mut self) {
        let rows = [
            (2, 3, "2026-10-30T09:12:00.000Z"),
            (1, 2, "2026-10-21T14:00:00.000Z"),
            (4, 2, "2026-08-03T08:00:00.000Z"),
        ];
        for ((id, subject), (state, priority, at)) in (FIRST_TICKET..).zip(SUBJECTS).zip(rows) {
            let mut ticket = ticket(id, subject, at);
            ticket["state_id"] = json!(state);
            ticket["priority_id"] = json!(priority);
            ticket["customer_id"] = json!(ANN_ID);
            ticket["organization_id"] = json!(ORGANIZATION);
            ticket["owner_id"] = json!(AGENT);
            self.tickets.push(ticket);
        }
        let said = [
            (
                5,
                "Inbound call: the card was refused",
                "2026-10-29T16:40:00.000Z",
            ),
            (1, "It was refused again.", "2026-10-30T09:12:00.000Z"),
        ];
        for (id, (kind, body, at)) in (31..).zip(said) {
            let mut article = article(id, FIRST_TICKET, at);
            article["type_id"] = json!(kind);
            article["type"] = json!(name_of("type", kind));
            article["body"] = json!(body);
            self.articles.push(article);
        }
    }

    /// The cast under the ids of this help desk.
    pub(super) fn cast(&self) -> Cast {
        let person = |id: u64, known: &Known| Person::of(known, "user", &id.to_string());
        let mut ann = person(ANN_ID, &ANN);
        ann.account_id = Some(ORGANIZATION.to_string());
        ann.company = Some(COMPANY.to_owned());
        let case = |(id, subject): (u64, &str)| {
            let ticket = self.ticket(id)?;
            Some(CastCase {
                id: id.to_string(),
                number: ticket["number"].as_str().unwrap_or_default().to_owned(),
                subject: subject.to_owned(),
                urgent: ticket["priority_id"] == 3,
                open: is_open(ticket),
            })
        };
        ann.cases = (FIRST_TICKET..).zip(SUBJECTS).filter_map(case).collect();
        ann.activities = vec!["31".to_owned(), "32".to_owned()];
        Cast {
            ann,
            family: (11..)
                .zip(FAMILY.iter())
                .map(|(id, it)| person(id, it))
                .collect(),
            jurgen: person(14, &JURGEN),
            twins: (15..)
                .zip(TWINS.iter())
                .map(|(id, it)| person(id, it))
                .collect(),
            quotes: person(18, &QUOTES),
            blank: person(19, &BLANK),
            agent: Colleague::of(&AGENT.to_string()),
        }
    }

    /// A user as the API gives one: the counts are kept with the preferences.
    pub(super) fn told_user(&self, user: &Value, expand: bool) -> Value {
        let mut told = user.clone();
        let own = self
            .tickets
            .iter()
            .filter(|it| it["customer_id"] == user["id"]);
        let (open, closed): (Vec<&Value>, Vec<&Value>) = own.partition(|it| is_open(it));
        if !open.is_empty() || !closed.is_empty() {
            told["preferences"]["tickets_open"] = json!(open.len());
            told["preferences"]["tickets_closed"] = json!(closed.len());
        }
        if expand {
            let organization = self.organizations.iter();
            let organization = organization
                .clone()
                .find(|it| it["id"] == user["organization_id"]);
            told["organization"] = organization.map_or(Value::Null, |it| it["name"].clone());
            let agent = user["role_ids"] == json!([2]);
            told["roles"] = json!([if agent { "Agent" } else { "Customer" }]);
            told["organizations"] = json!([]);
            told["groups"] = json!({});
            told["created_by"] = json!("-");
            told["updated_by"] = json!("-");
        }
        told
    }

    /// A ticket as the API gives one.
    pub(super) fn told_ticket(&self, ticket: &Value, expand: bool) -> Value {
        let mut told = ticket.clone();
        let own = self
            .articles
            .iter()
            .filter(|it| it["ticket_id"] == ticket["id"]);
        let ids: Vec<&Value> = own.map(|it| &it["id"]).collect();
        told["article_count"] = json!(ids.len());
        told["article_ids"] = json!(ids);
        if expand {
            for kind in ["state", "priority", "group"] {
                let id = ticket[format!("{kind}_id")].as_u64().unwrap_or_default();
                told[kind] = json!(name_of(kind, id));
            }
            for kind in ["customer", "owner", "created_by", "updated_by"] {
                let id = ticket[format!("{kind}_id")].as_u64().unwrap_or_default();
                told[kind] = self
                    .user(id)
                    .map_or(json!("-"), |user| user["login"].clone());
            }
            let company = self.organizations.iter();
            let company = company
                .clone()
                .find(|it| it["id"] == ticket["organization_id"]);
            told["organization"] = company.map_or(Value::Null, |it| it["name"].clone());
        }
        told
    }
}

pub(super) fn is_open(ticket: &Value) -> bool {
    ticket["state_id"]
        .as_u64()
        .is_some_and(|id| !CLOSED.contains(&id))
}

/// The name of a state, priority, group, type or sender.
pub(super) fn name_of(kind: &str, id: u64) -> Option<&'static str> {
    let own = NAMES.iter().find(|(of, own, _)| *of == kind && *own == id);
    own.map(|(_, _, name)| *name)
}

/// The id behind a name.
pub(super) fn id_of(kind: &str, name: &str) -> Option<u64> {
    let own = NAMES
        .iter()
        .find(|(of, _, own)| *of == kind && *own == name);
    own.map(|(_, id, _)| *id)
}

/// Every state or priority, as its list gives them.
pub(super) fn words(kind: &str) -> Value {
    let own = NAMES.iter().filter(|(of, _, _)| *of == kind);
    let told = own.map(|(_, id, name)| {
        let mut word = json!({
            "id": id, "name": name, "note": null, "active": true, "updated_by_id": 1,
            "created_by_id": 1, "created_at": "2024-01-01T10:00:00.000Z",
            "updated_at": "2024-01-01T10:00:00.000Z",
            "default_create": matches!((kind, *id), ("state", 1) | ("priority", 2)),
        });
        if kind == "state" {
            // new, open, pending reminder, pending action, closed, merged
            let of_type = match id {
                4 => 5,
                5 => 6,
                7 => 4,
                other => *other,
            };
            word["state_type_id"] = json!(of_type);
            word["next_state_id"] = if *id == 7 { json!(4) } else { Value::Null };
            word["ignore_escalation"] = json!(*id > 2);
            word["default_follow_up"] = json!(*id == 2);
        } else {
            word["ui_icon"] = Value::Null;
            word["ui_color"] = Value::Null;
        }
        word
    });
    Value::Array(told.collect())
}

/// A user with what is known about the person; what is not known is an empty text.
pub(super) fn user(id: u64, known: &Known) -> Value {
    let email = known.email.unwrap_or_default().to_lowercase();
    let login = if email.is_empty() {
        format!("auto-{id}")
    } else {
        email.clone()
    };
    json!({
        "id": id, "organization_id": null, "login": login, "firstname": known.first,
        "lastname": known.last, "email": email, "image": null, "image_source": null, "web": "",
        "phone": known.phone.unwrap_or_default(), "fax": "", "mobile": "", "department": null,
        "street": "", "zip": "", "city": "", "country": "", "address": null, "vip": false,
        "verified": false, "active": true, "note": "", "last_login": null, "source": null,
        "login_failed": 0, "out_of_office": false, "preferences": {}, "updated_by_id": AGENT,
        "created_by_id": 1, "created_at": "2024-05-01T10:00:00.000Z",
        "updated_at": "2026-05-01T10:00:00.000Z", "role_ids": [3], "organization_ids": [],
        "authorization_ids": [], "group_ids": {},
        "customer_number": known.external_id,
    })
}

pub(super) fn ticket(id: u64, title: &str, at: &str) -> Value {
    json!({
        "id": id, "group_id": 1, "priority_id": 2, "state_id": 1, "organization_id": null,
        "number": (53_000 + id).to_string(), "title": title, "owner_id": 1, "customer_id": null,
        "note": null, "first_response_at": null, "close_at": null, "last_contact_at": at,
        "last_contact_agent_at": null, "last_contact_customer_at": at, "escalation_at": null,
        "pending_time": null, "type": null, "time_unit": null, "preferences": {},
        "create_article_type_id": 10, "create_article_sender_id": 1, "updated_by_id": AGENT,
        "created_by_id": AGENT, "created_at": at, "updated_at": at, "checklist_id": null,
        "referencing_checklist_ids": [], "ticket_time_accounting_ids": [], "interaction_key": null,
    })
}

pub(super) fn article(id: u64, ticket: u64, at: &str) -> Value {
    json!({
        "id": id, "ticket_id": ticket, "type_id": 10, "sender_id": 1, "from": "Sam Agent",
        "to": null, "cc": null, "subject": null, "reply_to": null, "message_id": null,
        "in_reply_to": null, "content_type": "text/plain", "references": null, "body": "",
        "internal": false, "preferences": {}, "updated_by_id": AGENT, "created_by_id": AGENT,
        "origin_by_id": null, "created_at": at, "updated_at": at, "attachments": [],
        "type": "note", "sender": "Agent", "created_by": Colleague::of("").email,
        "updated_by": Colleague::of("").email, "time_unit": null,
    })
}
