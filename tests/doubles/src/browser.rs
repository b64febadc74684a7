//! What a browser does in a sign-in: opens the vendor's page and ends up where it is sent.

use std::time::Duration;

use pop_core::http::{Http as _, HttpFault, Method, Request};

use crate::double::Double;
use crate::routed::Routed;

/// Where a browser ended up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Landing {
    /// It is sent to this address, with the code or the refusal.
    Sent(String),
    /// It shows a page of the vendor: nobody is sent anywhere.
    Page {
        /// The status code.
        status: u16,
        /// The page.
        text: String,
    },
}

/// Opens an address of a double as a browser would; the person agrees to what is asked.
pub async fn browse(double: &Double, url: &str) -> Result<Landing, HttpFault> {
    let request = Request {
        method: Method::Get,
        url: url.to_owned(),
        headers: vec![],
        body: None,
        limit: Duration::from_secs(10),
        max_body: 1 << 20,
    };
    let response = Routed::new(&[double]).send(request).await?;
    let location = response.header("location").map(str::to_owned);
    Ok(location.map_or_else(
        || Landing::Page {
            status: response.status,
            text: String::from_utf8_lossy(&response.body).into_owned(),
        },
        Landing::Sent,
    ))
}
