//! The page of one case.

use maud::{Markup, html};

use super::{fact, time};
use crate::store::{Case, Customer, Note};

pub(super) fn record(case: &Case, customer: Option<&Customer>, notes: &[Note]) -> Markup {
    html! {
        header.record {
            p.kind { "Case " span.number { (case.number()) } }
            h1 { bdi { (case.subject) } }
            p.marks {
                span.mark.plain { (case.status.label()) }
                @if case.severity == Some(1) { span.mark.severe { "Severity 1" } }
                @if let Some(customer) = customer {
                    span { a href={ "/customers/" (customer.id) } { bdi { (customer.name) } } }
                }
            }
        }
        div.columns {
            div {
                section {
                    h2 { "Description" }
                    @match &case.description {
                        Some(description) => p.text dir="auto" { (description) },
                        None => p.empty { "No description" },
                    }
                }
                section { h2 { "Notes" } (note_list(notes)) }
            }
            section.facts { h2 { "Details" } (facts(case)) }
        }
    }
}

fn facts(case: &Case) -> Markup {
    html! {
        dl {
            (fact("Priority", Some(case.priority.label())))
            (fact("Severity", case.severity))
            (fact("Owner", Some(&case.owner)))
            (fact("Channel", case.channel.as_ref()))
            (fact("Reference", case.reference.as_ref()))
            (fact("Due", case.due_at.map(time)))
            (fact("Opened", Some(time(case.created_at))))
            (fact("Changed", Some(time(case.updated_at))))
        }
    }
}

fn note_list(notes: &[Note]) -> Markup {
    html! {
        @if notes.is_empty() {
            p.empty { "No notes" }
        } @else {
            ol.timeline {
                @for note in notes {
                    li {
                        p.text dir="auto" { (note.text) }
                        p.meta { (time(note.at)) " · " bdi { (note.author) } }
                    }
                }
            }
        }
    }
}
