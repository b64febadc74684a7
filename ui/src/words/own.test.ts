import { readFileSync } from 'node:fs';
import { cleanup, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { open } from '../host/fake/render';
import { cesar } from '../host/fake/people';
import { app } from '../host/fake/apps';
import { t } from '.';
import { word, worded } from './own';

const schema = JSON.parse(readFileSync('../src-tauri/docs/settings.schema.json', 'utf8')) as {
  $defs: { Texts: { properties: Record<string, unknown> } };
};

afterEach(() => {
  cleanup();
  word({});
});

describe("an organisation's own words", () => {
  it('are known by every name that the settings have, and by no other', () => {
    const names = Object.keys(schema.$defs.Texts.properties).sort();
    expect(Object.keys(worded).sort()).toEqual(names);
  });

  it('stand in the place of ours, as plain text, until they are gone', () => {
    expect(t('cases.title')).toBe('Open cases');
    word({ cases: 'Tickets { $n }', nothing_of_this_name: 'x' });
    expect(t('cases.title')).toBe('Tickets { $n }');
    word({});
    expect(t('cases.title')).toBe('Open cases');
  });
});

describe("an organisation's layout", () => {
  it('has its parts in its order, and those it does not name not at all', async () => {
    const { root } = await open('ordered');
    const parts = [...root.querySelectorAll('.card > section')].map(({ className }) =>
      className.includes('facts-sec') ? 'facts' : className.includes('cases') ? 'cases' : className,
    );
    expect(parts.map((part) => part.split(' ')[0])).toEqual(['facts', 'cases']);
    expect(screen.getByRole('heading', { name: /Tickets/ })).toBeTruthy();
    expect(screen.getByText('Adviser')).toBeTruthy();
  });

  it('shows details that CRMs dispute also where it has no details', async () => {
    const now = Date.now();
    const fact = cesar(now)
      .facts.slice(0, 1)
      .map((it) => ({ ...it, disputed: true }));
    const { root } = await open({
      app: app(now),
      pops: [cesar(now, { parts: ['cases'], facts: fact })],
    });
    expect(root.querySelector('.facts-sec')).not.toBeNull();
  });
});

describe('what is switched off', () => {
  it('cannot be reached by button, menu or key', async () => {
    const { root, user } = await open('ordered');
    expect(screen.queryByRole('button', { name: /Search/ })).toBeNull();
    await user.keyboard('{Control>}k{/Control}');
    expect(root.querySelector('[data-page="search"], .search')).toBeNull();
    expect(screen.queryByPlaceholderText(t('search.placeholder'))).toBeNull();
  });

  it('is there where nothing is', async () => {
    const { user } = await open('single');
    await user.keyboard('{Control>}k{/Control}');
    expect(screen.getByPlaceholderText(t('search.placeholder'))).toBeTruthy();
  });
});
