//! What must be known before something can be asked or read: who we are, slowly changing data,
//! computed values.

use std::sync::{Arc, PoisonError};

use futures_util::future::{join, join_all};
use pop_core::fault::FaultKind;
use serde_json::Value;
use tokio::sync::MutexGuard;

use crate::language::names::Needs;
use crate::language::parts::{MePart, RefPart};
use crate::language::reading::Reading;
use crate::run::ask::{Asked, Call, Later};
use crate::run::connection::{Learned, ME};
use crate::run::error::Failure;
use crate::run::names::Names;

impl Call<'_> {
    /// Fetches what must be known first, and binds it.
    pub(crate) fn learn(&self, needs: Needs) -> Later<'_, Result<Asked, Failure>> {
        Box::pin(async move {
            let mut depth = 0;
            let (me, refs) = join(self.learn_me(needs.me), self.learn_refs(&needs)).await;
            depth = depth.max(me?).max(refs?);
            Ok(Asked {
                names: self.recall(self.names.clone(), &needs),
                depth,
            })
        })
    }

    async fn learn_me(&self, needed: bool) -> Result<u32, Failure> {
        let is_known = self.learned(|learned| learned.me.is_some());
        let Some(me) = self
            .connection
            .plan
            .me
            .as_ref()
            .filter(|_| needed && !is_known)
        else {
            return Ok(0);
        };
        let _one_at_a_time = self.one_at_a_time(ME).await;
        if self.learned(|learned| learned.me.is_some()) {
            return Ok(1);
        }
        let epoch = self.epoch();
        let (value, depth) = self.ask_me(me).await?;
        self.remember_me(epoch, value);
        Ok(depth)
    }

    /// How often everything was forgotten.
    pub(crate) fn epoch(&self) -> u64 {
        self.learned(|learned| learned.epoch)
    }

    /// Takes note of who we are, unless everything was forgotten since it was asked.
    pub(crate) fn remember_me(&self, asked_in: u64, me: Value) {
        self.learned(|learned| {
            if learned.epoch == asked_in {
                learned.me = Some(me);
            }
        });
    }

    pub(crate) async fn ask_me(&self, me: &MePart) -> Result<(Value, u32), Failure> {
        let asked = self.ask_and_learn(&me.asking, &me.needs).await?;
        let asked = asked.ok_or_else(|| self.fault(FaultKind::NotSupported))?;
        let members = me.map.iter().filter_map(|(name, reading)| {
            Some((name.clone(), reading.value(asked.names.scope())?))
        });
        Ok((Value::Object(members.collect()), asked.depth))
    }

    async fn learn_refs(&self, needs: &Needs) -> Result<u32, Failure> {
        let parts = self.connection.plan.refs.iter();
        let missing = parts.filter(|part| needs.refs.contains(&part.name) && !self.is_fresh(part));
        let depths = join_all(missing.map(|part| self.learn_ref(part))).await;
        depths
            .into_iter()
            .try_fold(0, |most, depth| depth.map(|depth| most.max(depth)))
    }

    async fn learn_ref(&self, part: &RefPart) -> Result<u32, Failure> {
        let _one_at_a_time = self.one_at_a_time(&part.name).await;
        if self.is_fresh(part) {
            return Ok(1);
        }
        let epoch = self.epoch();
        let Some(asked) = self.ask_and_learn(&part.asking, &part.needs).await? else {
            return Ok(0);
        };
        if let Some(value) = part.value.value(asked.names.scope()) {
            let entry = (self.connection.now(), value);
            self.learned(|learned| {
                if learned.epoch == epoch {
                    learned.refs.insert(part.name.clone(), entry);
                }
            });
        }
        Ok(asked.depth)
    }

    fn is_fresh(&self, part: &RefPart) -> bool {
        let now = self.connection.now();
        self.learned(|learned| {
            let known = learned.refs.get(&part.name);
            known.is_some_and(|(at, _)| now.since(*at) < part.keep)
        })
    }

    async fn one_at_a_time(&self, name: &str) -> Option<MutexGuard<'_, ()>> {
        Some(self.connection.learning.get(name)?.lock().await)
    }

    /// Binds what is known by now.
    pub(crate) fn recall(&self, mut names: Names, needs: &Needs) -> Names {
        self.learned(|learned| {
            if let Some(me) = learned.me.as_ref().filter(|_| needs.me) {
                names.bind("me", me.clone());
            }
            for name in &needs.refs {
                if let Some((_, value)) = learned.refs.get(name) {
                    names.bind_member("ref", name, value.clone());
                }
            }
        });
        names
    }

    fn learned<T>(&self, look: impl FnOnce(&mut Learned) -> T) -> T {
        look(
            &mut self
                .connection
                .learned
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        )
    }
}

/// Computes the values that are needed, each after those it reads.
pub(crate) fn fill_calcs(names: &mut Names, needs: &Needs, calcs: &[&[(String, Arc<Reading>)]]) {
    for name in &needs.calcs {
        let declared = calcs
            .iter()
            .flat_map(|list| list.iter())
            .find(|(known, _)| known == name);
        if let Some(value) = declared.and_then(|(_, calc)| calc.value(names.scope())) {
            names.bind_member("calc", name, value);
        }
    }
}
