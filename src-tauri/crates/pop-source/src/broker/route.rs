//! Which address of this computer leads to the broker: another one is another network.
//!
//! A connected datagram socket sends nothing; the system only chooses the way. Where it cannot say,
//! nothing is concluded: the keep-alive finds out later.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

/// A way that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Route {
    pub(super) here: IpAddr,
    pub(super) there: SocketAddr,
}

impl Route {
    /// Whether the way there begins at another address now.
    pub(super) fn is_another(self) -> bool {
        here(self.there).is_some_and(|now| now != self.here)
    }
}

fn here(there: SocketAddr) -> Option<IpAddr> {
    let any: IpAddr = match there {
        SocketAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        SocketAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    let socket = UdpSocket::bind((any, 0)).ok()?;
    socket.connect(there).ok()?;
    Some(socket.local_addr().ok()?.ip())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_this_computer_begins_on_it() {
        let there = SocketAddr::from((Ipv4Addr::LOCALHOST, 9));
        let route = Route {
            here: Ipv4Addr::LOCALHOST.into(),
            there,
        };
        assert!(!route.is_another());
        let elsewhere = Route {
            here: Ipv4Addr::new(192, 0, 2, 1).into(),
            there,
        };
        assert!(elsewhere.is_another(), "the control: it was another");
    }
}
