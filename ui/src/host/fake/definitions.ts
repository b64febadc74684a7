// Invented definitions of CRMs, as the form to connect one shows them.

import type { DefinitionView } from '../../bindings/wire';

export const definitions: DefinitionView[] = [
  {
    id: 'rest',
    name: 'REST CRM',
    fields: [
      field('server', 'Server', { example: 'https://crm.example.com' }),
      field('tenant', 'Tenant', { optional: true }),
      field('search', 'Find phone numbers', {
        kind: 'choice',
        default: 'e164',
        choices: ['e164', 'national'],
      }),
      field('activities', 'Show earlier interactions', { kind: 'switch', default: 'true' }),
    ],
    methods: [
      {
        name: 'token',
        label: 'Bearer token',
        kind: 'secret',
        secret: { label: 'Token or key', optional: false },
        needs: [],
      },
      {
        name: 'password',
        label: 'User name and password',
        kind: 'basic',
        secret: { label: 'Password', optional: false },
        needs: [],
      },
    ],
  },
];

function field(
  name: string,
  label: string,
  given: Partial<DefinitionView['fields'][number]>,
): DefinitionView['fields'][number] {
  return {
    name,
    label,
    kind: 'text',
    default: null,
    example: null,
    optional: false,
    choices: [],
    ...given,
  };
}
