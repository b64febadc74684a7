//! What platforms ask before they send events.

use pop_core::moment::Moment;
use pop_source::delivery::Delivery;
use pop_source::handshake::{Answer, validation_token, webhook_options, zoom_url_validation};

use crate::testkit::secret;

fn delivery<'a>(headers: &'a [(String, Vec<u8>)], body: &'a str) -> Delivery<'a> {
    Delivery {
        headers,
        body: body.as_bytes(),
        received: Moment::from_millis(0),
        url: "https://pop.example.com/",
    }
}

fn validate(body: &str) -> Option<Answer> {
    zoom_url_validation(&delivery(&[], body), &secret("zoomsecret-0123456789"))
}

#[test]
fn zooms_url_validation_is_answered_with_the_hash_of_its_token() {
    let body = r#"{"payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"},
                   "event_ts":1654503849680,"event":"endpoint.url_validation"}"#;
    let answer = validate(body).expect("an answer");
    // Computed with another implementation (Python's `hmac`).
    let hash = "7cbd0dca33ae8d2c807396f48d37176556be85f2de539f69b65b111f71c660c4";
    let expected =
        format!(r#"{{"plainToken":"qgg8vlvZRS6UYooatFL8Aw","encryptedToken":"{hash}"}}"#);
    assert_eq!((answer.status, answer.body), (200, expected));
    assert_eq!(validate(r#"{"event":"phone.callee_ringing"}"#), None);
    assert_eq!(validate("no json"), None);
}

#[test]
fn a_token_that_is_a_text_deliveries_sign_is_not_signed() {
    for token in ["v0:1739923528:{}", "", "a b", "a.b"] {
        let body = format!(
            r#"{{"event":"endpoint.url_validation","payload":{{"plainToken":"{token}"}}}}"#
        );
        let answer = validate(&body).expect("an answer");
        assert_eq!((answer.status, answer.body.as_str()), (400, ""), "{token}");
    }
}

#[test]
fn an_origin_that_is_listed_may_deliver_so_often_and_no_other() {
    let options = |fields: &[(&str, &str)]| {
        let headers: Vec<_> = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec()))
            .collect();
        webhook_options(&delivery(&headers, ""), &["events.example.com"], 600)
    };
    let answer = options(&[
        ("WebHook-Request-Origin", "events.example.com"),
        ("WebHook-Request-Rate", "1200"),
        ("WebHook-Request-Callback", "https://127.0.0.1/confirm"),
    ]);
    assert_eq!(answer.status, 200);
    let expected = [
        ("allow", "POST".to_owned()),
        ("webhook-allowed-origin", "events.example.com".to_owned()),
        ("webhook-allowed-rate", "600".to_owned()),
    ];
    assert_eq!(answer.headers, expected);
    let fewer = options(&[
        ("WebHook-Request-Origin", "events.example.com"),
        ("WebHook-Request-Rate", "60"),
    ]);
    assert_eq!(fewer.headers[2].1, "60", "as few as it asks for");

    for origin in ["evil.example.com", "events.example.com.evil.test", "*", ""] {
        let answer = options(&[("WebHook-Request-Origin", origin)]);
        assert_eq!((answer.status, answer.headers), (403, vec![]), "{origin}");
    }
    assert_eq!(options(&[]).status, 400, "nobody asks");
}

#[test]
fn a_validation_token_comes_back_as_it_was_and_with_nothing_else() {
    let asked = |token: &str, body| {
        let headers = [("Validation-Token".to_owned(), token.as_bytes().to_vec())];
        validation_token(&delivery(&headers, body))
    };
    let answer = asked("8b1a9953-c461-4296-a827-abf8c47804d7", "").expect("an answer");
    let token = "8b1a9953-c461-4296-a827-abf8c47804d7".to_owned();
    assert_eq!(
        (answer.status, answer.headers),
        (200, vec![("validation-token", token)])
    );
    let bent = asked("a\r\nset-cookie: b=c", "").expect("an answer");
    assert_eq!(
        (bent.status, bent.headers),
        (400, vec![]),
        "no header of its own"
    );
    assert_eq!(
        asked("8b1a9953", "{}"),
        None,
        "a delivery, not the first request"
    );
    assert_eq!(validation_token(&delivery(&[], "")), None);
}
