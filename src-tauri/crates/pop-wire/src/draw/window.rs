//! Draws what is on screen besides the cards.

use pop_core::attention::{Drawn, Notice, Sound};
use pop_core::language::Language;
use pop_core::settings::{Density, Settings, Theme};

use crate::draw::count;
use crate::pop::{HintName, PopView};
use crate::settings::{DensityView, ThemeView};
use crate::window::{CurtainView, NoticeView, NoticeWho, SoundView};

impl NoticeView {
    /// Draws a notice about a card as it is drawn; what may not be seen by others is left out.
    pub fn draw(card: &PopView, notice: Notice, settings: &Settings, language: Language) -> Self {
        let queue = |hint: &&crate::pop::HintView| hint.name == HintName::Queue;
        Self {
            pop: card.id,
            generation: card.generation,
            channel: card.channel,
            phase: card.phase,
            since: card.phase_since,
            queue: card.hints.iter().find(queue).map(|hint| hint.value.clone()),
            who: notice.names.then(|| NoticeWho {
                title: card.title.clone(),
                identity: card.identity,
                vip: card.vip,
                tier: card.tier.clone(),
                open_cases: card.cases.total,
                reason: card
                    .reason
                    .as_ref()
                    .and_then(|reason| reason.title.clone().or_else(|| reason.quote.clone())),
            }),
            can_open: card.can_open,
            more: count(notice.more),
            language: language.tag().to_owned(),
            theme: settings.appearance.theme.into(),
            density: settings.appearance.density.into(),
        }
    }
}

impl From<Drawn> for CurtainView {
    fn from(drawn: Drawn) -> Self {
        match drawn {
            Drawn::Key => Self::Key,
            Drawn::Idle => Self::Idle,
            Drawn::Screen => Self::Screen,
        }
    }
}

impl From<Sound> for SoundView {
    fn from(sound: Sound) -> Self {
        match sound {
            Sound::Soft => Self::Soft,
            Sound::Severe => Self::Severe,
        }
    }
}

impl From<Theme> for ThemeView {
    fn from(theme: Theme) -> Self {
        match theme {
            Theme::System => Self::System,
            Theme::Light => Self::Light,
            Theme::Dark => Self::Dark,
        }
    }
}

impl From<Density> for DensityView {
    fn from(density: Density) -> Self {
        match density {
            Density::Comfortable => Self::Comfortable,
            Density::Compact => Self::Compact,
        }
    }
}
