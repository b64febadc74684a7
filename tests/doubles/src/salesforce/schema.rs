//! The objects and fields of a young org, and what describe tells of them.

use serde_json::{Value, json};

/// One field per entry: name, kind, then marks: `*` required, `!` read-only, `@` external id,
/// `?` there with person accounts only.
const OBJECTS: &[(&str, &str, &str, &str)] = &[
    (
        "Account",
        "001",
        "Id:id!, Name:text255*, Phone:phone, Type:text, Industry:text, BillingCountry:text, OwnerId:ref(Owner>User), \
         Tier__c:pick(Premium|Standard), Customer_No__c:text80@, IsPersonAccount:bool!?, PersonEmail:email?, \
         PersonMobilePhone:phone?, PersonHomePhone:phone?, PersonTitle:text80?, PersonMailingCountry:text?, PersonContactId:ref(PersonContact>Contact)!?, \
         FirstName:text40?, LastName:text80?, CreatedDate:time!, LastModifiedDate:time!",
        "Contacts>Contact.AccountId, Cases>Case.AccountId, Tasks>Task.WhatId, Events>Event.WhatId",
    ),
    (
        "Contact",
        "003",
        "Id:id!, Name:text121!, FirstName:text40, LastName:text80*, Email:email, Phone:phone, MobilePhone:phone, \
         HomePhone:phone, OtherPhone:phone, Title:text128, Department:text80, AccountId:ref(Account>Account), \
         OwnerId:ref(Owner>User), MailingCountry:text, MailingCity:text, LeadSource:text, Description:text32000, \
         Customer_No__c:text80@, Tier__c:pick(Premium|Standard), Language__c:text, IsPersonAccount:bool!?, \
         CreatedDate:time!, LastModifiedDate:time!",
        "Cases>Case.ContactId, Tasks>Task.WhoId, Events>Event.WhoId",
    ),
    (
        "Lead",
        "00Q",
        "Id:id!, Name:text121!, FirstName:text40, LastName:text80*, Company:text255*, Email:email, Phone:phone, \
         MobilePhone:phone, Title:text128, City:text, Country:text, Status:pick(Open|Working|Closed), IsConverted:bool!, \
         OwnerId:ref(Owner>User), LeadSource:text, CreatedDate:time!, LastModifiedDate:time!",
        "Tasks>Task.WhoId, Events>Event.WhoId",
    ),
    (
        "Case",
        "500",
        "Id:id!, CaseNumber:text30!, Subject:text255, Description:text32000, Status:pick(New|Working|Escalated|Closed), \
         Priority:pick(Low|Medium|High|Critical), Origin:pick(Phone|Email|Web|Chat), Type:text, Reason:text, \
         IsClosed:bool!, ContactId:ref(Contact>Contact), AccountId:ref(Account>Account), OwnerId:ref(Owner>User), \
         ClosedDate:time!, Interaction_Id__c:text80@, CreatedDate:time!, LastModifiedDate:time!",
        "CaseComments>CaseComment.ParentId, Tasks>Task.WhatId",
    ),
    (
        "CaseComment",
        "00a",
        "Id:id!, ParentId:ref(Parent>Case)*, CommentBody:text4000, IsPublished:bool, CreatedDate:time!, LastModifiedDate:time!",
        "",
    ),
    (
        "Task",
        "00T",
        "Id:id!, Subject:text255, Status:pick(Not Started|In Progress|Completed), Priority:pick(High|Normal|Low), \
         TaskSubtype:pick(Task|Call|Email|ListEmail), CallType:pick(Inbound|Outbound|Internal), \
         CallDurationInSeconds:int, CallDisposition:text255, CallObject:text255, ActivityDate:date, \
         Description:text32000, WhoId:ref(Who>Name), WhatId:ref(What>Name), AccountId:ref(Account>Account)!, OwnerId:ref(Owner>User), \
         IsClosed:bool!, Interaction_Id__c:text80@, CreatedDate:time!, LastModifiedDate:time!",
        "",
    ),
    (
        "Event",
        "00U",
        "Id:id!, Subject:text255, StartDateTime:time, EndDateTime:time, DurationInMinutes:int, ActivityDate:date, \
         Description:text32000, WhoId:ref(Who>Name), WhatId:ref(What>Name), AccountId:ref(Account>Account)!, OwnerId:ref(Owner>User), \
         CreatedDate:time!, LastModifiedDate:time!",
        "",
    ),
    (
        "User",
        "005",
        "Id:id!, Name:text121!, FirstName:text40, LastName:text80*, Email:email, Username:text80, IsActive:bool",
        "",
    ),
    // What a lookup to several kinds of record shows of the one it points to.
    (
        "Name",
        "",
        "Id:id!, Name:text!, FirstName:text!, LastName:text!, Email:email!, Phone:phone!, Type:text!",
        "",
    ),
];

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Id,
    Text(usize),
    Bool,
    Int,
    Date,
    Time,
    Pick(Vec<String>),
    /// The relationship's name and the object it leads to.
    Ref(String, String),
}

