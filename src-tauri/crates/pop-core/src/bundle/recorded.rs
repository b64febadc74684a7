//! What an interaction and its customer looked like, without saying who they were: what a rehearsal
//! plays again.
//!
//! Names, numbers, addresses and everybody's own words are never taken over; what a person's record
//! is known by is replaced by another of the same shape ([`Veil`]). What rules ask for stays: the
//! channel, the queue, the tier, the state of the cases. How a rehearsal is judged is
//! `pop-admin`'s.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use url::Url;

use crate::bundle::{
    Example, ExampleCase, ExampleCustomer, ExampleInteraction, Expected, Outcome, Wanted,
};
use crate::desk::{CandidateRef, Matching, Part, Phase, Pop};
use crate::profile::{Case, ConnectionId, Customer};
use crate::settings::Settings;

/// One recorded interaction: a line of a file.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Recorded {
    /// What came in.
    #[serde(default)]
    pub interaction: ExampleInteraction,
    /// Who was found; without it nobody was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<ExampleCustomer>,
    /// Their cases.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cases: Vec<ExampleCase>,
}

/// Replaces what a record is known by: letters by letters, digits by digits, the rest stays. The
/// same text becomes the same other one, and nobody without the key finds the way back.
pub struct Veil(Option<[u8; 32]>);

impl Recorded {
    /// What a card shows, as far as it may be recorded; nothing where nobody could tell who it is.
    pub fn of(pop: &Pop, veil: &Veil) -> Option<Self> {
        let candidates: &[CandidateRef] = match &pop.matching {
            Matching::One { customer, .. } => std::slice::from_ref(customer),
            Matching::Several { candidates, .. } => candidates,
            Matching::Nothing | Matching::None => &[],
            Matching::Looking | Matching::Failed => return None,
        };
        let found = candidates.first().and_then(|first| {
            let others = u8::try_from(candidates.len() - 1).unwrap_or(u8::MAX);
            let hit = pop.hit(first)?;
            Some((&first.connection, &hit.customer, others))
        });
        let cases = found.and_then(|(connection, ..)| match &pop.lookup(connection)?.cases {
            Part::Ready(listed) => Some(listed.items.as_slice()),
            Part::Off | Part::Waiting | Part::Failed(_) => None,
        });
        Some(Self {
            interaction: ExampleInteraction {
                channel: Some(pop.channel.word().to_owned()),
                direction: Some(pop.direction.word().to_owned()),
                queue: pop.queue.clone(),
                language: pop.language.clone(),
                only_offered: pop.phase.was_not_taken() || pop.phase == Phase::Offered,
                ..ExampleInteraction::default()
            },
            customer: found.map(|(connection, customer, others)| ExampleCustomer {
                others,
                ..veil.customer(connection, customer)
            }),
            cases: cases
                .unwrap_or_default()
                .iter()
                .map(|case| veil.case(case))
                .collect(),
        })
    }

    /// What comes out of it with these settings.
    pub fn outcome(
        &self,
        settings: &Settings,
        address: &dyn Fn(Wanted<'_>) -> Result<String, String>,
    ) -> Outcome {
        let is_connected = |customer: &&ExampleCustomer| {
            let named = customer.connection.as_ref();
            named.is_none_or(|name| settings.connections.contains_key(name))
        };
        let example = Example {
            name: String::new(),
            interaction: self.interaction.clone(),
            customer: self.customer.as_ref().filter(is_connected).cloned(),
            cases: self.cases.clone(),
            expect: Expected::default(),
        };
        example.outcome(settings, address)
    }
}

impl Veil {
    /// A veil of a key that nobody else has.
    pub const fn new(key: [u8; 32]) -> Self {
        Self(Some(key))
    }

    /// No veil over what records are known by: for customers who are made up.
    pub const fn none() -> Self {
        Self(None)
    }

    /// A customer behind the veil.
    pub fn customer(&self, connection: &ConnectionId, customer: &Customer) -> ExampleCustomer {
        let some = |there: &Option<String>, word: &str| there.as_ref().map(|_| word.to_owned());
        ExampleCustomer {
            connection: Some(connection.0.clone()),
            id: self.text(&customer.id),
            kind: customer.kind.clone(),
            name: some(&customer.name, "Somebody"),
            company: some(&customer.company, "A company"),
            account_id: customer.account_id.as_deref().map(|id| self.text(id)),
            tier: customer.tier.clone(),
            vip: customer.vip,
            language: customer.language.clone(),
            region: customer.region.clone(),
            link: customer.link.as_deref().and_then(|link| self.link(link)),
            others: 0,
        }
    }

    /// A case behind the veil.
    pub fn case(&self, case: &Case) -> ExampleCase {
        ExampleCase {
            id: self.text(&case.id),
            number: case.number.as_deref().map(|number| self.text(number)),
            subject: case.subject.as_ref().map(|_| "A subject".to_owned()),
            status: case.status.clone(),
            closed: !case.open,
            priority: case.priority.map(|priority| priority.word().to_owned()),
            link: case.link.as_deref().and_then(|link| self.link(link)),
        }
    }

    /// Another text of the same shape.
    pub fn text(&self, text: &str) -> String {
        let Some(key) = self.0 else {
            return text.to_owned();
        };
        let other = |(number, sign): (usize, char)| {
            let digest = Sha256::new()
                .chain_update(key)
                .chain_update(number.to_be_bytes())
                .chain_update(text)
                .finalize();
            let dice = digest.first().copied().unwrap_or_default();
            let of = |first: u8, count: u8| char::from(first + dice % count);
            match sign {
                '0'..='9' => of(b'0', 10),
                'a'..='f' => of(b'a', 6),
                'g'..='z' => of(b'g', 20),
                'A'..='F' => of(b'A', 6),
                'G'..='Z' => of(b'G', 20),
                // Letters of another script would say more than a Latin one.
                other if other.is_alphanumeric() => of(b'g', 20),
                other => other,
            }
        };
        text.chars().enumerate().map(other).collect()
    }

    /// Only where a link leads is kept, none of its path.
    fn link(&self, link: &str) -> Option<String> {
        if self.0.is_none() {
            return Some(link.to_owned());
        }
        let url = Url::parse(link).ok()?;
        let origin = url.origin();
        origin
            .is_tuple()
            .then(|| format!("{}/{}", origin.ascii_serialization(), self.text("record0")))
    }
}
