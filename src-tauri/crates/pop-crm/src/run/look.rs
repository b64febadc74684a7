//! Looking whether an earlier try of a write was done after all.

use pop_core::fault::FaultKind;

use crate::language::action::LookFirst;
use crate::run::ask::Call;
use crate::run::check::Asked;
use crate::run::error::Failure;
use crate::run::names::Names;
use crate::run::record::ROWS;
use crate::run::values;

/// What an earlier try left behind, and how many round trips it took to see.
pub(crate) struct Looked {
    /// The names with the row as `it`; `None`: it was not done.
    pub(crate) row: Option<Names>,
    pub(crate) depth: u32,
}

impl Call<'_> {
    pub(crate) async fn look(&self, look: &LookFirst) -> Result<Looked, Failure> {
        let asked = match self.ask_and_learn(&look.asking, &look.result.needs).await {
            Ok(Some(asked)) => asked,
            // Not asked is not "none".
            Ok(None) => return Err(self.fault(FaultKind::NotSupported).into()),
            Err(failure) if failure.none => {
                return Ok(Looked {
                    row: None,
                    depth: 1,
                });
            }
            Err(failure) => return Err(failure),
        };
        let names = asked.names;
        let hits = look.each.expr.eval_list(names.scope());
        let hits = hits.map_err(|_| self.connection.not_understood())?;
        let item = |name: &str| {
            let value = names.get(name).and_then(values::text);
            value.unwrap_or_default()
        };
        let (id, uuid) = (item("item.id"), item("item.uuid"));
        let ours = Asked::Item(&id, &uuid);
        let ids = &self.connection.plan.ids;
        let mut strangers = 0;
        let mut row = None;
        for hit in hits.into_iter().take(ROWS) {
            if ours.is_met(&look.check, ids, &names, &hit) {
                row.get_or_insert(hit);
            } else {
                strangers += 1;
            }
        }
        self.connection.report_strangers(strangers);
        Ok(Looked {
            row: row.map(|row| names.with("it", row)),
            depth: asked.depth,
        })
    }
}
