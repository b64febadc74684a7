//! Draws the diagnosis, in the language that people read.

use std::time::Duration;

use pop_core::Language;
use pop_core::doctor::{Check, Detail, Fixer, Report, Verdict};

use crate::doctor::{CheckView, DetailView, DiagnosisView, FindingView, FixerView, VerdictView};

impl DiagnosisView {
    /// Draws what was found; `explained` where the organisation has a page about each finding.
    pub fn draw(report: &Report, explained: bool, language: Language) -> Self {
        let checks = report.checks.iter();
        Self {
            connection: report.connection.as_ref().map(|id| id.0.clone()),
            label: report.label.clone(),
            at: report.begun.millis(),
            took_ms: millis(report.took),
            known_record: report.known_record.clone(),
            explained,
            checks: checks
                .map(|check| CheckView::draw(check, &report.label, language))
                .collect(),
        }
    }
}

impl CheckView {
    fn draw(check: &Check, crm: &str, language: Language) -> Self {
        let verdict = match check.verdict {
            Verdict::Passed => VerdictView::Passed,
            Verdict::Warning(_) => VerdictView::Warning,
            Verdict::Failed(_) => VerdictView::Failed,
            Verdict::Skipped(_) => VerdictView::Skipped,
        };
        let finding = check.cause().map(|cause| {
            let words = cause.words(crm, language);
            FindingView {
                title: words.title,
                cause: words.why,
                effect: words.effect,
                agent: words.agent,
                admin: words.admin,
                by: match words.by {
                    Fixer::Agent => FixerView::Agent,
                    Fixer::Admin => FixerView::Admin,
                    Fixer::Vendor => FixerView::Vendor,
                },
                code: cause.slug().to_owned(),
            }
        });
        Self {
            name: check.name.slug().to_owned(),
            label: check.name.words(language),
            step: check.name.step().words(language),
            verdict,
            detail: detail(check, language),
            finding,
            tried: check.tried.clone(),
            expected: check.expected.clone(),
            came: check.came.clone(),
        }
    }
}

fn detail(check: &Check, language: Language) -> DetailView {
    if let Verdict::Skipped(skip) = check.verdict {
        let text = skip.words(language);
        return DetailView::Text { text };
    }
    match &check.detail {
        Detail::None => DetailView::None,
        Detail::Took(took) => DetailView::Took { ms: millis(*took) },
        Detail::Until(moment) => DetailView::Until {
            at: moment.millis(),
        },
        Detail::Text(text) => DetailView::Text { text: text.clone() },
        Detail::Used(percent) => DetailView::Used { percent: *percent },
        Detail::Count(count) => DetailView::Text {
            text: count.to_string(),
        },
    }
}

fn millis(time: Duration) -> u32 {
    u32::try_from(time.as_millis()).unwrap_or(u32::MAX)
}
