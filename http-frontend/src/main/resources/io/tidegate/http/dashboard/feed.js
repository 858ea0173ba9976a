// The connection to the gate: everything that is known at first, then a second at a time.

let connection = null;
let lastHeard = 0;

/** Shown while nothing comes: what is on the page is of the past. */
function showConnection(host) {
  const words = element('p', { className: 'connection', id: 'connection', role: 'status' });
  host.append(words);
  const show = () => {
    const silent = Date.now() - lastHeard;
    const lost = lastHeard > 0 && silent > 3500;
    words.className = 'connection ' + (lost ? 'bad' : 'good');
    words.textContent = lastHeard === 0 ? 'Connecting…' : lost ? `✗ Nothing has come for ${Math.round(silent / 1000)} s. Trying again…` : '● live';
  };
  show();
  setInterval(show, 500);
}

function follow(heard) {
  connection = new EventSource('/admin/v1/live');
  connection.addEventListener('history', (event) => {
    lastHeard = Date.now();
    startOver(JSON.parse(event.data));
    heard();
  });
  connection.addEventListener('second', (event) => {
    lastHeard = Date.now();
    takeSecond(JSON.parse(event.data));
    heard();
  });
  connection.addEventListener('error', () => {
    if (connection.readyState === EventSource.CLOSED) {
      setTimeout(() => follow(heard), 2000);
    }
  });
}
