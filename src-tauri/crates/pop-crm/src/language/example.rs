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
    /// What the request must be; one that ends in `…` is compared as far as it goes.
    pub(crate) sends: Vec<String>,
    /// The answers in the order in which requests go out, or by the name of their step.
    pub(crate) answers: Vec<Answer>,
    pub(crate) gives: Map<String, Value>,
}

/// What an example is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Me,
    Find(String),
    Search(String),
    Cases(String),
    Activities(String),
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
        let sends = match section.node("sends") {
            Some(node) if node.text().is_some() => {
                node.text().map(str::to_owned).into_iter().collect()
            }
            Some(_) => section
                .texts("sends")
                .unwrap_or_default()
                .iter()
                .map(|spot| spot.text.to_owned())
                .collect(),
            None => Vec::new(),
        };
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
    const SUBJECTS: &str = "one of find, search, cases, activities (each with a name), me = true";
    let mut found = Vec::new();
    for key in ["find", "search", "cases", "activities"] {
        if let Some(spot) = section.text(key) {
            let name = spot.text.to_owned();
            found.push(match key {
                "find" => Subject::Find(name),
                "search" => Subject::Search(name),
                "cases" => Subject::Cases(name),
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
