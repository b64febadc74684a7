//! `[route]`: who may ask where an interaction should go, which CRMs are asked, and the rules.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use pop_core::file::section::Section;
use pop_core::file::tree::join;
use pop_core::phone::PhoneRules;
use pop_core::profile::ConnectionId;
use pop_core::tokens::MemoryTokens;
use pop_crm::{
    Account, AuthChoice, AuthWay, Budgets, ConnectFault, Connection, Definition, Ports,
    ReqwestHttp, SystemClock, Traffic, built_in,
};
use ring::digest::{SHA256, digest};
use serde_json::Value;
use subtle::ConstantTimeEq as _;

use crate::directory::is_opaque;
use crate::enrolment::settings::near;
use crate::pace::Pace;
use crate::route::rules::Rules;
use crate::secrets::Secrets;
use crate::source::refuse_secret;

const DEADLINE: Duration = Duration::from_millis(800);
const LONGEST: Duration = Duration::from_secs(5);
const PER_SECOND: usize = 20;

/// How questions about routing are answered.
pub(crate) struct Route {
    pub(crate) deadline: Duration,
    callers: Vec<Caller>,
    pub(crate) crms: Vec<Connection>,
    pub(crate) rules: Rules,
}

/// Somebody who may ask.
pub(crate) struct Caller {
    pub(crate) name: String,
    /// Digests of its secrets: they are compared whole, whatever the length.
    digests: Vec<[u8; 32]>,
    pub(crate) pace: Pace,
}

impl Route {
    /// Whose secret this is; it takes as long whoever it is.
    pub(crate) fn caller(&self, token: &str) -> Option<&Caller> {
        let asked = sha256(token);
        let mut found = None;
        for caller in &self.callers {
            for known in &caller.digests {
                if bool::from(known.ct_eq(&asked)) {
                    found = Some(caller);
                }
            }
        }
        found
    }
}

fn sha256(text: &str) -> [u8; 32] {
    let mut bytes = [0; 32];
    for (to, from) in bytes
        .iter_mut()
        .zip(digest(&SHA256, text.as_bytes()).as_ref())
    {
        *to = *from;
    }
    bytes
}

/// Reads `[route]`; `None` when nobody may ask, or when something is wrong.
pub(crate) fn read(
    root: &Section<'_>,
    folder: &Path,
    secrets: &Secrets,
    phone_rules: &PhoneRules,
) -> Option<Route> {
    let section = root.section("route")?;
    let deadline = section.count("deadline_ms").map_or(DEADLINE, |millis| {
        Duration::from_millis(u64::try_from(millis).unwrap_or(u64::MAX))
    });
    if deadline > LONGEST {
        section.missing("deadline_ms", "at most 5000");
    }
    let callers = callers(&section, secrets);
    let crms = crms(&section, folder, secrets, phone_rules);
    let rules = Rules::read(&section);
    section.finish();
    Some(Route {
        deadline,
        callers,
        crms,
        rules,
    })
}

fn callers(section: &Section<'_>, secrets: &Secrets) -> Vec<Caller> {
    let Some(table) = section.section("caller") else {
        section.missing(
            "caller",
            "a table [route.caller.<name>] for each who may ask",
        );
        return Vec::new();
    };
    let mut callers = Vec::new();
    for (name, caller) in table.sections() {
        if !is_opaque(name) {
            let expected = "a name of 1 to 64 of A-Z a-z 0-9 _ -, as it stands in counters";
            caller
                .faults
                .add(caller.place, &*caller.path, format!("{name:?}"), expected);
        }
        if !caller.has("secrets") {
            caller.missing("secrets", "a list of one or two names of secrets");
        }
        let mut digests = Vec::new();
        for spot in caller.texts("secrets").unwrap_or_default() {
            match secrets.read(spot.text) {
                Ok(secret) => digests.push(sha256(secret.expose("only its digest is kept"))),
                Err(found) => refuse_secret(&caller, spot, found),
            }
        }
        let rate = caller.count("per_second").unwrap_or(PER_SECOND);
        caller.finish();
        callers.push(Caller {
            name: name.to_owned(),
            digests,
            pace: Pace::per_second(u32::try_from(rate).unwrap_or(u32::MAX)),
        });
    }
    table.finish();
    callers
}

/// The CRMs, the most important first: in the order of the file.
fn crms(
    section: &Section<'_>,
    folder: &Path,
    secrets: &Secrets,
    phone_rules: &PhoneRules,
) -> Vec<Connection> {
    let Some(table) = section.section("crm") else {
        section.missing("crm", "a table [route.crm.<name>] for each CRM");
        return Vec::new();
    };
    let traffic = Arc::new(Traffic::default());
    let mut crms = Vec::new();
    for (name, crm) in table.sections() {
        let account = account(name, &crm, folder, secrets, phone_rules);
        if let Some(connection) = account.and_then(|account| connect(&crm, account, &traffic)) {
            crms.push(connection);
        }
        crm.finish();
    }
    table.finish();
    crms
}

