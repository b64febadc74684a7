//! Judges what was fetched, in this order: signatures, whose it is and which version, content, rings.
//!
//! Nothing of it has counted when it is refused, and the one in force goes on (rules C2 to C5, C9).

use std::sync::Arc;

use pop_core::bundle::{Bundle, PublicKey, Refusal, Signed, Taker, Trusted};
use pop_core::moment::Moment;
use pop_core::settings::FileFault;
use pop_crm::DryCrms;

use crate::account::faults_of;

/// Who judges, and by what.
pub(crate) struct Judge {
    pub(crate) trusted: Vec<Trusted>,
    pub(crate) now: Moment,
    pub(crate) tenant: Option<String>,
    pub(crate) highest: u32,
    pub(crate) blocked: Vec<u32>,
    /// The text and the version of the one in force.
    pub(crate) active: Option<(u32, String)>,
    /// Who sits here, for the rings.
    pub(crate) person: String,
    /// Where it came from, for messages.
    pub(crate) from: String,
}

/// What came of it.
pub(crate) enum Judged {
    /// It is the one in force.
    Same,
    /// It is right, and for others at first.
    Waits {
        version: u32,
        percent: u8,
    },
    Refused(Refused),
    /// It is right, and for us.
    Fit(Candidate),
}

/// Why a bundle is not taken.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) version: Option<u32>,
    pub(crate) refusal: Refusal,
    pub(crate) faults: Vec<FileFault>,
}

/// A bundle that may be switched to.
pub(crate) struct Candidate {
    pub(crate) bytes: Vec<u8>,
    pub(crate) bundle: Arc<Bundle>,
    pub(crate) text: String,
    pub(crate) keys: Vec<PublicKey>,
}

impl Judge {
    pub(crate) fn judge(&self, bytes: Vec<u8>) -> Judged {
        match self.read(bytes) {
            Ok(judged) => judged,
            Err(refused) => Judged::Refused(refused),
        }
    }

    fn read(&self, bytes: Vec<u8>) -> Result<Judged, Refused> {
        let refused = |version: Option<u32>| {
            move |refusal: Refusal| Refused {
                version,
                refusal,
                faults: Vec::new(),
            }
        };
        let signed = Signed::read(&bytes).map_err(refused(None))?;
        let text = signed
            .trusted(&self.trusted)
            .map_err(refused(None))?
            .to_owned();
        let content = |faults: Vec<pop_core::file::fault::LoadFault>| Refused {
            version: None,
            refusal: Refusal::Content(faults.len()),
            faults: faults_of(faults),
        };
        let bundle = Bundle::read(&self.from, &text).map_err(content)?;
        let version = bundle.manifest.version;
        if let Some((active, known)) = &self.active {
            if *known == text {
                return Ok(Judged::Same);
            }
            if *active == version {
                return Err(refused(Some(version))(Refusal::SameVersion(version)));
            }
        }
        let taker = Taker {
            now: self.now,
            app: env!("CARGO_PKG_VERSION"),
            tenant: self.tenant.as_deref(),
            highest: self.highest,
        };
        bundle
            .manifest
            .acceptable(&taker)
            .map_err(refused(Some(version)))?;
        bundle
            .manifest
            .proven(signed.keys())
            .map_err(refused(Some(version)))?;
        if self.blocked.contains(&version) {
            return Err(refused(Some(version))(Refusal::Blocked(version)));
        }
        let (_, faults) = DryCrms::of(&bundle);
        if !faults.is_empty() {
            let refused = content(faults);
            return Err(Refused {
                version: Some(version),
                ..refused
            });
        }
        let manifest = &bundle.manifest;
        if self.active.is_some() && !manifest.ring.holds(&manifest.tenant, &self.person) {
            let percent = manifest.ring.percent();
            return Ok(Judged::Waits { version, percent });
        }
        Ok(Judged::Fit(Candidate {
            keys: signed.keys().to_vec(),
            bundle: Arc::new(bundle),
            text,
            bytes,
        }))
    }
}