#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) kind: Kind,
    /// What describe calls a text: string, email, phone.
    word: String,
    pub(super) is_required: bool,
    pub(super) is_fixed: bool,
    pub(super) is_external_id: bool,
}

/// Rows of another object that point here.
#[derive(Clone, Debug)]
pub(super) struct Child {
    pub(super) name: String,
    pub(super) object: String,
    pub(super) field: String,
}

#[derive(Clone, Debug)]
pub(super) struct Object {
    pub(super) name: String,
    pub(super) prefix: String,
    pub(super) fields: Vec<Field>,
    pub(super) children: Vec<Child>,
}

impl Object {
    pub(super) fn field(&self, name: &str) -> Option<&Field> {
        let mut fields = self.fields.iter();
        fields.find(|field| field.name.eq_ignore_ascii_case(name))
    }

    /// The field behind a relationship, and the object it leads to.
    pub(super) fn relationship(&self, name: &str) -> Option<(&Field, &str)> {
        self.fields.iter().find_map(|field| {
            let Kind::Ref(own, object) = &field.kind else {
                return None;
            };
            own.eq_ignore_ascii_case(name)
                .then_some((field, object.as_str()))
        })
    }

    pub(super) fn child(&self, name: &str) -> Option<&Child> {
        let mut children = self.children.iter();
        children.find(|child| child.name.eq_ignore_ascii_case(name))
    }
}

#[derive(Clone, Debug)]
pub(super) struct Schema(Vec<Object>);

impl Schema {
    /// Of an org with or without person accounts, as somebody sees it from whom fields are hidden.
    pub(super) fn new(person_accounts: bool, hidden: &[(String, String)]) -> Self {
        let objects = OBJECTS.iter().map(|(name, prefix, fields, children)| {
            let shown = |text: &&str| person_accounts || !text.ends_with('?');
            let fields = fields.split(", ").map(str::trim).filter(shown).map(field);
            let is_hidden = |field: &Field| {
                let mut hidden = hidden.iter();
                hidden.any(|(object, hidden)| object == name && *hidden == field.name)
            };
            Object {
                name: (*name).to_owned(),
                prefix: (*prefix).to_owned(),
                fields: fields.filter(|field| !is_hidden(field)).collect(),
                children: children.split(", ").filter_map(child).collect(),
            }
        });
        Self(objects.collect())
    }

    pub(super) fn object(&self, name: &str) -> Option<&Object> {
        let mut objects = self.0.iter();
        objects.find(|object| object.name.eq_ignore_ascii_case(name))
    }

    /// The object whose records' ids start like this one.
    pub(super) fn object_of_id(&self, id: &str) -> Option<&Object> {
        let mut objects = self.0.iter().filter(|object| !object.prefix.is_empty());
        objects.find(|object| id.starts_with(&object.prefix))
    }
}

