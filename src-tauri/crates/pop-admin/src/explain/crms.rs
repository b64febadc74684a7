//! The CRMs of a dry run: what each would be asked, and what it answers or is supposed to.

use std::collections::BTreeMap;
use std::io::Write;

use pop_core::desk::{Answer, Findings, Pop, Question};
use pop_core::fault::{Fault as CrmFault, FaultKind};
use pop_core::interaction::AgentRef;
use pop_core::profile::{ConnectionId, Customer, Listed, RecordKind, RecordRef};
use pop_crm::{Asks, ConnectFault, Connection, Context, Planned};

use crate::bundle::now;
use crate::connected::{Configured, secret};
use crate::explain::{Explain, Suppose};
use crate::fault::Fault;
use crate::layers::InForce;

/// The connections of the settings.
pub(crate) struct Crms {
    by_id: BTreeMap<ConnectionId, Crm>,
    agent: AgentRef,
}

/// One of them.
pub(crate) struct Crm {
    pub(crate) label: String,
    /// What tells its requests and links, without anybody's answer.
    pub(crate) dry: Connection,
    /// What is asked; nothing where nobody is, or why it cannot be.
    real: Option<Result<Connection, CrmFault>>,
}

/// What one connection is asked.
pub(crate) struct Line {
    pub(crate) connection: ConnectionId,
    pub(crate) label: String,
    pub(crate) asks: Asks,
    pub(crate) planned: Vec<Planned>,
    /// How many were found or listed, or why there is no answer.
    pub(crate) came: Result<usize, CrmFault>,
}

impl Line {
    /// Whether it could not answer; what it cannot be asked at all is no failure.
    pub(crate) fn failed(&self) -> bool {
        let fault = self.came.as_ref().err();
        fault.is_some_and(|fault| fault.kind != FaultKind::NotSupported)
    }
}

impl Crms {
    pub(crate) fn of(
        in_force: &InForce,
        wanted: &Explain,
        out: &mut impl Write,
    ) -> Result<Self, Fault> {
        let secrets = wanted.secrets();
        let known = &in_force.settings.connections;
        if let Some(name) = secrets.keys().find(|name| !known.contains_key(**name)) {
            return Err(Fault::NoSuchConnection((*name).to_owned()));
        }
        let mut by_id = BTreeMap::new();
        for (name, settings) in known {
            let configured = Configured {
                name,
                settings,
                in_force,
            };
            let load = |out: &mut dyn Write| match configured.definition(None)? {
                Ok(definition) => Ok(definition),
                Err(faults) => {
                    let count = faults.len();
                    faults
                        .iter()
                        .try_for_each(|fault| writeln!(out, "{fault}"))?;
                    Err(Fault::Definition { count })
                }
            };
            let real = if wanted.ask {
                let secret = secrets.get(name.as_str()).map(|path| secret(path));
                let account = configured.account(load(out)?, secret.transpose()?);
                Some(opened(&configured, account)?)
            } else {
                None
            };
            let crm = Crm {
                label: settings.label.clone(),
                dry: configured.dry(load(out)?)?,
                real,
            };
            by_id.insert(ConnectionId(name.clone()), crm);
        }
        let agent = &in_force.settings.agent;
        Ok(Self {
            by_id,
            agent: AgentRef {
                id: agent.id.clone(),
                email: agent.email.clone(),
                ..AgentRef::default()
            },
        })
    }

    pub(crate) fn get(&self, id: &ConnectionId) -> Option<&Crm> {
        self.by_id.get(id)
    }

    pub(crate) fn label(&self, id: &ConnectionId) -> String {
        self.get(id)
            .map_or_else(|| id.0.clone(), |crm| crm.label.clone())
    }

    /// What a connection answers, or is supposed to.
    pub(crate) async fn answer(
        &self,
        id: &ConnectionId,
        question: &Question,
        wanted: &Explain,
    ) -> Answer {
        let crm = self.get(id);
        match crm.and_then(|crm| crm.real.as_ref()) {
            Some(Ok(connection)) => self.ask(connection, question).await,
            Some(Err(fault)) => no_answer(question, fault.clone()),
            None => self.supposed(id, question, wanted.suppose),
        }
    }

