import { cleanup, screen, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { cesar, cesarOffered } from '../host/fake/people';
import { open, settle } from '../host/fake/render';
import { fact } from '../host/fake/rows';
import * as pops from '../host/fake/pops';
import { app } from '../host/fake/apps';

afterEach(cleanup);

const now = Date.now();
const tabs = () => screen.getAllByRole('tab');
const selected = () => tabs().filter((tab) => tab.getAttribute('aria-selected') === 'true');

describe('a card', () => {
  it('shows what is known at once, and skeletons for the rest', async () => {
    const { root } = await open('incoming');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Cesar Gonzalez');
    expect(screen.getByText('Identity verified')).toBeTruthy();
    expect(screen.getByText('Asked about loan status', { selector: 'p *' })).toBeTruthy();
    expect(root.querySelectorAll('.cases li.row')).toHaveLength(2);
    expect(root.querySelector('.cases')?.getAttribute('aria-busy')).toBe('true');
  });

  it('is replaced whole by a newer snapshot, and an older one is dropped', async () => {
    const { send } = await open('incoming');
    await send({ kind: 'pop', view: cesar(now, { seq: 5, tier: 'Premium' }) });
    expect(screen.getByText('Premium')).toBeTruthy();
    await send({ kind: 'pop', view: cesar(now, { seq: 4, tier: 'Basic' }) });
    expect(screen.queryByText('Basic')).toBeNull();
    expect(screen.getByText('Premium')).toBeTruthy();
  });

  it('opens the record of the generation on screen', async () => {
    const { host, user } = await open({
      app: app(now),
      pops: [cesar(now, { generation: 3 })],
    });
    await user.click(screen.getByRole('button', { name: 'Open record' }));
    expect(host.called('open_record')).toEqual([
      { pop: { pop: 1, generation: 3 }, case: null, company: false, also_in: null },
    ]);
  });

  it('opens the company by its name, where it has a record', async () => {
    const company = (opens: boolean) => [fact('company', 'Northwind Bank', { opens })];
    const { host, user, send } = await open({
      app: app(now),
      pops: [cesar(now, { facts: company(true), seq: 1 })],
    });
    const named = () => screen.queryByRole('button', { name: 'Northwind Bank' });
    named()?.focus();
    await user.keyboard('{Enter}');
    expect(host.called('open_record')).toMatchObject([{ company: true }]);
    await send({ kind: 'pop', view: cesar(now, { facts: company(false), seq: 2 }) });
    expect(named()).toBeNull();
    expect(screen.getByText('Northwind Bank')).toBeTruthy();
  });

  it('opens a case by its row', async () => {
    const { host, user } = await open('single');
    await user.click(screen.getByRole('button', { name: /Home loan: proof of income missing/ }));
    const wanted = { connection: 'zendesk', id: '20481' };
    expect(host.called('open_record')).toMatchObject([{ case: wanted, company: false }]);
  });

  it('shows data as text, with hidden characters as marks', async () => {
    const { root } = await open('hard');
    expect(root.querySelector('h1')?.textContent).toContain('U+202E');
    expect(root.querySelector('.quote b')).toBeNull();
    expect(root.querySelector('.quote')?.textContent).toContain('<b>bold</b>');
    expect(root.textContent).not.toMatch(/[\u202e\u200b\u2066]/);
  });

  it('tells a problem with its code last, and does what its button says', async () => {
    const { host, user, root } = await open('error-429');
    const problem = root.querySelector<HTMLElement>('.problem');
    if (!problem) throw new Error('there is a problem block');
    expect(within(problem).getByRole('heading').textContent).toContain('allows no more requests');
    expect(problem.querySelector('.tech')?.textContent).toContain('429 REQUEST_LIMIT_EXCEEDED');
    await user.click(within(problem).getByRole('button', { name: 'Try again now' }));
    expect(host.called('retry')).toEqual([
      { pop: { pop: 1, generation: 1 }, connection: 'salesforce' },
    ]);
  });

  it('leaves one filled button on the screen, the one of a severe problem first', async () => {
    const { root } = await open('error-401');
    const filled = [...root.querySelectorAll('.btn.primary')].map((one) => one.textContent.trim());
    expect(filled).toEqual(['Sign in again']);
  });

  it('draws a list of a CRM that gives an id twice', async () => {
    const twice = cesar(now);
    const [first] = twice.cases.items;
    if (!first) throw new Error('there is a case');
    const cases = { ...twice.cases, items: [first, { ...first, subject: 'Again' }] };
    const { root } = await open({ app: app(now), pops: [{ ...twice, cases }] });
    expect(root.querySelectorAll('.cases li.row')).toHaveLength(2);
  });
});

describe('several customers', () => {
  it('preselects the best and chooses nobody', async () => {
    const { host } = await open('matches');
    const options = screen.getAllByRole('option');
    expect(options[0]?.getAttribute('aria-selected')).toBe('true');
    expect(host.called('use_customer')).toEqual([]);
  });

  it.each([
    ['the arrow and Enter', '{ArrowDown}{Enter}', '12977'],
    ['the digit', '3', '88120'],
    ['End and Enter', '{End}{Enter}', '88120'],
  ])('are chosen with %s', async (_, keys, id) => {
    const { host, user } = await open('matches');
    await user.tab();
    screen.getAllByRole('option')[0]?.focus();
    await user.keyboard(keys);
    expect(host.called('use_customer')).toEqual([
      { pop: { pop: 1, generation: 1 }, connection: 'salesforce', id },
    ]);
  });

  it('are chosen with the button, which follows the selection', async () => {
    const { host, user } = await open('matches');
    screen.getAllByRole('option')[0]?.focus();
    await user.keyboard('{ArrowDown}');
    await user.click(screen.getByRole('button', { name: /Use Carmen Gonzalez Ruiz/ }));
    expect(host.called('use_customer')).toHaveLength(1);
  });

  it('are chosen by the name a digit stands for, not by a digit typed elsewhere', async () => {
    const { host, user } = await open('matches');
    await user.keyboard('2');
    expect(host.called('use_customer')).toEqual([]);
  });

  it('say so when the details point to different people', async () => {
    await open('conflict');
    expect(screen.getByText(/point to different people/)).toBeTruthy();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('3 possible customers');
  });
});

describe('nobody', () => {
  it('says who was asked, and links a searched customer to the card', async () => {
    const { host, user } = await open('no-match');
    expect(screen.getByText('No customer has this number')).toBeTruthy();
    expect(screen.getByText('0 found · 131 ms')).toBeTruthy();
    await user.type(screen.getByRole('combobox'), 'gonz{Enter}');
    await settle();
    await user.keyboard('{ArrowDown}{Enter}');
    expect(host.called('search')).toEqual([{ words: 'gonz' }]);
    expect(host.called('use_customer')).toEqual([
      { pop: { pop: 1, generation: 1 }, connection: 'salesforce', id: '12977' },
    ]);
  });

  it('says why what came was not used', async () => {
    await open('withheld');
    expect(screen.getByText(/The number was withheld/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: /Copy/ })).toBeNull();
  });
});

