//! The cast, as this org knows it.

use serde_json::{Value, json};

use super::org::Org;
use super::store::Row;
use crate::cast::{
    AGENT, ANN, BLANK, COMPANY, Cast, CastCase, Colleague, FAMILY, JURGEN, Known, Person, QUOTES,
    SUBJECTS, TWINS,
};

/// Fills an empty org.
pub(super) fn seed(org: &mut Org, person_accounts: bool) -> Cast {
    let agent = add(
        org,
        "User",
        &json!({ "Name": AGENT.0, "FirstName": "Sam", "LastName": "Agent", "Email": AGENT.1, "Username": AGENT.1,
            "IsActive": true }),
    );
    org.agent.clone_from(&agent);
    let account = add(
        org,
        "Account",
        &json!({ "Name": COMPANY, "Phone": "(415) 555-0001", "Type": "Customer", "Industry": "Banking",
            "BillingCountry": "United States", "Tier__c": "Premium", "OwnerId": agent }),
    );
    let mut ann = contact(
        org,
        &ANN,
        &json!({ "AccountId": account, "Phone": "(415) 555-0100", "Tier__c": "Premium", "Language__c": "de",
            "Title": "Head of Cards", "MailingCountry": "United States" }),
    );
    ann.phone = Some("(415) 555-0100".to_owned());
    ann.account_id = Some(account.clone());
    ann.company = Some(COMPANY.to_owned());
    cases(org, &mut ann, &account);
    let family = FAMILY.map(|known| {
        if known == FAMILY[2] {
            lead(org, &known)
        } else {
            contact(org, &known, &json!({}))
        }
    });
    let mut jurgen = contact(org, &JURGEN, &json!({ "MailingCountry": "Germany" }));
    if person_accounts {
        person_account(org, &mut jurgen);
    }
    let cast = Cast {
        ann,
        family: family.to_vec(),
        jurgen,
        twins: TWINS.map(|known| contact(org, &known, &json!({}))).to_vec(),
        quotes: contact(org, &QUOTES, &json!({})),
        blank: contact(org, &BLANK, &json!({ "Email": null, "Phone": "" })),
        agent: Colleague::of(&agent),
    };
    org.store.index();
    cast
}

fn contact(org: &mut Org, known: &Known, more: &Value) -> Person {
    let agent = org.agent.clone();
    let mut fields = json!({ "Name": known.name(), "FirstName": known.first, "LastName": known.last,
        "Email": known.email, "Phone": known.phone, "Customer_No__c": known.external_id, "OwnerId": agent,
        "IsPersonAccount": false });
    merge(&mut fields, more);
    let id = add(org, "Contact", &fields);
    Person::of(known, "Contact", &id)
}

fn lead(org: &mut Org, known: &Known) -> Person {
    let id = add(
        org,
        "Lead",
        &json!({ "Name": known.name(), "FirstName": known.first, "LastName": known.last, "Email": known.email,
            "Phone": known.phone, "Company": "Berg & Co", "Status": "Open", "IsConverted": false }),
    );
    Person {
        company: Some("Berg & Co".to_owned()),
        ..Person::of(known, "Lead", &id)
    }
}

/// The account that is the same human as a contact.
fn person_account(org: &mut Org, person: &mut Person) {
    let id = add(
        org,
        "Account",
        &json!({ "Name": person.name, "FirstName": JURGEN.first, "LastName": JURGEN.last, "IsPersonAccount": true,
            "PersonEmail": person.email, "PersonMobilePhone": person.phone, "PersonContactId": person.id }),
    );
    if let Some(row) = org.store.row_mut("Contact", &person.id) {
        row.insert("IsPersonAccount".into(), json!(true));
        row.insert("AccountId".into(), json!(id));
    }
    person.account_id = Some(id);
}

fn cases(org: &mut Org, ann: &mut Person, account: &str) {
    let states = [
        ("New", "High", "2026-09-10"),
        ("Working", "Medium", "2026-09-08"),
        ("Closed", "Low", "2026-07-01"),
    ];
    for ((subject, (status, priority, day)), number) in SUBJECTS
        .iter()
        .zip(states)
        .zip(["00001001", "00001002", "00000990"])
    {
        let at = format!("{day}T10:11:12.000+0000");
        let id = add(
            org,
            "Case",
            &json!({ "CaseNumber": number, "Subject": subject, "Status": status, "Priority": priority, "Origin": "Phone",
                "IsClosed": status == "Closed", "ContactId": ann.id, "AccountId": account, "OwnerId": org.agent,
                "CreatedDate": at, "LastModifiedDate": at }),
        );
        ann.cases.push(CastCase {
            id,
            number: number.to_owned(),
            subject: (*subject).to_owned(),
            urgent: priority == "High",
            open: status != "Closed",
        });
    }
    for (subject, kind, call, day) in [
        ("Inbound call", "Call", json!("Inbound"), "2026-09-09"),
        ("Re: your letter", "Email", Value::Null, "2026-09-07"),
    ] {
        let at = format!("{day}T08:00:00.000+0000");
        let id = add(
            org,
            "Task",
            &json!({ "Subject": subject, "Status": "Completed", "IsClosed": true, "TaskSubtype": kind, "CallType": call,
                "CallDurationInSeconds": (kind == "Call").then_some(312), "Priority": "Normal", "WhoId": ann.id, "AccountId": account,
                "ActivityDate": day, "OwnerId": org.agent, "CreatedDate": at, "LastModifiedDate": at }),
        );
        ann.activities.push(id);
    }
}

fn merge(fields: &mut Value, more: &Value) {
    if let (Some(fields), Some(more)) = (fields.as_object_mut(), more.as_object()) {
        fields.extend(more.clone());
    }
}

fn add(org: &mut Org, object: &str, fields: &Value) -> String {
    let prefix = org
        .schema
        .object(object)
        .map(|object| object.prefix.clone());
    let row = fields.as_object().cloned().unwrap_or_else(Row::new);
    org.store.add(object, &prefix.unwrap_or_default(), row)
}
