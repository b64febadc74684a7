//! A bundle and its keys seen from outside: what is signed is read back, and nothing else is taken.

mod edges;

use zeroize::Zeroizing;

use super::*;
use crate::moment::Moment;

const BUNDLE: &str = r#"[bundle]
tenant  = "meridian"
version = 7
expires = "2027-06-01T00:00:00Z"

[pop]
open = "offer"
"#;

fn key(of: u8) -> SecretKey {
    SecretKey::of_random(&Zeroizing::new([of; 32]))
}

fn trusted(key: &SecretKey) -> [Trusted; 1] {
    [Trusted::Key(key.public())]
}

fn now() -> Moment {
    Moment::parse("2026-11-23T09:00:00Z").expect("a time")
}

fn taker() -> Taker<'static> {
    Taker {
        now: now(),
        app: "0.1.0",
        tenant: None,
        highest: 0,
    }
}

fn manifest(change: impl FnOnce(&mut Manifest)) -> Manifest {
    let mut manifest = Bundle::read("b.toml", BUNDLE)
        .expect("a right bundle")
        .manifest;
    change(&mut manifest);
    manifest
}

fn mistakes(text: &str) -> Vec<(usize, String)> {
    let faults = Bundle::read("b.toml", text).expect_err("it has mistakes");
    faults
        .into_iter()
        .map(|fault| (fault.line, fault.key))
        .collect()
}

#[test]
fn what_was_signed_is_read_back_to_the_byte() {
    let signed = Signed::sign(BUNDLE, &[key(1)]);
    let read = Signed::read(signed.as_bytes()).expect("it was just signed");
    assert_eq!(read.trusted(&trusted(&key(1))), Ok(BUNDLE));
    let typed = Trusted::parse(&key(1).public().fingerprint().to_string()).expect("a fingerprint");
    assert_eq!(
        read.trusted(&[typed]),
        Ok(BUNDLE),
        "a typed fingerprint does as well"
    );
}

#[test]
fn every_changed_byte_is_refused() {
    let signed = Signed::sign(BUNDLE, &[key(1)]).into_bytes();
    for at in 0..signed.len() {
        let mut changed = signed.clone();
        changed[at] ^= 1 << (at % 7);
        let read = Signed::read(&changed);
        let taken = read.is_ok_and(|read| read.trusted(&trusted(&key(1))).is_ok());
        assert!(!taken, "byte {at} was changed and the file was taken");
    }
    let whole = Signed::read(&signed).expect("the control: unchanged it is read");
    assert_eq!(whole.trusted(&trusted(&key(1))), Ok(BUNDLE));
}

#[test]
fn a_change_of_keys_needs_the_old_key_and_every_new_one() {
    let (old, new) = (key(1), key(2));
    let change = manifest(|it| it.trust = vec![new.public().to_string()]);
    let signers = |keys: &[SecretKey]| {
        let signed = Signed::sign(BUNDLE, keys);
        Signed::read(signed.as_bytes()).expect("signed")
    };
    let by_old = signers(&[key(1)]);
    assert!(by_old.trusted(&trusted(&old)).is_ok());
    let unproven = change
        .proven(by_old.keys())
        .expect_err("the new one has not signed");
    assert_eq!(unproven.code(), "E_CFG_SIG");
    let by_new = signers(&[key(2)]);
    assert!(
        by_new.trusted(&trusted(&old)).is_err(),
        "the old one has not signed"
    );
    let by_both = signers(&[old, new]);
    assert!(by_both.trusted(&trusted(&key(1))).is_ok());
    assert_eq!(
        change.proven(by_both.keys()),
        Ok(()),
        "the control: both have"
    );
}

#[test]
fn every_truncation_is_refused() {
    let signed = Signed::sign(BUNDLE, &[key(1)]).into_bytes();
    for end in 0..signed.len() {
        assert!(
            Signed::read(&signed[..end]).is_err(),
            "{end} bytes are no bundle"
        );
    }
    let longer = [&*signed, b"\n"].concat();
    assert!(
        matches!(Signed::read(&longer), Err(Refusal::Signature(_))),
        "nor is more than all"
    );
    assert!(
        Signed::read(&signed).is_ok(),
        "the control: all of it is one"
    );
}

