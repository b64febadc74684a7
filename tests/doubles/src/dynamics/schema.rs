//! The tables of an environment with Customer Service: columns, lookups, and who points to whom.

/// Logical name, set, key column, name column, columns, lookups, collections, alternate keys.
type Entry = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

const COMMON: &str = "createdon:time!, modifiedon:time!";

const ACTIVITY: &str = "activityid:guid, subject:text200, description:text2000, activitytypecode:text!, \
    actualstart:time, actualend:time, scheduledend:time, actualdurationminutes:int, \
    statecode:option(0=Open|1=Completed|2=Canceled), ";

const ENTITIES: &[Entry] = &[
    (
        "contact",
        "contacts",
        "contactid",
        "fullname",
        "contactid:guid, fullname:text160!, firstname:text50, lastname:text50, emailaddress1:text100, \
         emailaddress2:text100, emailaddress3:text100, telephone1:text50, telephone2:text50, telephone3:text50, mobilephone:text50, \
         address1_telephone1:text50, address1_country:text80, address1_city:text80, jobtitle:text100, \
         description:text2000, new_customerno:text100, new_tier:option(1=Premium|2=Standard), new_language:text20, new_phonee164:text50, \
         customertypecode:option(1=Default Value), statecode:option(0=Active|1=Inactive), \
         statuscode:option(1=Active|2=Inactive)",
        "parentcustomerid>parentcustomerid_account=account|parentcustomerid_contact=contact, ownerid>ownerid=systemuser",
        "incident_customer_contacts=incident.customerid, Contact_Phonecalls=phonecall.regardingobjectid, \
         Contact_Tasks=task.regardingobjectid, Contact_ActivityPointers=activitypointer.regardingobjectid, \
         contact_as_primary_contact=incident.primarycontactid",
        "new_customerno",
    ),
    (
        "account",
        "accounts",
        "accountid",
        "name",
        "accountid:guid, name:text160, accountnumber:text20, telephone1:text50, emailaddress1:text100, \
         new_tier:option(1=Premium|2=Standard), statecode:option(0=Active|1=Inactive), \
         statuscode:option(1=Active|2=Inactive)",
        "primarycontactid>primarycontactid=contact, ownerid>ownerid=systemuser",
        "contact_customer_accounts=contact.parentcustomerid, incident_customer_accounts=incident.customerid, \
         Account_Phonecalls=phonecall.regardingobjectid, Account_ActivityPointers=activitypointer.regardingobjectid",
        "accountnumber",
    ),
    (
        "incident",
        "incidents",
        "incidentid",
        "title",
        "incidentid:guid, ticketnumber:text100!, title:text200*, description:text2000, \
         caseorigincode:option(1=Phone|2=Email|3=Web|2483=Facebook|3986=Twitter), \
         prioritycode:option(1=High|2=Normal|3=Low), severitycode:option(1=Default Value), \
         casetypecode:option(1=Question|2=Problem|3=Request), \
         statecode:option(0=Active|1=Resolved|2=Cancelled), \
         statuscode:option(1=In Progress|2=On Hold|3=Waiting for Details|4=Researching|5=Problem Solved|1000=Information Provided|6=Cancelled), \
         new_interactionid:text100",
        "customerid>customerid_contact=contact|customerid_account=account, primarycontactid>primarycontactid=contact, \
         ownerid>ownerid=systemuser",
        "Incident_Phonecalls=phonecall.regardingobjectid, Incident_Tasks=task.regardingobjectid, \
         Incident_ActivityPointers=activitypointer.regardingobjectid, Incident_Annotation=annotation.objectid",
        "new_interactionid",
    ),
    (
        "phonecall",
        "phonecalls",
        "activityid",
        "subject",
        "phonenumber:text200, directioncode:bool(Incoming|Outgoing), \
         statuscode:option(1=Open|2=Made|4=Received|3=Canceled), new_interactionid:text100",
        "regardingobjectid>regardingobjectid_contact_phonecall=contact|regardingobjectid_account_phonecall=account|\
         regardingobjectid_incident_phonecall=incident, ownerid>ownerid_phonecall=systemuser",
        "",
        "new_interactionid",
    ),
    (
        "task",
        "tasks",
        "activityid",
        "subject",
        "statuscode:option(2=Not Started|3=In Progress|4=Waiting on someone else|5=Completed|6=Canceled|7=Deferred), \
         prioritycode:option(0=Low|1=Normal|2=High), new_interactionid:text100",
        "regardingobjectid>regardingobjectid_contact_task=contact|regardingobjectid_account_task=account|\
         regardingobjectid_incident_task=incident, ownerid>ownerid_task=systemuser",
        "",
        "new_interactionid",
    ),
    (
        "activitypointer",
        "activitypointers",
        "activityid",
        "subject",
        "statuscode:option(1=Open|2=Completed|3=Canceled)",
        "regardingobjectid>regardingobjectid_contact=contact|regardingobjectid_account=account|regardingobjectid_incident=incident, \
         ownerid>ownerid=systemuser",
        "",
        "",
    ),
    (
        "annotation",
        "annotations",
        "annotationid",
        "subject",
        "annotationid:guid, subject:text500, notetext:text100000",
        "objectid>objectid_incident=incident|objectid_contact=contact|objectid_account=account",
        "",
        "",
    ),
    (
        "systemuser",
        "systemusers",
        "systemuserid",
        "fullname",
        "systemuserid:guid, fullname:text200, internalemailaddress:text100, domainname:text1024, isdisabled:bool(Enabled|Disabled)",
        "",
        "",
        "",
    ),
    (
        "stringmap",
        "stringmaps",
        "stringmapid",
        "value",
        "stringmapid:guid, objecttypecode:text100, attributename:text100, attributevalue:int, value:text500, displayorder:int",
        "",
        "",
        "",
    ),
];

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text(usize),
    Int,
    Guid,
    Time,
    /// What no and yes are called.
    Bool(String, String),
    /// Numbers and labels.
    Option(Vec<(i64, String)>),
}

