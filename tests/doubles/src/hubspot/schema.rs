//! What kinds of records the account has, which properties they know, and which kinds may be tied
//! to which by what number.

/// One kind of record.
pub(super) struct Kind {
    /// The name in paths.
    pub(super) many: &'static str,
    /// The name in associations.
    pub(super) one: &'static str,
    /// The id of the kind, which paths take too.
    pub(super) type_id: &'static str,
    /// The properties it knows besides the ones every record has.
    pub(super) properties: &'static [&'static str],
    /// Those of them that no two records share.
    pub(super) unique: &'static [&'static str],
    /// Those of them that a new record must have.
    pub(super) required: &'static [&'static str],
    /// Those that are told when none are asked for.
    pub(super) usual: &'static [&'static str],
    /// When it was changed.
    pub(super) changed: &'static str,
    /// The scopes that open it for reading and writing.
    pub(super) scopes: [&'static str; 2],
}

impl Kind {
    /// A kind by its name or id in a path.
    pub(super) fn of(word: &str) -> Option<&'static Self> {
        KINDS
            .iter()
            .find(|kind| kind.many == word || kind.type_id == word || kind.one == word)
    }

    pub(super) fn knows(&self, property: &str) -> bool {
        let every = ["hs_object_id", "createdate", self.changed];
        every.contains(&property) || self.properties.contains(&property)
    }

    pub(super) fn is_activity(&self) -> bool {
        self.required == TIMED
    }
}

const TIMED: &[&str] = &["hs_timestamp"];
const CONTACT_SCOPES: [&str; 2] = ["crm.objects.contacts.read", "crm.objects.contacts.write"];

/// Properties whose values come from a list and are compared letter by letter.
pub(super) const ENUMERATIONS: &[&str] = &[
    "hs_pipeline",
    "hs_pipeline_stage",
    "hs_ticket_priority",
    "hs_call_direction",
    "hs_call_status",
    "hs_task_status",
    "hs_task_priority",
    "hs_communication_channel_type",
    "hs_communication_logged_from",
    "customer_tier",
    "hs_language",
];

/// Properties that take only these values.
pub(super) const OPTIONS: &[(&str, &[&str])] = &[
    ("hs_ticket_priority", &["LOW", "MEDIUM", "HIGH", "URGENT"]),
    ("hs_call_direction", &["INBOUND", "OUTBOUND"]),
    ("hs_pipeline", &["0"]),
    ("hs_pipeline_stage", &["1", "2", "3", "4"]),
    (
        "hs_communication_channel_type",
        &["WHATS_APP", "LINKEDIN_MESSAGE", "SMS"],
    ),
    ("hs_communication_logged_from", &["CRM"]),
];

