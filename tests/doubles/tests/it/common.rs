//! What all doubles share: hosts, records, scripts, and the authorization server.

use std::time::{Duration, Instant};

use pop_core::http::HttpFault;
use pop_doubles::oauth::{OAuth, Rules};
use pop_doubles::{Act, Answer, Call, Cast, Double, Landing, Trouble, Vendor, browse};
use serde_json::json;
use url::Url;

use crate::support::{Client, form, value};

const BACK: &str = "http://127.0.0.1:21717/callback";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/// RFC 7636, appendix B: what belongs to that verifier.
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

struct Shop(OAuth);

impl Vendor for Shop {
    fn hosts(&self) -> Vec<String> {
        vec!["shop.example.com".into(), "login.example.com".into()]
    }

    fn cast(&self) -> Cast {
        Cast::default()
    }

    fn oauth(&self) -> &OAuth {
        &self.0
    }

    fn answer(&self, call: &Call) -> Answer {
        match call.path.as_str() {
            "/authorize" => self.0.authorize(call),
            "/token" => match self.0.token(call) {
                Ok(grant) => Answer::json(
                    200,
                    &json!({"access": grant.access_token, "refresh": grant.refresh_token}),
                ),
                Err(fault) => Answer::json(fault.status(), &fault.body()),
            },
            _ if self.0.let_in(call).is_err() => Answer::empty(401),
            _ => Answer::json(200, &json!({"path": call.segments(), "host": call.host})),
        }
    }

    fn trouble(&self, trouble: &Trouble) -> Answer {
        Answer::of(429, "text/plain", format!("{trouble:?}"))
    }
}

async fn shop(rules: Rules) -> Double {
    Double::start(Shop(OAuth::new(rules)))
        .await
        .expect("a free port")
}

async fn code(double: &Double, challenge: &str) -> String {
    let query = form(&[
        ("response_type", "code"),
        ("client_id", "screenpop-client"),
        ("redirect_uri", BACK),
        ("state", "s1"),
        ("code_challenge", challenge),
        ("code_challenge_method", "S256"),
    ]);
    let url = format!("https://login.example.com/authorize?{query}");
    let Ok(Landing::Sent(location)) = browse(double, &url).await else {
        panic!("nobody was sent anywhere");
    };
    assert!(location.starts_with(BACK) && location.contains("state=s1"));
    let location = Url::parse(&location).expect("an address");
    let mut pairs = location.query_pairs();
    pairs
        .find(|(name, _)| name == "code")
        .expect("a code")
        .1
        .into_owned()
}

async fn exchanged(client: &Client<'_>, code: &str, verifier: &str) -> (u16, serde_json::Value) {
    let answer = client
        .form(
            "/token",
            &[
                ("grant_type", "authorization_code"),
                ("client_id", "screenpop-client"),
                ("redirect_uri", BACK),
                ("code", code),
                ("code_verifier", verifier),
            ],
        )
        .await;
    (answer.status, value(&answer))
}

async fn refreshed(client: &Client<'_>, token: &str) -> (u16, serde_json::Value) {
    let members = [
        ("grant_type", "refresh_token"),
        ("client_id", "screenpop-client"),
        ("refresh_token", token),
    ];
    let answer = client.form("/token", &members).await;
    (answer.status, value(&answer))
}

#[tokio::test]
async fn a_request_is_kept_as_it_came_with_the_verdict_on_its_credential() {
    let double = shop(Rules::default()).await;
    let target = "/a%2Fb/c+d?q=x%27%20y&z";
    let answer = Client::signed_in(&double).get(target).await;
    assert_eq!(
        value(&answer),
        json!({"path": ["a/b", "c+d"], "host": "shop.example.com"})
    );
    assert_eq!(Client::of(&double).get("/x").await.status, 401);

    let recorded = double.recorded();
    assert_eq!(recorded[0].line(), format!("GET shop.example.com{target}"));
    assert_eq!(recorded[0].call.query_value("q").as_deref(), Some("x' y"));
    assert_eq!(recorded[0].call.credential_accepted(), Some(true));
    assert_eq!(recorded[1].call.credential_accepted(), Some(false));
    assert!(recorded[0].answered_us >= Some(recorded[0].arrived_us));
    assert_eq!((double.count(), double.count_of("/x")), (2, 1));
}

