//! Expressions and values written to break the interpreter: refused or evaluated, and nothing else.

use proptest::prelude::*;
use serde_json::json;

use super::*;

#[test]
fn what_is_written_to_break_the_parser_is_refused() {
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("{1:", "}"),
        ("!", ""),
        ("-", ""),
        ("a?b:", ""),
        ("a[", "]"),
        ("f(", ")"),
        ("x.map(x,", ")"),
        ("(", ""),
        ("[", ""),
        ("a.", ""),
        ("a?", ""),
        ("'", ""),
        ("\\", ""),
    ] {
        let count = limits::CHARACTERS / (open.len() + close.len()) - 1;
        let source = format!("{}a{}", open.repeat(count), close.repeat(count));
        assert!(Expr::compile(&source).is_err(), "{open}…{close}");
    }
    for chain in [
        "a", "a + a", "a && a", "a || a", "a.a", "a == a", "a.size()", "a[0]", "[a]",
    ] {
        for join in [" + ", " && ", ".", " == ", ", ", "? ", " in ", ".?"] {
            let parts = limits::CHARACTERS / (chain.len() + join.len());
            let _ = Expr::compile(&vec![chain; parts].join(join));
        }
    }
}

#[test]
fn long_lists_end_in_too_much_work_instead_of_a_hang() {
    let numbers: Vec<u32> = (0..2_000).collect();
    let scope = Scope::new().with("a", &json!(numbers));
    for source in [
        "a.map(x, a.filter(y, y == x))",
        "a.all(x, a.exists(y, y < 0) || true)",
        "a.exists_one(x, a.all(y, y >= 0))",
        "a.filter(x, a.exists_one(y, y == x))",
        "a.exists(x, a.map(y, y).size() < 0)",
    ] {
        let expr = Expr::compile(source).unwrap();
        assert_eq!(expr.eval(&scope), Err(NoValue::TooMuchWork), "{source}");
    }
    let once = Expr::compile("a.filter(x, x < 1000).map(x, x + 1).size()").unwrap();
    assert_eq!(
        once.eval(&scope),
        Ok(json!(1_000)),
        "one pass over a long list is fine"
    );
}

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(
            |double| serde_json::Number::from_f64(double).map_or(Value::Null, Value::Number)
        ),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map("[a-c]{1}", inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn source() -> impl Strategy<Value = String> {
    let token = proptest::sample::select(vec![
        "it",
        "a",
        "b",
        ".a",
        ".b",
        ".?a",
        "[0]",
        "['a']",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        "+",
        "-",
        "*",
        "/",
        "%",
        "==",
        "<",
        ">",
        "&&",
        "||",
        "!",
        "?",
        ":",
        "in",
        "'x'",
        "1",
        "2u",
        "1.5",
        "null",
        "true",
        "first(",
        "present(",
        "has(it.a)",
        "it.map(x, x)",
        ".map(x, x.a)",
        ".filter(x, x)",
        ".all(x, x)",
        "size(",
        "string(",
        "int(",
        ".join(',')",
        ".split(',')",
        ".matches(",
        "from_json(",
        "days_since(",
        ".format([",
        ".substring(",
        "9223372036854775807",
        "b'x'",
        "r'\\d'",
        "\"",
        ".orValue(",
        "optional.of(",
        "math.abs(",
        "dyn(",
        "bytes(",
        ".replace(",
        ".sort()",
        ".reverse()",
        ".slice(0, 1)",
        ".flatten()",
        ".charAt(",
        "math.bitShiftLeft(",
        "base64.decode(",
        "@",
        "`",
        "\u{202e}",
        "é",
        "\n",
    ]);
    proptest::collection::vec(token, 0..16).prop_map(|tokens| tokens.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_source_is_refused_or_evaluated(source in source(), value in json_value()) {
        if let Ok(expr) = Expr::compile(&source) {
            let _ = expr.eval(&Scope::new().with("it", &value).with("now", &json!("2024-05-11")));
        }
    }

    #[test]
    fn any_text_is_refused_or_evaluated(source in ".{0,60}") {
        if let Ok(expr) = Expr::compile(&source) {
            let _ = expr.eval(&Scope::new());
        }
    }

    #[test]
    fn any_value_comes_back_as_it_went_in(value in json_value()) {
        let scope = Scope::new().with("it", &value);
        let same = Expr::compile("it").unwrap().eval(&scope).unwrap();
        prop_assert_eq!(&same, &value);
    }

    #[test]
    fn any_value_can_be_read_by_any_usual_expression(value in json_value()) {
        let scope = Scope::new().with("it", &value).with("now", &json!("2024-05-11T00:00:00Z"));
        for source in [
            "it.a.b", "it.?a.?b.orValue(1)", "first(it.a, it[0], it)", "present(it.a, it.b)",
            "it.map(x, x.a)", "it.a + it.b", "it < it.a", "string(it)", "int(it)", "double(it)",
            "it.a.substring(1, 2)", "it.split('')", "it.format([it.a])", "'%s'.format([it])",
            "it.sort()", "it[it.a]", "-it", "it * it", "it % it.a", "days_since(it)", "from_json(it)",
            "it.matches(it)", "math.round(it)", "math.bitShiftLeft(it, it)", "it.charAt(it)",
            "it.slice(it, it)", "it.flatten(it)", "it.replace(it, it)", "base64.decode(it)",
        ] {
            let _ = Expr::compile(source).unwrap().eval(&scope);
        }
    }
}
