//! HubSpot with the token of a private app.

use pop_doubles::Double;
use pop_doubles::hubspot::{CUSTOMER_NUMBER, HubSpot, PRIVATE_APP_TOKEN};

use super::subject::{Promised, Subject};
use super::{Filled, to_double};

/// More than any check asks in a second; HubSpot's own limit is checked by a scripted refusal.
const SEARCHES_A_SECOND: usize = 1_000;

pub(super) async fn start() -> Subject {
    let account = HubSpot::default();
    account.set_searches_a_second(SEARCHES_A_SECOND);
    let double = Double::start(account).await;
    let filled = Filled {
        settings: vec![
            ("external_id_field", CUSTOMER_NUMBER.into()),
            ("tier_field", "customer_tier".into()),
        ],
        method: "private_app",
        secrets: vec![("secret", PRIVATE_APP_TOKEN)],
    };
    // A number can only be searched for; the whole account has five searches a second, so cases
    // are read through the contact and not by a second search.
    let promised = Promised {
        usual: 2,
        by_phone: 3,
    };
    to_double("hubspot", double.expect("a free port"), filled, promised)
}