#[test]
fn a_signature_of_another_key_is_a_strangers() {
    let signed = Signed::sign(BUNDLE, &[key(9)]);
    let read = Signed::read(signed.as_bytes()).expect("it is signed by somebody");
    let refused = read.trusted(&trusted(&key(1))).expect_err("not by us");
    assert_eq!(refused.code(), "E_CFG_SIG");
    assert!(
        read.trusted(&trusted(&key(9))).is_ok(),
        "the control: its own key trusts it"
    );
    let lent = signed.replace(&key(9).public().to_string(), &key(1).public().to_string());
    assert!(
        matches!(Signed::read(lent.as_bytes()), Err(Refusal::Signature(_))),
        "another key over the same signature is not a signature"
    );
}

#[test]
fn a_version_never_goes_back() {
    let seven = manifest(|_| ());
    let of = |highest| seven.acceptable(&Taker { highest, ..taker() });
    assert_eq!(
        of(8),
        Err(Refusal::Rollback {
            version: 7,
            highest: 8
        })
    );
    assert_eq!(of(7), Ok(()), "the control: the same one may be read again");
    assert_eq!(of(6), Ok(()));
}

#[test]
fn a_bundle_holds_from_its_beginning_to_its_end() {
    let at = |time: &str| Moment::parse(time).expect("a time");
    let bundle = manifest(|it| it.not_before = Some("2026-11-01T00:00:00Z".to_owned()));
    let of = |now| bundle.acceptable(&Taker { now, ..taker() });
    assert!(matches!(
        of(at("2026-10-31T23:59:59Z")),
        Err(Refusal::Early(_))
    ));
    assert_eq!(of(at("2026-11-01T00:00:00Z")), Ok(()));
    assert!(matches!(
        of(at("2027-06-01T00:00:00Z")),
        Err(Refusal::Expired(_))
    ));
    let endless = manifest(|it| it.expires = "2028-06-01T00:00:00Z".to_owned());
    assert!(matches!(
        endless.acceptable(&taker()),
        Err(Refusal::TooLongAhead(_))
    ));
}

#[test]
fn people_are_warned_long_before_and_have_a_month_after() {
    let at = |time: &str| manifest(|_| ()).expiry(Moment::parse(time).expect("a time"));
    assert_eq!(at("2026-11-23T09:00:00Z"), Expiry::Far);
    assert_eq!(at("2027-05-22T00:00:00Z"), Expiry::Soon(10));
    assert_eq!(at("2027-06-11T00:00:00Z"), Expiry::Over(20));
    assert_eq!(at("2027-07-01T00:00:00Z"), Expiry::Ended);
}

#[test]
fn another_organisations_bundle_and_one_for_a_newer_program_are_refused() {
    let ours = Taker {
        tenant: Some("harbour"),
        ..taker()
    };
    assert!(matches!(
        manifest(|_| ()).acceptable(&ours),
        Err(Refusal::Tenant(_))
    ));
    let same = Taker {
        tenant: Some("meridian"),
        ..taker()
    };
    assert_eq!(manifest(|_| ()).acceptable(&same), Ok(()), "the control");
    let newer = manifest(|it| it.minimum_app = Some("0.10.0".to_owned()));
    assert!(matches!(
        newer.acceptable(&taker()),
        Err(Refusal::OldProgram(_))
    ));
    let enough = Taker {
        app: "0.11.2",
        ..taker()
    };
    assert_eq!(
        newer.acceptable(&enough),
        Ok(()),
        "numbers are compared as numbers"
    );
}

#[test]
fn rings_hold_their_share_and_the_same_people() {
    let people = || (0..10_000).map(|number| format!("agent{number}"));
    let mut smaller = Vec::new();
    for ring in Ring::EACH {
        let held: Vec<String> = people().filter(|it| ring.holds("meridian", it)).collect();
        let share = held.len().abs_diff(usize::from(ring.percent()) * 100);
        // The dice of one in a hundred are known: 10,000 people, give or take ten.
        let most = if ring == Ring::One { 40 } else { 200 };
        assert!(share < most, "{} of 10,000 for {ring:?}", held.len());
        assert!(
            smaller.iter().all(|it| held.contains(it)),
            "a larger ring holds the smaller"
        );
        smaller = held;
    }
}

#[test]
fn every_mistake_is_told_at_once_with_its_line() {
    let text = r#"[bundle]
tenant  = "Meridian"
version = 0
ring    = 25
personal = ["appearance", "apearance"]

[pop]
open = "ofer"
opne = "offer"

[security]
allow_loopback_http = true

[[automatic]]
on   = "ended"
do   = "create_case"
when = "customr.tier == 'Gold'"

[connections.main]
definition = "rest"
label      = "Main"
method     = "token"
fields     = { password = "hunter2" }
"#;
    let expected: Vec<(usize, String)> = [
        (1, "bundle.expires"),
        (2, "bundle.tenant"),
        (3, "bundle.version"),
        (4, "bundle.ring"),
        (5, "bundle.personal"),
        (8, "pop.open"),
        (9, "pop.opne"),
        (11, "security"),
        (17, "automatic.0.when"),
        (23, "connections.main.fields.password"),
    ]
    .map(|(line, key)| (line, key.to_owned()))
    .into();
    assert_eq!(mistakes(text), expected);
}

