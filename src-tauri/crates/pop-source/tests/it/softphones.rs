//! Softphones that start us: each does so as it does in the field, quoting included, with good and
//! hostile callers. The settings are those of `docs/softphones.md`.
//!
//! A caller chooses what stands in a caller's number and name, so the text that a softphone puts
//! into a command line is an attacker's. Windows hands a program one text, which the program cuts
//! into arguments itself; systems like Linux hand over a list.

use pop_core::identifier::{Assurance, Identifier};
use pop_core::interaction::{Channel, Direction, Event, What};
use pop_source::link::{Argument, LinkFault, LinkRefused};

use crate::link::parse;

/// How a program hands over its command line.
#[derive(Clone, Copy)]
enum Start {
    /// One text, cut by the rules of `CommandLineToArgvW`.
    Windows,
    /// A list, filled in after it was cut at spaces: `exec` without a shell.
    List,
    /// The system's handler of links: one argument, whatever stands in it.
    Link,
}

/// A softphone as `docs/softphones.md` sets it up.
struct Softphone {
    name: &'static str,
    setting: &'static str,
    number: &'static str,
    start: Start,
}

const SOFTPHONES: &[Softphone] = &[
    Softphone {
        name: "MicroSIP",
        setting: "{}",
        number: "{}",
        start: Start::Windows,
    },
    Softphone {
        name: "Zoiper 5, a program",
        setting: "\"--phone={phone}\" --event=offered --direction=inbound",
        number: "{phone}",
        start: Start::Windows,
    },
    Softphone {
        name: "Ringotel, an address",
        setting: "screenpop://v1/pop?phone=$number$&direction=inbound",
        number: "$number$",
        start: Start::Link,
    },
    Softphone {
        name: "Wildix, an address",
        setting: "screenpop://v1/pop?phone={CALLERNUM}&direction=inbound",
        number: "{CALLERNUM}",
        start: Start::Link,
    },
    Softphone {
        name: "Wildix, a program",
        setting: "\"--phone={CALLERNUM}\" --event=offered --direction=inbound",
        number: "{CALLERNUM}",
        start: Start::Windows,
    },
    Softphone {
        name: "NFON and Global IP Telecom",
        setting: "screenpop://v1/pop?phone=$RemoteParty&event=offered&direction=inbound&interactionId=4f1c",
        number: "$RemoteParty",
        start: Start::Link,
    },
    Softphone {
        name: "innovaphone myPBX",
        setting: "\"--phone=$n\" --event=offered --direction=inbound",
        number: "$n",
        start: Start::Windows,
    },
    Softphone {
        name: "a dialler on Linux",
        setting: "--phone=%n --event=offered --direction=inbound",
        number: "%n",
        start: Start::List,
    },
];

impl Softphone {
    fn rings(&self, caller: &str) -> Result<Argument, LinkRefused> {
        let fill = |text: &str| text.replace(self.number, caller);
        let arguments = match self.start {
            Start::Windows => windows(&fill(self.setting)),
            Start::List => self.setting.split(' ').map(fill).collect(),
            Start::Link => vec![fill(self.setting)],
        };
        let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
        parse(&arguments)
    }
}

/// How a Windows program cuts its command line after its own name.
fn windows(line: &str) -> Vec<String> {
    let (mut arguments, mut argument) = (Vec::new(), None::<String>);
    let (mut quoted, mut backslashes) = (false, 0);
    let mut signs = line.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => backslashes += 1,
            '"' => {
                let text = argument.get_or_insert_default();
                text.extend(std::iter::repeat_n('\\', backslashes / 2));
                let escaped = backslashes % 2 == 1;
                if escaped || quoted && signs.next_if_eq(&'"').is_some() {
                    text.push('"');
                } else {
                    quoted = !quoted;
                }
                backslashes = 0;
            }
            _ => {
                let ends = (sign == ' ' || sign == '\t') && !quoted;
                if backslashes > 0 || !ends {
                    let text = argument.get_or_insert_default();
                    text.extend(std::iter::repeat_n('\\', backslashes));
                }
                backslashes = 0;
                if ends {
                    arguments.extend(argument.take());
                } else {
                    argument.get_or_insert_default().push(sign);
                }
            }
        }
    }
    if backslashes > 0 {
        let text = argument.get_or_insert_default();
        text.extend(std::iter::repeat_n('\\', backslashes));
    }
    arguments.extend(argument);
    arguments
}

