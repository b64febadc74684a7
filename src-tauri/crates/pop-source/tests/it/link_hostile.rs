//! Links and arguments from somebody who means harm: each is refused, beside a control that is not.

use std::collections::BTreeSet;

use pop_source::link::{Argument, E_LINK, LinkFault, parse_arguments};
use proptest::prelude::*;

use crate::link::parse;
use crate::testkit::{noon, rules};

const GOOD: [(&str, &str); 9] = [
    ("phone", "%2B14155550123"),
    ("email", "jane%40example.com"),
    ("customerId", "12345"),
    ("externalId", "E-9"),
    ("interactionId", "call.7"),
    ("channel", "chat"),
    ("direction", "inbound"),
    ("event", "offered"),
    ("agent", "agent01"),
];

const NASTY_VALUES: [&str; 48] = [
    "",
    "%",
    "%4",
    "%zz",
    "%u0041",
    "%00",
    "%0a",
    "%0d%0aSet-Cookie:x",
    "%09",
    "%1b[31m",
    "%7f",
    "%e2%80%ae",
    "%e2%80%8b",
    "%ff",
    "%c0%ae",
    "%2541",
    "%252e%252e",
    "%25",
    "a#b",
    "a?b",
    "a/b",
    "a\\b",
    "..%2f..%2fetc%2fpasswd",
    "..",
    "%2e%2e",
    "https://evil.example",
    "https%3A%2F%2Fevil.example",
    "javascript:alert(1)",
    "javascript%3Aalert(1)",
    "data:text/html,x",
    "file%3A%2F%2F%2Fetc",
    "//evil.example",
    "%5c%5cevil%5cshare",
    "<script>",
    "%3Cscript%3E",
    "\"",
    "%22",
    "'%20or%201=1",
    "{customer.id}",
    "%7Bsetting.server%7D",
    "$(id)",
    "`id`",
    "|calc",
    ";calc",
    "a%26b=c",
    "a b",
    "a=b%20",
    "%C3%A9",
];

const STARTS: [&str; 40] = [
    "screenpop:v1/pop?",
    "screenpop:/v1/pop?",
    "screenpop:///v1/pop?",
    "screenpop:////v1/pop?",
    "screenpop://v2/pop?",
    "screenpop://v1/open?",
    "screenpop://v1/pop/?",
    "screenpop://v1//pop?",
    "screenpop://v1/POP?",
    "screenpop://V1/pop?",
    "Screenpop://v1/pop?",
    "SCREENPOP://v1/pop?",
    "screenpop://v1/pop",
    "screenpop://v1/pop#",
    "screenpop://v1/pop??",
    "screenpop://v1/pop?&",
    "screenpop://v1:80/pop?",
    "screenpop://user@v1/pop?",
    "screenpop://user:pass@v1/pop?",
    "screenpop://v1./pop?",
    "screenpop://v1%2fpop?",
    "screenpop://v1/%70op?",
    "screenpop://v1\\pop?",
    "screenpop://v1/./pop?",
    "screenpop://v1/../v1/pop?",
    "screenpop://127.0.0.1/pop?",
    "screenpop://settings/set?",
    "screenpop://v1/pop;x?",
    " screenpop://v1/pop?",
    "screenpop ://v1/pop?",
    "screenpop:\t//v1/pop?",
    "screenpop:\n//v1/pop?",
    "screenpop:\\\\v1\\pop?",
    "http://v1/pop?",
    "https://v1/pop?",
    "file://v1/pop?",
    "screenpops://v1/pop?",
    "xscreenpop://v1/pop?",
    "\u{feff}screenpop://v1/pop?",
    "ѕcreenpop://v1/pop?",
];

const FOREIGN_KEYS: [&str; 30] = [
    "url",
    "open",
    "link",
    "host",
    "server",
    "token",
    "code",
    "state",
    "access_token",
    "password",
    "setting",
    "config",
    "redirect_uri",
    "template",
    "summary",
    "name",
    "attributes",
    "Phone",
    "PHONE",
    "phone%20",
    "ph%6fne",
    "customerid",
    "customer_id",
    "phone[]",
    "phone.x",
    "__proto__",
    "",
    "id",
    "identityAssurance",
    "authenticated",
];

fn query(pairs: &[(&str, &str)]) -> String {
    let pairs: Vec<_> = pairs
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    pairs.join("&")
}

fn good() -> String {
    format!("screenpop://v1/pop?{}", query(&GOOD))
}