#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) is_required: bool,
    pub(super) is_fixed: bool,
}

/// A column that points to another row, and the navigation names by which it is written.
#[derive(Clone, Debug)]
pub(super) struct Lookup {
    pub(super) name: String,
    /// The navigation's name and the table it leads to.
    pub(super) targets: Vec<(String, String)>,
}

impl Lookup {
    /// The name it is read by.
    pub(super) fn value_name(&self) -> String {
        format!("_{}_value", self.name)
    }
}

/// Rows of another table that point here.
#[derive(Clone, Debug)]
pub(super) struct Collection {
    pub(super) name: String,
    pub(super) entity: String,
    pub(super) lookup: String,
}

#[derive(Clone, Debug)]
pub(super) struct Entity {
    pub(super) name: &'static str,
    pub(super) set: &'static str,
    pub(super) key: &'static str,
    pub(super) title: &'static str,
    pub(super) columns: Vec<Column>,
    pub(super) lookups: Vec<Lookup>,
    pub(super) collections: Vec<Collection>,
    pub(super) alternate_key: &'static str,
}

impl Entity {
    pub(super) fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The lookup that is read by this name.
    pub(super) fn lookup_by_value(&self, name: &str) -> Option<&Lookup> {
        self.lookups
            .iter()
            .find(|lookup| lookup.value_name() == name)
    }

    /// The lookup that is written by this navigation, and where it leads.
    pub(super) fn navigation(&self, name: &str) -> Option<(&Lookup, &str)> {
        self.lookups.iter().find_map(|lookup| {
            let mut targets = lookup.targets.iter();
            let (_, table) = targets.find(|(navigation, _)| navigation == name)?;
            Some((lookup, table.as_str()))
        })
    }

    pub(super) fn collection(&self, name: &str) -> Option<&Collection> {
        self.collections
            .iter()
            .find(|collection| collection.name == name)
    }

    pub(super) fn is_activity(&self) -> bool {
        self.key == "activityid"
    }
}

/// Every table.
pub(super) fn entities() -> Vec<Entity> {
    ENTITIES.iter().map(entity).collect()
}

fn entity((name, set, key, title, columns, lookups, collections, alternate_key): &Entry) -> Entity {
    let shared = if *key == "activityid" { ACTIVITY } else { "" };
    let all = format!("{shared}{columns}, {COMMON}");
    Entity {
        name,
        set,
        key,
        title,
        columns: list(&all).map(column).collect(),
        lookups: list(lookups).map(lookup).collect(),
        collections: list(collections).filter_map(collection).collect(),
        alternate_key,
    }
}

fn list(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(", ").map(str::trim);
    parts.filter(|part| !part.is_empty())
}

/// `name:kind` and its marks: `*` required, `!` read-only.
fn column(text: &str) -> Column {
    let (name, rest) = text.split_once(':').unwrap_or((text, "text100"));
    let kind = rest.trim_end_matches(['*', '!']);
    let marks = rest.get(kind.len()..).unwrap_or_default();
    let within = kind
        .split_once('(')
        .map(|(_, list)| list.trim_end_matches(')'));
    let parts = within.unwrap_or_default().split('|');
    let word = kind.trim_end_matches(|sign: char| sign.is_ascii_digit());
    let kind = match kind.split('(').next().unwrap_or_default() {
        "guid" => Kind::Guid,
        "int" => Kind::Int,
        "time" => Kind::Time,
        "bool" => {
            let mut names = parts.map(str::to_owned);
            Kind::Bool(
                names.next().unwrap_or_default(),
                names.next().unwrap_or_default(),
            )
        }
        "option" => Kind::Option(
            parts
                .filter_map(|part| part.split_once('='))
                .filter_map(|(value, label)| Some((value.parse().ok()?, label.to_owned())))
                .collect(),
        ),
        _ => {
            let length = kind
                .get(word.len()..)
                .and_then(|digits| digits.parse().ok());
            Kind::Text(length.unwrap_or(100))
        }
    };
    Column {
        name: name.to_owned(),
        kind,
        is_required: marks.contains('*'),
        is_fixed: marks.contains('!'),
    }
}

/// `column>navigation=table|navigation=table`
fn lookup(text: &str) -> Lookup {
    let (name, targets) = text.split_once('>').unwrap_or((text, ""));
    let targets = targets
        .split('|')
        .filter_map(|target| target.trim().split_once('='));
    Lookup {
        name: name.to_owned(),
        targets: targets
            .map(|(name, table)| (name.to_owned(), table.to_owned()))
            .collect(),
    }
}

/// `Navigation=table.column`
fn collection(text: &str) -> Option<Collection> {
    let (name, rest) = text.split_once('=')?;
    let (entity, lookup) = rest.split_once('.')?;
    Some(Collection {
        name: name.to_owned(),
        entity: entity.to_owned(),
        lookup: lookup.to_owned(),
    })
}
