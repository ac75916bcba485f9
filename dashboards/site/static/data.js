// The data dictionary with its search, and the copying of recipes.
document.addEventListener("DOMContentLoaded", function () {
  var make = fenwei.element;
  var live = document.getElementById("live");

  function copied(button) {
    live.textContent = fenwei.word("copied");
    button.classList.add("done");
    window.setTimeout(function () { button.classList.remove("done"); }, 2000);
  }
  function byHand(text) {
    var area = make("textarea", { "class": "quiet", "aria-hidden": "true", tabindex: "-1" });
    area.value = text;
    document.body.appendChild(area);
    area.select();
    var done = document.execCommand("copy");
    area.remove();
    return done;
  }
  document.querySelectorAll("[data-copy]").forEach(function (button) {
    button.addEventListener("click", function () {
      var text = document.getElementById(button.dataset.copy).textContent;
      var other = function () { if (byHand(text)) copied(button); button.focus(); };
      if (!navigator.clipboard) { other(); return; }
      navigator.clipboard.writeText(text).then(function () { copied(button); }, other);
    });
  });

  var section = document.querySelector("[data-dictionary]");
  if (!section) return;
  var holder = section.querySelector("#tables"), find = document.getElementById("find"), found = document.getElementById("found");
  var tables = null, later = null;
  var LANG = { zh: 1, en: 2 }, OF_COLUMN = { zh: 2, en: 3 }, OPEN = 5;

  function has(texts, words) {
    var all = texts.join("\n").toLowerCase();
    return words.every(function (w) { return all.indexOf(w) >= 0; });
  }
  function matching(words) {
    if (!words.length) return tables.map(function (t) { return { table: t, columns: t[5] }; });
    return tables.map(function (t) {
      if (has(t.slice(0, 4), words)) return { table: t, columns: t[5] };
      return { table: t, columns: t[5].filter(function (c) { return has(t.slice(0, 4).concat(c.slice(0, 5)), words); }) };
    }).filter(function (m) { return m.columns.length; });
  }
  function columnsOf(match) {
    var lang = fenwei.settings.lang;
    var heads = ["column", "meaning", "unit", "type", "class"].map(function (h) {
      return make("th", { scope: "col" }, fenwei.word("dict." + h));
    });
    var rows = match.columns.map(function (c) {
      return make("tr", {}, [
        make("th", { scope: "row" }, c[0]), make("td", { "class": "long" }, c[OF_COLUMN[lang]]), make("td", {}, c[4] || "—"),
        make("td", {}, c[1]), make("td", {}, fenwei.word("class." + c[5]))
      ]);
    });
    return make("table", {}, [
      make("caption", { "class": "quiet" }, match.table[0]), make("thead", {}, make("tr", {}, heads)), make("tbody", {}, rows)
    ]);
  }
  function entry(match, open) {
    var t = match.table, lang = fenwei.settings.lang;
    var scroll = make("div", { "class": "scroll", tabindex: "0", role: "region", "aria-label": t[0] });
    var head = make("summary", {}, [
      make("code", {}, t[0]), make("span", {}, " " + t[LANG[lang]] + " "),
      make("span", { "class": "small" }, fenwei.word("dict_note", { n: match.columns.length, view: t[3], "class": fenwei.word("class." + t[4]) }))
    ]);
    var details = make("details", open ? { open: "" } : {}, [head, scroll]);
    function fill() { if (details.open && !scroll.firstChild) scroll.appendChild(columnsOf(match)); }
    details.addEventListener("toggle", fill);
    fill();
    return details;
  }
  function bySchema(matches) {
    var groups = new Map();
    matches.forEach(function (m) {
      var schema = m.table[0].split(".")[0];
      groups.set(schema, (groups.get(schema) || []).concat([m]));
    });
    return Array.from(groups, function (pair) {
      var what = fenwei.word("dict_schema", { what: fenwei.word("schema." + pair[0]), n: pair[1].length });
      var inside = make("div", { "class": "tables" });
      var details = make("details", {}, [make("summary", {}, [make("code", {}, pair[0]), make("span", {}, " " + what)]), inside]);
      details.addEventListener("toggle", function () {
        if (details.open && !inside.firstChild) inside.replaceChildren.apply(inside, pair[1].map(function (m) { return entry(m, false); }));
      });
      return details;
    });
  }
  function show() {
    var words = find.value.toLowerCase().split(/\s+/).filter(Boolean), matches = matching(words);
    var n = matches.reduce(function (sum, m) { return sum + m.columns.length; }, 0);
    var entries = words.length ? matches.map(function (m) { return entry(m, matches.length <= OPEN); }) : bySchema(matches);
    holder.replaceChildren.apply(holder, entries);
    if (!matches.length) holder.appendChild(make("p", { "class": "notice" }, fenwei.word("dict_none")));
    found.textContent = fenwei.word("dict_found", { tables: matches.length, columns: n });
    section.dataset.shown = find.value;
  }
  function load() {
    if (tables) return;
    fenwei.load(section.dataset.dictionary).then(function (data) { tables = data.tables; show(); }, function () {
      holder.replaceChildren(make("p", { "class": "notice" }, fenwei.word("failed")));
    });
  }
  new IntersectionObserver(function (entries) {
    if (entries.some(function (e) { return e.isIntersecting; })) load();
  }, { rootMargin: "600px" }).observe(section);
  find.addEventListener("focus", load);
  find.addEventListener("input", function () {
    window.clearTimeout(later);
    later = window.setTimeout(function () { if (tables) show(); }, 150);
  });
  fenwei.onChange(function (name) { if (name === "lang" && tables) show(); });
});
