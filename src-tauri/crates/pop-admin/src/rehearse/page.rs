//! The report as one page that a person reads, keeps and prints: nothing of it is fetched from
//! anywhere, and nothing of it runs.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::rehearse::compared::{Change, Kind};
use crate::rehearse::report::{Of, Report};

const STYLE: &str = include_str!("page.css");

pub(crate) fn page(report: &Report, digest: &str) -> String {
    let Report {
        old, new, recorded, ..
    } = report;
    let title = format!("Rehearsal of version {} for {}", new.version, new.tenant);
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { (title) }
                    p {
                        (recorded.interactions) " recorded interactions on version "
                        (old.version) " and on version " (new.version) ", "
                        @if recorded.looked_up { "looked up in the sandbox. " }
                        @else { "with the customers as they were recorded. " }
                        (report.at)
                    }
                }
                (tiles(report))
                (bar(report))
                @for kind in Kind::EACH { (section(report, kind)) }
                @if report.changes.is_empty() {
                    p.calm { "Every interaction comes to the same." }
                }
                footer {
                    h2 { "What this is about" }
                    dl {
                        (about("Before", old))
                        (about("After", new))
                        dt { "Recording" }
                        dd { (recorded.file.display()) code { (recorded.digest) } }
                        dt { "This report" }
                        dd { "report.json as written beside this page" code { (digest) } }
                    }
                    p {
                        "A second admin who agrees signs it: "
                        code.line { "screenpop-admin approve report.json --bundle " (new.file.display()) " --key their.key --out approved.json" }
                    }
                }
            }
        }
    };
    markup.into_string()
}

fn tiles(report: &Report) -> Markup {
    html! {
        ul.tiles {
            li.same { b { (report.same()) } span { "come to the same" } }
            @for kind in Kind::EACH {
                @let count = report.of(kind).count();
                li class=(class(kind, count)) { b { (count) } span { (kind.words()) } }
            }
        }
    }
}

/// The shares of the whole, as one bar; its words are the tiles above it.
fn bar(report: &Report) -> Markup {
    html! {
        div.bar aria-hidden="true" {
            @for kind in Kind::EACH {
                @let count = report.of(kind).count();
                @if count > 0 { i class=(class(kind, count)) style=(format!("flex-grow:{count}")) {} }
            }
            @if report.same() > 0 { i.same style=(format!("flex-grow:{}", report.same())) {} }
        }
    }
}

fn section(report: &Report, kind: Kind) -> Markup {
    let changes: Vec<&Change> = report.of(kind).collect();
    if changes.is_empty() {
        return html! {};
    }
    html! {
        section {
            h2 class=(class(kind, changes.len())) { (changes.len()) " " (kind.words()) }
            p { (kind.meaning()) }
            @let (first, rest) = changes.split_at(changes.len().min(10));
            (table(first))
            @if !rest.is_empty() {
                details {
                    summary { (rest.len()) " more" }
                    (table(rest))
                }
            }
        }
    }
}

fn table(changes: &[&Change]) -> Markup {
    html! {
        table {
            thead {
                tr {
                    th scope="col" { "Line" }
                    th scope="col" { "Interaction" }
                    th scope="col" { "" }
                    th scope="col" { "Before" }
                    th scope="col" { "After" }
                }
            }
            tbody {
                @for change in changes {
                    @for (number, difference) in change.differences.iter().enumerate() {
                        tr.first[number == 0] {
                            @if number == 0 {
                                td rowspan=(change.differences.len()) { (change.line) }
                                td rowspan=(change.differences.len()) { (change.interaction) }
                            }
                            th scope="row" { (difference.what) }
                            td.old { (difference.old) }
                            td.new { (difference.new) }
                        }
                    }
                }
            }
        }
    }
}

fn about(label: &str, of: &Of) -> Markup {
    html! {
        dt { (label) }
        dd {
            (of.file.display()) ", version " (of.version) " for " (of.ring) " % of the people"
            code { (of.digest) }
        }
    }
}

/// How it is coloured; what nobody does is grey.
fn class(kind: Kind, count: usize) -> &'static str {
    match kind {
        _ if count == 0 => "none",
        Kind::Fails | Kind::Vanishes => "bad",
        Kind::Appears | Kind::Opens | Kind::Writes => "note",
        Kind::Shows | Kind::Recovers => "good",
    }
}
