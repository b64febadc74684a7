//! A CRM that refuses, fails, is slow, or is mapped wrongly: the embedded one, over real HTTP.

use std::time::Duration;

use pop_core::doctor::Report;
use pop_crm::{Budgets, Examination};
use pop_sandbox::{Fault, FaultRule};

use crate::Row;
use crate::stage::{Before, Given, Names, always, closed, played, server};

const GROUP: &str =
    "The CRM: sign-in, permission, payload, mapping, link, known-good record, slowness";

pub(crate) fn rows() -> Vec<Row> {
    let row = |fault: &str, expected, inject| Row {
        group: GROUP,
        fault: fault.to_owned(),
        expected,
        inject,
    };
    let with = |rule| {
        played(Given {
            rule: Some(rule),
            ..Given::default()
        })
    };
    let overlaid = |overlay| {
        played(Given {
            overlay,
            ..Given::default()
        })
    };
    let failed = |status| always(Fault::ServerError { status });
    let mut rows = vec![
        row(
            "401: the token has expired (scenario 1)",
            &["token_expired"],
            Box::pin(with(always(Fault::Unauthorized))) as _,
        ),
        row(
            "401: the token was never good",
            &["token_refused"],
            Box::pin(played(Given {
                token: "wrong",
                ..Given::default()
            })),
        ),
        row(
            "403: a permission is missing",
            &["forbidden"],
            Box::pin(with(always(Fault::Forbidden))),
        ),
        row(
            "404: the endpoint is wrong",
            &["not_found"],
            Box::pin(with(always(Fault::NotFound))),
        ),
        row(
            "409: somebody else was faster",
            &["conflict"],
            Box::pin(with(always(Fault::Conflict))),
        ),
        row(
            "400/422: a required field is missing, and named (scenario 2)",
            &["invalid"],
            Box::pin(looked_up(Fault::Unprocessable)),
        ),
        row(
            "429: too many requests",
            &["rate_limited"],
            Box::pin(with(always(Fault::RateLimited { retry_after: 30 }))),
        ),
        row(
            "500: the API fails",
            &["unavailable"],
            Box::pin(with(failed(500))),
        ),
        row(
            "502: what stands before the CRM fails",
            &["unavailable"],
            Box::pin(with(failed(502))),
        ),
        row(
            "503: outage (scenario 2)",
            &["unavailable"],
            Box::pin(with(failed(503))),
        ),
        row(
            "504: overloaded middleware gives up",
            &["unavailable"],
            Box::pin(with(failed(504))),
        ),
        row(
            "The connection is cut in the answer",
            &["cut"],
            Box::pin(with(always(Fault::Cut))),
        ),
        row(
            "A page in place of JSON",
            &["answer_not_understood"],
            Box::pin(with(always(Fault::Html))),
        ),
        row(
            "Half of the JSON",
            &["answer_not_understood"],
            Box::pin(with(always(Fault::TruncatedJson))),
        ),
        row(
            "No body",
            &["answer_not_understood"],
            Box::pin(with(always(Fault::EmptyBody))),
        ),
        row(
            "16 MiB of answer",
            &["E_ANSWER"],
            Box::pin(with(always(Fault::HugeBody))),
        ),
        row("The CRM is stopped", &["refused"], Box::pin(stopped())),
        row(
            "Customer not found: record missing",
            &["customer_missing"],
            Box::pin(wanted("99999", "")),
        ),
        row(
            "Customer not found: not an id of this CRM",
            &["customer_id_wrong"],
            Box::pin(wanted("CRM/4711", "")),
        ),
        row(
            "Customer not found: not visible to this sign-in",
            &["customer_hidden"],
            Box::pin(hidden()),
        ),
        row(
            "Field mapping: a field that does not exist",
            &["field_missing"],
            Box::pin(overlaid("[customer]\ntier = \"it.Loyalty_Tier__c\"\n")),
        ),
        row(
            "Field mapping: a nested field that does not exist",
            &["field_missing"],
            Box::pin(overlaid("[customer]\nregion = \"it.address.region\"\n")),
        ),
        row(
            "Screen pop: the template needs a field that is missing (scenario 3)",
            &["link_missing"],
            Box::pin(overlaid(
                "[customer]\nlink = \"it.noLink\"\n[link]\ncustomer = [\"{setting.server}/c/{customer.type}\"]\n",
            )),
        ),
        row(
            "Screen pop: the host is not on the list",
            &["link_forbidden"],
            Box::pin(overlaid(
                "[link]\ncustomer = [\"https://elsewhere.example/c/{customer.id}\"]\n",
            )),
        ),
    ];
    rows.extend(slow());
    rows
}

