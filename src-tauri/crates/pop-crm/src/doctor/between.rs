//! Who stands between this computer and the server: an inspection that makes certificates, a network
//! that wants a sign-in first.

use std::io;
use std::net::SocketAddr;

use pop_core::doctor::Cause;
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::doctor::certificate::Shown;
use crate::doctor::page::Page;
use crate::doctor::way::Walk;

/// A name that nobody has: who shows a certificate for it makes certificates on the way.
const NOBODYS_NAME: &str = "doctor.screenpop.invalid";

impl Walk<'_> {
    /// Who makes a certificate for a name that nobody has makes all of them: that is no server.
    pub(super) async fn or_intercepted(&self, cause: Cause, shown: &Shown) -> Cause {
        let Cause::CertificateUntrusted { issuer } = cause else {
            return cause;
        };
        let untrusted = Cause::CertificateUntrusted {
            issuer: issuer.clone(),
        };
        if shown.self_signed {
            return untrusted;
        }
        let found = self.looking.resolver.addresses(&self.host, self.port).await;
        let connected = match found {
            Ok(addresses) => timeout(self.looking.stage, connect(addresses)).await,
            Err(_) => return untrusted,
        };
        let Ok(Ok(stream)) = connected else {
            return untrusted;
        };
        let listening = self.listening();
        let _ = self.handshake(stream, NOBODYS_NAME, &listening).await;
        let made = listening.shown();
        if made.names.iter().any(|name| name == NOBODYS_NAME) {
            Cause::Intercepted { issuer }
        } else {
            untrusted
        }
    }

    /// A network that wants a sign-in lets plain http through to its own page, and nothing else.
    /// No credential goes there.
    pub(super) async fn or_captive(&self, cause: Cause) -> Cause {
        let port = self.looking.plain_port;
        let asked = async {
            let found = self.looking.resolver.addresses(&self.host, port).await;
            let stream = connect(found.ok()?).await.ok()?;
            Page::ask(stream, &self.host, self.looking.stage).await
        };
        let page = timeout(self.looking.stage, asked).await.ok().flatten();
        let is_captive = self.secure && page.is_some_and(|page| page.is_captive_plainly());
        if is_captive {
            Cause::CaptivePage
        } else {
            cause
        }
    }
}

async fn connect(addresses: Vec<SocketAddr>) -> io::Result<TcpStream> {
    TcpStream::connect(addresses.as_slice()).await
}
