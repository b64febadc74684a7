// The rows of a card's sections, each with what a state does not care about.

import type {
  ActivityView,
  CaseView,
  FactView,
  PartSourceView,
  PartState,
} from '../../bindings/wire';
import { DAY } from '../../words/format';

/** A section that one connection fills. */
export function from(
  source: Pick<PartSourceView, 'connection' | 'label'>,
  state: PartState,
): PartSourceView[] {
  return [{ ...source, state }];
}

export function caseOf(number: string, subject: string, given: Partial<CaseView>): CaseView {
  return {
    connection: 'zendesk',
    source: null,
    id: number,
    number: `CS-${number}`,
    subject,
    status: null,
    priority: null,
    created: null,
    due: null,
    copy: false,
    made: true,
    write: null,
    ...given,
  };
}

export function activity(
  now: number,
  id: number,
  channel: ActivityView['channel'],
  daysAgo: number,
  subject: string,
  detail: string,
): ActivityView {
  return {
    connection: 'salesforce',
    source: null,
    id: String(id),
    channel,
    subject,
    detail,
    at: now - daysAgo * DAY,
  };
}

export function fact(
  name: FactView['name'],
  value: string,
  given: Partial<FactView> = {},
): FactView {
  return {
    name,
    label: null,
    value,
    copy: null,
    opens: false,
    ltr: false,
    source: null,
    disputed: false,
    masked: false,
    ...given,
  };
}
