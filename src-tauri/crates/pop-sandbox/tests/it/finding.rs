//! Finding customers and cases.

use url::form_urlencoded::byte_serialize;

use crate::support::{Crm, ids};

fn encoded(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect()
}

async fn by_phone(crm: &Crm, number: &str) -> Vec<String> {
    crm.get(&format!("/api/customers?phone={}", encoded(number)))
        .await
        .customer_ids()
}

#[tokio::test]
async fn a_customer_is_found_by_email_in_any_case_but_only_whole() {
    let crm = Crm::start().await;
    for email in [
        "c.gonzalez@example.com",
        "C.Gonzalez@Example.COM",
        " c.gonzalez@example.com ",
    ] {
        let path = format!("/api/customers?email={}", encoded(email));
        assert_eq!(crm.get(&path).await.customer_ids(), ["12345"], "{email:?}");
    }
    for email in [
        "gonzalez@example.com",
        "c.gonzalez@example.co",
        "%",
        "' OR 1=1 --",
        "c_gonzalez@example.com",
    ] {
        let answer = crm
            .get(&format!("/api/customers?email={}", encoded(email)))
            .await;
        assert_eq!(answer.json()["total"], 0, "{email:?} is nobody's address");
    }
}

#[tokio::test]
async fn an_address_with_quotes_is_found() {
    let crm = Crm::start().await;
    let path = format!(
        "/api/customers?email={}",
        encoded("o'neil+\"quoted\"@example.com")
    );
    assert_eq!(crm.get(&path).await.customer_ids(), ["20006"]);
}

#[tokio::test]
async fn a_customer_is_found_by_every_spelling_of_the_number() {
    let crm = Crm::start().await;
    for number in [
        "+34600012345",
        "+34 600 012 345",
        "+34 (600) 01-23-45",
        "+34.600.012.345",
        "0034600012345",
        "34600012345",
        "600012345",
        "600 012 345",
        "tel:+34600012345",
        "sip:+34600012345@pbx.example;user=phone",
        "+34 600 012 345 ext. 7",
        "+٣٤٦٠٠٠١٢٣٤٥",
    ] {
        assert_eq!(by_phone(&crm, number).await, ["12345"], "{number}");
    }
    for number in [
        "030 23125 042",
        "(030) 23125-042",
        "+49 (0)30 23125042",
        "01149 30 23125042",
    ] {
        assert_eq!(by_phone(&crm, number).await, ["40812"], "{number}");
    }
    // A plus that a careless client did not encode arrives as a space.
    let answer = crm.get("/api/customers?phone=+34600012345").await;
    assert_eq!(answer.customer_ids(), ["12345"]);
}

#[tokio::test]
async fn a_number_that_is_nobodys_finds_nobody() {
    let crm = Crm::start().await;
    for number in [
        "+600012345",
        "+34600012346",
        "0012345",
        "+1 600 012 345",
        "00012345",
    ] {
        assert!(by_phone(&crm, number).await.is_empty(), "{number}");
    }
    for number in ["anonymous", "12345", "+", "60001234五"] {
        let path = format!("/api/customers?phone={}", encoded(number));
        crm.get(&path)
            .await
            .refused(422, "invalid_field", Some("phone"));
    }
}

#[tokio::test]
async fn words_find_names_whatever_the_accents_and_the_script() {
    let crm = Crm::start().await;
    let cases: [(&str, &[&str]); 9] = [
        ("cesar gonzález", &["12345", "12978"]),
        ("CESAR GONZALEZ RUIZ", &["12978"]),
        ("weißenberg", &[]),
        ("weissenberg", &["40812"]),
        ("الزهراني فاطمة", &["20002"]),
        ("נועם", &["20003"]),
        ("佐藤", &["20004"]),
        ("600 012 777", &["12977", "12978", "88120"]),
        ("o'neil \"<script>", &["20006"]),
    ];
    for (words, expected) in cases {
        let answer = crm
            .get(&format!("/api/customers?q={}", encoded(words)))
            .await;
        let found: Vec<String> = answer.customer_ids();
        let known: Vec<&String> = found.iter().filter(|id| id.len() < 6).collect();
        assert_eq!(known, expected, "{words}");
    }
    let answer = crm.get("/api/customers?q=12345").await;
    assert_eq!(answer.customer_ids()[0], "12345", "an exact id comes first");
}

