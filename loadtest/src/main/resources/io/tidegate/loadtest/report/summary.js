// What came of it, in a sentence and a table.

const STANDINGS = {
  PASSED: ['good', '✓ All assertions hold'],
  FAILED: ['bad', '✗ An assertion fails'],
  INVALID: ['bad', '⚠ Not valid: the load generator itself was too slow'],
  UNJUDGED: ['plain', 'Nothing was asserted'],
};

function drawSummary(parent) {
  const first = report.runs[0];
  document.title = first.manifest.name + ' – load test';
  parent.append(element('h1', {}, first.manifest.name));
  if (first.manifest.description) {
    parent.append(element('p', { className: 'description' }, first.manifest.description));
  }
  const verdict = element('div', { className: 'verdict', id: 'verdict' });
  for (const run of report.runs) {
    const label = report.runs.length > 1 ? [element('strong', {}, capital(run.label) + ': ')] : [];
    const words = label.length > 0 ? run.sentence : capital(run.sentence);
    verdict.append(element('p', {}, ...label, words + '.'));
  }
  parent.append(verdict);
}

function drawStanding(host, run) {
  const [className, words] = STANDINGS[run.standing];
  host.append(element('p', { className: 'standing ' + className }, words));
  if (run.cutShort) {
    host.append(element('p', { className: 'standing bad' }, '⚠ Cut short: it was ended before its end'));
  }
  for (const problem of run.health.problems) {
    host.append(element('p', { className: 'problem' }, capital(problem) + '.'));
  }
  const tiers = askingTiers(run);
  const rows = SUMMARY.map(([label, valueOf]) => [label, ...tiers.map((tier) => valueOf(run, tier))]);
  host.append(table(['', ...tiers.map((tier) => run.tiers[tier])], rows));
}

/** The rows of the summary: a tier is a column, so that it fits on a phone. */
const SUMMARY = [
  ['requests', (run, tier) => count(run.totals[tier].offered)],
  ['served', (run, tier) => percent(run.totals[tier].ok, run.totals[tier].offered)],
  ['refused', (run, tier) => percent(reasonsTotal(run.totals[tier].shed), run.totals[tier].offered)],
  ['failed', (run, tier) => percent(reasonsTotal(run.totals[tier].ko), run.totals[tier].offered)],
  ['streams cut', (run, tier) => count(run.totals[tier].ko.cut || 0)],
  ['first token, median', (run, tier) => firstTokenOf(run, tier, 'p50Millis')],
  ['first token, p99', (run, tier) => firstTokenOf(run, tier, 'p99Millis')],
  ['first token, maximum', (run, tier) => firstTokenOf(run, tier, 'maxMillis')],
  [
    'conversations completed',
    (run, tier) => percent(run.totals[tier].conversationsCompleted, run.totals[tier].conversationsBegun),
  ],
];

function firstTokenOf(run, tier, key) {
  const found = run.measured.find((one) => one.tier === run.tiers[tier] && one.phase === 'FIRST_TOKEN');
  return found ? duration(found[key]) : '–';
}
