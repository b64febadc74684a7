//! What the product's own state says: keychain, files, listener, gateway, refused events, writes.
//!
//! The disk and the browser are the computer's; `pop-engine` looks at them.

use std::collections::BTreeMap;

use crate::action::ActionKind;
use crate::doctor::cause::Cause;
use crate::doctor::check::{Check, CheckName, Detail, Skip, Verdict};
use crate::language::Language;
use crate::profile::ConnectionId;
use crate::status::{Banner, GatewayStatus, ListenerStatus, Status};
use crate::write::WriteState;

/// The checks of the product's own state; `connection` limits them to what concerns it.
pub fn look(status: &Status, connection: Option<&ConnectionId>) -> Vec<Check> {
    let mut checks = vec![
        settings(status, connection),
        keychain(status),
        listener(status),
        gateway(status),
        of_refusals(&status.refusals),
        writes(status, connection),
        bundle(status),
    ];
    checks.extend(store(status));
    checks
}

/// What is said of a store that takes nothing; whether the disk does is looked at elsewhere.
fn store(status: &Status) -> Option<Check> {
    let why = status.banners.iter().find_map(|banner| match banner {
        Banner::NothingKept(why) => Some(why),
        Banner::MemoryOnly(_)
        | Banner::KeychainLocked
        | Banner::SecretsRefused
        | Banner::LoopbackHttp(_)
        | Banner::OutboxFilling(_)
        | Banner::SignInEnds { .. }
        | Banner::Unsent(_) => None,
    })?;
    let check = Check::failed(CheckName::Store, Cause::StoreBroken);
    Some(check.told("what is kept", "it can be read and written", why.clone()))
}

fn settings(status: &Status, connection: Option<&ConnectionId>) -> Check {
    let name = CheckName::Settings;
    let concerns = |key: &str| {
        let own = connection.map(|id| format!("connections.{}", id.0));
        own.is_none_or(|own| !key.starts_with("connections.") || key.starts_with(&own))
    };
    let wrong = status.file_faults.iter().find(|fault| concerns(&fault.key));
    let Some(wrong) = wrong else {
        let count = u64::try_from(status.connections.len()).unwrap_or_default();
        return Check::passed(name).with(Detail::Count(count));
    };
    let place = format!("{}:{}", wrong.file, wrong.key);
    Check::failed(name, Cause::FileWrong { place }).told(
        format!("{}: {}", wrong.file, wrong.key),
        wrong.expected.clone(),
        wrong.found.clone(),
    )
}

fn keychain(status: &Status) -> Check {
    let name = CheckName::Keychain;
    for banner in &status.banners {
        match banner {
            Banner::KeychainLocked => {
                let locked = Cause::Fault(crate::fault::FaultKind::KeychainLocked);
                return Check::failed(name, locked).told("the keychain", "open", "locked");
            }
            Banner::SecretsRefused => {
                return Check::failed(name, Cause::SecretsLost).told(
                    "the vault",
                    "the key of the keychain opens it",
                    "it does not",
                );
            }
            Banner::MemoryOnly(why) => {
                return Check::warned(name, Cause::KeychainAbsent).told(
                    "the keychain",
                    "a key that is kept",
                    why.clone(),
                );
            }
            Banner::LoopbackHttp(_)
            | Banner::NothingKept(_)
            | Banner::OutboxFilling(_)
            | Banner::SignInEnds { .. }
            | Banner::Unsent(_) => {}
        }
    }
    Check::passed(name)
}

fn listener(status: &Status) -> Check {
    let name = CheckName::Listener;
    match &status.listener {
        ListenerStatus::Off if status.gateway == GatewayStatus::Off => {
            Check::warned(name, Cause::NoSource).told("sources of events", "one", "none is set up")
        }
        ListenerStatus::Off => Check::skipped(name, Skip::NotSetUp),
        ListenerStatus::On {
            address, accepted, ..
        } => Check::passed(name)
            .told(
                address.clone(),
                "it listens",
                format!("{accepted} accepted"),
            )
            .with(Detail::Text(address.clone())),
        ListenerStatus::Failed(why) => Check::failed(name, Cause::ListenerDown).told(
            "the loopback listener",
            "it listens",
            why.clone(),
        ),
    }
}

fn gateway(status: &Status) -> Check {
    let name = CheckName::Gateway;
    match &status.gateway {
        GatewayStatus::Off => Check::skipped(name, Skip::NotSetUp),
        GatewayStatus::SigningIn { .. } | GatewayStatus::Connecting { .. } => {
            Check::skipped(name, Skip::Before)
        }
        GatewayStatus::Connected {
            broker, accepted, ..
        } => Check::passed(name)
            .told(
                broker.clone(),
                "events are heard",
                format!("{accepted} accepted"),
            )
            .with(Detail::Text(broker.clone())),
        GatewayStatus::Broken { place, fault, .. } => Check::failed(name, Cause::Stream(*fault))
            .told(place.clone(), "events are heard", fault.slug()),
    }
}

