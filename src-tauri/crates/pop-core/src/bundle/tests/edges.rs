//! The edges of a bundle and of its keys: the last that is taken, and the first that is refused.

use std::time::Duration;

use super::*;
use crate::secret::Secret;

#[test]
fn the_longest_bundle_is_read_and_one_that_is_a_byte_longer_is_refused() {
    let of = |length: usize| {
        let text = format!("{BUNDLE}{}", " ".repeat(length - BUNDLE.len()));
        Signed::read(Signed::sign(&text, &[key(1)]).as_bytes()).map(|_| ())
    };
    assert_eq!(of(MOST_BYTES), Ok(()), "the control");
    assert!(matches!(of(MOST_BYTES + 1), Err(Refusal::Form(_))));
    let nothing = |length| Signed::read(&vec![b'x'; length]);
    assert_eq!(nothing(MOST_SIGNED + 1), Err(Refusal::TooLong));
    assert_eq!(nothing(MOST_SIGNED * 2), Err(Refusal::TooLong));
    assert!(
        matches!(nothing(MOST_SIGNED), Err(Refusal::Form(_))),
        "as long as may be, it is looked at"
    );
    let padded = format!("{BUNDLE}{}", " ".repeat(MOST_BYTES));
    let faults = Bundle::read("b.toml", &padded).expect_err("it is longer than any bundle");
    assert_eq!(faults.len(), 1, "and is not read any further: {faults:?}");
}

#[test]
fn a_long_head_is_refused_however_short_the_bundle_is() {
    let signed = Signed::sign(BUNDLE, &[key(1)]);
    let (head, text) = signed.split_once("\n\n").expect("a head");
    let long = format!("{head}\n{}\n\n{text}", "x".repeat(1_024));
    assert_eq!(
        Signed::read(long.as_bytes()),
        Err(Refusal::Form("a short head, an empty line, and the bundle"))
    );
}

#[test]
fn a_bundle_is_signed_by_one_to_four_keys_and_by_each_once() {
    let read = |keys: &[SecretKey]| Signed::read(Signed::sign(BUNDLE, keys).as_bytes());
    let four = read(&[key(1), key(2), key(3), key(4)]).expect("the control: four may sign");
    assert_eq!(four.keys().len(), 4);
    assert_eq!(four.text_of_anybody(), BUNDLE);
    for keys in [
        vec![],
        vec![key(1), key(1)],
        vec![key(1), key(2), key(3), key(4), key(5)],
    ] {
        let count = keys.len();
        assert!(
            matches!(read(&keys), Err(Refusal::Form(_))),
            "{count} signatures"
        );
    }
}

#[test]
fn a_fingerprint_is_typed_whole_and_is_shown_in_groups_of_four() {
    let own = key(1).public().fingerprint();
    let shown = own.to_string();
    let groups: Vec<&str> = shown.split('-').collect();
    assert_eq!(groups.len(), 8, "{shown}");
    assert!(groups.iter().all(|group| group.len() == 4), "{shown}");
    assert_eq!(format!("{own:?}"), shown);
    let small = shown.to_lowercase().replace('-', " ");
    assert_eq!(Fingerprint::parse(&small), Ok(own), "the control");
    for digits in [
        &shown[1..],
        &shown[2..],
        &format!("{shown}0"),
        &format!("{shown}00"),
        "",
    ] {
        assert_eq!(Fingerprint::parse(digits), Err(KeyFault::Form), "{digits}");
    }
    let strangers = Refusal::Stranger(vec![own, key(2).public().fingerprint()]).to_string();
    let both = format!("{own} and {} did", key(2).public().fingerprint());
    assert!(strangers.ends_with(&both), "both are named: {strangers}");
}

