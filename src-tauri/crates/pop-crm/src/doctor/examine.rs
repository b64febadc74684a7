//! Looks at one connection: the way, the sign-in, the permission, the time, a record that exists.

use std::time::Instant;

use pop_core::doctor::{self, Asked, Cause, Check, CheckName, Detail, Skip, Spent};
use pop_core::email::Email;
use pop_core::fault::{Fault, FaultKind};
use pop_core::identifier::{Assurance, Identifier, Kind, Value};
use pop_core::phone::Phone;
use pop_core::profile::{Customer, RecordKind};

use crate::doctor::looking::Looking;
use crate::net::spent;
use crate::run::connection::{Account, ConnectFault, Connection, Ports};
use crate::run::context::Context;

/// Less than this of a quota left, in percent, is worth a word.
const LOW: u64 = 20;

/// What to look at beside the connection itself.
#[derive(Clone, Debug, Default)]
pub struct Examination {
    /// A customer that exists: an id, an e-mail address or a telephone number.
    pub known_good: Option<String>,
    /// The customer who was not found.
    pub wanted: Option<Identifier>,
    /// What failed before, and called for this.
    pub because: Option<Fault>,
}

/// Looks at the way to an account's server, without a sign-in.
///
/// # Errors
/// When the account's settings make no connection.
pub async fn examine_way(
    account: Account,
    ports: Ports,
    looking: &Looking,
) -> Result<Vec<Check>, Vec<ConnectFault>> {
    let connection = Connection::build(account, ports)?;
    let base = match connection.base() {
        Ok(base) => base,
        Err(kind) => {
            let check = Check::failed(CheckName::Settings, Cause::Fault(kind));
            return Ok(vec![check]);
        }
    };
    let way = looking.walk(&base).await;
    Ok(way.checks.into_iter().chain(not_looked_at()).collect())
}

impl Connection {
    /// Looks at everything, and says what is wrong.
    pub async fn examine(&self, looking: Option<&Looking>, wanted: &Examination) -> Vec<Check> {
        let base = match self.base() {
            Ok(base) => base,
            Err(kind) => return vec![Check::failed(CheckName::Settings, Cause::Fault(kind))],
        };
        let (mut checks, walked) = match looking {
            Some(looking) => {
                let way = looking.walk(&base).await;
                let ended = way.page.is_none() && way.checks.iter().any(Check::has_failed);
                if ended {
                    return way.checks.into_iter().chain(not_looked_at()).collect();
                }
                (way.checks, way.spent)
            }
            None => (Vec::new(), Spent::default()),
        };
        let context = Context {
            fresh: true,
            ..Context::default()
        };
        let begun = Instant::now();
        let (me, mut all) = spent::watched(self.test(&context)).await;
        let took = begun.elapsed();
        for part in doctor::Part::ALL {
            // What the library did itself it did on a connection that may be warm: the walk's is cold.
            all.add(part, walked.of(part).saturating_sub(all.of(part)));
        }
        let signed = me.as_ref().err().cloned();
        let me = me.map(|me| me.name.or(me.email).is_some());
        checks.extend(signed_in(me, took, wanted.because.as_ref()));
        self.note_ending(&mut checks);
        let slow = doctor::slow(&all);
        let latency = match slow {
            Some(cause) => Check::warned(CheckName::Latency, cause),
            None => Check::passed(CheckName::Latency),
        };
        let usual = self.state().typical_latency.unwrap_or_default();
        checks.push(
            latency
                .told(
                    "who we are",
                    format!("usually {} ms", usual.as_millis()),
                    all.line(),
                )
                .with(Detail::Took(all.whole()))
                .within(took),
        );
        checks.push(self.limits());
        let usable = signed.is_none_or(|fault| fault.kind == FaultKind::NotSupported);
        checks.extend(self.records(wanted, &context, usable).await);
        checks.extend(because(wanted.because.as_ref()));
        checks
    }

    /// Says beside a sign-in that works until when it does, where that is known.
    fn note_ending(&self, checks: &mut [Check]) {
        let works = |check: &&mut Check| check.name == CheckName::SignIn && !check.has_failed();
        let check = checks.iter_mut().find(works);
        if let (Some(check), Some(ending)) = (check, self.sign_in_ends()) {
            check.detail = Detail::Until(ending.at);
        }
    }

