//! One connection under test: the product's own connection, the server it talks to, and the people
//! that server knows. Which vendor it is, is known in the module above and nowhere else.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use pop_core::email::Email;
use pop_core::http::{Http, HttpFault, Request, Response};
use pop_core::identifier::{Assurance, Identifier, Kind, Value};
use pop_core::phone::{Phone, PhoneRules, Region};
use pop_core::profile::{Activity, Case, Customer, Listed};
use pop_crm::{Connection, Context};
use pop_doubles::{Act, Cast, Double, Person, Trouble};
use pop_sandbox::{Fault, FaultRule, Sandbox};

/// One connection with everything around it.
pub struct Subject {
    /// The product's own connection.
    pub connection: Connection,
    /// What it talks to.
    pub server: Server,
    /// Whom the server knows.
    pub cast: Cast,
    /// What left, and when.
    pub wire: Arc<Watched>,
    /// Whether somebody signed in with the browser, so that there are tokens to renew.
    pub by_browser: bool,
    pub(super) promised: Promised,
}

/// How many round trips after one another a whole pop may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Promised {
    /// By whatever names the record.
    pub(super) usual: usize,
    /// By a telephony number, where the CRM can only search for one.
    pub(super) by_phone: usize,
}

/// The server of a connection.
pub enum Server {
    /// The embedded CRM.
    Sandbox(Box<Sandbox>),
    /// A vendor's double.
    Double(Double),
}

/// Everything that a pop shows.
pub struct Popped {
    /// Who it is.
    pub customer: Customer,
    /// Their cases.
    pub cases: Listed<Case>,
    /// Their history.
    pub activities: Listed<Activity>,
}

impl Subject {
    /// How many round trips after one another a whole pop by this kind of identifier may take.
    pub fn promised(&self, kind: Kind) -> usize {
        match kind {
            Kind::RecordId | Kind::ExternalId | Kind::Email => self.promised.usual,
            Kind::Phone => self.promised.by_phone,
        }
    }

    /// The vendor's double behind it.
    pub fn double(&self) -> &Double {
        match &self.server {
            Server::Double(double) => double,
            Server::Sandbox(_) => panic!("the embedded CRM is no double"),
        }
    }

    /// Gives up every connection that is open: the next request has to connect anew.
    pub fn cool_down(&self) {
        self.wire.lead_through(match &self.server {
            Server::Sandbox(sandbox) => super::client(vec![super::sandbox::origin(sandbox)]),
            Server::Double(double) => super::routed(double),
        });
    }

    /// Whether customers can be found by this kind of identifier.
    pub fn finds(&self, kind: Kind) -> bool {
        self.connection.capabilities().finds.contains(&kind)
    }

    /// What the desk does when an interaction comes in: who, then cases and history side by side,
    /// with nothing taken from what was answered before.
    pub async fn pop(&self, identifier: &Identifier) -> Popped {
        let context = fresh();
        let found = self.connection.find(identifier, &context).await;
        let mut found = found.unwrap_or_else(|fault| panic!("{identifier:?}: {fault:?}"));
        assert_eq!(found.customers.len(), 1, "{identifier:?}: {found:?}");
        let customer = found.customers.remove(0);
        let (cases, activities) = tokio::join!(
            self.connection.cases(&customer, &context),
            self.connection.activities(&customer, &context),
        );
        Popped {
            cases: cases.unwrap_or_else(|fault| panic!("cases of {customer:?}: {fault:?}")),
            activities: activities
                .unwrap_or_else(|fault| panic!("activities of {customer:?}: {fault:?}")),
            customer,
        }
    }

    /// The identifiers by which a person of the cast can be found here.
    pub fn identifiers(&self, person: &Person) -> Vec<Identifier> {
        let id = Some(id(&person.id));
        let external = person.external_id.as_deref().map(external_id);
        // An address with signs that no mail system takes is nobody's identifier.
        let email = person
            .email
            .as_deref()
            .and_then(|email| Email::parse(email).ok());
        let email = email.map(|email| identifier(Value::Email(email)));
        let phone = person.phone.as_deref().map(phone);
        let all = [id, external, email, phone].into_iter().flatten();
        all.filter(|identifier| self.finds(identifier.kind()))
            .collect()
    }
}

impl Server {
    /// Every request meets this until [`Self::heal`].
    pub fn trouble(&self, trouble: Trouble) {
        match self {
            Self::Double(double) => double.each_on("", Act::Trouble(trouble)),
            Self::Sandbox(sandbox) => {
                let fault = match trouble {
                    Trouble::Expired => Fault::Unauthorized,
                    Trouble::Forbidden => Fault::Forbidden,
                    Trouble::NotFound => Fault::NotFound,
                    Trouble::Invalid(_) => Fault::Unprocessable,
                    Trouble::Conflict => Fault::Conflict,
                    Trouble::RateLimited => Fault::RateLimited { retry_after: 30 },
                    Trouble::Unavailable => Fault::ServerError { status: 503 },
                };
                sandbox.set_fault(Some(FaultRule::always(fault)));
            }
        }
    }

