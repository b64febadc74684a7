//! The pages that a browser shows.

use serde_json::json;

use crate::support::{Answer, Crm};

async fn page(crm: &Crm, path: &str) -> Answer {
    crm.send("GET", path, &[], None).await.unwrap()
}

#[tokio::test]
async fn a_customers_page_needs_no_token_and_shows_the_record() {
    let crm = Crm::start().await;
    let answer = page(&crm, "/customers/12345").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    let text = answer.text();
    for expected in [
        "<title>Cesar Gonzalez · Sandbox CRM</title>",
        "<h1><bdi>Cesar Gonzalez</bdi></h1>",
        "Premium",
        "+34 600 012 345",
        "c.gonzalez@example.com",
        "href=\"/cases/20481\"",
        "Home loan: proof of income missing",
        "Loan status, documents asked",
        "2 open cases",
    ] {
        assert!(text.contains(expected), "{expected} is missing");
    }
}

#[tokio::test]
async fn a_cases_page_shows_the_case_and_leads_to_the_customer() {
    let crm = Crm::start().await;
    crm.post(
        "/api/cases/20533/notes",
        json!({ "text": "Called the hotel" }),
    )
    .await;
    let text = page(&crm, "/cases/20533").await.text();
    for expected in [
        "CS-20533",
        "Card blocked abroad, payment refused",
        "Severity 1",
        "href=\"/customers/40812\"",
        "Called the hotel",
    ] {
        assert!(text.contains(expected), "{expected} is missing");
    }
    assert_eq!(page(&crm, "/cases/CS-20533").await.status, 200);
}

#[tokio::test]
async fn hostile_text_is_shown_as_text() {
    let crm = Crm::start().await;
    let hostile = "\"><script>alert(2)</script><img src=x onerror=alert(3)>&amp;";
    let body = json!({ "customerId": "20006", "subject": hostile, "description": hostile });
    let case = crm.post("/api/cases", body).await.json();
    let path = format!("/cases/{}", case["caseId"].as_str().unwrap());
    crm.post(
        &format!("/api{path}/notes"),
        json!({ "text": hostile, "author": hostile }),
    )
    .await;
    let log =
        json!({ "summary": hostile, "channel": hostile, "outcome": hostile, "agent": hostile });
    crm.post("/api/customers/20006/interactions", log).await;
    for path in [path.as_str(), "/customers/20006"] {
        let text = page(&crm, path).await.text();
        assert!(
            text.contains("&lt;script&gt;alert(2)&lt;/script&gt;"),
            "control: it is shown: {text}"
        );
        assert!(
            text.contains("&quot;&lt;script&gt;alert(1)"),
            "control: the name is shown: {text}"
        );
        let lower = text.to_lowercase();
        for danger in ["<script", "<img", "onerror=alert(3)>&amp;amp;\"", "<b>"] {
            assert!(!lower.contains(danger), "{danger} on {path}");
        }
    }
    let text = page(&crm, "/customers/%3Cscript%3E").await.text();
    assert!(text.contains("&lt;script&gt;") && !text.contains("<script>"));
}

#[tokio::test]
async fn names_from_right_to_left_are_kept_apart_from_what_stands_beside_them() {
    let crm = Crm::start().await;
    let text = page(&crm, "/customers/20002").await.text();
    assert!(
        text.contains("<h1><bdi>فاطمة بنت عبد الرحمن الزهراني</bdi></h1>"),
        "{text}"
    );
}

#[tokio::test]
async fn pages_run_nothing_and_load_nothing_but_their_stylesheet() {
    let crm = Crm::start().await;
    let answer = page(&crm, "/customers/12345").await;
    let policy = answer.header("content-security-policy");
    for part in [
        "default-src 'none'",
        "style-src 'self'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.contains(part), "{part} is not in {policy}");
    }
    assert!(!policy.contains("unsafe"));
    let text = answer.text();
    assert!(!text.contains("<script") && !text.contains("style=") && !text.contains("http://"));
    let css = page(&crm, "/assets/record.css").await;
    assert_eq!(
        (css.status.as_u16(), css.header("content-type")),
        (200, "text/css; charset=utf-8")
    );
    assert!(
        !css.text().contains("url("),
        "the stylesheet loads nothing either"
    );
}

#[tokio::test]
async fn a_record_that_does_not_exist_has_a_page_that_says_so() {
    let crm = Crm::start().await;
    for path in ["/customers/99", "/cases/99", "/cases/x"] {
        let answer = page(&crm, path).await;
        assert_eq!(answer.status, 404);
        assert!(answer.text().contains("No such record"));
    }
}
