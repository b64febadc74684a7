//! Salesforce with a sign-in by the browser.

use pop_doubles::Double;
use pop_doubles::salesforce::Salesforce;

use super::subject::Subject;
use super::{CLIENT_ID, Filled, signed_in, to_double, trips};

pub(super) async fn start() -> Subject {
    let double = Double::start(Salesforce::default()).await;
    let filled = Filled {
        settings: vec![
            ("client_id", CLIENT_ID.into()),
            ("external_id_field", "Customer_No__c".into()),
            ("tier_field", "Tier__c".into()),
            ("language_field", "Language__c".into()),
        ],
        method: "browser",
        secrets: Vec::new(),
    };
    let double = double.expect("a free port");
    signed_in(to_double("salesforce", double, filled, trips(1))).await
}
