import { cleanup, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import type { ActivitiesView, PartSourceView } from '../../bindings/wire';
import Activities from './Activities.svelte';
import Routing from './Routing.svelte';

afterEach(cleanup);

const failed: PartSourceView = { connection: 'zd', label: 'Zendesk', state: 'failed' };

function earlier(count: number, sources: PartSourceView[] = []): ActivitiesView {
  const items = Array.from({ length: count }, (_, index) => ({
    connection: 'sf',
    source: null,
    id: String(index),
    channel: null,
    subject: `Earlier ${index}`,
    detail: null,
    at: null,
  }));
  return { state: 'ready', items, total: count + 5, asOf: null, sources };
}

describe('what a card has no room for', () => {
  it('shows all earlier interactions on request, and how many more the CRM has', async () => {
    const source: PartSourceView = { connection: 'sf', label: 'Salesforce', state: 'ready' };
    render(Activities, { activities: earlier(12, [source]) });
    expect(screen.queryByText('Earlier 11')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'See all' }));
    expect(screen.getByText('Earlier 11')).toBeTruthy();
    expect(screen.getByText('5 more in Salesforce')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Show fewer' }));
    expect(screen.queryByText('Earlier 11')).toBeNull();
  });

  it('has nothing to show where everything is seen', () => {
    render(Activities, { activities: earlier(3) });
    expect(screen.queryByRole('button')).toBeNull();
    expect(screen.getByText('Earlier 2')).toBeTruthy();
  });

  it('says that a part is missing, however many rows there are', () => {
    render(Activities, { activities: earlier(12, [failed]) });
    expect(screen.getByText(/Zendesk/)).toBeTruthy();
  });
});

describe('a language in the readouts', () => {
  const shown = (value: string): string | null | undefined => {
    render(Routing, { reason: null, hints: [{ name: 'language', value, hot: false }] });
    return document.querySelector('dd')?.textContent.trim();
  };

  it('is named as people name it, and left alone where it is no tag', () => {
    expect(shown('es')).toBe('Spanish');
    cleanup();
    expect(shown('pt-BR')).toBe('Brazilian Portuguese');
    cleanup();
    expect(shown('Spanish')).toBe('Spanish');
    cleanup();
    expect(shown('Klingon (spoken)')).toBe('Klingon (spoken)');
  });
});
