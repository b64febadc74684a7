//! Whatever the values are, a link keeps its shape: security rule T6.

use proptest::prelude::*;

use super::tests::{template, text};
use super::*;

#[test]
fn every_change_of_shape_is_seen() {
    let shape = |rest: &str| address::shape(&format!("https://crm.example.com{rest}")).unwrap();
    assert_eq!(
        shape("/a/b?c=d&e=f#g"),
        shape("/x/y?c=x&e=y#z"),
        "values are not part of it"
    );
    for other in [
        ":8443/a/b?c=d&e=f#g",
        ".evil.test/a/b?c=d&e=f#g",
        "/a?c=d&e=f#g",
        "/a/..?c=d&e=f#g",
        "/a/%2e%2e?c=d&e=f#g",
        "/a/b/c?c=d&e=f#g",
        "/a/b?c=d#g",
        "/a/b?e=f&c=d#g",
        "/a/b?c=d&e=f&h=1#g",
        "/a/b#g",
        "/a/b?c=d&e=f",
    ] {
        assert_ne!(shape(other), shape("/a/b?c=d&e=f#g"), "{other}");
    }
}

proptest! {
    #[test]
    fn whatever_the_values_are_a_link_keeps_its_shape(
        one in any::<String>(),
        two in r"[a-c.%2eE/\\?#&=:@ ]{0,12}",
        template_index in 0_usize..4,
    ) {
        let source = [
            "https://crm.example.com/a/{one}/{two}",
            "https://crm.example.com/{one}.{two}/?a={one}&b={two}#/{two}",
            "{setting.server}/.{two}./x?q={two}{one}",
            "https://crm.example.com:8443/{two}{two}?z={one}#{one}",
        ][template_index];
        let expanded = template(source).unwrap().expand(|name| match name {
            "one" => Some(text(&one)),
            "two" => Some(text(&two)),
            _ => Some(LinkValue::Origin("https://crm.example.com".to_owned())),
        });
        if let Ok(url) = expanded {
            let plain = source.replace("{setting.server}", "https://crm.example.com").replace("{one}", "x").replace("{two}", "x");
            let (expected, found) = (url::Url::parse(&plain).unwrap(), url::Url::parse(url.as_str()).unwrap());
            prop_assert_eq!(found.as_str(), url.as_str());
            prop_assert_eq!(found.origin(), expected.origin());
            prop_assert_eq!(found.path_segments().unwrap().count(), expected.path_segments().unwrap().count());
            let keys = |url: &url::Url| url.query_pairs().map(|(key, _)| key.into_owned()).collect::<Vec<_>>();
            prop_assert_eq!(keys(&found), keys(&expected));
            prop_assert_eq!(found.fragment().is_some(), expected.fragment().is_some());
            let shown = found.query_pairs().find(|(key, _)| key == "z").map(|(_, value)| value.into_owned());
            prop_assert!(shown.is_none_or(|value| value == one), "decoding the output gives the value");
        }
    }

    #[test]
    fn any_text_is_a_template_or_a_fault(source in r"(https://crm\.example\.com|\{setting\.server\})?[/?#&={}a.%:@-]{0,16}") {
        if let Ok(link) = template(&source) {
            let expanded = link.expand(|name| Some(match name {
                "setting.server" => LinkValue::Origin("https://crm.example.com".to_owned()),
                _ => text("a/b"),
            }));
            if let Ok(url) = expanded {
                prop_assert_eq!(url.host(), "crm.example.com");
            }
        }
    }
}
