// Elements, and numbers as people read them. Whatever is said goes through text nodes, so that
// markup in a name stays text.

function element(tag, properties, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (name in made) {
      made[name] = value;
    } else {
      made.setAttribute(name, value);
    }
  }
  made.append(...children);
  return made;
}

function swatch(color) {
  const made = element('span', { className: 'swatch' });
  made.style.background = color;
  return made;
}

/** A duration with three significant digits at most and the unit that suits it. */
function duration(millis) {
  if (millis === 0) {
    return '0 s';
  }
  if (millis >= 60000) {
    return clock(millis / 1000) + ' min';
  }
  if (millis >= 1000) {
    return significant(millis / 1000) + ' s';
  }
  return millis >= 1 ? significant(millis) + ' ms' : significant(millis * 1000) + ' µs';
}

function significant(value) {
  return String(Number(value.toPrecision(3)));
}

/** When second zero was, in milliseconds since 1970, on a page that shows the time of day. */
const timeOrigin = { millis: null };

/** A moment: the time of day where second zero is known, else the time from the start. */
function moment(second) {
  return timeOrigin.millis === null ? clock(second) : timeOfDay(timeOrigin.millis + 1000 * second);
}

/** A time in the reader's own zone, with the day if that is not today. */
function timeOfDay(millis) {
  const then = new Date(millis);
  const today = new Date().toDateString() === then.toDateString();
  return today ? then.toLocaleTimeString() : then.toLocaleString();
}

/** Minutes and seconds from the start of a run. */
function clock(seconds) {
  const whole = Math.round(seconds);
  return Math.floor(whole / 60) + ':' + String(whole % 60).padStart(2, '0');
}

function count(value) {
  return value.toLocaleString('en', { maximumFractionDigits: 1 });
}

/** A share of a whole. Never rounded up to 100 %: that is kept for all, as 0 % is for none. */
function percent(part, whole) {
  if (whole === 0) {
    return '–';
  }
  const value = (100 * part) / whole;
  const rounded = Number(value.toFixed(1));
  if (rounded === 100 && part < whole) {
    return '99.9 %';
  }
  return rounded === 0 && part > 0 ? '< 0.1 %' : rounded + ' %';
}
