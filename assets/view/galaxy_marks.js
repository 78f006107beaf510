// What stands on the light: hubs as crisp discs, names in a halo, the partners of the node that is pointed at.
(function () {
  const FONT_ROOM = 22000; // square pixels of the page for one name

  const rgb = ([r, g, b], alpha = 1) => `rgba(${Math.round(r)},${Math.round(g)},${Math.round(b)},${alpha})`;

  function dot(pen, x, y, radius, fill, ring) {
    pen.beginPath();
    pen.arc(x, y, radius, 0, 7);
    pen.fillStyle = fill;
    pen.fill();
    if (!ring) return;
    pen.lineWidth = ring.width;
    pen.strokeStyle = ring.colour;
    pen.stroke();
  }

  function hubs(pen, net, view, look) {
    net.hubs.slice().reverse().forEach(([row]) => {
      if (!look.there(row)) return;
      const x = view.px(net.x[row]), y = view.py(net.y[row]), radius = window.aimap.light.radiusOf(net.degree[row], view);
      if (x < -radius || y < -radius || x > view.w + radius || y > view.h + radius) return;
      pen.globalAlpha = look.lit(row) ? 1 : 0.12;
      dot(pen, x, y, radius, rgb(look.colours[look.of[row]]), radius > 4 * view.ratio && { width: view.ratio, colour: rgb(look.paper, 0.7) });
    });
    pen.globalAlpha = 1;
  }

  const overlaps = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

  function write(pen, text, x, y, size, weight, view, look) {
    pen.font = `${weight} ${size}px ${look.font}`;
    pen.lineJoin = 'round';
    pen.lineWidth = 4 * view.ratio;
    pen.strokeStyle = rgb(look.paper, 0.86);
    pen.strokeText(text, x, y);
    pen.fillStyle = rgb(look.ink);
    pen.fillText(text, x, y);
  }

  // A name over, under or beside its node, wherever there is room; none where there is none.
  function seat(pen, text, x, y, radius, size, taken, view) {
    const wide = pen.measureText(text).width / 2 + 3 * view.ratio, gap = radius + 3 * view.ratio;
    const spots = [[x, y - gap - size * 0.3], [x, y + gap + size], [x + gap + wide, y + size * 0.35], [x - gap - wide, y + size * 0.35]];
    for (const [sx, sy] of spots) {
      const box = [sx - wide, sy - size, sx + wide, sy + size * 0.25];
      if (box[0] > 0 && box[2] < view.w && box[1] > 0 && box[3] < view.h && !taken.some((one) => overlaps(one, box))) { taken.push(box); return [sx, sy]; }
    }
    return null;
  }

  function names(pen, net, view, look) {
    const zoom = view.side / view.home, room = ((view.w * view.h) / view.ratio ** 2 / FONT_ROOM) * Math.min(4, zoom);
    const top = Math.sqrt(net.hubs.length ? net.hubs[0][4] : 1);
    // A hub's own disc is no place for another's name.
    const taken = net.hubs.slice(0, 12).filter(([row]) => look.there(row)).map(([row]) => {
      const x = view.px(net.x[row]), y = view.py(net.y[row]), radius = window.aimap.light.radiusOf(net.degree[row], view);
      return [x - radius, y - radius, x + radius, y + radius];
    });
    let written = 0;
    pen.textAlign = 'center';
    net.hubs.forEach(([row, , name, , degree, named]) => {
      if (written >= room || !look.there(row) || !look.lit(row) || (!named && zoom < 2.2)) return;
      const x = view.px(net.x[row]), y = view.py(net.y[row]);
      if (x < 0 || y < 0 || x > view.w || y > view.h) return;
      const share = Math.sqrt(degree) / top, size = (11 + 6 * share) * view.ratio, weight = share > 0.5 ? 700 : 500;
      pen.font = `${weight} ${size}px ${look.font}`;
      const spot = seat(pen, name, x, y, window.aimap.light.radiusOf(degree, view), size, taken, view);
      if (!spot) return;
      write(pen, name, spot[0], spot[1], size, weight, view, look);
      written += 1;
    });
  }

  // The arcs and partners of one node.
  function around(pen, net, view, look, row) {
    const colour = look.colours[look.of[row]], ends = [];
    const x = view.px(net.x[row]), y = view.py(net.y[row]);
    pen.beginPath();
    for (let arc = 0; arc < net.m; arc += 1) {
      const a = net.source[arc], b = net.target[arc];
      if ((a !== row && b !== row) || net.began[arc] > look.year) continue;
      const other = a === row ? b : a;
      ends.push(other);
      pen.moveTo(x, y);
      pen.lineTo(view.px(net.x[other]), view.py(net.y[other]));
    }
    pen.strokeStyle = rgb(colour, Math.max(0.1, Math.min(0.7, 12 / Math.sqrt(ends.length + 1) / 8)));
    pen.lineWidth = view.ratio;
    pen.stroke();
    ends.forEach((other) => dot(pen, view.px(net.x[other]), view.py(net.y[other]), Math.max(1.2 * view.ratio, window.aimap.light.radiusOf(net.degree[other], view)), rgb(look.colours[look.of[other]])));
    const radius = Math.max(3 * view.ratio, window.aimap.light.radiusOf(net.degree[row], view));
    dot(pen, x, y, radius, rgb(colour), { width: 2 * view.ratio, colour: rgb(look.ink) });
  }

  function draw(pen, net, view, look, row) {
    pen.clearRect(0, 0, view.w, view.h);
    if (row >= 0) around(pen, net, view, look, row); else hubs(pen, net, view, look);
    names(pen, net, view, look);
  }

  // ---- the picture as a file: with title, year, filters, legend, source and link
  function legend(pen, look, items, x, y, width, size) {
    let at = x, line = y;
    items.forEach((text, of) => {
      const wide = pen.measureText(text).width + size * 2.4;
      if (at + wide > x + width && at > x) { at = x; line += size * 1.7; }
      dot(pen, at + size * 0.4, line - size * 0.35, size * 0.4, rgb(look.colours[of]));
      pen.fillStyle = rgb(look.mute);
      pen.fillText(text, at + size * 1.1, line);
      at += wide;
    });
    return line;
  }

  // `said` holds title, subtitle, chosen, badge, items and lines; gives a canvas.
  function sheet(light, net, view, look, said) {
    const pad = 48, top = 130, foot = 150, made = document.createElement('canvas');
    made.width = view.w + 2 * pad;
    made.height = view.h + top + foot;
    const pen = made.getContext('2d'), text = (words, y, size, weight, tone) => { pen.font = `${weight} ${size}px ${look.font}`; pen.fillStyle = rgb(tone); pen.fillText(words, pad, y, view.w); };
    pen.fillStyle = rgb(look.paper);
    pen.fillRect(0, 0, made.width, made.height);
    text(said.title, 62, 34, 700, look.ink);
    text(said.subtitle, 98, 20, 400, look.mute);
    text(said.chosen, 124, 18, 600, look.accent);
    pen.textAlign = 'right';
    pen.font = `400 18px ${look.font}`;
    pen.fillStyle = rgb(look.accent);
    pen.fillText(said.badge, made.width - pad, 60);
    pen.textAlign = 'left';
    const over = document.createElement('canvas');
    over.width = view.w;
    over.height = view.h;
    draw(over.getContext('2d'), net, view, look, -1);
    const under = document.createElement('canvas');
    under.width = view.w;
    under.height = view.h;
    under.getContext('2d').putImageData(light, 0, 0);
    pen.drawImage(under, pad, top);
    pen.drawImage(over, pad, top);
    pen.font = `400 17px ${look.font}`;
    const end = legend(pen, look, said.items, pad, top + view.h + 34, view.w, 17);
    said.lines.forEach((words, at) => text(words, end + 30 + at * 24, 16, 400, look.mute));
    return made;
  }

  window.aimap = window.aimap || {};
  window.aimap.marks = { draw, sheet };
})();
