// How long people waited, for the first token unless another time is viewed, tier by tier.

const PERCENTILES = [['median', 0.5], ['p90', 0.9], ['p99', 0.99], ['maximum', 1]];

function drawTimes(host, run) {
  const tiers = askingTiers(run);
  const range = timesRange();
  const columns = tiers.map((tier) =>
    run.stretches.map((stretch) => percentileMillis(timesIn(stretch, tier), view.percentile)));
  const series = tiers.map((tier) => ({
    label: run.tiers[tier],
    color: tierColor(tier),
    dash: tierDash(tier),
    spanGaps: true,
    points: true,
  }));
  const aim = objectiveMillis(run);
  if (aim > 0) {
    columns.push(run.stretches.map(() => aim));
    series.push({ label: 'objective', color: theme().ink, dash: [6, 4], width: 1.5 });
  }
  chart(host, [starts(run), ...columns], {
    x: sharedTime(),
    y: { label: TIMES[view.times], log: true, range, splits: logSplits(range), format: duration },
    marks: run.marks,
    brush: pickTime,
    series,
  });
}