fn slow() -> Vec<Row> {
    let row = |fault: &str, expected, inject| Row {
        group: GROUP,
        fault: fault.to_owned(),
        expected,
        inject,
    };
    vec![
        row(
            "Slow: the CRM thinks for 1.5 s (scenario 5)",
            &["slow_answer"],
            Box::pin(played(Given {
                rule: Some(FaultRule::always(Fault::Slow { millis: 1_500 }).on("/api/me")),
                ..Given::default()
            })) as _,
        ),
        row(
            "Slow: no answer in time",
            &["answer_timeout", "timed_out"],
            Box::pin(played(Given {
                rule: Some(always(Fault::Slow { millis: 20_000 })),
                ..Given::default()
            })),
        ),
        row(
            "Slow: the answer trickles",
            &["slow_body"],
            Box::pin(trickles()),
        ),
        row(
            "Slow: the name server takes 1.2 s",
            &["slow_name"],
            Box::pin(slow_name()),
        ),
        row(
            "Slow: the CRM asks to wait",
            &["slow_limit", "rate_limited"],
            Box::pin(limited()),
        ),
        row("Slow: our own queue", &["slow_queue"], Box::pin(queued())),
    ]
}

/// The fault comes with a lookup, and is gone when the doctor looks.
async fn looked_up(fault: Fault) -> Report {
    let rule = Some(FaultRule::always(fault).times(1));
    played(Given {
        rule,
        before: Before::Lookup,
        ..Given::default()
    })
    .await
}

async fn stopped() -> Report {
    let server = Some(closed().await);
    played(Given {
        server,
        ..Given::default()
    })
    .await
}

async fn wanted(id: &str, overlay: &'static str) -> Report {
    let examination = Examination {
        known_good: Some("12345".to_owned()),
        wanted: Some(pop_tests::connections::id(id)),
        because: None,
    };
    played(Given {
        overlay,
        examination,
        ..Given::default()
    })
    .await
}

/// Customers are answered with 404 although who we are is fine.
async fn hidden() -> Report {
    let rule = Some(FaultRule::always(Fault::NotFound).on("/api/customers"));
    let examination = Examination {
        known_good: Some("12345".to_owned()),
        wanted: Some(pop_tests::connections::id("12345")),
        because: None,
    };
    played(Given {
        rule,
        examination,
        ..Given::default()
    })
    .await
}

async fn slow_name() -> Report {
    let names = Names {
        takes: Duration::from_millis(1_200),
        ..Names::default()
    };
    played(Given {
        names,
        ..Given::default()
    })
    .await
}

/// Asked once too often, and told to come again much later.
async fn limited() -> Report {
    let rule = Some(FaultRule::always(Fault::RateLimited { retry_after: 20 }).times(1));
    let budgets = Budgets {
        total: Duration::from_millis(1_500),
        ..Given::default().budgets
    };
    played(Given {
        rule,
        budgets,
        before: Before::Limited,
        ..Given::default()
    })
    .await
}

/// One request at a time, and another one has the place.
async fn queued() -> Report {
    let rule = Some(
        FaultRule::always(Fault::Slow { millis: 2_500 })
            .on("/api/customers")
            .times(1),
    );
    let overlay = "[http]\nat_once = 1\n";
    played(Given {
        rule,
        overlay,
        before: Before::Busy,
        ..Given::default()
    })
    .await
}

/// The head at once, the body in pieces.
async fn trickles() -> Report {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let body = "{\"id\":\"a1\",\"name\":\"Agent\",\"email\":\"a@b.example\"}";
    let address = server(move |mut stream: tokio::net::TcpStream| async move {
        let mut begun = [0; 2_048];
        let _ = stream.read(&mut begun).await;
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        let _ = stream.write_all(head.as_bytes()).await;
        for piece in body.as_bytes().chunks(10) {
            tokio::time::sleep(Duration::from_millis(300)).await;
            let _ = stream.write_all(piece).await;
            let _ = stream.flush().await;
        }
    })
    .await;
    let examination = Examination::default();
    played(Given {
        server: Some(address),
        examination,
        budgets: Budgets {
            total: Duration::from_secs(20),
            one_try: Duration::from_secs(15),
            ..Given::default().budgets
        },
        ..Given::default()
    })
    .await
}
