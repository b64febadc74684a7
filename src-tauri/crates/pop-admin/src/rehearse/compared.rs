//! One recorded interaction on two bundles: what comes out otherwise, and how much that matters.

use std::fmt;

use pop_core::bundle::{Outcome, Recorded};
use serde::Serialize;
use serde_json::Value;

/// What a change means for the agent, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// The record could be opened and cannot any more.
    Fails,
    /// There was a card and is none any more.
    Vanishes,
    /// There was no card and is one.
    Appears,
    /// Another address opens, or one opens that did not, or none does any more.
    Opens,
    /// Something else is written by itself.
    Writes,
    /// The card says something else: importance, priority, queue or language.
    Shows,
    /// The record could not be opened and can now.
    Recovers,
}

impl Kind {
    pub(crate) const EACH: [Self; 7] = [
        Self::Fails,
        Self::Vanishes,
        Self::Appears,
        Self::Opens,
        Self::Writes,
        Self::Shows,
        Self::Recovers,
    ];

    /// What so many of them do.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Fails => "fail",
            Self::Vanishes => "vanish",
            Self::Appears => "appear",
            Self::Opens => "open another address",
            Self::Writes => "write otherwise",
            Self::Shows => "show otherwise",
            Self::Recovers => "fail no more",
        }
    }

    /// What that means, for whoever reads a report for the first time.
    pub(crate) const fn meaning(self) -> &'static str {
        match self {
            Self::Fails => "The record opened before, and now it cannot.",
            Self::Vanishes => "There was a card, and now there is none.",
            Self::Appears => "There was no card, and now there is one.",
            Self::Opens => "Another page opens by itself, or one does that did not, or none does.",
            Self::Writes => "Something else is written to the CRM by itself.",
            Self::Shows => "The card shows another importance, priority, queue or language.",
            Self::Recovers => "The record could not be opened before, and now it can.",
        }
    }
}

/// What comes out otherwise for one interaction.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Change {
    /// The line of the recording.
    pub(crate) line: usize,
    pub(crate) kind: Kind,
    /// What it was: the channel, the queue, the tier.
    pub(crate) interaction: String,
    pub(crate) differences: Vec<Difference>,
}

/// One thing that is another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Difference {
    pub(crate) what: &'static str,
    pub(crate) old: String,
    pub(crate) new: String,
}

impl Change {
    /// What differs; nothing where both come to the same.
    pub(crate) fn of(
        line: usize,
        recorded: &Recorded,
        old: &Outcome,
        new: &Outcome,
    ) -> Option<Self> {
        let differences = differences(old, new);
        if differences.is_empty() {
            return None;
        }
        let kind = if new.fails.is_some() && old.fails.is_none() {
            Kind::Fails
        } else if old.pops && !new.pops {
            Kind::Vanishes
        } else if new.pops && !old.pops {
            Kind::Appears
        } else if old.fails.is_some() && new.fails.is_none() {
            Kind::Recovers
        } else if old.opens != new.opens {
            Kind::Opens
        } else if old.writes != new.writes {
            Kind::Writes
        } else {
            Kind::Shows
        };
        Some(Self {
            line,
            kind,
            interaction: told(recorded),
            differences,
        })
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:9} {}  →  {}", self.what, self.old, self.new)
    }
}

fn differences(old: &Outcome, new: &Outcome) -> Vec<Difference> {
    let card = |pops: bool| if pops { "a card" } else { "none" }.to_owned();
    let vip = |vip: bool| if vip { "very important" } else { "usual" }.to_owned();
    let fails = |fails: &Option<String>| fails.clone().unwrap_or_else(|| "no".to_owned());
    let writes = |outcome: &Outcome| match serde_json::to_value(&outcome.writes) {
        Ok(Value::Array(items)) if !items.is_empty() => {
            let items: Vec<String> = items.iter().map(Value::to_string).collect();
            items.join(", ")
        }
        Ok(_) | Err(_) => "nothing".to_owned(),
    };
    let all = [
        ("card", card(old.pops), card(new.pops)),
        ("fails", fails(&old.fails), fails(&new.fails)),
        ("opens", old.opens.clone(), new.opens.clone()),
        ("writes", writes(old), writes(new)),
        ("customer", vip(old.vip), vip(new.vip)),
        ("priority", old.priority.clone(), new.priority.clone()),
        ("queue", old.queue.clone(), new.queue.clone()),
        ("language", old.language.clone(), new.language.clone()),
    ];
    let differs = all.into_iter().filter(|(_, old, new)| old != new);
    differs
        .map(|(what, old, new)| Difference { what, old, new })
        .collect()
}

fn told(recorded: &Recorded) -> String {
    let interaction = &recorded.interaction;
    let channel = interaction.channel.clone();
    let mut parts = vec![channel.unwrap_or_else(|| "chat".to_owned())];
    parts.extend(interaction.direction.clone());
    let queue = interaction.queue.as_ref();
    parts.extend(queue.map(|queue| format!("queue {queue}")));
    match &recorded.customer {
        Some(customer) if customer.others > 0 => {
            parts.push(format!(
                "{} customers match",
                u16::from(customer.others) + 1
            ));
        }
        Some(customer) => {
            let tier = customer.tier.as_deref().unwrap_or("no tier");
            parts.push(format!("a customer ({tier})"));
            let open = recorded.cases.iter().filter(|case| !case.closed).count();
            parts.push(format!("open cases: {open}"));
        }
        None => parts.push("nobody found".to_owned()),
    }
    if interaction.only_offered {
        parts.push("not taken".to_owned());
    }
    parts.join(", ")
}
