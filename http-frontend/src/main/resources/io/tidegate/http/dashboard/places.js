// Features against their share, upstreams, tiers, and what happened.

function drawTiers(host) {
  const now = live.last;
  if (!now) {
    return;
  }
  const recent = liveRun().stretches.slice(-10);
  const seconds = Math.max(1, sum(recent.map((stretch) => stretch.seconds)));
  const rate = (place, valueOf) => count(sum(recent.map((stretch) => valueOf(stretch.tiers[place]))) / seconds);
  host.append(
    table(
      ['tier', 'offered/s', 'admitted/s', 'refused/s', 'waiting', 'inflight seats', 'open sessions', 'offered in all'],
      now.tiers.map((tier, place) => [
        tier.name,
        rate(place, (one) => one.offered),
        rate(place, (one) => one.ok),
        rate(place, (one) => reasonsTotal(one.shed)),
        count(tier.waiting),
        count(tier.inflight_seats),
        count(tier.open_sessions),
        count(tier.offered),
      ])));
}

function drawFeatures(host) {
  const features = Object.entries((live.last && live.last.feature_inflight_seats) || {});
  if (features.length === 0) {
    nothing(host, 'No features are configured.');
    return;
  }
  const shares = live.last.feature_share_seats || {};
  host.append(
    table(
      ['feature', 'inflight seats', 'its share'],
      features.map(([name, seats]) => [name, count(seats), shares[name] === undefined ? 'unlimited' : count(shares[name])])));
}

function drawUpstreams(host) {
  const upstreams = (live.last && live.last.upstreams) || [];
  host.append(
    table(
      ['upstream', 'state', 'inflight requests', 'first token (mean)'],
      upstreams.map((one) => [
        one.name,
        element('span', { className: one.healthy ? 'good' : 'bad' }, one.healthy ? '✓ up' : '✗ lost'),
        count(one.inflight),
        firstTokenOf(one.name),
      ])));
}

/** From when an upstream was given a request, over the last seconds in which it began answers. */
function firstTokenOf(name) {
  const means = live.raw
    .slice(-NOW_SECONDS)
    .flatMap((second) => second.upstreams.filter((one) => one.name === name && one.first_token_millis !== undefined))
    .map((one) => one.first_token_millis);
  return means.length === 0 ? '–' : duration(sum(means) / means.length);
}

const EVENT_KINDS = {
  limit: 'limit',
  surge: 'surge',
  signups: 'sign-ups',
  configuration: 'configuration',
  upstream: 'upstream',
  drain: 'drain',
  gc: 'pause',
  story: 'story',
};

function drawEvents(host) {
  if (live.happened.length === 0) {
    nothing(host, 'Nothing has happened yet.');
    return;
  }
  const rows = live.happened.slice(0, 40).map((event) => [timeOfDay(event.at), EVENT_KINDS[event.kind] || event.kind, event.text]);
  host.append(table(['at', 'what', ''], rows, 'words'));
}
