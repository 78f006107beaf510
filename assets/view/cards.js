// Redraws cards: one question for all that changed, painted at once. Dash's own way, a call and a
// round of its renderer for every card, takes three times as long for a page of twelve.
(function () {
  const drawn = {}; // chart -> the query that its card shows
  let asked = 0;

  const cardOf = (chart) => document.getElementById(`card-${chart}`);
  const charts = () => [...document.querySelectorAll('.card[data-chart]')].map((card) => card.dataset.chart);

  // A card changes with the filters and with its own two switches, not with those of its neighbours.
  function keyOf(chart, state) {
    const own = { ...state.filters, option: state.options[chart] || '', table: state.tables.includes(chart) ? '1' : '' };
    return JSON.stringify(Object.entries(own).filter(([, value]) => value).sort());
  }

  const fill = (card, part, html) => { card.querySelector(`.${part}`).innerHTML = html; };

  function paint(chart, parts) {
    const card = cardOf(chart), plot = card.querySelector('.card-plot');
    card.querySelector('.card-title').textContent = parts.title;
    ['subtitle', 'finding', 'note', 'alt'].forEach((name) => { card.querySelector(`.card-${name}`).textContent = parts[name]; });
    ['badge', 'table', 'empty'].forEach((name) => fill(card, `card-${name}`, parts[name]));
    card.querySelector('.card-table').tabIndex = parts.table ? 0 : -1;
    ['csv', 'json'].forEach((form) => { card.querySelector(`.tool-${form}`).href = parts[form]; });
    plot.hidden = Boolean(parts.table || parts.empty);
    if (!plot.hidden && parts.figure) window.Plotly.react(plot.querySelector('.js-plotly-plot'), parts.figure);
  }

  function failed(changed) {
    changed.map(cardOf).filter(Boolean).forEach((card) => {
      delete drawn[card.dataset.chart];
      card.querySelector('.tool-status').textContent = card.dataset.lost;
    });
  }

  function address(changed, state, lang) {
    const query = new URLSearchParams({ ...state.filters, ...state.options });
    const tables = changed.filter((chart) => state.tables.includes(chart));
    if (tables.length) query.set('table', tables.join(','));
    query.set('charts', changed.join(','));
    return `${document.documentElement.dataset.prefix}/cards/${lang}.json?${query}`;
  }

  // Asks for the cards that no longer show the state; gives the answer, or nothing when a later question overtook it.
  async function show(state, lang) {
    const changed = charts().filter((chart) => drawn[chart] !== keyOf(chart, state));
    changed.forEach((chart) => { drawn[chart] = keyOf(chart, state); });
    const mine = (asked += 1);
    document.documentElement.dataset.drawing = 'yes';
    try {
      const answer = await fetch(address(changed, state, lang));
      if (!answer.ok) throw new Error(`cards ${answer.status}`);
      const found = await answer.json();
      // The reader's data set is gone: a page half of it and half of another would mislead.
      if ((found.query.data || '') !== (state.filters.data || '')) { window.location.reload(); return null; }
      Object.entries(found.cards).forEach(([chart, parts]) => {
        if (cardOf(chart) && drawn[chart] === keyOf(chart, state)) paint(chart, parts);
      });
      return mine === asked ? found : null;
    } catch (error) {
      failed(changed);
      return null;
    } finally {
      if (mine === asked) delete document.documentElement.dataset.drawing;
    }
  }

  // What a page came with is drawn already.
  function met(state) {
    charts().forEach((chart) => { drawn[chart] = keyOf(chart, state); });
  }

  window.aimap = window.aimap || {};
  window.aimap.cards = { show, met, paint };
})();
