// A card's buttons: picture files, link, full screen. The picture holds all that makes it citable.
(function () {
  const SVG = 'http://www.w3.org/2000/svg';
  const WIDTH = 1200, PAD = 40;

  const value = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const textOf = (card, part) => (card.querySelector(part) || { textContent: '' }).textContent.trim();

  // Breaks by width; Chinese anywhere, Latin words whole.
  function wrapped(text, size, weight, width) {
    const pen = document.createElement('canvas').getContext('2d');
    pen.font = `${weight} ${size}px ${value('--font')}`;
    const pieces = text.match(/[\u2e80-\uffff]|[^\s\u2e80-\uffff]+\s*|\s+/g) || [];
    const lines = [''];
    pieces.forEach((piece) => {
      const longer = lines[lines.length - 1] + piece;
      if (pen.measureText(longer.trimEnd()).width > width && lines[lines.length - 1]) lines.push(piece);
      else lines[lines.length - 1] = longer;
    });
    return lines.map((line) => line.trim()).filter(Boolean);
  }

  function node(name, attributes, text) {
    const made = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, one]) => made.setAttribute(key, one));
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function paragraph(svg, text, top, size, weight, colour, width = WIDTH - 2 * PAD) {
    const lines = text ? wrapped(text, size, weight, width) : [];
    lines.forEach((line, at) => svg.append(node('text', {
      x: PAD, y: top + size + at * size * 1.4, 'font-size': size, 'font-weight': weight, fill: colour,
    }, line)));
    return top + lines.length * size * 1.4;
  }

  // The badge of the file looks as it does on the page: dashed and amber where numbers are derived.
  function badge(svg, shown) {
    if (!shown) return 0;
    const style = getComputedStyle(shown), text = shown.textContent;
    const pen = document.createElement('canvas').getContext('2d');
    pen.font = `400 15px ${value('--font')}`;
    const width = pen.measureText(text).width + 24, x = WIDTH - PAD - width;
    const frame = { x, y: PAD, width, height: 28, rx: 14, fill: 'none', stroke: style.color };
    svg.append(node('rect', { ...frame, 'stroke-dasharray': style.borderTopStyle === 'dashed' ? '4 3' : 'none' }));
    svg.append(node('text', { x: x + width / 2, y: PAD + 19, 'font-size': 15, fill: style.color, 'text-anchor': 'middle' }, text));
    return width;
  }

  function filtersText() {
    return [...document.querySelectorAll('#chips .chip span:first-child')].map((one) => one.textContent).join(' · ');
  }

  async function plotOf(card, width) {
    const gd = card.querySelector('.js-plotly-plot');
    if (!gd || !gd.data || !gd.data.length) throw new Error('no picture');
    const shown = gd.clientWidth ? gd.clientHeight / gd.clientWidth : 0.5;
    const height = Math.round(Math.min(Math.max(width * shown, 260), 1100));
    const uri = await window.Plotly.toImage({ data: gd.data, layout: gd.layout, config: gd._context }, { format: 'svg', width, height });
    const text = decodeURIComponent(uri.slice(uri.indexOf(',') + 1));
    const inner = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    return { inner: document.importNode(inner, true), height };
  }

  function link(card) {
    const { origin, pathname, search } = window.location, query = new URLSearchParams(search);
    ['embed', 'card', 'picture'].forEach((key) => query.delete(key)); // a link leads to the whole page
    const text = query.toString().replaceAll('%2C', ',');
    return `${origin}${pathname}${text && `?${text}`}#${card.id}`;
  }

  async function picture(card) {
    const ink = value('--ink'), mute = value('--mute'), title = textOf(card, '.card-title');
    const svg = node('svg', { xmlns: SVG, 'font-family': value('--font').replaceAll('"', "'"), lang: document.documentElement.lang });
    svg.append(node('title', {}, title));
    const paper = node('rect', { width: WIDTH, fill: value('--card') });
    svg.append(paper);
    const taken = badge(svg, card.querySelector('.badge'));
    let y = paragraph(svg, title, PAD, 28, 700, ink, WIDTH - 2 * PAD - taken - 24);
    y = paragraph(svg, textOf(card, '.card-subtitle'), y + 6, 17, 400, mute);
    y = paragraph(svg, filtersText(), y + 4, 15, 600, value('--enabling'));
    const plot = await plotOf(card, 900);
    // Drawn at 900 px and enlarged, so that the chart's words match the frame's.
    const scale = (WIDTH - 2 * PAD) / 900;
    ['x', 'y', 'width', 'height'].forEach((name, at) => plot.inner.setAttribute(name, [PAD, y + 16, 900 * scale, plot.height * scale][at]));
    if (['map', 'flows'].includes(card.dataset.kind)) plot.inner.querySelectorAll('.scatterlayer text').forEach(halo);
    plot.inner.setAttribute('viewBox', `0 0 900 ${plot.height}`);
    svg.append(plot.inner);
    y += 16 + plot.height * scale + 14;
    y = paragraph(svg, textOf(card, '.card-note'), y, 14, 400, mute);
    y = paragraph(svg, textOf(card, '.card-source'), y + 4, 14, 400, mute);
    const version = `${textOf(document, '.version')} · ${link(card)}`;
    y = paragraph(svg, version, y + 2, 13, 400, mute) + PAD * 0.7;
    Object.entries({ width: WIDTH, height: Math.ceil(y), viewBox: `0 0 ${WIDTH} ${Math.ceil(y)}` }).forEach(([key, one]) => svg.setAttribute(key, one));
    paper.setAttribute('height', Math.ceil(y));
    return { text: new XMLSerializer().serializeToString(svg), height: Math.ceil(y) };
  }

  function save(blob, name) {
    const anchor = document.createElement('a');
    anchor.href = URL.createObjectURL(blob);
    anchor.download = name;
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(anchor.href), 10000);
  }

  async function raster(made) {
    const image = new Image();
    image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(made.text);
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = WIDTH * 2;
    canvas.height = made.height * 2;
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('empty'))), 'image/png'));
  }

  // The page's style does not travel with the file.
  function halo(text) {
    text.style.paintOrder = 'stroke';
    text.style.stroke = value('--card');
    text.style.strokeWidth = '3px';
  }

  // Browsers give the clipboard to secure pages only; a plain-http server on a local network needs the old way.
  async function copy(text) {
    if (navigator.clipboard) {
      try { return await navigator.clipboard.writeText(text); } catch (error) { /* refused: the old way below */ }
    }
    const focused = document.activeElement;
    const field = document.createElement('textarea');
    field.value = text;
    field.style.cssText = 'position:fixed;opacity:0';
    document.body.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    focused.focus();
    if (!done) throw new Error('not copied');
  }

  window.aimap = window.aimap || {};
  window.aimap.copy = copy;

  const nameOf = (card, form) => `${card.dataset.chart}-${card.dataset.lang}.${form}`;
  const actions = {
    svg: async (card) => save(new Blob([(await picture(card)).text], { type: 'image/svg+xml' }), nameOf(card, 'svg')),
    png: async (card) => save(await raster(await picture(card)), nameOf(card, 'png')),
    link: (card) => copy(link(card)),
    full: (card) => (document.fullscreenElement ? document.exitFullscreen() : card.requestFullscreen()),
  };

  document.addEventListener('click', async (event) => {
    const button = event.target.closest('[data-action]');
    if (!button) return;
    const card = button.closest('.card'), status = card.querySelector('.tool-status');
    let said = button.dataset.action === 'link' ? button.dataset.done : '';
    try { await actions[button.dataset.action](card); } catch (error) { said = button.dataset.fail; }
    status.textContent = said;
    setTimeout(() => { status.textContent = ''; }, 4000);
  });

  document.addEventListener('fullscreenchange', () => window.dispatchEvent(new Event('resize')));
})();
