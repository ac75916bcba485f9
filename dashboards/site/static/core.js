"use strict";
// What all parts of the page share: settings, words, colours, data that register themselves.
var fenwei = (function () {
  var defaults = { lang: "zh", theme: "auto", palette: "official" };
  var settings = Object.assign({}, defaults);
  var waiting = {}, data = {}, listeners = [], printing = false;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");

  function remembered(name) {
    try { return window.localStorage.getItem("fenwei." + name); } catch (e) { return null; }
  }
  function remember(name, value) {
    try { window.localStorage.setItem("fenwei." + name, value); } catch (e) { /* private windows keep nothing */ }
  }
  function theme() {
    if (printing) return "light";
    return settings.theme === "auto" ? (dark.matches ? "dark" : "light") : settings.theme;
  }
  function show() {
    var root = document.documentElement;
    root.lang = settings.lang === "zh" ? "zh-CN" : "en";
    root.dataset.lang = settings.lang;
    root.dataset.theme = theme();
    root.dataset.palette = settings.palette;
  }
  function set(name, value) {
    settings[name] = value;
    remember(name, value);
    show();
    listeners.forEach(function (f) { f(name); });
  }
  function print(now) {
    printing = now;
    show();
    listeners.forEach(function (f) { f("print"); });
  }
  Object.keys(defaults).forEach(function (name) {
    var kept = remembered(name);
    if (kept) settings[name] = kept;
  });
  show();
  dark.addEventListener("change", function () { if (settings.theme === "auto") set("theme", "auto"); });

  function script(address) {
    return new Promise(function (done, failed) {
      var tag = document.createElement("script");
      tag.src = address;
      tag.onload = done;
      tag.onerror = function () { failed(new Error(address)); };
      document.head.appendChild(tag);
    });
  }
  function load(key) {
    if (key in data) return Promise.resolve(data[key]);
    if (!waiting[key]) {
      var entry = {};
      entry.promise = new Promise(function (done, failed) {
        entry.done = done;
        script("data/" + key + ".js").catch(function (error) { delete waiting[key]; failed(error); });
      });
      waiting[key] = entry;
    }
    return waiting[key].promise;
  }
  function register(key, value) {
    data[key] = value;
    if (waiting[key]) { waiting[key].done(value); delete waiting[key]; }
  }
  function pick(text) {
    return text && typeof text === "object" ? text[settings.lang] : text;
  }
  function word(key, values) {
    var text = pick(data.site.words[key]);
    return Object.keys(values || {}).reduce(function (t, k) { return t.split("{" + k + "}").join(values[k]); }, text);
  }
  function colours(of) { return data.site.colours[settings.palette][of || theme()]; }
  function resolve(value, known) {
    known = known || colours();
    if (Array.isArray(value)) return value.map(function (v) { return resolve(v, known); });
    if (!value || typeof value !== "object") return value;
    var keys = Object.keys(value);
    if (keys.length === 2 && "zh" in value && "en" in value) return value[settings.lang];
    if (keys.length === 1 && keys[0] === "c") {
      return Array.isArray(value.c) ? value.c.map(function (n) { return known[n]; }) : known[value.c];
    }
    return keys.reduce(function (made, k) { made[k] = resolve(value[k], known); return made; }, {});
  }
  function element(name, attributes, children) {
    var made = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (k) {
      if (attributes[k] !== undefined && attributes[k] !== null) made.setAttribute(k, attributes[k]);
    });
    [].concat(children === undefined ? [] : children).forEach(function (c) {
      made.appendChild(typeof c === "object" ? c : document.createTextNode(String(c)));
    });
    return made;
  }
  function save(blob, name) {
    var url = URL.createObjectURL(blob), link = element("a", { href: url, download: name });
    document.body.appendChild(link);
    link.click();
    link.remove();
    window.setTimeout(function () { URL.revokeObjectURL(url); }, 10000);
  }
  return {
    settings: settings, set: set, print: print, load: load, register: register, pick: pick, word: word,
    colours: colours, resolve: resolve, element: element, data: data, script: script, save: save,
    onChange: function (f) { listeners.push(f); },
    isPrinting: function () { return printing; },
    level: function (aqi) {
      if (aqi === null || aqi === undefined || aqi < 0) return null;
      return 1 + data.site.tops.filter(function (top) { return aqi > top; }).length;
    }
  };
})();
function fenweiData(key, value) { fenwei.register(key, value); }