describe('tabs', () => {
  it('stand in the order of arrival, one of them in front', async () => {
    await open('live');
    expect(tabs()).toHaveLength(4);
    expect(selected()).toEqual([tabs()[0]]);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Cesar Gonzalez');
  });

  it('are chosen with Ctrl and their position, and go round with Ctrl Tab', async () => {
    const { user } = await open('live');
    await user.keyboard('{Control>}3{/Control}');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('João Pereira');
    await user.keyboard('{Control>}{Tab}{Tab}{/Control}');
    expect(selected()).toEqual([tabs()[0]]);
  });

  it('are one tab stop, with arrows inside', async () => {
    const { user } = await open('live');
    expect(tabs().filter((tab) => tab.tabIndex === 0)).toHaveLength(1);
    tabs()[0]?.focus();
    await user.keyboard('{ArrowRight}');
    expect(selected()).toEqual([tabs()[1]]);
    expect(document.activeElement).toBe(tabs()[1]);
  });

  it('keep the card of the others alive, with what is half typed', async () => {
    const two = [pops.none(now), cesar(now, { id: 2 })];
    const { user } = await open({ app: app(now), pops: two });
    await user.type(screen.getByRole('combobox'), 'half');
    await user.keyboard('{Control>}2{/Control}{Control>}1{/Control}');
    expect(screen.getByRole<HTMLInputElement>('combobox').value).toBe('half');
  });

  it('close with Ctrl W, and the neighbour comes to the front', async () => {
    const { user, host } = await open('live');
    await user.keyboard('{Control>}3{/Control}{Control>}w{/Control}');
    await settle();
    expect(host.called('close')).toEqual([{ pop: 3, generation: 1 }]);
    expect(selected()[0]?.title).toContain('Annelore');
  });

  it('fold into a list from six on', async () => {
    const { user } = await open('crowd');
    await user.click(screen.getByRole('button', { name: '4 more interactions' }));
    const items = screen.getAllByRole('menuitem');
    expect(items).toHaveLength(4);
    await user.keyboard('{ArrowDown}{Enter}');
    expect(selected()[0]?.title).toContain('Ingrid Solheim');
  });
});

