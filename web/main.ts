/** The page: hears what a visitor chooses, asks the laboratory, shows what it answers. */
import type {
  Counted,
  FoundOrder,
  OpenedSubject,
  OrderCount,
  OrderName,
  TimerEntry,
} from './protocol.ts';
import type { Mark } from './view/curve-marks.ts';
import { drawCurve } from './view/curve.ts';
import { byId, counted, formatCount, html, saveFile, sentence } from './view/elements.ts';
import { GraphDrawing } from './view/graph-drawing.ts';
import { LaboratoryError, startLaboratory } from './view/laboratory.ts';
import { OrdersList } from './view/orders-list.ts';
import { Player } from './view/player.ts';
import { timingReport } from './view/timing-report.ts';

const laboratory = startLaboratory();
const main = byId('main', HTMLElement);
const taskSelect = byId('task', HTMLSelectElement);
const costSelect = byId('cost', HTMLSelectElement);
const facts = byId('facts', HTMLElement);
const costNote = byId('cost-note', HTMLElement);
const annealButton = byId('anneal', HTMLButtonElement);
const annealSeconds = byId('seconds', HTMLSelectElement);
const annealStatus = byId('anneal-status', HTMLElement);
const curve = byId('curve', HTMLElement);
const saveButton = byId('save-result', HTMLButtonElement);
const timerButtons = byId('timers', HTMLElement);
const batchSelect = byId('batch', HTMLSelectElement);
const timeStatus = byId('time-status', HTMLElement);
const times = byId('times', HTMLElement);

const vertexText = byId('vertex-text', HTMLElement);
const drawing = new GraphDrawing(byId('drawing', HTMLElement), {
  describe: (text) => {
    vertexText.textContent = text;
  },
  choose: (vertex) => {
    player.goToVertex(vertex);
  },
});
const player = new Player(drawing);
const ordersList = new OrdersList((name) => {
  void guarded(() => chooseOrder(name));
});

/** What is shown at the moment. */
interface Shown {
  readonly subject: OpenedSubject;
  readonly orders: readonly OrderCount[];
  readonly chosen: OrderName;
}
let shown: Shown | undefined;

/** What runs in the laboratory for longer: one at a time, so that times are nobody else's. */
let running: AbortController | undefined;
let annealings = 0;

/** Runs what a visitor asked for; what can't be done is said where they look. */
async function guarded(run: () => Promise<void>, status: HTMLElement = facts): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof LaboratoryError)) throw error;
    status.textContent = error.message;
  } finally {
    main.setAttribute('aria-busy', 'false');
  }
}

/** The choice in the address, so that it can be passed on. */
function addressed(): URLSearchParams {
  return new URLSearchParams(location.hash.slice(1));
}

function remember({ subject, chosen }: Shown): void {
  const choice = new URLSearchParams({ task: subject.task, cost: subject.cost, order: chosen });
  history.replaceState(null, '', `#${choice.toString()}`);
}

function countedNow(): Counted {
  return { task: taskSelect.value, cost: costSelect.value };
}

/** Opens the chosen task under the chosen cost model. */
async function open(order?: OrderName): Promise<void> {
  running?.abort();
  const asked = countedNow();
  main.setAttribute('aria-busy', 'true');
  const subject = await laboratory.ask('open', asked);
  // Another choice may have been made meanwhile.
  const now = countedNow();
  if (now.task !== asked.task || now.cost !== asked.cost) return;
  const names = subject.orders.map(({ name }) => name);
  const wanted = order ?? shown?.chosen ?? 'markowitz';
  const chosen = names.includes(wanted) ? wanted : 'markowitz';
  const ofKind = (kind: string): number =>
    subject.vertices.filter((vertex) => vertex.kind === kind).length;
  facts.textContent =
    `${subject.source}. ${counted(ofKind('input'), 'input')}, ` +
    `${counted(ofKind('intermediate'), 'inner vertex', 'inner vertices')}, ` +
    `${counted(ofKind('output'), 'output')}, ${counted(subject.edges.length, 'edge')}.`;
  costNote.textContent = sentence(costSelect.selectedOptions[0]?.title ?? '');
  times.replaceChildren();
  timeStatus.textContent = '';
  annealStatus.textContent = '';
  curve.replaceChildren();
  vertexText.textContent = '';
  drawing.show(subject);
  shown = { subject, orders: subject.orders, chosen };
  await chooseOrder(chosen);
}

/** Shows the list with an order chosen, and its elimination from the beginning. */
async function chooseOrder(name: OrderName): Promise<void> {
  if (shown === undefined) return;
  shown = { ...shown, chosen: name };
  const { subject, orders } = shown;
  ordersList.show(orders, subject, name);
  remember(shown);
  const played = await laboratory.ask('play', { ...countedOf(subject), order: name });
  if (shown.subject === subject && shown.chosen === name) player.show(subject, played);
}

function countedOf({ task, cost }: Counted): Counted {
  return { task, cost };
}

/** What an annealing is compared with. */
function marksOf({ subject, orders }: Shown): readonly Mark[] {
  // What is far off would leave no room for the curve.
  const near = orders.some(({ name }) => name === 'published') ? 'published' : 'markowitz';
  const marks = orders
    .filter(({ name }) => name === near || name === 'best')
    .map(({ label, count }) => ({ label, count }));
  const { bound } = subject;
  return bound === undefined ? marks : [...marks, { label: 'Bound', count: bound.lower }];
}

