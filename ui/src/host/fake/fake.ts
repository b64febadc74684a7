// A host without a desktop: it holds one invented state, plays the obvious effects of commands, and
// remembers every call, for development, pictures and tests.

import type {
  CaseView,
  Commands,
  HistoryItemView,
  PopView,
  Update,
  WindowView,
} from '../../bindings/wire';
import type { CommandName, Host } from '../host';
import { plainWindow } from './apps';
import { offered } from './bundles';
import { diagnosis } from './diagnoses';
import { definitions } from './definitions';
import { deliveriesOf } from './deliveries';
import { annelore, cesar, cesarCases, cesarOffered } from './people';
import { found, several } from './pops';
import type { FakeState } from './states';
import { dryRun, evidenceOf, flightOf, MAPPINGS, reasonsOf } from './insights';
import { formOf } from './writing';

export interface Call {
  readonly name: CommandName;
  readonly request: unknown;
}

/** A card as the day's list has it. */
function inHistory({ id, channel, title, reason, phase, phaseSince }: PopView): HistoryItemView {
  const about = reason?.title ?? null;
  const plain = { pop: id, canReopen: true, followUp: null, notLogged: false };
  return { id: 200 + id, at: phaseSince, channel, title, reason: about, phase, ...plain };
}

export class FakeHost implements Host {
  readonly calls: Call[] = [];
  /** Answers to commands in place of the usual ones; a thrown value rejects. */
  readonly answers = new Map<CommandName, () => unknown>();
  #state: FakeState;
  #heard: ((update: Update) => void) | undefined;
  #next = 1000;
  #window: WindowView;

  constructor(state: FakeState) {
    this.#state = state;
    this.#window = { ...plainWindow, ...state.window };
  }

