//! Texts that a page would run or follow if it took them for markup, made by combining: every kind
//! of element that runs or asks for something, every spelling, every place that a text may have to
//! break out of.

/// Where a text stands in a page that takes it for markup, and what it then begins with.
const PLACES: [(&str, &str, &str); 9] = [
    ("", "", ""),
    ("<p title=\"", "\">", ""),
    ("<p title='", "'>", ""),
    ("<title>", "</title>", ""),
    ("<textarea>", "</textarea>", ""),
    ("<script>'", "</script>", ""),
    ("<!--", "-->", ""),
    ("", "{{", "}}"),
    ("", "${", "}"),
];

/// `@` is the code that would run, `#` the address that would be asked.
const BODIES: [&str; 42] = [
    "<script>@</script>",
    "<img src=x onerror=@>",
    "<svg onload=@>",
    "<svg><script>@</script></svg>",
    "<body onload=@>",
    "<iframe onload=@></iframe>",
    "<iframe srcdoc='<script>@</script>'></iframe>",
    "<iframe src=javascript:@></iframe>",
    "<input autofocus onfocus=@>",
    "<details open ontoggle=@>x</details>",
    "<video src=x onerror=@></video>",
    "<audio src=x onerror=@></audio>",
    "<video><source src=x onerror=@></video>",
    "<object data=x onerror=@></object>",
    "<embed src=javascript:@>",
    "<svg><animate attributeName=x dur=1s onbegin=@ /></svg>",
    "<style onload=@></style>",
    "<link rel=stylesheet href=x onerror=@>",
    "<script src=x onerror=@></script>",
    "<marquee onstart=@>x</marquee>",
    "<select autofocus onfocus=@></select>",
    "<math><mtext><img src=x onerror=@></mtext></math>",
    "<noscript><p title='</noscript><img src=x onerror=@>'>",
    "<a href=javascript:@ autofocus onfocus=@>x</a>",
    "<form action=javascript:@><input autofocus onfocus=@></form>",
    "<textarea autofocus onfocus=@></textarea>",
    "<img src=#>",
    "<link rel=stylesheet href=#>",
    "<iframe src=#></iframe>",
    "<script src=#></script>",
    "<video poster=#></video>",
    "<audio src=#></audio>",
    "<object data=#></object>",
    "<embed src=#>",
    "<style>@import url(#)</style>",
    "<p style=background:url(#)>x</p>",
    "<meta http-equiv=refresh content=0;url=#>",
    "<input type=image src=#>",
    "<svg><image href=# /></svg>",
    "<picture><source srcset=#><img></picture>",
    "<link rel=icon href=#>",
    "<body background=#>",
];

/// How a body is spelt; the last four are inert unless somebody decodes them.
const SPELLINGS: [fn(&str) -> String; 12] = [
    str::to_owned,
    |body| body.to_uppercase(),
    alternating,
    |body| body.replacen(' ', "/", 1),
    |body| body.replace("=@", "=\"@\"").replace("=#", "=\"#\""),
    |body| body.replace("=@", "='@'").replace("=#", "='#'"),
    // As character references: `*` is their sign until addresses stand in.
    |body| body.replace('@', "&*116;&*111;&*112;.hit=~"),
    |body| format!("<{body}"),
    |body| body.replace('<', "&lt;").replace('>', "&gt;"),
    |body| body.replace('<', "%3C").replace('>', "%3E"),
    |body| body.replace('<', "\\u003c").replace('>', "\\u003e"),
    |body| body.replace('<', "\u{ff1c}").replace('>', "\u{ff1e}"),
];

/// How many there are at most.
pub const ALL: usize = BODIES.len() * SPELLINGS.len() * PLACES.len();
/// Far from every length of the lists, so that few of them are still of every kind.
const STRIDE: usize = 2_531;

/// A text, and where it would do what it is meant to.
#[derive(Clone, Debug)]
pub struct Payload {
    /// The text. What it runs is `top.hit=` its number; what it asks for ends in its number.
    pub text: String,
    /// What stands before it in a page that it is made for.
    pub before: &'static str,
}

/// The first so many, of every kind; addresses lead to a witness.
pub fn payloads(count: usize, witness: &str) -> Vec<Payload> {
    (0..count.min(ALL))
        .filter_map(|number| payload(number, witness))
        .collect()
}

fn payload(number: usize, witness: &str) -> Option<Payload> {
    let chosen = number * STRIDE % ALL;
    let (rest, place) = (chosen / PLACES.len(), chosen % PLACES.len());
    let body = BODIES.get(rest / SPELLINGS.len())?;
    let spell = SPELLINGS.get(rest % SPELLINGS.len())?;
    let (before, opening, closing) = PLACES.get(place)?;
    let spelt = spell(body)
        .replace('@', &format!("top.hit={number}"))
        .replace('~', &number.to_string())
        .replace('#', &format!("{witness}/{number}"))
        .replace('*', "#");
    Some(Payload {
        text: format!("{opening}{spelt}{closing}"),
        before,
    })
}

fn alternating(body: &str) -> String {
    let letters = body.chars().enumerate();
    letters
        .map(|(at, letter)| {
            if at % 2 == 0 {
                letter.to_ascii_uppercase()
            } else {
                letter
            }
        })
        .collect()
}
