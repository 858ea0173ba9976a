// The whole distribution: the further right, the fewer were as slow.

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

/**
 * @param lines each with latencies, label, color and dash
 * @param grid of the x axis, see spectrumGrid
 * @param range of the latencies, in milliseconds
 * @param name of what is timed
 */
function spectrum(host, lines, grid, range, name) {
  const middle = host.clientWidth > 440 ? [Math.log10(2)] : [];
  const named = [0, ...middle, ...grid.filter((x) => x > 0 && x === Math.floor(x))];
  chart(host, [grid, ...lines.map((one) => spectrumLine(one.latencies, grid))], {
    x: { label: 'share of answers, logarithmic (%)', name: 'share', range: [0, grid[grid.length - 1]], format: shareOf, splits: named },
    y: { label: name, log: true, range, splits: logSplits(range), format: duration },
    series: lines.map(({ label, color, dash }) => ({ label, color, dash })),
  });
}

function shareOf(x) {
  return (100 * (1 - 10 ** -x)).toFixed(Math.max(0, Math.ceil(x) - 2)) + ' %';
}
