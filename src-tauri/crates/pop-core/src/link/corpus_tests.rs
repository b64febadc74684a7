//! Addresses that must never be opened, beside ones that may: security rules U2 to U5 and N5.

use super::*;

fn within() -> Vec<HostPattern> {
    [
        "crm.example.com",
        "*.my.salesforce.com",
        "10.1.2.3",
        "xn--mller-kva.example",
        "[fd00::1]",
    ]
    .into_iter()
    .map(|host| HostPattern::parse(host).unwrap())
    .collect()
}

fn code(text: &str) -> &'static str {
    check_external_link(text, &within()).map_or_else(|fault| fault.code(), |_| "opened")
}

#[test]
fn plain_addresses_on_listed_hosts_may_be_opened() {
    for text in [
        "https://crm.example.com/",
        "https://crm.example.com/a/b?c=d&e=%20#f",
        "https://acme.my.salesforce.com/003",
        "https://acme--uat.sandbox.my.salesforce.com/lightning/r/Contact/003/view",
        "https://10.1.2.3/",
        "https://xn--mller-kva.example/",
        "https://[fd00::1]/",
        "https://crm.example.com/?q=https://evil.test/",
        "https://crm.example.com/a;b,c(d)!$*+|~",
        "https://crm.example.com/?",
    ] {
        assert_eq!(
            check_external_link(text, &within())
                .map(|url| url.as_str().to_owned())
                .as_deref(),
            Ok(text)
        );
    }
    let longest = format!("https://crm.example.com/{}", "a".repeat(2_000 - 24));
    assert_eq!((longest.len(), code(&longest)), (2_000, "opened"));
    assert_eq!(code(&format!("{longest}a")), "E_URL_FORM");
}

const SCHEMES: &str = "http file javascript vbscript data blob filesystem smb cifs nfs afp ftp ftps sftp tftp \
    ssh telnet rlogin gopher ldap ldaps ws wss mailto tel sip sips callto skype facetime sms im xmpp irc news nntp \
    magnet bitcoin ms-word ms-excel ms-settings ms-msdt ms-appinstaller ms-cxh search-ms search res mk its hcp shell \
    jar view-source about chrome edge resource content intent android-app itms-services x-apple.systempreferences \
    steam slack zoommtg msteams vscode git svn urn cid mid dict finger tauri asset ipc screenpop httpss xhttps h";

#[test]
fn no_other_scheme_in_any_spelling_is_ever_opened() {
    let spellings: [fn(&str) -> String; 9] = [
        |scheme| format!("{scheme}://crm.example.com/"),
        |scheme| format!("{}://crm.example.com/", scheme.to_uppercase()),
        |scheme| format!("{scheme}:crm.example.com"),
        |scheme| format!("{scheme}:/crm.example.com/"),
        |scheme| format!("{scheme}:https://crm.example.com/"),
        |scheme| format!(" {scheme}://crm.example.com/"),
        |scheme| format!("\t{scheme}:\n//crm.example.com/"),
        |scheme| format!("{scheme}%3A//crm.example.com/"),
        |scheme| format!("{scheme}\u{200b}://crm.example.com/"),
    ];
    let corpus: Vec<String> = SCHEMES
        .split_whitespace()
        .flat_map(|scheme| spellings.iter().map(move |spelling| spelling(scheme)))
        .collect();
    assert!(corpus.len() >= 300, "{} spellings", corpus.len());
    for text in &corpus {
        assert_eq!(code(text), "E_URL_SCHEME", "{text:?}");
    }
    for text in [
        "",
        "/",
        "//crm.example.com/",
        "\\\\crm.example.com\\share",
        "\\\\?\\C:\\x",
        "C:\\Windows\\x.exe",
        "c:/x",
        "crm.example.com",
        "HTTPS://crm.example.com/",
        "Https://crm.example.com/",
        "httpS://crm.example.com/",
        " https://crm.example.com/",
        "\u{feff}https://crm.example.com/",
        "\u{202e}https://crm.example.com/",
        "https",
        "https\u{ff1a}//crm.example.com/",
        "ℎttps://crm.example.com/",
        "hxxps://crm.example.com/",
        "--https://crm.example.com/",
        "-h",
        "/etc/passwd",
        "~/x",
        "x.desktop",
    ] {
        assert_eq!(code(text), "E_URL_SCHEME", "{text:?}");
    }
}

