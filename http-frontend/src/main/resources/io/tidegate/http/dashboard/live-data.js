// Seconds of the gate as they come, in the form that the charts draw: totals since the start become
// what happened in each second.

const SECONDS = 900;

latencyBuckets.perOctave = 64;
timeOrigin.millis = 0;

const report = {
  outcomes: { ok: 'admitted', shed: 'refused', ko: 'left the queue', open: 'began to wait' },
  runs: [{ tiers: [], stretches: [], totals: [], marks: [], objectiveMillis: 0, objectiveOutputTokenMillis: 0 }],
};

/** The last second as it was told, the one before it, and what happened, newest first. */
const live = { last: null, before: null, happened: [], raw: [] };

function liveRun() {
  return report.runs[0];
}

/** Forgets everything, for a history that begins anew. */
function startOver(seconds) {
  const run = liveRun();
  run.tiers = [];
  run.stretches = [];
  live.last = null;
  live.before = null;
  live.happened = [];
  live.raw = [];
  timeOrigin.millis = seconds.length > 0 ? seconds[0].at : 0;
  seconds.forEach(takeSecond);
}

function takeSecond(second) {
  const run = liveRun();
  if (live.last && second.at <= live.last.at) {
    return; // the history told of it already
  }
  if (timeOrigin.millis === 0) {
    timeOrigin.millis = second.at;
  }
  live.before = live.last;
  live.last = second;
  live.raw.push(second);
  live.raw.splice(0, Math.max(0, live.raw.length - SECONDS));
  run.tiers = second.tiers.map((tier) => tier.name);
  run.objectiveMillis = second.objective.first_token_millis;
  run.objectiveOutputTokenMillis = second.objective.time_per_output_token_millis;
  for (const event of second.events) {
    live.happened.unshift({ at: second.at, kind: event.kind, text: event.text });
  }
  live.happened.splice(200);
  if (live.before) {
    run.stretches.push(stretchOf(live.before, second));
    run.stretches.splice(0, Math.max(0, run.stretches.length - SECONDS));
  }
  run.totals = run.tiers.map((name, tier) => totalOf(run, tier));
}

function stretchOf(before, second) {
  const from = Math.round((before.at - timeOrigin.millis) / 1000);
  const to = Math.round((second.at - timeOrigin.millis) / 1000);
  return {
    second: from,
    seconds: Math.max(1, to - from),
    raw: second,
    decision: timesOf(second.decision),
    tiers: second.tiers.map((tier, place) => tierStretch(before.tiers[place], tier)),
  };
}

function tierStretch(before, now) {
  const left = now.left_queue - before.left_queue;
  return {
    offered: now.offered - before.offered,
    ok: now.admitted - before.admitted,
    shed: difference(before.refused, now.refused),
    ko: left > 0 ? { left } : {},
    completed: difference(before.completed, now.completed),
    tokens: difference(before.tokens || {}, now.tokens || {}),
    firstToken: timesOf(now.times.first_token),
    outputToken: timesOf(now.times.time_per_output_token),
    queueWait: timesOf(now.times.queue_wait),
    duration: timesOf(now.times.request_duration),
  };
}

function difference(before, now) {
  const changed = {};
  for (const [name, number] of Object.entries(now)) {
    if (number > (before[name] || 0)) {
      changed[name] = number - (before[name] || 0);
    }
  }
  return changed;
}

/** Times from the gate's own steps into those that all pages share. */
function timesOf(told) {
  if (!told || told.count === 0) {
    return { count: 0, maxMillis: 0, counts: [] };
  }
  const counts = [];
  for (let i = 0; i < told.values.length; i += 2) {
    const bucket = Math.floor(Math.log2(Math.max(1, told.values[i])) * latencyBuckets.perOctave);
    if (counts.length > 0 && counts[counts.length - 2] === bucket) {
      counts[counts.length - 1] += told.values[i + 1];
    } else {
      counts.push(bucket, told.values[i + 1]);
    }
  }
  return { count: told.count, maxMillis: told.max_micros / 1000, counts };
}

function totalOf(run, tier) {
  const tiers = run.stretches.map((stretch) => stretch.tiers[tier]);
  const reasons = (key) => Object.fromEntries(addReasons(tiers.map((one) => one[key])));
  return { offered: sum(tiers.map((one) => one.offered)), ok: sum(tiers.map((one) => one.ok)), shed: reasons('shed'), ko: reasons('ko') };
}

/** What a number of all tiers was in the last seconds, a second. */
function lately(valueOf, seconds = 5) {
  const stretches = liveRun().stretches.slice(-seconds);
  return stretches.length === 0 ? 0 : sum(stretches.flatMap((stretch) => stretch.tiers.map(valueOf))) / sum(stretches.map((one) => one.seconds));
}
