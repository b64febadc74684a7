//! Links that are opened: security rules T1 to T7 for their templates, U2 to U5 for every address.
//!
//! A [`RecordUrl`] can only be made by these checks, and it is all that the opener takes. Links
//! refuse and never repair: nothing is trimmed, decoded or put into another spelling. Requests to
//! a CRM are built in `pop-crm` under rules of their own; which link belongs to which record, and
//! when it is opened, is decided elsewhere too.

mod address;
mod hosts;
mod places;
mod values;

use std::fmt;

use crate::template::{Template, TemplateError};

pub use address::{RecordUrl, check_external_link};
pub use hosts::{HostPattern, LoopbackOrigin};
pub use values::LinkValue;

/// Why there is no link.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinkFault {
    /// Another scheme than `https`.
    #[error("the address does not begin with https://")]
    UrlScheme,
    /// A host that is not listed, or not spelt as a host name.
    #[error("the host is not one that may be opened")]
    UrlHost,
    /// An address that is too long, holds refused characters or would be read in another spelling.
    #[error("the address is not written in its plain form")]
    UrlForm,
    /// Not a template of literal text and `{name}`.
    #[error("{0}")]
    TplSyntax(#[from] TemplateError),
    /// A name where a value could change where the link leads.
    #[error("`{name}` at character {position} stands where no value may be placed")]
    TplPlace {
        /// The dotted name.
        name: String,
        /// Where its brace stands in the template, in characters, from 1.
        position: usize,
    },
    /// A value that is not of its type.
    #[error("the value of `{name}` may not be placed: {reason}")]
    TplValue {
        /// The dotted name.
        name: String,
        /// What is wrong with it; never the value.
        reason: &'static str,
    },
    /// The values would change the shape of the link.
    #[error("the values would change where the link leads")]
    TplShape,
    /// A name without value: no link at all.
    #[error("`{name}` has no value")]
    Missing {
        /// The dotted name.
        name: String,
    },
}

impl LinkFault {
    /// The code of this fault, as in the list of security rules.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UrlScheme => "E_URL_SCHEME",
            Self::UrlHost => "E_URL_HOST",
            Self::UrlForm => "E_URL_FORM",
            Self::TplSyntax(_) => "E_TPL_SYNTAX",
            Self::TplPlace { .. } => "E_TPL_PLACE",
            Self::TplValue { .. } => "E_TPL_VALUE",
            Self::TplShape => "E_TPL_SHAPE",
            Self::Missing { .. } => "E_TPL_MISSING",
        }
    }
}

/// A template of a link, checked when its file is loaded.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkTemplate {
    template: Template,
    /// The name the link begins with, where it does not begin with an address.
    origin: Option<String>,
    within: Vec<HostPattern>,
}

impl LinkTemplate {
    /// Reads a template. It begins with an address whose host is in `within`, or with one of the
    /// names in `origins`, whose value must then be an origin in `within`.
    pub fn parse(
        template: &str,
        within: &[HostPattern],
        origins: &[&str],
    ) -> Result<Self, LinkFault> {
        let template = Template::parse(template)?;
        let origin = places::origin(&template, origins);
        places::check(&template, origin.is_some())?;
        let link = Self {
            template,
            origin,
            within: within.to_vec(),
        };
        link.check_literals()?;
        Ok(link)
    }

    /// The text it was parsed from.
    pub fn source(&self) -> &str {
        self.template.source()
    }

    /// The names it needs, the origin's first, in the order in which they stand.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.template.names().map(crate::template::Name::path)
    }

    /// The link with these values, or why there is none.
    pub fn expand(
        &self,
        value: impl Fn(&str) -> Option<LinkValue>,
    ) -> Result<RecordUrl, LinkFault> {
        let origin = match &self.origin {
            Some(name) => Some(self.origin_value(name, &value)?),
            None => None,
        };
        let text = places::fill(&self.template, origin.as_deref(), |name| {
            value(name).map(|value| value.encoded(name)).transpose()
        })?;
        let sample = places::fill(&self.template, origin.as_deref(), |name| {
            Ok(value(name).map(|_| places::SAMPLE.to_owned()))
        })?;
        let shape = address::shape(&sample).ok_or(LinkFault::UrlForm)?;
        if address::shape(&text) != Some(shape) {
            return Err(LinkFault::TplShape);
        }
        address::check(&text, &self.within)
    }

    fn origin_value(
        &self,
        name: &str,
        value: impl Fn(&str) -> Option<LinkValue>,
    ) -> Result<String, LinkFault> {
        let value = value(name).ok_or_else(|| LinkFault::Missing {
            name: name.to_owned(),
        })?;
        let LinkValue::Origin(origin) = value else {
            return Err(LinkFault::TplValue {
                name: name.to_owned(),
                reason: "a link begins with an origin",
            });
        };
        address::check_origin(&origin, &self.within)?;
        Ok(origin)
    }

    /// All that is literal must already pass, so that a mistake shows at load and not at the first
    /// record.
    fn check_literals(&self) -> Result<(), LinkFault> {
        let sample_host = HostPattern::parse(places::HOST);
        let (origin, within) = match (&self.origin, &sample_host) {
            (Some(_), Some(host)) => (Some(places::ORIGIN), std::slice::from_ref(host)),
            _ => (None, self.within.as_slice()),
        };
        let text = places::fill(&self.template, origin, |_| {
            Ok(Some(places::SAMPLE.to_owned()))
        })?;
        address::check(&text, within).map(|_| ())
    }
}

impl fmt::Debug for LinkTemplate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_tuple("LinkTemplate")
            .field(&self.source())
            .finish()
    }
}

#[cfg(test)]
mod corpus_tests;
#[cfg(test)]
mod shape_tests;
#[cfg(test)]
mod tests;
