//! Zammad, with an access token.

use pop_doubles::Double;
use pop_doubles::zammad::{ACCESS_TOKEN, CUSTOMER_NUMBER, Zammad};

use super::subject::Subject;
use super::{Filled, to_double, trips};

pub(super) async fn start() -> Subject {
    let double = Double::start(Zammad::default()).await;
    let double = double.expect("a free port");
    let host = double.hosts().first().expect("it has a host");
    let server = format!("https://{host}");
    let filled = Filled {
        settings: vec![
            ("server", server.into()),
            ("external_id_field", CUSTOMER_NUMBER.into()),
        ],
        method: "token",
        secrets: vec![("secret", ACCESS_TOKEN)],
    };
    // What was said on a ticket is behind the ticket.
    to_double("zammad", double, filled, trips(3))
}
