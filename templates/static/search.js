// The search engine: words, folds, shards, ranking. It knows nothing of the page (search-page.js does) and runs in a
// browser as in Node. The Python side is generator/search/; a test holds the two together. Shards are scripts that call
// roznama.put, because a page opened from a disk may load scripts and nothing else.
var roznama = globalThis.roznama || {};
globalThis.roznama = roznama;
(function () {
  "use strict";
  var LAST = 59, MORE = 32, WEIGHTS = 8, PREFIX = 3, SHORTEST = 3, JOINED = 3;
  var LONGEST = 500, ENOUGH = 20, EXACT = 1, ALIKE = 0.8, NEAR = 0.4, BEGUN = 0.6, EVERY = "#";
  var place = new Uint8Array(128), waiting = {}, known = {};
  for (var code = 33, at = 0; code < 127; code++) if ("`\\$".indexOf(String.fromCharCode(code)) < 0) place[code] = at++;

  roznama.put = function (name, content) {
    if (waiting[name]) waiting[name](content);
  };

  // Load a shard once. `fetchScript(name)` makes its script run; it returns a promise that fails when it cannot.
  function loader(fetchScript) {
    return function (name) {
      return known[name] || (known[name] = new Promise(function (done, failed) {
        waiting[name] = done;
        fetchScript(name).catch(function (error) { delete known[name]; failed(error); });
      }));
    };
  }

  // ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────
  function Words(table) {
    var ranges = function (text) {
      return text.trim().split(/\s+/).map(function (pair) {
        var ends = pair.split("-");
        return [parseInt(ends[0], 16), parseInt(ends[ends.length - 1], 16)];
      });
    };
    var group = function (text) {
      return ranges(text).map(function (r) { return "\\u{" + r[0].toString(16) + "}-\\u{" + r[1].toString(16) + "}"; }).join("");
    };
    var list = function (text) { return Array.from(text).map(function (c) { return "\\u{" + c.codePointAt(0).toString(16) + "}"; }).join(""); };
    var joiners = list(table.joiners), plain = "[^" + group(table.separators) + joiners + "]", loose = group(table.unspaced);
    var figure = "[0-9\\u0660-\\u0669\\u06f0-\\u06f9]";
    var digit = "[" + list(table.digit_joiners) + "](?=" + figure + "{3}(?!" + figure + "))";
    var thousands = Array.from(table.digit_joiners);
    var COMPOUND = new RegExp(plain + "+(?:(?:[" + joiners + "]|" + digit + ")" + plain + "+)*", "gu");
    var PART = new RegExp(plain + "+", "gu"), RUN = new RegExp("[" + loose + "]+|[^" + loose + "]+", "gu");
    var LOOSE = new RegExp("[" + loose + "]", "u"), COMPATIBLE = new RegExp("[" + group(table.compatible) + "]", "gu");
    var ACCENTED = new RegExp("[" + group(table.accented) + "]", "gu");
    var forms = new Map(), strongs = new Map();
    var each = function (text, work) {
      ranges(text).forEach(function (r) { for (var c = r[0]; c <= r[1]; c++) work(String.fromCodePoint(c)); });
    };
    each(table.cased, function (c) { forms.set(c, c.toLowerCase()); });
    table.zeros.split(" ").forEach(function (zero) {
      for (var d = 0; d < 10; d++) forms.set(String.fromCodePoint(parseInt(zero, 16) + d), String(d));
    });
    var pair = function (map) { return function (both) { var c = Array.from(both); map.set(c[0], c.slice(1).join("")); }; };
    table.same.split(" ").forEach(pair(forms));
    each(table.dropped, function (c) { forms.set(c, ""); });
    table.alike.split(" ").forEach(pair(strongs));
    Array.from(table.optional).forEach(function (c) { strongs.set(c, ""); });
    each(table.accents, function (c) { strongs.set(c, ""); });
    var translate = function (word, map) {
      var out = "";
      for (var c of word) { var to = map.get(c); out += to === undefined ? c : to; }
      return out;
    };
    var ascii = function (word) { return /^[\x00-\x7f]*$/.test(word); };

    var form = this.form = function (word) {
      if (ascii(word)) return word.toLowerCase();
      return translate(word.replace(COMPATIBLE, function (c) { return c.normalize("NFKC").replace(/ /g, ""); }), forms);
    };
    var strong = this.strong = function (word) {
      if (ascii(word)) return word;
      word = word.replace(ACCENTED, function (c) { return c.normalize("NFD"); });
      return translate(word, strongs) || word;
    };
    // [{text, index}] of the pieces between separators.
    var found = function (pattern, text) {
      return Array.from(text.matchAll(pattern), function (m) { return { text: m[0], index: m.index }; });
    };
    this.compounds = function (text) { return found(COMPOUND, text); };
    // {width, words: [{at, form, from, to}]}: from and to are where the word's letters stand in the compound.
    this.analysed = function (compound) {
      var words = [], at = 0, parts = found(PART, compound);
      parts.forEach(function (part) {
        var runs = LOOSE.test(part.text) ? found(RUN, part.text) : [{ text: part.text, index: 0 }];
        runs.forEach(function (run) {
          var folded = form(run.text), letters = Array.from(folded), from = part.index + run.index;
          if (LOOSE.test(run.text) && letters.length > 1) {
            for (var n = 0, to = from; n < letters.length - 1; n++) {
              words.push({ at: at++, form: letters[n] + letters[n + 1], from: to, to: to + letters[n].length + letters[n + 1].length });
              to += letters[n].length;
            }
          } else if (folded) words.push({ at: at++, form: folded, from: from, to: from + run.text.length });
        });
      });
      var numeric = words.every(function (word) { return /^[0-9]+$/.test(word.form); });
      if (numeric && !thousands.some(function (sign) { return compound.indexOf(sign) >= 0; })) return { width: at, words: words };
      if (parts.length > 1 && parts.length <= JOINED && at === parts.length) {
        var whole = words.map(function (word) { return word.form; }).join("");
        words.push({ at: 0, form: whole, from: 0, to: compound.length }, { at: at - 1, form: whole, from: 0, to: compound.length });
      }
      return { width: at, words: words };
    };
    var affixes = Object.keys(table.affixes).map(function (name) {
      var of = table.affixes[name], split = function (text) { return [""].concat(text ? text.split(" ") : []); };
      var script = { he: /^[\u0590-\u05ff]/, latin: /^[0-9a-z\u00df-\u024f]/ }[name] || /^[\u0600-\u06ff\u0750-\u077f]/;
      return { script: script, languages: of.languages.split(" "), before: split(of.before), after: split(of.after) };
    });
    var cores = function (word, of) {
      var rests = new Set([word]), length = Array.from(word).length;
      of.before.forEach(function (first) {
        if (!word.startsWith(first)) return;
        of.after.forEach(function (last) {
          if (word.endsWith(last) && length - first.length - last.length >= SHORTEST) rests.add(word.slice(first.length, word.length - last.length));
        });
      });
      return rests;
    };
    // The languages in which two strong forms differ by affixes alone.
    this.near = function (one, other) {
      var languages = [];
      affixes.forEach(function (of) {
        if (!of.script.test(one) || !of.script.test(other)) return;
        var theirs = cores(other, of);
        for (var rest of cores(one, of)) if (theirs.has(rest)) return void languages.push.apply(languages, of.languages);
      });
      return languages;
    };
    var OPENING = /^(?:[وف]?[بکل]?ال(?=...)|لل(?=...)|و(?=...))/u;
    var opening = this.opening = function (word) {
      var first = word.slice(0, 1), before;
      if (first >= "\u0590" && first <= "\u05ff") word = word.replace(/^[משהוכלב]+/, "");
      else if (first && "وفبکلا".indexOf(first) >= 0) do { before = word; word = word.replace(OPENING, ""); } while (word !== before);
      return Array.from(word).slice(0, PREFIX).join("");
    };
    var hashed = this.hashed = function (text) {
      var value = 0x811c9dc5;
      for (var n = 0; n < text.length; n++) value = Math.imul(value ^ text.charCodeAt(n), 0x01000193);
      return (value ^ value >>> 16) & 0xffff;
    };
    this.route = function (word) { return hashed(word[0] === "#" ? word : opening(strong(word))); };
    var self = this;
    this.forms = function (text) {
      return self.compounds(text).flatMap(function (one) {
        var found = self.analysed(one.text);
        return found.words.slice(0, found.width).map(function (word) { return word.form; });
      });
    };
    this.filter = function (kind, name) { return "#" + kind + ":" + self.forms(name).map(strong).join("_"); };
  }

  // ── shards ───────────────────────────────────────────────────────────────────────────────────────────────────────
  function numbers(line, work) {
    for (var n = line.indexOf(" ") + 1, value = 0, scale = 1; n < line.length; n++) {
      var sign = place[line.charCodeAt(n)];
      value += sign * scale;
      if (sign < LAST) { work(value); value = 0; scale = 1; } else scale *= MORE;
    }
  }
  function postings(line, work) {
    var number = -1;
    numbers(line, function (value) { number += 1 + Math.floor(value / WEIGHTS); work(number, value % WEIGHTS); });
  }
  // number → places, for the numbers that `wanted` holds.
  function placesOf(line, wanted) {
    var found = new Map(), number = -1, at = 0, left = 0, list = null, expects = "gap";
    numbers(line, function (value) {
      if (expects === "gap") { number += 1 + value; expects = "count"; }
      else if (expects === "count") { left = value + 1; at = -1; list = wanted.has(number) ? [] : null; expects = "place"; }
      else {
        at += 1 + value;
        if (list) list.push(at);
        if (--left === 0) { if (list) found.set(number, list); expects = "gap"; }
      }
    });
    return found;
  }

  function Engine(fetchScript) {
    var load = loader(fetchScript), lines = {}, root, words, starts, total, common;

    this.ready = load("index").then(function (found) {
      root = found;
      words = new Words(root.folds);
      common = new Map(root.common.map(function (word, at) { return [word, at]; }).filter(function (pair) { return pair[0]; }));
      starts = [0];
      root.blocks.forEach(function (block) { starts.push(starts[starts.length - 1] + room(block[2])); });
      total = starts[starts.length - 1];
      return { words: words, count: root.count, blocks: root.blocks };
    });
    function room(count) {
      var power = 1;
      count += count >> 2;
      while (power < count) power *= 2;
      var step = Math.max(1, power / 8);
      return Math.ceil(count / step) * step;
    }
    var blockOf = this.block = function (number) {
      var low = 0, high = root.blocks.length - 1;
      while (low < high) { var middle = (low + high + 1) >> 1; if (starts[middle] <= number) low = middle; else high = middle - 1; }
      return { month: root.blocks[low][0], language: root.blocks[low][1] };
    };
    // The words of a shard: [{form, strong, line, passing}], sorted by form.
    function shard(name) {
      return load(name).then(function (text) {
        if (!lines[name]) lines[name] = text.trim().split("\n").filter(Boolean).map(function (line) {
          var form = line.slice(0, line.indexOf(" "));
          return { form: form, strong: words.strong(form), line: line, passing: name[0] === "r" };
        });
        return lines[name];
      });
    }
    var cut = function (route, shards) { return Math.floor(route * shards / 65536); };
    var wordShard = function (form) { return shard("w/" + cut(words.route(form), root.scale[0])); };
    // With `brief`, the articles that have the word in passing are left out, and `brief.left` tells so.
    var commonShard = function (strong, brief) {
      var at = common.get(strong), all = [shard("c/" + at)];
      if (root.least[at] && brief) brief.left = true;
      else if (root.least[at]) all.push(shard("r/" + at));
      return Promise.all(all).then(function (both) { return both.flat(); });
    };

    // All words spelled like `form`; [] when there are none.
    function spelled(form, brief) {
      var strong = words.strong(form);
      return (common.has(strong) ? commonShard(strong, brief) : wordShard(form)).then(function (found) {
        return found.filter(function (word) { return word.strong === strong; });
      });
    }
    // Words like `form` but for affixes, or that begin with it.
    function related(form, fits, brief) {
      var strong = words.strong(form), near = [];
      common.forEach(function (_, other) { if (other !== strong && fits(other)) near.push(other); });
      return Promise.all([wordShard(form)].concat(near.slice(0, 8).map(function (other) { return commonShard(other, brief); }))).then(function (shards) {
        return shards.flat().filter(function (word) { return word.strong !== strong && fits(word.strong) && word.form[0] !== "#"; });
      });
    }

    // ── queries ──────────────────────────────────────────────────────────────────────────────────────────────────────
    // "a b" and -c and topic:d. A part is {not, words: [form], phrase, whole, begun}.
    var parse = this.parse = function (query, typing) {
      var parts = [], filters = [], pattern = /([-\u2212])?(?:(topic|person|place|source|desk|organisation):)?(?:["“”„«](.+?)["“”»](?=\s|$)|(\S+))/g, m;
      if (query.length > LONGEST) query = query.slice(0, LONGEST).replace(/\S+$/, "") || query.slice(0, LONGEST);
      while ((m = pattern.exec(query))) {
        var text = m[3] || m[4], not = !!m[1];
        if (m[2]) { filters.push({ word: words.filter(m[2], text), not: not }); continue; }
        var pieces = words.compounds(text), open = !m[3] && (/\*$/.test(text) || (typing && pattern.lastIndex === query.length));
        if (m[3] || not) {
          var forms = words.forms(text);
          if (forms.length) parts.push({ not: not, words: forms, phrase: forms.length > 1 });
          continue;
        }
        pieces.forEach(function (piece, n) {
          var found = words.analysed(piece.text), last = n === pieces.length - 1;
          if (!found.width) return;
          var plain = found.words.slice(0, found.width).map(function (word) { return word.form; });
          var whole = found.words.length > found.width ? found.words[found.width].form : null;
          parts.push({ not: false, words: plain, phrase: plain.length > 1, whole: whole, begun: open && last && plain.length === 1 && Array.from(plain[0]).length >= PREFIX });
        });
      }
      return { parts: parts, filters: filters };
    };

    // Scores of one part: {score: number → weight, near: number → 1 where only a near word stands, passing: number → 1 where
    // the word stands in passing alone, count: of those where it does not}.
    function Hits() {
      this.score = new Float64Array(total);
      this.near = new Uint8Array(total);
      this.passing = new Uint8Array(total);
      this.count = 0;
      this.forms = [];
    }
    Hits.prototype.add = function (word, share, isNear, languages) {
      var hits = this;
      hits.forms.push(word.form);
      postings(word.line, function (number, weight) {
        if (languages && languages.indexOf(blockOf(number).language.split("-")[0]) < 0 && languages.indexOf(blockOf(number).language) < 0) return;
        var value = share * (weight + 0.5) / WEIGHTS;
        if (!hits.score[number]) {
          if (isNear) hits.near[number] = 1;
        } else if (isNear && !hits.near[number]) return;
        else if (word.passing !== !!hits.passing[number]) {
          if (word.passing) return;
          hits.score[number] = hits.passing[number] = 0;
        }
        if (!hits.score[number]) {
          if (word.passing) hits.passing[number] = 1;
          else hits.count += !isNear;
        }
        if (value > hits.score[number]) hits.score[number] = value;
      });
    };
    function word(form, hits, brief) {
      return spelled(form, brief).then(function (found) {
        found.forEach(function (one) { hits.add(one, one.form === form ? EXACT : ALIKE); });
        return hits;
      });
    }
    // The lines of a word's shards of places. A common word changes its shard after so many numbers.
    function placed(form, wanted) {
      var size = root.scale[1], route = cut(words.route(form), size), names = new Set();
      if (!common.has(words.strong(form))) names.add(route);
      else wanted.forEach(function (number) { names.add((route + Math.floor(number / root.scale[4])) % size); });
      return Promise.all(Array.from(names, function (name) { return shard("p/" + name); })).then(function (shards) { return [].concat.apply([], shards); });
    }
    function phrase(forms, hits) {
      return Promise.all(forms.map(function (form) { return spelled(form); })).then(function (found) {
        if (!found.every(function (some) { return some.length; })) return hits;
        var weights = found.map(function (some) {
          var map = new Map();
          some.forEach(function (one) { postings(one.line, function (number, weight) { map.set(number, Math.max(weight, map.get(number) || 0)); }); });
          return map;
        });
        var wanted = new Set(Array.from(weights[0].keys()).filter(function (number) { return weights.every(function (map) { return map.has(number); }); }));
        if (!wanted.size) return hits;
        return Promise.all(forms.map(function (form) { return placed(form, wanted); })).then(function (shards) {
          var places = found.map(function (some, n) {
            var all = new Map(), asked = new Set(some.map(function (one) { return one.form; }));
            shards[n].forEach(function (held) {
              if (asked.has(held.form)) placesOf(held.line, wanted).forEach(function (list, number) { all.set(number, (all.get(number) || []).concat(list)); });
            });
            return all;
          });
          wanted.forEach(function (number) {
            var ends = null;
            places.forEach(function (map) {
              var here = new Set(map.get(number)), next = new Set();
              if (!ends) ends = here;
              else {
                ends.forEach(function (at) { if (here.has(at + 1)) next.add(at + 1); });
                ends = next;
              }
              // The joined form of a compound stands at its first and its last place: a phrase runs through both.
              Array.from(ends).forEach(function (at) { if (here.has(at + 1)) ends.add(at + 1); });
            });
            if (!ends.size) return;
            var least = Math.min.apply(null, weights.map(function (map) { return map.get(number); }));
            if (!hits.score[number]) hits.count++;
            hits.score[number] = Math.max(hits.score[number], (least + 0.5) / WEIGHTS);
          });
          forms.forEach(function (form) { hits.forms.push(form); });
          return hits;
        });
      });
    }
    function part(one, brief) {
      var hits = new Hits();
      if (one.not) brief = null;
      var done = one.phrase ? phrase(one.words, hits) : word(one.words[0], hits, brief);
      if (one.whole) done = done.then(function () { return word(one.whole, hits, brief); });
      if (one.begun) done = done.then(function () {
        var strong = words.strong(one.words[0]);
        return related(one.words[0], function (other) { return other.startsWith(strong); }, brief).then(function (found) {
          found.forEach(function (other) { hits.add(other, BEGUN, true); });
          return hits;
        });
      });
      return done;
    }
    function nearby(one, hits) {
      if (one.phrase && !one.whole) return hits;
      var form = one.whole || one.words[0], strong = words.strong(form);
      return related(form, function (other) { return words.near(strong, other).length > 0; }).then(function (found) {
        found.forEach(function (other) { hits.add(other, NEAR, true, words.near(strong, other.strong)); });
        return hits;
      });
    }
    function filtered(name) {
      return spelled(name).then(function (found) {
        var numbers = new Uint8Array(total);
        found.forEach(function (word) { if (word.form === name) postings(word.line, function (number) { numbers[number] = 1; }); });
        return numbers;
      });
    }

    // {numbers, near: how many of them (the last ones) are only near, more: whether there are others, parts, hits, mean}.
    // Options: typing, from, to, language, sort ("new", "old"), similar, filters as [kind, name], and enough: how many results
    // will do when they are the first. Articles that have a word in passing come last, and are not loaded before they show.
    this.search = function (query, options) {
      var brief = options.enough && !options.sort && !options.similar ? { left: false } : null;
      return attempt(query, options, brief).then(function (result) { return result || attempt(query, options, null); });
    };
    function attempt(query, options, brief) {
      var asked = parse(query, options.typing), wants = asked.parts.filter(function (one) { return !one.not; });
      var filters = asked.filters.concat((options.filters || []).map(function (f) { return { word: words.filter(f[0], f[1]), not: false }; }));
      var result = { numbers: [], near: 0, parts: wants, hits: [], mean: null };
      var narrowed = filters.length || options.from || options.to || options.language;
      if (!wants.length && !(narrowed && !asked.parts.length)) return Promise.resolve(result);
      if (!wants.length && filters.every(function (f) { return f.not; })) filters.push({ word: EVERY, not: false });
      return Promise.all([
        Promise.all(asked.parts.map(function (one) { return part(one, brief); })), Promise.all(filters.map(function (f) { return filtered(f.word); })),
      ]).then(function (both) {
        var wanted = both[0].filter(function (_, n) { return !asked.parts[n].not; });
        var bans = both[0].filter(function (_, n) { return asked.parts[n].not; });
        result.hits = wanted;
        var pick = function () {
          var exact = [], near = [], scores = new Map(), late = new Set();
          var weights = wanted.map(function (hits) { return Math.log(1 + (root.count - hits.count + 0.5) / (hits.count + 0.5)); });
          root.blocks.forEach(function (block, n) {
            var year = Math.floor(block[0] / 100);
            if (options.language && block[1] !== options.language) return;
            if ((options.from && year < options.from) || (options.to && (year > options.to || !year))) return;
            next: for (var number = starts[n]; number < starts[n + 1]; number++) {
              var score = 0, isNear = false;
              for (var k = 0; k < wanted.length; k++) {
                var value = wanted[k].score[number];
                if (!value) continue next;
                score += value * weights[k];
                if (wanted[k].near[number]) isNear = true;
                if (wanted[k].passing[number]) late.add(number);
              }
              for (k = 0; k < bans.length; k++) if (bans[k].score[number]) continue next;
              for (k = 0; k < filters.length; k++) if (!both[1][k][number] !== filters[k].not) continue next;
              scores.set(number, score);
              (isNear ? near : exact).push(number);
            }
          });
          var order = {
            new: function (a, b) { return b - a; }, old: function (a, b) { return a - b; },
          }[wants.length ? options.sort : options.sort || "new"] || function (a, b) { return late.has(a) - late.has(b) || scores.get(b) - scores.get(a) || b - a; };
          if (brief && brief.left) near = [];
          result.near = near.length;
          result.numbers = exact.sort(order).concat(near.sort(order));
          return result;
        };
        pick();
        result.more = !!brief && brief.left;
        if (result.more) return result.numbers.length >= Math.max(ENOUGH, options.enough) ? result : null;
        if ((result.numbers.length >= ENOUGH && !options.similar) || !wants.length) return result;
        return Promise.all(wants.map(function (one, n) { return nearby(one, wanted[n]); })).then(function () {
          pick();
          if (result.numbers.length) return result;
          return meant(wants, wanted, query).then(function (mean) { result.mean = mean; return result; });
        });
      });
    }

    // The query with words that nothing was found for replaced by the nearest word that the archive has.
    function meant(wants, wanted, query) {
      return Promise.all(wants.map(function (one, n) { return wanted[n].count || one.words.length > 1 ? null : spelling(one.words[0]); })).then(function (better) {
        if (!better.some(Boolean)) return null;
        var out = query;
        better.forEach(function (word, n) {
          if (!word) return;
          words.compounds(query).forEach(function (piece) {
            if (words.form(piece.text) === wants[n].words[0]) out = out.split(piece.text).join(word);
          });
        });
        return out === query ? null : out;
      });
    }
    function spelling(form) {
      var strong = words.strong(form), letters = Array.from(strong), most = letters.length < 8 ? 1 : 2;
      if (letters.length < 3) return Promise.resolve(null);
      var tries = [strong];
      for (var n = 0; n < 3; n++) {
        tries.push(letters.slice(0, n).concat(letters.slice(n + 1)).join(""));
        if (n + 1 < letters.length) tries.push(letters.slice(0, n).concat(letters[n + 1], letters[n], letters.slice(n + 2)).join(""));
      }
      var names = Array.from(new Set(tries.map(function (word) { return "w/" + cut(words.route(word), root.scale[0]); }))).slice(0, 6);
      var best = null;
      var consider = function (word, other, size) {
        var far = distance(letters, Array.from(other), most);
        if (far > most || (best && (far > best.far || (far === best.far && size <= best.size)))) return;
        best = { word: word, far: far, size: size };
      };
      return Promise.all(names.map(shard)).then(function (shards) {
        shards.flat().forEach(function (word) { if (word.form[0] !== "#") consider(word.form, word.strong, word.line.length - word.form.length); });
        common.forEach(function (_, other) { consider(other, other, 1e9); });
        return best && best.word;
      });
    }
    // Letters added, left out, changed or swapped between two words; `most` + 1 when more.
    function distance(one, other, most) {
      if (Math.abs(one.length - other.length) > most) return most + 1;
      var before = null, last = other.map(function (_, n) { return n + 1; });
      last.unshift(0);
      for (var i = 1; i <= one.length; i++) {
        var row = [i];
        for (var j = 1; j <= other.length; j++) {
          var cost = one[i - 1] === other[j - 1] ? 0 : 1;
          row[j] = Math.min(row[j - 1] + 1, last[j] + 1, last[j - 1] + cost);
          if (before && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
        }
        before = last;
        last = row;
      }
      return last[other.length];
    }

    // The address of an article, from the root of the site.
    this.url = function (number) {
      var size = root.scale[3], name = "u/" + Math.floor(number / size);
      return load(name).then(function (text) {
        if (!Array.isArray(lines[name])) {
          var before = "";
          lines[name] = text.slice(1, -1).split("\n").map(function (line) {
            if (!line) return null;
            var end = 1, shared = 0;
            while (place[line.charCodeAt(end - 1)] >= LAST) end++;
            numbers(" " + line.slice(0, end), function (value) { shared = value; });
            return (before = before.slice(0, shared) + line.slice(end));
          });
        }
        return lines[name][number % size];
      });
    };
    // Whether a form found in a text is what was asked for; for highlighting.
    this.marks = function (result) {
      var held = new Map(), asked = new Set();
      result.hits.forEach(function (hits) { hits.forms.forEach(function (form) { asked.add(words.strong(form)); }); });
      return function (form) {
        if (!held.has(form)) held.set(form, asked.has(words.strong(form)));
        return held.get(form);
      };
    };
  }
  roznama.Words = Words;
  roznama.Engine = Engine;
  roznama.parts = { numbers: numbers, postings: postings, placesOf: placesOf };
})();
