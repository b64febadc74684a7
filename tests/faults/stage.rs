//! What faults are played on: a sandbox, a connection to it by any way, and how the doctor looks.

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use pop_core::clock::Clock;
use pop_core::doctor::{Check, Report};
use pop_core::http::{Http, HttpFault, Request, Response};
use pop_core::link::LoopbackOrigin;
use pop_core::moment::Moment;
use pop_core::phone::{PhoneRules, Region};
use pop_core::profile::ConnectionId;
use pop_core::secret::Secret;
use pop_core::tokens::MemoryTokens;
use pop_crm::{
    Account, AuthChoice, Budgets, Connection, Definition, Examination, Looking, Overlay, Ports,
    Proxying, ReqwestHttp, Resolver, SystemClock, Traffic, built_in,
};
use pop_sandbox::{Fault, FaultRule, Options, Sandbox};
use tokio::net::{TcpListener, TcpStream};

pub(crate) const TOKEN: &str = "faults-token";
/// The name of the server that is reached over TLS.
pub(crate) const HOST: &str = "crm.meridian.example";

/// How long a stage waits here, so that silence is told quickly.
const STAGE: Duration = Duration::from_millis(1_800);

/// Where names lead, and how long that takes.
#[derive(Clone, Default)]
pub(crate) struct Names {
    pub(crate) to: Vec<SocketAddr>,
    pub(crate) plain: Option<SocketAddr>,
    pub(crate) takes: Duration,
    pub(crate) fails: bool,
}

#[async_trait]
impl Resolver for Names {
    async fn addresses(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        if self.to.is_empty()
            && let Ok(address) = host.parse()
        {
            return Ok(vec![SocketAddr::new(address, port)]);
        }
        tokio::time::sleep(self.takes).await;
        if self.fails {
            return Err(io::Error::other("no such name"));
        }
        if port == PLAIN {
            return Ok(self.plain.into_iter().collect());
        }
        Ok(self.to.clone())
    }
}

/// Stands for port 80.
const PLAIN: u16 = 80;

/// A clock that is off.
pub(crate) struct Off(pub(crate) i64);

#[async_trait]
impl Clock for Off {
    fn now(&self) -> Moment {
        let now = SystemClock.now().micros();
        Moment::from_micros(now + self.0 * 1_000_000)
    }
    async fn sleep(&self, wait: Duration) {
        SystemClock.sleep(wait).await;
    }
}

/// The made-up server's https address, led to the sandbox's plain one.
struct Led {
    inner: ReqwestHttp,
    origin: String,
}

#[async_trait]
impl Http for Led {
    async fn send(&self, mut request: Request) -> Result<Response, HttpFault> {
        let https = format!("https://{HOST}");
        request.url = request.url.replacen(&https, &self.origin, 1);
        self.inner.send(request).await
    }
}

/// What differs.
pub(crate) struct Given {
    pub(crate) names: Names,
    pub(crate) proxying: Proxying,
    pub(crate) trust: Option<Arc<dyn rustls::client::danger::ServerCertVerifier>>,
    pub(crate) clock: i64,
    pub(crate) overlay: &'static str,
    pub(crate) token: &'static str,
    pub(crate) rule: Option<FaultRule>,
    pub(crate) examination: Examination,
    /// The server is reached over TLS, by its name.
    pub(crate) secure: bool,
    /// Another plain server than the sandbox.
    pub(crate) server: Option<SocketAddr>,
    pub(crate) budgets: Budgets,
    /// Requests before, of which the last one's fault called for the doctor.
    pub(crate) before: Before,
}

/// What happens before the doctor comes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Before {
    Nothing,
    /// A lookup, whose fault is the reason.
    Lookup,
    /// A request that holds the only place for a while.
    Busy,
    /// A request that is told to leave the CRM alone for a second.
    Limited,
}

impl Default for Given {
    fn default() -> Self {
        Self {
            names: Names::default(),
            proxying: Proxying::Direct,
            trust: None,
            clock: 0,
            overlay: "",
            token: TOKEN,
            rule: None,
            examination: Examination {
                known_good: Some("12345".to_owned()),
                ..Examination::default()
            },
            secure: false,
            server: None,
            budgets: Budgets {
                total: Duration::from_secs(4),
                one_try: Duration::from_millis(2_500),
                shortest_pause: Duration::ZERO,
                longest_pause: Duration::ZERO,
                ..Budgets::default()
            },
            before: Before::Nothing,
        }
    }
}

/// Plays a fault and lets the doctor look.
pub(crate) async fn played(given: Given) -> Report {
    let options = Options {
        customers: 30,
        ..Options::new(TOKEN)
    };
    let sandbox = Sandbox::start(options).await.expect("a sandbox starts");
    let origin = match given.server {
        Some(address) => format!("http://{address}"),
        None => sandbox.origin(),
    };
    sandbox.set_fault(given.rule.clone());
    let connection = Arc::new(connection(&origin, &given));
    let mut names = given.names.clone();
    if names.to.is_empty() && !names.fails && !given.secure {
        names.to.push(
            origin
                .trim_start_matches("http://")
                .parse()
                .expect("an address"),
        );
    }
    let looking = Looking {
        resolver: Arc::new(names),
        proxying: given.proxying.clone(),
        trust: given.trust.clone().unwrap_or_else(crate::tls::nobody),
        clock: Arc::new(Off(given.clock)),
        stage: STAGE,
        plain_port: PLAIN,
    };
    let examination = before(&given, &connection, &sandbox).await;
    let began = std::time::Instant::now();
    let checks = connection.examine(Some(&looking), &examination).await;
    let mut report = report(checks);
    report.took = began.elapsed();
    sandbox.stop().await;
    report
}

