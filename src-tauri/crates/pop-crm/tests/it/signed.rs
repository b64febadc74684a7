//! A connection to a server with a token endpoint, the browser in front of it, and a store of
//! grants that can be told to fail.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use pop_core::clock::Clock;
use pop_core::fault::Fault;
use pop_core::link::LoopbackOrigin;
use pop_core::moment::Moment;
use pop_core::profile::ConnectionId;
use pop_core::secret::Secret;
use pop_core::tokens::{MemoryTokens, NotKept, Tokens};
use pop_crm::{
    Account, AuthChoice, BROWSER_LIMIT, Budgets, ConnectFault, Connection, Context, Me, Ports,
    ReqwestHttp, SignIn, SignInFault, Traffic,
};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{BY_ID, HEAD, id, ids, loaded, phone_rules, text};
use crate::token_server::{Log, TokenServer};

/// The keys that sign in with the browser.
pub(crate) const BROWSER: &str = r#"
[auth.browser]
kind      = "oauth_code"
authorize = "{setting.server}/authorize"
token     = "{setting.server}/token"
revoke    = "{setting.server}/revoke"
client_id = "desk-app"
scope     = "read write"
"#;

/// Who am I.
pub(crate) const WHO: &str = r#"
[me]
call = "GET /me"
map  = { id = "body.id", name = "body.name", email = "body.mail" }
"#;

/// A clock that stands still until it is moved; who waits comes back when his time has come.
pub(crate) struct SetClock {
    now: tokio::sync::watch::Sender<Moment>,
}

impl SetClock {
    fn new() -> Self {
        let start = Moment::parse("2026-11-20T10:00:00Z").expect("a time");
        Self {
            now: tokio::sync::watch::Sender::new(start),
        }
    }

    pub(crate) fn pass(&self, wait: Duration) {
        self.now.send_modify(|now| *now = now.after(wait));
    }
}

#[async_trait]
impl Clock for SetClock {
    fn now(&self) -> Moment {
        *self.now.borrow()
    }

    async fn sleep(&self, wait: Duration) {
        let end = self.now().after(wait);
        let mut now = self.now.subscribe();
        now.wait_for(|now| *now >= end)
            .await
            .expect("the clock outlives its users");
    }
}

/// A store of grants that writes down when it stores, and fails when it is told to.
pub(crate) struct Store {
    memory: MemoryTokens,
    log: Log,
    pub(crate) fails: AtomicBool,
}

impl Store {
    /// What is kept of the connection, as text.
    pub(crate) fn kept(&self) -> Option<String> {
        let kept = self
            .memory
            .load(&connection_id())
            .expect("memory can be read");
        kept.map(|kept| kept.expose("the test looks at it").to_owned())
    }
}

impl Tokens for Store {
    fn load(&self, connection: &ConnectionId) -> Result<Option<Secret>, NotKept> {
        self.memory.load(connection)
    }

    fn store(&self, connection: &ConnectionId, grant: &Secret) -> Result<(), NotKept> {
        if self.fails.load(Ordering::Relaxed) {
            return Err(NotKept("the disk is full".into()));
        }
        let mut log = self.log.lock().expect("no test panics while it holds this");
        log.push("stored".into());
        drop(log);
        self.memory.store(connection, grant)
    }

    fn forget(&self, connection: &ConnectionId) -> Result<(), NotKept> {
        self.memory.forget(connection)
    }
}

fn connection_id() -> ConnectionId {
    ConnectionId("main".into())
}

/// A connection, the server behind it, and the world around it.
pub(crate) struct Signed {
    pub(crate) connection: Connection,
    pub(crate) server: Arc<TokenServer>,
    pub(crate) clock: Arc<SetClock>,
    pub(crate) store: Arc<Store>,
    definition: String,
    method: &'static str,
    secrets: Vec<(&'static str, &'static str)>,
}

/// A definition whose token is fetched, with these keys.
pub(crate) fn definition(auth: &str) -> String {
    let token =
        "[auth.token]\nkind   = \"secret\"\nheader = { Authorization = \"Bearer {secret}\" }\n";
    text(&[&HEAD.replace(token, ""), BY_ID, WHO, auth])
}

impl Signed {
    /// Connects; nobody has signed in yet.
    pub(crate) fn open(server: &Arc<TokenServer>, definition: &str) -> Self {
        Self::open_with(server, definition, "browser", &[])
    }

