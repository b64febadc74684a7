//! The embedded CRM as the one that a rehearsal asks: its customers are made up, and the requests to
//! it are the true ones of the definition.

use std::sync::Arc;

use pop_core::bundle::Veil;
use pop_core::fault::Fault as CrmFault;
use pop_core::identifier::{Assurance, Identifier, Value};
use pop_core::link::LoopbackOrigin;
use pop_core::phone::PhoneRules;
use pop_core::profile::{Case, ConnectionId, Customer};
use pop_core::secret::Secret;
use pop_core::settings;
use pop_core::tokens::MemoryTokens;
use pop_crm::{
    Account, AuthChoice, Budgets, Connection, Context, Definition, Ports, ReqwestHttp, SystemClock,
    Traffic,
};
use pop_sandbox::{Options, Sandbox};

use crate::fault::Fault;

/// The first customer that is generated.
pub(crate) const FIRST: usize = 100_001;

/// A sandbox with so many customers.
pub(crate) struct Crm {
    sandbox: Sandbox,
    token: String,
}

/// One connection to it.
pub(crate) struct Asked(Connection);

impl Crm {
    pub(crate) async fn start(customers: usize) -> Result<Self, Fault> {
        let token = token()?;
        let mut options = Options::new(token.clone());
        options.customers = customers;
        let started = Sandbox::start(options).await;
        let sandbox = started.map_err(|error| Fault::Sandbox(error.to_string()))?;
        Ok(Self { sandbox, token })
    }

    /// Connects to it as a bundle's connection would, if the bundle's definition can.
    pub(crate) fn connect(
        &self,
        name: &ConnectionId,
        definition: &Arc<Definition>,
        configured: Option<&settings::Connection>,
    ) -> Result<Asked, Fault> {
        let origin = self.sandbox.origin();
        let mut fields = configured.map_or_else(Default::default, |it| it.fields.clone());
        fields.insert("server".to_owned(), origin.clone().into());
        let loopback = LoopbackOrigin::permitted_by_machine_policy(&origin);
        let loopback: Vec<LoopbackOrigin> = loopback.into_iter().collect();
        let http = ReqwestHttp::new(loopback.clone());
        let http = http.map_err(|fault| Fault::Sandbox(fault.to_string()))?;
        let method = configured.map_or("token", |it| it.method.as_str());
        let secrets = ["secret", "username", "password"];
        let secrets = secrets.map(|name| (name.to_owned(), Secret::new(self.token.clone())));
        let account = Account {
            id: name.clone(),
            definition: Arc::clone(definition),
            settings: fields,
            auth: AuthChoice {
                method: method.to_owned(),
                secrets: secrets.into_iter().collect(),
            },
            phone_rules: PhoneRules::default(),
            loopback,
            budgets: Budgets::default(),
        };
        let ports = Ports {
            http: Arc::new(http),
            clock: Arc::new(SystemClock),
            traffic: Arc::new(Traffic::default()),
            tokens: Arc::new(MemoryTokens::default()),
        };
        let connection = Connection::open(account, ports);
        connection.map(Asked).map_err(|faults| {
            Fault::Sandbox(format!("{} cannot be connected to it: {faults:?}", name.0))
        })
    }

    pub(crate) async fn stop(self) {
        self.sandbox.stop().await;
    }
}

impl Asked {
    /// A customer and their cases.
    pub(crate) async fn look_up(
        &self,
        id: &str,
    ) -> Result<Option<(Customer, Vec<Case>)>, CrmFault> {
        let identifier = Identifier {
            value: Value::ExternalId(id.to_owned()),
            assurance: Assurance::Authenticated,
        };
        let context = Context::default();
        let found = self.0.find(&identifier, &context).await?;
        let Some(customer) = found.customers.into_iter().next() else {
            return Ok(None);
        };
        let cases = self.0.cases(&customer, &context).await?;
        Ok(Some((customer, cases.items)))
    }
}

fn token() -> Result<String, Fault> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| Fault::NoRandomness)?;
    Ok(Veil::new(bytes).text("a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0"))
}