async function annealNow(button: HTMLButtonElement): Promise<void> {
  if (shown === undefined) return;
  const { subject } = shown;
  const marks = marksOf(shown);
  const seconds = Number(annealSeconds.value);
  const found: FoundOrder[] = [];
  const draw = (now: number): void => {
    drawCurve(curve, { found, now, seconds, marks });
  };
  annealings += 1;
  await busy(button, 'Stop', async (signal) => {
    annealStatus.textContent = 'Annealing …';
    const {
      order,
      evaluations,
      seconds: took,
    } = await laboratory.ask(
      'anneal',
      { ...countedOf(subject), seconds, seed: annealings },
      (news) => {
        found.push(...news.found);
        if (!signal.aborted) draw(news.share * seconds);
      },
      signal,
    );
    if (shown?.subject !== subject) return;
    draw(Math.min(took, seconds));
    annealStatus.textContent =
      `${formatCount(evaluations)} proposals in ${took.toFixed(1)} s: ` +
      `${formatCount(order.count)}.`;
    shown = {
      ...shown,
      orders: [...shown.orders.filter(({ name }) => name !== order.name), order],
    };
    await chooseOrder(order.name);
  });
}

/** Runs something long; its button then stops it. */
async function busy(
  button: HTMLButtonElement,
  stop: string,
  run: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const controller = new AbortController();
  running = controller;
  const label = button.textContent;
  button.textContent = stop;
  for (const other of longButtons()) other.disabled = other !== button;
  try {
    await run(controller.signal);
  } finally {
    running = undefined;
    button.textContent = label;
    for (const other of longButtons()) other.disabled = other.dataset.missing !== undefined;
  }
}

function longButtons(): readonly HTMLButtonElement[] {
  return [annealButton, ...timerButtons.querySelectorAll('button')];
}

async function timeNow(timer: TimerEntry, button: HTMLButtonElement): Promise<void> {
  if (shown === undefined) return;
  const { subject, orders } = shown;
  const batch = Number(batchSelect.value);
  await busy(button, 'Stop', async (signal) => {
    timeStatus.textContent = 'Compiling and checking …';
    const answer = await laboratory.ask(
      'time',
      { ...countedOf(subject), timer: timer.key, orders: orders.map(({ name }) => name), batch },
      ({ phase, share }) => {
        const percent = Math.round(100 * share);
        timeStatus.textContent =
          phase === 'build' ? `Compiling and checking, ${percent} %` : `Timing, ${percent} %`;
      },
      signal,
    );
    if (shown?.subject !== subject) return;
    timeStatus.textContent = `Timed on ${timer.label}.`;
    const report = timingReport(timer, answer, { batch, labelOf });
    document.getElementById(report.id)?.remove();
    times.prepend(report);
  });
}

function labelOf(order: OrderName): string {
  return shown?.orders.find(({ name }) => name === order)?.label ?? order;
}

async function start(): Promise<void> {
  const offered = laboratory.ask('timers', null);
  const { tasks, costs, version } = await laboratory.ask('catalogue', null);
  const group = (suite: string, label: string): HTMLElement =>
    html(
      'optgroup',
      { label },
      ...tasks
        .filter((task) => task.suite === suite)
        .map(({ name }) => html('option', { value: name }, name)),
    );
  taskSelect.replaceChildren(group('paper', 'The paper’s'), group('extra', 'Others of the field'));
  costSelect.replaceChildren(
    ...costs.map(({ name, summary }) => html('option', { value: name, title: summary }, name)),
  );
  const choice = addressed();
  taskSelect.value = tasks.find(({ name }) => name === choice.get('task'))?.name ?? 'RoeFlux_1d';
  costSelect.value = costs.find(({ name }) => name === choice.get('cost'))?.name ?? 'paper';
  byId('version', HTMLElement).textContent = `Version ${version}.`;
  await open(choice.get('order') ?? undefined);
  offerTimers(await offered);
}

/** A button for each timer; what is missing is said beside it. */
function offerTimers(timers: readonly TimerEntry[]): void {
  for (const timer of timers) {
    const { key, label, missing } = timer;
    const button = html('button', { type: 'button', id: `time-${key}` }, `Time on ${label}`);
    button.disabled = missing !== undefined || running !== undefined;
    button.addEventListener('click', () => {
      if (running === undefined) void guarded(() => timeNow(timer, button), timeStatus);
      else running.abort();
    });
    timerButtons.append(button);
    if (missing === undefined) continue;
    button.dataset.missing = '';
    const note = html('p', { class: 'note', id: `missing-${key}` }, missing);
    button.setAttribute('aria-describedby', note.id);
    timerButtons.append(note);
  }
}

for (const select of [taskSelect, costSelect]) {
  select.addEventListener('change', () => {
    void guarded(() => open());
  });
}
annealButton.addEventListener('click', () => {
  if (running === undefined) void guarded(() => annealNow(annealButton), annealStatus);
  else running.abort();
});
saveButton.addEventListener('click', () => {
  void guarded(async () => {
    if (shown === undefined) return;
    const { subject, chosen } = shown;
    saveFile(await laboratory.ask('result', { ...countedOf(subject), order: chosen }));
  });
});
void guarded(start);
