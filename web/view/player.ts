/** Plays an elimination: a slider with the costs of all steps above it, and buttons. */
import type { OpenedSubject, PlayedOrder } from '../protocol.ts';
import { byId, counted, formatCount, svg } from './elements.ts';
import { type GraphDrawing, vertexName } from './graph-drawing.ts';

/** How long a whole elimination plays, and the bounds of a step, in milliseconds. */
const [wholeTime, leastPause, mostPause] = [14_000, 70, 700];

const profileHeight = 36;

/** The player; the drawing follows it. */
export class Player {
  readonly #drawing: GraphDrawing;
  readonly #slider = byId('step', HTMLInputElement);
  readonly #playButton = byId('play', HTMLButtonElement);
  readonly #text = byId('step-text', HTMLElement);
  readonly #profile = byId('profile', SVGSVGElement);
  #bars: readonly SVGRectElement[] = [];
  #subject: OpenedSubject | undefined;
  #played: PlayedOrder = { steps: [], edges: [] };
  #step = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(drawing: GraphDrawing) {
    this.#drawing = drawing;
    const press = (id: string, act: () => void): void => {
      byId(id, HTMLButtonElement).addEventListener('click', act);
    };
    press('first', () => {
      this.goTo(0);
    });
    press('previous', () => {
      this.goTo(this.#step - 1);
    });
    press('next', () => {
      this.goTo(this.#step + 1);
    });
    press('last', () => {
      this.goTo(this.#played.steps.length);
    });
    press('play', () => {
      if (this.#timer === undefined) this.#play();
      else this.#pause();
    });
    this.#slider.addEventListener('input', () => {
      this.goTo(this.#slider.valueAsNumber);
    });
  }

  /** Takes another elimination, from its beginning. */
  show(subject: OpenedSubject, played: PlayedOrder): void {
    this.#pause();
    this.#subject = subject;
    this.#played = played;
    this.#slider.max = String(played.steps.length);
    this.#drawProfile();
    this.#drawing.play(played);
    this.#show(0);
  }

  /** Goes to a step, and stays there. */
  goTo(step: number): void {
    this.#pause();
    this.#show(Math.min(Math.max(0, step), this.#played.steps.length));
  }

  /** Goes to the step that eliminates a vertex, if one does. */
  goToVertex(vertex: number): void {
    const index = this.#played.steps.findIndex((step) => step.vertex === vertex);
    if (index >= 0) this.goTo(index + 1);
  }

  #play(): void {
    const { length } = this.#played.steps;
    if (length === 0) return;
    if (this.#step >= length) this.#show(0);
    this.#playButton.textContent = 'Pause';
    // Nobody can listen to a step every tenth of a second.
    this.#text.setAttribute('aria-live', 'off');
    const pause = Math.min(mostPause, Math.max(leastPause, wholeTime / length));
    const advance = (): void => {
      this.#show(this.#step + 1);
      if (this.#step >= length) this.#pause();
      else this.#timer = setTimeout(advance, pause);
    };
    this.#timer = setTimeout(advance, pause);
  }

  #pause(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#playButton.textContent = 'Play';
    this.#text.setAttribute('aria-live', 'polite');
  }

  #show(step: number): void {
    this.#step = step;
    this.#slider.value = String(step);
    const text = this.#describe(step);
    this.#text.textContent = text;
    this.#slider.setAttribute('aria-valuetext', text);
    this.#bars.forEach((bar, index) => {
      bar.classList.toggle('done', index < step);
    });
    this.#drawing.showStep(step);
  }

  #describe(step: number): string {
    const { steps } = this.#played;
    const total = steps.reduce((sum, { cost }) => sum + cost, 0);
    const last = steps[step - 1];
    const vertex = last === undefined ? undefined : this.#subject?.vertices[last.vertex];
    if (last === undefined || vertex === undefined) {
      return `${counted(steps.length, 'vertex', 'vertices')} to eliminate, ${formatCount(total)} to count.`;
    }
    const spent = steps.slice(0, step).reduce((sum, { cost }) => sum + cost, 0);
    return (
      `Step ${step} of ${steps.length}: ${vertexName(vertex)}; ` +
      `${counted(last.inEdges, 'in-edge')} × ${counted(last.outEdges, 'out-edge')}, ` +
      `costs ${formatCount(last.cost)}, ${counted(last.fillIn, 'new edge')}. ` +
      `${formatCount(spent)} of ${formatCount(total)}.`
    );
  }

  #drawProfile(): void {
    const { steps } = this.#played;
    const most = Math.max(1, ...steps.map(({ cost }) => cost));
    this.#profile.setAttribute('viewBox', `0 0 ${Math.max(1, steps.length)} ${profileHeight}`);
    this.#bars = steps.map(({ cost }, index) => {
      const height = (profileHeight * cost) / most;
      return svg('rect', {
        x: index + 0.1,
        width: 0.8,
        y: (profileHeight - height).toFixed(2),
        height: height.toFixed(2),
      });
    });
    this.#profile.replaceChildren(...this.#bars);
  }
}
