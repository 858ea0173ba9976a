// What an operator may do from here. Each asks first, and says what it will do and to whom.

async function call(method, path, body) {
  const answer = await fetch(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body || {}) });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw new Error((told.error && told.error.message) || 'The gate answered ' + answer.status + '.');
  }
  return told;
}

function actions() {
  const row = element('div', { className: 'choices', id: 'actions', role: 'group', 'aria-label': 'Actions' });
  const said = element('span', { id: 'said', role: 'status' });
  row.append(
    action('Pause sign-ups…', said, askPause),
    action('Resume sign-ups…', said, askResume),
    action('Limit…', said, askLimit),
    action('Drain…', said, askDrain),
    action('Log in…', said, askLogin),
    said);
  return row;
}

function action(label, said, ask) {
  const button = element('button', { type: 'button' }, label);
  button.addEventListener('click', async () => {
    try {
      said.className = '';
      said.textContent = (await ask()) || '';
    } catch (problem) {
      said.className = 'bad';
      said.textContent = problem.message;
    }
  });
  return button;
}

/** A question with fields; gives what was filled in, or nothing if it was left. */
function ask(title, words, fields, confirm) {
  const dialog = element('dialog', {}, element('h2', {}, title), element('p', {}, words));
  const inputs = fields.map((field) => {
    const input = element('input', { name: field.name, type: field.type || 'text', value: field.value || '', placeholder: field.placeholder || '', autocomplete: 'off' });
    dialog.append(element('label', {}, field.label, input));
    return input;
  });
  const yes = element('button', { type: 'button', className: 'yes' }, confirm);
  const no = element('button', { type: 'button' }, 'Leave it');
  dialog.append(element('div', { className: 'choices' }, yes, no));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    const end = (result) => {
      dialog.close();
      dialog.remove();
      resolve(result);
    };
    yes.addEventListener('click', () => end(Object.fromEntries(inputs.map((input) => [input.name, input.value.trim()]))));
    no.addEventListener('click', () => end(null));
    dialog.addEventListener('cancel', () => end(null));
  });
}

const PLAN = { name: 'plan', label: 'Plan (empty: all that are sold)' };

async function askPause() {
  const given = await ask(
    'Pause sign-ups',
    'People who never had the plan cannot subscribe and may join the wait-list. Subscribers, renewals, changes of plan and whoever comes back are not touched.',
    [PLAN, { name: 'reason', label: 'Reason, shown to everyone' }, { name: 'until', label: 'Until (such as 2026-11-25T08:00:00Z; empty: until resumed)' }],
    'Pause sign-ups');
  return given && done(call('POST', '/admin/v1/signups/pause', filled(given)), 'Sign-ups are paused.');
}

async function askResume() {
  const given = await ask('Resume sign-ups', 'The plan is sold again, to whoever waits first.', [PLAN], 'Resume sign-ups');
  return given && done(call('POST', '/admin/v1/signups/resume', filled(given)), 'Sign-ups are resumed.');
}

async function askLimit() {
  const now = live.last ? live.last.limit.seats : null;
  const given = await ask(
    'Limit',
    `The limit is ${now === null ? 'not enforced' : now + ' seats'} now. A lower one lets what runs finish and admits less; a higher one sends more to the upstreams at once. Mode is adaptive, fixed or shadow; shadow admits everybody.`,
    [{ name: 'mode', label: 'Mode' }, { name: 'seats', label: 'Seats', type: 'number' }],
    'Set the limit');
  if (!given) {
    return '';
  }
  const wanted = filled(given);
  if (wanted.seats) {
    wanted.seats = Number(wanted.seats);
  }
  return done(call('PUT', '/admin/v1/limit', wanted), 'The limit is set, until the configuration is read again.');
}

async function askDrain() {
  const given = await ask('Drain', 'Every new request of every tier is refused from now on; answers that run are finished. It cannot be taken back without a restart.', [], 'Drain the gate');
  return given && done(call('POST', '/admin/v1/drain', {}), 'The gate drains.');
}

async function askLogin() {
  const given = await ask('Log in', 'The admin token of this gate. It is needed where one is set, and for changes only.', [{ name: 'token', label: 'Token', type: 'password' }], 'Log in');
  return given && done(call('POST', '/admin/v1/login', given), 'Logged in.');
}

async function done(calling, words) {
  await calling;
  return words;
}

function filled(given) {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
}