describe('an arrival', () => {
  it('comes to the front when the one before it has ended, and not while it goes on', async () => {
    const after = await open('ended');
    await after.send({ kind: 'pop', view: cesar(now, { id: 8 }) });
    expect(selected()[0]?.id).toBe('tab-8');
    cleanup();
    const during = await open('single');
    await during.send({ kind: 'pop', view: cesar(now, { id: 8 }) });
    expect(selected()[0]?.id).not.toBe('tab-8');
  });

  it('comes to the front of an idle window', async () => {
    const { send } = await open('idle');
    await send({ kind: 'pop', view: cesarOffered(now) });
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Cesar Gonzalez');
  });

  it('waits in a notice while the agent types, and takes no key from the field', async () => {
    const { send, user } = await open('search');
    const field = screen.getByRole<HTMLInputElement>('combobox');
    expect(document.activeElement).toBe(field);
    await user.keyboard('al');
    await send({ kind: 'pop', view: cesarOffered(now, 8) });
    await user.keyboard('es');
    expect(field.value).toBe('gonzales');
    expect(document.activeElement).toBe(field);
    expect(screen.getByText('Chat offered: Cesar Gonzalez')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: /View/ }));
    expect(selected()[0]?.id).toBe('tab-8');
  });

  it('moves no focus, however many come and go', async () => {
    const { send } = await open('single');
    const button = screen.getByRole('button', { name: 'Open record' });
    button.focus();
    for (let id = 2; id < 22; id += 1) {
      await send({ kind: 'pop', view: cesarOffered(now, id) });
      await send({ kind: 'pop', view: cesar(now, { id, seq: 2 }) });
      expect(document.activeElement).toBe(button);
    }
    for (let id = 2; id < 22; id += 1) await send({ kind: 'gone', pop: id });
    expect(document.activeElement).toBe(button);
    expect(selected()[0]?.id).toBe('tab-1');
  });

  it('that the agent asked for comes to the front of others', async () => {
    const { user } = await open('search');
    await user.keyboard('{Enter}');
    await settle();
    await user.keyboard('{Enter}');
    await settle();
    expect(selected()[0]?.id).toBe('tab-1000');
  });
});

describe('what is painted', () => {
  const frames = () =>
    new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));

  it('is told for the card in front, at the second frame, and for no other', async () => {
    const { host, send } = await open('live');
    await frames();
    await settle();
    host.calls.length = 0;
    const before = Date.now() * 1000;
    await send({ kind: 'pop', view: cesar(now, { id: 2, seq: 7 }) });
    await send({ kind: 'pop', view: cesar(now, { id: 1, seq: 9 }) });
    await frames();
    await frames();
    const painted = host.called('painted') as { pop: number; seq: number; at_us: number }[];
    expect(painted.map(({ pop, seq }) => ({ pop, seq }))).toEqual([{ pop: 1, seq: 9 }]);
    expect(painted[0]?.at_us).toBeGreaterThan(before - 1_000_000);
    expect(Number.isInteger(painted[0]?.at_us)).toBe(true);
  });

  it('is told once for the window itself', async () => {
    const { host } = await open('idle');
    await frames();
    await frames();
    expect(host.called('painted')).toMatchObject([{ pop: 0, seq: 0 }]);
  });
});
