//! Draws everything that is not one interaction.

use std::collections::BTreeMap;

use pop_core::fault::FaultKind;
use pop_core::moment::Moment;
use pop_core::settings::{Density, FileFault, Open, Theme};
use pop_core::status::{Allowance, Banner, ConnectionStatus, ListenerStatus, Past, Status};

use crate::app::{
    AllowanceView, AppView, BannerView, ConnectionState, ConnectionView, DensityView,
    FileFaultView, HistoryItemView, ListenerState, ListenerView, OpenPolicyView, RefusalView,
    SettingsView, ThemeView, TodayView,
};
use crate::draw::{count, count_long, millis};
use crate::parts::ProblemView;

impl AppView {
    /// Draws the status.
    pub fn draw(status: &Status, version: &str) -> Self {
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
            banners: status
                .banners
                .iter()
                .map(|banner| draw_banner(banner, status))
                .collect(),
            today: TodayView {
                handled: count(status.today.len()),
                typical_pop_ms: status.typical_pop.map(millis),
                items: status.today.iter().map(HistoryItemView::from).collect(),
            },
            settings: settings(status),
            file_faults: status.file_faults.iter().map(FileFaultView::from).collect(),
            refusals: status
                .refusals
                .iter()
                .map(|(code, number)| RefusalView {
                    code: (*code).to_owned(),
                    text: refusal_words(code).to_owned(),
                    count: count_long(*number),
                })
                .collect(),
            sandbox: status.settings.sandbox.enabled,
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
    let (code, text) = match banner {
        Banner::MemoryOnly(why) => (
            "memory_only",
            format!("Nothing is kept beyond this session: {why}. You sign in again at each start."),
        ),
        Banner::KeychainLocked => (
            "keychain_locked",
            "The keychain is locked. Pops go on; sign-in and history wait until you unlock it."
                .to_owned(),
        ),
        Banner::SecretsRefused => (
            "secrets_refused",
            "The kept sign-ins could not be opened and were set aside. Sign in again.".to_owned(),
        ),
        Banner::LoopbackHttp(connection) => (
            "loopback_http",
            format!(
                "{} is reached without encryption on this computer.",
                status.label(connection)
            ),
        ),
        Banner::NothingKept(why) => (
            "nothing_kept",
            format!("History cannot be kept: {why}. Pops go on."),
        ),
    };
    BannerView {
        code: code.to_owned(),
        text,
    }
}

impl From<&Past> for HistoryItemView {
    fn from(past: &Past) -> Self {
        Self {
            id: past.number,
            at: past.at.millis(),
            channel: past.channel.into(),
            title: past.name.clone().unwrap_or_default(),
            reason: past.reason.clone(),
            phase: past.phase.into(),
            can_reopen: past.can_reopen,
        }
    }
}

fn settings(status: &Status) -> SettingsView {
    let settings = &status.settings;
    SettingsView {
        open: match settings.pop.open {
            Open::Offer => OpenPolicyView::Offer,
            Open::Accept => OpenPolicyView::Accept,
            Open::Never => OpenPolicyView::Never,
        },
        theme: match settings.appearance.theme {
            Theme::System => ThemeView::System,
            Theme::Light => ThemeView::Light,
            Theme::Dark => ThemeView::Dark,
        },
        density: match settings.appearance.density {
            Density::Comfortable => DensityView::Comfortable,
            Density::Compact => DensityView::Compact,
        },
        always_on_top: settings.appearance.always_on_top,
        notify: settings.attention.notify,
        notify_name: settings.attention.name,
        announce: settings.attention.announce,
        listener: settings.listener.enabled,
        listener_port: settings.listener.port,
        region: settings.phone.default_region.clone(),
        agent_id: settings.agent.id.clone(),
        locked: status.locked.clone(),
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
fn refusal_words(code: &str) -> &'static str {
    match code {
        "too_many_connections" => "More programs called at once than are let in.",
        "head_malformed" | "framing_ambiguous" | "cut" => {
            "A request was not proper HTTP. Check the program that sends."
        }
        "head_too_large" => "A request's head was too large. Send fewer header fields.",
        "head_too_slow" | "body_too_slow" => "A request came too slowly and was ended.",
        "foreign_host" => "A request was meant for another host name. A web page may have tried.",
        "foreign_page" => "A web page tried to send an event. Pages are not let in.",
        "no_such_path" => "A request went to another path. Events go to /v1/events.",
        "wrong_method" => "A request was not a POST. Events are posted.",
        "wrong_type" => "The content type was not one of CloudEvents or JSON.",
        "no_length" => "A request had no length. Send Content-Length.",
        "body_too_large" => "An event was larger than 64 KiB.",
        "signature_missing" => "An event was not signed. Sign it by Standard Webhooks.",
        "signature_malformed" => "An event's signature was not in the form of Standard Webhooks.",
        "signature_outside_window" => {
            "An event's time was more than 5 minutes off. Check both clocks."
        }
        "signature_wrong" => "An event's signature did not match. Check the sender's secret.",
        "too_fast" => "A sender sent more events than it may.",
        "E_EVENT" => "A signed event was not in the expected form. Check the sender's mapping.",
        "conflict" => "An id was used again for another event.",
        "not_ours" | "foreign_agent" => "An event was for another agent.",
        "unavailable" => "An event could not be kept, so the sender was asked to try again.",
        "late" => "An offer had expired when it came.",
        "stale_event" => "An event came after the interaction was over, or out of order.",
        "stale_answer" => "A CRM answered a question that was no longer open.",
        "stale_command" => "A click was meant for a card as it no longer was.",
        "E_LINK" => "A link or command line was not in the expected form.",
        _ => "Refused.",
    }
}