/// What was refused, by code: what comes of a sender's mistake is named by the code of most.
pub fn of_refusals(refusals: &BTreeMap<&'static str, u64>) -> Check {
    let name = CheckName::Events;
    let mistakes = refusals
        .iter()
        .filter(|(code, count)| **count > 0 && is_mistake(code));
    let Some((code, count)) = mistakes.max_by_key(|(_, count)| **count) else {
        return Check::passed(name);
    };
    let mut check = Check::warned(name, Cause::EventsRefused(code)).told(
        "events that came",
        "every one is taken",
        format!("{count} × {code}"),
    );
    if matches!(
        *code,
        "signature_wrong" | "signature_outside_window" | "signature_missing" | "E_EVENT"
    ) {
        check.verdict = Verdict::Failed(if *code == "signature_outside_window" {
            Cause::ClockOff { seconds: 300 }
        } else {
            Cause::EventsRefused(code)
        });
    }
    check.with(Detail::Count(*count))
}

/// Whether a refusal shows a mistake: what is late, repeated or somebody else's is everyday.
fn is_mistake(code: &str) -> bool {
    !matches!(
        code,
        "late"
            | "stale_event"
            | "stale_answer"
            | "stale_command"
            | "not_ours"
            | "foreign_agent"
            | "by_rule"
            | "conflict"
            | "not_decided"
            | "rule_without_facts"
            | "end_waits"
            | "end_unasked"
            | "end_several"
            | "end_nobody"
            | "end_repeats"
    )
}

fn writes(status: &Status, connection: Option<&ConnectionId>) -> Check {
    let ours = status
        .queue
        .iter()
        .filter(|item| connection.is_none_or(|id| item.write.connection == *id));
    let mut failed = ours.filter_map(|item| of_write(item.state.as_ref()?, item.write.kind));
    if let Some(check) = failed.next_back() {
        return check;
    }
    let filling = status.banners.iter().find_map(|banner| match banner {
        Banner::OutboxFilling(percent) => Some(*percent),
        Banner::MemoryOnly(_)
        | Banner::KeychainLocked
        | Banner::SecretsRefused
        | Banner::LoopbackHttp(_)
        | Banner::NothingKept(_)
        | Banner::SignInEnds { .. }
        | Banner::Unsent(_) => None,
    });
    match filling {
        Some(percent) => {
            Check::warned(CheckName::Writes, Cause::OutboxFilling).with(Detail::Used(percent))
        }
        None => Check::passed(CheckName::Writes),
    }
}

/// What a write that waits says; `None` for one that nothing is wrong with.
pub fn of_write(state: &WriteState, kind: ActionKind) -> Option<Check> {
    let name = CheckName::Writes;
    let (fault, parked) = match state {
        WriteState::Parked(why) => (&why.fault, true),
        WriteState::Waiting {
            last: Some(last), ..
        } => (last, false),
        WriteState::NotSaved(why) => {
            let check = Check::failed(name, Cause::StoreBroken);
            return Some(check.told("keeping a write", "it is kept", why.words(Language::En)));
        }
        WriteState::Held
        | WriteState::Waiting { last: None, .. }
        | WriteState::Sending
        | WriteState::Done(_)
        | WriteState::Discarded => return None,
    };
    let cause = Cause::of_write(fault, kind);
    let check = if parked {
        Check::failed(name, cause)
    } else {
        Check::warned(name, cause)
    };
    let came = fault.support_line();
    Some(
        check
            .told("a write", "the CRM does it", came.clone())
            .with(Detail::Text(came)),
    )
}

fn bundle(status: &Status) -> Check {
    let name = CheckName::Bundle;
    let Some(bundle) = &status.bundle else {
        return Check::skipped(name, Skip::NotSetUp);
    };
    if let Some(trouble) = &bundle.trouble {
        let refused = Cause::BundleRefused { code: trouble.code };
        return Check::warned(name, refused)
            .told(
                bundle.from.clone(),
                "a bundle that may be taken",
                trouble.why.clone(),
            )
            .with(Detail::Text(trouble.code.to_owned()));
    }
    let version = bundle.active.as_ref().map(|active| active.version);
    let detail = version.map_or(Detail::None, |version| Detail::Count(version.into()));
    Check::passed(name)
        .told(bundle.from.clone(), "a bundle", "it is in force")
        .with(detail)
}
