// The table of printed and computed numbers is drawn and narrowed down here: Dash takes seconds to
// change a table of some hundred rows, the browser a few milliseconds.
(function () {
  function cell(text, head) {
    const made = document.createElement('td');
    made.className = head.class;
    if (head.label) made.dataset.head = head.label;
    made.textContent = text;
    return made;
  }

  function line(row, heads) {
    const made = document.createElement('tr');
    made.append(...heads.map((head, at) => cell(row.cells[at], head)));
    const state = document.createElement('span');
    state.className = `audit-state audit-state-${row.agreement}`;
    state.textContent = made.lastChild.textContent;
    made.lastChild.replaceChildren(state);
    return made;
  }

  function chosen(rows, query, source, state) {
    const words = (query || '').toLowerCase().split(/\s+/);
    return rows.filter((row) => (source === 'all' || row.source === source)
      && (state === 'all' || row.agreement === state) && words.every((word) => row.words.includes(word)));
  }

  function narrow(table, query, source, state) {
    const found = chosen(table.rows, query, source, state);
    document.getElementById('audit-body').replaceChildren(...found.map((row) => line(row, table.heads)));
    document.getElementById('audit-scroll').hidden = !found.length;
    return found.length ? table.shown.replace('{}', found.length) : table.none;
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.audit = { narrow };
})();
