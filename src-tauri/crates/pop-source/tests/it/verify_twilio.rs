//! Twilio's signature, by its published vectors.

use pop_source::verify::{Refused, Verifier};

use crate::testkit::secret;
use crate::verify::{Sent, at, fields, malformed, missing};

/// Twilio's published vectors (its Python library's tests).
const TWILIO_TOKEN: &str = "12345";
const TWILIO_URL: &str = "https://mycompany.com/myapp.php?foo=1&bar=2";
const TWILIO_FORM: &str = "CallSid=CA1234567890ABCDE&Digits=1234&From=%2B14158675309\
                           &To=%2B18005551212&Caller=%2B14158675309";
const TWILIO_TAG: &str = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
const FORM: &str = "application/x-www-form-urlencoded; charset=UTF-8";

fn twilio(url: &str, media: &str, body: &str, tag: &str) -> Result<(), Refused> {
    let verifier = Verifier::twilio(vec![secret(TWILIO_TOKEN)]).expect("a token");
    Sent {
        headers: fields(&[("X-Twilio-Signature", tag), ("Content-Type", media)]),
        body,
        received: at("2026-01-06T15:57:41Z"),
        url,
    }
    .check(&verifier)
}

#[test]
fn twilios_published_vectors_count() {
    assert_eq!(twilio(TWILIO_URL, FORM, TWILIO_FORM, TWILIO_TAG), Ok(()));
    let with_port = TWILIO_URL.replace(".com", ".com:1234");
    assert_eq!(twilio(&with_port, FORM, TWILIO_FORM, TWILIO_TAG), Ok(()));
    let signed_with_port = "kvajT1Ptam85bY51eRf/AJRuM3w=";
    let outcome = twilio(TWILIO_URL, FORM, TWILIO_FORM, signed_with_port);
    assert_eq!(outcome, Ok(()), "the usual port was signed");

    let hash = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
    let url = format!("{TWILIO_URL}&bodySHA256={hash}");
    let json = r#"{"property": "value", "boolean": true}"#;
    let tag = "a9nBmqA0ju/hNViExpshrM61xv4=";
    assert_eq!(twilio(&url, "application/json", json, tag), Ok(()));
    let changed = r#"{"property": "value", "boolean": false}"#;
    let outcome = twilio(&url, "application/json", changed, tag);
    assert_eq!(outcome, Err(Refused::NoMatch), "a changed body");
    let outcome = twilio(TWILIO_URL, "application/json", json, tag);
    let expected = missing("bodySHA256");
    assert_eq!(
        outcome, expected,
        "a body that the signature does not cover"
    );
}

#[test]
fn a_changed_twilio_delivery_is_refused() {
    let wrong = Err(Refused::NoMatch);
    let form = TWILIO_FORM.replace("1234&", "1235&");
    assert_eq!(twilio(TWILIO_URL, FORM, &form, TWILIO_TAG), wrong, "form");
    let form = format!("{TWILIO_FORM}&More=1");
    assert_eq!(twilio(TWILIO_URL, FORM, &form, TWILIO_TAG), wrong, "more");
    let url = TWILIO_URL.replace("foo=1", "foo=2");
    assert_eq!(
        twilio(&url, FORM, TWILIO_FORM, TWILIO_TAG),
        wrong,
        "address"
    );
    let tag = "RSOYDt4T1cUTdK1PDd93/VVr8B9=";
    let outcome = twilio(TWILIO_URL, FORM, TWILIO_FORM, tag);
    assert_eq!(outcome, malformed("x-twilio-signature"), "not canonical");
    let bent = twilio(TWILIO_URL, FORM, "Digits=%zz", TWILIO_TAG);
    assert_eq!(bent, malformed("the form"));
    assert_eq!(
        twilio(TWILIO_URL, FORM, TWILIO_FORM, TWILIO_TAG),
        Ok(()),
        "the control"
    );
}
