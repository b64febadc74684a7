//! The keys of a fetched token: what a definition may say, and what it is refused for.

use crate::signed::{BROWSER, definition};
use crate::support::faults_of;

#[test]
fn the_hosts_of_a_sign_in_are_bounded_by_the_file() {
    let with = |settings: &str, token: &str| {
        let auth = BROWSER.replace("\"{setting.server}/token\"", &format!("\"{token}\""));
        faults_of(&definition(&format!("{auth}{settings}")))
    };
    let host = "[setting.login]\nkind = \"host\"\n";
    let bounded = "[setting.login]\nkind = \"host\"\nwithin = [\"*.crm.example\"]\n";
    let choice = "[setting.login]\nkind = \"choice\"\nchoices = [\"a.crm.example\"]\n";
    let text = "[setting.login]\nkind = \"text\"\n";
    for (settings, token) in [
        ("", "https://login.crm.example/token"),
        ("", "{setting.server}/token"),
        (bounded, "https://{setting.login}/token"),
        (choice, "https://{setting.login}/token"),
        (text, "https://{setting.login}.crm.example/token"),
        (text, "https://login.crm.example/{setting.login}/token"),
    ] {
        assert_eq!(with(settings, token), "", "{token} with {settings}");
    }
    for (settings, token, says) in [
        (host, "https://{setting.login}/token", "has a within"),
        (text, "https://{setting.login}/token", "an https address"),
        (
            text,
            "https://{setting.login}crm.example/token",
            "an https address",
        ),
        (text, "{setting.login}/token", "an https address"),
        (
            "",
            "{setting.server}.evil.example/token",
            "an https address",
        ),
        ("", "http://login.crm.example/token", "an https address"),
        ("", "https://{token.host}/token", "declared {setting.…}"),
    ] {
        let faults = with(settings, token);
        assert!(faults.contains("auth.browser.token"), "{token}: {faults}");
        assert!(faults.contains(says), "{token}: {faults}");
    }
}

#[test]
fn a_secret_stands_in_its_own_key_alone() {
    let secret = "[setting.hush]\nkind = \"secret\"\noptional = true\n[setting.open]\nkind = \"text\"\noptional = true\n";
    let with = |keys: &str| faults_of(&definition(&format!("{BROWSER}{keys}\n{secret}")));
    assert_eq!(
        with("client_secret = \"{setting.hush?}\""),
        "",
        "there it belongs"
    );
    for (keys, key) in [
        ("client_secret = \"{setting.open}\"", "client_secret"),
        ("client_secret = \"x{setting.hush}\"", "client_secret"),
        ("client_secret = \"written down\"", "client_secret"),
        ("extra = { login = \"{setting.hush}\" }", "extra.login"),
        ("issuer = \"{setting.hush}\"", "issuer"),
        ("redirect = \"http://evil.example/back\"", "redirect"),
        ("redirect = \"http://localhost:80/back\"", "redirect"),
        ("redirect = \"http://localhost/\"", "redirect"),
        ("ports = [0]", "ports"),
        ("ports = [70000]", "ports"),
        ("body = \"xml\"", "body"),
        ("lifetime = \"long\"", "lifetime"),
    ] {
        let faults = with(keys);
        assert!(
            faults.contains(&format!("auth.browser.{key}")),
            "{keys}: {faults}"
        );
    }
}

#[test]
fn what_a_token_says_never_widens_where_credentials_go() {
    let wide = definition(BROWSER).replace(
        "within = [\"{setting.server}\"]",
        "within = [\"{setting.server}\", \"{token.home}\"]",
    );
    let faults = faults_of(&wide);
    assert!(faults.contains("http.within"), "{faults}");
    assert_eq!(
        faults_of(&definition(BROWSER)),
        "",
        "without it the file loads"
    );
}
