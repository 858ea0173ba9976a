// How long people waited for the first token, tier by tier.

const PERCENTILES = [['median', 0.5], ['p90', 0.9], ['p99', 0.99], ['maximum', 1]];

function drawFirstToken(host, run) {
  const tiers = askingTiers(run);
  const range = firstTokenRange();
  const columns = tiers.map((tier) =>
    run.stretches.map((stretch) => percentileMillis(stretch.tiers[tier].firstToken, view.percentile)));
  const series = tiers.map((tier) => ({
    label: run.tiers[tier],
    color: tierColor(tier),
    dash: tierDash(tier),
    spanGaps: true,
    points: true,
  }));
  if (run.objectiveMillis > 0) {
    columns.push(run.stretches.map(() => run.objectiveMillis));
    series.push({ label: 'objective', color: theme().ink, dash: [6, 4], width: 1.5 });
  }
  chart(host, [starts(run), ...columns], {
    x: timeAxis(),
    y: { label: 'time to first token', log: true, range, splits: logSplits(range), format: duration },
    marks: run.marksSeconds,
    brush: pickTime,
    series,
  });
}
