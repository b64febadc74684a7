//! Expressions as definitions and mappings write them.

use serde_json::json;

use super::*;

fn hit() -> Value {
    json!({
        "Id": "0035g00000AbCdEAAV",
        "Name": "Ann",
        "Phone": null,
        "MobilePhone": "+34600111222",
        "Email": "",
        "Number": 9_007_199_254_740_993_u64,
        "Big": u64::MAX,
        "Account": { "Name": "Acme", "Owner": null },
        "Cases": { "records": [
            { "Id": "1", "IsClosed": false, "Subject": "Broken" },
            { "Id": "2", "IsClosed": true, "Subject": "Fixed" },
        ] },
        "raw": "{\"a\":[1,2]}",
    })
}

fn scope() -> Scope {
    Scope::new()
        .with("it", &hit())
        .with("now", &json!("2024-05-11T12:00:00Z"))
        .with("table", &json!({ "priority": { "High": "high" } }))
}

fn eval(source: &str) -> Result<Value, NoValue> {
    Expr::compile(source)
        .unwrap_or_else(|error| panic!("{source}: {error}"))
        .eval(&scope())
}

fn refused(source: &str) -> ExprError {
    Expr::compile(source).expect_err(source)
}

#[test]
fn the_expressions_of_the_definitions_say_what_they_mean() {
    let table = [
        ("it.Id", json!("0035g00000AbCdEAAV")),
        ("[it].map(x, x.Name)", json!(["Ann"])),
        ("present(it.Phone, it.MobilePhone)", json!(["+34600111222"])),
        (
            "it.Cases == null ? [] : it.Cases.records",
            hit()["Cases"]["records"].clone(),
        ),
        ("!it.Cases.records[0].IsClosed", json!(true)),
        (
            "it.Cases.records.filter(c, !c.IsClosed).map(c, c.Subject).join(', ')",
            json!("Broken"),
        ),
        ("it.?Account.?Name.orValue('')", json!("Acme")),
        ("it.?Account.?Site.orValue('none')", json!("none")),
        ("it.Name.lowerAscii().replace('a', 'e')", json!("enn")),
        ("'a,b'.split(',')", json!(["a", "b"])),
        ("it.MobilePhone.matches('^[+]34')", json!(true)),
        ("from_json(it.raw).a[1]", json!(2)),
        (
            "base64.encode(b'hi') + string(base64.decode('aGk='))",
            json!("aGk=hi"),
        ),
        ("math.greatest(1, size(it.Cases.records))", json!(2)),
        ("has(it.Account) && !has(it.Site)", json!(true)),
        ("table.priority['High']", json!("high")),
        (
            "{'to': [1] + (has(it.none) ? [2] : [])}",
            json!({ "to": [1] }),
        ),
        ("type(it.Name) == string", json!(true)),
        (
            "it.Cases.records.sortBy(c, c.Subject).map(c, c.Id)",
            json!(["1", "2"]),
        ),
        ("it.?MobilePhone.optMap(p, p.size()).orValue(0)", json!(12)),
    ];
    for (source, expected) in table {
        assert_eq!(eval(source), Ok(expected), "{source}");
    }
}

#[test]
fn numbers_keep_all_their_digits() {
    assert_eq!(eval("it.Number"), Ok(json!(9_007_199_254_740_993_u64)));
    assert_eq!(eval("it.Big"), Ok(json!(u64::MAX)));
    assert_eq!(eval("string(it.Number)"), Ok(json!("9007199254740993")));
    assert_eq!(eval("string(it.Big)"), Ok(json!("18446744073709551615")));
}

#[test]
fn first_skips_missing_keys_null_empty_text_and_whatever_fails() {
    assert_eq!(
        eval("first(it.Phone, it.Email, it.Site.Phone, it.MobilePhone, it.Name)"),
        Ok(json!("+34600111222"))
    );
    assert_eq!(
        eval("first(it.Name.first.last, it.Account.Owner.Name, 'nobody')"),
        Ok(json!("nobody"))
    );
    assert_eq!(
        eval("first(it.Site.lowerAscii(), it.Cases.records[7].Id, 0)"),
        Ok(json!(0))
    );
    assert_eq!(
        eval("first(it.?Phone, it.?Name)"),
        Ok(json!("Ann")),
        "an optional counts as what it holds"
    );
    assert_eq!(
        eval("first(false, true)"),
        Ok(json!(false)),
        "false is a value"
    );
    assert_eq!(eval("first(it.Phone, it.Email)"), Err(NoValue::Absent));
    assert_eq!(eval("present(it.Phone, it.Email, it.Site)"), Ok(json!([])));
    assert_eq!(
        eval("present(first(it.Phone, it.Email), first(it.Phone, it.Name))"),
        Ok(json!(["Ann"]))
    );
    assert_eq!(
        eval("it.Cases.records.map(c, first(c.Nothing, c.Subject))"),
        Ok(json!(["Broken", "Fixed"]))
    );
}

