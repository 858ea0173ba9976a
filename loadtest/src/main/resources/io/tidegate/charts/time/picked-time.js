// The spectrum of the part of the time that the reader picks.

const SHARES = [0.5, 0.9, 0.99, 0.999, 0.9999];

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
  const lines = tiers.map((tier, at) => ({ latencies: distributions[at], label: run.tiers[tier], color: tierColor(tier), dash: tierDash(tier) }));
  spectrum(host, lines, grid, timesRange(), TIMES[view.times]);
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
  const all = element('button', { type: 'button' }, 'whole run');
  timeChanged = () => {
    from.value = String(view.from);
    to.value = String(view.to);
  };
  const typed = () => pickTime(Number(from.value), Number(to.value));
  from.addEventListener('change', typed);
  to.addEventListener('change', typed);
  all.addEventListener('click', () => pickTime(0, end));
  return element('div', { className: 'choices', id: 'picker' }, 'From ', from, ' to ', to, ' s ', all);
}
