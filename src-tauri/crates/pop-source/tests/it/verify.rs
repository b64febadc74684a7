//! Each platform's signature: the right one counts; one that is wrong, old, changed or another's
//! does not, and the reason is named.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pop_core::moment::Moment;
use pop_core::secret::Secret;
use pop_source::delivery::Delivery;
use pop_source::verify::{Refused, Scheme, SecretFault, Verifier};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};

use crate::testkit::{one_sender, secret};

pub(crate) type Fields = Vec<(String, Vec<u8>)>;

pub(crate) fn fields(pairs: &[(&str, &str)]) -> Fields {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec()))
        .collect()
}

pub(crate) fn at(text: &str) -> Moment {
    Moment::parse(text).expect("a time")
}

pub(crate) struct Sent<'a> {
    pub(crate) headers: Fields,
    pub(crate) body: &'a str,
    pub(crate) received: Moment,
    pub(crate) url: &'a str,
}

impl Sent<'_> {
    pub(crate) fn check(&self, verifier: &Verifier) -> Result<(), Refused> {
        verifier.verify(&Delivery {
            headers: &self.headers,
            body: self.body.as_bytes(),
            received: self.received,
            url: self.url,
        })
    }

    fn with(&self, name: &str, value: &str) -> Fields {
        let mut headers = self.headers.clone();
        let field = headers
            .iter_mut()
            .find(|(field, _)| field == name)
            .expect("a field of this sample");
        field.1 = value.as_bytes().to_vec();
        headers
    }
}

pub(crate) fn missing(name: &str) -> Result<(), Refused> {
    Err(Refused::Missing(name.to_owned()))
}

pub(crate) fn malformed(name: &str) -> Result<(), Refused> {
    Err(Refused::Malformed(name.to_owned()))
}

const ZOOM_SECRET: &str = "zoomsecret-0123456789";

/// Computed with another implementation (Python's `hmac`).
fn zoom() -> Sent<'static> {
    let tag = "v0=8180cda90d4c904ff3dbcac78987c027cf7f300f55faa08fb0589e25d1d48b41";
    Sent {
        headers: fields(&[
            ("x-zm-signature", tag),
            ("x-zm-request-timestamp", "1739923528"),
        ]),
        body: "{\"event\":\"phone.callee_ringing\"}",
        received: Moment::from_millis(1_739_923_528_000),
        url: "https://pop.example.com/zoom",
    }
}

fn zoom_verifier() -> Verifier {
    Verifier::zoom(vec![secret(ZOOM_SECRET)]).expect("a secret")
}

#[test]
fn a_zoom_signature_counts_and_a_changed_delivery_does_not() {
    let (sent, verifier) = (zoom(), zoom_verifier());
    assert_eq!(sent.check(&verifier), Ok(()), "the control");

    let changed = Sent {
        body: "{\"event\":\"phone.callee_ringinG\"}",
        ..zoom()
    };
    assert_eq!(changed.check(&verifier), Err(Refused::NoMatch), "body");
    let later = Sent {
        headers: sent.with("x-zm-request-timestamp", "1739923529"),
        ..zoom()
    };
    assert_eq!(later.check(&verifier), Err(Refused::NoMatch), "time");
    let other = Verifier::zoom(vec![secret("zoomsecret-0123456780")]).expect("a secret");
    assert_eq!(sent.check(&other), Err(Refused::NoMatch), "secret");
    let rotating = vec![secret("zoomsecret-0123456780"), secret(ZOOM_SECRET)];
    let rotating = Verifier::zoom(rotating).expect("two secrets");
    assert_eq!(sent.check(&rotating), Ok(()), "one of two secrets");
}

