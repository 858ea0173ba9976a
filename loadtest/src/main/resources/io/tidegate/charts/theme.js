// Light and dark. Colours are told apart by people who do not see red and green as different:
// outcomes are from Okabe and Ito's set, tiers from Tol's, and tiers have dashes of their own too.

const THEMES = {
  light: {
    ink: '#1c2430',
    soft: '#5a6472',
    grid: '#e3e7ec',
    outcomes: { ok: '#0072b2', shed: '#e69f00', ko: '#b3320a', open: '#b8bfc8' },
    tiers: ['#117733', '#aa3377', '#8a5a00', '#33628a', '#555555'],
    reasons: ['#e69f00', '#56b4e9', '#009e73', '#f0e442', '#0072b2', '#cc79a7', '#999999'],
    heat: ['#fdf3c2', '#ffdd55', '#bcaf6f', '#7c7b78', '#414d6b', '#00204c'],
    peak: '#d55e00',
  },
  dark: {
    ink: '#e8ecf1',
    soft: '#a3adba',
    grid: '#2c3542',
    outcomes: { ok: '#56b4e9', shed: '#e6b032', ko: '#ff6f3c', open: '#6b7684' },
    tiers: ['#44bb99', '#ffaabb', '#eedd88', '#77aadd', '#bbbbbb'],
    reasons: ['#e69f00', '#56b4e9', '#009e73', '#f0e442', '#3d8fd1', '#cc79a7', '#999999'],
    heat: ['#13264d', '#414d6b', '#7c7b78', '#bcaf6f', '#ffea46', '#fff7b8'],
    peak: '#ff8f4a',
  },
};

const TIER_DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3], [4, 4]];

let chosenTheme = null;

function themeName() {
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  return chosenTheme || (dark ? 'dark' : 'light');
}

function theme() {
  return THEMES[themeName()];
}

function tierColor(tier) {
  return theme().tiers[tier % theme().tiers.length];
}

function tierDash(tier) {
  return TIER_DASHES[tier % TIER_DASHES.length];
}

/** The button that changes it, and the reader's own system, which may change it too. */
function themeSwitch(changed) {
  const button = element('button', { className: 'switch', type: 'button' });
  const apply = () => {
    document.documentElement.dataset.theme = themeName();
    button.textContent = themeName() === 'dark' ? 'Light' : 'Dark';
    button.title = 'Show it ' + (themeName() === 'dark' ? 'light' : 'dark');
    changed();
  };
  button.addEventListener('click', () => {
    chosenTheme = themeName() === 'dark' ? 'light' : 'dark';
    apply();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', apply);
  document.documentElement.dataset.theme = themeName();
  button.textContent = themeName() === 'dark' ? 'Light' : 'Dark';
  return button;
}
