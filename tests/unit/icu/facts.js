// What ICU says, as facts for test_collation.py and test_dates.py: `node tests/unit/icu/facts.js` (Node with full ICU;
// the files here are of Node 20.20, ICU 78.2, CLDR 48). Order: the words of order.json, sorted again in place, so that
// a word may be added anywhere. Calendars: every 151st day from 1850 to 2077.
const fs = require("fs");
const file = (name) => `${__dirname}/${name}`;

const order = JSON.parse(fs.readFileSync(file("order.json")));
for (const code of Object.keys(order)) {
  const collator = new Intl.Collator(code === "prs" ? "fa-AF" : code);
  order[code] = [...new Set(order[code].split(" "))].sort(collator.compare).join(" ");
}
fs.writeFileSync(file("order.json"), JSON.stringify(order, null, 1) + "\n");

const hebrewMonths = ["Nisan", "Iyar", "Sivan", "Tamuz", "Av", "Elul", "Tishri", "Heshvan", "Kislev", "Tevet", "Shevat", "Adar", "Adar II"];
const numbers = { "Adar I": 12 };
hebrewMonths.forEach((name, n) => (numbers[name] = n + 1));

const calendar = (name) => {
  const format = new Intl.DateTimeFormat(`en-u-ca-${name}-nu-latn`, { timeZone: "UTC", year: "numeric", month: "numeric", day: "numeric" });
  return (day) => {
    const part = Object.fromEntries(format.formatToParts(day).map((p) => [p.type, p.value]));
    return [part.relatedYear ?? part.year, numbers[part.month] ?? part.month, part.day].map(Number);
  };
};
const calendars = ["persian", "islamic-umalqura", "islamic-civil", "hebrew"].map(calendar);
const rows = [];
for (let t = Date.UTC(1850, 0, 1); t < Date.UTC(2078, 0, 1); t += 151 * 864e5) {
  const day = new Date(t);
  rows.push(JSON.stringify([day.toISOString().slice(0, 10), ...calendars.map((convert) => convert(day).join("-"))]));
}
fs.writeFileSync(file("calendars.json"), `[\n${rows.join(",\n")}\n]\n`);
