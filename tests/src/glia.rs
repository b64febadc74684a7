//! What Glia's exports send about one engagement, in the form of its published samples, for an
//! agent of the gateway and a customer whom the embedded CRM knows.

use pop_core::moment::Moment;
use serde_json::{Value, json};

use crate::gateway::AGENT;

/// The presence of the operator, to whom something is offered now; there is no visitor in it.
pub fn alerting(interaction: &str, now: Moment) -> Value {
    let at = now.rfc3339();
    json!({ "action": "user_presence_update", "sent_at": at, "events": [{
        "valid_from": at, "user_id": "op-1", "user_email": AGENT, "account_id": "a1",
        "status": { "value": "available", "changed_at": at }, "availability": "available",
        "capacity": { "media": [], "media_before_interactions": ["chat"],
            "unavailable_after_interactions": false, "change_reason": null },
        "activity": { "level": "interacting", "only_after_call_work": false, "interactions": [{
            "id": interaction, "status": "alerting", "status_changed_at": at, "role": "host",
            "media": ["chat"], "initial_request_direction": "reactive" }] } }] })
}

/// The operator has accepted, and the page calls the visitor by the customer's number.
pub fn started(engagement: &str, customer: &str, name: &str) -> Value {
    json!({ "version": "v1", "export_type": "engagement_start", "engagement_id": engagement,
        "site_id": "site-1", "platform": "omnicore", "source": "button_embed",
        "queue_wait_time": 0, "queues": [{ "id": "q1", "name": "Loans" }],
        "operator": { "id": "op-1", "name": "Jordan Green", "email": AGENT },
        "visitor": { "id": "v1", "name": name },
        "custom_fields": [{ "key": "customerId", "value": customer },
            { "key": "topic", "value": "Loan status" }] })
}

/// The engagement is over.
pub fn ended(engagement: &str, name: &str) -> Value {
    json!({ "version": "v1", "export_type": "engagement", "site_id": "site-1",
        "initiator": "visitor", "source": "button_embed",
        "engagement": { "id": engagement, "type": "reactive", "flagged": false, "duration": 61,
            "started_at": "2026-01-06T15:57:41Z", "ended_at": "2026-01-06T15:58:42Z" },
        "operators": [{ "id": "op-1", "name": "Jordan Green", "email": AGENT }],
        "site": { "id": "site-1", "name": "Example site" },
        "visitor": { "id": "v1", "name": name },
        "queues": [{ "id": "q1", "name": "Loans" }], "queue_wait_time": 0,
        "chat_transcript": [], "chat_transcript_plain_text": "", "notes": "",
        "crm_forwarded": false, "summary_forwarded": false, "custom_fields": [] })
}
