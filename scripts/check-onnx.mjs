/**
 * Compares the ONNX models of all networks with TensorFlow.js: onnxruntime evaluates positions of a game of
 * PropaneCombustion, untrained weights. It wants Python 3.10 or newer and makes an environment of its own with
 * scripts/onnx/requirements.txt; where it can't, it says so in one line and checks nothing. Exit code 1
 * where a number differs by more than single precision explains.
 *
 *     npm run build && npm run check:onnx
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { costModelNamed } from '../dist/src/cost/models.js';
import { eliminableVertices } from '../dist/src/order/orders.js';
import { evaluatePositions } from '../dist/src/policy/evaluate.js';
import { AdjacencyTensor } from '../dist/src/policy/game/adjacency.js';
import { architectures } from '../dist/src/policy/networks/networks.js';
import { transformedRest } from '../dist/src/policy/networks/transformer.js';
import { openTensorFlow } from '../dist/src/policy/tensorflow.js';
import { loadSubject } from '../dist/src/subject/load.js';

const fromRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const requirements = fromRoot('scripts/onnx/requirements.txt');
const cache = fromRoot('.cache/onnx');
const python = join(cache, 'bin', 'python');

/** Moves before the positions that are compared. */
const positions = [0, 1, 20, 40];

/** Largest difference, as a share of the numbers' size; single precision has 6e-8. */
const mostDifference = 1e-5;

/** Makes the environment where it is missing; tells what is in the way of it. */
function environment() {
  const wanted = readFileSync(requirements, 'utf8');
  const stamp = join(cache, 'requirements.txt');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return undefined;
  const quiet = { stdio: ['ignore', 'ignore', 'pipe'] };
  try {
    mkdirSync(cache, { recursive: true });
    execFileSync('python3', ['-m', 'venv', cache], quiet);
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', '-r', requirements], quiet);
  } catch (error) {
    return String(error.stderr ?? error)
      .trim()
      .split('\n')
      .at(-1);
  }
  writeFileSync(stamp, wanted);
  return undefined;
}

const tensor = (type, shape, numbers) => ({ type, shape, numbers: Array.from(numbers) });

/** What a model is given, and what its outputs should be, by the network's name. */
const networks = {
  'message-passing': {
    inputs: ({ features, edges, vertices }) => ({
      features: tensor('float', [vertices.length, features.length / vertices.length], features),
      edges: tensor('int64', [edges.length / 2, 2], edges),
    }),
    outputs: ({ vertices }, { logits, rest }) => ({
      logits: Array.from(logits.subarray(0, vertices.length)),
      rest: [rest],
    }),
    answer: ({ logits, costs }) => ({
      logits,
      rest: [costs.reduce((sum, cost) => sum + cost, 0)],
    }),
  },
  transformer: {
    inputs: (_, adjacency) => ({
      observation: tensor('float', [1, ...adjacency.shape], adjacency.read()),
    }),
    outputs: ({ columns }, { logits, rest }) => ({
      logits: Array.from(columns, (_, row) => logits[row]),
      value: [transformedRest(rest)],
    }),
    answer: ({ logits, values }, { columns }) => ({
      logits: Array.from(columns, (column) => logits[column]),
      value: [Math.max(0, values[0])],
    }),
  },
};

const missing = environment();
if (missing !== undefined) {
  console.log(`onnxruntime is left out: ${missing}; see scripts/onnx/requirements.txt`);
} else {
  const { tf } = await openTensorFlow();
  const model = costModelNamed('paper');
  const costed = model.prepare((await loadSubject('PropaneCombustion')).graph(model));
  const folder = mkdtempSync(join(tmpdir(), 'crosscountry-onnx-'));
  try {
    const asked = architectures.map((architecture) => {
      const network = architecture.create(architecture.sizesFor([costed.graph]));
      const weights = network.initialWeights(1);
      const file = join(folder, `${architecture.name}.onnx`);
      writeFileSync(file, network.onnx(weights));
      const observer = network.observe(costed);
      const adjacency = new AdjacencyTensor(costed.graph);
      const vertices = eliminableVertices(costed.graph);
      const own = networks[architecture.name];
      const cases = positions.map((moves) => {
        observer.reset();
        adjacency.reset();
        for (const vertex of vertices.slice(0, moves)) {
          observer.eliminate(vertex);
          adjacency.eliminate(vertex);
        }
        const position = observer.observe();
        const [evaluation] = evaluatePositions(tf, { network, weights }, [position]);
        return {
          position,
          inputs: own.inputs(position, adjacency),
          wanted: own.outputs(position, evaluation),
        };
      });
      return { name: architecture.name, own, file, cases };
    });
    const input = JSON.stringify(
      asked.map(({ file, cases }) => ({ file, positions: cases.map(({ inputs }) => inputs) })),
    );
    const script = fromRoot('scripts/onnx/run.py');
    const answers = JSON.parse(
      execFileSync(python, [script], {
        input,
        maxBuffer: 2 ** 28,
        stdio: ['pipe', 'pipe', 'inherit'],
      }),
    );
    asked.forEach(({ name, own, cases }, network) => {
      let worst = 0;
      cases.forEach(({ position, wanted }, index) => {
        const answer = own.answer(answers[network][index], position);
        for (const [output, numbers] of Object.entries(wanted)) {
          numbers.forEach((number, place) => {
            const difference =
              Math.abs(number - answer[output][place]) / Math.max(1, Math.abs(number));
            worst = Math.max(worst, Number.isFinite(difference) ? difference : Infinity);
          });
        }
      });
      console.log(`${name}: largest difference ${worst.toExponential(1)}`);
      if (worst > mostDifference) process.exitCode = 1;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
