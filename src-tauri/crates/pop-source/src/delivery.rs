//! One request as a platform sent it: what a verifier checks and a mapping reads.
//!
//! How it came in (a gateway's HTTPS listener, a frame of a platform's own socket, a sample in a
//! file) is not known here.

use pop_core::moment::Moment;

/// The raw parts of one request; nothing is decoded or checked yet.
#[derive(Clone, Copy, Debug)]
pub struct Delivery<'a> {
    /// The header fields, each as it came; names in any case.
    pub headers: &'a [(String, Vec<u8>)],
    /// The raw bytes of the body.
    pub body: &'a [u8],
    /// When the last byte came in.
    pub received: Moment,
    /// The address as the platform knows it, with its query: some platforms sign it.
    pub url: &'a str,
}

impl<'a> Delivery<'a> {
    /// Every value of a header field.
    pub fn header(&self, name: &str) -> impl Iterator<Item = &'a [u8]> {
        self.headers
            .iter()
            .filter(move |(field, _)| field.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_slice())
    }

    /// The query of the address, without its question mark.
    pub fn query(&self) -> &'a str {
        let address = self.url.split_once('#').map_or(self.url, |(head, _)| head);
        address.split_once('?').map_or("", |(_, query)| query)
    }
}

/// Names and values of a form or a query; `None` when it is not well-formed.
///
/// `form_urlencoded` reads anything: a lone `%` and bytes that are no text become other signs, and
/// what was signed would not be what is read.
pub(crate) fn form(text: &[u8]) -> Option<Vec<(String, String)>> {
    let text = std::str::from_utf8(text).ok()?;
    let decoded = |part: &str| crate::percent::decode(&part.replace('+', " "));
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((decoded(name)?, decoded(value)?))
        })
        .collect()
}
