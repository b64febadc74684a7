//! The CRMs that can be connected, as the connect form shows them.

use pop_crm::{AuthMethod, AuthWay, Definition, Setting, SettingKind};
use pop_wire::{DefinitionView, FieldKind, FieldView, MethodKind, MethodView, SecretView};

/// One definition; which there are is the engine's knowledge.
pub(crate) fn view(definition: &Definition) -> DefinitionView {
    DefinitionView {
        id: definition.id().to_owned(),
        name: definition.name().to_owned(),
        // A secret belongs to a way to sign in, and is asked for there.
        fields: definition
            .settings()
            .iter()
            .filter(|setting| setting.kind != SettingKind::Secret)
            .map(field)
            .collect(),
        methods: definition.auth_methods().iter().map(method).collect(),
    }
}

fn field(setting: &Setting) -> FieldView {
    FieldView {
        name: setting.name.clone(),
        label: setting.label.clone(),
        kind: match setting.kind {
            SettingKind::Choice => FieldKind::Choice,
            SettingKind::Switch => FieldKind::Switch,
            SettingKind::Secret => FieldKind::Secret,
            SettingKind::Host | SettingKind::Origin | SettingKind::Text | SettingKind::Name => {
                FieldKind::Text
            }
        },
        default: setting.default.as_ref().map(|value| {
            value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned)
        }),
        example: setting.example.clone(),
        optional: setting.optional,
        choices: setting.choices.clone(),
    }
}

fn method(method: &AuthMethod) -> MethodView {
    MethodView {
        name: method.name.clone(),
        label: method.label.clone(),
        kind: match method.way {
            AuthWay::Secret => MethodKind::Secret,
            AuthWay::Basic => MethodKind::Basic,
            AuthWay::Browser => MethodKind::Browser,
            AuthWay::Client => MethodKind::Client,
        },
        secret: method
            .fields
            .iter()
            .find(|field| field.hidden)
            .map(|field| SecretView {
                label: field.label.clone(),
                optional: field.optional,
            }),
        needs: method.settings.clone(),
    }
}
