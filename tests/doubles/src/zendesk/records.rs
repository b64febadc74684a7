//! What the account holds: users, organizations, tickets and comments, in the vendor's own shape,
//! and the cast among them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::cast::{
    ANN, BLANK, COMPANY, Cast, CastCase, Colleague, FAMILY, JURGEN, Known, Person, QUOTES,
    SUBJECTS, TWINS,
};

/// Where the records live.
pub(super) const HOST: &str = "northwind.zendesk.com";

const ORGANIZATION: u64 = 57_542;
const AGENT: u64 = 11_001;
const ANN_ID: u64 = 35_436;
const FIRST_TICKET: u64 = 4711;

/// The records and what is remembered between requests.
pub(super) struct Desk {
    pub(super) users: Vec<Value>,
    pub(super) identities: Vec<Value>,
    pub(super) organizations: Vec<Value>,
    pub(super) tickets: Vec<Value>,
    pub(super) comments: Vec<Value>,
    /// Idempotency keys with what was asked and answered.
    pub(super) keys: BTreeMap<String, (Value, Value)>,
    /// Ids that the search index does not know yet.
    pub(super) unindexed: BTreeSet<u64>,
    pub(super) index_lags: bool,
    pub(super) tab_open: bool,
    pub(super) displayed: Vec<String>,
    next_id: u64,
    seconds: u64,
}

impl Desk {
    pub(super) fn new() -> Self {
        let mut desk = Self {
            users: Vec::new(),
            identities: Vec::new(),
            organizations: vec![organization()],
            tickets: Vec::new(),
            comments: Vec::new(),
            keys: BTreeMap::new(),
            unindexed: BTreeSet::new(),
            index_lags: false,
            tab_open: true,
            displayed: Vec::new(),
            next_id: 90_000,
            seconds: 0,
        };
        desk.seed_people();
        desk.seed_tickets();
        desk
    }

    /// The next free id and the time; each call is a second later than the one before.
    pub(super) fn stamp(&mut self) -> (u64, String) {
        self.next_id += 1;
        (self.next_id, self.now())
    }

    pub(super) fn now(&mut self) -> String {
        self.seconds += 1;
        let (minutes, seconds) = (self.seconds / 60, self.seconds % 60);
        format!(
            "2026-11-02T{:02}:{:02}:{seconds:02}Z",
            8 + minutes / 60,
            minutes % 60
        )
    }

    /// Puts a new record on the list of those that search does not find yet, if it lags.
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

    /// The user with an address, as profile or as further identity.
    pub(super) fn owner_of(&self, email: &str) -> Option<u64> {
        let mut identities = self.identities.iter().filter(|it| it["type"] == "email");
        let identity = identities.find(|it| {
            it["value"]
                .as_str()
                .is_some_and(|own| own.eq_ignore_ascii_case(email))
        })?;
        identity["user_id"].as_u64()
    }

    /// Adds the identities that a profile's address and direct line are.
    pub(super) fn identify(&mut self, user: &Value) {
        let shared = user["shared_phone_number"] == true;
        let kinds = [("email", "email", true), ("phone", "phone_number", !shared)];
        for (field, kind, counts) in kinds {
            let Some(value) = user[field].as_str().filter(|_| counts) else {
                continue;
            };
            let (id, now) = self.stamp();
            self.identities.push(json!({
                "url": format!("https://{HOST}/api/v2/users/{}/identities/{id}.json", user["id"]),
                "id": id, "user_id": user["id"], "type": kind, "value": value,
                "verified": true, "primary": true, "created_at": now, "updated_at": now,
            }));
        }
    }

    fn seed_people(&mut self) {
        let agent = Colleague::of("");
        let colleague = Known {
            first: "Sam",
            last: "Agent",
            email: None,
            phone: None,
            external_id: None,
        };
        let mut sam = user(AGENT, &colleague);
        sam["email"] = json!(agent.email);
        sam["role"] = json!("agent");
        self.add_user(sam);

        let mut ann = user(ANN_ID, &ANN);
        ann["phone"] = json!("+14155550100");
        ann["organization_id"] = json!(ORGANIZATION);
        ann["tags"] = json!(["vip"]);
        ann["user_fields"] = json!({"tier": "premium"});
        ann["locale"] = json!("de");
        ann["locale_id"] = json!(8);
        ann["time_zone"] = json!("Berlin");
        self.add_user(ann);
        for (id, known) in (35_501..).zip(FAMILY.iter()) {
            let mut member = user(id, known);
            member["shared_phone_number"] = json!(true);
            self.add_user(member);
        }
        let mut jurgen = user(35_510, &JURGEN);
        jurgen["phone"] = json!("+4930901820");
        jurgen["locale"] = json!("de");
        self.add_user(jurgen);
        if let Some(first) = TWINS.first() {
            self.add_user(user(35_520, first));
        }
        self.add_user(user(35_530, &QUOTES));
        self.add_user(user(35_540, &BLANK));
    }

    fn add_user(&mut self, user: Value) {
        self.identify(&user);
        self.users.push(user);
    }