#[test]
fn a_ring_is_read_as_it_is_written_and_another_share_is_a_mistake() {
    let read = |ring: &str| {
        let text = BUNDLE.replace("version = 7", &format!("version = 7\nring = {ring}"));
        Bundle::read("b.toml", &text).map(|bundle| bundle.manifest.ring)
    };
    for ring in Ring::EACH {
        assert_eq!(read(&ring.percent().to_string()), Ok(ring));
        assert_eq!(u8::from(ring), ring.percent());
    }
    for wrong in ["0", "2", "11", "99", "101"] {
        assert!(read(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn the_last_day_that_a_bundle_may_hold_is_taken_and_the_oldest_program_that_may_take_it_does() {
    let ending = |after: Duration| manifest(|it| it.expires = now().after(after).rfc3339());
    assert_eq!(ending(LONGEST).acceptable(&taker()), Ok(()));
    assert!(matches!(
        ending(LONGEST + Duration::from_secs(1)).acceptable(&taker()),
        Err(Refusal::TooLongAhead(_))
    ));
    let own = manifest(|it| it.minimum_app = Some("0.1.0".to_owned()));
    assert_eq!(own.acceptable(&taker()), Ok(()));
}

#[test]
fn a_bundle_that_ends_before_it_begins_is_a_mistake() {
    let with = |begins: &str| {
        BUNDLE.replace(
            "version = 7",
            &format!("version = 7\nnot_before = {begins:?}"),
        )
    };
    for begins in ["2027-06-01T00:00:00Z", "2027-06-02T00:00:00Z"] {
        let key = "bundle.expires".to_owned();
        assert_eq!(mistakes(&with(begins)), [(5, key)], "{begins}");
    }
    let earlier = with("2027-05-31T23:59:59Z");
    assert!(Bundle::read("b.toml", &earlier).is_ok(), "the control");
}

#[test]
fn a_key_to_be_trusted_is_a_key_and_nothing_else() {
    let with =
        |key: &str| BUNDLE.replace("version = 7", &format!("version = 7\ntrust = [{key:?}]"));
    let typed = key(1).public().fingerprint().to_string();
    for wrong in ["ed25519:", "x", &typed] {
        let at = (4, "bundle.trust".to_owned());
        assert_eq!(mistakes(&with(wrong)), [at], "{wrong}");
    }
    let right = with(&key(1).public().to_string());
    assert!(Bundle::read("b.toml", &right).is_ok(), "the control");
}

#[test]
fn a_definition_in_a_bundle_is_known_with_the_line_on_which_it_begins() {
    for quotes in ["'''", "\"\"\""] {
        let below = format!("{BUNDLE}\n[definitions]\nown = {quotes}\nid = 1\n{quotes}\n");
        let bundle = Bundle::read("b.toml", &below).expect("a right bundle");
        let own = bundle
            .embedded(&["definitions", "own"])
            .expect("it is there");
        assert_eq!((own.text.as_str(), own.line), ("id = 1\n", 11), "{quotes}");
        assert_eq!(bundle.definitions.get("own"), Some(&own));
        assert_eq!(bundle.embedded(&["definitions", "other"]), None);
    }
    let beside = format!("{BUNDLE}\n[definitions]\nown = \"id = 1\"\n");
    let bundle = Bundle::read("b.toml", &beside).expect("a right bundle");
    let own = bundle.embedded(&["definitions", "own"]).map(|it| it.line);
    assert_eq!(own, Some(10), "where it stands in one line");
    assert_eq!(bundle.file(), "b.toml");
}

#[test]
fn a_secret_key_is_read_as_it_was_written_and_nothing_else_is_one() {
    let parse = |text: &str| SecretKey::parse(&Secret::new(text.to_owned()));
    let written = key(1).written();
    let text = written.expose("a test reads it back").to_owned();
    let read = parse(&text).expect("the control");
    assert_eq!(read.public(), key(1).public());
    let public = key(1).public().to_string();
    for wrong in ["", &text[1..], &text[..text.len() - 1], &public] {
        assert_eq!(parse(wrong).err(), Some(KeyFault::Secret), "{wrong}");
    }
    let whole = Trusted::parse(&public).expect("a key");
    assert_eq!(whole, Trusted::Key(key(1).public()));
    assert_eq!(whole.fingerprint(), key(1).public().fingerprint());
    let weak = format!("ed25519:{}", "A".repeat(43));
    assert_eq!(
        PublicKey::parse(&weak),
        Err(KeyFault::Curve),
        "it vouches for everything"
    );
}
