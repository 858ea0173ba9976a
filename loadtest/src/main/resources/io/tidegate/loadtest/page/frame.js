// Sections, each with a figure for every run, which are drawn again when what they show changes.

const figures = [];

/**
 * @param id of the section
 * @param hint what it shows, in a sentence or two
 * @param shows which choices of the reader it depends on
 * @param draw called with an empty element and a run
 */
function section(parent, id, title, hint, shows, draw) {
  const made = element('section', { id }, element('h2', {}, title), element('p', { className: 'hint' }, hint));
  const row = element('div', { className: 'runs' });
  for (const run of report.runs) {
    const host = element('div', { className: 'plot' });
    const figure = element('figure', {});
    if (report.runs.length > 1) {
      figure.append(element('figcaption', {}, capital(run.label)));
    }
    figure.append(host);
    row.append(figure);
    figures.push({ shows, draw: () => draw(host, run), host });
  }
  made.append(row);
  parent.append(made);
  return made;
}

function capital(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Draws again what depends on a choice; without one, everything. */
function redraw(choice) {
  for (const figure of figures) {
    // What moves by itself stands still while somebody points at it.
    const held = choice === 'moment' && figure.host.matches(':hover');
    if ((!choice || figure.shows.includes(choice)) && !held) {
      figure.host.replaceChildren();
      figure.draw();
    }
  }
}

/** A row of buttons of which one is pressed. */
function choices(label, options, chosen, pick) {
  const row = element('div', { className: 'choices', role: 'group', 'aria-label': label });
  row.append(element('span', {}, label));
  for (const [name, value] of options) {
    const button = element('button', { type: 'button', 'aria-pressed': String(value === chosen) }, name);
    button.addEventListener('click', () => {
      row.querySelectorAll('button').forEach((other) => other.setAttribute('aria-pressed', 'false'));
      button.setAttribute('aria-pressed', 'true');
      pick(value);
    });
    row.append(button);
  }
  return row;
}

/** A table whose first row is its head; columns after the first are numbers unless told. */
function table(head, rows, className) {
  const cells = (tag, row) => element('tr', {}, ...row.map((cell) => element(tag, {}, cell)));
  return element(
    'div',
    { className: 'scroll' },
    element(
      'table',
      { className: className || 'numbers' },
      element('thead', {}, cells('th', head)),
      element('tbody', {}, ...rows.map((row) => cells('td', row)))));
}

function nothing(host, words) {
  host.append(element('p', { className: 'nothing' }, words));
}
