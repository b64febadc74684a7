//! Why a command did not do what was asked: in words for people, and as an exit code for scripts.

use std::fmt::Write as _;
use std::io;
use std::path::PathBuf;

use pop_core::bundle::{self, Refusal};
use pop_core::settings::EditFault;
use pop_source::canonical::EventFault;
use pop_source::mapping::{SettingFault, Unreadable};
use pop_source::runtime_file::RuntimeFileFault;
use pop_source::signature::{KeyFault, SigningFault};
use pop_store::StoreError;

use crate::simulate::Refused;

/// Where this program reaches the app.
const LOOPBACK: &str = "127.0.0.1";

/// Why a command ended early.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    #[error("--summary is told at the end of an interaction, and this one does not end")]
    SummaryWithoutEnd,
    #[error("no event can hold this: expected {} at {}", .0.expected, .0.at)]
    Content(EventFault),
    #[error("this session has no folder in which the running app could say where it is")]
    NoRuntimeFolder,
    #[error("no running app: there is no {}", .path.display())]
    NotRunning { path: PathBuf },
    #[error("the running app cannot be asked for: {0}")]
    RuntimeFile(RuntimeFileFault),
    #[error("{} holds no secret to sign with: {source}", .path.display())]
    Secret { path: PathBuf, source: KeyFault },
    #[error("nobody listens at {LOOPBACK}:{port}, though {} says so: {source}", .path.display())]
    NotListening {
        path: PathBuf,
        port: u16,
        source: io::Error,
    },
    #[error("{LOOPBACK}:{port} took no {what} event and gave no answer: {source}")]
    NoAnswer {
        port: u16,
        what: &'static str,
        source: Box<dyn std::error::Error>,
    },
    #[error("the app refused the {} event with {}: {}", .0.what, .0.status, .0.meaning())]
    Refused(Refused),
    #[error("the event cannot be signed: {0}")]
    Signing(#[from] SigningFault),
    #[error("this computer gave no random bytes")]
    NoRandomness,
    #[error("{} cannot be read: {source}", .path.display())]
    File { path: PathBuf, source: io::Error },
    #[error("{}", counted(*.count, "fault"))]
    Mapping { count: usize },
    #[error("{}", counted(*.count, "fault"))]
    Definition { count: usize },
    #[error("the settings name no connection {0}")]
    NoSuchConnection(String),
    #[error("the connection {name} cannot be made: {why}")]
    Connection { name: String, why: String },
    #[error("no secure connection can be made on this computer: {0}")]
    NoClient(String),
    #[error("no connection is set up in these settings")]
    NoConnection,
    #[error("{}", counted(*.count, "mistake"))]
    Settings { count: usize },
    #[error("the mapping is wrong:\n  {}", .faults.join("\n  "))]
    MappingFile { faults: Vec<String> },
    #[error("nobody reads an event from {}:{}", .path.display(), listed(why))]
    ReadByNobody {
        path: PathBuf,
        why: Vec<(String, String)>,
    },
    #[error("more than one mapping reads {}: {}", .path.display(), .names.join(", "))]
    ReadBySeveral { path: PathBuf, names: Vec<String> },
    #[error("no card would come up")]
    NoCard,
    #[error("{} without an answer", counted(*.count, "question"))]
    NotAnswered { count: usize },
    #[error("{} failed", counted(*.failed, "check"))]
    Diagnosed { failed: usize },
    #[error("there is no file and no definition of this name: {0}")]
    NoSuchDefinition(String),
    #[error("no mapping of this name comes with the program: {0}")]
    NoSuchMapping(String),
    #[error("--set: {0}")]
    Setting(SettingFault),
    #[error("{} reads no event from {}: {source}", .file.display(), .path.display())]
    Unreadable {
        path: PathBuf,
        file: PathBuf,
        source: Unreadable,
    },
    #[error("the audit in {} cannot be read: {source}", .path.display())]
    Audit { path: PathBuf, source: StoreError },
    #[error("line {0} of the audit was changed or is missing")]
    AuditBroken(i64),
    #[error("{}", counted(*.count, "mistake"))]
    BundleContent { count: usize },
    #[error("{} is not taken: {refusal}", .path.display())]
    Bundle { path: PathBuf, refusal: Refusal },
    #[error("{} is not signed", .0.display())]
    NotSigned(PathBuf),
    #[error("{} is signed already", .0.display())]
    AlreadySigned(PathBuf),
    #[error("{} is there already", .0.display())]
    Exists(PathBuf),
    #[error("{} holds no key: {source}", .path.display())]
    Key {
        path: PathBuf,
        source: bundle::KeyFault,
    },
    #[error("{} can be read by others than its owner", .0.display())]
    KeyIsOpen(PathBuf),
    #[error("{} cannot be written: {source}", .path.display())]
    NotWritten { path: PathBuf, source: io::Error },
    #[error("{} cannot hold this: {source}", .path.display())]
    Enrol { path: PathBuf, source: EditFault },
    #[error("there is no bundle at {from}: {why}")]
    NotReached { from: String, why: String },
    #[error("the sandbox does not serve: {0}")]
    Sandbox(String),
    #[error("line {line} of {} is no recorded interaction: {source}", .path.display())]
    Recording {
        path: PathBuf,
        line: usize,
        source: serde_json::Error,
    },
    #[error("{worse} pops fail or vanish")]
    Rehearsed { worse: usize },
    #[error("{} is no report about {} as it is now", .report.display(), .bundle.display())]
    OtherReport { report: PathBuf, bundle: PathBuf },
    #[error("somebody else has published to {0} meanwhile")]
    Overtaken(String),
    #[error("{0} serves something else than what was published")]
    NotServed(String),
    #[error("it is for {found} % of the people, and {wanted} % were asked for")]
    OtherRing { wanted: u8, found: u8 },
    #[error("{} does not count: {why}", .path.display())]
    NotApproved { path: PathBuf, why: String },
    #[error("nothing was erased: {0}")]
    NotErased(String),
    #[error("{} is no profile: no store.db lies there", .0.display())]
    NoProfile(PathBuf),
    #[error("expected {0}")]
    Sample(String),
    #[error("the outcome cannot be written: {0}")]
    Output(#[from] io::Error),
}

impl Fault {
    /// What happened, and on a line of its own what to do.
    pub(crate) fn report(&self) -> String {
        let mut text = format!("screenpop-admin: {self}.\n");
        if let Some(hint) = self.hint() {
            // Writing into a string cannot fail.
            let _ = writeln!(text, "{hint}");
        }
        text
    }

    /// The code that `EXIT_CODES` explains.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Signing(_)
            | Self::NoRandomness
            | Self::Output(_)
            | Self::NoClient(_)
            | Self::Sandbox(_) => 1,
            Self::SummaryWithoutEnd
            | Self::Content(_)
            | Self::File { .. }
            | Self::NoSuchMapping(_)
            | Self::NoSuchDefinition(_)
            | Self::NoSuchConnection(_)
            | Self::NoConnection
            | Self::Audit { .. }
            | Self::AlreadySigned(_)
            | Self::Exists(_)
            | Self::Enrol { .. }
            | Self::Key { .. }
            | Self::KeyIsOpen(_)
            | Self::NotWritten { .. }
            | Self::Recording { .. }
            | Self::OtherReport { .. }
            | Self::Sample(_)
            | Self::Setting(_) => 2,
            Self::NoRuntimeFolder
            | Self::NotRunning { .. }
            | Self::RuntimeFile(_)
            | Self::Secret { .. }
            | Self::NotListening { .. }
            | Self::NoAnswer { .. } => 3,
            Self::Refused(_) => 4,
            Self::Mapping { .. }
            | Self::MappingFile { .. }
            | Self::Settings { .. }
            | Self::Definition { .. }
            | Self::Connection { .. }
            | Self::BundleContent { .. } => 5,
            Self::Unreadable { .. } | Self::ReadByNobody { .. } | Self::ReadBySeveral { .. } => 6,
            Self::AuditBroken(_) => 7,
            Self::Bundle { .. }
            | Self::NotSigned(_)
            | Self::NotReached { .. }
            | Self::Overtaken(_)
            | Self::NotServed(_)
            | Self::OtherRing { .. }
            | Self::NotApproved { .. } => 8,
            Self::Rehearsed { .. } => 9,
            Self::Diagnosed { .. } => 10,
            Self::NoCard => 11,
            Self::NotAnswered { .. } => 12,
            Self::NotErased(_) | Self::NoProfile(_) => 13,
        }
    }

    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::SummaryWithoutEnd => {
                "Add `--until ended`. What the customer wrote first is `--quote`."
            }
            Self::NoRuntimeFolder => {
                "Run this in the session of the person who runs Screenpop, where XDG_RUNTIME_DIR \
                 (Linux), TMPDIR (macOS) or LOCALAPPDATA (Windows) names a folder, or give the \
                 file with --runtime-file."
            }
            Self::NotRunning { .. } => {
                "Start Screenpop as the same person, with \"listener\": { \"enabled\": true } in \
                 its settings; the file is there while it listens."
            }
            Self::Secret { .. } | Self::NotListening { .. } => {
                "Start Screenpop again: the file may be left from a run that did not end by itself."
            }
            Self::NoAnswer { .. } => {
                "Is it Screenpop that listens there, and does it respond? Start it again if not."
            }
            Self::Refused(refused) => return Some(refused.hint()),
            Self::Definition { .. } => "The language is described in docs/definitions.md.",
            Self::NoSuchDefinition(_) => "`screenpop-admin crm list` lists those that come along.",
            Self::Mapping { .. } | Self::MappingFile { .. } => {
                "The language is described in docs/mappings.md."
            }
            Self::NoSuchMapping(_) => "`screenpop-admin mapping show` lists them.",
            Self::Settings { .. } => "Each line above says where.",
            Self::NoConnection => {
                "Name the files that set one up: --settings, --bundle or --policy."
            }
            Self::ReadByNobody { .. } => {
                "Is it the body as the platform sends it? Name its mapping with --mapping."
            }
            Self::ReadBySeveral { .. } => "Say which one is meant with --mapping.",
            Self::NotErased(_) => "Nothing was changed; it can be asked again.",
            Self::NoProfile(_) => "Name the folder in which the app of that person keeps its data.",
            Self::NoCard => "Above it says why.",
            Self::NotAnswered { .. } => "`screenpop-admin doctor` says what is wrong.",
            Self::Unreadable { .. } => {
                "The place is in the mapping file; `delivery` means that no `when` is true."
            }
            Self::AuditBroken(_) => "The lines before it are as they were written.",
            Self::BundleContent { .. } => {
                "Each line above says where. docs/admin-guide.md explains bundles."
            }
            Self::Bundle {
                refusal: Refusal::Stranger(_),
                ..
            } => "Compare the fingerprint with the one that your organisation gave you.",
            Self::Bundle {
                refusal: Refusal::Rollback { .. },
                ..
            } => "Give it a higher `version`, also to return to an earlier content.",
            Self::Bundle {
                refusal: Refusal::Unproven(_),
                ..
            } => "Sign with the old key and with every new one: --key more than once.",
            Self::NotSigned(_) => "`screenpop-admin sign` makes the file that is distributed.",
            Self::AlreadySigned(_) => "Sign the bundle as it was written.",
            Self::NotWritten { source, .. } if source.kind() == io::ErrorKind::PermissionDenied => {
                "Run it with the system's elevation, such as sudo."
            }
            Self::NotReached { .. } => {
                "`enrol --offline` writes the policy all the same, and desktops go on looking."
            }
            Self::Overtaken(_) => "Look at what is there now, and publish again.",
            Self::NotServed(_) => "A cache in between may keep the old one; desktops wait for it.",
            Self::OtherRing { .. } => "Change `ring`, give it a new version, and sign it again.",
            Self::NotApproved { .. } => {
                "`rehearse` with --report, then `approve` with a second admin's key."
            }
            Self::KeyIsOpen(_) => "Take the right to read it from everybody else: chmod 600.",
            Self::Recording { .. } => {
                "`screenpop-admin recorded export` and `recorded make` write such files."
            }
            Self::OtherReport { .. } => {
                "Rehearse the bundle again: something in it changed since, or it is another one."
            }
            Self::Rehearsed { .. } => "The report says which, and what comes out instead.",
            Self::Content(_)
            | Self::Sandbox(_)
            | Self::Sample(_)
            | Self::Bundle { .. }
            | Self::Exists(_)
            | Self::Enrol { .. }
            | Self::Key { .. }
            | Self::NotWritten { .. }
            | Self::Audit { .. }
            | Self::File { .. }
            | Self::Setting(_)
            | Self::RuntimeFile(_)
            | Self::Signing(_)
            | Self::NoRandomness
            | Self::NoSuchConnection(_)
            | Self::Connection { .. }
            | Self::NoClient(_)
            | Self::Diagnosed { .. }
            | Self::Output(_) => return None,
        };
        Some(hint.to_owned())
    }
}

fn counted(count: usize, what: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {what}{ending}")
}

/// Who tried, and why not, each on a line of its own.
fn listed(why: &[(String, String)]) -> String {
    let lines = why.iter().map(|(who, why)| format!("\n  {who}: {why}"));
    lines.collect()
}