fn hostile_links() -> BTreeSet<String> {
    let mut links = BTreeSet::new();
    for start in STARTS {
        for (key, value) in GOOD {
            links.insert(format!("{start}{key}={value}"));
        }
    }
    for (place, (key, _)) in GOOD.iter().enumerate() {
        for value in NASTY_VALUES {
            links.insert(format!(
                "screenpop://v1/pop?{key}={value}&customerId2={value}"
            ));
            let mut pairs = GOOD;
            pairs[place].1 = value;
            links.insert(format!("screenpop://v1/pop?{}", query(&pairs)));
        }
        for value in ["", "1", GOOD[place].1] {
            links.insert(format!("{}&{key}={value}", good()));
        }
    }
    for key in FOREIGN_KEYS {
        for value in ["1", "https%3A%2F%2Fevil.example"] {
            links.insert(format!("{}&{key}={value}", good()));
            links.insert(format!("screenpop://v1/pop?{key}={value}&customerId=1"));
        }
    }
    for sign in (0_u8..=32)
        .chain([127])
        .map(char::from)
        .chain(['\u{a0}', 'é', '\u{202e}', '😀'])
    {
        for place in [0, 10, 18, 25, good().len()] {
            let mut link = good();
            link.insert(place, sign);
            links.insert(link);
        }
    }
    for tail in [
        "&",
        "&&",
        "&x",
        "=",
        "#",
        "#x",
        "?",
        "/",
        "%",
        "&customerId",
    ] {
        links.insert(format!("{}{tail}", good()));
    }
    links.insert(format!(
        "screenpop://v1/pop?externalId={}",
        "x".repeat(2_048)
    ));
    links.insert(format!("screenpop://v1/pop?externalId={}", "x".repeat(257)));
    links.insert(format!("screenpop://v1/pop?phone={}", "1".repeat(129)));
    links.insert(
        "screenpop://v1/pop?channel=chat&direction=inbound&event=offered&agent=a".to_owned(),
    );
    for value in [
        "fax",
        "Voice",
        "offered ",
        "declined",
        "transferred",
        "updated",
    ] {
        for key in ["channel", "direction", "event"] {
            links.insert(format!("screenpop://v1/pop?customerId=1&{key}={value}"));
        }
    }
    links
}

#[test]
fn more_than_a_thousand_hostile_links_are_refused() {
    let links = hostile_links();
    assert!(links.len() >= 1_000, "{} links", links.len());
    for link in &links {
        let refused = parse(&[link]).expect_err(link);
        assert_eq!(refused.to_string().split(':').next(), Some(E_LINK));
    }
    assert!(
        matches!(parse(&[&good()]), Ok(Argument::Link(_))),
        "the control is read"
    );
    for (key, value) in GOOD.into_iter().take(5) {
        let link = format!("screenpop://v1/pop?{key}={value}");
        assert!(
            matches!(parse(&[&link]), Ok(Argument::Link(_))),
            "{link} is read"
        );
    }
}

#[test]
fn a_link_has_at_most_2048_bytes() {
    let ids = ["customerId", "externalId", "interactionId", "agent"];
    let long = |last: usize| {
        let mut link = "screenpop://v1/pop?".to_owned();
        for key in ids {
            link = format!("{link}{key}={}&", "%61".repeat(150));
        }
        let rest = last - link.len() - "email=@example.com".len();
        format!(
            "{link}email={}{}@example.com",
            "%61".repeat(rest / 3),
            "a".repeat(rest % 3)
        )
    };
    assert_eq!(long(2_048).len(), 2_048);
    assert!(
        matches!(parse(&[&long(2_048)]), Ok(Argument::Link(_))),
        "2,048 bytes are read"
    );
    assert_eq!(
        parse(&[&long(2_049)]).expect_err("one more").why,
        LinkFault::TooLong
    );
}

#[test]
fn an_address_has_at_most_128_bytes() {
    let address = |length: usize| {
        let start = "sip:+14155550123@";
        format!("{start}{}", "x".repeat(length - start.len()))
    };
    for (length, read) in [(128, true), (129, false)] {
        let bare = address(length);
        assert_eq!(parse(&[&bare]).is_ok(), read, "{length} bytes alone");
        let link = format!("screenpop://v1/pop?phone={bare}");
        assert_eq!(parse(&[&link]).is_ok(), read, "{length} bytes in a link");
        let switch = format!("/C:{bare}");
        let switches = ["/N:S", &switch, "/T:I", "/I:42"];
        assert_eq!(parse(&switches).is_ok(), read, "{length} bytes from 3CX");
    }
}

