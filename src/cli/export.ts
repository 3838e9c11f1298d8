/** `crosscountry export`: code, pictures and data for other tools. */
import { accumulate, jacobianProgram } from '../accumulate/accumulate.ts';
import type { ScheduledCandidate } from '../bench/fastest-jacobian.ts';
import { cUsage, generateC } from '../compile/c/generate.ts';
import type { Schedule } from '../compile/schedules.ts';
import { shaderText, shaderUsage } from '../compile/shader.ts';
import { allTargets, shaderTargets } from '../compile/targets.ts';
import type { AnyTarget, Target } from '../compile/types.ts';
import { writeDot } from '../graph/dot.ts';
import { writeGraph } from '../graph/file.ts';
import type { Candidate } from '../optimise/candidates.ts';
import { equationNumbers } from '../order/equation-numbers.ts';
import { hasTensors } from '../program/shapes.ts';
import type { Program } from '../program/types.ts';
import { requireFunction } from '../results/count.ts';
import { namingFile } from '../results/naming-file.ts';
import { optimisedProgram, subjectCandidates } from '../results/optimise-subject.ts';
import { findFunctionOrder, findOrder } from '../results/orders.ts';
import { startOrders } from '../results/start-orders.ts';
import { writeWhole } from '../results/store.ts';
import { loadSubject } from '../subject/load.ts';
import type { FunctionSubject, Subject } from '../subject/types.ts';
import { entryNamed } from '../support/named.ts';
import { builtInsOption, chosenBuiltIns } from './built-ins-option.ts';
import {
  chosenGranularity,
  chosenModel,
  costOption,
  granularityOption,
  orderDescription,
  orderOptions,
  resultsOption,
  seedOption,
} from './models.ts';
import { chosenOptimiseSeconds, optimiseOption } from './optimise-option.ts';
import { usageError, type Verb, type VerbArguments } from './verb.ts';

interface ExportFormat {
  readonly name: string;
  readonly summary: string;
  /** Whether it writes bytes that a terminal can't show, so that it needs `--out`; no if left out. */
  readonly binary?: boolean;
  write(subject: Subject, given: VerbArguments): Promise<Exported> | Exported;
}

/** What is written, and how generated code is called. */
interface Exported {
  readonly content: string | Uint8Array;
  readonly usage?: string;
}

const formats: readonly ExportFormat[] = [
  {
    name: 'graph',
    summary: 'the counted graph as a graph file',
    write: (subject, given) => ({ content: writeGraph(subject.graph(chosenModel(given))) }),
  },
  {
    name: 'dot',
    summary: 'the counted graph for Graphviz',
    write: (subject, given) => ({ content: writeDot(subject.graph(chosenModel(given))) }),
  },
  ...allTargets.map((target) => ({
    name: target.name,
    ...target.exported,
    write: (subject: Subject, given: VerbArguments) => writeCode(target, subject, given),
  })),
  {
    name: 'c',
    summary: 'values and Jacobian as C99',
    write: async (subject, given) => {
      const { own, program, simplify } = await jacobianOf(subject, given);
      const code = (): string => generateC(program, { simplify });
      return { content: namingFile(own, code), usage: cUsage };
    },
  },
  {
    name: 'graphax',
    summary: 'the order as equation numbers',
    write: async (subject, given) => {
      if (subject.granularity === 'scalar') {
        throw usageError('Graphax eliminates whole tensors; leave --granularity scalar out');
      }
      const options = orderOptions(given);
      const { order } = await findOrder(subject, given.text('order') ?? 'markowitz', options);
      const numbers = equationNumbers(subject.graph(options.model), order);
      return { content: `${JSON.stringify(numbers)}\n` };
    },
  },
  {
    name: 'onnx',
    summary: "the network of --policy as an ONNX model, for the subject's graph",
    binary: true,
    write: async (subject, given) => ({ content: await policyModel(subject, given) }),
  },
];

/** Formats that are shaders. */
const shaderFormats = shaderTargets.map(({ name, exported }) => exported.name ?? name);

/** The ONNX model of a policy that takes the subject's graph. */
async function policyModel(subject: Subject, given: VerbArguments): Promise<Uint8Array> {
  const file = given.text('policy');
  if (file === undefined) throw usageError('say which policy to export: --policy FILE');
  const [{ readPolicy }, { readJson }] = await Promise.all([
    import('../policy/policy-file.ts'),
    import('../subject/read-file.ts'),
  ]);
  const { network, weights } = readPolicy(await readJson(file), file).policy;
  const model = chosenModel(given);
  // Whether it takes the graph.
  network.observe(model.prepare(subject.graph(model))).dispose();
  return network.onnx(weights);
}

