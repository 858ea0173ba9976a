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
  parent.append(element('p', { className: 'verdict', id: 'verdict' }, verdict()));
}

function verdict() {
  if (report.runs.length === 1) {
    return capital(report.runs[0].sentence) + '.';
  }
  return capital(report.runs.map((run) => run.label + ': ' + run.sentence).join('; ')) + '.';
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
  host.append(
    table(
      ['tier', 'requests', 'served', 'refused', 'failed', 'first token p50', 'p99', 'max', 'conversations completed'],
      askingTiers(run).map((tier) => summaryRow(run, tier))));
}

function summaryRow(run, tier) {
  const total = run.totals[tier];
  const found = run.measured.find((one) => one.tier === run.tiers[tier] && one.phase === 'FIRST_TOKEN');
  return [
    run.tiers[tier],
    count(total.offered),
    percent(total.ok, total.offered),
    percent(reasonsTotal(total.shed), total.offered),
    percent(reasonsTotal(total.ko), total.offered),
    ...(found ? [duration(found.p50Millis), duration(found.p99Millis), duration(found.maxMillis)] : ['–', '–', '–']),
    percent(total.conversationsCompleted, total.conversationsBegun),
  ];
}