/// The kinds of records.
pub(super) const KINDS: &[Kind] = &[
    Kind {
        many: "contacts",
        one: "contact",
        type_id: "0-1",
        properties: &[
            "firstname",
            "lastname",
            "email",
            "phone",
            "mobilephone",
            "company",
            "hubspot_owner_id",
            "hs_additional_emails",
            "hs_language",
            "country",
            "customer_no",
            "customer_tier",
            "hs_searchable_calculated_phone_number",
            "hs_searchable_calculated_mobile_number",
        ],
        unique: &["email", "customer_no"],
        required: &[],
        usual: &["email", "firstname", "lastname"],
        changed: "lastmodifieddate",
        scopes: CONTACT_SCOPES,
    },
    Kind {
        many: "companies",
        one: "company",
        type_id: "0-2",
        properties: &[
            "name",
            "domain",
            "phone",
            "hubspot_owner_id",
            "customer_tier",
        ],
        unique: &[],
        required: &[],
        usual: &["name", "domain"],
        changed: "hs_lastmodifieddate",
        scopes: ["crm.objects.companies.read", "crm.objects.companies.write"],
    },
    Kind {
        many: "tickets",
        one: "ticket",
        type_id: "0-5",
        properties: &[
            "subject",
            "content",
            "hs_pipeline",
            "hs_pipeline_stage",
            "hs_ticket_priority",
            "hs_ticket_category",
            "hubspot_owner_id",
            "source_type",
            "closed_date",
            "interaction_id",
        ],
        unique: &["interaction_id"],
        required: &["subject", "hs_pipeline_stage"],
        usual: &[
            "subject",
            "content",
            "hs_pipeline",
            "hs_pipeline_stage",
            "hs_ticket_priority",
        ],
        changed: "hs_lastmodifieddate",
        scopes: ["tickets", "tickets"],
    },
    Kind {
        many: "calls",
        one: "call",
        type_id: "0-48",
        properties: &[
            "hs_timestamp",
            "hs_call_title",
            "hs_call_body",
            "hs_body_preview",
            "hs_call_direction",
            "hs_call_duration",
            "hs_call_from_number",
            "hs_call_to_number",
            "hs_call_status",
            "hs_call_disposition",
            "hubspot_owner_id",
        ],
        unique: &[],
        required: TIMED,
        usual: &[],
        changed: "hs_lastmodifieddate",
        scopes: CONTACT_SCOPES,
    },
    Kind {
        many: "notes",
        one: "note",
        type_id: "0-46",
        properties: &[
            "hs_timestamp",
            "hs_note_body",
            "hs_body_preview",
            "hubspot_owner_id",
            "hs_attachment_ids",
        ],
        unique: &[],
        required: TIMED,
        usual: &[],
        changed: "hs_lastmodifieddate",
        scopes: CONTACT_SCOPES,
    },
    Kind {
        many: "tasks",
        one: "task",
        type_id: "0-27",
        properties: &[
            "hs_timestamp",
            "hs_task_subject",
            "hs_task_body",
            "hs_body_preview",
            "hs_task_status",
            "hs_task_priority",
            "hs_task_type",
            "hubspot_owner_id",
        ],
        unique: &[],
        required: TIMED,
        usual: &[],
        changed: "hs_lastmodifieddate",
        scopes: CONTACT_SCOPES,
    },
    Kind {
        many: "communications",
        one: "communication",
        type_id: "0-18",
        properties: &[
            "hs_timestamp",
            "hs_communication_body",
            "hs_body_preview",
            "hs_communication_channel_type",
            "hs_communication_logged_from",
            "hubspot_owner_id",
        ],
        unique: &[],
        required: TIMED,
        usual: &[],
        changed: "hs_lastmodifieddate",
        scopes: CONTACT_SCOPES,
    },
    Kind {
        many: "emails",
        one: "email",
        type_id: "0-49",
        properties: &[
            "hs_timestamp",
            "hs_email_subject",
            "hs_email_text",
            "hs_body_preview",
            "hs_email_direction",
            "hs_email_status",
            "hubspot_owner_id",
        ],
        unique: &[],
        required: TIMED,
        usual: &[],
        changed: "hs_lastmodifieddate",
        scopes: CONTACT_SCOPES,
    },
    Kind {
        many: "meetings",
        one: "meeting",
        type_id: "0-47",
        properties: &[
            "hs_timestamp",
            "hs_meeting_title",
            "hs_meeting_body",
            "hs_body_preview",
            "hs_meeting_outcome",
            "hubspot_owner_id",
        ],
        unique: &[],
        required: TIMED,
        usual: &[],
        changed: "hs_lastmodifieddate",
        scopes: CONTACT_SCOPES,
    },
];

/// From, to, the numbers in that direction (the usual one first), the usual number back.
const TIES: &[(&str, &str, &[u32], u32)] = &[
    ("ticket", "contact", &[16], 15),
    ("ticket", "company", &[339, 26], 340),
    ("contact", "company", &[279, 1], 280),
    ("call", "contact", &[194], 193),
    ("call", "company", &[182], 181),
    ("call", "ticket", &[220], 219),
    ("note", "contact", &[202], 201),
    ("note", "company", &[190], 189),
    ("note", "ticket", &[228], 227),
    ("task", "contact", &[204], 203),
    ("task", "company", &[192], 191),
    ("task", "ticket", &[230], 229),
    ("email", "contact", &[198], 197),
    ("email", "ticket", &[224], 223),
    ("meeting", "contact", &[200], 199),
    ("meeting", "ticket", &[226], 225),
    ("communication", "contact", &[81], 82),
    ("communication", "ticket", &[83], 84),
];

/// The numbers that tie one kind to another; the usual one first.
pub(super) fn ties(from: &str, to: &str) -> Vec<u32> {
    TIES.iter()
        .find_map(|(one, other, there, back)| {
            if (*one, *other) == (from, to) {
                Some(there.to_vec())
            } else {
                ((*one, *other) == (to, from)).then(|| vec![*back])
            }
        })
        .unwrap_or_default()
}
