// The bare site answers in the reader's language; from here on the address names it, so that links to share do too.
(function () {
  const { lang, dataset } = document.documentElement, { pathname, search, hash } = window.location;
  if (pathname === `${dataset.prefix}/`) window.history.replaceState(window.history.state, '', `${pathname}${lang.slice(0, 2)}/${search}${hash}`);
}());
