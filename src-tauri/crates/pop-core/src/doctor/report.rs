//! Everything that was looked at, the worst first to name; as JSON for evidence and scripts.

use std::time::Duration;

use serde_json::{Value, json};

use crate::doctor::check::{Check, CheckName, Detail, Verdict};
use crate::doctor::words::CauseWords;
use crate::fault::Fault;
use crate::language::Language;
use crate::moment::Moment;
use crate::profile::ConnectionId;

/// What the doctor found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The connection it is about; `None`: the computer alone.
    pub connection: Option<ConnectionId>,
    /// What people call it.
    pub label: String,
    /// When it began.
    pub begun: Moment,
    /// How long it took.
    pub took: Duration,
    /// The failure that called for it, if nobody asked.
    pub because: Option<Fault>,
    /// The record that it was tried with, if one is known.
    pub known_record: Option<String>,
    /// What was looked at, in the order of causes.
    pub checks: Vec<Check>,
}

impl Report {
    /// Puts the checks into the order of causes; what is there twice stays with the worse verdict.
    pub fn sort(&mut self) {
        let place = |name: CheckName| CheckName::ALL.iter().position(|known| *known == name);
        let weight = |check: &Check| match check.verdict {
            Verdict::Failed(_) => 0,
            Verdict::Warning(_) => 1,
            Verdict::Passed => 2,
            Verdict::Skipped(_) => 3,
        };
        self.checks
            .sort_by_key(|check| (place(check.name), weight(check)));
        self.checks.dedup_by_key(|check| check.name);
    }

    /// The check that names the cause: the first that failed, else the first that warns.
    pub fn main(&self) -> Option<&Check> {
        let warns = |check: &&Check| matches!(check.verdict, Verdict::Warning(_));
        let failed = self.checks.iter().find(|check| check.has_failed());
        failed.or_else(|| self.checks.iter().find(warns))
    }

    /// How many failed.
    pub fn failed(&self) -> usize {
        self.checks
            .iter()
            .filter(|check| check.has_failed())
            .count()
    }

    /// How many warn.
    pub fn warned(&self) -> usize {
        let warns = |check: &&Check| matches!(check.verdict, Verdict::Warning(_));
        self.checks.iter().filter(warns).count()
    }

    /// How many passed.
    pub fn passed(&self) -> usize {
        let passed = |check: &&Check| check.verdict == Verdict::Passed;
        self.checks.iter().filter(passed).count()
    }

    /// The whole report for evidence and scripts; no secrets and no people are in it.
    pub fn json(&self, language: Language) -> Value {
        json!({
            "connection": self.connection.as_ref().map(|id| &id.0),
            "begun": self.begun.rfc3339(),
            "milliseconds": millis(self.took),
            "because": self.because.as_ref().map(Fault::support_line),
            "cause": self.main().and_then(Check::cause).map(super::Cause::slug),
            "failed": self.failed(),
            "warned": self.warned(),
            "passed": self.passed(),
            "checks": self.checks.iter().map(|check| self.check(check, language)).collect::<Vec<_>>(),
        })
    }

    fn check(&self, check: &Check, language: Language) -> Value {
        let words = check
            .cause()
            .map(|cause| cause.words(&self.label, language));
        let told = words.map(|words: CauseWords| {
            json!({
                "title": words.title,
                "cause": words.why,
                "effect": words.effect,
                "fix": { "agent": words.agent, "admin": words.admin, "by": words.by.slug() },
                "docs": check.cause().map(super::Cause::anchor),
            })
        });
        let verdict = match &check.verdict {
            Verdict::Passed => "passed".to_owned(),
            Verdict::Warning(_) => "warning".to_owned(),
            Verdict::Failed(_) => "failed".to_owned(),
            Verdict::Skipped(skip) => format!("skipped: {}", skip.slug()),
        };
        json!({
            "check": check.name.slug(),
            "step": check.name.step().slug(),
            "verdict": verdict,
            "code": check.cause().map(super::Cause::slug),
            "tried": check.tried,
            "expected": check.expected,
            "came": check.came,
            "detail": detail(&check.detail),
            "milliseconds": millis(check.took),
            "words": told,
        })
    }
}

fn detail(detail: &Detail) -> Value {
    match detail {
        Detail::None => Value::Null,
        Detail::Took(took) => json!({ "milliseconds": millis(*took) }),
        Detail::Until(moment) => json!({ "until": moment.rfc3339() }),
        Detail::Text(text) => json!(text),
        Detail::Used(percent) => json!({ "used_percent": percent }),
        Detail::Count(count) => json!(count),
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
