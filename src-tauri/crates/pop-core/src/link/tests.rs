//! Links as templates: what is refused when a template is read, and what when it is filled in.

use super::*;

fn within() -> Vec<HostPattern> {
    [
        "crm.example.com",
        "crm.example.com:8443",
        "*.my.salesforce.com",
    ]
    .into_iter()
    .map(|host| HostPattern::parse(host).unwrap())
    .collect()
}

pub(super) fn template(text: &str) -> Result<LinkTemplate, LinkFault> {
    LinkTemplate::parse(text, &within(), &["setting.server", "token.instance_url"])
}

fn code(text: &str) -> &'static str {
    template(text).map_or_else(|fault| fault.code(), |_| "accepted")
}

fn link(text: &str, id: LinkValue) -> Result<String, LinkFault> {
    template(text)
        .unwrap()
        .expand(|name| match name {
            "setting.server" => Some(LinkValue::Origin("https://crm.example.com".to_owned())),
            "id" => Some(id.clone()),
            _ => None,
        })
        .map(|url| url.as_str().to_owned())
}

pub(super) fn text(value: &str) -> LinkValue {
    LinkValue::Text(value.to_owned())
}

#[test]
fn links_of_the_definitions_are_written() {
    for (source, expected) in [
        (
            "https://crm.example.com/customers/{id}",
            "https://crm.example.com/customers/A%201%2F2",
        ),
        (
            "{setting.server}/customers/{id}",
            "https://crm.example.com/customers/A%201%2F2",
        ),
        (
            "{setting.server}/a-{id}.html?x={id}&y=1#/t/{id}",
            "https://crm.example.com/a-A%201%2F2.html?x=A%201%2F2&y=1#/t/A%201%2F2",
        ),
        (
            "https://crm.example.com:8443/?q={id}",
            "https://crm.example.com:8443/?q=A%201%2F2",
        ),
        (
            "https://a.b.my.salesforce.com/{id}",
            "https://a.b.my.salesforce.com/A%201%2F2",
        ),
        ("{setting.server}/fixed", "https://crm.example.com/fixed"),
    ] {
        assert_eq!(
            link(source, text("A 1/2")).as_deref(),
            Ok(expected),
            "{source}"
        );
    }
    let names = template("{setting.server}/{customer.id}?n={case.id?}").unwrap();
    assert_eq!(
        names.names().collect::<Vec<_>>(),
        ["setting.server", "customer.id", "case.id"]
    );
}

#[test]
fn a_name_may_stand_in_a_segment_a_query_value_and_a_fragment_only() {
    for source in [
        "https://crm.example.com/{id}",
        "https://crm.example.com/a{id}b",
        "https://crm.example.com/a/{id}/b",
        "https://crm.example.com/?a={id}",
        "https://crm.example.com/?a=b{id}&c={id}",
        "https://crm.example.com/#{id}",
        "https://crm.example.com/#/a/{id}?x={id}",
        "https://crm.example.com/{id}{id}",
        "https://crm.example.com/?a={id}=",
        "https://crm.example.com/a//b/{id}",
    ] {
        assert_eq!(code(source), "accepted", "{source}");
    }
    for source in [
        "{id}",
        "{id}://crm.example.com/",
        "https:{id}",
        "https:/{id}",
        "https://{id}",
        "https://{id}/x",
        "https://{id}.example.com/",
        "https://crm.{id}.com/",
        "https://crm.example.com{id}",
        "https://crm.example.com{id}/",
        "https://crm.example.com:{id}/",
        "https://{id}@crm.example.com/",
        "https://crm.example.com?{id}",
        "https://crm.example.com/?{id}",
        "https://crm.example.com/?{id}=1",
        "https://crm.example.com/?a=1&{id}",
        "https://crm.example.com/?a{id}=1",
        "https://crm.example.com//{id}",
        "https://crm.example.com/{id}//x",
        "{setting.server}{id}",
        "{setting.server}",
        "{setting.server}?a={id}",
        "{setting.server}.evil.test/",
        "{setting.server}@evil.test/",
        "{setting.server}:8443/",
        "{setting.server}//{id}",
        "https://crm.example.com/{setting.server?}",
        "{setting.server?}/x",
        "{other.server}/x",
        "https://crm.example.com/%{id}",
        "https://crm.example.com/%2{id}",
        "https://crm.example.com/{id?}",
        "https://crm.example.com/?a=x{id?}",
        "https://crm.example.com/?a={id?}x",
        "https://crm.example.com/#{id?}",
        "https://crm.example.com/?a=b?c={id?}",
        "https://crm.example.com/?a={id?}{id}",
        "https://crm.example.com/?={id?}",
        "x{setting.server}/",
    ] {
        assert_eq!(code(source), "E_TPL_PLACE", "{source}");
    }
    assert_eq!(
        template("https://crm.example.com/?{id}"),
        Err(LinkFault::TplPlace {
            name: "id".to_owned(),
            position: 26
        })
    );
}

