//! Zendesk with a token that was made before.

use pop_doubles::Double;
use pop_doubles::zendesk::Zendesk;

use super::subject::Subject;
use super::{Filled, TOKEN, to_double, trips};

pub(super) async fn start() -> Subject {
    let double = Double::start(Zendesk::default()).await;
    let double = double.expect("a free port");
    double.oauth().accept(TOKEN);
    let host = double.hosts().first().cloned().expect("it has a host");
    let filled = Filled {
        settings: vec![("host", host.into()), ("tier_field", "tier".into())],
        method: "token",
        secrets: vec![("secret", TOKEN)],
    };
    to_double("zendesk", double, filled, trips(2))
}
