//! Templates: what is read, what is refused, and how values are written.

use proptest::prelude::*;

use super::*;

fn expand(template: &str, encoding: Encoding) -> Result<String, Missing> {
    let value = |name: &str| match name {
        "var" => Some("value".to_owned()),
        "hello" => Some("Hello World!".to_owned()),
        "half" => Some("50%".to_owned()),
        "a.b" => Some("o'neil@x.org/..".to_owned()),
        _ => None,
    };
    Template::parse(template).unwrap().expand(value, encoding)
}

#[test]
fn the_examples_of_rfc_6570_level_1_hold() {
    for (template, expected) in [
        ("{var}", "value"),
        ("{hello}", "Hello%20World%21"),
        ("{half}", "50%25"),
        ("O{hello}X", "OHello%20World%21X"),
        (
            "/{var}/{a.b}?q={half}",
            "/value/o%27neil%40x.org%2F..?q=50%25",
        ),
        ("", ""),
        ("plain", "plain"),
    ] {
        assert_eq!(
            expand(template, Encoding::Percent).as_deref(),
            Ok(expected),
            "{template}"
        );
    }
    assert_eq!(
        expand("{hello} {a.b}", Encoding::None).unwrap(),
        "Hello World! o'neil@x.org/.."
    );
}

#[test]
fn a_missing_name_gives_nothing_and_is_named() {
    let missing = |name: &str, optional| {
        Err(Missing {
            name: name.to_owned(),
            optional,
        })
    };
    assert_eq!(
        expand("{var}/{undef}", Encoding::Percent),
        missing("undef", false)
    );
    assert_eq!(
        expand("{var}/{undef?}", Encoding::Percent),
        missing("undef", true)
    );
    assert_eq!(
        expand("{one?}{two}", Encoding::Percent),
        missing("two", false)
    );
    assert_eq!(expand("{var?}", Encoding::Percent).as_deref(), Ok("value"));
}

#[test]
fn a_template_is_taken_apart_into_texts_and_names() {
    let template = Template::parse("é{setting.server}/x/{case.id?}").unwrap();
    let names: Vec<_> = template
        .names()
        .map(|name| {
            (
                name.path(),
                name.root(),
                name.is_optional(),
                name.position(),
            )
        })
        .collect();
    assert_eq!(
        names,
        [
            ("setting.server", "setting", false, 2),
            ("case.id", "case", true, 21)
        ]
    );
    assert_eq!(template.parts().len(), 4);
    assert_eq!(template.only_name(), None);
    assert_eq!(
        Template::parse("{a?}").unwrap().only_name().unwrap().path(),
        "a"
    );
}

#[test]
fn everything_beyond_level_1_is_refused_with_its_place() {
    for (template, position) in [
        ("{+x}", 1),
        ("{#x}", 1),
        ("{.x}", 1),
        ("{/x}", 1),
        ("{;x}", 1),
        ("{?x}", 1),
        ("{&x}", 1),
        ("a{x*}", 2),
        ("{x:3}", 1),
        ("{x,y}", 1),
        ("{ x }", 1),
        ("{x }", 1),
        ("{}", 1),
        ("{?}", 1),
        ("{x??}", 1),
        ("{x.}", 1),
        ("{.x.y}", 1),
        ("{x..y}", 1),
        ("{1x}", 1),
        ("{x-y}", 1),
        ("{é}", 1),
        ("{x\n}", 1),
        ("{x", 1),
        ("ab}", 3),
        ("{x}}", 4),
        ("{{x}}", 1),
        ("{a{b}}", 1),
        ("é{x} {", 6),
        ("{x|upper}", 1),
        ("{x=1}", 1),
        ("{'x'}", 1),
        ("{%78}", 1),
        ("{x\u{202e}}", 1),
        ("{x}{", 4),
    ] {
        let error = Template::parse(template).expect_err(template);
        assert_eq!(
            (error.position, error.code()),
            (position, "E_TPL_SYNTAX"),
            "{template}: {error}"
        );
    }
}

proptest! {
    #[test]
    fn any_text_is_parsed_or_refused_and_nothing_is_lost(source in "[a-c{}.?/é ]{0,24}") {
        if let Ok(template) = Template::parse(&source) {
            let again: String = template.parts().iter().map(|part| match part {
                Part::Text(text) => text.clone(),
                Part::Name(name) => {
                    format!("{{{}{}}}", name.path(), if name.is_optional() { "?" } else { "" })
                }
            }).collect();
            prop_assert_eq!(again, source);
        }
    }

    #[test]
    fn an_encoded_value_decodes_to_itself(value in any::<String>()) {
        let encoded = encode(&value);
        prop_assert!(encoded.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)));
        let query = format!("v={encoded}");
        let decoded = url::form_urlencoded::parse(query.as_bytes()).next().unwrap().1.into_owned();
        prop_assert_eq!(decoded, value);
    }
}