/** The verb. */
export const exportVerb: Verb = {
  positionals: 'SUBJECT',
  arity: [1, 1],
  summary: 'Writes a subject for other tools.',
  options: {
    to: {
      type: 'text',
      value: 'FORMAT',
      describe: formats.map(({ name, summary }) => `${name} (${summary})`).join('; '),
    },
    order: {
      type: 'text',
      value: 'ORDER',
      describe: `${orderDescription} (markowitz; several with --optimise)`,
    },
    'built-ins': builtInsOption,
    policy: { type: 'text', value: 'FILE', describe: 'the policy of --to onnx' },
    cost: costOption,
    granularity: granularityOption,
    optimise: optimiseOption,
    seed: seedOption,
    out: { type: 'text', value: 'FILE', describe: 'write there (standard output)' },
    results: resultsOption,
  },
  examples: [
    ['crosscountry export RoeFlux_1d --to dot | dot -Tsvg > roe.svg', 'a picture'],
    ['crosscountry export RoeFlux_1d --order published --to graphax', 'an order for Graphax'],
    ['crosscountry export RoeFlux_1d --order reverse --to js --out roe.mjs', 'code'],
    ['crosscountry export RoeFlux_1d --to wasm --out roe.wasm', 'a WebAssembly module'],
    ['crosscountry export RoeFlux_1d --to wgsl --out roe.wgsl', 'compute shaders for WebGPU'],
    ['crosscountry export g --to js --optimise 10s --out g.mjs', 'fewer operations'],
    ['crosscountry export RoeFlux_1d --order best --to c --out roe.c', 'C for any compiler'],
  ],
  run: async (given, io) => {
    const format = formatNamed(given.text('to'));
    chosenBuiltIns(given, [format.name], shaderFormats);
    const subject = await loadSubject(given.positionals[0] ?? '', chosenGranularity(given));
    const out = given.text('out');
    if (format.binary === true && out === undefined) {
      throw usageError(`--to ${format.name} writes a binary file; name it with --out FILE`);
    }
    const { content, usage } = await format.write(subject, given);
    if (out !== undefined) await writeWhole(out, content);
    if (given.flag('json')) {
      const { printDocument } = await import('./print.ts');
      const written = out === undefined ? { content } : { file: out };
      const called = usage === undefined ? {} : { usage };
      printDocument(io, 'export', {
        subject: subject.name,
        to: format.name,
        ...written,
        ...called,
      });
    } else if (out === undefined) {
      io.stdout(content.toString());
    } else if (!given.flag('quiet')) {
      io.stderr(`wrote ${out}${usage === undefined ? '' : `: ${usage}`}\n`);
    }
    return 0;
  },
};

function formatNamed(name: string | undefined): ExportFormat {
  if (name === undefined) {
    throw usageError(`export needs --to ${formats.map((format) => format.name).join('|')}`);
  }
  return entryNamed(formats, 'export format', name);
}

/** The Jacobian to write. */
interface ChosenJacobian {
  readonly own: FunctionSubject;
  readonly program: Program;
  /** What was optimised is compiled as it stands: simplification would rewrite it. */
  readonly simplify: boolean;
  /** The order of statements that won, where several were raced. */
  readonly schedule?: Schedule | undefined;
}

/**
 * Of one order, or, optimised without one, of several: the one that is fastest on this machine where
 * a target is named that can be timed, else the lightest.
 */
async function jacobianOf(
  subject: Subject,
  given: VerbArguments,
  target?: Target,
): Promise<ChosenJacobian> {
  const own = requireFunction(subject);
  const seconds = chosenOptimiseSeconds(given);
  const options = orderOptions(given);
  if (seconds === undefined || given.text('order') !== undefined || hasTensors(own.program())) {
    // Tensors that granularity unrolls have one program; its outputs are laid out as the tensors are.
    const program = await programOfOrder(own, given, seconds);
    return { own, program, simplify: seconds === undefined };
  }
  const candidates = await subjectCandidates(
    own,
    await startOrders(own, options),
    { outputs: 'dense', values: true },
    { seconds, seed: options.seed },
  );
  const raced = target === undefined ? undefined : await fastest(own, candidates, target);
  const candidate = target === undefined ? candidates[0] : raced;
  if (candidate === undefined) throw new Error('no order gave a program');
  const { program } = candidate.jacobian;
  return { own, program, simplify: false, schedule: raced?.schedule };
}

/** The fastest candidate, of those whose Jacobian is right. */
async function fastest(
  own: FunctionSubject,
  candidates: readonly Candidate[],
  { name: target }: Target,
): Promise<ScheduledCandidate | undefined> {
  const { domainOf } = await import('../bench/domain.ts');
  const { fastestJacobian } = await import('../bench/fastest-jacobian.ts');
  const { systemClock } = await import('../bench/clock.ts');
  const domain = domainOf(own, { seed: 0, checked: 16 });
  // As exported code is compiled.
  const kind = { target, precision: 'f64', fusedMultiplyAdd: false } as const;
  const context = { domain, clock: systemClock, seed: 0 };
  return fastestJacobian(kind, candidates, [], context).candidate;
}

async function writeCode(
  target: AnyTarget,
  subject: Subject,
  given: VerbArguments,
): Promise<Exported> {
  // Of candidates for a device the lightest is taken: here may be none to time them on.
  const timed = target.kind === 'immediate' ? target : undefined;
  const { own, program, simplify, schedule } = await jacobianOf(subject, given, timed);
  // Exported code has to run on any engine.
  const options = { simplify, fusedMultiplyAdd: false };
  if (target.kind === 'device') {
    const builtIns = given.flag('built-ins');
    const shaders = namingFile(own, () => target.generate(program, { ...options, builtIns }));
    return { content: shaderText(shaders), usage: shaderUsage(shaders) };
  }
  const compiled = namingFile(own, () =>
    target.compile(program, { ...options, ...(schedule && { schedule }) }),
  );
  compiled.dispose();
  return { content: compiled.source, usage: compiled.usage };
}

/** Accumulated on the graph of the function, which has the ids of the one that `--cost` counts. */
async function programOfOrder(
  own: FunctionSubject,
  given: VerbArguments,
  seconds: number | undefined,
): Promise<Program> {
  const options = orderOptions(given);
  const order = await findFunctionOrder(own, given.text('order') ?? 'markowitz', options);
  const program = namingFile(own, () =>
    jacobianProgram(accumulate(own.linearisation(), order), { values: true }),
  );
  if (seconds === undefined) return program;
  return optimisedProgram(own, program, { seconds, seed: options.seed });
}
