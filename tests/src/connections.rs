//! Every connection under test or measured: its server, its settings and its sign-in. The only
//! place that knows a vendor's name.
//!
//! What cannot be set up panics: a check or a measurement without its server is red.
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "a testkit: see above"
)]

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

use pop_core::http::{Http, Method, Request};
use pop_core::link::LoopbackOrigin;
use pop_core::profile::ConnectionId;
use pop_core::secret::Secret;
use pop_core::tokens::MemoryTokens;
use pop_crm::{
    Account, AuthChoice, BROWSER_LIMIT, Budgets, Connection, Definition, Ports, ReqwestHttp,
    SystemClock, Traffic, built_in,
};
use pop_doubles::{Cast, Direct, Double, Landing, Routed, browse};
use serde_json::Value;

use subject::{Promised, phone_rules};

pub use subject::{Popped, Sent, Server, Subject, Watched, email, external_id, fresh, id, phone};

mod dynamics;
mod hubspot;
mod salesforce;
mod sandbox;
mod servicenow;
mod subject;
mod zammad;
mod zendesk;

/// The token that static sign-ins use.
const TOKEN: &str = "contract-token-0123456789";

/// The client that the doubles' authorization servers know.
const CLIENT_ID: &str = "screenpop-client";

/// What an admin registers in every CRM: the ports that the product tries.
const REDIRECTS: [&str; 3] = [
    "http://localhost:21717/callback",
    "http://localhost:21718/callback",
    "http://localhost:21719/callback",
];

/// One connection of the table.
pub struct Vendor {
    /// The definition.
    pub id: &'static str,
    /// Starts its server and connects.
    pub start: Start,
    /// The same with a sign-in by the browser, where that is not the usual way.
    pub by_browser: Option<Start>,
}

/// Starts a server and connects to it.
pub type Start = fn() -> Pin<Box<dyn Future<Output = Subject> + Send>>;

/// A start from an `async fn`.
macro_rules! start {
    ($($start:ident)::+) => {
        || Box::pin($($start)::+())
    };
}

/// All of them, in the order of the table.
pub const ALL: [Vendor; 7] = [
    Vendor {
        id: "salesforce",
        start: start!(salesforce::start),
        by_browser: None,
    },
    Vendor {
        id: "zendesk",
        start: start!(zendesk::start),
        by_browser: Some(start!(zendesk::by_browser)),
    },
    Vendor {
        id: "servicenow",
        start: start!(servicenow::start),
        by_browser: Some(start!(servicenow::by_browser)),
    },
    Vendor {
        id: "hubspot",
        start: start!(hubspot::start),
        by_browser: Some(start!(hubspot::by_browser)),
    },
    Vendor {
        id: "dynamics",
        start: start!(dynamics::start),
        by_browser: None,
    },
    Vendor {
        id: "rest",
        start: start!(sandbox::start),
        by_browser: None,
    },
    Vendor {
        id: "zammad",
        start: start!(zammad::start),
        by_browser: None,
    },
];

/// A pop that takes so many round trips, whatever the identifier.
const fn trips(count: usize) -> Promised {
    Promised {
        usual: count,
        by_phone: count,
    }
}