#[test]
fn an_old_or_a_future_zoom_delivery_is_refused() {
    let verifier = zoom_verifier();
    for (seconds, expected) in [
        (-301, Err(Refused::OutsideWindow)),
        (-299, Ok(())),
        (299, Ok(())),
        (301, Err(Refused::OutsideWindow)),
    ] {
        let received = Moment::from_millis((1_739_923_528_i64 + seconds) * 1_000);
        let sent = Sent { received, ..zoom() };
        assert_eq!(sent.check(&verifier), expected, "{seconds} s");
    }
    let sent = zoom();
    let narrow = |seconds: i64| {
        verifier.verify_within(
            &Delivery {
                headers: &sent.headers,
                body: sent.body.as_bytes(),
                received: Moment::from_millis((1_739_923_528_i64 + seconds) * 1_000),
                url: sent.url,
            },
            Duration::from_secs(30),
        )
    };
    assert_eq!(narrow(31), Err(Refused::OutsideWindow), "a window narrowed");
    assert_eq!(narrow(29), Ok(()), "the control");
}

#[test]
fn a_signature_that_is_missing_twice_or_misshapen_is_named() {
    let (sent, verifier) = (zoom(), zoom_verifier());
    let with = |headers| Sent { headers, ..zoom() }.check(&verifier);
    assert_eq!(with(Fields::new()), missing("x-zm-signature"));
    assert_eq!(
        with(sent.headers[..1].to_vec()),
        missing("x-zm-request-timestamp")
    );
    let mut twice = sent.headers.clone();
    twice.push(("X-Zm-Signature".to_owned(), b"v0=00".to_vec()));
    assert_eq!(with(twice), malformed("x-zm-signature"), "twice");
    for text in ["v1=8180", "8180", "v0=818", "v0=zz", ""] {
        let expected = malformed("x-zm-signature");
        assert_eq!(with(sent.with("x-zm-signature", text)), expected, "{text}");
    }
    for text in ["", "+1739923528", "1739923528000", "now", "-1"] {
        let expected = malformed("x-zm-request-timestamp");
        let headers = sent.with("x-zm-request-timestamp", text);
        assert_eq!(with(headers), expected, "{text}");
    }
    let short = sent.with("x-zm-signature", "v0=8180");
    assert_eq!(with(short), Err(Refused::NoMatch), "part of a signature");
}

const ZENDESK_SECRET: &str = "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==";

fn zendesk(secret_text: &str, time: &str, body: &str, tag: &str) -> Result<(), Refused> {
    let verifier = Verifier::zendesk(vec![secret(secret_text)]).expect("a secret");
    Sent {
        headers: fields(&[
            ("X-Zendesk-Webhook-Signature", tag),
            ("X-Zendesk-Webhook-Signature-Timestamp", time),
        ]),
        body,
        received: at(time).after(Duration::from_secs(2)),
        url: "https://pop.example.com/zendesk",
    }
    .check(&verifier)
}

