//! A mapping proposed from one webhook body: what the delivery means, who the agent and the customer
//! are said to be, and the body itself as its sample.

use std::fmt::Write as _;

use serde_json::Value;

use crate::connect::sample::{Leaf, alike, is_email, is_phone, leaves, named, quoted};

/// What the admin says of the platform.
pub(crate) struct Told {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) channel: String,
    /// What the platform's words for what happens mean, such as `ringing` and `offered`.
    pub(crate) means: Vec<(String, String)>,
}

/// The text without its sample, and what was not found in the body.
pub(crate) fn proposed(told: &Told, body: &Value) -> Result<(String, Vec<String>), String> {
    let all = leaves(body);
    let kind = named(
        &all,
        &["event", "eventtype", "type", "state", "status", "action"],
    );
    let kind = kind.ok_or("a member that says what happens, such as `event` or `type`")?;
    if !told.means.iter().any(|(word, _)| *word == kind.text()) {
        return Err(format!(
            "what {:?} means: --means {}=offered, or =accepted, =updated, =declined, =ended",
            kind.text(),
            kind.text()
        ));
    }
    let Told {
        id, name, channel, ..
    } = told;
    let mut text = format!(
        "# Proposed from one delivery; review it, then `screenpop-admin mapping check`.\n\
         # docs/mappings.md says what else there is.\n\
         language = 1\nid = {}\nname = {}\n\
         setup = \"Enter this address under Webhooks, with a header that holds a long random value.\"\n\
         verify = [\"header\"]\n\n[table.what]\n",
        quoted(id),
        quoted(name)
    );
    for (word, means) in &told.means {
        let _ = writeln!(text, "{} = {}", quoted(word), quoted(means));
    }
    let _ = writeln!(
        text,
        "\n[event]\nsource = {}\nchannel = {}\nassurance = \"claimed\"",
        quoted(&format!("'/webhook/{id}'")),
        quoted(&format!("'{channel}'"))
    );
    let mut missing = Vec::new();
    let plain: [(&str, &[&str]); 5] = [
        (
            "interaction",
            &[
                "interactionid",
                "conversationid",
                "callid",
                "chatid",
                "sessionid",
                "calluuid",
            ],
        ),
        ("id", &["eventid", "deliveryid", "messageid", "id"]),
        (
            "at",
            &["timestamp", "occurredat", "createdat", "time", "at"],
        ),
        ("queue", &["queuename", "queue", "skill"]),
        ("direction", &["direction"]),
    ];
    for (key, names) in plain {
        write(&mut text, key, named(&all, names), &mut missing);
    }
    let agent = |leaf: &&&Leaf<'_>| {
        let read = leaf.read("body").to_ascii_lowercase();
        ["agent", "user", "assignee"]
            .iter()
            .any(|it| read.contains(it))
    };
    let emails = alike(&all, &["mail", "agent", "user"], is_email);
    let of_agent = emails.iter().find(agent).copied();
    if of_agent.is_some() {
        write(&mut text, "agent.email", of_agent, &mut missing);
    } else {
        let names = ["agentid", "userid", "agent", "assigneeid", "extension"];
        write(&mut text, "agent.id", named(&all, &names), &mut missing);
    }
    let phones = alike(
        &all,
        &["phone", "from", "caller", "ani", "number"],
        is_phone,
    );
    write(
        &mut text,
        "customer.phone",
        phones.first().copied(),
        &mut missing,
    );
    let is_theirs = |leaf: &&&Leaf<'_>| of_agent.is_none_or(|own| own.path != leaf.path);
    let email = emails.iter().find(is_theirs).copied();
    write(&mut text, "customer.email", email, &mut missing);
    let name = named(
        &all,
        &["customername", "callername", "visitorname", "contactname"],
    );
    write(&mut text, "customer.name", name, &mut missing);
    let own = named(
        &all,
        &[
            "customerid",
            "externalid",
            "customernumber",
            "accountnumber",
        ],
    );
    write(&mut text, "customer.external_id", own, &mut missing);
    let read = kind.read("body");
    let _ = writeln!(
        text,
        "\n[delivery.event]\nwhen = {}\nwhat = {}",
        quoted(&format!("{read} in table.what")),
        quoted(&format!("table.what[{read}]"))
    );
    Ok((text, missing))
}

fn write(text: &mut String, key: &str, leaf: Option<&Leaf<'_>>, missing: &mut Vec<String>) {
    match leaf {
        Some(leaf) => {
            let _ = writeln!(text, "{key} = {}", quoted(&leaf.read("body")));
        }
        None => missing.push(format!("`{key}`")),
    }
}
