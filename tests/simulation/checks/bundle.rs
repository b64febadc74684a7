//! What must hold of the organisation's bundle.

use crate::shift::Shift;

impl Shift {
    /// The bundle in force is one that the admin gave out, is the newest of those that were, and the
    /// settings say what it says.
    pub(super) fn check_bundle(&mut self) {
        let shown = self.screen.lock().bundle.clone();
        let Some((bundle, opens)) = shown else {
            return;
        };
        let Some(version) = bundle.active.map(|active| active.version) else {
            return;
        };
        self.told.looks.bundles += 1;
        match self.wires.admin.opens(version) {
            None => self.wrong(format!(
                "version {version} that nobody gave out is in force"
            )),
            Some(says) if says != opens => self.wrong(format!(
                "version {version} says {says:?}, and {opens:?} is in force"
            )),
            Some(_) => {}
        }
        let before = std::mem::replace(&mut self.told.in_force, version);
        if version < before && bundle.trouble.is_none() {
            self.wrong(format!(
                "version {version} came back after {before}, and nobody says why"
            ));
        }
    }

    /// The newest bundle is in force, or it is said why not.
    pub(crate) fn check_newest(&mut self, newest: u32) {
        let shown = self.screen.lock().bundle.clone();
        let is_told = shown.is_some_and(|(bundle, _)| {
            let active = bundle.active.map(|active| active.version);
            active == Some(newest) || bundle.trouble.is_some()
        });
        if !is_told {
            self.wrong(format!(
                "version {newest} is not in force, and nobody says why"
            ));
        }
    }
}
