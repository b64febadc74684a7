//! The words of the wire for the core's own: one match for each enum.

use pop_core::Remedy;
use pop_core::desk::Phase;
use pop_core::identifier::{Assurance, Kind};
use pop_core::interaction::Channel;
use pop_core::life::{FollowUp, Role};
use pop_core::profile::Priority;

use crate::app::FollowUpView;
use crate::parts::{PriorityView, ProblemAction};
use crate::pop::{ChannelView, IdentityView, MatchReasonKind, PhaseView, RoleView};

impl From<Remedy> for ProblemAction {
    fn from(remedy: Remedy) -> Self {
        match remedy {
            Remedy::Retry => Self::Retry,
            Remedy::SignIn => Self::SignIn,
            Remedy::TellAdmin => Self::CopyForAdmin,
            Remedy::Search => Self::Search,
            Remedy::Diagnose => Self::Diagnose,
        }
    }
}

impl From<Kind> for MatchReasonKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::RecordId => Self::RecordId,
            Kind::ExternalId => Self::ExternalId,
            Kind::Email => Self::Email,
            Kind::Phone => Self::Phone,
        }
    }
}

impl From<Option<Assurance>> for IdentityView {
    fn from(assurance: Option<Assurance>) -> Self {
        match assurance {
            Some(Assurance::Authenticated) => Self::Verified,
            Some(Assurance::Attached) => Self::Attached,
            Some(Assurance::Claimed) => Self::Claimed,
            Some(Assurance::CallerNumber) => Self::CallerNumber,
            None => Self::Unknown,
        }
    }
}

impl From<Phase> for PhaseView {
    fn from(phase: Phase) -> Self {
        match phase {
            Phase::LookedUp => Self::LookedUp,
            Phase::Offered => Self::Offered,
            Phase::Accepted => Self::Accepted,
            Phase::Withdrawn => Self::Withdrawn,
            Phase::Missed => Self::Missed,
            Phase::WrapUp => Self::WrapUp,
            Phase::Transferred => Self::Transferred,
            Phase::Ended => Self::Ended,
        }
    }
}

impl From<FollowUp> for FollowUpView {
    fn from(why: FollowUp) -> Self {
        match why {
            FollowUp::Missed => Self::Missed,
            FollowUp::Voicemail => Self::Voicemail,
        }
    }
}

impl From<Role> for RoleView {
    fn from(role: Role) -> Self {
        match role {
            Role::Consulted => Self::Consulted,
            Role::Conference => Self::Conference,
            Role::Supervisor => Self::Supervisor,
        }
    }
}

impl From<Priority> for PriorityView {
    fn from(priority: Priority) -> Self {
        match priority {
            Priority::Low => Self::Low,
            Priority::Normal => Self::Normal,
            Priority::High => Self::High,
            Priority::Urgent => Self::Urgent,
        }
    }
}

impl From<Channel> for ChannelView {
    fn from(channel: Channel) -> Self {
        match channel {
            Channel::Voice => Self::Voice,
            Channel::Video => Self::Video,
            Channel::Chat => Self::Chat,
            Channel::Messaging => Self::Messaging,
            Channel::Sms => Self::Sms,
            Channel::Email => Self::Email,
            Channel::Social => Self::Social,
            Channel::Callback => Self::Callback,
            Channel::Cobrowse => Self::Cobrowse,
            Channel::Other => Self::Other,
        }
    }
}
