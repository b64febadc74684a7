//! Telephone numbers in the forms in which they arrive, and what identifies nobody.

use proptest::prelude::*;

use super::*;

fn rules(region: &str) -> PhoneRules {
    PhoneRules {
        default_region: Region::parse(region),
        own_numbers: Vec::new(),
    }
}

fn e164(raw: &str, region: &str) -> Result<String, PhoneRefused> {
    Phone::parse(raw, &rules(region)).map(|phone| phone.e164().to_owned())
}

#[test]
fn numbers_are_read_in_the_forms_in_which_they_arrive() {
    for (raw, region, expected) in [
        ("+34600111222", "", "+34600111222"),
        ("+34 600 11-12.22", "", "+34600111222"),
        (" +34600111222 ", "", "+34600111222"),
        ("0034600111222", "", "+34600111222"),
        ("0034600111222", "US", "+34600111222"),
        ("01134600111222", "US", "+34600111222"),
        ("600111222", "ES", "+34600111222"),
        ("34600111222", "ES", "+34600111222"),
        ("491711234567", "DE", "+491711234567"),
        ("04911234567", "DE", "+494911234567"),
        ("020 7946 0958", "GB", "+442079460958"),
        ("+44 (0)20 7946 0958", "", "+442079460958"),
        ("(212) 555-0100", "US", "+12125550100"),
        ("1-212-555-0100", "US", "+12125550100"),
        ("+1 212 555 0100 ext. 12", "", "+12125550100"),
        ("+1 212 555 0100 x12", "", "+12125550100"),
        ("06 698 12345", "IT", "+390669812345"),
        ("sip:+34600111222@pbx.example.com", "", "+34600111222"),
        (
            "sips:%2B34600111222:pw@10.0.0.1:5061;transport=tls",
            "",
            "+34600111222",
        ),
        (
            "SIP:600111222@pbx.example.com;user=phone",
            "ES",
            "+34600111222",
        ),
        ("tel:+34-600-111-222", "", "+34600111222"),
        ("tel:600111222;phone-context=+34", "", "+34600111222"),
        ("tel:600111222;phone-context=+34", "US", "+34600111222"),
        (
            "tel:600111222;phone-context=pbx.example.com",
            "ES",
            "+34600111222",
        ),
        ("tel:+34600111222;phone-context=+1", "", "+34600111222"),
        ("+34600111222;ext=12", "", "+34600111222"),
        ("٠٥٠١٢٣٤٥٦٧", "AE", "+971501234567"),
        ("\u{202a}+34 600 111 222\u{202c}", "", "+34600111222"),
    ] {
        assert_eq!(
            e164(raw, region).as_deref(),
            Ok(expected),
            "{raw:?} in {region:?}"
        );
    }
}

#[test]
fn a_number_given_as_plus_and_digits_is_never_altered() {
    for number in [
        "+375152450911",
        "+77172580123",
        "+37052123456",
        "+79161234567",
        "+250788123456",
        "+390669812345",
        "+4402079460958",
        "+5491123456789",
        "+541123456789",
        "+5212221234567",
        "+525512345678",
        "+8613812345678",
        "+22501234567",
        "+2250101234567",
        "+3906698123",
        "+80012345678",
        "+870773111632",
        "+8835100012345",
        "+6421123456",
        "+491711234567",
        "+49301234567",
        "+358401234567",
        "+36201234567",
        "+9721234567",
        "+12025550123",
    ] {
        assert_eq!(e164(number, "").as_deref(), Ok(number));
        assert_eq!(
            e164(number, "DE").as_deref(),
            Ok(number),
            "whatever the default region is"
        );
    }
}

