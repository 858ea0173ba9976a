// The state in one glance: who is hurt, by what, what the gate does about it, and since when.

const STATES = {
  calm: ['good', 'Calm', 'Demand fits into what the service can carry.'],
  surge: ['warn', 'Surge', 'Demand takes all, or nearly all, that the service can carry.'],
  shedding: ['bad', 'Shedding', 'Not all can be served: requests are refused, worst class first.'],
  draining: ['bad', 'Draining', 'No new request is taken; what runs is finished.'],
};

function drawGlance(host) {
  const now = live.last;
  if (!now) {
    nothing(host, 'Waiting for the first second.');
    return;
  }
  const key = now.state === 'draining' ? 'draining' : now.surge.state;
  const [className, word, meaning] = STATES[key];
  const since = now.surge.since > 0 && key !== 'draining' ? ` since ${timeOfDay(now.surge.since)}` : '';
  host.append(
    element('p', { className: 'state ' + className, id: 'state' }, element('strong', {}, word), since + '. ' + meaning),
    ...whoIsHurt(now),
    signups(now),
    tiles(now));
}

/** A sentence for each tier that is being refused. */
function whoIsHurt(now) {
  const run = liveRun();
  const hurt = run.tiers.flatMap((name, tier) => {
    const stretches = run.stretches.slice(-10).map((stretch) => stretch.tiers[tier]);
    const refused = addReasons(stretches.map((one) => one.shed));
    const total = sum([...refused.values()]);
    const offered = sum(stretches.map((one) => one.offered));
    if (total === 0) {
      return [];
    }
    const [reason] = [...refused].sort((one, other) => other[1] - one[1])[0];
    return [`${name}: ${percent(total, offered)} of the last ten seconds' requests refused, mostly “${reason}”.`];
  });
  if (hurt.length === 0) {
    return [element('p', { id: 'hurt' }, 'Nobody is being refused.')];
  }
  const latched = now.latched.length > 0 ? [element('p', {}, 'Kept out while a better class is short of room: ' + now.latched.join(', ') + '.')] : [];
  return [element('ul', { id: 'hurt' }, ...hurt.map((words) => element('li', {}, words))), ...latched];
}

function signups(now) {
  const plans = Object.entries(now.signups || {});
  if (plans.length === 0) {
    return element('p', { id: 'signups' }, 'Sign-ups: no plan is sold here.');
  }
  return element('div', { id: 'signups' }, ...plans.map(([plan, gate]) => element('p', {}, signupSentence(plan, gate))));
}

function signupSentence(plan, gate) {
  const cause = gate.cause ? `, ${{ manual: 'by hand', schedule: 'as announced', load: 'by load' }[gate.cause] || gate.cause}` : '';
  const since = gate.since ? ` since ${timeOfDay(Date.parse(gate.since))}` : '';
  const until = gate.until ? ` Until ${timeOfDay(Date.parse(gate.until))}.` : '';
  const expected = !gate.until && gate.expected_resume ? ` Expected to resume between ${gate.expected_resume.map((at) => timeOfDay(Date.parse(at))).join(' and ')}.` : '';
  const announced = gate.announced ? ` Announced: ${gate.announced.state} at ${timeOfDay(Date.parse(gate.announced.at))}.` : '';
  const reason = gate.reason ? ` “${gate.reason}”` : '';
  return `Sign-ups for ${plan}: ${gate.state}${since}${cause}.${reason}${until}${expected}${announced} ${count(gate.waiting || 0)} wait.`;
}

function tiles(now) {
  const limit = now.limit.seats === null ? 'no limit' : `of ${count(now.limit.seats)} seats`;
  const refused = lately((tier) => reasonsTotal(tier.shed));
  const offered = lately((tier) => tier.offered);
  const served = lately((tier) => tier.completed.served || 0);
  const ended = lately((tier) => reasonsTotal(tier.completed));
  return element(
    'div',
    { className: 'tiles' },
    tile('inflight', count(now.inflight_seats), limit),
    tile('waiting', count(sum(now.tiers.map((tier) => tier.waiting))), 'in the queue'),
    tile('offered', count(offered), 'requests a second'),
    tile('refused', count(refused), 'a second'),
    tile('goodput', percent(served, ended), 'of what ended was served'),
    tile('sessions', count(sum(now.tiers.map((tier) => tier.open_sessions))), 'open'));
}

function tile(label, value, words) {
  return element('div', { className: 'tile', id: 'tile-' + label }, element('span', {}, label), element('b', {}, value), element('small', {}, words));
}

/** Whether each tier's books balance: offered is counted by itself. */
function drawBalance(host) {
  const now = live.last;
  if (!now) {
    return;
  }
  const open = now.tiers.map((tier) => tier.offered - tier.admitted - reasonsTotal(tier.refused) - tier.left_queue - tier.waiting);
  const off = now.tiers.filter((tier, place) => Math.abs(open[place]) > BALANCE_SLACK);
  const words = off.length === 0
    ? '✓ Offered is the sum of admitted, refused, left and waiting, for every tier.'
    : '✗ The books do not balance for ' + off.map((tier) => tier.name).join(', ') + '.';
  host.append(element('p', { className: off.length === 0 ? 'good' : 'bad', id: 'balance' }, words));
}

/** Decisions that may be in progress while the books are read. */
const BALANCE_SLACK = 64;