fn account(
    name: &str,
    crm: &Section<'_>,
    folder: &Path,
    secrets: &Secrets,
    phone_rules: &PhoneRules,
) -> Option<Account> {
    let definition = definition(crm, folder);
    let mut settings = BTreeMap::new();
    if let Some(table) = crm.section("setting") {
        for (name, node) in table.members() {
            settings.insert(name.to_owned(), node.json());
        }
    }
    let mut given = BTreeMap::new();
    if let Some(table) = crm.section("secret") {
        for (name, node) in table.members() {
            match node.text().map(|text| secrets.read(text)) {
                Some(Ok(secret)) => {
                    given.insert(name.to_owned(), secret);
                }
                Some(Err(found)) => {
                    let expected = "the name of a systemd credential, or the path of a file only \
                                    its owner can read";
                    let path = join(&table.path, name);
                    table.faults.add(node.place, path, found, expected);
                }
                None => table.fault(node, name, "the name of a secret"),
            }
        }
    }
    let definition = definition?;
    let method = method(crm, &definition)?;
    let loopback = settings.values().filter_map(Value::as_str).filter_map(near);
    Some(Account {
        id: ConnectionId(name.to_owned()),
        loopback: loopback.collect(),
        definition: Arc::new(definition),
        settings,
        auth: AuthChoice {
            method,
            secrets: given,
        },
        phone_rules: phone_rules.clone(),
        budgets: Budgets::default(),
    })
}

/// A definition that comes with the program, or a file of one's own.
fn definition(crm: &Section<'_>, folder: &Path) -> Option<Definition> {
    let spot = crm.need_text("definition")?;
    let own = Path::new(spot.text)
        .extension()
        .is_some_and(|ending| ending == "toml");
    let loaded = if own {
        let Ok(text) = fs::read_to_string(folder.join(spot.text)) else {
            crm.refuse(spot, "definition", "a file that can be read as text");
            return None;
        };
        Definition::load(spot.text, &text, &[])
    } else {
        let known = built_in().iter().find(|(id, _)| *id == spot.text);
        let Some((id, text)) = known else {
            let ids: Vec<_> = built_in().iter().map(|(id, _)| *id).collect();
            let ids = ids.join(", ");
            let expected = format!("a file of your own (*.toml), or one of {ids}");
            crm.refuse(spot, "definition", &expected);
            return None;
        };
        Definition::load(id, text, &[])
    };
    match loaded {
        Ok(definition) => Some(definition),
        Err(faults) => {
            for fault in faults {
                let expected = "a definition without faults";
                let path = join(&crm.path, "definition");
                crm.faults
                    .add(spot.place, path, fault.to_string(), expected);
            }
            None
        }
    }
}

/// A way to sign in that needs nobody: there is no person at a server.
fn method(crm: &Section<'_>, definition: &Definition) -> Option<String> {
    let spot = crm.need_text("method")?;
    let alone = |way| match way {
        AuthWay::Secret | AuthWay::Basic | AuthWay::Client => true,
        AuthWay::Browser => false,
    };
    let methods = definition.auth_methods().iter();
    let fitting: Vec<_> = methods
        .filter(|it| alone(it.way))
        .map(|it| &*it.name)
        .collect();
    if !fitting.contains(&spot.text) {
        let words = fitting.join(", ");
        let expected = format!("a way to sign in that needs nobody: {words}");
        crm.refuse(spot, "method", &expected);
        return None;
    }
    Some(spot.text.to_owned())
}

fn connect(crm: &Section<'_>, account: Account, traffic: &Arc<Traffic>) -> Option<Connection> {
    let Ok(http) = ReqwestHttp::new(account.loopback.clone()) else {
        crm.missing("definition", "a system with a trust store");
        return None;
    };
    let ports = Ports {
        http: Arc::new(http),
        clock: Arc::new(SystemClock),
        traffic: Arc::clone(traffic),
        // Tokens are fetched with the client's own secret whenever they are needed.
        tokens: Arc::new(MemoryTokens::default()),
    };
    match Connection::open(account, ports) {
        Ok(connection) => Some(connection),
        Err(faults) => {
            for fault in faults {
                let (key, expected) = match fault {
                    ConnectFault::Setting { name, expected } => {
                        (format!("setting.{name}"), expected)
                    }
                    ConnectFault::Auth { expected, .. } => ("secret".to_owned(), expected),
                    ConnectFault::Definition(fault) => ("definition".to_owned(), fault.to_string()),
                };
                crm.missing(&key, &expected);
            }
            None
        }
    }
}
