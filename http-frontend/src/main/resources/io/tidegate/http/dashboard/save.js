// The page with its data as one file that opens without a network.

function saveButton() {
  const button = element('button', { type: 'button', id: 'save' }, 'Save');
  button.title = 'Save this page with its data as one file';
  button.addEventListener('click', () => {
    const link = element('a', { download: 'tidegate-' + new Date().toISOString().replace(/[:.]/g, '-') + '.html' });
    link.href = URL.createObjectURL(new Blob([savedPage()], { type: 'text/html' }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
  return button;
}

/** The page as it came, with the seconds where the page looks for them first. */
function savedPage() {
  const copy = document.documentElement.cloneNode(true);
  copy.querySelector('main').replaceChildren();
  copy.querySelector('#data').textContent = JSON.stringify({ saved: Date.now(), seconds: live.raw })
    .replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026');
  return '<!DOCTYPE html>\n' + copy.outerHTML;
}
