// Why requests were refused, and why others failed.

const MOST_REASONS = 6;
const OTHER = 'other reasons';

/** The reasons of all runs, most frequent first, so that each has one colour throughout. */
function refusalReasons() {
  const all = addReasons(report.runs.flatMap((run) => run.totals.map((total) => total.shed)));
  return [...all].sort((one, other) => other[1] - one[1]).map(([reason]) => reason);
}

/** How many were refused for each reason, a second at a time; the last takes in the rare ones. */
function refusalLayers(run) {
  const reasons = refusalReasons();
  const named = reasons.slice(0, MOST_REASONS);
  const groups = named.map((reason) => ({ label: reason, reasons: [reason] }));
  if (reasons.length > MOST_REASONS) {
    groups.push({ label: OTHER, reasons: reasons.slice(MOST_REASONS) });
  }
  const added = run.stretches.map((stretch) =>
    addReasons(viewedTiers(run).map((tier) => stretch.tiers[tier].shed)));
  const heights = run.stretches.map(() => 0);
  return groups.map((group, place) => {
    const rates = added.map(
      (counts, at) => sum(group.reasons.map((reason) => counts.get(reason) || 0)) / run.stretches[at].seconds);
    rates.forEach((rate, at) => (heights[at] += rate));
    return { label: group.label, color: theme().reasons[place], rates, heights: [...heights] };
  });
}

function drawRefusals(host, run) {
  if (run.totals.every((total) => reasonsTotal(total.shed) === 0)) {
    nothing(host, 'Nobody was refused.');
  } else {
    const layers = refusalLayers(run).reverse();
    const most = Math.max(...report.runs.flatMap((one) => refusalLayers(one).flatMap((layer) => layer.heights)));
    chart(host, closeSteps(run, layers.map((layer) => layer.heights)), {
      x: sharedTime(),
      y: { label: 'refusals per second', range: fromZero(most), format: count },
      marks: run.marks,
      brush: pickTime,
      series: layers.map((layer) => ({
        label: layer.label,
        color: layer.color,
        fill: layer.color,
        width: 1,
        stepped: true,
        valueAt: (at) => layer.rates[Math.min(at, layer.rates.length - 1)],
      })),
    });
  }
  const rows = reasonRows(run);
  if (rows.length > 0) {
    host.append(table(['what', 'reason', ...askingTiers(run).map((tier) => run.tiers[tier])], rows, 'numbers two'));
  }
}

function reasonRows(run) {
  const tiers = askingTiers(run);
  const rowsOf = (what, countsOf) =>
    [...addReasons(run.totals.map(countsOf))]
      .sort((one, other) => other[1] - one[1])
      .map(([reason]) => [what, reason, ...tiers.map((tier) => count(countsOf(run.totals[tier])[reason] || 0))]);
  return [...rowsOf('refused', (total) => total.shed), ...rowsOf('failed', (total) => total.ko)];
}
