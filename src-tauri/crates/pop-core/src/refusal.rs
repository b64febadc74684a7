//! Why a request of the person was not carried out, in words for people.
//!
//! What a CRM answered is a [`crate::fault::Fault`]; events that were refused have words of their
//! own. Here is what the product itself says no to.

use crate::language::Language;

/// Why a request was not carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The organisation has set it.
    Managed,
    /// The organisation has switched it off.
    SwitchedOff,
    /// The keychain is locked.
    KeychainLocked,
    /// The card is not what it was when the person looked at it.
    CardChanged,
    /// The history has no such interaction.
    NotInHistory,
    /// Nobody has to be called back because of it.
    NobodyToCall,
    /// There is no form for it.
    NoForm,
    /// The connection, by its name for people, cannot be asked now.
    CannotBeAsked(String),
    /// The connection, by its name for people, does not offer this for this customer.
    NotOffered(String),
    /// The connection could not make the form; why, in the person's language.
    FormFailed(String),
    /// The reason for giving a write up is missing or too long.
    Reason,
    /// There is no address of the record; why.
    NoLink(String),
    /// The clipboard is not available.
    Clipboard,
    /// The sandbox is switched off.
    SandboxOff,
    /// Too much is written at once.
    TooMuch,
    /// Something would be lost; the warning, in the person's language.
    Unsent(String),
    /// A setting does not fit; why.
    Setting(String),
    /// This computer cannot keep it; why, as the system says it.
    Disk(String),
    /// The keychain refused; why, as the system says it.
    Vault(String),
    /// The system refused; why, as it says it.
    System(String),
    /// The program is ending.
    Ending,
}

impl Refusal {
    /// The stable code, for support.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Managed
            | Self::SwitchedOff
            | Self::KeychainLocked
            | Self::CardChanged
            | Self::NotInHistory
            | Self::NobodyToCall
            | Self::Reason
            | Self::Clipboard
            | Self::NoLink(_)
            | Self::SandboxOff
            | Self::Setting(_) => "E_ARG",
            Self::NoForm | Self::CannotBeAsked(_) | Self::NotOffered(_) | Self::FormFailed(_) => {
                "E_FORM"
            }
            Self::TooMuch => "E_BUSY",
            Self::Unsent(_) => "E_UNSENT",
            Self::Disk(_) => "E_DISK",
            Self::Vault(_) => "E_VAULT",
            Self::System(_) => "E_SYSTEM",
            Self::Ending => "E_ENDED",
        }
    }

    /// Why, in a sentence.
    pub fn words(&self, language: Language) -> String {
        let plain = |id: &str| language.say(id, &[]);
        let of = |id: &str, crm: &str| language.say(id, &[("crm", crm.into())]);
        let told = |id: &str, why: &str| language.say(id, &[("why", why.into())]);
        match self {
            Self::Managed => plain("refused-managed"),
            Self::SwitchedOff => plain("refused-switched_off"),
            Self::KeychainLocked => plain("refused-keychain_locked"),
            Self::CardChanged => plain("refused-card_changed"),
            Self::NotInHistory => plain("refused-not_in_history"),
            Self::NobodyToCall => plain("refused-nobody_to_call"),
            Self::NoForm => plain("refused-no_form"),
            Self::CannotBeAsked(crm) => of("refused-cannot_be_asked", crm),
            Self::NotOffered(crm) => of("refused-not_offered", crm),
            Self::Reason => plain("refused-reason"),
            Self::NoLink(why) => told("refused-no_link", why),
            Self::Clipboard => plain("refused-clipboard"),
            Self::SandboxOff => plain("refused-sandbox_off"),
            Self::TooMuch => plain("refused-too_much"),
            Self::FormFailed(said) | Self::Unsent(said) => said.clone(),
            Self::Setting(why) => told("refused-setting", why),
            Self::Disk(why) => told("refused-disk", why),
            Self::Vault(why) => told("refused-vault", why),
            Self::System(why) => told("refused-system", why),
            Self::Ending => plain("refused-ending"),
        }
    }
}