    /// The address of a record that would open; nothing where nobody was asked who it is.
    pub(crate) fn address(&self, pop: &Pop, record: &RecordRef) -> Option<Result<String, String>> {
        let connection = self.get(&record.connection)?.real.as_ref()?.as_ref().ok()?;
        let customer = &pop.known_to(&record.connection)?.customer;
        let case = pop.case(&record.connection, &record.id);
        let case = case.filter(|_| record.kind == RecordKind::Case);
        let link = connection.link(record.kind, customer, case);
        Some(match link {
            Ok(link) => Ok(link.as_str().to_owned()),
            Err(fault) => Err(fault.to_string()),
        })
    }

    /// What is told of one question.
    pub(crate) fn line(&self, id: &ConnectionId, question: &Question, answer: &Answer) -> Line {
        let asks = match question {
            Question::Find(identifier) => Asks::Who(identifier.kind()),
            Question::Cases(_) => Asks::Cases,
            Question::Activities(_) => Asks::Activities,
        };
        let came = match answer {
            Answer::Found(found) => found.as_ref().map(|found| found.customers.len()),
            Answer::Cases(listed) => listed.as_ref().map(|listed| listed.items.len()),
            Answer::Activities(listed) => listed.as_ref().map(|listed| listed.items.len()),
        };
        Line {
            connection: id.clone(),
            label: self.label(id),
            asks,
            planned: self
                .get(id)
                .map(|crm| crm.dry.planned(asks))
                .unwrap_or_default(),
            came: came.map_err(Clone::clone),
        }
    }

    async fn ask(&self, connection: &Connection, question: &Question) -> Answer {
        let context = Context {
            agent: self.agent.clone(),
            ..Context::default()
        };
        match question {
            Question::Find(identifier) => {
                let found = connection.find(identifier, &context).await;
                Answer::Found(found.map(|found| Findings {
                    customers: found.customers,
                    missed: found.incomplete,
                }))
            }
            Question::Cases(customer) => Answer::Cases(connection.cases(customer, &context).await),
            Question::Activities(customer) => {
                Answer::Activities(connection.activities(customer, &context).await)
            }
        }
    }

    fn supposed(&self, id: &ConnectionId, question: &Question, suppose: Suppose) -> Answer {
        match question {
            Question::Find(identifier) => {
                let crm = self.get(id);
                let can = |crm: &Crm| !crm.dry.planned(Asks::Who(identifier.kind())).is_empty();
                if !crm.is_some_and(can) {
                    return no_answer(question, CrmFault::new(FaultKind::NotSupported, now()));
                }
                let first = self.by_id.iter().find(|(_, crm)| can(crm));
                let is_first = first.is_some_and(|(first, _)| first == id);
                Answer::Found(Ok(Findings::from(if is_first {
                    customers(suppose)
                } else {
                    Vec::new()
                })))
            }
            Question::Cases(_) => Answer::Cases(Ok(Listed::default())),
            Question::Activities(_) => Answer::Activities(Ok(Listed::default())),
        }
    }
}

/// The customers that are supposed to be found, the same by every identifier.
fn customers(suppose: Suppose) -> Vec<Customer> {
    let count = match suppose {
        Suppose::One => 1,
        Suppose::Several => 2,
        Suppose::None => 0,
    };
    let customer = |number: usize| Customer {
        id: format!("supposed-{number}"),
        ..Customer::default()
    };
    (1..=count).map(customer).collect()
}

fn no_answer(question: &Question, fault: CrmFault) -> Answer {
    match question {
        Question::Find(_) => Answer::Found(Err(fault)),
        Question::Cases(_) => Answer::Cases(Err(fault)),
        Question::Activities(_) => Answer::Activities(Err(fault)),
    }
}

/// A connection that can be asked; one whose sign-in is not given answers that it needs one.
fn opened(
    configured: &Configured<'_>,
    account: pop_crm::Account,
) -> Result<Result<Connection, CrmFault>, Fault> {
    let unsigned = || CrmFault::new(FaultKind::SignInNeeded, now());
    match Connection::open(account, configured.ports()?) {
        Ok(connection) if connection.needs_sign_in() => Ok(Err(unsigned())),
        Ok(connection) => Ok(Ok(connection)),
        Err(faults) => {
            let is_sign_in = |fault: &ConnectFault| matches!(fault, ConnectFault::Auth { .. });
            if faults.iter().all(is_sign_in) {
                return Ok(Err(unsigned()));
            }
            Err(configured.wrong(&faults))
        }
    }
}