#[test]
fn a_key_that_stands_twice_or_a_file_nested_too_deep_is_refused() {
    assert_eq!(mistakes(&format!("{BUNDLE}open = \"never\"\n"))[0].0, 8);
    let deep = format!(
        "{BUNDLE}[x]\na = {}1{}\n",
        "[".repeat(10_000),
        "]".repeat(10_000)
    );
    assert!(Bundle::read("b.toml", &deep).is_err(), "and it returns");
    assert!(Bundle::read("b.toml", BUNDLE).is_ok(), "the control");
}

#[test]
fn secrets_are_found_by_name_and_by_shape() {
    let with = |line: &str| {
        let text = format!(
            "{BUNDLE}[connections.main]\ndefinition = \"rest\"\nlabel = \"M\"\nmethod = \"token\"\n{line}\n"
        );
        Bundle::read("b.toml", &text)
    };
    for line in [
        "fields = { client_secret = \"abc\" }",
        "fields = { server = \"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\" }",
        "overlay = '''\nheader = \"Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N\"\n'''",
    ] {
        let faults = with(line).expect_err("a secret");
        assert!(
            faults[0].expected.contains("E_CFG_SECRET"),
            "{line}: {faults:?}"
        );
        assert!(
            !faults[0].found.contains("eyJ"),
            "the secret is not repeated"
        );
    }
    with("fields = { server = \"https://crm.example.com\" }").expect("the control");
}

const RULES: &str = r#"
[connections.main]
definition = "rest"
label = "Main"
method = "token"

[[rules]]
name = "internal calls have no card"
when = "interaction.direction == 'internal'"
pop  = false

[[rules]]
name    = "gold"
when    = "customer.tier == 'Gold'"
vip     = true
priority = "high"
open    = "offer"
records = ["case", "account", "customer"]
"#;

/// What an example finds against what it says, with addresses that are the kind and the id; cases
/// whose id begins with `x` have none.
fn played(example: &str) -> Vec<(usize, String)> {
    let text = format!("{BUNDLE}{RULES}\n[[example]]\nname = \"it\"\n{example}");
    let bundle = Bundle::read("b.toml", &text).expect("a right bundle");
    let faults = bundle.play(&|wanted: Wanted<'_>| {
        let record = wanted.record;
        if record.id.starts_with('x') {
            return Err("no address".to_owned());
        }
        Ok(format!("{:?}/{}", record.kind, record.id).to_lowercase())
    });
    faults
        .into_iter()
        .map(|fault| (fault.line, fault.found))
        .collect()
}

#[test]
fn an_example_that_comes_out_otherwise_is_told_with_its_line() {
    let gold = "customer = { id = \"7\", tier = \"Gold\" }\n";
    assert_eq!(
        played(&format!(
            "{gold}expect = {{ vip = true, priority = \"high\" }}\n"
        )),
        []
    );
    let wrong = played(&format!(
        "{gold}\n[example.expect]\nvip = true\npriority = \"low\"\n"
    ));
    let line = format!("{BUNDLE}{RULES}\n[[example]]\nname\n{gold}\n[example.expect]\nvip\np");
    assert_eq!(wrong, [(line.lines().count(), "\"high\"".to_owned())]);
    let silver = "customer = { id = \"7\", tier = \"Silver\" }\n";
    let other = format!("{silver}expect = {{ vip = false, priority = \"none\" }}\n");
    assert_eq!(played(&other), [], "the control: another tier");
}

#[test]
fn the_first_record_that_there_is_opens_and_the_next_where_it_has_no_address() {
    let example = |rest: &str| format!("{rest}interaction = {{ only_offered = true }}\n");
    let gold = "customer = { id = \"7\", tier = \"Gold\", account_id = \"a1\" }\n";
    let cases = |id: &str| {
        format!(
            "cases = [{{ id = \"0\", closed = true }}, {{ id = \"{id}\", priority = \"high\" }}, {{ id = \"9\" }}]\n"
        )
    };
    let opens = |customer: &str, cases: &str, address: &str| {
        let text = format!("{customer}{cases}expect = {{ opens = \"{address}\" }}\n");
        assert_eq!(played(&example(&text)), [], "{address}");
    };
    opens(gold, &cases("5"), "case/5");
    opens(gold, &cases("x5"), "account/a1");
    opens(gold, "", "account/a1");
    let private = gold.replace(", account_id = \"a1\"", "");
    opens(&private, "", "customer/7");
    let silver = gold.replace("Gold", "Silver");
    opens(&silver, &cases("5"), "customer/7");
    let several = gold.replace(" }", ", others = 1 }");
    opens(&several, &cases("5"), "nothing");
}

