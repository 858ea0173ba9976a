// The one place that knows uPlot: axes with units, colours of the theme, moments that are marked.

const FONT = '12px system-ui, sans-serif';

/**
 * @param options `x` and `y` are axes: label, range, format, and for y `log`; `series` have label,
 *     color, dash, fill, stepped and an own format of the value at the cursor; `marks` are moments;
 *     `brush` is called with the ends of what was dragged over
 */
function chart(host, columns, options) {
  const { ink, soft, grid } = theme();
  const axis = { stroke: soft, font: FONT, labelFont: FONT, labelSize: 18, labelGap: 2, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 } };
  const plain = (own) => (u, values) => values.map((value) => (value === null ? '' : own.format(value)));
  const drawn = new uPlot(
    {
      width: Math.max(200, host.clientWidth),
      height: options.height || 240,
      padding: [10, 14, 0, 0],
      scales: {
        x: { time: false, range: options.x.range },
        y: { distr: options.y.log ? 3 : 1, range: options.y.range },
      },
      axes: [
        { ...axis, label: options.x.label, space: 46, size: 30, values: plain(options.x), ...splitsOf(options.x) },
        { ...axis, label: options.y.label, size: 66, values: plain(options.y), ...splitsOf(options.y) },
      ],
      legend: { markers: { dash: (u, place) => markerStyle(options.series[place - 1]) } },
      cursor: {
        drag: { x: Boolean(options.brush), y: false, setScale: false },
        points: { size: 6 },
      },
      series: [
        { label: options.x.name, value: (u, value) => (value === null ? '–' : options.x.format(value)) },
        ...options.series.map((one) => seriesOf(one, options)),
      ],
      hooks: {
        draw: [(u) => drawMarks(u, options.marks || [], ink)],
        setSelect: [(u) => brushed(u, options.brush)],
      },
    },
    columns,
    host);
  return drawn;
}

function seriesOf(one, options) {
  return {
    label: one.label,
    stroke: one.color,
    width: one.width || 2,
    dash: one.dash || [],
    fill: one.fill,
    spanGaps: Boolean(one.spanGaps),
    paths: one.stepped ? uPlot.paths.stepped({ align: 1 }) : undefined,
    points: { show: Boolean(one.points), size: 4, fill: one.color },
    value: (u, value, place, at) => {
      const known = one.valueAt && at !== null && at !== undefined ? one.valueAt(at) : value;
      return known === null || known === undefined ? '–' : options.y.format(known);
    },
  };
}

function markerStyle(one) {
  const [stroke] = (one && one.dash) || [];
  return stroke === undefined ? 'solid' : stroke > 3 ? 'dashed' : 'dotted';
}

function splitsOf(axis) {
  return axis.splits ? { splits: () => axis.splits, filter: (u, values) => values } : {};
}

/** The values to be named on a logarithmic axis. */
function logSplits([from, to]) {
  const steps = Math.log10(to / from) > 2.5 ? [1] : [1, 2, 5];
  const splits = [];
  for (let decade = 10 ** Math.floor(Math.log10(from)); decade <= to * 1.0001; decade *= 10) {
    splits.push(...steps.map((step) => step * decade));
  }
  return splits.filter((value) => value >= from * 0.9999 && value <= to * 1.0001);
}

function drawMarks(u, marks, ink) {
  const ratio = devicePixelRatio;
  const context = u.ctx;
  context.save();
  context.strokeStyle = ink;
  context.fillStyle = ink;
  context.lineWidth = ratio;
  context.setLineDash([3 * ratio, 3 * ratio]);
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  context.font = 11 * ratio + 'px system-ui, sans-serif';
  marks.forEach((mark, row) => {
    const x = u.valToPos(mark.second, 'x', true);
    context.beginPath();
    context.moveTo(x, u.bbox.top);
    context.lineTo(x, u.bbox.top + u.bbox.height);
    context.stroke();
    // One below the other: marks may lie close together.
    context.fillText(mark.label, x + 4 * ratio, u.bbox.top + (10 + 12 * row) * ratio);
  });
  context.restore();
}

function brushed(u, brush) {
  if (brush && u.select.width > 3) {
    const from = u.posToVal(u.select.left, 'x');
    brush(from, u.posToVal(u.select.left + u.select.width, 'x'));
  }
}

/** An axis of time, between two seconds. */
function timeAxis(start, end) {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400];
  // A time of day takes more room than one from the start.
  const most = timeOrigin.millis !== null && innerWidth < 600 ? 2 : 7;
  const step = steps.find((width) => (end - start) / width <= most) || 28800;
  const splits = [];
  for (let second = Math.ceil(start / step) * step; second <= end; second += step) {
    splits.push(second);
  }
  const label = timeOrigin.millis === null ? 'time from the start (min:s)' : 'time of day';
  return { label, name: 'at', range: [start, end], format: moment, splits };
}

/** From zero to a little over the most there is. */
function fromZero(most) {
  return [0, most > 0 ? most * 1.08 : 1];
}
