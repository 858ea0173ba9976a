// Puts the page together, and draws it again each second.

const given = JSON.parse(document.getElementById('data').textContent);

let tiersOffered = '';

/** The choice of a tier, made anew when other tiers ask than before. */
function choicesOfTier() {
  const run = liveRun();
  const asking = askingTiers(run);
  if (tiersOffered === asking.join()) {
    return;
  }
  tiersOffered = asking.join();
  const row = choices('Tier', [['all', null], ...asking.map((tier) => [run.tiers[tier], tier])], view.tier, (tier) => {
    view.tier = tier;
    redraw('tier');
  });
  row.id = 'tier-choice';
  const old = document.getElementById('tier-choice');
  if (old) {
    old.replaceWith(row);
  } else {
    document.querySelector('#arrivals .runs').before(row);
  }
}

function timesChoices() {
  return choices('Time', Object.entries(TIMES).map(([key, words]) => [words, key]), view.times, (kind) => {
    view.times = kind;
    redraw('times');
  });
}

function percentileChoices() {
  return choices('Show', PERCENTILES, view.percentile, (percentile) => {
    view.percentile = percentile;
    redraw('percentile');
  });
}

function buildDashboard() {
  const main = document.getElementById('page');
  document.title = 'Tidegate';
  const head = element('header', {}, themeSwitch(() => redraw()), saveButton(), element('h1', {}, 'Tidegate'));
  main.append(head);
  if (given.seconds) {
    head.append(element('p', { className: 'connection', id: 'connection' }, 'Saved at ' + new Date(given.saved).toLocaleString()));
  } else {
    showConnection(head);
  }
  if (!given.seconds) {
    const parts = demoStrip();
    main.append(parts.strip);
    showDemo = () => drawDemo(parts);
  }
  const moves = ['moment'];
  const now = section(main, 'now', 'Now', `The last ${NOW_SECONDS} seconds.`, moves, drawGlance);
  if (!given.seconds) {
    now.append(actions());
  }
  section(main, 'tiers', 'Tiers', 'Rates are those of the last ten seconds.', moves, drawTiers);
  section(main, 'happened', 'What happened', 'Newest first.', moves, drawEvents);
  const arrivals = section(main, 'arrivals', 'Arrivals by outcome', 'Requests by the second in which they were decided. Drag over a chart to look at a part of the time.', [...moves, 'tier'], drawArrivals);
  arrivals.querySelector('.runs').before(element('div', { id: 'books' }));
  section(main, 'loops', 'The control loop', 'How many seats there are, who holds them, and why that many.', moves, drawLoops);
  section(main, 'times', 'Times by tier', 'Each point is one second and tier.', [...moves, 'percentile', 'times'], drawTimes)
    .querySelector('.runs').before(timesChoices(), percentileChoices());
  section(main, 'decisions', 'The engine’s own decisions', 'How long it took to decide on a request.', moves, drawDecisions);
  section(main, 'heat-map', 'All of these times', 'Each answer has its place: when, and how long it took. The stronger the colour, the more answers.', [...moves, 'tier', 'times'], drawHeatMap);
  section(main, 'spectrum', 'Percentile spectrum', 'How slow the slowest hundredth, thousandth and so on were; each line ends at the true maximum.', [...moves, 'time', 'times'], drawSpectrum)
    .querySelector('.runs').before(livePicker());
  section(main, 'refusals', 'Refusals by reason', 'Over the time shown.', [...moves, 'tier'], drawRefusals);
  section(main, 'features', 'Features', 'Seats that requests of a feature hold, against its share of the limit.', moves, drawFeatures);
  section(main, 'upstreams', 'Upstreams', 'The model servers.', moves, drawUpstreams);
}

/** Shows the story, where one is told and can be changed. */
let showDemo = () => {};

/** Lets the viewed part of the time move on, unless the reader picked one. */
let followTime = () => {};

/** What was brushed over, or all of it; with buttons for whoever cannot drag. */
function livePicker() {
  const words = element('span', { id: 'picked' });
  const all = element('button', { type: 'button' }, 'all of it');
  let picked = false;
  timeChanged = () => {
    picked = true;
    words.textContent = `From ${moment(view.from)} to ${moment(view.to)}`;
  };
  all.addEventListener('click', () => {
    picked = false;
    followTime();
    redraw('time');
  });
  followTime = () => {
    if (!picked && liveRun().stretches.length > 0) {
      view.from = startOfAll();
      view.to = endOfAll();
      words.textContent = 'All of the time shown';
    }
  };
  const lately = [['last 30 s', 30], ['last 2 min', 120]].map(([name, seconds]) => {
    const button = element('button', { type: 'button' }, name);
    button.addEventListener('click', () => pickTime(endOfAll() - seconds, endOfAll()));
    return button;
  });
  all.id = 'all-times';
  return element('div', { className: 'choices', id: 'picker' }, words, ...lately, all);
}

function drawMoment() {
  followTime();
  showDemo();
  const books = document.getElementById('books');
  books.replaceChildren();
  drawBalance(books);
  if (liveRun().stretches.length > 0) {
    redraw('moment');
    choicesOfTier();
  }
}

let width = 0;

/** Draws everything again when the page becomes wider or narrower. */
function followWidth(main) {
  new ResizeObserver(() => {
    if (main.clientWidth !== width) {
      width = main.clientWidth;
      drawMoment();
    }
  }).observe(main);
}

buildDashboard();
followWidth(document.getElementById('page'));
if (given.seconds) {
  startOver(given.seconds);
  drawMoment();
} else {
  follow(drawMoment);
}
