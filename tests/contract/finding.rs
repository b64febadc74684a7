//! Who is found by what: one, several, nobody, and never a stranger.

use pop_core::identifier::{Identifier, Kind};
use pop_crm::Found;
use pop_doubles::Cast;

use crate::checks::{Check, always, check};
use pop_tests::connections::{Subject, email, external_id, fresh, id, phone};

const NOBODY_EMAIL: &str = pop_doubles::cast::NOBODY.0;
const NOBODY_PHONE: &str = pop_doubles::cast::NOBODY.1;

/// Values that mean something in some query language, and nothing as a value (fixture group 3).
const HOSTILE: [&str; 12] = [
    "a' OR 'a'='a",
    "x\" OR 1=1 --",
    "back\\slash\\'",
    "^ORactive=true^NQemailISNOTEMPTY",
    "%",
    "_____",
    "{id}",
    "*",
    "javascript:1",
    "a OR 1=1",
    "🙂) or (true",
    "@{ann.records[0].Id}",
];

pub(crate) fn checks() -> Vec<Check> {
    vec![
        check!("Finding", by_id, a_record_id_finds_exactly_one),
        check!("Finding", by_external_id, an_external_id_finds_exactly_one),
        check!("Finding", by_email, an_address_finds_exactly_one),
        check!("Finding", by_phone, a_number_finds_exactly_one),
        check!("Finding", by_phone, a_foreign_number_finds_exactly_one),
        check!(
            "Finding",
            by_phone,
            a_shared_number_finds_all_in_every_spelling
        ),
        check!("Finding", by_email, a_shared_address_finds_all),
        check!("Finding", always, nobody_is_found_by_what_nobody_has),
        check!(
            "Finding",
            always,
            hostile_values_find_nobody_and_harm_nothing
        ),
        check!(
            "Finding",
            always,
            a_customer_with_hostile_signs_is_found_by_them
        ),
        check!(
            "Finding",
            always,
            a_known_customer_is_complete_in_the_promised_round_trips
        ),
    ]
}

fn by_id(subject: &Subject) -> bool {
    subject.finds(Kind::RecordId)
}

fn by_external_id(subject: &Subject) -> bool {
    subject.finds(Kind::ExternalId)
}

fn by_email(subject: &Subject) -> bool {
    subject.finds(Kind::Email)
}

fn by_phone(subject: &Subject) -> bool {
    subject.finds(Kind::Phone)
}

async fn find(subject: &Subject, identifier: &Identifier) -> Found {
    let found = subject.connection.find(identifier, &fresh()).await;
    found.unwrap_or_else(|fault| panic!("{identifier:?}: {fault:?}; {:?}", subject.wire.sent()))
}

async fn finds_ann(subject: &Subject, identifier: Identifier) {
    let found = find(subject, &identifier).await;
    let ids: Vec<_> = found
        .customers
        .iter()
        .map(|customer| &customer.id)
        .collect();
    assert_eq!(ids, [&subject.cast.ann.id], "{:?}", subject.wire.sent());
    assert_eq!(found.incomplete, None, "everything was asked");
    assert_eq!(
        found.customers[0].name.as_ref(),
        Some(&subject.cast.ann.name)
    );
}

async fn a_record_id_finds_exactly_one(subject: Subject) {
    finds_ann(&subject, id(&subject.cast.ann.id)).await;
}

async fn an_external_id_finds_exactly_one(subject: Subject) {
    let known = subject.cast.ann.external_id.clone().expect("Ann has one");
    finds_ann(&subject, external_id(&known)).await;
}

async fn an_address_finds_exactly_one(subject: Subject) {
    let address = subject.cast.ann.email.clone().expect("Ann has one");
    finds_ann(&subject, email(&address.to_uppercase())).await;
    finds_ann(&subject, email(&address)).await;
}

async fn a_number_finds_exactly_one(subject: Subject) {
    let number = subject.cast.ann.phone.clone().expect("Ann has one");
    finds_ann(&subject, phone(&number)).await;
}

async fn a_foreign_number_finds_exactly_one(subject: Subject) {
    let number = subject.cast.jurgen.phone.clone().expect("Jürgen has one");
    let found = find(&subject, &phone(&number)).await;
    let ids: Vec<_> = found
        .customers
        .iter()
        .map(|customer| &customer.id)
        .collect();
    assert_eq!(ids, [&subject.cast.jurgen.id], "{:?}", subject.wire.sent());
}

async fn a_shared_number_finds_all_in_every_spelling(subject: Subject) {
    let number = subject.cast.family[0].phone.clone().expect("they have one");
    let found = find(&subject, &phone(&number)).await;
    same_people(&found, &subject.cast.family);
}

