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