  subscribe(heard: (update: Update) => void): () => void {
    this.#heard = heard;
    heard({ kind: 'app', view: this.#state.app });
    for (const view of this.#state.pops) heard({ kind: 'pop', view });
    heard({ kind: 'window', view: this.#window });
    return () => (this.#heard = undefined);
  }

  /** Plays a change, as the core would send it. */
  send(update: Update): void {
    this.#heard?.(update);
  }

  called(name: CommandName): unknown[] {
    return this.calls.filter((call) => call.name === name).map(({ request }) => request);
  }

  async call<N extends CommandName>(name: N, request?: unknown): Promise<Commands[N]['answer']> {
    this.calls.push({ name, request });
    await Promise.resolve();
    const given = this.answers.get(name);
    const answer = given ? given() : this.#play(name, request);
    return answer as Commands[N]['answer'];
  }

  #play(name: CommandName, request: unknown): unknown {
    switch (name) {
      case 'definitions':
        return definitions;
      case 'history':
        return { items: this.#state.app.today.items };
      case 'search':
        return this.#search((request as Commands['search']['request']).words);
      case 'already_there':
        return this.#alreadyThere((request as Commands['already_there']['request']).typed);
      case 'simulate':
        return this.#simulate((request as Commands['simulate']['request']).scene);
      case 'close':
        this.send({ kind: 'gone', pop: (request as Commands['close']['request']).pop });
        return null;
      case 'set_setting':
        return this.#set(request as Commands['set_setting']['request']);
      case 'gateway_broker':
      case 'gateway_proxy':
        return { faults: [] };
      case 'gateway_sign_in':
        return { kind: 'signed_in', account: 'acme.agent01.4f1c' };
      case 'connect':
      case 'test_connection':
        return { kind: 'connected', connection: 'rest', signed_in_as: 'agent01' };
      case 'diagnose':
        return this.#state.diagnosis ?? diagnosis(Date.now());
      case 'deliveries':
        return this.#state.app.webhooks > 0 ? deliveriesOf(Date.now()) : [];
      case 'use_customer':
        return this.#use(request as Commands['use_customer']['request']);
      case 'reopen':
        this.#pop({ ...cesar(Date.now()), phase: 'looked_up' });
        return null;
      case 'look_at_organisation':
        return offered(Date.now());
      case 'join_organisation':
      case 'leave_organisation':
        this.#app({ mayJoin: false });
        return null;
      case 'answer':
        return this.#change({ asks: null });
      case 'compact':
        return this.#change({ compact: (request as Commands['compact']['request']).on });
      case 'lift_curtain':
        return this.#change({ curtain: null });
      case 'pin':
        return this.#pin((request as Commands['pin']['request']).pinned);
      case 'pause':
        this.#app({ pausedUntil: null });
        return null;
      case 'form':
        return formOf((request as Commands['form']['request']).action);
      case 'similar_case':
        return { case: this.#similar((request as Commands['similar_case']['request']).subject) };
      case 'write_form':
        return formOf('set_status');
      case 'flight':
        return flightOf(this.#state.failed ?? false);
      case 'explain':
        return reasonsOf(this.#state.failed ?? false);
      case 'dry_run':
        return dryRun((request as Commands['dry_run']['request']).body);
      case 'evidence':
        return evidenceOf(request as Commands['evidence']['request'], this.#state.failed ?? false);
      case 'mappings':
        return MAPPINGS;
      case 'save_flight':
      case 'save_evidence':
        return { path: 'Downloads/screenpop-evidence-2026-11-18.zip' };
      case 'write_audit':
        return { path: 'Downloads/screenpop-audit.jsonl', lines: 214, whole: true };
      case 'write':
      case 'resend':
      case 'wrap_up':
        return { kind: 'taken', id: 'w9' };
      case 'discard':
      case 'discard_delivery':
      case 'resend_delivery':
      case 'draft':
      case 'extend_wrap_up':
      case 'undo':
      case 'cancel_sign_in':
      case 'followed_up':
      case 'copy_id':
      case 'copy_link':
      case 'gateway_sign_out':
      case 'gateway_try':
      case 'forget':
      case 'not_this_person':
      case 'notice_drawn':
      case 'notice_open':
      case 'notice_over':
      case 'notice_show':
      case 'open_help':
      case 'open_record':
      case 'open_search':
      case 'painted':
      case 'retry':
      case 'seen':
      case 'unlock_keychain':
        return null;
    }
  }

  #pin(pinned: boolean): null {
    const [first, ...others] = found;
    this.#app({ pinned: first && pinned ? [first] : [], recent: others });
    return null;
  }

  #search(words: string): Commands['search']['answer'] {
    const wanted = words.toLowerCase();
    const items = found.filter(({ name }) => name.toLowerCase().includes(wanted));
    const cesars = items.some(({ id }) => id === '12345') ? cesarCases(Date.now()) : [];
    const cases = cesars.map((item) => ({ case: item, customer: '12345', name: 'Cesar Gonzalez' }));
    const meant = (item: HistoryItemView) => item.title.toLowerCase().includes(wanted);
    const today = [...this.#state.pops.map(inHistory), ...this.#state.app.today.items];
    return { items, cases, today: today.filter(meant), problems: [] };
  }

  /** Somebody of the search has this address. */
  #alreadyThere(typed: string): Commands['already_there']['answer'] {
    return { customer: typed === 'carmen@example.com' ? (found[1] ?? null) : null };
  }

  /** What is alike is the core's to say: here, a case whose subject begins with the same words. */
  #similar(subject: string): CaseView | null {
    const cases = this.#state.pops.flatMap((pop) => pop.cases.items);
    const start = subject.toLowerCase().split(':')[0] ?? '';
    return cases.find((item) => item.subject.toLowerCase().startsWith(start)) ?? null;
  }

  #simulate(scene: Commands['simulate']['request']['scene']): null {
    const now = Date.now();
    const make = scene === 'several' ? several : scene === 'vip' ? annelore : cesarOffered;
    this.#pop({ ...make(now), sandbox: true });
    return null;
  }

  #use({ pop, id }: Commands['use_customer']['request']): null {
    const view = cesar(Date.now(), { customerId: id, canUndoChoice: pop !== null });
    if (pop) this.send({ kind: 'pop', view: { ...view, id: pop.pop, seq: 99 } });
    else this.#pop({ ...view, phase: 'looked_up' });
    return null;
  }

  #set({ name, value }: Commands['set_setting']['request']): null {
    const key = {
      'appearance.theme': 'theme',
      'appearance.density': 'density',
      'appearance.language': 'language',
    }[name];
    const { settings, language } = this.#state.app;
    const spoken = key !== 'language' ? language : value === 'system' ? 'en' : String(value);
    if (key) this.#app({ language: spoken, settings: { ...settings, [key]: value } });
    return null;
  }

  #change(change: Partial<WindowView>): null {
    this.#window = { ...this.#window, ...change };
    this.send({ kind: 'window', view: this.#window });
    return null;
  }

  #app(change: Partial<FakeState['app']>): void {
    const app = { ...this.#state.app, ...change, seq: this.#state.app.seq + 1 };
    this.#state = { ...this.#state, app };
    this.send({ kind: 'app', view: app });
  }

  #pop(view: PopView): void {
    this.send({ kind: 'pop', view: { ...view, id: this.#next++ } });
  }
}
