// The page itself: pickers, sections, settings.
document.addEventListener("DOMContentLoaded", function () {
  var make = fenwei.element;
  var known = JSON.parse(document.getElementById("known").textContent);
  var available = new Set(known.keys);
  fenwei.page = known.page;
  var live = document.getElementById("live");
  var chosen = {};

  function fromAddress() {
    var asked = new URLSearchParams(window.location.hash.slice(1));
    known.pickers.forEach(function (p) {
      var values = p.options.map(function (o) { return o.value; });
      var wanted = asked.get(p.name);
      if (values.indexOf(wanted) >= 0) chosen[p.name] = wanted;
      else if (!(p.name in chosen)) chosen[p.name] = values[0];
      var select = document.querySelector('[data-picker="' + p.name + '"]');
      if (select && chosen[p.name] !== undefined) select.value = chosen[p.name];
    });
  }
  function keyOf(section, choice) {
    var values = Object.assign({}, choice || chosen);
    known.pickers.forEach(function (p) {
      p.options.forEach(function (o) { if (o.value === values[p.name]) Object.assign(values, o.sets); });
    });
    return section.dataset.key.replace(/\{(\w+)\}/g, function (_, name) { return values[name]; });
  }
  // What has no data beside the choices before it cannot be chosen, such as a year before a list of cities was in force.
  function offer() {
    var sections = [].slice.call(document.querySelectorAll("[data-key]"));
    known.pickers.slice(1).forEach(function (p) {
      var select = document.querySelector('[data-picker="' + p.name + '"]');
      p.options.forEach(function (o, i) {
        var choice = Object.assign({}, chosen);
        choice[p.name] = o.value;
        var names = [p.name].concat(Object.keys(o.sets));
        var held = sections.filter(function (s) { return names.some(function (n) { return s.dataset.key.indexOf("{" + n + "}") >= 0; }); });
        select.options[i].disabled = held.length > 0 && !held.some(function (s) { return available.has(keyOf(s, choice)); });
      });
    });
  }
  // A choice that the one just made leaves without data gives way to the newest that has some.
  function follow(changed) {
    known.pickers.slice(1).forEach(function (p) {
      var select = document.querySelector('[data-picker="' + p.name + '"]');
      if (p.name === changed || !select.selectedOptions.length || !select.selectedOptions[0].disabled) return;
      var first = [].find.call(select.options, function (o) { return !o.disabled; });
      if (!first) return;
      select.value = chosen[p.name] = first.value;
    });
  }
  function fact(f) {
    var value = make("dd", {}, fenwei.pick(f.value));
    if (f.level) value = make("dd", {}, fenwei.table.levelChip(f.level, fenwei.pick(f.value)));
    if (f.warning) value = make("dd", {}, make("span", { "class": "badge w-" + f.warning }, fenwei.pick(f.value)));
    var parts = [make("dt", {}, fenwei.pick(f.label)), value];
    if (f.note) parts.push(make("dd", { "class": "small" }, fenwei.pick(f.note)));
    return make("div", {}, parts);
  }
  function show(section, key, payload) {
    var charts = section.querySelector(".charts");
    fenwei.cards.forget(section);
    section.querySelector(".facts").replaceChildren();
    if (payload.facts.length) section.querySelector(".facts").appendChild(make("dl", {}, payload.facts.map(fact)));
    section.querySelector(".notes").replaceChildren.apply(section.querySelector(".notes"), payload.notes.map(function (n) {
      return make("p", {}, fenwei.pick(n));
    }));
    charts.replaceChildren.apply(charts, payload.charts.map(function (c) { return fenwei.cards.card(c, key); }));
    fenwei.cards.settle(section);
    if (!payload.charts.length && !payload.facts.length && !payload.notes.length) nothing(charts);
    section.dataset.shown = key;
  }
  function nothing(charts) {
    charts.replaceChildren(make("p", { "class": "notice" }, fenwei.word("no_data")));
  }
  function refresh(again) {
    return Promise.all([].map.call(document.querySelectorAll("[data-key]"), function (section) {
      var key = keyOf(section);
      if (section.dataset.shown === key && !again) return null;
      if (!available.has(key)) {
        fenwei.cards.forget(section);
        section.querySelector(".facts").replaceChildren();
        section.querySelector(".notes").replaceChildren();
        nothing(section.querySelector(".charts"));
        section.dataset.shown = key;
        return null;
      }
      return fenwei.load(key).then(function (payload) {
        if (keyOf(section) === key) show(section, key, payload);
      }, function () {
        section.querySelector(".charts").replaceChildren(make("p", { "class": "notice" }, fenwei.word("failed")));
      });
    })).then(function () { document.body.dataset.ready = "yes"; });
  }
  function translate() {
    var lang = fenwei.settings.lang;
    document.querySelectorAll("option[data-zh]").forEach(function (o) { o.textContent = o.dataset[lang]; });
    document.querySelectorAll("optgroup[data-zh]").forEach(function (g) { g.label = g.dataset[lang]; });
    document.querySelectorAll("[data-aria-zh]").forEach(function (e) {
      e.setAttribute("aria-label", lang === "zh" ? e.dataset.ariaZh : e.dataset.ariaEn);
    });
    var title = document.querySelector("title");
    document.title = title.dataset[lang];
  }
  document.querySelectorAll("[data-setting]").forEach(function (select) {
    select.value = fenwei.settings[select.dataset.setting];
    select.addEventListener("change", function () { fenwei.set(select.dataset.setting, select.value); });
  });
  document.querySelectorAll("[data-picker]").forEach(function (select) {
    select.addEventListener("change", function () {
      chosen[select.dataset.picker] = select.value;
      offer();
      follow(select.dataset.picker);
      window.history.replaceState(null, "", "#" + new URLSearchParams(chosen).toString());
      refresh().then(function () {
        live.textContent = fenwei.word("shown", { what: [].map.call(document.querySelectorAll("[data-picker]"), function (s) {
          return s.selectedIndex < 0 ? "" : s.options[s.selectedIndex].textContent;
        }).filter(Boolean).join(" · ") });
      });
    });
  });
  window.addEventListener("hashchange", function () { fromAddress(); offer(); refresh(); });
  fenwei.onChange(function (name) {
    if (name === "lang") { translate(); refresh(true); } else fenwei.cards.redraw(name === "print" && fenwei.isPrinting());
  });
  window.addEventListener("beforeprint", function () { fenwei.print(true); });
  window.addEventListener("afterprint", function () { fenwei.print(false); });
  fromAddress();
  offer();
  translate();
  // Once all is said the library is started, so that it is there for paper too.
  refresh().then(fenwei.cards.prepare);
});
