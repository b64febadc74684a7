//! The cast, as this environment knows it.

use serde_json::{Value, json};

use super::schema::Kind;
use super::store::{Row, Store, TABLE_OF};
use crate::cast::{
    AGENT, ANN, BLANK, COMPANY, Cast, CastCase, Colleague, FAMILY, JURGEN, Known, Person, QUOTES,
    SUBJECTS, TWINS,
};

/// Fills an empty environment.
pub(super) fn seed(store: &mut Store) -> Cast {
    store.agent = add(
        store,
        "systemuser",
        json!({ "fullname": AGENT.0, "internalemailaddress": AGENT.1, "domainname": AGENT.1, "isdisabled": false }),
        &[],
    );
    let account = add(
        store,
        "account",
        json!({ "name": COMPANY, "accountnumber": "NW-1", "telephone1": "+1 415-555-0001", "new_tier": 1,
            "statecode": 0, "statuscode": 1 }),
        &[],
    );
    let agent = store.agent.clone();
    let mut ann = contact(
        store,
        &ANN,
        json!({ "new_tier": 1, "new_language": "de", "jobtitle": "Head of Cards", "address1_country": "United States" }),
        &[("parentcustomerid", "account", &account)],
    );
    ann.account_id = Some(account.clone());
    ann.company = Some(COMPANY.to_owned());
    let states = [
        (0, 1, 1, "2026-09-10"),
        (0, 2, 2, "2026-09-08"),
        (1, 5, 3, "2026-07-01"),
    ];
    for ((subject, (state, status, priority, day)), number) in
        SUBJECTS.iter().zip(states).zip(["01013", "01014", "00990"])
    {
        let number = format!("CAS-{number}-Q1W2E3");
        let at = format!("{day}T10:11:12Z");
        let id = add(
            store,
            "incident",
            json!({ "ticketnumber": number, "title": subject, "statecode": state, "statuscode": status,
                "prioritycode": priority, "caseorigincode": 1, "createdon": at, "modifiedon": at }),
            &[
                ("customerid", "contact", &ann.id),
                ("primarycontactid", "contact", &ann.id),
                ("ownerid", "systemuser", &agent),
            ],
        );
        ann.cases.push(CastCase {
            id,
            number,
            subject: (*subject).to_owned(),
            urgent: priority == 1,
            open: state == 0,
        });
    }
    let regards = [
        ("regardingobjectid", "contact", ann.id.as_str()),
        ("ownerid", "systemuser", &agent),
    ];
    let call = json!({ "subject": "Inbound call", "phonenumber": "+14155550100", "directioncode": false,
        "actualdurationminutes": 5, "statecode": 1, "statuscode": 4, "createdon": "2026-09-09T08:00:00Z",
        "modifiedon": "2026-09-09T08:00:00Z", "actualend": "2026-09-09T08:05:00Z" });
    let task = json!({ "subject": "Send the letter again", "statecode": 1, "statuscode": 5, "prioritycode": 1,
        "createdon": "2026-09-07T08:00:00Z", "modifiedon": "2026-09-07T08:00:00Z" });
    ann.activities = vec![
        add(store, "phonecall", call, &regards),
        add(store, "task", task, &regards),
    ];
    let cast = Cast {
        ann,
        family: FAMILY
            .map(|known| contact(store, &known, json!({}), &[]))
            .to_vec(),
        jurgen: contact(
            store,
            &JURGEN,
            json!({ "address1_country": "Germany" }),
            &[],
        ),
        twins: TWINS
            .map(|known| contact(store, &known, json!({}), &[]))
            .to_vec(),
        quotes: contact(store, &QUOTES, json!({}), &[]),
        blank: contact(store, &BLANK, json!({ "telephone1": "" }), &[]),
        agent: Colleague::of(&agent),
    };
    option_labels(store);
    cast
}

fn contact(store: &mut Store, known: &Known, more: Value, links: &[(&str, &str, &str)]) -> Person {
    let agent = store.agent.clone();
    let mut fields = json!({ "fullname": known.name(), "firstname": known.first, "lastname": known.last,
        "emailaddress1": known.email, "telephone1": known.phone, "new_customerno": known.external_id,
        "statecode": 0, "statuscode": 1 });
    if let (Some(fields), Value::Object(more)) = (fields.as_object_mut(), more) {
        fields.extend(more);
    }
    let owner = ("ownerid", "systemuser", agent.as_str());
    let links = links.iter().copied().chain([owner]).collect::<Vec<_>>();
    let id = add(store, "contact", fields, &links);
    Person::of(known, "contact", &id)
}

/// The labels of every option, as rows of their own.
fn option_labels(store: &mut Store) {
    let mut rows = Vec::new();
    for entity in &store.entities {
        for column in &entity.columns {
            let Kind::Option(options) = &column.kind else {
                continue;
            };
            for (order, (value, label)) in options.iter().enumerate() {
                rows.push(
                    json!({ "objecttypecode": entity.name, "attributename": column.name,
                    "attributevalue": value, "value": label, "displayorder": order + 1 }),
                );
            }
        }
    }
    for row in rows {
        add(store, "stringmap", row, &[]);
    }
}

fn add(store: &mut Store, entity: &str, fields: Value, links: &[(&str, &str, &str)]) -> String {
    let mut row = Row::new();
    if let Value::Object(fields) = fields {
        row.extend(fields);
    }
    for (lookup, table, id) in links {
        row.insert(format!("_{lookup}_value"), json!(id));
        row.insert(format!("_{lookup}_value{TABLE_OF}"), json!(table));
    }
    store.add(entity, row)
}
