//! ServiceNow with a name and a password.

use pop_doubles::Double;
use pop_doubles::servicenow::{BASIC, ServiceNow};

use super::subject::Subject;
use super::{Filled, to_double, trips};

pub(super) async fn start() -> Subject {
    let double = Double::start(ServiceNow::default()).await;
    let double = double.expect("a free port");
    let host = double.hosts().first().cloned();
    let filled = Filled {
        settings: vec![("instance", host.expect("it has a host").into())],
        method: "password",
        secrets: vec![("username", BASIC.0), ("password", BASIC.1)],
    };
    to_double("servicenow", double, filled, trips(2))
}