fn event(argument: Result<Argument, LinkRefused>) -> Option<Event> {
    match argument {
        Ok(Argument::Link(event) | Argument::Caller(event) | Argument::Clicked(event)) => {
            Some(*event)
        }
        Ok(Argument::None | Argument::Hidden) | Err(_) => None,
    }
}

#[test]
fn a_command_line_is_cut_as_windows_cuts_it() {
    for (line, arguments) in [
        (r#"a "b c" d"#, &["a", "b c", "d"][..]),
        (r#""a\"b" c"#, &[r#"a"b"#, "c"]),
        (r#""a\\" b"#, &[r"a\", "b"]),
        (r#""a""b""#, &[r#"a"b"#]),
        (r"a\b c", &[r"a\b", "c"]),
        (r#"a"" b"#, &["a", "b"]),
        ("", &[]),
    ] {
        assert_eq!(windows(line), arguments, "{line}");
    }
}

#[test]
fn every_softphone_pops_for_a_caller_in_each_form_that_switches_send() {
    for softphone in SOFTPHONES {
        for caller in [
            "+14155550123",
            "sip:+14155550123@pbx.example.com",
            "415.555.0123",
        ] {
            let name = softphone.name;
            let event =
                event(softphone.rings(caller)).unwrap_or_else(|| panic!("{name}: {caller}"));
            let found: Vec<_> = event.identifiers.iter().map(Identifier::display).collect();
            assert_eq!(found, ["+1 415-555-0123"], "{name}: {caller}");
            assert_eq!(event.what, What::Offered, "{name}");
            assert_eq!(
                (event.channel, event.direction),
                (Channel::Voice, Direction::Inbound)
            );
            assert!(!event.authenticated, "{name}");
        }
    }
}

#[test]
fn a_withheld_caller_is_shown_and_matches_nobody() {
    for softphone in SOFTPHONES {
        for caller in ["anonymous", "Restricted"] {
            let event = event(softphone.rings(caller)).expect(softphone.name);
            assert_eq!(event.identifiers, [], "{}", softphone.name);
        }
        let nothing = softphone.rings("");
        if softphone.setting == "{}" {
            // MicroSIP then starts us without any argument.
            assert_eq!(nothing, Ok(Argument::None));
        } else {
            let event = event(nothing).expect(softphone.name);
            assert_eq!(event.identifiers, [], "{}", softphone.name);
        }
    }
}

/// Callers' texts that try to become something else.
const HOSTILE: &[&str] = &[
    "--hidden",
    "1 --hidden",
    "1\" \"--customerId=12345",
    "1\\",
    "1\\\" --event=ended --interactionId=4f1c",
    "+14155550123&customerId=12345",
    "+14155550123&event=ended&interactionId=4f1c",
    "+14155550123#&phone=+14155550124",
    "+14155550123%26customerId=12345",
    "+14155550123%00",
    "+14155550123\n--customerId=12345",
    "+14155550123\r\nHost: evil",
    "$(reboot)",
    "`reboot`",
    "; reboot",
    "| reboot",
    "& calc.exe",
    "%COMSPEC%",
    "../../etc/passwd",
    "\\\\evil.example.com\\share",
    "file:///etc/passwd",
    "https://evil.example.com/",
    "javascript:alert(1)",
    "/N:E /C:+14155550123 /T:I /I:4f1c",
    "--look-up tel:+14155550123",
    ".;phone-context=",
    "+dwPAA;phone-context=AA",
    "<script>",
    "' or 1=1 --",
    "(mail=*)",
    "\u{202e}3210555514+",
    "\u{ff0b}1\u{ff14}15",
];

#[test]
fn a_hostile_caller_never_becomes_a_customer_an_end_or_another_switch() {
    let mut refused = 0;
    for softphone in SOFTPHONES {
        for caller in HOSTILE {
            let read = softphone.rings(caller);
            let is_own_switch = softphone.setting == "{}" && caller.starts_with("--");
            if is_own_switch {
                // Nothing stands in front of it: it hides no window that is open.
                continue;
            }
            match &read {
                Ok(argument) => {
                    let said = format!("{}: {caller:?}: {argument:?}", softphone.name);
                    let event = event(read.clone()).expect(&said);
                    let found = &event.identifiers;
                    let is_number = |it: Assurance| it == Assurance::CallerNumber;
                    let names_nobody = found.iter().all(|it| is_number(it.assurance));
                    // A link may say more than a number, all of it a claim.
                    let is_link = matches!(softphone.start, Start::Link);
                    assert!(names_nobody || is_link, "{said}");
                    assert!(!event.authenticated, "{said}");
                    // MicroSIP hands over the caller's text alone, which may be 3CX's switches.
                    let rings = event.what == What::Offered;
                    assert!(rings || is_link || softphone.setting == "{}", "{said}");
                }
                Err(_) => refused += 1,
            }
        }
    }
    assert!(refused > 100, "{refused}");
}

#[test]
fn the_same_arguments_without_the_attack_are_read() {
    // The control of the hostile callers: it is the attack that is refused, not the form.
    let good = [
        "--phone=+14155550123",
        "--event=ended",
        "--interactionId=4f1c",
    ];
    let event = event(parse(&good)).expect("options");
    assert_eq!((event.what, event.identifiers.len()), (What::Ended, 1));
    assert_eq!(event.key.id, "4f1c");
    for bad in [
        &["--phone", "+14155550123"][..],
        &["--phone=+14155550123", "+14155550124"],
        &["--phone=+14155550123", "--phone=+14155550124"],
        &["--phone=+14155550123", "--open=https://evil.example.com"],
        &["--phone=+14155550123", "--customerId=12345"],
        &["--phone=+14155550123", "--hidden"],
        &["--hidden", "--phone=+14155550123"],
        &["--phone=+1415555\u{0}0123"],
        &["--PHONE=+14155550123"],
    ] {
        assert!(parse(bad).is_err(), "{bad:?}");
    }
}

#[test]
fn a_clicked_number_is_looked_up_as_a_call_that_the_agent_makes() {
    for (address, number) in [
        ("tel:+1-415-555-0123", "+1 415-555-0123"),
        ("TEL:+14155550123", "+1 415-555-0123"),
        ("tel:+1-415-555-0123;ext=42", "+1 415-555-0123"),
        (
            "tel:+14155550123;ext=42;phone-context=example.com",
            "+1 415-555-0123",
        ),
        ("tel:4155550123;phone-context=+1", "+1 415-555-0123"),
        ("tel:%2B1%20415%20555%200123", "+1 415-555-0123"),
        ("tel:+1(415)555.0123", "+1 415-555-0123"),
        ("tel://+14155550123", "+1 415-555-0123"),
        ("callto:+14155550123", "+1 415-555-0123"),
        ("callto://+14155550123", "+1 415-555-0123"),
        ("callto:+1-415-555-0123x42", "+1 415-555-0123"),
    ] {
        let read = parse(&["--look-up", address]);
        assert!(
            matches!(read, Ok(Argument::Clicked(_))),
            "{address}: {read:?}"
        );
        let event = event(read).expect(address);
        let found: Vec<_> = event.identifiers.iter().map(Identifier::display).collect();
        assert_eq!(found, [number], "{address}");
        assert_eq!(event.direction, Direction::Outbound, "{address}");
        assert_eq!(event.key.source, "/local/tel");
    }
}

#[test]
fn a_clicked_address_that_is_no_number_is_refused() {
    let cases = [
        ("sip:+14155550123@pbx", LinkFault::Address),
        ("screenpop://v1/pop?customerId=1", LinkFault::Address),
        ("+14155550123", LinkFault::Address),
        ("tel", LinkFault::Address),
        ("tel:", LinkFault::Value),
        ("callto:live.ann", LinkFault::Value),
        ("tel:alice", LinkFault::Value),
        ("tel:+1415555%", LinkFault::Encoding),
        ("tel:%252B14155550123", LinkFault::Encoding),
        ("tel:+14155550123%0a--hidden", LinkFault::Value),
        ("tel:+1415 5550123", LinkFault::Characters),
        ("tel:.;phone-context=", LinkFault::Value),
        ("tel:+dwPAA;phone-context=AA", LinkFault::Value),
    ];
    for (address, why) in cases {
        let refused = parse(&["--look-up", address]).expect_err(address);
        assert_eq!(refused.why, why, "{address}");
    }
    let long = format!("tel:+14155550123;ext={}", "1".repeat(256));
    let refused = parse(&["--look-up", &long]).expect_err("too long");
    assert_eq!(refused.why, LinkFault::TooLong);
    for arguments in [
        &["--look-up"][..],
        &["--look-up", "tel:+14155550123", "x"],
        &["tel:+14155550123", "--look-up"],
    ] {
        assert!(parse(arguments).is_err(), "{arguments:?}");
    }
}