#[test]
fn no_other_host_in_any_spelling_is_ever_opened() {
    for text in [
        "https://evil.test/?q=.example.com/",
        "https://crm.example.com@evil.test/",
        "https://crm.example.com.evil.test/",
        "https://evil.test/crm.example.com",
        "https://evil.test#crm.example.com",
        "https://evilcrm.example.com/",
        "https://example.com/",
        "https://x.crm.example.com/",
        "https://my.salesforce.com/",
        "https://evilmy.salesforce.com/",
        "https://.my.salesforce.com/",
        "https://a..my.salesforce.com/",
        "https://my.salesforce.com.evil.test/",
        "https://xn--80ak6aa92e.my.salesforce.com/",
        "https://a.xn--80ak6aa92e.my.salesforce.com/",
        "https://é.my.salesforce.com/",
        "https://müller.example/",
        "https://-.my.salesforce.com/",
        "https://crm.example.com./",
        "https://CRM.example.com/",
        "https://crm.EXAMPLE.com/",
        "https://crm.example.com:443/",
        "https://crm.example.com:8443/",
        "https://crm.example.com:/",
        "https://crm.example.com:0443/",
        "https://crm.example.com:99999/",
        "https://acme.my.salesforce.com:8443/",
        "https://a@crm.example.com/",
        "https://a:b@crm.example.com/",
        "https://@crm.example.com/",
        "https://:@crm.example.com/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://0x7f000001/",
        "https://017700000001/",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/",
        "https://10.1.2.03/",
        "https://0xa.1.2.3/",
        "https://167838211/",
        "https://[FD00::1]/",
        "https://[fd00:0::1]/",
        "https://10.1.2.4/",
        "https://?x",
        "https://#x",
        "https://",
        "https://crm%2eexample.com/",
        "https://crm.example.com%2f@evil.test/",
        "https://crm。example.com/",
        "https://crm.example.com\u{200b}.evil.test/",
        "https://ｃｒｍ.example.com/",
        "https://crm.example.com%00.evil.test/",
        "https://evil.test\\.my.salesforce.com/",
        "https://localhost/",
        "https://a b.my.salesforce.com/",
    ] {
        assert_eq!(code(text), "E_URL_HOST", "{text:?}");
    }
}

#[test]
fn no_address_that_is_read_in_another_spelling_is_ever_opened() {
    for text in [
        "https:crm.example.com",
        "https:/crm.example.com/",
        "https:///crm.example.com/",
        "https:\\\\crm.example.com\\",
        "https:",
        "https://crm.example.com",
        "https://crm.example.com?x",
        "https://crm.example.com#x",
        "https://crm.example.com/\t",
        "https://crm.example.com/a\nb",
        "https://crm.example.com/a\rb",
        "https://crm.example.com/\0",
        "https://crm.example.com/a b",
        "https://crm.example.com/ ",
        "https://crm.example.com/a\\b",
        "https://crm.example.com\\@evil.test/",
        "https://crm.example.com/\"",
        "https://crm.example.com/'",
        "https://crm.example.com/?'",
        "https://crm.example.com/<x>",
        "https://crm.example.com/^",
        "https://crm.example.com/{x}",
        "https://crm.example.com/`",
        "https://crm.example.com/#`",
        "https://crm.example.com/é",
        "https://crm.example.com/\u{202e}x",
        "https://crm.example.com/\u{200b}",
        "https://crm.example.com/\u{feff}",
        "https://crm.example.com/\u{a0}",
        "https://crm.example.com/a/../b",
        "https://crm.example.com/./a",
        "https://crm.example.com/%2e%2e/a",
        "https://crm.example.com/a/%2E",
        "https://crm.example.com/..",
        "https://crm.example.com/\u{7f}",
        "https://crm.example.com/\u{85}",
        "https://crm.example.com/?é",
        "https://crm.example.com/#é",
    ] {
        assert_eq!(code(text), "E_URL_FORM", "{text:?}");
    }
}

