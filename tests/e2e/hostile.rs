//! A CRM whose every text is hostile: the window shows it as it stands and does nothing that it says.
//!
//! The window's policy would stop a script even if the page took a text for markup. So what counts
//! is not only that nothing ran and nothing was asked, but that nothing tried.

use std::sync::Arc;
use std::time::Duration;

use pop_tests::desktop::{Keychain, wait_until};
use pop_tests::hostile::{Payload, payloads};
use pop_tests::signed::chat;
use pop_tests::site::{Page, REPORT, Seen, Site};
use pop_tests::surfer::{Engine, Surfer};
use serde_json::{Value, json};

use crate::app::{Open, Place};

/// How many texts an ordinary run tries.
const ORDINARY: usize = 40;
/// Says how many, up to 4,536.
const COUNT: &str = "SCREENPOP_HOSTILE";
/// About half do something; a third are inert for whoever decodes nothing.
const AWAKE_PERCENT: usize = 40;
/// The page tries fifty at a time, for a second and a half.
const AWAKE_LIMIT: Duration = Duration::from_mins(3);

/// Notes whatever runs, and whatever the window's policy stopped.
const WATCH: &str = "const done = arguments[0]; window.ran = []; \
    Object.defineProperty(window, 'hit', { set: (number) => window.ran.push(number) }); \
    addEventListener('securitypolicyviolation', (stopped) => \
      window.ran.push(`${stopped.violatedDirective} ${stopped.sample}`)); \
    done();";

/// Waits until the card in front is about the text; what is wrong with it, and how often it stands.
const LOOK: &str = "const [text, done] = arguments; const end = Date.now() + 15000; \
    const leaves = (pane) => [...pane.querySelectorAll('*')] \
      .filter((it) => it.children.length === 0 && it.textContent.includes(text)).length; \
    const alien = 'script, img, iframe, object, embed, video, audio, source, link, meta, base, \
      style, marquee, math, picture, image, animate, a[href^=javascript]'; \
    const live = (it) => it.getAttributeNames().some((name) => name.startsWith('on')); \
    (function look() { \
      const pane = document.querySelector('.pane[data-pop]:not([hidden])'); \
      const shown = pane?.querySelector('h1')?.textContent === text ? leaves(pane) : 0; \
      if (shown < 8 && Date.now() < end) return void setTimeout(look, 20); \
      const all = [...(pane?.querySelectorAll('*') ?? [])]; \
      done({ shown, title: pane?.querySelector('h1')?.textContent, \
        alien: all.filter((it) => it.matches(alien) || live(it)).map((it) => it.outerHTML) }); \
    })();";

/// What the window must never do; what was noticed of it, for as long as it takes.
const AS_MARKUP: &str = "const [text, done] = arguments; \
    try { document.querySelector('h1').innerHTML = text; } catch { /* Stopped at once. */ } \
    (function look(tries) { \
      if (window.ran.length || !tries) done(window.ran); else setTimeout(look, 20, tries - 1); \
    })(200);";

/// The control: the same texts as markup, each in a document of its own.
const AWAKE: &str = r#"<!doctype html><meta charset="utf-8"><body><script>
const hits = new Set();
Object.defineProperty(window, 'hit', { set: (number) => hits.add(number) });
const pause = (time) => new Promise((over) => setTimeout(over, time));
(async () => {
  const texts = await (await fetch('/texts')).json();
  for (let at = 0; at < texts.length; at += 50) {
    for (const [before, text] of texts.slice(at, at + 50)) {
      const srcdoc = `<!doctype html>${before}${text}`;
      document.body.append(Object.assign(document.createElement('iframe'), { srcdoc }));
    }
    await pause(1500);
    document.body.replaceChildren();
  }
  await fetch('/report', { method: 'POST', body: JSON.stringify([...hits]) });
})();
</script>"#;

/// What a CRM with a plain REST interface says of customer `h<number>`: the text, everywhere.
fn crm(texts: &[Payload], asked: &Seen) -> Option<(&'static str, String)> {
    let path = asked.path.split('?').next()?;
    let mut parts = path.strip_prefix("/api/")?.split('/');
    let about = (parts.next()?, parts.next(), parts.next());
    let text = |id: &str| {
        Some(
            texts
                .get(id.strip_prefix('h')?.parse::<usize>().ok()?)?
                .text
                .as_str(),
        )
    };
    let answer = match about {
        ("me", None, None) => json!({ "id": "a1", "name": "Jordan", "email": "j@example.com" }),
        ("customers", Some(id), None) => customer(id, text(id)?),
        ("customers", Some(id), Some("cases")) => case(id, text(id)?),
        ("customers", Some(id), Some(_)) => activity(id, text(id)?),
        _ => json!({ "items": [], "total": 0 }),
    };
    Some(("application/json", answer.to_string()))
}

