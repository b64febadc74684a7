//! One CRM account: a definition, filled-in settings, a way to sign in, and the ports.
//!
//! What it is asked is in the modules beside this one; what it knows between two calls is here.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use pop_core::clock::Clock;
use pop_core::fault::{Fault, FaultKind};
use pop_core::http::Http;
use pop_core::link::{HostPattern, LoopbackOrigin};
use pop_core::moment::Moment;
use pop_core::phone::PhoneRules;
use pop_core::profile::ConnectionId;
use pop_core::secret::Secret;
use pop_core::tokens::Tokens;
use serde_json::{Map, Value};
use tokio::sync::Semaphore;
use url::Url;

use crate::file::fault::LoadFault;
use crate::language::auth::{AuthChoice, AuthMethod};
use crate::language::definition::{Capabilities, Definition};
use crate::language::plan::Plan;
use crate::language::setting::{self, Setting};
use crate::net::origin::{self, Origin};
use crate::net::traffic::{Health, Traffic};
use crate::run::batch::Batcher;
use crate::run::budget::Budgets;
use crate::run::names::Names;
use crate::run::quota::Quota;
use crate::run::recent::Recent;
use crate::run::write::Writer;
use crate::sign_in::endpoint::Endpoint;
use crate::sign_in::registration::Filling;
use crate::sign_in::session::Session;

/// The world, as far as a connection needs it.
#[derive(Clone)]
pub struct Ports {
    /// Sends requests.
    pub http: Arc<dyn Http>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// The state of all origins; one for all connections.
    pub traffic: Arc<Traffic>,
    /// Keeps the grants of sign-ins.
    pub tokens: Arc<dyn Tokens>,
}

/// What a connection is made of.
pub struct Account {
    /// Its name.
    pub id: ConnectionId,
    /// The CRM's definition.
    pub definition: Arc<Definition>,
    /// The settings that were filled in, without secrets.
    pub settings: BTreeMap<String, Value>,
    /// The way to sign in, with its secrets.
    pub auth: AuthChoice,
    /// What is known about telephone numbers.
    pub phone_rules: PhoneRules,
    /// The plain-http origins that somebody vouched for.
    pub loopback: Vec<LoopbackOrigin>,
    /// How long calls may take.
    pub budgets: Budgets,
}

/// Why an account is no connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConnectFault {
    /// A setting has no value, or one that is not accepted; never holds the value.
    Setting {
        /// The setting's name.
        name: String,
        /// What is expected.
        expected: String,
    },
    /// The way to sign in cannot be used.
    Auth {
        /// The method's name.
        method: String,
        /// What is expected.
        expected: String,
    },
    /// The definition with the variants that these settings choose.
    Definition(LoadFault),
}

/// One CRM account that can be asked.
pub struct Connection {
    pub(crate) id: ConnectionId,
    pub(crate) plan: Plan,
    pub(crate) settings: Map<String, Value>,
    pub(crate) auth: Arc<AuthChoice>,
    /// What keeps the token fresh, where one is fetched.
    pub(crate) session: Option<Arc<Session>>,
    pub(crate) phone_rules: PhoneRules,
    pub(crate) ports: Ports,
    pub(crate) loopback: Vec<LoopbackOrigin>,
    pub(crate) within: Vec<HostPattern>,
    pub(crate) budgets: Budgets,
    pub(crate) at_once: Option<Semaphore>,
    pub(crate) batcher: Batcher,
    pub(crate) recent: Recent,
    pub(crate) quotas: Mutex<Vec<Quota>>,
    pub(crate) learned: Mutex<Learned>,
    /// One for each thing that is learned, so that it is asked for once at a time.
    pub(crate) learning: BTreeMap<String, tokio::sync::Mutex<()>>,
    /// What never changes: settings and tables; the token too where an example says it.
    pub(crate) names: Names,
}

/// The name under which it is learned who we are; no reference is called so.
pub(crate) const ME: &str = "";

/// What was asked once and is kept.
#[derive(Default)]
pub(crate) struct Learned {
    pub(crate) me: Option<Value>,
    pub(crate) refs: BTreeMap<String, (Moment, Value)>,
    /// How often everything was forgotten: what was asked before is not kept after.
    pub(crate) epoch: u64,
}

impl Learned {
    pub(crate) fn forget(&mut self) {
        *self = Self {
            epoch: self.epoch.wrapping_add(1),
            ..Self::default()
        };
    }
}

impl Connection {
    /// Makes a connection; all faults of its settings at once.
    pub fn open(account: Account, ports: Ports) -> Result<Self, Vec<ConnectFault>> {
        let mut connection = Self::build(account, ports)?;
        let session = connection.check_auth().map_err(|fault| vec![fault])?;
        connection.session = session.map(Arc::new);
        Ok(connection)
    }

