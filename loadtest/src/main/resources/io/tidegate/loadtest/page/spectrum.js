// The whole distribution: the further right, the fewer were as slow. Recomputed for the part of the
// time the reader picks.

const SHARES = [0.5, 0.9, 0.99, 0.999, 0.9999];

/** From the median's left to the end of the longest line. Each step is a fiftieth of a decade. */
function spectrumGrid(distributions) {
  const longest = Math.max(1, ...distributions.map((one) => Math.log10(Math.max(1, one.count))));
  const grid = [];
  for (let i = 0; i <= Math.ceil(longest * 50) + 1; i++) {
    grid.push(i / 50);
  }
  return grid;
}

/** Values along the grid; the line ends with the true maximum. */
function spectrumLine(latencies, grid) {
  const values = percentilesMillis(latencies, grid.map((x) => 1 - 10 ** -x));
  const end = values.findIndex((value) => value === latencies.maxMillis);
  return values.map((value, at) => (end >= 0 && at > end ? null : value));
}

function viewedDistributions(run) {
  return askingTiers(run).map((tier) => timesBetween(run, tier, view.from, view.to));
}

function drawSpectrum(host, run) {
  const tiers = askingTiers(run);
  const distributions = viewedDistributions(run);
  if (distributions.every((one) => one.count === 0)) {
    nothing(host, 'Nothing was measured in this time.');
    return;
  }
  const grid = spectrumGrid(report.runs.flatMap(viewedDistributions));
  const range = timesRange();
  const middle = host.clientWidth > 440 ? [Math.log10(2)] : [];
  const named = [0, ...middle, ...grid.filter((x) => x > 0 && x === Math.floor(x))];
  chart(host, [grid, ...distributions.map((one) => spectrumLine(one, grid))], {
    x: { label: 'share of answers, logarithmic (%)', name: 'share', range: [0, grid[grid.length - 1]], format: shareOf, splits: named },
    y: { label: TIMES[view.times], log: true, range, splits: logSplits(range), format: duration },
    series: tiers.map((tier) => ({ label: run.tiers[tier], color: tierColor(tier), dash: tierDash(tier) })),
  });
  const shares = distributions.map((one) => percentilesMillis(one, SHARES));
  const cells = (valueOf) => distributions.map((one, at) => (one.count > 0 ? duration(valueOf(one, at)) : '–'));
  host.append(
    table(
      [TIMES[view.times], ...tiers.map((tier) => run.tiers[tier])],
      [
        ['answers', ...distributions.map((one) => count(one.count))],
        ...SHARES.map((share, row) => ['p' + 100 * share, ...cells((one, at) => shares[at][row])]),
        ['maximum', ...cells((one) => one.maxMillis)],
      ]));
}

function shareOf(x) {
  return (100 * (1 - 10 ** -x)).toFixed(Math.max(0, Math.ceil(x) - 2)) + ' %';
}

let timeChanged = () => {};

/** Looks at a part of the time only. */
function pickTime(from, to) {
  const end = endOfAll();
  view.from = Math.min(Math.max(startOfAll(), Math.floor(from)), end - 1);
  view.to = Math.max(view.from + 1, Math.min(end, Math.ceil(to)));
  timeChanged();
  redraw('time');
}

/** Two numbers to pick the time by, for whoever cannot drag. */
function timePicker() {
  const end = endOfAll();
  const input = (label) => element('input', { type: 'number', min: '0', max: String(end), 'aria-label': label });
  const from = input('from second');
  const to = input('to second');
  const all = element('button', { type: 'button' }, 'all of it');
  timeChanged = () => {
    from.value = String(view.from);
    to.value = String(view.to);
  };
  const typed = () => pickTime(Number(from.value), Number(to.value));
  from.addEventListener('change', typed);
  to.addEventListener('change', typed);
  all.addEventListener('click', () => pickTime(startOfAll(), endOfAll()));
  return element('div', { className: 'choices', id: 'picker' }, 'From ', from, ' to ', to, ' s ', all);
}
