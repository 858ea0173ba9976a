// Puts the page together.

const report = JSON.parse(document.getElementById('data').textContent);
latencyBuckets.perOctave = report.bucketsPerOctave;

function tierChoices() {
  const run = report.runs[0];
  const tiers = run.tiers.map((name, tier) => [name, tier]).filter(([, tier]) => report.runs.some((one) => askingTiers(one).includes(tier)));
  return choices('Tier', [['all', null], ...tiers], view.tier, (tier) => {
    view.tier = tier;
    redraw('tier');
  });
}

function percentileChoices() {
  return choices('Show', PERCENTILES, view.percentile, (percentile) => {
    view.percentile = percentile;
    redraw('percentile');
  });
}

function buildPage() {
  const main = document.getElementById('page');
  const head = element('header', {}, themeSwitch(() => redraw()));
  main.append(head);
  drawSummary(head);
  view.to = endOfAll();

  section(main, 'summary', 'Summary', 'First tokens are those of answers that came whole, timed from the moment the request was meant to be sent.', [], drawStanding);
  section(main, 'assertions', 'Assertions', 'What had to hold, and what was found.', [], drawAssertions);
  section(main, 'arrivals', 'Arrivals by outcome', 'Requests by the second in which they were sent. The areas add up to what was offered.', ['tier'], drawArrivals)
    .querySelector('.runs').before(tierChoices());
  section(main, 'first-token', 'Time to first token', 'Each point is one second and tier; a request counts in the second it was meant for. Drag over a chart to look at a part of the time in the spectrum below.', ['percentile'], drawTimes)
    .querySelector('.runs').before(percentileChoices());
  section(main, 'heat-map', 'All first tokens', 'Each answer has its place: when it was asked for, and how long its first token took. The stronger the colour, the more answers. Follows the tier chosen above.', ['tier'], drawHeatMap);
  section(main, 'spectrum', 'Percentile spectrum', 'How slow the slowest hundredth, thousandth and so on were; each line ends at the true maximum. Other values are within 2 %.', ['time'], drawSpectrum)
    .querySelector('.runs').before(timePicker());
  section(main, 'refusals', 'Refusals by reason', 'A refusal is an answer in words, not a failure, and no part of any response time. Follows the tier chosen above.', ['tier'], drawRefusals);
  section(main, 'tokens', 'Tokens', 'Tokens that reached the users, by the second they came in.', [], drawTokens);
  section(main, 'users', 'Active users', 'Conversations under way, thinking pauses included.', [], drawUsers);
  section(main, 'lag', 'The generator itself', 'How late requests left, and how long the program stood still. A run whose generator was in its own way is not valid.', [], drawLag);
  section(main, 'phases', 'All phases', 'Of requests that were answered whole.', [], drawPhases);
  if (report.runs.some((run) => run.added.pairs > 0)) {
    section(main, 'added', 'Added by the target', 'Each request was sent to the target and around it, in turns; by how much the same percentile is longer through the target.', [], drawAdded);
  }
  section(main, 'manifest', 'Manifest', 'What one needs to know to repeat it.', [], drawManifest);

  timeChanged();
  redraw();
  let width = main.clientWidth;
  new ResizeObserver(() => {
    if (main.clientWidth !== width) {
      width = main.clientWidth;
      redraw();
    }
  }).observe(main);
}

buildPage();
