// A few numbers, large, and whether the books balance.

function tiles(now) {
  const limit = now.limit.seats === null ? 'seats, no limit' : `of ${count(now.limit.seats)} seats`;
  const first = mergeLatencies(liveRun().stretches.slice(-5).flatMap((stretch) => stretch.tiers.map((tier) => tier.firstToken)));
  const aim = liveRun().objectiveMillis;
  const good = countUpTo(first, aim);
  return element(
    'div',
    { className: 'tiles' },
    tile('inflight', count(now.inflight_seats), limit),
    tile('waiting', count(sum(now.tiers.map((tier) => tier.waiting))), 'in the queue'),
    tile('offered', count(lately((tier) => tier.offered)), 'requests a second'),
    tile('refused', count(lately((tier) => reasonsTotal(tier.shed))), 'requests a second'),
    tile('goodput', percent(good, first.count), `of answers begin within ${duration(aim)}`),
    tile('tokens', count(lately((tier) => answerTokens(tier.tokens))), 'of answers that ended, a second'),
    tile('sessions', count(sum(now.tiers.map((tier) => tier.open_sessions))), 'open'));
}

function answerTokens(tokens) {
  return (tokens.answer_usage || 0) + (tokens.answer_counted || 0);
}

/** How many took no longer. */
function countUpTo(latencies, millis) {
  let within = 0;
  for (let i = 0; i < latencies.counts.length; i += 2) {
    within += bucketMillis(latencies.counts[i]) <= millis ? latencies.counts[i + 1] : 0;
  }
  return within;
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
