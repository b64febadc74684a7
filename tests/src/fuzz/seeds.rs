//! Where a fuzzer begins: the real samples of this repository, and what spoils them.

use std::fs;
use std::path::{Path, PathBuf};

use pop_crm::built_in;
use pop_source::mapping::BUILT_IN;

use crate::dice::Dice;

/// What each target begins with: real samples, and the committed ones of its folder.
pub fn seeds(target: &str) -> Vec<Vec<u8>> {
    let mut seeds = committed(target);
    let bodies = || samples().into_iter().map(String::into_bytes);
    match target {
        "mapping" => seeds.extend(BUILT_IN.iter().map(|(_, text)| text.as_bytes().to_vec())),
        "definition" => seeds.extend(built_in().iter().map(|(_, text)| text.as_bytes().to_vec())),
        "webhook" | "cloud_event" => seeds.extend(bodies()),
        "crm_answer" => seeds.extend(answers()),
        "expression" => seeds.extend(expressions()),
        _ => {}
    }
    seeds
}

/// The files in a target's folder.
fn committed(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let folder = folder.join(target);
    let entries =
        fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
        .iter()
        .filter_map(|path| fs::read(path).ok())
        .collect()
}

/// What stands between `'''` in the samples of the mappings: bodies as platforms send them.
fn samples() -> Vec<String> {
    let texts = BUILT_IN.iter().flat_map(|(_, text)| quoted(text));
    texts
        .filter(|text| text.trim_start().starts_with('{'))
        .collect()
}

/// The answers in the examples of the definitions, for each CRM in turn.
fn answers() -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for (place, (_, text)) in built_in().iter().enumerate() {
        let first = u8::try_from(place).unwrap_or_default();
        let bodies = text.split("body = '").skip(1);
        let bodies = bodies.filter_map(|rest| Some(rest.split_once('\'')?.0));
        all.extend(bodies.map(|body| [&[first], body.as_bytes()].concat()));
    }
    all
}

/// Whatever stands in quotes in a definition and may be an expression.
fn expressions() -> Vec<Vec<u8>> {
    let texts = built_in().iter().flat_map(|(_, text)| text.split('"'));
    let likely = texts.filter(|text| text.contains("it.") || text.contains("body"));
    likely.map(|text| text.as_bytes().to_vec()).collect()
}

fn quoted(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split("'''").skip(1).step_by(2);
    parts.map(str::to_owned)
}

/// What readers stumble over.
const STONES: &[&[u8]] = &[
    b"\0",
    b"\"",
    b"'",
    b"'''",
    b"\\",
    b"\\u0000",
    b"\\ud800",
    b"{",
    b"}",
    b"[",
    b"]",
    b"[[[[[[[[",
    b"{\"a\":",
    b"\r\n",
    b"\n\n",
    b"%00",
    b"%",
    b"{",
    b"{customer.id}",
    b"{x",
    b"null",
    b"-0",
    b"1e999",
    b"99999999999999999999",
    b"\xff\xfe",
    b"\xc3",
    b"\xe2\x80\xae",
    b"\xf0\x9f\x92\xa9",
    b"..",
    b"/../",
    b"//",
    b"@",
    b":",
    b"#",
    b"?",
    b"&",
    b"=",
    b".map(x, x)",
    b"&&",
    b"1970-01-01T00:00:00Z",
    b"Content-Length: 0\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"javascript:",
    b"xn--",
];

/// Spoils a sample in a few places.
pub fn spoil(sample: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = sample.to_vec();
    for _ in 0..=dice.below(5) {
        let at = dice.below(bytes.len() + 1);
        match dice.below(7) {
            0 => bytes.truncate(at),
            1 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << dice.below(8);
                }
            }
            2 => {
                let until = (at + dice.below(24)).min(bytes.len());
                bytes.drain(at..until);
            }
            3 => {
                let from = dice.below(bytes.len() + 1).min(at);
                let again: Vec<u8> = bytes.get(from..at).unwrap_or_default().to_vec();
                bytes.splice(at..at, again);
            }
            4 => {
                let from = dice.below(other.len() + 1);
                let part = other.get(from..).unwrap_or_default();
                let part = part.get(..part.len().min(200)).unwrap_or_default();
                bytes.splice(at..at, part.iter().copied());
            }
            _ => {
                let stone = STONES.get(dice.below(STONES.len())).copied();
                let times = 1 + dice.below(3) * dice.below(12);
                let stones = stone.unwrap_or_default().repeat(times);
                bytes.splice(at..at, stones);
            }
        }
    }
    bytes
}