#[test]
fn a_zendesk_signature_covers_time_and_body_in_that_order() {
    // The secret of Zendesk's page; the tag was computed with another implementation.
    let (time, body) = ("2021-03-25T05:09:27Z", r#"{"type":"test"}"#);
    let tag = "ddcUJyghGt9/invafzneJKv1Yv8QTO0AXYgx1Ib71x4=";
    assert_eq!(zendesk(ZENDESK_SECRET, time, body, tag), Ok(()), "control");
    let changed = zendesk(ZENDESK_SECRET, time, r#"{"type":"tesT"}"#, tag);
    assert_eq!(changed, Err(Refused::NoMatch), "a changed body");
    let moved = zendesk(ZENDESK_SECRET, "2021-03-25T05:09:28Z", body, tag);
    assert_eq!(moved, Err(Refused::NoMatch), "a changed time");

    // An older page of Zendesk signed body and time; the present one signs time and body.
    let outcome = zendesk(
        "HRkRd4BeOAoUkfZr-mhauJT64rvBASlJRoIyPsd3zeA=",
        "2021-07-25T10:00:00Z",
        r#"{"say": "hello"}"#,
        "tRDSF7URY8BLCDlaBcQ7FHu051Zk+aAB0NKMP53teMw=",
    );
    assert_eq!(outcome, Err(Refused::NoMatch), "the older order");
}

#[test]
fn an_old_zendesk_delivery_is_refused() {
    let verifier = Verifier::zendesk(vec![secret(ZENDESK_SECRET)]).expect("a secret");
    let (time, tag) = (
        "2021-03-25T05:09:27Z",
        "ddcUJyghGt9/invafzneJKv1Yv8QTO0AXYgx1Ib71x4=",
    );
    let check = |seconds| {
        Sent {
            headers: fields(&[
                ("x-zendesk-webhook-signature", tag),
                ("x-zendesk-webhook-signature-timestamp", time),
            ]),
            body: r#"{"type":"test"}"#,
            received: at(time).after(Duration::from_secs(seconds)),
            url: "",
        }
        .check(&verifier)
    };
    assert_eq!(check(301), Err(Refused::OutsideWindow));
    assert_eq!(check(299), Ok(()), "the control");
}

/// A key pair of P-256, and its public key as Talkdesk would hand it out.
fn pair() -> (EcdsaKeyPair, String) {
    let random = SystemRandom::new();
    let signing = &ECDSA_P256_SHA256_ASN1_SIGNING;
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(signing, &random).expect("random bytes");
    let pair = EcdsaKeyPair::from_pkcs8(signing, pkcs8.as_ref(), &random).expect("its own key");
    let head = STANDARD
        .decode("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgA=")
        .expect("the head of a P-256 key");
    let text = STANDARD.encode([&head, pair.public_key().as_ref()].concat());
    let pem = format!("-----BEGIN PUBLIC KEY-----\n{text}\n-----END PUBLIC KEY-----\n");
    (pair, pem)
}

#[test]
fn a_talkdesk_signature_is_checked_with_the_public_key() {
    let ((own, pem), (_, foreign)) = (pair(), pair());
    let body = r#"{"event":"app.installed"}"#;
    let tag = own.sign(&SystemRandom::new(), body.as_bytes());
    let tag = STANDARD.encode(tag.expect("a signature"));
    let check = |pems: &[&str], body| {
        Sent {
            headers: fields(&[("X-Hub-Ecdsa-Signature", &tag)]),
            body,
            received: at("2026-01-06T15:57:41Z"),
            url: "",
        }
        .check(&Verifier::talkdesk(pems).expect("public keys"))
    };
    assert_eq!(check(&[&pem], body), Ok(()));
    assert_eq!(check(&[&foreign, &pem], body), Ok(()), "one of two keys");
    assert_eq!(check(&[&foreign], body), Err(Refused::NoMatch), "another");
    let changed = r#"{"event":"app.installeD"}"#;
    assert_eq!(check(&[&pem], changed), Err(Refused::NoMatch), "changed");
    for bad in [
        "",
        "MFkw",
        "-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----",
    ] {
        let fault = Verifier::talkdesk(&[bad]).err();
        assert_eq!(fault, Some(SecretFault::Key), "{bad}");
    }
}

#[test]
fn whether_a_signature_covers_a_time_is_said_of_every_way() {
    let secrets = || vec![secret("long-enough-to-be-one")];
    let (_, pem) = pair();
    let ways = [
        (Verifier::standard(one_sender()), true),
        (zoom_verifier(), true),
        (Verifier::zendesk(secrets()).expect("a secret"), true),
        (Verifier::twilio(secrets()).expect("a secret"), false),
        (Verifier::talkdesk(&[&pem]).expect("a key"), false),
        (
            Verifier::header("x-key", secrets()).expect("a value"),
            false,
        ),
    ];
    for (verifier, covers) in ways {
        assert_eq!(verifier.signs_time(), covers, "{:?}", verifier.scheme());
    }
}

#[test]
fn every_refusal_has_a_word_of_its_own_for_the_counters() {
    let refusals = [
        (Refused::Missing("x".to_owned()), "signature_missing"),
        (Refused::Malformed("x".to_owned()), "signature_malformed"),
        (Refused::OutsideWindow, "signature_outside_window"),
        (Refused::NoMatch, "signature_wrong"),
    ];
    for (refused, word) in refusals {
        assert_eq!(refused.word(), word, "{refused}");
    }
}

#[test]
fn a_platform_has_one_public_key_or_two_while_one_is_replaced() {
    let (_, pem) = pair();
    assert!(Verifier::talkdesk(&[&pem, &pem]).is_ok(), "the control");
    for keys in [vec![], vec![pem.as_str(); 3]] {
        let fault = Verifier::talkdesk(&keys).err();
        assert_eq!(fault, Some(SecretFault::Count), "{} keys", keys.len());
    }
}

#[test]
fn a_header_holds_the_agreed_value_and_nothing_else() {
    let value = "Bearer 8a2f5e6b7c8d9e0f";
    let verifier = Verifier::header("Authorization", vec![secret(value)]).expect("name and value");
    let check = |pairs: &[(&str, &str)]| {
        Sent {
            headers: fields(pairs),
            body: "{}",
            received: at("2026-01-06T15:57:41Z"),
            url: "",
        }
        .check(&verifier)
    };
    assert_eq!(check(&[("authorization", value)]), Ok(()), "the control");
    for wrong in [
        "",
        "Bearer",
        "Bearer 8a2f5e6b7c8d9e0",
        "bearer 8a2f5e6b7c8d9e0f",
    ] {
        let outcome = check(&[("authorization", wrong)]);
        assert_eq!(outcome, Err(Refused::NoMatch), "{wrong}");
    }
    assert_eq!(check(&[]), missing("authorization"));
    let twice = check(&[("authorization", value), ("Authorization", value)]);
    assert_eq!(twice, malformed("authorization"));
    assert!(!verifier.signs_time(), "nothing of the delivery is signed");
}

#[test]
fn a_standard_webhook_is_verified_here_as_at_the_listener() {
    let verifier = Verifier::standard(one_sender());
    let tag = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    let sent = |received: i64, tag| {
        Sent {
            headers: fields(&[
                ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
                ("webhook-timestamp", "1614265330"),
                ("webhook-signature", tag),
            ]),
            body: "{\"test\": 2432232314}",
            received: Moment::from_millis(received * 1_000),
            url: "",
        }
        .check(&verifier)
    };
    assert_eq!(sent(1_614_265_330, tag), Ok(()), "the published vector");
    assert_eq!(sent(1_614_265_631, tag), Err(Refused::OutsideWindow));
    let other = "v1,h0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    assert_eq!(sent(1_614_265_330, other), Err(Refused::NoMatch));
}

#[test]
fn secrets_that_cannot_stand_are_refused_when_they_are_set() {
    let fault = |outcome: Result<Verifier, SecretFault>| outcome.err();
    let three = || (0..3).map(|_| secret("long-enough-to-be-one")).collect();
    assert_eq!(fault(Verifier::zoom(Vec::new())), Some(SecretFault::Count));
    assert_eq!(fault(Verifier::zoom(three())), Some(SecretFault::Count));
    let empty = vec![Secret::new(String::new())];
    assert_eq!(fault(Verifier::zendesk(empty)), Some(SecretFault::Short(1)));
    let short = Verifier::header("x-key", vec![secret("guessable")]);
    assert_eq!(
        fault(short),
        Some(SecretFault::Short(16)),
        "chosen by people"
    );
    let name = Verifier::header("x key", vec![secret("long-enough-to-be-one")]);
    assert_eq!(fault(name), Some(SecretFault::HeaderName));
    for (scheme, word) in Scheme::ALL {
        assert_eq!((Scheme::parse(word), scheme.word()), (Some(scheme), word));
    }
}
