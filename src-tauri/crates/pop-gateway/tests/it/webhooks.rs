//! From a platform's call to an agent's topic.

use std::time::{Duration, SystemTime};

use pop_core::interaction::What;
use pop_core::moment::Moment;

use crate::kit::{Desktop, KEY, Place, START, event, metric, metric_becomes, post, send, start_of};
use crate::mosquitto::{Mosquitto, free_port};

#[tokio::test]
async fn a_delivery_reaches_the_agents_topic_as_the_desktop_reads_it() {
    let broker = Mosquitto::start(free_port());
    let mut desktop = Desktop::of(broker.port, "agent01").await;
    let place = Place::new(broker.port);
    let gateway = place.start().await;
    assert_eq!(post(gateway.webhooks, START).await, 202);

    let message = desktop.message().await;
    let event = event(&message.payload);
    assert_eq!(event.what, What::Accepted);
    assert_eq!(event.key.id, "eng-1");
    assert_eq!(event.key.source, "/glia/sites/site-1");
    assert_eq!(
        event.agent.id.as_deref(),
        Some("agent01"),
        "the directory's id"
    );
    assert_eq!(event.name.as_deref(), Some("Ann O'Neil"));
    assert_eq!(event.identifiers.len(), 2, "e-mail and number");
    assert_eq!(event.attributes["VIP"], "true");

    let properties = message.properties.expect("properties");
    assert_eq!(
        properties.content_type.as_deref(),
        Some("application/cloudevents+json")
    );
    assert_eq!(properties.payload_format_indicator, Some(1));
    let expiry = properties.message_expiry_interval.expect("an expiry");
    assert!((100..=120).contains(&expiry), "{expiry} s of 120");
    let trace = &properties.user_properties[0];
    assert_eq!(trace.0, "traceparent");
    assert_eq!(
        event.traceparent.as_ref(),
        Some(&trace.1),
        "the trace of the event"
    );
    assert!(!message.retain, "nobody who comes later hears of it");
    gateway.stop().await;
}

#[tokio::test]
async fn a_repetition_and_an_unverified_delivery_reach_nobody() {
    let broker = Mosquitto::start(free_port());
    let mut desktop = Desktop::of(broker.port, "agent01").await;
    let place = Place::new(broker.port);
    let gateway = place.start().await;
    let to = gateway.webhooks;
    assert_eq!(post(to, START).await, 202);
    assert_eq!(post(to, START).await, 202, "a repetition is no fault");
    let wrong = format!("Authorization: {KEY}x\r\n");
    let answer = send(to, "POST", "/glia", &wrong, &start_of("eng-2")).await;
    assert_eq!(answer.status, 401);
    assert_eq!(answer.body, "", "nothing says why");
    assert_eq!(
        send(to, "POST", "/glia", "", START).await.status,
        401,
        "no field at all"
    );
    assert_eq!(post(to, &start_of("eng-3")).await, 202);

    assert_eq!(desktop.event().await.key.id, "eng-1");
    assert_eq!(desktop.event().await.key.id, "eng-3", "nothing in between");
    gateway.stop().await;
}

#[tokio::test]
async fn a_transfer_reaches_both_agents_and_each_only_what_is_theirs() {
    let broker = Mosquitto::start(free_port());
    let mut first = Desktop::of(broker.port, "agent01").await;
    let mut second = Desktop::of(broker.port, "agent02").await;
    let place = Place::new(broker.port);
    let gateway = place.start().await;
    assert_eq!(post(gateway.webhooks, START).await, 202);
    let transfer = START
        .replace("engagement_start", "engagement_transfer")
        .replace("op-1", "op-22")
        .replace("jordan.green@example.com", "kim@example.com");
    assert_eq!(post(gateway.webhooks, &transfer).await, 202);

    assert_eq!(first.event().await.what, What::Accepted);
    let given = first.event().await;
    assert_eq!(given.what, What::Transferred);
    let to = given.life.transfer.and_then(|transfer| transfer.to);
    assert!(to.is_some(), "the card closes there, and says who has it");
    assert!(
        given.identifiers.is_empty(),
        "and says nothing about the customer"
    );
    let taken = second.event().await;
    assert_eq!(taken.what, What::Transferred);
    assert_eq!(taken.key, given.key);
    gateway.stop().await;
}