fn customer(id: &str, text: &str) -> Value {
    json!({
        "customerId": id, "name": text, "email": text, "phone": text, "company": text,
        "status": text, "language": text, "region": text, "manager": text, "url": text,
        "account": text, "since": text, "birthYear": text, "city": text, "openCases": 1,
    })
}

fn case(id: &str, text: &str) -> Value {
    let at = "2026-01-06T15:57:41Z";
    let case = json!({
        "caseId": "c1", "customerId": id, "number": text, "subject": text, "status": text,
        "statusLabel": text, "priority": text, "createdAt": at, "updatedAt": at, "dueAt": at,
        "owner": text, "url": text,
    });
    json!({ "items": [case], "total": 1 })
}

fn activity(id: &str, text: &str) -> Value {
    let activity = json!({
        "id": "i1", "customerId": id, "channel": text, "summary": text, "outcome": text,
        "agent": text, "at": "2026-01-06T15:57:41Z",
    });
    json!({ "items": [activity], "total": 1 })
}

fn count() -> usize {
    let asked = std::env::var(COUNT).ok();
    asked.map_or(ORDINARY, |count| count.parse().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_a_crm_says_is_shown_as_it_stands_and_never_done() {
    let witness = Site::start(Vec::new()).unwrap();
    let texts = Arc::new(payloads(count(), &witness.url()));
    let place = Place::with(Keychain::Unlocked, SETTINGS);
    place.set_policy(&json!({ "security": { "allow_loopback_http": true } }));
    let app = place.open().await;
    let answers = Arc::clone(&texts);
    let server = Site::answering(move |asked| crm(&answers, asked)).unwrap();
    app.connect(&server.url(), "a-token-of-the-hostile-crm")
        .await;
    app.run(WATCH, Vec::new()).await;
    for (number, payload) in texts.iter().enumerate() {
        show(&app, number, payload).await;
    }
    let ran = app.run("arguments[0](window.ran)", Vec::new()).await;
    assert_eq!(ran, json!([]), "nothing ran, and nothing had to be stopped");
    assert_eq!(witness.seen(), [], "nothing was asked for");
    let ran = app
        .run(AS_MARKUP, vec![json!("<img src=x onerror=top.hit=1>")])
        .await;
    assert_ne!(ran, json!([]), "the control: what tries is noticed");
    app.close().await;
    the_same_as_markup_is_awake(&place, &texts, &witness);
}

const SETTINGS: &str = r#"{
  "agent": { "id": "agent01" },
  "sandbox": { "enabled": true },
  "listener": { "enabled": true, "port": 0 },
  "pop": { "open": "never" }
}
"#;

/// Has the customer called for, and looks at the card.
async fn show(app: &Open, number: usize, payload: &Payload) {
    let interaction = format!("i-{number}");
    let customer = format!("h{number}");
    let offered = chat(&interaction, "offered", &customer);
    assert_eq!(app.sender.post(&offered).unwrap(), 202);
    let seen = app.run(LOOK, vec![json!(payload.text)]).await;
    let shown = seen["shown"].as_u64().unwrap_or_default();
    assert!(
        shown >= 8,
        "{} is shown in all fields: {seen}",
        payload.text
    );
    assert_eq!(seen["alien"], json!([]), "{} became markup", payload.text);
    let declined = chat(&interaction, "declined", &customer);
    assert_eq!(app.sender.post(&declined).unwrap(), 202);
}

/// The control: a page that takes them for markup runs and asks for what they say.
fn the_same_as_markup_is_awake(place: &Place, texts: &[Payload], witness: &Site) {
    let pairs: Vec<_> = texts.iter().map(|it| (it.before, &it.text)).collect();
    let page = |path: &str, kind, text: String| Page {
        path: path.into(),
        kind,
        text,
    };
    let site = Site::start(vec![
        page("/awake", "text/html", AWAKE.into()),
        page("/texts", "application/json", json!(pairs).to_string()),
    ])
    .unwrap();
    let url = format!("{}/awake", site.url());
    for engine in [Engine::Chromium, Engine::WebKit] {
        let before = (site.seen().len(), witness.seen().len());
        let surfer = Surfer::open(&place.desktop, engine, &site, &url).unwrap();
        let reports = wait_until("what ran", AWAKE_LIMIT, || {
            let seen = site.seen().into_iter().skip(before.0);
            let reports: Vec<_> = seen.filter(|it| it.path == REPORT).collect();
            Ok((!reports.is_empty()).then_some(reports))
        });
        drop(surfer);
        let mut awake: Vec<usize> = serde_json::from_str(&reports.unwrap()[0].body).unwrap();
        let asked = witness.seen().into_iter().skip(before.1);
        awake.extend(asked.filter_map(|it| it.path.trim_start_matches('/').parse::<usize>().ok()));
        awake.sort_unstable();
        awake.dedup();
        let (awake, of) = (awake.len(), texts.len());
        println!("{engine:?} runs or follows {awake} of {of}");
        assert!(
            awake * 100 >= of * AWAKE_PERCENT,
            "{engine:?}: {awake} of {of} are awake"
        );
    }
}
