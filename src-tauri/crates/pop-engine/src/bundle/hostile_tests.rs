//! Ten thousand bundles that nobody may take: each is refused with its reason, and none counts.
//!
//! What a stranger can do (change, cut, mix, replay, sign with other keys) is made by dice that fall
//! the same way in every run; what our own key could sign by mistake or by theft stands in a list.

use pop_core::bundle::{Refusal, SecretKey, Signed, Trusted};
use pop_core::moment::Moment;
use zeroize::Zeroizing;

use crate::bundle::judge::{Judge, Judged, Refused};

/// How many of each kind: ten thousand together with the list below. Most of the damage is done to
/// the head, where it is seen without looking at a signature.
const FLIPPED: usize = 2_000;
const CUT: usize = 3_500;
const MIXED: usize = 1_500;
const GARBAGE: usize = 2_400;
const FOREIGN: usize = 400;
const LISTED: usize = 200;

/// The bytes of a head with one signature.
const HEAD: usize = 170;

const SETTINGS: &str = "[pop]\nopen = \"offer\"\n";

pub(super) fn key(of: u8) -> SecretKey {
    SecretKey::of_random(&Zeroizing::new([of; 32]))
}

pub(super) fn text(version: u32, rest: &str) -> String {
    format!(
        "[bundle]\ntenant = \"meridian\"\nversion = {version}\nexpires = \"2027-06-01T00:00:00Z\"\n{rest}"
    )
}

pub(super) fn signed(text: &str, by: u8) -> Vec<u8> {
    Signed::sign(text, &[key(by)]).into_bytes()
}

/// A desktop that has version 7 in force, and trusts the first key.
fn judge() -> Judge {
    Judge {
        trusted: vec![Trusted::Key(key(1).public())],
        now: Moment::parse("2026-11-23T09:00:00Z").expect("a time"),
        tenant: Some("meridian".to_owned()),
        highest: 7,
        blocked: vec![9],
        active: Some((7, text(7, ""))),
        person: "agent01".to_owned(),
        from: "https://bundles.example/screenpop.bundle".to_owned(),
    }
}

/// Dice that fall the same way in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(most).expect("small")).expect("small")
    }
}

/// Judges a file that must be refused; the code of the reason.
#[track_caller]
fn refused(judge: &Judge, bytes: Vec<u8>, what: &str) -> &'static str {
    match judge.judge(bytes) {
        Judged::Refused(Refused { refusal, .. }) => {
            assert!(!refusal.to_string().is_empty(), "{what}");
            refusal.code()
        }
        Judged::Fit(_) => panic!("it was activated: {what}"),
        Judged::Same | Judged::Waits { .. } => panic!("it was taken for right: {what}"),
    }
}

#[test]
fn the_control_is_taken() {
    let judged = judge().judge(signed(&text(8, SETTINGS), 1));
    assert!(matches!(judged, Judged::Fit(_)));
}

#[test]
fn what_was_changed_in_single_bits_is_refused() {
    let judge = judge();
    let right = signed(&text(8, SETTINGS), 1);
    let mut dice = Dice(20_417);
    for number in 0..FLIPPED {
        let mut bytes = right.clone();
        for _ in 0..=dice.below(3) {
            let most = if number % 3 == 0 { bytes.len() } else { HEAD };
            let at = dice.below(most);
            bytes[at] ^= 1 << dice.below(8);
        }
        if bytes != right {
            let code = refused(&judge, bytes, &format!("flipped {number}"));
            assert!(matches!(code, "E_CFG_FORM" | "E_CFG_SIG"), "{code}");
        }
    }
}

#[test]
fn what_was_cut_or_mixed_is_refused() {
    let judge = judge();
    let right = signed(&text(8, SETTINGS), 1);
    let other = signed(&text(6, "[pop]\nopen = \"never\"\n"), 1);
    let mut dice = Dice(20_411);
    for number in 0..CUT {
        let most = if number % 4 == 0 { right.len() } else { HEAD };
        let (from, to) = (dice.below(most), dice.below(most));
        let cut = match number % 3 {
            0 => right[..to].to_vec(),
            1 => right[from.max(1)..].to_vec(),
            _ => [&right[..from.min(to)], &right[from.max(to) + 1..]].concat(),
        };
        refused(&judge, cut, &format!("cut {number}"));
    }
    for number in 0..MIXED {
        // The head of one, the text of the other, and pieces of both.
        let most = if number % 4 == 0 { other.len() } else { HEAD };
        let at = dice.below(most.min(right.len()));
        let mixed = match number % 3 {
            0 => [&right[..at], &other[at..]].concat(),
            1 => [&other[..at], &right[at..]].concat(),
            _ => [&right[..], &other[at..]].concat(),
        };
        if mixed != right {
            refused(&judge, mixed, &format!("mixed {number}"));
        }
    }
}

