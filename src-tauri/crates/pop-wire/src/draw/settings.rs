//! Draws the settings in force.

use pop_core::language::LanguageChoice;
use pop_core::settings::{Dock, Feature, Masked, Open, Settings, ShownBy, Sound};

use crate::settings::{
    DockView, FeatureView, LanguageView, OpenPolicyView, SettingsView, ShownByView, SoundChoice,
};

impl SettingsView {
    /// Draws the settings, and which of them machine policy has set.
    pub fn draw(settings: &Settings, locked: &[String]) -> Self {
        let (attention, shortcuts) = (&settings.attention, &settings.shortcuts);
        Self {
            open: match settings.pop.open {
                Open::Offer => OpenPolicyView::Offer,
                Open::Accept => OpenPolicyView::Accept,
                Open::Never => OpenPolicyView::Never,
            },
            theme: settings.appearance.theme.into(),
            density: settings.appearance.density.into(),
            always_on_top: settings.appearance.always_on_top,
            language: match settings.appearance.language {
                LanguageChoice::System => LanguageView::System,
                LanguageChoice::En => LanguageView::En,
                LanguageChoice::De => LanguageView::De,
                LanguageChoice::Es => LanguageView::Es,
                LanguageChoice::Fr => LanguageView::Fr,
                LanguageChoice::Pt => LanguageView::Pt,
                LanguageChoice::Ar => LanguageView::Ar,
                LanguageChoice::Ja => LanguageView::Ja,
            },
            notify: attention.notify,
            notify_name: attention.name,
            shown_by: match attention.shown_by {
                ShownBy::Screenpop => ShownByView::Screenpop,
                ShownBy::System => ShownByView::System,
            },
            announce: attention.announce,
            sound: match attention.sound {
                Sound::Off => SoundChoice::Off,
                Sound::Tap => SoundChoice::Tap,
            },
            quiet: attention.quiet,
            dock: match settings.window.dock {
                Dock::Free => DockView::Free,
                Dock::Left => DockView::Left,
                Dock::Right => DockView::Right,
            },
            start_at_sign_in: settings.window.start_at_sign_in,
            key_show: shortcuts.show.clone(),
            key_open: shortcuts.open_record.clone(),
            key_case: shortcuts.new_case.clone(),
            key_copy: shortcuts.copy_id.clone(),
            key_curtain: shortcuts.curtain.clone(),
            mask: settings
                .privacy
                .mask
                .iter()
                .map(|masked| word(*masked).to_owned())
                .collect(),
            lock_after: settings.privacy.lock_after_minutes,
            no_capture: settings.privacy.no_capture,
            listener: settings.listener.enabled,
            listener_port: settings.listener.port,
            region: settings.phone.default_region.clone(),
            agent_id: settings.agent.id.clone(),
            gateway: settings.source.gateway.url.clone(),
            locked: locked.to_vec(),
        }
    }
}

impl From<Feature> for FeatureView {
    fn from(feature: Feature) -> Self {
        match feature {
            Feature::Search => Self::Search,
            Feature::Simulate => Self::Simulate,
            Feature::CreateCustomer => Self::CreateCustomer,
            Feature::UpdateCustomer => Self::UpdateCustomer,
            Feature::CreateCase => Self::CreateCase,
            Feature::AddNote => Self::AddNote,
            Feature::SetStatus => Self::SetStatus,
        }
    }
}

fn word(masked: Masked) -> &'static str {
    match masked {
        Masked::Id => "id",
        Masked::Phone => "phone",
        Masked::Email => "email",
        Masked::Company => "company",
        Masked::Owner => "owner",
        Masked::Extra => "extra",
        Masked::Quote => "quote",
    }
}
