//! ServiceNow with a name and a password, or with a sign-in by the browser.

use pop_doubles::Double;
use pop_doubles::servicenow::{BASIC, CLIENT_SECRET, ServiceNow};

use super::subject::Subject;
use super::{Filled, signed_in, to_double, trips};

pub(super) async fn start() -> Subject {
    let secrets = vec![("username", BASIC.0), ("password", BASIC.1)];
    with("password", secrets).await
}

/// Only a client with a secret stays signed in there.
pub(super) async fn by_browser() -> Subject {
    signed_in(with("browser", vec![("client_secret", CLIENT_SECRET)]).await).await
}

async fn with(method: &'static str, secrets: Vec<(&'static str, &'static str)>) -> Subject {
    let double = Double::start(ServiceNow::default()).await;
    let double = double.expect("a free port");
    let host = double.hosts().first().cloned();
    let filled = Filled {
        settings: vec![
            ("instance", host.expect("it has a host").into()),
            ("client_id", double.oauth().rules().client_id.clone().into()),
        ],
        method,
        secrets,
    };
    to_double("servicenow", double, filled, trips(2))
}
