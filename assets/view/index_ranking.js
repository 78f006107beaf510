// The competitiveness index: weights and method live in the link, the reader's own table in this tab.
(function () {
  const KEPT = 'aimap-index-table', PAUSE = 60; // ms after the last move of a slider
  const METHODS = ['treat', 'norm', 'sum'];
  let root = null, asked = 0, timer = 0, own = { table: '', columns: {} };

  const say = (name) => root.dataset[name];
  const by = (id) => document.getElementById(id);
  const params = () => new URLSearchParams(window.location.search);
  const make = (name, props = {}, ...inside) => {
    const made = Object.assign(document.createElement(name), props);
    made.append(...inside);
    return made;
  };
  const pillars = () => say('pillars').split('|').map((one) => one.split('='));

  // A browser may forbid storage: then the table lasts as long as the page.
  function remember() { try { sessionStorage.setItem(KEPT, JSON.stringify(own)); } catch (error) { /* not kept */ } }
  function recall() {
    try { own = { table: '', columns: {}, ...JSON.parse(sessionStorage.getItem(KEPT) || '{}') }; } catch (error) { own = { table: '', columns: {} }; }
  }

  // Changes the link by what is given; an empty value takes its key out.
  function go(change) {
    const query = params();
    Object.entries(change).forEach(([key, value]) => { if (value === '') query.delete(key); else query.set(key, value); });
    const text = query.toString();
    window.history.replaceState(window.history.state, '', window.location.pathname + (text ? `?${text}` : ''));
    clearTimeout(timer);
    timer = setTimeout(follow, PAUSE);
  }

  // ---- controls
  function slider(place) {
    const name = place.dataset.pillar, label = pillars().find((one) => one[0] === name)[1];
    const input = make('input', { type: 'range', min: 0, max: Number(say('most')), step: 1, id: `weight-${name}` });
    const shown = make('output', { htmlFor: input.id });
    place.style.setProperty('--pillar', `var(--${place.dataset.colour})`);
    input.addEventListener('input', () => {
      shown.textContent = input.value;
      go({ [name]: input.value === say('even') ? '' : input.value });
    });
    place.append(make('label', { htmlFor: input.id, textContent: label }), input, shown);
  }

  function select(place) {
    const name = place.dataset.name, list = make('select');
    place.dataset.choices.split('|').forEach((one) => {
      const at = one.indexOf('=');
      list.append(make('option', { value: one.slice(0, at), textContent: one.slice(at + 1) }));
    });
    list.addEventListener('change', () => go({ [name]: list.selectedIndex ? list.value : '' }));
    place.append(list);
  }

  function show(found) {
    root.querySelectorAll('.index-weight').forEach((place) => {
      const name = place.dataset.pillar, input = place.querySelector('input');
      if (document.activeElement !== input) input.value = found.weights[name];
      place.querySelector('output').textContent = input.value;
      input.disabled = !found.filled.includes(name);
      place.classList.toggle('index-unfilled', input.disabled);
    });
    METHODS.forEach((name) => { root.querySelector(`.index-select[data-name=${name}] select`).value = found.method[name]; });
    root.querySelector('.index-ignored').textContent = found.ignored;
    by('index-fill').innerHTML = found.fill;
  }

  // ---- the reader's own table
  function field() {
    const text = make('textarea', { id: 'index-own-text', rows: 6, placeholder: say('ownHint'), spellcheck: false, value: own.table });
    by('index-own').append(make('label', { htmlFor: text.id, textContent: say('ownLabel') }), text);
    const file = make('input', { type: 'file', accept: '.csv,.tsv,.txt', className: 'sr-only' });
    file.addEventListener('change', async () => {
      if (!file.files.length) return;
      const bytes = await file.files[0].arrayBuffer();
      try { text.value = new TextDecoder('utf-8', { fatal: true }).decode(bytes); } catch (error) { text.value = new TextDecoder('gb18030').decode(bytes); }
      file.value = '';
      use();
    });
    by('index-own-file').append(make('label', { className: 'tool index-own-pick' }, say('ownFile'), file));
    by('index-own-use').addEventListener('click', use);
    by('index-own-drop').addEventListener('click', () => {
      text.value = '';
      own = { table: '', columns: {} };
      remember();
      follow();
    });
  }

  function use() {
    const table = by('index-own-text').value;
    if (!table.trim()) { by('index-own-status').replaceChildren(make('p', { textContent: say('ownNone') })); return; }
    own = { table, columns: own.columns };
    remember();
    follow();
  }

  function column(one) {
    const list = make('select'), less = make('input', { type: 'checkbox', checked: one.less });
    pillars().forEach(([value, label]) => list.append(make('option', { value, textContent: label })));
    list.value = one.pillar;
    const changed = () => {
      own.columns = { ...own.columns, [one.name]: { pillar: list.value, less: less.checked } };
      remember();
      follow();
    };
    list.addEventListener('change', changed);
    less.addEventListener('change', changed);
    return make('p', { className: 'index-own-column' }, make('strong', { textContent: one.name }),
      make('label', {}, `${say('ownPillar')} `, list), make('label', {}, less, ` ${say('ownLess')}`));
  }

  function tellOwn(found) {
    const lines = found.problems.map((text) => make('p', { textContent: text, className: 'index-problem' }));
    if (found.own.length) lines.push(make('p', { textContent: say('ownKept').replace('{n}', found.own.length) }));
    by('index-own-status').replaceChildren(...lines);
    const focused = by('index-own-columns').contains(document.activeElement);
    if (!focused || by('index-own-columns').children.length !== found.own.length) by('index-own-columns').replaceChildren(...found.own.map(column));
    by('index-own-drop').hidden = !own.table;
  }

  // ---- the answer
  const address = (path) => { const query = params(); query.set('lang', say('lang')); return `${document.documentElement.dataset.prefix}${path}?${query}`; };
  const question = () => (own.table
    ? { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(own) } : {});

  function paint(name, found) {
    const card = by(`card-${name}`), plot = card.querySelector('.card-plot'), gd = plot.querySelector('.js-plotly-plot');
    const put = (part, text) => { card.querySelector(`.${part}`).textContent = text; };
    const first = name === 'index_scores';
    put('card-empty', found.none || '');
    put('card-finding', found.none ? '' : found.finding[name]);
    put('card-subtitle', found.none || !first ? '' : found.subtitle);
    put('card-note', found.none || !first ? '' : found.notes.join(' '));
    put('card-source', found.none ? '' : found.source);
    put('card-alt', found.none ? found.none : first ? found.alt : found.finding[name]);
    put('index-badge', found.none ? '' : found.badge_said);
    card.querySelector('.index-badge').className = `badge index-badge ${found.none ? '' : `badge-${found.badge}`}`;
    plot.hidden = Boolean(found.none);
    if (found.none) return;
    gd.closest('.dash-graph').style.height = `${found.height}px`;
    window.Plotly.react(gd, { ...found.figures[name], layout: { ...found.figures[name].layout, height: found.height } });
  }

  function table(rows) {
    const cell = (name, text, at, more = {}) => make(name, { textContent: text, className: at === 1 ? '' : 'num', ...more });
    const head = make('tr', {}, ...rows.heads.map((text, at) => cell('th', text, at, { scope: 'col' })));
    const body = rows.lines.map((line) => make('tr', {}, ...line.map((text, at) => cell('td', text, at))));
    return make('table', { className: 'data-table' }, make('thead', {}, head), make('tbody', {}, ...body));
  }

  function links() {
    root.querySelectorAll('.index-file').forEach((link) => { link.href = address(`/index/ranking.${link.dataset.form}`); });
    const twin = document.querySelector('.lang-link');
    if (twin) twin.href = twin.pathname + window.location.search;
  }

  async function follow() {
    const mine = (asked += 1);
    links();
    document.documentElement.dataset.drawing = 'yes';
    try {
      const answer = await fetch(address('/index/view.json'), question());
      if (!answer.ok) throw new Error(`index ${answer.status}`);
      const found = await answer.json();
      if (mine !== asked) return;
      show(found);
      tellOwn(found);
      ['index_scores', 'index_ranks'].forEach((name) => paint(name, found));
      by('index-table').replaceChildren(...(found.none ? [] : [table(found.table)]));
      root.querySelector('.index-panel').hidden = Boolean(found.none);
    } catch (error) {
      if (mine === asked) root.querySelector('.index-ignored').textContent = say('lost');
    } finally {
      if (mine === asked) delete document.documentElement.dataset.drawing;
    }
  }

  // A file with the reader's own table cannot come by a link: it is asked for as the picture is.
  async function save(link) {
    const answer = await fetch(link.href, question());
    if (!answer.ok) throw new Error(`file ${answer.status}`);
    const made = make('a', { href: URL.createObjectURL(await answer.blob()), download: `index_ranking.${link.dataset.form}` });
    made.click();
    setTimeout(() => URL.revokeObjectURL(made.href), 10000);
  }

  document.addEventListener('click', (event) => {
    const link = event.target.closest('.index-file');
    if (link && own.table) {
      event.preventDefault();
      save(link).catch(() => { link.closest('.card').querySelector('.tool-status').textContent = say('lost'); });
    }
    if (event.target.closest('.index-reset')) {
      root.querySelectorAll('.index-weight input').forEach((one) => { one.value = say('even'); });
      go(Object.fromEntries([...pillars().map((one) => one[0]), ...METHODS].map((key) => [key, ''])));
    }
  });

  // Dash builds the page after this script has run, and anew when it is left and entered.
  new MutationObserver(() => {
    const here = document.getElementById('index');
    if (!here || here === root || here.querySelectorAll('.js-plotly-plot').length < 2) return;
    root = here;
    recall();
    root.querySelectorAll('.index-weight').forEach(slider);
    root.querySelectorAll('.index-select').forEach(select);
    field();
    follow();
  }).observe(document.documentElement, { childList: true, subtree: true });
  window.addEventListener('popstate', () => { if (root && root.isConnected) follow(); });
})();