#[tokio::test]
async fn an_agent_whom_nobody_knows_is_counted_and_named_and_never_guessed() {
    let broker = Mosquitto::start(free_port());
    let mut desktop = Desktop::of(broker.port, "agent01").await;
    let place = Place::new(broker.port);
    let gateway = place.start().await;
    let (to, operations) = (gateway.webhooks, gateway.operations);
    let stranger = start_of("eng-2")
        .replace("op-1", "op-9")
        .replace("jordan.green", "robin");
    assert_eq!(
        post(to, &stranger).await,
        202,
        "the platform need not come back"
    );
    // The id is one agent's, the address another's.
    let both = start_of("eng-3").replace("op-1", "op-2");
    assert_eq!(post(to, &both).await, 202);
    assert_eq!(post(to, START).await, 202);
    assert_eq!(
        desktop.event().await.key.id,
        "eng-1",
        "only the one that is known"
    );

    let unknown = "unreached_total{source=\"glia\",why=\"unknown\"}";
    let torn = "unreached_total{source=\"glia\",why=\"contradiction\"}";
    assert_eq!(metric(operations, unknown).await, 1);
    assert_eq!(metric(operations, torn).await, 1);
    let letters = send(operations, "GET", "/unreached", "", "").await.body;
    assert!(
        letters.contains("op-9") && letters.contains("robin@example.com"),
        "{letters}"
    );
    assert!(
        !letters.contains("O'Neil"),
        "no word about the customer: {letters}"
    );
    gateway.stop().await;
}

#[tokio::test]
async fn what_the_mapping_does_not_know_is_refused_and_counted() {
    let place = Place::new(free_port());
    let gateway = place.start().await;
    let (to, operations) = (gateway.webhooks, gateway.operations);
    assert_eq!(post(to, "{\"version\":\"v1\"}").await, 422);
    assert_eq!(post(to, "no json").await, 422);
    let key = format!("Authorization: {KEY}\r\n");
    assert_eq!(send(to, "POST", "/other", &key, START).await.status, 404);
    assert_eq!(send(to, "GET", "/glia", &key, "").await.status, 405);
    let long = "x".repeat(1024 * 1024 + 1);
    assert_eq!(send(to, "POST", "/glia", &key, &long).await.status, 413);
    let unreadable = "deliveries_total{source=\"glia\",outcome=\"unreadable\"}";
    assert_eq!(metric(operations, unreadable).await, 2);
    gateway.stop().await;
}

#[tokio::test]
async fn an_offer_whose_time_is_over_is_not_brought() {
    let place = Place::new(free_port());
    let gateway = place.start().await;
    let presence = |at: Moment, engagement: &str, operator: &str| {
        let at = at.rfc3339();
        format!(
            r#"{{"action":"user_presence_update","sent_at":"{at}","events":[{{
"valid_from":"{at}","user_id":"{operator}","account_id":"a1",
"status":{{"value":"available","changed_at":"{at}"}},"availability":"available",
"capacity":{{"media":[],"media_before_interactions":["chat"],"unavailable_after_interactions":false,"change_reason":null}},
"activity":{{"level":"interacting","only_after_call_work":false,"interactions":[{{
"id":"{engagement}","status":"alerting","status_changed_at":"{at}","role":"host","media":["chat"],"initial_request_direction":"reactive"}}]}}}}]}}"#
        )
    };
    let now = SystemTime::UNIX_EPOCH.elapsed().expect("after 1970");
    let old = now
        .checked_sub(Duration::from_mins(10))
        .expect("after 1970");
    let old = presence(Moment::default().after(old), "int-1", "op-1");
    let new = presence(Moment::default().after(now), "int-2", "op-2");
    assert_eq!(post(gateway.webhooks, &old).await, 202);
    assert_eq!(
        metric(gateway.operations, "waiting").await,
        0,
        "it rang ten minutes ago"
    );
    let late = "events_total{source=\"glia\",outcome=\"late\"}";
    assert_eq!(metric(gateway.operations, late).await, 1);
    assert_eq!(post(gateway.webhooks, &new).await, 202);
    assert_eq!(metric(gateway.operations, "waiting").await, 1, "it rings");
    gateway.stop().await;
}