    pub(crate) fn open_with(
        server: &Arc<TokenServer>,
        definition: &str,
        method: &'static str,
        secrets: &[(&'static str, &'static str)],
    ) -> Self {
        let store = Arc::new(Store {
            memory: MemoryTokens::default(),
            log: Arc::clone(&server.log),
            fails: AtomicBool::new(false),
        });
        let clock = Arc::new(SetClock::new());
        let connection = connect(server, definition, method, secrets, &clock, &store);
        Self {
            connection: connection.unwrap_or_else(|faults| panic!("{faults:?}")),
            server: Arc::clone(server),
            clock,
            store,
            definition: definition.to_owned(),
            method,
            secrets: secrets.to_vec(),
        }
    }

    /// The program ends and starts again: what is not in the store is gone.
    pub(crate) fn restart(self) -> Self {
        let again = connect(
            &self.server,
            &self.definition,
            self.method,
            &self.secrets,
            &self.clock,
            &self.store,
        );
        Self {
            connection: again.unwrap_or_else(|faults| panic!("{faults:?}")),
            ..self
        }
    }

    /// Signs in as a person does.
    pub(crate) async fn sign_in(&self) -> Result<Option<Me>, SignInFault> {
        let signing = self.connection.sign_in().await?;
        let back = self.server.consent(signing.address());
        with_browser(signing, get(&back)).await.0
    }

    /// Asks the CRM, whatever was asked a moment ago.
    pub(crate) async fn look_up(&self) -> Result<(), Fault> {
        self.connection.forget();
        let found = self.connection.find(&id("7"), &Context::default()).await?;
        assert_eq!(ids(&found.customers), ["7"], "the record is there");
        Ok(())
    }
}

fn connect(
    server: &Arc<TokenServer>,
    definition: &str,
    method: &str,
    secrets: &[(&'static str, &'static str)],
    clock: &Arc<SetClock>,
    store: &Arc<Store>,
) -> Result<Connection, Vec<ConnectFault>> {
    let loopback = vec![LoopbackOrigin::of_own_sandbox(server.port)];
    let secret =
        |(name, text): &(&str, &str)| ((*name).to_owned(), Secret::new((*text).to_owned()));
    let account = Account {
        id: connection_id(),
        definition: loaded(definition),
        settings: BTreeMap::from([("server".to_owned(), json!(server.origin()))]),
        auth: AuthChoice {
            method: method.to_owned(),
            secrets: secrets.iter().map(secret).collect(),
        },
        phone_rules: phone_rules(),
        loopback: loopback.clone(),
        budgets: Budgets::default(),
    };
    let ports = Ports {
        http: Arc::new(ReqwestHttp::new(loopback).expect("the platform has a trust store")),
        clock: Arc::<SetClock>::clone(clock),
        traffic: Arc::new(Traffic::default()),
        tokens: Arc::<Store>::clone(store),
    };
    Connection::open(account, ports)
}

/// Finishes a sign-in while the browser does something.
pub(crate) async fn with_browser<T>(
    signing: SignIn<'_>,
    browser: impl Future<Output = T>,
) -> (Result<Option<Me>, SignInFault>, T) {
    tokio::join!(signing.finish(BROWSER_LIMIT), browser)
}

/// Gets an address as a browser's window does: the answer, head and body.
pub(crate) async fn get(address: &str) -> String {
    ask(address, "GET", &[]).await.expect("the page answers")
}

/// Asks an address; more headers are `Name: value`. Nothing when nobody listens there.
pub(crate) async fn ask(address: &str, method: &str, headers: &[&str]) -> Option<String> {
    let url = url::Url::parse(address).expect("an address");
    let (host, port) = (url.host_str()?, url.port()?);
    let mut stream = TcpStream::connect((host, port)).await.ok()?;
    let target = &url[url::Position::BeforePath..];
    let mut lines = vec![format!("{method} {target} HTTP/1.1")];
    if !headers.iter().any(|header| header.starts_with("Host:")) {
        lines.push(format!("Host: {host}:{port}"));
    }
    lines.extend(headers.iter().map(|header| (*header).to_owned()));
    let head = lines.join("\r\n") + "\r\n\r\n";
    stream.write_all(head.as_bytes()).await.ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.ok()?;
    Some(String::from_utf8_lossy(&answer).into_owned())
}