    /// How much may still be asked.
    fn limits(&self) -> Check {
        let name = CheckName::RateLimit;
        let state = self.state();
        if let Some(until) = state.waits_until {
            let check = Check::failed(name, Cause::Fault(FaultKind::RateLimited));
            let came = format!("left alone until {}", until.rfc3339());
            return check
                .told("the limits", "requests are allowed", came)
                .with(Detail::Until(until));
        }
        let left = state.quotas.iter().filter_map(|quota| {
            let limit = quota.limit.filter(|limit| *limit > 0)?;
            let left = quota.left?;
            Some((left.saturating_mul(100) / limit, left, limit))
        });
        let Some((percent, left, limit)) = left.min_by_key(|(percent, ..)| *percent) else {
            return Check::skipped(name, Skip::NotSetUp);
        };
        let used = u8::try_from(100_u64.saturating_sub(percent)).unwrap_or(100);
        let check = if percent < LOW {
            Check::warned(name, Cause::QuotaLow)
        } else {
            Check::passed(name)
        };
        let came = format!("{left} of {limit} left");
        check
            .told("the limits", "enough is left", came)
            .with(Detail::Used(used))
    }

    /// A record that exists, its fields, its link; and whoever was not found.
    async fn records(&self, wanted: &Examination, context: &Context, usable: bool) -> Vec<Check> {
        let rest = [CheckName::KnownRecord, CheckName::Fields, CheckName::Link];
        if !usable {
            return rest.map(|name| Check::skipped(name, Skip::Before)).into();
        }
        let known = wanted.known_good.as_deref();
        let identifier = known.and_then(|known| self.identifier(known));
        let mut checks = Vec::new();
        let found = match &identifier {
            None => {
                checks.extend(rest.map(|name| Check::skipped(name, Skip::NotSetUp)));
                None
            }
            Some(identifier) => {
                let begun = Instant::now();
                let found = self.find(identifier, context).await;
                let took = begun.elapsed();
                let (check, customer) = known_record(found.map(|found| found.customers), known);
                checks.push(check.within(took));
                if let Some(customer) = &customer {
                    checks.push(self.fields(identifier, context).await);
                    checks.push(self.links(customer));
                } else {
                    let later = [CheckName::Fields, CheckName::Link];
                    checks.extend(later.map(|name| Check::skipped(name, Skip::Before)));
                }
                Some(customer.is_some())
            }
        };
        if let Some(missing) = &wanted.wanted {
            checks.extend(self.why_not_found(missing, found, context).await);
        }
        checks
    }

    /// What an id, an address or a number is here.
    fn identifier(&self, text: &str) -> Option<Identifier> {
        let finds = self.capabilities().finds;
        let value = if text.contains('@') {
            Value::Email(Email::parse(text).ok()?)
        } else if text.starts_with('+') {
            Value::Phone(Phone::parse(text, &self.phone_rules).ok()?)
        } else if finds.contains(&Kind::RecordId) {
            Value::RecordId(text.to_owned())
        } else {
            Value::ExternalId(text.to_owned())
        };
        Some(Identifier {
            value,
            assurance: Assurance::Attached,
        })
    }

    async fn fields(&self, identifier: &Identifier, context: &Context) -> Check {
        let name = CheckName::Fields;
        match self.missing_fields(identifier, context).await {
            Ok(missing) => {
                let paths = missing.iter().map(|one| one.path.clone());
                let paths = paths.collect::<Vec<_>>().join(", ");
                let Some(first) = missing.into_iter().next() else {
                    return Check::passed(name);
                };
                let cause = Cause::FieldMissing {
                    field: first.field,
                    path: first.path,
                };
                let check = Check::warned(name, cause);
                check.told("the fields of the record", "all are there", paths)
            }
            Err(fault) => Check::failed(name, Cause::of(&fault)).told(
                "the fields of the record",
                "all are there",
                fault.support_line(),
            ),
        }
    }

    fn links(&self, customer: &Customer) -> Check {
        let name = CheckName::Link;
        match self.link(RecordKind::Customer, customer, None) {
            Ok(_) => Check::passed(name).told("the link of the record", "an address", "an address"),
            Err(fault) => Check::failed(name, Cause::of_link(&fault)).told(
                "the link of the record",
                "an address that may be opened",
                format!("{}: {fault}", fault.code()),
            ),
        }
    }

    /// Why a customer is not found, as far as it can be told from here.
    async fn why_not_found(
        &self,
        wanted: &Identifier,
        known_good: Option<bool>,
        context: &Context,
    ) -> Option<Check> {
        let fits = match &wanted.value {
            Value::RecordId(id) => self.plan.ids.accepts(id),
            Value::ExternalId(_) | Value::Email(_) | Value::Phone(_) => true,
        };
        let name = CheckName::Request;
        if fits {
            match self.find(wanted, context).await {
                Ok(found) if !found.customers.is_empty() => return None,
                Ok(_) => {}
                Err(fault) => return because(Some(&fault)),
            }
        }
        let cause = doctor::customer(Asked { fits, known_good });
        let tried = format!("a customer by {}", wanted.kind().word());
        Some(Check::failed(name, cause).told(tried, "one", "none"))
    }
}

