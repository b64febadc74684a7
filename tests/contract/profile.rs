//! What is read of a customer: the profile, the open cases, the history.

use pop_core::profile::Priority;
use pop_crm::Context;

use crate::checks::{Check, always, check};
use pop_tests::connections::{Subject, id};

pub(crate) fn checks() -> Vec<Check> {
    vec![
        check!("Profile", always, the_profile_is_read),
        check!(
            "Profile",
            has_cases,
            open_cases_are_listed_and_closed_ones_are_not
        ),
        check!("Profile", has_cases, a_case_says_what_an_agent_asks_first),
        check!("Profile", has_cases, a_customer_without_cases_has_none),
        check!("Profile", has_activities, the_history_is_read_across_types),
        check!(
            "Profile",
            always,
            a_customer_without_address_and_number_is_read
        ),
        check!("Profile", can_search, words_find_people),
        check!("Profile", can_test, who_signed_in_is_known),
    ]
}

fn has_cases(subject: &Subject) -> bool {
    subject.connection.capabilities().cases
}

fn has_activities(subject: &Subject) -> bool {
    subject.connection.capabilities().activities
}

fn can_search(subject: &Subject) -> bool {
    subject.connection.capabilities().search
}

fn can_test(subject: &Subject) -> bool {
    subject.connection.capabilities().test
}

async fn the_profile_is_read(subject: Subject) {
    let ann = &subject.cast.ann;
    let customer = subject.pop(&id(&ann.id)).await.customer;
    assert_eq!(customer.name.as_ref(), Some(&ann.name));
    let address = ann.email.clone().expect("Ann has one");
    let emails: Vec<_> = customer
        .emails
        .iter()
        .map(|email| email.to_lowercase())
        .collect();
    assert!(emails.contains(&address.to_lowercase()), "{customer:?}");
    let digits = |number: &str| {
        number
            .chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let number = digits(ann.phone.as_deref().expect("Ann has one"));
    let phones: Vec<_> = customer.phones.iter().map(|phone| digits(phone)).collect();
    assert!(
        phones
            .iter()
            .any(|phone| number.ends_with(phone) || phone.ends_with(&number)),
        "{customer:?}"
    );
    assert_eq!(customer.company, ann.company, "{customer:?}");
    assert!(customer.tier.is_some() || customer.vip, "{customer:?}");
    assert!(customer.language.is_some(), "{customer:?}");
}

async fn open_cases_are_listed_and_closed_ones_are_not(subject: Subject) {
    let ann = &subject.cast.ann;
    let popped = subject.pop(&id(&ann.id)).await;
    let mut shown: Vec<_> = popped
        .cases
        .items
        .iter()
        .filter(|case| case.open)
        .map(|case| &case.id)
        .collect();
    let mut wanted: Vec<_> = ann
        .cases
        .iter()
        .filter(|case| case.open)
        .map(|case| &case.id)
        .collect();
    shown.sort();
    wanted.sort();
    assert_eq!(shown, wanted, "{:?}", subject.wire.sent());
    assert_eq!(popped.cases.strangers, 0);
    let told = popped.cases.total.or(popped.customer.open_cases);
    assert!(told.is_none_or(|told| told == 2), "{told:?}");
}

async fn a_case_says_what_an_agent_asks_first(subject: Subject) {
    let ann = &subject.cast.ann;
    let popped = subject.pop(&id(&ann.id)).await;
    for known in ann.cases.iter().filter(|case| case.open) {
        let case = popped.cases.items.iter().find(|case| case.id == known.id);
        let case = case.expect("it is listed");
        assert_eq!(case.subject.as_ref(), Some(&known.subject), "{case:?}");
        assert_eq!(case.number.as_ref(), Some(&known.number), "{case:?}");
        assert!(
            case.status
                .as_deref()
                .is_some_and(|status| !status.is_empty()),
            "{case:?}"
        );
        assert!(case.updated.is_some(), "{case:?}");
        let urgent = matches!(case.priority, Some(Priority::High | Priority::Urgent));
        assert_eq!(urgent, known.urgent, "{case:?}");
    }
}

async fn a_customer_without_cases_has_none(subject: Subject) {
    let popped = subject.pop(&id(&subject.cast.jurgen.id)).await;
    assert!(popped.cases.items.is_empty(), "{:?}", popped.cases);
    assert!(popped.cases.total.is_none_or(|total| total == 0));
}

async fn the_history_is_read_across_types(subject: Subject) {
    let ann = &subject.cast.ann;
    let popped = subject.pop(&id(&ann.id)).await;
    let shown = &popped.activities.items;
    for known in &ann.activities {
        let activity = shown.iter().find(|activity| activity.id == *known);
        let activity = activity.unwrap_or_else(|| panic!("{known} of {shown:?}"));
        assert!(
            activity.at.is_some() && activity.kind.is_some(),
            "{activity:?}"
        );
    }
    let kinds: std::collections::BTreeSet<_> =
        shown.iter().map(|activity| &activity.kind).collect();
    assert!(kinds.len() > 1, "more than one type: {shown:?}");
    let nobody = subject.pop(&id(&subject.cast.blank.id)).await;
    let foreign = nobody
        .activities
        .items
        .iter()
        .find(|activity| ann.activities.contains(&activity.id));
    assert_eq!(foreign, None, "the history of another");
}

async fn a_customer_without_address_and_number_is_read(subject: Subject) {
    let blank = &subject.cast.blank;
    let customer = subject.pop(&id(&blank.id)).await.customer;
    assert_eq!(customer.name.as_ref(), Some(&blank.name));
    assert!(
        customer.emails.is_empty() && customer.phones.is_empty(),
        "{customer:?}"
    );
}

async fn words_find_people(subject: Subject) {
    let ann = &subject.cast.ann;
    let word = ann.name.split(' ').next_back().expect("a name");
    let found = subject.connection.search(word, &Context::default()).await;
    let found = found.unwrap_or_else(|fault| panic!("{fault:?}; {:?}", subject.wire.sent()));
    assert!(
        found.items.iter().any(|customer| customer.id == ann.id),
        "{word}: {found:?}"
    );
    let nothing = subject
        .connection
        .search("Zyxwvutsrq", &Context::default())
        .await;
    assert!(nothing.is_ok_and(|found| found.items.is_empty()));
}

async fn who_signed_in_is_known(subject: Subject) {
    let me = subject.connection.test(&Context::default()).await;
    let me = me.unwrap_or_else(|fault| panic!("{fault:?}; {:?}", subject.wire.sent()));
    assert!(
        me.name.is_some() || me.email.is_some() || me.id.is_some(),
        "{me:?}"
    );
}
