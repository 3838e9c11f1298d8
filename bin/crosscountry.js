#!/usr/bin/env node
// Starts the command line. What is below the built program's own errors is said here: a reader that
// went away, a program that was not built, a promise that nobody waited for.

const fail = (message, code) => {
  process.stderr.write(`crosscountry: ${message}\n`);
  process.exit(code);
};

for (const stream of [process.stdout, process.stderr]) {
  // `crosscountry count | head` is no error.
  stream.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 3));
}

process.on('unhandledRejection', (reason) => {
  // Whoever listens beside us knows whose promise it was.
  if (process.listenerCount('unhandledRejection') > 1) return;
  const text = reason instanceof Error ? reason.message : String(reason);
  fail(`a promise was rejected and nobody waited for it: ${text.replace(/\s+/g, ' ')}`, 2);
});

let main;
try {
  ({ main } = await import('../dist/src/cli/main.js'));
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  fail('the program is not built; run `npm run build` in its folder', 3);
}
process.exitCode = await main(process.argv.slice(2));
