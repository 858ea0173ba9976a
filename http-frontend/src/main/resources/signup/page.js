// Brings the page up to date and shows times as the reader's clock has them. Without it, the page
// is complete and reloads by itself.
"use strict";

const EVERY_MILLIS = 15000;

function localTimes(root) {
  const form = new Intl.DateTimeFormat(document.documentElement.lang, {
    dateStyle: "long",
    timeStyle: "short",
  });
  for (const time of root.querySelectorAll("time[datetime]")) {
    time.textContent = form.format(new Date(time.dateTime));
  }
}

async function update() {
  if (document.hidden) {
    return;
  }
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (!answer.ok) {
      return;
    }
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    localTimes(fresh);
    for (const part of ["main", "footer"]) {
      document.querySelector(part).replaceWith(document.adoptNode(fresh.querySelector(part)));
    }
  } catch {
    // The next time.
  }
}

localTimes(document);
setInterval(update, EVERY_MILLIS);
document.addEventListener("visibilitychange", update);
