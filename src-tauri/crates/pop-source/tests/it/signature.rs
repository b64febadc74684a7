//! Standard Webhooks (security rules W1 to W5).

use std::time::Duration;

use pop_core::moment::Moment;
use pop_source::signature::{
    KeyFault, MAX_WINDOW, Sender, SenderKeys, SignatureFault, SignatureHeaders, SigningFault,
    SigningKey, VerifyKey, new_delivery_id, new_secret, sign,
};

use crate::testkit::{SECRET, noon, one_sender, secret, signing_key, verify_key};

const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const BODY: &[u8] = b"{\"test\": 2432232314}";
const AT: i64 = 1_614_265_330;
const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

/// The key pair of RFC 8032, 7.1, test 1.
const SEED: &str = "whsk_nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
const PUBLIC: &str = "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

fn at(seconds: i64) -> Moment {
    Moment::from_millis(seconds * 1_000)
}

fn senders(keys: &[&str]) -> SenderKeys {
    let keys = keys.iter().map(|key| verify_key(key)).collect();
    SenderKeys::new(vec![Sender::new("one", keys).expect("one or two keys")]).expect("one sender")
}

fn check(
    keys: &SenderKeys,
    fields: &[(&str, &[u8])],
    body: &[u8],
    now: Moment,
) -> Result<(), SignatureFault> {
    let headers = SignatureHeaders::read(fields.iter().copied())?;
    keys.verify(&headers, body, now, MAX_WINDOW).map(|_| ())
}

fn fields<'f>(id: &'f str, timestamp: &'f str, signature: &'f str) -> [(&'f str, &'f [u8]); 3] {
    [
        ("webhook-id", id.as_bytes()),
        ("webhook-timestamp", timestamp.as_bytes()),
        ("webhook-signature", signature.as_bytes()),
    ]
}

#[test]
fn the_published_vectors_verify() {
    let keys = one_sender();
    check(&keys, &fields(ID, "1614265330", SIGNATURE), BODY, at(AT)).expect("the first vector");
    let second = fields(
        "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
        "1649367553",
        "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=",
    );
    let body = br#"{"email":"test@example.com","username":"test_user"}"#;
    let keys = senders(&["whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"]);
    check(&keys, &second, body, at(1_649_367_553)).expect("the second vector");
}

#[test]
fn signing_gives_the_published_vector_and_names_the_sender() {
    let signed = sign(&[signing_key(SECRET)], ID, at(AT), BODY).expect("a good id");
    assert_eq!(signed.signature, SIGNATURE);
    assert_eq!(signed.timestamp, "1614265330");
    let sent = signed
        .fields()
        .map(|(name, value)| (name, value.as_bytes()));
    let headers = SignatureHeaders::read(sent).expect("well-formed");
    let keys = one_sender();
    let verified = keys
        .verify(&headers, BODY, at(AT), MAX_WINDOW)
        .expect("our own signature");
    assert_eq!((verified.sender, headers.id()), ("desk-tool", ID));
}

#[test]
fn an_ed25519_signature_verifies_with_the_public_key_alone() {
    let signed = sign(&[signing_key(SEED)], ID, at(AT), BODY).expect("a good id");
    assert!(signed.signature.starts_with("v1a,"), "{}", signed.signature);
    let sent = fields(ID, "1614265330", &signed.signature);
    check(&senders(&[PUBLIC]), &sent, BODY, at(AT)).expect("the public key of the same pair");
    let pair = "whsk_nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2DXWpgBgrEKt9VL/tPJZAc6DuFy89qmIyWvAhpo9wdRGg==";
    let again = sign(&[signing_key(pair)], ID, at(AT), BODY).expect("a good id");
    assert_eq!(
        again, signed,
        "seed with public key is the same key as the seed"
    );
}

#[test]
fn no_flipped_bit_verifies() {
    // The curve is slow without optimisation, so its delivery is short.
    for (key, signer, id, body) in [
        (SECRET, SECRET, ID, BODY),
        (PUBLIC, SEED, "msg_0001", b"{}"),
    ] {
        let keys = senders(&[key]);
        let signed = sign(&[signing_key(signer)], id, at(AT), body).expect("a good id");
        let parts = [
            id.as_bytes(),
            b"1614265330",
            signed.signature.as_bytes(),
            body,
        ];
        let verifies = |parts: &[Vec<u8>]| {
            let sent = [
                ("webhook-id", parts[0].as_slice()),
                ("webhook-timestamp", &parts[1]),
                ("webhook-signature", &parts[2]),
            ];
            check(&keys, &sent, &parts[3], at(AT)).is_ok()
        };
        let whole = parts.map(<[u8]>::to_vec);
        assert!(verifies(&whole), "unchanged, it verifies");
        for (part, bytes) in parts.iter().enumerate() {
            for bit in 0..bytes.len() * 8 {
                let mut bent = whole.clone();
                bent[part][bit / 8] ^= 1 << (bit % 8);
                assert!(!verifies(&bent), "bit {bit} of part {part}");
            }
        }
    }
}