#[test]
fn what_is_no_bundle_at_all_is_refused() {
    let judge = judge();
    let mut dice = Dice(12_345);
    let begins: [&[u8]; 8] = [
        b"",
        b"<html>Sign in to this network</html>",
        b"{\"tenant\":\"meridian\"}",
        b"[bundle]\ntenant = \"meridian\"\n",
        b"screenpop-bundle 2\n",
        b"screenpop-bundle 1\nkey ed25519:",
        b"screenpop-bundle 1\n\n[bundle]\n",
        b"PK\x03\x04",
    ];
    for number in 0..GARBAGE {
        let mut bytes = begins[number % begins.len()].to_vec();
        for _ in 0..dice.below(600) {
            bytes.push(u8::try_from(dice.below(256)).expect("a byte"));
        }
        let code = refused(&judge, bytes, &format!("garbage {number}"));
        assert_eq!(code, "E_CFG_FORM");
    }
}

#[test]
fn whoever_else_signs_is_a_stranger_whatever_they_say() {
    let judge = judge();
    let mut dice = Dice(40_812);
    for number in 0..FOREIGN {
        let by = u8::try_from(2 + dice.below(250)).expect("small");
        let version = u32::try_from(8 + dice.below(1_000_000)).expect("small");
        let own = key(by).public();
        let rest = match number % 3 {
            0 => SETTINGS.to_owned(),
            1 => format!("trust = [\"{own}\"]\n"),
            _ => String::new(),
        };
        let code = refused(&judge, signed(&text(version, &rest), by), "a stranger's");
        assert_eq!(code, "E_CFG_SIG");
    }
}

#[test]
fn what_our_own_key_must_not_have_signed_is_refused_with_its_reason() {
    let judge = judge();
    let listed = hostile();
    let judged = listed.len();
    let mut otherwise = Vec::new();
    for (what, text, expected) in listed {
        let code = refused(&judge, signed(&text, 1), &what);
        if code != expected {
            otherwise.push((what, code, expected));
        }
    }
    assert!(otherwise.is_empty(), "{otherwise:?}");
    assert!(
        FLIPPED + CUT + MIXED + GARBAGE + FOREIGN + judged >= 10_000,
        "ten thousand together: {judged} are listed"
    );
    assert!(judged >= LISTED);
}

#[test]
fn what_no_crm_can_be_made_of_is_refused_with_its_version_and_its_mistakes() {
    let unknown =
        "[connections.crm]\ndefinition = \"nothing\"\nlabel = \"C\"\nmethod = \"token\"\n";
    match judge().judge(signed(&text(8, unknown), 1)) {
        Judged::Refused(refused) => {
            assert_eq!(refused.refusal.code(), Refusal::Content(1).code());
            assert_eq!(refused.version, Some(8));
            assert!(!refused.faults.is_empty());
        }
        Judged::Same | Judged::Waits { .. } | Judged::Fit(_) => panic!("it was taken"),
    }
}

