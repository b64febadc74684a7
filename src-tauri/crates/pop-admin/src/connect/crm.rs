//! A definition proposed from one answer of a CRM: how a customer is found, what of the answer is
//! what, and the answer itself as its example.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::connect::sample::{Leaf, alike, is_email, is_phone, leaves, named, quoted};

/// What the admin says of the CRM.
pub(crate) struct Asked {
    pub(crate) id: String,
    pub(crate) name: String,
    /// The request, such as `GET /people?phone={phone.e164}`.
    pub(crate) call: String,
    /// The path of the request that says who we are.
    pub(crate) me: String,
    /// What is found by: `id`, `external_id`, `email` or `phone`.
    pub(crate) by: &'static str,
    /// A record's page, as in a browser, with `{customer.id}`.
    pub(crate) page: String,
    /// The header that signs in, with `{secret}`.
    pub(crate) header: (String, String),
}

/// The text, and what was not found in the answer.
pub(crate) fn proposed(asked: &Asked, answer: &Value) -> Result<(String, Vec<String>), String> {
    let (each, row, whole) = row(answer)?;
    let all = leaves(&row);
    let id = named(
        &all,
        &[
            "id",
            "customerid",
            "contactid",
            "personid",
            "sysid",
            "uuid",
            "key",
        ],
    );
    let id = id.ok_or("a member with the customer's id, such as `id`")?;
    let emails = alike(&all, &["mail"], is_email);
    let phones = alike(&all, &["phone", "mobile", "tel", "cell"], is_phone);
    let by = match asked.by {
        "email" => emails.first().copied(),
        "phone" => phones.first().copied(),
        _ => Some(id),
    };
    let by = by.ok_or_else(|| format!("a member with the {} that was asked for", asked.by))?;
    let given = match asked.by {
        "phone" => number(&by.text())?,
        _ => by.text(),
    };
    let mut text = head(asked, &id.text());
    find(asked, &each, by, &emails, &phones, &mut text);
    let mut gives = json!({ "id": id.text() });
    let mut missing = Vec::new();
    let _ = writeln!(text, "\n[customer]\nid = {}", quoted(&id.read("it")));
    if let Some((read, value)) = name(&all) {
        let _ = writeln!(text, "name = {}", quoted(&read));
        give(&mut gives, "name", json!(value));
    } else {
        missing.push("the customer's name".to_owned());
    }
    for (key, list) in [("emails", &emails), ("phones", &phones)] {
        if list.is_empty() {
            missing.push(format!("{key} of the customer"));
            continue;
        }
        let reads: Vec<String> = list.iter().map(|leaf| leaf.read("it")).collect();
        let _ = writeln!(
            text,
            "{key} = {}",
            quoted(&format!("present({})", reads.join(", ")))
        );
        let values: Vec<String> = list.iter().map(|leaf| leaf.text()).collect();
        give(&mut gives, key, json!(values));
    }
    let rest: [(&str, &[&str]); 4] = [
        (
            "company",
            &[
                "companyname",
                "organizationname",
                "company",
                "organization",
                "organisation",
            ],
        ),
        ("tier", &["tier", "segment", "grade", "level", "status"]),
        ("language", &["language", "locale", "lang"]),
        ("region", &["region", "country"]),
    ];
    for (key, names) in rest {
        match named(&all, names).filter(|leaf| leaf.value.is_string()) {
            Some(leaf) => {
                let _ = writeln!(text, "{key} = {}", quoted(&leaf.read("it")));
                give(&mut gives, key, json!(leaf.text()));
            }
            None => missing.push(format!("the customer's {key}")),
        }
    }
    let _ = writeln!(
        text,
        "\n[link]\nwithin = [\"{{setting.host}}\"]\ncustomer = [{}]",
        quoted(&asked.page)
    );
    let given = json!({ asked.by: given });
    let _ = writeln!(
        text,
        "\n[example.sample]\nfind = {}\ngiven = {}\nanswer = {{ status = 200, body = {} }}\n\
         gives = {{ customer = {} }}",
        quoted(asked.by),
        table(&given),
        quoted(&whole.to_string()),
        table(&gives)
    );
    Ok((text, missing))
}

fn head(asked: &Asked, id: &str) -> String {
    let Asked {
        id: own,
        name,
        me,
        header: (field, value),
        ..
    } = asked;
    format!(
        "# Proposed from one answer; review it, then `screenpop-admin crm check`.\n\
         # docs/connect-your-own-crm.md goes on with cases, history and writing.\n\
         language = 1\nid = {}\nname = {}\n\n\
         [setting]\nhost = {{ kind = \"host\", label = \"Address\", example = \"crm.example.com\" }}\n\n\
         [auth.token]\nkind = \"secret\"\nlabel = \"API token\"\nheader = {{ {} = {} }}\n\n\
         [http]\nbase = \"https://{{setting.host}}\"\nwithin = [\"{{setting.host}}\"]\n\n\
         [ids]\npattern = '{}'\n\n\
         # Not in the sample: who we are in the CRM, which is the connection test. Put a true answer here.\n\
         [me]\ncall = {}\nmap = {{ id = \"body.id\", name = \"body.name\" }}\n\
         [example.me]\nme = true\n\
         answer = {{ status = 200, body = '{{\"id\":\"1\",\"name\":\"Somebody\"}}' }}\n\
         gives = {{ me = {{ id = \"1\", name = \"Somebody\" }} }}\n",
        quoted(own),
        quoted(name),
        quoted(field),
        quoted(value),
        pattern(id),
        quoted(&format!("GET {me}")),
    )
}

