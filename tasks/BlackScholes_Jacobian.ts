/**
 * The Jacobian of the price of a European call by price of the share, strike, interest rate,
 * volatility and time (Black and Scholes, The pricing of options and corporate liabilities, Journal of
 * Political Economy 81, 1973, by way of the forward price of Black 1976), as Graphax accumulates it in
 * reverse and JAX 0.4.26 prints it: the graph that the paper's figures are counted on. So it is kept
 * as data, with its dead equations (v16, v37, v55, …), multiplications by 1 and constant square roots;
 * BlackScholes_Greeks is our own. Element-type conversions are copies.
 */
import { parseProgram } from '../src/program/listing.ts';
import type { Task } from './types.ts';

const listing = `
program BlackScholes_Jacobian
in S, K, r, sigma, T
v1 = mul r T
v2 = exp v1
v3 = mul v2 S
v4 = div v3 K
v5 = div 1.0 K
v6 = neg v3
v7 = integerPow[exponent=2] K
v8 = div v6 v7
v9 = log v4
v10 = div 1.0 v4
v11 = integerPow[exponent=2] sigma
v12 = integerPow[exponent=1] sigma
v13 = mul 2.0 v12
v14 = div v11 2.0
v15 = neg v11
v16 = div v15 4.0
v17 = mul v14 T
v18 = add v9 v17
v19 = sqrt T
v20 = div 0.5 v19
v21 = mul sigma v19
v22 = div v18 v21
v23 = div 1.0 v21
v24 = neg v18
v25 = integerPow[exponent=2] v21
v26 = div v24 v25
v27 = sqrt T
v28 = div 0.5 v27
v29 = mul sigma v27
v30 = sub v22 v29
v31 = neg 1.0
v32 = neg r
v33 = neg 1.0
v34 = mul v32 T
v35 = exp v34
v36 = sqrt 2.0
v37 = div 0.5 v36
v38 = convert v36
v39 = div v22 v38
v40 = div 1.0 v38
v41 = neg v22
v42 = integerPow[exponent=2] v38
v43 = div v41 v42
v44 = erf v39
v45 = integerPow[exponent=2] v39
v46 = neg v45
v47 = exp v46
v48 = mul 2.0 v47
v49 = sqrt 3.141592653589793
v50 = convert v49
v51 = div v48 v50
v52 = add 1.0 v44
v53 = div v52 2.0
v54 = neg v52
v55 = div v54 4.0
v56 = mul v3 v53
v57 = sqrt 2.0
v58 = div 0.5 v57
v59 = convert v57
v60 = div v30 v59
v61 = div 1.0 v59
v62 = neg v30
v63 = integerPow[exponent=2] v59
v64 = div v62 v63
v65 = erf v60
v66 = integerPow[exponent=2] v60
v67 = neg v66
v68 = exp v67
v69 = mul 2.0 v68
v70 = sqrt 3.141592653589793
v71 = convert v70
v72 = div v69 v71
v73 = add 1.0 v65
v74 = div v73 2.0
v75 = neg v73
v76 = div v75 4.0
v77 = mul K v74
v78 = sub v56 v77
v79 = neg 1.0
v80 = mul v35 v78
v81 = mul v35 1.0
v82 = mul v35 v79
v83 = mul v82 v74
v84 = mul v82 K
v85 = mul v84 0.5
v86 = mul v85 1.0
v87 = mul v86 v72
v88 = mul v87 v61
v89 = mul v87 v64
v90 = mul v81 v53
v91 = mul v81 v3
v92 = mul v91 0.5
v93 = mul v92 1.0
v94 = mul v93 v51
v95 = mul v94 v40
v96 = mul v94 v43
v97 = mul v78 v35
v98 = mul v97 T
v99 = mul v97 v32
v100 = mul v98 v33
v101 = mul v88 1.0
v102 = add v101 v95
v103 = mul v88 v31
v104 = mul v103 v27
v105 = mul v103 sigma
v106 = mul v105 v28
v107 = add v106 v99
v108 = mul v102 v23
v109 = mul v102 v26
v110 = mul v109 v19
v111 = add v110 v104
v112 = mul v109 sigma
v113 = mul v112 v20
v114 = add v113 v107
v115 = mul v108 1.0
v116 = mul v108 1.0
v117 = mul v116 T
v118 = mul v116 v14
v119 = add v118 v114
v120 = mul v117 0.5
v121 = mul v120 v13
v122 = add v121 v111
v123 = mul v115 v10
v124 = mul v123 v5
v125 = add v124 v90
v126 = mul v123 v8
v127 = add v126 v83
v128 = mul v125 S
v129 = mul v125 v2
v130 = mul v128 v2
v131 = mul v130 T
v132 = add v131 v100
v133 = mul v130 r
v134 = add v133 v119
out dS = v129
out dK = v127
out dr = v132
out dsigma = v122
out dT = v134
`;

/** The paper's task. */
export const blackScholesJacobian: Task = {
  name: 'BlackScholes_Jacobian',
  suite: 'paper',
  source:
    'Gradient of the price of a European call (Black and Scholes 1973), as Graphax differentiates it',
  inputs: ['S', 'K', 'r', 'sigma', 'T'].map((name) => ({ name, shape: [] })),
  program: () => parseProgram(listing),
  sample: [[1], [1], [1], [1], [1]],
  peerSharesDeadVertices: true,
  publishedFigures: { forward: 545, reverse: 572, markowitz: 350, published: 312 },
  publishedOrder: [
    70, 16, 104, 43, 11, 15, 36, 71, 62, 42, 57, 24, 101, 74, 54, 96, 64, 65, 119, 14, 118, 50, 76,
    61, 32, 19, 17, 45, 40, 59, 100, 68, 49, 126, 114, 83, 60, 116, 113, 20, 78, 25, 121, 6, 48, 31,
    84, 66, 18, 28, 133, 10, 12, 58, 13, 87, 110, 29, 46, 38, 120, 92, 21, 77, 44, 107, 105, 81, 7,
    56, 47, 55, 124, 67, 75, 93, 95, 79, 89, 86, 103, 82, 37, 94, 8, 52, 1, 111, 106, 23, 9, 53, 85,
    90, 112, 69, 41, 34, 98, 35, 51, 22, 80, 72, 115, 91, 33, 39, 27, 99, 30, 88, 131, 123, 117, 73,
    2, 109, 26, 5, 63, 128, 108, 4, 97, 102, 3, 125, 130,
  ],
};
