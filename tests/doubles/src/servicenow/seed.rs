//! The cast, as this instance knows it: business contacts, one consumer, one plain user.

use super::Instance;
use super::schema::choices;
use super::store::Row;
use crate::cast::{
    AGENT, ANN, BLANK, COMPANY, Cast, CastCase, Colleague, FAMILY, JURGEN, Known, Person, QUOTES,
    SUBJECTS, TWINS,
};

/// Fills an empty instance; the incidents of the first customer come beside the cast.
pub(super) fn seed(instance: &mut Instance) -> (Cast, Vec<CastCase>) {
    instance.agent = add(
        instance,
        "sys_user",
        &[
            ("user_name", "sam.agent"),
            ("name", AGENT.0),
            ("email", AGENT.1),
            ("active", "true"),
        ],
    );
    let account = add(
        instance,
        "customer_account",
        &[
            ("name", COMPANY),
            ("number", "ACCT0000017"),
            ("u_tier", "premium"),
            ("customer", "true"),
        ],
    );
    let mut ann = person(
        instance,
        &ANN,
        "customer_contact",
        &[
            ("phone", "+1 415 555 0100"),
            ("account", &account),
            ("company", &account),
            ("vip", "true"),
            ("u_tier", "premium"),
            ("preferred_language", "de"),
            ("country", "US"),
            ("title", "Head of Cards"),
        ],
    );
    ann.phone = Some("+1 415 555 0100".to_owned());
    ann.account_id = Some(account.clone());
    ann.company = Some(COMPANY.to_owned());
    let (id, agent) = (ann.id.clone(), instance.agent.clone());
    let fields = [
        ("contact", id.as_str()),
        ("account", &account),
        ("assigned_to", &agent),
    ];
    ann.cases = cases(
        instance,
        "sn_customerservice_case",
        "CS",
        ["1", "10", "3"],
        &fields,
    );
    let fields = [("caller_id", id.as_str()), ("assigned_to", &agent)];
    let incidents = cases(instance, "incident", "INC", ["1", "2", "7"], &fields);
    for (kind, subject, at) in [
        ("phone", "Inbound call", "2026-09-09 08:00:00"),
        ("chat", "Chat about a letter", "2026-09-07 08:00:00"),
    ] {
        let activity = add(
            instance,
            "interaction",
            &[
                (
                    "number",
                    if kind == "phone" {
                        "IMS0000041"
                    } else {
                        "IMS0000040"
                    },
                ),
                ("type", kind),
                ("short_description", subject),
                ("state", "closed_complete"),
                ("active", "false"),
                ("opened_for", &id),
                ("assigned_to", &agent),
                ("opened_at", at),
                ("sys_created_on", at),
                ("sys_updated_on", at),
            ],
        );
        ann.activities.push(activity);
    }
    let family = [
        (0, "customer_contact"),
        (1, "csm_consumer"),
        (2, "sys_user"),
    ];
    let family = family
        .into_iter()
        .filter_map(|(at, class)| Some((FAMILY.get(at)?, class)))
        .map(|(known, class)| person(instance, known, class, &[]));
    let family = family.collect();
    for (at, [table, field, value, label]) in choices().iter().enumerate() {
        let sequence = (100 + at).to_string();
        let row = [
            ("name", table.as_str()),
            ("element", field),
            ("value", value),
            ("label", label),
            ("sequence", &sequence),
            ("language", "en"),
            ("inactive", "false"),
        ];
        add(instance, "sys_choice", &row);
    }
    let cast = Cast {
        ann,
        family,
        jurgen: person(instance, &JURGEN, "customer_contact", &[("country", "DE")]),
        twins: TWINS
            .iter()
            .map(|twin| person(instance, twin, "customer_contact", &[]))
            .collect(),
        quotes: person(instance, &QUOTES, "customer_contact", &[]),
        blank: person(instance, &BLANK, "customer_contact", &[]),
        agent: Colleague::of(&agent),
    };
    (cast, incidents)
}

fn person(instance: &mut Instance, known: &Known, class: &str, more: &[(&str, &str)]) -> Person {
    let name = known.name();
    let phone = if class == "csm_consumer" {
        "mobile_phone"
    } else {
        "phone"
    };
    let mut fields = vec![
        ("name", name.as_str()),
        ("first_name", known.first),
        ("last_name", known.last),
        ("email", known.email.unwrap_or_default()),
        (phone, known.phone.unwrap_or_default()),
        ("active", "true"),
    ];
    if class != "csm_consumer" {
        fields.push(("employee_number", known.external_id.unwrap_or_default()));
    }
    fields.extend(more);
    let id = add(instance, class, &fields);
    Person::of(known, class, &id)
}

fn cases(
    instance: &mut Instance,
    table: &str,
    prefix: &str,
    states: [&str; 3],
    fields: &[(&str, &str)],
) -> Vec<CastCase> {
    let rows = [
        ("2", "2026-09-10"),
        ("3", "2026-09-08"),
        ("4", "2026-07-01"),
    ];
    let rows = SUBJECTS
        .iter()
        .zip(states)
        .zip(rows)
        .zip(["0001013", "0001014", "0000990"]);
    let mut made = Vec::new();
    for (((subject, state), (priority, day)), number) in rows {
        let at = format!("{day} 10:11:12");
        let number = format!("{prefix}{number}");
        let is_open = !["3", "7"].contains(&state);
        let active = is_open.to_string();
        let mut all = vec![
            ("number", number.as_str()),
            ("short_description", subject),
            ("state", state),
            ("priority", priority),
            ("active", &active),
            ("contact_type", "phone"),
            ("opened_at", &at),
            ("sys_created_on", &at),
            ("sys_updated_on", &at),
        ];
        all.extend(fields);
        let id = add(instance, table, &all);
        made.push(CastCase {
            id,
            number: number.clone(),
            subject: (*subject).to_owned(),
            urgent: priority == "2",
            open: is_open,
        });
    }
    made
}

fn add(instance: &mut Instance, class: &str, fields: &[(&str, &str)]) -> String {
    let texts = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    instance.store.add(class, texts.collect::<Row>())
}