fn find(
    asked: &Asked,
    each: &str,
    by: &Leaf<'_>,
    emails: &[&Leaf<'_>],
    phones: &[&Leaf<'_>],
    text: &mut String,
) {
    let (call, query) = match asked.call.split_once('?') {
        Some((call, query)) => (call, Some(query)),
        None => (&*asked.call, None),
    };
    let checked: Vec<String> = match asked.by {
        "email" => emails.iter().map(|leaf| quoted(&leaf.read("it"))).collect(),
        "phone" => phones.iter().map(|leaf| quoted(&leaf.read("it"))).collect(),
        _ => vec![quoted(&by.read("it"))],
    };
    let _ = writeln!(
        text,
        "\n[find.{}]\nby = {}\ncall = {}",
        asked.by,
        quoted(asked.by),
        quoted(call)
    );
    if let Some(query) = query {
        let members = query.split('&').map(|member| {
            let (name, value) = member.split_once('=').unwrap_or((member, ""));
            format!("{} = {}", quoted(name), quoted(value))
        });
        let members: Vec<String> = members.collect();
        let _ = writeln!(text, "query = {{ {} }}", members.join(", "));
    }
    let _ = writeln!(
        text,
        "each = {}\ncheck = [{}]",
        quoted(each),
        checked.join(", ")
    );
}

/// Where the customers stand, the first of them, and the answer with that one alone.
fn row(answer: &Value) -> Result<(String, Value, Value), String> {
    let none =
        || "a customer: the answer is an empty list; take one that found somebody".to_owned();
    if let Value::Array(items) = answer {
        let first = items.first().cloned().ok_or_else(none)?;
        return Ok(("body".to_owned(), first.clone(), json!([first])));
    }
    let members = answer
        .as_object()
        .ok_or("an object or a list of objects, in JSON")?;
    let lists = members
        .iter()
        .filter_map(|(name, it)| Some((name, it.as_array()?)));
    let mut lists = lists.filter(|(_, items)| items.first().is_none_or(Value::is_object));
    if let (Some((name, items)), None, None) = (lists.next(), lists.next(), members.get("id")) {
        let first = items.first().cloned().ok_or_else(none)?;
        let leaf = Leaf {
            path: vec![name.clone()],
            value: answer,
        };
        let each = leaf.read("body");
        return Ok((each, first.clone(), json!({ name.clone(): [first] })));
    }
    Ok(("[body]".to_owned(), answer.clone(), answer.clone()))
}

/// How the name is read, and what it is in the sample.
fn name(all: &[Leaf<'_>]) -> Option<(String, String)> {
    let whole = named(all, &["fullname", "displayname", "name", "customername"]);
    // One further down is something else's name, such as the company's.
    if let Some(leaf) = whole.filter(|leaf| leaf.value.is_string() && leaf.path.len() == 1) {
        return Some((leaf.read("it"), leaf.text()));
    }
    let first = named(all, &["firstname", "givenname"])?;
    let last = named(all, &["lastname", "familyname", "surname"])?;
    let read = format!("{} + ' ' + {}", first.read("it"), last.read("it"));
    Some((read, format!("{} {}", first.text(), last.text())))
}

/// What ids look like, judged by one of them: never wider than it has to be.
fn pattern(id: &str) -> &'static str {
    let hex = |sign: char| sign.is_ascii_hexdigit() || sign == '-';
    if id.chars().all(|sign| sign.is_ascii_digit()) {
        "[0-9]{1,20}"
    } else if id.len() == 36 && id.chars().all(hex) {
        "[0-9A-Fa-f-]{36}"
    } else {
        "[A-Za-z0-9._-]{1,64}"
    }
}

fn number(text: &str) -> Result<String, String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if text.trim().starts_with('+') {
        Ok(format!("+{digits}"))
    } else {
        Err("a telephone number with + and the country code".to_owned())
    }
}

fn give(gives: &mut Value, key: &str, value: Value) {
    if let Some(members) = gives.as_object_mut() {
        members.insert(key.to_owned(), value);
    }
}

/// A flat object as a table of TOML on one line.
fn table(value: &Value) -> String {
    let members = value.as_object().into_iter().flatten();
    let members = members.map(|(name, value)| match value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().filter_map(Value::as_str).map(quoted).collect();
            format!("{name} = [{}]", items.join(", "))
        }
        plain @ (Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::Object(_)) => {
            format!("{name} = {}", quoted(plain.as_str().unwrap_or_default()))
        }
    });
    format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
}
