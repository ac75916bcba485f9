// Cards: title, figure, caption, table, downloads. Figures are drawn when they come near, one after the other.
fenwei.cards = (function () {
  var make = fenwei.element, drawn = new Map(), wanted = new Set(), working = false, library = null;
  var config = { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false, showTips: false };
  var PAPER = 680, NARROW = 620, HEIGHT = 320;
  var seen = new IntersectionObserver(function (entries) {
    entries.forEach(function (e) {
      if (e.isIntersecting) want(e.target);
      else if (drawn.has(e.target) && !drawn.get(e.target).must) wanted.delete(e.target);
    });
  }, { rootMargin: "400px" });

  // The library is asked for after the texts and tables stand; it takes longer to start than all the rest.
  function plotly() {
    if (!library) library = fenwei.script(document.body.dataset.plotly);
    return library;
  }
  function figureOf(box) {
    var state = drawn.get(box), one = state.chart.shown[state.index];
    var narrow = !fenwei.isPrinting() && box.clientWidth < NARROW;
    state.narrow = narrow;
    return (narrow && one.phone) || one.figure;
  }
  function reserve(box) {
    var figure = figureOf(box);
    if (figure) box.style.minHeight = (figure.layout.height || HEIGHT) + "px";
  }
  function draw(box) {
    var state = drawn.get(box);
    if (!state || !figureOf(box) || typeof Plotly === "undefined") return;
    var figure = fenwei.resolve(figureOf(box));
    var layout = Object.assign({}, figure.layout, { template: fenwei.resolve(fenwei.data.site.template), autosize: true });
    box.style.minHeight = (layout.height || HEIGHT) + "px";
    if (fenwei.isPrinting()) { layout.autosize = false; layout.width = PAPER; }
    state.ready = true;
    Plotly.react(box, figure.data, layout, config);
  }
  function want(box) {
    wanted.add(box);
    if (working) return;
    working = true;
    plotly().then(next, function () { working = false; });
  }
  function next() {
    var first = null, best = Infinity;
    wanted.forEach(function (box) {
      var place = box.getBoundingClientRect(), away = Math.max(0, place.top - window.innerHeight, -place.bottom);
      if (!drawn.has(box) || box.hidden) wanted.delete(box);
      else if (away < best) { best = away; first = box; }
    });
    if (!first) { working = false; return; }
    wanted.delete(first);
    draw(first);
    window.setTimeout(next, 0);  // the page answers between two figures
  }
  function summary(chart, rows) {
    return fenwei.word("rows", { n: rows.length, title: fenwei.pick(chart.title) });
  }
  function button(kind, state, act) {
    var made = make("button", { type: "button", "class": kind }, fenwei.word(kind));
    made.setAttribute("aria-label", fenwei.word(kind + "_of", { title: fenwei.pick(state.chart.title) }));
    made.addEventListener("click", act);
    return made;
  }
  function picture(state) {
    plotly().then(function () { return fenwei.picture(state.chart, state.index, state.key, state.file); }).catch(function () {
      document.getElementById("live").textContent = fenwei.word("png_failed");
    });
  }
  function fill(box) {
    var state = drawn.get(box), one = state.chart.shown[state.index], holder = state.holder;
    holder.textContent = "";
    var scroll = make("div", { "class": "scroll", tabindex: "0", role: "region", "aria-label": fenwei.pick(state.chart.title) });
    var details = make("details", state.chart.open ? { open: "" } : {}, make("summary", {}, summary(state.chart, one.rows)));
    function build() {
      if (!scroll.firstChild) scroll.appendChild(fenwei.table.build(state.chart, one.rows));
    }
    if (state.chart.open) build();
    details.addEventListener("toggle", build);
    details.appendChild(scroll);
    var png = button("png", state, function () { picture(state); });
    var csv = button("csv", state, function () { fenwei.table.download(state.chart, one.rows, state.file); });
    holder.appendChild(details);
    holder.appendChild(make("div", { "class": "take" }, [png, csv]));
    box.hidden = png.hidden = !one.figure;
    state.empty.hidden = one.rows.length > 0;
    details.hidden = csv.hidden = one.rows.length === 0;
    if (state.ready && one.figure) draw(box);
  }
  function card(chart, key) {
    var id = key.split("/").join("-") + "-" + chart.name;
    var box = make("div", { "class": "plot", role: "img", "aria-labelledby": "t-" + id, "aria-describedby": "c-" + id });
    var state = {
      chart: chart, key: key, index: 0, holder: make("div", { "class": "behind" }), file: "fenwei-" + id,
      empty: make("p", { "class": "notice" }, fenwei.word("no_data"))
    };
    drawn.set(box, state);
    var head = make("div", { "class": "head" }, make("h3", { id: "t-" + id }, fenwei.pick(chart.title)));
    if (chart.shown.length > 1) {
      var select = make("select", { "aria-label": fenwei.word("choose", { title: fenwei.pick(chart.title) }) }, chart.shown.map(function (v, i) {
        return make("option", { value: i }, fenwei.pick(v.label));
      }));
      select.addEventListener("change", function () { state.index = Number(select.value); fill(box); });
      head.appendChild(select);
    }
    var made = make("article", { "class": "card" + (chart.wide ? "" : " half"), id: "card-" + id, "data-chart": chart.name }, [
      head, box, state.empty, make("p", { "class": "caption", id: "c-" + id }, fenwei.pick(chart.caption)), state.holder
    ]);
    fill(box);
    seen.observe(box);
    return made;
  }
  // Once the cards of a section stand in the page their widths are known, and the room their figures will take.
  function settle(section) {
    section.querySelectorAll(".plot:not([hidden])").forEach(reserve);
  }
  function forget(section) {
    section.querySelectorAll(".plot").forEach(function (box) {
      seen.unobserve(box);
      wanted.delete(box);
      if (drawn.get(box) && drawn.get(box).ready) Plotly.purge(box);
      drawn.delete(box);
    });
  }
  // Paper does not wait: with `all`, everything is drawn before this returns, if the library is there.
  function redraw(all) {
    drawn.forEach(function (state, box) {
      if (all && typeof Plotly !== "undefined") draw(box);
      else if (all || state.ready) { state.must = true; want(box); }
    });
  }
  window.addEventListener("resize", function () {
    drawn.forEach(function (state, box) {
      var one = state.chart.shown[state.index];
      if (!one.phone || (box.clientWidth < NARROW) === state.narrow) return;
      if (state.ready) want(box); else if (one.figure) reserve(box);
    });
  });
  return {
    card: card, forget: forget, redraw: redraw, settle: settle,
    prepare: function () { plotly().catch(function () { /* tables stand without it */ }); }
  };
})();
