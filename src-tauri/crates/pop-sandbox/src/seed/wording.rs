//! What cases and past interactions of a retail bank are about.

use crate::words::Priority;

pub(super) const SUBJECTS: &[(&str, Priority)] = &[
    ("Card blocked after three attempts", Priority::High),
    ("Direct debit returned twice", Priority::Normal),
    ("Change of postal address", Priority::Low),
    ("Mortgage: rate offer expires", Priority::High),
    ("Wrong beneficiary, recall requested", Priority::Urgent),
    ("Statement of account missing", Priority::Low),
    (
        "Online banking: device cannot be registered",
        Priority::Normal,
    ),
    ("Dispute of a card payment, hotel deposit", Priority::Normal),
    ("Foreign transfer held for review", Priority::High),
    ("Insurance certificate wanted", Priority::Low),
    ("Power of attorney for a parent", Priority::Normal),
    ("Fee charged although waived", Priority::Normal),
    ("Overdraft limit: raise requested", Priority::Normal),
    ("Suspected phishing message", Priority::Urgent),
    ("Inheritance: account of the deceased", Priority::High),
    ("Standing order ends too early", Priority::Low),
    ("Currency account: opening documents", Priority::Normal),
    (
        "Payment terminal offline since this morning",
        Priority::Urgent,
    ),
    ("Name after marriage", Priority::Low),
    ("Tax certificate shows a wrong amount", Priority::Normal),
];

/// What was talked about, and how it ended.
pub(super) const SUMMARIES: &[(&str, &str)] = &[
    ("Balance asked, answered", "Resolved"),
    ("New card ordered", "Resolved"),
    ("Loan terms explained", "Waiting for customer"),
    ("Complaint about waiting time", "Forwarded to Quality"),
    ("PIN letter not received", "Resolved"),
    ("Transfer limit raised for one day", "Resolved"),
    ("Asked for a callback in the evening", "Callback agreed"),
    ("Documents for the mortgage sent", "Waiting for customer"),
    ("Message left, no answer", "Not reached"),
    ("Contactless payment refused abroad", "Forwarded to Cards"),
    ("Appointment in the branch made", "Resolved"),
    ("Login code arrives too late", "Resolved"),
    (
        "Exchange rate of a payment questioned",
        "Forwarded to Payments",
    ),
    ("Address confirmed", "Resolved"),
];

pub(super) const CHANNELS: &[&str] = &["chat", "call", "email", "call", "chat", "message"];

pub(super) const MANAGERS: &[&str] = &[
    "J. Brandt, ext. 4410",
    "M. Oliveira, ext. 4416",
    "S. Katz, ext. 4423",
    "R. Whitlock, ext. 4431",
];