#[test]
fn an_interaction_gets_no_card_where_a_rule_says_so() {
    let call = |direction: &str, pops: bool| {
        let text = format!(
            "interaction = {{ direction = \"{direction}\" }}\nexpect = {{ pops = {pops} }}\n"
        );
        assert_eq!(played(&text), [], "{direction}");
    };
    call("internal", false);
    call("inbound", true);
}

#[test]
fn a_veil_changes_ids_and_keeps_their_shape() {
    let veil = Veil::new([7; 32]);
    let veiled = veil.text("CS-20417/aB9é");
    let shape = |text: &str| {
        let of = |sign: char| match sign {
            'a'..='z' => 'a',
            'A'..='Z' => 'A',
            '0'..='9' => '0',
            other => other,
        };
        text.chars().map(of).collect::<String>()
    };
    assert_eq!(shape(&veiled), "AA-00000/aA0a");
    assert_ne!(veiled, "CS-20417/aB9é");
    assert_eq!(veil.text("CS-20417/aB9é"), veiled, "one record stays one");
    assert_ne!(Veil::new([8; 32]).text("CS-20417/aB9é"), veiled);
    assert_eq!(Veil::none().text("CS-20417"), "CS-20417", "the control");
}

#[test]
fn nothing_personal_of_a_customer_is_recorded() {
    let customer = crate::profile::Customer {
        id: "12345".to_owned(),
        name: Some("Cesar Gonzalez".to_owned()),
        emails: vec!["cesar@example.com".to_owned()],
        phones: vec!["+34600012345".to_owned()],
        company: Some("Gonzalez e Hijos".to_owned()),
        owner: Some("Ana Ruiz".to_owned()),
        tier: Some("premium".to_owned()),
        link: Some("https://crm.example.com/c/12345?of=cesar".to_owned()),
        ..crate::profile::Customer::default()
    };
    let connection = crate::profile::ConnectionId("crm".to_owned());
    let recorded = Veil::new([7; 32]).customer(&connection, &customer);
    let text = serde_json::to_string(&recorded).expect("JSON");
    for personal in ["12345", "esar", "onzalez", "Hijos", "Ruiz", "6000"] {
        assert!(!text.contains(personal), "{personal} is in {text}");
    }
    assert!(
        text.contains("premium"),
        "the control: what rules ask for stays"
    );
    assert!(
        recorded
            .link
            .is_some_and(|link| link.starts_with("https://crm.example.com/")),
        "where a link leads stays"
    );
}

#[test]
fn a_second_admins_word_counts_for_one_report_and_one_bundle_alone() {
    let (admin, second) = (key(1), key(2));
    let word = SignOff::sign(b"report", BUNDLE, "2026-11-23T09:00:00Z", &second);
    let counts = |word: &SignOff, report: &[u8], bundle: &str, by: &SecretKey| {
        word.counts(report, bundle, &[admin.public()], &trusted(by))
    };
    assert_eq!(
        counts(&word, b"report", BUNDLE, &second),
        Ok(second.public().fingerprint())
    );
    assert_eq!(
        counts(&word, b"another", BUNDLE, &second),
        Err(SignOffFault::Report)
    );
    assert_eq!(
        counts(&word, b"report", "[bundle]", &second),
        Err(SignOffFault::Bundle)
    );
    assert_eq!(
        counts(&word, b"report", BUNDLE, &key(3)),
        Err(SignOffFault::Stranger(second.public().fingerprint()))
    );
    let changed = SignOff {
        at: "2026-11-24T09:00:00Z".to_owned(),
        ..word
    };
    assert_eq!(
        counts(&changed, b"report", BUNDLE, &second),
        Err(SignOffFault::Signature)
    );
    let own = SignOff::sign(b"report", BUNDLE, "2026-11-23T09:00:00Z", &admin);
    assert_eq!(
        counts(&own, b"report", BUNDLE, &admin),
        Err(SignOffFault::Same(admin.public().fingerprint()))
    );
}