async fn a_shared_address_finds_all(subject: Subject) {
    let address = subject.cast.twins[0].email.clone().expect("they have one");
    let found = find(&subject, &email(&address)).await;
    same_people(&found, &subject.cast.twins);
}

fn same_people(found: &Found, wanted: &[pop_doubles::Person]) {
    let mut ids: Vec<_> = found
        .customers
        .iter()
        .map(|customer| &customer.id)
        .collect();
    let mut wanted: Vec<_> = wanted.iter().map(|person| &person.id).collect();
    ids.sort();
    wanted.sort();
    assert_eq!(ids, wanted);
}

async fn nobody_is_found_by_what_nobody_has(subject: Subject) {
    let unknown = ghost(&subject.cast);
    let unknown = [
        id(&unknown),
        external_id("no-such-number"),
        email(NOBODY_EMAIL),
        phone(NOBODY_PHONE),
    ];
    for identifier in unknown.iter().filter(|wanted| subject.finds(wanted.kind())) {
        let found = find(&subject, identifier).await;
        assert!(found.customers.is_empty(), "{identifier:?}: {found:?}");
    }
    let control = subject.identifiers(&subject.cast.ann);
    for identifier in &control {
        assert_eq!(
            find(&subject, identifier).await.customers.len(),
            1,
            "{identifier:?}"
        );
    }
}

/// An id of the same form as Ann's that nobody of the cast has. Some ids end in signs that only
/// check the others, so a sign further in is another.
fn ghost(cast: &Cast) -> String {
    let ann = &cast.ann.id;
    let at = ann.len().saturating_sub(4);
    let known: Vec<_> = [&cast.ann, &cast.jurgen, &cast.quotes, &cast.blank]
        .into_iter()
        .chain(&cast.family)
        .chain(&cast.twins)
        .map(|person| person.id.as_str())
        .collect();
    let others = ('0'..='9').rev();
    let ids = others.map(|sign| format!("{}{sign}{}", &ann[..at], &ann[at + 1..]));
    let mut ids = ids.filter(|id| !known.contains(&id.as_str()));
    ids.next().expect("the cast is smaller than that")
}

async fn hostile_values_find_nobody_and_harm_nothing(subject: Subject) {
    for value in HOSTILE
        .into_iter()
        .map(str::to_owned)
        .chain(["x".repeat(300)])
    {
        let local: String = value
            .chars()
            .filter(|sign| !" \"(),:;<>@[\\]".contains(*sign))
            .take(60)
            .collect();
        let address = (subject.finds(Kind::Email))
            .then(|| pop_core::email::Email::parse(&format!("{local}@example.com")).ok())
            .flatten()
            .map(|address| email(address.as_str()));
        let number = subject.finds(Kind::ExternalId).then(|| external_id(&value));
        let record = subject.finds(Kind::RecordId).then(|| id(&value));
        for identifier in [address, number, record].into_iter().flatten() {
            // A value that cannot be said in the CRM's language is refused before it is sent.
            let found = subject.connection.find(&identifier, &fresh()).await;
            match found {
                Ok(found) => assert!(
                    found.customers.is_empty(),
                    "{identifier:?} found somebody: {found:?}; {:?}",
                    subject.wire.sent()
                ),
                Err(fault) => {
                    assert_eq!(fault.slug(), "E_QUERY_VALUE", "{identifier:?}: {fault:?}");
                }
            }
        }
    }
}

async fn a_customer_with_hostile_signs_is_found_by_them(subject: Subject) {
    let person = &subject.cast.quotes;
    for identifier in subject.identifiers(person) {
        let found = find(&subject, &identifier).await;
        let ids: Vec<_> = found
            .customers
            .iter()
            .map(|customer| &customer.id)
            .collect();
        assert_eq!(
            ids,
            [&person.id],
            "{identifier:?}: {:?}",
            subject.wire.sent()
        );
        assert_eq!(found.customers[0].name.as_ref(), Some(&person.name));
    }
}

async fn a_known_customer_is_complete_in_the_promised_round_trips(subject: Subject) {
    let identifiers = subject.identifiers(&subject.cast.ann);
    // The first question learns what changes slowly; it is not part of a pop.
    subject.pop(&id(&subject.cast.jurgen.id)).await;
    subject
        .server
        .set_latency(std::time::Duration::from_millis(120));
    for identifier in identifiers {
        subject.wire.forget();
        let popped = subject.pop(&identifier).await;
        assert_eq!(popped.customer.id, subject.cast.ann.id);
        let (depth, promised) = (subject.wire.depth(), subject.promised(identifier.kind()));
        assert!(
            (1..=promised).contains(&depth),
            "{identifier:?}: {depth} round trips, {promised} promised: {:#?}",
            subject.wire.sent()
        );
    }
}
