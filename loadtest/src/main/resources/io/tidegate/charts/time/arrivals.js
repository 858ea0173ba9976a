// Requests by the second in which they were fired, and what became of them: the areas add up to
// what was offered.

const OUTCOMES = [
  ['ok', 'served'],
  ['shed', 'refused'],
  ['ko', 'failed'],
  ['open', 'still open'],
];

/** For each outcome that occurs, its rate, and the height of the pile up to and with it. */
function pile(run, tiers) {
  const outcomes = run.stretches.map((stretch) => outcomesOf(stretch, tiers));
  const heights = run.stretches.map(() => 0);
  const layers = OUTCOMES.filter(([key]) => outcomes.some((one) => one[key] > 0)).map(([key, label]) => {
    const rates = outcomes.map((one, at) => one[key] / run.stretches[at].seconds);
    rates.forEach((rate, at) => (heights[at] += rate));
    return { key, label: (report.outcomes || {})[key] || label, rates, heights: [...heights] };
  });
  const offered = outcomes.map((one, at) => one.offered / run.stretches[at].seconds);
  return { layers, offered };
}

function drawArrivals(host, run) {
  const { layers, offered } = pile(run, viewedTiers(run));
  const most = Math.max(...report.runs.flatMap((one) => pile(one, viewedTiers(one)).offered));
  const drawn = [...layers].reverse();
  chart(host, closeSteps(run, [...drawn.map((layer) => layer.heights), offered]), {
    x: sharedTime(),
    y: { label: 'requests per second', range: fromZero(most), format: count },
    marks: run.marks,
    brush: pickTime,
    series: [
      ...drawn.map((layer) => ({
        label: layer.label,
        color: theme().outcomes[layer.key],
        fill: theme().outcomes[layer.key],
        width: 1,
        stepped: true,
        valueAt: (at) => layer.rates[Math.min(at, layer.rates.length - 1)],
      })),
      { label: 'offered', color: theme().ink, width: 1, stepped: true },
    ],
  });
}