#[test]
fn a_field_that_is_missing_twice_or_malformed_is_refused() {
    let keys = one_sender();
    let good = fields(ID, "1614265330", SIGNATURE);
    check(&keys, &good, BODY, at(AT)).expect("the control verifies");
    for lacking in 0..3 {
        let mut sent = good.to_vec();
        let taken = sent.remove(lacking);
        assert_eq!(
            check(&keys, &sent, BODY, at(AT)),
            Err(SignatureFault::Missing),
            "{}",
            taken.0
        );
        let mut sent = good.to_vec();
        sent.push((
            ["Webhook-Id", "WEBHOOK-TIMESTAMP", "webhook-signature"][lacking],
            good[lacking].1,
        ));
        assert_eq!(
            check(&keys, &sent, BODY, at(AT)),
            Err(SignatureFault::Malformed),
            "twice"
        );
    }
    let long_id = "a".repeat(65);
    let ids = [
        "",
        "short_7",
        "msg.p5jXN8AQ",
        "msg p5jXN8AQ",
        "msg_p5jXN8A\u{e9}",
        "msg_p5jXN8AQ\n",
        &long_id,
    ];
    for id in ids {
        let sent = fields(id, "1614265330", SIGNATURE);
        assert_eq!(
            check(&keys, &sent, BODY, at(AT)),
            Err(SignatureFault::Malformed),
            "{id:?}"
        );
    }
    for timestamp in [
        "",
        "-1614265330",
        "+1614265330",
        " 1614265330",
        "1614265330.0",
        "1614265330 ",
        "1e9",
        "0x60379b72",
        "16142653300000",
        "\u{661}614265330",
        "1614265330,1614265330",
    ] {
        let sent = fields(ID, timestamp, SIGNATURE);
        assert_eq!(
            check(&keys, &sent, BODY, at(AT)),
            Err(SignatureFault::Malformed),
            "{timestamp:?}"
        );
    }
    for signature in [
        "",
        "v1",
        "v1,",
        "v1,*",
        "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1 g0hM",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE",
        "v1,g0hM9SsE-OTPJTGt_tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "V1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        " v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OF=",
    ] {
        let sent = fields(ID, "1614265330", signature);
        assert!(check(&keys, &sent, BODY, at(AT)).is_err(), "{signature:?}");
    }
}

#[test]
fn an_id_has_8_to_64_signs() {
    for length in [8, 64] {
        let id = "a".repeat(length);
        let signed = sign(&[signing_key(SECRET)], &id, at(AT), BODY).expect("a good length");
        let sent = fields(&id, "1614265330", &signed.signature);
        check(&one_sender(), &sent, BODY, at(AT)).expect("a good length");
    }
    for id in ["a".repeat(7), "a".repeat(65), "with.dots".to_owned()] {
        let signed = sign(&[signing_key(SECRET)], &id, at(AT), BODY);
        assert_eq!(signed, Err(SigningFault::Id), "{id}");
    }
}

#[test]
fn a_timestamp_counts_within_300_seconds_to_either_side() {
    let keys = one_sender();
    let sent = fields(ID, "1614265330", SIGNATURE);
    for distance in [-300, -299, 0, 299, 300] {
        check(&keys, &sent, BODY, at(AT + distance)).unwrap_or_else(|_| panic!("{distance} s"));
    }
    for distance in [-86_400, -301, 301, 86_400, i64::from(i32::MAX)] {
        let outcome = check(&keys, &sent, BODY, at(AT + distance));
        assert_eq!(outcome, Err(SignatureFault::OutsideWindow), "{distance} s");
    }
}

#[test]
fn the_window_can_be_lowered_and_never_raised() {
    let keys = one_sender();
    let sent = fields(ID, "1614265330", SIGNATURE);
    let headers = SignatureHeaders::read(sent).expect("well-formed");
    let within = |window, distance| {
        keys.verify(
            &headers,
            BODY,
            at(AT + distance),
            Duration::from_secs(window),
        )
        .is_ok()
    };
    assert!(within(60, 60) && !within(60, 61), "lowered to a minute");
    assert!(
        within(3_600, 300) && !within(3_600, 301),
        "an hour counts as five minutes"
    );
}

#[test]
fn two_keys_are_active_while_one_is_replaced() {
    let (old, new) = (SECRET, "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD");
    for signer in [old, new] {
        let signed = sign(&[signing_key(signer)], ID, at(AT), BODY).expect("a good id");
        let sent = fields(ID, "1614265330", &signed.signature);
        check(&senders(&[old, new]), &sent, BODY, at(AT)).expect("either key");
        let both = sign(&[signing_key(old), signing_key(new)], ID, at(AT), BODY).expect("two keys");
        let sent = fields(ID, "1614265330", &both.signature);
        check(&senders(&[signer]), &sent, BODY, at(AT)).expect("a receiver with one of them");
    }
    let sent = fields(ID, "1614265330", SIGNATURE);
    let outcome = check(&senders(&[new]), &sent, BODY, at(AT));
    assert_eq!(outcome, Err(SignatureFault::NoMatch), "the old key is over");
    let three = (0..3).map(|_| verify_key(SECRET)).collect();
    assert_eq!(Sender::new("one", three).err(), Some(KeyFault::Count));
    assert_eq!(Sender::new("one", Vec::new()).err(), Some(KeyFault::Count));
    let twice = || Sender::new("one", vec![verify_key(SECRET)]).expect("one key");
    assert_eq!(
        SenderKeys::new(vec![twice(), twice()]).err(),
        Some(KeyFault::SameName)
    );
}