    /// Makes a connection without looking at the way to sign in.
    pub(crate) fn build(account: Account, ports: Ports) -> Result<Self, Vec<ConnectFault>> {
        let definition = &account.definition;
        let accept = |known: &[Setting], faults: &mut Vec<(String, String)>| {
            setting::accepted(known, &account.settings, &account.loopback, faults)
        };
        let choosing = accept(definition.settings(), &mut Vec::new());
        let plan = definition.plan_for(&choosing).map_err(|faults| {
            faults
                .into_iter()
                .map(ConnectFault::Definition)
                .collect::<Vec<_>>()
        })?;
        let mut faults = Vec::new();
        let settings = accept(&plan.settings, &mut faults);
        if !faults.is_empty() {
            let faults = faults.into_iter();
            return Err(faults
                .map(|(name, expected)| ConnectFault::Setting { name, expected })
                .collect());
        }
        let names = Names::default()
            .with("setting", Value::Object(settings.clone()))
            .with("token", Value::Object(Map::new()))
            .with("table", plan.tables.clone());
        let at_once = plan.http.at_once.map(Semaphore::new);
        let refs = plan.refs.iter().map(|part| part.name.clone());
        let learning = refs
            .chain([ME.to_owned()])
            .map(|name| (name, tokio::sync::Mutex::default()))
            .collect();
        let mut connection = Self {
            id: account.id,
            plan,
            settings,
            auth: Arc::new(account.auth),
            session: None,
            phone_rules: account.phone_rules,
            ports,
            loopback: account.loopback,
            within: Vec::new(),
            budgets: account.budgets,
            at_once,
            batcher: Batcher::default(),
            recent: Recent::default(),
            quotas: Mutex::default(),
            learned: Mutex::default(),
            learning,
            names,
        };
        connection.within = connection.hosts(&connection.plan.http.within);
        Ok(connection)
    }

    /// Its name.
    pub fn id(&self) -> &ConnectionId {
        &self.id
    }

    /// What it can do with its settings.
    pub fn capabilities(&self) -> Capabilities {
        self.plan.capabilities(&self.settings)
    }

    /// How its server answers, and how much it may still be asked.
    pub fn state(&self) -> Health {
        let origin = self
            .base()
            .ok()
            .and_then(|base| Origin::of(&base, &self.loopback));
        let lane = origin.map(|origin| self.ports.traffic.lane(&origin));
        let quotas = self.quotas.lock().unwrap_or_else(PoisonError::into_inner);
        Health {
            quotas: quotas.clone(),
            ..lane.map_or_else(Health::default, |lane| lane.health(self.now()))
        }
    }

    /// The address below which its paths lie.
    pub(crate) fn base(&self) -> Result<Url, FaultKind> {
        self.base_with(&self.settled_names())
    }

    pub(crate) fn base_with(&self, names: &Names) -> Result<Url, FaultKind> {
        let base = self.writer(names).plain(&self.plan.http.base);
        let base = base
            .map_err(FaultKind::from)?
            .ok_or(FaultKind::UnsafeValue)?;
        Url::parse(&base).map_err(|_| FaultKind::UnsafeValue)
    }

    /// The host patterns of a `within` list; entries without a value allow nothing.
    pub(crate) fn hosts(&self, within: &[pop_core::template::Template]) -> Vec<HostPattern> {
        let writer = self.writer(&self.names);
        let texts = within
            .iter()
            .filter_map(|template| writer.plain(template).ok().flatten());
        texts
            .filter_map(|text| origin::entry(&text, &self.loopback))
            .collect()
    }

    /// What has a value whatever is asked: settings, tables, and what is known of the token.
    pub(crate) fn settled_names(&self) -> Names {
        let names = self.names.clone();
        match &self.session {
            Some(session) => names.with("token", session.names()),
            None => names,
        }
    }

    pub(crate) fn writer<'w>(&'w self, names: &'w Names) -> Writer<'w> {
        Writer {
            names,
            texts: [&[], &[], &self.plan.texts],
            fields: &self.plan.fields,
        }
    }

    pub(crate) fn now(&self) -> Moment {
        self.ports.clock.now()
    }

    pub(crate) fn fault(&self, kind: FaultKind) -> Fault {
        Fault::new(kind, self.now())
    }

    /// Checks the way to sign in; the session is returned where a token is fetched.
    fn check_auth(&self) -> Result<Option<Session>, ConnectFault> {
        let fault = |expected: &str| ConnectFault::Auth {
            method: self.auth.method.clone(),
            expected: expected.to_owned(),
        };
        let method = self
            .method()
            .ok_or_else(|| fault("a way to sign in that the definition offers"))?;
        for secret in self.auth.secrets.values() {
            let text = secret.expose("only what a header can carry is taken for a secret");
            if !text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
                return Err(fault("a secret of ASCII characters without line breaks"));
            }
        }
        for field in method.fields.iter().filter(|field| !field.optional) {
            let filled = self.auth.secrets.get(&field.name);
            if filled.is_none_or(Secret::is_empty) {
                return Err(fault(&format!("a value for {}", field.name)));
            }
        }
        let Some(oauth) = method.oauth() else {
            self.auth_headers(None)
                .map_err(|missing| fault(&format!("a value for {missing}")))?;
            return Ok(None);
        };
        let writer = self.writer(&self.names);
        let filling = Filling {
            setting: |name: &str| writer.value_text(name).ok(),
            loopback: &self.loopback,
        };
        let endpoint = Endpoint {
            registration: filling.registration(oauth).map_err(|why| fault(&why))?,
            auth: Arc::clone(&self.auth),
            ports: self.ports.clone(),
            loopback: self.loopback.clone(),
        };
        Ok(Some(Session::new(self.id.clone(), endpoint)))
    }

    fn method(&self) -> Option<&AuthMethod> {
        let methods = &self.plan.auth;
        methods
            .iter()
            .find(|method| method.name == self.auth.method)
    }

    /// The headers that sign a request in, or the name that has no value.
    pub(crate) fn auth_headers(
        &self,
        token: Option<&Secret>,
    ) -> Result<Vec<(String, pop_core::http::HeaderValue)>, String> {
        let method = self.method().ok_or_else(|| self.auth.method.clone())?;
        let writer = self.writer(&self.names);
        let setting = |name: &str| writer.value_text(name).ok();
        method.headers(&self.auth.secrets, token, setting)
    }
}