#[tokio::test]
async fn only_the_hosts_of_the_double_lead_to_it() {
    let double = shop(Rules::default()).await;
    let client = Client::of(&double).at("evil.example.com");
    assert_eq!(
        client.try_send("GET", "/", None).await.err(),
        Some(HttpFault::Dns)
    );
    assert_eq!(double.count(), 0);
    assert_eq!(
        Client::signed_in(&double)
            .at("login.example.com")
            .get("/")
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn what_is_scripted_happens_once_and_then_all_is_well() {
    let double = shop(Rules::default()).await;
    let client = Client::signed_in(&double);
    let send = || client.try_send("GET", "/x", None);
    for (act, fault) in [
        (Act::Reset, HttpFault::Cut),
        (Act::LostAfterStoring, HttpFault::Cut),
        (Act::CutBody, HttpFault::Cut),
    ] {
        double.next(act);
        assert_eq!(send().await.err(), Some(fault));
        assert_eq!(send().await.expect("an answer").status, 200);
    }
    double.next(Act::Truncated);
    let halved = send().await.expect("an answer");
    assert!(serde_json::from_slice::<serde_json::Value>(&halved.body).is_err());
    double.next(Act::Huge);
    assert!(send().await.expect("an answer").body.len() > 2_000_000);
    double.next(Act::Trouble(Trouble::RateLimited));
    assert_eq!(send().await.expect("an answer").body, b"RateLimited");
    double.next(Act::Slow(Duration::from_millis(1)));
    assert_eq!(send().await.expect("an answer").status, 200);
}

#[tokio::test]
async fn an_act_meets_the_request_it_is_for() {
    let double = shop(Rules::default()).await;
    let client = Client::signed_in(&double);
    double.each_on("GET shop.example.com/x", Act::Answer(Answer::empty(503)));
    assert_eq!(client.get("/y").await.status, 200);
    assert_eq!(client.get("/x").await.status, 503);
    assert_eq!(client.get("/x").await.status, 503);
    double.heal();
    assert_eq!(client.get("/x").await.status, 200);
}

#[tokio::test]
async fn a_code_is_worth_one_exchange_by_the_one_who_knows_the_verifier() {
    let double = shop(Rules::default()).await;
    let client = Client::of(&double);
    let first = code(&double, CHALLENGE).await;
    let (status, granted) = exchanged(&client, &first, VERIFIER).await;
    assert_eq!(status, 200, "{granted}");
    assert!(granted["refresh"].is_string());
    let (_, again) = exchanged(&client, &first, VERIFIER).await;
    assert_eq!(again["error"], "invalid_grant", "used up");
    let second = code(&double, CHALLENGE).await;
    let (status, wrong) = exchanged(&client, &second, &"v".repeat(43)).await;
    assert_eq!(
        (status, wrong["error"].as_str()),
        (400, Some("invalid_grant"))
    );
}

#[tokio::test]
async fn a_rotating_refresh_token_works_once_and_takes_its_access_token_along() {
    for rotates in [true, false] {
        let double = shop(Rules {
            rotates,
            ..Rules::default()
        })
        .await;
        let granted = double.oauth().grant("");
        let old = granted.refresh_token.expect("a refresh token");
        let client = Client::of(&double);
        let (status, new) = refreshed(&client, &old).await;
        assert_eq!(status, 200);
        assert_eq!(new["refresh"] != json!(old), rotates);
        let old_access = double.oauth().judged(Some(&granted.access_token));
        assert_eq!(old_access.is_err(), rotates);
        let (status, _) = refreshed(&client, &old).await;
        assert_eq!(status, if rotates { 400 } else { 200 });
        assert_eq!(double.oauth().refreshes(), if rotates { 1 } else { 2 });
    }
}

#[tokio::test]
async fn tokens_end_on_demand_and_belong_to_one_double() {
    let (double, other) = (shop(Rules::default()).await, shop(Rules::default()).await);
    let token = double.oauth().grant("").access_token;
    assert!(double.oauth().judged(Some(&token)).is_ok());
    assert!(
        other.oauth().judged(Some(&token)).is_err(),
        "another tenant"
    );
    double.oauth().expire_tokens();
    assert!(double.oauth().judged(Some(&token)).is_err());
}

#[tokio::test]
async fn a_wrong_client_or_redirect_is_told_on_a_page_and_a_refusal_by_redirect() {
    let double = shop(Rules::default()).await;
    double.oauth().register(BACK);
    let base = "https://login.example.com/authorize?response_type=code&code_challenge_method=S256";
    let open = async |rest: &str| {
        browse(&double, &format!("{base}{rest}"))
            .await
            .expect("an answer")
    };
    let known = format!("&client_id=screenpop-client&code_challenge={CHALLENGE}&state=s");
    let wrong = open("&client_id=other").await;
    assert!(matches!(wrong, Landing::Page { status: 400, .. }));
    let port = open(&format!("{known}&redirect_uri=http://127.0.0.1:1/callback")).await;
    assert!(matches!(port, Landing::Page { status: 400, .. }));
    double.oauth().refuse_next_sign_in("access_denied");
    for expected in ["error=access_denied", "code="] {
        let Landing::Sent(location) = open(&format!("{known}&redirect_uri={BACK}")).await else {
            panic!("nobody was sent anywhere");
        };
        assert!(location.contains(expected), "{location}");
    }
}

#[tokio::test]
async fn latency_is_added_to_each_request_and_to_each_new_connection() {
    let double = shop(Rules::default()).await;
    let client = Client::signed_in(&double);
    let took = |number: usize| {
        let recorded = double.recorded().remove(number);
        recorded.answered_us.expect("an answer") - recorded.arrived_us
    };
    client.get("/x").await;
    double.set_latency(Duration::from_millis(30));
    client.get("/x").await;
    assert!(took(1) >= 30_000 && took(0) < took(1));

    double.set_latency(Duration::ZERO);
    double.set_connection_latency(Duration::from_millis(30));
    let before = Instant::now();
    client.get("/x").await;
    let kept = before.elapsed();
    assert_eq!(double.connections(), 1, "the client keeps its connection");
    let before = Instant::now();
    Client::signed_in(&double).get("/x").await;
    assert!(before.elapsed() >= Duration::from_millis(30) && kept < before.elapsed());
    assert_eq!(double.connections(), 2);
}