/// What is filled in when one of these connections is made.
struct Filled {
    settings: Vec<(&'static str, Value)>,
    method: &'static str,
    secrets: Vec<(&'static str, &'static str)>,
}

/// Two tenants of one CRM, over one client.
pub async fn two_tenants() -> [Subject; 2] {
    Box::pin(salesforce::two_orgs()).await
}

/// A connection to a double, over the product's own client.
fn to_double(id: &str, double: Double, filled: Filled, promised: Promised) -> Subject {
    let routed = routed(&double);
    over(id, double, routed, filled, promised)
}

/// The product's own client, led to one double.
fn routed(double: &Double) -> Arc<dyn Http> {
    Arc::new(Routed::over(client_of(&[double]), &[double]))
}

/// The product's own client; it may speak to these doubles.
fn client_of(doubles: &[&Double]) -> Arc<dyn Http> {
    let ports = doubles.iter().map(|double| double.address().port());
    client(ports.map(LoopbackOrigin::of_own_sandbox).collect())
}

/// The product's own client; it may speak to these places on this computer.
fn client(loopback: Vec<LoopbackOrigin>) -> Arc<dyn Http> {
    Arc::new(ReqwestHttp::new(loopback).expect("the platform has TLS"))
}

/// A connection to a double, over a client that knows the way.
fn over(
    id: &str,
    double: Double,
    http: Arc<dyn Http>,
    filled: Filled,
    promised: Promised,
) -> Subject {
    let cast = double.cast();
    let server = Server::Double(double);
    connected(id, server, cast, (http, Vec::new()), filled, promised)
}

fn connected(
    id: &str,
    server: Server,
    cast: Cast,
    (http, loopback): (Arc<dyn Http>, Vec<LoopbackOrigin>),
    filled: Filled,
    promised: Promised,
) -> Subject {
    let named = |(name, secret): (&str, &str)| (name.to_owned(), Secret::new(secret.to_owned()));
    let settings = filled.settings.into_iter();
    let account = Account {
        id: ConnectionId(id.to_owned()),
        definition: definition(id),
        settings: settings
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
        auth: AuthChoice {
            method: filled.method.to_owned(),
            secrets: filled.secrets.into_iter().map(named).collect(),
        },
        phone_rules: phone_rules(),
        loopback,
        budgets: soon(),
    };
    let wire = Arc::new(Watched::new(http));
    let ports = Ports {
        http: Arc::clone(&wire) as Arc<dyn Http>,
        clock: Arc::new(SystemClock),
        traffic: Arc::new(Traffic::default()),
        tokens: Arc::new(MemoryTokens::default()),
    };
    let connection = Connection::open(account, ports);
    Subject {
        connection: connection.unwrap_or_else(|faults| panic!("{id}: {faults:?}")),
        server,
        cast,
        wire,
        by_browser: false,
        promised,
    }
}

/// Signs in as a person does: the browser opens the vendor's page, the person agrees, and the
/// browser comes back to this computer.
async fn signed_in(mut subject: Subject) -> Subject {
    // The registered ports are few, and several checks run at once.
    static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
    let turn = TURN.lock().await;
    let double = subject.double();
    for redirect in REDIRECTS {
        double.oauth().register(redirect);
    }
    let sign_in = subject.connection.sign_in().await;
    let sign_in = sign_in.unwrap_or_else(|fault| panic!("{fault:?}"));
    let landing = browse(double, sign_in.address().as_str()).await;
    let Ok(Landing::Sent(back)) = landing else {
        panic!("{}: {landing:?}", sign_in.address().as_str());
    };
    let (finished, ()) = tokio::join!(sign_in.finish(BROWSER_LIMIT), follow(&back));
    finished.unwrap_or_else(|fault| panic!("{fault:?}; {:?}", subject.wire.sent()));
    drop(turn);
    subject.wire.forget();
    subject.by_browser = true;
    subject
}

/// The browser comes back to the product's own page.
async fn follow(back: &str) {
    let request = Request {
        method: Method::Get,
        url: back.to_owned(),
        headers: Vec::new(),
        body: None,
        limit: BROWSER_LIMIT,
        max_body: 1 << 16,
    };
    let page = Direct::default().send(request).await;
    assert!(page.is_ok(), "{back}: {page:?}");
}

/// Everything as in life, except that nothing waits long for a second try.
fn soon() -> Budgets {
    Budgets {
        shortest_pause: Duration::ZERO,
        longest_pause: Duration::ZERO,
        ..Budgets::default()
    }
}

/// A built-in definition; compiled once for all checks of this run.
fn definition(id: &str) -> Arc<Definition> {
    static COMPILED: LazyLock<Mutex<BTreeMap<String, Arc<Definition>>>> =
        LazyLock::new(Mutex::default);
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    let entry = compiled.entry(id.to_owned()).or_insert_with(|| {
        let built_in = built_in().iter().find(|(name, _)| *name == id);
        let (_, text) = built_in.unwrap_or_else(|| panic!("{id} is not built in"));
        let definition = Definition::load(&format!("{id}.toml"), text, &[]);
        Arc::new(definition.unwrap_or_else(|faults| panic!("{faults:?}")))
    });
    Arc::clone(entry)
}
