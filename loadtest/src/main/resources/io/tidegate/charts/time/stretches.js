// The stretches of a run, seconds mostly, as columns that charts take.

/** What the reader looks at: a tier or all, a percentile, a kind of times, a part of the time. */
const view = { tier: null, percentile: 0.99, times: 'firstToken', from: 0, to: 0 };

function endOf(run) {
  const last = run.stretches[run.stretches.length - 1];
  return last ? last.second + last.seconds : 1;
}

/** When the longest run ends: all charts of time are as wide. */
function endOfAll() {
  return Math.max(...report.runs.map(endOf));
}

/** When the earliest run begins: a report's at zero, those of a sliding window later. */
function startOfAll() {
  return timeOrigin.millis === null ? 0 : Math.min(...report.runs.map((run) => starts(run)[0] || 0));
}

function starts(run) {
  return run.stretches.map((stretch) => stretch.second);
}

/** The places of the tiers that asked for anything. */
function askingTiers(run) {
  return run.tiers.map((name, tier) => tier).filter((tier) => run.totals[tier].offered > 0);
}

function viewedTiers(run) {
  return view.tier === null ? askingTiers(run) : [view.tier].filter((tier) => tier < run.tiers.length);
}

function sum(numbers) {
  return numbers.reduce((one, other) => one + other, 0);
}

/** Counts by reason, added up over several of them. */
function addReasons(maps) {
  const added = new Map();
  for (const map of maps) {
    for (const [reason, number] of Object.entries(map)) {
      added.set(reason, (added.get(reason) || 0) + number);
    }
  }
  return added;
}

function reasonsTotal(map) {
  return sum(Object.values(map));
}

/** How many requests of some tiers were fired in a stretch, and what became of them. */
function outcomesOf(stretch, tiers) {
  const of = (number) => sum(tiers.map((tier) => number(stretch.tiers[tier])));
  const offered = of((tier) => tier.offered);
  const ok = of((tier) => tier.ok);
  const shed = of((tier) => reasonsTotal(tier.shed));
  const ko = of((tier) => reasonsTotal(tier.ko));
  return { offered, ok, shed, ko, open: Math.max(0, offered - ok - shed - ko) };
}

/** The kinds of times there may be, and what they are called. */
const TIMES = {
  firstToken: 'time to first token',
  outputToken: 'time per output token',
  queueWait: 'wait in the queue',
  duration: 'whole request',
};

/** The viewed times of a tier in a stretch. */
function timesIn(stretch, tier) {
  return stretch.tiers[tier][view.times];
}

/** The viewed times of a tier in a part of a run. */
function timesBetween(run, tier, from, to) {
  return mergeLatencies(
    run.stretches
      .filter((stretch) => stretch.second + stretch.seconds > from && stretch.second < to)
      .map((stretch) => timesIn(stretch, tier)));
}

/** The shortest and the longest of the viewed times, rounded outward to a 1, 2 or 5. */
function timesRange() {
  let least = Infinity;
  let most = 0;
  for (const run of report.runs) {
    most = Math.max(most, objectiveMillis(run) || 0);
    for (const stretch of run.stretches) {
      for (const times of stretch.tiers.map((tier) => tier[view.times])) {
        if (times.count > 0) {
          least = Math.min(least, bucketMillis(times.counts[0]));
          most = Math.max(most, times.maxMillis);
        }
      }
    }
  }
  return least < most ? [roundDown(least), roundUp(most * 1.05)] : [1, 10000];
}

/** What is aimed at for the viewed times; nothing where there is no aim. */
function objectiveMillis(run) {
  return { firstToken: run.objectiveMillis, outputToken: run.objectiveOutputTokenMillis }[view.times];
}

function roundDown(value) {
  const decade = 10 ** Math.floor(Math.log10(value));
  return [5, 2, 1].map((step) => step * decade).find((rounded) => rounded <= value * 1.0001);
}

function roundUp(value) {
  const decade = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * decade).find((rounded) => rounded >= value * 0.9999);
}

/** The axis of time that all charts over time share. */
function sharedTime() {
  return timeAxis(startOfAll(), endOfAll());
}

/** Steps need an end for their last one. */
function closeSteps(run, columns) {
  return [
    [...starts(run), endOf(run)],
    ...columns.map((column) => [...column, column.length ? column[column.length - 1] : null]),
  ];
}
