//! Dynamics 365 with a sign-in by the browser at Entra.

use pop_doubles::Double;
use pop_doubles::dynamics::Dynamics;

use super::subject::Subject;
use super::{Filled, signed_in, to_double, trips};

pub(super) async fn start() -> Subject {
    let double = Double::start(Dynamics::default()).await;
    let double = double.expect("a free port");
    let host = double.hosts().first().cloned();
    let filled = Filled {
        settings: vec![
            ("host", host.expect("it has a host").into()),
            ("client_id", double.oauth().rules().client_id.clone().into()),
            ("external_id_field", "new_customerno".into()),
            ("tier_field", "new_tier".into()),
            ("language_field", "new_language".into()),
        ],
        method: "browser",
        secrets: Vec::new(),
    };
    signed_in(to_double("dynamics", double, filled, trips(1))).await
}