    fn seed_tickets(&mut self) {
        let rows = [
            ("open", "urgent", "voice", "2026-10-30T09:12:00Z"),
            ("pending", "normal", "email", "2026-10-21T14:00:00Z"),
            ("closed", "normal", "web", "2026-08-03T08:00:00Z"),
        ];
        for ((id, subject), (status, priority, channel, at)) in
            (FIRST_TICKET..).zip(SUBJECTS).zip(rows)
        {
            self.tickets.push(json!({
                "url": format!("https://{HOST}/api/v2/tickets/{id}.json"),
                "id": id, "external_id": null, "via": {"channel": channel},
                "created_at": at, "updated_at": at, "type": null, "subject": subject,
                "raw_subject": subject, "description": subject, "priority": priority,
                "status": status, "custom_status_id": custom_status(status), "recipient": null,
                "requester_id": ANN_ID, "submitter_id": ANN_ID, "assignee_id": AGENT,
                "organization_id": ORGANIZATION, "group_id": 98_738, "tags": [],
                "custom_fields": [], "allow_channelback": false, "is_public": true,
            }));
        }
        let said = [
            (
                "VoiceComment",
                "voice",
                "Inbound call from +1 415-555-0100",
                "2026-10-29T16:40:00Z",
            ),
            (
                "Comment",
                "email",
                "The card was refused again.",
                "2026-10-30T09:12:00Z",
            ),
        ];
        for (id, (kind, channel, body, at)) in (8801..).zip(said) {
            self.comments.push(json!({
                "id": id, "ticket_id": FIRST_TICKET, "type": kind, "author_id": ANN_ID,
                "body": body, "plain_body": body, "public": true, "attachments": [],
                "via": {"channel": channel}, "created_at": at,
            }));
        }
    }

    /// The cast under the ids of this account.
    pub(super) fn cast(&self) -> Cast {
        let mut ann = self.person(ANN_ID, &ANN);
        ann.account_id = Some(ORGANIZATION.to_string());
        ann.company = Some(COMPANY.to_owned());
        ann.cases = (FIRST_TICKET..)
            .zip(SUBJECTS)
            .filter_map(|(id, subject)| {
                let ticket = self.ticket(id)?;
                Some(CastCase {
                    id: id.to_string(),
                    number: id.to_string(),
                    subject: subject.to_owned(),
                    urgent: ticket["priority"] == "urgent",
                    open: !matches!(ticket["status"].as_str(), Some("solved" | "closed")),
                })
            })
            .collect();
        // What happened with a person is listed by ticket, whatever channel it came by.
        ann.activities = ann.cases.iter().map(|case| case.id.clone()).collect();
        Cast {
            ann,
            family: (35_501..)
                .zip(FAMILY.iter())
                .map(|(id, it)| self.person(id, it))
                .collect(),
            jurgen: self.person(35_510, &JURGEN),
            twins: TWINS
                .iter()
                .take(1)
                .map(|it| self.person(35_520, it))
                .collect(),
            quotes: self.person(35_530, &QUOTES),
            blank: self.person(35_540, &BLANK),
            agent: Colleague::of(&AGENT.to_string()),
        }
    }

    fn person(&self, id: u64, known: &Known) -> Person {
        let stored = self.user(id).and_then(|user| user["phone"].as_str());
        Person {
            phone: stored.map(str::to_owned),
            ..Person::of(known, "user", &id.to_string())
        }
    }
}

/// The id of the custom status that a category stands for.
pub(super) fn custom_status(category: &str) -> Option<u64> {
    let statuses = custom_statuses();
    let own = statuses.iter().find(|it| {
        it["status_category"] == category && (it["default"] == true || category == "closed")
    });
    own.and_then(|it| it["id"].as_u64())
}

/// The custom statuses of the account; `closed` has none of its own (unverified).
pub(super) fn custom_statuses() -> Vec<Value> {
    let rows = [
        (101, "new", "New", true),
        (102, "open", "Open", true),
        (103, "pending", "Waiting for the customer", true),
        (104, "hold", "On hold", true),
        (105, "solved", "Solved", true),
        (106, "open", "With the card team", false),
    ];
    let status = |(id, category, label, default): (u64, &str, &str, bool)| {
        json!({
            "url": format!("https://{HOST}/api/v2/custom_statuses/{id}.json"), "id": id,
            "status_category": category, "agent_label": label, "end_user_label": label,
            "description": "", "active": true, "default": default,
            "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z",
        })
    };
    rows.into_iter().map(status).collect()
}

fn organization() -> Value {
    json!({
        "url": format!("https://{HOST}/api/v2/organizations/{ORGANIZATION}.json"),
        "id": ORGANIZATION, "name": COMPANY, "shared_tickets": false, "shared_comments": false,
        "external_id": "NB-1", "domain_names": [], "details": "", "notes": "", "group_id": null,
        "tags": ["premium"], "organization_fields": {},
        "created_at": "2024-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z",
    })
}

/// A user as the API gives one, with what is known about the person.
pub(super) fn user(id: u64, known: &Known) -> Value {
    json!({
        "id": id, "url": format!("https://{HOST}/api/v2/users/{id}.json"),
        "name": known.name(), "email": known.email, "created_at": "2024-05-01T10:00:00Z",
        "updated_at": "2026-05-01T10:00:00Z", "time_zone": "Eastern Time (US & Canada)",
        "iana_time_zone": "America/New_York", "phone": known.phone, "shared_phone_number": false,
        "photo": null, "locale_id": 1, "locale": "en-US", "organization_id": null,
        "role": "end-user", "verified": true, "external_id": known.external_id, "tags": [],
        "alias": "", "active": true, "shared": false, "shared_agent": false, "last_login_at": null,
        "two_factor_auth_enabled": null, "signature": null, "details": "", "notes": "",
        "role_type": null, "custom_role_id": null, "moderator": false,
        "ticket_restriction": "requested", "only_private_comments": false,
        "restricted_agent": false, "suspended": false, "default_group_id": null,
        "report_csv": false, "user_fields": {},
    })
}
