// The story of the demo: where it is, and what whoever looks on may do to it.

const SURGE_WORDS = 'Ten times as many as on a calm day come, for twenty seconds';

/** A section that is shown only where a story is told. */
function demoStrip() {
  const words = element('p', { id: 'chapter' });
  const said = element('span', { className: 'bad', role: 'status' });
  const press = (id, title, call) => {
    const button = element('button', { type: 'button', id, title });
    button.addEventListener('click', async () => {
      said.textContent = '';
      button.disabled = true;
      await call().catch((problem) => (said.textContent = problem.message));
      button.disabled = false;
    });
    return button;
  };
  const surge = press('demo-surge', SURGE_WORDS, () => call('POST', '/admin/v1/demo/surge'));
  const pause = press('demo-pause', 'New people cannot subscribe; nobody else is touched', () =>
    call('POST', salesPaused() ? '/admin/v1/signups/resume' : '/admin/v1/signups/pause', { reason: 'Somebody at the demo wished so.' }));
  const gate = press('demo-gate', 'Everybody is let in, as without a gate', () =>
    call('POST', gateOn() ? '/admin/v1/demo/gate/off' : '/admin/v1/demo/gate/on'));
  const strip = element(
    'section',
    { id: 'demo', hidden: true },
    words,
    element('div', { className: 'choices', role: 'group', 'aria-label': 'Take part in the story' }, element('span', {}, 'Try it:'), surge, pause, gate, said));
  return { strip, words, surge, pause, gate };
}

function salesPaused() {
  return Object.values(live.last.signups).some((plan) => plan.state === 'paused');
}

function gateOn() {
  return live.last.demo.gate_on;
}

function drawDemo(parts) {
  const demo = live.last && live.last.demo;
  parts.strip.hidden = !demo;
  if (!demo) {
    return;
  }
  const left = Math.max(0, Math.round((demo.until - live.last.at) / 1000));
  parts.words.replaceChildren(
    element('strong', {}, `Demo, chapter ${demo.number} of ${demo.of}: `), demo.chapter, element('span', { className: 'soft' }, ` The next one in ${left} s.`));
  show(parts.surge, demo.surging ? 'Surging tenfold…' : 'Surge tenfold', demo.surging);
  show(parts.pause, salesPaused() ? 'Resume sign-ups' : 'Pause sign-ups', salesPaused());
  show(parts.gate, demo.gate_on ? 'Switch the gate off' : 'Switch the gate on', !demo.gate_on);
}

function show(button, words, pressed) {
  button.textContent = words;
  button.setAttribute('aria-pressed', String(pressed));
}
