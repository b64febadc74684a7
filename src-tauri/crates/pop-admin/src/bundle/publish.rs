//! `screenpop-admin publish`: puts a signed bundle where every desktop finds it.
//!
//! What lies there is looked at first, by the eyes of a desktop that has taken it; afterwards what
//! is served is compared with what was published. A rehearsal that a second admin has signed can be
//! demanded.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use pop_core::bundle::{
    Bundle, MOST_SIGNED, Manifest, Refusal, SignOff, Signed, Taker, Trusted, digest,
};
use serde_json::{Value, json};

use crate::bundle::{File, described, now, refuse, tried, trusted};
use crate::fault::Fault;
use crate::place::{self, Place, There};

/// How often a server is asked whether it serves what was published.
const TRIES: u32 = 5;

/// Puts a signed bundle to its place, after a look at what is there, and sees that it is served.
#[derive(Args)]
pub(crate) struct Publish {
    /// The signed bundle.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Its place: the path of a file on a share, or an https address that takes PUT.
    #[arg(long, value_name = "PLACE")]
    to: String,
    /// A key that desktops trust, or its fingerprint; more than once for several.
    #[arg(long, required = true, value_name = "KEY", value_parser = trusted)]
    key: Vec<Trusted>,
    /// For how many in a hundred people it has to be; another ring is refused.
    #[arg(long, value_name = "PERCENT")]
    ring: Option<u8>,
    /// The report of its rehearsal.
    #[arg(long, value_name = "FILE", requires_all = ["approved", "by"])]
    rehearsed: Option<PathBuf>,
    /// A second admin's word for that report.
    #[arg(long, value_name = "FILE", requires = "rehearsed")]
    approved: Option<PathBuf>,
    /// The keys of those whose word counts, or their fingerprints.
    #[arg(long, value_name = "KEY", requires = "rehearsed", value_parser = trusted)]
    by: Vec<Trusted>,
    /// A file with the bearer token for the address.
    #[arg(long, value_name = "FILE")]
    token: Option<PathBuf>,
    /// Looks at everything and puts nothing there.
    #[arg(long)]
    dry_run: bool,
    /// One line of JSON, for other programs.
    #[arg(long)]
    json: bool,
}

/// A signed bundle that was verified.
struct Known {
    text: String,
    signed: Signed,
    manifest: Manifest,
}

impl Publish {
    pub(crate) async fn run(&self, out: &mut impl Write) -> Result<(), Fault> {
        let file = File::read(&self.file)?;
        let Some(signed) = file.signed else {
            return Err(Fault::NotSigned(self.file.clone()));
        };
        let bytes = fs::read_to_string(&self.file).map_err(|source| Fault::File {
            path: self.file.clone(),
            source,
        })?;
        let bundle = match tried(&self.file, &file.text) {
            Ok(bundle) => bundle,
            Err(faults) => return refuse(&self.file, &faults, self.json, out),
        };
        let new = Known {
            text: file.text,
            signed,
            manifest: bundle.manifest,
        };
        let token = self.token.as_deref().map(place::token).transpose()?;
        let place = Place::of(&self.to, token);
        let there = place.read(MOST_SIGNED).await?;
        let old = there.as_ref().map(|it| self.known(it)).transpose()?;
        let is_there = there
            .as_ref()
            .is_some_and(|it| it.bytes == bytes.as_bytes());
        if !is_there {
            self.holds(&new, old.as_ref())
                .map_err(|refusal| Fault::Bundle {
                    path: self.file.clone(),
                    refusal,
                })?;
        }
        self.ring(&new.manifest)?;
        let by = self.second_word(&new, old.as_ref().filter(|_| !is_there))?;
        if !is_there && !self.dry_run {
            place.replace(&bytes, there.as_ref()).await?;
            served(&place, bytes.as_bytes()).await?;
        }
        let told = Told {
            place: place.name(),
            is_there,
            by,
        };
        self.tell(&told, &new, old.as_ref(), out)
    }

    /// What lies there has to be ours, or nobody who has taken it takes the next.
    fn known(&self, there: &There) -> Result<Known, Fault> {
        let refused = |refusal| Fault::Bundle {
            path: PathBuf::from(&self.to),
            refusal,
        };
        let signed = Signed::read(&there.bytes).map_err(refused)?;
        let text = signed.trusted(&self.key).map_err(refused)?.to_owned();
        let bundle = Bundle::read(&self.to, &text);
        let bundle = bundle.map_err(|faults| refused(Refusal::Content(faults.len())))?;
        Ok(Known {
            text,
            signed,
            manifest: bundle.manifest,
        })
    }