#[test]
fn the_algorithm_belongs_to_the_key_and_not_to_the_message() {
    let mac = SIGNATURE.trim_start_matches("v1,");
    let curve = sign(&[signing_key(SEED)], ID, at(AT), BODY)
        .expect("a good id")
        .signature;
    let curve = curve.trim_start_matches("v1a,");
    // The public key is no secret: whoever has it must not be able to use it as one.
    let forged = PUBLIC.replace("whpk_", "whsec_");
    let forged = sign(&[signing_key(&forged)], ID, at(AT), BODY)
        .expect("a good id")
        .signature;
    for (keys, signature) in [
        (senders(&[SECRET]), format!("v1a,{mac}")),
        (senders(&[PUBLIC]), format!("v1,{curve}")),
        (senders(&[PUBLIC]), forged.clone()),
        (senders(&[PUBLIC]), forged.replace("v1,", "v1a,")),
    ] {
        let sent = fields(ID, "1614265330", &signature);
        assert_eq!(
            check(&keys, &sent, BODY, at(AT)),
            Err(SignatureFault::NoMatch),
            "{signature}"
        );
    }
}

#[test]
fn at_most_four_signatures_are_looked_at() {
    let keys = one_sender();
    let wrong = "v1,Z0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    let later = "v9,Z0hM9SsE";
    let four = [wrong, later, wrong, SIGNATURE].join(" ");
    check(&keys, &fields(ID, "1614265330", &four), BODY, at(AT)).expect("the fourth is ours");
    let five = [wrong, wrong, wrong, wrong, SIGNATURE].join(" ");
    let outcome = check(&keys, &fields(ID, "1614265330", &five), BODY, at(AT));
    assert_eq!(outcome, Err(SignatureFault::Malformed));
}

#[test]
fn keys_that_are_none_are_refused() {
    use base64::Engine as _;
    let shared = |length: usize| {
        format!(
            "whsec_{}",
            base64::engine::general_purpose::STANDARD.encode(vec![7; length])
        )
    };
    for length in [24, 32, 64] {
        VerifyKey::parse(&secret(&shared(length))).expect("24 to 64 bytes");
    }
    for length in [0, 23, 65] {
        let parsed = VerifyKey::parse(&secret(&shared(length)));
        assert_eq!(parsed.err(), Some(KeyFault::Length), "{length} bytes");
    }
    for text in ["", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_***", SEED] {
        assert_eq!(
            VerifyKey::parse(&secret(text)).err(),
            Some(KeyFault::Form),
            "{text}"
        );
    }
    // The neutral point of the curve: any signature would do.
    let weak = "whpk_AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    for text in [weak, "whpk_AAAA"] {
        assert_eq!(
            VerifyKey::parse(&secret(text)).err(),
            Some(KeyFault::Curve),
            "{text}"
        );
    }
    assert_eq!(
        SigningKey::parse(&secret(PUBLIC)).err(),
        Some(KeyFault::Form),
        "a public key"
    );
    assert_eq!(
        SigningKey::parse(&secret("whsk_AAAA")).err(),
        Some(KeyFault::Curve)
    );
}

#[test]
fn a_new_secret_and_a_new_id_are_good_and_different_each_time() {
    let secrets = [new_secret().expect("random"), new_secret().expect("random")];
    let [one, other] = secrets
        .each_ref()
        .map(|secret| secret.expose("a test compares them"));
    assert_ne!(one, other);
    let (id, next) = (
        new_delivery_id().expect("random"),
        new_delivery_id().expect("random"),
    );
    assert_ne!(id, next);
    let signed = sign(&[signing_key(one)], &id, noon(), BODY).expect("a good id");
    let keys = senders(&[one]);
    let sent = signed
        .fields()
        .map(|(name, value)| (name, value.as_bytes()));
    check(&keys, &sent, BODY, noon()).expect("the new secret signs and verifies");
}

#[test]
fn a_delivery_needs_a_key_and_a_time_after_1970() {
    assert_eq!(sign(&[], ID, at(AT), BODY), Err(SigningFault::Keys));
    let keys: Vec<_> = (0..5).map(|_| signing_key(SECRET)).collect();
    assert_eq!(sign(&keys, ID, at(AT), BODY), Err(SigningFault::Keys));
    assert_eq!(
        sign(&[signing_key(SECRET)], ID, at(-1), BODY),
        Err(SigningFault::Time)
    );
}
