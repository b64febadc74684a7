//! Signing in with the browser: the question, the page it comes back to, and every way it ends.

use std::sync::atomic::Ordering;

use pop_crm::{BROWSER_LIMIT, SignInFault, SignedOut};
use serde_json::json;
use tokio::net::TcpListener;

use crate::signed::{BROWSER, Signed, ask, definition, get, with_browser};
use crate::token_server::{Habits, TokenServer};

async fn plain() -> Signed {
    let server = TokenServer::start(Habits::default()).await;
    Signed::open(&server, &definition(BROWSER))
}

#[tokio::test]
async fn a_sign_in_says_who_it_is_and_what_is_kept_is_stored_before_the_token_is_used() {
    let signed = plain().await;
    assert!(signed.connection.needs_sign_in(), "nobody has signed in");
    let me = signed
        .sign_in()
        .await
        .expect("signed in")
        .expect("the CRM knows us");
    assert_eq!(me.name.as_deref(), Some("Ada Byron"));
    assert_eq!(me.email.as_deref(), Some("ada@example.com"));
    let told = signed.server.told();
    let expected = ["token authorization_code", "stored", "GET /v1/me access-2"];
    assert_eq!(told, expected, "stored first, then used");
    assert!(!signed.connection.needs_sign_in());
    let kept = signed.store.kept().expect("a grant is kept");
    assert!(kept.contains("refresh-2"), "the refresh token is kept");
    assert!(!kept.contains("access-2"), "the access token is not");
    signed.look_up().await.expect("the CRM answers");
}

#[tokio::test]
async fn the_browser_is_asked_with_a_challenge_and_a_state_of_its_own_each_time() {
    let signed = plain().await;
    let mut seen = Vec::new();
    for _ in 0..2 {
        let signing = signed.connection.sign_in().await.expect("a page");
        let address = url::Url::parse(signing.address().as_str()).expect("an address");
        let pairs = address.query_pairs().into_owned().collect::<Vec<_>>();
        let value = |name: &str| {
            let found = pairs
                .iter()
                .filter(|(known, _)| known == name)
                .collect::<Vec<_>>();
            assert_eq!(found.len(), 1, "{name} once in {address}");
            found[0].1.clone()
        };
        assert_eq!(value("scope"), "read write");
        assert!(value("state").len() >= 43, "32 random bytes");
        assert_eq!(value("code_challenge").len(), 43, "a SHA-256");
        let redirect = value("redirect_uri");
        assert!(redirect.starts_with("http://localhost:"), "{redirect}");
        assert!(redirect.ends_with("/callback"), "{redirect}");
        seen.push((value("state"), value("code_challenge")));
    }
    assert_ne!(seen[0].0, seen[1].0, "a state is used once");
    assert_ne!(seen[0].1, seen[1].1, "a verifier is used once");
}

#[tokio::test]
async fn a_person_who_says_no_is_not_asked_again() {
    let signed = plain().await;
    let signing = signed.connection.sign_in().await.expect("a page");
    let back = signed.server.consent(signing.address());
    let state = back.split("state=").nth(1).expect("a state");
    let denied = back.split('?').next().expect("an address").to_owned()
        + "?error=access_denied&error_description=end-user%20denied&state="
        + state;
    let (end, page) = with_browser(signing, get(&denied)).await;
    let expected = SignInFault::Refused {
        code: "access_denied".into(),
        message: Some("end-user denied".into()),
    };
    assert_eq!(end, Err(expected));
    assert!(page.contains("Nobody was signed in"), "{page}");
    assert_eq!(
        signed.server.told(),
        Vec::<String>::new(),
        "nothing was fetched"
    );
}

#[tokio::test]
async fn an_answer_with_another_state_ends_the_sign_in() {
    let signed = plain().await;
    for change in ["", "&state=again", "x"] {
        let signing = signed.connection.sign_in().await.expect("a page");
        let back = signed.server.consent(signing.address());
        let forged = if change.is_empty() {
            back.split("&state=").next().expect("an address").to_owned()
        } else {
            back + change
        };
        let (end, _) = with_browser(signing, get(&forged)).await;
        assert_eq!(end, Err(SignInFault::WrongState), "{forged}");
    }
    assert_eq!(signed.server.count("token"), 0, "no code was spent");
    assert!(signed.sign_in().await.is_ok(), "the true state is taken");
}

