// Imports point one way, floor by floor (docs/architecture.md). Rooms on one floor do not see each
// other; a room sees every floor below.
const floors = [
  ['support'],
  ['notation'],
  ['program'],
  ['graph', 'compile'],
  ['order', 'cost', 'execute'],
  ['core', 'accumulate'],
  ['compiled'],
  ['optimise'],
  ['search'],
  ['subject'],
  ['results'],
  ['policy'],
  ['bench', 'report'],
  ['api'],
  ['cli'],
];

const upward = floors.flatMap((rooms, floor) =>
  rooms.map((room) => {
    const above = floors.slice(floor + 1).flat();
    const beside = rooms.filter((other) => other !== room);
    return {
      name: `${room}-looks-down`,
      severity: 'error',
      comment: `src/${room} may only import from the floors below it.`,
      from: { path: `^src/${room}/` },
      to: { path: `^src/(${[...beside, ...above].join('|') || 'nothing'})/` },
    };
  }),
);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...upward,
    {
      name: 'no-cycle',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'tasks-know-the-tracer-only',
      severity: 'error',
      from: { path: '^tasks/' },
      to: { path: '^src/', pathNot: '^src/(program|support)/' },
    },
    {
      name: 'only-subject-knows-tasks',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(subject|results|bench|report|api|cli)/' },
      to: { path: '^tasks/' },
    },
    {
      name: 'only-core-touches-wasm',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/core/' },
      to: { path: '^build/' },
    },
    {
      name: 'only-policy-knows-tensorflow',
      severity: 'error',
      from: { pathNot: '^src/policy/' },
      to: { path: 'node_modules/@tensorflow/' },
    },
    {
      name: 'nothing-imports-the-command-line',
      severity: 'error',
      from: { pathNot: '^(src/cli|bin|test)/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'nothing-imports-the-page',
      severity: 'error',
      from: { pathNot: '^(web|test)/' },
      to: { path: '^web/' },
    },
    {
      name: 'the-page-runs-without-node',
      severity: 'error',
      comment:
        'Its bundle has nothing of Node; src/search/restart-threads.ts is never loaded there.',
      from: { path: '^web/' },
      to: { path: '^(node:)?(fs|path|os|crypto|url|module|child_process|v8)', reachable: true },
    },
    {
      name: 'no-development-dependency-in-the-product',
      severity: 'error',
      from: { path: '^(src|tasks|bin)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
