//! Names of people and firms in the scripts that agents meet.
//!
//! Every list has entries: the dice pick from them without asking.

/// The names of one language.
pub(super) struct Names {
    pub(super) given: &'static [&'static str],
    pub(super) family: &'static [&'static str],
    /// What stands behind a family name to make it a firm's.
    pub(super) firm: &'static [&'static str],
    pub(super) order: Order,
}

/// How given and family name stand beside each other.
#[derive(Clone, Copy)]
pub(super) enum Order {
    /// One given, one family name.
    Western,
    /// One given, two family names.
    Spanish,
    /// Family name first.
    Eastern,
}

pub(super) const SPANISH: Names = Names {
    given: &[
        "Lucía", "Mateo", "Carmen", "Javier", "Íñigo", "Valentina", "José María", "Begoña",
        "Andrés", "Ximena", "Raúl", "Noelia",
    ],
    family: &[
        "García", "Martínez", "Núñez", "Etxeberria", "Muñoz", "Fernández", "Castaño", "Ibáñez",
        "Ruiz", "Domínguez", "Peña", "Solís",
    ],
    firm: &["Hermanos S.L.", "Import S.L.", "e Hijos S.A.", "Servicios S.A. de C.V."],
    order: Order::Spanish,
};

pub(super) const PORTUGUESE: Names = Names {
    given: &[
        "João", "Beatriz", "Tomás", "Conceição", "Inês", "Gonçalo", "Thaís", "Vinícius", "Lourenço",
        "Ana Luísa",
    ],
    family: &[
        "Silva", "Araújo", "Magalhães", "Conceição", "Pires", "Guimarães", "Sá", "Brandão",
        "Queirós", "Falcão",
    ],
    firm: &["& Filhos Lda.", "Comércio Ltda.", "Transportes S.A."],
    order: Order::Western,
};

pub(super) const ENGLISH: Names = Names {
    given: &[
        "Olivia", "Noah", "Siobhán", "Mary-Kate", "Oliver", "Grace", "Thandiwe", "Liam", "Zoë",
        "Hamish", "Priscilla", "Jack",
    ],
    family: &[
        "Smith", "O'Neil", "Nguyen", "MacDonald", "Okafor", "Fitzgerald", "Taylor-Reid", "D'Arcy",
        "Hughes", "Tremblay", "Khumalo", "Wright",
    ],
    firm: &["& Sons Ltd", "Holdings LLC", "Logistics Inc.", "Partners LLP"],
    order: Order::Western,
};

pub(super) const FRENCH: Names = Names {
    given: &[
        "Zoé", "Jean-Baptiste", "Chloé", "Hélène", "François", "Maël", "Océane", "Loïc", "Anaïs",
        "Étienne",
    ],
    family: &[
        "Lefèvre", "Dubois", "de La Fontaine", "Garçon", "Benoît", "L'Hôpital", "Moreau", "Nguyễn",
        "Brûlé", "Hébert",
    ],
    firm: &["et Fils SARL", "Transports SA", "Conseil SAS"],
    order: Order::Western,
};

pub(super) const GERMAN: Names = Names {
    given: &[
        "Jürgen", "Anke", "Käthe", "Maximilian", "Søren", "Hannelore", "Björn", "Ümit",
        "Friederike", "Lukas",
    ],
    family: &[
        "Müller", "Weiß", "von der Heide", "Großmann", "Schäfer-Krüger", "Öztürk", "Zimmermann",
        "Bühler", "Jäger", "Brandt",
    ],
    firm: &["GmbH & Co. KG", "Maschinenbau GmbH", "und Söhne OHG", "AG"],
    order: Order::Western,
};

pub(super) const DUTCH: Names = Names {
    given: &["Sanne", "Daan", "Femke", "Joris", "Zoë", "Thijs", "Maaike", "Bram"],
    family: &[
        "de Vries", "van den Berg", "Jansen", "'t Hart", "van 't Hoff", "IJzerman", "Bakker",
        "Vermeulen",
    ],
    firm: &["Handel B.V.", "& Zonen B.V.", "Logistiek N.V."],
    order: Order::Western,
};

pub(super) const ITALIAN: Names = Names {
    given: &["Giulia", "Nicolò", "Chiara", "Matteo", "Desirée", "Lorenzo", "Ilaria", "Gianluca"],
    family: &[
        "Rossi", "D'Angelo", "Lo Presti", "Ferrari", "De Santis", "Nicolò", "Esposito",
        "Dell'Acqua",
    ],
    firm: &["& Figli S.r.l.", "Trasporti S.p.A.", "Servizi S.r.l."],
    order: Order::Western,
};

pub(super) const NORDIC: Names = Names {
    given: &[
        "Åse", "Søren", "Linnéa", "Jørgen", "Aino", "Göran", "Maija", "Þór", "Freja", "Mikkel",
    ],
    family: &[
        "Ødegård", "Lindström", "Sørensen", "Hämäläinen", "Åkesson", "Bjørnstad", "Mäkinen",
        "Nygård",
    ],
    firm: &["AB", "ApS", "Oy", "Shipping AS"],
    order: Order::Western,
};

