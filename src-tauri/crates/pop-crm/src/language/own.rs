//! Definitions that do not come with the product: what their files must be beside right.
//!
//! Where such files lie, and whose wins, is the engine's; here is what holds wherever they lie.

use std::path::Path;

use crate::built_in::built_in;
use crate::file::fault::{Faults, LoadFault};
use crate::file::overlay::Overlay;
use crate::file::tree::{self, Node};
use crate::language::definition::Definition;

impl Definition {
    /// Reads a definition that does not come with the product, as [`Definition::load`] does. Its id
    /// must be the file's name without `.toml`, and no built-in definition's: whoever connects a CRM
    /// that the product knows signs in where the product says.
    pub fn load_own(
        file_name: &str,
        text: &str,
        overlays: &[Overlay],
    ) -> Result<Self, Vec<LoadFault>> {
        let mut faults: Vec<LoadFault> = misnamed(file_name, text).into_iter().collect();
        match Self::load(file_name, text, overlays) {
            Ok(definition) if faults.is_empty() => Ok(definition),
            Ok(_) => Err(faults),
            Err(found) => {
                faults.extend(found);
                Err(faults)
            }
        }
    }
}

/// What is wrong with the name of a file or the id in it.
fn misnamed(file_name: &str, text: &str) -> Option<LoadFault> {
    let stem = Path::new(file_name).file_stem()?.to_str()?;
    // What cannot be read is told by whoever loads it.
    let tree = tree::read(0, text, &Faults::default());
    let node = tree.get("id");
    let id = node.and_then(Node::text);
    let is_built_in = |id: &str| built_in().iter().any(|(known, _)| *known == id);
    let taken = [id, Some(stem)].into_iter().flatten();
    let taken = taken.into_iter().find(|id| is_built_in(id));
    let (found, expected) = match (taken, id) {
        (Some(taken), _) => (
            taken,
            "another id and file name: that id belongs to a built-in definition; change it with \
             connections.<name>.overlay"
                .to_owned(),
        ),
        (None, Some(id)) if id != stem => (id, format!("{stem:?}, as the file is called")),
        (None, Some(_) | None) => return None,
    };
    Some(LoadFault {
        file: file_name.to_owned(),
        line: node.map_or(0, |node| node.place.line),
        key: "id".to_owned(),
        found: format!("{found:?}"),
        expected,
    })
}
