// Fills the network's statistics, and again whenever the filters change; the cards above do not wait for them.
(function () {
  let shown = '', asked = 0;

  async function fill(query) {
    const place = document.getElementById('statistics'), body = document.getElementById('statistics-body');
    const text = new URLSearchParams(query).toString();
    if (!place || (place.dataset.met && text === shown)) return;
    const mine = (asked += 1);
    place.dataset.met = 'yes';
    shown = text;
    body.textContent = place.dataset.busy;
    try {
      const answer = await fetch(`${document.documentElement.dataset.prefix}/network/stats.json?${text}&lang=${place.dataset.lang}`);
      if (!answer.ok) throw new Error(`statistics ${answer.status}`);
      const found = await answer.json();
      if (mine !== asked) return;
      body.innerHTML = found.html;
      const badge = document.getElementById('statistics-badge');
      badge.textContent = found.badge_said;
      badge.className = `badge badge-${found.badge}`;
    } catch (error) {
      if (mine !== asked) return;
      shown = '';
      delete place.dataset.met;
      body.textContent = place.dataset.lost;
    }
  }

  document.addEventListener('aimap:filters', (event) => { fill(event.detail); });
})();
