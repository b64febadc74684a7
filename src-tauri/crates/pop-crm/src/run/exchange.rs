//! One request written, sent and judged.

use pop_core::fault::FaultKind;
use pop_core::http::Response;
use pop_core::template::Part;

use crate::language::reading::Reading;
use crate::language::request::{Asking, Step};
use crate::run::answer::Answer;
use crate::run::ask::Call;
use crate::run::error::{Failure, failure};
use crate::run::label::{Label, Written};
use crate::run::names::Names;
use crate::run::write::Writer;

impl Call<'_> {
    pub(crate) async fn exchange(
        &self,
        asking: &Asking,
        step: &Step,
        names: &Names,
    ) -> Result<Answer, Failure> {
        let signed_names;
        let names = match self.connection.token_names(self.deadline).await? {
            Some(token) => {
                signed_names = names.clone().with("token", token);
                &signed_names
            }
            None => names,
        };
        let written = self
            .write(asking, step, names)
            .map_err(|kind| self.fault(kind))?;
        let is_write = asking.writes(step);
        let judge = |answer: Answer| {
            // 204 says itself that it has nothing to say.
            if is_write && step.ok.is_none() && answer.status == 204 {
                return Ok(answer);
            }
            self.judge(step.ok.as_ref(), names, answer)
        };
        if is_write {
            let judge = |response: &Response| judge(Answer::read(response));
            let connection = self.connection;
            let sent = connection.send_write(&written, self.deadline, judge).await;
            self.progress.note(&sent);
            return sent;
        }
        if let Some(answer) = self.together(step, &written).await {
            let judged = judge(answer?);
            if let Err(failure) = &judged {
                let origin = self.connection.permitted(&written.url)?;
                let lane = self.connection.ports.traffic.lane(&origin);
                self.connection.heed(&lane, failure);
            }
            return judged;
        }
        let judge = |response: &Response| judge(Answer::read(response));
        self.connection
            .send_read(&written, self.deadline, judge)
            .await
    }

    /// The answer, if the request went with others in one envelope.
    ///
    /// One with headers of its own, a form, or an address of its own cannot.
    async fn together(&self, step: &Step, written: &Written) -> Option<Result<Answer, Failure>> {
        let batch = self.connection.plan.batch.as_ref()?;
        let is_below_base = matches!(step.target.parts(), [Part::Text(_), ..]);
        if !is_below_base || !step.headers.is_empty() || !step.form.is_empty() {
            return None;
        }
        let part = self.connection.part_of(written)?;
        if let Err(failure) = self.connection.permitted(&written.url) {
            return Some(Err(failure));
        }
        let sent = self
            .connection
            .send_together(batch, &part, self.deadline, &written.label);
        sent.await
    }

    fn write(&self, asking: &Asking, step: &Step, names: &Names) -> Result<Written, FaultKind> {
        let plan = &self.connection.plan;
        let writer = Writer {
            names,
            texts: [&step.texts, &asking.texts, &plan.texts],
            fields: &plan.fields,
        };
        let (before, parts) = match step.target.parts() {
            [Part::Name(name), rest @ ..] => (origin_of(&writer.value_text(name.path())?)?, rest),
            parts => {
                let base = self.connection.base()?;
                (base.as_str().trim_end_matches('/').to_owned(), parts)
            }
        };
        let mut url = format!("{before}{}", writer.path(parts)?);
        let query = writer.pairs(&step.query)?;
        if !query.is_empty() {
            url = format!("{url}?{}", query.join("&"));
        }
        let mut headers = vec![("accept".to_owned(), "application/json".to_owned())];
        for (name, template) in plan.http.headers.iter().chain(&step.headers) {
            if let Some(value) = writer.plain(template)? {
                if !value.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
                    return Err(FaultKind::UnsafeValue);
                }
                headers.retain(|(known, _)| known != name);
                headers.push((name.clone(), value));
            }
        }
        headers.extend(
            self.context
                .traceparent
                .clone()
                .map(|id| ("traceparent".to_owned(), id)),
        );
        let mut body = None;
        if let Some(json) = &step.json {
            body = writer.json(json)?.map(|json| json.to_string().into_bytes());
            headers.push(("content-type".to_owned(), "application/json".to_owned()));
        } else if !step.form.is_empty() {
            body = Some(writer.pairs(&step.form)?.join("&").into_bytes());
            let kind = "application/x-www-form-urlencoded".to_owned();
            headers.push(("content-type".to_owned(), kind));
        }
        Ok(Written {
            acts: asking.writes(step),
            method: step.method,
            url,
            headers,
            body,
            label: self.label(asking, step),
        })
    }

    fn label(&self, asking: &Asking, step: &Step) -> Label {
        let interaction = self.context.interaction.as_ref();
        Label {
            call: match &step.name {
                Some(name) => format!("{}.{name}", asking.call),
                None => asking.call.clone(),
            },
            path: step.target.source().to_owned(),
            interactions: interaction
                .map(|facts| facts.key.clone())
                .into_iter()
                .collect(),
            traceparent: self.context.traceparent.clone(),
        }
    }

    /// A success that can be read, or what it is instead.
    fn judge(
        &self,
        ok: Option<&Reading>,
        names: &Names,
        answer: Answer,
    ) -> Result<Answer, Failure> {
        if ok.is_none() && answer.is_json && (200..300).contains(&answer.status) {
            return Ok(answer);
        }
        let named = answer.named(names.clone());
        let is_success = (200..300).contains(&answer.status);
        // A condition on the status stands in place of "is 2xx", any other beside it.
        let decides = ok.is_some_and(|ok| ok.paths().any(|path| path == "status"));
        let holds = ok.is_none_or(|ok| ok.holds(named.scope()));
        // An empty answer says nothing, unless the definition knows what its status says.
        let says_something = answer.is_json || (answer.is_empty && decides);
        if holds && (is_success || decides) && says_something {
            return Ok(answer);
        }
        let plan = &self.connection.plan;
        let now = self.connection.now();
        Err(failure(
            &plan.error,
            &answer,
            &named,
            &plan.http.request_id,
            now,
        ))
    }
}

/// The origin that a request begins with, in place of the base.
fn origin_of(text: &str) -> Result<String, FaultKind> {
    let url = url::Url::parse(text).map_err(|_| FaultKind::ForeignAddress)?;
    let origin = url.origin().ascii_serialization();
    let is_bare = text.strip_suffix('/').unwrap_or(text) == origin;
    is_bare.then_some(origin).ok_or(FaultKind::ForeignAddress)
}