#[test]
fn what_identifies_nobody_is_refused_by_reason() {
    use PhoneRefused::{Blank, NoRegion, NotANumber, TooShort, Withheld};
    for (raw, region, expected) in [
        ("", "ES", Blank),
        (" \t", "ES", Blank),
        ("sip:@host", "ES", Blank),
        ("anonymous", "ES", Withheld),
        ("Restricted", "ES", Withheld),
        ("PRIVATE NUMBER", "ES", Withheld),
        ("Unknown", "ES", Withheld),
        ("unavailable", "ES", Withheld),
        ("sip:anonymous@anonymous.invalid", "ES", Withheld),
        ("sip:c8o@anonymous.invalid", "ES", Withheld),
        ("sip:Anonymous@pbx", "ES", Withheld),
        ("+266696687", "ES", Withheld),
        ("112", "ES", TooShort),
        ("sip:204@pbx", "ES", TooShort),
        ("12345", "ES", TooShort),
        ("+12345", "ES", TooShort),
        ("600111", "ES", TooShort),
        ("5550100", "US", TooShort),
        ("600111222", "", NoRegion),
        ("hello", "ES", NotANumber),
        ("sip:agent.smith2000@host", "ES", NotANumber),
        ("1-800-FLOWERS", "US", NotANumber),
        ("+999123456789", "ES", NotANumber),
        ("+0034600111222", "ES", NotANumber),
        ("600111222333444", "ES", NotANumber),
        ("+34600+111222", "ES", NotANumber),
        ("600111222, 600111223", "ES", NotANumber),
        ("ann@example.com", "ES", NotANumber),
        ("-", "ES", NotANumber),
    ] {
        assert_eq!(e164(raw, region), Err(expected), "{raw:?} in {region:?}");
    }
}

#[test]
fn an_own_number_is_refused_in_every_spelling() {
    let rules = PhoneRules {
        default_region: Region::parse("ES"),
        own_numbers: vec![E164::parse("+34910000000").unwrap()],
    };
    for raw in [
        "+34910000000",
        "910 000 000",
        "0034910000000",
        "sip:910000000@pbx",
    ] {
        assert_eq!(Phone::parse(raw, &rules), Err(PhoneRefused::Own), "{raw}");
    }
    Phone::parse("+34910000001", &rules).expect("the next number is a stranger's");
}

#[test]
fn the_parts_of_a_number_are_what_a_query_needs() {
    let phone = Phone::parse("020 7946 0958", &rules("GB")).unwrap();
    assert_eq!(phone.digits(), "442079460958");
    assert_eq!(phone.national(), "2079460958");
    assert_eq!(phone.last7(), "9460958");
    assert_eq!(phone.last10(), "2079460958");
    assert_eq!(phone.display(), "+44 20 7946 0958");
    assert_eq!(phone.region(), Region::parse("GB"));
    let roman = Phone::parse("+390669812345", &rules("")).unwrap();
    assert_eq!(
        roman.national(),
        "0669812345",
        "the zero belongs to an Italian number"
    );
    let as_given = Phone::parse("+4402079460958", &rules("")).unwrap();
    assert_eq!(
        as_given.national(),
        "02079460958",
        "as given, the trunk zero too"
    );
    let free = Phone::parse("+80012345678", &rules("")).unwrap();
    assert_eq!(free.national(), "12345678");
}

#[test]
fn spellings_are_the_likely_ones_each_once_and_read_as_the_number() {
    let of = |raw: &str| Phone::parse(raw, &rules("")).unwrap().spellings();
    assert_eq!(
        of("+442079460958"),
        [
            "+442079460958",
            "+44 20 7946 0958",
            "020 7946 0958",
            "02079460958",
            "442079460958",
            "00442079460958",
            "2079460958",
            "020-7946-0958",
            "+44-20-7946-0958",
            "020.7946.0958",
            "+44 (0)20 7946 0958",
        ]
    );
    assert_eq!(
        of("+12125550100"),
        [
            "+12125550100",
            "+1 212-555-0100",
            "(212) 555-0100",
            "2125550100",
            "12125550100",
            "0012125550100",
            "212-555-0100",
            "+1-212-555-0100",
            "212 555 0100",
            "212.555.0100",
        ]
    );
    for (number, region) in [
        ("+34600111222", "ES"),
        ("+442079460958", "GB"),
        ("+12125550100", "US"),
        ("+390669812345", "IT"),
        ("+33123456789", "FR"),
        ("+491711234567", "DE"),
        ("+5491123456789", "AR"),
        ("+79161234567", "RU"),
    ] {
        let phone = Phone::parse(number, &rules("")).unwrap();
        let spellings = phone.spellings();
        assert!((5..=12).contains(&spellings.len()), "{spellings:?}");
        assert_eq!(spellings[0], number);
        for spelling in spellings {
            assert!(
                phone.same(&spelling, &rules(region)),
                "{number}: {spelling}"
            );
            assert!(
                phone.same(&spelling, &rules("")),
                "{number}: {spelling} without default region"
            );
        }
    }
}

