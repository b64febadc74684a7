//! A sandbox with few customers, and a connection to it as the product makes one.

use std::collections::BTreeMap;
use std::sync::Arc;

use pop_core::email::Email;
use pop_core::identifier::{Assurance, Identifier, Value};
use pop_core::link::LoopbackOrigin;
use pop_core::phone::{Phone, PhoneRules, Region};
use pop_core::profile::{ConnectionId, Customer};
use pop_core::secret::Secret;
use pop_core::tokens::MemoryTokens;
use pop_crm::{
    Account, AuthChoice, Budgets, Connection, Definition, Overlay, Ports, ReqwestHttp, SystemClock,
    Traffic, built_in,
};
use pop_sandbox::{Options, Sandbox};

pub(crate) const TOKEN: &str = "contract-token";

pub(crate) struct Contract {
    pub(crate) sandbox: Sandbox,
    pub(crate) connection: Connection,
}

/// What differs between the connections of these tests.
pub(crate) struct Given {
    pub(crate) overlay: &'static str,
    pub(crate) token: &'static str,
    pub(crate) budgets: Budgets,
    pub(crate) idempotent: bool,
}

impl Default for Given {
    fn default() -> Self {
        Self {
            overlay: "",
            token: TOKEN,
            budgets: Budgets::default(),
            idempotent: false,
        }
    }
}

pub(crate) async fn connected() -> Contract {
    connected_with(Given::default()).await
}

pub(crate) async fn connected_with(given: Given) -> Contract {
    let options = Options {
        customers: 40,
        ..Options::new(TOKEN)
    };
    let sandbox = Sandbox::start(options).await.expect("a sandbox starts");
    let connection = connection(&sandbox.origin(), given);
    Contract {
        sandbox,
        connection,
    }
}

pub(crate) fn connection(origin: &str, given: Given) -> Connection {
    let port = origin
        .rsplit(':')
        .next()
        .and_then(|port| port.parse().ok())
        .expect("a port");
    let loopback = vec![LoopbackOrigin::of_own_sandbox(port)];
    let (_, text) = built_in()
        .iter()
        .find(|(id, _)| *id == "rest")
        .expect("it is built in");
    let overlay = Overlay {
        file: "overlay.toml".into(),
        text: given.overlay.to_owned(),
    };
    let definition = Definition::load("rest.toml", text, &[overlay]);
    let account = Account {
        id: ConnectionId("sandbox".into()),
        definition: Arc::new(definition.unwrap_or_else(|faults| panic!("{faults:?}"))),
        settings: BTreeMap::from([
            ("server".to_owned(), origin.into()),
            ("idempotent".to_owned(), given.idempotent.into()),
        ]),
        auth: AuthChoice {
            method: "token".into(),
            secrets: BTreeMap::from([("secret".to_owned(), Secret::new(given.token.to_owned()))]),
        },
        phone_rules: phone_rules(),
        loopback: loopback.clone(),
        budgets: given.budgets,
    };
    let ports = Ports {
        http: Arc::new(ReqwestHttp::new(loopback).expect("the platform has TLS")),
        clock: Arc::new(SystemClock),
        traffic: Arc::new(Traffic::default()),
        tokens: Arc::new(MemoryTokens::default()),
    };
    Connection::open(account, ports).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn phone_rules() -> PhoneRules {
    PhoneRules {
        default_region: Region::parse("ES"),
        own_numbers: Vec::new(),
    }
}

fn identifier(value: Value) -> Identifier {
    Identifier {
        value,
        assurance: Assurance::Attached,
    }
}

pub(crate) fn id(id: &str) -> Identifier {
    identifier(Value::RecordId(id.to_owned()))
}

pub(crate) fn external_id(id: &str) -> Identifier {
    identifier(Value::ExternalId(id.to_owned()))
}

pub(crate) fn email(address: &str) -> Identifier {
    identifier(Value::Email(Email::parse(address).expect("an address")))
}

pub(crate) fn phone(number: &str) -> Identifier {
    identifier(Value::Phone(
        Phone::parse(number, &phone_rules()).expect("a number"),
    ))
}

pub(crate) fn ids(customers: &[Customer]) -> Vec<&str> {
    customers
        .iter()
        .map(|customer| customer.id.as_str())
        .collect()
}