async fn before(given: &Given, connection: &Arc<Connection>, sandbox: &Sandbox) -> Examination {
    let mut examination = given.examination.clone();
    match given.before {
        Before::Nothing => {}
        Before::Lookup => {
            let someone = pop_tests::connections::id("12345");
            let found = connection
                .find(&someone, &pop_crm::Context::default())
                .await;
            examination.because = found.err();
        }
        Before::Busy => {
            let connection = Arc::clone(connection);
            tokio::spawn(async move {
                let _ = connection.search("a", &pop_crm::Context::default()).await;
            });
            // It has the place when the server has heard it.
            while sandbox.requests().is_empty() {
                tokio::task::yield_now().await;
            }
        }
        Before::Limited => {
            let _ = connection.search("a", &pop_crm::Context::default()).await;
        }
    }
    examination
}

pub(crate) fn report(checks: Vec<Check>) -> Report {
    Report {
        connection: None,
        label: "Meridian".to_owned(),
        begun: Moment::default(),
        took: Duration::ZERO,
        because: None,
        known_record: None,
        checks,
    }
}

fn connection(origin: &str, given: &Given) -> Connection {
    let loopback: Vec<_> = LoopbackOrigin::permitted_by_machine_policy(origin)
        .into_iter()
        .collect();
    let (_, text) = built_in()
        .iter()
        .find(|(id, _)| *id == "rest")
        .expect("it is built in");
    let overlay = Overlay {
        file: "overlay.toml".to_owned(),
        text: given.overlay.to_owned(),
    };
    let definition = Definition::load("rest.toml", text, &[overlay]);
    let server = if given.secure {
        format!("https://{HOST}")
    } else {
        origin.to_owned()
    };
    let account = Account {
        id: ConnectionId("meridian".to_owned()),
        definition: Arc::new(definition.unwrap_or_else(|faults| panic!("{faults:?}"))),
        settings: BTreeMap::from([("server".to_owned(), server.into())]),
        auth: AuthChoice {
            method: "token".to_owned(),
            secrets: BTreeMap::from([("secret".to_owned(), Secret::new(given.token.to_owned()))]),
        },
        phone_rules: PhoneRules {
            default_region: Region::parse("ES"),
            own_numbers: Vec::new(),
        },
        loopback: loopback.clone(),
        budgets: given.budgets,
    };
    let inner = ReqwestHttp::new(loopback).expect("the platform has TLS");
    let http: Arc<dyn Http> = if given.secure {
        Arc::new(Led {
            inner,
            origin: origin.to_owned(),
        })
    } else {
        Arc::new(inner)
    };
    let ports = Ports {
        http,
        clock: Arc::new(SystemClock),
        traffic: Arc::new(Traffic::default()),
        tokens: Arc::new(MemoryTokens::default()),
    };
    Connection::open(account, ports).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// A rule for every request of the sandbox.
pub(crate) fn always(fault: Fault) -> FaultRule {
    FaultRule::always(fault)
}

/// A server that does one thing with every connection.
pub(crate) async fn server<F, D>(does: D) -> SocketAddr
where
    F: Future<Output = ()> + Send + 'static,
    D: Fn(TcpStream) -> F + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("it has an address");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(does(stream));
        }
    });
    address
}

/// A server that answers every connection with this text, once its request has begun.
pub(crate) async fn says(text: &'static str) -> SocketAddr {
    server(move |stream| answer(stream, text)).await
}

pub(crate) async fn answer(mut stream: TcpStream, text: &'static str) {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let mut begun = [0; 2_048];
    let _ = stream.read(&mut begun).await;
    let _ = stream.write_all(text.as_bytes()).await;
    let _ = stream.flush().await;
    tokio::time::sleep(Duration::from_millis(200)).await;
}

/// A server that takes connections and says nothing.
pub(crate) async fn silent() -> SocketAddr {
    server(|stream| async move {
        tokio::time::sleep(Duration::from_secs(20)).await;
        drop(stream);
    })
    .await
}

/// A port that swallows what comes: its queue is full, so a new connection meets silence.
pub(crate) async fn swallows(any: &str) -> SocketAddr {
    let any: SocketAddr = any.parse().expect("an address");
    let socket = match any {
        SocketAddr::V4(_) => tokio::net::TcpSocket::new_v4(),
        SocketAddr::V6(_) => tokio::net::TcpSocket::new_v6(),
    };
    let socket = socket.expect("a socket");
    socket.bind(any).expect("a free port");
    let listener = socket.listen(1).expect("it listens");
    let address = listener.local_addr().expect("it has an address");
    tokio::spawn(async move {
        let mut held = Vec::new();
        for _ in 0..8 {
            let connecting = TcpStream::connect(address);
            held.push(tokio::time::timeout(Duration::from_millis(50), connecting).await);
        }
        tokio::time::sleep(Duration::from_secs(20)).await;
        drop((listener, held));
    });
    tokio::time::sleep(Duration::from_millis(500)).await;
    address
}

/// A port where nothing listens.
pub(crate) async fn closed() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    listener.local_addr().expect("it has an address")
}