    /// Whether a desktop that has taken what is there will take this.
    fn holds(&self, new: &Known, old: Option<&Known>) -> Result<(), Refusal> {
        new.signed.trusted(&self.key)?;
        new.manifest.proven(new.signed.keys())?;
        let begins = new.manifest.begins();
        let taker = Taker {
            now: begins.map_or_else(now, |begins| begins.max(now())),
            app: new.manifest.minimum_app.as_deref().unwrap_or("0.0.0"),
            tenant: old.map(|old| &*old.manifest.tenant),
            highest: old.map_or(0, |old| old.manifest.version),
        };
        new.manifest.acceptable(&taker)?;
        match old {
            Some(old) if old.manifest.version == new.manifest.version => {
                Err(Refusal::SameVersion(new.manifest.version))
            }
            Some(_) | None => Ok(()),
        }
    }

    fn ring(&self, manifest: &Manifest) -> Result<(), Fault> {
        let found = manifest.ring.percent();
        match self.ring {
            Some(wanted) if wanted != found => Err(Fault::OtherRing { wanted, found }),
            Some(_) | None => Ok(()),
        }
    }

    /// Whose word there is for it, where one is demanded.
    fn second_word(&self, new: &Known, old: Option<&Known>) -> Result<Option<String>, Fault> {
        let Some((report, approved)) = self.rehearsed.as_ref().zip(self.approved.as_ref()) else {
            return Ok(None);
        };
        let read = |path: &PathBuf| {
            fs::read(path).map_err(|source| Fault::File {
                path: path.clone(),
                source,
            })
        };
        let text = read(report)?;
        let no_word = |why: String| Fault::NotApproved {
            path: approved.clone(),
            why,
        };
        let sign_off: SignOff = serde_json::from_slice(&read(approved)?)
            .map_err(|error| no_word(format!("it is no sign-off: {error}")))?;
        let by = sign_off.counts(&text, &new.text, new.signed.keys(), &self.by);
        let by = by.map_err(|fault| no_word(fault.to_string()))?;
        let told: Value = serde_json::from_slice(&text).unwrap_or_default();
        let before = told.pointer("/old/digest").and_then(Value::as_str);
        if let Some(old) = old
            && before != Some(&digest(old.text.as_bytes()))
        {
            let why = "the rehearsal began with another version than the one that is there";
            return Err(no_word(why.to_owned()));
        }
        Ok(Some(by.to_string()))
    }

    fn tell(
        &self,
        told: &Told,
        new: &Known,
        old: Option<&Known>,
        out: &mut impl Write,
    ) -> Result<(), Fault> {
        let place = &told.place;
        let done = match (told.is_there, self.dry_run) {
            (true, _) => "is there already",
            (false, true) => "may be published",
            (false, false) => "is served",
        };
        if self.json {
            let bundle = described(&self.file, &new.manifest, new.signed.keys());
            let was = old.map(|old| old.manifest.version);
            let told = json!({
                "place": place, "outcome": done, "bundle": bundle, "was": was, "approved_by": told.by,
            });
            return Ok(writeln!(out, "{told}")?);
        }
        let (version, tenant) = (new.manifest.version, &new.manifest.tenant);
        let ring = new.manifest.ring.percent();
        writeln!(
            out,
            "{place}: version {version} for {tenant} {done}, for {ring} % of the people"
        )?;
        if let Some(old) = old.filter(|_| !told.is_there) {
            let ring = old.manifest.ring.percent();
            let version = old.manifest.version;
            writeln!(
                out,
                "Before it there was version {version}, for {ring} % of the people"
            )?;
        }
        if let Some(by) = &told.by {
            writeln!(out, "Its rehearsal is approved by {by}")?;
        }
        Ok(())
    }
}

struct Told {
    place: String,
    is_there: bool,
    by: Option<String>,
}

/// Whether what is served is what was published; a cache in between has a moment to notice.
async fn served(place: &Place, bytes: &[u8]) -> Result<(), Fault> {
    for again in 0..TRIES {
        if again > 0 {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        let there = place.read(MOST_SIGNED).await?;
        if there.is_some_and(|there| there.bytes == bytes) {
            return Ok(());
        }
    }
    Err(Fault::NotServed(place.name()))
}
