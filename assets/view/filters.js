// The reader's choices live here: clicks, chips and controls change them, cards and link follow at once.
// On a slow line the next click then starts from this one's outcome, not from the server's last answer.
(function () {
  // `filters` is the query of a link; `options` and `tables` are the cards' own switches.
  let state = null;

  const listed = (text) => (text ? text.split(',') : []);
  const without = (query, ...keys) => Object.fromEntries(Object.entries(query).filter(([key]) => !keys.includes(key)));
  const put = (query, key, values) => (values.length ? { ...query, [key]: values.join(',') } : without(query, key));

  // Values that are all there go, else all of them come.
  function toggled(query, key, values) {
    const now = listed(query[key]);
    const all = values.every((one) => now.includes(one));
    const next = all ? now.filter((one) => !values.includes(one)) : [...new Set([...now, ...values])];
    return put(query, key, next.sort());
  }

  // A chip's key is `key:value`, `key:` for all of a key, or `reset`.
  function dropped(query, chip) {
    if (chip === 'reset') return 'data' in query ? { data: query.data } : {};
    const [key, value] = chip.split(':');
    if (key === 'years') return without(query, 'from', 'to');
    if (!Object.hasOwn(query, key)) return query;
    return value ? put(query, key, listed(query[key]).filter((one) => one !== value)) : without(query, key);
  }

  // What a clicked bar, dot or polygon stands for; a polygon's data come as a whole list.
  function picked(click) {
    const point = click && Array.isArray(click.points) && click.points[0];
    const found = point && Array.isArray(point.customdata) ? point.customdata[0] : point && point.customdata;
    return typeof found === 'string' && found ? found.split(';') : [];
  }

  // The present selection as the one to compare with.
  function pinned(query) {
    const pairs = Object.entries(without(query, 'data', 'pin')).sort();
    return new URLSearchParams(pairs).toString().replaceAll('%2C', ',') || 'all';
  }

  function clicked(query, key, click, known) {
    const values = picked(click).filter((one) => known.includes(one));
    return values.length ? toggled(query, key, values) : query;
  }

  function controlled(query, provinces, layers, years, end, topic, span) {
    let next = put(put(query, 'province', [...(provinces || [])].sort()), 'layer', [...(layers || [])].sort());
    next = put(next, 'end', end && end !== 'either' ? [end] : []);
    next = put(next, 'topic', topic ? [topic] : []);
    next = put(next, 'from', years && years[0] !== span[0] ? [years[0]] : []);
    return put(next, 'to', years && years[1] !== span[1] ? [years[1]] : []);
  }

  // ---- the page
  const bar = () => document.querySelector('.filterbar');
  const langOf = () => document.documentElement.lang.slice(0, 2);
  const spanOf = () => bar().dataset.span.split(',').map(Number);
  const same = (a, b) => JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

  // What the controls were last told or said: an echo of ours must not undo the reader's next click.
  let told = {};
  const ofControls = (query) => Object.fromEntries(['province', 'layer', 'end', 'topic', 'from', 'to'].filter((key) => query[key]).map((key) => [key, query[key]]));

  function tellControls(query) {
    const span = spanOf(), props = window.dash_clientside.set_props;
    props('filters', { data: query });
    if (same(ofControls(query), told)) return;
    told = ofControls(query);
    props('f-province', { value: listed(query.province) });
    props('f-layer', { value: listed(query.layer) });
    props('f-years', { value: [Number(query.from || span[0]), Number(query.to || span[1])] });
    props('f-end', { value: query.end || 'either' });
    props('f-topic', { value: query.topic || null });
  }

  const tell = () => document.dispatchEvent(new CustomEvent('aimap:filters', { detail: state.filters }));

  async function follow() {
    window.aimap.link.mirror(state);
    tell();
    const found = await window.aimap.cards.show(state, langOf());
    if (!found) return;
    state = { ...state, filters: found.query };
    window.aimap.cards.met(state);
    window.aimap.link.mirror(state);
    document.getElementById('chips').innerHTML = found.chips;
    requestAnimationFrame(() => setTimeout(() => tellControls(state.filters)));
  }

  function choose(filters) {
    if (same(filters, state.filters)) return;
    state = { ...state, filters };
    follow();
  }

  // Called by Dash whenever a control or a card's switch says something new, and once for a new page.
  function controls(provinces, layers, years, end, topic) {
    const unchanged = window.dash_clientside.no_update;
    if (!state) return unchanged;
    const said = controlled({}, provinces, layers, years, end, topic, spanOf());
    if (same(said, told)) return unchanged;
    told = said;
    choose({ ...without(state.filters, 'province', 'layer', 'end', 'topic', 'from', 'to'), ...said });
    return unchanged;
  }

  function meet() {
    bar().dataset.met = 'yes';
    told = ofControls(state.filters);
    window.aimap.cards.met(state);
    window.aimap.link.mirror(state);
    tell();
  }

  // What a card's switches say in a link: its option, then those of its styles that are not the first of their group.
  function saidOf(chart, option, styles) {
    const groups = [...document.querySelectorAll(`#card-${chart} .card-options .mantine-SegmentedControl-root`)];
    const first = groups.map((group) => (group.querySelector('input') || {}).value);
    const others = styles.filter((one, at) => one && first[at + 1] && one !== first[at + 1]);
    return others.length || (option && first[0] && option !== first[0]) ? [option, ...others].join('.') : '';
  }

  function switches(options, views, styles, optionIds, viewIds, styleIds, query) {
    const stylesOf = (chart) => styleIds.flatMap((id, at) => (id.chart === chart ? [[Number(id.group), styles[at]]] : []))
      .sort((a, b) => a[0] - b[0]).map((pair) => pair[1]);
    const said = optionIds.map((id, at) => [id.chart, saidOf(id.chart, options[at], stylesOf(id.chart))]);
    const next = {
      filters: state ? state.filters : query,
      options: Object.fromEntries(said.filter((pair) => pair[1])),
      tables: viewIds.filter((_, at) => views[at] === 'table').map((id) => id.chart),
    };
    const fresh = !state || document.querySelector('.filterbar:not([data-met])');
    state = fresh ? { ...next, filters: query } : next;
    if (fresh) meet(); else follow();
    return window.dash_clientside.no_update;
  }

  function graphs(clicks) {
    const { triggered, triggered_id: id } = window.dash_clientside.callback_context;
    const card = id && document.getElementById(`card-${id.chart}`);
    if (card && card.dataset.picks && triggered.length) {
      choose(clicked(state.filters, card.dataset.key, triggered[0].value, card.dataset.picks.split(',')));
    }
    return window.dash_clientside.no_update;
  }

  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-chip], [data-region], [data-pin]');
    if (!button || !state) return;
    const { chip, region } = button.dataset;
    if (chip !== undefined) choose(dropped(state.filters, chip));
    else if (region !== undefined) choose(put(state.filters, 'province', listed(region)));
    else choose({ ...state.filters, pin: pinned(state.filters) });
  });

  window.aimap = window.aimap || {};
  window.aimap.filters = { toggled, dropped, clicked, controlled, pinned };
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.filters = { controls, switches, graphs };
})();
