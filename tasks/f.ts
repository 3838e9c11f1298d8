/**
 * A randomly generated function of four tensors (Lohoff and Neftci, Optimizing automatic
 * differentiation with deep reinforcement learning, arXiv 2406.05027, task "f"). It has no meaning
 * beyond its graph; a variable's number is its vertex number. Reshapes, which in the paper's program
 * only fit shapes to each other, are vertices too; its squeezes and transpositions that change nothing
 * are not.
 */
import {
  abs,
  acos,
  asinh,
  atan,
  cos,
  cosh,
  dotGeneral,
  exp,
  max,
  min,
  neg,
  pow,
  reshape,
  sigmoid,
  sin,
  sinh,
  slice,
  sqrt,
  square,
  stopGradient,
  sum,
  tanh,
  transpose,
} from '../src/program/ops.ts';
import type { Traced } from '../src/program/trace.ts';
import { seededNumbers, tensorTask } from './tensor-task.ts';

type Arguments = Readonly<Record<'x1' | 'x2' | 'x3' | 'x4', Traced>>;

/** Σ over axis i of a and axis j of b; the other axes of a stand before those of b. */
function dot(a: Traced, i: number, b: Traced, j: number): Traced {
  return dotGeneral(a, b, [[[i], [j]]]);
}

function f({ x1, x2, x3, x4 }: Arguments) {
  const v1 = pow(x3, 3);
  const v2 = dot(x4, 0, v1, 0);
  const v3 = dot(v1, 0, v2, 1);
  const v4 = square(v2);
  const v5 = dot(x1, 0, v4, 1);
  const v6 = sqrt(x1);
  const v7 = acos(v3);
  const v8 = dot(v7, 1, v4, 0);
  const v9 = reshape(v5, [1, 1]);
  const v10 = v7.add(v9);
  const v11 = reshape(v5, [1, 1]);
  const v12 = v10.sub(v11);
  const v13 = cos(v5);
  const v14 = reshape(v6, [4, 1]);
  const v15 = v14.add(v8);
  const v16 = asinh(v15);
  const v17 = reshape(v13, [1, 1]);
  const v18 = v12.add(v17);
  const v19 = neg(x2);
  const v20 = sqrt(v6);
  const v21 = dot(v20, 0, v16, 1);
  const v22 = tanh(x2);
  const v23 = atan(v18);
  const v24 = square(v23);
  const v25 = cos(v21);
  const v26 = v17.sub(v24);
  const v27 = cosh(v22);
  const v28 = sum(v19, { axes: 0 });
  const v29 = transpose(v27, [1, 0]);
  const v30 = sum(v13, { axes: 0 });
  const v31 = reshape(v28, [3, 1]);
  const v32 = v31.sub(v29);
  const v33 = v30.div(v32);
  const v34 = reshape(v6, [4, 1]);
  const v35 = v8.add(v34);
  const v36 = reshape(v25, [4, 1]);
  const v37 = v36.mul(v35);
  const v38 = square(v25);
  const v39 = max(v33, { axes: 1 });
  const v40 = sinh(v37);
  const v41 = exp(v26);
  const v42 = slice(v40, [3, 3], [4, 4]);
  const v43 = sum(v38, { axes: 0 });
  const v44 = v43.add(v39);
  const v45 = dot(v25, 0, v41, 0);
  const v46 = asinh(v44);
  const v47 = dot(v23, 1, v12, 1);
  const v48 = stopGradient(v42);
  const v49 = sigmoid(v46);
  const v50 = dot(v28, 0, v49, 0);
  const v51 = dot(v21, 0, v20, 0);
  const v52 = dot(v45, 0, v48, 1);
  const v53 = dot(v29, 0, v32, 0);
  const v54 = v47.mul(v51);
  const v55 = sqrt(v38);
  const v56 = abs(v52);
  const v57 = sqrt(v56);
  const v58 = v53.sub(v50);
  const v59 = cosh(v55);
  const v60 = neg(v38);
  const v61 = reshape(v59, [4, 1]);
  const v62 = v61.add(v54);
  const v63 = square(v59);
  const v64 = sin(v60);
  const v65 = atan(v62);
  const v66 = sum(v65, { axes: 0 });
  const v67 = min(v66, { axes: 0 });
  const v68 = v67.sub(v57);
  const v69 = sqrt(x3);
  const v70 = sum(v58, { axes: 1 });
  const v71 = reshape(v64, [4, 1]);
  const v72 = v71.sub(v69);
  const v73 = dot(v63, 0, v64, 0);
  const v74 = dot(v72, 0, v65, 0);
  const v75 = reshape(v21, [4, 1]);
  const v76 = v75.add(x3);
  const v77 = sigmoid(v74);
  const v78 = dot(v77, 0, v76, 0);
  const v79 = reshape(v38, [1, 4]);
  const v80 = v2.div(v79);
  return { v80, v68, v70, v73, v78 };
}

/** The paper's task. */
export const randomF = tensorTask({
  name: 'f',
  suite: 'paper',
  source: 'Random function f (Lohoff and Neftci, arXiv 2406.05027)',
  trace: f,
  // The paper draws from [0, 1) too; about a third of such points leave the domain of acos in v7.
  // At this one no two of the elements that compete in v39 and v67 are within 0.02 of each other.
  inputs: {
    x1: { shape: [4], sample: seededNumbers(26, 4, 0.1, 1) },
    x2: { shape: [2, 3], sample: seededNumbers(126, 6, 0.1, 1) },
    x3: { shape: [4, 4], sample: seededNumbers(226, 16, 0.1, 0.9) },
    x4: { shape: [4, 1], sample: seededNumbers(326, 4, 0.1, 0.9) },
  },
  publishedFigures: { forward: 17728, reverse: 8859, markowitz: 12083, published: 6374 },
  publishedNotes: {
    reverse: "Graphax's count, not AlphaGrad's",
    markowitz: "Graphax's count, not AlphaGrad's",
  },
  publishedOrder: [
    33, 8, 16, 77, 15, 62, 40, 58, 14, 76, 42, 60, 54, 34, 61, 72, 37, 55, 18, 75, 36, 74, 65, 26,
    35, 25, 66, 38, 64, 59, 53, 20, 27, 47, 10, 69, 23, 11, 41, 79, 9, 7, 12, 63, 71, 24, 67, 51, 4,
    1, 21, 3, 6, 2, 49, 13, 44, 46, 56, 17, 39, 57, 43, 32, 52, 30, 48, 31, 5, 22, 45, 19, 50, 28,
    29,
  ],
});
