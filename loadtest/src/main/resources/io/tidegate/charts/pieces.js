// Buttons and tables.

function capital(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
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
