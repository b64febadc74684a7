//! Salesforce with a sign-in by the browser.

use std::sync::Arc;

use pop_core::http::Http;
use pop_doubles::salesforce::{Salesforce, SalesforceOptions};
use pop_doubles::{Double, Routed};

use super::subject::Subject;
use super::{CLIENT_ID, Filled, client_of, over, signed_in, to_double, trips};

pub(super) async fn start() -> Subject {
    let double = Double::start(Salesforce::default()).await;
    let double = double.expect("a free port");
    signed_in(to_double(
        "salesforce",
        double,
        filled("login.salesforce.com"),
        trips(1),
    ))
    .await
}

/// Two orgs over one client, each with its own people signed in.
pub(super) async fn two_orgs() -> [Subject; 2] {
    let (acme, globex) = (org("acme").await, org("globex").await);
    let client = client_of(&[&acme, &globex]);
    let routed: Arc<dyn Http> = Arc::new(Routed::over(client, &[&acme, &globex]));
    let subject = |double: Double, name: &str| {
        let login = format!("{name}.my.salesforce.com");
        over(
            "salesforce",
            double,
            Arc::clone(&routed),
            filled(&login),
            trips(1),
        )
    };
    let (one, other) = (subject(acme, "acme"), subject(globex, "globex"));
    [signed_in(one).await, signed_in(other).await]
}

async fn org(domain: &str) -> Double {
    let options = SalesforceOptions {
        domain: domain.to_owned(),
        ..SalesforceOptions::default()
    };
    let double = Double::start(Salesforce::new(options)).await;
    double.expect("a free port")
}

fn filled(login: &str) -> Filled {
    Filled {
        settings: vec![
            ("login", login.into()),
            ("client_id", CLIENT_ID.into()),
            ("external_id_field", "Customer_No__c".into()),
            ("tier_field", "Tier__c".into()),
            ("set_tier", true.into()),
            ("language_field", "Language__c".into()),
        ],
        method: "browser",
        secrets: Vec::new(),
    }
}
