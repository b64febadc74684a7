//! Where it was measured: processor, memory, system, versions. No name of the machine or its user.

use std::fs;

use serde_json::{Value, json};

/// What a build says of itself that is not the one that is shipped.
const NOT_SHIPPED: &str = "not optimised";

/// Whether a report is of the build that is shipped, and so may be shown to others.
pub(crate) fn is_shipped(described: &Value) -> bool {
    described
        .get("Build")
        .is_some_and(|build| build != NOT_SHIPPED)
}

pub(crate) fn describe() -> Value {
    let processor = line("/proc/cpuinfo", "model name", ':');
    let system = line("/etc/os-release", "PRETTY_NAME", '=');
    let memory = line("/proc/meminfo", "MemTotal", ':');
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let build = if cfg!(debug_assertions) {
        NOT_SHIPPED
    } else {
        "as it is shipped"
    };
    json!({
        "Processor": format!("{processors} × {processor}"),
        "Memory": memory,
        "System": format!("{system}, Linux {}", kernel.trim()),
        "Version": env!("CARGO_PKG_VERSION"),
        "Build": build,
    })
}

/// What a system file says behind a word.
fn line(file: &str, word: &str, sign: char) -> String {
    let text = fs::read_to_string(file).unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with(word));
    let value = line.and_then(|line| line.split_once(sign));
    value.map_or("unknown".to_owned(), |(_, value)| {
        value.trim().trim_matches('"').to_owned()
    })
}
