// The state in one glance, as the answers to five questions.

const STATES = {
  calm: ['good', 'Calm', 'Demand fits into what the service can carry.'],
  surge: ['warn', 'Surge', 'Demand takes nearly all that the service can carry, or did so in the last minute.'],
  shedding: ['bad', 'Shedding', 'Not all can be served: requests are refused, worst class first.'],
  draining: ['bad', 'Draining', 'No new request is taken; what runs is finished.'],
  off: ['warn', 'Not enforced', 'Everybody is admitted; the limit is computed only.'],
};

/** So many seconds are what people mean by now. */
const NOW_SECONDS = 10;

function drawGlance(host) {
  const now = live.last;
  if (!now) {
    nothing(host, 'Waiting for the first second.');
    return;
  }
  const key = stateOf(now);
  const [className, word, meaning] = STATES[key];
  host.append(
    element('p', { className: 'state ' + className, id: 'state' }, element('strong', {}, word), '. ' + meaning),
    element(
      'dl',
      { className: 'questions' },
      ...answer('Who is hurt?', 'hurt', whoIsHurt()),
      ...answer('By what?', 'cause', byWhat(now)),
      ...answer('What does the gate do?', 'deeds', whatIsDone(now)),
      ...answer('Since when?', 'since', sinceWhen(now, key)),
      ...answer('When will it end?', 'end', whenItEnds(now, key)),
      ...answer('Sign-ups', 'signups', signups(now))),
    tiles(now));
}

function stateOf(now) {
  if (now.state === 'draining') {
    return 'draining';
  }
  return now.limit.seats === null && now.limit.computed_seats ? 'off' : now.surge.state;
}

function answer(question, id, sentences) {
  return [element('dt', {}, question), element('dd', { id }, ...sentences.map((words) => element('p', {}, words)))];
}

/** What each tier met of late. */
function recentTiers() {
  const run = liveRun();
  return run.tiers.map((name, tier) => {
    const stretches = run.stretches.slice(-NOW_SECONDS).map((stretch) => stretch.tiers[tier]);
    const reasons = addReasons(stretches.map((one) => one.shed));
    const first = mergeLatencies(stretches.map((one) => one.firstToken));
    return {
      name,
      reasons: [...reasons].sort((one, other) => other[1] - one[1]),
      refused: sum([...reasons.values()]),
      offered: sum(stretches.map((one) => one.offered)),
      first,
      medianMillis: percentileMillis(first, 0.5),
    };
  });
}

function isLate(tier) {
  return tier.medianMillis !== null && tier.medianMillis > liveRun().objectiveMillis;
}

function whoIsHurt() {
  const hurt = recentTiers().flatMap((tier) => {
    const refused = tier.refused > 0 ? [`${percent(tier.refused, tier.offered)} of its requests refused`] : [];
    const late = isLate(tier) ? [`half of its first tokens take more than ${duration(tier.medianMillis)}`] : [];
    return refused.length + late.length === 0 ? [] : [`${tier.name}: ${[...refused, ...late].join(', ')}.`];
  });
  return hurt.length === 0 ? ['Nobody is being refused or late.'] : hurt;
}

function byWhat(now) {
  const tiers = recentTiers();
  const causes = tiers.filter((tier) => tier.refused > 0).map((tier) => {
    const words = tier.reasons.slice(0, 2).map(([reason, number]) => `${reasonWords(reason)} (${reason}, ${count(number)})`);
    return `${tier.name}: ${words.join('; ')}.`;
  });
  const full = tiers.some((tier) => tier.reasons.some(([reason]) => reason === 'feature-full')) ? fullFeatures(now) : [];
  const late = tiers.some(isLate) ? ['The upstreams are late: they work on more than they can.'] : [];
  const lost = now.upstreams.filter((one) => !one.healthy).map((one) => `Upstream ${one.name} is lost.`);
  const all = [...causes, ...full.map((words) => capital(words) + '.'), ...late, ...lost];
  return all.length === 0 ? ['Nothing: there is a seat for whoever asks.'] : all;
}

function whatIsDone(now) {
  const seats = now.limit.seats;
  const waiting = sum(now.tiers.map((tier) => tier.waiting));
  const best = now.tiers.length > 0 ? now.tiers[0].name : '';
  return [
    seats === null ? 'It admits everybody.' : `It lets ${count(seats)} seats be held at once; ${count(now.inflight_seats)} are.${now.reserve.seats > 0 ? ` ${count(now.reserve.seats)} are kept for ${best}.` : ''}`,
    ...(now.latched.length > 0 ? [`It keeps out, while a better class is short of room: ${now.latched.join(', ')}.`] : []),
    ...(waiting > 0 ? [`It lets ${count(waiting)} wait for a seat.`] : []),
  ];
}

function sinceWhen(now, key) {
  const at = now.surge.since;
  return [key === 'draining' || key === 'off' ? 'See what happened, below.' : at > 0 ? `${timeOfDay(at)}, ${agoWords(now.at - at)} ago.` : 'Since the start.'];
}

function agoWords(millis) {
  const seconds = Math.max(0, Math.round(millis / 1000));
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

function whenItEnds(now, key) {
  const trend = demandTrend();
  const use = now.limit.seats ? percent(now.inflight_seats, now.limit.seats) : null;
  return {
    calm: ['There is nothing to end.'],
    surge: [`When less than three quarters of the seats have been held for a minute; it is ${use} now.`, trend],
    shedding: [`Ten seconds after the last refusal for want of room; how soon, demand decides. Who is refused is told when to come back.`, trend],
    draining: [`When the ${count(sum(now.tiers.map((tier) => tier.running)))} answers that run are finished.`],
    off: ['When the limit is enforced again.', trend],
  }[key];
}

/** Whether more or fewer ask than a moment ago. */
function demandTrend() {
  const stretches = liveRun().stretches;
  const rate = (part) => sum(part.flatMap((one) => one.tiers.map((tier) => tier.offered))) / Math.max(1, sum(part.map((one) => one.seconds)));
  const lately = rate(stretches.slice(-NOW_SECONDS));
  const before = rate(stretches.slice(-3 * NOW_SECONDS, -NOW_SECONDS));
  const way = lately > 1.15 * before ? 'rises' : lately < before / 1.15 ? 'falls' : 'stays';
  return `Demand ${way}: ${count(lately)} requests a second, ${count(before)} before.`;
}
