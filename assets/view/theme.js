// Figures come as plain dicts with colour tokens ("$enabling", "$t3/0.5"). This gives them the
// theme's colours, fonts and map shapes at the moment they are drawn, and again when it changes.
(function () {
  const KEY = 'mantine-color-scheme-value';
  const root = document.documentElement;
  const token = /^\$([a-z0-9-]+)(?:\/([\d.]+))?$/;

  function setScheme(scheme) {
    root.setAttribute('data-mantine-color-scheme', scheme);
  }
  const dark = window.matchMedia('(prefers-color-scheme: dark)').matches;
  // A browser may forbid storage altogether: then the theme lasts as long as the page, and charts still draw.
  function remembered() { try { return localStorage.getItem(KEY); } catch (error) { return null; } }
  function remember(scheme) { try { localStorage.setItem(KEY, scheme); } catch (error) { /* not kept */ } }
  const saved = remembered();
  setScheme(saved === 'dark' || saved === 'light' ? saved : dark ? 'dark' : 'light');
  remember(root.getAttribute('data-mantine-color-scheme'));

  function colour(style, name, alpha) {
    const hex = style.getPropertyValue('--' + name).trim();
    if (!alpha) return hex;
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
    return `rgba(${r},${g},${b},${alpha})`;
  }

  function resolve(value, style) {
    if (typeof value === 'string') {
      const found = token.exec(value);
      if (found) return colour(style, found[1], found[2]) || value;
      return value.includes('$card') ? value.replaceAll('$card', colour(style, 'card')) : value;
    }
    if (Array.isArray(value)) return value.map((one) => resolve(one, style));
    if (value && typeof value === 'object') {
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(one, style)]));
    }
    return value;
  }

  function template(style) {
    const get = (name) => colour(style, name);
    const axis = {
      gridcolor: get('line'), linecolor: get('line'), tickcolor: get('line'), zeroline: false, showline: false,
      automargin: true, ticks: '', tickfont: { size: 12 }, title: { font: { size: 12, color: get('mute') } },
    };
    return {
      layout: {
        font: { family: style.getPropertyValue('--font').trim(), size: 12, color: get('ink') },
        paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)', bargap: 0.32, dragmode: false,
        margin: { l: 8, r: 8, t: 8, b: 8 }, hovermode: 'closest', separators: '.,',
        colorway: ['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7'].map(get),
        hoverlabel: { bgcolor: get('card'), bordercolor: get('line'), font: { color: get('ink'), size: 13 } },
        xaxis: axis, yaxis: { ...axis, ticklabelstandoff: 6 }, legend: { font: { size: 12 }, itemclick: false, itemdoubleclick: false },
      },
      data: { bar: [{ textfont: { size: 12 }, outsidetextfont: { color: get('ink') }, constraintext: 'none' }] },
    };
  }

  let shapes = null;
  function mapShapes() {
    shapes = shapes || fetch(root.dataset.map).then((answer) => {
      if (!answer.ok) throw new Error('map ' + answer.status);
      return answer.json();
    }).catch((error) => { shapes = null; throw error; });
    return shapes;
  }

  // A map without its shapes is an empty box: say so where the card speaks to its reader.
  function unmapped(gd) {
    const card = gd.closest('.card');
    if (card) card.querySelector('.tool-status').textContent = card.dataset.unmapped;
    return gd;
  }

  function placed(trace, map) {
    const meta = trace.meta || {};
    if (meta.province) {
      const unit = map.provinces[meta.province] || { rings_x: [], rings_y: [] };
      return { ...trace, x: unit.rings_x, y: unit.rings_y, line: { ...trace.line, simplify: false } };
    }
    if (meta.maritime) return { ...trace, x: map.maritime.x, y: map.maritime.y };
    if (meta.islands) return { ...trace, x: map.islands.x, y: map.islands.y };
    return trace;
  }

  function dressed(figure, map) {
    const style = getComputedStyle(root);
    const data = resolve(figure.data, style).map((trace) => (map ? placed(trace, map) : trace));
    const layout = { ...resolve(figure.layout, style), template: template(style) };
    delete layout.width;
    const locale = root.lang.startsWith('zh') ? 'zh-CN' : 'en-US';
    return { data, layout, frames: figure.frames, config: { ...figure.config, displayModeBar: false, scrollZoom: false, locale } };
  }

  // The figure as the server gave it, so that another theme can be put on it.
  const originals = new WeakMap();
  const needsMap = (data) => data.some((trace) => trace && trace.meta && (trace.meta.province || trace.meta.maritime || trace.meta.islands));

  function patched(draw) {
    return function (target, first, layout, config) {
      const gd = typeof target === 'string' ? document.getElementById(target) : target;
      const given = first && !Array.isArray(first) && first.data ? first : { data: first, layout, config };
      const figure = { data: given.data || [], layout: given.layout || {}, frames: given.frames, config: given.config };
      originals.set(gd, { figure, draw });
      return needsMap(figure.data)
        ? mapShapes().then((map) => (originals.get(gd).figure === figure ? draw(gd, dressed(figure, map)) : gd), () => unmapped(gd))
        : draw(gd, dressed(figure, null));
    };
  }

  function redrawAll() {
    document.querySelectorAll('.js-plotly-plot').forEach((gd) => {
      const original = originals.get(gd);
      if (original) window.Plotly.react(gd, original.figure);
    });
  }

  // This folder's scripts load after vendor/, so Plotly is there.
  window.Plotly.newPlot = patched(window.Plotly.newPlot);
  window.Plotly.react = patched(window.Plotly.react);

  document.addEventListener('click', (event) => {
    if (!event.target.closest('#theme-toggle')) return;
    const next = root.getAttribute('data-mantine-color-scheme') === 'dark' ? 'light' : 'dark';
    remember(next);
    setScheme(next);
    redrawAll();
  });
})();
