/**
 * A randomly generated function of fifteen numbers (Lohoff and Neftci, Optimizing automatic
 * differentiation with deep reinforcement learning, arXiv 2406.05027, task "g"). It has no meaning
 * beyond its graph; a variable's number is its vertex number.
 */
import {
  add,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  cos,
  exp,
  log,
  neg,
  pow,
  sin,
  sinh,
  square,
  tan,
} from '../src/program/ops.ts';
import type { Traced } from '../src/program/trace.ts';
import { scalarTask } from './scalar-task.ts';

type Arguments = Readonly<
  Record<
    | 'x1'
    | 'x2'
    | 'x3'
    | 'x4'
    | 'x5'
    | 'x6'
    | 'x7'
    | 'x8'
    | 'x9'
    | 'x10'
    | 'x11'
    | 'x12'
    | 'x13'
    | 'x14'
    | 'x15',
    Traced
  >
>;

function g({ x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11, x12, x13, x14, x15 }: Arguments) {
  const v1 = atan2(1, x4);
  const v2 = pow(1, x15);
  const v3 = atan2(x14, v1);
  const v4 = v1.pow(x6);
  const v5 = x10.sub(x9);
  const v6 = atan(x11);
  const v7 = v5.mul(x1);
  const v8 = v6.sub(v2);
  const v9 = v8.pow(x12);
  const v10 = v5.add(x13);
  const v11 = exp(x3);
  const v12 = v5.add(v10);
  const v13 = pow(1, v1);
  const v14 = sin(x4);
  const v15 = x3.div(v7);
  const v16 = atan2(v8, v10);
  const v17 = v13.sub(v9);
  const v18 = atan(v17);
  const v19 = x8.mul(v11);
  const v20 = tan(x14);
  const v21 = v11.add(v3);
  const v22 = x8.div(x7);
  const v23 = v9.sub(v18);
  const v24 = v13.sub(x7);
  const v25 = v19.pow(x5);
  const v26 = cos(x1);
  const v27 = v24.sub(v3);
  const v28 = v25.div(x8);
  const v29 = v24.sub(x9);
  const v30 = atan2(1, v27);
  const v31 = x9.div(v14);
  const v32 = v21.pow(v20);
  const v33 = v31.pow(v28);
  const v34 = atan2(v29, v24);
  const v35 = atan2(v28, x14);
  const v36 = x5.div(v18);
  const v37 = atan2(v25, x2);
  const v38 = atan2(v9, v37);
  const v39 = x13.add(v35);
  const v40 = x4.pow(v32);
  const v41 = v8.sub(v16);
  const v42 = atanh(v32);
  const v43 = atanh(v38);
  const v44 = atan2(x3, v10);
  const v45 = v36.sub(v2);
  const v46 = cos(v22);
  const v47 = x9.div(v16);
  const v48 = atan2(v26, v30);
  const v49 = sinh(v20);
  const v50 = v45.sub(v34);
  const v51 = x14.pow(v23);
  const v52 = v21.pow(v10);
  const v53 = v52.sub(v27);
  const v54 = log(v49);
  const v55 = v7.pow(v42);
  const v56 = atan2(v34, v53);
  const v57 = v4.div(v56);
  const v58 = v25.mul(v40);
  const v59 = v23.mul(v17);
  const v60 = v45.mul(1);
  const v61 = v50.pow(v48);
  const v62 = atan2(v37, v9);
  const v63 = v43.sub(v44);
  const v64 = atan2(v57, v25);
  const v65 = v58.mul(v30);
  const v66 = square(x6);
  const v67 = atan2(v12, v46);
  const v68 = atan2(v23, x10);
  const v69 = x5.mul(x13);
  const v70 = v41.div(v40);
  const v71 = atan2(v45, v47);
  const v72 = asinh(x15);
  const v73 = v70.pow(v67);
  const v74 = asin(v50);
  const v75 = v54.sub(v63);
  const v76 = atan2(v21, v49);
  const v77 = v51.mul(v61);
  const v78 = v71.pow(v39);
  const v79 = square(v33);
  const v80 = v76.div(v78);
  const v81 = add(1, v79);
  const v82 = v75.div(v60);
  const v83 = atanh(v30);
  const v84 = v59.mul(v29);
  const v85 = v84.div(v12);
  const v86 = v74.add(v13);
  const v87 = atan2(v64, v68);
  const v88 = v4.sub(v75);
  const v89 = v66.add(v74);
  const v90 = v86.div(v87);
  const v91 = v59.pow(v26);
  const v92 = v52.mul(v46);
  const v93 = v86.div(x2);
  const v94 = v82.pow(v85);
  const v95 = neg(v84);
  const v96 = v15.div(v73);
  const v97 = v89.div(v92);
  const v98 = v6.sub(v54);
  const v99 = v90.mul(v28);
  const v100 = v91.sub(v65);
  const v101 = v42.pow(v99);
  const v102 = v62.sub(v92);
  const v103 = tan(v71);
  const v104 = v71.pow(v32);
  const v105 = v89.add(v22);
  return {
    v105,
    v55,
    v69,
    v72,
    v77,
    v80,
    v81,
    v83,
    v88,
    v93,
    v94,
    v95,
    v96,
    v97,
    v98,
    v100,
    v101,
    v102,
    v103,
    v104,
  };
}

/** The paper's task. */
export const randomG = scalarTask({
  name: 'g',
  suite: 'paper',
  source: 'Random function g (Lohoff and Neftci, arXiv 2406.05027)',
  trace: g,
  // The paper's point, 0.15 everywhere, is outside the domain. This one was found by a seeded random
  // walk (test/tasks/find-sample.ts, and a test that walks it again): all intermediate values and
  // elemental partials are finite and below 10 in magnitude.
  sample: {
    x1: 0.88,
    x2: -1.29,
    x3: -1.13,
    x4: 0.13,
    x5: 1,
    x6: -0.12,
    x7: -0.85,
    x8: 0.82,
    x9: 0.11,
    x10: 1.29,
    x11: 2.82,
    x12: 0.4,
    x13: 0.53,
    x14: 1.03,
    x15: -0.18,
  },
  publishedFigures: { forward: 632, reverse: 566, markowitz: 451, published: 417 },
  publishedOrder: [
    1, 99, 85, 90, 87, 47, 51, 20, 3, 66, 49, 64, 13, 11, 22, 39, 61, 43, 31, 2, 6, 92, 89, 29, 16,
    82, 86, 60, 24, 19, 79, 56, 63, 15, 73, 57, 50, 33, 4, 36, 70, 41, 67, 54, 30, 14, 8, 53, 78,
    46, 42, 18, 17, 62, 68, 76, 65, 23, 7, 58, 38, 52, 26, 91, 34, 45, 21, 40, 35, 12, 44, 75, 25,
    5, 48, 10, 59, 84, 27, 9, 71, 37, 32, 28, 74,
  ],
});