/// What is left where the way itself does not lead there.
fn not_looked_at() -> [Check; 6] {
    [
        CheckName::SignIn,
        CheckName::Permission,
        CheckName::Latency,
        CheckName::KnownRecord,
        CheckName::Fields,
        CheckName::Link,
    ]
    .map(|name| Check::skipped(name, Skip::Before))
}

fn signed_in(
    me: Result<bool, Fault>,
    took: std::time::Duration,
    because: Option<&Fault>,
) -> Vec<Check> {
    let told = |check: Check, came: String| {
        check
            .told("who we are, by the definition", "200 and a user", came)
            .within(took)
    };
    let Err(fault) = me else {
        return vec![
            told(Check::passed(CheckName::SignIn), "a user".to_owned()),
            Check::passed(CheckName::Permission),
        ];
    };
    // That it is not asked for a moment says nothing; what came before does.
    let fault = match because {
        Some(before) if fault.kind == FaultKind::Paused => before.clone(),
        Some(_) | None => fault,
    };
    let came = fault.support_line();
    let cause = Cause::of(&fault);
    match fault.kind {
        FaultKind::Paused => vec![Check::skipped(CheckName::Request, Skip::Before)],
        FaultKind::NotSupported => [CheckName::SignIn, CheckName::Permission]
            .map(|name| Check::skipped(name, Skip::NotSetUp))
            .into(),
        FaultKind::SignInNeeded | FaultKind::KeychainLocked => vec![
            told(Check::failed(CheckName::SignIn, cause), came),
            Check::skipped(CheckName::Permission, Skip::Before),
        ],
        FaultKind::Forbidden => vec![
            Check::passed(CheckName::SignIn),
            told(Check::failed(CheckName::Permission, cause), came),
        ],
        FaultKind::RateLimited => vec![told(Check::failed(CheckName::RateLimit, cause), came)],
        FaultKind::NotFound
        | FaultKind::Ambiguous
        | FaultKind::Invalid(_)
        | FaultKind::Conflict
        | FaultKind::Unavailable
        | FaultKind::AnswerNotUnderstood
        | FaultKind::Redirect
        | FaultKind::ForeignAddress
        | FaultKind::MissingName(_)
        | FaultKind::UnsafeValue
        | FaultKind::Network(_)
        | FaultKind::TimedOut => vec![told(Check::failed(CheckName::Request, cause), came)],
    }
}

fn known_record(
    found: Result<Vec<Customer>, Fault>,
    known: Option<&str>,
) -> (Check, Option<Customer>) {
    let name = CheckName::KnownRecord;
    let known = known.unwrap_or_default().to_owned();
    let told = |check: Check, came: String| {
        let check = check.told("the record that exists", "one customer", came);
        check.with(Detail::Text(known.clone()))
    };
    match found {
        Ok(customers) if customers.len() == 1 => {
            let check = told(Check::passed(name), "one".to_owned());
            (check, customers.into_iter().next())
        }
        Ok(customers) if customers.is_empty() => {
            let check = Check::failed(name, Cause::CustomerHidden);
            (told(check, "none".to_owned()), None)
        }
        Ok(customers) => {
            let check = Check::warned(name, Cause::Fault(FaultKind::Ambiguous));
            let came = customers.len().to_string();
            (told(check, came), customers.into_iter().next())
        }
        Err(fault) => {
            let check = Check::failed(name, Cause::of(&fault));
            (told(check, fault.support_line()), None)
        }
    }
}

/// What failed before, where looking now does not find it: a write is never tried again for it.
fn because(fault: Option<&Fault>) -> Option<Check> {
    let fault = fault?;
    let about_now = match &fault.kind {
        // Whether these are still so, the checks above say.
        FaultKind::SignInNeeded
        | FaultKind::KeychainLocked
        | FaultKind::RateLimited
        | FaultKind::Unavailable
        | FaultKind::Network(_)
        | FaultKind::TimedOut
        | FaultKind::Paused
        | FaultKind::NotSupported => true,
        FaultKind::Forbidden
        | FaultKind::NotFound
        | FaultKind::Ambiguous
        | FaultKind::Invalid(_)
        | FaultKind::Conflict
        | FaultKind::AnswerNotUnderstood
        | FaultKind::Redirect
        | FaultKind::ForeignAddress
        | FaultKind::MissingName(_)
        | FaultKind::UnsafeValue => false,
    };
    let cause = Cause::of(fault);
    let name = if fault.kind == FaultKind::Forbidden {
        CheckName::Permission
    } else {
        CheckName::Request
    };
    let check = if about_now {
        Check::passed(name)
    } else {
        Check::failed(name, cause)
    };
    let came = fault.support_line();
    Some(check.told("the request that failed", "a success", came))
}
