//! Speaks raw HTTP to each double, as a vendor's documentation writes it.

#[cfg(test)]
mod common;
#[cfg(test)]
mod dynamics;
#[cfg(test)]
mod hubspot;
#[cfg(test)]
mod salesforce;
#[cfg(test)]
mod servicenow;
#[cfg(test)]
mod support;
#[cfg(test)]
mod zammad;
#[cfg(test)]
mod zendesk;
