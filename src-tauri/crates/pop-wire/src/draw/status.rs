//! Draws everything that is not one interaction.

use std::collections::BTreeMap;

use pop_core::fault::FaultKind;
use pop_core::language::Language;
use pop_core::moment::Moment;
use pop_core::settings::FileFault;
use pop_core::status::{Allowance, Banner, ConnectionStatus, ListenerStatus, Past, Status};

use crate::app::{
    AllowanceView, AppView, BannerView, ConnectionState, ConnectionView, FileFaultView,
    FollowUpView, HistoryItemView, ListenerState, ListenerView, RefusalView, TodayView,
};
use crate::bundle::BundleView;
use crate::draw::{count, count_long, millis};
use crate::gateway::GatewayView;
use crate::parts::ProblemView;
use crate::pop::CandidateView;
use crate::settings::{FeatureView, SettingsView};
use crate::writing::WriteView;

impl AppView {
    /// Draws the status.
    pub fn draw(status: &Status, version: &str) -> Self {
        let by_policy = status
            .locked
            .iter()
            .any(|name| name.starts_with("distribution."));
        Self {
            seq: status.seq,
            first_run: status.connections.is_empty(),
            agent: status.settings.agent.id.clone(),
            connections: status
                .connections
                .iter()
                .map(|connection| draw_connection(connection, status))
                .collect(),
            listener: (&status.listener).into(),
            gateway: GatewayView::draw(status),
            banners: status
                .banners
                .iter()
                .map(|banner| draw_banner(banner, status))
                .collect(),
            today: TodayView {
                handled: count(status.today.len()),
                to_log: count(status.today.iter().filter(|past| past.not_logged).count()),
                typical_pop_ms: status.typical_pop.map(millis),
                items: status.today.iter().map(HistoryItemView::from).collect(),
            },
            pinned: status.pinned.iter().map(CandidateView::from).collect(),
            recent: status.recent.iter().map(CandidateView::from).collect(),
            settings: SettingsView::draw(&status.settings, &status.locked),
            off: status
                .settings
                .features
                .off()
                .into_iter()
                .map(FeatureView::from)
                .collect(),
            words: status
                .settings
                .wording
                .said(status.language())
                .map(|(name, text)| (name.to_owned(), text.to_owned()))
                .collect(),
            may_join: status.bundle.is_none() && !by_policy,
            bundle: status
                .bundle
                .as_ref()
                .map(|bundle| BundleView::draw(bundle, &status.by_bundle, by_policy)),
            file_faults: status.file_faults.iter().map(FileFaultView::from).collect(),
            refusals: status
                .refusals
                .iter()
                .map(|(code, number)| RefusalView {
                    code: (*code).to_owned(),
                    text: refusal_words(code, status.language()),
                    count: count_long(*number),
                })
                .collect(),
            queue: status
                .queue
                .iter()
                .filter_map(|item| WriteView::draw(item, status))
                .filter(WriteView::waits)
                .collect(),
            next_try: status.next_try().map(Moment::millis),
            keeps: status.keeps(),
            webhooks: count(status.settings.webhooks.len()),
            wrap_up: (&status.settings.wrap_up).into(),
            paused_until: status.paused.map(Moment::millis),
            sandbox: status.settings.sandbox.enabled,
            language: status.language().tag().to_owned(),
            version: version.to_owned(),
        }
    }
}

fn draw_connection(connection: &ConnectionStatus, status: &Status) -> ConnectionView {
    let state = match &connection.fault {
        Some(fault) if fault.kind == FaultKind::SignInNeeded => ConnectionState::SignIn,
        Some(_) => ConnectionState::Problem,
        None if connection.slow => ConnectionState::Slow,
        None if connection.latency.is_some() => ConnectionState::Ok,
        None => ConnectionState::Unknown,
    };
    let configured = status.settings.connections.get(&connection.id.0);
    ConnectionView {
        id: connection.id.0.clone(),
        label: connection.label.clone(),
        crm: connection.crm.clone(),
        definition: configured.map(|configured| configured.definition.clone()),
        fields: configured.map(filled_in).unwrap_or_default(),
        method: configured.map(|configured| configured.method.clone()),
        user: configured.and_then(|configured| configured.user.clone()),
        state,
        latency_ms: connection.latency.map(millis),
        heard: connection.heard.map(Moment::millis),
        sign_in_ends: connection.sign_in_ends.map(Moment::millis),
        signed_in_as: connection.signed_in_as.clone(),
        problem: connection
            .fault
            .as_ref()
            .map(|fault| ProblemView::draw(&connection.id, fault, status)),
        waits_until: connection.waits_until.map(Moment::millis),
        allowances: connection
            .allowances
            .iter()
            .map(AllowanceView::from)
            .collect(),
        sandbox: connection.sandbox,
        address: connection.address.clone(),
        managed: connection.managed,
    }
}