#[test]
fn a_mistake_in_the_literal_text_shows_when_the_template_is_loaded() {
    for (source, expected) in [
        ("https://crm.example.com/{+id}", "E_TPL_SYNTAX"),
        ("https://crm.example.com/{id", "E_TPL_SYNTAX"),
        ("http://crm.example.com/{id}", "E_URL_SCHEME"),
        ("javascript:alert({id})", "E_TPL_PLACE"),
        ("https://evil.test/{id}", "E_URL_HOST"),
        ("https://my.salesforce.com/{id}", "E_URL_HOST"),
        ("https://crm.example.com:444/{id}", "E_URL_HOST"),
        ("https://CRM.example.com/{id}", "E_URL_HOST"),
        ("https://crm.example.com/a/../{id}", "E_URL_FORM"),
        ("https://crm.example.com/a b/{id}", "E_URL_FORM"),
        ("https://crm.example.com/ä/{id}", "E_URL_FORM"),
        ("https://crm.example.com\\{id}", "E_TPL_PLACE"),
        ("https://crm.example.com", "E_URL_FORM"),
        ("{setting.server}/a b/{id}", "E_URL_FORM"),
        ("{setting.server}/%2e%2e/{id}", "E_URL_FORM"),
        ("", "E_URL_SCHEME"),
    ] {
        assert_eq!(code(source), expected, "{source}");
    }
}

type Make = fn(String) -> LinkValue;

#[test]
fn each_type_takes_its_values_and_no_others() {
    let source = "https://crm.example.com/{id}";
    let long = |sign: &str, count: usize| sign.repeat(count);
    let table: [(Make, Vec<String>, Vec<String>); 7] = [
        (
            LinkValue::Id,
            vec!["a".into(), "0035g-_Z".into(), long("x", 64)],
            vec![
                String::new(),
                long("x", 65),
                "a b".into(),
                "a.b".into(),
                "é".into(),
                "a/b".into(),
            ],
        ),
        (
            LinkValue::CheckedId,
            vec!["a.b:c".into(), long("é", 128)],
            vec![String::new(), long("x", 129), "..".into()],
        ),
        (
            LinkValue::Digits,
            vec!["0".into(), long("9", 32)],
            vec![
                String::new(),
                long("9", 33),
                "-1".into(),
                "1a".into(),
                "١".into(),
            ],
        ),
        (
            LinkValue::E164,
            vec!["+1234567".into(), "+123456789012345".into()],
            vec![
                String::new(),
                "+123456".into(),
                "+1234567890123456".into(),
                "1234567".into(),
                "+0234567".into(),
            ],
        ),
        (
            LinkValue::Email,
            vec!["a@b.co".into()],
            vec![String::new(), "a".into(), "a b@c.de".into()],
        ),
        (
            LinkValue::Text,
            vec![
                "O'Neil & Co".into(),
                long("é", 128),
                "%2e%2e".into(),
                "...".into(),
            ],
            vec![
                String::new(),
                long("é", 129),
                ".".into(),
                "..".into(),
                "a\u{202e}".into(),
                "a\0".into(),
                "a\r\n".into(),
                "e\u{301}".into(),
            ],
        ),
        (
            LinkValue::Composed,
            vec!["a b".into(), long("x", 1_500)],
            vec![String::new(), long("x", 1_501), "..".into()],
        ),
    ];
    for (make, taken, refused) in table {
        for value in taken {
            link(source, make(value.clone())).unwrap_or_else(|fault| panic!("{value:?}: {fault}"));
        }
        for value in refused {
            let fault = link(source, make(value.clone())).expect_err(&value);
            assert_eq!(fault.code(), "E_TPL_VALUE", "{value:?}");
            assert!(
                value.len() < 4 || !format!("{fault} {fault:?}").contains(&value),
                "a fault never holds the value"
            );
        }
    }
    let origin = LinkValue::Origin("https://crm.example.com".to_owned());
    assert_eq!(
        link(source, origin).unwrap_err().code(),
        "E_TPL_VALUE",
        "an origin is no segment"
    );
}

