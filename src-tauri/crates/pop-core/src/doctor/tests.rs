//! The vocabulary is whole and its judgement is what a person would say.

use std::collections::BTreeMap;
use std::time::Duration;

use super::*;
use crate::fault::{Fault, FaultKind};
use crate::http::HttpFault;
use crate::language::Language;
use crate::moment::Moment;

/// One of every cause that is not a fault of another vocabulary.
fn own_causes() -> Vec<Cause> {
    let text = || "x".to_owned();
    let mut causes = vec![
        Cause::TokenExpired,
        Cause::TokenRefused,
        Cause::ScopeMissing,
        Cause::CertificateExpired,
        Cause::CertificateName { name: text() },
        Cause::CertificateUntrusted { issuer: text() },
        Cause::CertificateUnfit,
        Cause::Intercepted { issuer: text() },
        Cause::ProxyUnreachable { proxy: text() },
        Cause::ProxySignIn { proxy: text() },
        Cause::ProxyScheme { proxy: text() },
        Cause::ProxyRefused { proxy: text() },
        Cause::CaptivePage,
        Cause::ClockOff { seconds: 600 },
        Cause::Ipv6Broken,
        Cause::QuotaLow,
        Cause::FieldMissing {
            field: text(),
            path: text(),
        },
        Cause::CustomerIdWrong,
        Cause::CustomerMissing,
        Cause::CustomerHidden,
        Cause::LinkMissing { name: text() },
        Cause::LinkForbidden,
        Cause::LinkBroken,
        Cause::NoBrowser,
        Cause::KeychainAbsent,
        Cause::SecretsLost,
        Cause::DiskFull,
        Cause::DiskReadOnly,
        Cause::StoreBroken,
        Cause::ListenerDown,
        Cause::EventsRefused("signature_wrong"),
        Cause::NoSource,
        Cause::FileWrong { place: text() },
        Cause::BundleRefused { code: "E_CFG_SIG" },
        Cause::OutboxFilling,
        Cause::RecordGone,
        Cause::MayNotWrite,
        Cause::NotTls,
    ];
    causes.extend(Part::ALL.map(Cause::Slow));
    causes
}

#[test]
fn every_cause_says_what_happened_why_and_what_to_do_in_every_language() {
    let mut causes = own_causes();
    causes.extend([
        Cause::Fault(FaultKind::Forbidden),
        Cause::Fault(FaultKind::Network(HttpFault::Dns)),
    ]);
    for language in Language::ALL {
        for cause in &causes {
            let words = cause.words("Meridian", *language);
            for text in [
                &words.title,
                &words.why,
                &words.effect,
                &words.agent,
                &words.admin,
            ] {
                let is_said = !text.starts_with("doctor-") && !text.contains("{$");
                assert!(
                    is_said && !text.is_empty(),
                    "{language:?} {cause:?}: {text}"
                );
            }
        }
    }
}

#[test]
fn every_check_and_every_step_has_a_name_and_every_step_has_a_check() {
    for language in Language::ALL {
        for name in CheckName::ALL {
            assert!(!name.words(*language).starts_with("doctor-"), "{name:?}");
        }
        for step in Step::ALL {
            assert!(!step.words(*language).starts_with("doctor-"), "{step:?}");
        }
    }
    for step in Step::ALL {
        let is_looked_at = CheckName::ALL.iter().any(|name| name.step() == step);
        assert!(is_looked_at, "the guide's step {step:?} is looked at");
    }
}

#[test]
fn a_slow_request_is_named_by_where_its_time_went() {
    for part in Part::ALL {
        let mut spent = Spent::default();
        spent.add(Part::Answer, Duration::from_millis(90));
        assert_eq!(slow(&spent), None, "90 ms are quick");
        spent.add(part, Duration::from_secs(2));
        assert_eq!(slow(&spent), Some(Cause::Slow(part)));
    }
}

#[test]
fn a_token_that_expired_is_told_from_one_that_was_never_good() {
    let refused = Fault {
        status: Some(401),
        ..Fault::new(FaultKind::SignInNeeded, Moment::default())
    };
    let expired = Fault {
        code: Some("token_expired".to_owned()),
        ..refused.clone()
    };
    assert_eq!(Cause::of(&refused), Cause::TokenRefused);
    assert_eq!(Cause::of(&expired), Cause::TokenExpired);
    let scope = Fault {
        code: Some("insufficient_scope".to_owned()),
        ..Fault::new(FaultKind::Forbidden, Moment::default())
    };
    assert_eq!(Cause::of(&scope), Cause::ScopeMissing);
}

#[test]
fn why_nobody_is_found_depends_on_the_id_and_on_a_record_that_exists() {
    let asked = |fits, known_good| customer(Asked { fits, known_good });
    assert_eq!(asked(false, Some(true)), Cause::CustomerIdWrong);
    assert_eq!(asked(true, Some(false)), Cause::CustomerHidden);
    assert_eq!(asked(true, Some(true)), Cause::CustomerMissing);
    assert_eq!(asked(true, None), Cause::CustomerMissing);
}

#[test]
fn a_clock_is_wrong_whichever_way_it_is_off() {
    let at = |seconds: i64| Moment::from_millis(1_000_000 + seconds * 1_000);
    assert_eq!(clock(at(0), at(30)), None);
    assert_eq!(
        clock(at(0), at(600)),
        Some(Cause::ClockOff { seconds: 600 })
    );
    assert_eq!(
        clock(at(600), at(0)),
        Some(Cause::ClockOff { seconds: 600 })
    );
}

#[test]
fn what_is_everyday_among_refused_events_is_no_warning_and_a_wrong_signature_is_a_failure() {
    let everyday = BTreeMap::from([("late", 3), ("not_ours", 40)]);
    assert_eq!(of_refusals(&everyday).verdict, Verdict::Passed);
    let wrong = BTreeMap::from([("late", 3), ("signature_wrong", 1)]);
    let cause = Cause::EventsRefused("signature_wrong");
    assert_eq!(of_refusals(&wrong).verdict, Verdict::Failed(cause));
}

#[test]
fn the_first_failure_in_the_order_of_causes_is_the_cause() {
    let mut report = Report {
        connection: None,
        label: "Meridian".to_owned(),
        begun: Moment::default(),
        took: Duration::ZERO,
        because: None,
        known_record: None,
        checks: vec![
            Check::failed(CheckName::Link, Cause::LinkBroken),
            Check::warned(CheckName::Route, Cause::Ipv6Broken),
            Check::passed(CheckName::SignIn),
            Check::failed(CheckName::SignIn, Cause::TokenExpired),
        ],
    };
    report.sort();
    assert_eq!(
        report.main().and_then(Check::cause),
        Some(&Cause::TokenExpired)
    );
    assert_eq!(
        (report.failed(), report.warned(), report.passed()),
        (2, 1, 0)
    );
    let json = report.json(Language::En);
    assert_eq!(json["cause"], "token_expired");
    assert_eq!(json["checks"][1]["words"]["fix"]["by"], "agent");
}
