// Every time, first tokens mostly, as a spot: when, how long, and by colour how many. Colour goes by the square
// root of the count, so that a single slow one is seen beside hundreds of fast ones.

const HEAT_HEIGHT = 260;
const HEAT_EDGE = { left: 66, right: 14, top: 10, bottom: 44 };
const ROWS_PER_OCTAVE = 6;

/**
 * @param columns of one width, in order: `from` and `to` in seconds, and their `latencies`
 * @param time the axis
 * @param name of what is timed
 * @param range of the latencies, in milliseconds
 */
function heatMap(host, columns, time, range, name) {
  const canvas = element('canvas', { className: 'heat', role: 'img' });
  const words = element('p', { className: 'readout' });
  host.append(canvas, words);
  const width = Math.max(200, host.clientWidth);
  const plot = heatPlot(columns, width, time, range);
  canvas.width = width * devicePixelRatio;
  canvas.height = HEAT_HEIGHT * devicePixelRatio;
  canvas.style.width = width + 'px';
  canvas.style.height = HEAT_HEIGHT + 'px';
  const context = canvas.getContext('2d');
  context.scale(devicePixelRatio, devicePixelRatio);
  paintAxes(context, plot, name);
  paintCells(context, plot);
  paintPeaks(context, plot);
  const rest = restingWords(plot);
  words.textContent = rest;
  canvas.setAttribute('aria-label', rest);
  canvas.addEventListener('pointermove', (event) => (words.textContent = wordsAt(plot, event) || rest));
  canvas.addEventListener('pointerleave', () => (words.textContent = rest));
  host.append(heatLegend(plot));
}

/** How wide the plot itself is where its frame has some width. */
function heatInner(width) {
  return Math.max(200, width) - HEAT_EDGE.left - HEAT_EDGE.right;
}

function heatPlot(given, width, time, range) {
  const [start, end] = time.range;
  const inner = heatInner(width);
  const columns = given.map((one) => ({
    from: one.from,
    to: one.to,
    maxMillis: one.latencies.maxMillis,
    rows: heatRows(one.latencies),
  }));
  const most = Math.max(1, ...columns.flatMap((column) => [...column.rows.values()]));
  const peak = columns.reduce((one, other) => (other.maxMillis > one.maxMillis ? other : one), { maxMillis: 0 });
  const height = HEAT_HEIGHT - HEAT_EDGE.top - HEAT_EDGE.bottom;
  const x = (second) => HEAT_EDGE.left + (inner * Math.max(0, second - start)) / (end - start);
  const y = (millis) =>
    HEAT_EDGE.top + height * (1 - Math.log(millis / range[0]) / Math.log(range[1] / range[0]));
  return { columns, most, peak, range, x, y, width, height, inner, time, start, end };
}

function heatRows(latencies) {
  const rows = new Map();
  const perRow = latencyBuckets.perOctave / ROWS_PER_OCTAVE;
  for (let i = 0; i < latencies.counts.length; i += 2) {
    const row = Math.floor(latencies.counts[i] / perRow);
    rows.set(row, (rows.get(row) || 0) + latencies.counts[i + 1]);
  }
  return rows;
}

function rowMillis(row) {
  return 2 ** (row / ROWS_PER_OCTAVE) / 1000;
}

function heatColor(number, most) {
  const stops = theme().heat;
  const at = Math.sqrt(number / most) * (stops.length - 1);
  const low = Math.min(stops.length - 2, Math.floor(at));
  const mix = (offset) => {
    const part = (stop) => parseInt(stop.slice(offset, offset + 2), 16);
    return Math.round(part(stops[low]) + (part(stops[low + 1]) - part(stops[low])) * (at - low));
  };
  return `rgb(${mix(1)}, ${mix(3)}, ${mix(5)})`;
}

function paintAxes(context, plot, name) {
  const bottom = HEAT_EDGE.top + plot.height;
  context.font = FONT;
  context.strokeStyle = theme().grid;
  context.fillStyle = theme().soft;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const millis of logSplits(plot.range)) {
    line(context, HEAT_EDGE.left, plot.y(millis), HEAT_EDGE.left + plot.inner, plot.y(millis));
    context.fillText(duration(millis), HEAT_EDGE.left - 6, plot.y(millis));
  }
  const time = plot.time;
  context.textAlign = 'center';
  for (const second of time.splits) {
    line(context, plot.x(second), HEAT_EDGE.top, plot.x(second), bottom + 4);
    context.fillText(time.format(second), plot.x(second), bottom + 14);
  }
  context.fillText(time.label, HEAT_EDGE.left + plot.inner / 2, bottom + 34);
  context.save();
  context.translate(9, HEAT_EDGE.top + plot.height / 2);
  context.rotate(-Math.PI / 2);
  context.fillText(name, 0, 0);
  context.restore();
}

function line(context, fromX, fromY, toX, toY) {
  context.beginPath();
  context.moveTo(fromX, fromY);
  context.lineTo(toX, toY);
  context.stroke();
}

function paintCells(context, plot) {
  for (const column of plot.columns) {
    const left = plot.x(column.from);
    const width = Math.max(1, plot.x(column.to) - left);
    for (const [row, number] of column.rows) {
      const top = plot.y(rowMillis(row + 1));
      context.fillStyle = heatColor(number, plot.most);
      context.fillRect(left, top, width, plot.y(rowMillis(row)) - top);
    }
  }
}

/** A stroke at the true maximum of each column, and a ring about that of the whole run. */
function paintPeaks(context, plot) {
  context.strokeStyle = theme().peak;
  context.lineWidth = 1.5;
  for (const column of plot.columns.filter((one) => one.maxMillis > 0)) {
    const y = plot.y(column.maxMillis);
    line(context, plot.x(column.from), y, Math.max(plot.x(column.from) + 2, plot.x(column.to)), y);
  }
  if (plot.peak.maxMillis > 0) {
    context.lineWidth = 2;
    context.beginPath();
    context.arc((plot.x(plot.peak.from) + plot.x(plot.peak.to)) / 2, plot.y(plot.peak.maxMillis), 6, 0, 7);
    context.stroke();
  }
}

function restingWords(plot) {
  return plot.peak.maxMillis > 0
    ? `The slowest took ${duration(plot.peak.maxMillis)}, at ${plot.time.format(plot.peak.from)}.`
    : 'Nothing was measured.';
}

function wordsAt(plot, event) {
  const second = ((event.offsetX - HEAT_EDGE.left) / plot.inner) * (plot.end - plot.start) + plot.start;
  const column = plot.columns.find((one) => second >= one.from && second < one.to);
  const [least, most] = plot.range;
  const millis = least * (most / least) ** (1 - (event.offsetY - HEAT_EDGE.top) / plot.height);
  if (!column || millis < least || millis > most) {
    return '';
  }
  const row = Math.floor(Math.log2(millis * 1000) * ROWS_PER_OCTAVE);
  const number = column.rows.get(row) || 0;
  return `At ${plot.time.format(column.from)}: ${count(number)} from ${duration(rowMillis(row))} to ${duration(rowMillis(row + 1))}, the slowest ${duration(column.maxMillis)}.`;
}

function heatLegend(plot) {
  const bar = element('span', { className: 'bar' });
  bar.style.background = `linear-gradient(to right, ${theme().heat.join(', ')})`;
  const peak = element('span', { className: 'dash' });
  peak.style.background = theme().peak;
  const most = count(plot.most) + (plot.most === 1 ? ' answer' : ' answers');
  return element('p', { className: 'legend' }, 'few ', bar, ' ' + most + ' a spot · ', peak, ' true maximum');
}
