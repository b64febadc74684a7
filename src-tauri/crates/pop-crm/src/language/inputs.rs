//! What a form asks for, as names: where it may be placed, and what is written from it in the end.

use std::collections::BTreeSet;

use pop_core::template::Name;

use crate::language::form::FieldPart;
use crate::language::names::Reach;
use crate::language::reading::Reading;
use crate::language::text::Text;

impl Reach<'_> {
    /// This reach with what a form asks for.
    pub(crate) fn with_inputs(&self, form: &[FieldPart]) -> Self {
        let inputs = form
            .iter()
            .map(|field| (field.name.clone(), field.required));
        Self {
            inputs: Some(inputs.collect()),
            ..self.and(&["input"])
        }
    }

    /// What need not be filled in may only be placed where it can be left out.
    pub(crate) fn check_input(&self, name: &Name) -> Result<(), String> {
        let field = name.path().strip_prefix("input.");
        let may_be_absent = field.is_some_and(|field| {
            let inputs = self.inputs.iter().flatten();
            inputs
                .into_iter()
                .any(|(known, required)| known == field && !required)
        });
        if may_be_absent && !name.is_optional() {
            return Err(format!(
                "{{{}?}}, since the field is not required",
                name.path()
            ));
        }
        Ok(())
    }

    /// What these names read in the end, through texts and computed values.
    pub(crate) fn leaves<'n>(&self, names: impl Iterator<Item = &'n str>) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for name in names {
            self.gather_leaves(name, &mut found, 0);
        }
        found
    }

    fn gather_leaves(&self, path: &str, found: &mut BTreeSet<String>, depth: usize) {
        // Circles are reported by `check`; here they must only not be endless.
        if depth > 32 {
            return;
        }
        let (root, rest) = path.split_once('.').unwrap_or((path, ""));
        match root {
            "text" => {
                for name in self.text(rest).into_iter().flat_map(Text::names) {
                    self.gather_leaves(name.path(), found, depth + 1);
                }
            }
            "calc" => {
                let member = rest.split('.').next().unwrap_or_default();
                for path in self.calc(member).into_iter().flat_map(Reading::paths) {
                    self.gather_leaves(path, found, depth + 1);
                }
            }
            _ => {
                found.insert(path.to_owned());
            }
        }
    }
}
