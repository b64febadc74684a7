//! Keeps web pages away from the operations address.
//!
//! Nobody signs in there: whoever reaches the address is trusted. A browser on the same computer
//! reaches it too, and a page whose name is rebound to this computer could read the counters and
//! speak to desktops. The address of the platforms needs none of this: there each request carries
//! its own proof.

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

/// Whether the address is this computer's own, so that no other name can rightly lead there.
#[derive(Clone, Copy)]
pub(crate) struct Loopback(pub(crate) bool);

/// Hands on what a program asked, and nothing that a page did.
pub(crate) async fn no_page(
    State(Loopback(loopback)): State<Loopback>,
    request: Request,
    next: Next,
) -> Response {
    let headers = request.headers();
    if of_a_page(headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    if loopback && !names_this_computer(headers) {
        return StatusCode::MISDIRECTED_REQUEST.into_response();
    }
    next.run(request).await
}

/// Every browser adds one of these to what a page sends elsewhere.
fn of_a_page(headers: &HeaderMap) -> bool {
    let mut names = headers.keys().map(HeaderName::as_str);
    headers.contains_key(ORIGIN) || names.any(|name| name.starts_with("sec-fetch-"))
}

/// Within one origin browsers may add nothing, but then the name is the page's.
fn names_this_computer(headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(HOST).into_iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return false;
    };
    let authority: Option<Authority> = host.to_str().ok().and_then(|host| host.parse().ok());
    authority.is_some_and(|authority| {
        let host = authority.host().trim_matches(['[', ']']);
        host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
    })
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn headers(fields: &[(&'static str, &'static str)]) -> HeaderMap {
        let fields = fields.iter();
        fields
            .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn only_this_computers_own_names_lead_here() {
        for host in [
            "127.0.0.1:9464",
            "[::1]:9464",
            "localhost:9464",
            "localhost",
        ] {
            assert!(names_this_computer(&headers(&[("host", host)])), "{host}");
        }
        for host in [
            "rebound.example:9464",
            "localhost.example",
            "127.0.0.1.example",
            "10.0.0.1",
            "",
        ] {
            assert!(!names_this_computer(&headers(&[("host", host)])), "{host}");
        }
        assert!(!names_this_computer(&HeaderMap::new()));
    }

    #[test]
    fn what_browsers_add_tells_a_page() {
        for field in ["origin", "sec-fetch-site", "sec-fetch-mode"] {
            assert!(of_a_page(&headers(&[(field, "cors")])), "{field}");
        }
        assert!(!of_a_page(&headers(&[("user-agent", "Prometheus/3.5.0")])));
    }
}
