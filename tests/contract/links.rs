//! Records open at the CRM's own address, and nowhere else.

use pop_core::link::LinkFault;
use pop_core::profile::{Case, Customer, RecordKind};
use url::Url;

use crate::checks::{Check, always, check};
use pop_tests::connections::{Subject, id};

pub(crate) fn checks() -> Vec<Check> {
    vec![
        check!("Links", always, a_customer_opens),
        check!("Links", has_cases, a_case_opens),
        check!("Links", has_accounts, a_company_opens),
        check!("Links", always, a_hostile_id_opens_nothing_elsewhere),
    ]
}

fn has_cases(subject: &Subject) -> bool {
    subject.connection.capabilities().cases
}

fn has_accounts(subject: &Subject) -> bool {
    subject.connection.capabilities().accounts
}

async fn a_customer_opens(subject: Subject) {
    let ann = subject.cast.ann.id.clone();
    let customer = subject.pop(&id(&ann)).await.customer;
    let link = subject
        .connection
        .link(RecordKind::Customer, &customer, None);
    let link = link.unwrap_or_else(|fault| panic!("{fault:?}"));
    assert!(link.as_str().contains(&ann), "{link:?}");
}

async fn a_case_opens(subject: Subject) {
    let popped = subject.pop(&id(&subject.cast.ann.id)).await;
    let case = popped.cases.items.first().expect("Ann has cases");
    let link = subject
        .connection
        .link(RecordKind::Case, &popped.customer, Some(case));
    let link = link.unwrap_or_else(|fault| panic!("{fault:?}"));
    assert!(link.as_str().contains(&case.id), "{link:?}");
}

async fn a_company_opens(subject: Subject) {
    let ann = subject.pop(&id(&subject.cast.ann.id)).await.customer;
    let company = ann.account_id.clone().expect("Ann has a company");
    let link = |customer: &Customer| {
        subject
            .connection
            .link(RecordKind::Account, customer, None)
            .map(|link| link.as_str().to_owned())
    };
    let opened = link(&ann).unwrap_or_else(|fault| panic!("{fault:?}"));
    assert!(opened.contains(&company), "{opened}");
    let alone = Customer {
        account_id: None,
        ..ann
    };
    assert!(
        matches!(link(&alone), Err(LinkFault::Missing { .. })),
        "nobody's company opens nothing"
    );
}

async fn a_hostile_id_opens_nothing_elsewhere(subject: Subject) {
    let ann = subject.pop(&id(&subject.cast.ann.id)).await.customer;
    let own = subject.connection.link(RecordKind::Customer, &ann, None);
    let own = Url::parse(own.expect("it opens").as_str()).expect("an address");
    for id in [
        "../../evil",
        "@evil.example/",
        "//evil.example",
        "x?y#z",
        "a b",
        "%2e%2e",
        "javascript:alert(1)",
    ] {
        let customer = Customer {
            id: id.to_owned(),
            link: None,
            account_id: Some(id.to_owned()),
            ..ann.clone()
        };
        let case = Case {
            id: id.to_owned(),
            ..Case::default()
        };
        let links = [
            subject
                .connection
                .link(RecordKind::Customer, &customer, None),
            subject.connection.link(RecordKind::Case, &ann, Some(&case)),
            subject
                .connection
                .link(RecordKind::Account, &customer, None),
        ];
        for link in links.into_iter().flatten() {
            let link = Url::parse(link.as_str()).expect("an address");
            assert_eq!(link.origin(), own.origin(), "{id}: {link}");
        }
    }
}
