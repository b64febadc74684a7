//! What a connection would do, as its definition spells it: the requests of a question and the
//! templates of a record's link, before any value is placed. Nothing is asked for it.

use pop_core::identifier::Kind;
use pop_core::profile::RecordKind;
use pop_core::template::Template;

use crate::language::parts::Rows;
use crate::run::connection::Connection;

/// What would be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// Who it is, by an identifier of this kind.
    Who(Kind),
    /// The cases of a customer.
    Cases,
    /// The activities of a customer.
    Activities,
}

/// One request that would be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Where it stands in the definition, such as `find.phone`.
    pub call: String,
    /// Method and path, such as `GET /api/customers/{id}`.
    pub request: String,
    /// The finds that must have found nobody before it is sent.
    pub if_none: Vec<String>,
}

impl Connection {
    /// The requests of a question, in the order of the definition; none where it cannot be asked.
    pub fn planned(&self, asks: Asks) -> Vec<Planned> {
        let lists = |parts: &[crate::language::parts::ListPart]| {
            let parts = parts.iter().filter(|part| self.is_on(&part.rows));
            parts
                .flat_map(|part| requests(&part.rows, &[]))
                .collect::<Vec<_>>()
        };
        match asks {
            Asks::Who(kind) => {
                let finds = self.plan.finds.iter();
                let finds = finds.filter(|find| find.by == kind && self.is_on(&find.rows));
                finds
                    .flat_map(|find| requests(&find.rows, &find.if_none))
                    .collect()
            }
            Asks::Cases => lists(&self.plan.cases),
            Asks::Activities => lists(&self.plan.activities),
        }
    }

    /// The templates of a record's link, in the order in which they are tried.
    pub fn link_templates(&self, kind: RecordKind) -> Vec<&str> {
        let link = &self.plan.link;
        let templates = match kind {
            RecordKind::Customer => &link.customer,
            RecordKind::Case => &link.case,
            RecordKind::Account => &link.account,
        };
        templates.iter().map(Template::source).collect()
    }
}

fn requests<'p>(rows: &'p Rows, if_none: &'p [String]) -> impl Iterator<Item = Planned> + 'p {
    rows.asking.steps.iter().map(|step| Planned {
        call: match &step.name {
            Some(name) => format!("{}.step.{name}", rows.asking.call),
            None => rows.asking.call.clone(),
        },
        request: format!("{} {}", step.method.word(), step.target.source()),
        if_none: if_none.to_vec(),
    })
}
