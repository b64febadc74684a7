import { cleanup, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { troubled } from '../../host/fake/apps';
import { open, settle } from '../../host/fake/render';

afterEach(cleanup);

const candidate = {
  connection: 'salesforce',
  id: '1',
  name: 'Somebody',
  line: '',
  reasons: [],
  openCases: null,
};

const nothing = { items: [], cases: [], today: [] };

describe('the search', () => {
  it('offers who is pinned and who was there last, before a word is typed', async () => {
    const { host, user } = await open('idle');
    await user.keyboard('{Control>}k{/Control}');
    await settle();
    const groups = screen.getAllByRole('group').map((group) => group.getAttribute('aria-label'));
    expect(groups).toEqual(['Pinned', 'Recent']);
    expect(screen.getAllByRole('option')).toHaveLength(3);
    expect(host.called('search')).toEqual([]);
    await user.keyboard('{ArrowDown}{Enter}');
    const wanted = { pop: null, connection: 'salesforce', id: '33018' };
    expect(host.called('use_customer')).toEqual([wanted]);
  });

  it('pins the customer of a card, and no more, by the menu', async () => {
    const { host, user } = await open('single');
    await user.keyboard('{Control>}.{/Control}');
    await user.click(screen.getByRole('menuitem', { name: 'Pin in the search' }));
    await settle();
    await user.keyboard('{Control>}.{/Control}');
    await user.click(screen.getByRole('menuitem', { name: 'Unpin from the search' }));
    const pop = { pop: 1, generation: 1 };
    expect(host.called('pin')).toEqual([
      { pop, pinned: true },
      { pop, pinned: false },
    ]);
  });

  it('needs no pointer: type, arrow, Enter', async () => {
    const { host, user } = await open('single');
    await user.keyboard('{Control>}k{/Control}gonz{Enter}');
    await settle();
    const groups = screen.getAllByRole('group').map((group) => group.getAttribute('aria-label'));
    expect(groups).toEqual(['Results', 'Customers', 'Open cases', 'Today']);
    expect(screen.getAllByRole('option')).toHaveLength(7);
    await user.keyboard('{ArrowDown}{Enter}');
    const wanted = { pop: null, connection: 'salesforce', id: '12977' };
    expect(host.called('use_customer')).toEqual([wanted]);
  });

  it('leads from a case to its customer, and from an interaction of the day to its card', async () => {
    const { host, user } = await open('single');
    await user.keyboard('{Control>}k{/Control}gonz{Enter}');
    await settle();
    await user.click(screen.getByRole('option', { name: /Home loan: proof of income missing/ }));
    const wanted = { pop: null, connection: 'zendesk', id: '12345' };
    expect(host.called('use_customer')).toEqual([wanted]);
    await user.keyboard('{Control>}k{/Control}gonz{Enter}');
    await settle();
    await user.keyboard('{End}{ArrowUp}{Enter}');
    expect(screen.getByRole('heading', { level: 1, name: 'Cesar Gonzalez' })).toBeTruthy();
    expect(host.called('reopen')).toEqual([]);
  });

  it('links to the card in front with Ctrl Enter', async () => {
    const { host, user } = await open('single');
    await user.keyboard('{Control>}k{/Control}gonz{Enter}');
    await settle();
    await user.keyboard('{Control>}{Enter}{/Control}');
    const pop = { pop: 1, generation: 1 };
    expect(host.called('use_customer')).toEqual([{ pop, connection: 'salesforce', id: '12345' }]);
  });

  it('for a card links what is chosen to it', async () => {
    const { host, user } = await open('matches');
    await user.click(screen.getByRole('button', { name: 'Search another name' }));
    await user.keyboard('gonz{Enter}');
    await settle();
    await user.keyboard('{Enter}');
    expect(host.called('use_customer')).toMatchObject([{ pop: { pop: 1, generation: 1 } }]);
  });

  it('drops the answer to words that were typed over', async () => {
    const { host, user } = await open('search');
    const answers: ((items: unknown) => void)[] = [];
    host.answers.set('search', () => new Promise((done) => answers.push(done)));
    await user.keyboard('a{Enter}');
    await user.keyboard('b{Enter}');
    answers[1]?.({ ...nothing, problems: [] });
    await settle();
    answers[0]?.({ ...nothing, items: [{ ...candidate, name: 'Too late' }], problems: [] });
    await settle();
    expect(screen.queryByText('Too late')).toBeNull();
    expect(screen.getByText('No customer for “gonzab”')).toBeTruthy();
  });

  it('says which CRM could not answer beside what others found', async () => {
    const { host, user } = await open('search');
    const problem = troubled(Date.now()).connections[0]?.problem;
    host.answers.set('search', () => ({ ...nothing, items: [candidate], problems: [problem] }));
    await user.keyboard('{Enter}');
    await settle();
    expect(screen.getByText('Your Salesforce sign-in has expired')).toBeTruthy();
    expect(screen.getAllByRole('option')).toHaveLength(1);
  });

  it('asks nothing for a single letter', async () => {
    const { host, user } = await open('idle');
    await user.keyboard('{Control>}k{/Control}g{Enter}');
    await settle();
    expect(host.called('search')).toEqual([]);
    await user.keyboard('o{Enter}');
    await settle();
    expect(host.called('search')).toEqual([{ words: 'go' }]);
  });
});
