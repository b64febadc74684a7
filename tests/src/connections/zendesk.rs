//! Zendesk with a token that was made before, or with a sign-in by the browser.

use pop_doubles::Double;
use pop_doubles::zendesk::Zendesk;

use super::subject::Subject;
use super::{Filled, TOKEN, signed_in, to_double, trips};

pub(super) async fn start() -> Subject {
    let subject = with("token", vec![("secret", TOKEN)]).await;
    subject.double().oauth().accept(TOKEN);
    subject
}

pub(super) async fn by_browser() -> Subject {
    signed_in(with("browser", Vec::new()).await).await
}

async fn with(method: &'static str, secrets: Vec<(&'static str, &'static str)>) -> Subject {
    let double = Double::start(Zendesk::default()).await;
    let double = double.expect("a free port");
    let host = double.hosts().first().cloned();
    let filled = Filled {
        settings: vec![
            ("host", host.expect("it has a host").into()),
            ("tier_field", "tier".into()),
            ("set_tier", true.into()),
            ("client_id", double.oauth().rules().client_id.clone().into()),
        ],
        method,
        secrets,
    };
    to_double("zendesk", double, filled, trips(2))
}