#[test]
fn what_needs_no_interpreter_has_the_value_and_the_fault_that_the_interpreter_says() {
    for source in [
        "it",
        "it.Name",
        "it.Phone",
        "it.Number",
        "it.Account",
        "it.Account.Name",
        "it.Account.Owner.Name",
        "it.Account.Site.City",
        "it.Cases.records.Id",
        "it.Name.first",
        "it.Site",
        "step.hits",
        "string",
        "now",
        "table.priority.High",
        "first(it.Phone, it.Email, it.Site, it.Name)",
        "first(it.Phone, it.Email)",
        "first(it.Site, step.hits, it.Account)",
        "first(it.?Site, it.?Account.?Name)",
        "first(first(it.Phone, it.Site), first(it.Email, it.Name))",
        "first(it.Name + 1, it.Cases.records.map(c, c.Id))",
        "first(1 / 0, [], 'x')",
        "first(it.?Phone)",
    ] {
        // In a condition the interpreter reads it.
        let read = format!("true ? {source} : null");
        assert_eq!(eval(source), eval(&read), "{source}");
    }
}

#[test]
fn days_since_reads_the_usual_forms_of_a_time() {
    for (time, days) in [
        ("2024-05-10T12:00:00Z", 1),
        ("2024-05-10T12:00:01Z", 0),
        ("2024-05-10T14:00:00+02:00", 1),
        ("2024-05-10T12:00:00.000+0000", 1),
        ("2024-05-01", 10),
        ("2024-05-01 12:00:00", 10),
        ("2024-05-12", -1),
    ] {
        assert_eq!(
            eval(&format!("days_since('{time}')")),
            Ok(json!(days)),
            "{time}"
        );
    }
    assert_eq!(
        eval("days_since('soon')"),
        Err(NoValue::Failed("days_since".into()))
    );
    assert_eq!(
        eval("days_since(it.Phone)"),
        Err(NoValue::Failed("days_since".into()))
    );
    let without_now = Expr::compile("days_since('2024-05-01')").unwrap();
    assert_eq!(without_now.names(), ["now"]);
    assert_eq!(
        without_now.eval(&Scope::new()),
        Err(NoValue::UnknownName("now".into()))
    );
}

#[test]
fn what_has_no_value_says_why_and_holds_no_data() {
    assert_eq!(eval("it.Site"), Err(NoValue::MissingKey("Site".into())));
    assert_eq!(
        eval("it.Account.Site.City"),
        Err(NoValue::MissingKey("Site".into()))
    );
    assert_eq!(
        eval("table.priority[it.Name]"),
        Err(NoValue::MissingKey("(computed)".into()))
    );
    assert_eq!(
        eval("it.Cases.records[9]"),
        Err(NoValue::MissingKey("(computed)".into()))
    );
    assert_eq!(
        eval("step.hits.body"),
        Err(NoValue::UnknownName("step".into()))
    );
    assert_eq!(eval("it.?Site"), Err(NoValue::Absent));
    assert_eq!(eval("int(it.Name)"), Err(NoValue::Failed("int".into())));
    assert_eq!(eval("1 / 0"), Err(NoValue::Failed("arithmetic".into())));
    assert_eq!(
        eval("from_json('<html>')"),
        Err(NoValue::Failed("from_json".into()))
    );
    for source in [
        "it.Name + 1",
        "it.Phone.Name",
        "it.Name < 2",
        "b'x'",
        "type(1)",
        "1.0 / 0.0",
    ] {
        let why = eval(source).unwrap_err();
        assert!(matches!(why, NoValue::WrongType(_)), "{source}: {why:?}");
        assert!(!why.to_string().contains("Ann"), "{source}: {why}");
    }
}

