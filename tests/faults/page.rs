//! The page `docs/diagnosis.md`: fault, verdict, words, seconds.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use pop_core::doctor::{CauseWords, Fixer};

use crate::Outcome;

const HEAD: &str = "\
# Diagnosis: what is said for which fault

Made by `tests/faults` from faults that are really injected, with `SCREENPOP_WRITE=1 cargo test -p
pop-tests --test faults`; the same test compares everything but the seconds. The CRM is called
Meridian. The seconds are from the failure to the verdict, on a machine that ran eight of them at
once; a fault that is silence takes as long as silence is waited for. What the codes mean in every
language is in `pop-core/words`.
";

pub(crate) fn check_or_write(outcomes: &[Outcome]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/docs/diagnosis.md");
    if std::env::var_os("SCREENPOP_WRITE").is_some() {
        fs::write(&path, text(outcomes)).expect("the page can be written");
        return;
    }
    let kept = fs::read_to_string(&path).expect("the page is there");
    let differs: Vec<_> = lines(&text(outcomes))
        .into_iter()
        .filter(|line| !lines(&kept).contains(line))
        .collect();
    assert!(
        differs.is_empty(),
        "docs/diagnosis.md says otherwise; write it again with SCREENPOP_WRITE=1:\n{}",
        differs.join("\n")
    );
}

/// The rows without their seconds.
fn lines(text: &str) -> Vec<String> {
    let rows = text.lines().filter(|line| line.starts_with("| "));
    rows.filter_map(|line| Some(line.rsplit_once(" | ")?.0.to_owned()))
        .collect()
}

fn text(outcomes: &[Outcome]) -> String {
    let is_right = |outcome: &&Outcome| {
        let came = outcome.came.as_deref();
        came.is_some_and(|came| outcome.expected.contains(&came))
    };
    let right = outcomes.iter().filter(is_right).count();
    let undecided = outcomes
        .iter()
        .filter(|outcome| outcome.came.is_none())
        .count();
    let wrong = outcomes.len() - right - undecided;
    let mut text = HEAD.to_owned();
    let _ = writeln!(
        text,
        "\n**{} faults: {right} right, {wrong} wrong, {undecided} undecided.**",
        outcomes.len()
    );
    let mut group = "";
    for outcome in outcomes {
        if group != outcome.group {
            group = outcome.group;
            let _ = write!(
                text,
                "\n## {group}\n\n| fault | verdict | words | fix | seconds |\n|---|---|---|---|---|\n"
            );
        }
        let _ = writeln!(
            text,
            "| {} | `{}` | {} | {} | {:.1} |",
            outcome.fault,
            outcome.came.as_deref().unwrap_or("undecided"),
            plain(said(outcome.words.as_ref(), |words| &words.title)),
            plain(said(outcome.words.as_ref(), fix)),
            outcome.took.as_secs_f64(),
        );
    }
    text.push_str(&verdicts(outcomes));
    text
}

fn said(words: Option<&CauseWords>, which: impl Fn(&CauseWords) -> &str) -> &str {
    words.map_or("", which)
}

/// What whoever can mend it does.
fn fix(words: &CauseWords) -> &str {
    match words.by {
        Fixer::Agent => &words.agent,
        Fixer::Admin | Fixer::Vendor => &words.admin,
    }
}

/// Where the links of reports lead: each verdict once, with all that is said of it.
fn verdicts(outcomes: &[Outcome]) -> String {
    let known: BTreeMap<&str, &CauseWords> = outcomes
        .iter()
        .filter_map(|outcome| Some((outcome.came.as_deref()?, outcome.words.as_ref()?)))
        .collect();
    let mut text = "\n## What each verdict means\n".to_owned();
    for (slug, words) in known {
        let _ = write!(
            text,
            "\n### {slug}\n\n**{}.** {} {}\n\nThe agent: {} The admin: {}\n",
            plain(&words.title).trim_end_matches('.'),
            plain(&words.why),
            words.effect,
            words.agent,
            words.admin,
        );
    }
    text
}

/// Ports and folders are others in every run, and how far a clock is off grows with the day.
fn plain(text: &str) -> String {
    let words = text.split(' ').map(|word| match word.strip_prefix('/') {
        Some(path) => path.rsplit('/').next().unwrap_or(path),
        None => word,
    });
    let text = words.collect::<Vec<_>>().join(" ");
    let mut pieces = text.split("127.0.0.1:");
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        plain.push_str("proxy.example:3128");
        plain.push_str(piece.trim_start_matches(|sign: char| sign.is_ascii_digit()));
    }
    match plain.strip_suffix(" min") {
        Some(told) => {
            let told = told.trim_end_matches(|sign: char| sign.is_ascii_digit());
            format!("{told}… min")
        }
        None => plain,
    }
}
