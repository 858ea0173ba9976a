// Assertions, all phases, and what one needs to know to repeat the run.

const PHASES = {
  BLOCKED: 'waiting for a connection',
  CONNECT: 'connecting',
  HEADERS: 'sent to headers',
  FIRST_TOKEN: 'first token',
  BETWEEN_TOKENS: 'between tokens',
  WHOLE: 'whole answer',
};

function drawAssertions(host, run) {
  if (run.assertions.length === 0) {
    nothing(host, 'Nothing was asserted.');
  } else {
    const rows = run.assertions.map((one) => [
      element('span', { className: one.passed ? 'good' : 'bad' }, one.passed ? '✓\u00a0holds' : '✗\u00a0fails'),
      one.assertion,
      one.actual,
    ]);
    host.append(table(['', 'must hold', 'found'], rows, 'words'));
  }
  if (run.inversions.length > 0) {
    const rows = run.inversions.slice(0, 50).map((one) => [clock(one.second), one.refusedClass, one.admittedClass, count(one.admissions)]);
    host.append(
      element('h3', {}, `Priority inversions, in ${count(run.inversions.length)} seconds`),
      table(['at', 'refused', 'admitted after it', 'how many'], rows, 'words'));
  }
}

function drawPhases(host, run) {
  const rows = run.measured.map((one) => [
    one.tier,
    PHASES[one.phase],
    count(one.count),
    ...[one.p50Millis, one.p90Millis, one.p99Millis, one.p999Millis, one.p9999Millis, one.maxMillis].map(duration),
  ]);
  host.append(table(['tier', 'phase', 'times', 'p50', 'p90', 'p99', 'p99.9', 'p99.99', 'max'], rows, 'numbers two'));
}

function drawAdded(host, run) {
  if (run.added.pairs === 0) {
    nothing(host, 'Nothing was sent around the target.');
    return;
  }
  const micros = (value) => (value > 0 ? '+' : '') + count(Math.round(value));
  const rows = run.added.to.map((one) => [one.what, ...[one.p50Micros, one.p99Micros, one.p999Micros].map(micros)]);
  host.append(
    table([`µs, over ${count(run.added.pairs)} pairs`, 'p50', 'p99', 'p99.9'], rows));
}

function drawManifest(host, run) {
  const manifest = run.manifest;
  const entries = [
    ['started', new Date(manifest.startedEpochMillis).toISOString().replace('T', ' ').slice(0, 19) + ' UTC'],
    ['lasted', duration(run.health.wallSeconds * 1000)],
    ['seed', manifest.seed],
    ['target', manifest.target + (manifest.throughGate ? '' : ' (no gate)')],
    ['arguments', manifest.arguments.join(' ')],
    ...Object.entries(manifest.versions),
    ...Object.entries(manifest.machine).map(([name, value]) => [name.replaceAll('_', ' '), value]),
  ];
  host.append(table(['', ''], entries.map(([name, value]) => [name, String(value)]), 'words manifest'));
}
