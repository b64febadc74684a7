//! The reasons in words for people, in each language: sections of lines, as the window and the
//! shell show them.

use crate::desk::{OpenPolicy, Place};
use crate::explain::{
    Asked, Explanation, Held, NotOpening, OpeningBy, Person, Verdict, WhyCustomer, WhyOpening,
};
use crate::identifier::{Assurance, Kind};
use crate::language::{Given, Language};
use crate::profile::ConnectionId;
use crate::ruling::Does;

/// Some lines below one title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The title.
    pub title: String,
    /// The lines.
    pub lines: Vec<Line>,
}

/// One reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What kind of reason it is.
    pub sign: Sign,
    /// The reason.
    pub text: String,
    /// More about it.
    pub detail: Option<String>,
}

/// What kind of reason a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// It speaks for what came out.
    For,
    /// It speaks against something.
    Against,
    /// Somebody has to look.
    Careful,
    /// It is said for completeness.
    Plain,
}

/// How the reasons are told.
#[derive(Clone, Copy, Debug, Default)]
pub struct Telling {
    /// What keeps every record from opening by itself.
    pub held: Option<Held>,
    /// Whether it is only said what would happen.
    pub dry: bool,
    /// The reader's language.
    pub language: Language,
}

/// Who reads, and what the connections are called.
struct Teller<'t> {
    label: &'t dyn Fn(&ConnectionId) -> String,
    telling: Telling,
    language: Language,
}

impl Explanation {
    /// The reasons in words.
    pub fn sections(
        &self,
        label: &dyn Fn(&ConnectionId) -> String,
        telling: Telling,
    ) -> Vec<Section> {
        let language = telling.language;
        let teller = Teller {
            label,
            telling,
            language,
        };
        let mut who = vec![teller.customer(&self.customer)];
        who.extend(self.identifiers.iter().map(|(kind, assurance)| {
            let by = teller.by(*kind, *assurance);
            teller.line(Sign::Plain, "explain-came", &[("by", (&by).into())])
        }));
        who.extend(self.refused.iter().map(|(kind, why)| {
            let kind = teller.kind(*kind);
            let given = [("kind", (&kind).into()), ("why", (*why).into())];
            teller.line(Sign::Against, "explain-refused", &given)
        }));
        let people = self.people.iter().map(|person| teller.person(person));
        let asked = self.asked.iter();
        let asked = asked.map(|(connection, asked)| teller.asked(connection, asked));
        let rules = self.rules.iter();
        let mut rules: Vec<Line> = rules
            .map(|given| teller.rule(&given.rule, &given.does))
            .collect();
        if rules.is_empty() {
            rules.push(teller.line(Sign::Plain, "explain-rule-none", &[]));
        }
        let sections = [
            ("explain-who", who),
            ("explain-people", people.collect()),
            (
                "explain-opening",
                teller.opening(&self.opening, &self.opening_by),
            ),
            ("explain-rules", rules),
            ("explain-asked", asked.collect()),
        ];
        let sections = sections.into_iter();
        let told = sections.filter(|(_, lines): &(_, Vec<Line>)| !lines.is_empty());
        told.map(|(id, lines)| Section {
            title: language.say(id, &[]),
            lines,
        })
        .collect()
    }
}

