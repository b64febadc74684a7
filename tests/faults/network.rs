//! Names, routes, proxies, pages in the way, clocks.

use std::net::SocketAddr;
use std::time::Duration;

use pop_core::doctor::Report;
use pop_crm::Proxying;

use crate::Row;
use crate::stage::{Given, Names, closed, played, says, server, silent, swallows};

const GROUP: &str = "Network: names, routes, proxies, pages, clocks";

const PORTAL: &str = "HTTP/1.1 302 Found\r\nlocation: http://portal.hotel.example/sign-in\r\ncontent-length: 0\r\n\r\n";
const WANTS_SIGN_IN: &str = "HTTP/1.1 511 Network Authentication Required\r\ncontent-type: text/html\r\ncontent-length: 0\r\n\r\n";
const GUEST_PAGE: &str =
    "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 13\r\n\r\n<p>Hello</p>\n";

pub(crate) fn rows() -> Vec<Row> {
    let row = |fault: &str, expected, inject| Row {
        group: GROUP,
        fault: fault.to_owned(),
        expected,
        inject,
    };
    vec![
        row(
            "DNS: the name does not exist",
            &["dns"],
            Box::pin(named(true, Duration::ZERO)),
        ),
        row(
            "DNS: the name server does not answer",
            &["dns"],
            Box::pin(named(false, Duration::from_secs(5))),
        ),
        row(
            "DNS: the name has no address",
            &["dns"],
            Box::pin(named(false, Duration::ZERO)),
        ),
        row(
            "Refused: nothing listens at the port",
            &["refused"],
            Box::pin(refused()),
        ),
        row(
            "Firewall: silence",
            &["connect_timeout"],
            Box::pin(firewall()),
        ),
        row(
            "IPv6 broken: refused there, IPv4 works",
            &["ipv6_broken"],
            Box::pin(six("[::1]:9")),
        ),
        row(
            "IPv6 broken: silence there, IPv4 works",
            &["ipv6_broken"],
            Box::pin(six_swallowed()),
        ),
        row(
            "Proxy: not reached",
            &["proxy_unreachable"],
            Box::pin(no_proxy()),
        ),
        row(
            "Proxy: 407, wants a password",
            &["proxy_sign_in"],
            Box::pin(proxy(
                "HTTP/1.1 407 Sign in\r\nproxy-authenticate: Basic realm=\"x\"\r\n\r\n",
            )),
        ),
        row(
            "Proxy: 407 without a way to sign in",
            &["proxy_sign_in"],
            Box::pin(proxy("HTTP/1.1 407 Sign in\r\n\r\n")),
        ),
        row(
            "Proxy: 407, NTLM only",
            &["proxy_scheme"],
            Box::pin(proxy(
                "HTTP/1.1 407 Sign in\r\nProxy-Authenticate: NTLM\r\n\r\n",
            )),
        ),
        row(
            "Proxy: 407, Negotiate and Kerberos only",
            &["proxy_scheme"],
            Box::pin(proxy(
                "HTTP/1.1 407 Sign in\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: Kerberos\r\n\r\n",
            )),
        ),
        row(
            "Proxy: 403, host not on its list",
            &["proxy_refused"],
            Box::pin(proxy("HTTP/1.1 403 Forbidden\r\n\r\n")),
        ),
        row(
            "Proxy: 502, it does not reach the server",
            &["proxy_refused"],
            Box::pin(proxy("HTTP/1.1 502 Bad Gateway\r\n\r\n")),
        ),
        row(
            "Proxy: does not speak HTTP",
            &["proxy_refused"],
            Box::pin(proxy("SSH-2.0-x\r\n\r\n")),
        ),
        row(
            "Proxy: hangs up",
            &["proxy_unreachable"],
            Box::pin(proxy("")),
        ),
        row(
            "Proxy: silence",
            &["proxy_unreachable"],
            Box::pin(silent_proxy()),
        ),
        row(
            "Captive page: plain http leads to a portal",
            &["captive_page"],
            Box::pin(captive(PORTAL)),
        ),
        row(
            "Captive page: 511",
            &["captive_page"],
            Box::pin(captive(WANTS_SIGN_IN)),
        ),
        row(
            "Captive page: a guest page for every path",
            &["captive_page"],
            Box::pin(captive(GUEST_PAGE)),
        ),
        row(
            "Captive page: the server's own address leads to a portal",
            &["captive_page"],
            Box::pin(instead(PORTAL)),
        ),
        row(
            "Redirect: the API sends elsewhere on its own host",
            &["E_REDIRECT"],
            Box::pin(instead(
                "HTTP/1.1 301 Moved\r\nlocation: /login\r\ncontent-length: 0\r\n\r\n",
            )),
        ),
        row(
            "Wrong server: a web page answers every path",
            &["answer_not_understood"],
            Box::pin(instead(GUEST_PAGE)),
        ),
        row(
            "Clock: one hour ahead",
            &["clock_off"],
            Box::pin(clock(3_600)),
        ),
        row(
            "Clock: ten minutes behind",
            &["clock_off"],
            Box::pin(clock(-600)),
        ),
    ]
}

async fn named(fails: bool, takes: Duration) -> Report {
    let names = Names {
        takes,
        fails,
        ..Names::default()
    };
    played(Given {
        names,
        secure: true,
        ..Given::default()
    })
    .await
}

fn leads_to(to: Vec<SocketAddr>) -> Names {
    Names {
        to,
        ..Names::default()
    }
}

async fn firewall() -> Report {
    let names = leads_to(vec![swallows("127.0.0.1:0").await]);
    played(Given {
        names,
        secure: true,
        ..Given::default()
    })
    .await
}

async fn refused() -> Report {
    let names = leads_to(vec![closed().await]);
    played(Given {
        names,
        secure: true,
        ..Given::default()
    })
    .await
}

async fn six_swallowed() -> Report {
    let address = swallows("[::1]:0").await;
    six(&address.to_string()).await
}

/// A server by IPv4, and this by IPv6.
async fn six(address: &str) -> Report {
    let four =
        says("HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-type: application/json\r\n\r\n{}")
            .await;
    let names = leads_to(vec![address.parse().expect("an address"), four]);
    played(Given {
        names,
        ..Given::default()
    })
    .await
}

async fn by(host: String, port: u16) -> Report {
    let proxying = Proxying::By { host, port };
    played(Given {
        proxying,
        secure: true,
        ..Given::default()
    })
    .await
}

async fn no_proxy() -> Report {
    by("127.0.0.1".to_owned(), closed().await.port()).await
}

async fn proxy(says_so: &'static str) -> Report {
    let proxy = server(move |stream| crate::stage::answer(stream, says_so)).await;
    by("127.0.0.1".to_owned(), proxy.port()).await
}

async fn silent_proxy() -> Report {
    by("127.0.0.1".to_owned(), silent().await.port()).await
}

/// Https is refused, and plain http shows a page of the network.
async fn captive(page: &'static str) -> Report {
    let names = Names {
        plain: Some(says(page).await),
        ..leads_to(vec![closed().await])
    };
    played(Given {
        names,
        secure: true,
        ..Given::default()
    })
    .await
}

/// Something else answers at the server's own address.
async fn instead(page: &'static str) -> Report {
    let server = Some(says(page).await);
    played(Given {
        server,
        ..Given::default()
    })
    .await
}

async fn clock(off: i64) -> Report {
    played(Given {
        clock: off,
        ..Given::default()
    })
    .await
}
