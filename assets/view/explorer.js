// The explorer: its state is the link and nothing else, so back, forward and a sent link all give the same picture.
(function () {
  const KEPT = ['view', 'node', 'other', 'depth', 'way', 'top', 'group', 'size', 'colour', 'labels'];
  const DEFAULTS = { view: 'hubs', depth: '1', way: 'both', top: '300', size: 'degree', colour: 'layer', labels: 'some' };
  const FILTERS = ['province', 'layer', 'from', 'to', 'end', 'data'];
  let root = null, found = null, asked = 0;

  const prefix = document.documentElement.dataset.prefix; // the path that a proxy shows the site under
  const params = () => new URLSearchParams(window.location.search);
  const say = (name) => root.dataset[name];
  const make = (name, props = {}, ...inside) => {
    const made = Object.assign(document.createElement(name), props);
    made.append(...inside);
    return made;
  };

  function state() {
    const query = params(), now = {};
    KEPT.forEach((key) => { now[key] = query.get(key) || DEFAULTS[key] || ''; });
    if (!query.get('view') && now.node) now.view = 'near';
    now.open = query.getAll('open');
    return now;
  }

  // Changes the link by what is given; an empty value takes its key out.
  function go(change, replace) {
    const query = params();
    Object.entries(change).forEach(([key, value]) => {
      query.delete(key);
      [].concat(value).filter((one) => one && !(key !== 'view' && one === DEFAULTS[key])).forEach((one) => query.append(key, one));
    });
    const text = query.toString();
    window.history[replace ? 'replaceState' : 'pushState'](window.history.state, '', window.location.pathname + (text ? `?${text}` : ''));
    follow();
  }

  function sure(top) {
    return Number(top) <= 1000 || window.confirm(say('sure'));
  }

  // ---- controls
  function select(place, now) {
    const name = place.dataset.name;
    if (!place.firstChild) {
      const list = make('select', { onchange: () => {
        if (name === 'top' && !sure(list.value)) { list.value = state().top; return; }
        go({ [name]: list.value, ...(name === 'view' ? { open: [], group: '' } : {}) });
      } });
      place.dataset.choices.split('|').forEach((one) => {
        const [value, label] = [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)];
        list.append(make('option', { value, textContent: label }));
      });
      place.append(list);
    }
    place.firstChild.value = now[name];
  }

  function finder(place) {
    if (place.firstChild) return;
    const name = place.dataset.name, list = make('ul', { className: 'explorer-found', role: 'listbox', id: `found-${name}` });
    const input = make('input', { type: 'search', placeholder: place.dataset.hint, autocomplete: 'off', maxLength: 80 });
    Object.entries({ role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id }).forEach(([key, one]) => input.setAttribute(key, one));
    let at = -1, waiting = 0, last = 0;
    const mark = (next) => {
      at = next;
      [...list.children].forEach((one, index) => one.setAttribute('aria-selected', String(index === at)));
    };
    const close = () => { list.replaceChildren(); input.setAttribute('aria-expanded', 'false'); at = -1; };
    const pick = (one) => { close(); input.value = one.name; go({ [name]: one.id, open: [], ...(name === 'node' && state().view === 'hubs' ? { view: 'near' } : {}) }); };
    async function look() {
      const mine = (last += 1), query = new URLSearchParams({ ...filters(), q: input.value, lang: say('lang') });
      const answer = input.value.trim() ? await (await fetch(`${prefix}/explorer/find.json?${query}`)).json() : [];
      if (mine !== last) return;
      list.replaceChildren(...answer.map((one) => make('li', { role: 'option', onmousedown: () => pick(one) },
        make('span', { textContent: one.name }), make('small', { textContent: `${one.place}  ${one.degree.toLocaleString('en')}` }))));
      list.children.length && input.setAttribute('aria-expanded', 'true');
      place.hits = answer;
      mark(answer.length ? 0 : -1);
    }
    input.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(() => look().catch(close), 150); });
    input.addEventListener('blur', close);
    input.addEventListener('keydown', (event) => {
      const count = list.children.length;
      if (event.key === 'ArrowDown' && count) mark((at + 1) % count);
      else if (event.key === 'ArrowUp' && count) mark((at - 1 + count) % count);
      else if (event.key === 'Enter' && at >= 0) pick(place.hits[at]);
      else if (event.key === 'Escape') close();
      else return;
      event.preventDefault();
    });
    place.append(input, list);
  }

  function controls(now) {
    root.querySelectorAll('.explorer-select').forEach((place) => select(place, now));
    root.querySelectorAll('.explorer-find').forEach(finder);
    root.querySelectorAll('.explorer-field').forEach((field) => {
      const needs = field.dataset.needs.split(' ').filter(Boolean);
      field.hidden = Boolean(needs.length) && !needs.includes(now.view);
    });
  }

  function filters() {
    const query = params();
    return Object.fromEntries(FILTERS.filter((key) => query.get(key)).map((key) => [key, query.get(key)]));
  }

  // ---- the answer
  function address(path) {
    const query = params();
    query.set('lang', say('lang'));
    return `${path}?${query}`;
  }

  function links() {
    root.querySelectorAll('[data-file]').forEach((link) => { link.href = address(link.dataset.file); });
    const twin = document.querySelector('.lang-link');
    if (twin) twin.href = twin.pathname + window.location.search;
  }

  const by = (id) => document.getElementById(id);

  function tell() {
    by('explorer-title').textContent = found.title;
    by('explorer-badge').textContent = found.badge_said;
    by('explorer-badge').className = `badge badge-${found.badge}`;
    by('explorer-source').textContent = found.source;
    by('explorer-said').replaceChildren(...[...found.said, found.filters].filter(Boolean).map((text) => make('p', { textContent: text })));
    const names = Object.fromEntries(found.nodes.map((one) => [one.id, one.name]));
    ['node', 'other'].forEach((key) => {
      const input = root.querySelector(`.explorer-find[data-name=${key}] input`), id = params().get(key);
      if (document.activeElement !== input) input.value = id ? names[id] || id : '';
    });
    list(names);
  }

  const entry = (id, name) => make('button', { type: 'button', textContent: name, onclick: () => chosen(id) });

  function table(place, heads, lines) {
    const head = make('tr', {}, ...heads.map((text) => make('th', { textContent: text, scope: 'col' })));
    const body = lines.map((cells) => make('tr', {}, ...cells.map((cell) => make('td', {}, cell))));
    by(place).replaceChildren(make('table', { className: 'data-table' }, make('thead', {}, head), make('tbody', {}, ...body)));
  }

  function list(names) {
    const number = (value) => value.toLocaleString('en');
    const nodes = [...found.nodes].sort((a, b) => a.rank - b.rank || b.degree - a.degree).slice(0, 500);
    table('explorer-nodes', [say('nodes'), '', say('partners')], nodes.map((one) => [entry(one.id, one.name), one.place, number(one.degree)]));
    const arcs = [...found.arcs].sort((a, b) => b[2] - a[2]).slice(0, 500);
    table('explorer-arcs', [say('arcs'), '', say('relations')], arcs.map(([a, b, weight]) => [entry(a, names[a]), entry(b, `→ ${names[b]}`), number(weight)]));
  }

  // A node or group that was clicked: what it is, and the ways on from it.
  function chosen(id) {
    const node = found.nodes.find((one) => one.id === id), now = state();
    if (!node) return;
    if (node.group) { go({ view: 'group', group: id, open: [] }); return; }
    window.aimap.explorer.mark(id);
    const opened = now.open.includes(id);
    const toggle = () => go({ open: opened ? now.open.filter((one) => one !== id) : [...now.open, id], ...(now.view === 'near' ? {} : { view: 'near', node: id }) });
    const profile = new URLSearchParams({ id, ...filters() });
    const acts = make('div', { className: 'acts' },
      make('button', { type: 'button', textContent: say('near'), onclick: () => go({ view: 'near', node: id, open: [] }) }),
      make('button', { type: 'button', textContent: opened ? say('close') : say('open'), onclick: toggle }),
      make('a', { href: `${prefix}/${say('lang')}/firm?${profile}`, textContent: say('profile') }));
    const vanish = make('button', { type: 'button', textContent: say('without'), onclick: () => without(id, vanish) });
    acts.append(vanish);
    const degree = `${say('partners')} ${node.degree.toLocaleString('en')}`;
    by('explorer-node').replaceChildren(make('h3', { textContent: node.name }), make('p', { textContent: node.place }), make('p', { textContent: degree }), acts);
  }

  async function without(id, button) {
    const query = new URLSearchParams({ ...filters(), lang: say('lang') });
    [...new Set([id, ...state().open])].forEach((one) => query.append('gone', one));
    button.disabled = true;
    try {
      const answer = await (await fetch(`${prefix}/explorer/without.json?${query}`)).json();
      const place = make('div', { className: 'explorer-without' });
      place.innerHTML = answer.html;
      by('explorer-node').append(place);
    } catch (error) {
      by('explorer-status').textContent = say('lost');
      button.disabled = false;
    }
  }

  async function follow() {
    const now = state(), mine = (asked += 1);
    controls(now);
    links();
    document.documentElement.dataset.drawing = 'yes';
    try {
      const answer = await fetch(address(`${prefix}/explorer/view.json`));
      if (!answer.ok) throw new Error(`explorer ${answer.status}`);
      const next = await answer.json();
      if (mine !== asked) return;
      found = next;
      tell();
      by('explorer-node').replaceChildren();
      window.aimap.explorer.draw(root, found, now, chosen);
      if (now.view === 'near' && found.nodes.length) chosen(now.node);
    } catch (error) {
      if (mine === asked) by('explorer-said').replaceChildren(make('p', { textContent: say('lost') }));
    } finally {
      if (mine === asked) delete document.documentElement.dataset.drawing;
    }
  }

  function restyle() { if (found) window.aimap.explorer.draw(root, found, state(), chosen); }

  // Dash builds the page after this script has run, and anew when it is left and entered.
  new MutationObserver(() => {
    const here = document.getElementById('explorer');
    if (!here || here === root || !here.querySelector('#explorer-graph') || !window.aimap.explorer.ready()) return;
    root = here;
    follow();
  }).observe(document.documentElement, { childList: true, subtree: true });
  window.addEventListener('popstate', () => { if (root && root.isConnected) follow(); });
  new MutationObserver(restyle).observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme'] });

  document.addEventListener('click', (event) => {
    const zoom = event.target.closest('[data-zoom]'), picture = event.target.closest('[data-picture]');
    if (zoom) window.aimap.explorer.zoom(zoom.dataset.zoom);
    if (picture && found) {
      by('explorer-status').textContent = '';
      window.aimap.explorer.picture(picture.dataset.picture, found).catch(() => { by('explorer-status').textContent = say('made'); });
    }
  });
})();