#[test]
fn what_was_encoded_twice_is_refused_also_where_a_percent_sign_has_a_meaning() {
    for (once, twice) in [
        (
            "phone=sip:%2B14155550123@pbx.example.com",
            "phone=sip:%252B14155550123@pbx.example.com",
        ),
        (
            "email=ann%2Bcrm@example.com",
            "email=ann%252Bcrm@example.com",
        ),
    ] {
        let link = |query: &str| parse(&[&format!("screenpop://v1/pop?{query}")]);
        assert!(matches!(link(once), Ok(Argument::Link(_))), "{once}");
        assert_eq!(link(twice).expect_err(twice).why, LinkFault::Encoding);
    }
}

#[test]
fn arguments_that_are_not_in_the_grammar_are_refused() {
    let link = good();
    let cases: Vec<Vec<&str>> = vec![
        vec![""],
        vec![" "],
        vec!["-"],
        vec!["--"],
        vec!["-h"],
        vec!["--help"],
        vec!["--version"],
        vec!["--Hidden"],
        vec!["--hidden=1"],
        vec!["--hidden", "--hidden"],
        vec!["--hidden", &link],
        vec![&link, "--hidden"],
        vec![&link, &link],
        vec![&link, "+14155550123"],
        vec!["+14155550123", "+14155550123"],
        vec!["+1", "415", "5550123"],
        vec!["--no-sandbox"],
        vec!["--remote-debugging-port=9222"],
        vec!["--proxy-server=evil.example"],
        vec!["/select"],
        vec!["/?"],
        vec!["/N:S|calc"],
        vec!["C:\\Windows\\calc.exe"],
        vec!["/etc/passwd"],
        vec!["."],
        vec!["*"],
        vec!["$(id)"],
        vec!["%PATH%"],
        vec!["alice"],
        vec!["jane@example.com"],
        vec!["javascript:alert(1)"],
        vec!["https://evil.example"],
        vec!["file:///etc/passwd"],
        vec!["mailto:a@example.com"],
        vec!["sip:"],
        vec!["tel:"],
        vec!["sip:@x"],
        vec!["SIP:+14155550123"],
        vec!["sip:a b@x"],
        vec!["sip:-x@y"],
        vec!["sip://evil.example"],
        vec!["tel:\\\\evil\\share"],
        vec!["+1415555\u{0}0123"],
        vec!["+14155550123\n"],
        vec!["＋１４１５５５５０１２３"],
        vec!["-14155550123"],
        vec!["+14155550123;rm -rf"],
        vec!["1; DROP TABLE"],
        vec!["\u{202e}+14155550123"],
    ];
    for arguments in cases {
        parse(&arguments).expect_err(&format!("{arguments:?}"));
    }
    let long = format!("+1415555012{}", "3".repeat(118));
    assert_eq!((long.len(), parse(&[&long]).is_err()), (129, true));
    let many = vec!["x"; 5_000];
    assert_eq!(
        parse(&many).expect_err("more than 4 KiB").why,
        LinkFault::TooLong
    );
    assert!(
        matches!(parse(&["+14155550123"]), Ok(Argument::Caller(_))),
        "the control is read"
    );
}

#[test]
fn a_refusal_never_repeats_what_stood_there() {
    for text in [
        "SECRET words",
        "screenpop://v1/pop?SECRET=1",
        "screenpop://v1/pop?phone=SECRET",
    ] {
        let refused = parse(&[text]).expect_err(text);
        assert!(
            !format!("{refused} {refused:?}").contains("SECRET"),
            "{refused}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn any_arguments_are_read_or_refused(arguments in prop::collection::vec("\\PC{0,40}", 0..6)) {
        let _ = parse_arguments(&arguments, noon(), &rules());
    }

    #[test]
    fn any_link_that_is_read_is_made_of_plain_signs(tail in "[ -~]{0,60}") {
        let link = format!("screenpop://v1/pop?{tail}");
        if let Ok(Argument::Link(event)) = parse(&[&link]) {
            let plain = |text: &str| text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
            prop_assert!(plain(&event.key.id));
            prop_assert!(event.identifiers.iter().all(|it| plain(&it.display())));
            prop_assert!(!event.authenticated && event.summary.is_none());
        }
    }

    #[test]
    fn any_caller_like_text_is_read_or_refused(text in "[-+0-9a-z:@;.%() ]{0,40}") {
        let _ = parse(&[&text]);
        let _ = parse(&["/N:S", &format!("/C:{text}"), "/T:I", "/I:1"]);
    }
}