    /// Every request meets this until [`Self::heal`].
    pub fn act(&self, act: Act) {
        match self {
            Self::Double(double) => double.each_on("", act),
            Self::Sandbox(sandbox) => {
                let fault = match act {
                    Act::Reset | Act::CutBody | Act::LostAfterStoring => Fault::Cut,
                    Act::Truncated => Fault::TruncatedJson,
                    Act::Slow(delay) => Fault::Slow {
                        millis: u64::try_from(delay.as_millis()).expect("a short delay"),
                    },
                    Act::Huge => Fault::HugeBody,
                    Act::Html => Fault::Html,
                    Act::Blank => Fault::EmptyBody,
                    Act::Trouble(_) | Act::Answer(_) => panic!("the sandbox cannot: {act:?}"),
                };
                sandbox.set_fault(Some(FaultRule::always(fault)));
            }
        }
    }

    /// Makes everything well again.
    pub fn heal(&self) {
        match self {
            Self::Double(double) => double.heal(),
            Self::Sandbox(sandbox) => sandbox.set_fault(None),
        }
    }

    /// How long every request waits from now on.
    pub fn set_latency(&self, latency: Duration) {
        match self {
            Self::Double(double) => double.set_latency(latency),
            Self::Sandbox(_) => self.act(Act::Slow(latency)),
        }
    }

    /// How long a new connection waits before its first request; the sandbox has no such distance.
    pub fn set_connecting(&self, latency: Duration) {
        if let Self::Double(double) = self {
            double.set_connection_latency(latency);
        }
    }
}

/// The HTTP port of a connection under test: it remembers when each request began and ended.
pub struct Watched {
    inner: Mutex<Arc<dyn Http>>,
    sent: Mutex<Vec<Sent>>,
}

/// One request that left.
#[derive(Clone, Debug)]
pub struct Sent {
    /// Method and address.
    pub line: String,
    /// When it left.
    pub from: Instant,
    /// When its answer was there.
    pub to: Option<Instant>,
}

impl Watched {
    /// Watches what goes through another port.
    pub fn new(inner: Arc<dyn Http>) -> Self {
        Self {
            inner: Mutex::new(inner),
            sent: Mutex::default(),
        }
    }

    /// Watches what goes through this port from now on.
    fn lead_through(&self, inner: Arc<dyn Http>) {
        *self.inner.lock().unwrap_or_else(PoisonError::into_inner) = inner;
    }

    fn inner(&self) -> Arc<dyn Http> {
        let inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&inner)
    }

    /// Everything that left since the last [`Self::forget`].
    pub fn sent(&self) -> Vec<Sent> {
        let sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        sent.clone()
    }

    /// Forgets what left.
    pub fn forget(&self) {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        sent.clear();
    }

    /// How many requests followed one another: the longest chain of which each began only after
    /// the one before it was answered.
    pub fn depth(&self) -> usize {
        let sent = self.sent();
        let mut depths: Vec<usize> = Vec::new();
        for (at, request) in sent.iter().enumerate() {
            let before = sent.iter().take(at).zip(&depths);
            let waited_for = before
                .filter(|(earlier, _)| earlier.to.is_some_and(|to| to <= request.from))
                .map(|(_, depth)| *depth);
            depths.push(waited_for.max().unwrap_or(0) + 1);
        }
        depths.into_iter().max().unwrap_or(0)
    }
}

#[async_trait]
impl Http for Watched {
    async fn send(&self, request: Request) -> Result<Response, HttpFault> {
        let at = {
            let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
            sent.push(Sent {
                line: format!("{} {}", request.method.word(), request.url),
                from: Instant::now(),
                to: None,
            });
            sent.len() - 1
        };
        let answer = self.inner().send(request).await;
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sent) = sent.get_mut(at) {
            sent.to = Some(Instant::now());
        }
        answer
    }
}

/// Numbers without a country are read as of the United States, where most of the cast live.
pub(super) fn phone_rules() -> PhoneRules {
    PhoneRules {
        default_region: Region::parse("US"),
        own_numbers: Vec::new(),
    }
}

/// A question whose answer may not come from an earlier one.
pub fn fresh() -> Context {
    Context {
        fresh: true,
        ..Context::default()
    }
}

/// A record's id, attached by the platform; so are the identifiers below.
pub fn id(id: &str) -> Identifier {
    identifier(Value::RecordId(id.to_owned()))
}

/// Another system's number.
pub fn external_id(id: &str) -> Identifier {
    identifier(Value::ExternalId(id.to_owned()))
}

/// An e-mail address.
pub fn email(address: &str) -> Identifier {
    identifier(Value::Email(Email::parse(address).expect("an address")))
}

/// A telephone number.
pub fn phone(number: &str) -> Identifier {
    let phone = Phone::parse(number, &phone_rules());
    identifier(Value::Phone(phone.expect("a number")))
}

fn identifier(value: Value) -> Identifier {
    Identifier {
        value,
        assurance: Assurance::Attached,
    }
}
