//! HubSpot with the token of a private app, or with a sign-in by the browser to the account's own
//! app.

use pop_doubles::Double;
use pop_doubles::hubspot::{CLIENT_SECRET, CUSTOMER_NUMBER, HubSpot, PRIVATE_APP_TOKEN};

use super::subject::{Promised, Subject};
use super::{Filled, signed_in, to_double};

/// More than any check asks in a second; HubSpot's own limit is checked by a scripted refusal.
const SEARCHES_A_SECOND: usize = 1_000;

pub(super) async fn start() -> Subject {
    with("private_app", vec![("secret", PRIVATE_APP_TOKEN)]).await
}

pub(super) async fn by_browser() -> Subject {
    signed_in(with("browser", vec![("client_secret", CLIENT_SECRET)]).await).await
}

async fn with(method: &'static str, secrets: Vec<(&'static str, &'static str)>) -> Subject {
    let account = HubSpot::default();
    account.set_searches_a_second(SEARCHES_A_SECOND);
    let double = Double::start(account).await;
    let double = double.expect("a free port");
    let filled = Filled {
        settings: vec![
            ("external_id_field", CUSTOMER_NUMBER.into()),
            ("tier_field", "customer_tier".into()),
            ("set_tier", true.into()),
            ("client_id", double.oauth().rules().client_id.clone().into()),
        ],
        method,
        secrets,
    };
    // A number can only be searched for; the whole account has five searches a second, so cases
    // are read through the contact and not by a second search.
    let promised = Promised {
        usual: 2,
        by_phone: 3,
    };
    to_double("hubspot", double, filled, promised)
}
