// The diagnosis in words: counted, in the order to read it, and as lines for an administrator.

import type { CheckView, DiagnosisView, FindingView, VerdictView } from '../../bindings/wire';
import { timeExactly } from '../../words/format';
import { t } from '../../words';

export type Counts = Readonly<Record<VerdictView, number>>;

/** How many checks ended how. */
export function counted(checks: readonly CheckView[]): Counts {
  const counts = { passed: 0, warning: 0, failed: 0, skipped: 0 };
  for (const { verdict } of checks) counts[verdict] += 1;
  return counts;
}

/** What fails first, then what warns, then the rest as it came; what was not looked at last. */
export function inOrder(checks: readonly CheckView[]): readonly CheckView[] {
  const order: readonly VerdictView[] = ['failed', 'warning', 'passed', 'skipped'];
  return order.flatMap((wanted) => checks.filter(({ verdict }) => verdict === wanted));
}

export function verdictWord(verdict: VerdictView): string {
  return t(`doctor.is_${verdict}`);
}

/** One sentence for the ear: what failed and what warns, by name. */
export function outcome({ checks }: DiagnosisView): string {
  const named = (wanted: VerdictView) =>
    checks.filter(({ verdict }) => verdict === wanted).map(({ label }) => label);
  const failed = named('failed');
  const warned = named('warning');
  const parts = [
    failed.length > 0 ? `${t('doctor.failed', { n: failed.length })}: ${failed.join(', ')}` : '',
    warned.length > 0 ? `${t('doctor.warned', { n: warned.length })}: ${warned.join(', ')}` : '',
    t('doctor.passed', { n: counted(checks).passed }),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** What is wrong as lines of text that an administrator can work with. */
export function forAdmin(
  check: CheckView,
  finding: FindingView,
  source: string,
  at: number,
): string {
  const lines = [
    finding.title,
    `${t('doctor.cause')}: ${finding.cause}`,
    `${t('doctor.effect')}: ${finding.effect}`,
    `${t('doctor.fix')}: ${finding.admin}`,
    `${t('doctor.tried')}: ${check.tried}`,
    `${t('doctor.expected')}: ${check.expected}`,
    `${t('doctor.came')}: ${check.came}`,
    `${source} · ${finding.code} · ${timeExactly(at)}`,
  ];
  return lines.join('\n');
}
