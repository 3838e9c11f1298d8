/** The functions that the code of a kernel calls: elementary functions and routines, each once. */
import type { LaneBody, LaneRoutine } from '../lanes/types.ts';
import type { OutlinedProgram } from '../outline/statements.ts';
import { BodyText, type FunctionNames } from './body.ts';
import { builtInsFor } from './built-ins.ts';
import { helperText, typeText } from './operations.ts';

/** Functions in an order in which they stand before those that use them. */
export class FunctionLibrary {
  /** How the program's own code calls them. */
  readonly names: FunctionNames;
  readonly #builtIns: boolean;
  /** Name → text. */
  readonly #texts = new Map<string, string>();
  readonly #routines = new Map<string, string>();

  /** All functions that a program calls; with `builtIns` WGSL's own where there are. */
  constructor(
    { functions, routines }: Pick<OutlinedProgram, 'functions' | 'routines'>,
    builtIns: boolean,
  ) {
    this.#builtIns = builtIns;
    const callees = functions.map((each, place) => {
      const name = `f${place}_${identifier(each.name)}`;
      const own = builtIns ? builtInsFor(each.name.split(' ')) : undefined;
      if (own === undefined) {
        const names = { routine: this.#routinesOf(each.routines), callee: none };
        this.#texts.set(name, functionText(name, each, names));
      } else {
        this.#texts.set(name, builtInText(name, each, own));
      }
      return name;
    });
    this.names = {
      routine: this.#routinesOf(routines),
      callee: (place) => callees[place] ?? none(place),
    };
  }

  /** Whether WGSL's own functions were asked for. */
  get builtIns(): boolean {
    return this.#builtIns;
  }

  /** The text of all functions that these lines call, directly or through others. */
  textFor(lines: readonly string[]): string[] {
    const all = new Map<string, string>([...Object.entries(helperText), ...this.#texts]);
    const wanted = new Set<string>();
    const visit = (text: string): void => {
      for (const [word] of text.matchAll(/\b[a-z_]\w*(?=\()/g)) {
        const found = all.get(word);
        if (found === undefined || wanted.has(word)) continue;
        wanted.add(word);
        visit(found);
      }
    };
    lines.forEach(visit);
    return [...all].flatMap(([name, text]) => (wanted.has(name) ? [text] : []));
  }

  #routinesOf(routines: readonly LaneRoutine[]): (place: number) => string {
    const names = routines.map((routine) => {
      const known = this.#routines.get(routine.name);
      if (known !== undefined) return known;
      const name = `r_${identifier(routine.name)}`;
      this.#texts.set(name, functionText(name, routine, { routine: none, callee: none }));
      this.#routines.set(routine.name, name);
      return name;
    });
    return (place) => names[place] ?? none(place);
  }
}

const identifier = (text: string): string => text.replaceAll(/\W+/g, '_');

/** Parameters, and the type of the result: of its own where there are several. */
function signature(name: string, { arguments: parameters, types, results }: LaneBody) {
  const resultTypes = results.map((value) => typeText[types[value] ?? 'real']);
  const [first = 'f32'] = resultTypes;
  const isOne = resultTypes.length === 1;
  const struct = isOne
    ? []
    : [`struct R_${name} { ${resultTypes.map((type, k) => `r${k}: ${type}`).join(', ')} }`];
  const list = parameters.map((type, k) => `v${k}: ${typeText[type]}`).join(', ');
  const result = isOne ? first : `R_${name}`;
  return { struct, head: `fn ${name}(${list}) -> ${result} {`, make: isOne ? '' : result };
}

function functionText(name: string, body: LaneBody, names: FunctionNames): string {
  const { struct, head, make } = signature(name, body);
  const text = new BodyText(body.types, names);
  const lines = body.statements.flatMap((statement) => text.statement(statement));
  const results = body.results.map((value) => text.text(value)).join(', ');
  return [
    ...struct,
    head,
    ...lines.map((line) => `  ${line}`),
    `  return ${make}(${results});`,
    '}',
  ].join('\n');
}

function builtInText(name: string, body: LaneBody, builtIns: readonly string[]): string {
  const { struct, head, make } = signature(name, body);
  const list = body.arguments.map((_, k) => `v${k}`).join(', ');
  const results = builtIns.map((each) => `${each}(${list})`).join(', ');
  return [...struct, head, `  return ${make}(${results});`, '}'].join('\n');
}

function none(place: number): never {
  throw new Error(`code calls a function ${place} that it does not have`);
}