pub(super) const POLISH: Names = Names {
    given: &[
        "Łukasz", "Małgorzata", "Wojciech", "Zofia", "Grażyna", "Stanisław", "Agnieszka", "Paweł",
    ],
    family: &[
        "Nowak", "Wójcik", "Szczęsny", "Dąbrowska", "Żak", "Kwiatkowski", "Błaszczyk", "Śliwa",
    ],
    firm: &["i Synowie sp. z o.o.", "Transport S.A."],
    order: Order::Western,
};

pub(super) const BALTIC: Names = Names {
    given: &["Jānis", "Rūta", "Žygimantas", "Õnne", "Ilze", "Mindaugas", "Kärt", "Eglė"],
    family: &[
        "Bērziņš", "Kazlauskienė", "Tamm", "Ozoliņa", "Žukauskas", "Põld", "Jankauskas", "Kalniņš",
    ],
    firm: &["UAB", "SIA", "OÜ"],
    order: Order::Western,
};

pub(super) const GREEK: Names = Names {
    given: &["Γιώργος", "Ελένη", "Νίκος", "Αικατερίνη", "Δημήτρης", "Μαρία"],
    family: &["Παπαδόπουλος", "Οικονόμου", "Γεωργίου", "Αντωνίου", "Χατζής", "Βασιλείου"],
    firm: &["Α.Ε.", "& Υιοί Ο.Ε."],
    order: Order::Western,
};

pub(super) const CYRILLIC: Names = Names {
    given: &["Алина", "Дмитрий", "Ғалия", "Нұрлан", "Ксения", "Сяргей", "Айгүл", "Юрий"],
    family: &[
        "Иванова", "Назарбеков", "Ковалёв", "Әбдірахманов", "Шчарбакоў", "Ким", "Лукьянова",
        "Ысқақов",
    ],
    firm: &["ЖШС", "и партнёры", "Сервис"],
    order: Order::Western,
};

pub(super) const TURKISH: Names = Names {
    given: &["Ayşe", "Çağlar", "İbrahim", "Gülşen", "Ömer", "Iraz", "Şebnem", "Emre"],
    family: &["Yılmaz", "Çelik", "Şahin", "Öztürk", "Kılıç", "Işık", "Doğan", "Güneş"],
    firm: &["Ticaret A.Ş.", "ve Oğulları Ltd. Şti."],
    order: Order::Western,
};

pub(super) const ARABIC: Names = Names {
    given: &["محمد", "فاطمة", "أحمد", "نورة", "عبد الله", "ليلى", "يوسف", "عائشة", "خالد", "مريم"],
    family: &[
        "الزهراني", "القحطاني", "المصري", "الهاشمي", "الأنصاري", "آل مكتوم", "حسنين", "الشريف",
    ],
    firm: &["وأولاده للتجارة", "القابضة", "للمقاولات"],
    order: Order::Western,
};

pub(super) const HEBREW: Names = Names {
    given: &["נועם", "תמר", "איתן", "שירה", "אורי", "מיכל", "יעל", "דוד"],
    family: &["כהן", "לוי", "מזרחי", "בן־דוד", "פרידמן", "אברהם", "שפירא", "ביטון"],
    firm: &["ובניו בע״מ", "אחזקות בע״מ"],
    order: Order::Western,
};

pub(super) const INDIAN: Names = Names {
    given: &[
        "Priya", "Arjun", "Lakshmi", "Mohammed Irfan", "Ananya", "Harpreet", "Venkatesh", "Kavya",
    ],
    family: &[
        "Sharma", "Iyer", "Singh Gill", "Chatterjee", "Reddy", "Khan", "Subramaniam", "Patel",
    ],
    firm: &["& Co. Pvt. Ltd.", "Textiles Ltd."],
    order: Order::Western,
};

pub(super) const AFRICAN: Names = Names {
    given: &["Uwase", "Jean de Dieu", "Ingabire", "Emmanuel", "Mutoni", "Claudine"],
    family: &["Habimana", "Mukamana", "Niyonzima", "Uwimana", "Nsengiyumva", "Bizimana"],
    firm: &["Trading Ltd", "Coffee Cooperative"],
    order: Order::Western,
};

pub(super) const JAPANESE: Names = Names {
    given: &["花子", "翔太", "さくら", "健一", "美咲", "大輔", "陽菜", "蓮"],
    family: &["佐藤", "鈴木", "髙橋", "渡邉", "長谷川", "山﨑", "伊集院", "小鳥遊"],
    firm: &["商事株式会社", "運輸株式会社"],
    order: Order::Eastern,
};

pub(super) const KOREAN: Names = Names {
    given: &["서연", "민준", "지우", "하윤", "도현", "은주"],
    family: &["김", "이", "박", "최", "정", "남궁"],
    firm: &["물산 주식회사", "전자"],
    order: Order::Eastern,
};

pub(super) const CHINESE: Names = Names {
    given: &["嘉怡", "志强", "詠詩", "家豪", "美玲", "子軒"],
    family: &["陳", "王", "歐陽", "黃", "李", "司徒"],
    firm: &["貿易有限公司", "控股有限公司"],
    order: Order::Eastern,
};
