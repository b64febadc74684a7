//! Who an agent is: what a platform calls somebody, and the agent whose topic that is.
//!
//! Nobody is guessed: names that nobody has, or that belong to different people, find nobody.

use std::collections::{HashMap, HashSet};

use pop_core::file::section::Section;
use pop_core::file::tree::{Data, join};
use pop_core::interaction::AgentRef;

/// The agents by each of their names.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    agents: HashSet<String>,
    emails: HashMap<String, String>,
    platform_ids: HashMap<(String, String), String>,
    extensions: HashMap<(String, String), String>,
    logins: HashMap<String, String>,
}

/// Why no agent was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nobody {
    /// None of the names is known.
    Unknown,
    /// The names belong to different agents.
    Contradiction,
}

impl Nobody {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Contradiction => "contradiction",
        }
    }
}

impl Directory {
    /// The agent that a source means.
    pub(crate) fn find(&self, source: &str, named: &AgentRef) -> Result<&str, Nobody> {
        let of_source = |name: &String| (source.to_owned(), name.clone());
        let own = named.id.as_deref();
        let found = [
            own.and_then(|id| self.agents.get(id)),
            named
                .platform_id
                .as_ref()
                .and_then(|id| self.platform_ids.get(&of_source(id))),
            named
                .email
                .as_ref()
                .and_then(|email| self.emails.get(&email.to_lowercase())),
            named
                .extension
                .as_ref()
                .and_then(|extension| self.extensions.get(&of_source(extension))),
        ];
        let mut found = found.into_iter().flatten();
        let first = found.next().ok_or(Nobody::Unknown)?;
        if found.any(|other| other != first) {
            return Err(Nobody::Contradiction);
        }
        Ok(first)
    }

    /// Whether there is an agent of this id.
    pub(crate) fn has(&self, agent: &str) -> bool {
        self.agents.contains(agent)
    }

    /// The ids of all agents.
    pub(crate) fn agents(&self) -> impl Iterator<Item = &str> {
        self.agents.iter().map(String::as_str)
    }

    /// The agent with this work e-mail address.
    pub(crate) fn by_email(&self, email: &str) -> Option<&str> {
        self.emails.get(&email.to_lowercase()).map(String::as_str)
    }

    /// The agent who signs in under this name.
    pub(crate) fn by_login(&self, login: &str) -> Option<&str> {
        self.logins.get(login).map(String::as_str)
    }

    /// Reads `[agent.<id>]`; `sources` are the names that may stand in its tables.
    pub(crate) fn read(root: &Section<'_>, sources: &[&str]) -> Self {
        let mut directory = Self::default();
        let Some(agents) = root.section("agent") else {
            return directory;
        };
        for (id, agent) in agents.sections() {
            if !is_opaque(id) {
                let expected = "an id of 1 to 64 of A-Z a-z 0-9 _ -, as it stands in topics";
                let place = agent.place;
                agent
                    .faults
                    .add(place, &*agent.path, format!("{id:?}"), expected);
            }
            directory.agents.insert(id.to_owned());
            if let Some(email) = agent.text("email") {
                let lower = email.text.to_lowercase();
                if directory.emails.insert(lower, id.to_owned()).is_some() {
                    agent.refuse(email, "email", "an address that no other agent has");
                }
            }
            if let Some(login) = agent.text("login") {
                let logins = &mut directory.logins;
                if logins
                    .insert(login.text.to_owned(), id.to_owned())
                    .is_some()
                {
                    agent.refuse(login, "login", "a name that no other agent has");
                }
            }
            let ids = &mut directory.platform_ids;
            names(&agent, "platform_id", id, sources, ids);
            names(&agent, "extension", id, sources, &mut directory.extensions);
            agent.finish();
        }
        agents.finish();
        directory
    }
}

/// Reads `<key>.<source> = "name"` or a list of names.
fn names(
    agent: &Section<'_>,
    key: &str,
    id: &str,
    sources: &[&str],
    into: &mut HashMap<(String, String), String>,
) {
    let Some(table) = agent.section(key) else {
        return;
    };
    for (source, node) in table.members() {
        if !sources.contains(&source) {
            let place = node.place;
            let expected = format!("the name of a source: {}", sources.join(", "));
            let path = join(&table.path, source);
            table.faults.add(place, path, "an unknown source", expected);
        }
        let items = match &node.data {
            Data::List(items) => items.iter().collect(),
            Data::Text(_) | Data::Table(_) | Data::Whole(_) | Data::Real(_) | Data::Switch(_) => {
                vec![node]
            }
        };
        for item in items {
            let Some(name) = item.text() else {
                table.fault(item, source, "text in quotes, or a list of it");
                continue;
            };
            let name = (source.to_owned(), name.to_owned());
            if into.insert(name, id.to_owned()).is_some() {
                table.fault(item, source, "a name that no other agent has");
            }
        }
    }
    table.finish();
}

/// Tenants and agents stand in topics, sources in counters: opaque, and without a sign that has a
/// meaning there.
pub(crate) fn is_opaque(id: &str) -> bool {
    (1..=64).contains(&id.len())
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}
