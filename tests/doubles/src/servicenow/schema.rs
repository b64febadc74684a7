//! The tables of an instance with ITSM and CSM, and which extends which.

type Entry = (&'static str, &'static str, &'static str, &'static str);

/// Name, the table it extends, the field that names a row, and its own fields with their kinds.
const TABLES: &[Entry] = &[
    (
        "sys_user",
        "",
        "name",
        "user_name, name, first_name, last_name, email, phone, mobile_phone, home_phone, employee_number, \
         company:ref(core_company), title, vip:bool, active:bool, preferred_language, country, u_tier, u_phone_e164",
    ),
    (
        "customer_contact",
        "sys_user",
        "name",
        "account:ref(customer_account), correlation_id",
    ),
    (
        "csm_consumer",
        "",
        "name",
        "name, first_name, last_name, email, mobile_phone, business_phone, home_phone, number, \
         preferred_language, country, active:bool, u_tier",
    ),
    (
        "core_company",
        "",
        "name",
        "name, phone, country, customer:bool",
    ),
    ("customer_account", "core_company", "name", "number, u_tier"),
    ("sys_user_group", "", "name", "name, active:bool"),
    (
        "task",
        "",
        "number",
        "number, short_description, description, active:bool, \
         priority:choice(1=1 - Critical|2=2 - High|3=3 - Moderate|4=4 - Low), opened_at:time, closed_at:time, \
         due_date:time, opened_by:ref(sys_user), assigned_to:ref(sys_user), assignment_group:ref(sys_user_group), \
         company:ref(core_company), contact_type, correlation_id, work_notes:journal, comments:journal, \
         u_interaction_id",
    ),
    (
        "sn_customerservice_case",
        "task",
        "number",
        "state:choice(1=New|10=Open|18=Awaiting Info|6=Resolved|3=Closed), contact:ref(customer_contact), \
         consumer:ref(csm_consumer), account:ref(customer_account), category",
    ),
    (
        "incident",
        "task",
        "number",
        "state:choice(1=New|2=In Progress|3=On Hold|6=Resolved|7=Closed|8=Canceled), caller_id:ref(sys_user), \
         impact:choice(1=1 - High|2=2 - Medium|3=3 - Low), urgency:choice(1=1 - High|2=2 - Medium|3=3 - Low), category",
    ),
    (
        "sys_choice",
        "",
        "label",
        "name, element, value, label, sequence, language, inactive:bool",
    ),
    (
        "interaction",
        "",
        "number",
        "number, type:choice(phone=Phone|chat=Chat|email=Email), short_description, active:bool, \
         state:choice(new=New|work_in_progress=Work in progress|closed_complete=Closed complete|closed_abandoned=Closed abandoned), \
         opened_for:ref(sys_user), opened_at:time, closed_at:time, assigned_to:ref(sys_user), channel, direction, \
         parent:ref(task), correlation_id, work_notes:journal",
    ),
];

/// What every table has.
const COMMON: &str = "sys_id, sys_class_name, sys_created_on:time, sys_updated_on:time, sys_created_by, sys_updated_by";

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Bool,
    Time,
    /// Notes that are only added to.
    Journal,
    /// Values and labels.
    Choice(Vec<(String, String)>),
    /// The table it leads to.
    Ref(String),
}

/// The parent of a table.
pub(super) fn parent(table: &str) -> Option<&'static str> {
    let found = entry(table)?.1;
    (!found.is_empty()).then_some(found)
}

/// Whether there is such a table.
pub(super) fn is_table(table: &str) -> bool {
    entry(table).is_some()
}

/// Whether rows of a class are rows of a table, too.
pub(super) fn is_a(class: &str, table: &str) -> bool {
    class == table || parent(class).is_some_and(|above| is_a(above, table))
}

/// The field that names a row.
pub(super) fn display_field(table: &str) -> &'static str {
    entry(table).map_or("sys_id", |(_, _, display, _)| display)
}

/// The fields of a table, those it inherits included.
pub(super) fn fields(table: &str) -> Vec<(String, Kind)> {
    let own = entry(table).map(|(_, _, _, own)| *own).unwrap_or_default();
    let above = parent(table).map(fields);
    let above = above.unwrap_or_else(|| COMMON.split(", ").map(field).collect());
    let own = own.split(", ").map(str::trim).map(field);
    above.into_iter().chain(own).collect()
}

/// Every choice there is: its table, its field, its value and its label. A field that a table
/// inherits has its choices under the table it comes from.
pub(super) fn choices() -> Vec<[String; 4]> {
    let own = |(table, _, _, own): &Entry| {
        let fields = own.split(", ").map(str::trim).map(field);
        fields
            .flat_map(|(name, kind)| {
                let choices = if let Kind::Choice(choices) = kind {
                    choices
                } else {
                    vec![]
                };
                let row = |(value, label)| [(*table).to_owned(), name.clone(), value, label];
                choices.into_iter().map(row).collect::<Vec<_>>()
            })
            .collect::<Vec<_>>()
    };
    TABLES.iter().flat_map(own).collect()
}

/// The kind of one field; `None` when the table has no such.
pub(super) fn kind(table: &str, name: &str) -> Option<Kind> {
    let mut fields = fields(table).into_iter();
    fields
        .find(|(field, _)| field == name)
        .map(|(_, kind)| kind)
}

fn entry(table: &str) -> Option<&'static Entry> {
    TABLES.iter().find(|(name, ..)| *name == table)
}

fn field(text: &str) -> (String, Kind) {
    let (name, kind) = text.split_once(':').unwrap_or((text, ""));
    let within = kind
        .split_once('(')
        .map(|(_, list)| list.trim_end_matches(')'));
    let kind = match (kind, within) {
        ("bool", _) => Kind::Bool,
        ("time", _) => Kind::Time,
        ("journal", _) => Kind::Journal,
        (kind, Some(table)) if kind.starts_with("ref") => Kind::Ref(table.to_owned()),
        (_, Some(choices)) => {
            let choices = choices
                .split('|')
                .filter_map(|choice| choice.split_once('='));
            Kind::Choice(
                choices
                    .map(|(value, label)| (value.to_owned(), label.to_owned()))
                    .collect(),
            )
        }
        _ => Kind::Text,
    };
    (name.to_owned(), kind)
}