impl Teller<'_> {
    fn line(&self, sign: Sign, id: &str, given: &[(&str, Given<'_>)]) -> Line {
        Line {
            sign,
            text: self.language.say(id, given),
            detail: None,
        }
    }

    fn with_text(&self, sign: Sign, id: &str, given: &[(&str, Given<'_>)]) -> Line {
        Line {
            detail: Some(self.language.say_of(id, "text", given)),
            ..self.line(sign, id, given)
        }
    }

    fn kind(&self, kind: Kind) -> String {
        self.language
            .say(&format!("explain-kind-{}", kind.word()), &[])
    }

    fn by(&self, kind: Kind, assurance: Assurance) -> String {
        let id = match assurance {
            Assurance::Authenticated => "explain-by-authenticated",
            Assurance::Attached => "explain-by-attached",
            Assurance::Claimed => "explain-by-claimed",
            Assurance::CallerNumber => "explain-by-caller",
        };
        self.language
            .say(id, &[("kind", (&self.kind(kind)).into())])
    }

    fn all(&self, by: &[(Kind, Assurance)]) -> String {
        let by = by
            .iter()
            .map(|(kind, assurance)| self.by(*kind, *assurance));
        by.collect::<Vec<_>>().join("; ")
    }

    fn customer(&self, why: &WhyCustomer) -> Line {
        match why {
            WhyCustomer::Only {
                connection,
                by,
                sure,
            } => {
                let (crm, by) = ((self.label)(connection), self.all(by));
                let given = [("crm", (&crm).into()), ("by", (&by).into())];
                if *sure {
                    self.with_text(Sign::For, "explain-who-one", &given)
                } else {
                    self.with_text(Sign::Careful, "explain-who-unsure", &given)
                }
            }
            WhyCustomer::Chosen(connection) => {
                let crm = (self.label)(connection);
                self.with_text(Sign::For, "explain-who-chosen", &[("crm", (&crm).into())])
            }
            WhyCustomer::Several { conflict: true, .. } => {
                self.with_text(Sign::Careful, "explain-who-conflict", &[])
            }
            WhyCustomer::Several { count, .. } => {
                let count = u64::try_from(*count).unwrap_or(u64::MAX);
                self.with_text(Sign::Careful, "explain-who-several", &[("n", count.into())])
            }
            WhyCustomer::Nobody => self.with_text(Sign::Against, "explain-who-none", &[]),
            WhyCustomer::NobodyAnswered => self.with_text(Sign::Against, "explain-who-failed", &[]),
            WhyCustomer::Looking => self.with_text(Sign::Plain, "explain-who-looking", &[]),
            WhyCustomer::NothingToLookFor => {
                self.with_text(Sign::Against, "explain-who-nothing", &[])
            }
        }
    }

    fn person(&self, person: &Person) -> Line {
        let (sign, id) = match person.verdict {
            Verdict::Meant => (Sign::For, "explain-person-meant"),
            Verdict::SameHuman => (Sign::For, "explain-person-same"),
            Verdict::Among => (Sign::Careful, "explain-person-among"),
            Verdict::Undecided => (Sign::Plain, "explain-person-undecided"),
            Verdict::Weaker => (Sign::Against, "explain-person-weaker"),
            Verdict::Rejected => (Sign::Against, "explain-person-rejected"),
            Verdict::NotChosen => (Sign::Against, "explain-person-not_chosen"),
            Verdict::LessImportant => (Sign::Against, "explain-person-less"),
        };
        let crm = (self.label)(&person.connection);
        let by = self.all(&person.by);
        let why = self.language.say(id, &[]);
        let given = [
            ("why", (&why).into()),
            ("crm", (&crm).into()),
            ("by", (&by).into()),
        ];
        Line {
            sign,
            text: person.name.clone().unwrap_or_else(|| crm.clone()),
            detail: Some(self.language.say("explain-person", &given)),
        }
    }

    fn asked(&self, connection: &ConnectionId, asked: &Asked) -> Line {
        let crm = (self.label)(connection);
        let found = |count: &usize| {
            let count = u64::try_from(*count).unwrap_or(u64::MAX);
            let given = [("crm", (&crm).into()), ("n", count.into())];
            self.language.say("explain-asked-found", &given)
        };
        match asked {
            Asked::Found(count) => Line {
                sign: if *count == 0 { Sign::Plain } else { Sign::For },
                text: found(count),
                detail: None,
            },
            Asked::Partly(count, fault) => Line {
                sign: Sign::Careful,
                text: found(count),
                detail: Some(fault.words_of_a_part(&crm, self.language).title),
            },
            Asked::Failed(fault) => {
                let words = fault.words(&crm, self.language);
                Line {
                    sign: Sign::Against,
                    text: words.title,
                    detail: Some(words.text),
                }
            }
            Asked::Waiting => self.line(
                Sign::Plain,
                "explain-asked-waiting",
                &[("crm", (&crm).into())],
            ),
        }
    }

    fn opening(&self, why: &WhyOpening, by: &OpeningBy) -> Vec<Line> {
        let held = self.telling.held;
        let line = match why {
            WhyOpening::OnItsWay | WhyOpening::Pausing if self.telling.dry => {
                self.line(Sign::For, "explain-opening-would", &[])
            }
            WhyOpening::Opened(Place::Browser) => {
                self.line(Sign::For, "explain-opening-browser", &[])
            }
            WhyOpening::Opened(Place::Crm) => self.line(Sign::For, "explain-opening-crm", &[]),
            WhyOpening::OnItsWay => self.line(Sign::Plain, "explain-opening-way", &[]),
            WhyOpening::Failed(why) => Line {
                detail: Some(why.clone()),
                ..self.line(Sign::Against, "explain-opening-failed", &[])
            },
            WhyOpening::HeldBack => self.with_text(Sign::Against, "explain-opening-held_back", &[]),
            WhyOpening::Pausing => self.with_text(Sign::Plain, "explain-opening-pausing", &[]),
            WhyOpening::Not(NotOpening::Never) => match held {
                Some(Held::Paused) => self.line(Sign::Against, "explain-opening-paused", &[]),
                Some(Held::Follower) => self.line(Sign::Against, "explain-opening-follower", &[]),
                Some(Held::BundleOver) => self.line(Sign::Against, "explain-opening-bundle", &[]),
                None => self.line(Sign::Against, "explain-opening-never", &[]),
            },
            WhyOpening::Not(not) => self.line(Sign::Against, not_opening(*not), &[]),
        };
        let decided_by_policy = held.is_none()
            && !matches!(
                why,
                WhyOpening::Not(
                    NotOpening::Looking
                        | NotOpening::Nobody
                        | NotOpening::Several
                        | NotOpening::Conflict
                        | NotOpening::NotSure
                )
            );
        let by = decided_by_policy.then(|| match by {
            OpeningBy::Setting => self.line(Sign::Plain, "explain-opening_by-setting", &[]),
            OpeningBy::Outbound => self.line(Sign::Plain, "explain-opening_by-outbound", &[]),
            OpeningBy::Rule(rule) => self.line(
                Sign::Plain,
                "explain-opening_by-rule",
                &[("rule", rule.into())],
            ),
        });
        std::iter::once(line).chain(by).collect()
    }

    fn rule(&self, rule: &str, does: &Does) -> Line {
        let (id, value) = match does {
            Does::Silent => ("explain-rule-silent", None),
            Does::Open(OpenPolicy::Offer) => ("explain-rule-offer", None),
            Does::Open(OpenPolicy::Accept) => ("explain-rule-accept", None),
            Does::Open(OpenPolicy::Never) => ("explain-rule-never", None),
            Does::Records => ("explain-rule-records", None),
            Does::Vip => ("explain-rule-vip", None),
            Does::Priority(value) => ("explain-rule-priority", Some(value)),
            Does::Queue(value) => ("explain-rule-queue", Some(value)),
            Does::Language(value) => ("explain-rule-language", Some(value)),
        };
        let value = value.map(String::as_str).unwrap_or_default();
        let does = self.language.say(id, &[("value", value.into())]);
        Line {
            sign: Sign::For,
            text: does,
            detail: Some(
                self.language
                    .say("explain-rule-by", &[("rule", rule.into())]),
            ),
        }
    }
}

fn not_opening(not: NotOpening) -> &'static str {
    match not {
        NotOpening::Looking => "explain-opening-looking",
        NotOpening::Nobody => "explain-opening-nobody",
        NotOpening::Several => "explain-opening-several",
        NotOpening::Conflict => "explain-opening-conflict",
        NotOpening::NotSure => "explain-opening-not_sure",
        NotOpening::Used => "explain-opening-used",
        NotOpening::Over => "explain-opening-over",
        NotOpening::BeforeAccept => "explain-opening-before_accept",
        NotOpening::Never => "explain-opening-never",
        NotOpening::NoRecord => "explain-opening-no_record",
    }
}