#[tokio::test]
async fn health_readiness_and_counters_are_on_an_address_of_their_own() {
    let place = Place::new(free_port());
    let gateway = place.start().await;
    let (to, operations) = (gateway.webhooks, gateway.operations);
    for path in ["/healthz", "/readyz", "/metrics"] {
        assert_eq!(
            send(operations, "GET", path, "", "").await.status,
            200,
            "{path}"
        );
        assert_eq!(
            send(to, "GET", path, "", "").await.status,
            404,
            "not outside"
        );
    }
    let page = send(operations, "GET", "/metrics", "", "").await;
    assert!(page.head.contains("text/plain"), "{}", page.head);
    assert!(
        page.body
            .contains("# TYPE screenpop_gateway_published_total counter")
    );
    gateway.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_delivery_many_times_at_once_counts_once() {
    let place = Place::new(free_port());
    let gateway = place.start().await;
    let (to, operations) = (gateway.webhooks, gateway.operations);
    let posts: Vec<_> = (0..24)
        .map(|number| {
            tokio::spawn(async move { post(to, &start_of(["a", "b"][number % 2])).await })
        })
        .collect();
    for post in posts {
        assert_eq!(post.await.expect("no panic"), 202);
    }
    assert_eq!(metric(operations, "waiting").await, 2, "one of each");
    let accepted = "deliveries_total{source=\"glia\",outcome=\"accepted\"}";
    assert_eq!(metric(operations, accepted).await, 24);
    gateway.stop().await;
}

#[tokio::test]
async fn a_full_queue_puts_deliveries_off_and_forgets_none_that_was_accepted() {
    let port = free_port();
    let place = Place::new(port);
    let text = std::fs::read_to_string(&place.config).expect("reads");
    let text = text.replace("key = \"store\"", "key = \"store\"\nmost_waiting = 1");
    std::fs::write(&place.config, text).expect("writes");
    let gateway = place.start().await;
    let (to, operations) = (gateway.webhooks, gateway.operations);
    assert_eq!(post(to, START).await, 202);
    let key = format!("Authorization: {KEY}\r\n");
    let answer = send(to, "POST", "/glia", &key, &start_of("eng-2")).await;
    assert_eq!(answer.status, 503);
    assert!(answer.head.contains("retry-after: 5"), "{}", answer.head);
    let broker = Mosquitto::start(port);
    let mut desktop = Desktop::of(broker.port, "agent01").await;
    desktop.event().await;
    metric_becomes(operations, "waiting", 0).await;
    assert_eq!(
        post(to, &start_of("eng-2")).await,
        202,
        "the platform came back"
    );
    assert_eq!(desktop.event().await.key.id, "eng-2");
    gateway.stop().await;
}

#[tokio::test]
async fn what_platforms_ask_before_they_deliver_is_answered() {
    let more = "[source.acme]\npath = \"/acme\"\nmapping = \"ringcentral\"\nverify = \"header\"\n\
        header = \"x-key\"\nsecrets = [\"glia\"]\norigins = [\"events.example.com\"]";
    let place = Place::with(free_port(), "address = \"127.0.0.1:0\"", more);
    let gateway = place.start().await;
    let to = gateway.webhooks;
    let ask = "WebHook-Request-Origin: events.example.com\r\n";
    let allowed = send(to, "OPTIONS", "/acme", ask, "").await;
    assert_eq!(allowed.status, 200);
    assert!(
        allowed
            .head
            .contains("webhook-allowed-origin: events.example.com")
    );
    let other = "WebHook-Request-Origin: other.example.com\r\n";
    assert_eq!(send(to, "OPTIONS", "/acme", other, "").await.status, 403);
    assert_eq!(
        send(to, "OPTIONS", "/glia", ask, "").await.status,
        405,
        "it lists nobody"
    );
    let token = send(to, "POST", "/acme", "Validation-Token: abc-123\r\n", "").await;
    assert_eq!(token.status, 200);
    assert!(
        token.head.contains("validation-token: abc-123"),
        "{}",
        token.head
    );
    gateway.stop().await;
}

#[tokio::test]
async fn an_event_with_an_id_of_its_own_counts_once() {
    let more = "[source.acme]\npath = \"/acme\"\nmapping = \"simple\"\nverify = \"header\"\n\
        header = \"x-key\"\nsecrets = [\"glia\"]";
    let broker = Mosquitto::start(free_port());
    let mut desktop = Desktop::of(broker.port, "agent01").await;
    let place = Place::with(broker.port, "address = \"127.0.0.1:0\"", more);
    let gateway = place.start().await;
    let key = format!("X-Key: {KEY}\r\n");
    let body = |id: &str| {
        format!(r#"{{"event":"chat_incoming","id":"{id}","customerId":"12345","agent":"agent01"}}"#)
    };
    for id in ["m1", "m1", "m2"] {
        let answer = send(gateway.webhooks, "POST", "/acme", &key, &body(id)).await;
        assert_eq!(answer.status, 202);
        metric_becomes(gateway.operations, "waiting", 0).await;
    }
    let repeated = "events_total{source=\"acme\",outcome=\"repeated\"}";
    assert_eq!(metric(gateway.operations, repeated).await, 1);
    assert_eq!(desktop.event().await.id, "m1");
    assert_eq!(desktop.event().await.id, "m2", "nothing in between");
    gateway.stop().await;
}
