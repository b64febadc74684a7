//! Query languages as data: no value leaves its literal, and mistakes show at load.

use std::sync::{Arc, LazyLock};

use pop_core::fault::FaultKind;
use pop_crm::{Context, Definition};
use proptest::prelude::*;
use serde_json::json;

use crate::support::{Desk, Given, HEAD, Reply, external_id, faults_of, loaded, open, phone, text};

const SOQL: &str = r#"
[dialect.soql]
literal = "'{}'"
escape  = { '\' = '\\', "'" = "\\'", '"' = '\"', "\n" = '\n', "\r" = '\r', "\t" = '\t' }
list    = "({})"
between = ", "
refuse  = ['\x00']
"#;

const ENCODED: &str = r#"
[dialect.encoded]
literal = "{}"
escape  = { "^" = "^^" }
list    = "{}"
between = ","
join    = "^"
refuse  = ['(?i)^\s*javascript:', '[\r\n\x00]', '^$']
refuse_in_list = [',']
"#;

const SEARCH: &str = r#"
[dialect.search]
literal = '"{}"'
escape  = { '"' = "", '\' = "" }
plain   = ["digits"]
refuse  = ['[\x00-\x1f]']
"#;

const ODATA: &str = r#"
[dialect.odata]
literal = "'{}'"
escape  = { "'" = "''" }
plain   = ["id", "number", "bool"]
"#;

fn find(by: &str, query: &str) -> String {
    format!(
        "[find.x]\nby = \"{by}\"\ncall = \"GET /q\"\nquery = {{ {query} }}\neach = \"body\"\ncheck = []\n"
    )
}

fn definition(dialect: &str, find: &str) -> Arc<Definition> {
    loaded(&text(&[HEAD, dialect, find]))
}

fn desk(definition: &Arc<Definition>) -> Desk {
    let desk = open(definition, Given::default(), |_, _| Reply::json(&json!([])));
    desk.unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// The query that a lookup of this external id sends, or why there is none.
fn sent(definition: &Arc<Definition>, value: &str) -> Result<String, FaultKind> {
    use futures_util::FutureExt;
    let desk = desk(definition);
    let found = desk
        .connection
        .find(&external_id(value), &Context::default())
        .now_or_never();
    found.expect("nothing waits").map_err(|fault| fault.kind)?;
    Ok(desk.crm.seen()[0].query("q").expect("the query is sent"))
}

#[test]
fn each_dialect_writes_values_as_its_own_literals() {
    let soql = definition(
        SOQL,
        &find(
            "external_id",
            "q.soql = \"SELECT Id FROM C WHERE X = {external_id} LIMIT 1\"",
        ),
    );
    let encoded = definition(
        ENCODED,
        &find(
            "external_id",
            "q.encoded = \"number={external_id}^active=true\"",
        ),
    );
    let search = definition(
        SEARCH,
        &find("external_id", "q.search = \"type:user key:{external_id}\""),
    );
    let odata = definition(
        ODATA,
        &find("external_id", "q.odata = \"key eq {external_id}\""),
    );
    for (definition, value, query) in [
        (
            &soql,
            "O'Neil",
            r"SELECT Id FROM C WHERE X = 'O\'Neil' LIMIT 1",
        ),
        (
            &soql,
            r"\' OR 1=1",
            r"SELECT Id FROM C WHERE X = '\\\' OR 1=1' LIMIT 1",
        ),
        (&encoded, "a^ORx=1", "number=a^^ORx=1^active=true"),
        (&search, "a\" role:admin", "type:user key:\"a role:admin\""),
        (&odata, "a' or 1 eq 1", "key eq 'a'' or 1 eq 1'"),
        (&odata, "12345", "key eq '12345'"),
    ] {
        assert_eq!(sent(definition, value).as_deref(), Ok(query), "{value}");
    }
    assert_eq!(
        sent(&encoded, "javascript:gs.getUserID()"),
        Err(FaultKind::UnsafeValue)
    );
    assert_eq!(sent(&encoded, "a\nb"), Err(FaultKind::UnsafeValue));
    assert_eq!(sent(&soql, "a\u{0}b"), Err(FaultKind::UnsafeValue));
}

#[tokio::test]
async fn lists_digits_fields_and_shared_texts_go_in_as_what_they_are() {
    let more = r#"
[setting.field]
kind = "name"
default = "Phone__c"
[text]
fields.soql = "Id, {setting.field}"
open        = "it's open"
"#;
    let query = "q.soql = \"SELECT {text.fields} FROM C WHERE {setting.field} IN {phone.spellings} AND State = {text.open}\"";
    let desk = desk(&definition(&text(&[SOQL, more]), &find("phone", query)));
    assert!(
        desk.connection
            .find(&phone("+34600012345"), &Context::default())
            .await
            .is_ok()
    );
    let sent = desk.crm.seen()[0].query("q").expect("the query is sent");
    assert!(
        sent.starts_with("SELECT Id, Phone__c FROM C WHERE Phone__c IN ('"),
        "{sent}"
    );
    assert!(sent.contains("'+34600012345'"), "{sent}");
    assert!(
        sent.ends_with(r"AND State = 'it\'s open'"),
        "a plain text is a value here: {sent}"
    );

    let digits = definition(
        SEARCH,
        &find("phone", "q.search = \"phone:*{phone.digits}\""),
    );
    let desk = self::desk(&digits);
    assert!(
        desk.connection
            .find(&phone("+34600012345"), &Context::default())
            .await
            .is_ok()
    );
    assert_eq!(
        desk.crm.seen()[0].query("q").as_deref(),
        Some("phone:*34600012345")
    );
}

#[test]
fn a_dialect_that_lets_a_value_out_is_refused() {
    for (dialect, says) in [
        ("literal = \"'{}'\"\nescape = { }", "literal"),
        (
            "literal = \"'{}'\"\nescape = { \"'\" = \"\\\\'\" }",
            "escape",
        ),
        ("literal = \"{}\"\nescape = { }\njoin = \"^\"", "join"),
        (
            "literal = \"{}\"\nescape = { }\nlist = \"{}\"\nbetween = \",\"",
            "between",
        ),
        ("literal = \"x\"\nescape = { }", "literal"),
        (
            "literal = \"'{}'\"\nescape = { \"'\" = \"''\", ab = \"c\" }",
            "escape",
        ),
        (
            "literal = \"'{}'\"\nescape = { \"'\" = \"''\", '\"' = \"''\" }",
            "escape",
        ),
        (
            "literal = \"'{}'\"\nescape = { \"'\" = \"''\" }\nplain = [\"text\"]",
            "plain",
        ),
        (
            "literal = \"'{}'\"\nescape = { \"'\" = \"''\" }\nrefuse = ['(']",
            "refuse",
        ),
    ] {
        let faults = faults_of(&text(&[HEAD, "[dialect.x]\n", dialect, "\n"]));
        assert!(
            faults.contains(&format!("dialect.x.{says}")),
            "{dialect}: {faults}"
        );
    }
    assert_eq!(
        faults_of(&text(&[HEAD, SOQL, ENCODED, SEARCH, ODATA])),
        "",
        "these hold"
    );
}

#[test]
fn a_name_inside_quotes_or_an_open_quote_is_refused() {
    for query in [
        "q.soql = \"X = '{external_id}'\"",
        "q.soql = \"X = 'a\"",
        "q.soql = \"X = 'it\\\\'s {external_id}'\"",
        "q.soql = \"X = {external_id?}\"",
        "q.sosl = \"X = {external_id}\"",
    ] {
        let faults = faults_of(&text(&[HEAD, SOQL, &find("external_id", query)]));
        assert!(faults.contains("find.x.query.q."), "{query}: {faults}");
    }
    let good = "q.soql = \"X = 'it\\\\'s' AND Y = {external_id}\"";
    assert_eq!(
        faults_of(&text(&[HEAD, SOQL, &find("external_id", good)])),
        ""
    );
}

#[tokio::test]
async fn members_are_joined_and_what_is_missing_is_left_out() {
    let more = "[text]\nfilter.encoded = { number = \"{external_id}\", agent = \"{agent.id?}\", active = \"true\" }\n";
    let query = "q = \"{text.filter}\"";
    let desk = desk(&definition(
        &text(&[ENCODED, more]),
        &find("external_id", query),
    ));
    let mut context = Context::default();
    assert!(
        desk.connection
            .find(&external_id("a^b"), &context)
            .await
            .is_ok()
    );
    context.agent.id = Some("7^8".into());
    assert!(
        desk.connection
            .find(&external_id("a^b"), &context)
            .await
            .is_ok()
    );
    let sent = desk
        .crm
        .seen()
        .iter()
        .map(|seen| seen.query("q").unwrap_or_default())
        .collect::<Vec<_>>();
    assert_eq!(
        sent,
        [
            "number=a^^b^active=true",
            "number=a^^b^agent=7^^8^active=true"
        ]
    );
}

#[tokio::test]
async fn an_address_inside_a_query_is_encoded_once_for_each_layer() {
    let more = "[text]\npage = { path = \"/people/{external_id}.do\", query = { a = \"x&{external_id}\" } }\n";
    let desk = desk(&definition(
        &text(&[SOQL, more]),
        &find("external_id", "uri = \"{text.page}\""),
    ));
    assert!(
        desk.connection
            .find(&external_id("7/8"), &Context::default())
            .await
            .is_ok()
    );
    let uri = desk.crm.seen()[0].query("uri");
    assert_eq!(uri.as_deref(), Some("/people/7%2F8.do?a=x%267%2F8"));
}

/// Reads the text after `start` back as SOQL does, up to the quote that ends the literal.
fn read_soql(text: &str) -> Option<(String, &str)> {
    let mut signs = text.strip_prefix('\'')?.char_indices();
    let mut value = String::new();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '\'' => return Some((value, &text[at + 2..])),
            '\\' => value.push(match signs.next()?.1 {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                other => other,
            }),
            other => value.push(other),
        }
    }
    None
}

/// Loaded once: it is the writing that is tried, not the loading.
static QUOTED: LazyLock<Arc<Definition>> = LazyLock::new(|| {
    let query = "q.soql = \"X = {external_id} AND Y = 1\"";
    definition(SOQL, &find("external_id", query))
});
static UNQUOTED: LazyLock<Arc<Definition>> = LazyLock::new(|| {
    definition(
        ENCODED,
        &find("external_id", "q.encoded = \"x={external_id}^y=1\""),
    )
});

proptest! {
    #[test]
    fn any_value_is_one_literal_and_reads_back(value in "[^\\x00]{1,40}|[\\\\'\"a^,]{1,12}") {
        let query = sent(&QUOTED, &value).expect("it can be said");
        let literal = query.strip_prefix("X = ").expect("the fixed text");
        let (read, rest) = read_soql(literal).expect("a literal");
        prop_assert_eq!(read, value);
        prop_assert_eq!(rest, " AND Y = 1");
    }

    #[test]
    fn any_value_of_an_unquoted_dialect_keeps_the_structure(value in "[a^ =O\\PC]{1,20}") {
        if let Ok(query) = sent(&UNQUOTED, &value) {
            let single = query.replace("^^", "");
            prop_assert_eq!(single.matches('^').count(), 1, "{}", query);
            prop_assert!(query.ends_with("^y=1"), "{}", query);
        }
    }
}
