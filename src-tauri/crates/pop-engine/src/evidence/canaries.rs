//! What must not be in any file that leaves this computer: whatever tells of the customers and of
//! the agent, and every secret.

use pop_core::desk::{Hit, Pop};
use pop_core::evidence::Canary;
use pop_core::identifier::{Identifier, Value};

use crate::connections::Sandbox;
use crate::room::Room;

/// A word of a name that is looked for by itself has at least so many letters.
const LONG_WORD: usize = 5;

impl Room {
    /// Everything of this kind that is known now.
    pub(crate) fn canaries(&self) -> Vec<Canary> {
        let mut all = List::default();
        for pop in self.desk.pops() {
            all.card(pop);
        }
        for entry in self.day.entries() {
            all.add("interaction id", Some(&entry.key.id));
            all.name(entry.name.as_ref());
            all.add("customer's words", entry.reason.as_ref());
            all.add("record id", entry.record.as_ref().map(|record| &record.id));
        }
        let agent = &self.status.settings.agent;
        all.add("agent id", agent.id.as_ref());
        all.add("agent e-mail", agent.email.as_ref());
        for number in &self.status.settings.phone.own_numbers {
            all.add("own number", Some(number));
        }
        for status in &self.status.connections {
            all.add("user name", status.signed_in_as.as_ref());
        }
        let configured = self.status.settings.connections.values();
        for connection in configured {
            all.add("user name", connection.user.as_ref());
        }
        self.secrets_of(&mut all);
        all.0
    }

    fn secrets_of(&self, all: &mut List) {
        const REASON: &str = "evidence is searched for it, and it is dropped right after";
        if let Some(vault) = self.secrets.vault() {
            for account in vault.accounts() {
                let secret = vault.get(&account).ok().flatten();
                let text = secret.map(|secret| secret.expose(REASON).to_owned());
                all.add("secret", text.as_ref());
            }
        }
        if let Sandbox::Running(access) = &self.sandbox {
            let token = access.token.expose(REASON).to_owned();
            all.add("secret", Some(&token));
        }
    }
}

#[derive(Default)]
struct List(Vec<Canary>);

impl List {
    fn add(&mut self, what: &'static str, text: Option<&String>) {
        let text = text.map(|text| text.trim()).unwrap_or_default();
        if !text.is_empty() {
            self.0.push(Canary {
                what,
                text: text.to_owned(),
            });
        }
    }

    /// A name, and its longer words by themselves.
    fn name(&mut self, name: Option<&String>) {
        self.add("customer name", name);
        let words = name.into_iter().flat_map(|name| name.split_whitespace());
        for word in words.filter(|word| word.chars().count() >= LONG_WORD) {
            self.add("customer name", Some(&word.to_owned()));
        }
    }

    fn card(&mut self, pop: &Pop) {
        self.add("interaction id", pop.key.as_ref().map(|key| &key.id));
        self.name(pop.name.as_ref());
        self.add("customer's words", pop.quote.as_ref());
        self.add("customer's words", pop.reason.as_ref());
        for identifier in &pop.identifiers {
            self.identifier(identifier);
        }
        for refused in &pop.refused {
            self.add("identifier", Some(&refused.raw));
        }
        for hit in pop.lookups.iter().flat_map(|lookup| &lookup.hits) {
            self.hit(hit);
        }
    }

    fn identifier(&mut self, identifier: &Identifier) {
        match &identifier.value {
            Value::RecordId(id) | Value::ExternalId(id) => self.add("identifier", Some(id)),
            Value::Email(email) => self.add("e-mail", Some(&email.as_str().to_owned())),
            Value::Phone(_) => self.add("phone", Some(&identifier.display())),
        }
    }

    fn hit(&mut self, hit: &Hit) {
        let customer = &hit.customer;
        self.add("record id", Some(&customer.id));
        self.name(customer.name.as_ref());
        self.add("company", customer.company.as_ref());
        self.add("record id", customer.account_id.as_ref());
        self.add("owner", customer.owner.as_ref());
        for email in &customer.emails {
            self.add("e-mail", Some(email));
        }
        for phone in &customer.phones {
            self.add("phone", Some(phone));
        }
        for other in &customer.also {
            self.add("record id", Some(other));
        }
        for fact in &customer.extra {
            self.add("customer fact", Some(&fact.value));
        }
    }
}