#[test]
fn a_hit_is_compared_as_a_number_and_strangers_are_not_the_same() {
    let phone = Phone::parse("+442079460958", &rules("GB")).unwrap();
    assert!(
        phone.same("+4402079460958", &rules("")),
        "with the trunk zero left in"
    );
    assert!(
        phone.same("020 7946 0958", &rules("")),
        "its own region helps out"
    );
    assert!(
        !phone.same("020 7946 0958", &rules("DE")),
        "here it is a German number"
    );
    for other in [
        "",
        "anonymous",
        "020 7946 0959",
        "+342079460958",
        "460958",
        "2079460958x",
        "020 7946 0958 / 0959",
    ] {
        assert!(!phone.same(other, &rules("GB")), "{other:?}");
    }
    let own = PhoneRules {
        own_numbers: vec![phone.as_e164().clone()],
        ..rules("GB")
    };
    assert!(
        phone.same("+442079460958", &own),
        "whether a record is the same does not depend on whose it is"
    );
}

#[test]
fn hostile_texts_are_refused_and_nothing_else() {
    for raw in [
        ".;phone-context=",
        "+dwPAA;phone-context=AA",
        ";phone-context=+1tel:",
        "tel:;phone-context=+34",
        "tel:1;phone-context=+;phone-context=+34",
        "sip:",
        "tel:",
        "sip:%@x",
        "sip:%2@x",
        "sip:%ff%fe@x",
        "tel:%00",
        "+",
        "++++++++++",
        "00",
        "000000000000",
        "+00000000",
        "(((((((((",
        "١٢٣",
        ";;;;;;",
        "x12",
        "ext",
        "#",
        "+1x",
        "＋３４６００１１１２２２x",
        "\u{0}",
        "+34600111222\n",
        "600\u{0}111222",
        "é;phone-context=é",
    ] {
        for region in ["", "US", "ES", "IT", "BR"] {
            let _ = Phone::parse(raw, &rules(region));
        }
    }
    let long = "1".repeat(10_000);
    assert_eq!(e164(&long, "ES"), Err(PhoneRefused::NotANumber));
}

#[test]
fn regions_and_e164_are_read_strictly() {
    assert_eq!(Region::parse("ES").unwrap().to_string(), "ES");
    for text in ["", "es", "E", "ESP", "XX", "ZZ", "E1", "001"] {
        assert_eq!(Region::parse(text), None, "{text}");
    }
    for text in [
        "",
        "34600111222",
        "+034600111",
        "+123456",
        "+1234567890123456",
        "+34 600111222",
        "+3460011122x",
    ] {
        assert_eq!(E164::parse(text), None, "{text}");
    }
    warm(&rules("ES"));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(raw in any::<String>(), tail in "[+0-9a-z();=.:@% -]{0,40}") {
        for region in ["", "US", "DE"] {
            let _ = Phone::parse(&raw, &rules(region));
            if let Ok(phone) = Phone::parse(&tail, &rules(region)) {
                prop_assert!(E164::parse(phone.e164()).is_some());
                prop_assert!(phone.spellings().len() <= 12);
                prop_assert!(!phone.display().is_empty());
            }
        }
    }

    #[test]
    fn any_plus_and_digits_stay_as_they_are_or_are_refused(digits in "[1-9][0-9]{6,14}") {
        let raw = format!("+{digits}");
        if let Ok(phone) = Phone::parse(&raw, &rules("GB")) {
            prop_assert_eq!(phone.e164(), raw.as_str());
            prop_assert!(phone.digits().ends_with(&phone.national()));
            prop_assert!(phone.same(&raw, &rules("")));
        }
    }
}