#[tokio::test]
async fn conditions_given_together_must_all_hold() {
    let crm = Crm::start().await;
    let both = "/api/customers?phone=%2B34600012777&email=carmen.gr@example.com";
    assert_eq!(crm.get(both).await.customer_ids(), ["12977"]);
    let neither = "/api/customers?phone=%2B34600012345&email=carmen.gr@example.com";
    assert_eq!(crm.get(neither).await.json()["total"], 0);
}

#[tokio::test]
async fn the_box_finds_customers_and_cases() {
    let crm = Crm::start().await;
    let hits = crm
        .get("/api/search?q=card%20blocked%20abroad")
        .await
        .json();
    assert_eq!(ids(&hits["cases"]["items"], "number"), ["CS-20533"]);
    assert_eq!(hits["customers"]["total"], 0);
    let hits = crm.get("/api/search?q=cs-20481").await.json();
    assert_eq!(ids(&hits["cases"]["items"], "caseId"), ["20481"]);
    let hits = crm.get("/api/search?q=weissenberg").await.json();
    assert_eq!(ids(&hits["customers"]["items"], "customerId"), ["40812"]);
    assert_eq!(hits["cases"]["total"], 0);
    crm.get("/api/search")
        .await
        .refused(400, "missing_field", Some("q"));
    crm.get("/api/search?q=%20")
        .await
        .refused(422, "invalid_field", Some("q"));
}

#[tokio::test]
async fn lists_come_in_pages() {
    let crm = Crm::start().await;
    let all = crm.get("/api/customers?limit=100").await;
    assert_eq!(all.json()["total"], 72);
    assert_eq!(all.customer_ids().len(), 72);
    let second = crm.get("/api/customers?limit=10&offset=10").await;
    assert_eq!(second.customer_ids(), all.customer_ids()[10..20]);
    let usual = crm.get("/api/customers").await;
    assert_eq!(usual.customer_ids(), all.customer_ids()[..20]);
    for (query, field) in [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("offset=-1", "offset"),
    ] {
        let answer = crm.get(&format!("/api/customers?{query}")).await;
        answer.refused(422, "invalid_field", Some(field));
    }
}

#[tokio::test]
async fn a_misspelt_or_repeated_filter_is_refused_and_not_ignored() {
    let crm = Crm::start().await;
    for (query, field) in [
        ("emial=c.gonzalez@example.com", "emial"),
        ("email=", "email"),
        ("email=a@b.c&email=d@e.f", "email"),
        ("status=open", "status"),
    ] {
        let answer = crm.get(&format!("/api/customers?{query}")).await;
        answer.refused(422, "invalid_field", Some(field));
    }
    let answer = crm.get("/api/customers/12345/cases?status=opne").await;
    answer.refused(422, "invalid_field", Some("status"));
    let answer = crm.get("/api/customers/12345/cases?status=pending").await;
    assert_eq!(ids(&answer.json()["items"], "caseId"), ["20481"]);
}

#[tokio::test]
async fn an_id_need_not_be_a_number_and_is_never_a_query() {
    let crm = Crm::start().await;
    let customer = crm.get("/api/customers/C-77.04_b").await.json();
    assert_eq!(customer["customerId"], "C-77.04_b");
    for id in ["12345%20OR%201=1", "%2e%2e", "1234_", "%25", "12345%00"] {
        let answer = crm.get(&format!("/api/customers/{id}")).await;
        answer.refused(404, "not_found", None);
    }
}
