//! `[example]`: what a definition says about itself, in a form that can be run.
//!
//! Running them is in `run::example`.

use serde_json::{Map, Value};

use crate::file::section::Section;
use crate::file::tree::{Data, Node, Place};

/// One example.
#[derive(Debug)]
pub(crate) struct Example {
    pub(crate) name: String,
    pub(crate) place: Place,
    pub(crate) subject: Subject,
    pub(crate) given: Map<String, Value>,
    /// What the requests must be.
    pub(crate) sends: Vec<Sends>,
    /// The answers in the order in which requests go out, or by the name of their step.
    pub(crate) answers: Vec<Answer>,
    pub(crate) gives: Map<String, Value>,
}

/// What one request must be.
#[derive(Debug)]
pub(crate) struct Sends {
    /// Method and address below the base; one that ends in `…` is compared as far as it goes.
    pub(crate) call: String,
    /// Headers that it must have, among others.
    pub(crate) headers: Vec<(String, String)>,
    /// Its whole body.
    pub(crate) json: Option<Value>,
}

/// What an example is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Me,
    Find(String),
    Search(String),
    Cases(String),
    Activities(String),
    Action(String),
    Link(String),
}

/// What the CRM answers in an example.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Example {
    pub(crate) fn read(name: &str, section: Section<'_>) -> Option<Self> {
        let subject = read_subject(&section);
        let given = read_object(&section, "given");
        let sends = read_sends(&section);
        if matches!(subject, Some(Subject::Action(_))) && !section.has("sends") {
            section.missing("sends", "what it sends; [] where nothing is sent");
        }
        let answers = read_answers(&section);
        let gives = read_object(&section, "gives");
        if gives.is_empty() {
            section.missing(
                "gives",
                "what comes out: customer, customers, cases, …, none or fault",
            );
        }
        let place = section.place;
        section.finish();
        Some(Self {
            name: name.to_owned(),
            place,
            subject: subject?,
            given,
            sends,
            answers,
            gives,
        })
    }
}

fn read_subject(section: &Section<'_>) -> Option<Subject> {
    const SUBJECTS: &str =
        "one of find, search, cases, activities, action, link (each with a name), me = true";
    let mut found = Vec::new();
    for key in ["find", "search", "cases", "activities", "action", "link"] {
        if let Some(spot) = section.text(key) {
            let name = spot.text.to_owned();
            found.push(match key {
                "find" => Subject::Find(name),
                "search" => Subject::Search(name),
                "cases" => Subject::Cases(name),
                "action" => Subject::Action(name),
                "link" => Subject::Link(name),
                _ => Subject::Activities(name),
            });
        }
    }
    if section.switch("me") == Some(true) {
        found.push(Subject::Me);
    }
    if found.len() != 1 {
        section.missing("find", SUBJECTS);
    }
    found.pop()
}

fn read_sends(section: &Section<'_>) -> Vec<Sends> {
    let Some(node) = section.node("sends") else {
        return Vec::new();
    };
    match &node.data {
        Data::List(items) => items
            .iter()
            .filter_map(|item| read_sent(section, item))
            .collect(),
        Data::Table(_) | Data::Text(_) | Data::Whole(_) | Data::Real(_) | Data::Switch(_) => {
            read_sent(section, node).into_iter().collect()
        }
    }
}

fn read_sent(section: &Section<'_>, node: &Node) -> Option<Sends> {
    if let Some(call) = node.text() {
        return Some(Sends {
            call: call.to_owned(),
            headers: Vec::new(),
            json: None,
        });
    }
    let section = section.as_section("sends", node)?;
    let call = section.need_text("call");
    let mut headers = Vec::new();
    if let Some(section) = section.section("headers") {
        for (name, _) in section.members() {
            let text = section.text(name).map(|spot| spot.text.to_owned());
            headers.extend(text.map(|text| (name.to_ascii_lowercase(), text)));
        }
    }
    let json = section.node("json").map(Node::json);
    section.finish();
    Some(Sends {
        call: call?.text.to_owned(),
        headers,
        json,
    })
}

fn read_object(section: &Section<'_>, key: &str) -> Map<String, Value> {
    match section.section(key) {
        Some(section) => section
            .members()
            .into_iter()
            .map(|(k, n)| (k.to_owned(), n.json()))
            .collect(),
        None => Map::new(),
    }
}

fn read_answers(section: &Section<'_>) -> Vec<Answer> {
    let Some(node) = section.node("answer") else {
        return Vec::new();
    };
    match &node.data {
        Data::List(items) => items
            .iter()
            .filter_map(|item| read_answer(section, item))
            .collect(),
        Data::Table(_) | Data::Text(_) | Data::Whole(_) | Data::Real(_) | Data::Switch(_) => {
            read_answer(section, node).into_iter().collect()
        }
    }
}

fn read_answer(section: &Section<'_>, node: &Node) -> Option<Answer> {
    let section = section.as_section("answer", node)?;
    let status = match section.node("status").map(|node| &node.data) {
        Some(Data::Whole(status)) => u16::try_from(*status)
            .ok()
            .filter(|s| (100..600).contains(s)),
        Some(_) | None => None,
    };
    if status.is_none() {
        section.missing("status", "the status of the answer, such as 200");
    }
    let mut headers = Vec::new();
    if let Some(section) = section.section("headers") {
        for (name, _) in section.members() {
            headers.extend(
                section
                    .text(name)
                    .map(|spot| (name.to_ascii_lowercase(), spot.text.to_owned())),
            );
        }
    }
    let body = match section.node("body") {
        Some(node) => match node.text() {
            Some(text) => text.as_bytes().to_vec(),
            None => node.json().to_string().into_bytes(),
        },
        None => Vec::new(),
    };
    if !headers.iter().any(|(name, _)| name == "content-type") {
        headers.push(("content-type".to_owned(), "application/json".to_owned()));
    }
    section.finish();
    Some(Answer {
        status: status?,
        headers,
        body,
    })
}