#[test]
fn a_list_of_hosts_takes_hosts_and_names_that_belong_to_somebody() {
    for text in [
        "crm.example.com",
        "crm.example.com:8443",
        "intranet",
        "10.1.2.3",
        "10.1.2.3:8443",
        "[fd00::1]",
        "*.example.com",
        "*.my.salesforce.com",
        "*.service-now.com",
        "*.zendesk.com",
        "*.crm4.dynamics.com",
        "*.crm.internal",
        "xn--mller-kva.example",
        "a_b.example.com",
    ] {
        assert_eq!(
            HostPattern::parse(text)
                .unwrap_or_else(|| panic!("{text}"))
                .to_string(),
            text
        );
    }
    for text in [
        "",
        "*",
        "*.",
        "*.com",
        "*.co.uk",
        "*.github.io",
        "*.herokuapp.com",
        "*.azurewebsites.net",
        "*.internal",
        "**.example.com",
        "*.*.example.com",
        "a*.example.com",
        "crm.*.com",
        "*example.com",
        "*.example.com:8443",
        "*.10.1.2.3",
        "*.xn--mller-kva.example",
        "*.exämple.com",
        "CRM.example.com",
        "crm.example.com.",
        ".example.com",
        "a..example.com",
        "crm.example.com/",
        "crm.example.com/x",
        "https://crm.example.com",
        "a@crm.example.com",
        "crm.example.com:443",
        "crm.example.com:0x1",
        "crm.example.com:",
        "müller.example",
        "2130706433",
        "0x7f.1",
        "127.1",
        "[::ffff:127.0.0.1]",
        "crm example.com",
        " crm.example.com",
        "crm.example.com?x",
        "crm.example.com#x",
        "-crm.example.com",
        "*.-a.example.com",
    ] {
        assert_eq!(HostPattern::parse(text), None, "{text:?}");
    }
}

#[test]
fn plain_http_is_opened_on_this_machine_only_where_it_was_permitted() {
    let sandbox = vec![HostPattern::from(LoopbackOrigin::of_own_sandbox(18_080))];
    let check = |text: &str| check_external_link(text, &sandbox).map(|url| url.as_str().to_owned());
    assert_eq!(
        check("http://127.0.0.1:18080/customers/1").as_deref(),
        Ok("http://127.0.0.1:18080/customers/1")
    );
    for text in [
        "http://127.0.0.1:18081/",
        "http://127.0.0.1/",
        "https://127.0.0.1:18080/",
        "http://localhost:18080/",
        "http://127.1:18080/",
        "http://127.0.0.1:18080@evil.test/",
        "http://127.0.0.1:180800/",
        "http://127.0.0.1:18080",
        "http://evil.test/",
        "HTTP://127.0.0.1:18080/",
        "http://127.0.0.1:18080\\x",
        "http://[::1]:18080/",
    ] {
        assert!(check(text).is_err(), "{text}");
    }
    assert_eq!(
        code("http://127.0.0.1:18080/"),
        "E_URL_SCHEME",
        "nothing was permitted there"
    );
    let link = LinkTemplate::parse(
        "{setting.server}/customers/{id}",
        &sandbox,
        &["setting.server"],
    )
    .unwrap();
    let url = link.expand(|name| {
        Some(match name {
            "id" => LinkValue::Id("12345".to_owned()),
            _ => LinkValue::Origin("http://127.0.0.1:18080".to_owned()),
        })
    });
    assert_eq!(
        url.unwrap().as_str(),
        "http://127.0.0.1:18080/customers/12345"
    );

    for text in ["http://127.0.0.1:8080", "http://localhost:8080"] {
        assert_eq!(
            LoopbackOrigin::permitted_by_machine_policy(text)
                .unwrap()
                .as_str(),
            text
        );
    }
    for text in [
        "http://127.0.0.1",
        "http://localhost",
        "http://localhost:0",
        "http://localhost:80",
        "http://localhost:08080",
        "http://localhost:+8080",
        "http://localhost:65536",
        "http://localhost:8080/",
        "https://localhost:8080",
        "http://127.0.0.2:8080",
        "http://LOCALHOST:8080",
        "http://0.0.0.0:8080",
        "http://[::1]:8080",
        "http://localhost.evil.test:8080",
        "http://a@localhost:8080",
        "http://localhost:8080@evil.test",
    ] {
        assert_eq!(
            LoopbackOrigin::permitted_by_machine_policy(text),
            None,
            "{text}"
        );
    }
}