#[test]
fn a_condition_and_a_list_are_of_their_type() {
    let condition = |source: &str| Expr::compile(source).unwrap().eval_bool(&scope());
    assert_eq!(condition("it.Name == 'Ann'"), Ok(true));
    assert_eq!(
        condition("it.Site == 1 || true"),
        Ok(true),
        "or survives a fault in one side"
    );
    assert!(matches!(condition("it.Name"), Err(NoValue::WrongType(_))));
    let list = |source: &str| Expr::compile(source).unwrap().eval_list(&scope());
    assert_eq!(list("it.Cases.records").unwrap().len(), 2);
    assert!(matches!(list("it.Cases"), Err(NoValue::WrongType(_))));
}

#[test]
fn the_names_and_paths_it_reads_are_known() {
    let read = |source: &str| {
        let expr = Expr::compile(source).unwrap();
        (
            expr.names()
                .into_iter()
                .map(str::to_owned)
                .collect::<Vec<_>>(),
            expr.paths().map(str::to_owned).collect::<Vec<_>>(),
        )
    };
    let (names, paths) = read("step.hits.body.map(x, x.id + calc['to'] + table.p[it.Priority])");
    assert_eq!(names, ["calc", "it", "step", "table"]);
    assert_eq!(
        paths,
        ["calc.to", "it.Priority", "step.hits.body", "table.p"]
    );
    assert_eq!(read("math.abs(-1) == 1 && type(1) == int").0, [""; 0]);
    assert_eq!(
        read("has(case.id) ? it.?a.?b.optMap(v, v + c) : optional.none()").1,
        ["c", "case.id", "it.a.b"]
    );
    assert_eq!(
        read("f.g.size() + first(a.b, [z].map(a, a.c)[0])").1,
        ["a.b", "f.g", "z"]
    );
    assert_eq!(
        read("a.map(x, x.id) + [x.other]").1,
        ["a", "x.other"],
        "outside its macro a name is a variable"
    );
}

#[test]
fn a_child_scope_adds_and_replaces_without_touching_its_parent() {
    let parent = scope();
    let child = parent
        .clone()
        .with("it", &json!({ "Name": "Bob" }))
        .with("extra", &json!(1));
    let name = Expr::compile("it.Name").unwrap();
    assert_eq!(name.eval(&child), Ok(json!("Bob")));
    assert_eq!(name.eval(&parent), Ok(json!("Ann")));
    assert!(child.has("extra") && child.has("table") && !parent.has("extra"));
}

#[test]
fn mistakes_are_found_when_the_expression_is_loaded() {
    let table = [
        ("it.Name +", 1),
        ("it.Name)", 1),
        ("lowerAscii(it.Name)", 1),
        ("it.Name.lowerASCII()", 1),
        ("it.Name.replace('a')", 1),
        ("first()", 1),
        ("it.first(1)", 1),
        ("lists.range(1000000)", 1),
        ("Contact{id: 1}", 1),
        ("it.a\n  .nothing()", 2),
        ("it.items.map(x)", 1),
        (".it", 1),
        ("", 1),
    ];
    for (source, line) in table {
        let error = refused(source);
        assert_eq!(error.line, line, "{source:?}: {error}");
        assert!(
            !error.found.is_empty() && !error.expected.is_empty(),
            "{source:?}: {error}"
        );
    }
    let error = refused("it.Name + frist(it.a, it.b)");
    assert_eq!(error.found, "the function `frist`");
    assert!((11..=17).contains(&error.column), "{error}");
}

#[test]
fn size_and_nesting_are_bounded() {
    let long = |length: usize| format!("'{}'", "x".repeat(length - 2));
    Expr::compile(&long(limits::CHARACTERS)).expect("2,000 characters are allowed");
    refused(&long(limits::CHARACTERS + 1));

    Expr::compile("a.map(x, x.filter(y, y)).map(x, x)").expect("two macros deep, and one after");
    refused("a.map(x, x.map(y, y.filter(z, z)))");
    refused("a.map(x, x.map(y, first(y)))");
    Expr::compile("first(a, first(b, c))").expect("two deep");
    refused("first(first(first(a)))");
    let chain = |parts: usize| vec!["a"; parts].join(" + ");
    Expr::compile(&chain(40)).expect("40 parts are allowed");
    refused(&chain(400));
}