#[tokio::test]
async fn an_answer_of_another_issuer_ends_the_sign_in() {
    let server = TokenServer::start(Habits::default()).await;
    let named = BROWSER.to_owned() + "issuer = \"https://login.crm.example\"\n";
    for (auth, issuer, expected) in [
        (BROWSER, server.origin(), true),
        (BROWSER, "https://evil.example".to_owned(), false),
        (named.as_str(), "https://login.crm.example".to_owned(), true),
        (
            named.as_str(),
            "https://login.crm.example/".to_owned(),
            false,
        ),
    ] {
        let signed = Signed::open(&server, &definition(auth));
        let signing = signed.connection.sign_in().await.expect("a page");
        let issuer = url::form_urlencoded::byte_serialize(issuer.as_bytes()).collect::<String>();
        let back = server.consent(signing.address()) + "&iss=" + &issuer;
        let (end, _) = with_browser(signing, get(&back)).await;
        if expected {
            assert!(end.is_ok(), "{issuer}: {end:?}");
        } else {
            assert_eq!(end, Err(SignInFault::WrongIssuer), "{issuer}");
        }
    }
}

#[tokio::test]
async fn strays_change_nothing_and_the_first_answer_is_the_last() {
    let signed = plain().await;
    let signing = signed.connection.sign_in().await.expect("a page");
    let back = signed.server.consent(signing.address());
    let start = back
        .split("/callback")
        .next()
        .expect("an address")
        .to_owned();
    let port = url::Url::parse(&back)
        .expect("an address")
        .port()
        .expect("a port");
    let rebound = format!("Host: evil.example:{port}");
    let strays = async {
        for (address, method, headers) in [
            (start.clone() + "/favicon.ico", "GET", vec![]),
            (start.clone() + "/callback", "GET", vec![]),
            (start.clone() + "/callback/?code=x&state=y", "GET", vec![]),
            (back.clone(), "POST", vec![]),
            (back.clone(), "GET", vec![rebound.as_str()]),
            (back.clone(), "GET", vec!["Sec-Fetch-Mode: no-cors"]),
            (back.clone(), "GET", vec!["Sec-Purpose: prefetch"]),
        ] {
            let answer = ask(&address, method, &headers).await.expect("an answer");
            assert!(
                answer.starts_with("HTTP/1.1 404"),
                "{method} {address} {headers:?}: {answer}"
            );
        }
        ask(&back, "GET", &["Sec-Fetch-Mode: navigate"])
            .await
            .expect("the page")
    };
    let (end, page) = with_browser(signing, strays).await;
    assert!(end.is_ok(), "{end:?}");
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    assert!(
        page.contains("default-src 'none'"),
        "nothing from outside: {page}"
    );
    assert!(page.contains("no-store"), "{page}");
    assert!(!page.contains("code-"), "the page repeats nothing: {page}");
    assert_eq!(
        ask(&back, "GET", &[]).await,
        None,
        "nobody listens any more"
    );
    assert_eq!(signed.server.count("token"), 1, "one code, one request");
}

#[tokio::test]
async fn a_port_that_is_taken_leads_to_the_next_one() {
    let taken = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let free = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = |listener: &TcpListener| listener.local_addr().expect("it is bound").port();
    let (first, second) = (port(&taken), port(&free));
    drop(free);
    let server = TokenServer::start(Habits::default()).await;
    server.habits().redirects = vec![format!("http://127.0.0.1:{second}/back")];
    let keys = "redirect = \"http://127.0.0.1/back\"\n";
    let both = format!("{BROWSER}{keys}ports = [{first}, {second}]\n");
    let signed = Signed::open(&server, &definition(&both));
    assert!(signed.sign_in().await.is_ok(), "the second port is free");
    let one = format!("{BROWSER}{keys}ports = [{first}]\n");
    let signed = Signed::open(&server, &definition(&one));
    let end = signed.sign_in().await;
    let expected = SignInFault::PortsTaken { ports: vec![first] };
    assert_eq!(
        end,
        Err(expected),
        "it never moves to a port that is not registered"
    );
}

#[tokio::test]
async fn a_browser_that_does_not_come_back_is_not_waited_for() {
    let signed = plain().await;
    let signing = signed.connection.sign_in().await.expect("a page");
    let back = signed.server.consent(signing.address());
    let redirect = back.split('?').next().expect("an address").to_owned();
    let (end, ()) = with_browser(signing, async { signed.clock.pass(BROWSER_LIMIT) }).await;
    assert_eq!(end, Err(SignInFault::TimedOut { redirect }));
    assert_eq!(
        ask(&back, "GET", &[]).await,
        None,
        "nobody listens any more"
    );
}

