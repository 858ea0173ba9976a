// Plain lines over time: tokens, users, and how late the generator itself was.

function drawTokens(host, run) {
  const tiers = askingTiers(run);
  const rates = (one, tier) => one.stretches.map((stretch) => stretch.tiers[tier].tokens / stretch.seconds);
  const most = Math.max(0, ...report.runs.flatMap((one) => askingTiers(one).flatMap((tier) => rates(one, tier))));
  chart(host, [starts(run), ...tiers.map((tier) => rates(run, tier))], {
    x: sharedTime(),
    y: { label: 'tokens per second', range: fromZero(most), format: count },
    marks: run.marks,
    brush: pickTime,
    series: tiers.map((tier) => ({ label: run.tiers[tier], color: tierColor(tier), dash: tierDash(tier) })),
  });
}

function drawUsers(host, run) {
  const users = (one) => one.stretches.map((stretch) => stretch.activeUsers);
  chart(host, [starts(run), users(run)], {
    x: sharedTime(),
    y: { label: 'virtual users', range: fromZero(Math.max(...report.runs.flatMap(users))), format: count },
    marks: run.marks,
    brush: pickTime,
    series: [{ label: 'users', color: theme().outcomes.ok }],
  });
}

function drawLag(host, run) {
  const lag = (one) => one.stretches.map((stretch) => stretch.lagMaxMillis);
  const paused = (one) => one.stretches.map((stretch) => stretch.pausedMillis);
  const most = Math.max(...report.runs.flatMap((one) => [...lag(one), ...paused(one)]));
  chart(host, [starts(run), lag(run), paused(run)], {
    x: sharedTime(),
    y: { label: 'late, or standing still', range: fromZero(most), format: (value) => significant(value) + ' ms' },
    marks: run.marks,
    series: [
      { label: 'latest request', color: theme().outcomes.shed },
      { label: 'longest stall', color: theme().outcomes.ok, dash: [6, 3] },
    ],
  });
  const health = run.health;
  host.append(
    table(
      ['generator', 'p99', 'max'],
      [
        ['requests fired late by', duration(health.lagP99Millis), duration(health.lagMaxMillis)],
        ['waited for a connection', duration(health.blockedP99Millis), duration(health.blockedMaxMillis)],
      ]),
    element(
      'p',
      { className: 'hint' },
      `Garbage collection: ${duration(health.gcMillis)} in all, ${duration(health.gcLongestMillis)} the longest. ` +
        `Starved of a processor for ${duration(health.starvedMillis)} of ${duration(health.wallSeconds * 1000)}. ` +
        `Never sent: ${count(health.unsent)}.`));
}
