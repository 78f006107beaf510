// Clicks on regions, chips and charts become values of the filter bar's controls, here and at once:
// on a slow line the next click then starts from this one's outcome, not from the server's last answer.
(function () {
  const EMPTY = { provinces: [], layers: [] };

  // A chip's key is `field:value`; `reset` takes back every choice.
  function without(now, key, ends) {
    if (key === 'reset') return { ...EMPTY, years: ends };
    const [field, value] = key.split(':');
    if (field === 'years') return { ...now, years: ends };
    return Object.hasOwn(EMPTY, field) ? { ...now, [field]: now[field].filter((one) => one !== value) } : now;
  }

  function toggled(now, code) {
    const left = now.provinces.filter((one) => one !== code);
    return { ...now, provinces: left.length < now.provinces.length ? left : [...left, code].sort() };
  }

  // The province of a clicked bar, dot or polygon; a polygon's data come as a whole list.
  function clicked(click, known) {
    const found = click && Array.isArray(click.points) && click.points[0] ? click.points[0].customdata : null;
    const code = Array.isArray(found) ? found[0] : found;
    return known.includes(code) ? code : null;
  }

  function apply(now, id, value, known, ends) {
    if (!value || typeof id !== 'object' || !id) return now;
    if ('region' in id) return { ...now, provinces: id.region ? id.region.split(',') : [] };
    if ('chip' in id) return without(now, id.chip, ends);
    const code = clicked(value, known);
    return code ? toggled(now, code) : now;
  }

  function choose(_regions, _chips, _clicks, provinces, layers, years, options, first, last) {
    const { triggered, triggered_id: id } = window.dash_clientside.callback_context;
    const now = { provinces: provinces || [], layers: layers || [], years };
    const known = options.map((one) => one.value);
    const next = apply(now, id, triggered.length ? triggered[0].value : null, known, [first, last]);
    const same = window.dash_clientside.no_update;
    return next === now ? [same, same, same] : [next.provinces, next.layers, next.years];
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.filters = { choose, apply };
})();
