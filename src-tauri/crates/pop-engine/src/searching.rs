//! Searches for customers by words: over all connections at once, and beside them what is known here.
//!
//! Cases and interactions are those of cards, copies and the day: one search is one request for each
//! connection, however many it finds.

use futures_util::future::join_all;
use pop_core::desk::KnownCase;
use pop_core::email::Email;
use pop_core::identifier::{Assurance, Identifier, Value};
use pop_core::phone::Phone;
use pop_core::profile::{ConnectionId, Customer, RecordKind, RecordRef};
use pop_core::refusal::Refusal;
use pop_core::settings::CardPart;
use pop_core::status::Past;
use pop_core::text::Sought;
use pop_crm::Context;
use tokio::sync::oneshot;

use crate::asks::answer;
use crate::engine::Engine;
use crate::room::Room;
use crate::tick::{Ask, Found, Refused, Tick};

/// The most characters of a search.
const MOST_WORDS: usize = 200;

/// How many interactions of the day are listed at most.
const MOST_TODAY: usize = 5;

impl Engine {
    /// Who is known already by an e-mail address or a telephone number that is typed for a new
    /// customer; nobody, while it is not typed to its end.
    pub async fn already_there(
        &self,
        typed: String,
    ) -> Result<Option<(ConnectionId, Customer)>, Refused> {
        self.ask(|reply| Ask::AlreadyThere { typed, reply }).await
    }
}

impl Room {
    pub(crate) fn search(&self, words: String, reply: oneshot::Sender<Result<Found, Refused>>) {
        if !self.status.settings.features.search {
            return answer(reply, Err(self.refused(&Refusal::SwitchedOff)));
        }
        let words = words.trim().to_owned();
        if words.is_empty() || words.chars().count() > MOST_WORDS {
            return answer(reply, Ok(Found::default()));
        }
        let connections = self.connections.all();
        let cannot = self.connections.not_ready();
        let context = Context::default();
        let ticks = self.ticks.clone();
        tokio::spawn(async move {
            let mut found = Found::default();
            let searches = connections.into_iter().map(|(id, connection)| {
                let (words, context) = (words.clone(), context.clone());
                tokio::spawn(async move { (id, connection.search(&words, &context).await) })
            });
            for search in searches.collect::<Vec<_>>() {
                match search.await {
                    Ok((id, Ok(listed))) => found.customers.extend(
                        listed
                            .items
                            .into_iter()
                            .map(|customer| (id.clone(), customer)),
                    ),
                    Ok((id, Err(fault))) => found.faults.push((id, fault)),
                    Err(error) => tracing::error!(%error, "a search did not end"),
                }
            }
            found.faults.extend(cannot);
            let searched = Tick::Searched {
                words,
                found,
                reply,
            };
            // The engine may have ended meanwhile.
            let _ = ticks.send(searched).await;
        });
    }

    /// Asks every connection for whom it knows by what is typed; of several, the most important
    /// connection's first. Where nobody may search, nobody is found.
    pub(crate) fn already_there(
        &self,
        typed: &str,
        reply: oneshot::Sender<Option<(ConnectionId, Customer)>>,
    ) {
        let value = self.identifier(typed);
        let value = value.filter(|_| self.status.settings.features.search);
        let Some(value) = value else {
            return answer(reply, None);
        };
        let identifier = Identifier {
            value,
            assurance: Assurance::Claimed,
        };
        let connections = self.connections.all();
        tokio::spawn(async move {
            let context = Context::default();
            let asked = connections.iter().map(|(id, connection)| {
                let found = connection.find(&identifier, &context);
                async move { (id, found.await) }
            });
            let found = join_all(asked).await.into_iter().find_map(|(id, found)| {
                // Whoever cannot answer is no reason not to make a customer.
                let first = found.ok()?.customers.into_iter().next()?;
                Some((id.clone(), first))
            });
            answer(reply, found);
        });
    }

    /// An e-mail address or a telephone number, as far as it is typed to its end.
    fn identifier(&self, typed: &str) -> Option<Value> {
        let typed = typed.trim();
        if typed.contains('@') {
            return Email::parse(typed).ok().map(Value::Email);
        }
        let phone = Phone::parse(typed, &self.phone_rules);
        phone.ok().map(Value::Phone)
    }

    /// What a search found, with what is known here.
    pub(crate) fn with_known(&self, words: &str, mut found: Found) -> Found {
        let words = Sought::of(words);
        for (connection, customer) in &mut found.customers {
            let counted = self.desk.counts_cases(connection, &customer.id);
            customer.open_cases = customer.open_cases.or(counted);
        }
        if self.status.settings.card.parts.contains(&CardPart::Cases) {
            found.cases = self.cases_known(&words, &found);
        }
        let today = self.status.today.iter();
        let meant = today.filter(|past| self.is_meant(past, &words, &found));
        found.today = meant.take(MOST_TODAY).cloned().collect();
        found
    }

    /// The cases of connections that are still there.
    fn cases_known(&self, words: &Sought, found: &Found) -> Vec<KnownCase> {
        let mut cases = self.desk.known_cases(words, &found.customers);
        cases.retain(|known| self.connections.reach(&known.connection).is_some());
        cases
    }

    fn is_meant(&self, past: &Past, words: &Sought, found: &Found) -> bool {
        let is_found = |record: &RecordRef| {
            let is_theirs = |(connection, id): (&ConnectionId, &str)| {
                record.connection == *connection && record.id == id
            };
            let mut customers = found.customers.iter();
            record.kind == RecordKind::Customer
                && customers.any(|(connection, one)| is_theirs((connection, &one.id)))
        };
        let texts = [&past.name, &past.reason].map(|text| text.as_deref().unwrap_or_default());
        self.day.record(past.number).is_some_and(is_found) || words.are_in(&texts)
    }
}
