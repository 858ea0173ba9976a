// Every one of the viewed times of a run, as a heat map.

function drawHeatMap(host, run) {
  heatMap(host, heatColumns(run, host.clientWidth), sharedTime(), timesRange(), TIMES[view.times]);
}

/** Wide enough to be seen. */
function heatColumns(run, width) {
  const start = startOfAll();
  const end = endOfAll();
  // Whole stretches, the same number in each column: else some would look emptier than they were.
  const stretch = Math.max(1, ...run.stretches.map((one) => one.seconds));
  const step = stretch * Math.ceil((end - start) / Math.max(1, Math.floor(heatInner(width) / 3)) / stretch);
  const columns = [];
  for (let from = Math.floor(start / step) * step; from < endOf(run); from += step) {
    const inside = run.stretches.filter((one) => one.second >= from && one.second < from + step);
    const latencies = mergeLatencies(
      inside.flatMap((one) => viewedTiers(run).map((tier) => timesIn(one, tier))));
    columns.push({ from, to: from + step, latencies });
  }
  return columns;
}