#[test]
fn an_origin_is_an_origin_within_and_nothing_more() {
    let with = |origin: &str| {
        let link = template("{token.instance_url}/{id}").unwrap();
        link.expand(|name| match name {
            "id" => Some(text("1")),
            _ => Some(LinkValue::Origin(origin.to_owned())),
        })
    };
    assert_eq!(
        with("https://acme.my.salesforce.com").unwrap().as_str(),
        "https://acme.my.salesforce.com/1"
    );
    assert_eq!(
        with("https://crm.example.com:8443").unwrap().host(),
        "crm.example.com:8443"
    );
    for origin in [
        "",
        "https://",
        "https://evil.test",
        "http://crm.example.com",
        "https://crm.example.com/",
        "https://crm.example.com/x",
        "https://crm.example.com?x",
        "https://crm.example.com#x",
        "https://crm.example.com@evil.test",
        "https://crm.example.com:443",
        "https://crm.example.com.evil.test",
        "https://evilcrm.example.com",
        "https://CRM.example.com",
        "crm.example.com",
        "//crm.example.com",
        "https://crm.example.com\\",
        "https://a@crm.example.com",
        "https://my.salesforce.com",
        "https://evil.test/x.my.salesforce.com",
        "https://xn--a.my.salesforce.com",
        "https://.my.salesforce.com",
        "javascript:",
    ] {
        let fault = with(origin).expect_err(origin);
        assert!(fault.code().starts_with("E_URL_"), "{origin}: {fault}");
    }
    let wrong = template("{setting.server}/x")
        .unwrap()
        .expand(|_| Some(text("https://crm.example.com")));
    assert_eq!(
        wrong.unwrap_err().code(),
        "E_TPL_VALUE",
        "only an origin stands for an origin"
    );
}

#[test]
fn a_missing_name_gives_no_link_and_an_optional_parameter_is_left_out() {
    let source = "https://crm.example.com/{a}";
    let none = template(source).unwrap().expand(|_| None);
    assert_eq!(
        none,
        Err(LinkFault::Missing {
            name: "a".to_owned()
        })
    );
    let missing_origin = template("{setting.server}/x").unwrap().expand(|_| None);
    assert_eq!(
        missing_origin.unwrap_err().to_string(),
        "`setting.server` has no value"
    );

    let both = template("https://crm.example.com/?a={a?}&b={b?}&c=1#f").unwrap();
    let ends = template("https://crm.example.com/x?a={a?}&b={b?}").unwrap();
    let with = |template: &LinkTemplate, names: &str| {
        let value = |name: &str| names.contains(name).then(|| text(name));
        template
            .expand(value)
            .unwrap()
            .as_str()
            .trim_start_matches("https://crm.example.com")
            .to_owned()
    };
    for (names, first, second) in [
        ("ab", "/?a=a&b=b&c=1#f", "/x?a=a&b=b"),
        ("a", "/?a=a&c=1#f", "/x?a=a"),
        ("b", "/?b=b&c=1#f", "/x?b=b"),
        ("", "/?c=1#f", "/x"),
    ] {
        assert_eq!(with(&both, names), first, "{names}");
        assert_eq!(with(&ends, names), second, "{names}");
    }
    let before_fragment = template("https://crm.example.com/?a={a?}#f").unwrap();
    assert_eq!(with(&before_fragment, ""), "/#f");
}

#[test]
fn a_link_that_grows_too_long_is_no_link() {
    let source = format!("https://crm.example.com/{}", "{id}".repeat(10));
    assert_eq!(
        link(&source, text(&"é".repeat(128))),
        Err(LinkFault::UrlForm)
    );
    link(&source, text(&"e".repeat(128))).expect("short enough");
}
