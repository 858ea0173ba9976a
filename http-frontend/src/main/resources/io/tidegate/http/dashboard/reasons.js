// Why requests are refused, in words, as sentences that go on after a tier's name.

const REASON_WORDS = {
  'no-room': 'no seat is free for their class',
  'queue-full': 'too many wait already',
  'queue-timeout': 'they waited as long as their tier may, and no seat came free',
  'came-early': 'they came back before the time they were given',
  'over-rate': 'they used up their own requests or tokens of the minute',
  'over-parallel': 'they have as many requests running as their tier may',
  'over-sessions': 'they have as many sessions open as their tier may',
  'tier-full': 'their tier has as many sessions open as it may',
  'not-in-plan': 'their plan does not have that feature',
  'feature-full': 'the feature they ask for holds its whole share of the seats',
  'over-feature': 'they used up their own quota of a feature',
  'no-model': 'no upstream serves the model they ask for',
  'no-upstream': 'no upstream can be reached',
  draining: 'the gate is being drained',
  'bad-request': 'their requests are malformed',
};

function reasonWords(reason) {
  return REASON_WORDS[reason] || reason;
}

/** Features that hold their share, with what they hold. */
function fullFeatures(now) {
  const shares = now.feature_share_seats || {};
  return Object.entries(now.feature_inflight_seats || {})
    .filter(([name, seats]) => shares[name] !== undefined && seats >= 0.8 * shares[name])
    .map(([name, seats]) => `feature ${name} holds ${count(seats)} of its ${count(shares[name])} seats`);
}
