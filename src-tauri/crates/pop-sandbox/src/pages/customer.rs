//! The page of one customer.

use jiff::Timestamp;
use maud::{Markup, html};

use super::{fact, time};
use crate::store::{Case, Customer, Found, Interaction, Phone};
use crate::words::{CaseStatus, Tier};

pub(super) fn record(
    customer: &Customer,
    cases: &Found<Case>,
    interactions: &Found<Interaction>,
) -> Markup {
    html! {
        header.record {
            p.kind { "Customer" }
            h1 { bdi { (customer.name) } }
            p.marks {
                span.mark.(tier(customer.tier)) { (customer.tier.label()) }
                span { "ID " span.number { (customer.id) } }
                span { (open_cases(customer.open_cases)) }
            }
        }
        div.columns {
            div {
                section { h2 { "Cases" } (case_table(cases)) }
                section { h2 { "Interactions" } (timeline(interactions)) }
            }
            section.facts { h2 { "Details" } (facts(customer)) }
        }
    }
}

fn facts(customer: &Customer) -> Markup {
    html! {
        dl {
            (fact("Phone", customer.phone.as_ref().map(Phone::spaced)))
            (fact("E-mail", customer.email.as_ref()))
            (fact("Company", customer.company.as_ref()))
            (fact("City", customer.city.as_ref()))
            (fact("Country", customer.country.as_ref()))
            (fact("Region", customer.region.as_ref()))
            (fact("Language", customer.language.as_ref().map(|(_, words)| words)))
            (fact("Account", customer.account.as_ref()))
            (fact("Customer since", customer.since))
            (fact("Born", customer.birth_year))
            (fact("Relationship manager", customer.manager.as_ref()))
        }
    }
}

fn case_table(cases: &Found<Case>) -> Markup {
    html! {
        @if cases.items.is_empty() {
            p.empty { "No cases" }
        } @else {
            div.scroll {
                table {
                    thead { tr { th { "Case" } th { "Subject" } th { "Status" } th { "Priority" } th { "Due" } } }
                    tbody {
                        @for case in &cases.items { (case_row(case)) }
                    }
                }
            }
            (rest(cases.items.len(), cases.total))
        }
    }
}

fn case_row(case: &Case) -> Markup {
    let overdue =
        case.status != CaseStatus::Closed && case.due_at.is_some_and(|due| due < Timestamp::now());
    html! {
        tr.closed[case.status == CaseStatus::Closed] {
            td { a.number href={ "/cases/" (case.id) } { (case.number()) } }
            td { bdi { (case.subject) } @if case.severity == Some(1) { " " span.mark.severe { "Severity 1" } } }
            td.status { (case.status.label()) }
            td { (case.priority.label()) }
            td.overdue[overdue] { @if let Some(due) = case.due_at { (time(due)) } @if overdue { ", overdue" } }
        }
    }
}

fn timeline(interactions: &Found<Interaction>) -> Markup {
    html! {
        @if interactions.items.is_empty() {
            p.empty { "First contact" }
        } @else {
            ol.timeline {
                @for interaction in &interactions.items {
                    li {
                        p { bdi { (interaction.summary.as_deref().unwrap_or("No note")) } }
                        p.meta {
                            (time(interaction.at))
                            @if let Some(channel) = &interaction.channel { " · " bdi { (channel) } }
                            @if let Some(outcome) = &interaction.outcome { " · " bdi { (outcome) } }
                            " · " bdi { (interaction.agent) }
                        }
                    }
                }
            }
            (rest(interactions.items.len(), interactions.total))
        }
    }
}

fn rest(shown: usize, total: i64) -> Markup {
    let rest = total - i64::try_from(shown).unwrap_or(total);
    html! { @if rest > 0 { p.empty { "and " (rest) " more" } } }
}

fn open_cases(count: i64) -> String {
    match count {
        0 => "No open cases".to_owned(),
        1 => "1 open case".to_owned(),
        more => format!("{more} open cases"),
    }
}

fn tier(tier: Tier) -> &'static str {
    match tier {
        Tier::Vip => "vip",
        Tier::Premium => "premium",
        Tier::Standard | Tier::Business => "plain",
    }
}
