//! Signing in with the browser, from the form to the vault: who it is, what is kept, and every way
//! to give up.

use std::sync::Arc;
use std::time::Duration;

use pop_core::http::{Http, Method, Request};
use pop_core::language::Language;
use pop_core::link::LoopbackOrigin;
use pop_core::profile::ConnectionId;
use pop_core::secret::Secret;
use pop_core::settings;
use pop_crm::SignInFault;
use pop_doubles::salesforce::Salesforce;
use pop_doubles::{Direct, Double, Landing, Routed, browse};
use pop_engine::ports::Network;
use pop_engine::{Connected, Wanted};

use crate::office::{Office, Run};

/// Every request goes to the doubles.
pub(crate) struct ToDoubles(pub(crate) Arc<Routed>);

impl Network for ToDoubles {
    fn client(&self, _: Vec<LoopbackOrigin>) -> Result<Arc<dyn Http>, String> {
        Ok(Arc::<Routed>::clone(&self.0))
    }
}

async fn office() -> (Office, Double) {
    let double = Double::start(Salesforce::default()).await;
    let double = double.expect("a free port");
    let mut office = Office::new();
    office.network = Arc::new(ToDoubles(Arc::new(Routed::new(&[&double]))));
    (office, double)
}

fn wanted(double: &Double) -> Wanted {
    let client_id = double.oauth().rules().client_id.clone();
    Wanted {
        again: None,
        connection: settings::Connection {
            definition: "salesforce".to_owned(),
            label: "The Bank".to_owned(),
            fields: [("client_id".to_owned(), client_id.into())].into(),
            method: "browser".to_owned(),
            user: None,
            // Whatever port is free: other programs of this computer sign in as well.
            overlay: Some("[auth.browser]\nports = []\n".to_owned()),
            test_customer: None,
        },
        secret: Secret::new(String::new()),
    }
}

/// The person in the browser: agrees at the newest of so many sign-ins, and comes back.
async fn person(run: &Run, double: &Double, sign_ins: usize) {
    let newest = sign_ins - 1;
    let address = run
        .screen
        .until("a sign-in", |shown| shown.sign_ins.get(newest).cloned());
    let address = address.await;
    let question = url::Url::parse(&address).expect("an address");
    let mut pairs = question.query_pairs();
    let redirect = pairs
        .find(|(name, _)| name == "redirect_uri")
        .expect("a way back")
        .1;
    double.oauth().register(&redirect);
    let Ok(Landing::Sent(back)) = browse(double, &address).await else {
        panic!("the page sends the browser back");
    };
    let request = Request {
        method: Method::Get,
        url: back,
        headers: Vec::new(),
        body: None,
        limit: Duration::from_secs(10),
        max_body: 1 << 16,
    };
    Direct::default()
        .send(request)
        .await
        .expect("the page is there");
}

fn bank() -> ConnectionId {
    ConnectionId("the-bank".to_owned())
}

#[tokio::test]
async fn who_signs_in_with_the_browser_is_named_and_stays_signed_in_until_the_sign_out() {
    let (office, double) = office().await;
    let run = office.start().await;
    let (connected, ()) = tokio::join!(
        run.engine.connect(wanted(&double)),
        person(&run, &double, 1)
    );
    let Ok(Connected::Yes {
        connection,
        signed_in_as,
    }) = connected
    else {
        panic!("somebody signed in");
    };
    assert_eq!(connection, bank());
    assert!(signed_in_as.is_some(), "the CRM says who it is");
    assert!(matches!(
        run.engine.test(bank()).await,
        Ok(Connected::Yes { .. })
    ));
    for secret in double.oauth().secrets() {
        assert!(
            !office.on_disk().contains(&secret),
            "no token lies in the open"
        );
    }
    run.stop().await;

    let run = office.start().await;
    run.screen
        .until("the connection", |shown| {
            let status = shown.status.as_ref()?.connection(&bank())?;
            status.fault.is_none().then_some(())
        })
        .await;
    let tested = run.engine.test(bank()).await;
    assert!(
        matches!(tested, Ok(Connected::Yes { .. })),
        "the grant was kept"
    );

    assert_eq!(double.oauth().live_refresh_tokens(), 1);
    run.engine.forget(bank()).await.expect("it signs out");
    let revoked = async {
        while double.oauth().live_refresh_tokens() > 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), revoked)
        .await
        .expect("the CRM is told");
    run.stop().await;
}

#[tokio::test]
async fn a_sign_in_that_is_given_up_leaves_nothing() {
    let (office, double) = office().await;
    let run = office.start().await;
    let give_up = async {
        run.screen
            .until("a sign-in", |shown| shown.sign_ins.last().cloned())
            .await;
        run.engine.cancel_sign_in().await;
    };
    let (connected, ()) = tokio::join!(run.engine.connect(wanted(&double)), give_up);
    assert!(
        matches!(connected, Ok(Connected::Cancelled)),
        "it was given up"
    );
    let status = run.screen.now().status.expect("a status");
    assert!(status.connections.is_empty(), "nothing is connected");
    let (connected, ()) = tokio::join!(
        run.engine.connect(wanted(&double)),
        person(&run, &double, 2)
    );
    assert!(
        matches!(connected, Ok(Connected::Yes { .. })),
        "it can be begun anew"
    );
    run.stop().await;
}

#[tokio::test]
async fn a_person_who_says_no_connects_nothing() {
    let (office, double) = office().await;
    let run = office.start().await;
    double.oauth().refuse_next_sign_in("access_denied");
    let (connected, ()) = tokio::join!(
        run.engine.connect(wanted(&double)),
        person(&run, &double, 1)
    );
    let Ok(Connected::NotSignedIn { label, why, .. }) = connected else {
        panic!("nobody signed in");
    };
    assert!(matches!(&why, SignInFault::Refused { code, .. } if code == "access_denied"));
    assert_eq!(
        why.words(&label, Language::En).title,
        "The sign-in to The Bank was declined"
    );
    let status = run.screen.now().status.expect("a status");
    assert!(status.connections.is_empty(), "nothing is connected");
    run.stop().await;
}