impl From<&Allowance> for AllowanceView {
    fn from(allowance: &Allowance) -> Self {
        Self {
            label: allowance.label.clone(),
            left: count_long(allowance.left),
            limit: allowance.limit.map(count_long),
            at: allowance.at.millis(),
        }
    }
}

/// The fields of a connection as its form shows them.
fn filled_in(configured: &pop_core::settings::Connection) -> BTreeMap<String, String> {
    let text = |value: &serde_json::Value| match value.as_str() {
        Some(text) => text.to_owned(),
        None => value.to_string(),
    };
    let fields = configured.fields.iter();
    fields
        .map(|(name, value)| (name.clone(), text(value)))
        .collect()
}

impl From<&ListenerStatus> for ListenerView {
    fn from(status: &ListenerStatus) -> Self {
        let plain = |state, why: Option<String>| Self {
            state,
            address: None,
            why,
            accepted: 0,
            last: None,
        };
        match status {
            ListenerStatus::Off => plain(ListenerState::Off, None),
            ListenerStatus::Failed(why) => plain(ListenerState::Failed, Some(why.clone())),
            ListenerStatus::On {
                address,
                accepted,
                last,
            } => Self {
                state: ListenerState::On,
                address: Some(address.clone()),
                why: None,
                accepted: count_long(*accepted),
                last: last.map(Moment::millis),
            },
        }
    }
}

fn draw_banner(banner: &Banner, status: &Status) -> BannerView {
    let (code, given) = match banner {
        Banner::MemoryOnly(why) => ("memory_only", vec![("why", why.as_str().into())]),
        Banner::KeychainLocked => ("keychain_locked", Vec::new()),
        Banner::SecretsRefused => ("secrets_refused", Vec::new()),
        Banner::LoopbackHttp(connection) => {
            let label = status.label(connection);
            ("loopback_http", vec![("crm", label.into())])
        }
        Banner::NothingKept(why) => ("nothing_kept", vec![("why", why.as_str().into())]),
        Banner::OutboxFilling(100..) => ("outbox_full", Vec::new()),
        Banner::OutboxFilling(percent) => (
            "outbox_filling",
            vec![("percent", u64::from(*percent).into())],
        ),
        Banner::SignInEnds { of, days } => {
            let gateway = status.language().say("banner-gateway", &[]);
            let label = of.as_ref().map_or(&*gateway, |of| status.label(of));
            let given = [("name", label.into()), ("days", u64::from(*days).into())];
            let id = format!(
                "banner-{}",
                if *days == 0 {
                    "sign_in_ends_today"
                } else {
                    "sign_in_ends"
                }
            );
            return BannerView {
                code: "sign_in_ends".to_owned(),
                text: status.language().say(&id, &given),
            };
        }
        Banner::Unsent(count) => ("unsent", vec![("count", u64::from(*count).into())]),
    };
    BannerView {
        code: code.to_owned(),
        text: status.language().say(&format!("banner-{code}"), &given),
    }
}

impl From<&Past> for HistoryItemView {
    fn from(past: &Past) -> Self {
        Self {
            id: past.number,
            pop: past.pop.map(|pop| pop.0),
            at: past.at.millis(),
            channel: past.channel.into(),
            title: past.name.clone().unwrap_or_default(),
            reason: past.reason.clone(),
            phase: past.phase.into(),
            can_reopen: past.can_reopen,
            follow_up: past.follow_up.map(FollowUpView::from),
            not_logged: past.not_logged,
        }
    }
}

impl From<&FileFault> for FileFaultView {
    fn from(fault: &FileFault) -> Self {
        Self {
            file: fault.file.clone(),
            line: fault.line,
            key: fault.key.clone(),
            found: fault.found.clone(),
            expected: fault.expected.clone(),
        }
    }
}

/// What a refusal or drop means and what to do, for the health view.
fn refusal_words(code: &str, language: Language) -> String {
    let id = format!("refusal-{code}");
    let id = if Language::knows(&id) {
        &id
    } else {
        "refusal-other"
    };
    language.say(id, &[])
}