/// `Name:kind` and its marks.
fn field(text: &str) -> Field {
    let (name, rest) = text.split_once(':').unwrap_or((text, "text"));
    let kind = rest.trim_end_matches(['*', '!', '@', '?']);
    let marks = rest.get(kind.len()..).unwrap_or_default();
    let within = kind
        .split_once('(')
        .map(|(_, list)| list.trim_end_matches(')'));
    let within = within.unwrap_or_default();
    let word = kind.trim_end_matches(|sign: char| sign.is_ascii_digit());
    let length = kind
        .get(word.len()..)
        .and_then(|digits| digits.parse().ok());
    let parsed = match word {
        "id" => Kind::Id,
        "bool" => Kind::Bool,
        "int" => Kind::Int,
        "date" => Kind::Date,
        "time" => Kind::Time,
        _ if word.starts_with("pick") => Kind::Pick(within.split('|').map(str::to_owned).collect()),
        _ if word.starts_with("ref") => {
            let (own, object) = within.split_once('>').unwrap_or((within, within));
            Kind::Ref(own.to_owned(), object.to_owned())
        }
        _ => Kind::Text(length.unwrap_or(255)),
    };
    Field {
        name: name.to_owned(),
        kind: parsed,
        word: word.to_owned(),
        is_required: marks.contains('*'),
        is_fixed: marks.contains('!'),
        is_external_id: marks.contains('@'),
    }
}

/// `Relationship>Object.Field`
fn child(text: &str) -> Option<Child> {
    let (name, rest) = text.split_once('>')?;
    let (object, field) = rest.split_once('.')?;
    Some(Child {
        name: name.trim().to_owned(),
        object: object.to_owned(),
        field: field.to_owned(),
    })
}

/// What `GET /sobjects/{object}/describe` answers.
pub(super) fn describe(object: &Object) -> Value {
    let children = object.children.iter().map(|child| {
        json!({ "childSObject": child.object, "field": child.field, "relationshipName": child.name })
    });
    json!({
        "name": object.name,
        "label": object.name,
        "keyPrefix": object.prefix,
        "queryable": true,
        "searchable": true,
        "fields": object.fields.iter().map(described).collect::<Vec<_>>(),
        "childRelationships": children.collect::<Vec<_>>(),
        "recordTypeInfos": [],
    })
}

fn described(field: &Field) -> Value {
    let (kind, length, picks, reference) = match &field.kind {
        Kind::Id => ("id", 18, None, None),
        Kind::Text(length) if field.word == "text" => ("string", *length, None, None),
        Kind::Text(length) => (field.word.as_str(), *length, None, None),
        Kind::Bool => ("boolean", 0, None, None),
        Kind::Int => ("int", 0, None, None),
        Kind::Date => ("date", 0, None, None),
        Kind::Time => ("datetime", 0, None, None),
        Kind::Pick(values) => ("picklist", 255, Some(values), None),
        Kind::Ref(name, object) => ("reference", 18, None, Some((name, object))),
    };
    let picks = picks.into_iter().flatten().enumerate().map(|(at, value)| {
        json!({ "active": true, "defaultValue": at == 0, "label": value, "validFor": null, "value": value })
    });
    json!({
        "name": field.name,
        "label": field.name.trim_end_matches("__c").replace('_', " "),
        "type": kind,
        "length": length,
        "nillable": !field.is_required,
        "createable": !field.is_fixed,
        "updateable": !field.is_fixed,
        "externalId": field.is_external_id,
        "custom": field.name.ends_with("__c"),
        "restrictedPicklist": matches!(field.kind, Kind::Pick(_)),
        "picklistValues": picks.collect::<Vec<_>>(),
        "relationshipName": reference.map(|(name, _)| name),
        "referenceTo": reference.map(|(_, object)| object).into_iter().collect::<Vec<_>>(),
    })
}