#[tokio::test]
async fn what_the_token_endpoint_refuses_is_named_with_its_code() {
    let server = TokenServer::start(Habits::default()).await;
    let signed = Signed::open(&server, &definition(BROWSER));
    server.habits().refusal = Some((
        400,
        json!({ "error": "invalid_client", "error_description": "app must be installed into org" }),
    ));
    let Err(SignInFault::Token(fault)) = signed.sign_in().await else {
        panic!("the endpoint says no");
    };
    assert_eq!(fault.code.as_deref(), Some("invalid_client"));
    assert_eq!(
        fault.message.as_deref(),
        Some("app must be installed into org")
    );
    assert!(signed.connection.needs_sign_in(), "nobody is signed in");
    assert_eq!(signed.store.kept(), None, "nothing is kept");
}

#[tokio::test]
async fn a_secret_makes_the_client_confidential_and_goes_to_the_token_endpoint_alone() {
    let habits = Habits {
        secret: Some("hush"),
        ..Habits::default()
    };
    let server = TokenServer::start(habits).await;
    let setting = "[setting.app_secret]\nkind = \"secret\"\nlabel = \"Client secret\"\n";
    let auth = format!("{BROWSER}client_secret = \"{{setting.app_secret?}}\"\n{setting}");
    let without = Signed::open(&server, &definition(&auth));
    assert!(
        matches!(without.sign_in().await, Err(SignInFault::Token(_))),
        "the server wants the secret"
    );
    let secrets = [("app_secret", "hush")];
    let signed = Signed::open_with(&server, &definition(&auth), "browser", &secrets);
    assert!(
        signed.sign_in().await.is_ok(),
        "with the secret it is content"
    );
    signed.look_up().await.expect("the CRM answers");
    let kept = signed.store.kept().expect("a grant is kept");
    assert!(!kept.contains("hush"), "the secret has a place of its own");
}

#[tokio::test]
async fn a_token_endpoint_that_reads_json_gets_json() {
    let habits = Habits {
        reads_json: true,
        ..Habits::default()
    };
    let server = TokenServer::start(habits).await;
    let auth = format!("{BROWSER}body = \"json\"\ntoken_extra = {{ scope = \"read write\" }}\n");
    let signed = Signed::open(&server, &definition(&auth));
    assert!(signed.sign_in().await.is_ok(), "it reads the form");
    assert_eq!(
        server.forms()[0]["scope"],
        "read write",
        "with what it needs beside"
    );
}

#[tokio::test]
async fn the_server_that_the_token_names_must_be_one_of_the_definitions_own() {
    let server = TokenServer::start(Habits::default()).await;
    let moved = definition(BROWSER).replace("\"{setting.server}/v1\"", "\"{token.home}/v1\"");
    server.habits().extra = json!({ "home": "https://evil.example" });
    let signed = Signed::open(&server, &moved);
    assert_eq!(signed.sign_in().await, Err(SignInFault::ForeignServer));
    assert_eq!(signed.store.kept(), None, "nothing is kept");
    server.habits().extra = json!({ "home": server.origin() });
    assert!(signed.sign_in().await.is_ok(), "its own server is taken");
    signed
        .look_up()
        .await
        .expect("requests go where the token says");
    let again = signed.restart();
    again
        .look_up()
        .await
        .expect("that is known after a restart too");
}

#[tokio::test]
async fn a_grant_that_cannot_be_stored_is_no_sign_in() {
    let signed = plain().await;
    signed.store.fails.store(true, Ordering::Relaxed);
    let expected = SignInFault::NotKept("the disk is full".into());
    assert_eq!(signed.sign_in().await, Err(expected));
    assert_eq!(
        signed.server.count("GET"),
        0,
        "its access token is not used"
    );
}

#[tokio::test]
async fn signing_out_revokes_the_grant_and_forgets_it() {
    let signed = plain().await;
    signed.sign_in().await.expect("signed in");
    assert_eq!(signed.connection.sign_out().await, Ok(SignedOut::Revoked));
    assert_eq!(
        signed.server.told().last().map(String::as_str),
        Some("revoked refresh-2")
    );
    assert_eq!(signed.store.kept(), None);
    assert!(signed.connection.needs_sign_in());
    let fault = signed.look_up().await.expect_err("nobody is signed in");
    assert_eq!(fault.slug(), "sign_in_needed");
    assert_eq!(signed.server.count("GET /v1/people"), 0, "nothing is sent");
}

#[tokio::test]
async fn a_server_that_deletes_tokens_is_asked_with_the_token_itself() {
    let server = TokenServer::start(Habits::default()).await;
    let revoke = "\"DELETE {setting.server}/tokens/current\"";
    let auth = BROWSER.replace("\"{setting.server}/revoke\"", revoke);
    let signed = Signed::open(&server, &definition(&auth));
    signed.sign_in().await.expect("signed in");
    assert_eq!(signed.connection.sign_out().await, Ok(SignedOut::Revoked));
    assert_eq!(
        server.told().last().map(String::as_str),
        Some("deleted access-2")
    );
}
