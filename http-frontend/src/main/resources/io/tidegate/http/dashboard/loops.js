// The control loop at work: limit, reserve, seats held by tier, queue, and the loop's own reasons.

function drawLoops(host, run) {
  const raws = run.stretches.map((stretch) => stretch.raw);
  const tiers = run.tiers.map((name, tier) => tier).filter((tier) => raws.some((raw) => raw.tiers[tier].inflight_seats > 0));
  const columns = [
    raws.map((raw) => raw.limit.seats),
    raws.map((raw) => (raw.limit.seats === null ? null : raw.limit.seats - raw.reserve.seats)),
    raws.map((raw) => raw.inflight_seats),
    ...tiers.map((tier) => raws.map((raw) => raw.tiers[tier].inflight_seats)),
    raws.map((raw) => sum(raw.tiers.map((one) => one.waiting))),
  ];
  const most = Math.max(1, ...columns.flat().filter((value) => value !== null));
  const outcomes = theme().outcomes;
  chart(host, [starts(run), ...columns], {
    x: sharedTime(),
    y: { label: 'seats', range: fromZero(most), format: count },
    brush: pickTime,
    series: [
      { label: 'limit', color: theme().ink, width: 2 },
      { label: 'limit without the reserve', color: theme().ink, dash: [4, 4], width: 1.5 },
      { label: 'inflight', color: outcomes.ok, width: 2 },
      ...tiers.map((tier) => ({ label: run.tiers[tier], color: tierColor(tier), dash: tierDash(tier), width: 1.5 })),
      { label: 'waiting (requests)', color: outcomes.shed, width: 1.5, dash: [8, 3] },
    ],
  });
  if (live.last) {
    host.append(
      element('p', { className: 'hint', id: 'limit-reason' }, 'Limit: ' + live.last.limit.reason + '. Reserve: ' + live.last.reserve.reason + '.'));
  }
}

/** The engine's own decisions. */
function drawDecisions(host, run) {
  const of = (share) => run.stretches.map((stretch) => percentileMillis(stretch.decision, share));
  const columns = [of(0.5), of(0.99), of(1)];
  const values = columns.flat().filter((value) => value !== null && value > 0);
  if (values.length === 0) {
    nothing(host, 'Nothing was decided.');
    return;
  }
  const range = [roundDown(Math.min(...values)), roundUp(Math.max(...values) * 1.05)];
  chart(host, [starts(run), ...columns], {
    x: sharedTime(),
    y: { label: 'time of a decision', log: true, range, splits: logSplits(range), format: duration },
    brush: pickTime,
    series: [
      { label: 'median', color: theme().outcomes.ok, spanGaps: true },
      { label: 'p99', color: theme().outcomes.shed, dash: [6, 3], spanGaps: true },
      { label: 'maximum', color: theme().peak, dash: [2, 3], spanGaps: true },
    ],
  });
}
