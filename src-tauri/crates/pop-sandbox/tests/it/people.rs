//! The generated customers.

use std::collections::HashMap;
use std::sync::LazyLock;
use std::thread;

use pop_sandbox::Options;
use rlibphonenumber::PHONE_NUMBER_UTIL;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::support::{Crm, TOKEN};

/// Everybody in a sandbox of the usual size, read once for all tests of this file.
static EVERYBODY: LazyLock<Vec<Value>> = LazyLock::new(|| {
    // A thread of its own, because a test may already stand in a runtime.
    let reading = thread::spawn(|| Runtime::new().unwrap().block_on(read_everybody()));
    reading.join().unwrap()
});

async fn read_everybody() -> Vec<Value> {
    let crm = Crm::of(Options::new(TOKEN)).await;
    let mut all = Vec::new();
    loop {
        let path = format!("/api/customers?limit=100&offset={}", all.len());
        let mut page = crm.get(&path).await.json();
        let items = page["items"].as_array_mut().unwrap();
        if items.is_empty() {
            return all;
        }
        all.append(items);
    }
}

fn text<'customer>(customer: &'customer Value, member: &str) -> &'customer str {
    customer[member].as_str().unwrap_or_default()
}

#[test]
fn five_thousand_customers_have_what_agents_meet() {
    let all = &*EVERYBODY;
    assert_eq!(all.len(), 5_012, "five thousand, and the known ones");
    let count = |is: &dyn Fn(&Value) -> bool| all.iter().filter(|customer| is(customer)).count();
    let named = |from: char, to: char| {
        count(&|customer| text(customer, "name").contains(|sign| (from..=to).contains(&sign)))
    };

    for status in ["standard", "premium", "vip", "business"] {
        assert!(
            count(&|customer| customer["status"] == status) > 100,
            "{status}"
        );
    }
    assert!(named('\u{600}', '\u{6ff}') > 100, "Arabic names");
    assert!(named('\u{590}', '\u{5ff}') > 50, "Hebrew names");
    assert!(
        named('\u{4e00}', '\u{9fff}') > 100,
        "Japanese and Chinese names"
    );
    assert!(
        count(&|customer| text(customer, "name").chars().count() > 60) > 20,
        "long names"
    );
    assert!(
        count(&|customer| customer["email"].is_null()) > 300,
        "no e-mail"
    );
    assert!(
        count(&|customer| customer["phone"].is_null()) > 200,
        "no number"
    );
    assert!(count(&|customer| customer["email"].is_null() && customer["phone"].is_null()) > 10);
    for member in [
        "city",
        "language",
        "region",
        "since",
        "account",
        "birthYear",
        "company",
    ] {
        assert!(
            count(&|customer| customer.get(member).is_none()) > 100,
            "without {member}"
        );
        assert!(
            count(&|customer| customer.get(member).is_some()) > 500,
            "with {member}"
        );
    }
    assert!(
        count(&|customer| customer["openCases"].as_i64() > Some(2)) > 100,
        "many cases"
    );
    assert!(
        count(&|customer| customer["openCases"] == 0) > 1000,
        "no case"
    );
}

#[test]
fn every_number_is_valid_and_e164_and_from_many_countries() {
    let mut countries = HashMap::new();
    let mut wrong = Vec::new();
    for customer in &*EVERYBODY {
        let Some(phone) = customer["phone"].as_str() else {
            continue;
        };
        let valid = PHONE_NUMBER_UTIL.parse(phone, None).is_ok_and(|number| {
            PHONE_NUMBER_UTIL.is_valid_number(&number)
                && number.format_as(rlibphonenumber::PhoneNumberFormat::E164) == phone
        });
        if !valid {
            wrong.push(phone.to_owned());
        }
        let country = customer["country"].as_str().unwrap_or("none").to_owned();
        *countries.entry(country).or_insert(0) += 1;
    }
    assert!(
        wrong.is_empty(),
        "{} are not valid, such as {:?}",
        wrong.len(),
        &wrong
    );
    assert!(countries.len() > 40, "{countries:?}");
    for altered_by_lesser_libraries in ["BY", "KZ", "LT", "RW"] {
        assert!(
            countries[altered_by_lesser_libraries] > 10,
            "{altered_by_lesser_libraries}"
        );
    }
}

#[test]
fn numbers_are_shared_by_two_or_three_and_never_by_more() {
    let mut holders: HashMap<String, usize> = HashMap::new();
    for customer in &*EVERYBODY {
        if let Some(phone) = customer["phone"].as_str() {
            *holders.entry(phone.to_owned()).or_default() += 1;
        }
    }
    let shared_by = |count| holders.values().filter(|held| **held == count).count();
    assert!(shared_by(1) > 4000);
    assert!(shared_by(2) > 50, "{}", shared_by(2));
    assert!(shared_by(3) > 30, "{}", shared_by(3));
    assert_eq!(holders.values().max(), Some(&3));
    assert_eq!(holders["+34600012345"], 1);
    assert_eq!(holders["+34600012777"], 3);
}

#[tokio::test]
async fn a_seed_makes_the_same_people_however_many() {
    let few = Crm::of(Options {
        customers: 40,
        ..Options::new(TOKEN)
    })
    .await;
    let more = Crm::of(Options {
        customers: 80,
        ..Options::new(TOKEN)
    })
    .await;
    let other = Crm::of(Options {
        customers: 40,
        seed: 7,
        ..Options::new(TOKEN)
    })
    .await;
    let mut differ = 0;
    for number in 100_001..=100_040 {
        let path = format!("/api/customers/{number}");
        let mut one = few.get(&path).await.json();
        let mut same = more.get(&path).await.json();
        let mut another = other.get(&path).await.json();
        for customer in [&mut one, &mut same, &mut another] {
            customer.as_object_mut().unwrap().remove("url");
        }
        assert_eq!(one, same);
        differ += usize::from(one != another);
    }
    assert!(differ > 35, "control: another seed makes other people");
}

#[tokio::test]
async fn the_people_of_the_usual_seed_are_those_of_every_release() {
    let crm = Crm::start().await;
    let mut first = crm.get("/api/customers/100001").await.json();
    first.as_object_mut().unwrap().remove("url");
    let known = json!({
        "customerId": "100001", "name": "Bram van 't Hoff", "status": "standard", "openCases": 0,
        "email": "B.VANTHOFF.100001@EXAMPLE.ORG", "phone": "+31610000411", "language": "nl",
        "languageName": "Dutch", "region": "Benelux", "country": "NL", "city": "Amsterdam",
        "company": "van 't Hoff Handel B.V.", "since": 1985, "account": "NL •• 3940"
    });
    assert_eq!(first, known);
}