/// What is wrong with it, the text, and the code of the reason.
fn hostile() -> Vec<(String, String, &'static str)> {
    let content = Refusal::Content(1).code();
    let mut all: Vec<(String, String, &'static str)> = Vec::new();
    let mut add = |what: &str, text: String, code: &'static str| {
        all.push((what.to_owned(), text, code));
    };
    for version in 1..=7 {
        add("replayed", text(version, SETTINGS), "E_CFG_ROLLBACK");
    }
    add("taken back before", text(9, SETTINGS), "E_CFG_BLOCKED");
    for tenant in ["harbour", "meridian2", "meridia"] {
        let theirs = text(8, "").replace("meridian", tenant);
        add("another organisation's", theirs, "E_CFG_TENANT");
    }
    for ends in [
        "2026-11-23T08:59:59Z",
        "1970-01-01T00:00:00Z",
        "2028-12-31T00:00:00Z",
        "2028-01-01T00:00:00Z",
    ] {
        let over = text(8, "").replace("2027-06-01T00:00:00Z", ends);
        add(ends, over, "E_CFG_TIME");
    }
    add(
        "not yet",
        text(8, "not_before = \"2027-01-01T00:00:00Z\"\n"),
        "E_CFG_TIME",
    );
    add(
        "for a later program",
        text(8, "minimum_app = \"99.0.0\"\n"),
        "E_CFG_APP",
    );
    let stranger = format!("trust = [\"{}\"]\n", key(5).public());
    add("an unproven key", text(8, &stranger), "E_CFG_SIG");
    for twice in [
        "version = 9\n",
        "tenant = \"meridian\"\n",
        "[bundle]\n",
        "[pop]\n[pop]\n",
        "[pop]\nopen = \"offer\"\nopen = \"never\"\n",
    ] {
        add("a key twice", text(8, twice), content);
    }
    for depth in [65, 128, 200, 1_000, 5_000] {
        let nested = format!("x = {}{}\n", "[".repeat(depth), "]".repeat(depth));
        add("nested lists", text(8, &nested), content);
        let nested = format!("[{}]\ny = 1\n", vec!["a"; depth].join("."));
        add("nested tables", text(8, &nested), content);
        let nested = format!("x = {}1{}\n", "{a=".repeat(depth), "}".repeat(depth));
        add("nested inline tables", text(8, &nested), content);
    }
    for id in [
        "../rest",
        "..",
        "/etc/passwd",
        "a/b",
        "rest",
        "CON",
        "a\\\\b",
        "a\\u0000b",
        "",
        "%2e%2e",
    ] {
        let definition = format!("[definitions]\n\"{id}\" = '''\nlanguage = 1\n'''\n");
        add(
            "a definition's name as a path",
            text(8, &definition),
            content,
        );
    }
    for key in [
        "security.allow_loopback_http = true",
        "agent.id = \"agent01\"",
        "distribution.from = \"https://evil.example\"",
        "webhook = []",
        "pop.opne = \"offer\"",
        "__proto__.x = 1",
        "bundle.ring = 7",
        "bundle.version = 0",
        "bundle.version = -1",
        "bundle.version = 4294967296",
        "bundle.tenant = \"../x\"",
        "bundle.locked = [\"nothing\"]",
    ] {
        let rest = format!("version = 8\nexpires = \"2027-06-01T00:00:00Z\"\n{key}\n");
        let rest = if key.starts_with("bundle.tenant") {
            rest
        } else {
            format!("tenant = \"meridian\"\n{rest}")
        };
        let flat: String = rest
            .lines()
            .map(|line| {
                let line = line.strip_prefix("bundle.").unwrap_or(line);
                if ["tenant", "version", "expires", "ring", "locked"]
                    .iter()
                    .any(|it| line.starts_with(it))
                {
                    format!("bundle.{line}\n")
                } else {
                    format!("{line}\n")
                }
            })
            .collect();
        add(key, flat, content);
    }
    for secret in [
        "password = \"hunter2hunter2\"",
        "token_of = \"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"",
        "x = \"-----BEGIN PRIVATE KEY-----\"",
    ] {
        let rest = format!(
            "[connections.crm]\ndefinition = \"rest\"\nlabel = \"C\"\nmethod = \"token\"\n[connections.crm.fields]\n{secret}\n"
        );
        add("a secret", text(8, &rest), content);
    }
    for link in [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://crm.example.com/{customer.id}",
        "https://{customer.id}.example.com/",
        "https://crm.example.com@evil.example/{customer.id}",
        "https://evil.example/{customer.id}",
        "https://crm.example.com/../{customer.id}",
        "//evil.example/{customer.id}",
        "https://crm.example.com\\\\@evil.example/{customer.id}",
        "https://crm.example.com/{customer.id",
        "{customer.name}",
    ] {
        let rest = format!(
            "[connections.crm]\ndefinition = \"rest\"\nlabel = \"C\"\nmethod = \"token\"\n\
             fields = {{ server = \"https://crm.example.com\" }}\noverlay = '''\n[link]\ncustomer = [\"{link}\"]\n'''\n"
        );
        add(link, text(8, &rest), content);
    }
    for rule in [
        "1 +",
        "customer.",
        "'a' == ",
        "undefined_function(1)",
        "customer.tier ==== 'x'",
        "[1,2",
        "{{}}",
    ] {
        let rest = format!("[[rules]]\nname = \"r\"\nwhen = \"{rule}\"\n");
        add(rule, text(8, &rest), content);
    }
    let example = "[[example]]\nname = \"e\"\nexpect = { pops = false }\n";
    add(
        "an example that comes out otherwise",
        text(8, example),
        content,
    );
    for size in [1 << 20, (1 << 20) + 1] {
        let long = format!("# {}\n", "x".repeat(size));
        add("too long", text(8, &long), "E_CFG_FORM");
    }
    for (number, sign) in [
        "\u{0}", "\u{1}", "\u{7f}", "\u{202e}", "\u{feff}", "\u{2028}", "\r", "\t\u{b}",
    ]
    .into_iter()
    .enumerate()
    {
        add(
            "a sign that is not shown",
            text(8, &format!("{sign}= 1\n")),
            content,
        );
        add(
            "one as a key",
            text(8, &format!("\"k{sign}{number}\" = 1\n")),
            content,
        );
    }
    // Every word of the settings, in the place of a wrong one.
    for group in [
        "pop",
        "listener",
        "phone",
        "privacy",
        "attention",
        "window",
        "history",
        "fleet",
        "wrap_up",
        "shortcuts",
    ] {
        for wrong in [
            "= 1",
            "= true",
            "= \"x\"",
            "= []",
            ".unknown = 1",
            ".open = {}",
            "= nan",
            "= 1979-05-27",
            "= inf",
            "= 0x10",
            "= 9999999999999999999",
        ] {
            add(
                group,
                text(8, &format!("[x]\ny = 1\n[z]\n{group}{wrong}\n")),
                content,
            );
        }
    }
    all
}
